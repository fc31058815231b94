"""Documents of other rubrics, answers and plans: what is missing or of another kind still reads."""

import datetime

import pytest
from counting import counted_of
from rendering import DAY, NO_PLAN, TEMPLATES, document, plain, question, rubric_of, section, sheet_of

from assess.diagnose import diagnose
from assess.model.answers import Answer, AnswerSheet, Voice
from assess.model.engagement import EvidenceItem
from assess.model.facts import NO_FACTS
from assess.model.findings import Diagnosis
from assess.model.roadmap import LeftOut, Plan
from assess.plan import plan
from assess.render import ToldFacts, render, render_set
from assess.render.context import DASH, RenderContext
from assess.render.lint import lint
from assess.render.sections.evidence import months_before
from assess.scoring import score_organization


def test_no_findings_and_no_initiatives_still_read():
    text = document(diagnosis=Diagnosis("", ()), plan=NO_PLAN)
    assert "**Furthest along.** [CAR Caring](#care) stands at 1.00, Begun." in text
    assert "First moves" not in text
    assert section(text, "Initiative cards").strip().endswith("None.")


def test_a_rubric_without_initiatives_says_so_instead_of_planning_nothing():
    rubric = rubric_of(
        principles=[{"id": "lis", "title": "Only", "criteria": [criterion("ear")]}], initiatives=[], claims=[]
    )
    boss = Voice("boss", {"ear_q": Answer("value", "begun")})
    sheet = AnswerSheet(sheet_of().engagement, (boss,))
    organization = score_organization(rubric, sheet)
    planned = plan(organization, diagnose(organization))
    text = document(rubric=rubric, sheet=sheet, diagnosis=Diagnosis("", ()), plan=planned)
    for part in ("Roadmap", "Initiative cards", "Tracking and risks"):
        assert "The rubric names no initiatives, so nothing is planned" in section(text, part)
        assert "None." not in section(text, part)
    assert "this plan leads to" not in text
    assert lint(text) == ()


def criterion(name, **more):
    return {"id": name, "title": name.title(), "questions": [question(plain, f"{name}_q")], **more}


VARIANTS = {
    "one principle": {"principles": [{"id": "lis", "title": "Only", "criteria": [criterion("ear")]}]},
    "without levels": {"levels": [], "principles": [{"id": "lis", "title": "Only", "criteria": [criterion("ear")]}]},
    "scale of a hundred": {"scale": {"min": 0, "max": 100}},
    "deep criteria": {"principles": [
        {"id": "lis", "title": "A", "criteria": [{"id": "b1", "title": "B", "criteria": [{"id": "c1", "title": "C",
        "criteria": [
            {"id": "d1", "title": "D", "criteria": [{"id": "e1", "title": "E",
            "criteria": [criterion("ear")]}]}]}]}]}]},
    "first match": {"aggregate": "min", "principles": [{"id": "lis", "title": "Risk", "criteria": [{
        "id": "ear", "title": "Rule", "questions": [{"id": "ear_q", "type": "yesno", "text": "Is it so?"}],
        "aggregate": {"rules": {"cases": [{"when": "ear_q = yes", "is": "high"}], "otherwise": "low",
        "values": {"high": 0, "low": 100}}},
    }]}]},
    "sum": {"principles": [{"id": "lis", "title": "Sum", "aggregate": "sum", "criteria": [criterion("ear"),
    criterion("eye")]}]},
    "product": {"aggregate": "product"},
    "harmonic": {"aggregate": {"harmonic": {"floor": 1}}},
    "geometric without floor": {"aggregate": {"geometric": {"floor": 0}}},
    "coinr": {"aggregate": {"geometric": {"floor": "coinr"}}},
    "power": {"aggregate": {"power": {"p": 0.5}}},
    "missing counts as zero": {"policies": {"missing": "zero", "unknown": "zero"}},
}  # fmt: skip


@pytest.mark.parametrize("more", VARIANTS.values(), ids=VARIANTS.keys())
@pytest.mark.parametrize("answered", [True, False])
def test_other_rubrics_read_as_well(more, answered):
    if more.get("principles"):
        more = {**more, "initiatives": [], "claims": []}
    rubric = rubric_of(**more)
    answers = {
        q.id: Answer("value", "yes" if q.type == "yesno" else rubric.options_of(q)[3].key or "3")
        for q in rubric.questions()
    }
    if not rubric.levels:
        answers = dict.fromkeys(answers, Answer("value", "leading"))
    boss = Voice("boss", answers if answered else {})
    sheet = AnswerSheet(sheet_of().engagement, (boss,))
    text = document(rubric=rubric, sheet=sheet, diagnosis=Diagnosis("", ()), plan=NO_PLAN)
    assert lint(text) == ()
    told = ToldFacts(Diagnosis("", ()), NO_FACTS)
    made = render_set(score_organization(rubric, sheet), NO_PLAN, told, (), (TEMPLATES,))
    assert {"roadmap.md", "scores.md", "audit.md", "internal/answers.md"} <= made.keys()
    assert [problem for path, paper in made.items() if path.endswith(".md") for problem in lint(paper)] == []
    assert "Every number of this document" in text


def test_answers_of_every_type_are_printed_in_words():
    questions = [
        {
            "id": "many",
            "type": "multi",
            "text": "Which?",
            "options": [{"key": "a", "label": "Aaa"}, {"key": "b", "label": "Bbb"}],
        },
        {"id": "share", "type": "number", "text": "How much?", "unit": "%", "min": 0, "max": 100},
        {"id": "since", "type": "date", "text": "Since when?"},
        {"id": "words", "type": "text", "text": "Why?"},
        {"id": "silent", "type": "yesno", "text": "Is it silent?", "weight": 0},
    ]
    criteria = [{"id": "ear", "title": "Ear", "questions": [question(plain, "ear_open"), *questions]}]
    rubric = rubric_of(principles=[{"id": "lis", "title": "L", "criteria": criteria}], initiatives=[], claims=[])
    given = {
        "many": Answer("value", ("a", "b")), "share": Answer("value", 12.5), "since": Answer("value", DAY),
        "words": Answer("value", "So."),
        "silent": Answer("declined"), "ear_open": Answer("value", "defined"),
    }  # fmt: skip
    nothing = {**given, "many": Answer("value", ())}
    guests = [Voice("guest", given if n else nothing) for n in range(3)]
    sheet = counted_of(rubric, AnswerSheet(sheet_of().engagement, (Voice("boss", given), *guests)))
    answers = section(
        document(rubric=rubric, sheet=sheet, diagnosis=Diagnosis("", ()), plan=NO_PLAN), "Appendix C: answers in full"
    )
    for expected in ("Aaa; Bbb | 1 |", "12.5% | 1 |", "2026-07-06 | 1 |", "So. | 1 |", "no answer wanted | 1 |"):
        assert f"| Boss | {expected}" in answers
    for expected in ("Aaa (2); Bbb (2) | 3 |", "mean 12.5% of 3 answers | 3 |", "answered (3) | 3 |"):
        assert f"| Guest | {expected}" in answers
    assert "So. (" not in answers


def test_two_small_anonymous_groups_are_not_put_together():
    given = {"ear_open": Answer("value", "defined")}
    people = AnswerSheet(sheet_of().engagement, tuple(Voice(role, given) for role in ("guest", "team") * 2))
    sheet = counted_of(rubric_of(), people, anonymous=["team"])
    text = document(sheet=sheet, diagnosis=Diagnosis("", ()), plan=NO_PLAN)
    assert "ear_open step 2" not in section(text, "Appendix C: answers in full")
    few = "fewer than 3 answers, not counted"
    assert f"| Team | {few} | {DASH} |" in text
    assert f"Team: {few}<br>Guest: {few}" in text


def test_the_register_says_what_each_piece_of_evidence_counts_as():
    kinds = [
        EvidenceItem(title="Undated"), EvidenceItem(title="Old", dated=datetime.date(2025, 6, 29)),
        EvidenceItem(title="Just in time", dated=datetime.date(2025, 6, 30), place="Room 3"),
        EvidenceItem(title="Customers", kind="customer", url="https://a.b/c", id="ev7"),
    ]  # fmt: skip
    boss = Voice("boss", {"ear_open": Answer("value", "defined", evidence=tuple(kinds))})
    sheet = AnswerSheet(sheet_of().engagement, (boss, Voice("team", dict(boss.answers))))
    register = section(document(sheet=sheet, diagnosis=Diagnosis("", ()), plan=NO_PLAN), "Register")
    assert f"Undated | document | {DASH} | {DASH} | does not count: undated |" in register
    assert f"Old | document | 2025-06-29 | {DASH} | does not count: older than 12 months |" in register
    assert "Just in time | document | 2025-06-30 | Room 3 | documented |" in register
    assert "Customers (ev7) | customer |" in register
    assert "[https&#58;//a.b/c](https://a.b/c) | confirms, beside a dated document or record |" in register
    assert register.count("E1") == 1


def of_register(*people, **more):
    sheet = AnswerSheet(sheet_of().engagement, people)
    return document(rubric=rubric_of(**more), sheet=sheet, diagnosis=Diagnosis("", ()), plan=NO_PLAN)


LETTER = EvidenceItem(
    title="Letter of Mrs Moth", id="ev-moth", kind="customer", dated=DAY - datetime.timedelta(days=60),
    file="letters/moth.pdf", place="Moth drawer", note="She lives in Elm Road.",
)  # fmt: skip


@pytest.mark.parametrize(("single", "heads"), [(True, 3), (False, 3), (False, 1)])
def test_evidence_of_an_anonymous_role_is_listed_without_what_says_whose_it_is(single, heads):
    given = {"ear_open": Answer("value", "defined", evidence=(LETTER,))}
    role, title = ("team", "Team") if single else ("guest", "Guest")
    boss = Voice("boss", {"ear_open": given["ear_open"]._replace(evidence=())})
    told = AnswerSheet(sheet_of().engagement, (boss, *[Voice(role, given)] * heads))
    agreed = {} if heads > 1 else {"alone": True}
    sheet = counted_of(rubric_of(), told, anonymous=[role] if single else [], **agreed)
    text = document(sheet=sheet, diagnosis=Diagnosis("", ()), plan=NO_PLAN)
    told = f"Not shown: brought by an anonymous role ({title}) | customer | {DASH} | {DASH} | documented;"
    assert told in section(text, "Register")
    assert "evidence [E1](#evidence-1)" in text
    for word in ("Moth", "moth", "Elm Road", LETTER.dated.isoformat()):
        assert word not in text


def test_what_an_open_role_shows_too_is_told_of_that_role_alone():
    given = {"ear_open": Answer("value", "defined", evidence=(LETTER,))}
    people = (Voice("boss", given), Voice("guest", given, private=True))
    register = section(of_register(*people), "Register")
    assert (register.count("Letter of Mrs Moth"), register.count("Not shown:")) == (1, 1)


def test_evidence_beside_no_answer_does_not_count():
    shown = EvidenceItem(title="Minutes", dated=DAY - datetime.timedelta(days=60))
    given = {"ear_open": Answer("unknown", evidence=(shown,))}
    text = of_register(Voice("boss", given), Voice("team", {"ear_open": Answer("value", "begun")}))
    told = f"Minutes | document | 2026-05-07 | {DASH} | does not count: shown without an answer |"
    assert told in section(text, "Register")
    assert "[0 of them shown by evidence]" in text


def test_how_sure_somebody_was_stands_beside_the_answer_unless_the_role_is_anonymous():
    sure, unsure = Answer("value", "begun", confidence="high"), Answer("value", "begun", confidence="low")
    people = [Voice("boss", {"ear_open": unsure}), Voice("team", {"ear_open": sure})]
    people += [Voice("team", {"ear_open": Answer("value", "begun")})]
    people += [Voice("guest", {"ear_open": unsure}) for place in range(3)]
    sheet = counted_of(rubric_of(), AnswerSheet(sheet_of().engagement, tuple(people)))
    answers = section(document(sheet=sheet, diagnosis=Diagnosis("", ()), plan=NO_PLAN), "Appendix C: answers in full")
    assert "| Boss | 1.00: ear_open step 1 (low confidence) | 1 |" in answers
    assert "| Team | 1.00: ear_open step 1 (1); 1.00: ear_open step 1 (high confidence) (1) | 2 |" in answers
    assert "| Guest | 1.00: ear_open step 1 (3) | 3 |" in answers


def assessed(rubric, sheet):
    organization = score_organization(rubric, sheet)
    found = diagnose(organization)
    return render(organization, found, plan(organization, found), (), (TEMPLATES,))


def test_what_does_not_apply_has_no_target_and_is_no_part_of_one():
    initiatives = [{"id": "i01", "title": "All", "lifts": {"ear": "leading", "mind": "practised"}, "owner": "boss",
                    "effort": {"low": 1, "high": 1}, "weeks": 1}]  # fmt: skip
    rubric = rubric_of(initiatives=initiatives, policies={})
    reached, none = Answer("value", "defined"), Answer("na", why="No hands")
    given = {"ear_open": reached, "mind_open": reached, "written": Answer("value", "yes"), "hand_given": none}
    engagement = sheet_of().engagement.model_copy(update={"targets": {"default": "leading", "mind": "practised"}})
    sheet = AnswerSheet(engagement, (Voice("boss", given),))
    organization = score_organization(rubric, sheet)
    found = diagnose(organization)
    made = plan(organization, found)
    targets = RenderContext(**organization.parts(), diagnosis=found, plan=made).targets
    assert targets["overall"] == pytest.approx(made.milestones[-1].values["overall"])
    assert not {"hand", "care"} & targets.keys()
    text = assessed(rubric, sheet)
    assert "target" not in section(text, "CAR-1 Hand")
    assert "What the next level requires" not in section(text, "CAR-1 Hand")
    assert "What the next level requires" in section(text, "LIS-2 Mind")


@pytest.mark.parametrize(
    ("boss", "team", "told"),
    [
        ("defined", "unknown", "Not everybody who was asked could answer [1 question](#finding-blind_mind_open)."),
        ("unknown", "unknown", "Nobody who was asked gave an answer to [1 question](#finding-blind_mind_open)."),
        ("declined", None, "Nobody who was asked gave an answer to [1 question](#finding-blind_mind_open)."),
        (None, None, "Nobody who was asked gave an answer to [1 question](#finding-silence_mind)."),
        ("defined", "declined", ""),
    ],
)
def test_not_everybody_could_answer_only_where_somebody_could(boss, team, told):
    said = {"boss": boss, "team": team}
    people = [
        Voice(role, {"mind_open": Answer("value", word) if word == "defined" else Answer(word)} if word else {})
        for role, word in said.items()
    ]
    people.append(Voice("boss", {"ear_open": Answer("value", "defined")}))
    text = section(assessed(rubric_of(policies={}), AnswerSheet(sheet_of().engagement, tuple(people))), "LIS-2 Mind")
    lines = [line for line in text.splitlines() if "who was asked" in line]
    assert lines == ([f"- {told}"] if told else [])


def test_months_are_counted_by_the_calendar():
    assert months_before(datetime.date(2026, 3, 31), 1) == datetime.date(2026, 2, 28)
    assert months_before(datetime.date(2024, 3, 31), 25) == datetime.date(2022, 2, 28)
    assert months_before(datetime.date(2026, 1, 1), 1200 * 21) == datetime.date.min


def test_a_wanted_initiative_waits_only_for_what_nobody_delivers():
    initiatives = [
        {"id": name, "title": name, "effort": {"low": 1, "high": 1}, "weeks": 1, "owner": "boss", **more}
        for name, more in {
            "i01": {"lifts": {"ear": "practised"}}, "i02": {"lifts": {"hand": "begun"}}, "i03": {"needs": ["i02"]},
            "i04": {"needs": ["i01", "i05"]}, "i05": {},
        }.items()
    ]  # fmt: skip
    plan = Plan(
        DAY,
        4,
        13,
        {"hand": "defined", "ear": "practised"},
        (),
        tuple(LeftOut(i["id"], "x", wanted=True) for i in initiatives),
        (),
        (),
        NO_PLAN.projection,
        NO_PLAN.room,
        NO_PLAN.order,
    )
    waits = section(
        document(rubric=rubric_of(initiatives=initiatives), diagnosis=Diagnosis("", ()), plan=plan), "Do not start yet"
    )
    assert "| i04 | after this plan | i01, i05 | X. |" in waits
    assert "| i03 |" not in waits


def test_a_rubric_without_a_rule_on_evidence_has_no_columns_about_it():
    rubric = rubric_of(policies={"na": "exclude"})
    text = document(rubric=rubric, sheet=sheet_of(), diagnosis=Diagnosis("", ()), plan=NO_PLAN)
    assert not any(words in text for words in ("As claimed", "as claimed", "Counts as", "ceiling"))
    assert "| Question | What each role says | Combined | Settled at | Value |" in text
    assert "| Where | Question | Claimed |\n" in text
    assert "| Part | Now | Level throughout | Target | Gap | As claimed | Answered |" in document()

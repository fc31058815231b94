"""Documents of other rubrics, answers and plans: what is missing or of another kind still reads."""

import datetime

import pytest
from rendering import DAY, NO_PLAN, document, plain, question, rubric_of, section, sheet_of

from assess.model.answers import Answer, AnswerSheet, Respondent
from assess.model.engagement import EvidenceItem
from assess.model.findings import Diagnosis
from assess.model.roadmap import LeftOut, Plan
from assess.render.case import DASH
from assess.render.lint import lint
from assess.render.register import months_before


def test_no_findings_and_no_initiatives_still_read():
    text = document(diagnosis=Diagnosis("", ()), plan=NO_PLAN)
    assert "**Furthest along.** [CAR Caring](#care) stands at 1.00, Begun." in text
    assert "First moves" not in text
    assert section(text, "Initiative cards").strip().endswith("None.")


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
    boss = Respondent("r-1", "boss", answers if answered else {})
    sheet = AnswerSheet(sheet_of().engagement, (boss,))
    text = document(rubric=rubric, sheet=sheet, diagnosis=Diagnosis("", ()), plan=NO_PLAN)
    assert lint(text) == ()
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
    guests = [Respondent(f"g{n}", "guest", given if n else nothing, anonymous=True) for n in range(3)]
    sheet = AnswerSheet(sheet_of().engagement, (Respondent("b", "boss", given), *guests))
    answers = section(
        document(rubric=rubric, sheet=sheet, diagnosis=Diagnosis("", ()), plan=NO_PLAN), "Appendix C: answers in full"
    )
    for expected in ("Aaa; Bbb | 1 |", "12.5% | 1 |", "2026-07-06 | 1 |", "So. | 1 |", "no answer wanted | 1 |"):
        assert f"| Boss | {expected}" in answers
    assert "| Guest | none of them (1); Aaa; Bbb (2) | 3 |" in answers


def test_two_small_anonymous_groups_are_shown_together():
    given = {"ear_open": Answer("value", "defined")}
    people = [Respondent(f"g{n}", "guest", given) for n in range(2)]
    people += [Respondent(f"t{n}", "team", given, anonymous=True) for n in range(2)]
    sheet = AnswerSheet(sheet_of().engagement, tuple(people))
    text = document(sheet=sheet, diagnosis=Diagnosis("", ()), plan=NO_PLAN)
    assert "| Team, Guest | ear_open step 2 (4) | 4 |" in text
    assert "Team: too few to show alone<br>Guest: too few to show alone" in text


def test_the_register_says_what_each_piece_of_evidence_counts_as():
    kinds = [
        EvidenceItem(title="Undated"), EvidenceItem(title="Old", dated=datetime.date(2025, 6, 29)),
        EvidenceItem(title="Just in time", dated=datetime.date(2025, 6, 30), place="Room 3"),
        EvidenceItem(title="Customers", kind="customer", url="https://a.b/c", id="ev7"),
    ]  # fmt: skip
    boss = Respondent("b", "boss", {"ear_open": Answer("value", "defined", evidence=tuple(kinds))})
    sheet = AnswerSheet(sheet_of().engagement, (boss, Respondent("t", "team", dict(boss.answers))))
    register = section(document(sheet=sheet, diagnosis=Diagnosis("", ()), plan=NO_PLAN), "Register")
    assert f"Undated | document | {DASH} | {DASH} | does not count: undated |" in register
    assert f"Old | document | 2025-06-29 | {DASH} | does not count: older than 12 months |" in register
    assert "Just in time | document | 2025-06-30 | Room 3 | documented |" in register
    assert "Customers (ev7) | customer |" in register
    assert "[https&#58;//a.b/c](https://a.b/c) | confirms, beside a dated document or record |" in register
    assert register.count("E1") == 1


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
        1.0,
    )
    waits = section(
        document(rubric=rubric_of(initiatives=initiatives), diagnosis=Diagnosis("", ()), plan=plan), "Do not start yet"
    )
    assert "| i04 | after this plan | i01, i05 | X. |" in waits
    assert "| i03 |" not in waits


def test_a_rubric_without_a_rule_on_evidence_says_so():
    rubric = rubric_of(policies={"na": "exclude"})
    text = document(rubric=rubric, sheet=sheet_of(), diagnosis=Diagnosis("", ()), plan=NO_PLAN)
    assert "no ceiling in this rubric" in text
    assert "Evidence is a ceiling" not in text

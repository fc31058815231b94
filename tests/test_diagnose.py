"""What an organization is told about its answers: gaps, strengths, the headline, and the order of all of it."""

import datetime

import pytest
from diagnosing import (
    APART,
    clashing,
    counted_sheet,
    criterion,
    fact,
    findings,
    initiative,
    level,
    proof,
    reply,
    rubric,
    sheet,
)
from factories import CEILINGS, ON
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.diagnose import NO_INITIATIVE, diagnose
from assess.model.answers import AnswerSheet, Settlement
from assess.model.rubric import Rubric
from assess.scoring import score_organization

# --- gaps


def test_a_criterion_below_its_target_is_a_gap_with_its_distance_and_what_lifts_it():
    book = rubric(
        criterion("desk", says={"gap": "The desk is thin."}),
        initiatives=[
            initiative("b", desk="practised"),
            initiative("a", desk="leading"),
            initiative("c", desk="ad_hoc"),
        ],
    )
    gap = findings(book, sheet(("team", {"desk_how": "ad_hoc"})))["gap_desk"]
    assert gap.size == 50
    assert gap.says == "The desk is thin."
    assert gap.because == "stands at 1.00, target 3.00 (Practised)"
    assert gap.initiatives == ("a", "b")
    assert not gap.red


def test_a_gap_without_words_of_its_own_gets_a_plain_sentence():
    gap = findings(rubric(criterion("desk")), sheet(("team", {"desk_how": "absent"})))["gap_desk"]
    assert gap.says == '"Desk" is not yet where you want it to be.'


@pytest.mark.parametrize(
    ("targets", "target"),
    [
        ({}, "3.00 (Practised)"),
        ({"default": "leading"}, "4.00 (Leading)"),
        ({"default": "leading", "care": "defined"}, "2.00 (Defined)"),
        ({"default": "leading", "care": "defined", "desk": "ad_hoc"}, "1.00 (Ad hoc)"),
    ],
)
def test_the_target_is_the_nearest_one_named(targets, target):
    book = rubric(criterion("desk", code="D-1"))
    gap = findings(book, sheet(("team", {"desk_how": "absent"}), targets=targets))["gap_desk"]
    assert gap.because.endswith(f"target {target}")


def test_an_unanswered_criterion_is_silence_and_no_gap():
    found = findings(rubric(criterion("desk"), criterion("log")), sheet(("team", {"desk_how": "absent"})))
    assert "gap_log" not in found
    assert found["silence_log"].size == 100  # from nothing to all: so much is open


def test_a_silence_that_can_move_nothing_is_the_least():
    held = {"id": "g", "when": "page = no", "cap": {"of": ["log"], "at": "absent"}, "because": "b", "lifted_by": []}
    book = rubric(criterion("desk", level("desk_how"), fact("page")), criterion("log"), gates=[held])
    found = findings(book, sheet(("team", {"desk_how": "absent", "page": "no"})))
    assert found["silence_log"].size == 0


def test_the_largest_gap_comes_first_and_of_equal_ones_the_first_of_the_rubric():
    book = rubric(criterion("a"), criterion("c"), criterion("b"), criterion("d"))
    answers = {"a_how": "ad_hoc", "c_how": "absent", "b_how": "absent", "d_how": "ad_hoc"}
    found = findings(book, sheet(("team", answers)))
    assert [name for name in found if name.startswith("gap_") and name != "gap_care"] == [
        "gap_c",
        "gap_b",
        "gap_a",
        "gap_d",
    ]


@pytest.mark.parametrize(("answer", "red"), [("absent", True), ("ad_hoc", True), ("defined", False)])
def test_a_key_criterion_is_red_at_or_below_the_level_the_rubric_names(answer, red):
    book = rubric(criterion("desk", key=True), criterion("log"), policies={"red_at": "ad_hoc"})
    found = findings(book, sheet(("team", {"desk_how": answer, "log_how": answer})))
    assert found["gap_desk"].red is red
    assert found["gap_log"].red is False


def test_a_red_gap_no_initiative_lifts_asks_for_a_decision():
    book = rubric(criterion("desk", key=True), policies={"red_at": "ad_hoc"})
    assert findings(book, sheet(("team", {"desk_how": "absent"})))["gap_desk"].settle == NO_INITIATIVE


# --- strengths


def test_a_criterion_at_its_target_is_praised_in_the_words_of_the_rubric_with_its_proof():
    book = rubric(criterion("desk", says={"strength": "The desk works."}), policies=CEILINGS)
    evidence = (proof("Rota"), proof("Old plan", dated=datetime.date(2019, 1, 1)), proof("Panel", kind="customer"))
    found = findings(book, sheet(("team", {"desk_how": reply("leading", *evidence)})))["strength_desk"]
    assert (found.says, found.size, found.red) == ("The desk works.", 25, False)
    assert found.because == "stands at 4.00, target 3.00 (Practised); shown by Rota and Panel"


def test_what_proves_a_strength_is_not_named_where_an_anonymous_role_brought_it():
    book = rubric(criterion("desk"), policies={**CEILINGS, "anonymous": ["customer"]})
    guest = ("customer", {"desk_how": reply("practised", proof("Letter to Mrs Moth"))})
    answers = counted_sheet(book, ("team", {"desk_how": reply("practised", proof("Rota"))}), *[guest] * 5)
    because = findings(book, answers)["strength_desk"].because
    assert because.endswith("shown by what an anonymous role brought and Rota")


def test_proved_strengths_stand_before_larger_ones_that_are_only_said():
    book = rubric(criterion("desk"), criterion("log"))
    answers = sheet(("team", {"desk_how": "leading", "log_how": reply("practised", proof())}))
    found = findings(book, answers)
    assert [name for name in found if name.startswith("strength")] == ["strength_log", "strength_desk"]
    assert found["strength_desk"].because.endswith("no dated proof is attached yet")


def test_nothing_is_praised_that_a_red_finding_is_about():
    book = rubric(criterion("desk"), criterion("log"), policies=APART)
    answers = sheet(
        ("executive", {"desk_how": "leading", "log_how": "leading"}),
        ("team", {"desk_how": "defined", "log_how": "leading"}),
        targets={"desk": "defined"},
    )
    found = findings(book, answers)
    assert "disagreement_desk_how" in found
    assert "strength_desk" not in found
    assert "strength_log" in found


def test_a_strength_is_proved_when_each_of_its_questions_is():
    """One proof beside an answer that is only said is not enough to stand before the others."""
    desk = criterion("desk", level("desk_how"), level("desk_when"))
    book = rubric(desk, criterion("log"), policies={**CEILINGS, "target": "ad_hoc"})
    half = {"desk_how": reply("leading", proof()), "desk_when": "leading", "log_how": reply("defined", proof())}
    whole = {**half, "desk_when": reply("leading", proof())}
    for answers, order in ((half, ["strength_log", "strength_desk"]), (whole, ["strength_desk", "strength_log"])):
        assert [n for n in findings(book, sheet(("team", answers))) if n.startswith("strength")] == order


def test_nothing_at_all_is_no_strength_whatever_the_target():
    answers = sheet(("team", {"desk_how": "absent"}), targets={"default": "absent"})
    assert "strength_desk" not in findings(rubric(criterion("desk")), answers)


# --- headline, perception, order


def test_the_headline_is_the_first_that_surely_holds_on_what_is_proved():
    headlines = [{"when": "overall >= practised", "says": "High."}, {"when": "overall >= defined", "says": "Middle."}]
    book = rubric(criterion("desk"), policies=CEILINGS, headlines=headlines)
    for value, says in (("leading", "Middle."), ("absent", ""), ("unknown", "")):
        answers = sheet(("team", {"desk_how": value}))
        assert diagnose(score_organization(book, answers)).headline == says
    last = book.model_copy(update={"headlines": (*book.headlines, book.headlines[0].model_copy(update={"when": None}))})
    assert diagnose(score_organization(last, answers)).headline == "High."


def test_a_headline_never_quotes_what_a_dont_know_counts_as():
    talk = {"id": "talk", "type": "number", "text": "How many posts?", "weight": 0, "unknown_as": "99"}
    headlines = [{"when": "talk > 20", "says": "You talk {talk} times."}, {"says": "Begin."}]
    book = rubric(criterion("desk", level("desk_how"), talk), headlines=headlines)
    answers = sheet(("team", {"desk_how": "ad_hoc", "talk": "unknown"}))
    assert diagnose(score_organization(book, answers)).headline == "Begin."


def test_a_headline_quotes_figures_and_waits_until_they_are_known():
    talk = {"id": "talk", "type": "number", "text": "How many posts per reply?", "weight": 0, "min": 0, "max": 99}
    headlines = [{"when": "overall < practised", "says": "You talk {talk} times per reply."}, {"says": "Begin."}]
    book = rubric(criterion("desk", level("desk_how"), talk), headlines=headlines)
    for figure, says in (
        (23, "You talk 23 times per reply."),
        (2.5, "You talk 2.5 times per reply."),
        (None, "Begin."),
    ):
        answers = sheet(("team", {"desk_how": "ad_hoc"} | ({} if figure is None else {"talk": figure})))
        assert diagnose(score_organization(book, answers)).headline == says


@pytest.mark.parametrize(
    ("guests", "settled", "says"),
    [
        (2, False, "You wait 3 days."),
        (3, False, "You wait 5 days."),
        (0, False, "You wait 3 days."),
        (1, True, "You wait 4 days."),
    ],
)
def test_a_headline_quotes_no_figure_that_a_small_anonymous_group_gave(guests, settled, says):
    wait = {"id": "wait", "type": "number", "text": "How many days?", "weight": 0, "min": 0, "max": 99}
    headlines = [{"when": "wait > 2", "says": "You wait {wait} days."}, {"says": "Begin."}]
    policy = {"anonymous": ["customer"], "min_cell": 3}
    book = rubric(criterion("desk", level("desk_how"), wait), headlines=headlines, policies=policy)
    people = [("team", {"desk_how": "ad_hoc", "wait": 3}), *[("customer", {"wait": 7})] * guests]
    agreed = {"wait": Settlement(reply(4), ("p0",), "The log shows it.")} if settled else None
    answers = counted_sheet(book, *people, settled=agreed)
    assert diagnose(score_organization(book, answers)).headline == says


def test_the_perception_gap_is_the_claim_less_the_mean_of_practice_where_both_answered():
    policy = {"perception": {"claim": "EX", "practice": ["service", "team"]}}
    book = rubric(criterion("desk"), criterion("log"), criterion("map"), policies=policy)
    answers = sheet(
        ("executive", {"desk_how": "practised", "log_how": "absent", "map_how": "leading"}),
        ("service", {"desk_how": "ad_hoc", "log_how": "practised"}),
        ("service", {"desk_how": "defined"}),
        ("team", {"desk_how": "defined"}),
    )
    assert diagnose(score_organization(book, answers)).perception == (("log", -3.0), ("desk", 1.25))


def test_a_small_anonymous_group_alone_makes_no_perception_gap():
    policy = {"perception": {"claim": "executive", "practice": ["customer"]}, "anonymous": ["customer"]}
    book = rubric(criterion("desk"), policies=policy)
    answers = counted_sheet(book, ("executive", {"desk_how": "practised"}), ("customer", {"desk_how": "absent"}))
    assert diagnose(score_organization(book, answers)).perception == ()


def test_red_findings_come_first_and_kinds_keep_their_order():
    book = rubric(
        criterion("desk", key=True), criterion("log"), criterion("map"), criterion("tip"), policies={"red_at": "absent"}
    )
    given = {"desk_how": "absent", "log_how": "ad_hoc", "map_how": "absent", "tip_how": "leading"}
    answers = sheet(("team", given), ("service", {"map_how": "unknown"}))
    found = diagnose(score_organization(book, answers))
    assert [f.id for f in found.findings] == [
        "cap_care_desk",
        "gap_desk",
        "gap_map",
        "gap_log",
        "blind_map_how",
        "strength_tip",
    ]


# --- any answers


def everything():
    book = clashing(
        {
            **APART,
            **CEILINGS,
            "unknown": "zero",
            "red_at": "ad_hoc",
            "anonymous": ["customer"],
            "min_cell": 2,
            "perception": {"claim": "executive", "practice": ["team", "customer"]},
        },
        practice="desk_how <= ad_hoc by team or log_hours < 4 or log_page = no",
        cap={"of": ["log"], "at": "ad_hoc"},
    )
    page, extra = fact("log_page", unknown_as="no"), level("map_how", show_when="log_page = yes")
    gates = [
        {"id": "g1", "when": "log_page = no", "cap": {"of": ["desk", "care"], "at": "defined"}, "because": "One"},
        {"id": "g2", "when": "not (desk > log) or n(customer) >= 2", "flag": True, "because": "Two"},
        {"id": "g3", "when": "state(log_hours) = missing", "cap": {"of": ["map"], "at": 1}, "because": "Three"},
        {"id": "g4", "when": "share(desk_how >= defined by customer) >= 50", "flag": True, "because": "Four"},
    ]
    data = book.model_dump(by_alias=True)
    care = data["principles"][0]
    care["criteria"][0]["key"] = True
    care["criteria"] = [*care["criteria"], criterion("map", extra, page)]
    return Rubric.model_validate({**data, "gates": gates})


BOOK = everything()
STATES = st.sampled_from(["unknown", "na", "declined"])
PROOFS = st.lists(
    st.builds(
        proof, dated=st.sampled_from([ON, datetime.date(2020, 1, 1)]), kind=st.sampled_from(["document", "customer"])
    ),
    max_size=2,
)


def any_answer(question):
    if question.type == "number":
        values = st.integers(0, 9).map(float)
    else:
        values = st.sampled_from([option.key for option in BOOK.options_of(question)])
    return st.one_of(STATES.map(reply), st.builds(lambda value, found: reply(value, *found), values, PROOFS))


REPLIES = st.fixed_dictionaries({}, optional={q.id: any_answer(q) for q in BOOK.questions()})
SHEETS = st.lists(st.tuples(st.sampled_from([r.id for r in BOOK.roles]), REPLIES), max_size=5)
SETTLED = st.fixed_dictionaries({}, optional={"desk_how": any_answer(BOOK.question_by_id["desk_how"])})


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(SHEETS, SETTLED)
def test_any_answers_give_unique_findings_and_every_red_one_a_way_out(people, agreed):
    settled = {q: Settlement(a, (), "So.") for q, a in agreed.items() if a.state in ("value", "na")}
    answers = sheet(*people, settled=settled)
    found = diagnose(score_organization(BOOK, answers))
    names = [finding.id for finding in found.findings]
    assert len(names) == len(set(names))
    assert all(f.initiatives or f.settle for f in found.findings if f.red)
    assert [f.red for f in found.findings] == sorted((f.red for f in found.findings), reverse=True)
    assert all(f.size >= 0 and f.title and f.says for f in found.findings)
    titles = {role.title for role in BOOK.roles} | {"What was agreed"}
    spoken = [q.role for f in found.findings if f.kind != "silence" for q in f.quotes]
    assert set(spoken) <= titles


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(SHEETS, st.randoms())
def test_the_order_of_respondents_changes_no_finding(people, chance):
    answers = sheet(*people)
    shuffled = list(answers.voices)
    chance.shuffle(shuffled)
    other = AnswerSheet(answers.engagement, tuple(shuffled))

    def told(given):
        found = diagnose(score_organization(BOOK, given))
        return [(f.id, f.says, f.quotes, f.red, f.initiatives) for f in found.findings]

    assert told(answers) == told(other)

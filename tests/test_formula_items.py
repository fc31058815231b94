"""From answers to the value of a question: types, roles, disagreement, agreement, states and evidence."""

import datetime

import pytest
from factories import (
    CEILINGS,
    DECLINED,
    NA,
    ON,
    UNKNOWN,
    built,
    fact,
    gate,
    level,
    node,
    percent,
    proved,
    question,
    said,
    tree,
    value,
)
from hypothesis import given
from hypothesis import strategies as st

from assess.model.rubric import Rubric


def item(asked, *people, settled=None, on=ON, policies=None, **how):
    return tree(built(node("p", asked), policies=policies or {}), *people, settled=settled, on=on, **how).item(
        asked["id"]
    )


def worth(asked, answer, **policies):
    return item(asked, said("boss", q=answer), policies=policies).range.value


# --- types ---

SCORES = [{"key": f"k{score}", "label": str(score), "score": score} for score in (1, 2, 5)]
TICKS = [
    {"key": "a", "label": "a", "score": 3},
    {"key": "b", "label": "b"},
    {"key": "c", "label": "c", "must": 40},
    {"key": "none", "label": "none", "exclusive": True},
]


@pytest.mark.parametrize(
    ("asked", "answers"),
    [
        (level("q", 5), {"k0": 0, "k1": 25, "k4": 100}),
        (level("q", SCORES), {"k1": 0, "k2": 25, "k5": 100}),
        (question("q", "scale", 5), {"k0": 0, "k3": 75}),
        (question("q", "scale", 5, reverse=True), {"k0": 100, "k3": 25}),
        (question("q", "choice", SCORES[::-1]), {"k1": 0, "k2": 25, "k5": 100}),
        (question("q", "yesno"), {"yes": 100, "no": 0}),
        (question("q", "yesno", reverse=True), {"yes": 0, "no": 100}),
        (question("q", "multi", 4), {(): 0, ("k0",): 25, ("k3", "k1"): 50}),
        (question("q", "multi", TICKS), {("a",): 40, ("a", "c"): 80, ("a", "b"): 40, ("c",): 20, ("none",): 0}),
    ],
)
def test_options_have_values(asked, answers):
    assert {answer: worth(asked, answer) for answer in answers} == pytest.approx(answers)


@pytest.mark.parametrize(
    ("more", "numbers"),
    [
        ({"goalposts": {"worst": 20, "best": 85}}, {10: 0, 20: 0, 52.5: 50, 85: 100, 99: 100}),
        ({"goalposts": {"worst": 20, "best": 0}}, {0: 100, 5: 75, 30: 0}),
        ({"goalposts": {"worst": 1, "best": 100, "log": True}}, {-3: 0, 0: 0, 10: 50, 100: 100}),
        ({"goalposts": {"worst": 100, "best": 1, "log": True}}, {0: 100, 10: 50, 1000: 0}),
        (
            {"band": {"from": 30, "to": 60, "zero_below": 0, "zero_above": 100}},
            {0: 0, 15: 50, 30: 100, 60: 100, 80: 50, 101: 0, -9: 0},
        ),
        ({"band": {"from": 5, "to": 5, "zero_below": 5, "zero_above": 5}}, {4.9: 0, 5: 100, 5.1: 0}),
    ],
)
def test_numbers_have_values(more, numbers):
    asked = question("q", "number", **more)
    assert {number: worth(asked, float(number)) for number in numbers} == pytest.approx(numbers)


@pytest.mark.slow
@given(st.floats(-1e9, 1e9), st.floats(-1e6, 1e6), st.floats(0.001, 1e6), st.booleans())
def test_a_number_is_worth_0_to_100_and_more_of_it_never_less(number, worst, span, down):
    asked = question("q", "number", goalposts={"worst": worst, "best": worst - span if down else worst + span})
    here, further = worth(asked, number), worth(asked, number + span / 7)
    assert 0 <= here <= 100
    assert further <= here if down else further >= here


# --- respondents and roles ---

MANY = [said("boss", q="k4"), said("team", q="k0"), said("team", q="k1"), said("team", q="k2")]


@pytest.mark.parametrize(
    ("policies", "expected"),
    [
        ({}, 62.5),  # mean of 100 and the mean 25 of the team
        ({"roles": "headcount"}, 43.75),  # (100 + 0 + 25 + 50) / 4
        ({"combine": "median"}, 62.5),
        ({"combine": "min"}, 0),
        ({"combine": "max"}, 100),
    ],
)
def test_answers_are_combined_within_roles_and_then_over_roles(policies, expected):
    assert item(level("q"), *MANY, policies=policies).range.value == expected


def test_a_question_may_combine_in_its_own_way():
    assert item(level("q", combine="min"), *MANY, policies={"combine": "max"}).range.value == 0


def test_roles_that_are_not_asked_do_not_count():
    found = item(level("q", ask=["boss"]), *MANY)
    assert found.range.value == 100
    assert item(level("q", ask=["log"]), *MANY).state == "missing"


def test_a_rubric_without_roles_is_answered_by_one_respondent():
    told = built(node("p", percent("q"))).model_dump(by_alias=True)
    rubric = Rubric.model_validate({key: value for key, value in told.items() if key != "roles"})
    assert value(rubric, said("respondent", q=30)) == 30


HELD = {"disagreement": {"role": "boss", "levels": 2}}


@pytest.mark.parametrize(
    ("answers", "expected", "conflict"),
    [
        ({"boss": "k4", "team": "k2"}, 50, ("boss", "team")),
        ({"boss": "k3", "team": "k2"}, 62.5, ()),  # one level apart
        ({"boss": "k0", "team": "k2"}, 0, ("boss", "team")),  # whoever stands lower
        ({"boss": "k4", "log": "k1"}, 25, ("boss", "log")),  # a role that was not asked counts here
        ({"boss": "k4", "team": "k3", "log": "k1"}, 25, ("boss", "log")),
        ({"team": "k4", "log": "k0"}, 100, ()),  # only the named role is held against others
    ],
)
def test_disagreement_takes_the_lowest_role_in_conflict(answers, expected, conflict):
    found = item(level("q", ask=["boss", "team"]), *(said(r, q=a) for r, a in answers.items()), policies=HELD)
    assert (found.range.value, found.conflict) == (expected, conflict)


def test_disagreement_is_settled_by_agreement_and_is_about_level_questions():
    people = [said("boss", q="k4"), said("team", q="k0")]
    assert item(level("q"), *people, policies=HELD, settled={"q": "k3"}).range.value == 75
    numbers = [said("boss", q=100), said("team", q=0)]
    assert item(percent("q"), *numbers, policies=HELD).range.value == 50


def test_an_agreed_answer_may_say_that_it_does_not_apply():
    found = item(level("q"), said("boss", q="k4"), settled={"q": NA})
    assert (found.state, found.range.low) == ("na", None)


# --- nobody knows, nobody says, not applicable ---


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({"boss": UNKNOWN, "team": "k1"}, "value"),
        ({"boss": NA, "team": "k1"}, "value"),
        ({"boss": NA, "team": UNKNOWN}, "unknown"),
        ({"boss": NA, "team": DECLINED}, "na"),
        ({"boss": NA, "log": UNKNOWN}, "na"),
        ({"boss": UNKNOWN, "team": DECLINED}, "unknown"),
        ({"boss": DECLINED}, "missing"),
        ({"log": "k1"}, "missing"),
    ],
)
def test_a_state_counts_only_where_nobody_asked_gave_a_value(answers, state):
    found = item(level("q", ask=["boss", "team"]), *(said(role, q=answer) for role, answer in answers.items()))
    assert found.state == state
    assert found.range.value == (25 if state == "value" else None)


@pytest.mark.parametrize(
    ("answer", "policies", "expected"),
    [
        (None, {}, (None, 0, 100, 0)),
        (None, {"missing": "zero"}, (0, 0, 100, 0)),
        (DECLINED, {"missing": "zero"}, (0, 0, 100, 0)),
        (UNKNOWN, {}, (None, 0, 100, 0)),
        (UNKNOWN, {"unknown": "zero"}, (0, 0, 0, 1)),
        (UNKNOWN, {"unknown": "zero", "missing": "zero"}, (0, 0, 0, 1)),
        (UNKNOWN, {"missing": "zero"}, (0, 0, 100, 0)),
        (NA, {}, (None, None, None, 1)),
        (NA, {"na": "target"}, (75, 75, 75, 1)),
        (NA, {"na": "target", "target": "l2"}, (50, 50, 50, 1)),
    ],
)
def test_policies_of_what_is_not_there(answer, policies, expected):
    rubric = built(node("p", level("q")), policies={"min_coverage": 0, **policies})
    found = tree(rubric, said("boss", q=answer)).node("p")
    assert (found.value, found.low, found.high, found.coverage) == expected


def test_that_it_does_not_apply_never_scores_more_than_not_knowing():
    asked = node("p", level("q"), level("r"))
    for policies in (
        {},
        {"unknown": "zero"},
        {"missing": "zero"},
        {"na": "target"},
        {"na": "target", "unknown": "zero"},
    ):
        rubric = built(asked, policies={"min_coverage": 0, **policies})
        others = [said("boss", r="k2", q=UNKNOWN)]
        alone, both = (tree(rubric, *others, *more).node("p") for more in ([], [said("team", q=NA)]))
        assert both == alone


def test_under_missing_zero_the_unanswered_counts_0_and_still_lacks_coverage():
    for least, expected in ((None, None), (0, 25)):
        policies = {"missing": "zero"} | ({} if least is None else {"min_coverage": least})
        found = tree(built(node("p", level("q"), level("r")), policies=policies), said("boss", q="k2")).node("p")
        assert (found.value, found.low, found.high, found.coverage) == (expected, 25, 75, 0.5)


def test_numbers_that_cannot_be_given_are_not_in_the_bounds():
    found = item(percent("q", min=20, max=60), said("boss"))
    assert tuple(found.range) == (None, 20, 60)
    band = question("q", "number", min=0, max=15, band={"from": 30, "to": 60, "zero_below": 0, "zero_above": 100})
    assert tuple(item(band, said("boss")).range) == (None, 0, 50)
    across = question("q", "number", min=15, max=80, band={"from": 30, "to": 60, "zero_below": 0, "zero_above": 100})
    assert tuple(item(across, said("boss")).range) == (None, 50, 100)


# --- facts ---


@pytest.mark.parametrize(
    "days", [("2025-06-30", "2026-05-31"), ("2026-05-31", "2025-06-30"), ("2025-06-30", "2025-06-30")]
)
def test_of_several_dates_the_earliest_counts_whoever_gave_it(days):
    asked = question("f", "date")
    first, second = map(datetime.date.fromisoformat, days)
    found = tree(built(node("p", percent("q"), asked)), said("boss", f=first), said("team", f=second))
    assert found.truth("months_since(f) = 12") is True
    assert found.truth("f <= 2025-06-30") is True
    assert found.truth("months_since(f) > 12") is False


@pytest.mark.parametrize(("number", "holds"), [(0, 0), (1, 1), (4, 4)])
def test_a_condition_may_name_an_option_by_its_number_from_the_first_to_the_last(number, holds):
    rubric = built(node("p", level("q")))
    for place in range(5):
        assert tree(rubric, said("boss", q=f"k{place}")).truth(f"q = {number}") is (place == holds)


@pytest.mark.parametrize(
    ("asked", "assumed", "condition"),
    [
        (fact("f"), "no", "f = no"),
        (question("f", "choice", 3, weight=0), "k2", "f = k2"),
        (question("f", "number", weight=0), "12", "f = 12"),
        (question("f", "number", weight=0), "-1.5", "f < 0"),
        (question("f", "date"), "2020-01-01", "months_since(f) > 12"),
        (level("f", weight=0), "k1", "f = k1"),
    ],
)
def test_a_fact_says_what_not_knowing_counts_as(asked, assumed, condition):
    rubric = built(node("p", percent("q"), {**asked, "unknown_as": assumed}))
    assert tree(rubric, said("boss", f=UNKNOWN)).truth(condition) is True
    assert tree(rubric, said("boss", f=DECLINED)).truth(condition) is None
    assert tree(rubric, said("boss", f=UNKNOWN)).truth("answered(f)") is False


def test_a_fact_has_no_weight_and_no_coverage():
    rubric = built(node("p", percent("q"), fact("f")))
    found = tree(rubric, said("boss", q=40)).node("p")
    assert (found.value, found.coverage) == (40, 1)


@pytest.mark.parametrize(
    ("asked", "condition"),
    [
        (level("q"), "q <= k0"),
        (question("q", "yesno"), "q = no"),
        (question("q", "yesno", reverse=True), "q = yes"),
        (question("q", "choice", SCORES), "q = k1"),
        (question("q", "multi", 3), "count(q) = 0"),
        (question("q", "multi", TICKS), "only(q, none)"),
        (percent("q"), "q = 0"),
        (question("q", "number", goalposts={"worst": 9, "best": 2}), "q = 9"),
    ],
)
def test_under_a_zero_policy_conditions_read_the_worst_answer(asked, condition):
    nobody_knows = tree(built(node("p", asked), policies={"unknown": "zero"}), said("boss", q=UNKNOWN))
    assert nobody_knows.truth(condition) is True
    # What is merely missing counts 0 for now: gates hold in the score and in its lower bound, not in the upper one.
    rubric = built(
        node("p", asked), node("o", percent("r"), gates=[gate("g", condition, "o", "l1")]), policies={"missing": "zero"}
    )
    assert tree(rubric, said("boss", r=80)).node("o").range == (25, 25, 80)


def test_of_several_answers_to_a_fact_the_one_worth_least_counts():
    rubric = built(node("p", percent("q"), fact("f"), fact("bad", reverse=True), question("c", "choice", 2, weight=0)))
    found = tree(rubric, said("boss", f="yes", bad="no", c="k0"), said("team", f="no", bad="yes", c="k1"))
    assert found.truth("f = no") is True
    assert found.truth("bad = yes") is True
    assert found.truth("c = k0") is None  # no order, no worst


def test_an_option_counts_when_more_than_half_tick_it():
    rubric = built(node("p", question("q", "multi", 3)))
    people = [said("boss", q=("k0", "k1")), said("team", q=("k0",)), said("team", q=("k0", "k2"))]
    found = tree(rubric, *people)
    assert found.truth("only(q, k0)") is True
    assert found.truth("has(q, k1)") is False  # half is not more than half


# --- show_when ---

SHOWN = built(node("p", percent("a"), fact("f"), percent("q", show_when="f = yes")), policies={"min_coverage": 0})


@pytest.mark.parametrize(
    ("seen", "expected", "state"),
    [("yes", (40, 40, 40, 1), "value"), ("no", (20, 20, 20, 1), "hidden"), (None, (20, 10, 60, 0.5), "missing")],
)
def test_a_question_is_asked_only_when_it_surely_arises(seen, expected, state):
    found = tree(SHOWN, said("boss", a=20, q=60, f=seen))
    assert found.item("q").state == state
    assert (*found.node("p").range, found.node("p").coverage) == expected
    assert found.truth("state(q) = na") is (state == "hidden")


# --- evidence ---


@pytest.mark.parametrize(
    ("proofs", "on", "expected"),
    [
        ([], "2026-06-30", 50),
        ([("document", "2026-06-30")], "2026-06-30", 75),
        ([("document", "2025-06-30")], "2026-06-30", 75),  # the day itself still counts
        ([("document", "2025-06-29")], "2026-06-30", 50),
        ([("record", "2025-02-28")], "2026-02-28", 75),
        ([("record", "2024-02-29")], "2025-02-28", 75),  # after the last day of February 2024
        ([("record", "2023-02-28")], "2024-02-29", 75),  # there is no 29 February 2023: its last day counts
        ([("record", "2023-02-27")], "2024-02-29", 50),
        ([("document", None)], "2026-06-30", 50),  # undated
        ([("customer", "2026-06-01")], "2026-06-30", 75),
        ([("document", "2026-06-01"), ("customer", "2026-06-01")], "2026-06-30", 100),
        ([("document", "2026-06-01"), ("third_party", None)], "2026-06-30", 100),
        ([("document", "2026-06-01"), ("customer", "2020-06-01")], "2026-06-30", 75),  # a stale witness
        ([("document", "2020-06-01"), ("customer", "2026-06-01")], "2026-06-30", 75),
        ([("customer", "2026-06-01"), ("third_party", "2026-06-01")], "2026-06-30", 75),  # nothing to confirm
    ],
)
def test_proof_and_its_age_set_a_ceiling(proofs, on, expected):
    items = [(kind, datetime.date.fromisoformat(day) if day else None) for kind, day in proofs]
    on = datetime.date.fromisoformat(on)
    found = item(level("q"), said("boss", q=proved("k4", *items)), policies=CEILINGS, on=on)
    assert (found.range.value, found.ceiling) == (expected, expected)
    claimed = item(level("q"), said("boss", q=proved("k4", *items)), policies=CEILINGS, on=on, claimed=True)
    assert claimed.range.value == 100


def test_the_best_proof_of_anybody_counts_once_for_all_roles_together():
    people = [said("boss", q="k4"), said("log", q=proved("k2", ("record", ON)))]
    found = item(level("q", ask=["boss", "team"]), *people, policies=CEILINGS)
    assert (found.combined, found.ceiling, found.range.value) == (100, 75, 75)


@pytest.mark.parametrize("state", [UNKNOWN, DECLINED, NA])
def test_proof_counts_beside_a_value_only(state):
    shown = proved("k4", ("document", ON), ("customer", ON)).evidence
    mute = said("team", q=state._replace(evidence=shown))
    assert item(level("q"), said("boss", q="k4"), mute, policies=CEILINGS).range.value == 50
    rubric = built(node("p", level("q")), policies=CEILINGS)
    assert tree(rubric, said("boss", q="k4"), mute).truth("evidence(q) >= documented") is False


def test_a_ceiling_never_raises_and_is_for_level_questions():
    assert worth(level("q"), "k1", **CEILINGS) == 25
    assert worth(percent("q"), 90, **CEILINGS) == 90


def test_agreement_comes_before_the_ceiling():
    found = item(level("q"), said("boss", q="k1"), settled={"q": "k4"}, policies=CEILINGS)
    assert (found.agreed, found.range.value) == (100, 50)

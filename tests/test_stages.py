"""Thresholds by stage: what each asks, what they share with one threshold for all, and mistakes in them."""

import pytest
from factories import built, card, node, percent, said, sheet, tree
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.documents import SourceMap
from assess.explain import explain
from assess.model.rubric import Rubric
from assess.scoring import score_organization
from assess.validate import validate

RISING = {"reach": {1: "> 50", 2: ">= 60", 3: ">= 80"}, "lower": {1: "> 85", 2: ">= 70"}}
DUTIES = {"must": {1: ">= 40", 2: ">= 80", 3: ">= 100"}}
NUMBERS = st.tuples(*[st.sampled_from([0, 39, 40, 50, 51, 59, 60, 69, 70, 79, 80, 85, 86, 100])] * 3)


def climbing(how):
    """A node of three parts, one on each stage."""
    return built(node("p", *[node(f"c{k}", percent(f"q{k}"), stage=k) for k in (1, 2, 3)], aggregate=how))


def reached(how, numbers):
    return card(climbing(how), **{f"q{k}": number for k, number in enumerate(numbers, 1)})["p"].points


@pytest.mark.parametrize(
    ("numbers", "stage"),
    [
        ((50, 100, 100), 0), ((51, 0, 0), 1), ((85, 60, 80), 1), ((86, 59, 80), 1), ((86, 60, 79), 2),
        ((86, 69, 80), 2), ((86, 70, 80), 3), ((86, 70, 79), 2),
    ],
)  # fmt: skip
def test_each_stage_asks_its_own_threshold_and_what_was_passed_another(numbers, stage):
    assert reached({"staged": RISING}, numbers) == stage


@pytest.mark.parametrize(
    ("numbers", "stage"), [((39, 100, 100), 0), ((40, 79, 100), 1), ((40, 80, 99), 2), ((40, 80, 100), 3)]
)
def test_duties_and_cumulative_stages_may_rise_as_well(numbers, stage):
    assert reached({"tiers": DUTIES}, numbers) == stage
    assert reached({"cumulative": {"reach": DUTIES["must"]}}, numbers) == stage


def test_a_stage_that_is_missed_for_certain_is_a_result_however_little_was_answered():
    found = card(climbing({"cumulative": {"reach": ">= 50"}}), q1=10)["p"]
    assert (found.points, found.coverage, found.low, found.high) == (0, 1, 0, 0)


@pytest.mark.parametrize(("answers", "points"), [({"q1": 90}, 1), ({"q1": 90, "q2": 90}, 2), ({"q1": 90, "q3": 90}, 1)])
def test_a_stage_that_may_be_reached_is_not_reached_and_the_one_below_it_stands(answers, points):
    data = [node(f"c{k}", percent(f"q{k}"), stage=k) for k in (1, 2, 3)]
    book = built(node("p", *data, aggregate={"cumulative": {"reach": ">= 50"}}), policies={"min_coverage": 0})
    found = card(book, **answers)["p"]
    assert (found.points, found.low, found.high) == (points, 100 * points / 3, 100)


@settings(deadline=None)
@given(NUMBERS, st.sampled_from(["> 50", ">= 60"]), st.sampled_from([None, "> 85", ">= 40"]))
def test_one_threshold_is_the_same_for_every_stage(numbers, reach, lower):
    one = {"reach": reach} | ({"lower": lower} if lower else {})
    each = {"reach": dict.fromkeys((1, 2, 3), reach)} | ({"lower": dict.fromkeys((1, 2), lower)} if lower else {})
    assert reached({"staged": one}, numbers) == reached({"staged": each}, numbers)


@settings(deadline=None)
@given(NUMBERS, NUMBERS, st.sets(st.sampled_from(["q1", "q2", "q3"])))
def test_open_answers_end_between_the_bounds_and_better_ones_lower_nothing(numbers, others, known):
    book = climbing({"staged": RISING})
    answers = {f"q{k}": number for k, number in enumerate(numbers, 1)}
    before = tree(book, said("boss", **{name: number for name, number in answers.items() if name in known})).node("p")
    after = tree(book, said("boss", **answers)).node("p")
    assert before.low <= after.value <= before.high
    better = {name: max(number, other) for (name, number), other in zip(answers.items(), others, strict=True)}
    assert tree(book, said("boss", **better)).node("p").value >= after.value


def test_the_explanation_names_the_threshold_of_each_stage():
    found = score_organization(climbing({"staged": RISING}), sheet(said("boss", q1=86, q2=70, q3=80)))
    told = " ".join(explain(found, "p").split())
    assert "reach > 50 for stage 1 and >= 60 for stage 2 and >= 80 for stage 3, lower stages > 85 for stage 1" in told
    plain = score_organization(climbing({"staged": {"reach": "> 50"}}), sheet(said("boss", q1=86, q2=70, q3=80)))
    assert "Thresholds on 0..100: reach > 50." in explain(plain, "p")


@pytest.mark.parametrize(
    ("how", "message", "hint"),
    [
        ({"staged": {"reach": {1: "> 5", 3: "> 5"}}}, "stage 2 has no threshold in `reach`", 'add `2: ">= 50"`'),
        ({"staged": {"reach": "> 5", "lower": {2: "> 5"}}}, "stage 1 has no threshold in `lower`", "one for all"),
        (
            {"staged": {"reach": "> 5", "lower": {1: "> 5", 2: "> 5", 3: "> 5"}}},
            "`lower` asks nothing of stage 3",
            "out",
        ),
        ({"cumulative": {"reach": {1: "> 5", 2: "> 5", 3: "> 5", 4: "> 5"}}}, "`reach` asks nothing of stage 4", "out"),
        ({"tiers": {"must": {1: "> 5", 2: "> 101", 3: "> 5"}}}, "`must` lies above 100", "from 0 to 100"),
        ({"tally": {"reach": {1: "> 5"}}}, "tally has no stages, so `reach` is one threshold", ">= 75"),
    ],
)
def test_mistakes_in_thresholds_have_a_way_out(how, message, hint):
    parts = [node(f"c{k}", percent(f"q{k}"), stage=k) for k in (1, 2, 3)]
    book = {"id": "r", "title": "R", "version": "1", "principles": [node("p", *parts, aggregate=how)]}
    found = [p for p in validate(Rubric.model_validate(book), SourceMap()) if p.severity == "error"]
    assert [p.message for p in found if p.message.startswith(message)], found
    assert all(hint in p.hint for p in found if p.message.startswith(message))


def test_thresholds_are_kept_as_they_are_written():
    for how in ({"staged": RISING}, {"staged": {"reach": "> 50", "lower": "> 85"}}):
        ((kind, written),) = how.items()
        dumped = climbing(how).node_by_id["p"].aggregate.model_dump(exclude_defaults=True)
        kept = {key: {str(k): v for k, v in x.items()} if isinstance(x, dict) else x for key, x in written.items()}
        assert dumped == {"kind": kind, **kept}

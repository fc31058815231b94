"""The table of aggregations: every rule on numbers stays on the scale, and rises as its slopes say."""

from typing import get_args

import pytest
from factories import AGGREGATES, PAIRED, STAGED
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.formula.aggregations import AGGREGATIONS, rule_of
from assess.model.aggregation import AggregateKind
from assess.model.rubric import Rubric

STEP = 1e-4
PAIRS = st.lists(st.tuples(st.integers(1, 9).map(float), st.integers(1, 99).map(float)), min_size=1, max_size=6)


def kind_of(how):
    return how if isinstance(how, str) else next(iter(how))


def settings_of(how):
    return Rubric.model_validate({"id": "r", "title": "R", "version": "1", "aggregate": how}).aggregate


def test_every_aggregation_is_drawn_where_properties_are_tried():
    drawn = {kind_of(how) for how in (*AGGREGATES, *STAGED, *PAIRED)}
    assert drawn | {"rules", "ladder"} == {*get_args(AggregateKind)}


RULES = [how for how in AGGREGATES if rule_of(settings_of(how))]


def test_what_is_drawn_holds_every_rule_on_numbers():
    assert {kind_of(how) for how in RULES} == {kind for kind, how in AGGREGATIONS.items() if callable(how.how)}


@pytest.mark.parametrize("how", RULES, ids=str)
@settings(deadline=None)
@given(PAIRS)
def test_every_rule_stays_on_the_scale_and_rises_with_each_number_as_its_slopes_say(how, pairs):
    rule = rule_of(settings_of(how))
    value, slopes = rule.value(pairs), rule.slopes(pairs)
    assert 0 <= value <= 100
    assert len(slopes) == len(pairs)
    for place, slope in enumerate(slopes):
        weight, number = pairs[place]
        risen = rule.value([*pairs[:place], (weight, number + STEP), *pairs[place + 1 :]])
        assert slope >= 0
        assert (risen - value) / STEP == pytest.approx(slope, abs=2e-3)


@pytest.mark.slow
@pytest.mark.parametrize("how", RULES, ids=str)
@given(PAIRS)
def test_no_rule_looks_at_the_order_of_the_parts(how, pairs):
    rule = rule_of(settings_of(how))
    assert rule.value(pairs[::-1]) == pytest.approx(rule.value(pairs), abs=1e-9)
    assert rule.slopes(pairs[::-1])[::-1] == pytest.approx(rule.slopes(pairs), abs=1e-9)


@pytest.mark.parametrize("how", RULES, ids=str)
def test_only_a_weighted_mean_says_that_its_weights_are_its_slopes(how):
    rule, pairs = rule_of(settings_of(how)), [(1.0, 30.0), (3.0, 70.0)]
    assert rule.linear is (rule.slopes(pairs) == pytest.approx([0.25, 0.75]))


@pytest.mark.parametrize(
    ("how", "numbers", "slopes"),
    [
        ("median", (10, 30, 50, 70), (0, 0.5, 0.5, 0)),
        ("median", (10, 30, 30, 70), (0, 0.5, 0.5, 0)),  # either of the two, risen, is the upper one
        ("median", (30, 30, 30, 70), (0.5, 0.5, 0.5, 0)),
        ("median", (30, 30, 30, 30, 70), (0, 0, 0, 0, 0)),  # one alone leaves three behind
        ("max", (40, 40, 10), (1, 1, 0)),
        ("min", (40, 40.00001, 90), (1, 0, 0)),  # apart, if only just
        ("product", (0, 50, 80), (0.4, 0, 0)),
        ("product", (0, 0, 80), (0, 0, 0)),
    ],
)
def test_slopes_by_hand(how, numbers, slopes):
    assert rule_of(settings_of(how)).slopes([(1.0, float(x)) for x in numbers]) == pytest.approx(slopes)

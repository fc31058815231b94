"""Printed numbers: rounded half up, once, whatever binary fractions make of them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess import numbers as n

VALUES = st.floats(-1e6, 1e6, allow_nan=False)
SCALES = [(0.0, 4.0), (1.0, 5.0), (0.0, 10.0), (0.0, 100.0), (-50.0, 50.0)]


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (0.125, 2, "0.13"), (2.5, 0, "3"), (-2.5, 0, "-3"), (1.005, 2, "1.01"),
        (2.675, 2, "2.68"), (0.1 + 0.2, 1, "0.3"),
        (0.4999999999, 0, "1"), (0.499999, 0, "0"), (-0.001, 2, "0.00"), (1e6, 1, "1000000.0"), (1e-20, 2, "0.00"),
    ],
)  # fmt: skip
def test_half_is_rounded_up_after_nine_places(value, places, shown):
    assert n.number(value, places) == shown


@given(VALUES, st.integers(0, 6))
def test_a_printed_number_is_as_near_as_its_places_allow(value, places):
    assert abs(Decimal(n.number(value, places)) - Decimal(value)) <= Decimal(5).scaleb(-places - 1) + Decimal("1e-9")


@given(VALUES, VALUES, st.integers(0, 3))
def test_rounding_keeps_the_order(one, other, places):
    low, high = sorted((one, other))
    assert n.rounded(low, places) <= n.rounded(high, places)


def test_the_largest_numbers_can_be_printed():
    assert n.number(1.5e300, 1) == f"{Decimal('1.5e300'):f}.0"
    assert len(n.number(-1.7e308, 2)) == 313


def test_short_numbers_lose_zeros_at_the_end_and_no_others():
    assert [n.short(x) for x in (100, 12.5, 12.04, 0, -0.01, 10)] == ["100", "12.5", "12", "0", "0", "10"]
    assert n.short(1 / 3, 6) == "0.333333"
    assert n.short(200, 0) == "200"


def test_short_scales_are_printed_with_two_decimals_and_long_ones_with_one():
    assert [str(n.figure(50.0, x, n.places_of(x))) for x in SCALES] == ["2.00", "3.00", "5.00", "50.0", "0.0"]
    assert str(n.figure(15.875053, (0.0, 4.0), 2)) == "0.64"


HUNDRED = (0.0, 100.0)


@pytest.mark.parametrize(
    ("value", "scale", "places", "beside", "shown"),
    [
        (74.96, HUNDRED, 1, n.Beside(levels=(75,)), "74.96"), (74.949, HUNDRED, 1, n.Beside(levels=(75,)), "74.9"),
        (75.0, HUNDRED, 1, n.Beside(levels=(75,)), "75.0"), (75.04, HUNDRED, 1, n.Beside(levels=(75,)), "75.0"),
        (74.9999999999, HUNDRED, 1, n.Beside(levels=(75,)), "75.0"),
        (74.99999999, HUNDRED, 1, n.Beside(levels=(75,)), "74.999999"),
        (99.96, HUNDRED, 1, n.Beside(levels=(25, 100)), "99.96"), (99.4, HUNDRED, 0, n.Beside(levels=(99.5,)), "99"),
        (49.9, (0.0, 4.0), 2, n.Beside(levels=(50,)), "1.996"), (50.1, (0.0, 4.0), 2, n.Beside(levels=(50,)), "2.00"),
        (69.9, (0.0, 1.0), 2, n.Beside(levels=(70,)), "0.699"), (54.9, (0.0, 1.0), 2, n.Beside(levels=(55,)), "0.549"),
        (33.34, HUNDRED, 1, n.Beside(levels=(100 / 3,)), "33.34"), (33.3, HUNDRED, 1, n.Beside((100 / 3,)), "33.3"),
        (49.96, (-50.0, 50.0), 1, n.Beside(levels=(50,)), "-0.04"), (74.5, (0.0, 1000.0), 0, n.Beside((75,)), "745"),
        (60.04, HUNDRED, 1, n.Beside(wanted=(60.05,)), "60.0"), (60.06, HUNDRED, 1, n.Beside(wanted=(60.14,)), "60.06"),
        (60.04, HUNDRED, 1, n.Beside(wanted=(60.0,)), "60.0"), (60.04, HUNDRED, 1, n.Beside(others=(60.0,)), "60.04"),
        (0.04, HUNDRED, 1, n.Beside(others=(0,)), "0.04"), (0.0, HUNDRED, 1, n.Beside(others=(0,)), "0.0"),
    ],
)  # fmt: skip
def test_a_figure_gets_more_decimals_where_it_would_be_carried_over_another(value, scale, places, beside, shown):
    assert str(n.figure(value, scale, places, beside)) == shown


NEAR = st.one_of(
    st.floats(0, 100), st.sampled_from([0, 25, 100 / 3, 50, 66.7, 75, 90.05, 100]),
    st.builds(
        lambda at, far: min(max(at + far, 0.0), 100.0),
        st.sampled_from([0, 25, 100 / 3, 50, 66.7, 75, 90.05, 100]),
        st.sampled_from([s * 10**-k * d for s in (1, -1) for k in range(9) for d in (1, 4.9, 5, 5.1)]),
    ),
)  # fmt: skip
# Thresholds that six decimals print in full on every scale here.
WRITTEN = NEAR.map(lambda x: round(x, 3))
PLACES = st.integers(0, 4)


@given(NEAR, st.lists(WRITTEN, max_size=4), st.sampled_from([*SCALES, (0.0, 1.0), (0.0, 360.0)]), PLACES)
def test_a_printed_figure_is_on_the_side_of_every_level_that_the_value_is_on(value, levels, scale, places):
    shown = n.figure(value, scale, places, n.Beside(levels=tuple(levels)))
    for at in levels:
        begins = Decimal(n.in_full(n.native(at, scale), places))
        assert (shown >= begins) == (value >= at - n.TOLERANCE), (shown, begins)
    assert abs(shown - Decimal(n.native(value, scale))) <= Decimal(5).scaleb(-places - 1) + Decimal("1e-6")


@given(NEAR, NEAR, st.sampled_from(SCALES), PLACES)
def test_two_figures_that_differ_are_never_printed_alike_or_in_another_order(one, other, scale, places):
    first = n.figure(one, scale, places, n.Beside(others=(other,)))
    second = n.figure(other, scale, places, n.Beside(others=(one,)))
    if abs(one - other) <= n.TOLERANCE:
        assert abs(first - second) <= Decimal(10) ** -places
    elif abs(one - other) > 1e-5:
        assert (first < second) == (one < other)
        assert first != second


@given(NEAR, WRITTEN, st.sampled_from(SCALES), PLACES)
def test_no_more_decimals_are_printed_than_it_takes(value, level, scale, places):
    shown = n.figure(value, scale, places, n.Beside(levels=(level,)))
    plain = n.rounded(n.native(value, scale), places)
    begins = n.rounded(n.native(level, scale), n.MOST_PLACES)
    told = (plain >= begins) == (value >= level - n.TOLERANCE)
    assert (shown == plain) == told


def test_a_threshold_is_printed_in_full_and_not_longer():
    assert [n.in_full(x, 1) for x in (75, 66.7, 74.94, 100 / 3)] == ["75.0", "66.7", "74.94", "33.333333"]
    assert n.in_full(0.55, 2) == "0.55"


def test_two_numbers_in_a_sentence_are_told_apart():
    assert [n.apart(x, 1, 100) for x in (100, 99.96, 93.24, 93.0)] == ["100", "99.96", "93.2", "93"]
    assert n.apart(0.4776, 3, 0.478) == "0.4776"


def test_bars_have_eight_squares_on_short_scales_and_ten_on_long_ones():
    assert n.bar(50.0, (0.0, 4.0)) == "■■■■□□□□"
    assert n.bar(50.0, (0.0, 100.0)) == "■■■■■□□□□□"
    assert n.bar(None, (0.0, 4.0)) == ""


@given(st.floats(0, 100), st.sampled_from(SCALES))
def test_bars_are_rounded_down_and_never_overflow(value, scale):
    shown = n.bar(value, scale)
    squares = 8 if n.places_of(scale) == 2 else 10
    assert len(shown) == squares
    assert shown == "■" * shown.count("■") + "□" * shown.count("□")
    assert shown.count("■") <= value * squares / 100 + 1e-6


def test_bars_are_full_and_empty_only_at_the_ends():
    assert n.bar(100.0, (0.0, 4.0)) == "■" * 8
    assert n.bar(99.9, (0.0, 4.0)) == "■" * 7 + "□"
    assert n.bar(0.0, (0.0, 4.0)) == "□" * 8
    assert n.bar(37.5 - 1e-12, (0.0, 4.0)) == "■■■□□□□□"


def test_figures_for_recomputing():
    assert n.six(1 / 3) == "0.333333"
    assert [n.fraction(x) for x in (0.25, 1 / 3, 2.0, 0.123456789)] == ["1/4", "1/3", "2", "0.123457"]
    assert [n.pencil(x) for x in (2.25, 7 / 3, 3, 0.1 + 0.2)] == ["2.25", "2.333333", "3.00", "0.30"]


def test_percent_and_counts():
    assert [n.percent(x) for x in (0.666, 1.0, 0.005, 0.0)] == ["67%", "100%", "1%", "0%"]
    assert [n.percent(x) for x in (0.996, 0.9999, 0.004, 0.5)] == ["99.6%", "99.99%", "0.4%", "50%"]
    assert (n.percent(0.666, 2 / 3), n.percent(2 / 3, 0.666)) == ("66.6%", "66.7%")
    assert n.counted(1, "answer", "answers") == "1 answer"
    assert n.counted(0, "answer", "answers") == "0 answers"


def test_a_unit_stands_apart_from_its_number_and_a_percent_sign_does_not():
    assert [n.measured(12.5, unit) for unit in ("%", "hours", "")] == ["12.5%", "12.5 hours", "12.5"]


def test_one_of_something_has_a_word_of_its_own_where_there_is_one():
    shown = [n.measured(x, "groups", one="group") for x in (0, 1, 1.0000000001, 1.5, -1, 2)]
    assert shown == ["0 groups", "1 group", "1 group", "1.5 groups", "-1 groups", "2 groups"]
    assert n.measured(0.999, "groups", 2, one="group") == "1 group"
    assert (n.measured(1, "groups"), n.measured(1, "%", one="")) == ("1 groups", "1%")

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
    assert [n.points(50.0, scale) for scale in SCALES] == ["2.00", "3.00", "5.00", "50.0", "0.0"]
    assert n.points(None, (0.0, 4.0)) == n.NOT_SCORED
    assert n.points(15.875053, (0.0, 4.0)) == "0.64"


def test_a_gap_is_the_difference_of_what_is_printed():
    scale = (0.0, 4.0)
    assert n.gap(31.2, 75.0, scale) == Decimal("3.00") - Decimal("1.25")
    assert n.gap(80.0, 75.0, scale) == 0
    assert str(n.gap(80.0, 75.0, scale)) == "0.00"
    assert n.gap(None, 75.0, scale) is None
    assert n.gap(10.0, None, scale) is None


@given(st.floats(0, 100), st.floats(0, 100), st.sampled_from(SCALES))
def test_a_reader_who_subtracts_gets_the_printed_gap(value, target, scale):
    there, here = (Decimal(n.points(x, scale)) for x in (target, value))
    assert n.gap(value, target, scale) == max(there - here, Decimal(0))


def test_gains_carry_a_sign_and_nothing_carries_a_minus_before_zero():
    assert [n.difference(x, (0.0, 4.0)) for x in (25.0, 0.0, -25.0, -0.01)] == ["+1.00", "0.00", "-1.00", "0.00"]
    assert n.difference(10.0, (0.0, 100.0)) == "+10.0"


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
    assert n.counted(1, "answer", "answers") == "1 answer"
    assert n.counted(0, "answer", "answers") == "0 answers"


def test_a_unit_stands_apart_from_its_number_and_a_percent_sign_does_not():
    assert [n.measured(12.5, unit) for unit in ("%", "hours", "")] == ["12.5%", "12.5 hours", "12.5"]


def test_one_of_something_has_a_word_of_its_own_where_there_is_one():
    shown = [n.measured(x, "groups", one="group") for x in (0, 1, 1.0000000001, 1.5, -1, 2)]
    assert shown == ["0 groups", "1 group", "1 group", "1.5 groups", "-1 groups", "2 groups"]
    assert n.measured(0.999, "groups", 2, one="group") == "1 group"
    assert (n.measured(1, "groups"), n.measured(1, "%", one="")) == ("1 groups", "1%")

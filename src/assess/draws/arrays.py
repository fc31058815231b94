"""Numbers and truths over all draws at once: the point and the two ends of each, as `formula/ranges.py` has them."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy import typing as npt

from assess.formula.aggregations import NumberRule, Power
from assess.formula.ranges import FALSE, TRUE, Range, Truth
from assess.numbers import DIGITS

Figures = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


class Spread(NamedTuple):
    """A number in every draw on 0..100: `value` (NaN while it has none) between `low` and `high`.

    Where no open answer can move it the three are one and the same array. One number for all draws has no axis.
    """

    value: Figures
    low: Figures
    high: Figures

    @property
    def is_exact(self) -> bool:
        """Whether it is known in every draw."""
        return self.value is self.low and self.low is self.high


class DrawnTruth(NamedTuple):
    """A test in every draw: whether it holds, whether it fails (neither while undecided), surely, and possibly."""

    holds: Flags
    fails: Flags
    sure: Flags
    possible: Flags


def known(figures: npt.ArrayLike) -> Spread:
    """A number that no open answer can move."""
    found = np.asarray(figures, dtype=np.float64)
    return Spread(found, found, found)


def undrawn(found: Range) -> Spread | None:
    """The same number in every draw; None where it does not apply."""
    if found.low is None or found.high is None:
        return None
    if found.value == found.low == found.high:
        return known(found.low)
    value = np.nan if found.value is None else found.value
    return Spread(*(np.asarray(x, dtype=np.float64) for x in (value, found.low, found.high)))


def known_truth(holds: Flags) -> DrawnTruth:
    """A test that nothing open can decide otherwise."""
    return DrawnTruth(holds, ~holds, holds, holds)


def undrawn_truth(truth: Truth) -> DrawnTruth:
    """The same truth in every draw."""
    told = (truth.point is True, truth.point is False, truth.sure, truth.possible)
    return DrawnTruth(*(np.asarray(x) for x in told))


_SURE: Mapping[str, Callable[[Spread, Spread], Flags]] = {
    ">=": lambda a, b: a.low >= b.high,
    ">": lambda a, b: a.low > b.high,
    "<=": lambda a, b: a.high <= b.low,
    "<": lambda a, b: a.high < b.low,
    "=": lambda a, b: (a.low == a.high) & (a.low == b.low) & (b.low == b.high),
    "!=": lambda a, b: (a.high < b.low) | (b.high < a.low),
}
_OPPOSITE = {">=": "<", "<": ">=", ">": "<=", "<=": ">", "=": "!=", "!=": "="}


def compare_spreads(left: Spread | None, op: str, right: Spread | None) -> DrawnTruth:
    """A comparison after rounding both sides to 1e-9; false when a side does not apply."""
    if left is None or right is None:
        return undrawn_truth(FALSE)
    one, other = _rounded(left), _rounded(right)
    sure = _SURE[op](one, other)
    if one.is_exact and other.is_exact:
        return known_truth(sure)
    possible = ~_SURE[_OPPOSITE[op]](one, other)
    told = ~(np.isnan(one.value) | np.isnan(other.value))
    point = _SURE[op](known(one.value), known(other.value))
    # What no answer can change is decided, even while a side has too few answers for a value.
    return DrawnTruth(np.where(told, point, sure), np.where(told, ~point, ~possible), sure, possible)


def _rounded(found: Spread) -> Spread:
    if found.is_exact:
        return known(np.round(found.value, DIGITS))
    return Spread(*(np.round(x, DIGITS) for x in found))


def inverted(part: DrawnTruth) -> DrawnTruth:
    """True when the part is false."""
    return DrawnTruth(part.fails, part.holds, ~part.possible, ~part.sure)


def every(parts: Sequence[DrawnTruth]) -> DrawnTruth:
    """True when every part is; false as soon as one is, whatever is undecided."""
    found = undrawn_truth(TRUE)
    for part in parts:
        found = DrawnTruth(
            found.holds & part.holds, found.fails | part.fails, found.sure & part.sure, found.possible & part.possible
        )
    return found


def mean_by(rule: NumberRule, weights: Figures, numbers: Figures) -> Figures:
    """A rule of `formula/aggregations.py` on numbers by part and draw; NaN is left out, and NaN where all are.

    weights: above 0, by part and draw; a part may have one weight for all draws.
    """
    given = 100 - numbers if rule.turned else numbers
    found = _by_rule(rule, weights, given)
    return 100 - found if rule.turned else found


def _by_rule(rule: NumberRule, weights: Figures, numbers: Figures) -> Figures:
    if rule.shares is not None:
        return _in_order(rule.shares, numbers)
    there = ~np.isnan(numbers)
    if not there.all():
        weights = np.where(there, weights, 0.0)
    if rule.product:
        product = 100 * np.where(there, numbers / 100, 1.0).prod(axis=0)
        return np.where(there.any(axis=0), product, np.nan)
    total = weights.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        if rule.linear or rule.power is None:
            found: Figures = _added(weights, numbers, there) / total
            return found
        return _power_means(rule.power, weights / total, numbers, there)


def _added(weights: Figures, numbers: Figures, there: Flags) -> Figures:
    found: Figures = (weights * (numbers if there.all() else np.where(there, numbers, 0.0))).sum(axis=0)
    return found


def _power_means(rule: Power, shares: Figures, numbers: Figures, there: Flags) -> Figures:
    """Power means of y = floor + (1 - floor/100) x by shares that sum to 1 (docs/method.md, section 4.2)."""
    lifted = rule.floor + (1 - rule.floor / 100) * numbers
    if not there.all():
        lifted = np.where(there, lifted, np.nan)
    base = np.fmax.reduce(lifted, axis=0) if rule.p > 0 else np.fmin.reduce(lifted, axis=0)
    if rule.p == 0:
        mean = np.exp(_added(shares, np.log(np.maximum(lifted, np.finfo(float).tiny)), there))
    else:
        steps = np.expm1(rule.p * np.log(lifted / base))
        mean = base * np.exp(np.log1p(_added(shares, np.where(lifted > 0, steps, -1.0), there)) / rule.p)
    mean = np.where(base <= 0, 0.0, mean)
    back = (mean - rule.floor) / (1 - rule.floor / 100) if rule.mapped_back else mean
    return np.clip(np.where(np.isnan(base), np.nan, back), 0.0, 100.0)


def _in_order(shares: Callable[[int], Sequence[float]], numbers: Figures) -> Figures:
    """The numbers of each draw in order, lowest first, each times the share of its place."""
    ordered = np.sort(numbers, axis=0)  # NaN comes last
    counts = np.broadcast_to((~np.isnan(numbers)).sum(axis=0), ordered.shape[1:])
    found = np.full(ordered.shape[1:], np.nan)
    for count in np.unique(counts[counts > 0]):
        of = counts == count
        found[of] = np.asarray(shares(int(count))) @ ordered[:count, of]
    return found

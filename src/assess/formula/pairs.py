"""Two parts set against each other in native points: one divided by the other, or one less the other.

Both can fall as well as rise with a part, so that every end is looked for among those of both (docs/method.md, 4.2).
"""

from typing import NamedTuple, Protocol

from assess.formula import nodes as f
from assess.formula.ranges import ABSENT, Range
from assess.formula.sums import Ends, worth_on
from assess.numbers import TOLERANCE, native

Slopes = tuple[float | None, float | None]


class Comparing(Protocol):
    """What a pair needs of the tree it is read in."""

    def number(self, formula: f.Formula) -> Range:
        """The numbers of a formula."""

    def ends(self, formula: f.Formula) -> Ends:
        """The native points of a part at 0 and at 100."""


class Points(NamedTuple):
    """A part in native points: its value, the least and the most it can be."""

    value: float | None
    least: float
    most: float


def pair(tree: Comparing, formula: f.Pair) -> Range:
    """The value on the scale of the node; absent where a part does not apply, open where one is or both are 0."""
    one, other = (points(tree.number(part), tree.ends(part)) for part in (formula.one, formula.other))
    if one is None or other is None:
        return ABSENT
    known = None if one.value is None or other.value is None else compared(formula, one.value, other.value)
    value = None if known is None else pair_on_scale(formula, known)
    if formula.how == "difference":
        reached = [one.least - other.most, one.most - other.least]
    else:
        reached = _quotients(formula, one, other)
    worth = [pair_on_scale(formula, x) for x in reached]
    return Range(value, min(worth), max(worth))


def points(found: Range, ends: Ends) -> Points | None:
    """Numbers of a part on 0..100 in native points; None where it does not apply."""
    if found.low is None or found.high is None:
        return None
    low, high = native(found.low, ends), native(found.high, ends)
    value = None if found.value is None else native(found.value, ends)
    return Points(value, min(low, high), max(low, high))


def compared(formula: f.Pair, one: float, other: float) -> float | None:
    """The points of two parts compared; None for a division by 0 of which the rubric says nothing."""
    if formula.how == "difference":
        return one - other
    return formula.zero if abs(other) <= TOLERANCE else one / other


def _quotients(formula: f.Pair, one: Points, other: Points) -> list[float]:
    """The least and the most of a quotient of parts that are not negative; all of the scale where there may be none."""
    if other.least > TOLERANCE:
        return [one.least / other.most, one.most / other.least]
    if formula.zero is None:
        return [*formula.scale]
    if other.most <= TOLERANCE:
        return [formula.zero]
    # The nearer the divisor comes to 0, the farther the quotient goes.
    return [formula.zero, one.least / other.most, max(formula.scale) if one.most > TOLERANCE else 0.0]


def pair_on_scale(formula: f.Pair, number: float) -> float:
    """Points on 0..100 of the scale of the node; what lies beyond it counts as its end."""
    return min(max(worth_on(formula.scale, number), 0.0), 100.0)


def slopes(tree: Comparing, formula: f.Pair) -> Slopes | None:
    """The derivatives by both parts, all on 0..100; None without values. 0 where a rise leads beyond the scale."""
    one, other = (points(tree.number(part), tree.ends(part)) for part in (formula.one, formula.other))
    if one is None or other is None or one.value is None or other.value is None:
        return None
    found = compared(formula, one.value, other.value)
    if found is None:
        return None
    by_one, by_other = 1.0, -1.0
    if formula.how == "ratio":
        if abs(other.value) <= TOLERANCE:
            return 0.0, None
        by_one, by_other = 1 / other.value, -one.value / other.value**2
    spans = [ends[1] - ends[0] for ends in (tree.ends(formula.one), tree.ends(formula.other))]
    whole = (formula.scale[1] - formula.scale[0]) or 1.0
    value = worth_on(formula.scale, found)
    return _inside(value, by_one * spans[0] / whole), _inside(value, by_other * spans[1] / whole)


def _inside(value: float, slope: float) -> float:
    """A slope, or 0 where the value already lies at or beyond the end of the scale it leads to, or beyond the other."""
    stays = value > 100 - TOLERANCE if slope > 0 else value < TOLERANCE
    beyond = value < -TOLERANCE or value > 100 + TOLERANCE
    return 0.0 if stays or beyond else slope

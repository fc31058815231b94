"""What a sum adds up: the points its parts bring, those they could bring, and the value these come to.

A tally is a sum whose parts bring their weight or nothing. Sums below a sum hand on their points and not their value.
"""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from assess.formula import nodes as f
from assess.formula.ranges import ABSENT, Range

Ends = tuple[float, float]
WITHOUT_ENDS = (-math.inf, math.inf)


class Possible(NamedTuple):
    """The least and the most native points: of the parts that have a value, and of all that apply."""

    known: Ends
    applies: Ends


class Brought(NamedTuple):
    """One part of a sum that applies: its numbers on 0..100, how often it counts, and its ends in points."""

    range: Range
    times: float
    possible: Possible


class Summing(Protocol):
    """What a sum needs of the tree it is read in."""

    def number(self, formula: f.Formula) -> Range:
        """The numbers of a formula."""

    def possible(self, node: str) -> Possible | None:
        """What the parts of a node could bring; None for a node that is no sum."""


def brought(tree: Summing, formula: f.Sum) -> Iterator[Brought]:
    """The parts that apply and count."""
    for times, part, least, most in formula.parts:
        found = tree.number(part)
        if found.low is None or times <= 0:
            continue
        below = tree.possible(part.node) if isinstance(part, f.Score) else None
        yield Brought(found, times, below or Possible((least, most), (least, most)))


def add_up(formula: f.Sum, parts: Sequence[Brought]) -> Range:
    """The value, 100 (points - least) / (most - least) over the parts that have one; the ends over all that apply."""
    if formula.ends != WITHOUT_ENDS:
        return _held_total(formula, parts)
    known = [(p.times * _span(p.possible.known), p.range.value) for p in parts if p.range.value is not None]
    lows = [(p.times * _span(p.possible.applies), p.range.low) for p in parts if p.range.low is not None]
    highs = [(p.times * _span(p.possible.applies), p.range.high) for p in parts if p.range.high is not None]
    low, high = _mean(lows), _mean(highs)
    return ABSENT if low is None or high is None else Range(_mean(known), low, high)


def _held_total(formula: f.Sum, parts: Sequence[Brought]) -> Range:
    """The same where the sum has a floor or a ceiling, which hold its points and the ends they lie between."""
    if not parts:
        return ABSENT
    ends, known = possible_points(formula, parts), [p for p in parts if p.range.value is not None]
    points = math.fsum(p.times * earned(p.range.value or 0.0, p.possible.known) for p in known)
    lows, highs = (
        math.fsum(p.times * earned(x or 0.0, p.possible.applies) for p, x in zip(parts, side, strict=True))
        for side in ([p.range.low for p in parts], [p.range.high for p in parts])
    )
    # Where the ends of what is known have met, nothing known says anything while the rest is open.
    tells = len(known) == len(parts) or _span(ends.known)
    value = worth_on(ends.known, formula.held(points)) if known and tells else None
    return Range(value, *(worth_on(ends.applies, formula.held(side)) for side in (lows, highs)))


def possible_points(formula: f.Sum, parts: Sequence[Brought]) -> Possible:
    """The ends of a sum in native points."""
    applies = _ends(formula, [(p.times, p.possible.applies) for p in parts])
    known = [(p.times, p.possible.known) for p in parts if p.range.value is not None]
    return Possible(_ends(formula, known) if known else applies, applies)


def earned(value: float, ends: Ends) -> float:
    """The points a value on 0..100 stands for between two ends."""
    return ends[0] + value * _span(ends) / 100


def worth_on(ends: Ends, points: float) -> float:
    """Points between two ends on 0..100."""
    return 100 * (points - ends[0]) / (_span(ends) or 1.0)


def _span(ends: Ends) -> float:
    return ends[1] - ends[0]


def _ends(formula: f.Sum, parts: Sequence[tuple[float, Ends]]) -> Ends:
    low, high = (math.fsum(times * ends[end] for times, ends in parts) for end in (0, 1))
    return formula.held(low), formula.held(high)


def _mean(pairs: Sequence[tuple[float, float]]) -> float | None:
    """The weighted mean; None where nothing weighs anything."""
    whole = math.fsum(weight for weight, _ in pairs)
    return math.fsum(weight * x for weight, x in pairs) / whole + 0.0 if whole else None

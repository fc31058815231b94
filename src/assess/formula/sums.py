"""What a sum adds up: the points its parts bring, those they could bring, and the value these come to.

A tally is a sum whose parts bring their weight or nothing. Sums below a sum hand on their points and not their value.
"""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from assess.formula import nodes as f
from assess.formula.ranges import ABSENT, Range

Ends = tuple[float, float]


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


def total(parts: Sequence[Brought]) -> Range:
    """The value, 100 (points - least) / (most - least) over the parts that have one; the ends over all that apply."""
    known = [(p.times * _span(p.possible.known), p.range.value) for p in parts if p.range.value is not None]
    lows = [(p.times * _span(p.possible.applies), p.range.low) for p in parts if p.range.low is not None]
    highs = [(p.times * _span(p.possible.applies), p.range.high) for p in parts if p.range.high is not None]
    low, high = _mean(lows), _mean(highs)
    return ABSENT if low is None or high is None else Range(_mean(known), low, high)


def possible(parts: Sequence[Brought]) -> Possible:
    """The ends of a sum in native points."""
    applies = _ends([(p.times, p.possible.applies) for p in parts])
    known = [(p.times, p.possible.known) for p in parts if p.range.value is not None]
    return Possible(_ends(known) if known else applies, applies)


def earned(value: float, ends: Ends) -> float:
    """The points a value on 0..100 stands for between two ends."""
    return ends[0] + value * _span(ends) / 100


def worth_on(ends: Ends, points: float) -> float:
    """Points between two ends on 0..100."""
    return 100 * (points - ends[0]) / (_span(ends) or 1.0)


def _span(ends: Ends) -> float:
    return ends[1] - ends[0]


def _ends(parts: Sequence[tuple[float, Ends]]) -> Ends:
    return math.fsum(times * ends[0] for times, ends in parts), math.fsum(times * ends[1] for times, ends in parts)


def _mean(pairs: Sequence[tuple[float, float]]) -> float | None:
    """The weighted mean; None where nothing weighs anything."""
    whole = math.fsum(weight for weight, _ in pairs)
    return math.fsum(weight * x for weight, x in pairs) / whole if whole else None

"""What caps do to a node: how far it is raised or held, and which of them decides."""

from typing import Literal, NamedTuple

from assess.formula import nodes as f
from assess.formula.ranges import Range
from assess.numbers import TOLERANCE


class CapResult(NamedTuple):
    """One cap on a node: `at` on 0..100 (None while a key criterion has no value)."""

    id: str
    kind: Literal["gate", "key", "clash"]
    at: float | None
    holds: bool
    binds: bool


class Limit(NamedTuple):
    """What a cap allows at most, `at` and in each of the three readings; None where it does not hold."""

    cap: f.CapRule
    at: float | None
    held: Range
    holds: bool


def raised(found: Range, lift: float) -> Range:
    """A node or item at least at the value it is lifted to."""
    return Range(max(found.value or 0.0, lift), max(found.low or 0.0, lift), max(found.high or 0.0, lift))


def within_caps(base: Range, limits: list[Range]) -> Range:
    """A node below its caps; a value outside what open answers can still make of it is held at that end."""
    value, low, high = (
        None if x is None else min([x, *(limit for limit in at if limit is not None)])
        for x, at in zip(base, zip(*limits, strict=True) if limits else ((),) * 3, strict=True)
    )
    if value is not None and low is not None and high is not None:
        value = min(max(value, low), high)
    return Range(value, low, high)


def results(base: float | None, limits: list[Limit]) -> tuple[CapResult, ...]:
    """Which caps hold, and the one that binds: the lowest below the aggregate, ties by id."""
    below = [
        (limit.held.value, limit.cap.id)
        for limit in limits
        if limit.holds and limit.held.value is not None and base is not None and limit.held.value < base - TOLERANCE
    ]
    # One cap is named as the reason, so that a tie must be broken by what no order of files can change.
    binding = min(below)[1] if below else None
    return tuple(
        CapResult(limit.cap.id, limit.cap.kind, limit.at, limit.holds, binds=limit.cap.id == binding)
        for limit in limits
    )

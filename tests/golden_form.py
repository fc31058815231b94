"""What is expected of a sample."""

from dataclasses import dataclass

ROOT = "overall"


@dataclass(frozen=True)
class Golden:
    """What one sample must show: native points, the root on 0..100, ids of gates, clashes, questions, initiatives.

    criteria: the points of each principle's criteria in their order; None where nothing that is scored is asked.
    gates: those that hold and are told. beyond: those that hold for a criterion which has not come as far as its limit.
    """

    criteria: dict[str, tuple[float | None, ...]]
    points: dict[str, float]
    overall: float
    binding: frozenset[tuple[str, str]]
    gates: frozenset[str]
    beyond: frozenset[str]
    flags: frozenset[str]
    clashes: frozenset[str]
    open_conflicts: frozenset[str]
    settled: frozenset[str]
    over_claimed: frozenset[str]
    unproved_warnings: frozenset[str]
    planned: frozenset[str]
    not_first: frozenset[str]
    headline: str

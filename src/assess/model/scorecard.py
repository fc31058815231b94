"""Scores: one traced record per node and question; values on 0..100, None where there is no value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from assess.model.finding_texts import FilledText


class GateResult(NamedTuple):
    """One gate on one node: `at` is its cap on 0..100, None for a flag; `kind` is gate, key or clash.

    `holds`: the condition is true as things stand. `binds`: it is the lowest cap and lies below what the node would
    have.
    """

    id: str
    node: str
    kind: Literal["gate", "key", "clash"]
    at: float | None
    holds: bool
    binds: bool
    because: str
    lifted_by: tuple[str, ...] = ()


class RoleReading(NamedTuple):
    """What one role says on a question: mean on 0..100 (None without a value) over `n` answers with a value."""

    role: str
    invited: bool
    mean: float | None
    n: int
    unknown: int = 0
    declined: int = 0
    na: int = 0


class ItemScore(NamedTuple):
    """A question's value and the steps to it, all on 0..100.

    combined: over roles. conflict: the roles whose disagreement forced the lowest mean. agreed: the settled value.
    grade and ceiling: the evidence and what it allows. claimed: without the ceiling.
    """

    id: str
    node: str
    title: str
    state: Literal["value", "unknown", "na", "missing", "hidden"]
    value: float | None
    low: float | None
    high: float | None
    claimed: float | None
    roles: tuple[RoleReading, ...]
    combined: float | None
    conflict: tuple[str, ...]
    agreed: float | None
    grade: str | None
    ceiling: float | None
    weight: float
    share: float | None
    because: str


class NodeScore(NamedTuple):
    """A node's score. value, low, high, claimed, uncapped: 0..100 or None; coverage: 0..1.

    level, staged_level: level keys. weight: among its siblings, summing to 1. effective_weight: share of the root
    along arithmetic paths, else None. gradient: right-hand derivative of the root by this node. mean (weighted),
    minimum, imbalance_loss: of the children's values, beside any aggregate. category: of a first-match table.
    Of a sum or tally, in native points: earned, the points of the parts that have a value; possible, the least and the
    most these could bring; applicable, the same of all parts that apply.
    """

    id: str
    code: str
    kind: str
    title: str
    value: float | None
    low: float | None
    high: float | None
    claimed: float | None
    coverage: float
    level: str | None
    staged_level: str | None
    weight: float
    uncapped: float | None
    gates: tuple[GateResult, ...]
    because: str
    scale: tuple[float, float] = (0.0, 100.0)
    aggregate: str = "arithmetic"
    children: tuple[str, ...] = ()
    effective_weight: float | None = None
    gradient: float | None = None
    mean: float | None = None
    minimum: float | None = None
    imbalance_loss: float | None = None
    category: str | None = None
    earned: float | None = None
    possible: tuple[float, float] | None = None
    applicable: tuple[float, float] | None = None

    @property
    def points(self) -> float | None:
        """The value on the node's native scale."""
        low, high = self.scale
        return None if self.value is None else low + self.value * (high - low) / 100

    @property
    def only_facts(self) -> bool:
        """Whether nothing below it is scored, as where a tier asks facts alone; such a node has no score."""
        return self.low is None and not self.children


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All scores of one organization, by node id; items by question id; found by id or code.

    texts: what every gate and clash says of the organization, and what a number is a part of, by id; empty where
    nothing fits.
    """

    rubric: str
    rubric_version: str
    rubric_hash: str
    organization: str
    assessed_on: str
    scores: Mapping[str, NodeScore]
    items: Mapping[str, ItemScore]
    names: Mapping[str, str] = field(repr=False, default_factory=dict)
    texts: Mapping[str, FilledText] = field(repr=False, default_factory=dict)

    def __getitem__(self, name: str) -> NodeScore:
        """The score of a node by id or code; raises KeyError when there is none."""
        return self.scores[self.names.get(name, name)]

    def gates(self) -> tuple[GateResult, ...]:
        """Every gate result, node by node."""
        return tuple(gate for score in self.scores.values() for gate in score.gates)

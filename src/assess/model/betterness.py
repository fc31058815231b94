"""Which end of a scale is the good one, and levels from the worst to the best.

Inside, 100 is always the best there can be. Where more points are worse, 0 stands for the most of them, and a level
begins where the next worse one ends (docs/method.md, section 6).
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any, Literal, Protocol

from assess.model.nodes import Node
from assess.model.questions import Level, Question

# A value on a threshold belongs to the level above it, so that the better level begins right beside it.
BESIDE = 4e-9


class Tree(Protocol):
    """What is asked of a rubric."""

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels of nodes that have none of their own."""

    @property
    def closed(self) -> Literal["below", "above"]:
        """Which side of a threshold has reached its level."""

    @property
    def root(self) -> Node:
        """The whole."""

    @property
    def node_by_id(self) -> Mapping[str, Node]:
        """Nodes by id."""

    @property
    def derived(self) -> dict[Hashable, Any]:
        """What was worked out before."""

    def upwards(self, name: str) -> Iterator[Node]:
        """A node and those above it."""


def is_low(rubric: Tree, name: str) -> bool:
    """Whether more points are worse, of a node or in the node of a question: as it says, or the nearest above it."""
    known: dict[str, bool] = rubric.derived.setdefault(is_low, {})
    if name not in known:
        known[name] = next((node.better for node in rubric.upwards(name) if node.better), "high") == "low"
    return known[name]


def is_turned(rubric: Tree, question: Question) -> bool:
    """Whether the last option, yes, or more points are the worse answer."""
    if question.goalposts or question.band:
        return False
    if question.traits.worth != "steps" or not (question.better or question.reverse):
        return is_low(rubric, question.id)
    return question.reverse or question.better == "low"


def levels_said(rubric: Tree, node: str) -> tuple[Level, ...]:
    """The levels of a node as they are listed."""
    return rubric.node_by_id.get(node, rubric.root).levels or rubric.levels


def levels_of(rubric: Tree, node: str) -> tuple[Level, ...]:
    """The levels of a node, the worst first, each with the value on 0..100 it begins at."""
    if node not in rubric.node_by_id or not is_low(rubric, node):
        return levels_said(rubric, node)
    known: dict[str, tuple[Level, ...]] = rubric.derived.setdefault(levels_of, {})
    if node not in known:
        closed = rubric.node_by_id[node].closed or rubric.closed
        known[node] = _turned(levels_said(rubric, node), BESIDE if closed == "below" else 0.0)
    return known[node]


def _turned(levels: Sequence[Level], beside: float) -> tuple[Level, ...]:
    starts = [100 - level.at + beside for level in levels[1:]]
    pairs = zip(levels[::-1], [0.0, *starts[::-1]], strict=True) if levels else ()
    return tuple(level.model_copy(update={"at": at}) for level, at in pairs)

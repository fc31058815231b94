"""What one more point of a node is worth at the root: right-hand derivatives, and weights along arithmetic paths."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import assert_never

from assess.formula import nodes as f
from assess.formula.aggregations import Pairs, weight_slopes
from assess.formula.evaluate import Evaluation
from assess.formula.pairs import slopes
from assess.formula.sums import WITHOUT_ENDS, brought, earned, possible_points
from assess.model.rubric import ROOT
from assess.numbers import TOLERANCE


class TreeSlopes:
    """The slopes of one tree; those of all children of a node are worked out together, once."""

    def __init__(self, tree: Evaluation) -> None:
        self._tree = tree
        self._partials: dict[str, Mapping[str, float | None] | None] = {}
        self._gradients: dict[str, float | None] = {ROOT: 1.0}
        self._shares: dict[str, float | None] = {ROOT: 1.0}

    def gradient(self, name: str) -> float | None:
        """Points of the root per point of a node or question, to the right of today; 0 where another cap binds.

        A question that several nodes read is worth what it brings by each of them. None without values.
        """
        if name not in self._gradients:
            self._gradients[name] = self._along(name, self.gradient, self._step)
        return self._gradients[name]

    def effective_weight(self, name: str) -> float | None:
        """The product of renormalised weights from the root down, where all nodes on the path are arithmetic means."""
        if name not in self._shares:
            self._shares[name] = self._along(name, self.effective_weight, self._share)
        return self._shares[name]

    def _along(
        self, name: str, reach: Callable[[str], float | None], step: Callable[[str, str], float | None]
    ) -> float | None:
        """What a part is worth at the root by every node above it that reads it, added up; None where all say none."""
        compiled = self._tree.compiled
        above = (compiled.rubric.home_of[name], *compiled.read_in.get(name, ()))
        steps = [(reach(node), step(node, name)) for node in above]
        found = [before * own for before, own in steps if before is not None and own is not None]
        return math.fsum(found) if found else None

    def _share(self, above: str, name: str) -> float | None:
        formula = self._tree.compiled.nodes[above].formula
        linear = not isinstance(formula, f.Pair) and (not isinstance(formula, f.Combined) or formula.rule.linear)
        return (self._slopes(above) or {}).get(name) if linear else None

    def _step(self, above: str, name: str) -> float | None:
        """The derivative of a node by one of its children: of whatever holds it down, the least where several do."""
        result = self._tree.node(above)
        if result.value is None or result.uncapped is None:
            return None
        inner = self._partial(above, name)
        if inner is None:
            return None
        limits = [(result.uncapped, inner)]
        limits += [(cap.at, float(cap.id == name)) for cap in result.caps if cap.holds and cap.at is not None]
        # Where limits are equal each of them holds the node, so that a step up gains only what the slowest allows.
        lowest = min(limit for limit, _ in limits)
        return min(slope for limit, slope in limits if limit <= lowest + TOLERANCE)

    def _partial(self, above: str, name: str) -> float | None:
        """The right-hand derivative of an aggregate by one child, None where the child has no value."""
        found = self._slopes(above)
        return 0.0 if found is None else found.get(name)

    def _slopes(self, above: str) -> Mapping[str, float | None] | None:
        if above not in self._partials:
            self._partials[above] = _partials(self._tree, self._tree.compiled.nodes[above].formula)
        return self._partials[above]


def _partials(tree: Evaluation, formula: f.Aggregated) -> Mapping[str, float | None] | None:
    """The right-hand derivatives of an aggregate by those of its children that have a value.

    None where it moves in steps: a count, a table, stages or a ladder.
    """
    match formula:
        case f.Combined(rule, parts):
            return _named(_values(tree, parts), rule.slopes)
        case f.Sum(parts):
            return None if _is_tally(formula) else _summed(tree, formula, _values(tree, _spans(tree, parts)))
        case f.Pair(_, one, other):
            return dict(zip((_name(one), _name(other)), slopes(tree, formula) or (None, None), strict=True))
        case f.FirstMatch():
            return None
        case _:
            assert_never(formula)


def _named(
    values: Sequence[tuple[float, str, float]], slopes: Callable[[Pairs], Sequence[float | None]]
) -> Mapping[str, float | None]:
    found = slopes([(weight, value) for weight, _, value in values]) if values else []
    return {name: slope for (_, name, _), slope in zip(values, found, strict=True)}


def _summed(tree: Evaluation, formula: f.Sum, values: Sequence[tuple[float, str, float]]) -> Mapping[str, float | None]:
    """The slopes of a sum: the points a part can bring, of those all can come to; 0 below a floor and at a ceiling."""
    alone = _named(values, weight_slopes)
    if formula.ends == WITHOUT_ENDS:
        return alone
    parts = [part for part in brought(tree, formula) if part.range.value is not None]
    points = math.fsum(part.times * earned(part.range.value or 0.0, part.possible.known) for part in parts)
    least, most = possible_points(formula, parts).known
    reached, (low, high) = points + formula.start, formula.ends
    if most < least:  # more points are worse: what gets better falls
        reached, low, high = -reached, -high, -low
    moves = low - TOLERANCE <= reached < high - TOLERANCE
    share = math.fsum(span for span, _, _ in values) / (most - least) if moves and most != least else 0.0
    return {name: None if slope is None else slope * share for name, slope in alone.items()}


def _is_tally(formula: f.Sum) -> bool:
    return any(isinstance(part, f.Threshold) for _, part, _, _ in formula.parts)


def _spans(
    tree: Evaluation, parts: tuple[tuple[float, f.Formula, float, float], ...]
) -> tuple[tuple[float, f.Formula], ...]:
    """The parts of a sum with the points between the least and the most that their answers could bring."""
    found = []
    for times, part, least, most in parts:
        below = tree.possible(part.node) if isinstance(part, f.Score) else None
        ends = below.known if below else (least, most)
        found.append((times * (ends[1] - ends[0]), part))
    return tuple(found)


def _values(tree: Evaluation, parts: tuple[tuple[float, f.Formula], ...]) -> list[tuple[float, str, float]]:
    """Weight, name and value of the children that have one."""
    found = []
    for weight, part in parts:
        name = _name(part)
        value = tree.number(part).value
        if name and weight and value is not None:
            found.append((weight, name, value))
    return found


def _name(part: f.Formula) -> str:
    return part.node if isinstance(part, f.Score) else part.question if isinstance(part, f.Leaf) else ""

"""What one more point of a node is worth at the root: right-hand derivatives, and weights along arithmetic paths."""

import math
from bisect import bisect_left, insort
from collections.abc import Mapping
from functools import reduce
from itertools import accumulate
from operator import mul
from typing import assert_never

from assess.formula import nodes as f
from assess.formula.evaluate import Evaluation
from assess.formula.normalise import TOLERANCE
from assess.formula.ranges import middle, power
from assess.model.rubric import ROOT

STEP = 1e-4
DIGITS = 9
# Aggregates that ignore weights: their slopes are taken as differences.
Stepped = f.Minimum | f.Maximum | f.Median | f.Product


class Slopes:
    """The slopes of one tree; those of all children of a node are worked out together, once."""

    def __init__(self, tree: Evaluation) -> None:
        self._tree = tree
        self._partials: dict[str, Mapping[str, float | None]] = {}
        self._gradients: dict[str, float | None] = {ROOT: 1.0}
        self._shares: dict[str, float | None] = {ROOT: 1.0}

    def gradient(self, name: str) -> float | None:
        """Points of the root per point of a node, to the right of today; 0 where another cap binds.

        None without values.
        """
        if name not in self._gradients:
            above = self._tree.compiled.rubric.home_of[name]
            before, step = self.gradient(above), self._step(above, name)
            self._gradients[name] = None if before is None or step is None else before * step
        return self._gradients[name]

    def effective_weight(self, name: str) -> float | None:
        """The product of renormalised weights from the root down, where all nodes on the path are arithmetic means."""
        if name not in self._shares:
            above = self._tree.compiled.rubric.home_of[name]
            formula = self._tree.compiled.nodes[above].formula
            linear = isinstance(formula, f.Mean | f.Sum) and _slopes(formula)
            before, step = self.effective_weight(above), self._partial(above, name) if linear else None
            self._shares[name] = None if before is None or step is None else before * step
        return self._shares[name]

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
        formula = self._tree.compiled.nodes[above].formula
        if above not in self._partials:
            self._partials[above] = _partials(self._tree, formula)
        return self._partials[above].get(name, None if _slopes(formula) else 0.0)


def _slopes(formula: f.Formula) -> bool:
    """Whether an aggregate rises with its children little by little; a count, a table or a ladder moves in steps."""
    match formula:
        case f.Sum():
            return not _is_tally(formula)
        case f.Mean() | f.PowerMean() | f.Minimum() | f.Maximum() | f.Median() | f.Product():
            return True
        case f.Constant() | f.Leaf() | f.Score() | f.Share() | f.Step() | f.Heads() | f.FirstMatch():
            return False
        case _:
            assert_never(formula)


def _partials(tree: Evaluation, formula: f.Formula) -> Mapping[str, float | None]:
    """The right-hand derivatives of an aggregate by those of its children that have a value."""
    match formula:
        case f.Mean(parts):
            return _shares(_values(tree, parts))
        case f.Sum(parts):
            return {} if _is_tally(formula) else _shares(_values(tree, _spans(tree, parts)))
        case f.PowerMean(parts, p, floor, back):
            return _powers(_values(tree, parts), p, floor, 1.0 if back else 1 - floor / 100)
        case f.Minimum(parts) | f.Maximum(parts) | f.Median(parts) | f.Product(parts):
            return _numeric(formula, {name: x for _, name, x in _values(tree, tuple((1.0, part) for part in parts))})
        case f.Constant() | f.Leaf() | f.Score() | f.Share() | f.Step() | f.Heads() | f.FirstMatch():
            return {}
        case _:
            assert_never(formula)


def _shares(values: list[tuple[float, str, float]]) -> Mapping[str, float | None]:
    """The weights of children among those that have a value."""
    total = sum(w for w, _, _ in values)
    return {name: w / total for w, name, _ in values}


def _is_tally(formula: f.Sum) -> bool:
    return any(isinstance(part, f.Step) for _, part, _, _ in formula.parts)


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


def _powers(values: list[tuple[float, str, float]], p: float, floor: float, scale: float) -> Mapping[str, float | None]:
    """The slopes w (M/y)^(1-p) for y = floor + (1 - floor/100) x; w G/y for p = 0 (docs/method.md, section 7)."""
    total = sum(w for w, _, _ in values)
    if not total:
        return {}
    lifted = {name: (w / total, floor + (1 - floor / 100) * x) for w, name, x in values}
    mean = power([*lifted.values()], p)
    others = sum(w for w, y in lifted.values() if (y > 0) is (p > 0))
    return {
        name: _from_zero(w, p, others) if y <= 0 else float(scale * w * (mean / y) ** (1 - p))
        for name, (w, y) in lifted.items()
    }


def _from_zero(weight: float, p: float, others: float) -> float | None:
    """The slope of a power mean by a number that is 0; None where it has none because it is infinite.

    others: for p > 0 the weight of the numbers above 0, else that of the numbers that are 0, itself included.
    """
    if p <= 0 and others > weight + TOLERANCE:
        return 0.0
    if p > 0 and others > 0:
        return 0.0 if p > 1 else weight if p == 1 else None
    if p == 0:
        return 1.0 if weight >= 1 - TOLERANCE else None
    return float(weight ** (1 / p))


def _numeric(formula: Stepped, values: Mapping[str, float]) -> Mapping[str, float | None]:
    """One-sided differences: exact for these piecewise linear rules."""
    before, raised = _plain(formula, [*values.values()]), _raised(formula, values)
    return {name: round((after - before) / STEP, DIGITS - 1) for name, after in raised.items()}


def _raised(formula: Stepped, values: Mapping[str, float]) -> Mapping[str, float]:
    """What the rule gives with each value in turn raised by a step."""
    ordered = sorted(values.values())
    match formula:
        case f.Minimum():
            second = ordered[1] if len(ordered) > 1 else math.inf
            return {name: min(x + STEP, second if x == ordered[0] else ordered[0]) for name, x in values.items()}
        case f.Maximum():
            return {name: max(x + STEP, ordered[-1]) for name, x in values.items()}
        case f.Median():
            return {name: middle(_with(ordered, x)) for name, x in values.items()}
        case f.Product():
            return _multiplied(values)
        case _:
            assert_never(formula)


def _multiplied(values: Mapping[str, float]) -> Mapping[str, float]:
    """The product with each value in turn raised by a step."""
    parts = [x / 100 for x in values.values()]
    heads = list(accumulate(parts, mul, initial=100.0))
    tails = list(accumulate(reversed(parts), mul, initial=1.0))[::-1]
    return {
        name: heads[place] * ((x + STEP) / 100) * tails[place + 1] for place, (name, x) in enumerate(values.items())
    }


def _with(ordered: list[float], value: float) -> list[float]:
    """Sorted numbers with one of them raised by a step."""
    place = bisect_left(ordered, value)
    others = ordered[:place] + ordered[place + 1 :]
    insort(others, value + STEP)
    return others


def _plain(formula: Stepped, values: list[float]) -> float:
    match formula:
        case f.Minimum():
            return min(values)
        case f.Maximum():
            return max(values)
        case f.Median():
            return middle(values)
        case f.Product():
            return reduce(lambda product, value: product * (value / 100), values, 100.0)
        case _:
            assert_never(formula)


def _values(tree: Evaluation, parts: tuple[tuple[float, f.Formula], ...]) -> list[tuple[float, str, float]]:
    """Weight, name and value of the children that have one."""
    found = []
    for weight, part in parts:
        name = part.node if isinstance(part, f.Score) else part.question if isinstance(part, f.Leaf) else ""
        value = tree.number(part).value
        if name and weight and value is not None:
            found.append((weight, name, value))
    return found

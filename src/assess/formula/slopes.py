"""What one more point of a node is worth at the root: right-hand derivatives, and weights along arithmetic paths."""

from assess.formula import nodes as f
from assess.formula.evaluate import Evaluation
from assess.formula.ranges import middle, power
from assess.formula.scales import TOLERANCE
from assess.model.rubric import ROOT

STEP = 1e-4
DIGITS = 9


def gradient(tree: Evaluation, name: str) -> float | None:
    """Points of the root per point of a node, to the right of today; 0 where another cap binds, None without values."""
    slope = 1.0
    while name != ROOT:
        above = tree.compiled.rubric.home_of[name]
        step = _step(tree, above, name)
        if step is None:
            return None
        slope, name = slope * step, above
    return slope


def _step(tree: Evaluation, above: str, name: str) -> float | None:
    """The derivative of a node by one of its children: of whatever holds the node down, the least where several do."""
    rule, result = tree.compiled.nodes[above], tree.node(above)
    if result.value is None or result.uncapped is None:
        return None
    inner = _partial(tree, rule.formula, name)
    if inner is None:
        return None
    limits = [(result.uncapped, inner)]
    limits += [(cap.at, float(cap.id == name)) for cap in result.caps if cap.holds and cap.at is not None]
    lowest = min(limit for limit, _ in limits)
    return min(slope for limit, slope in limits if limit <= lowest + TOLERANCE)


def _partial(tree: Evaluation, formula: f.Formula, name: str) -> float | None:
    """The right-hand derivative of an aggregate by one child."""
    match formula:
        case f.Mean(parts):
            return _share(_values(tree, parts), name)
        case f.Sum(parts):
            return 0.0 if _is_tally(formula) else _share(_values(tree, _spans(tree, parts)), name)
        case f.PowerMean(parts, p, floor, back):
            return _power(_values(tree, parts), name, p, floor, 1.0 if back else 1 - floor / 100)
        case f.Minimum(parts) | f.Maximum(parts) | f.Median(parts) | f.Product(parts):
            return _numeric(tree, formula, parts, name)
    return 0.0


def _share(values: list[tuple[float, str, float]], name: str) -> float | None:
    """The weight of a child among those that have a value."""
    weight = {n: w for w, n, _ in values}.get(name)
    return None if weight is None else weight / sum(w for w, _, _ in values)


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


def _power(values: list[tuple[float, str, float]], name: str, p: float, floor: float, scale: float) -> float | None:
    """The slope w (M/y)^(1-p) for y = floor + (1 - floor/100) x: for p = 0 the w G/y of the scoring guide 1.5."""
    total = sum(w for w, _, _ in values)
    lifted = {n: (w / total, floor + (1 - floor / 100) * x) for w, n, x in values}
    if name not in lifted or total == 0:
        return None
    weight, y = lifted[name]
    mean = power([*lifted.values()], p)
    if y <= 0:
        return _from_zero(weight, p, others=sum(w for w, x in lifted.values() if (x > 0) is (p > 0)))
    return float(scale * weight * (mean / y) ** (1 - p))


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


def _numeric(tree: Evaluation, formula: f.Formula, parts: tuple[f.Formula, ...], name: str) -> float | None:
    """A one-sided difference: exact for these piecewise linear rules."""
    values = {n: x for _, n, x in _values(tree, tuple((1.0, part) for part in parts))}
    if name not in values:
        return None
    raised = {**values, name: values[name] + STEP}
    return round((_plain(formula, [*raised.values()]) - _plain(formula, [*values.values()])) / STEP, DIGITS - 1)


def _plain(formula: f.Formula, values: list[float]) -> float:
    if isinstance(formula, f.Minimum):
        return min(values)
    if isinstance(formula, f.Maximum):
        return max(values)
    if isinstance(formula, f.Median):
        return middle(values)
    product = 100.0
    for value in values:
        product *= value / 100
    return product


def _values(tree: Evaluation, parts: tuple[tuple[float, f.Formula], ...]) -> list[tuple[float, str, float]]:
    """Weight, name and value of the children that have one."""
    found = []
    for weight, part in parts:
        name = part.node if isinstance(part, f.Score) else part.question if isinstance(part, f.Leaf) else ""
        value = tree.number(part).value
        if name and weight and value is not None:
            found.append((weight, name, value))
    return found


def effective_weight(tree: Evaluation, name: str) -> float | None:
    """The product of renormalised weights down the path from the root, where every node on it is an arithmetic mean."""
    share = 1.0
    while name != ROOT:
        above = tree.compiled.rubric.home_of[name]
        formula = tree.compiled.nodes[above].formula
        if not isinstance(formula, f.Mean | f.Sum) or (isinstance(formula, f.Sum) and _is_tally(formula)):
            return None
        partial = _partial(tree, formula, name)
        if partial is None:
            return None
        share, name = share * partial, above
    return share

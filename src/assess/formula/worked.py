"""How each aggregation is done with a pencil: one term per part, and the steps from the terms to the value."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from assess.formula.aggregations import Power, aggregation, rule_of
from assess.formula.compile import threshold
from assess.formula.normalise import (
    clamp_points,
    ends_of,
    from_worst,
    pair_of,
    parts_compared,
    scale_of,
    sum_ends,
    weights_of,
)
from assess.formula.organization import EvaluatedOrganization
from assess.formula.ranges import exactly, step
from assess.formula.sums import Ends, earned, worth_on
from assess.model.aggregation import Aggregate, threshold_at
from assess.model.betterness import is_low
from assess.model.nodes import Node
from assess.model.rubric import Rubric
from assess.model.scorecard import ItemScore, NodeScore
from assess.numbers import TOLERANCE, native, short, six

# The steps are written with six decimals.
IN_SIX_DECIMALS = 1e-6
PLACES = 6


class WorkedPart(NamedTuple):
    """One part of a node that has a value, on 0..100; `weight` among those that have one.

    points: on its native scale, which is `ends`; below a sum those that it brings, and below a tally 1 or 0.
    times: its weight as declared, which is how often a sum or tally counts it.
    """

    value: float
    weight: float
    points: float
    ends: Ends = (0.0, 100.0)
    times: float = 1.0


class _Working(NamedTuple):
    """What a pencil writes: the term of each part, and the steps below; empty where there is nothing to write."""

    term: str = ""
    terms: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


def worked_parts(
    rubric: Rubric, name: str, scores: Mapping[str, NodeScore], items: Mapping[str, ItemScore]
) -> dict[str, WorkedPart | None]:
    """The parts of a node that carry weight, by id; None for those without a value."""
    node = rubric.node_by_id[name]
    how = node.aggregate
    times = {child: weight for child, weight in weights_of(rubric, node).items() if weight}
    values = {child: (items[child] if child in items else scores[child]).value for child in times}
    ends = {child: _ends(rubric, node, child, scores) for child in times}
    counts = {child: times[child] * _size(how, ends[child]) for child in times if values[child] is not None}
    total = math.fsum(counts.values()) or 1.0
    return {
        child: None
        if value is None
        else WorkedPart(value, counts[child] / total, _points(how, value, ends[child]), ends[child], times[child])
        for child, value in values.items()
    }


def _ends(rubric: Rubric, node: Node, child: str, scores: Mapping[str, NodeScore]) -> Ends:
    """The points of a part at its worst and at its best, or what it could bring to a sum."""
    how = aggregation(node.aggregate).how
    if how == "tally":
        return (0.0, 1.0)
    if child not in scores:
        return from_worst(rubric, node.id, scale_of(rubric, child)) if how == "sum" else ends_of(rubric, child)
    return (how == "sum" and scores[child].possible) or scores[child].scale


def _size(how: Aggregate, ends: Ends) -> float:
    return ends[1] - ends[0] if aggregation(how).counts else 1.0


def _points(how: Aggregate, value: float, ends: Ends) -> float:
    if aggregation(how).how != "tally":
        return earned(value, ends)
    return (step(exactly(value), *threshold(threshold_at(how.reach))).value or 0.0) / 100


class _Mean(NamedTuple):
    """A power mean in words and figures: the term of a value and the way back from the sum."""

    name: str
    term: Callable[[float], float]
    back: Callable[[float], float]
    undo: str


def _mean_of(power: float) -> _Mean:
    if power == 1:
        return _Mean("x", float, float, "sum")
    if power == 0:
        return _Mean("ln y", math.log, math.exp, "exp(sum)")
    if power == -1:
        return _Mean("1 / y", lambda y: 1 / y, lambda s: 1 / s, "1 / sum")
    return _Mean(f"y^{power:g}", lambda y: y**power, lambda s: s ** (1 / power), f"sum^(1 / {power:g})")


def _mean(how: Power, parts: Sequence[WorkedPart], expected: float) -> _Working:
    floor, mean = how.floor, _mean_of(how.p)
    lifted = [floor + (1 - floor / 100) * part.value for part in parts]
    if mean.name != "x" and min(lifted) <= 0:
        return _Working(steps=("A part is 0 and nothing lifts it, so the value is 0.",) if expected == 0 else ())
    terms = [mean.term(y) for y in lifted]
    products = [part.weight * term for part, term in zip(parts, terms, strict=True)]
    total = math.fsum(products)
    value = mean.back(total)
    steps = [f"Sum = {six(total)}"]
    if floor:
        steps.insert(
            0, f"y = {floor:g} + {1 - floor / 100:g} times the value: the floor keeps a zero from wiping out the rest"
        )
    if mean.name != "x":
        steps.append(f"{mean.undo} = {six(value)}")
    if floor and how.mapped_back:
        value = (value - floor) / (1 - floor / 100)
        steps.append(f"mapped back, (… - {floor:g}) / {1 - floor / 100:g} = {six(value)}")
    if abs(value - expected) > IN_SIX_DECIMALS:
        return _Working()
    named = () if mean.name == "x" else tuple(six(term) for term in terms)
    return _Working(mean.name if named else "", named, tuple(six(product) for product in products), tuple(steps))


class WorkedCount(NamedTuple):
    """A sum or tally in figures: the points there are, the least and the most there could be, and their value.

    before: how the points of the parts become these, where the sum starts from some or has a floor or a ceiling.
    """

    points: float
    least: float
    most: float
    value: float
    before: str = ""


def count(how: Aggregate, parts: Sequence[WorkedPart]) -> WorkedCount:
    """The points of the parts that have a value, each times its weight, with those a sum starts from."""
    points = math.fsum(part.times * part.points for part in parts)
    if aggregation(how).how != "sum":
        least, most = (math.fsum(part.times * part.ends[end] for part in parts) for end in (0, 1))
        return WorkedCount(points, least, most, worth_on((least, most), points))
    least, most = (clamp_points(how, math.fsum(part.times * part.ends[end] for part in parts)) for end in (0, 1))
    came = clamp_points(how, points)
    return WorkedCount(came, least, most, worth_on((least, most), came), _before(how, points))


def _before(how: Aggregate, points: float) -> str:
    """How the points of a sum come about from those of the parts; empty where they are the same."""
    start = how.offset or 0.0
    steps = f"{_short(start)} + {_bracketed(points)}" if start else _short(points)
    low, high = sum_ends(how)
    if start + points < low:
        return f"{steps}, never less than {_short(low)}"
    if start + points > high:
        return f"{steps}, never more than {_short(high)}"
    return steps if start else ""


def of_most(found: WorkedCount, score: NodeScore) -> str:
    """Points and what they are out of: "180 of 300 that apply"."""
    which = "that apply" if score.possible == score.applicable else "that are answered"
    low, high = sorted((found.least, found.most))
    out = f"on {_short(low)} to {_short(high)}" if low else f"of {_short(high)}"
    return f"{_short(found.points)} {out} {which}"


def scale_line(found: WorkedCount, score: NodeScore) -> str:
    """The value on the scale of the node; empty where that is the scale of the points added."""
    if (found.least, found.most) == score.scale:
        return ""
    low, high = sorted(score.scale)
    return f"{_short(native(found.value, score.scale))} on {_short(low)} to {_short(high)}"


def weighted(part: WorkedPart) -> str:
    """The points of a part of a sum, with its weight where that is not 1."""
    return _short(part.points) if part.times == 1 else f"{_short(part.times)} x {_short(part.points)}"


def _short(number: float) -> str:
    return short(number, PLACES)


def _counted(how: Aggregate, parts: Sequence[WorkedPart], score: NodeScore) -> _Working:
    found = count(how, parts)
    if score.uncapped is None or abs(found.value - score.uncapped) > IN_SIX_DECIMALS:
        return _Working()
    above, below = (_short(found.points), _short(found.most))
    if found.least:
        above, below = (f"({figure} - {_bracketed(found.least)})" for figure in (above, below))
    steps = [
        " = ".join(filter(None, ("Count" if how.reach else "Sum", found.before, of_most(found, score)))),
        f"100 times {above} / {below} = {six(found.value)}",
    ]
    if how.reach:
        steps.insert(0, f"A part counts 1 where it is {threshold_at(how.reach)} of 100, else 0")
    if scale_line(found, score):
        steps.append(f"That is {scale_line(found, score)}")
    return _Working("points", tuple(_term(part) for part in parts), (), tuple(steps))


def _term(part: WorkedPart) -> str:
    """What a part adds, of the most it could add: "3 x 100 = 300 of 300"."""
    points, least, most = (_short(part.times * x) for x in (part.points, *sorted(part.ends)))
    steps = points if part.times == 1 else f"{weighted(part)} = {points}"
    return f"{steps} of {most}" if least == "0" else f"{steps} on {least} to {most}"


def _bracketed(number: float) -> str:
    return f"({_short(number)})" if number < 0 else _short(number)


def _product(parts: Sequence[WorkedPart], expected: float) -> _Working:
    value = math.prod(part.value / 100 for part in parts)
    if abs(value * 100 - expected) > IN_SIX_DECIMALS:
        return _Working()
    return _Working("fraction of 1", tuple(six(p.value / 100) for p in parts), (), (f"Product = {six(value)}",))


def _compared(how: Aggregate, parts: Sequence[WorkedPart], score: NodeScore) -> _Working:
    """Two parts in points, divided or lessened, and where that lies on the scale."""
    if len(parts) < len(parts_compared(how)):
        return _Working()
    first = pair_of(how)[0]
    one, other = parts[0].points if isinstance(first, str) else first, parts[-1].points
    if how.less:
        number, steps = one - other, [f"Difference = {_short(one)} - {_bracketed(other)} = {six(one - other)}"]
    elif abs(other) > TOLERANCE:
        number, steps = one / other, [f"Ratio = {_short(one)} / {_bracketed(other)} = {six(one / other)}"]
    else:
        number = how.zero or 0.0
        steps = [f"Divided by 0 it comes to {_short(number)}"]
    low, high = score.scale
    value = min(max(worth_on(score.scale, number), 0.0), 100.0)
    if not min(low, high) - TOLERANCE <= number <= max(low, high) + TOLERANCE:
        steps.append(f"{six(number)} lies beyond {_short(high if value else low)}, the end of the scale: {six(value)}")
    else:
        steps.append(
            f"100 times ({six(number)} - {_bracketed(low)}) / ({_short(high)} - {_bracketed(low)}) = {six(value)}"
        )
    if abs(value - (score.uncapped or 0.0)) > IN_SIX_DECIMALS:
        return _Working()
    return _Working("points", tuple(_short(part.points) for part in parts), (), tuple(steps))


class Line(NamedTuple):
    """A part of a node by its id; figures: its term and its product, as far as the node has columns of them."""

    child: str
    part: WorkedPart | None
    figures: tuple[str, ...] = ()


class Worked(NamedTuple):
    """How the parts of a node become its value before caps: the parts, and the steps below them.

    term: what each value is turned into, empty where that is the value itself. weighted: whether each is multiplied by
    its weight. steps: empty where the parts do not lead to the value.
    """

    term: str
    weighted: bool
    lines: tuple[Line, ...]
    steps: tuple[str, ...]


def work_out(organization: EvaluatedOrganization, node: str) -> Worked:
    """The arithmetic of a node, for whoever prints it."""
    scorecard = organization.scorecard
    parts = worked_parts(organization.rubric, node, scorecard.scores, scorecard.items)
    present = [part for part in parts.values() if part]
    how, low = organization.rubric.node_by_id[node].aggregate, is_low(organization.rubric, node)
    done = (_turned_working if low else _working)(how, present, scorecard.scores[node])
    figures = iter(zip(*(column for column in (done.terms, done.products) if column), strict=True))
    lines = (Line(child, part, next(figures, ()) if part else ()) for child, part in parts.items())
    return Worked(done.term, bool(done.products), tuple(lines), done.steps)


def _turned_working(how: Aggregate, parts: Sequence[WorkedPart], score: NodeScore) -> _Working:
    """The steps where more points are worse: what is no plain mean is done with what is missing to 100."""
    rule = rule_of(how)
    if rule is None or rule.linear or score.uncapped is None:
        return _working(how, parts, score)
    missing = 100 - score.uncapped
    turned = [part._replace(value=100 - part.value) for part in parts]
    done = _working(how, turned, score._replace(uncapped=missing))
    first = ("Done with what is missing to 100",)
    return done._replace(
        steps=(*first, *done.steps, f"100 - {six(missing)} = {six(score.uncapped)}") if done.steps else ()
    )


def _working(how: Aggregate, parts: Sequence[WorkedPart], score: NodeScore) -> _Working:
    """The terms and steps by which parts become the value of a node before caps; empty where they do not lead there."""
    if score.uncapped is None or not parts:
        return _Working()
    rule = rule_of(how)
    if rule and rule.power:
        return _mean(rule.power, parts, score.uncapped)
    if rule and rule.product:
        return _product(parts, score.uncapped)
    if aggregation(how).compares:
        return _compared(how, parts, score)
    return _counted(how, parts, score) if aggregation(how).counts else _Working()

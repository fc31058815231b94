"""How each aggregation is done with a pencil: one term per part, and the steps from the terms to the value."""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from assess.model.nodes import Aggregate
from assess.numbers import Scale, native, six

DEFAULT_FLOOR = 1.0
# Where one weak part costs more than its share.
UNEVEN = ("geometric", "harmonic", "power")
SAME = 1e-6
WORDS = {
    "arithmetic": "the weighted mean: each value times its weight, added up",
    "geometric": "the weighted geometric mean: the logarithm of each value times its weight, added up, and the "
    "exponential of that sum",
    "harmonic": "the weighted harmonic mean: the reciprocal of each value times its weight, added up, and the "
    "reciprocal of that sum",
    "power": "the weighted power mean: a power of each value times its weight, added up, and the root of that sum",
    "min": "the lowest value",
    "max": "the highest value",
    "median": "the middle value",
    "sum": "the native points of the parts, added up",
    "product": "the values as fractions of 1, multiplied",
    "staged": "the highest stage whose requirements are reached while those of all lower stages are reached as well",
    "cumulative": "the highest stage whose requirements, and those of all lower stages, are reached",
    "tiers": "the highest stage whose duties, and those of all lower stages, are reached",
    "tally": "the weight of the parts that reach the threshold",
    "rules": "the first row of a table whose condition holds",
    "ladder": "questions in order; the first answer that stops gives the value",
}


class Part(NamedTuple):
    """One part of a node: value on 0..100, weight among the parts that have one, points on its native scale."""

    value: float
    weight: float
    points: float


class Working(NamedTuple):
    """What a pencil writes: the term of each part, and the steps below; empty where there is nothing to write."""

    term: str = ""
    terms: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


class _Mean(NamedTuple):
    """A power mean in words and figures: the term of a value and the way back from the sum."""

    name: str
    term: Callable[[float], float]
    back: Callable[[float], float]
    undo: str


def _mean_of(how: Aggregate) -> _Mean:
    power = {"arithmetic": 1.0, "geometric": 0.0, "harmonic": -1.0}.get(how.kind, 1.0 if how.p is None else how.p)
    if power == 1:
        return _Mean("x", float, float, "sum")
    if power == 0:
        return _Mean("ln y", math.log, math.exp, "exp(sum)")
    if power == -1:
        return _Mean("1 / y", lambda y: 1 / y, lambda s: 1 / s, "1 / sum")
    return _Mean(f"y^{power:g}", lambda y: y**power, lambda s: s ** (1 / power), f"sum^(1 / {power:g})")


def _floor(how: Aggregate) -> float:
    if how.kind == "arithmetic":
        return 0.0
    if how.floor == "coinr":
        return DEFAULT_FLOOR
    if how.floor is None:
        return DEFAULT_FLOOR if how.kind != "power" else 0.0
    return float(how.floor)


def _mean(how: Aggregate, parts: Sequence[Part], expected: float) -> Working:
    floor, mean = _floor(how), _mean_of(how)
    lifted = [floor + (1 - floor / 100) * part.value for part in parts]
    if mean.name != "x" and min(lifted) <= 0:
        return Working(steps=("A part is 0 and nothing lifts it, so the value is 0.",) if expected == 0 else ())
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
    if floor and how.floor != "coinr":
        value = (value - floor) / (1 - floor / 100)
        steps.append(f"mapped back, (… - {floor:g}) / {1 - floor / 100:g} = {six(value)}")
    if abs(value - expected) > SAME:
        return Working()
    return Working(mean.name, tuple(six(t) for t in terms), tuple(six(p) for p in products), tuple(steps))


def _sum(parts: Sequence[Part], expected: float, scale: Scale) -> Working:
    total = math.fsum(part.points for part in parts)
    if abs(total - native(expected, scale)) > SAME:
        return Working()
    return Working("points", tuple(six(p.points) for p in parts), ("",) * len(parts), (f"Sum = {six(total)} points",))


def _product(parts: Sequence[Part], expected: float) -> Working:
    value = math.prod(part.value / 100 for part in parts)
    if abs(value * 100 - expected) > SAME:
        return Working()
    return Working(
        "fraction of 1", tuple(six(p.value / 100) for p in parts), ("",) * len(parts), (f"Product = {six(value)}",)
    )


def working(how: Aggregate, parts: Sequence[Part], expected: float | None, scale: Scale) -> Working:
    """The terms and steps by which parts become a value; empty where they would not lead to `expected`."""
    if expected is None or not parts:
        return Working()
    if how.kind in ("arithmetic", "geometric", "harmonic", "power"):
        return _mean(how, parts, expected)
    if how.kind == "sum":
        return _sum(parts, expected, scale)
    if how.kind == "product":
        return _product(parts, expected)
    return Working()

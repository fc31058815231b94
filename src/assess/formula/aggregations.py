"""Every aggregation a rubric can name, in one table: its words, its settings, and the rule by which it is done."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import accumulate
from operator import mul
from typing import Literal, NamedTuple

from assess.formula.ranges import power, power_mean, weighted_mean
from assess.model.aggregation import Aggregate
from assess.numbers import TOLERANCE

Pairs = list[tuple[float, float]]
Slopes = list[float | None]
# What is no rule on numbers: points added, thresholds counted, two parts compared in points, stages, and two ways to
# read answers.
Shape = Literal["sum", "tally", "pair", "stages", "rules", "ladder"]
COINR_FLOOR = 1.0


class Power(NamedTuple):
    """Of a weighted power mean of y = floor + (1 - floor/100) x: p (0 geometric, -1 harmonic), floor, the way back."""

    p: float
    floor: float = 0.0
    mapped_back: bool = True


class NumberRule(NamedTuple):
    """How numbers on 0..100 with weights above 0 become one; it must not fall when one of them rises.

    slopes: the right-hand derivative by each number, None where it is infinite. linear: these are the weights.
    power, product: which steps a pencil writes; without either, none. falling: the left-hand derivative, where it is
    another one. shares: of numbers in order, lowest first, what each place counts for. turned: done on what is missing
    to 100.
    """

    value: Callable[[Pairs], float]
    slopes: Callable[[Pairs], Slopes]
    linear: bool = False
    power: Power | None = None
    product: bool = False
    falling: Callable[[Pairs], Slopes] | None = None
    shares: Callable[[int], Sequence[float]] | None = None
    turned: bool = False


class AggregationTraits(NamedTuple):
    """One way in which the children of a node become its value.

    name: in a sentence about a score; says: what is done; how: a rule on numbers by the settings, or another shape;
    settings: the keys it takes, needed: those it cannot do without; uneven: one weak part costs more than its share.
    """

    name: str
    says: str
    how: Callable[[Aggregate], NumberRule] | Shape
    settings: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    uneven: bool = False

    @property
    def counts(self) -> bool:
        """Whether it adds up points, on a scale of what its parts can bring."""
        return self.how in ("sum", "tally")

    @property
    def compares(self) -> bool:
        """Whether it sets the points of two parts against each other."""
        return self.how == "pair"

    @property
    def reads_answers(self) -> bool:
        """Whether it looks at what was answered and not at what answers are worth."""
        return self.how in ("rules", "ladder")


def aggregation(settings: Aggregate) -> AggregationTraits:
    """The row of an aggregation; raises KeyError on a kind that is not in the table."""
    return AGGREGATIONS[settings.kind]


def rule_of(settings: Aggregate) -> NumberRule | None:
    """The rule on numbers an aggregation is; None where it has another shape."""
    how = aggregation(settings).how
    return how(settings) if callable(how) else None


def mirrored(rule: NumberRule) -> NumberRule:
    """The rule on what is missing to 100, for nodes in which more points are worse (docs/method.md, 4.2)."""
    if rule.linear:
        return rule

    def turned(pairs: Pairs) -> Pairs:
        return [(weight, 100 - x) for weight, x in pairs]

    return rule._replace(
        value=lambda pairs: 100 - rule.value(turned(pairs)),
        slopes=lambda pairs: (rule.falling or rule.slopes)(turned(pairs)),
        turned=True,
    )


def is_plain_mean(settings: Aggregate) -> bool:
    """Whether it is a weighted mean: the value of a single part is taken over as it is."""
    rule = rule_of(settings)
    return rule is not None and rule.linear


def _mean(_: Aggregate) -> NumberRule:
    return NumberRule(weighted_mean, weight_slopes, linear=True, power=Power(1.0))


def weight_slopes(pairs: Pairs) -> Slopes:
    """The slopes of a weighted mean: the weights, as shares of their sum."""
    total = sum(w for w, _ in pairs)
    return [w / total for w, _ in pairs]


def _power(p: float | None, settings: Aggregate) -> NumberRule:
    """A power mean; a floor of 1 unless named otherwise where a 0 would wipe out the rest (docs/method.md, 4.2)."""
    p = settings.p or 0.0 if p is None else p
    if settings.floor == "coinr":
        found = Power(p, COINR_FLOOR, mapped_back=False)
    else:
        found = Power(p, float(p <= 0 if settings.floor is None else settings.floor))
    value = partial(power_mean, p=p, floor=found.floor, mapped_back=found.mapped_back)
    return NumberRule(value, partial(_power_slopes, found), power=found)


def _power_slopes(found: Power, pairs: Pairs) -> Slopes:
    """The slopes w (M/y)^(1-p) for y = floor + (1 - floor/100) x; w G/y for p = 0 (docs/method.md, section 7)."""
    total = sum(w for w, _ in pairs)
    scale = 1.0 if found.mapped_back else 1 - found.floor / 100
    lifted = [(w / total, found.floor + (1 - found.floor / 100) * x) for w, x in pairs]
    mean = power(lifted, found.p)
    others = sum(w for w, y in lifted if (y > 0) is (found.p > 0))
    return [
        _from_zero(w, found.p, others) if y <= 0 else float(scale * w * (mean / y) ** (1 - found.p)) for w, y in lifted
    ]


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


def _ranked(shares: Callable[[int], Sequence[float]]) -> Callable[[Aggregate], NumberRule]:
    """A rule on the numbers in order, lowest first, each times the share of its place; weights count for nothing."""
    falling = partial(_ranked_falls, shares)
    value, slopes = partial(_ranked_value, shares), partial(_ranked_slopes, shares)
    return lambda _: NumberRule(value, slopes, falling=falling, shares=shares)


def _ranked_value(shares: Callable[[int], Sequence[float]], pairs: Pairs) -> float:
    return math.fsum(share * x for share, x in zip(shares(len(pairs)), sorted(x for _, x in pairs), strict=True))


def _ranked_slopes(shares: Callable[[int], Sequence[float]], pairs: Pairs) -> Slopes:
    """The share of the place up to which a number has no greater one beside it: there it stands once it has risen."""
    ordered, by_place = sorted(x for _, x in pairs), shares(len(pairs))
    return [float(by_place[bisect_right(ordered, x + TOLERANCE) - 1]) for _, x in pairs]


def _ranked_falls(shares: Callable[[int], Sequence[float]], pairs: Pairs) -> Slopes:
    """The share of the first place of its equals: there a number stands once it has fallen."""
    ordered, by_place = sorted(x for _, x in pairs), shares(len(pairs))
    return [float(by_place[bisect_left(ordered, x - TOLERANCE)]) for _, x in pairs]


def _lowest(count: int) -> Sequence[float]:
    return [1.0, *[0.0] * (count - 1)]


def _highest(count: int) -> Sequence[float]:
    return [*[0.0] * (count - 1), 1.0]


def _middle(count: int) -> Sequence[float]:
    """The place in the middle, or half of each of the two."""
    beside = [0.0] * ((count - 1) // 2)
    return [*beside, *([1.0] if count % 2 else [0.5, 0.5]), *beside]


def _product(_: Aggregate) -> NumberRule:
    return NumberRule(_multiplied, _product_slopes, product=True)


def _multiplied(pairs: Pairs) -> float:
    return 100 * math.prod(x / 100 for _, x in pairs)


def _product_slopes(pairs: Pairs) -> Slopes:
    """The product of the others."""
    parts = [x / 100 for _, x in pairs]
    heads = [*accumulate(parts, mul, initial=1.0)]
    tails = [*accumulate(reversed(parts), mul, initial=1.0)][::-1]
    return [heads[place] * tails[place + 1] for place in range(len(parts))]


AGGREGATIONS: Mapping[str, AggregationTraits] = {
    "arithmetic": AggregationTraits("weighted mean", "the weighted mean: each value times its weight, added up", _mean),
    "geometric": AggregationTraits(
        "geometric mean",
        "the weighted geometric mean: the logarithm of each value times its weight, added up, and the "
        "exponential of that sum",
        partial(_power, 0.0),
        ("floor",),
        uneven=True,
    ),
    "harmonic": AggregationTraits(
        "harmonic mean",
        "the weighted harmonic mean: the reciprocal of each value times its weight, added up, and the "
        "reciprocal of that sum",
        partial(_power, -1.0),
        ("floor",),
        uneven=True,
    ),
    "power": AggregationTraits(
        "power mean",
        "the weighted power mean: a power of each value times its weight, added up, and the root of that sum",
        partial(_power, None),
        ("floor", "p"),
        ("p",),
        uneven=True,
    ),
    "min": AggregationTraits("lowest", "the lowest value", _ranked(_lowest)),
    "max": AggregationTraits("highest", "the highest value", _ranked(_highest)),
    "median": AggregationTraits("median", "the middle value", _ranked(_middle)),
    "sum": AggregationTraits(
        "sum",
        "the native points of the parts, each times its weight, added up",
        "sum",
        ("offset", "floor", "ceiling"),
    ),
    "product": AggregationTraits("product", "the values as fractions of 1, multiplied", _product),
    "ratio": AggregationTraits(
        "ratio",
        "the native points of one part divided by those of another",
        "pair",
        ("of", "by", "zero"),
        ("of", "by"),
    ),
    "difference": AggregationTraits(
        "difference",
        "the native points of one part less those of another",
        "pair",
        ("of", "less"),
        ("of", "less"),
    ),
    "staged": AggregationTraits(
        "highest stage reached",
        "the highest stage whose requirements are reached while those of all lower stages are reached as well",
        "stages",
        ("reach", "lower"),
        ("reach",),
    ),
    "cumulative": AggregationTraits(
        "highest stage reached",
        "the highest stage whose requirements, and those of all lower stages, are reached",
        "stages",
        ("reach",),
        ("reach",),
    ),
    "tiers": AggregationTraits(
        "highest tier reached",
        "the highest stage whose duties, and those of all lower stages, are reached",
        "stages",
        ("must", "should"),
        ("must",),
    ),
    "tally": AggregationTraits(
        "count of those that reach the threshold",
        "the weight of the parts that reach the threshold",
        "tally",
        ("reach",),
        ("reach",),
    ),
    "rules": AggregationTraits(
        "first rule that holds",
        "the first row of a table whose condition holds",
        "rules",
        ("cases", "otherwise", "values"),
        ("cases", "otherwise", "values"),
    ),
    "ladder": AggregationTraits(
        "last step reached",
        "questions in order; the first answer that stops gives the value",
        "ladder",
    ),
}

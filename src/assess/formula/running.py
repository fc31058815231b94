"""A mean as a sum with one term a part, so that a part can change without adding up the others again."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from assess.formula.aggregations import Power
from assess.formula.nodes import Combined
from assess.numbers import TOLERANCE

_PROBES = (12.5, 87.5, 50.0)


class RunningMean(NamedTuple):
    """A weighted arithmetic or geometric mean of numbers on 0..100 by its parts (docs/method.md, section 4.2).

    shares: of the weight, 0..1, of the parts that have a number; 0 of the others.
    """

    shares: tuple[float, ...]
    power: Power

    def term(self, place: int, x: float) -> float:
        """What a part brings to the sum: w x, or w ln y for y = floor + (1 - floor/100) x."""
        if self.power.p:
            return self.shares[place] * x
        return self.shares[place] * math.log(self.power.floor + (1 - self.power.floor / 100) * x)

    def whole(self, terms: float) -> float:
        """The mean whose terms add up to this."""
        if self.power.p:
            return terms
        mean, floor = math.exp(terms), self.power.floor
        back = (mean - floor) / (1 - floor / 100) if self.power.mapped_back else mean
        return min(max(back, 0.0), 100.0)


def running_mean(formula: Combined, values: Sequence[float | None]) -> RunningMean | None:
    """The mean that a formula makes of the parts that have a number; None where it is no such mean."""
    power = formula.rule.power
    if power is None or not (power.p == 1 or (power.p == 0 and power.floor > 0)):
        return None
    weights = [0.0 if value is None else weight for (weight, _), value in zip(formula.parts, values, strict=True)]
    total = math.fsum(weights)
    if total <= 0:
        return None
    found = RunningMean(tuple(weight / total for weight in weights), power)
    # The rule itself is asked whether it is this mean: one on what is missing to 100 is another.
    counted = [(place, weight) for place, weight in enumerate(weights) if weight > 0]
    tried = [_PROBES[number % len(_PROBES)] for number in range(len(counted))]
    terms = sum(found.term(place, x) for (place, _), x in zip(counted, tried, strict=True))
    value = formula.rule.value([(weight, x) for (_, weight), x in zip(counted, tried, strict=True)])
    return found if abs(found.whole(terms) - value) <= TOLERANCE else None

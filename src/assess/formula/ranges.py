"""Numbers and truths that know what is open: a point, and the lowest and highest it can still become."""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from assess.numbers import DIGITS


class Range(NamedTuple):
    """A number: `value` now (None while unanswered) between `low` and `high`; all None when it does not apply."""

    value: float | None
    low: float | None
    high: float | None


class Truth(NamedTuple):
    """A test: true or false now (None while undecided), surely true, possibly true whatever the open answers are."""

    point: bool | None
    sure: bool
    possible: bool


ABSENT = Range(None, None, None)
OPEN = Range(None, 0.0, 100.0)
TRUE = Truth(point=True, sure=True, possible=True)
FALSE = Truth(point=False, sure=False, possible=False)
UNDECIDED = Truth(point=None, sure=False, possible=True)


def exactly(number: float) -> Range:
    """A number nothing can change."""
    return Range(number, number, number)


def there(parts: Sequence[tuple[float, Range]]) -> list[tuple[float, Range]]:
    """The weighted parts that apply."""
    return [(weight, part) for weight, part in parts if part.low is not None and weight > 0]


def combine(parts: Sequence[tuple[float, Range]], rule: Callable[[list[tuple[float, float]]], float]) -> Range:
    """A nondecreasing rule on (weight, number) pairs, read at the point and at both ends.

    The point leaves open parts out; the ends take them at theirs. Absent when no part applies.
    """
    present = there(parts)
    if not present:
        return ABSENT
    points = [(weight, part.value) for weight, part in present if part.value is not None]
    lows = [(weight, part.low) for weight, part in present if part.low is not None]
    highs = [(weight, part.high) for weight, part in present if part.high is not None]
    low = rule(lows)
    high = low if highs == lows else rule(highs)
    value = low if points == lows else rule(points) if points else None
    return Range(value, low, high)


def weighted_mean(pairs: list[tuple[float, float]]) -> float:
    """The mean sum w x / sum w."""
    return math.fsum(w * x for w, x in pairs) / math.fsum(w for w, _ in pairs)


def power_mean(pairs: list[tuple[float, float]], p: float, floor: float, *, mapped_back: bool) -> float:
    """(sum w y^p)^(1/p), exp(sum w ln y) for p = 0, of y = floor + (1 - floor/100) x (docs/method.md, section 4.2)."""
    total = math.fsum(w for w, _ in pairs)
    mean = power([(w / total, floor + (1 - floor / 100) * x) for w, x in pairs], p)
    back = (mean - floor) / (1 - floor / 100) if mapped_back else mean
    return min(max(back, 0.0), 100.0)


def power(shares: list[tuple[float, float]], p: float) -> float:
    """The power mean of numbers >= 0 by weights that sum to 1; 0 where p <= 0 and a number is 0.

    Taken from the largest number (the smallest for p < 0), so that no power overflows and p near 0 loses no digits.
    """
    numbers = [y for _, y in shares]
    base = max(numbers) if p > 0 else min(numbers)
    if base <= 0:
        return 0.0
    if p == 0:
        return math.exp(math.fsum(w * math.log(y) for w, y in shares))
    rest = math.fsum(w * (math.expm1(p * math.log(y / base)) if y > 0 else -1.0) for w, y in shares)
    return base * math.exp(math.log1p(rest) / p)


def middle(numbers: Sequence[float]) -> float:
    """The median."""
    ordered = sorted(numbers)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


_SURE: dict[str, Callable[[Range, Range], bool]] = {
    ">=": lambda a, b: _at(a.low) >= _at(b.high),
    ">": lambda a, b: _at(a.low) > _at(b.high),
    "<=": lambda a, b: _at(a.high) <= _at(b.low),
    "<": lambda a, b: _at(a.high) < _at(b.low),
    "=": lambda a, b: _at(a.low) == _at(a.high) == _at(b.low) == _at(b.high),
    "!=": lambda a, b: _at(a.high) < _at(b.low) or _at(b.high) < _at(a.low),
}
_OPPOSITE = {">=": "<", "<": ">=", ">": "<=", "<=": ">", "=": "!=", "!=": "="}


def _at(number: float | None) -> float:
    return round(number or 0.0, DIGITS)


def compare_ranges(left: Range, op: str, right: Range) -> Truth:
    """A comparison after rounding both sides to 1e-9; false when a side does not apply."""
    if left.low is None or right.low is None:
        return FALSE
    # Whether it can be true is asked as whether its opposite is sure: so an end that is reached counts on both sides.
    sure, possible = _SURE[op](left, right), not _SURE[_OPPOSITE[op]](left, right)
    if left.value is not None and right.value is not None:
        return Truth(_SURE[op](exactly(left.value), exactly(right.value)), sure, possible)
    # What no answer can change is decided, even while a side has too few answers for a value.
    return Truth(True if sure else None if possible else False, sure, possible)


def step(number: Range, op: str, than: float) -> Range:
    """100 where a number compares as said, else 0; absent where the number is."""
    if number.low is None:
        return ABSENT
    truth = compare_ranges(number, op, exactly(than))
    return Range(None if truth.point is None else 100.0 * truth.point, 100.0 * truth.sure, 100.0 * truth.possible)


def negation(part: Truth) -> Truth:
    """True when the part is false."""
    return Truth(None if part.point is None else not part.point, not part.possible, not part.sure)


def conjunction(parts: Sequence[Truth]) -> Truth:
    """True when every part is; false as soon as one is, whatever is undecided (docs/method.md, section 5)."""
    points = [part.point for part in parts]
    point = False if False in points else None if None in points else True
    # Part by part: two parts that never hold together both pass as possible, so that a bound can be wide but not wrong.
    return Truth(point, all(part.sure for part in parts), all(part.possible for part in parts))


def disjunction(parts: Sequence[Truth]) -> Truth:
    """True when one part is."""
    return negation(conjunction([negation(part) for part in parts]))

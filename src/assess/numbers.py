"""Numbers as they are printed: rounded once, half up, after nine places; nothing else in this package rounds."""

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

FEW_POINTS = 10
# Decimals that are printed at most, where fewer would carry a figure over another.
MOST_PLACES = 6
# Values on 0..100, or shares, that are nearer to each other differ by the noise of binary fractions.
TOLERANCE = 1e-9
# A figure this near to the one it should reach is printed as it: where a better level begins right beside a threshold.
NEAR = 1e-8
# Decimals to which values are rounded before they are put in an order, so that noise decides none.
DIGITS = 9
SQUARES_OF_FEW, SQUARES = 8, 10
# Wide enough for the largest float, 309 digits before the point.
_HALF_UP = Context(prec=400, rounding=ROUND_HALF_UP)
NOT_SCORED = "not scored"
# What stands before a threshold where a figure lies right below it, and before a distance to such a one.
BELOW, MORE_THAN = "below ", "more than "
ScaleEnds = tuple[float, float]


class Beside(NamedTuple):
    """What a figure is read against, all on 0..100.

    levels: thresholds, which are printed in full: it is printed at or above those it reaches, and below the others.
    wanted: figures it is printed below as long as it is lower. others: figures printed otherwise unless they are equal.
    """

    levels: tuple[float, ...] = ()
    wanted: tuple[float, ...] = ()
    others: tuple[float, ...] = ()


ALONE = Beside()


@lru_cache(maxsize=10_000)  # the same thresholds and targets stand beside many figures
def rounded(value: float, places: int) -> Decimal:
    """The value half up at some decimals, after rounding to nine to lose the noise of binary fractions."""
    exact = Decimal(repr(float(value))).quantize(Decimal("1e-9"), context=_HALF_UP)
    shown = exact.quantize(Decimal(1).scaleb(-places), context=_HALF_UP)
    return shown or abs(shown)


def number(value: float, places: int) -> str:
    """The value with exactly so many decimals."""
    return f"{rounded(value, places):f}"


def short(value: float, places: int = 1) -> str:
    """The value with at most so many decimals, without zeros at the end."""
    return _trimmed(number(value, places))


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def places_of(scale: ScaleEnds) -> int:
    """Decimals on a native scale: two where it spans at most ten points, else one."""
    return 2 if abs(scale[1] - scale[0]) <= FEW_POINTS else 1


def native(value: float, scale: ScaleEnds) -> float:
    """A value on 0..100 on its native scale."""
    return scale[0] + value * (scale[1] - scale[0]) / 100


def figure(value: float, scale: ScaleEnds, places: int, beside: Beside = ALONE) -> Decimal:
    """A value on 0..100 in native points, with more decimals where it would be carried over what it is read against.

    Six decimals at most; where even they would carry it over, it is rounded towards the side it lies on.
    """
    points, most = native(value, scale), max(places, MOST_PLACES)
    exact = Decimal(repr(float(points)))
    towards = (exact.quantize(Decimal(1).scaleb(-most), way, _HALF_UP) for way in (ROUND_FLOOR, ROUND_CEILING))
    halfway = (rounded(points, more) for more in range(places, most + 1))
    for shown in chain(halfway, towards):
        if _tells(shown, value, scale, beside):
            return shown
    return rounded(points, most)


def _tells(shown: Decimal, value: float, scale: ScaleEnds, beside: Beside) -> bool:
    """Whether a printed figure stands on the same side of everything as the value itself."""
    places, way = -int(shown.as_tuple().exponent), 1 if scale[0] <= scale[1] else -1

    def side(other: float, at: int = places) -> int:
        printed = rounded(native(other, scale), at)
        return way * ((shown > printed) - (shown < printed))

    return (
        all((side(at, MOST_PLACES) >= 0) is (value >= at - TOLERANCE) for at in beside.levels)
        and all(side(at) < 0 for at in beside.wanted if value < at - NEAR)
        and all(side(at) == (1 if value > at else -1) for at in beside.others if abs(value - at) > TOLERANCE)
    )


def number_printed(text: str) -> Decimal:
    """The number in a printed figure; of one that lies right below a threshold, the threshold."""
    return Decimal(text.removeprefix(BELOW))


def apart(value: float, places: int, *others: float) -> str:
    """The value with at most so many decimals, and with more where it would read like another that it is not."""
    return _trimmed(padded(value, places, *others))


def padded(value: float, places: int, *others: float) -> str:
    """The value with at least so many decimals, and with more where it would read like another that it is not."""
    return f"{figure(value, (0, 100), places, Beside(others=others)):f}"


def in_full(value: float, places: int) -> str:
    """The value with so many decimals, and with more, at most six, where that is not all of it."""
    enough = (more for more in range(places, MOST_PLACES) if abs(float(number(value, more)) - value) <= TOLERANCE)
    return number(value, next(enough, MOST_PLACES))


def bar(value: float | None, scale: ScaleEnds) -> str:
    """The value as squares, rounded down: 8 on short scales, 10 on others; nothing without a value."""
    if value is None:
        return ""
    squares = SQUARES_OF_FEW if abs(scale[1] - scale[0]) <= FEW_POINTS else SQUARES
    points = value if scale[0] <= scale[1] else 100 - value
    full = min(max(math.floor(points * squares / 100 + TOLERANCE), 0), squares)
    return "■" * full + "□" * (squares - full)


def six(value: float) -> str:
    """The value with six decimals, for recomputing."""
    return number(value, 6)


def fraction(value: float, most: int = 1000) -> str:
    """The value as a whole number or fraction where it is one, else with six decimals."""
    near = Fraction(value).limit_denominator(most)
    return str(near) if abs(float(near) - value) < TOLERANCE else six(value)


def pencil(value: float) -> str:
    """The value with two decimals where that is all of it, else with six, so that sums come out."""
    two = number(value, 2)
    return two if abs(float(two) - value) < TOLERANCE else six(value)


def percent(share: float, *others: float) -> str:
    """A share of 1 in whole percent; in more decimals where it would else read as none or all, or as another."""
    return f"{figure(100 * share, (0, 100), 0, Beside(others=(0, 100, *(100 * other for other in others)))):f}%"


def measured(value: float, unit: str, places: int = 6, *others: float, one: str = "") -> str:
    """A number of at most so many decimals with its unit, `one` where 1 is printed; `%` follows without a blank.

    others: figures it is compared with, from which more decimals tell it apart.
    """
    shown = apart(value, places, *others)
    named = one if one and shown == "1" else unit
    return f"{shown}{'' if named == '%' else ' '}{named}".strip()


def counted(amount: int, one: str, many: str) -> str:
    """A count with its noun."""
    return f"{amount} {one if amount == 1 else many}"

"""Numbers as they are printed: rounded once, half up, after nine places; nothing else in this package rounds."""

import math
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

FEW_POINTS = 10
SQUARES_OF_FEW, SQUARES = 8, 10
# Wide enough for the largest float, 309 digits before the point.
_HALF_UP = Context(prec=400, rounding=ROUND_HALF_UP)
NOT_SCORED = "not scored"
Scale = tuple[float, float]


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
    text = number(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def places_of(scale: Scale) -> int:
    """Decimals on a native scale: two where it spans at most ten points, else one."""
    return 2 if scale[1] - scale[0] <= FEW_POINTS else 1


def native(value: float, scale: Scale) -> float:
    """A value on 0..100 on its native scale."""
    return scale[0] + value * (scale[1] - scale[0]) / 100


def points(value: float | None, scale: Scale) -> str:
    """A value on 0..100, printed on its native scale."""
    return NOT_SCORED if value is None else number(native(value, scale), places_of(scale))


def gap(value: float | None, target: float | None, scale: Scale) -> Decimal | None:
    """Printed target less printed score, at least 0; None where one of them is missing."""
    if value is None or target is None:
        return None
    there, here = (rounded(native(x, scale), places_of(scale)) for x in (target, value))
    return max(there - here, Decimal(0).quantize(there))


def difference(points_of_100: float, scale: Scale) -> str:
    """A distance on 0..100 as points of a native scale, with its sign when it is a gain."""
    text = number(points_of_100 * (scale[1] - scale[0]) / 100, places_of(scale))
    return f"+{text}" if Decimal(text) > 0 else text


def bar(value: float | None, scale: Scale) -> str:
    """The value as squares, rounded down: 8 on short scales, 10 on others; nothing without a value."""
    if value is None:
        return ""
    squares = SQUARES_OF_FEW if places_of(scale) == 2 else SQUARES  # noqa: PLR2004 - two decimals mark a short scale
    full = min(max(math.floor(value * squares / 100 + 1e-9), 0), squares)
    return "■" * full + "□" * (squares - full)


def six(value: float) -> str:
    """The value with six decimals, for recomputing."""
    return number(value, 6)


def fraction(value: float, most: int = 1000) -> str:
    """The value as a whole number or fraction where it is one, else with six decimals."""
    near = Fraction(value).limit_denominator(most)
    return str(near) if abs(float(near) - value) < 1e-9 else six(value)  # noqa: PLR2004 - the noise of binary fractions


def pencil(value: float) -> str:
    """The value with two decimals where that is all of it, else with six, so that sums come out."""
    two = number(value, 2)
    return two if abs(float(two) - value) < 1e-9 else six(value)  # noqa: PLR2004 - the noise of binary fractions


def percent(share: float) -> str:
    """A share of 1 in whole percent."""
    return f"{number(share * 100, 0)}%"


def measured(value: float, unit: str, places: int = 6, *, one: str = "") -> str:
    """A number of at most so many decimals with its unit, `one` where 1 is printed; `%` follows without a blank."""
    shown = short(value, places)
    named = one if one and shown == "1" else unit
    return f"{shown}{'' if named == '%' else ' '}{named}".strip()


def counted(amount: int, one: str, many: str) -> str:
    """A count with its noun."""
    return f"{amount} {one if amount == 1 else many}"

"""How wide a text can be at most, and texts broken or shortened to a width.

Nobody knows here which letters a viewer has, so widths are those of a wide common face (DejaVu Sans), in shares of the
size; in most others a text is narrower.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from assess.spelling import spelled

ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
LEADING = 1.2
"""From one line to the next, in sizes."""
_WIDTHS = {
    letter: width
    for letters, width in (
        ("'ijl", 0.29),
        ("I", 0.31),
        (" .,:;/\\|", 0.34),
        ("-frt()[]", 0.42),
        ("!*`J", 0.51),
        ('?csz"_', 0.56),
        ("akevxyFL", 0.62),
        ("bdghnopqu0123456789$T{}", 0.64),
        ("EPSY", 0.67),
        ("ABCRKXZV", 0.72),
        ("DHNUG", 0.78),
        ("OQM&w", 0.87),
        ("+=<>#~^", 0.84),
        ("m%W@\N{EM DASH}\N{HORIZONTAL ELLIPSIS}", 1.03),
        # Ligatures, and the widest letters of the Cyrillic script.
        ("\u00c6\u00e6\u0152\u0153\u0416\u0424\u0428\u0429\u042e\u0436\u0444\u0448\u0449\u044e", 1.12),
    )
    for letter in letters
}
_OTHER, _WIDE, _PICTURE, _BOLD = 0.85, 1.05, 1.4, 1.2
_JOINER, _LEFTWARD_MARK = "\u200d", "\u200f"
_ASTRAL = 0x1F000
_UNPRINTABLE = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]|[\\x7f-\\x9f]")
_SPACES = re.compile(r"[\s\u2028\u2029]+")


class Lettering(NamedTuple):
    """How a text is set: size in px, colour, bold letters, and ground around them where they stand on lines."""

    size: float
    fill: str
    bold: bool = False
    halo: bool = False


class Lines(NamedTuple):
    """A text in lines; `whole` is all of it, and `cut` says whether the lines hold less."""

    lines: tuple[str, ...]
    whole: str
    cut: bool


def tidied(text: str) -> str:
    """The text in one line, without characters that nobody sees or that no XML may hold."""
    return _SPACES.sub(" ", spelled(_UNPRINTABLE.sub(" ", text))).strip()


def text_width(text: str, style: Lettering) -> float:
    """How wide a text is at most, in px."""
    return style.size * (_BOLD if style.bold else 1) * sum(map(_width, text))


def _width(letter: str) -> float:
    known = _WIDTHS.get(letter)
    if known is not None:
        return known
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0.0
    if ord(letter) >= _ASTRAL and unicodedata.category(letter) == "So":
        return _PICTURE
    if unicodedata.east_asian_width(letter) in "WF":
        return _WIDE
    base = unicodedata.normalize("NFD", letter)[0]
    return max(_WIDTHS.get(base, _OTHER), 0.3) if base != letter else _OTHER


def fitted(text: str, style: Lettering, width: float, most: int = 1) -> Lines:
    """The text in at most so many lines of a width in px; what finds no place ends in an ellipsis."""
    whole = tidied(text)
    lines: list[str] = []
    for glue, piece in _pieces(whole, style, width):
        longer = f"{lines[-1]}{glue}{piece}" if lines else piece
        if lines and text_width(longer, style) <= width:
            lines[-1] = longer
        else:
            lines.append(piece)
    if len(lines) <= most:
        return Lines(tuple(lines), whole, cut=False)
    kept = [spelled(line) for line in lines[: most - 1]]
    rest = whole[_length_of(lines[: most - 1], whole) :].strip()
    return Lines((*kept, _shortened(rest, style, width)), whole, cut=True)


def _length_of(lines: list[str], whole: str) -> int:
    """How much of the whole text stands in its first lines."""
    end = 0
    for line in lines:
        end = whole.index(line, end) + len(line)
    return end


def _shortened(text: str, style: Lettering, width: float) -> str:
    """As much of the text as fits with an ellipsis."""
    shown = ""
    for cluster in _clusters(text):
        if text_width(f"{shown}{cluster}{ELLIPSIS}", style) > width:
            break
        shown += cluster
    shown = spelled(shown).rstrip(" ,;:-")
    leftward = bool(shown) and unicodedata.bidirectional(shown[-1]) in {"R", "AL"}
    return f"{shown}{ELLIPSIS}{_LEFTWARD_MARK if leftward else ''}"


def _pieces(text: str, style: Lettering, width: float) -> Iterator[tuple[str, str]]:
    """What stays in one line, each with what stands before it where both share one."""
    for word in text.split(" "):
        glue, piece = " ", ""
        for cluster in _clusters(word):
            wide = unicodedata.east_asian_width(cluster[0]) in "WF"
            if piece and (wide or text_width(piece + cluster, style) > width):
                yield glue, piece
                glue, piece = "", ""
            piece += cluster
            if wide:
                yield glue, piece
                glue, piece = "", ""
        if piece:
            yield glue, piece


def _clusters(text: str) -> Iterator[str]:
    """Letters with the marks and joiners that belong to them."""
    cluster = ""
    for letter in text:
        joined = unicodedata.category(letter) in {"Mn", "Mc", "Me", "Cf", "Sk"} and not letter.isascii()
        if cluster and not joined and not cluster.endswith(_JOINER):
            yield cluster
            cluster = ""
        cluster += letter
    if cluster:
        yield cluster

"""What charts have in common: marks of a value, their legend, and the labels of a scale."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from assess.charts.canvas import Canvas, Place
from assess.charts.lettering import LEADING, Lettering, Lines, fitted, text_width
from assess.charts.palette import GROUND, HOPED, INK, LAST, LINE, MUTED, NOW, SURE, TARGET

NORMAL, BOLD, SMALL = Lettering(14, INK), Lettering(14, INK, bold=True), Lettering(13, MUTED)
DOT, DIAMOND = 6.5, 8
"""Half their width. A diamond is seen behind a dot at the same place, and so is the ring of last time."""
MARGIN = 8
_SYMBOL, _BETWEEN, _LEGEND_LINE = 22, 18, 24
_BAR, _THIN = 10, 4


class Tick(NamedTuple):
    """A line across a scale, at 0..100, with its label."""

    at: float
    label: str


class LegendEntry(NamedTuple):
    """A mark, drawn at a place in px, and what it stands for."""

    draw: Callable[[Canvas, float, float], None]
    label: str


class Stretch(NamedTuple):
    """From where to where something reaches, in px."""

    first: float
    last: float

    def at(self, share: float) -> float:
        """The place of a value on 0..100; what lies outside stands at the end."""
        return self.first + min(max(share, 0.0), 100.0) * (self.last - self.first) / 100


def draw_dot(canvas: Canvas, x: float, y: float) -> None:
    """Where something stands now."""
    canvas.draw("circle", cx=x, cy=y, r=DOT, fill=NOW)


def draw_ring(canvas: Canvas, x: float, y: float) -> None:
    """Where something stood last time."""
    canvas.draw("circle", cx=x, cy=y, r=7.0, fill=GROUND, stroke=LAST, stroke_width=3.0)


def draw_diamond(canvas: Canvas, x: float, y: float, half: float = DIAMOND) -> None:
    """A target, or the day a proof is due."""
    path = f"M{x:.1f} {y - half:.1f} L{x + half:.1f} {y:.1f} L{x:.1f} {y + half:.1f} L{x - half:.1f} {y:.1f} Z"
    canvas.draw("path", d=path, fill=GROUND, stroke=TARGET, stroke_width=2.5)


def draw_sure(canvas: Canvas, span: Stretch, y: float) -> None:
    """What is lived and proved."""
    _bar(canvas, span, y, fill=SURE)


def draw_hoped(canvas: Canvas, span: Stretch, y: float) -> None:
    """What is lived as well."""
    _bar(canvas, span, y, fill=HOPED, stroke=SURE, stroke_width=1.0)


def draw_bounds(canvas: Canvas, span: Stretch, y: float) -> None:
    """Between which ends a value lies."""
    first, last = sorted(span)
    canvas.draw("rect", x=first, y=y - _THIN / 2, width=max(last - first, 1.0), height=_THIN, rx=2.0, fill=LINE)


def _bar(canvas: Canvas, span: Stretch, y: float, **style: float | str) -> None:
    first, last = sorted(span)
    canvas.draw("rect", x=first, y=y - _BAR / 2, width=last - first, height=_BAR, rx=3.0, **style)


def sample_of(draw: Callable[[Canvas, Stretch, float], None]) -> Callable[[Canvas, float, float], None]:
    """A short bar around a place, for a legend."""
    return lambda canvas, x, y: draw(canvas, Stretch(x - _SYMBOL / 2, x + _SYMBOL / 2), y)


def write_legend(canvas: Canvas, entries: Iterable[LegendEntry], top: float, style: Lettering = NORMAL) -> float:
    """Write what the marks stand for, in as many lines as it takes; gives where they end, in px from the top."""
    x, y = float(MARGIN), top + _LEGEND_LINE / 2
    for entry in entries:
        text = fitted(entry.label, style, canvas.width - 2 * MARGIN - _SYMBOL - 6)
        width = _SYMBOL + 6 + text_width(text.lines[0] if text.lines else "", style)
        if x > MARGIN and x + width > canvas.width - MARGIN:
            x, y = float(MARGIN), y + _LEGEND_LINE
        entry.draw(canvas, x + _SYMBOL / 2, y)
        canvas.write(Place(x + _SYMBOL + 6, y + style.size * 0.36), text, style)
        x += width + _BETWEEN
    return y + _LEGEND_LINE / 2


def labels_apart(
    labels: Iterable[tuple[float, str]], style: Lettering, most: Stretch, widest: float
) -> Iterator[tuple[float, Lines]]:
    """Labels in up to two lines around their places, without those that would touch one before or leave the picture.

    The first and the last stay; `widest` is what one takes at most, in px.
    """
    found = [(x, fitted(label, style, widest, 2)) for x, label in sorted(labels, key=lambda label: label[0])]
    placed = [(x, text, _extent(x, text, style, most)) for x, text in found if text.lines]
    end = most.first - 1
    for number, (_, text, extent) in enumerate(placed, 1):
        is_last = number == len(placed)
        if extent.first > end and (is_last or extent.last + 4 < placed[-1][2].first):
            yield (extent.first + extent.last) / 2, text
            end = extent.last + 4


def _extent(x: float, text: Lines, style: Lettering, most: Stretch) -> Stretch:
    """From where to where a label reaches, moved inside where it would leave."""
    half = max(text_width(line, style) for line in text.lines) / 2
    middle = min(max(x, most.first + half), max(most.last - half, most.first + half))
    return Stretch(middle - half, middle + half)


def height_of(lines: int, style: Lettering) -> float:
    """How high so many lines are, in px."""
    return lines * LEADING * style.size

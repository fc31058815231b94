"""Where every part stands, where the plan leads it, and its target: one row each, the whole last."""

from typing import NamedTuple

from assess.charts.canvas import Canvas, Caption, Place
from assess.charts.lettering import Lettering, Lines, fitted, text_width
from assess.charts.marks import (
    BOLD,
    MARGIN,
    NORMAL,
    SMALL,
    LegendEntry,
    Stretch,
    Tick,
    draw_bounds,
    draw_diamond,
    draw_dot,
    draw_hoped,
    draw_ring,
    draw_sure,
    height_of,
    labels_apart,
    sample_of,
    write_legend,
)
from assess.charts.palette import GRID, LINE
from assess.charts.tables import MISSING, ChartTable, Mark, format_mark, without_empty

WIDTH = 520
_TITLES, _NUMBERS, _TICK = 164, 170, 88
_ROW, _LINES, _BELOW = 28, 2, 11
_SEEN = 0.25


class GapsWords(NamedTuple):
    """What the marks are called, and the columns of the table."""

    part: str = "Part"
    now: str = "now"
    change: str = "change"
    proved: str = "lived and proved"
    lived: str = "lived only"
    target: str = "target"
    last: str = "last time"
    low: str = "at least"
    high: str = "at most"
    bounds: str = "with any open answers"
    missing: str = "not scored"


class GapRow(NamedTuple):
    """One part: where it stands, stood and should stand, and where the plan leads it, proved and lived.

    low, high: the bounds between which it lies whatever the open answers say. change: since last time, as printed; it
    stands at the end of the row wherever one row has it.
    """

    title: str
    now: Mark | None = None
    proved: Mark | None = None
    lived: Mark | None = None
    target: Mark | None = None
    last: Mark | None = None
    low: Mark | None = None
    high: Mark | None = None
    change: str = ""


class GapsChart(NamedTuple):
    """Rows from top to bottom, the whole below them, on a scale with ticks."""

    title: str
    description: str
    ticks: tuple[Tick, ...]
    rows: tuple[GapRow, ...]
    whole: GapRow | None = None
    words: GapsWords = GapsWords()
    name: str = "gaps"


class _Row(NamedTuple):
    """A row with its texts as they are set, and its height in px."""

    row: GapRow
    title: Lines
    number: Lines
    style: Lettering
    height: float


def draw_gaps(chart: GapsChart) -> str:
    """The chart as SVG, 520 px wide."""
    canvas = Canvas(WIDTH)
    rows = [_row(chart, row, NORMAL) for row in chart.rows]
    whole = [_row(chart, chart.whole, BOLD)] if chart.whole else []
    head = fitted(_head(chart), SMALL, _NUMBERS)
    widest = max((_widest(row.number, row.style) for row in (*rows, *whole)), default=0.0)
    numbers = max(widest, _widest(head, SMALL))
    plot = Stretch(MARGIN + _TITLES + 14, WIDTH - MARGIN - max(numbers + 14, _TICK / 2))
    y = write_legend(canvas, _legend(chart), 6)
    canvas.write(Place(WIDTH - MARGIN, y + 14, "end"), head, SMALL)
    top = y = y + 20
    bottom = top + sum(row.height for row in (*rows, *whole)) + 12 * len(whole)
    for tick in chart.ticks:
        canvas.draw("line", x1=plot.at(tick.at), y1=top, x2=plot.at(tick.at), y2=bottom, stroke=GRID, stroke_width=1.0)
    for row in rows:
        y = _draw_row(canvas, row, plot, y)
    for row in whole:
        canvas.draw("line", x1=MARGIN, y1=y + 6, x2=WIDTH - MARGIN, y2=y + 6, stroke=LINE, stroke_width=1.0)
        _draw_row(canvas, row, plot, y + 12)
    y = _write_ticks(canvas, chart.ticks, plot, bottom)
    return canvas.finished(y + MARGIN, Caption(chart.name, chart.title, chart.description))


def _has_changes(chart: GapsChart) -> bool:
    return any(row.change for row in _all(chart))


def _all(chart: GapsChart) -> tuple[GapRow, ...]:
    return (*chart.rows, chart.whole) if chart.whole else chart.rows


def _head(chart: GapsChart) -> str:
    return chart.words.change if _has_changes(chart) else chart.words.now


def _row(chart: GapsChart, row: GapRow, style: Lettering) -> _Row:
    number = (row.change or MISSING) if _has_changes(chart) else format_mark(row.now)
    title = fitted(row.title, style, _TITLES, _LINES)
    numbers = fitted(number, style, _NUMBERS)
    lines = max(len(title.lines), len(numbers.lines))
    height = _ROW + height_of(lines - 1, style) * 0.8 if lines > 1 else float(_ROW)
    return _Row(row, title, numbers, style, height + (4 if row.low and row.high else 0))


def _widest(text: Lines, style: Lettering) -> float:
    return max((text_width(line, style) for line in text.lines), default=0.0)


def _legend(chart: GapsChart) -> list[LegendEntry]:
    """What the marks of this chart stand for, and nothing else."""
    words, rows = chart.words, _all(chart)
    found = (
        (any(row.now for row in rows), LegendEntry(draw_dot, words.now)),
        (any(row.last for row in rows), LegendEntry(draw_ring, words.last)),
        (any(row.target for row in rows), LegendEntry(draw_diamond, words.target)),
        (any(_moves(row, row.proved) for row in rows), LegendEntry(sample_of(draw_sure), words.proved)),
        (any(_moves(row, row.lived) for row in rows), LegendEntry(sample_of(draw_hoped), words.lived)),
        (any(row.low and row.high for row in rows), LegendEntry(sample_of(draw_bounds), words.bounds)),
        (any(row.now is None for row in rows), LegendEntry(_draw_dash, words.missing)),
    )
    return [entry for is_there, entry in found if is_there]


def _moves(row: GapRow, end: Mark | None) -> bool:
    """Whether the plan leads a part so far that it can be seen, a hundredth of four levels."""
    return row.now is not None and end is not None and abs(end.at - row.now.at) >= _SEEN


def _draw_dash(canvas: Canvas, x: float, y: float) -> None:
    canvas.write(Place(x, y + 5, "middle"), fitted(MISSING, NORMAL, _NUMBERS), NORMAL)


def _draw_row(canvas: Canvas, row: _Row, plot: Stretch, top: float) -> float:
    """Draw one row; gives where the next one begins."""
    y = top + row.height / 2
    for text, place in ((row.title, MARGIN + _TITLES), (row.number, WIDTH - MARGIN)):
        foot = y - height_of(len(text.lines) - 1, row.style) / 2 + row.style.size * 0.36
        canvas.write(Place(place, foot, "end"), text, row.style)
    _draw_marks(canvas, row.row, plot, y)
    return top + row.height


def _draw_marks(canvas: Canvas, row: GapRow, plot: Stretch, y: float) -> None:
    """Draw what is behind first: the way to the target, the plan, the target, last time, today."""
    now = plot.at(row.now.at) if row.now else None
    if now is not None and row.target:
        canvas.draw("line", x1=now, y1=y, x2=plot.at(row.target.at), y2=y, stroke=LINE, stroke_width=2.0)
    for end, draw in ((row.lived, draw_hoped), (row.proved, draw_sure)):
        if now is not None and end and _moves(row, end):
            draw(canvas, Stretch(now, plot.at(end.at)), y)
    if row.low and row.high:
        draw_bounds(canvas, Stretch(plot.at(row.low.at), plot.at(row.high.at)), y + _BELOW)
    if row.target:
        draw_diamond(canvas, plot.at(row.target.at), y)
    if row.last:
        draw_ring(canvas, plot.at(row.last.at), y)
    if now is not None:
        draw_dot(canvas, now, y)


def _write_ticks(canvas: Canvas, ticks: tuple[Tick, ...], plot: Stretch, top: float) -> float:
    """Write the names of the levels below their lines; gives where they end."""
    labels = [(plot.at(tick.at), tick.label) for tick in ticks]
    end = top
    for x, text in labels_apart(labels, SMALL, Stretch(MARGIN, WIDTH - MARGIN), _TICK):
        canvas.write(Place(x, top + 18, "middle"), text, SMALL)
        end = max(end, top + 6 + height_of(len(text.lines), SMALL))
    return end


def gaps_table(chart: GapsChart) -> ChartTable:
    """The same figures as a table, rows in the order of the chart."""
    words = chart.words
    columns = (words.part, words.now, words.proved, words.lived, words.target, words.low, words.high)
    rows = tuple(
        (
            row.title,
            *(format_mark(mark) for mark in (row.now, row.proved, row.lived, row.target, row.low, row.high, row.last)),
            row.change or MISSING,
        )
        for row in _all(chart)
    )
    return without_empty((*columns, words.last, words.change), rows)

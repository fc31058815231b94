"""Which initiative when, what it waits for, when its proof is due, and what owners have to do in every week."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import NamedTuple

from assess.charts.canvas import Canvas, Caption, Place
from assess.charts.lettering import Lettering, fitted, text_width
from assess.charts.marks import LegendEntry, Stretch, draw_diamond, write_legend
from assess.charts.palette import BAND, GRID, GROUND, INK, LINE, LOADS, MUTED, NOW, STRIPE, SURE
from assess.charts.plan_records import BarKind, LoadRow, LoadSpan, PlanBar, PlanChart

WIDTH = 760
_LEFT, _MARGIN = 262.0, 4
_HEAD, _ROW, _LOAD_ROW = 60, 24, 20
_BAR, _DUE, _OUT, _ARROW = 13, 5.5, 5, 6
# The room in px that the head of a period may ask for; a longer one is shortened.
_LEAST = 110.0
# Up to which share of the weekly rate a week is drawn so, and how high.
_STEPS = ((0.8, 6), (1.0, 10), (float("inf"), 15))
_NAME, _NOTE, _OVER = Lettering(13, INK), Lettering(12, MUTED), Lettering(12, MUTED, halo=True)
_PERIOD, _KEY = Lettering(13, INK, bold=True), Lettering(12, INK)
_STYLES: dict[BarKind, dict[str, float | str]] = {
    "first": {"fill": NOW},
    "second": {"fill": SURE},
    "order": {"fill": GROUND, "stroke": SURE, "stroke_width": 1.5, "stroke_dasharray": "4 3"},
}


class _Frame(NamedTuple):
    """Where weeks stand from left to right, and where the bars and the loads end, all in px."""

    weeks: Stretch
    horizon: float
    bars_end: float
    loads_end: float

    def week(self, week: float) -> float:
        """The place of a week; what lies outside stands at the end."""
        return self.weeks.at(100 * week / max(self.horizon, 1))

    def row(self, at: int) -> float:
        """The middle of a row of the bars."""
        return _HEAD + at * _ROW + _ROW / 2


def draw_plan(chart: PlanChart) -> str:
    """The chart as SVG, 760 px wide."""
    canvas = Canvas(WIDTH)
    bars_end = _HEAD + _ROW * max(len(chart.bars), 1)
    loads_end = bars_end + 28 + _LOAD_ROW * len(chart.loads)
    frame = _Frame(Stretch(_LEFT, WIDTH - 12), chart.weeks, bars_end, loads_end)
    _draw_ground(canvas, chart, frame)
    lines = [(need, at) for at, bar in enumerate(chart.bars) for need in bar.needs]
    for need, at in lines:
        _draw_line(canvas, chart.bars[need], chart.bars[at], _Ends(frame.row(need), frame.row(at)), frame)
    for at, bar in enumerate(chart.bars):
        _draw_bar(canvas, bar, frame.row(at), frame)
    for need, at in lines:
        _draw_head(canvas, chart.bars[need], chart.bars[at], _Ends(frame.row(need), frame.row(at)), frame)
    if not chart.bars:
        canvas.write(Place(_MARGIN, frame.row(0) + 5), fitted(chart.words.nothing, _NAME, _LEFT - 12), _NAME)
    _draw_loads(canvas, chart, frame)
    end = write_legend(canvas, _legend(chart), loads_end + 8, _KEY)
    return canvas.finished(end + 8, Caption(chart.name, chart.title, chart.description))


class _Ends(NamedTuple):
    """The middles of the rows between which a line runs, in px from the top."""

    source: float
    target: float


def _draw_ground(canvas: Canvas, chart: PlanChart, frame: _Frame) -> None:
    """Draw what lies behind: weeks without starts, stripes, and periods with their heads."""
    for band in chart.closed:
        first, last = frame.week(band.first), frame.week(band.last)
        canvas.draw("rect", x=first, y=_HEAD - 8, width=last - first, height=frame.bars_end - _HEAD + 8, fill=BAND)
    for at in range(1, len(chart.bars), 2):
        canvas.draw("rect", x=0.0, y=frame.row(at) - _ROW / 2, width=_LEFT - 4, height=_ROW, fill=STRIPE)
    marks = [frame.week(period.week) for period in chart.periods] + [frame.weeks.last]
    for x in marks:
        colour = GRID if x == frame.weeks.first else LINE
        canvas.draw("line", x1=x, y1=_HEAD - 10, x2=x, y2=frame.loads_end, stroke=colour, stroke_width=1.0)
    _write_heads(canvas, chart, marks)
    _write_closed(canvas, chart, frame)


def _write_heads(canvas: Canvas, chart: PlanChart, marks: list[float]) -> None:
    """Write the names of the periods above them; where they are narrow, of those that find room."""
    free = 0.0
    for at, period in enumerate(chart.periods):
        x = marks[at]
        least = min(max(text_width(period.title, _PERIOD), text_width(period.since, _NOTE)), _LEAST) + 8
        end = next((mark for mark in marks[at + 1 :] if mark - x >= least), x)
        if x >= free and end > x:
            canvas.write(Place(x + 4, _HEAD - 30), fitted(period.title, _PERIOD, end - x - 8), _PERIOD)
            canvas.write(Place(x + 4, _HEAD - 15), fitted(period.since, _NOTE, end - x - 8), _NOTE)
            free = end


def _write_closed(canvas: Canvas, chart: PlanChart, frame: _Frame) -> None:
    """Write below the weeks without starts what they are, where there is room."""
    text, free = fitted(chart.words.closed, _NOTE, 140), _LEFT
    half = text_width(text.lines[0], _NOTE) / 2 if text.lines else 0.0
    for band in chart.closed:
        x = min((frame.week(band.first) + frame.week(band.last)) / 2, frame.weeks.last - half)
        if x - half >= free:
            canvas.write(Place(x, frame.bars_end + 13, "middle"), text, _OVER)
            free = x + half + 6


class _Route(NamedTuple):
    """The way of a line: where it turns, and whether it comes to its bar from the left or else from above or below."""

    turn: float
    from_left: bool


def _route(source: PlanBar, target: PlanBar, frame: _Frame) -> _Route:
    """Down right behind what is needed, so that all its lines are one; on the bar where there is no room before it."""
    out, start = frame.week(source.last), frame.week(target.first)
    if start - out >= _OUT + _ARROW:
        return _Route(out + _OUT, from_left=True)
    return _Route(min(start + _OUT, (start + frame.week(target.last)) / 2), from_left=False)


def _draw_line(canvas: Canvas, source: PlanBar, target: PlanBar, ends: _Ends, frame: _Frame) -> None:
    """Draw the line from the end of what is needed to what needs it."""
    route = _route(source, target, frame)
    path = f"M{frame.week(source.last):.1f} {ends.source:.1f} H{route.turn:.1f} V{ends.target:.1f}"
    path += f" H{frame.week(target.first):.1f}" if route.from_left else ""
    canvas.draw("path", d=path, fill="none", stroke=MUTED, stroke_width=1.3)


def _draw_head(canvas: Canvas, source: PlanBar, target: PlanBar, ends: _Ends, frame: _Frame) -> None:
    """Draw the head of such a line on the edge of the bar it comes to."""
    route = _route(source, target, frame)
    if route.from_left:
        x, y = frame.week(target.first), ends.target
        path = f"M{x - _ARROW:.1f} {y - 3.5:.1f} L{x - _ARROW:.1f} {y + 3.5:.1f} L{x:.1f} {y:.1f} Z"
    else:
        x, way = route.turn, 1 if ends.target > ends.source else -1
        tip = ends.target - way * _BAR / 2
        foot = tip - way * _ARROW
        path = f"M{x - 3.5:.1f} {foot:.1f} L{x + 3.5:.1f} {foot:.1f} L{x:.1f} {tip:.1f} Z"
    canvas.draw("path", d=path, fill=MUTED)


def _draw_bar(canvas: Canvas, bar: PlanBar, y: float, frame: _Frame) -> None:
    """Draw one initiative: its name, its weeks, and when its proof is due within the weeks of the chart."""
    canvas.write(Place(_MARGIN, y + 4.5), fitted(bar.title, _NAME, _LEFT - 12), _NAME)
    first, last = frame.week(bar.first), frame.week(bar.last)
    _box(canvas, Stretch(first, max(last, first + 2)), y, _STYLES[bar.kind])
    if bar.proof and 0 <= bar.proof.at <= frame.horizon:
        draw_diamond(canvas, frame.week(bar.proof.at), y, _DUE)


def _box(canvas: Canvas, span: Stretch, y: float, style: dict[str, float | str]) -> None:
    canvas.draw("rect", x=span.first, y=y - _BAR / 2, width=span.last - span.first, height=_BAR, rx=2.0, **style)


def _draw_loads(canvas: Canvas, chart: PlanChart, frame: _Frame) -> None:
    """Draw below the bars what each owner has to do."""
    if not chart.loads:
        return
    canvas.write(Place(_MARGIN, frame.bars_end + 18), fitted(chart.words.load, _NOTE, _LEFT - 12), _NOTE)
    for at, row in enumerate(chart.loads):
        _draw_load(canvas, row, frame.bars_end + 28 + at * _LOAD_ROW, frame)


def _draw_load(canvas: Canvas, row: LoadRow, top: float, frame: _Frame) -> None:
    foot = top + _LOAD_ROW - 3
    canvas.write(Place(_LEFT - 8, foot - 3, "end"), fitted(row.owner, _NAME, _LEFT - 16), _NAME)
    for (step, _), group in groupby(_joined(row.spans), key=lambda pair: pair[0]):
        spans = [span for _, span in group]
        _draw_weeks(canvas, Stretch(frame.week(spans[0].first), frame.week(spans[-1].last)), foot, step)


def _joined(spans: Iterable[LoadSpan]) -> Iterator[tuple[tuple[int, int], LoadSpan]]:
    """Spans with something to do, with their step and the number of their row of neighbours."""
    end, number = -1.0, 0
    for span in spans:
        if span.share > 0:
            number += span.first > end
            yield (_step(span.share), number), span
            end = span.last


def _step(share: float) -> int:
    """How full a week is: 0, 1 or 2."""
    return next(at for at, (most, _) in enumerate(_STEPS) if share <= most + 1e-9)


def _draw_weeks(canvas: Canvas, span: Stretch, foot: float, step: int) -> None:
    height, width = _STEPS[step][1], span.last - span.first
    style: dict[str, float | str] = {"fill": LOADS[step], "stroke": LINE, "stroke_width": 0.8}
    canvas.draw("rect", x=span.first, y=foot - height, width=width, height=height, **style)


def _legend(chart: PlanChart) -> Iterable[LegendEntry]:
    """What the marks of this chart stand for, and nothing else."""
    words, kinds = chart.words, {bar.kind for bar in chart.bars}
    names: tuple[tuple[BarKind, str], ...] = (("first", words.first), ("second", words.second), ("order", words.order))
    for kind, word in names:
        if kind in kinds:
            yield LegendEntry(partial(_draw_kind, kind), word)
    if any(bar.proof and 0 <= bar.proof.at <= chart.weeks for bar in chart.bars):
        yield LegendEntry(partial(draw_diamond, half=_DUE), words.proof)
    steps = {_step(span.share) for row in chart.loads for span in row.spans if span.share > 0}
    for step, word in enumerate((words.little, words.full, words.over)):
        if step in steps:
            yield LegendEntry(partial(_draw_step, step), word)


def _draw_kind(kind: BarKind, canvas: Canvas, x: float, y: float) -> None:
    _box(canvas, Stretch(x - 9, x + 9), y, _STYLES[kind])


def _draw_step(step: int, canvas: Canvas, x: float, y: float) -> None:
    _draw_weeks(canvas, Stretch(x - 9, x + 9), y + 7, step)

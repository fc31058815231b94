"""Where the plan leads the whole, over its time: a band from what is proved to what is lived, and the target."""

from typing import NamedTuple

from assess.charts.canvas import Canvas, Caption, Place
from assess.charts.lettering import Lettering, Lines, fitted, text_width
from assess.charts.marks import MARGIN, SMALL, Stretch, Tick, draw_dot, height_of, labels_apart
from assess.charts.palette import GRID, HOPED, INK, NOW, SURE, TARGET
from assess.charts.tables import ChartTable, Mark, format_mark, without_empty

WIDTH = 520
_HEIGHT, _TOP = 210, 20
_SIDE, _DATE, _APART = 120, 110, 17
_FIGURE, _STRONG, _AIM = Lettering(13, INK), Lettering(13, INK, bold=True, halo=True), Lettering(13, TARGET)


class OutlookWords(NamedTuple):
    """What the lines are called, the columns of the table, and what stands where there is no score."""

    when: str = "When"
    now: str = "now"
    proved: str = "proved"
    lived: str = "lived"
    target: str = "target"
    nothing: str = "Too little is answered for a score of the whole."


class OutlookPoint(NamedTuple):
    """The whole on one day, proved and lived; the first point is today, where both are the same."""

    day: str
    proved: Mark | None
    lived: Mark | None


class OutlookChart(NamedTuple):
    """Points evenly over time, on a scale with ticks."""

    title: str
    description: str
    ticks: tuple[Tick, ...]
    points: tuple[OutlookPoint, ...]
    target: Mark | None = None
    words: OutlookWords = OutlookWords()
    name: str = "outlook"


class _Label(NamedTuple):
    """A text beside the end of a line."""

    y: float
    text: Lines
    style: Lettering


def draw_outlook(chart: OutlookChart) -> str:
    """The chart as SVG, 520 px wide, with the whole scale: the distance to the target is what it says."""
    canvas = Canvas(WIDTH)
    levels = [fitted(tick.label, SMALL, _SIDE) for tick in chart.ticks]
    ends = _end_labels(chart)
    across = Stretch(
        MARGIN + max((text_width(text.lines[0], SMALL) for text in levels if text.lines), default=0.0) + 18,
        WIDTH - MARGIN - max((_label_width(label) for label in ends), default=0.0) - 10,
    )
    up = _upwards()
    _draw_scale(canvas, chart, across, levels)
    if chart.target:
        y = up.at(chart.target.at)
        canvas.draw("line", x1=across.first, y1=y, x2=across.last, y2=y, **_dashed(TARGET, "6 4"))
    _draw_band(canvas, chart, across)
    for label in ends:
        canvas.write(Place(across.last + 10, label.y + 5), label.text, label.style)
    _write_now(canvas, chart, across)
    end = _write_days(canvas, chart, across)
    return canvas.finished(end + MARGIN, Caption(chart.name, chart.title, chart.description))


def _upwards() -> Stretch:
    return Stretch(_TOP + _HEIGHT, _TOP)


def _dashed(colour: str, dashes: str) -> dict[str, float | str]:
    return {"stroke": colour, "stroke_width": 2.0, "stroke_dasharray": dashes}


def _end_labels(chart: OutlookChart) -> list[_Label]:
    """What stands at the ends of the lines, pushed apart where it would touch."""
    last = chart.points[-1] if len(chart.points) > 1 else None
    words = chart.words
    found = [
        (last.lived if last else None, words.lived, _FIGURE),
        (last.proved if last else None, words.proved, _FIGURE),
    ]
    texts = [(mark, f"{mark.shown} {word}", style) for mark, word, style in found if mark]
    if chart.target:
        texts.append((chart.target, f"{words.target} {chart.target.shown}", _AIM))
    up = _upwards()
    labels = [_Label(up.at(mark.at), fitted(text, style, _SIDE, 2), style) for mark, text, style in texts]
    return _pushed_apart(sorted(labels, key=lambda label: label.y))


def _pushed_apart(labels: list[_Label]) -> list[_Label]:
    """Labels from top to bottom: down to where the one above ends, then up into the picture."""
    placed: list[_Label] = []
    least = float(_TOP)
    for label in labels:
        placed.append(label._replace(y=max(label.y, least)))
        least = placed[-1].y + _APART + height_of(len(label.text.lines) - 1, label.style)
    most = float(_TOP + _HEIGHT)
    for at in range(len(placed) - 1, -1, -1):
        label = placed[at]
        y = min(label.y, most - height_of(len(label.text.lines) - 1, label.style))
        placed[at] = label._replace(y=y)
        most = y - _APART
    return placed


def _label_width(label: _Label) -> float:
    return max((text_width(line, label.style) for line in label.text.lines), default=0.0)


def _draw_scale(canvas: Canvas, chart: OutlookChart, across: Stretch, levels: list[Lines]) -> None:
    """Draw the lines of the levels with their names, without names that would touch the one below."""
    up, least = _upwards(), float("inf")
    for tick, text in sorted(zip(chart.ticks, levels, strict=True), key=lambda pair: pair[0].at):
        y = up.at(tick.at)
        canvas.draw("line", x1=across.first, y1=y, x2=across.last, y2=y, stroke=GRID, stroke_width=1.0)
        if y <= least:
            canvas.write(Place(across.first - 10, y + 5, "end"), text, SMALL)
            least = y - _APART


def _draw_band(canvas: Canvas, chart: OutlookChart, across: Stretch) -> None:
    """Draw what lies between both lines, then the lines."""
    up, steps = _upwards(), max(len(chart.points) - 1, 1)
    whole = [(across.at(100 * at / steps), point) for at, point in enumerate(chart.points)]
    known = [(x, p.proved, p.lived) for x, p in whole if p.proved and p.lived]
    low = [f"{x:.1f},{up.at(proved.at):.1f}" for x, proved, _ in known]
    high = [f"{x:.1f},{up.at(lived.at):.1f}" for x, _, lived in known]
    if len(known) > 1:
        canvas.draw("polygon", points=" ".join((*high, *reversed(low))), fill=HOPED)
        canvas.draw("polyline", points=" ".join(high), fill="none", **_dashed(SURE, "5 3"))
        canvas.draw("polyline", points=" ".join(low), fill="none", stroke=NOW, stroke_width=2.5)
    if known:
        draw_dot(canvas, known[0][0], up.at(known[0][1].at))


def _write_now(canvas: Canvas, chart: OutlookChart, across: Stretch) -> None:
    """Write today's figure below its dot, above it near the foot of the scale; or that there is none."""
    first = chart.points[0].proved if chart.points else None
    if not first:
        text = fitted(chart.words.nothing, SMALL, across.last - across.first - 2 * MARGIN, 3)
        canvas.write(Place(across.first + MARGIN, _TOP + _HEIGHT / 2 - 20), text, SMALL)
        return
    y = _upwards().at(first.at)
    foot = y + 22 if y + 26 < _TOP + _HEIGHT else y - 13
    text = fitted(f"{first.shown} {chart.words.now}", _STRONG, across.last - across.first)
    canvas.write(Place(across.first + 2, foot), text, _STRONG)


def _write_days(canvas: Canvas, chart: OutlookChart, across: Stretch) -> float:
    """Write the days below; gives where they end."""
    steps, top = max(len(chart.points) - 1, 1), _TOP + _HEIGHT
    labels = [(across.at(100 * at / steps), point.day) for at, point in enumerate(chart.points)]
    end = float(top)
    for x, text in labels_apart(labels, SMALL, Stretch(MARGIN, WIDTH - MARGIN), _DATE):
        canvas.write(Place(x, top + 22, "middle"), text, SMALL)
        end = max(end, top + 10 + height_of(len(text.lines), SMALL))
    return end


def outlook_table(chart: OutlookChart) -> ChartTable:
    """The same figures as a table, a row for every day."""
    words = chart.words
    rows = tuple(
        (point.day, format_mark(point.proved), format_mark(point.lived), format_mark(chart.target))
        for point in chart.points
    )
    return without_empty((words.when, words.proved, words.lived, words.target), rows)

"""What the chart of a plan is drawn from, and the same figures as tables."""

from typing import Literal, NamedTuple

from assess.charts.tables import MISSING, ChartTable, Mark, format_mark, without_empty

BarKind = Literal["first", "second", "order"]
"""In the first period, in the second, or later, where only the order is meant."""


class PlanWords(NamedTuple):
    """What the marks are called, the columns of the tables, and what stands where nothing is planned."""

    initiative: str = "Initiative"
    starts: str = "Start"
    ends: str = "End"
    needs: str = "Needs first"
    first: str = "period 1"
    second: str = "period 2"
    order: str = "order only"
    proof: str = "proof due"
    closed: str = "no starts"
    load: str = "Load of each week, owners"
    owner: str = "Owner"
    rate: str = "Weekly rate"
    fullest: str = "Fullest week"
    little: str = "to 80 %"
    full: str = "to 100 %"
    over: str = "over 100 % of the weekly rate"
    nothing: str = "Nothing is planned."


class ChartPeriod(NamedTuple):
    """One period: the first week of it, from 0, and what stands above."""

    week: float
    title: str
    since: str


class WeekBand(NamedTuple):
    """Weeks in which nothing starts: from the first, from 0, up to and without the last."""

    first: float
    last: float


class PlanBar(NamedTuple):
    """One initiative: its weeks, from 0, up to and without the last, and its days as printed.

    needs: the places, from 0, of the bars that must end first. proof: the week in which a paper is due that shows it.
    """

    title: str
    kind: BarKind
    first: float
    last: float
    starts: str
    ends: str
    needs: tuple[int, ...] = ()
    proof: Mark | None = None


class LoadSpan(NamedTuple):
    """Weeks of the same load, from 0, up to and without the last; `share` is of the weekly rate, 1 is all of it."""

    first: float
    last: float
    share: float


class LoadRow(NamedTuple):
    """The load of one owner; rate and fullest week as printed."""

    owner: str
    spans: tuple[LoadSpan, ...]
    rate: str
    fullest: str


class PlanChart(NamedTuple):
    """Bars from top to bottom over so many weeks, and the load of owners below. A bar's proof stands in weeks."""

    title: str
    description: str
    weeks: float
    periods: tuple[ChartPeriod, ...]
    bars: tuple[PlanBar, ...]
    loads: tuple[LoadRow, ...] = ()
    closed: tuple[WeekBand, ...] = ()
    words: PlanWords = PlanWords()
    name: str = "plan"


def bars_table(chart: PlanChart) -> ChartTable:
    """The same days as a table, a row for each initiative."""
    words = chart.words
    rows = tuple(
        (
            bar.title,
            bar.starts,
            bar.ends,
            "; ".join(chart.bars[need].title for need in bar.needs) or MISSING,
            format_mark(bar.proof),
        )
        for bar in chart.bars
    )
    return without_empty((words.initiative, words.starts, words.ends, words.needs, words.proof), rows)


def load_table(chart: PlanChart) -> ChartTable:
    """What each owner has to do, as a table."""
    words = chart.words
    rows = tuple((row.owner, row.rate, row.fullest) for row in chart.loads)
    return without_empty((words.owner, words.rate, words.fullest), rows)

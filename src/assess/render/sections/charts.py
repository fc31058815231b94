"""The pictures of a document: where the parts stand, when which initiative is due, and where the plan leads."""

import datetime
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from assess.charts import (
    ChartPeriod,
    GapRow,
    GapsChart,
    LoadRow,
    LoadSpan,
    Mark,
    OutlookChart,
    OutlookPoint,
    PlanBar,
    PlanChart,
    Tick,
    WeekBand,
    draw_gaps,
    draw_outlook,
    draw_plan,
)
from assess.model.roadmap import Placement
from assess.model.rubric import ROOT
from assess.numbers import DIGITS, TOLERANCE, counted, figure, places_of, short
from assess.render.context import RenderContext
from assess.render.sections.cards import proof_due
from assess.words import short_day

GAPS, PLAN, OUTLOOK = "charts/gaps.svg", "charts/plan.svg", "charts/outlook.svg"
"""Where they lie in a set of documents."""
DAYS_A_WEEK = 7
# So many nodes need a score before a picture of them says more than a sentence.
_FEWEST = 3
_BESIDE = "The same figures stand in the table beside it."


class Charts(NamedTuple):
    """The records of all pictures; each is drawn, or told as a table, by `assess.charts`.

    gaps: None where fewer than three nodes have a score, the whole counted. plan, outlook: None where nothing is
    planned; outlook as well where the whole has no score.
    """

    gaps: GapsChart | None
    plan: PlanChart | None
    outlook: OutlookChart | None


def charts_of(case: RenderContext) -> Charts:
    """The records of the pictures that say something of a case."""
    scored = sum(case.score(node).value is not None for node in (ROOT, *case.principles))
    planned = bool(case.plan.placements)
    return Charts(
        _gaps(case) if scored >= _FEWEST else None,
        _plan(case) if planned else None,
        _outlook(case) if planned and case.root.value is not None else None,
    )


def draw_charts(charts: Charts) -> Mapping[str, str]:
    """The pictures as SVG, by their path in a set of documents."""
    drawn = {GAPS: draw_gaps(charts.gaps)} if charts.gaps else {}
    drawn |= {PLAN: draw_plan(charts.plan)} if charts.plan else {}
    return drawn | ({OUTLOOK: draw_outlook(charts.outlook)} if charts.outlook else {})


def _gaps(case: RenderContext) -> GapsChart:
    parts = sorted(case.principles, key=lambda node: _rank(case, node))
    return GapsChart(
        title="Now, plan and target of each principle",
        description=f"{counted(len(parts), 'principle', 'principles')} and the whole, the worst first. The same figures"
        " stand in the table Where you stand.",
        ticks=_ticks(case),
        rows=tuple(_gap_row(case, node, case.title(node)) for node in parts),
        whole=_gap_row(case, ROOT, "Overall"),
    )


def _rank(case: RenderContext, node: str) -> tuple[bool, float]:
    """The place of a part in the picture: the worst first, those without a score last."""
    value = case.score(node).value
    return value is None, round(value or 0.0, DIGITS)


def _ticks(case: RenderContext) -> tuple[Tick, ...]:
    """The levels where all parts are read against the same, else points where they share a scale, else its ends."""
    nodes = (ROOT, *case.principles)
    if len({case.scale(node) for node in nodes}) > 1:
        return Tick(0, "worst"), Tick(100, "best")
    levels = case.rubric.levels_of(ROOT)
    if levels and all(case.rubric.levels_of(node) == levels for node in nodes):
        return tuple(Tick(level.at, level.title) for level in levels)
    scale = case.scale(ROOT)
    return tuple(Tick(at, f"{figure(at, scale, places_of(scale)).normalize():f}") for at in (0, 25, 50, 75, 100))


def _gap_row(case: RenderContext, node: str, title: str) -> GapRow:
    score, target = case.score(node), case.targets.get(node)
    open_end = score.low is not None and score.high is not None and score.high - score.low > TOLERANCE
    low, high = case.between(node) if open_end else ("", "")
    return GapRow(
        title=title,
        now=_now(case, node),
        proved=_end(case, node, "lows"),
        lived=_end(case, node, "values"),
        target=None if target is None else Mark(target, case.target(node)),
        low=Mark(score.low, low) if open_end and score.low is not None else None,
        high=Mark(score.high, high) if open_end and score.high is not None else None,
    )


def _now(case: RenderContext, node: str) -> Mark | None:
    value = case.score(node).value
    return None if value is None else Mark(value, case.now(node))


def _end(case: RenderContext, node: str, reading: str) -> Mark | None:
    """Where a plan with something in it leads a node."""
    if not case.plan.placements or not case.plan.milestones:
        return None
    return _projected(case, node, getattr(case.plan.milestones[-1], reading).get(node))


def _projected(case: RenderContext, node: str, value: float | None) -> Mark | None:
    return None if value is None else Mark(value, case.points(node, value, case.score(node).value))


def _outlook(case: RenderContext) -> OutlookChart:
    now, target = _now(case, ROOT), case.targets.get(ROOT)
    later = tuple(
        OutlookPoint(
            short_day(case.period_end(stone.period)),
            _projected(case, ROOT, stone.lows.get(ROOT)),
            _projected(case, ROOT, stone.values.get(ROOT)),
        )
        for stone in case.plan.milestones
        if stone.period
    )
    return OutlookChart(
        title="Where the plan leads",
        description=f"The whole from now to {short_day(case.period_end(case.plan.periods))}, as a range: what is lived"
        f" and proved with all efforts at their high end, and what is lived. {_BESIDE}",
        ticks=_ticks(case),
        points=(OutlookPoint("now", now, now), *later),
        target=None if target is None else Mark(target, case.target(ROOT)),
    )


def _plan(case: RenderContext) -> PlanChart:
    plan = case.plan
    placed = plan.placements
    rows = {placement.initiative: at for at, placement in enumerate(placed)}
    return PlanChart(
        title=f"The plan: {counted(len(placed), 'initiative', 'initiatives')} and the load of their owners",
        description="Bars from the first to the last week of each initiative, lines from what is needed first, a"
        f" diamond where proof is due, and below the load of each owner in every week. {_BESIDE}",
        weeks=plan.weeks * plan.periods,
        periods=tuple(_period(case, period) for period in range(1, plan.periods + 1)),
        bars=tuple(_bar(case, placement, rows) for placement in placed),
        loads=tuple(_loads(case)),
        closed=tuple(_closed(case)),
    )


def _period(case: RenderContext, period: int) -> ChartPeriod:
    first = case.period_end(period - 1) + datetime.timedelta(days=1)
    return ChartPeriod(case.plan.weeks * (period - 1), f"Period {period}", f"from {short_day(first)}")


def _bar(case: RenderContext, placement: Placement, rows: Mapping[str, int]) -> PlanBar:
    due = proof_due(case, placement)
    return PlanBar(
        title=case.initiative_name(placement.initiative),
        kind="first" if placement.period == 1 else "second" if placement.period == 2 else "order",  # noqa: PLR2004
        first=placement.start_week,
        last=placement.end_week,
        starts=short_day(placement.starts),
        ends=short_day(placement.last_day),
        needs=tuple(rows[need] for need in placement.needs if need in rows),
        proof=Mark(_week(case, due), short_day(due)) if due else None,
    )


def _week(case: RenderContext, day: datetime.date) -> float:
    return (day - case.plan.starts).days / DAYS_A_WEEK


def _closed(case: RenderContext) -> Iterator[WeekBand]:
    """The times without starts, as far as they lie in the plan."""
    horizon = case.plan.weeks * case.plan.periods
    for entry in case.sheet.engagement.no_start:
        first, last = _week(case, entry.first), _week(case, entry.last) + 1 / DAYS_A_WEEK
        if first < horizon and last > 0:
            yield WeekBand(max(first, 0.0), min(last, float(horizon)))


def _loads(case: RenderContext) -> Iterator[LoadRow]:
    """What every owner has to do in each week, running cost included, against an even share of the capacity."""
    capacities = {load.owner: load.capacity for load in case.plan.loads}
    for owner, capacity in capacities.items():
        rate = capacity / case.plan.weeks
        days = _days_by_week(case, owner)
        shares = [round(day / rate, DIGITS) if rate else float("inf") * (day > 0) for day in days]
        yield LoadRow(case.role(owner), tuple(_spans(shares)), f"{short(rate)} days", f"{short(max(days))} days")


def _days_by_week(case: RenderContext, owner: str) -> list[float]:
    plan = case.plan
    own = [placement for placement in plan.placements if placement.owner == owner]

    def of(placement: Placement, week: int) -> float:
        if placement.start_week <= week < placement.end_week:
            return placement.effort / (placement.end_week - placement.start_week)
        return placement.running_per_period / plan.weeks if week >= placement.end_week else 0.0

    return [sum(of(placement, week) for placement in own) for week in range(plan.weeks * plan.periods)]


def _spans(shares: list[float]) -> Iterator[LoadSpan]:
    for share, weeks in groupby(range(len(shares)), key=shares.__getitem__):
        within = [*weeks]
        yield LoadSpan(within[0], within[-1] + 1, share)

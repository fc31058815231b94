"""The charts of the set: gaps of all parts, the plan in its weeks, and where it leads; each beside its table."""

import datetime
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from assess.charts import (
    ChartPeriod,
    GapRow,
    GapsChart,
    GapsWords,
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
from assess.render.context import RenderContext
from assess.render.markdown import Markdown, concat
from assess.render.sections.cards import A_WEEK
from assess.render.sections.facts import COMING
from assess.words import day_in_words

FEWEST = 3
"""So many parts need a score before they are drawn."""
GAPS, PLAN, OUTLOOK = "charts/gaps.svg", "charts/plan.svg", "charts/outlook.svg"


class Pictures(NamedTuple):
    """What shows each chart in the roadmap, empty where there is none, and the charts by path."""

    gaps: Markdown
    plan: Markdown
    outlook: Markdown
    drawn: Mapping[str, str]


def pictures(case: RenderContext) -> Pictures:
    """The charts there are figures for."""
    gaps, plan, outlook = _gaps(case), _plan(case), _outlook(case)
    drawn = {GAPS: draw_gaps(gaps)} if gaps else {}
    drawn |= {PLAN: draw_plan(plan)} if plan else {}
    drawn |= {OUTLOOK: draw_outlook(outlook)} if outlook else {}
    return Pictures(_shown(GAPS, gaps), _shown(PLAN, plan), _shown(OUTLOOK, outlook), drawn)


def _shown(path: str, chart: GapsChart | PlanChart | OutlookChart | None) -> Markdown:
    return concat((Markdown("!["), chart.description, Markdown(f"]({path})"))) if chart else Markdown("")


def _ticks(case: RenderContext) -> tuple[Tick, ...]:
    """The levels of the rubric along the scale; without any its ends."""
    if case.rubric.levels:
        return tuple(Tick(level.at, level.title) for level in case.rubric.levels)
    return Tick(0, case.points(ROOT, 0)), Tick(100, case.points(ROOT, 100))


def _mark(case: RenderContext, node: str, value: float | None) -> Mark | None:
    return None if value is None else Mark(value, case.points(node, value, case.score(node).value))


def _gaps(case: RenderContext) -> GapsChart | None:
    scored = [node for node in case.principles if case.score(node).value is not None]
    if len(scored) < FEWEST:
        return None
    until = day_in_words(case.period_end(case.plan.periods))
    return GapsChart(
        title="Where each part stands",
        description="Now, plan and target of each part; the numbers stand in the table Where you stand",
        ticks=_ticks(case),
        rows=tuple(_gap(case, node, case.title(node)) for node in case.widest(case.principles)),
        whole=_gap(case, ROOT, "Overall"),
        words=GapsWords(lived=f"lived, by {until}"),
    )


def _gap(case: RenderContext, node: str, title: str) -> GapRow:
    """A part: now, where the plan leads it once it is lived, its target, and its bounds where answers are open."""
    score = case.score(node)
    now = Mark(score.value, case.now(node)) if score.value is not None else None
    end = case.plan.milestones[-1].values.get(node) if case.plan.milestones and case.plan.placements else None
    target = Mark(case.targets[node], case.target(node)) if node in case.targets else None
    is_open = score.low is not None and score.high is not None and case.between(node)[0] != case.between(node)[1]
    low, high = (_mark(case, node, value) if is_open else None for value in (score.low, score.high))
    return GapRow(title, now=now, lived=_mark(case, node, end), target=target, low=low, high=high)


def _plan(case: RenderContext) -> PlanChart | None:
    coming = [placed for placed in case.plan.placements if placed.period <= COMING]
    if not coming:
        return None
    last = max(*(placed.end_week for placed in coming), min(COMING, case.plan.periods) * case.plan.weeks)
    return PlanChart(
        title="The plan in its weeks",
        description="What starts in the periods with dates, and what each needs; the tables below hold the same days",
        weeks=last,
        periods=tuple(_periods(case)),
        bars=tuple(_bar(case, placed, coming) for placed in coming),
        closed=tuple(_closed(case, last)),
    )


def _periods(case: RenderContext) -> Iterator[ChartPeriod]:
    for number in range(min(COMING, case.plan.periods)):
        starts = case.plan.starts + number * case.plan.weeks * A_WEEK
        yield ChartPeriod(number * case.plan.weeks, f"Period {number + 1}", day_in_words(starts))


def _bar(case: RenderContext, placed: Placement, coming: list[Placement]) -> PlanBar:
    places = {each.initiative: at for at, each in enumerate(coming)}
    known = case.initiative(placed.initiative)
    return PlanBar(
        title=case.initiative_name(placed.initiative),
        kind="first" if placed.period == 1 else "second",
        first=placed.start_week,
        last=placed.end_week,
        starts=day_in_words(placed.starts),
        ends=day_in_words(placed.last_day),
        needs=tuple(places[name] for name in placed.needs if name in places),
        proof=Mark(placed.end_week + known.proof.weeks, day_in_words(placed.ends + known.proof.weeks * A_WEEK))
        if known and known.proof
        else None,
    )


def _closed(case: RenderContext, last: int) -> Iterator[WeekBand]:
    """The weeks in which nothing starts, as far as the chart goes."""
    for closed in case.sheet.engagement.no_start:
        first, until = (_week(case, day) for day in (closed.first, closed.last + datetime.timedelta(days=1)))
        if until > 0 and first < last:
            yield WeekBand(max(first, 0), min(until, last))


def _week(case: RenderContext, day: datetime.date) -> float:
    return (day - case.plan.starts) / A_WEEK


def _outlook(case: RenderContext) -> OutlookChart | None:
    if case.root.value is None or len(case.plan.milestones) < FEWEST - 1 or not case.plan.placements:
        return None
    points = []
    for stone in case.plan.milestones:
        day = day_in_words(case.period_end(stone.period)) if stone.period else "today"
        proved, lived = (stone.readings.get("proved"), stone.readings.get("adopted"))
        if not stone.period:
            now = Mark(case.root.value, case.now(ROOT))
            points.append(OutlookPoint(day, now, now))
        else:
            points.append(OutlookPoint(day, _mark(case, ROOT, proved), _mark(case, ROOT, lived)))
    target = Mark(case.targets[ROOT], case.target(ROOT)) if ROOT in case.targets else None
    return OutlookChart(
        title="Where the plan leads",
        description="The overall score from today on, lived and proved; the numbers stand in the table below",
        ticks=_ticks(case),
        points=tuple(points),
        target=target,
    )

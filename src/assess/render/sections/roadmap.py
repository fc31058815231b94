"""The plan as tables and cards: priorities, now, next and later, load, what is left out, and where it leads."""

import datetime
from typing import NamedTuple

from assess.model.initiatives import Initiative
from assess.model.roadmap import LeftOut, Load, Placement, Reading
from assess.model.rubric import ROOT
from assess.numbers import TOLERANCE, counted, rounded, short
from assess.render import gains
from assess.render.certainty import unheard_owners
from assess.render.context import DASH, RenderContext, as_sentence, is_gap
from assess.render.markdown import Markdown, concat, join, strong
from assess.render.tables import Cell, Right, Row

TIERS = {
    -1: "answers the key message",
    0: "is what others rest on",
    1: "lifts a condition that holds a score down, or settles an urgent contradiction",
    2: "lifts a key criterion",
    3: "lifts another criterion",
}


READINGS: dict[Reading, str] = {
    "work": "If work counted as soon as it ends",
    "proved": "Where a level counts once its paper is due",
}
NO_INITIATIVES = (
    "The rubric names no initiatives, so nothing is planned: this document says how things stand, not what to do."
)


class Roadmap(NamedTuple):
    """The tables of the plan; `nothing` stands in their place where the rubric names nothing to plan."""

    starts: str
    ends: str
    periods: str
    factor: str
    limits: str
    kept: str
    unheard: str
    idle: str
    priorities: tuple[Row, ...]
    now_from: str
    next_from: str
    now: tuple[Row, ...]
    next: tuple[Row, ...]
    later: tuple[Row, ...]
    loads: tuple[Row, ...]
    left_out: tuple[Row, ...]
    unanswered: Markdown
    not_yet: tuple[Row, ...]
    nothing: str


class ProjectedScores(NamedTuple):
    """Projected scores: when each period ends, and columns that follow the periods of the plan."""

    ends: str
    columns: tuple[str | Right, ...]
    rows: tuple[Row, ...]
    reaches: tuple[Row, ...]
    range: Markdown
    missing: Markdown


def roadmap(case: RenderContext) -> Roadmap:
    """The tables of the plan."""
    plan = case.plan
    placed = plan.placements
    return Roadmap(
        starts=plan.starts.isoformat(),
        ends=case.period_end(plan.periods).isoformat(),
        periods=f"{counted(plan.periods, 'period', 'periods')} of {counted(plan.weeks, 'week', 'weeks')}",
        factor=_factor(case),
        limits=_limits(case),
        kept=plan.note,
        unheard=_unheard(case),
        idle=_idle(case),
        priorities=_priorities(case),
        now_from=_span(case, 1),
        next_from=_span(case, 2),
        now=tuple(_step(case, p) for p in placed if p.period == 1),
        next=tuple(_step(case, p) for p in placed if p.period == 2),  # noqa: PLR2004 - the second period
        later=tuple(_step(case, p) for p in placed if p.period > 2),  # noqa: PLR2004 - what comes after the second
        loads=_loads(case),
        left_out=_left_out(case),
        unanswered=_unanswered(case),
        not_yet=_not_yet(case),
        nothing="" if case.rubric.initiatives else NO_INITIATIVES,
    )


def _unheard(case: RenderContext) -> str:
    """The roles that get work and were not heard; empty without any."""
    owners = unheard_owners(case)
    return (
        f"Given work here without having been heard: {', '.join(owners)}. Ask first whether they can." if owners else ""
    )


def _idle(case: RenderContext) -> str:
    """The roles that own initiatives of the rubric and have none in this plan; empty without any."""
    roles = ", ".join(case.role(role) for role in case.plan.idle)
    return f"Nothing in this plan to do for: {roles}." if roles else ""


def _limits(case: RenderContext) -> str:
    """The limits the plan keeps, and how it was found."""
    room, order = case.plan.room, case.plan.order
    starts = f"at most {room.per_week} initiatives start in a week and {room.per_period} in a period"
    at_once = f"{room.at_once} are in work at once, {room.at_owner} of one owner"
    week = f"no week takes more than {short(100 * room.burst, 0)}% of an owner's even share"
    free = f"{short(100 * room.reserve, 0)}% of a period's days stay free"
    unsaid = (
        "" if room.staff is not None else " How many people work here is not said; the limits are those of 100 or more."
    )
    tried = f"The order is the best of {order.trials} that were tried (seed {order.seed})." if order.trials else ""
    kept = " It was kept from an earlier search." if order.kept else ""
    return f"The plan keeps to limits: {starts}; {at_once}; {week}; {free}.{unsaid} {tried}{kept}".strip()


def _factor(case: RenderContext) -> str:
    """How the days of the rubric became those of this plan."""
    room = case.plan.room
    if all(i.effort.roles for i in case.rubric.initiatives):
        return ""
    size = f", times {short(room.factor, 2)} for the size of this organization" if room.factor != 1 else ""
    return (
        f"Where the rubric does not say days by role, the owner's are {short(room.owner_share, 2)} of the effort{size}."
    )


def _unanswered(case: RenderContext) -> Markdown:
    """The findings for which nothing is planned; gaps are counted."""
    open_findings = [f for f in case.diagnosis.findings if f.id in case.plan.unanswered]
    named = [case.finding_link(finding) for finding in open_findings if finding.red or finding.kind != "gap"]
    gaps = len(open_findings) - len(named)
    more = f"{counted(gaps, 'gap', 'gaps')} that nothing urgent hangs on" if gaps else ""
    if not named and not more:
        return Markdown("")
    return concat(("Nothing in this plan answers: ", join([*named, *([more] if more else [])], "; "), "."))


def _span(case: RenderContext, period: int) -> str:
    """The first and the last day of a period; empty for one the plan does not have."""
    first = case.plan.starts + datetime.timedelta(weeks=case.plan.weeks * (period - 1))
    return f"from {first.isoformat()} to {case.period_end(period).isoformat()}" if period <= case.plan.periods else ""


def _because_it(case: RenderContext, placement: Placement) -> Cell:
    """What an initiative stands in the order for."""
    if placement.tier == max(TIERS) and placement.initiative in case.decisions.steering.pinned:
        return "was decided on"
    return TIERS.get(placement.tier, str(placement.tier))


def _priorities(case: RenderContext) -> tuple[Row, ...]:
    ordered = sorted(case.plan.placements, key=lambda p: (p.turn, p.start_week, p.initiative))
    rows: list[Row] = [
        (
            rank,
            case.initiative_link(p.initiative),
            _because_it(case, p),
            gains.format_gain_alone(case, p),
            gains.without_it(case, p),
            short(p.effort),
            p.starts,
        )
        for rank, p in enumerate(ordered, 1)
    ]
    return tuple(rows)


def _step(case: RenderContext, placement: Placement) -> Row:
    known = case.initiative(placement.initiative)
    return (
        case.initiative_link(placement.initiative),
        case.role(placement.owner),
        placement.starts,
        placement.last_day,
        case.initiative_links(placement.needs),
        known.success if known and known.success else DASH,
    )


def _parts(load: Load) -> tuple[tuple[int, float], ...]:
    """What is printed of a load, so that what is left is the difference of printed numbers."""
    return (1, load.capacity), (-1, load.planned), (-1, load.running)


def _loads(case: RenderContext) -> tuple[Row, ...]:
    return tuple(
        (
            case.role(load.owner),
            load.period,
            short(load.planned),
            short(load.running),
            short(load.capacity),
            short(float(sum(signed * rounded(x, 1) for signed, x in _parts(load)))),
        )
        for load in sorted(case.plan.loads, key=lambda x: (case.role(x.owner), x.owner, x.period))
        if load.planned or load.running
    )


def _left_out(case: RenderContext) -> tuple[Row, ...]:
    """What is not in the plan, wanted ones first; initiatives with the same reason stand in one row."""
    alike: dict[LeftOut, list[str]] = {}
    for left in sorted(case.plan.left_out, key=lambda x: (not x.wanted, x.initiative)):
        alike.setdefault(left._replace(initiative=""), []).append(case.initiative_name(left.initiative))
    return tuple(
        (join(names, Markdown("<br>")), as_sentence(left.because), "yes" if left.wanted else "no")
        for left, names in alike.items()
    )


def _not_yet(case: RenderContext) -> tuple[Row, ...]:
    """What must not begin yet: steps of later periods that wait, and wanted ones that were left out."""
    rows: list[Row] = []
    for placement in case.plan.placements:
        known = case.initiative(placement.initiative)
        if placement.period > 1 and (placement.needs or (known and known.not_before)):
            waits = case.initiative_links(placement.needs) if placement.needs else Markdown(DASH)
            why = as_sentence(placement.why_not_earlier or "It needs others first.")
            rows.append((case.initiative_link(placement.initiative), placement.starts, waits, why))
    for left in case.plan.left_out:
        missing = _open_needs(case, left)
        if left.wanted and missing:
            name, links = case.initiative_name(left.initiative), case.initiative_links(missing)
            rows.append((name, "after this plan", links, as_sentence(left.because)))
    return tuple(rows)


def _open_needs(case: RenderContext, left: LeftOut) -> tuple[str, ...]:
    """What an initiative that was left out needs and neither the plan nor the past delivers."""
    known = case.initiative(left.initiative)
    return tuple(name for name in known.needs if not _is_delivered(case, name)) if known else ()


def _is_delivered(case: RenderContext, name: str) -> bool:
    """Whether an initiative is finished, planned, or has nothing left to lift up to the target."""
    known = case.initiative(name)
    if known is None:
        return False
    if known.id in case.sheet.engagement.done or known.id in case.placements:
        return True
    return bool(known.lifts) and all(_is_reached(case, node, level) for node, level in known.lifts.items())


def _is_reached(case: RenderContext, node: str, key: str) -> bool:
    level, score = case.level(node, key), case.scorecard.scores.get(node)
    if level is None or score is None or score.value is None:
        return False
    return score.value >= min(level.at, case.targets.get(node, level.at)) - TOLERANCE


def outlook(case: RenderContext) -> ProjectedScores:
    """Projected scores per node and period; without milestones there are no rows."""
    stones = case.plan.milestones
    names = ["Today" if m.period == 0 else f"End of period {m.period}" for m in stones]
    ends = [(m.period, case.period_end(m.period).isoformat()) for m in stones if m.period]
    told = ", ".join(f"period {period}{'' if place else ' ends'} on {day}" for place, (period, day) in enumerate(ends))
    columns: tuple[str | Right, ...] = ("Part", *(Right(name) for name in names), Right("Target"))
    rows: list[Row] = []
    for node in (*case.principles, ROOT) if stones else ():
        shown = case.link(node) if node != ROOT else strong("Overall")
        values = [case.points(node, m.values.get(node)) if m.period else case.now(node) for m in stones]
        rows.append((shown, *values, case.target(node)))
    rows += [_reading(case, words, reading) for reading, words in READINGS.items() if stones]
    return ProjectedScores(as_sentence(told), columns, tuple(rows), _reaches(case), _range(case), _missing(case))


def _reading(case: RenderContext, words: str, reading: Reading) -> Row:
    """The overall score by period in another reading of the plan."""
    stones = case.plan.milestones
    values = [case.points(ROOT, m.readings.get(reading)) if m.period else case.now(ROOT) for m in stones]
    return (words, *values, "")


def _reaches(case: RenderContext) -> tuple[Row, ...]:
    """The days on which the whole and its parts reach a level."""
    return tuple(
        (
            crossing.day,
            case.link(crossing.node) if crossing.node != ROOT else "Overall",
            case.level_title(crossing.node, crossing.level),
        )
        for crossing in case.plan.projection.crossings
    )


def _range(case: RenderContext) -> Markdown:
    """The range the plan leads to, what it rests on, and how it could come otherwise."""
    found, ends = case.plan.projection, gains.planned_range(case)
    if not ends or not case.plan.placements:
        return Markdown("")
    parts: list[str] = [
        f"The plan leads to {ends}: {gains.rests_on(case)}. ",
        f"If everything takes as long as feared, {found.fits} of {len(case.plan.placements)} initiatives still fit",
        f", and with proof it ends at {case.points(ROOT, found.low, case.root.value)}. "
        if found.low is not None
        else ". ",
    ]
    if found.weakest and found.high is not None and found.high - found.weakest[1] > TOLERANCE:
        name, value = found.weakest
        parts += [
            "If one initiative fails, ",
            case.initiative_link(name),
            f" costs most: the plan then ends at {case.points(ROOT, value, found.high)}. ",
        ]
    if found.leap:
        node, day, points = found.leap
        parts += [
            f"The largest single step comes on {day.isoformat()}, when ",
            case.link(node),
            f" moves the overall score by {_moves(case, points)} points.",
        ]
    return concat(parts)


def _moves(case: RenderContext, points: float) -> str:
    low, high = case.scale(ROOT)
    return short(abs(points * (high - low) / 100), 2)


def _missing(case: RenderContext) -> Markdown:
    """What the plan leaves open at its end: the distance that remains, in points of the root."""
    last = case.plan.milestones[-1].values.get(ROOT) if case.plan.milestones else None
    wanted = case.targets.get(ROOT)
    if last is None or wanted is None:
        return Markdown("")
    remains = case.short_of_target(ROOT, case.points(ROOT, last))
    if last >= wanted - TOLERANCE or not is_gap(remains):
        return Markdown("The plan reaches the target.")
    return concat((f"When the plan ends, the overall score is still {remains} points short of its target.",))


def risks(case: RenderContext) -> tuple[Row, ...]:
    """What can go wrong with each initiative of the plan, and who watches it."""
    known = [(p, i) for p in case.plan.placements if (i := case.initiative(p.initiative)) and i.risk]
    return tuple(
        (case.initiative_link(p.initiative), as_sentence(i.risk), case.role(p.owner), _end(i) or DASH) for p, i in known
    )


def _end(initiative: Initiative) -> str:
    return as_sentence(initiative.stop_when or initiative.exit)

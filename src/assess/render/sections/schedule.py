"""The plan of the set: what starts when in the periods with dates, what comes after, and what stays open."""

from collections.abc import Iterator
from typing import NamedTuple

from assess.model.facts import FoundFact
from assess.model.roadmap import Placement
from assess.model.rubric import ROOT
from assess.numbers import counted, short
from assess.render.context import DASH, RenderContext, as_sentence
from assess.render.markdown import Markdown, concat, link
from assess.render.sections.cards import A_WEEK, proof_due
from assess.render.sections.facts import COMING, anchor_of, answered_by, is_coming, number_of, numbers_linked
from assess.render.tables import Row
from assess.words import day_in_words, short_day


class DatedPeriod(NamedTuple):
    """A period with dates: its number, its days in words, and what starts in it."""

    number: int
    span: str
    rows: tuple[Row, ...]


class Schedule(NamedTuple):
    """The plan: periods with dates, what comes after them, load, open facts, and where it leads."""

    lead: str
    periods: tuple[DatedPeriod, ...]
    after: tuple[Markdown | str, ...]
    loads: tuple[Row, ...]
    open: tuple[Row, ...]
    ends: tuple[Row, ...]


def schedule(case: RenderContext) -> Schedule:
    """The plan of the set."""
    return Schedule(
        lead=_lead(case),
        periods=tuple(_period(case, number) for number in range(1, min(COMING, case.plan.periods) + 1)),
        after=tuple(case.initiative_link(p.initiative) for p in _later(case)),
        loads=tuple(_loads(case)),
        open=tuple(_open(case, fact) for fact in case.facts.found if fact.red and not _is_answered(case, fact)),
        ends=tuple(_ends(case)),
    )


def _lead(case: RenderContext) -> str:
    placed = case.plan.placements
    if not placed:
        return "Nothing is planned."
    last = max(p.last_day for p in placed)
    room = case.plan.room
    return (
        f"{counted(len(placed), 'initiative', 'initiatives')}, at most {room.at_once} at once and {room.at_owner} per "
        f"owner, {day_in_words(case.plan.starts)} to {day_in_words(last)}. "
        f"{short(100 * room.reserve, 0)} percent of everybody's days stay free."
    )


def _later(case: RenderContext) -> tuple[Placement, ...]:
    return tuple(p for p in case.plan.placements if p.period > COMING)


def _period(case: RenderContext, number: int) -> DatedPeriod:
    first = case.plan.starts + (number - 1) * case.plan.weeks * A_WEEK
    span = f"{day_in_words(first)} to {day_in_words(case.period_end(number))}"
    return DatedPeriod(number, span, tuple(_row(case, p) for p in case.plan.placements if p.period == number))


def _row(case: RenderContext, placed: Placement) -> Row:
    due = proof_due(case, placed)
    return (
        case.initiative_link(placed.initiative),
        case.role(placed.owner),
        short_day(placed.starts),
        short_day(placed.last_day),
        short(placed.effort),
        ", ".join(_code(case, name) for name in placed.needs) or DASH,
        short_day(due) if due else DASH,
        numbers_linked(case, answered_by(case, placed.initiative)),
    )


def _code(case: RenderContext, name: str) -> str:
    known = case.initiative(name)
    return known.code or known.title if known else name


def _loads(case: RenderContext) -> Iterator[Row]:
    """Days of each owner in the periods with dates: booked with what keeps running, and how many there are."""
    by_owner: dict[str, dict[int, str]] = {}
    for load in case.plan.loads:
        if load.period <= COMING and (load.planned or load.running):
            booked = f"{short(load.planned + load.running)} of {short(load.capacity)}"
            by_owner.setdefault(load.owner, {})[load.period] = booked
    for owner in sorted(by_owner, key=case.role):
        yield case.role(owner), *(by_owner[owner].get(number, DASH) for number in range(1, COMING + 1))


def _is_answered(case: RenderContext, fact: FoundFact) -> bool:
    return any(is_coming(case, name) for name in fact.step.initiatives)


def _open(case: RenderContext, fact: FoundFact) -> Row:
    """A red fact that no initiative with dates answers, what would, and why not yet."""
    linked = link(f"{number_of(case, fact)} {fact.title}", anchor_of(case, fact))
    names = fact.step.initiatives
    left = {out.initiative: out.because for out in case.plan.left_out}
    later = [case.placements[name].why_not_earlier for name in names if name in case.placements]
    why = next(filter(None, (*later, *(left.get(name, "") for name in names))), "")
    would = ", ".join(case.initiative_name(name) for name in names)
    return linked, would or "No initiative of the rubric", as_sentence(why) or DASH


def _ends(case: RenderContext) -> Iterator[Row]:
    """The overall score at the end of each period: done, lived, and proved with all efforts at their high end."""
    for stone in case.plan.milestones if case.root.value is not None else ():
        values = stone.readings.get("work"), stone.values.get(ROOT), stone.lows.get(ROOT)
        if stone.period:
            name = concat((f"period {stone.period}, {day_in_words(case.period_end(stone.period))}",))
            told = tuple(case.points(ROOT, value, case.root.value) for value in values)
        else:
            name, told = concat(("today",)), (case.now(ROOT),) * len(values)
        yield name, *told

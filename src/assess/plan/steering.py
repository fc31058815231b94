"""What was decided about initiatives, as a planner follows it.

Why a pin wins over numbers and over nothing else: docs/decisions/0046.
"""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from itertools import product
from typing import NamedTuple

from assess.model.decisions import PlanSteering
from assess.model.roadmap import UnkeptPin
from assess.plan.calendar import Calendar, Ready
from assess.plan.outlook import Outlook
from assess.plan.rules import DAYS_A_WEEK, PlanRules, Task
from assess.words import day_in_words, listed

MORE_DAYS = range(2, 31, 2)
"""Person-days more in a period that are tried for what found no room."""


def steering_for(outlook: Outlook) -> PlanSteering:
    """What was decided about the initiatives of an organization."""
    return outlook.organization.decisions.steering


def barred(outlook: Outlook) -> frozenset[str]:
    """The initiatives that were decided to be left out, and those that need one of them."""
    gone = set(steering_for(outlook).excluded & outlook.initiatives.keys())
    while more := {name for name, needs in outlook.needs.items() if name not in gone and _open(outlook, needs) & gone}:
        gone |= more
    return frozenset(gone)


def _open(outlook: Outlook, needs: Iterable[str]) -> set[str]:
    return {*needs} - outlook.finished


def allowed_weeks(outlook: Outlook, name: str) -> tuple[int, int | None]:
    """The first and the last week in which an initiative may start, as it was decided; None for any."""
    steering, rules = steering_for(outlook), outlook.rules
    first, last = steering.earliest.get(name), steering.latest.get(name)
    begins = rules.starts.toordinal()
    # A week is meant by its first day.
    earliest = -((begins - first.toordinal()) // DAYS_A_WEEK) if first else 0
    return max(earliest, 0), (last.toordinal() - begins) // DAYS_A_WEEK if last else None


class PinnedStarts(NamedTuple):
    """What is in the plan by decision with all it needs: the order, and the calendars it begins with.

    placed: all of them, each in its first weeks. fixed: those that no search may move; none where the limits on numbers
    leave a place for all.
    """

    order: tuple[str, ...]
    placed: Calendar
    fixed: Calendar


def pinned_starts(outlook: Outlook, works: Mapping[str, Task], ready_on: Callable[[Calendar], Ready]) -> PinnedStarts:
    """Place what was pinned before anything else, those first that may start last the earliest.

    The limits on numbers hold for them where they leave a place, and give way where they do not.
    """
    calendar, order = Calendar(outlook.rules), dict[str, None]()
    pins = _in_turn(works, steering_for(outlook).pinned & works.keys())
    needed, movable = frozenset(name for pin in pins for name in _needs_first(works, pin)), True
    for pin in pins:
        # What another pin needs, and this one is to come after, is placed with it, as long as both find a place.
        ways = (_needs_first(works, pin, needed), _needs_first(works, pin))
        for members, limits_hold in product(ways, (True, False)):
            trial = calendar.copy()
            ready = ready_on(trial)
            missing = [name for name in members if name not in trial.slots]
            if all(trial.book(works[name]._replace(pinned=not limits_hold), ready) for name in missing):
                calendar, movable = trial, movable and limits_hold
                order |= dict.fromkeys(members)
                break
    return PinnedStarts(tuple(order), calendar, Calendar(outlook.rules) if movable else calendar)


def _deadline(work: Task) -> float:
    return float("inf") if work.latest is None else work.latest


def _in_turn(works: Mapping[str, Task], pins: Iterable[str]) -> list[str]:
    """What is pinned, those first that may start last the earliest, and each behind what it is to come after."""
    found: dict[str, None] = {}
    wanted = sorted(pins, key=lambda name: (_deadline(works[name]), name))

    def put(name: str) -> None:
        for before in (*works[name].needs, *works[name].follows):
            if before in wanted and before not in found:
                put(before)
        found[name] = None

    for name in wanted:
        if name not in found:
            put(name)
    return [*found]


def _needs_first(works: Mapping[str, Task], pin: str, beside: AbstractSet[str] = frozenset()) -> list[str]:
    """A pinned initiative with what it needs, each after what it needs itself and what of some others it follows."""
    found: dict[str, None] = {}

    def put(name: str) -> None:
        for need in (*works[name].needs, *(each for each in works[name].follows if each in beside)):
            if need in works and need not in found:
                put(need)
        found[name] = None

    put(pin)
    return [*found]


def unkept_pins(
    outlook: Outlook, works: Mapping[str, Task], pinned: PinnedStarts, ready_on: Callable[[Calendar], Ready]
) -> tuple[UnkeptPin, ...]:
    """What was pinned and found no place: the decisions that clash, and the smallest change after which it would."""
    steering = steering_for(outlook)
    wanted = sorted(steering.pinned & outlook.initiatives.keys() - pinned.placed.slots.keys() - outlook.named_done)
    return tuple(_unkept(outlook, works, pinned.placed, ready_on, name) for name in wanted)


def _unkept(
    outlook: Outlook, works: Mapping[str, Task], calendar: Calendar, ready_on: Callable[[Calendar], Ready], name: str
) -> UnkeptPin:
    steering, brief = steering_for(outlook), _brief(outlook, name)
    closure = outlook.prerequisites(name, frozenset())
    out = sorted(closure & steering.excluded)
    if out:
        others = listed(_brief(outlook, other) for other in out)
        said = f"{brief} is pinned, and needs {others}, which is left out by decision"
        return UnkeptPin(name, said, tuple(out), f"take the exclusion of {others} back, or the pin")
    dated = {*steering.latest, *steering.earliest, *steering.after}
    bound = tuple(each for each in sorted(closure) if each in dated or (each in works and works[each].precedes))
    members = [each for each in _needs_first(works, name) if each not in calendar.slots]
    start = _start(calendar, works, members, ready_on, lambda work: work._replace(latest=None, pinned=True))
    if start is not None:
        day = day_in_words(outlook.rules.day(start))
        late = [each for each in members if works[each].latest is not None]
        names = listed(_brief(outlook, each) for each in late)
        said = f"{brief} is pinned and cannot start before {day}, with what it needs and the days of those who do it"
        way_out = f"let {names} start until {day} or later" if late else "take back what it is to come before or after"
        return UnkeptPin(name, said, bound, way_out)
    said = f"{brief} is pinned and finds no place within the plan"
    horizon = outlook.rules.horizon
    long = [each for each in members if works[each].asked > horizon]
    if long:
        names, weeks = listed(_brief(outlook, each) for each in long), max(works[each].asked for each in long)
        way_out = f"let {names} take fewer weeks, or give the plan more periods"
        return UnkeptPin(name, f"{said}: {names} takes {weeks} weeks, and the plan has {horizon}", bound, way_out)
    return UnkeptPin(name, said, bound, _with_days(outlook, works, calendar, members, ready_on))


def _start(
    calendar: Calendar,
    works: Mapping[str, Task],
    members: Iterable[str],
    ready_on: Callable[[Calendar], Ready],
    eased: Callable[[Task], Task],
) -> int | None:
    """The week the last of some initiatives starts in where the rules are eased; None where it finds no place."""
    trial = calendar.copy()
    ready, last = ready_on(trial), None
    for name in members:
        if not trial.book(eased(works[name]), ready):
            return None
        last = trial.slots[name].start
    return last


def _with_days(
    outlook: Outlook,
    works: Mapping[str, Task],
    calendar: Calendar,
    members: Iterable[str],
    ready_on: Callable[[Calendar], Ready],
) -> str:
    """How many more days of their owners a period would make room for some initiatives."""
    rules, owners = outlook.rules, sorted({works[name].owner for name in members})
    for more in MORE_DAYS:
        wider = rules._replace(capacity={**rules.capacity, **{owner: rules.of(owner) + more for owner in owners}})

        def eased(work: Task, wider: PlanRules = wider) -> Task:
            weeks = wider.stretched(work.owner, work.asked, work.days)
            return work._replace(latest=None, pinned=True, weeks=weeks)

        if _start(calendar.under(wider, works), works, members, ready_on, eased) is not None:
            titles = listed(outlook.organization.role(owner) for owner in owners)
            return f"give {titles} {more} more days a period, or a longer plan"
    return "give it another owner or less effort, or the plan more periods"


def _brief(outlook: Outlook, name: str) -> str:
    return outlook.initiatives[name].code or outlook.initiatives[name].title

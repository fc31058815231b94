"""Weeks and people: what is booked, and what is in the way of a start (docs/method.md, section 9.3)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from assess.model.roadmap import Load
from assess.numbers import TOLERANCE
from assess.plan.rules import PlanRules, Task

ObstacleKind = Literal[
    "horizon", "need", "condition", "closed", "latest", "per_week", "per_period", "at_once", "at_owner",
    "week", "period", "running",
]  # fmt: skip
Ready = Callable[[Task, int], bool]


class Slot(NamedTuple):
    """The weeks of some work, from `start` up to and without `end`."""

    start: int
    end: int


class Obstacle(NamedTuple):
    """What is in the way of a start: the kind, and the week or period it is about (counted as in `PlanRules`)."""

    kind: ObstacleKind
    at: int = 0
    initiative: str = ""


class _Diary(NamedTuple):
    """What one owner has to do: initiatives in work and person-days by week, person-days by period from 0."""

    work: list[int]
    days: list[float]
    periods: list[float]
    most_a_week: float
    most_a_period: float

    def copy(self) -> "_Diary":
        """The same to write on."""
        return _Diary(self.work[:], self.days[:], self.periods[:], self.most_a_week, self.most_a_period)


class Calendar:
    """What is booked under some rules; `slots` by initiative."""

    def __init__(self, rules: PlanRules) -> None:
        self.rules = rules
        self.slots: dict[str, Slot] = {}
        self._in_work = [0] * rules.horizon
        self._starts = [0] * rules.horizon
        self._begun = [0] * rules.periods
        self._diaries: dict[str, _Diary] = {}

    def copy(self) -> "Calendar":
        """A calendar to try things out in."""
        found = Calendar.__new__(Calendar)
        found.rules, found.slots = self.rules, self.slots.copy()
        found._in_work, found._starts, found._begun = self._in_work[:], self._starts[:], self._begun[:]  # noqa: SLF001 - of the same kind
        found._diaries = {owner: diary.copy() for owner, diary in self._diaries.items()}  # noqa: SLF001
        return found

    def under(self, rules: PlanRules, works: Mapping[str, Task]) -> "Calendar":
        """What is booked, at the same weeks, under other rules."""
        return booked(rules, works, self.slots)

    def book(self, work: Task, ready: Ready) -> bool:
        """Give work the first weeks in which nothing is in the way; whether there are any.

        `ready` tells whether the condition of the work holds in a week.
        """
        start = self.first_week(work, ready)
        if start is None:
            return False
        self.take(work, start)
        return True

    def first_week(self, work: Task, ready: Ready) -> int | None:
        """The first week without an obstacle; None where there is none."""
        if any(need not in self.slots for need in work.needs):
            return None
        start, last = self._bounds(work)
        diary = self._diary(work.owner)
        while start <= last:
            following = self._next(work, start, diary)
            if following == start:
                if not work.waits or ready(work, start):
                    return start
                following = start + 1
            start = following
        return None

    def _bounds(self, work: Task) -> tuple[int, int]:
        """The first and the last week that dates and other initiatives leave to work, all it needs being booked."""
        before = [self.slots[name].end for name in (*work.needs, *work.follows) if name in self.slots]
        behind = [self.slots[name].start - work.weeks for name in work.precedes if name in self.slots]
        latest = [] if work.latest is None else [work.latest]
        return max([work.earliest, *before]), min([self.rules.horizon - work.weeks, *latest, *behind])

    def _next(self, work: Task, start: int, diary: _Diary) -> int:
        """The week itself where the numbers allow a start, else the next one that may be better."""
        rules = self.rules
        if start in rules.closed:
            return start + 1
        if not work.pinned:
            if self._starts[start] >= rules.per_week:
                return start + 1
            period = start // rules.weeks
            if self._begun[period] >= rules.per_period:
                return (period + 1) * rules.weeks
        end = start + work.weeks
        busy = self._last_busy(work, start, end, diary)
        if busy is not None:
            return busy + 1
        late = self._last_overrun(work, end, diary)
        if late is not None:
            # As long as it ends by then, its running cost falls into that week.
            return max(late - work.weeks + 1, start + 1)
        return start if self._full_period(work, start, end, diary) is None else start + 1

    def _last_busy(self, work: Task, start: int, end: int, diary: _Diary) -> int | None:
        """The last week of the work in which too much is in work already, or its owner has too few days left."""
        rules, room = self.rules, diary.most_a_week - work.rate + TOLERANCE
        days = diary.days[start:end]
        full = work.days > 0 and max(days) > room
        many = not work.pinned and (
            max(self._in_work[start:end]) >= rules.at_once or max(diary.work[start:end]) >= rules.at_owner
        )
        if not (full or many):
            return None
        return next(
            week
            for week in range(end - 1, start - 1, -1)
            if (full and diary.days[week] > room)
            or (many and (self._in_work[week] >= rules.at_once or diary.work[week] >= rules.at_owner))
        )

    def _last_overrun(self, work: Task, end: int, diary: _Diary) -> int | None:
        """The last week after the work in which its owner has no room for its running cost."""
        room = diary.most_a_week - work.running + TOLERANCE
        if not work.running or end >= self.rules.horizon or max(diary.days[end:]) <= room:
            return None
        return next(week for week in range(self.rules.horizon - 1, end - 1, -1) if diary.days[week] > room)

    def _full_period(self, work: Task, start: int, end: int, diary: _Diary) -> int | None:
        """The first period, from 0, in which its owner has too few days left."""
        room = diary.most_a_period + TOLERANCE
        for period, days in self._shares(work, start, end):
            if days > TOLERANCE and diary.periods[period] + days > room:
                return period
        return None

    def _shares(self, work: Task, start: int, end: int) -> Iterator[tuple[int, float]]:
        """The person-days of some work in each period, from 0, that it or its running cost touches."""
        weeks = self.rules.weeks
        last = self.rules.periods if work.running else (end - 1) // weeks + 1
        for period in range(start // weeks, last):
            first, behind = period * weeks, (period + 1) * weeks
            days = work.rate * max(min(end, behind) - max(start, first), 0)
            yield period, days + (work.running * max(behind - max(end, first), 0) if work.running else 0.0)

    def take(self, work: Task, start: int) -> None:
        """Book work from a week on, whatever is in the way."""
        end, diary = start + work.weeks, self._diary(work.owner)
        self.slots[work.initiative] = Slot(start, end)
        self._starts[start] += 1
        self._begun[start // self.rules.weeks] += 1
        rate = work.rate
        for week in range(start, end):
            self._in_work[week] += 1
            diary.work[week] += 1
            diary.days[week] += rate
        if work.running:
            for week in range(end, self.rules.horizon):
                diary.days[week] += work.running
        for period, days in self._shares(work, start, end):
            diary.periods[period] += days

    def obstacles(self, work: Task, start: int, ready: Ready) -> tuple[Obstacle, ...]:
        """Everything that is in the way of a start in a week; of several weeks the first each."""
        rules, end, diary = self.rules, start + work.weeks, self._diary(work.owner)
        if end > rules.horizon:
            return (Obstacle("horizon"),)
        waiting = [need for need in work.needs if need not in self.slots or self.slots[need].end > start]
        waiting += [name for name in work.follows if name in self.slots and self.slots[name].end > start]
        found = [Obstacle("need", initiative=need) for need in waiting]
        found += [Obstacle("closed", start)] if start in rules.closed else []
        late = work.latest is not None and start > work.latest
        late = late or any(self.slots[name].start < end for name in work.precedes if name in self.slots)
        found += [Obstacle("latest", start)] if late or start < work.earliest else []
        found += self._numbers(start, end, diary) if not work.pinned else []
        room = diary.most_a_week - work.rate + TOLERANCE
        found += _first("week", (w for w in range(start, end) if work.days > 0 and diary.days[w] > room))
        room = diary.most_a_week - work.running + TOLERANCE
        found += _first("running", (w for w in range(end, rules.horizon) if work.running and diary.days[w] > room))
        period = self._full_period(work, start, end, diary)
        found += [] if period is None else [Obstacle("period", period + 1)]
        if not waiting and work.waits and not ready(work, start):
            found.append(Obstacle("condition"))
        return tuple(found)

    def _numbers(self, start: int, end: int, diary: _Diary) -> list[Obstacle]:
        rules, period = self.rules, start // self.rules.weeks
        found = [Obstacle("per_week", start)] if self._starts[start] >= rules.per_week else []
        found += [Obstacle("per_period", period + 1)] if self._begun[period] >= rules.per_period else []
        found += _first("at_once", (week for week in range(start, end) if self._in_work[week] >= rules.at_once))
        found += _first("at_owner", (week for week in range(start, end) if diary.work[week] >= rules.at_owner))
        return found

    def _diary(self, owner: str) -> _Diary:
        found = self._diaries.get(owner)
        if found is None:
            rules = self.rules
            most = rules.most_a_week(owner), rules.most_a_period(owner)
            found = _Diary([0] * rules.horizon, [0.0] * rules.horizon, [0.0] * rules.periods, *most)
            self._diaries[owner] = found
        return found


def _first(kind: ObstacleKind, weeks: Iterator[int]) -> list[Obstacle]:
    week = next(weeks, None)
    return [] if week is None else [Obstacle(kind, week)]


def loads(rules: PlanRules, works: Mapping[str, Task], slots: Mapping[str, Slot]) -> tuple[Load, ...]:
    """Person-days per period of every owner who has any, owners in the order of their ids."""
    planned: dict[tuple[str, int], float] = {}
    running: dict[tuple[str, int], float] = {}
    for name, slot in sorted(slots.items()):
        work = works[name]
        for week in range(slot.start, slot.end):
            key = work.owner, rules.period(week)
            planned[key] = planned.get(key, 0.0) + work.rate
        for week in range(slot.end, rules.horizon) if work.running else ():
            key = work.owner, rules.period(week)
            running[key] = running.get(key, 0.0) + work.running
    owners = sorted({owner for (owner, _), days in (*planned.items(), *running.items()) if days})
    return tuple(
        Load(owner, p, planned.get((owner, p), 0.0), running.get((owner, p), 0.0), rules.of(owner))
        for owner in owners
        for p in range(1, rules.periods + 1)
    )


def booked(rules: PlanRules, works: Mapping[str, Task], slots: Mapping[str, Slot], but: Iterable[str] = ()) -> Calendar:
    """The calendar of some slots, without those of some initiatives."""
    found, left_out = Calendar(rules), frozenset(but)
    for name, slot in sorted(slots.items(), key=lambda entry: (entry[1].start, entry[0])):
        if name not in left_out:
            found.take(works[name], slot.start)
    return found

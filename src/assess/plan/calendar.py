"""Weeks and people: when an initiative can start under prerequisites, capacity and the number at once."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from assess.model.engagement import Engagement
from assess.model.policies import PlanPolicy, Size
from assess.model.roadmap import Load
from assess.model.rubric import Rubric
from assess.numbers import TOLERANCE

DAYS_A_WEEK = 7
WEEKS_A_QUARTER = 13
SIZES = (Size(staff_below=100, effort=0.5), Size(staff_above=10_000, effort=2))


class Frame(NamedTuple):
    """The room there is: periods of some weeks, person-days per owner and period, initiatives at once per owner."""

    starts: datetime.date
    periods: int
    weeks: int
    capacity: Mapping[str, float]
    default_capacity: float
    at_once: int

    @property
    def horizon(self) -> int:
        """The number of weeks in the plan."""
        return self.periods * self.weeks

    def period(self, week: int) -> int:
        """The period of a week; weeks count from 0, periods from 1."""
        return week // self.weeks + 1

    def day(self, week: int) -> datetime.date:
        """The first day of a week, the last day there is for plans beyond it."""
        ordinal = self.starts.toordinal() + week * DAYS_A_WEEK
        return datetime.date.fromordinal(min(ordinal, datetime.date.max.toordinal()))

    def of(self, owner: str) -> float:
        """Person-days of an owner in one period."""
        return self.capacity.get(owner, self.default_capacity)

    def running(self, a_quarter: float) -> float:
        """Person-days per period of a cost of so many a quarter."""
        return a_quarter * self.weeks / WEEKS_A_QUARTER


class Task(NamedTuple):
    """One initiative as work: person-days spread evenly over its weeks, and person-days per period afterwards."""

    initiative: str
    owner: str
    weeks: int
    effort: float
    running: float
    needs: tuple[str, ...]
    waits: bool = False


class Slot(NamedTuple):
    """The weeks of a task, from `start` up to and without `end`; `after`: what kept it from starting a week earlier."""

    start: int
    end: int
    after: "Obstacle | None" = None


class Obstacle(NamedTuple):
    """Why a task cannot start in a week: what is in the way, in which period, or which prerequisite."""

    kind: Literal["horizon", "need", "condition", "at_once", "capacity", "running"]
    period: int = 0
    initiative: str = ""


class Refusal(NamedTuple):
    """A task that fits nowhere: the earliest week its prerequisites allow, and what is in the way from there on."""

    initiative: str
    earliest: int
    obstacles: tuple[Obstacle, ...]


@dataclass
class Calendar:
    """What is booked: slots by initiative, person-days by owner and period, initiatives by owner and week."""

    frame: Frame
    slots: dict[str, Slot] = field(default_factory=dict)
    planned: dict[tuple[str, int], float] = field(default_factory=dict)
    running: dict[tuple[str, int], float] = field(default_factory=dict)
    active: dict[tuple[str, int], int] = field(default_factory=dict)

    def copy(self) -> "Calendar":
        """A calendar to try things out in."""
        return Calendar(self.frame, {**self.slots}, {**self.planned}, {**self.running}, {**self.active})

    def book(self, task: Task, holds: Callable[[frozenset[str]], bool]) -> Refusal | None:
        """Give a task its earliest weeks, or say why there are none; what it needs must be booked.

        `holds` tells whether the task's own condition holds once some initiatives are done.
        """
        ends = {need: self.slots[need].end for need in task.needs}
        earliest = max(ends.values(), default=0)
        last = next((need for need in sorted(ends) if ends[need] == earliest and earliest), None)
        before = Obstacle("need", initiative=last) if last else None
        met: dict[Obstacle, None] = {}
        for start in range(earliest, self.frame.horizon - task.weeks + 1):
            obstacle = self._obstacle(task, start, holds)
            if obstacle is None:
                self._take(task, Slot(start, start + task.weeks, before))
                return None
            met[obstacle] = None
            before = obstacle
        return Refusal(task.initiative, earliest, tuple(met) or (Obstacle("horizon"),))

    def done_by(self, week: int) -> frozenset[str]:
        """What is finished when a week begins."""
        return frozenset(name for name, slot in self.slots.items() if slot.end <= week)

    def loads(self) -> tuple[Load, ...]:
        """Person-days per period of every owner who has any, owners in the order of their ids."""
        booked = [*self.planned.items(), *self.running.items()]
        owners = sorted({owner for (owner, _), days in booked if days})
        return tuple(
            Load(owner, p, self.planned.get((owner, p), 0.0), self.running.get((owner, p), 0.0), self.frame.of(owner))
            for owner in owners
            for p in range(1, self.frame.periods + 1)
        )

    def _obstacle(self, task: Task, start: int, holds: Callable[[frozenset[str]], bool]) -> Obstacle | None:
        owner, frame = task.owner, self.frame
        for week in range(start, start + task.weeks):
            if self.active.get((owner, week), 0) >= frame.at_once:
                return Obstacle("at_once", frame.period(week))
        for period, days in self._shares(task, start):
            if days > TOLERANCE and self._used(owner, period) + days > frame.of(owner) + TOLERANCE:
                return Obstacle("capacity", period)
        for period in self._later(task, start + task.weeks):
            if self._used(owner, period) + task.running > frame.of(owner) + TOLERANCE:
                return Obstacle("running", period)
        return Obstacle("condition") if task.waits and not holds(self.done_by(start)) else None

    def _take(self, task: Task, slot: Slot) -> None:
        self.slots[task.initiative] = slot
        for week in range(slot.start, slot.end):
            self.active[task.owner, week] = self.active.get((task.owner, week), 0) + 1
        for period, days in self._shares(task, slot.start):
            self.planned[task.owner, period] = self.planned.get((task.owner, period), 0.0) + days
        for period in self._later(task, slot.end):
            self.running[task.owner, period] = self.running.get((task.owner, period), 0.0) + task.running

    def _used(self, owner: str, period: int) -> float:
        return self.planned.get((owner, period), 0.0) + self.running.get((owner, period), 0.0)

    def _shares(self, task: Task, start: int) -> Iterator[tuple[int, float]]:
        """The person-days of a task in each period it touches."""
        end = start + task.weeks
        for period in range(self.frame.period(start), self.frame.period(end - 1) + 1):
            first, last = (period - 1) * self.frame.weeks, period * self.frame.weeks
            yield period, task.effort * (min(end, last) - max(start, first)) / task.weeks

    def _later(self, task: Task, end: int) -> range:
        """The periods that bear the running cost: those after the one in which the task ends."""
        return range(self.frame.period(end - 1) + 1, self.frame.periods + 1) if task.running else range(0)


def frame_of(rubric: Rubric, engagement: Engagement) -> Frame:
    """The room an engagement gives, else the rubric's policy."""
    policy: PlanPolicy = rubric.policies.plan
    return Frame(
        starts=engagement.start_on or engagement.assessed_on,
        periods=engagement.periods or policy.periods,
        weeks=engagement.weeks or policy.weeks,
        capacity=engagement.capacity,
        default_capacity=engagement.capacity.get("default", policy.capacity),
        at_once=engagement.at_once or policy.at_once or 5,
    )


def effort_factor(rubric: Rubric, staff: int | None) -> float:
    """The factor on effort for an organization of a size: the first that fits, else 1; 1 where the size is unknown."""
    if staff is not None:
        for size in rubric.policies.plan.sizes or SIZES:
            below = size.staff_below is None or staff < size.staff_below
            if below and (size.staff_above is None or staff > size.staff_above):
                return size.effort
    return 1.0

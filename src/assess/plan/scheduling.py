"""Orders become calendars: each initiative in its turn in the first week in which nothing is in the way.

This is serial schedule generation (Kolisch and Sprecher 1997; docs/method.md, section 9.5).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from assess.model.initiatives import Span
from assess.plan.calendar import Calendar, Ready
from assess.plan.clock import Clock
from assess.plan.outlook import Outlook
from assess.plan.rules import PlanRules, Task
from assess.plan.states import StateTree, at
from assess.plan.steering import allowed_weeks, barred, pinned_starts, steering_for

Effort = Literal["middle", "high"]


def works_for(outlook: Outlook, effort: Effort = "middle") -> dict[str, Task]:
    """Every initiative that may be planned as work of its owner, at the middle or the high end of its effort.

    Not named as done, nor left out by decision; owner, effort, weeks, dates and order as they were decided.
    """
    gone = outlook.named_done | barred(outlook)
    follows = {name: _follows(outlook, name) for name in outlook.initiatives}
    behind: dict[str, list[str]] = {}
    for name in sorted(follows):
        for before in follows[name]:
            behind.setdefault(before, []).append(name)
    works = {name: _work(outlook, name, effort) for name in outlook.initiatives if name not in gone}
    return {
        name: work._replace(follows=follows[name], precedes=tuple(behind.get(name, ()))) for name, work in works.items()
    }


def effort_factor(rules: PlanRules, *, by_role: bool) -> float:
    """The factor on the days of an owner: those said by role shrink with the size and do not grow with it.

    Others are the effort of all, which grows, and of which the owner has a share.
    """
    return min(rules.factor, 1.0) if by_role else rules.factor * rules.owner_share


def _work(outlook: Outlook, name: str, effort: Effort) -> Task:
    known, rules, steering = outlook.initiatives[name], outlook.rules, steering_for(outlook)
    span = days_of(outlook, name)
    days = span.high if effort == "high" else (span.low + span.high) / 2
    owner, weeks = steering.owners.get(name, known.owner), steering.weeks.get(name, known.weeks)
    earliest, latest = allowed_weeks(outlook, name)
    return Task(
        initiative=name,
        owner=owner,
        weeks=rules.stretched(owner, weeks, days),
        asked=weeks,
        days=days,
        running=known.own_running() / 13,
        needs=tuple(need for need in outlook.needs[name] if need not in outlook.finished),
        earliest=earliest,
        latest=latest,
        waits=known.not_before is not None or name in outlook.blocked_by,
    )


def _follows(outlook: Outlook, name: str) -> tuple[str, ...]:
    """What must have ended before an initiative if it is planned: what was decided, and needs that are met already."""
    met = (need for need in outlook.needs[name] if need in outlook.finished)
    return tuple(dict.fromkeys((*met, *steering_for(outlook).after.get(name, ()))))


def days_of(outlook: Outlook, name: str) -> Span:
    """Person-days of the owner of an initiative: as they were decided, else those of the rubric at this size."""
    known = outlook.initiatives[name]
    decided = steering_for(outlook).efforts.get(name)
    if decided is not None:
        return decided
    span, factor = known.own_days(), effort_factor(outlook.rules, by_role=bool(known.effort.roles))
    return Span(low=span.low * factor, high=span.high * factor)


class Scheduler:
    """Makes calendars of orders, under the rules and conditions of one organization."""

    def __init__(self, outlook: Outlook, states: StateTree, works: Mapping[str, Task]) -> None:
        self.outlook, self.states, self.works = outlook, states, works
        self.rules = outlook.rules
        self.clock: Clock = states.clock
        self.gates = {gate.id: gate.when for gate in outlook.rubric.all_gates()}
        self.pinned = pinned_starts(outlook, works, self.ready)

    def schedule(self, order: Iterable[str], begun: Calendar | None = None) -> Calendar:
        """The calendar of an order, after what is booked already; what does not fit, and what needs it, is left out.

        Without anything booked it begins with what was pinned and cannot be moved.
        """
        calendar = (begun or self.pinned.fixed).copy()
        ready = self.ready(calendar)
        for name in order:
            if name not in calendar.slots:
                calendar.book(self.works[name], ready)
        return calendar

    def ready(self, calendar: Calendar) -> Ready:
        """Whether the condition of some work holds in a week, on the adopted tree of what is booked."""

        def holds(work: Task, week: int) -> bool:
            ends = {name: slot.end for name, slot in calendar.slots.items()}
            return self.is_ready(work.initiative, week, ends)

        return holds

    def is_ready(self, name: str, week: int, ends: Mapping[str, int]) -> bool:
        """Whether `not_before` holds and no gate that blocks an initiative does, on the adopted tree of a week."""
        text = self.outlook.initiatives[name].not_before
        if text is not None and not self.states.holds(text, self._rungs(text, week, ends)):
            return False
        return not any(self._blocked(gate, week, ends) for gate in self.outlook.blocked_by.get(name, ()))

    def _blocked(self, gate: str, week: int, ends: Mapping[str, int]) -> bool:
        if gate in self.clock.caps and at(self.clock.steps(gate, ends), week):
            return False
        text = self.gates[gate]
        return self.states.holds(text, self._rungs(text, week, ends))

    def _rungs(self, text: str, week: int, ends: Mapping[str, int]) -> dict[str, int]:
        return {name: at(self.clock.steps(name, ends), week) for name in self.states.ways(text)}

    def repaired(self, order: Sequence[str]) -> list[str]:
        """An order in which everything stands behind what it needs; what it needs is put in where it is missing."""
        found: dict[str, None] = {}

        def put(name: str) -> None:
            if name not in found:
                for need in (*self.works[name].needs, *(n for n in self.works[name].follows if n in wanted)):
                    if need in self.works:
                        put(need)
                found[name] = None

        wanted = {*order}
        for name in order:
            put(name)
        return [*found]

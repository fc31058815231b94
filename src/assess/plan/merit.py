"""What makes one plan better than another: one key, compared from the left (docs/method.md, section 9.5)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assess.numbers import DIGITS
from assess.plan.calendar import Slot
from assess.plan.candidates import RedFacts
from assess.plan.clock import Clock, Steps
from assess.plan.rules import PlanRules, Task
from assess.plan.scheduling import Scheduler
from assess.plan.states import StateTree

FIRST_STARTS = 5
"""The key message is answered by one of the first so many starts."""
SOON = 2
"""Urgent facts are taken up by the end of this period."""
TOP_TIER = 1
_MOST_KEPT = 4000
Ends = Mapping[str, int]


class Merit(NamedTuple):
    """The first seven parts of what a plan is compared by; more is better in each.

    pinned: how much of what was decided to be in it is, with all that needs. headline: whether what answers the key
    message comes first. soon, answered: urgent facts taken up in time, and at all. delay: minus the weeks by which the
    first tiers start later than when always the best is taken. others: other urgent findings answered. level: the mean
    adopted value of the root on 0..100 to the end of the tail.
    """

    pinned: int
    headline: bool
    soon: int
    answered: int
    delay: int
    others: int
    level: float


MeritKey = tuple[Merit, tuple[float, int, tuple[str, ...]]]


class RootPath:
    """The value of the root week by week, for given ends of the initiatives, in one reading of the clock."""

    def __init__(self, states: StateTree) -> None:
        self.states = states
        self.clock: Clock = states.clock
        self.rules: PlanRules = self.clock.rules
        self._movers = {name: self._moved_by(name) for name in states.parts}
        self._known: dict[str, dict[tuple[int, ...], tuple[tuple[int, float], ...]]] = {n: {} for n in states.parts}
        self._every = tuple(sorted({name for names in self._movers.values() for name in names}))

    def mean(self, ends: Ends) -> float:
        """The mean of the root on 0..100 over the weeks of the plan and its tail."""
        until = self.rules.until
        found, week, value = 0.0, 0, None
        for when, then in self.values(ends):
            if when >= until:
                break
            found += (value or 0.0) * (when - week)
            week, value = when, then
        return (found + (value or 0.0) * (until - week)) / until

    def values(self, ends: Ends) -> list[tuple[int, float]]:
        """The weeks in which the root moves with its value from then on, today's in week 0 first."""
        running, until = self.states.running, self.rules.until
        if running is None:
            return self._whole_values(ends)
        moves = [0.0] * (until + 1)
        for place, name in enumerate(self.states.parts):
            before = 0.0
            for week, value in self._part(name, ends):
                if week >= until:
                    break
                term = running.term(place, value)
                moves[week] += term - before
                before = term
        found: list[tuple[int, float]] = []
        terms = 0.0
        for week, move in enumerate(moves):
            if move or not week:
                terms += move
                found.append((week, running.whole(terms)))
        return found

    def _part(self, name: str, ends: Ends) -> tuple[tuple[int, float], ...]:
        """The weeks in which a part of the root moves with its value from then on; empty where it has none."""
        key = tuple([ends.get(mover, -1) for mover in self._movers[name]])
        known = self._known[name]
        found = known.get(key)
        if found is None:
            if len(known) > _MOST_KEPT:
                known.clear()
            found = known[key] = self._work_out(name, ends)
        return found

    def _work_out(self, name: str, ends: Ends) -> tuple[tuple[int, float], ...]:
        reads = self.states.reads(name)
        steps = [self.clock.steps(each, ends) for each in reads]
        found: list[tuple[int, float]] = []
        for week, key in _states_by_week(steps):
            value = self.states.result_of(name, key).value
            if value is not None and (not found or found[-1][1] != value):
                found.append((week, value))
        return tuple(found)

    def _whole_values(self, ends: Ends) -> list[tuple[int, float]]:
        """The same for a root that is no sum of terms."""
        found: list[tuple[int, float]] = []
        names = self.clock.inputs
        steps = [self.clock.steps(each, ends) for each in names]
        for week, key in _states_by_week(steps):
            value = self.states.root({name: rung for name, rung in zip(names, key, strict=True) if rung})
            found.append((week, value or 0.0))
        return found

    def _moved_by(self, name: str) -> tuple[str, ...]:
        """The initiatives whose ends decide when a part of the root moves."""
        found: set[str] = set()
        for each in self.states.reads(name):
            found.update(self.clock.movers(each))
        return tuple(sorted(found))


def _states_by_week(steps: Sequence[Steps]) -> list[tuple[int, tuple[int, ...]]]:
    """The weeks in which anything gets further, with the rungs of all from then on; week 0 first."""
    events: dict[int, list[tuple[int, int]]] = {0: []}
    for place, each in enumerate(steps):
        for week, rung in each:
            events.setdefault(week, []).append((place, rung))
    stands = [0] * len(steps)
    found = []
    for week in sorted(events):
        for place, rung in events[week]:
            stands[place] = rung
        found.append((week, tuple(stands)))
    return found


class Judge:
    """Compares plans of one organization."""

    def __init__(
        self, scheduler: Scheduler, facts: RedFacts, remedies: frozenset[str], firsts: Mapping[str, int]
    ) -> None:
        self.scheduler = scheduler
        self.rules = scheduler.rules
        self.path = RootPath(scheduler.states)
        self.remedies = remedies
        self.firsts = firsts
        ways = {(finding.kind in ("clash", "gate"), finding.node, names) for finding, names in facts.findings.values()}
        self.facts = [names for fact, _, names in sorted(ways, key=lambda way: (way[1], sorted(way[2]))) if fact]
        self.others = [names for fact, _, names in sorted(ways, key=lambda way: (way[1], sorted(way[2]))) if not fact]

    def quick(self, slots: Mapping[str, Slot]) -> tuple[int, bool, int, int, int, int]:
        """What a plan is compared by before its level."""
        soon = SOON * self.rules.weeks
        first = [min((slots[name].start for name in names if name in slots), default=None) for names in self.facts]
        delay = sum(
            max((slots[name].start if name in slots else self.rules.horizon) - start, 0)
            for name, start in self.firsts.items()
        )
        return (
            sum(name in slots for name in self.scheduler.pinned.order),
            self._comes_first(slots),
            sum(start is not None and start < soon for start in first),
            sum(start is not None for start in first),
            -delay,
            sum(any(name in slots for name in names) for names in self.others),
        )

    def merit(self, slots: Mapping[str, Slot]) -> Merit:
        """What a plan is compared by, ties apart."""
        ends = {name: slot.end for name, slot in slots.items()}
        return Merit(*self.quick(slots), round(self.path.mean(ends), DIGITS))

    def key(self, slots: Mapping[str, Slot]) -> MeritKey:
        """What a plan is compared by: its merit, then fewer days, earlier starts, ids."""
        works: Mapping[str, Task] = self.scheduler.works
        days = sum(works[name].days for name in sorted(slots))
        starts = sum(slot.start for slot in slots.values())
        return self.merit(slots), (round(-days, DIGITS), -starts, tuple(sorted(slots)))

    def _comes_first(self, slots: Mapping[str, Slot]) -> bool:
        """Whether what answers the key message is among the first starts, or what it needs is and it starts at once."""
        if not self.remedies:
            return True
        order = sorted(slots, key=lambda name: (slots[name].start, name))
        first = {*order[:FIRST_STARTS]}
        if first & self.remedies:
            return True
        begun = [name for name in sorted(self.remedies & slots.keys()) if slots[name].start < self.rules.weeks]
        return any(first.intersection(self.scheduler.works[name].needs) for name in begun)

"""When each initiative can start, as rows of a program: the rules of docs/method.md, section 9.3.

A start lies in one of some steps of so many weeks. In steps of one week the rows say what the calendar says. In longer
ones each start is taken where it is in nobody's way, so that no plan in weeks is lost and a bound stays one.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from assess.plan.bound.program import DAYS, ONE, ZERO, Linear, Program, added
from assess.plan.calendar import Slot
from assess.plan.rules import PlanRules, Task


class Choice(NamedTuple):
    """One step in which an initiative can start: its first and last week that are allowed, from 0.

    begun: 1 where it has started by the end of the step. here: 1 where it starts in it.
    """

    first: int
    last: int
    begun: Linear
    here: Linear


class Starts:
    """The starts of some initiatives under the rules of a plan; those that are pinned have theirs."""

    def __init__(
        self, rules: PlanRules, works: Mapping[str, Task], pinned: Mapping[str, Slot], program: Program, step: int
    ) -> None:
        self.rules, self.works, self.program, self.step = rules, works, program, step
        self.pinned = pinned
        self.choices = {name: self._choices(work) for name, work in sorted(works.items())}
        self._firsts = {name: [choice.first for choice in found] for name, found in self.choices.items()}
        self._lasts = {name: [choice.last for choice in found] for name, found in self.choices.items()}
        self._keep_numbers()
        self._keep_days()
        self._keep_order()

    def _choices(self, work: Task) -> tuple[Choice, ...]:
        slot = self.pinned.get(work.initiative)
        if slot is not None:
            return (Choice(slot.start, slot.start, ONE, ONE),)
        if any(need not in self.works for need in work.needs):
            return ()
        rules = self.rules
        latest = rules.horizon - work.weeks if work.latest is None else min(work.latest, rules.horizon - work.weeks)
        steps: dict[int, list[int]] = {}
        for week in range(max(work.earliest, 0), latest + 1):
            if week not in rules.closed:
                steps.setdefault(week // self.step, []).append(week)
        found: list[Choice] = []
        before = ZERO
        for weeks in steps.values():
            begun = self.program.column(whole=True)
            self.program.never_above(added([before, begun.times(-1)]))
            found.append(Choice(weeks[0], weeks[-1], begun, added([begun, before.times(-1)])))
            before = begun
        return tuple(found)

    def begun(self, name: str, week: int) -> Linear:
        """1 where an initiative can have started by a week."""
        place = bisect_right(self._firsts[name], week) if name in self.choices else 0
        return self.choices[name][place - 1].begun if place else ZERO

    def surely_begun(self, name: str, week: int) -> Linear:
        """1 where an initiative has started by a week, wherever in its step it does."""
        place = bisect_right(self._lasts[name], week) if name in self.choices else 0
        return self.choices[name][place - 1].begun if place else ZERO

    def ended(self, name: str, week: int) -> Linear:
        """1 where the work on an initiative can have ended when a week begins."""
        return self.begun(name, week - self.works[name].weeks) if name in self.works else ZERO

    def planned(self, name: str) -> Linear:
        """1 where an initiative is in the plan."""
        return self.begun(name, self.rules.horizon)

    def given(self, slots: Mapping[str, Slot]) -> dict[int, float]:
        """The values of the columns of starts for a plan."""
        found: dict[int, float] = {}
        for name, choices in self.choices.items():
            start = slots[name].start if name in slots else self.rules.horizon
            for choice in choices:
                found |= {column: float(start <= choice.last) for column in choice.begun.factors}
        return found

    def slots(self, values: Iterable[float]) -> dict[str, Slot]:
        """The plan of some values, each start in the first week of its step."""
        known = [*values]
        found = {}
        for name, choices in self.choices.items():
            first = next((choice.first for choice in choices if choice.begun.at(known) > 0.5), None)  # noqa: PLR2004
            if first is not None:
                found[name] = Slot(first, first + self.works[name].weeks)
        return found

    def _keep_numbers(self) -> None:
        """So many in work and started at most; what is pinned takes its place first, whatever the numbers say."""
        rules, rows, taken = self.rules, dict[tuple[object, ...], list[Linear]](), dict[tuple[object, ...], int]()
        for name, choices in self.choices.items():
            for choice in choices:
                for key in self._counted(self.works[name], choice):
                    if name in self.pinned:
                        taken[key] = taken.get(key, 0) + 1
                    else:
                        rows.setdefault(key, []).append(choice.here)
        limits = {
            "at_once": rules.at_once, "at_owner": rules.at_owner, "per_period": rules.per_period,
            "per_week": rules.per_week * self.step,
        }  # fmt: skip
        for key, parts in rows.items():
            kind, owner = str(key[0]), str(key[1]) if len(key) > 2 else ""  # noqa: PLR2004 - kind, owner, week
            room = self.program.room(kind, owner).times(-1)
            self.program.never_above(added([*parts, room]), max(limits[kind] - taken.get(key, 0), 0))

    def _counted(self, work: Task, choice: Choice) -> Iterable[tuple[object, ...]]:
        """The limits on numbers that a start surely counts against."""
        for week in range(choice.last, choice.first + work.weeks):
            yield "at_once", week
            yield "at_owner", work.owner, week
        yield "per_week", choice.first // self.step
        if choice.first // self.rules.weeks == choice.last // self.rules.weeks:
            yield "per_period", choice.first // self.rules.weeks

    def _keep_days(self) -> None:
        """No week and no period takes more of an owner's days than it may."""
        weekly, by_period = dict[tuple[str, int], list[Linear]](), dict[tuple[str, int], list[Linear]]()
        for name, choices in self.choices.items():
            work = self.works[name]
            for choice in choices:
                for week, days in self._days(work, choice):
                    weekly.setdefault((work.owner, week), []).append(choice.here.times(days))
                for period, days in self._period_days(work, choice):
                    by_period.setdefault((work.owner, period), []).append(choice.here.times(days))
        rules, room = self.rules, self.program.room
        for (owner, _), parts in weekly.items():
            more = room(DAYS, owner).times(-rules.burst / rules.weeks)
            self.program.never_above(added([*parts, more]), rules.most_a_week(owner))
        for (owner, _), parts in by_period.items():
            more = room(DAYS, owner).times(rules.reserve - 1)
            self.program.never_above(added([*parts, more]), rules.most_a_period(owner))

    def _days(self, work: Task, choice: Choice) -> Iterable[tuple[int, float]]:
        """The days a start surely takes of each week."""
        if work.days > 0:
            for week in range(choice.last, choice.first + work.weeks):
                yield week, work.rate
        if work.running:
            for week in range(choice.last + work.weeks, self.rules.horizon):
                yield week, work.running

    def _period_days(self, work: Task, choice: Choice) -> Iterable[tuple[int, float]]:
        """The fewest days a start takes of each period, wherever in its step it lies."""
        for period in range(self.rules.periods):
            first, behind = period * self.rules.weeks, (period + 1) * self.rules.weeks
            days = min(
                work.rate * max(min(start + work.weeks, behind) - max(start, first), 0)
                + work.running * max(behind - max(start + work.weeks, first), 0)
                for start in range(choice.first, choice.last + 1)
            )
            if days > 0:
                yield period, days

    def _keep_order(self) -> None:
        """What an initiative needs has ended before it starts; what it follows as well, where both are planned."""
        for name, choices in self.choices.items():
            work = self.works[name]
            for choice in choices if name not in self.pinned else ():
                for need in work.needs:
                    self.program.never_above(added([choice.begun, self.ended(need, choice.last).times(-1)]))
            for other in (each for each in work.follows if each in self.works):
                # What is pinned took its place before anything else was there to be followed.
                if name not in self.pinned or name in self.works[other].precedes:
                    self._behind(name, other)

    def _behind(self, name: str, other: str) -> None:
        """Let an initiative start when another has ended, where both are planned."""
        for choice in self.choices[name]:
            early = added([self.planned(other), self.ended(other, choice.last).times(-1)])
            self.program.never_above(added([choice.begun, early]), 1.0)

"""Bounds on what any plan of one organization can be worth, for the plan that was found and for a favourite in it.

The mean adopted level is bounded among plans that keep all rules and are no worse in what comes before it.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from assess.plan.bound.levels import Levels
from assess.plan.bound.priorities import Priorities, hold_conditions
from assess.plan.bound.program import Program
from assess.plan.bound.starts import Starts
from assess.plan.calendar import Slot
from assess.plan.merit import Judge, Merit
from assess.plan.planner import Planner

MOST_IN_WEEKS = 40
"""Up to so many open initiatives starts are told apart by the week, beyond it by longer steps."""
ENOUGH = 2.5e-3
"""Points of the root between a bound and a plan of that worth that end the rounds: 0.0001 of four levels."""
ROUNDS = 12
PATH_POINTS = 12
"""States on the way of the plan in which means are held down from the beginning."""


class Proved(NamedTuple):
    """What no plan exceeds, and the best that was found, both as the mean of the root on 0..100 with its slots.

    bound: None where no plan keeps all rules and priorities. finished: whether there was time enough for both to meet.
    """

    bound: float | None
    level: float | None
    slots: Mapping[str, Slot]
    finished: bool
    seconds: float


class Prover:
    """Bounds plans of one organization that offer some initiatives, by steps of weeks that grow with their number."""

    def __init__(self, planner: Planner, judge: Judge, slots: Mapping[str, Slot], more: Iterable[str] = ()) -> None:
        self.planner, self.judge, self.slots = planner, judge, slots
        scheduler = planner.scheduler
        self.pinned = scheduler.pinned.fixed.slots
        names = {*planner.offered, *slots, *self.pinned}
        for name in more:
            names |= planner.outlook.prerequisites(name, frozenset())
        self.works = {name: planner.works[name] for name in sorted(names) if name in planner.works}
        unplaced = len(self.works) - len(self.pinned)
        self.step = 2 ** max(math.ceil(math.log2(max(unplaced / MOST_IN_WEEKS, 1))), 0)

    def prove(self, merit: Merit, seconds: float, favourite: str = "") -> Proved:
        """A bound on plans that are no worse than a merit in all that comes before the level.

        favourite: an initiative that has to be in the plan.
        """
        program = Program()
        starts, levels = self.hold(program, merit, favourite)
        program.goal = levels.mean()
        best = self.with_favourite(favourite) if favourite else dict(self.slots)
        self.first_tangents(levels, best)
        return self._rounds(program, starts, levels, seconds, best)

    def hold(self, program: Program, merit: Merit, favourite: str = "") -> tuple[Starts, Levels]:
        """Put the rules into a program, and what comes before the level; a favourite has to be in the plan."""
        starts = Starts(self.judge.rules, self.works, self.pinned, program, self.step)
        levels = Levels(self.planner.states, starts, program)
        Priorities(self.judge, starts, program).hold_to(merit)
        hold_conditions(self.judge, levels, starts, program)
        if favourite:
            program.never_above(starts.planned(favourite).times(-1), -1)
        return starts, levels

    def with_favourite(self, favourite: str) -> dict[str, Slot]:
        """The best plan in which a favourite and what it needs take their turn anywhere in the order of the plan."""
        scheduler = self.planner.scheduler
        order = sorted(self.slots, key=lambda name: (self.slots[name].start, name))
        closure = sorted(self.planner.outlook.prerequisites(favourite, frozenset()))
        found: list[dict[str, Slot]] = [dict(self.slots)] if favourite in self.slots else []
        for place in range(len(order) + 1):
            tried = scheduler.repaired([*order[:place], *closure, *order[place:]])
            slots = scheduler.schedule([name for name in tried if name in self.works]).slots
            found += [slots] if favourite in slots else []
        return max(found, key=self.judge.key, default={})

    def first_tangents(self, levels: Levels, slots: Mapping[str, Slot]) -> None:
        """Hold means down as things are, with everything done, and on the way of a plan."""
        ends = {name: slot.end for name, slot in slots.items()}
        levels.hold_tangents({})
        levels.hold_tangents(levels.full)
        for week in levels.weeks[:: max(len(levels.weeks) // PATH_POINTS, 1)]:
            levels.hold_tangents(levels.rungs(ends, week))

    def _rounds(
        self, program: Program, starts: Starts, levels: Levels, seconds: float, best: Mapping[str, Slot]
    ) -> Proved:
        """Solve, hold means down along the way that was found, and solve again until it is worth what is promised."""
        given, found = self._start(program, starts, best), dict(best)
        level = self._level(best) if given else None
        bound, used = math.inf, 0.0
        for _ in range(ROUNDS):
            solved = program.solve(given, seconds - used)
            used += solved.seconds
            if solved.bound is None:
                return Proved(None, None, {}, True, used)  # noqa: FBT003 - it is known
            bound = min(bound, solved.bound)
            if solved.values is not None:
                slots = starts.slots(solved.values)
                worth = self._level(slots)
                if self.step == 1 and (level is None or worth > level):
                    level, found, given = worth, slots, list(solved.values)
                self._hold_along(levels, slots)
            if bound - (level or 0.0) <= ENOUGH or used >= seconds or not (solved.finished and levels.bent):
                break
            given = None if given is None else program.completed(starts.given(found))
        finished = level is not None and bound - level <= ENOUGH
        return Proved(max(bound, level or 0.0), level, found if level is not None else {}, finished, used)

    def _start(self, program: Program, starts: Starts, slots: Mapping[str, Slot]) -> Sequence[float] | None:
        """The values of a plan that keeps all rows; None for another."""
        if not slots:
            return None
        values = program.completed(starts.given(slots))
        return values if program.keeps(values) else None

    def _level(self, slots: Mapping[str, Slot]) -> float:
        return self.judge.path.mean({name: slot.end for name, slot in slots.items()})

    def _hold_along(self, levels: Levels, slots: Mapping[str, Slot]) -> None:
        ends = {name: slot.end for name, slot in slots.items()}
        for week in levels.weeks:
            levels.hold_tangents(levels.rungs(ends, week), [week])

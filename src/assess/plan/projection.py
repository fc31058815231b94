"""Where a plan leads: values and levels by period in three readings, a range, and what one failure costs."""

import datetime
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from assess.formula import level_at
from assess.model.roadmap import Crossing, LevelStep, Milestone, ProjectedRange, Reading
from assess.model.rubric import ROOT
from assess.numbers import TOLERANCE
from assess.plan.calendar import Slot
from assess.plan.clock import Steps
from assess.plan.merit import RootPath
from assess.plan.scheduling import Scheduler, works_for
from assess.plan.states import TODAY, at

READINGS: tuple[Reading, ...] = ("work", "adopted", "proved")


class Prospects:
    """What a finished plan leads to, in weeks of its calendar."""

    def __init__(self, scheduler: Scheduler, slots: Mapping[str, Slot], order: Sequence[str]) -> None:
        self.scheduler, self.slots, self.order = scheduler, slots, order
        self.states, self.clock, self.rules = scheduler.states, scheduler.clock, scheduler.rules
        self.ends = {name: slot.end for name, slot in slots.items()}
        self.path = RootPath(self.states)
        self._steps = {
            reading: {name: self.clock.steps(name, self.ends, reading) for name in self.clock.inputs}
            for reading in READINGS
        }
        self.costs = {name: self._without(name) for name in sorted(slots)}

    def rungs(self, week: int, reading: Reading = "adopted", ends: Mapping[str, int] | None = None) -> dict[str, int]:
        """The state of the plan in a week."""
        steps = self._steps[reading] if ends is None else self._steps_of(ends, reading)
        found = ((name, at(each, week)) for name, each in steps.items() if each)
        return {name: rung for name, rung in found if rung}

    def _steps_of(self, ends: Mapping[str, int], reading: Reading) -> Mapping[str, Steps]:
        """The steps of all that can move, where some initiatives end otherwise or never."""
        gone = {name for name in {*self.ends, *ends} if self.ends.get(name) != ends.get(name)}
        own = self._steps[reading]
        return {
            name: self.clock.steps(name, ends, reading) if gone.intersection(self.clock.movers(name)) else own[name]
            for name in self.clock.inputs
        }

    def root_at_end(self, reading: Reading = "adopted", ends: Mapping[str, int] | None = None) -> float | None:
        """The value of the root when the plan ends."""
        return self.states.root(self.rungs(self.rules.horizon, reading, ends))

    def _without(self, name: str) -> tuple[float | None, tuple[str, ...]]:
        """The root at the end without an initiative, and what else falls away with it."""
        gone = self.scheduler.outlook.leaning_on(name, frozenset(self.slots))
        ends = {each: end for each, end in self.ends.items() if each not in gone}
        return self.root_at_end(ends=ends), tuple(sorted(gone - {name}))

    def milestones(self) -> tuple[Milestone, ...]:
        """Every node's value and level today and at the end of each period."""
        return tuple(self._milestone(period) for period in range(self.rules.periods + 1))

    def _milestone(self, period: int) -> Milestone:
        week, rubric = period * self.rules.weeks, self.scheduler.outlook.rubric
        nodes = self.states.tree(self.rungs(week) if week else {}).nodes
        reached = {
            name: None if result.value is None else level_at(rubric, name, result.value)
            for name, result in nodes.items()
        }
        return Milestone(
            period=period,
            ends=self.rules.day(week),
            values={name: result.value for name, result in nodes.items()},
            levels={name: level.key if level else None for name, level in reached.items()},
            readings={reading: self.states.root(self.rungs(week, reading) if week else TODAY) for reading in READINGS},
            lows=self._lows(week),
        )

    def _lows(self, week: int) -> Mapping[str, float | None]:
        """The proved values of all nodes in a week, the lower of those at middle and at high efforts."""
        proved = self.rungs(week, "proved") if week else TODAY
        feared = self.rungs(week, "proved", self._feared) if week else TODAY
        nodes = self.states.tree(proved).nodes
        others = nodes if feared == proved else self.states.tree(feared).nodes
        return {name: _lower(result.value, others[name].value) for name, result in nodes.items()}

    def steps(self, name: str) -> Mapping[str, tuple[LevelStep, ...]]:
        """By node the levels an initiative leads to, each with the days from which it counts."""
        found = {}
        for node in self.scheduler.outlook.effects[name].lifts:
            ladder = self.clock.ladders[node]
            reach = next(lift.rung for lift in ladder.lifts if lift.initiative == name)
            adopted, proved = self._steps["adopted"][node], self._steps["proved"][node]
            found[node] = tuple(
                LevelStep(
                    ladder.keys[rung], self._day(adopted, rung + 1), self._day(proved, rung + 1), ladder.proofs[rung]
                )
                for rung in range(reach)
            )
        return found

    def gates(self, name: str) -> Mapping[str, datetime.date]:
        """The gates that hold something down today and that an initiative lifts, each with the day it falls."""
        scores = self.scheduler.outlook.today.values()
        holding = {gate.id for score in scores for gate in score.gates if gate.holds}
        off = sorted(holding & self.scheduler.outlook.effects[name].off)
        days = ((gate, self._day(self._steps["adopted"][gate], 1)) for gate in off)
        return {gate: day for gate, day in days if day}

    def _day(self, steps: Sequence[tuple[int, int]], rung: int) -> datetime.date | None:
        """The day on which a node stands at least so high."""
        return next((self.rules.day(week) for week, reached in steps if reached >= rung), None)

    def projection(self) -> ProjectedRange:
        """The range a plan leads to, and how it could come otherwise."""
        low, high = self.root_at_end("proved", self._feared), self.root_at_end("proved")
        costs = [(value, name) for name, (value, _) in self.costs.items() if value is not None]
        worst = min(costs, default=None)
        return ProjectedRange(
            low=_lower(low, high),
            high=self.root_at_end(),
            fits=len(self._feared),
            proofs=self._proofs(),
            weakest=(worst[1], worst[0]) if worst else None,
            leap=self._leap(),
            crossings=self._crossings(),
        )

    @cached_property
    def _feared(self) -> Mapping[str, int]:
        """What still fits if everything takes as long as feared, with the week each ends."""
        works = works_for(self.scheduler.outlook, "high")
        feared = Scheduler(self.scheduler.outlook, self.states, works)
        slots = feared.schedule(feared.repaired(self.order)).slots
        return {name: slot.end for name, slot in slots.items()}

    def _proofs(self) -> int:
        """How many levels are due to be shown within the plan."""
        count = 0
        for node, ladder in self.clock.ladders.items():
            for week, rung in self.clock.steps(node, self.ends, "proved"):
                count += week <= self.rules.horizon and ladder.proofs[rung - 1]
        return count

    def _leap(self) -> tuple[str, datetime.date, float] | None:
        """The part of the root that moves it most in one step within the plan."""
        values = [step for step in self.path.values(self.ends) if step[0] <= self.rules.horizon]
        moves = [(after - before, -week) for (_, before), (week, after) in pairwise(values)]
        most, week = max(moves, default=(0.0, 0))
        if most <= TOLERANCE:
            return None
        now, then = self.rungs(-week - 1), self.rungs(-week)
        parts = {
            name: self._term(place, name, then) - self._term(place, name, now)
            for place, name in enumerate(self.states.parts)
        }
        part = max(sorted(parts), key=lambda name: parts[name], default=ROOT)
        return part, self.rules.day(-week), most

    def _term(self, place: int, name: str, rungs: Mapping[str, int]) -> float:
        """What a part of the root brings to it in a state."""
        value = self.states.value(name, rungs) or 0.0
        return self.states.running.term(place, value) if self.states.running else value

    def _crossings(self) -> tuple[Crossing, ...]:
        """The levels that the root and its parts reach within the plan."""
        rubric = self.scheduler.outlook.rubric
        weeks = [week for week, _ in self.path.values(self.ends) if 0 < week <= self.rules.horizon]
        states = [(week, self.rungs(week)) for week in weeks]
        found: list[Crossing] = []
        for node in (*self.states.parts, ROOT):
            before = self.states.value(node, TODAY) if node != ROOT else self.states.root(TODAY)
            stands = None if before is None else level_at(rubric, node, before)
            for week, rungs in states:
                value = self.states.value(node, rungs) if node != ROOT else self.states.root(rungs)
                level = None if value is None else level_at(rubric, node, value)
                if level and stands and level.at > stands.at:
                    found.append(Crossing(node, level.key, self.rules.day(week)))
                    stands = level
        return tuple(sorted(found, key=lambda crossing: (crossing.day, crossing.node)))


def _lower(one: float | None, other: float | None) -> float | None:
    return one if one is None or other is None else min(one, other)

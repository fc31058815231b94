"""What plans are worth, as rows of a program: levels by the clock, gates that fall, and nodes above them.

Where a node is a mean, its value is held down by its tangents, which a mean that bends downwards never exceeds
(docs/method.md, section 9.7). Where it is anything else it may be as high as it can ever be, once something moved.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assess.formula import CapResult, NodeResult
from assess.formula import nodes as f
from assess.formula.aggregations import NumberRule
from assess.model.rubric import ROOT
from assess.numbers import TOLERANCE
from assess.plan.bound.program import ONE, ZERO, Linear, Program, added, fixed
from assess.plan.bound.starts import Starts
from assess.plan.rules import WEEKS_A_QUARTER
from assess.plan.states import TODAY, StateTree, at

TOP = 100.0
NUDGE = 0.5
"""Points by which a tangent is moved away from where it would be upright."""
Values = Sequence[float]
_Group = tuple[int, tuple[str, ...]]


class _Bent(NamedTuple):
    """A mean of other nodes that is no sum of theirs: rule, weights and parts, and by week its column and theirs."""

    rule: NumberRule
    weights: tuple[float, ...]
    parts: tuple[str, ...]
    columns: dict[int, tuple[Linear, tuple[Linear, ...]]]


class Levels:
    """The adopted value of every node, week by week, for starts that are still to be chosen.

    weeks: those in which the tree is looked at, each the last of its step.
    """

    def __init__(self, states: StateTree, starts: Starts, program: Program) -> None:
        self.states, self.starts, self.program = states, starts, program
        self.clock, rules, step = states.clock, states.clock.rules, starts.step
        self.weeks = [min(week + step, rules.until) - 1 for week in range(0, rules.until, step)]
        self.lengths = [week - before for before, week in zip([-1, *self.weeks], self.weeks, strict=False)]
        self._reached: dict[tuple[str, int, int], Linear] = {}
        self._off: dict[tuple[str, int], Linear] = {}
        self._values: dict[tuple[str, int], Linear] = {}
        self.bent: dict[str, _Bent] = {}
        self._moving = states.moved(self.clock.inputs)
        ladders = self.clock.ladders
        self.full = {name: len(ladders[name].values) if name in ladders else 1 for name in self.clock.inputs}
        # A lift also raises the items of its node as others read them.
        self._raised = {question: name for name in ladders for question in states.compiled.nodes[name].items}

    def mean(self) -> Linear:
        """The mean of the root over the weeks of the plan and its tail, to be made as large as can be."""
        until = self.clock.rules.until
        weighed = zip(self.weeks, self.lengths, strict=True)
        return added(self.value(ROOT, week).times(length / until) for week, length in weighed)

    def moved(self, names: Sequence[str], week: int) -> Linear:
        """At least 1 where any of some nodes and gates got further by a week."""
        return added(self.off(name, week) if name in self.clock.caps else self.reached(name, 0, week) for name in names)

    def stirred(self, test: object, week: int) -> Linear:
        """At least 1 where anything that a test or formula reads can have changed by a week."""
        named = {*f.names_read(test)}
        inputs = [name for name in self.clock.inputs if named & self.states.moved([name])]
        inputs += [self._raised[name] for name in sorted(named & self._raised.keys())]
        return self.moved([*dict.fromkeys(inputs)], week)

    def reached(self, node: str, rung: int, week: int) -> Linear:
        """1 where a node stands above a rung, counted from 0, in a week."""
        if week < 0:
            return ZERO
        if rung < 0:
            return ONE
        week = self._seen(week)
        key = node, rung, week
        if key not in self._reached:
            self._reached[key] = self._reach(node, rung, week)
        return self._reached[key]

    def _seen(self, week: int) -> int:
        """The first week at or after one in which the tree is looked at."""
        return self.weeks[min(bisect_left(self.weeks, week), len(self.weeks) - 1)]

    def _reach(self, node: str, rung: int, week: int) -> Linear:
        groups: dict[_Group, list[str]] = {}
        for lift in self.clock.ladders[node].lifts:
            if lift.rung > rung and lift.initiative in self.starts.works:
                besides = tuple(n for n in lift.besides[rung] if n not in self.clock.outlook.finished)
                groups.setdefault((lift.windows[rung], besides), []).append(lift.initiative)
        ways = [self._way(node, rung, week, group, names) for group, names in groups.items()]
        ways = [way for way in ways if way.factors or way.constant]
        return ways[0] if len(ways) == 1 else self._held([added(ways)])

    def _way(self, node: str, rung: int, week: int, group: _Group, names: Sequence[str]) -> Linear:
        """1 where a node got beyond a rung by one of some initiatives."""
        window, besides = group
        done = added(self.starts.ended(name, week - window) for name in names)
        others = [self.starts.ended(name, week - window) for name in besides]
        return self._held([done, *others, self.reached(node, rung - 1, week - window)])

    def _held(self, ceilings: Sequence[Linear], upper: float = 1.0) -> Linear:
        """A column below all of these; a number where one of them is none that could be more than 0."""
        fixed_ones = [each.constant for each in ceilings if not each.factors]
        least = min([upper, *fixed_ones])
        open_ones = [each for each in ceilings if each.factors]
        if least <= 0 or not open_ones:
            return fixed(max(least, 0.0))
        column = self.program.column(least)
        for ceiling in open_ones:
            self.program.under(column, ceiling)
        return column

    def off(self, cap: str, week: int) -> Linear:
        """1 where a gate no longer holds in a week."""
        if week < 0 or cap not in self.clock.caps:
            return ZERO
        week = self._seen(week)
        if (cap, week) not in self._off:
            lag = WEEKS_A_QUARTER if self.clock.outlook.lag[cap] else 0
            done = added(self.starts.ended(name, week - lag) for name in self.clock.caps[cap])
            self._off[cap, week] = self._held([done])
        return self._off[cap, week]

    def value(self, node: str, week: int) -> Linear:
        """The value of a node in a week, on 0..100."""
        week = self._seen(week)
        if (node, week) not in self._values:
            self._values[node, week] = self._value(node, week)
        return self._values[node, week]

    def _value(self, node: str, week: int) -> Linear:
        today = self.states.today.node(node)
        if node not in self._moving:
            return fixed(today.value or 0.0)
        full = self.states.result(node, self.full)
        if today.value is None or full.value is None or not (_as_held(today) and _as_held(full)):
            return self._anything(node, today.value or 0.0, week)
        found = self._lifted(node, today, week)
        limits = self._limits(node, today, week)
        return found if not limits else self._held([found, *limits], TOP)

    def _anything(self, node: str, now: float, week: int) -> Linear:
        """As it is until something below moves, and then anything."""
        moved = self.moved(self.states.reads(node), week)
        return self._held([added([fixed(now), moved.times(TOP - now)])], TOP)

    def _lifted(self, node: str, today: NodeResult, week: int) -> Linear:
        """A node before its caps: what its parts come to, or the level it is lifted to."""
        base = today.uncapped or 0.0
        ladder = self.clock.ladders.get(node)
        rises, before = [], base
        for rung, value in enumerate(ladder.values if ladder else ()):
            rises.append(self.reached(node, rung, week).times(max(value - before, 0.0)))
            before = max(value, before)
        return added([self._made(node, base, week), *rises])

    def _made(self, node: str, base: float, week: int) -> Linear:
        """What the parts of a node come to."""
        formula = self.states.compiled.nodes[node].formula
        read = {*f.names_read(formula)}
        if not any(name in self._moving or self._raised.get(name, node) != node for name in read):
            return fixed(base)
        parts = self._parts(formula)
        if parts is None or not isinstance(formula, f.Combined):
            return self._anything(node, base, week)
        weights, names = zip(*parts, strict=True)
        values = tuple(self.value(name, week) for name in names)
        if formula.rule.linear:
            total = sum(weights)
            return added(value.times(weight / total) for weight, value in zip(weights, values, strict=True))
        if _is_least(formula.rule, len(names)):
            return self._held(values, TOP)
        if not _bends_down(formula.rule):
            return self._anything(node, base, week)
        column = self.program.column(TOP)
        bent = self.bent.setdefault(node, _Bent(formula.rule, weights, names, {}))
        bent.columns[week] = column, values
        return column

    def _parts(self, formula: f.Formula) -> list[tuple[float, str]] | None:
        """The weighted parts of a mean; None where they are not always the same, or no nodes alone."""
        if not isinstance(formula, f.Combined):
            return None
        found = []
        for weight, part in formula.parts:
            if not isinstance(part, f.Score):
                return None
            now, then = self.states.value(part.node, TODAY), self.states.value(part.node, self.full)
            if (now is None) != (then is None):
                return None
            if now is not None and weight > 0:
                found.append((weight, part.node))
        return found or None

    def _limits(self, node: str, today: NodeResult, week: int) -> list[Linear]:
        """What the caps of a node leave of it."""
        found, rules = [], {cap.id: cap for cap in self.states.compiled.nodes[node].caps}
        for cap in today.caps:
            rule = rules[cap.id]
            if cap.kind == "key":
                if rule.key and rule.points is None and self.states.today.node(rule.key).value is not None:
                    found.append(added([self.value(rule.key, week), fixed(rule.at)]))
            elif cap.holds and cap.at is not None and rule.points is None:
                found.append(self._gated(rule, cap, week))
        return found

    def _gated(self, rule: f.CapRule, cap: CapResult, week: int) -> Linear:
        """The limit of a gate that holds today, until it falls or what it reads has moved."""
        fallen = added([self.off(cap.id, week), self.stirred(rule.when, week)])
        at_most = cap.at or 0.0
        return added([fixed(at_most), fallen.times(TOP - at_most)])

    def hold_tangents(self, rungs: Mapping[str, int], weeks: Sequence[int] | None = None) -> None:
        """Hold every bent mean below its tangent in a state, in all weeks or some."""
        for bent in self.bent.values():
            point = [self.states.value(name, rungs) or 0.0 for name in bent.parts]
            value, slopes = _tangent(bent, point)
            rest = value - sum(slope * x for slope, x in zip(slopes, point, strict=True))
            for week in bent.columns if weeks is None else weeks:
                column, parts = bent.columns[week]
                held = added(part.times(slope) for slope, part in zip(slopes, parts, strict=True))
                self.program.under(column, added([fixed(rest), held]))

    def rungs(self, ends: Mapping[str, int], week: int) -> dict[str, int]:
        """The state of a plan in a week."""
        found = {name: at(self.clock.steps(name, ends), week) for name in self.clock.inputs}
        return {name: rung for name, rung in found.items() if rung}


def _as_held(result: NodeResult) -> bool:
    """Whether a value is what its aggregate and its caps make of it, and open answers do not move it."""
    if result.value is None or result.uncapped is None:
        return False
    limits = [cap.at for cap in result.caps if cap.holds and cap.at is not None]
    return abs(result.value - min([result.uncapped, *limits])) <= TOLERANCE


def _bends_down(rule: NumberRule) -> bool:
    return rule.power is not None and rule.power.p <= 1 and not rule.turned


def _is_least(rule: NumberRule, parts: int) -> bool:
    """Whether the lowest part is all that counts."""
    return rule.shares is not None and not rule.turned and [*rule.shares(parts)] == [1, *[0] * (parts - 1)]


def _tangent(bent: _Bent, point: list[float]) -> tuple[float, list[float]]:
    """The value and the slopes of a mean, a little aside of where it has no slopes; moves the point there."""
    pairs = list(zip(bent.weights, point, strict=True))
    slopes = bent.rule.slopes(pairs)
    if None in slopes:
        point[:] = [max(x, NUDGE) for x in point]
        pairs = list(zip(bent.weights, point, strict=True))
        slopes = bent.rule.slopes(pairs)
    return bent.rule.value(pairs), [slope or 0.0 for slope in slopes]

"""What comes before the level of a plan, as rows of a program: the key of docs/method.md, section 9.5."""

from collections.abc import Iterable, Iterator, Sequence

from assess.formula import nodes as f
from assess.formula import translate_condition
from assess.plan.bound.levels import Levels
from assess.plan.bound.program import ONE, Linear, Program, added, fixed
from assess.plan.bound.starts import Choice, Starts
from assess.plan.merit import FIRST_STARTS, SOON, Judge, Merit


class Priorities:
    """The parts of the key as sums of columns, each of which a plan of the program can be held to."""

    def __init__(self, judge: Judge, starts: Starts, program: Program) -> None:
        self.judge, self.starts, self.program = judge, starts, program
        self.rules = judge.rules

    def hold_to(self, merit: Merit) -> None:
        """Let no plan be worse in any of them than one that is known."""
        horizon = self.rules.horizon
        pinned = [self.starts.planned(name) for name in self.judge.scheduler.pinned.order]
        self._at_least("pinned", added(pinned), merit.pinned)
        if self.judge.remedies and merit.headline:
            self._at_least("headline", self._comes_first(), 1)
        self._at_least("soon", self._answered(self.judge.facts, SOON * self.rules.weeks - 1), merit.soon)
        self._at_least("answered", self._answered(self.judge.facts, horizon), merit.answered)
        self._at_least("others", self._answered(self.judge.others, horizon), merit.others)
        self._at_least("delay", self._delay().times(-1), merit.delay)

    def _at_least(self, kind: str, found: Linear, number: int) -> None:
        self.program.never_above(added([found, self.program.room(kind)]).times(-1), -number)

    def _answered(self, facts: Sequence[frozenset[str]], week: int) -> Linear:
        """How many facts are taken up by the end of a week."""
        return added(self._one_of([self.starts.begun(name, week) for name in sorted(names)]) for names in facts)

    def _one_of(self, parts: Iterable[Linear]) -> Linear:
        found = added(parts)
        if not found.factors:
            return fixed(min(found.constant, 1.0))
        column = self.program.column()
        self.program.under(column, found)
        return column

    def _delay(self) -> Linear:
        """The weeks by which the first tiers start later than when always the best is taken."""
        horizon = self.rules.horizon
        return added(
            added([ONE, self.starts.begun(name, week).times(-1)])
            for name, first in sorted(self.judge.firsts.items())
            for week in range(first, horizon)
        )

    def _comes_first(self) -> Linear:
        """At least 1 where a remedy is among the first starts, or what it needs is and it starts in period 1."""
        starts, found = self.starts, []
        soon = {name: starts.begun(name, self.rules.weeks - 1) for name in sorted(self.judge.remedies)}
        for remedy, begun in soon.items():
            found += [self._early(remedy, choice) for choice in starts.choices.get(remedy, ())]
            for need in starts.works[remedy].needs if remedy in starts.works else ():
                for choice in starts.choices.get(need, ()):
                    early = self._early(need, choice)
                    column = self.program.column(whole=True)
                    self.program.under(column, early)
                    self.program.under(column, begun)
                    found.append(column)
        return added(found)

    def _early(self, name: str, choice: Choice) -> Linear:
        """1 where an initiative starts in a step, and fewer than the first starts before it."""
        starts = self.starts
        before = [
            starts.surely_begun(other, choice.first if other < name else choice.first - 1)
            for other in starts.choices
            if other != name
        ]
        column, many = self.program.column(whole=True), max(len(before) - FIRST_STARTS + 1, 0)
        self.program.under(column, choice.here)
        if many:
            # Above 0 as long as at most four have started, below 1 from five on.
            room = added([fixed(len(before)), added(before).times(-1)]).times(1 / many)
            self.program.under(column, room)
        return column


def hold_conditions(judge: Judge, levels: Levels, starts: Starts, program: Program) -> None:
    """What waits for a condition, or for a gate to fall, starts only where it can have come about."""
    outlook, gates = judge.scheduler.outlook, judge.scheduler.gates
    for name, choices in starts.choices.items():
        if name in starts.pinned or not starts.works[name].waits:
            continue
        text = outlook.initiatives[name].not_before
        for choice in choices:
            held = [] if text is None else [*_ways(levels, text, choice)]
            held += [_unblocked(levels, gates[gate], gate, choice) for gate in outlook.blocked_by.get(name, ())]
            for way in held:
                program.never_above(added([choice.begun, way.times(-1)]))


def _ways(levels: Levels, text: str, choice: Choice) -> Iterator[Linear]:
    """What has to be at least 1 for a condition to hold in a step."""
    states = levels.states
    for part in _parts(translate_condition(states.compiled.rubric, text)):
        if states.today.test(part).point is not True:
            yield levels.stirred(part, choice.last)
            yield from _lowest(levels, part, choice)


def _parts(test: f.Test) -> Iterator[f.Test]:
    """The parts of a condition that all have to hold."""
    if isinstance(test, f.All):
        for part in test.parts:
            yield from _parts(part)
    else:
        yield test


def _lowest(levels: Levels, test: f.Test, choice: Choice) -> Iterator[Linear]:
    """How much of a least value a node has reached, 1 where it has; nothing for another kind of condition."""
    if isinstance(test, f.Compare) and test.op in (">=", ">") and isinstance(test.left, f.Score):
        least = test.right.value if isinstance(test.right, f.Constant) and not test.right.node else 0.0
        if least > 0:
            yield levels.value(test.left.node, choice.last).times(1 / least)


def _unblocked(levels: Levels, when: str, gate: str, choice: Choice) -> Linear:
    """At least 1 where a gate no longer blocks in a step."""
    if not levels.states.holds(when, {}):
        return ONE
    test = translate_condition(levels.states.compiled.rubric, when)
    return added([levels.off(gate, choice.last), levels.stirred(test, choice.last)])

"""The values of nodes in any state of the plan, each worked out once and only along the ways it can change.

A state says of every node that can be lifted on which rung it stands, and of every gate whether it is off. The
arithmetic is that of `formula/`; kept is what a node came to in the states of what it reads.
"""

from collections.abc import Iterable, Mapping, Sequence

from assess.formula import Compiled, NodeResult, Projection, RunningMean, dependents, running_mean, translate_condition
from assess.formula import nodes as f
from assess.model.rubric import ROOT
from assess.plan.clock import Clock, Steps

TODAY: Mapping[str, int] = {}
"""The state in which nothing is done."""


class StateTree:
    """One organization's tree in any state of its plan."""

    def __init__(self, clock: Clock) -> None:
        organization = clock.outlook.organization
        self.clock = clock
        self.compiled = organization.compiled
        self.today = organization.tree
        self._dependents = dependents(self.compiled)
        self._moves = {name: self._moved_by(name) for name in clock.inputs}
        self._reads: dict[str, tuple[str, ...]] = {}
        self._known: dict[str, dict[tuple[int, ...], NodeResult]] = {}
        self._truths: dict[tuple[str, tuple[int, ...]], bool] = {}
        self._ways: dict[str, tuple[str, ...]] = {}
        self.parts = _parts(self.compiled)
        self.capped_by = self._dependents.capped_by
        self.criteria = frozenset(name for name in clock.outlook.criteria if name in self.compiled.nodes)
        self.weights = self._weights()
        self.gradual = frozenset(name for name in clock.ladders if self._is_gradual(name))
        self.running = self._running()

    def reads(self, name: str) -> tuple[str, ...]:
        """The nodes and gates whose state a node depends on, in a fixed order."""
        if name not in self._reads:
            self._reads[name] = tuple(each for each in self.clock.inputs if name in self._moves[each])
        return self._reads[name]

    def moved(self, names: Iterable[str]) -> frozenset[str]:
        """The nodes and items that can change when these nodes and gates get further."""
        return frozenset().union(*(self._moves[name] for name in names if name in self._moves))

    def result(self, name: str, rungs: Mapping[str, int], others: Mapping[str, int] = TODAY) -> NodeResult:
        """A node in a state; where a node or gate is not in `rungs`, it stands as in `others`."""
        key = tuple([rungs[each] if each in rungs else others.get(each, 0) for each in self.reads(name)])
        return self.result_of(name, key)

    def result_of(self, name: str, key: tuple[int, ...]) -> NodeResult:
        """A node with the rungs of what it reads, in the order of `reads`."""
        known = self._known.setdefault(name, {})
        found = known.get(key)
        if found is None:
            state = {each: rung for each, rung in zip(self.reads(name), key, strict=True) if rung}
            found = known[key] = self.tree(state).node(name)
        return found

    def value(self, name: str, rungs: Mapping[str, int], others: Mapping[str, int] = TODAY) -> float | None:
        """The value of a node in a state, on 0..100."""
        return self.result(name, rungs, others).value

    def tree(self, rungs: Mapping[str, int]) -> Projection:
        """The whole tree in a state, worked out where it differs from today's."""
        caps = frozenset(name for name, rung in rungs.items() if rung and name in self.clock.caps)
        ladders = self.clock.ladders
        lifts = {name: ladders[name].values[rung - 1] for name, rung in rungs.items() if rung and name not in caps}
        changed = self.moved((*lifts, *caps))
        today = self.today
        return Projection(self.compiled, today.readings, lifts=lifts, off=caps, base=today, changed=changed)

    def holds(self, condition: str, rungs: Mapping[str, int]) -> bool:
        """Whether a condition is surely true in a state."""
        reads = self.ways(condition)
        key = condition, tuple([rungs.get(each, 0) for each in reads])
        if key not in self._truths:
            tree = self.tree({each: rung for each, rung in zip(reads, key[1], strict=True) if rung})
            self._truths[key] = tree.truth(condition) is True
        return self._truths[key]

    def ways(self, condition: str) -> tuple[str, ...]:
        """The nodes and gates whose state a condition depends on."""
        if condition not in self._ways:
            named = {*f.names_read(translate_condition(self.compiled.rubric, condition))}
            self._ways[condition] = tuple(each for each in self.clock.inputs if named & self._moves[each])
        return self._ways[condition]

    def root(self, rungs: Mapping[str, int], others: Mapping[str, int] = TODAY) -> float | None:
        """The value of the root in a state."""
        if self.weights is None:
            return self.value(ROOT, rungs, others)
        return self.combined([self.value(name, rungs, others) for name in self.parts])

    def combined(self, values: Sequence[float | None]) -> float:
        """The root by the values of its parts, where it is made of these alone."""
        rule = self.compiled.nodes[ROOT].formula
        if self.weights is None or not isinstance(rule, f.Combined):
            raise ValueError(ROOT)
        return rule.rule.value([(w, x) for w, x in zip(self.weights, values, strict=True) if w and x is not None])

    def terms(self, rungs: Mapping[str, int], others: Mapping[str, int] = TODAY) -> float:
        """What the parts bring to the root, where that is a sum of terms; else the value of the root."""
        if self.running is None:
            return self.root(rungs, others) or 0.0
        values = [self.value(name, rungs, others) for name in self.parts]
        return sum(self.running.term(place, x) for place, x in enumerate(values) if x is not None)

    def rise(self, rungs: Mapping[str, int], before: Mapping[str, int], others: Mapping[str, int]) -> float:
        """How much more the parts bring in one state than in another, which differ from `others` in a few places."""
        if self.running is None:
            return self.terms(rungs, others) - self.terms(before, others)
        moved, found = self.moved((*rungs, *before)), 0.0
        for place, name in enumerate(self.parts):
            if name in moved:
                new, old = self.value(name, rungs, others), self.value(name, before, others)
                if new is not None and old is not None and new != old:
                    found += self.running.term(place, new) - self.running.term(place, old)
        return found

    def _is_gradual(self, node: str) -> bool:
        """Whether all that stands above a node is a mean, so that whatever lifts it moves the root a little."""
        above = [each.id for each in self.clock.outlook.rubric.upwards(node)][1:]
        rules = [self.compiled.nodes[name].formula for name in above]
        return all(isinstance(rule, f.Combined) and rule.rule.power is not None for rule in rules)

    def _moved_by(self, name: str) -> frozenset[str]:
        return self._dependents.of((), [name]) if name in self.clock.caps else self._dependents.of([name])

    def _weights(self) -> tuple[float, ...] | None:
        """The weights of the parts of the root; None where it is made of more, or of others in some state."""
        rule, today = self.compiled.nodes[ROOT], self.today
        if rule.caps or not self.parts or today.node(ROOT).value is None or not isinstance(rule.formula, f.Combined):
            return None
        ladders = self.clock.ladders
        full = {name: len(ladders[name].values) if name in ladders else 1 for name in self.clock.inputs}
        valued = [[self.value(name, state) is not None for name in self.parts] for state in (TODAY, full)]
        return tuple(weight for weight, _ in rule.formula.parts) if valued[0] == valued[1] else None

    def _running(self) -> RunningMean | None:
        """The root as a sum of terms of its parts; None where it is none."""
        formula = self.compiled.nodes[ROOT].formula
        if self.weights is None or not isinstance(formula, f.Combined):
            return None
        return running_mean(formula, [self.today.node(name).value for name in self.parts])


def _parts(compiled: Compiled) -> tuple[str, ...]:
    """The nodes whose values the root combines, in its order; none where it reads anything else."""
    formula = compiled.nodes[ROOT].formula
    if not isinstance(formula, f.Combined):
        return ()
    found = tuple(part.node for _, part in formula.parts if isinstance(part, f.Score))
    return found if len(found) == len(formula.parts) else ()


def at(steps: Steps, week: int) -> int:
    """The rung on which a node stands in a week."""
    rung = 0
    for when, reached in steps:
        if when > week:
            break
        rung = reached
    return rung

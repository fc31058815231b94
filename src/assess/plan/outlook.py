"""What the organization would score once initiatives are done: targets, effects, and trees remembered per state."""

from collections.abc import Mapping
from typing import NamedTuple

from assess.formula import (
    CapResult,
    Evaluation,
    Projection,
    compile_rubric,
    default_target,
    dependents,
    evaluate,
    read,
    target_value,
)
from assess.model.answers import AnswerSheet
from assess.model.engagement import Engagement
from assess.model.initiatives import Initiative
from assess.model.rubric import ROOT, Rubric
from assess.model.scorecard import Scorecard

TOLERANCE = 1e-9
TODAY: frozenset[str] = frozenset()


class Effect(NamedTuple):
    """What an initiative does once it is done.

    aims: the level of each node it lifts, at most the node's target. lifts: those above today's aggregate, on 0..100.
    off: gates and clashes that no longer hold. to_the_top: it lifts a node to its last level, as the target asks.
    """

    aims: Mapping[str, str]
    lifts: Mapping[str, float]
    off: frozenset[str]
    to_the_top: bool


class Gain(NamedTuple):
    """Points on 0..100: of the root, and of all criteria added up, which tells when the root stands still."""

    root: float
    criteria: float

    @property
    def counts(self) -> bool:
        """Whether something rises and the root does not fall."""
        return self.root > TOLERANCE or (self.root >= -TOLERANCE and self.criteria > TOLERANCE)


class Outlook:
    """One organization's future scores; a state is the set of planned initiatives that are done."""

    def __init__(self, rubric: Rubric, sheet: AnswerSheet, scorecard: Scorecard) -> None:
        self.rubric = rubric
        self.today = scorecard.scores
        self.targets = targets_of(rubric, sheet.engagement)
        self.named_done = frozenset(rubric.names.get(name, name) for name in sheet.engagement.done)
        self.initiatives = {i.id: i for i in sorted(rubric.initiatives, key=lambda i: i.id)}
        self.needs = {name: _ids(rubric, i.needs) for name, i in self.initiatives.items()}
        self.criteria = tuple(node.id for node in rubric.nodes() if not node.criteria)
        self.lifted_by = _lifted_by(rubric)
        self.effects = {name: self._effect(i) for name, i in self.initiatives.items()}
        self.finished = frozenset(name for name, i in self.initiatives.items() if self._is_finished(i))
        compiled = compile_rubric(rubric)
        self._dependents = dependents(compiled)
        self._states = {TODAY: evaluate(compiled, read(rubric, sheet))}
        self._trees: dict[object, Evaluation] = {(frozenset(), frozenset()): self._states[TODAY]}

    def after(self, done: frozenset[str], since: frozenset[str] = TODAY) -> Evaluation:
        """The tree once these are done; what they leave as it is after some of them, `since`, is read there."""
        if done not in self._states:
            base = self.after(since)
            lifts, off = self._with_effects(base, done - since)
            key = (frozenset(lifts.items()), off)
            if key not in self._trees:
                self._trees[key] = self._projection(base, lifts, off)
            self._states[done] = self._trees[key]
        return self._states[done]

    def gain(self, before: frozenset[str], after: frozenset[str]) -> Gain:
        """What a later state adds to an earlier one; what has no value in one of them adds nothing."""
        old, new = self.after(before), self.after(after, before)
        direct = new.changed if isinstance(new, Projection) and new.base is old else self.criteria
        return Gain(_rise(old, new, ROOT), sum(_rise(old, new, name) for name in self.criteria if name in direct))

    def aim(self, name: str, node: str) -> float:
        """The value an initiative lifts a node to, on 0..100."""
        return target_value(self.rubric, node, self.effects[name].aims[node])

    def reached(self, name: str) -> bool:
        """Whether everything an initiative lifts stands where it would lift it, or does not apply."""
        return all(self._stands(node, self.aim(name, node)) for node in self.effects[name].aims)

    def helps(self, name: str, node: str, tree: Evaluation) -> bool:
        """Whether an initiative lifts the aggregate of a node of a tree."""
        return self.effects[name].lifts.get(node, 0.0) > (tree.node(node).uncapped or 0.0) + TOLERANCE

    def freed(self, name: str) -> frozenset[str]:
        """The nodes whose gates and clashes an initiative switches off."""
        capped = self._dependents.capped_by
        return frozenset().union(*(capped.get(cap, ()) for cap in self.effects[name].off))

    def relieves(self, cap: CapResult, tree: Evaluation) -> list[str]:
        """The initiatives that switch a gate off, or lift the criterion of a key cap; those named as done cannot."""
        if cap.kind == "key":
            able = [name for name in self.initiatives if self.helps(name, cap.id, tree)]
        else:
            able = list(self.lifted_by.get(cap.id, ()))
        return [name for name in able if name not in self.named_done]

    def _projection(self, base: Evaluation, lifts: Mapping[str, float], off: frozenset[str]) -> Projection:
        other = {*lifts.items()} ^ {*base.lifts.items()}
        changed = self._dependents.of((node for node, _ in other), off ^ base.off)
        return Projection(base.compiled, base.readings, lifts=lifts, off=off, base=base, changed=changed)

    def _with_effects(self, base: Evaluation, done: frozenset[str]) -> tuple[dict[str, float], frozenset[str]]:
        """What is lifted and switched off on a tree once these are done too."""
        lifts = dict(base.lifts)
        for name in done:
            for node, value in self.effects[name].lifts.items():
                lifts[node] = max(value, lifts.get(node, 0.0))
        return lifts, base.off.union(*(self.effects[name].off for name in done))

    def _effect(self, initiative: Initiative) -> Effect:
        aims: dict[str, str] = {}
        lifts: dict[str, float] = {}
        to_the_top = False
        for ref, level in sorted(initiative.lifts.items()):
            node = self.rubric.id_of(ref)
            order = [known.key for known in self.rubric.levels_of(node)]
            aims[node] = min(level, self.targets[node], key=order.index)
            value, found = target_value(self.rubric, node, aims[node]), self.today[node]
            # A node without enough answers stays without a value: nobody knows where it stands.
            if found.value is not None and found.uncapped is not None and found.uncapped < value - TOLERANCE:
                lifts[node] = value
                to_the_top = to_the_top or aims[node] == order[-1]
        off = frozenset(cap for cap, names in self.lifted_by.items() if initiative.id in names)
        return Effect(aims, lifts, off, to_the_top)

    def _is_finished(self, initiative: Initiative) -> bool:
        """Whether a prerequisite needs no doing: named as done, or all it lifts is there (settled question 25)."""
        if initiative.id in self.named_done or initiative.enabler:
            return initiative.id in self.named_done
        if not initiative.lifts:
            off = self.effects[initiative.id].off
            return not any(gate.holds and gate.id in off for score in self.today.values() for gate in score.gates)
        return self.reached(initiative.id)

    def _stands(self, node: str, value: float) -> bool:
        found = self.today[node]
        return found.low is None or (found.value is not None and found.value >= value - TOLERANCE)


def targets_of(rubric: Rubric, engagement: Engagement) -> dict[str, str]:
    """The target level of every node with levels: its own, else of the nearest node above, else the default."""
    wanted = {rubric.names.get(name, name): level for name, level in engagement.targets.items()}
    found = {}
    for node in (ROOT, *(node.id for node in rubric.nodes())):
        keys = {level.key for level in rubric.levels_of(node)}
        named = [wanted[name] for name in _upwards(rubric, node) if wanted.get(name) in keys]
        if keys:
            found[node] = named[0] if named else default_target(rubric, node)
    return found


def _upwards(rubric: Rubric, node: str) -> list[str]:
    """A node, the nodes above it, and the word for all of them."""
    path = [node]
    while path[-1] != ROOT:
        path.append(rubric.home_of[path[-1]])
    return [*path, "default"]


def _lifted_by(rubric: Rubric) -> dict[str, tuple[str, ...]]:
    """The initiatives that switch off each gate, and each clash that holds something down."""
    found = {gate.id: _ids(rubric, gate.lifted_by) for gate in rubric.all_gates()}
    return found | {clash.id: _ids(rubric, clash.initiatives) for clash in rubric.all_clashes() if clash.cap}


def _ids(rubric: Rubric, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({rubric.id_of(name) for name in names}))


def _rise(old: Evaluation, new: Evaluation, node: str) -> float:
    before, after = old.node(node).value, new.node(node).value
    return 0.0 if before is None or after is None else after - before

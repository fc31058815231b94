"""What the organization would score once initiatives are done: targets, effects, and trees remembered per state."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from assess.formula import (
    CapResult,
    EvaluatedOrganization,
    Evaluation,
    Projection,
    dependents,
    target_value,
)
from assess.formula import nodes as f
from assess.model.initiatives import Initiative
from assess.model.rubric import ROOT, Rubric
from assess.numbers import TOLERANCE

TODAY: frozenset[str] = frozenset()


class InitiativeEffect(NamedTuple):
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

    def __init__(self, organization: EvaluatedOrganization) -> None:
        self.rubric = rubric = organization.rubric
        self.today = organization.scorecard.scores
        self.targets = {node: level.key for node, level in organization.target_levels.items()}
        self.named_done = frozenset(organization.sheet.engagement.done)
        self.initiatives = {i.id: i for i in sorted(rubric.initiatives, key=lambda i: i.id)}
        self.needs = {name: _each_once(i.needs) for name, i in self.initiatives.items()}
        self.criteria = tuple(node.id for node in rubric.nodes() if not node.criteria)
        self._places = {name: place for place, name in enumerate(self.criteria)}
        self.lifted_by = _lifted_by(rubric)
        self.effects = {name: self._effect(i) for name, i in self.initiatives.items()}
        self.finished = frozenset(name for name, i in self.initiatives.items() if self._is_finished(i))
        self.lifters = _lifters(self.effects)
        self._dependents = dependents(organization.compiled)
        self._today = self._settled = organization.tree
        self._done = TODAY
        self._states: dict[frozenset[str], Projection] = {}
        self._seen: set[str] = set()

    def after(self, done: frozenset[str]) -> Evaluation:
        """The tree once these are done, worked out where it differs from the settled tree, or from today's."""
        if done == self._done:
            return self._settled
        if not done:
            return self._today
        if done not in self._states:
            base, new = (self._settled, done - self._done) if self._done <= done else (self._today, done)
            self._states[done] = self._projection(base, new)
        self._seen |= self._states[done].changed
        return self._states[done]

    def settle(self, done: frozenset[str]) -> frozenset[str]:
        """From now on these are done; returns the nodes and items that can have changed by it."""
        tree = self.after(done)
        if isinstance(tree, Projection):
            self._settled, self._done = tree.settled(), done
            self._states.clear()
            return tree.changed
        return frozenset()

    def watched(self, names: Iterable[str]) -> frozenset[str]:
        """What the states looked at since the last call, and what these initiatives do, can change, the root aside."""
        effects = [self.effects[name] for name in names]
        lifted = [node for effect in effects for node in effect.lifts]
        seen = self._dependents.of(lifted, frozenset().union(*(effect.off for effect in effects))) | self._seen
        self._seen = set()
        return seen - {ROOT}

    def gain(self, before: frozenset[str], after: frozenset[str]) -> Gain:
        """What a later state adds to an earlier one; what has no value in one of them adds nothing."""
        old, new = self.after(before), self.after(after)
        moved = _moved(old, new)
        criteria = self.criteria if moved is None else sorted(moved & self._places.keys(), key=self._places.__getitem__)
        return Gain(_rise(old, new, ROOT), sum(_rise(old, new, name) for name in criteria))

    @property
    def separable(self) -> bool:
        """Whether what one part of the root gains ranks the same whatever the other parts do (`measure`).

        Where a part has no value, the value of the root can be held at a bound; then nothing is known.
        """
        rule, root = self._today.compiled.nodes[ROOT], self._settled.node(ROOT)
        if rule.caps or root.value != root.uncapped:
            return False
        formula = rule.formula
        if not isinstance(formula, f.Combined) or any(isinstance(part, f.Threshold) for _, part in formula.parts):
            return False
        power = formula.rule.power
        return formula.rule.linear or (power is not None and power.p == 0 and power.floor > 0)

    def parts(self) -> frozenset[str]:
        """The parts of the root that have a value in the tree of what is settled."""
        weights = self._today.compiled.nodes[ROOT].weights
        return frozenset(name for name, _ in weights if name in self._today.compiled.nodes and self._valued(name))

    def measure(self) -> float:
        """What gains of the root are divided by to be compared: the geometric mean of what is settled, else 1.

        A part raised from y to z lifts a geometric mean G to G (z/y)^w, a gain of G ((z/y)^w - 1): divided by G it does
        not depend on the other parts. An arithmetic mean is lifted by w (z - y) in any case.
        """
        formula, value = self._today.compiled.nodes[ROOT].formula, self._settled.node(ROOT).uncapped
        power = formula.rule.power if self.separable and isinstance(formula, f.Combined) else None
        if power is None or power.p or value is None:
            return 1.0
        mean = power.floor + (1 - power.floor / 100) * value if power.mapped_back else value
        return max(mean, TOLERANCE)

    def _valued(self, name: str) -> bool:
        return self._settled.node(name).value is not None

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
            able = [name for name in self.lifters.get(cap.id, ()) if self.helps(name, cap.id, tree)]
        else:
            able = list(self.lifted_by.get(cap.id, ()))
        return [name for name in able if name not in self.named_done]

    def _projection(self, base: Evaluation, done: frozenset[str]) -> Projection:
        """What a tree becomes once these are done too."""
        lifts, raised = dict(base.lifts), set()
        for name in done:
            for node, value in self.effects[name].lifts.items():
                if value > lifts.get(node, 0.0):
                    lifts[node] = value
                    raised.add(node)
        off = frozenset().union(*(self.effects[name].off for name in done)) - base.off
        changed = self._dependents.of(raised, off)
        return Projection(base.compiled, base.readings, lifts=lifts, off=base.off | off, base=base, changed=changed)

    def _effect(self, initiative: Initiative) -> InitiativeEffect:
        aims: dict[str, str] = {}
        lifts: dict[str, float] = {}
        to_the_top = False
        for node, level in sorted(initiative.lifts.items()):
            order = [known.key for known in self.rubric.levels_of(node)]
            aims[node] = min(level, self.targets[node], key=order.index)
            value, found = target_value(self.rubric, node, aims[node]), self.today[node]
            # A node without enough answers stays without a value: nobody knows where it stands.
            if found.value is not None and found.uncapped is not None and found.uncapped < value - TOLERANCE:
                lifts[node] = value
                to_the_top = to_the_top or aims[node] == order[-1]
        off = frozenset(cap for cap, names in self.lifted_by.items() if initiative.id in names)
        return InitiativeEffect(aims, lifts, off, to_the_top)

    def _is_finished(self, initiative: Initiative) -> bool:
        """Whether a prerequisite needs no doing: done, or all it lifts is there (docs/method.md, section 9.1)."""
        if initiative.id in self.named_done or initiative.enabler:
            return initiative.id in self.named_done
        if not initiative.lifts:
            off = self.effects[initiative.id].off
            return not any(gate.holds and gate.id in off for score in self.today.values() for gate in score.gates)
        return self.reached(initiative.id)

    def _stands(self, node: str, value: float) -> bool:
        found = self.today[node]
        return found.low is None or (found.value is not None and found.value >= value - TOLERANCE)


def _lifted_by(rubric: Rubric) -> dict[str, tuple[str, ...]]:
    """The initiatives that switch off each gate, and each clash that holds something down."""
    found = {gate.id: _each_once(gate.lifted_by) for gate in rubric.all_gates()}
    return found | {clash.id: _each_once(clash.initiatives) for clash in rubric.all_clashes() if clash.cap}


def _each_once(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({*names}))


def _lifters(effects: Mapping[str, InitiativeEffect]) -> dict[str, list[str]]:
    """The initiatives that lift each node above where it stands today."""
    found: dict[str, list[str]] = {}
    for name, effect in effects.items():
        for node in effect.lifts:
            found.setdefault(node, []).append(name)
    return found


def _moved(old: Evaluation, new: Evaluation) -> frozenset[str] | None:
    """The nodes and items that can differ between two trees; None where that can be any."""
    bases = [tree.base if isinstance(tree, Projection) else tree for tree in (old, new)]
    if bases[0] is not bases[1]:
        return None
    return frozenset().union(*(tree.changed for tree in (old, new) if isinstance(tree, Projection)))


def _rise(old: Evaluation, new: Evaluation, node: str) -> float:
    before, after = old.node(node).value, new.node(node).value
    return 0.0 if before is None or after is None else after - before

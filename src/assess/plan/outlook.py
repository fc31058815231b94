"""What initiatives do to an organization: targets, aims, what they switch off, and what needs no doing any more."""

from collections.abc import Mapping
from typing import NamedTuple

from assess.formula import CapResult, EvaluatedOrganization, target_value, translate_condition
from assess.formula import nodes as f
from assess.formula.initiatives import aimed_levels, cap_lifters
from assess.model.finding_names import ACCEPTED_CAPS, GAP
from assess.model.initiatives import Initiative
from assess.model.rubric import Rubric
from assess.numbers import TOLERANCE
from assess.plan.rules import rules_for


class InitiativeEffect(NamedTuple):
    """What an initiative does once it is done.

    aims: the level of each node it lifts, at most the node's target. lifts: those above today's aggregate, on 0..100.
    off: gates and clashes that no longer hold.
    """

    aims: Mapping[str, str]
    lifts: Mapping[str, float]
    off: frozenset[str]


class Outlook:
    """The initiatives of one organization, and what each would change."""

    def __init__(self, organization: EvaluatedOrganization) -> None:
        self.organization = organization
        self.rules = rules_for(organization.rubric, organization.sheet.engagement)
        self.rubric = rubric = organization.rubric
        self.today = organization.scorecard.scores
        self.targets = {node: level.key for node, level in organization.target_levels.items()}
        self.named_done = frozenset(organization.sheet.engagement.done)
        self.initiatives = {i.id: i for i in sorted(rubric.initiatives, key=lambda i: i.id)}
        self.needs = {
            name: tuple(need for need in _each_once(i.needs) if need in self.initiatives)
            for name, i in self.initiatives.items()
        }
        on = organization.sheet.engagement.assessed_on
        self.accepted = frozenset(entry.finding for entry in organization.decisions.accepted(on))
        self.criteria = tuple(node.id for node in rubric.nodes() if not node.criteria)
        self.lifted_by = cap_lifters(rubric)
        self.blocked_by = _blocked_by(rubric)
        self.lag = {name: _lag(rubric, name) for name in self.lifted_by}
        self.effects = {name: self._effect(i) for name, i in self.initiatives.items()}
        self.finished = frozenset(name for name, i in self.initiatives.items() if self._is_finished(i))
        self.lifters = _lifters(self.effects)

    def aim(self, name: str, node: str) -> float:
        """The value an initiative lifts a node to, on 0..100."""
        return target_value(self.rubric, node, self.effects[name].aims[node])

    def reached(self, name: str) -> bool:
        """Whether everything an initiative lifts stands where it would lift it, or does not apply."""
        return all(self._stands(node, self.aim(name, node)) for node in self.effects[name].aims)

    def accepts_cap(self, cap: str) -> bool:
        """Whether a gate or clash is accepted for a time."""
        return any(f"{kind}_{cap}" in self.accepted for kind in ACCEPTED_CAPS)

    def relieves(self, cap: CapResult) -> list[str]:
        """The initiatives that switch a gate off, or lift the criterion of a key cap; those named as done cannot."""
        able = self.lifters.get(cap.id, ()) if cap.kind == "key" else self.lifted_by.get(cap.id, ())
        return [name for name in able if name not in self.named_done and name in self.initiatives]

    def prerequisites(self, name: str, planned: frozenset[str]) -> frozenset[str]:
        """An initiative with what must be finished before it and is neither finished nor planned."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            current = waiting.pop()
            found.add(current)
            waiting += [n for n in self.needs[current] if not (n in found or n in planned or n in self.finished)]
        return frozenset(found)

    def leaning_on(self, name: str, members: frozenset[str]) -> frozenset[str]:
        """An initiative with those of the members that cannot be without it."""
        gone = {name}
        while more := {member for member in members - gone if gone.intersection(self.needs[member])}:
            gone |= more
        return frozenset(gone)

    def _effect(self, initiative: Initiative) -> InitiativeEffect:
        aims = aimed_levels(self.rubric, self.organization.target_levels, initiative)
        lifts: dict[str, float] = {}
        for node, level in aims.items():
            value, found = target_value(self.rubric, node, level), self.today[node]
            # What is accepted for a time is no reason to do anything.
            if f"{GAP}{node}" in self.accepted:
                continue
            # A node without enough answers stays without a value: nobody knows where it stands.
            if found.value is not None and found.uncapped is not None and found.uncapped < value - TOLERANCE:
                lifts[node] = value
        off = frozenset(cap for cap, names in self.lifted_by.items() if initiative.id in names)
        return InitiativeEffect(aims, lifts, off)

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


def _blocked_by(rubric: Rubric) -> dict[str, tuple[str, ...]]:
    """The gates that each initiative waits for."""
    found: dict[str, list[str]] = {}
    for gate in rubric.all_gates():
        for name in _each_once(gate.blocks):
            found.setdefault(name, []).append(gate.id)
    return {name: tuple(sorted(gates)) for name, gates in found.items()}


def _lag(rubric: Rubric, cap: str) -> bool:
    """Whether a condition compares a figure, which has to be measured again before it no longer holds."""
    gates = {gate.id: gate.when for gate in rubric.all_gates()}
    text = gates.get(cap) or next(clash.practice for clash in rubric.all_clashes() if clash.id == cap)
    parts = f.parts_within(translate_condition(rubric, text))
    return any(
        isinstance(part, f.Share | f.Headcount) or (isinstance(part, f.Leaf) and part.facet in ("number", "count"))
        for part in parts
    )


def _each_once(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({*names}))


def _lifters(effects: Mapping[str, InitiativeEffect]) -> dict[str, list[str]]:
    """The initiatives that lift each node above where it stands today."""
    found: dict[str, list[str]] = {}
    for name, effect in effects.items():
        for node in effect.lifts:
            found.setdefault(node, []).append(name)
    return found

"""Reasons in words a client accepts: why an initiative is in the plan, why not earlier, why it is left out."""

import re
from collections.abc import Sequence
from typing import assert_never

from assess.formula import Evaluation
from assess.model.findings import Finding
from assess.model.rubric import ROOT, Rubric
from assess.numbers import TOLERANCE, short
from assess.plan.calendar import Frame, Obstacle, Refusal, Task
from assess.plan.candidates import Candidate, TierReason
from assess.plan.outlook import Outlook
from assess.words import quoted

SHOWN = 2
SIGNS = {
    ">=": "is at least",
    "<=": "is at most",
    ">": "is above",
    "<": "is below",
    "=": "is",
    "==": "is",
    "!=": "is not",
}


class ReasonWords:
    """The names of one rubric, and the sentences made of them."""

    def __init__(self, outlook: Outlook, frame: Frame, tasks: dict[str, Task]) -> None:
        self.outlook = outlook
        self.rubric: Rubric = outlook.rubric
        self.frame = frame
        self.tasks = tasks

    def initiative(self, name: str) -> str:
        """Code and title of an initiative."""
        found = self.outlook.initiatives[name]
        return f"{found.code} {found.title}" if found.code else quoted(found.title)

    def node(self, name: str) -> str:
        """The title of a node."""
        return "the overall score" if name == ROOT else quoted(self.rubric.node_by_id[name].title)

    def because(self, choice: Candidate, name: str, findings: Sequence[Finding]) -> str:
        """Why an initiative is in the plan, and which findings ask for it, those first that name it."""
        why = self._ground(choice.ground) if name == choice.initiative else self._brought(choice, name)
        naming = [f for f in findings if name in f.initiatives]
        rest = [finding for finding in findings if finding not in naming]
        return f"{why}{f'; {_asking([*naming, *rest])}' if findings else ''}."

    def why_not_earlier(self, name: str, obstacle: Obstacle | None) -> str:
        """What the start of a placed initiative waits for."""
        owner = self._role(name)
        if obstacle is None:
            return "Nothing holds it back: it starts on the first day."
        match obstacle.kind:
            case "need":
                return f"It follows {self.initiative(obstacle.initiative)}."
            case "condition":
                return f"It waits until {self.condition(name)}."
            case "at_once":
                return f"Until then {owner} has {self.frame.at_once} initiatives at once, as many as the plan allows."
            case "running":
                left = f"what {owner} has left in period {obstacle.period}"
                return f"Ended earlier, its running cost would not fit {left}."
            case "capacity":
                return f"Started earlier, it would not fit what {owner} has left in period {obstacle.period}."
            case "horizon":
                raise ValueError(obstacle)  # what does not fit the calendar at all has no start
            case _:
                assert_never(obstacle.kind)

    def refused(self, name: str, choice: Candidate, refusal: Refusal) -> str:
        """Why a closure does not fit: the member that finds no place, and what is in its way."""
        member = refusal.initiative
        reasons = "; ".join(self._in_the_way(refusal))
        if member == name:
            return f"It does not fit: {reasons}."
        others = self._dependents_in(choice, member)
        if others:
            follows = "It" if name in others else self.initiative(others[0])
            return f"{follows} needs {self.initiative(member)} first, and that does not fit: {reasons}."
        return f"It would gain too little before {self.initiative(member)}, and that does not fit: {reasons}."

    def useless(self, name: str, planned: frozenset[str]) -> str:
        """Why an initiative that is neither planned nor refused would change nothing."""
        outlook, found = self.outlook, self.outlook.initiatives[name]
        effect, tree = outlook.effects[name], outlook.after(planned)
        if name in outlook.named_done:
            return "The engagement names it as done."
        if not effect.aims and not effect.off:
            return "Nothing in this plan needs it." if found.enabler else "It lifts nothing."
        if effect.aims and outlook.reached(name):
            full = all(effect.aims[node] == outlook.targets[node] for node in effect.aims)
            return f"Everything it lifts is {'at its target' if full else 'as high as it can lift it'}."
        if effect.aims and all(outlook.today[node].value is None for node in effect.aims):
            return "What it lifts has too few answers for a score, so nobody can say what it would change."
        if self._as_far(name, tree):
            others = [self.initiative(p) for p in sorted(planned) if self._covers(p, name)]
            return f"The plan brings what it lifts as far without it{f', by {_listed(others)}' if others else ''}."
        lifted = outlook.after(planned | {name})
        held = [node for node in sorted(effect.aims) if any(cap.binds for cap in lifted.node(node).caps)]
        if held:
            return f"{_listed([self.node(n) for n in held])} would stay held down, and nothing left here lifts that."
        return "It would not raise any score."

    def condition(self, name: str) -> str:
        """The condition an initiative waits for, with titles in the place of ids."""
        text = self.outlook.initiatives[name].not_before or ""
        return re.sub(r"[A-Za-z][\w.-]*|[<>=!]+", self._word, text)

    def _word(self, match: re.Match[str]) -> str:
        word = match.group()
        node = self.rubric.names.get(word, word)
        levels = {level.key: level.title for known in self.rubric.nodes() for level in self.rubric.levels_of(known.id)}
        if node in self.rubric.node_by_id:
            return self.node(node)
        if node in self.rubric.question_by_id:
            return f"the answer to {quoted(self.rubric.question_by_id[node].text)}"
        return SIGNS.get(word) or levels.get(word, word)

    def _ground(self, ground: TierReason) -> str:
        match ground.kind:
            case "gate":
                return f"It removes what holds {self.node(ground.held)} down{self._gate(ground.node)}"
            case "key_cap":
                return f"It lifts {self.node(ground.node)}, the key criterion that holds {self.node(ground.held)} down"
            case "clash":
                return f"It settles a contradiction about {self.node(ground.node)}"
            case "key":
                return f"It lifts {self.node(ground.node)}, a key criterion below its target"
            case "rest":
                brings = ground.node and f"It brings {self.node(ground.node)} closer to its target"
                return brings or "It answers a finding"
            case _:
                assert_never(ground.kind)

    def _gate(self, name: str) -> str:
        results = (gate for score in self.outlook.today.values() for gate in score.gates if gate.kind == "gate")
        reason = next((gate.because for gate in results if gate.id == name), "")
        return f" ({reason.rstrip('.')})" if reason else ""

    def _brought(self, choice: Candidate, name: str) -> str:
        others = self._dependents_in(choice, name)
        if others:
            return f"{self.initiative(others[0])} needs it first"
        return f"It lifts what would hold back {self.initiative(choice.initiative)}"

    def _dependents_in(self, choice: Candidate, name: str) -> list[str]:
        found = [other for other in sorted(choice.closure) if name in self.outlook.needs[other]]
        return sorted(found, key=lambda other: (other != choice.initiative, other))

    def _in_the_way(self, refusal: Refusal) -> list[str]:
        task, owner = self.tasks[refusal.initiative], self._role(refusal.initiative)
        room = f"{short(self.frame.of(task.owner))} person-days per period"
        told = {
            "horizon": f"it takes {task.weeks} weeks and can start in week {refusal.earliest + 1} at the earliest, "
            f"and the plan has {self.frame.horizon} weeks",
            "condition": f"it must wait until {self.condition(refusal.initiative)}",
            "at_once": f"{owner} has {self.frame.at_once} initiatives in hand already",
            "capacity": f"its {short(task.effort)} person-days over {task.weeks} weeks exceed what "
            f"{owner} has left of {room}",
            "running": f"its {short(task.running)} person-days per period afterwards exceed what "
            f"{owner} has left of {room}",
        }
        periods: dict[str, list[str]] = {}
        for obstacle in sorted(refusal.obstacles):
            periods.setdefault(obstacle.kind, []).extend([str(obstacle.period)] if obstacle.period else [])
        return [
            told[kind] + (f" in period{'s' if len(found) > 1 else ''} {_joined(found)}" if found else "")
            for kind, found in periods.items()
        ]

    def _as_far(self, name: str, tree: Evaluation) -> bool:
        """Whether a tree has everything an initiative lifts as high as it could lift it."""
        aims = {node: self.outlook.aim(name, node) for node in self.outlook.effects[name].aims}
        values = {node: tree.node(node).value for node in aims}
        return bool(aims) and all((values[node] or 0.0) >= aim - TOLERANCE for node, aim in aims.items())

    def _covers(self, planned: str, name: str) -> bool:
        """Whether a planned initiative lifts what another would, or switches off what holds it down today."""
        effect, aims = self.outlook.effects[planned], self.outlook.effects[name].aims
        held = {gate.id for node in aims for gate in self.outlook.today[node].gates if gate.binds}
        lifted = [node for node in aims if effect.lifts.get(node, -1.0) >= self.outlook.aim(name, node) - TOLERANCE]
        return bool(lifted or held & effect.off)

    def _role(self, name: str) -> str:
        owner = self.tasks[name].owner
        return self.rubric.role_by_id[owner].title if owner in self.rubric.role_by_id else owner


def _asking(findings: Sequence[Finding]) -> str:
    noun, verb = ("finding", "asks") if len(findings) == 1 else ("findings", "ask")
    return f"the {noun} {_listed([quoted(finding.title.rstrip('.')) for finding in findings])} {verb} for it"


def _listed(words: Sequence[str]) -> str:
    """The first words of a list, and how many more there are."""
    return _joined(words if len(words) <= SHOWN + 1 else [*words[:SHOWN], f"{len(words) - SHOWN} more"])


def _joined(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))

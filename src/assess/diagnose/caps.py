"""What holds scores down: gates, key criteria, and the practice half of clashes."""

from collections.abc import Iterable
from typing import NamedTuple

from assess.diagnose.case import DiagnoseContext
from assess.diagnose.grounds import Ground, grounds, nodes_read
from assess.diagnose.quotes import quotes
from assess.formula.finding_texts import tell_finding
from assess.model.findings import Finding
from assess.model.nodes import Clash, Gate
from assess.model.scorecard import GateResult
from assess.numbers import TOLERANCE
from assess.words import listed


class Held(NamedTuple):
    """A node a cap binds on, and how far below its aggregate it is held, in points of 0..100."""

    node: str
    points: float


def gates(case: DiagnoseContext) -> tuple[Finding, ...]:
    """The gates that hold and matter, flags too, and whatever else binds; red where a score is lower because of it."""
    holding = (gate for gate in case.rubric.all_gates() if case.holds(case.tree, gate.when))
    found = [_gate(case, gate) for gate in holding if _matters(case, gate)]
    found += [_key_cap(case, result) for result in case.scorecard.gates() if result.kind == "key" and result.binds]
    printed = {clash.id for clash in case.clashing}
    silent = [clash for clash in case.rubric.all_clashes() if clash.id not in printed and held_by(case, clash.id)]
    found += [_practice(case, clash) for clash in silent]
    return case.by_size(found)


def _matters(case: DiagnoseContext, gate: Gate) -> bool:
    """Whether a gate that holds is a finding: one that limits its own criterion only, from where that is stopped."""
    results = [result for result in case.scorecard.gates() if result.id == gate.id]
    if len(results) != 1 or gate.urgent or gate.red or gate.decision or not _limits_its_own_criterion(case, results[0]):
        return True
    return results[0].binds or _in_the_way(case, results[0])


def _limits_its_own_criterion(case: DiagnoseContext, result: GateResult) -> bool:
    written_on = case.stands_on[result.id]
    return result.node == written_on and any(node.id == written_on for node in case.criteria)


def _in_the_way(case: DiagnoseContext, result: GateResult) -> bool:
    """Whether a criterion has come as far as its limit and should come further."""
    reached, target = case.score(result.node).uncapped, case.target_levels.get(result.node)
    if reached is None or result.at is None or target is None:
        return False
    return reached >= result.at - TOLERANCE and target.at > result.at + TOLERANCE


def held_by(case: DiagnoseContext, name: str) -> tuple[Held, ...]:
    """The nodes a gate or clash binds on, most points first."""
    results = [result for result in case.scorecard.gates() if result.id == name and result.binds]
    held = [Held(result.node, _points_held(case, result)) for result in results]
    return tuple(sorted(held, key=lambda h: (-h.points, case.places[h.node])))


def _points_held(case: DiagnoseContext, result: GateResult) -> float:
    uncapped = case.score(result.node).uncapped
    return uncapped - result.at if uncapped is not None and result.at is not None else 0.0


def holds_down(case: DiagnoseContext, name: str, held: Iterable[Held]) -> str:
    """Where a cap binds, with the score each node would have without it."""
    at = {result.node: result.at for result in case.scorecard.gates() if result.id == name}
    free = {h.node: case.score(h.node).uncapped for h in held}
    return listed(
        f"{case.quoted_title(node)} is held at {case.points(node, at[node], before)} instead of "
        f"{case.points(node, before, at[node])}"
        for node, before in free.items()
    )


def _gate(case: DiagnoseContext, gate: Gate) -> Finding:
    held, read = held_by(case, gate.id), grounds(case, case.tree, gate.when)
    node, says, so = (
        _subject(case, gate, held),
        case.scorecard.texts[gate.id],
        tell_finding(gate.so, case.given, (gate.when,)),
    )
    return Finding(
        id=f"gate_{gate.id}",
        kind="gate",
        node=node,
        title=gate.title or f"{'What holds back' if gate.cap else 'Worth a look'}: {case.title(node)}",
        says=says.text,
        red=bool(held) or gate.red,
        quotes=quotes(case, read),
        initiatives=tuple(dict.fromkeys(gate.lifted_by)),
        size=held[0].points if held else 0.0,
        because=_reach(case, gate, held),
        criteria=_concerned(case, held, read),
        urgent=gate.urgent,
        so=so.text,
        decision=gate.decision,
        figures=tuple(dict.fromkeys((*says.figures, *so.figures))),
    )


def _subject(case: DiagnoseContext, gate: Gate, held: tuple[Held, ...]) -> str:
    """Where a gate weighs most, else what it would cap, else where it is written."""
    if held:
        return held[0].node
    return gate.cap.of[0] if gate.cap and gate.cap.of else case.stands_on[gate.id]


def _reach(case: DiagnoseContext, gate: Gate, held: tuple[Held, ...]) -> str:
    if held:
        return holds_down(case, gate.id, held)
    if gate.cap is None:
        return "it moves no score"
    results = [result for result in case.scorecard.gates() if result.id == gate.id]
    most = listed(f"{case.quoted_title(r.node)} can be at most {case.points(r.node, r.at)}" for r in results)
    return f"{most}; nothing is lower because of it today"


def _concerned(case: DiagnoseContext, held: tuple[Held, ...], read: tuple[Ground, ...]) -> tuple[str, ...]:
    lowest = {node.id for node in case.criteria}
    return tuple(dict.fromkeys((*(h.node for h in held if h.node in lowest), *nodes_read(case, read))))


def _key_cap(case: DiagnoseContext, result: GateResult) -> Finding:
    key = case.rubric.node_by_id[result.id]
    read = tuple(Ground(question.id) for question in case.level_questions(key))
    held = Held(result.node, _points_held(case, result))
    return Finding(
        id=f"cap_{result.node}_{key.id}",
        kind="gate",
        node=result.node,
        title=f"{case.quoted_title(key.id)} holds {case.quoted_title(result.node)} down",
        says=_key_says(case, result),
        red=True,
        quotes=quotes(case, read),
        initiatives=case.lifters(key.id, case.score(key.id).value or 0.0),
        size=held.points,
        because=holds_down(case, key.id, [held]),
        criteria=(key.id,),
    )


def _key_says(case: DiagnoseContext, result: GateResult) -> str:
    key = case.rubric.node_by_id[result.id]
    stands = case.points(key.id, case.score(key.id).value)
    return (
        f"{case.quoted_title(key.id)} is the key criterion of {case.quoted_title(result.node)} and stands at {stands}; "
        f"the whole can be at most {case.rubric.policies.key_headroom:g} above it."
    )


def _practice(case: DiagnoseContext, clash: Clash) -> Finding:
    """The cap of a clash nobody's claim contradicts: the practice alone holds the node down."""
    held, read = held_by(case, clash.id), grounds(case, case.tree, clash.practice)
    return Finding(
        id=f"gate_{clash.id}",
        kind="gate",
        node=held[0].node,
        title=f"Practice holds {case.quoted_title(held[0].node)} down",
        says=f"What was answered about daily practice limits {listed(case.quoted_title(h.node) for h in held)}.",
        red=True,
        quotes=quotes(case, read),
        initiatives=tuple(dict.fromkeys(clash.initiatives)),
        size=held[0].points,
        because=holds_down(case, clash.id, held),
        criteria=_concerned(case, held, read),
    )

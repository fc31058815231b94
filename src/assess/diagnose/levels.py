"""Where criteria stand against their targets."""

from collections.abc import Iterable

from assess.diagnose.case import DiagnoseContext
from assess.diagnose.level_texts import is_by_level, level_text, lowered
from assess.diagnose.unproved import policy_of
from assess.formula.readings import DOCUMENTED, STATED, grade
from assess.model.findings import Finding
from assess.model.nodes import Node
from assess.model.questions import Level, Question
from assess.numbers import TOLERANCE
from assess.words import listed

UNNAMED = "what an anonymous role brought"


def gaps(case: DiagnoseContext) -> tuple[Finding, ...]:
    """The criteria below their target; without an answer there is silence, not a gap."""
    found = []
    for node in case.criteria:
        value, target = case.score(node.id).value, case.target_levels.get(node.id)
        if value is not None and target is not None and value < target.at - TOLERANCE:
            found.append(_gap(case, node, value, target))
    return case.by_size(found)


def _gap(case: DiagnoseContext, node: Node, value: float, target: Level) -> Finding:
    said, reasons = level_text(case, node, node.says.gap, below=target), lowered(case, node)
    return Finding(
        id=f"gap_{node.id}",
        kind="gap",
        node=node.id,
        title=f"Gap: {node.title}",
        says=said.text if node.says.gap else f"{case.quoted_title(node.id)} is not yet where you want it to be.",
        red=node.key and _is_red(case, node, value),
        initiatives=case.lifters(node.id, value),
        size=target.at - value,
        because=_stands(case, node, value, target),
        criteria=(node.id,),
        lowered=reasons if is_by_level(node.says.gap) else (),
        figures=said.figures,
    )


def _is_red(case: DiagnoseContext, node: Node, value: float) -> bool:
    thresholds = {level.key: level.at for level in case.rubric.levels_of(node.id)}
    red_at = thresholds.get(case.rubric.policies.red_at or "")
    return red_at is not None and value <= red_at + TOLERANCE


def _stands(case: DiagnoseContext, node: Node, value: float, target: Level) -> str:
    return f"stands at {case.points(node.id, value)}, target {case.begins(node.id, target)} ({target.title})"


def strengths(case: DiagnoseContext, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The criteria at or above their target that no red or urgent finding concerns; those with proof first."""
    troubling = [finding for finding in found if finding.red or finding.urgent]
    troubled = {name for finding in troubling for name in (finding.node, *finding.criteria)}
    praised = []
    for node in case.criteria:
        value, target = case.score(node.id).value, case.target_levels.get(node.id)
        if value and target is not None and value >= target.at - TOLERANCE and node.id not in troubled:
            praised.append((_is_proved(case, node), _strength(case, node, value, target)))
    proved, other = ([finding for p, finding in praised if p is wanted] for wanted in (True, False))
    return (*case.by_size(proved), *case.by_size(other))


def _strength(case: DiagnoseContext, node: Node, value: float, target: Level) -> Finding:
    proof = listed(_proofs(case, node))
    shown = f"; shown by {proof}" if proof else "; no dated proof is attached yet"
    said = level_text(case, node, node.says.strength)
    return Finding(
        id=f"strength_{node.id}",
        kind="strength",
        node=node.id,
        title=f"Strength: {node.title}",
        says=said.text or f"{case.quoted_title(node.id)} stands where you want it to be.",
        size=value - target.at,
        because=_stands(case, node, value, target) + shown,
        criteria=(node.id,),
        lowered=lowered(case, node) if is_by_level(node.says.strength) else (),
        figures=said.figures,
    )


def _scored(case: DiagnoseContext, node: Node) -> tuple[Question, ...]:
    """The scored questions of a node that have a value."""
    return tuple(q for q in node.questions if case.rubric.scored(q) and case.item(q.id).state == "value")


def _is_proved(case: DiagnoseContext, node: Node) -> bool:
    graded = [case.tree.grade(question.id) for question in _scored(case, node)]
    return bool(graded) and min(graded) >= DOCUMENTED


def _proofs(case: DiagnoseContext, node: Node) -> tuple[str, ...]:
    """The titles of what proves a criterion, those of anonymous roles left out; nothing undated or too old to count."""
    policy, on = policy_of(case), case.sheet.engagement.assessed_on
    attached = [
        (UNNAMED if said.private else item.title, item)
        for question in _scored(case, node)
        for said in case.sheet.answers(question.id)
        for item in (said.answer.evidence if said.answer.state == "value" else ())
    ]
    return tuple(dict.fromkeys(title for title, item in attached if grade([item], policy, on) > STATED))

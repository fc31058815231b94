"""Where criteria stand against their targets, and what is claimed beyond its proof."""

from collections.abc import Iterable

from assess.diagnose.case import Case
from assess.formula.readings import CONFIRMED, DOCUMENTED, GRADES, STATED, grade
from assess.model.findings import Finding
from assess.model.nodes import Node
from assess.model.policies import EvidencePolicy
from assess.model.questions import Level, Question
from assess.model.scorecard import ItemScore
from assess.numbers import TOLERANCE
from assess.words import listed

COSTLIEST = 3
UNNAMED = "what an anonymous role brought"


def gaps(case: Case) -> tuple[Finding, ...]:
    """The criteria below their target; without an answer there is silence, not a gap."""
    found = []
    for node in case.criteria:
        value, target = case.score(node.id).value, case.target_levels.get(node.id)
        if value is not None and target is not None and value < target.at - TOLERANCE:
            found.append(_gap(case, node, value, target))
    return case.by_size(found)


def _gap(case: Case, node: Node, value: float, target: Level) -> Finding:
    return Finding(
        id=f"gap_{node.id}",
        kind="gap",
        node=node.id,
        title=f"Gap: {node.title}",
        says=node.says.gap or f"{case.quoted_title(node.id)} is not yet where you want it to be.",
        red=node.key and _is_red(case, node, value),
        initiatives=case.lifters(node.id, value),
        size=target.at - value,
        because=_stands(case, node, value, target),
        criteria=(node.id,),
    )


def _is_red(case: Case, node: Node, value: float) -> bool:
    thresholds = {level.key: level.at for level in case.rubric.levels_of(node.id)}
    red_at = thresholds.get(case.rubric.policies.red_at or "")
    return red_at is not None and value <= red_at + TOLERANCE


def _stands(case: Case, node: Node, value: float, target: Level) -> str:
    return f"stands at {case.points(node.id, value)}, target {case.begins(node.id, target)} ({target.title})"


def strengths(case: Case, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The criteria at or above their target that no red finding concerns; those with proof first."""
    troubled = {name for finding in found if finding.red for name in (finding.node, *finding.criteria)}
    praised = []
    for node in case.criteria:
        value, target = case.score(node.id).value, case.target_levels.get(node.id)
        if value and target is not None and value >= target.at - TOLERANCE and node.id not in troubled:
            praised.append((_is_proved(case, node), _strength(case, node, value, target)))
    proved, other = ([finding for p, finding in praised if p is wanted] for wanted in (True, False))
    return (*case.by_size(proved), *case.by_size(other))


def _strength(case: Case, node: Node, value: float, target: Level) -> Finding:
    proof = listed(_proofs(case, node))
    shown = f"; shown by {proof}" if proof else "; no dated proof is attached yet"
    return Finding(
        id=f"strength_{node.id}",
        kind="strength",
        node=node.id,
        title=f"Strength: {node.title}",
        says=node.says.strength or f"{case.quoted_title(node.id)} stands where you want it to be.",
        size=value - target.at,
        because=_stands(case, node, value, target) + shown,
        criteria=(node.id,),
    )


def _scored(case: Case, node: Node) -> tuple[Question, ...]:
    """The scored questions of a node that have a value."""
    return tuple(q for q in node.questions if case.rubric.scored(q) and case.item(q.id).state == "value")


def _is_proved(case: Case, node: Node) -> bool:
    graded = [case.tree.grade(question.id) for question in _scored(case, node)]
    return bool(graded) and min(graded) >= DOCUMENTED


def _proofs(case: Case, node: Node) -> tuple[str, ...]:
    """The titles of what proves a criterion, those of anonymous roles left out; nothing undated or too old to count."""
    policy, on = _policy(case), case.sheet.engagement.assessed_on
    attached = [
        (UNNAMED if said.private else item.title, item)
        for question in _scored(case, node)
        for said in case.sheet.answers(question.id)
        for item in (said.answer.evidence if said.answer.state == "value" else ())
    ]
    return tuple(dict.fromkeys(title for title, item in attached if grade([item], policy, on) > STATED))


def _policy(case: Case) -> EvidencePolicy:
    return case.rubric.policies.evidence or EvidencePolicy()


def unproved(case: Case) -> tuple[Finding, ...]:
    """The level questions that count less than claimed because of their evidence; the three costliest first."""
    held = [item for item in case.scorecard.items.values() if _unproved_points(item) > TOLERANCE]
    costly = sorted(held, key=lambda item: (-round(_cost(case, item), 9), case.places[item.id]))[:COSTLIEST]
    rest = [_unproved(case, item) for item in held if item not in costly]
    return (*(_unproved(case, item) for item in costly), *case.by_size(rest))


def _unproved_points(item: ItemScore) -> float:
    if item.ceiling is None or item.claimed is None or item.value is None:
        return 0.0
    return item.claimed - item.value


def _cost(case: Case, item: ItemScore) -> float:
    """Points of the root the missing proof costs, as far as its criterion has a gradient."""
    gradient = case.score(item.node).gradient
    return _unproved_points(item) * (1.0 if gradient is None else gradient)


def _unproved(case: Case, item: ItemScore) -> Finding:
    claimed = case.points(item.id, item.claimed, item.value)
    value, after = case.points(item.id, item.value, item.claimed), _after(case, item)
    wanted = _wanted(case, item)
    return Finding(
        id=f"unproved_{item.id}",
        kind="unproved",
        node=item.node,
        title=f"Unproved: {case.title(item.node)}",
        says=f"{case.quoted_title(item.node)} is described at {claimed} and counts as {value}: {_there(case, item)}.",
        settle=f"Attach {wanted} to the answer.",
        question=item.id,
        size=_unproved_points(item),
        because=f"graded {item.grade}, which counts up to {case.points(item.id, item.ceiling, after)}; "
        f"{wanted} would make it count up to {case.points(item.id, after, item.ceiling)}",
        criteria=(item.node,),
    )


def _there(case: Case, item: ItemScore) -> str:
    if item.grade == GRADES[DOCUMENTED]:
        return "a dated document is there, and nobody outside has confirmed it"
    if any(said.answer.evidence for said in case.sheet.answers(item.id) if said.answer.state == "value"):
        return "what is attached is undated or too old"
    return "nothing is attached that shows it"


def _next_grade(case: Case, item: ItemScore) -> int:
    """The lowest grade of evidence that would count for more."""
    policy = _policy(case)
    documented_helps = item.grade == GRADES[STATED] and policy.documented > policy.stated
    return DOCUMENTED if documented_helps else CONFIRMED


def _after(case: Case, item: ItemScore) -> float:
    """What the item would be worth with the next grade."""
    policy = _policy(case)
    ceiling = policy.documented if _next_grade(case, item) == DOCUMENTED else policy.confirmed
    return min(item.claimed or 0.0, ceiling)


def _wanted(case: Case, item: ItemScore) -> str:
    age = f"not older than {_policy(case).max_age_months} months"
    if _next_grade(case, item) == DOCUMENTED:
        return f"a dated document {age}"
    return f"a dated document {age} and the word of customers or a third party"

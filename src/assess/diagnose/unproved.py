"""What is claimed beyond its proof, and what would prove it."""

from assess.diagnose.case import DiagnoseContext
from assess.formula.readings import CONFIRMED, DOCUMENTED, GRADES, STATED
from assess.model.findings import Finding
from assess.model.policies import EvidencePolicy
from assess.model.scorecard import ItemScore
from assess.numbers import TOLERANCE

COSTLIEST = 3


def policy_of(case: DiagnoseContext) -> EvidencePolicy:
    """The ceilings of evidence, those of the program where the rubric names none."""
    return case.rubric.policies.evidence or EvidencePolicy()


def unproved(case: DiagnoseContext) -> tuple[Finding, ...]:
    """The level questions that count less than claimed because of their evidence; the three costliest first."""
    held = [item for item in case.scorecard.items.values() if is_unproved(item)]
    costly = sorted(held, key=lambda item: (-round(_cost(case, item), 9), case.places[item.id]))[:COSTLIEST]
    rest = [_unproved(case, item) for item in held if item not in costly]
    return (*(_unproved(case, item) for item in costly), *case.by_size(rest))


def _unproved_points(item: ItemScore) -> float:
    if item.ceiling is None or item.claimed is None or item.value is None:
        return 0.0
    return item.claimed - item.value


def _cost(case: DiagnoseContext, item: ItemScore) -> float:
    """Points of the root the missing proof costs, as far as its criterion has a gradient."""
    gradient = case.score(item.node).gradient
    return _unproved_points(item) * (1.0 if gradient is None else gradient)


def _unproved(case: DiagnoseContext, item: ItemScore) -> Finding:
    wanted, after = _wanted(case, item), _after(case, item)
    return Finding(
        id=f"unproved_{item.id}",
        kind="unproved",
        node=item.node,
        title=f"Unproved: {case.title(item.node)}",
        says=unproved_says(case, item),
        settle=f"Attach {wanted} to the answer.",
        question=item.id,
        size=_unproved_points(item),
        because=f"graded {item.grade}, which counts up to {case.points(item.id, item.ceiling, after)}; "
        f"{wanted} would make it count up to {case.points(item.id, after, item.ceiling)}",
        criteria=(item.node,),
    )


def is_unproved(item: ItemScore) -> bool:
    """Whether a question counts less than claimed because of its evidence."""
    return _unproved_points(item) > TOLERANCE


def unproved_says(case: DiagnoseContext, item: ItemScore) -> str:
    """What is claimed, what counts, and what is there to prove it."""
    claimed, value = case.points(item.id, item.claimed, item.value), case.points(item.id, item.value, item.claimed)
    return f"{case.quoted_title(item.node)} is described at {claimed} and counts as {value}: {_there(case, item)}."


def _there(case: DiagnoseContext, item: ItemScore) -> str:
    if item.grade == GRADES[DOCUMENTED]:
        return "a dated document is there, and nobody outside has confirmed it"
    if any(said.answer.evidence for said in case.sheet.answers(item.id) if said.answer.state == "value"):
        return "what is attached is undated or too old"
    return "nothing is attached that shows it"


def _next_grade(case: DiagnoseContext, item: ItemScore) -> int:
    """The lowest grade of evidence that would count for more."""
    policy = policy_of(case)
    documented_helps = item.grade == GRADES[STATED] and policy.documented > policy.stated
    return DOCUMENTED if documented_helps else CONFIRMED


def _after(case: DiagnoseContext, item: ItemScore) -> float:
    """What the item would be worth with the next grade."""
    policy = policy_of(case)
    ceiling = policy.documented if _next_grade(case, item) == DOCUMENTED else policy.confirmed
    return min(item.claimed or 0.0, ceiling)


def _wanted(case: DiagnoseContext, item: ItemScore) -> str:
    age = f"not older than {policy_of(case).max_age_months} months"
    if _next_grade(case, item) == DOCUMENTED:
        return f"a dated document {age}"
    return f"a dated document {age} and the word of customers or a third party"

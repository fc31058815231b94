"""Whose answers are too few to be shown without giving somebody away."""

from assess.model.answers import AnswerSheet
from assess.model.rubric import Rubric


def shy_roles(rubric: Rubric, sheet: AnswerSheet) -> frozenset[str]:
    """The ids of the roles that are anonymous by the rubric, or in which somebody answered anonymously."""
    named = {rubric.names.get(name, name) for name in rubric.policies.anonymous}
    return frozenset(named | {respondent.role for respondent in sheet.respondents if respondent.anonymous})


def withheld(rubric: Rubric, sheet: AnswerSheet, question: str, role: str) -> bool:
    """Whether what a role answered to a question must not be shown alone: anonymous, and below `min_cell` answers."""
    given = sum(respondent.role == role for respondent, _ in sheet.answers(question))
    return 0 < given < rubric.policies.min_cell and role in shy_roles(rubric, sheet)

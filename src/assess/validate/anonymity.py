"""What tells a single answer of people who were promised that theirs counts as part of a group only."""

from collections.abc import Iterator

from assess.documents import SourceMap
from assess.formula import conditions_of, translate_condition
from assess.formula.nodes import Headcount
from assess.model.questions import Question
from assess.model.rubric import Rubric
from assess.problems import Problem

Found = Iterator[Problem]
ENDS = {"min": "the lowest", "max": "the highest"}


def few(rubric: Rubric, sources: SourceMap) -> Found:
    """A group is never smaller than three, whatever the rubric says."""
    policies = rubric.policies
    if policies.anonymous and policies.min_cell < policies.least:
        message = f"min_cell: {policies.min_cell} would tell single answers; {policies.least} count"
        hint = f"write min_cell: {policies.least} or more"
        yield sources.problem("telling", message, "", "policies", "min_cell", hint=hint, severity="warning")


def single_answers(rubric: Rubric, sources: SourceMap) -> Found:
    """Questions to an anonymous role of whose answers one comes out as it was given."""
    anonymous = _anonymous(rubric)
    for question in rubric.questions():
        roles = [role for role in rubric.asked(question) if role in anonymous]
        which = _which(rubric, question)
        if roles and which:
            message = f"{which} of the answers to '{question.id}' counts, which is that of one person in {roles[0]}"
            hint = f"take {roles[0]} out of ask, or combine the answers otherwise"
            yield sources.problem("telling", message, question.id, hint=hint, severity="warning")


def _which(rubric: Rubric, question: Question) -> str:
    """Which single answer decides a question; empty where all do."""
    if question.traits.holds == "date":
        return "the earliest"
    return ENDS.get(question.combine or rubric.policies.combine, "")


def heads(rubric: Rubric, sources: SourceMap) -> Found:
    """Conditions that read how many answered in an anonymous role."""
    for element, route, text in conditions_of(rubric):
        for role in sorted(_heads(translate_condition(rubric, text)) & _anonymous(rubric)):
            message = f"n({role}) tells how many took part in an anonymous role, whether or not their answers count"
            hint = "read a question they answer instead"
            yield sources.problem("telling", message, element, *route, hint=hint, severity="warning")


def _heads(part: object) -> frozenset[str]:
    """The roles whose heads a test counts."""
    if isinstance(part, Headcount):
        return frozenset([part.role])
    found = (_heads(inner) for inner in part) if isinstance(part, tuple) else ()
    return frozenset().union(*found)


def _anonymous(rubric: Rubric) -> frozenset[str]:
    return frozenset(rubric.policies.anonymous)


ANONYMITY_RULES = (few, single_answers, heads)

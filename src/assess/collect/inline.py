"""Reads answers given without a file per respondent: question to answer, or role to such a mapping."""

from collections.abc import Mapping

from assess.collect.context import Context, Problems, WrittenAnswer, entries_at
from assess.collect.entries import find_question, read_entries, unknown_question
from assess.collect.raw import Respondent
from assess.collect.values import blank, name_written
from assess.documents import Route
from assess.model.answers import Answer
from assess.model.questions import Question
from assess.model.rubric import Rubric
from assess.problems import Problem

PREFIX = "answers"
NOBODY = "respondent"


def read_inline(
    context: Context, answers: Mapping[str, object], route: Route, role: str | None = None
) -> tuple[tuple[Respondent, ...], Problems]:
    """One respondent per role that says something, with ids such as `answers-executive`.

    What stands below no role belongs to `role`, else to the first role of people the question is put to.
    """
    by_role: dict[str, list[WrittenAnswer]] = {}
    problems: list[Problem] = []
    for entry in entries_at(answers, route):
        question = find_question(context.rubric.whole, entry.name)
        named = context.rubric.role_by_id.get(context.rubric.names.get(entry.name, ""))
        if question is not None:
            by_role.setdefault(role or spokesman(context.rubric, question), []).append(entry)
        elif named is None:
            problems.append(unknown_question(context, entry, _role_names(context.rubric)))
        elif isinstance(entry.value, Mapping):
            by_role.setdefault(named.id, []).extend(entries_at(entry.value, entry.route))
        elif not blank(entry.value):
            message = (
                f"{name_written(entry.name)} is a role; {name_written(entry.value)} is not a mapping of its answers"
            )
            hint = "write question: answer below the role"
            problems.append(context.problem("shape", message, entry.route, hint=hint))
    respondents: list[Respondent] = []
    for who, entries in sorted(by_role.items()):
        found, mistakes = read_entries(context._replace(role=who), entries)
        problems += mistakes
        if found:
            respondents.append(_respondent(context.rubric, who, found))
    return tuple(respondents), tuple(problems)


def _role_names(rubric: Rubric) -> list[str]:
    return [name for name, meant in rubric.names.items() if meant in rubric.role_by_id]


def _respondent(rubric: Rubric, role: str, answers: Mapping[str, Answer]) -> Respondent:
    known = rubric.role_by_id.get(role)
    kind = "self" if known is None or known.people else "document"
    return Respondent(f"{PREFIX}-{role}", role, answers, kind, anonymous=is_anonymous(rubric, role))


def is_anonymous(rubric: Rubric, role: str) -> bool:
    """Whether the rubric never shows single answers of a role."""
    return role in rubric.policies.anonymous


def spokesman(rubric: Rubric, question: Question) -> str:
    """The first role of people a question is put to; without people the first role put to, or the first of all."""
    asked = rubric.asked(question)
    people = [role for role in asked if rubric.role_by_id[role].people]
    everybody = [role.id for role in rubric.roles]
    return next(iter([*people, *asked, *everybody]), NOBODY)

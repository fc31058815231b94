"""Fits answers given as a Python mapping to a rubric."""

import datetime
from collections.abc import Mapping
from dataclasses import replace

from assess.collect.context import Context
from assess.collect.inline import read_inline
from assess.collect.raw import Collected, Respondent
from assess.collect.values import format_written, name_written
from assess.documents import Document, Route
from assess.model.engagement import Engagement, Organization
from assess.model.rubric import Rubric
from assess.problems import DocumentError, Location, Problem, errors, listing, nearest

NO_DATE = datetime.date(1970, 1, 1)
_NAME = "answers"


def collect_mapping(
    rubric: Rubric,
    answers: Mapping[str, object],
    *,
    assessed_on: datetime.date | None = None,
    role: str | None = None,
) -> Collected:
    """Answers given as question to answer, or role to such a mapping.

    role: whose the answers below no role are; without it, the first role of people each question is put to.
    assessed_on: needed when answers hold dates; without it the engagement carries 1970-01-01.
    Raises DocumentError with every answer that does not fit.
    """
    problems: list[Problem] = []
    who = _role(rubric, role, problems) if role is not None else None
    document = Document(_NAME, dict(answers), _places(answers), {}, ("",))
    context = Context(rubric, document, assessed_on or datetime.date.max)
    respondents, mistakes = read_inline(context, answers, (), who)
    problems += [_unplaced(problem) for problem in mistakes]
    if not respondents and not errors(problems):
        problems.append(Problem("no_answers", "the mapping holds no answer", hint="give question: answer"))
    if assessed_on is None and any(_dated(respondent) for respondent in respondents):
        message = "answers that hold dates need the day of the assessment"
        problems.append(Problem("missing_key", message, hint="give assessed_on=datetime.date(...)"))
    if errors(problems):
        raise DocumentError(errors(problems))
    engagement = Engagement(
        assess="engagement/1",
        organization=Organization(name="Unnamed organization"),
        rubric=rubric.id,
        rubric_version=rubric.version,
        assessed_on=assessed_on or NO_DATE,
    )
    ordered = tuple(sorted(respondents, key=lambda respondent: respondent.id))
    return Collected(engagement, ordered)


def _places(answers: Mapping[str, object]) -> dict[Route, Location]:
    """A name for the place of every answer, below roles too."""
    places: dict[Route, Location] = {(): Location(_NAME)}
    for name, value in answers.items():
        places[name,] = Location(format_written(name))
        if isinstance(value, Mapping):
            places |= {(name, inner): Location(f"{format_written(name)}, {format_written(inner)}") for inner in value}
    return places


def _unplaced(problem: Problem) -> Problem:
    """A problem that names the answer it is about, since no file does."""
    place = problem.location.file if problem.location else ""
    told = all(part in problem.message for part in place.split(", "))
    message = problem.message if told or place == _NAME else f"{place}: {problem.message}"
    return replace(problem, message=message, location=None)


def _role(rubric: Rubric, role: str, problems: list[Problem]) -> str | None:
    names = {name: meant for name, meant in rubric.names.items() if meant in rubric.role_by_id}
    if role not in names:
        message = f"{name_written(role)} is not a role of '{rubric.id}'{nearest(role, names)}"
        hint = f"one of: {listing([known.id for known in rubric.roles], most=12)}"
        problems.append(Problem("respondent", message, hint=hint))
    return names.get(role)


def _dated(respondent: Respondent) -> bool:
    """Whether an answer is a date, or its evidence has one."""
    answers = respondent.answers.values()
    return any(isinstance(a.value, datetime.date) or any(item.dated for item in a.evidence) for a in answers)

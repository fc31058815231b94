"""Checks the evidence and notes of answers: dates, files, links, and what a question demands."""

import os
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path, PurePosixPath, PureWindowsPath
from urllib.parse import urlsplit

from assess import documents
from assess.collect.context import Context, Problems
from assess.collect.raw import Respondent
from assess.collect.values import name_written
from assess.documents import Document, Route
from assess.model.answers import Answer
from assess.model.engagement import EvidenceItem
from assess.model.questions import Question
from assess.model.rubric import Rubric
from assess.problems import Problem

# answers: question:, or answers: role: question:
DEEPEST_ANSWER = 3


def checked(context: Context, items: Sequence[EvidenceItem], route: Route) -> Problems:
    """What is wrong with the evidence of the answer at a route."""
    problems: list[Problem] = []
    for place, item in enumerate(items):
        at = (*route, "evidence", place)
        if item.dated and item.dated > context.assessed_on:
            message = f"the evidence {name_written(item.title)} is dated {item.dated}, after the day of the assessment"
            hint = f"correct the date, or assessed_on of the engagement, which is {context.assessed_on}"
            problems.append(context.problem("evidence_date", message, (*at, "dated"), hint=hint))
        if item.file:
            problems += _file(context, item, (*at, "file"))
        if item.url and not _is_web(item.url):
            message = f"{name_written(item.url)} is not the address of a web page"
            hint = "write an address that begins with https:// or http://, or use place: for words"
            problems.append(context.problem("shape", message, (*at, "url"), hint=hint))
    return tuple(problems)


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not any(c.isspace() for c in url)


def _file(context: Context, item: EvidenceItem, route: Route) -> Problems:
    """A file must lie inside the engagement's folder; that it is not there yet is only worth a warning."""
    slashed = item.file.replace("\\", "/")
    outside = slashed.startswith("/") or bool(PureWindowsPath(item.file).drive) or ".." in PurePosixPath(slashed).parts
    if outside or (context.folder and not inside(context.folder / slashed, context.folder)):
        message = f"the evidence file {name_written(item.file)} lies outside the engagement's folder"
        hint = "copy it into the folder and name it from there, as in evidence/map.pdf, or use place: for words"
        return (context.problem("file_missing", message, route, hint=hint),)
    if context.folder and not _exists(context.folder / slashed):
        message = f"the evidence file {name_written(item.file)} is not in the engagement's folder"
        hint = "copy it there, or correct the name"
        return (context.problem("file_missing", message, route, hint=hint, severity="warning"),)
    return ()


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name longer than the system takes, or one it cannot spell
        return False


def inside(path: Path, folder: Path) -> bool:
    """Whether a path still lies in a folder once links are followed."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def demanded(context: Context, question: Question, answer: Answer, route: Route) -> Problems:
    """A warning about the note a question asks for and an answer does not bring."""
    if answer.state != "value" or question.note != "required" or answer.note.strip():
        return ()
    message = f"'{question.id}' asks for a note"
    hint = "use the long form and add note:"
    return (context.problem("note_missing", message, route, at_key=True, hint=hint, severity="warning"),)


def unproved_questions(rubric: Rubric, people: Sequence[Respondent], proved: AbstractSet[str]) -> tuple[Problem, ...]:
    """One warning for every question whose answers ask for dated evidence and bring none between them.

    proved: the questions to which anybody brought some.
    """
    told = set(proved)
    problems: list[Problem] = []
    for person in people:
        for question, answer in person.answers.items():
            if question in told or not needs_proof(rubric, rubric.question_by_id[question], answer, person.role):
                continue
            told.add(question)
            message = f"no answer to '{question}' names dated evidence"
            hint = "add evidence: with title, kind and dated to one of them"
            hint += "; without it they count as stated only" if rubric.policies.evidence else ""
            problems += at_answer(
                rubric, person, question, Problem("evidence_missing", message, hint=hint, severity="warning")
            )
    return tuple(problems)


def dated(answers: Iterable[tuple[str, Answer]]) -> frozenset[str]:
    """The questions one of these answers to which brings dated evidence."""
    return frozenset(question for question, answer in answers if any(item.dated for item in answer.evidence))


def at_answer(rubric: Rubric, person: Respondent, question: str, told: Problem) -> Problems:
    """A problem at the place where somebody answers a question; nothing where the answer stands in no document."""
    if person.document is None:
        return ()
    route = route_of(rubric, person.document, question, person.role)
    return (
        documents.problem(
            person.document, told.code, told.message, route, at_key=True, hint=told.hint, severity=told.severity
        ),
    )


def lines_of(rubric: Rubric, person: Respondent, question: str) -> Iterator[int]:
    """The lines on which somebody's answer to a question stands."""
    if person.document is not None:
        route = route_of(rubric, person.document, question, person.role)
        for places in (person.document.keys, person.document.places):
            yield from (place.line for at, place in places.items() if at[: len(route)] == route)


def route_of(rubric: Rubric, document: Document, question: str, role: str = "") -> Route:
    """Where a question is first answered in a document, below a role if it is answered there."""
    keys = [route for route in document.keys if route[0] == "answers" and len(route) <= DEEPEST_ANSWER]
    here = [route for route in keys if rubric.names.get(str(route[-1])) == question]
    own = [route for route in here if rubric.names.get(str(route[-2])) == role]
    return next(iter([*own, *here]), ("answers",))


def needs_proof(rubric: Rubric, question: Question, answer: Answer, role: str) -> bool:
    """Whether a question asks a role for dated evidence beside an answer."""
    rule, _, key = rubric.wording(question, role).evidence.partition(" ")
    if answer.state != "value":
        return False
    if rule != "required_from":
        return rule == "required"
    keys = [option.key for option in rubric.options_of(question)]
    if key not in keys or answer.value not in keys:
        return False
    return keys.index(str(answer.value)) >= keys.index(key)

"""Answers of several people that do not go together: nobody knows, not all it applies to, or one function says two."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assess import documents
from assess.collect.evidence import route_of
from assess.collect.raw import Respondent, RespondentDocuments
from assess.collect.values import format_written
from assess.documents import Document, Route
from assess.model.answers import Answer
from assess.model.questions import Question
from assess.model.rubric import Rubric
from assess.numbers import counted, measured
from assess.problems import Problem, listing

MOST = 12


class _Given(NamedTuple):
    """One answer of somebody who was asked, and the document it stands in."""

    who: Respondent
    document: Document
    answer: Answer


def disputes(rubric: Rubric, settled: frozenset[str], told: RespondentDocuments) -> tuple[Problem, ...]:
    """What `check` says of the questions nobody asked can answer, and of those that apply for some only.

    Where more say that a question does not apply than answer it, that is a warning; where fewer do, one note names
    all of them. settled: questions that are decided already.
    """
    answers = _by_question(told)
    found: list[Problem] = []
    few: list[str] = []
    for question in rubric.questions():
        given = [one for one in answers.get(question.id, ()) if one.who.role in rubric.asked(question)]
        away = [one for one in given if one.answer.state == "na"]
        valued = [one for one in given if one.answer.state == "value"]
        if question.id in settled or not given:
            continue
        found += _two_statements(rubric, question, valued) if question.office else ()
        if all(one.answer.state == "unknown" for one in given):
            found.append(_nobody_knows(rubric, question, given))
        elif away and valued and len(away) > len(valued):
            found.append(_disputed(rubric, question, given, away, valued))
        elif away and valued:
            few.append(f"{question.id} ({len(away)} of {len(given)})")
    if few:
        amount = counted(len(few), "question applies", "questions apply")
        message = f"{amount} to some and not to others, of those asked: {listing(few, MOST)}"
        found.append(Problem("na_disputed", message, hint="the answers count, N/A does not", severity="note"))
    return tuple(found)


def _by_question(told: RespondentDocuments) -> dict[str, list[_Given]]:
    answers: dict[str, list[_Given]] = {}
    for who, document in told:
        for name, answer in who.answers.items():
            answers.setdefault(name, []).append(_Given(who, document, answer))
    return answers


def _nobody_knows(rubric: Rubric, question: Question, given: Sequence[_Given]) -> Problem:
    who = "the only one asked does" if len(given) == 1 else f"all {len(given)} who were asked do"
    document, route = _place(rubric, question, given[0])
    message = f"'{question.id}': {who} not know"
    hint = "ask somebody who may know; if it is so, it is a finding"
    return documents.problem(document, "nobody_knows", message, route, at_key=True, hint=hint, severity="note")


def _disputed(
    rubric: Rubric, question: Question, given: Sequence[_Given], away: Sequence[_Given], valued: Sequence[_Given]
) -> Problem:
    """Most say that a question does not apply, and the few who answer it decide its value."""
    people = listing([one.who.id for one in valued], most=4)
    document, route = _place(rubric, question, away[0])
    message = f"{len(away)} of {len(given)} say that '{question.id}' does not apply; what {people} said counts"
    hint = "ask which is right, and settle it in answers/_agreed.yaml"
    return documents.problem(document, "na_disputed", message, route, at_key=True, hint=hint, severity="warning")


def _two_statements(rubric: Rubric, question: Question, valued: Sequence[_Given]) -> Iterator[Problem]:
    """A warning where the people of one function state different things for it; the document prints them all."""
    said = dict.fromkeys(_written(question, one.answer.value) for one in valued)
    if len(said) > 1:
        document, route = _place(rubric, question, valued[-1])
        role = rubric.role_by_id[valued[-1].who.role].title
        message = f"'{question.id}' is what {role} states, and its people state {listing([*said], MOST)}"
        hint = "ask which is right, and settle it in answers/_agreed.yaml"
        yield documents.problem(document, "office_differs", message, route, at_key=True, hint=hint, severity="warning")


def _written(question: Question, value: object) -> str:
    return (
        measured(value, question.unit, one=question.unit_one)
        if isinstance(value, int | float)
        else format_written(value)
    )


def _place(rubric: Rubric, question: Question, one: _Given) -> tuple[Document, Route]:
    return one.document, route_of(rubric, one.document, question.id)

"""Appendix C: every answer in full, by role and number of people, never by person."""

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assess.formula import cells
from assess.formula.readings import answer_value
from assess.formula.valuing import is_stepped
from assess.model.answers import Answer, Respondent
from assess.model.nodes import walk
from assess.model.questions import Question
from assess.numbers import counted, measured, native, pencil
from assess.render.case import DASH, Case
from assess.render.markdown import BREAK, Markdown, anchor, concat, escape, join, lines, link
from assess.render.tables import Row

_STATES = {"na": "not applicable", "unknown": "not known", "declined": "no answer wanted", "missing": "no answer"}


class Chapter(NamedTuple):
    """The answers to the questions of one principle."""

    name: str
    rows: tuple[Row, ...]


def replies(case: Case) -> tuple[Chapter, ...]:
    """All answers, principle by principle."""
    chapters: list[Chapter] = []
    for principle in case.rubric.principles:
        rows: list[Row] = []
        for question in (q for node in walk(principle) for q in node.questions):
            rows += _rows(case, question)
        chapters.append(Chapter(case.name(principle.id), tuple(rows)))
    return tuple(chapters)


def _rows(case: Case, question: Question) -> Iterator[Row]:
    """The rows of one question: its text stands in the first of them."""
    linked = link(question.id, f"trace-{question.id}") if is_traced(case, question) else question.id
    asked = concat((anchor(f"answers-{question.id}"), linked, f": {question.text}"))
    for role, given, amount in _by_role(case, question) or [(DASH, "no answer", 0)]:
        yield asked, role, given, amount
        asked = Markdown("")
    settled = case.sheet.settled.get(question.id)
    if settled:
        words = case.discreet(said(case, question, settled.answer))
        yield asked, "Settled", join(lines(f"{_points(case, question, settled.answer)}{words}"), BREAK), DASH


def is_traced(case: Case, question: Question) -> bool:
    """Whether a question counts in a score that was computed."""
    item = case.scorecard.items.get(question.id)
    return item is not None and item.weight != 0 and item.node in case.scorecard.scores


def _by_role(case: Case, question: Question) -> list[tuple[str, Markdown | str, int | str]]:
    """Role, answers and number of people; anonymous roles with few people are put together."""
    given: dict[str, list[tuple[Respondent, Answer]]] = {}
    for respondent, answer in case.sheet.answers(question.id):
        given.setdefault(case.rubric.names.get(respondent.role, respondent.role), []).append((respondent, answer))
    order = [role.id for role in case.rubric.roles if role.id in given]
    order += sorted(given.keys() - set(order))
    small = [role for role in order if cells.withheld(case.rubric, case.sheet, question.id, role)]
    shown: list[tuple[str, Markdown | str, int | str]]
    shown = [
        (_role(case, question, role), _answers(case, question, given[role]), len(given[role]))
        for role in order
        if role not in small
    ]
    if small:
        together = [pair for role in small for pair in given[role]]
        enough = len(together) >= case.rubric.policies.min_cell
        least = counted(case.rubric.policies.min_cell, "answer", "answers")
        text = _tally(case, question, together) if enough else f"fewer than {least}, not shown"
        shown.append((", ".join(case.role(role) for role in small), text, len(together) if enough else DASH))
    return shown


def _role(case: Case, question: Question, role: str) -> str:
    words = case.rubric.wording(question, role)
    title = case.role(role)
    if role not in case.rubric.asked(question):
        return f"{title} (not asked)"
    return title if words == question.text else f"{title}, asked: {words}"


def _answers(case: Case, question: Question, given: Sequence[tuple[Respondent, Answer]]) -> Markdown:
    """What a role answered, with its reasons and notes when it is not anonymous."""
    parts = [_tally(case, question, given)]
    for respondent, answer in given:
        if _is_open(case, respondent):
            parts += [line for words in (answer.why, answer.note) for line in lines(case.discreet(words))]
    return join(parts, BREAK)


def _is_open(case: Case, respondent: Respondent) -> bool:
    """Whether what somebody said beside the answer itself may be printed."""
    hidden = {case.rubric.names.get(name, name) for name in case.rubric.policies.anonymous}
    return not respondent.anonymous and case.rubric.names.get(respondent.role, respondent.role) not in hidden


def _tally(case: Case, question: Question, given: Sequence[tuple[Respondent, Answer]]) -> Markdown:
    """The different answers with how often each was given; texts of several lines stand on lines of their own."""
    told = Counter(
        f"{_points(case, question, answer)}{said(case, question, answer)}{_confidence(case, who, answer)}"
        for who, answer in given
    )
    shown = [words if len(given) == 1 else f"{words.strip()} ({times})" for words, times in told.items()]
    several = any("\n" in words for words in shown)
    return join((line for words in shown for line in lines(words)), BREAK) if several else escape("; ".join(shown))


def _points(case: Case, question: Question, answer: Answer) -> str:
    """What an answer of ordered steps is worth in points; how others are valued stands in the trace."""
    if not is_traced(case, question) or not is_stepped(case.rubric, question):
        return ""
    value = None if answer.value is None else answer_value(case.rubric, question, answer.value)
    return "" if value is None else f"{pencil(native(value, case.scale_of(question.id)))}: "


def _confidence(case: Case, respondent: Respondent, answer: Answer) -> str:
    """How sure somebody was of an answer, which changes no value; nothing where nobody said or where it would tell."""
    return f" ({answer.confidence} confidence)" if answer.confidence and _is_open(case, respondent) else ""


def said(case: Case, question: Question, answer: Answer) -> str:
    """One answer in the words of the questionnaire, a number with its unit, or why there is none."""
    if answer.state != "value":
        return _STATES[answer.state]
    labels = {option.key: option.label for option in case.rubric.options_of(question)}
    value = answer.value
    if isinstance(value, tuple):
        return "; ".join(labels.get(key, key) for key in value) or "none of them"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, int | float):
        return measured(value, question.unit, one=question.unit_one)
    return labels.get(value, value) if value is not None else DASH

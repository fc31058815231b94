"""Appendix A, answer by answer: what each is worth from 0 to 100, by the rule of its question and the figures of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assess.formula import cells
from assess.formula.valuing import is_stepped, rule_of, worked
from assess.model.answers import Answer
from assess.model.questions import Option, Question
from assess.numbers import counted
from assess.render.case import DASH, Case
from assess.render.markdown import Markdown, concat, link
from assess.render.replies import said
from assess.render.tables import Row
from assess.words import ended, quoted

SETTLED = "Settled"


class Valued(NamedTuple):
    """How the answers to some questions got their values: a rule for each, and question, role, answer and worth."""

    rules: tuple[Markdown, ...]
    rows: tuple[Row, ...]


def valued(case: Case, questions: Sequence[Question]) -> Valued:
    """The rules and figures of questions; those of ordered steps stand with their points elsewhere."""
    own = [q for q in questions if case.rubric.scored(q) and not is_stepped(case.rubric, q)]
    rules = (concat((_link(q), f": {ended(rule_of(case.rubric, q, _label))}")) for q in own)
    return Valued(tuple(rules), tuple(row for question in own for row in _rows(case, question)))


def _link(question: Question) -> Markdown:
    return link(question.id, f"answers-{question.id}")


def _rows(case: Case, question: Question) -> Iterator[Row]:
    """The rows of one question: its name stands in the first of them."""
    linked: Markdown | str = _link(question)
    for role, answer, worth in [*_by_role(case, question), *_settled(case, question)]:
        yield linked, role, answer, worth
        linked = ""


def _label(option: Option) -> str:
    return quoted(option.label)


def _by_role(case: Case, question: Question) -> Iterator[tuple[str, str, str]]:
    """Role, answer and its worth, each answer once a role; groups too small to be shown without both."""
    given: dict[str, list[Answer]] = {}
    for who, answer in case.sheet.answers(question.id):
        given.setdefault(who.role, []).append(answer)
    for role in (role.id for role in case.rubric.roles if role.id in given):
        if cells.withheld(case.rubric, case.sheet, question.id, role):
            least = counted(case.rubric.policies.min_cell, "answer", "answers")
            yield case.role(role), f"fewer than {least}, not shown", DASH
            continue
        pairs = Counter(_pair(case, question, answer) for answer in given[role] if answer.state == "value")
        for (words, worth), times in pairs.items():
            yield case.role(role), f"{words} ({times})" if times > 1 else words, worth


def _settled(case: Case, question: Question) -> Iterator[tuple[str, str, str]]:
    settlement = case.sheet.settled.get(question.id)
    if settlement and settlement.answer.state == "value":
        yield (SETTLED, *_pair(case, question, settlement.answer))


def _pair(case: Case, question: Question, answer: Answer) -> tuple[str, str]:
    """An answer in words, and the steps to its value."""
    steps = "" if answer.value is None else worked(case.rubric, question, answer.value, _label)
    return said(case, question, answer), steps or DASH

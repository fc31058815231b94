"""Appendix A, answer by answer: what each is worth from 0 to 100, by the rule of its question and the figures of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assess.formula.worked_answers import is_stepped, worked, worth_rule
from assess.model.answers import Answer, Said
from assess.model.questions import Option, Question
from assess.numbers import counted
from assess.render.context import DASH, RenderContext
from assess.render.markdown import Markdown, concat, link
from assess.render.sections.answers import answer_in_role_words as in_words
from assess.render.sections.answers import is_combined
from assess.render.tables import Row
from assess.words import ended, quoted

SETTLED = "Settled"


class Valued(NamedTuple):
    """How the answers to some questions got their values: a rule for each, and question, role, answer and worth."""

    rules: tuple[Markdown, ...]
    rows: tuple[Row, ...]


def valued(case: RenderContext, questions: Sequence[Question]) -> Valued:
    """The rules and figures of questions; those of ordered steps stand with their points elsewhere."""
    own = [q for q in questions if case.rubric.scored(q) and not is_stepped(case.rubric, q)]
    rules = (concat((_link(q), f": {ended(worth_rule(case.rubric, q, _label))}")) for q in own)
    return Valued(tuple(rules), tuple(row for question in own for row in _rows(case, question)))


def _link(question: Question) -> Markdown:
    return link(question.id, f"answers-{question.id}")


def _rows(case: RenderContext, question: Question) -> Iterator[Row]:
    """The rows of one question: its name stands in the first of them."""
    linked: Markdown | str = _link(question)
    for role, answer, worth in [*_by_role(case, question), *_settled(case, question)]:
        yield linked, role, answer, worth
        linked = ""


def _label(option: Option) -> str:
    return quoted(option.label)


def _by_role(case: RenderContext, question: Question) -> Iterator[tuple[str, str, str]]:
    """Role, answer and its worth, each answer once a role; of anonymous people only how often which option counts."""
    given: dict[str, list[Said]] = {}
    for said in case.sheet.answers(question.id):
        given.setdefault(said.role, []).append(said)
    for role in (role.id for role in case.rubric.roles if role.id in given):
        valued = [said for said in given[role] if said.answer.state == "value"]
        told = [said.answer for said in valued if not (said.private and is_combined(said.answer))]
        pairs = Counter(_pair(case, question, answer) for answer in told)
        for (words, worth), times in sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0])):
            yield case.role(role), f"{words} ({times})" if times > 1 else words, worth
        if len(told) < len(valued):
            amount = counted(len(valued) - len(told), "answer", "answers")
            yield case.role(role), f"{amount} of anonymous people, not shown one by one", DASH


def _settled(case: RenderContext, question: Question) -> Iterator[tuple[str, str, str]]:
    settlement = case.sheet.settled.get(question.id)
    if settlement and settlement.answer.state == "value":
        yield (SETTLED, *_pair(case, question, settlement.answer))


def _pair(case: RenderContext, question: Question, answer: Answer) -> tuple[str, str]:
    """An answer in words, and the steps to its value."""
    steps = "" if answer.value is None else worked(case.rubric, question, answer.value, _label)
    return in_words(case, question, answer), steps or DASH

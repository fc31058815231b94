"""What was settled by agreement: the answer that counted before, the one that counts now, on whose word, and why."""

import datetime
from collections.abc import Iterator
from typing import assert_never

from assess.formula import Evaluation, evaluate
from assess.formula.nodes import Chose, Leaf, Ticked
from assess.formula.worked_answers import is_stepped
from assess.model.answers import Answer, AnswerValue
from assess.model.questions import Question
from assess.render.context import DASH, RenderContext
from assess.render.markdown import BREAK, join, lines, link
from assess.render.sections.answers import answer_in_role_words
from assess.render.tables import Row

STATES = {"na": "not applicable", "unknown": "not known", "missing": "no answer", "hidden": "not asked"}
IN_WORDS = "answered in words"
UNDECIDED = "undecided, because answers differ"


def agreed(case: RenderContext) -> Iterator[Row]:
    """Every settled question: before, after, on whose answers, and why."""
    for name, settled in sorted(case.sheet.settled.items()):
        question = case.rubric.question_by_id.get(name)
        if question is None:
            continue
        without = {other: answer for other, answer in case.readings.settled.items() if other != name}
        tree = evaluate(case.compiled, case.readings._replace(settled=without), claimed=True)
        basis = dict.fromkeys(case.role(role) for role in settled.basis)
        yield (
            link(name, f"answers-{name}"),
            _before(case, question, tree),
            join(lines(_after(case, question, settled.answer)), BREAK),
            ", ".join(basis) or DASH,
            join(lines(case.discreet(settled.why)), BREAK) or DASH,
        )


def _after(case: RenderContext, question: Question, answer: Answer) -> str:
    item = case.scorecard.items.get(question.id)
    worth = None if item is None else item.agreed
    words = case.discreet(answer_in_role_words(case, question, answer))
    return words if answer.state != "value" else _with_points(case, question, words, worth)


def _before(case: RenderContext, question: Question, tree: Evaluation) -> str:
    """The answer that counted by the rules, evidence left aside."""
    found = tree.item(question.id)
    if found.state != "value":
        return STATES[found.state]
    return _with_points(case, question, _counting(case, question, tree), found.range.value)


def _with_points(case: RenderContext, question: Question, words: str, value: float | None) -> str:
    """The points alone for an ordered question, which are what counts; words and points for any other with a score."""
    if value is None or not case.rubric.scored(question):
        return words
    points = case.points_of(question.id, value)
    return points if is_stepped(case.rubric, question) else f"{words} ({points})"


def _counting(case: RenderContext, question: Question, tree: Evaluation) -> str:
    """The answer that a condition reads, in the words of the questionnaire."""
    name = question.id
    keys = [option.key or "" for option in case.rubric.options_of(question)]
    value: AnswerValue = None
    reads = question.traits.reads
    match reads:
        case "number":
            value = tree.number(Leaf(name, facet="number")).value
        case "date":
            day = tree.number(Leaf(name, facet="date")).value
            value = None if day is None else datetime.date.fromordinal(round(day))
        case "ticks":
            value = tuple(key for key in keys if tree.test(Ticked(name, key)).point)
        case "steps" | "key":
            value = next((key for key in keys if tree.test(Chose(name, (key,))).point), None)
            return UNDECIDED if value is None else answer_in_role_words(case, question, Answer("value", value))
        case "presence":
            return IN_WORDS
        case _:
            assert_never(reads)
    return answer_in_role_words(case, question, Answer("value", value))

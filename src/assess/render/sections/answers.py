"""Appendix C: every answer in full, by role and number of people, never by person."""

import datetime
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assess.formula.worked_answers import answer_value, is_stepped
from assess.model.answers import Answer, Said
from assess.model.finding_texts import NOTHING_TOLD
from assess.model.nodes import walk
from assess.model.questions import Question
from assess.numbers import counted, measured, native, pencil
from assess.render.context import DASH, RenderContext
from assess.render.markdown import BREAK, Markdown, anchor, concat, escape, join, lines, link
from assess.render.tables import Row

_STATES = {"na": "not applicable", "unknown": "not known", "declined": "no answer wanted", "missing": "no answer"}


class AnswersChapter(NamedTuple):
    """The answers to the questions of one principle."""

    name: str
    rows: tuple[Row, ...]


def replies(case: RenderContext) -> tuple[AnswersChapter, ...]:
    """All answers, principle by principle."""
    chapters: list[AnswersChapter] = []
    for principle in case.rubric.principles:
        rows: list[Row] = []
        for question in (q for node in walk(principle) for q in node.questions):
            rows += _rows(case, question)
        chapters.append(AnswersChapter(case.name(principle.id), tuple(rows)))
    return tuple(chapters)


def _rows(case: RenderContext, question: Question) -> Iterator[Row]:
    """The rows of one question: its text stands in the first of them."""
    linked = link(question.id, f"trace-{question.id}") if is_traced(case, question) else question.id
    asked = concat((anchor(f"answers-{question.id}"), linked, f": {question.text}"))
    for role, given, amount in _by_role(case, question) or [(DASH, "no answer", 0)]:
        yield asked, role, given, amount
        asked = Markdown("")
    settled = case.sheet.settled.get(question.id)
    if settled:
        words = case.discreet(answer_in_role_words(case, question, settled.answer))
        yield asked, "Settled", join(lines(f"{_points(case, question, settled.answer)}{words}"), BREAK), DASH


def is_traced(case: RenderContext, question: Question) -> bool:
    """Whether a question counts in a score that was computed."""
    item = case.scorecard.items.get(question.id)
    return item is not None and item.weight != 0 and item.node in case.scorecard.scores


def _by_role(case: RenderContext, question: Question) -> list[tuple[str, Markdown | str, int | str]]:
    """Role, answers and number of people; anonymous roles that gave too few say so, however many those are."""
    given: dict[str, list[Said]] = {}
    for answer in case.sheet.answers(question.id):
        given.setdefault(answer.role, []).append(answer)
    asked = case.rubric.asked(question)
    shown: list[tuple[str, Markdown | str, int | str]] = []
    for role in (role.id for role in case.rubric.roles):
        if role in given:
            shown.append((_role(case, question, role), _answers(case, question, given[role]), len(given[role])))
        if role in asked and case.sheet.unheard(question.id, role):
            named = f"{case.role(role)}, anonymous" if role in given else _role(case, question, role)
            shown.append((named, case.sheet.few, DASH))
    for (role, why), times in sorted(Counter(case.sheet.unasked(question.id)).items()):
        shown.append((_role(case, question, role), f"not counted: {why}", times))
    return shown


def _role(case: RenderContext, question: Question, role: str) -> str:
    words = case.rubric.wording(question, role).text
    title = case.role(role)
    if role not in case.rubric.asked(question):
        return f"{title} (not asked)"
    title = f"{title} states" if question.office else title
    return title if words == question.text else f"{title}, asked: {words}"


def _answers(case: RenderContext, question: Question, given: Sequence[Said]) -> Markdown:
    """What a role answered, with the reasons and notes that may be quoted."""
    words = sorted(text for said in given for text in (said.answer.why, said.answer.note) if text)
    return join([_tally(case, question, given), *(line for text in words for line in lines(text))], BREAK)


def is_combined(answer: Answer) -> bool:
    """Whether an answer is more than one option, and can tell who gave it: several options, a figure or a day."""
    return answer.state == "value" and not isinstance(answer.value, str)


def _tally(case: RenderContext, question: Question, given: Sequence[Said]) -> Markdown:
    """How often what was answered; of anonymous people option by option, and figures only as their mean.

    Texts of several lines stand on lines of their own.
    """
    told: Counter[str] = Counter()
    figures: list[float] = []
    for role, answer, private in given:
        if private and isinstance(answer.value, tuple):
            told.update(case.rubric.wording(question, role).labels()[key] for key in answer.value)
        elif private and isinstance(answer.value, int | float):
            figures.append(answer.value)
        elif private and (is_combined(answer) or question.traits.holds == "words"):
            told["answered"] += 1
        else:
            told[
                f"{_points(case, question, answer)}{answer_in_role_words(case, question, answer, role)}"
                f"{_confidence(answer)}"
            ] += 1
    counts = sorted(told.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = [*_mean(case, question, figures), *(f"{words.strip()} ({times})" for words, times in counts)]
    if len(given) == 1 and not figures:
        shown = [words for words, _ in counts] or ["none of them"]
    several = any("\n" in words for words in shown)
    return join((line for words in shown for line in lines(words)), BREAK) if several else escape("; ".join(shown))


def _measured(case: RenderContext, question: Question, value: float) -> str:
    """A number with its unit, and with what it is a part of."""
    base = case.scorecard.texts.get(question.id, NOTHING_TOLD).text
    return f"{measured(value, question.unit, one=question.unit_one)} {base}".strip()


def _mean(case: RenderContext, question: Question, figures: Sequence[float]) -> list[str]:
    """What anonymous people answered with a number, as one."""
    if not figures:
        return []
    mean = _measured(case, question, math.fsum(figures) / len(figures))
    return [f"mean {mean} of {counted(len(figures), 'answer', 'answers')}" if len(figures) > 1 else mean]


def _points(case: RenderContext, question: Question, answer: Answer) -> str:
    """What an answer of ordered steps is worth in points; how others are valued stands in the trace."""
    if not is_traced(case, question) or not is_stepped(case.rubric, question):
        return ""
    value = None if answer.value is None else answer_value(case.rubric, question, answer.value)
    return "" if value is None else f"{pencil(native(value, case.scale_of(question.id)))}: "


def _confidence(answer: Answer) -> str:
    """How sure somebody was of an answer, which changes no value; nothing where nobody said."""
    return f" ({answer.confidence} confidence)" if answer.confidence else ""


def answer_in_role_words(case: RenderContext, question: Question, answer: Answer, role: str = "") -> str:
    """One answer in the words a role reads, a number with its unit, or why there is none."""
    if answer.state != "value":
        return _STATES[answer.state]
    labels = {**case.rubric.wording(question, role).labels(), **question.sentences}
    value = answer.value
    if isinstance(value, tuple):
        return "; ".join(labels.get(key, key) for key in value) or "none of them"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, int | float):
        return _measured(case, question, value)
    return labels.get(value, value) if value is not None else DASH

"""Answers to questions that are not shown: by the respondent's own answers, or by those of all together."""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from assess.collect.context import Context, Problems, Told
from assess.collect.evidence import route_of
from assess.conditions import names, parse
from assess.documents import Document
from assess.formula import Evaluation, compile_rubric, evaluate, read
from assess.model.answers import AnswerSheet, Respondent
from assess.model.questions import Question
from assess.model.rubric import Rubric
from assess.problems import Problem, listing


def hidden_answers(context: Context, told: Told, sheet: AnswerSheet) -> Problems:
    """A warning for every answer that its own file hides, and one for each question that is hidden with its answers."""
    judge = Judge(context.rubric, sheet)
    found: list[Problem] = []
    for question in judge.conditional:
        given = [(who, document) for who, document in told if question.id in who.answers]
        own = {who.id for who, _ in given if judge.denied(who, question)}
        found += (_by_own(context, question, who, document) for who, document in given if who.id in own)
        others = [(who, document) for who, document in given if who.id not in own]
        if others and judge.hidden(question):
            found.append(_by_all(context, question, others, sheet))
    return tuple(found)


class Judge:
    """Which questions are not put: to one respondent by the own answers, or to nobody."""

    def __init__(self, rubric: Rubric, sheet: AnswerSheet) -> None:
        """Keep what is judged; the answers are read when they are first asked for."""
        self.rubric, self.sheet = rubric, sheet
        self.conditional = tuple(question for question in rubric.questions() if question.show_when is not None)
        self._alone: dict[str, Evaluation] = {}

    @cached_property
    def _together(self) -> Evaluation:
        return evaluate(compile_rubric(self.rubric), read(self.rubric, self.sheet))

    def denied(self, who: Respondent, question: Question) -> bool:
        """Whether a respondent's own answers say that a question is not put; conditions on scores are left to all."""
        rubric, condition = self.rubric, question.show_when
        if condition is None:
            return False
        if any(rubric.names.get(name.text, "") in rubric.node_by_id for name in names(parse(condition))):
            return False
        if who.id not in self._alone:
            alone = self.sheet._replace(respondents=(who,), settled={})
            self._alone[who.id] = evaluate(compile_rubric(rubric), read(rubric, alone))
        return self._alone[who.id].truth(condition) is False

    def hidden(self, question: Question) -> bool:
        """Whether a question is put to nobody, by the answers of all together."""
        return self._together.item(question.id).state == "hidden"


def _by_own(context: Context, question: Question, who: Respondent, document: Document) -> Problem:
    message = f"'{who.id}' answers '{question.id}', which is asked only when {question.show_when}"
    hint = "by the other answers of this file it is not; correct one of them, or take the answer out"
    return _warning(context, document, question, message, hint)


def _by_all(context: Context, question: Question, given: Told, sheet: AnswerSheet) -> Problem:
    amount = "1 answer" if len(given) == 1 else f"{len(given)} answers"
    said = "; ".join(_tallies(context.rubric, question, sheet))
    message = f"{amount} to '{question.id}' do not count: it is asked only when {question.show_when}"
    message += f" ({said})" if said else ""
    hint = "ask again, or settle in answers/_agreed.yaml what the condition reads"
    return _warning(context, given[0][1], question, message, hint)


def _tallies(rubric: Rubric, question: Question, sheet: AnswerSheet) -> Iterator[str]:
    """How often each answer was given to the questions a condition reads."""
    for name in dict.fromkeys(rubric.names.get(name.text, "") for name in names(parse(question.show_when or ""))):
        values = Counter(str(a.value) if a.state == "value" else a.state for _, a in sheet.answers(name))
        if values:
            yield f"{name}: {listing([f'{n} x {value}' for value, n in sorted(values.items())], most=4)}"


def _warning(context: Context, document: Document, question: Question, message: str, hint: str) -> Problem:
    here = context._replace(document=document)
    route = route_of(context.rubric, document, question.id)
    return here.problem("hidden_answer", message, route, at_key=True, hint=hint, severity="warning")

"""What registers tell beside findings: answers that are good, and answers that nobody has."""

from collections.abc import Container, Iterator

from assess.diagnose.case import DiagnoseContext
from assess.diagnose.fact_parts import is_anonymous_group, register_answers
from assess.diagnose.grounds import Ground
from assess.diagnose.signals import registers_on
from assess.model.answers import AnswerValue, Voice
from assess.model.facts import RegisterAnswer, SeenNow, UnknownAnswer
from assess.model.questions import Question


def good_answers(case: DiagnoseContext, told: Container[str]) -> tuple[RegisterAnswer, ...]:
    """What registers answered to facts on the good side of `better`, comments first; nothing a finding rests on."""
    found = [answer for q in case.rubric.questions() if q.id not in told for answer in _good(case, q)]
    return tuple(sorted(found, key=lambda answer: (not answer.comments, answer.question)))


def _good(case: DiagnoseContext, question: Question) -> Iterator[RegisterAnswer]:
    """The answers of registers to a fact, where all of them are good."""
    ground = Ground(question.id)
    values = [voice.answers[question.id].value for voice in registers_on(case, ground)]
    if values and not case.rubric.scored(question) and all(is_good(case, question, value) for value in values):
        yield from register_answers(case, ground)


def is_good(case: DiagnoseContext, question: Question, value: AnswerValue) -> bool:
    """Whether an answer to a fact is on the good side: of yes and no, or of every figure a condition compares it with.

    False where the rubric does not say which answers are better.
    """
    better = "low" if question.reverse else question.better
    if better not in ("high", "low"):
        return False
    if isinstance(value, str):
        return bool(question.traits.options) and value == {"high": "yes", "low": "no"}[better]
    limits = case.limits.get(question.id, ())
    if not isinstance(value, int | float) or not limits:
        return False
    return value > max(limits) if better == "high" else value < min(limits)


def seen_now(case: DiagnoseContext) -> tuple[SeenNow, ...]:
    """What registers say about criteria in words of their own, whatever they answered."""
    found = (
        (node.id, [a for q in node.questions for a in register_answers(case, Ground(q.id))]) for node in case.criteria
    )
    told = (SeenNow(name, tuple(answer for answer in answers if answer.comments)) for name, answers in found)
    return tuple(seen for seen in told if seen.answers)


def unknown_answers(case: DiagnoseContext) -> tuple[UnknownAnswer, ...]:
    """What nobody who was asked knows, and what a register does not show, by the ids of questions.

    Nothing that only anonymous people could not say, for it would tell what each of them answered.
    """
    found = [told for question in case.rubric.questions() for told in _unknown(case, question)]
    return tuple(sorted(found, key=lambda told: told.question))


def _unknown(case: DiagnoseContext, question: Question) -> Iterator[UnknownAnswer]:
    item = case.item(question.id)
    if item.state == "hidden" or question.id in case.sheet.settled:
        return
    registers = _ignorant_registers(case, question.id)
    asked = [reading.role for reading in item.roles if reading.unknown]
    groups = any(is_anonymous_group(case, question.id, role) for role in asked)
    if registers or (item.state == "unknown" and not groups):
        notes = (voice.answers[question.id].note.strip() for voice in registers)
        comments = tuple(dict.fromkeys(note for note in notes if note))
        yield UnknownAnswer(question.id, question.text, bool(registers), comments)


def _ignorant_registers(case: DiagnoseContext, question: str) -> list[Voice]:
    """The registers that do not show the answer to a question, where none does."""
    own = [v for v in case.sheet.voices if not v.private and not case.rubric.role_by_id[v.role].people]
    given = [voice for voice in own if question in voice.answers and question not in voice.unasked]
    states = {voice.answers[question].state for voice in given}
    return given if states == {"unknown"} else []

"""Questions and answers in the words of the questionnaire, by role."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from assess.diagnose.case import DiagnoseContext
from assess.diagnose.grounds import Ground
from assess.formula import level_at
from assess.formula.items import combined
from assess.formula.normalise import nearest_option, option_scores
from assess.formula.readings import RoleAnswers
from assess.model.answers import Answer, AnswerValue
from assess.model.finding_texts import NOTHING_TOLD
from assess.model.findings import Quote
from assess.model.questions import Option, Question
from assess.numbers import measured, short

AGREED = "What was agreed"
NO_ANSWER = "Not answered"
UNKNOWN = "Don't know"
DECLINED = "Declined to answer"
DECIMALS = 2


def quotes(case: DiagnoseContext, read: Iterable[Ground]) -> tuple[Quote, ...]:
    """The questions read with the answers given, each role once a question, in the order read."""
    return tuple(dict.fromkeys(quote for ground in read for quote in _quoted(case, ground)))


def roles_heard(case: DiagnoseContext, ground: Ground) -> tuple[str, ...]:
    """The roles a condition hears on a question: the one it names, else the invited; those with a value if any has."""
    if ground.role is not None:
        return (ground.role,)
    if ground.question in case.sheet.settled:
        return ()
    invited = case.compiled.items[ground.question].invited
    answered = [role for role in invited if case.tree.heard(ground.question, role).raws]
    silent = [role for role in invited if _said_anything(case.tree.heard(ground.question, role))]
    return tuple(answered or silent or invited)


def _said_anything(found: RoleAnswers) -> bool:
    return bool(found.raws or found.unknown or found.declined or found.na)


def _quoted(case: DiagnoseContext, ground: Ground) -> Iterator[Quote]:
    question = case.rubric.question_by_id[ground.question]
    settlement = case.sheet.settled.get(question.id)
    if settlement and ground.role is None:
        yield Quote(AGREED, question.id, question.text, _settled(case, question, settlement.answer))
    for role in roles_heard(case, ground):
        yield quote(case, question, role, quote_answer(case, question, role))


def quote(case: DiagnoseContext, question: Question, role: str, words: str) -> Quote:
    """What a role answered, to the question as it was put to that role."""
    return Quote(case.role(role), question.id, case.rubric.wording(question, role).text, words)


def quote_answer(case: DiagnoseContext, question: Question, role: str) -> str:
    """What a role answered: the label or number, with how many it stands for when several answered."""
    stated = question.office and case.tree.heard(question.id, role).raws
    words = plain_answer(case, question, role)
    return f"as {case.role(role)} states: {words}" if stated else words


def plain_answer(case: DiagnoseContext, question: Question, role: str) -> str:
    """What a role answered, without a word on whose statement it is."""
    found = case.tree.heard(question.id, role)
    if found.raws and question.office:
        return _one_by_one(case, question, found.raws)
    if found.raws:
        return _told(case, question, found.raws, case.rubric.wording(question, role).options)
    states = ((found.unknown, UNKNOWN), (found.declined, DECLINED), (found.na, "Not applicable"))
    nothing = too_few_text(case) if case.sheet.unheard(question.id, role) else NO_ANSWER
    return next((words for count, words in states if count), nothing)


def too_few_text(case: DiagnoseContext) -> str:
    """What stands in place of the answers of an anonymous role, however many there are below the least."""
    return f"Fewer than {case.sheet.least} answers, not counted"


def levelled(case: DiagnoseContext, question: Question, role: str) -> str:
    """What a role answered to a level question, its level and number first."""
    found = case.tree.heard(question.id, role)
    mean = combined([found.values], case.compiled.items[question.id]) if found.values else None
    if mean is None:
        return quote_answer(case, question, role)
    level = level_at(case.rubric, case.rubric.home_of[question.id], mean)
    named = f"{level.title}, " if level else ""
    return f"{named}{case.points(question.id, mean)}: {quote_answer(case, question, role)}"


def _settled(case: DiagnoseContext, question: Question, answer: Answer) -> str:
    options = case.rubric.options_of(question)
    return _told(case, question, (answer.value,), options) if answer.state == "value" else "Not applicable"


def _told(case: DiagnoseContext, question: Question, raws: Sequence[AnswerValue], options: Sequence[Option]) -> str:
    if question.traits.holds == "number":
        return _number(case, question, [float(raw) for raw in raws if isinstance(raw, int | float)])
    if question.traits.reads == "steps" and len(set(raws)) > 1:
        return _between(case, question, raws, options)
    labels = {option.key: option.label for option in options}
    labels.update(question.sentences)
    said = Counter(words for raw in raws for words in _labels(labels, question, raw))
    if len(raws) == 1:
        return "; ".join(said)
    if len(said) == 1:
        ((words, count),) = said.items()
        return f"{words} ({'all' if count == len(raws) else f'{count} of'} {len(raws)} answers)"
    return "; ".join(f"{words} ({said[words]})" for words in sorted(said, key=lambda words: (-said[words], words)))


def _one_by_one(case: DiagnoseContext, question: Question, raws: Sequence[AnswerValue]) -> str:
    """What a function states; where its people differ, all they said, for a mean of them is nobody's statement."""
    options = case.rubric.options_of(question)
    return "; ".join(dict.fromkeys(_told(case, question, (raw,), options) for raw in raws))


def _labels(labels: dict[str | None, str], question: Question, raw: AnswerValue) -> list[str]:
    """The words of one answer, ticks each by itself; free text is not repeated, because it may name people."""
    if question.traits.holds == "words":
        return ["Answered in words"]
    if isinstance(raw, tuple):
        words = [labels.get(key, key) for key in raw] or ["None of these"]
        return words if question.traits.reads == "ticks" else ["; ".join(words)]
    if isinstance(raw, datetime.date):
        return [raw.isoformat()]
    return [labels.get(str(raw), str(raw))]


def _number(case: DiagnoseContext, question: Question, numbers: list[float]) -> str:
    value = combined([tuple(numbers)] if numbers else [], case.compiled.items[question.id])
    if value is None:
        return NO_ANSWER
    shown = measured(value, question.unit, DECIMALS, *case.limits.get(question.id, ()), one=question.unit_one)
    base = case.scorecard.texts.get(question.id, NOTHING_TOLD).text
    shown = f"{shown} {base}".strip()
    return shown if len(numbers) == 1 else f"{_how(case, question)} {shown} of {len(numbers)} answers"


def _between(case: DiagnoseContext, question: Question, raws: Sequence[AnswerValue], options: Sequence[Option]) -> str:
    """The label nearest to what several differing answers come to, the lower of two."""
    scores = [float(score or 0) for score in option_scores(case.rubric, question)]
    by_key: dict[str, float | None] = dict(zip((option.key or "" for option in options), scores, strict=True))
    given = tuple(by_key[raw] or 0.0 for raw in raws if isinstance(raw, str) and raw in by_key)
    middle = combined([given] if given else [], case.compiled.items[question.id]) or 0.0
    nearest = nearest_option(by_key, middle)
    label = next(option.label for option in options if option.key == nearest)
    return f"{label} ({_how(case, question)} {short(middle, DECIMALS)} of {len(raws)} answers)"


def _how(case: DiagnoseContext, question: Question) -> str:
    words = {"min": "lowest", "max": "highest"}
    how = case.compiled.items[question.id].combine
    return words.get(how, how)

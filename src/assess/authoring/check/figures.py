"""Figures that were meant otherwise: another unit, goalposts nobody leaves, a don't-know that reads as good news."""

from assess import conditions as c
from assess.authoring.check.context import Found, Stated, Subject
from assess.authoring.check.direction import rank_of
from assess.model.questions import Question
from assess.numbers import short

PERCENT_RUNS_TO = 10
NARROW = 0.1


def units(subject: Subject) -> Found:
    """A threshold is in the unit of its question: no fraction of 1 for a percentage, none between whole numbers."""
    for stated in subject.conditions:
        for part in c.comparisons(c.parse_condition(stated.text)):
            if isinstance(part, c.Comparison):
                yield from _unit_slips(subject, stated, part)


def _unit_slips(subject: Subject, stated: Stated, part: c.Comparison) -> Found:
    sides = (part.left, *part.right)
    figures = [side.value for side in sides if isinstance(side, c.Literal) and isinstance(side.value, float)]
    if any(isinstance(side, c.Call) and side.function == "share" for side in sides):
        for number in (figure for figure in figures if 0 < figure < 1):
            message = f"{short(number, 4)} is under one percent, and a share runs to 100"
            hint = f"write {short(100 * number, 2)} if that share is meant"
            yield subject.found_in("unit", message, stated, "share", hint=hint, severity="note")
    names = [subject.rubric.names.get(side.text, "") for side in sides if isinstance(side, c.Name)]
    question = next(
        (subject.rubric.question_by_id[name] for name in names if name in subject.rubric.question_by_id), None
    )
    if question is None or question.traits.holds != "number":
        return
    for number in figures:
        message = hint = ""
        if "%" in question.unit and 0 < number < 1 and (question.max or 0) >= PERCENT_RUNS_TO:
            message = f"{short(number, 4)} is under one percent: '{question.id}' runs to {short(question.max or 0, 2)}%"
            hint = f"write {short(100 * number, 2)} if that share is meant"
        elif question.integer and 0 < abs(number) < 1:
            message = f"'{question.id}' is a whole number, and {short(number, 4)} is a part of one"
            hint = "compare with a whole number"
        if message:
            yield subject.found_in("unit", message, stated, question.id, hint=hint, severity="note")


def goalposts(subject: Subject) -> Found:
    """Goalposts that begin at the end of the numbers taken go on for a tenth of them, or more."""
    for question in subject.rubric.questions():
        posts = question.goalposts
        if posts is None or posts.log or question.min is None or question.max is None:
            continue
        part = abs(posts.best - posts.worst) / (question.max - question.min)
        if part < NARROW and {posts.worst, posts.best} & {question.min, question.max}:
            message = f"the goalposts of '{question.id}' cover {short(100 * part, 1)}% of what may be answered"
            hint = "see whether a point is in the wrong place; else let `min` and `max` lie nearer"
            yield subject.found("unit", message, question.id, "goalposts", hint=hint, severity="note")


def kind_unknowns(subject: Subject) -> Found:
    """A don't-know is not read as the better answer."""
    for question in subject.rubric.questions():
        word = question.unknown_as
        told = question.better or question.reverse or subject.rubric.scored(question)
        if word is None or not told or "better" not in question.traits.keys:
            continue
        if _is_best(subject, question, word):
            message = f"'{question.id}' reads a don't-know as '{word}', which is the better answer"
            hint = "let it read as the answer that is to be feared, or leave `unknown_as` out"
            yield subject.found("kind_unknown", message, question.id, "unknown_as", hint=hint, severity="note")


def _is_best(subject: Subject, question: Question, word: str) -> bool:
    if question.traits.holds == "number":
        ends = {"high": question.max, "low": question.min}
        return ends.get(question.better or "") == float(word)
    keys = [option.key or "" for option in subject.rubric.options_of(question)]
    ranks = {key: rank for key in keys if (rank := rank_of(subject, question, key)) is not None}
    return word in ranks and ranks[word] == max(ranks.values()) > min(ranks.values())


FIGURE_RULES = (units, goalposts, kind_unknowns)

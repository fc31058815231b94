"""A criterion at a level: the answers to its questions that are worth that level, and the evidence they need."""

import math
from collections.abc import Iterator
from typing import NamedTuple, assert_never

from assess.formula import EvaluatedOrganization, level_at
from assess.formula.readings import CONFIRMED
from assess.formula.worked_answers import answer_value
from assess.model.answers import Answer, AnswerValue
from assess.model.questions import Goalposts, Question
from assess.numbers import TOLERANCE
from assess.problems import listing, nearest


class LevelAnswer(NamedTuple):
    """An answer that is worth a level; grade: of the evidence it needs beyond what is there, None for none."""

    question: str
    answer: Answer
    grade: int | None


def level_answers(organization: EvaluatedOrganization, node: str, level: str) -> tuple[LevelAnswer, ...]:
    """What its scored questions have to be answered with for a criterion to stand at a level.

    Raises ValueError with what is wrong and the way out where there are no such answers.
    """
    rubric = organization.rubric
    keys = [known.key for known in rubric.levels_of(node)]
    if level not in keys:
        message = f"'{level}' is not a level of '{node}'{nearest(level, keys)}"
        raise ValueError(message, f"one of: {listing(keys, most=12)}" if keys else "the rubric has no levels")
    if rubric.node_by_id[node].criteria:
        below = [child.id for child in rubric.node_by_id[node].criteria]
        raise ValueError(f"'{node}' is made of other parts", f"set those: {listing(below, most=12)}")
    asked = [name for name in organization.compiled.nodes[node].items if organization.tree.item(name).state != "hidden"]
    found = [_level_answer(organization, node, level, rubric.question_by_id[name]) for name in asked]
    if not found:
        raise ValueError(f"no question of '{node}' is scored and asked")
    return tuple(found)


def _level_answer(organization: EvaluatedOrganization, node: str, level: str, question: Question) -> LevelAnswer:
    worth = {}
    for value in _possible_answers(organization, node, level, question):
        points = answer_value(organization.rubric, question, value)
        reached = None if points is None else level_at(organization.rubric, node, points)
        if points is not None and reached is not None and reached.key == level:
            worth[value] = points
    if not worth:
        raise ValueError(
            f"no answer to '{question.id}' is worth that level", f"name an answer: --set {question.id}=VALUE"
        )
    value = min(worth, key=worth.__getitem__)
    return LevelAnswer(question.id, Answer("value", value), _needed(organization, question.id, worth[value]))


def _needed(organization: EvaluatedOrganization, question: str, points: float) -> int | None:
    """The lowest grade of evidence with which an answer counts in full, where that is more than is there."""
    ceilings, today = organization.compiled.items[question].ceilings, organization.tree.grade(question)
    if ceilings is None or points <= ceilings[today] + TOLERANCE:
        return None
    return next((grade for grade in range(today, CONFIRMED + 1) if points <= ceilings[grade] + TOLERANCE), CONFIRMED)


def _possible_answers(
    organization: EvaluatedOrganization, node: str, level: str, question: Question
) -> Iterator[AnswerValue]:
    """Answers among which those worth a level are: all options, or the figures where the level begins and in it."""
    rubric, holds = organization.rubric, question.traits.holds
    match holds:
        case "option":
            yield from (option.key for option in rubric.options_of(question))
        case "options":
            keys = [option.key or "" for option in rubric.options_of(question) if not option.exclusive]
            yield from (tuple(keys[:many]) for many in range(1, len(keys) + 1))
        case "number":
            starts = [known.at for known in rubric.levels_of(node)]
            place = [known.key for known in rubric.levels_of(node)].index(level)
            inside = (starts[place] + ([*starts, 100.0][place + 1])) / 2
            figures = (x for at in (starts[place], inside) for x in _figures_worth(question, at))
            low = -math.inf if question.min is None else question.min
            high = math.inf if question.max is None else question.max
            yield from (figure for figure in figures if low <= figure <= high)
        case "date" | "words":
            return  # they are worth nothing
        case _:
            assert_never(holds)


def _figures_worth(question: Question, at: float) -> Iterator[float]:
    """Figures that are worth so much on 0..100, and the first figure of every step."""
    if question.goalposts:
        yield _between(question.goalposts, at / 100)
    yield from (step.start for step in question.steps)
    if question.band:
        band = question.band
        yield band.zero_below + (band.start - band.zero_below) * at / 100


def _between(posts: Goalposts, share: float) -> float:
    if posts.log:
        return math.exp(math.log(posts.worst) + share * (math.log(posts.best) - math.log(posts.worst)))
    return posts.worst + share * (posts.best - posts.worst)

"""One question's value: roles, disagreement, agreement, states and the evidence ceiling, in that order."""

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

from assess.formula.asked import Audience
from assess.formula.nodes import ItemRule
from assess.formula.normalise import option_values
from assess.formula.ranges import ABSENT, OPEN, Range, exactly, middle
from assess.formula.readings import STATED, Readings, RoleAnswers
from assess.formula.worked_answers import answer_value, in_band, on_goalposts, on_steps
from assess.model.answers import AnswerValue
from assess.model.questions import Question
from assess.model.rubric import Rubric
from assess.numbers import DIGITS

ItemState = Literal["value", "unknown", "na", "missing", "hidden"]


class ItemResult(NamedTuple):
    """An item and the steps to it on 0..100; `raws` are the answers of the invited, or what was settled."""

    range: Range
    state: ItemState
    combined: float | None = None
    conflict: tuple[str, ...] = ()
    agreed: float | None = None
    grade: int = STATED
    ceiling: float | None = None
    raws: tuple[AnswerValue, ...] = ()


class ItemTree(Protocol):
    """What an item needs of the tree it is read in."""

    readings: Readings
    claimed: bool

    def asking(self, name: str) -> Audience:
        """Whom a question was put to, and whose answers count."""

    def heard(self, name: str, role: str) -> RoleAnswers:
        """The answers of a role to a question that count."""

    def grade(self, name: str) -> int:
        """How well the answers to a question are proved."""


def item(rule: ItemRule, tree: ItemTree) -> ItemResult:
    """The item of one question in the claimed or the evidenced tree."""
    asking = tree.asking(rule.question)
    if not asking.asked.possible:
        return ItemResult(ABSENT, "hidden")
    if not asking.asked.sure:
        return ItemResult(_without_value(rule, tree.readings, "missing"), "missing")
    state, raws = _state(rule, tree)
    if state != "value":
        return _silent(rule, tree, state)
    question = tree.readings.rubric.question_by_id[rule.question]
    settled = tree.readings.settled.get(rule.question)
    agreed = answer_value(tree.readings.rubric, question, settled.value) if settled else None
    combined = over_roles(rule, tree)
    conflict, lowest = _conflict(rule, tree)
    value = agreed if agreed is not None else lowest if lowest is not None else combined
    grade = tree.grade(rule.question)
    ceiling = None if tree.claimed or rule.ceilings is None else rule.ceilings[grade]
    if value is None:
        return ItemResult(OPEN, state, raws=raws)
    held = value if ceiling is None else min(value, ceiling)
    found = exactly(held) if not asking.waiting else _between(rule, tree, held, agreed)
    return ItemResult(found, state, combined, conflict, agreed, grade, ceiling, raws)


def _silent(rule: ItemRule, tree: ItemTree, state: ItemState) -> ItemResult:
    """The item without a value; answers of people who may still turn out to have been asked keep it open."""
    if not tree.asking(rule.question).waiting:
        return ItemResult(_without_value(rule, tree.readings, state), state)
    if state == "na":
        return ItemResult(_without_value(rule, tree.readings, "missing"), "missing")
    low, high = reachable(tree.readings.rubric, rule.question)
    value = _without_value(rule, tree.readings, state).value
    ends = (low, high) if value is None else (min(low, value), max(high, value))
    return ItemResult(Range(value, *ends), state)


def _between(rule: ItemRule, tree: ItemTree, held: float, agreed: float | None) -> Range:
    """A value that answers of people who may still turn out to have been asked can move, however they are combined."""
    if agreed is not None:
        return Range(held, held, max(held, agreed))
    values = [x for role in (*rule.invited, *rule.others) for x in tree.heard(rule.question, role).values]
    question = tree.readings.rubric.question_by_id[rule.question]
    waiting = (answer_value(tree.readings.rubric, question, a.value) for a in tree.asking(rule.question).waiting)
    values += [x for x in waiting if x is not None]
    return Range(held, min(held, *values), max(held, *values))


def _state(rule: ItemRule, tree: ItemTree) -> tuple[ItemState, tuple[AnswerValue, ...]]:
    settled = tree.readings.settled.get(rule.question)
    if settled:
        return ("na", ()) if settled.state == "na" else ("value", (settled.value,))
    answers = [tree.heard(rule.question, role) for role in rule.invited]
    raws = tuple(raw for found in answers for raw in found.raws)
    if raws:
        return "value", raws
    # Not knowing whether something is there outweighs the word that it does not apply: it never scores more.
    if any(found.unknown for found in answers):
        return "unknown", ()
    return ("na" if any(found.na for found in answers) else "missing"), ()


def _without_value(rule: ItemRule, readings: Readings, state: ItemState) -> Range:
    if state == "na":
        return ABSENT if rule.na_value is None else exactly(rule.na_value)
    low, high = reachable(readings.rubric, rule.question)
    if readings.given_only:
        return Range(None, low, high)
    if state == "unknown":
        assumed = assumed_value(readings.rubric.question_by_id[rule.question], readings)
        if assumed is not None:
            return exactly(assumed)
        if rule.when_unknown_zero:
            return exactly(0.0)
    return Range(0.0, 0.0, high) if rule.when_missing_zero and rule.weight else Range(None, low, high)


def reachable(rubric: Rubric, name: str) -> tuple[float, float]:
    """The lowest and highest value an answer can have; a number may be kept from the ends by its `min` and `max`."""
    question = rubric.question_by_id[name]
    if not question.has_figures:
        return 0.0, 100.0
    ends = (-math.inf if question.min is None else question.min, math.inf if question.max is None else question.max)
    if question.goalposts:
        values = [on_goalposts(question.goalposts, end) for end in ends]
    elif question.steps:
        starts = (step.start for step in question.steps if ends[0] <= step.start <= ends[1])
        values = [on_steps(rubric, question, x) for x in (*ends, *starts)]
    else:
        inside = min(max(question.band.start, ends[0]), ends[1]) if question.band else ends[0]
        values = [in_band(question.band, x) for x in (*ends, inside) if question.band]
    return min(values), max(values)


def assumed_value(question: Question, readings: Readings) -> float | None:
    """The value on 0..100 of what a fact's don't-know counts as, None when the rubric names nothing."""
    return option_values(readings.rubric, question).get(question.unknown_as or "")


def over_roles(rule: ItemRule, tree: ItemTree) -> float | None:
    """The combined value of the invited roles: within each role, then across roles (docs/method.md, section 3.1)."""
    answers = [tree.heard(rule.question, role).values for role in rule.invited]
    return combined([values for values in answers if values], rule)


def combined(groups: Sequence[tuple[float, ...]], rule: ItemRule) -> float | None:
    """Numbers of several roles as one, by the rule of the item; None without any."""
    if not groups:
        return None
    within = [_one(values, rule.combine) for values in groups]
    if rule.combine == "mean" and rule.headcount:
        heads = [len(values) for values in groups]
        return math.fsum(n * x for n, x in zip(heads, within, strict=True)) / sum(heads)
    return _one(within, rule.combine)


def _one(numbers: Sequence[float], how: str) -> float:
    if how == "mean":
        return math.fsum(numbers) / len(numbers)
    if how == "median":
        return middle(numbers)
    return min(numbers) if how == "min" else max(numbers)


def _conflict(rule: ItemRule, tree: ItemTree) -> tuple[tuple[str, ...], float | None]:
    """The roles in conflict with the named one, itself first, and their lowest mean (docs/method.md, section 3.2)."""
    if rule.conflict_role is None:
        return (), None
    means = {
        role: _one(values, rule.combine)
        for role in (*rule.invited, *rule.others)
        if (values := tree.heard(rule.question, role).values)
    }
    own = means.pop(rule.conflict_role, None)
    if own is None:
        return (), None
    far = [r for r, mean in means.items() if round(abs(mean - own), DIGITS) >= round(rule.conflict_distance, DIGITS)]
    if not far:
        return (), None
    return (rule.conflict_role, *sorted(far)), min(own, *(means[role] for role in far))

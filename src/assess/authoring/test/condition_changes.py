"""Conditions with one comparison changed: turned round, or with its threshold moved a step up or down."""

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple, assert_never

from assess.conditions import (
    And,
    Call,
    Comparison,
    Condition,
    Literal,
    Name,
    Not,
    Operand,
    Or,
    comparisons,
    parse_condition,
    spelled_out,
)
from assess.formula import scale_of
from assess.formula.readings import GRADES
from assess.model.questions import Question
from assess.model.rubric import Rubric

ORDERED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
OPPOSITE = {**ORDERED, "=": "!=", "!=": "="}
A_QUARTER = 91
"""Days by which a day is moved."""


class Changed(NamedTuple):
    """A condition with one comparison changed: what stands there, what instead, and the whole."""

    stands: str
    instead: str
    whole: str


class _Reach(NamedTuple):
    """The numbers a threshold can be compared with: from where to where, and whether they are whole."""

    low: float | None
    high: float | None
    whole: bool


def list_thresholds(text: str) -> tuple[str, ...]:
    """The comparisons of a condition that have a threshold, each as a condition of its own."""
    return tuple(spelled_out(part) for part in comparisons(parse_condition(text)) if _is_ordered(part))


def turn_comparisons(text: str) -> Iterator[Changed]:
    """The condition with each comparison turned round: less for greater, unlike for like, not for what is asked."""
    whole = parse_condition(text)
    for part in comparisons(whole):
        turned: Condition = Not(part)
        if isinstance(part, Comparison) and part.op in OPPOSITE:
            turned = part._replace(op=OPPOSITE[part.op])
        yield _describe(whole, part, turned)


def shift_thresholds(rubric: Rubric, text: str) -> Iterator[Changed]:
    """The condition with each threshold one step up or down.

    A key moves to its neighbour, a number by a quarter of itself and by 1 at least where numbers are whole, a day by a
    quarter of a year. Nothing moves beyond what can be answered.
    """
    whole = parse_condition(text)
    for part in comparisons(whole):
        if _is_ordered(part):
            for moved in _move(rubric, part):
                yield _describe(whole, part, moved)


def _is_ordered(part: Comparison | Call) -> bool:
    return isinstance(part, Comparison) and part.op in ORDERED


def _describe(whole: Condition, part: Comparison | Call, instead: Condition) -> Changed:
    return Changed(spelled_out(part), spelled_out(instead), spelled_out(_exchange(whole, part, instead)))


def _exchange(whole: Condition, part: Comparison | Call, instead: Condition) -> Condition:
    """A condition with this very part exchanged, and not another one that reads alike."""
    match whole:
        case Not(inner):
            return Not(_exchange(inner, part, instead))
        case And(parts):
            return And(tuple(_exchange(each, part, instead) for each in parts))
        case Or(parts):
            return Or(tuple(_exchange(each, part, instead) for each in parts))
        case Comparison() | Call():
            return instead if whole is part else whole
        case _:
            assert_never(whole)


def _move(rubric: Rubric, part: Comparison | Call) -> Iterator[Comparison]:
    if not isinstance(part, Comparison):
        return
    left, right = part.left, part.right[0]
    if isinstance(left, Literal):
        yield from (part._replace(left=moved) for moved in _literals(rubric, left, right))
    elif isinstance(right, Literal):
        yield from (part._replace(right=(moved,)) for moved in _literals(rubric, right, left))
    elif isinstance(right, Name):
        keys = _keys(rubric, left)
        if right.text in keys:
            place = keys.index(right.text)
            near = [keys[at] for at in (place - 1, place + 1) if 0 <= at < len(keys)]
            yield from (part._replace(right=(right._replace(text=key),)) for key in near)


def _keys(rubric: Rubric, name: Operand) -> Sequence[str]:
    """The keys in their order that something is compared with."""
    if isinstance(name, Call):
        return GRADES if name.function == "evidence" else ()
    known = rubric.names.get(name.text, "") if isinstance(name, Name) else ""
    if known in rubric.question_by_id:
        return [option.key or "" for option in rubric.options_of(rubric.question_by_id[known])]
    return [level.key for level in rubric.levels_of(known)] if known in rubric.node_by_id else ()


def _literals(rubric: Rubric, said: Literal, of: Operand) -> Iterator[Literal]:
    if isinstance(said.value, datetime.date):
        yield from (said._replace(value=said.value + datetime.timedelta(days)) for days in (-A_QUARTER, A_QUARTER))
        return
    reach = _reach(rubric, of)
    width = 1.0 if reach.low is None or reach.high is None else (reach.high - reach.low) / 10
    step = abs(said.value) / 4 or width
    step = max(round(step), 1) if reach.whole else step
    for value in (said.value - step, said.value + step):
        neat = float(f"{value:.10g}")
        low = neat if reach.low is None else max(neat, reach.low)
        within = low if reach.high is None else min(low, reach.high)
        if within != said.value:
            yield said._replace(value=within)


def _reach(rubric: Rubric, of: Operand) -> _Reach:
    if isinstance(of, Call):
        return _Reach(0, 100, whole=False) if of.function == "share" else _Reach(0, None, whole=True)
    known = rubric.names.get(of.text, "") if isinstance(of, Name) else ""
    question = rubric.question_by_id.get(known)
    if question is not None:
        return _reach_of(question)
    scale = scale_of(rubric, known)
    return _Reach(scale.min, scale.max, whole=False)


def _reach_of(question: Question) -> _Reach:
    return _Reach(question.min, question.max, whole=question.integer)

"""What an answer sheet can say, piece by piece, and how such a sheet is written in one line."""

import datetime
from collections.abc import Mapping
from typing import Literal, NamedTuple

from assess.formula import native_points
from assess.formula.readings import GRADES
from assess.model.answers import AnswerState, AnswerValue
from assess.model.rubric import Rubric
from assess.numbers import apart, measured

PLACES = 2
# The day of a made-up assessment.
REFERENCE = datetime.date(2026, 1, 1)


class Variable(NamedTuple):
    """One thing a sheet can say: an answer, its proof, how many answered in a role, where a node stands, the day.

    role: who answers; empty for anybody who is invited.
    """

    kind: Literal["answer", "proof", "heads", "node", "day"]
    name: str = ""
    role: str = ""


class Reply(NamedTuple):
    """What a role says to a question: raw answers, one per respondent, or a state."""

    raws: tuple[AnswerValue, ...] = ()
    state: AnswerState = "value"


class Stand(NamedTuple):
    """A value of a node on 0..100, standing for all others up to (and without) `below` unless both are the same."""

    value: float
    below: float


VariableValue = Reply | Stand | int | datetime.date
Sheet = Mapping[Variable, VariableValue]


def is_answer(cell: VariableValue) -> bool:
    """Whether a cell is an answer, and not `na` or another state."""
    return not isinstance(cell, Reply) or cell.state == "value"


def sheet_in_words(rubric: Rubric, sheet: Sheet | None) -> str:
    """A sheet as `question: answer, question by role: answer`, nodes with their points; the empty text for no sheet.

    Where a date is answered, the day from which its age is counted stands behind it.
    """
    if not sheet:
        return "" if sheet is None else "an empty sheet"
    words = [f"{_place(slot)}: {cell_in_words(rubric, slot, cell)}" for slot, cell in sheet.items()]
    days = [raw for cell in sheet.values() if isinstance(cell, Reply) for raw in cell.raws]
    dated = Variable("day") not in sheet and any(isinstance(raw, datetime.date) for raw in days)
    return ", ".join([*words, f"assessed_on: {REFERENCE}"] if dated else words)


def _place(slot: Variable) -> str:
    if slot.kind == "day":
        return "assessed_on"
    if slot.kind == "heads":
        return f"n({slot.name})"
    if slot.kind == "proof":
        return f"evidence({slot.name})"
    return f"{slot.name} by {slot.role}" if slot.role else slot.name


def cell_in_words(rubric: Rubric, slot: Variable, cell: VariableValue) -> str:
    """One cell in the words of the rubric."""
    if isinstance(cell, Stand):
        starts = [native_points(rubric, slot.name, level.at) for level in rubric.levels_of(slot.name)]
        return apart(native_points(rubric, slot.name, cell.value), PLACES, *starts)
    if isinstance(cell, Reply):
        return cell.state if cell.state != "value" else _raws(rubric, slot.name, cell.raws)
    return GRADES[cell] if slot.kind == "proof" and isinstance(cell, int) else str(cell)


def _raws(rubric: Rubric, question: str, raws: tuple[AnswerValue, ...]) -> str:
    distinct = list(dict.fromkeys(raws))
    if len(distinct) == len(raws):
        return " and ".join(_raw(rubric, question, raw) for raw in raws)
    return " and ".join(f"{raws.count(raw)} x {_raw(rubric, question, raw)}" for raw in distinct)


def _raw(rubric: Rubric, question: str, raw: AnswerValue) -> str:
    if isinstance(raw, tuple):
        return f"[{', '.join(raw)}]"
    if isinstance(raw, float | int):
        return measured(raw, rubric.question_by_id[question].unit)
    return str(raw)

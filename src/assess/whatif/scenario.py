"""What is tried: changes as they were written, and as they were understood."""

import datetime
import shlex
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from assess.formula.readings import GRADES
from assess.model.answers import Answer, AnswerValue
from assess.numbers import short

AGREED = ""
NONE_TRIED: Mapping[str, float] = MappingProxyType({})
PLACES = 6


class WrittenScenario(NamedTuple):
    """Changes in the words of whoever tries them, by option; `on` and `start` are empty where no day was named."""

    answers: Sequence[str] = ()
    proofs: Sequence[str] = ()
    levels: Sequence[str] = ()
    done: Sequence[str] = ()
    weights: Sequence[str] = ()
    capacity: Sequence[str] = ()
    without: Sequence[str] = ()
    on: str = ""
    start: str = ""


class TriedAnswer(NamedTuple):
    """One question answered otherwise: by everybody of a role that is heard, or agreed on, where the role is empty."""

    question: str
    answer: Answer
    role: str = AGREED


class Scenario(NamedTuple):
    """Changes that fit a rubric and an engagement, by ids.

    answers: with those of `levels`. proofs: by question, 0 stated, 1 documented, 2 confirmed. levels: by criterion, the
    key of the level its questions are answered at. weights: by node or question. capacity: by role or `default`,
    person-days in a period. without: gates and clashes. on: the day of the assessment. start: the first of the plan.
    """

    answers: tuple[TriedAnswer, ...] = ()
    proofs: Mapping[str, int] = MappingProxyType({})
    levels: Mapping[str, str] = MappingProxyType({})
    done: tuple[str, ...] = ()
    weights: Mapping[str, float] = NONE_TRIED
    capacity: Mapping[str, float] = NONE_TRIED
    without: tuple[str, ...] = ()
    on: datetime.date | None = None
    start: datetime.date | None = None

    def options(self) -> tuple[str, ...]:
        """The options of `assess whatif` that try this, those of a level by the answers it stands for."""
        told = [f"--set {set_option(tried)}" for tried in self.answers]
        told += [f"--proof {question}={GRADES[grade]}" for question, grade in self.proofs.items()]
        told += [f"--done {name}" for name in self.done]
        told += [f"--weight {name}={short(weight, PLACES)}" for name, weight in self.weights.items()]
        told += [f"--capacity {role}={short(days, PLACES)}" for role, days in self.capacity.items()]
        told += [f"--without {name}" for name in self.without]
        days = (("--on", self.on), ("--start", self.start))
        return (*told, *(f"{option} {day.isoformat()}" for option, day in days if day))


def set_option(tried: TriedAnswer) -> str:
    """One changed answer as it is written behind `--set`, in quotation marks where a shell needs them."""
    who = f"{tried.role}." if tried.role else ""
    return shlex.quote(f"{who}{tried.question}={written_value(tried.answer.value) or tried.answer.state}")


def written_value(value: AnswerValue) -> str:
    """A value as it is written behind `--set`; empty without one."""
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return short(value, PLACES) if isinstance(value, int | float) else value or ""

"""Answers that fit their rubric: what every respondent said, with state, evidence and note."""

import datetime
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from assess.model.engagement import Engagement, EvidenceItem

AnswerState = Literal["value", "na", "unknown", "declined", "missing"]
AnswerValue = str | tuple[str, ...] | float | datetime.date | None


class Answer(NamedTuple):
    """One answer: an option key, keys of a multi, a number, a date or a text when the state is `value`, else None."""

    state: AnswerState
    value: AnswerValue = None
    why: str = ""
    note: str = ""
    confidence: str | None = None
    evidence: tuple[EvidenceItem, ...] = ()


class Respondent(NamedTuple):
    """Who answered, in which role; `kind` is self, interview or document; `draft`: in a file not yet submitted."""

    id: str
    role: str
    answers: Mapping[str, Answer]
    kind: str = "self"
    anonymous: bool = False
    draft: bool = False


class Settlement(NamedTuple):
    """A settled answer, the respondents it rests on, and the reason."""

    answer: Answer
    basis: tuple[str, ...]
    why: str


class AnswerSheet(NamedTuple):
    """Everything an engagement says, fitted to its rubric; respondents in the order of their ids."""

    engagement: Engagement
    respondents: tuple[Respondent, ...] = ()
    settled: Mapping[str, Settlement] = MappingProxyType({})
    hash: str = ""

    def answers(self, question: str) -> tuple[tuple[Respondent, Answer], ...]:
        """Every answer to a question with its respondent."""
        return tuple((r, r.answers[question]) for r in self.respondents if question in r.answers)

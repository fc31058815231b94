"""Answers that count, fitted to their rubric: with state, evidence and comment, and without a word on who gave them."""

import datetime
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from assess.model.engagement import Engagement, EvidenceItem

AnswerState = Literal["value", "na", "unknown", "declined", "missing"]
AnswerValue = str | tuple[str, ...] | float | datetime.date | None
FEWEST = 5
NOBODY: Mapping[str, int] = MappingProxyType({})


class Answer(NamedTuple):
    """One answer: an option key, keys of a multi, a number, a date or a text when the state is `value`, else None."""

    state: AnswerState
    value: AnswerValue = None
    why: str = ""
    note: str = ""
    confidence: str | None = None
    evidence: tuple[EvidenceItem, ...] = ()


class Voice(NamedTuple):
    """What one person, log or register answered.

    private: somebody anonymous who agreed to count alone; printed like a group, and what names people is gone.
    draft: in a file not yet submitted. unasked: the questions whose answers do not count, because they were not put to
    this person, each with the reason.
    """

    role: str
    answers: Mapping[str, Answer]
    private: bool = False
    draft: bool = False
    unasked: Mapping[str, str] = MappingProxyType({})


class Said(NamedTuple):
    """One answer of a role to one question; `private`: printed as part of a group only."""

    role: str
    answer: Answer
    private: bool = False


class Settlement(NamedTuple):
    """A settled answer, the roles whose answers it rests on, and the reason."""

    answer: Answer
    basis: tuple[str, ...]
    why: str


class AnswerSheet(NamedTuple):
    """The answers of an engagement that count; what does not is in none of it.

    crowds: by question and role, the answers of anonymous people, `least` values or more, in an order that tells
    nothing. shy: how many anonymous people took part without leave to count alone, for every role that has or may have
    some; unfinished: how many of them did not submit. put: by question with a condition and role, whether it was put to
    any of these people, as far as answers that count tell; None while that is open. names: respondents' ids to their
    roles, for texts that speak of them. granted: by question, the grade of evidence that is taken for granted, as in
    `formula/readings.py`; nothing that was collected has any.
    """

    engagement: Engagement
    voices: tuple[Voice, ...] = ()
    settled: Mapping[str, Settlement] = MappingProxyType({})
    hash: str = ""
    crowds: Mapping[tuple[str, str], tuple[Answer, ...]] = MappingProxyType({})
    shy: Mapping[str, int] = NOBODY
    unfinished: Mapping[str, int] = NOBODY
    least: int = FEWEST
    names: Mapping[str, str] = MappingProxyType({})
    put: Mapping[tuple[str, str], bool | None] = MappingProxyType({})
    granted: Mapping[str, int] = NOBODY

    def answers(self, question: str) -> tuple[Said, ...]:
        """Every answer to a question that counts, in an order that tells nothing about who gave it."""
        told = [
            Said(voice.role, voice.answers[question], voice.private)
            for voice in self.voices
            if question in voice.answers and question not in voice.unasked
        ]
        told += [
            Said(role, answer, private=True) for role in self.shy for answer in self.crowds.get((question, role), ())
        ]
        return tuple(sorted(told, key=lambda said: (said.role, order(said.answer), said.private)))

    def unasked(self, question: str) -> tuple[tuple[str, str], ...]:
        """The role and the reason of every answer to a question that does not count, in an order that tells nothing."""
        return tuple(sorted((v.role, v.unasked[question]) for v in self.voices if question in v.unasked))

    def unheard(self, question: str, role: str) -> bool:
        """Whether the anonymous people of a role gave too few answers to a question, or none: it is not told which.

        Not where it was put to none of them.
        """
        cell = question, role
        return role in self.shy and cell not in self.crowds and self.put.get(cell) is not False

    @property
    def few(self) -> str:
        """What is said of a group that is left out: the same for no answer, too few, and those that wait."""
        may = " that may count" if self.engagement.issue > 1 else ""
        return f"fewer than {self.least} answers{may}, not counted"

    def heads(self) -> Mapping[str, int]:
        """How many took part, per role."""
        found = {role: amount for role, amount in self.shy.items() if amount}
        for voice in self.voices:
            found[voice.role] = found.get(voice.role, 0) + 1
        return found

    def drafts(self) -> Mapping[str, int]:
        """How many of those who took part did not submit, per role."""
        found = {role: amount for role, amount in self.unfinished.items() if amount}
        for voice in (voice for voice in self.voices if voice.draft):
            found[voice.role] = found.get(voice.role, 0) + 1
        return found


def order(answer: Answer) -> tuple[str, ...]:
    """What answers are sorted by: all that is in them."""
    proofs = "\n".join(sorted(repr(item) for item in answer.evidence))
    return answer.state, repr(answer.value), answer.why, answer.note, answer.confidence or "", proofs

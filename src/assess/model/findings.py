"""Findings: what the scores mean for the organization, each with its reason, quotes and ways out."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from assess.model.answers import AnswerValue
from assess.model.finding_texts import Decision, QuotedFigure, Urgency
from assess.words import ended

FindingKind = Literal["gap", "gate", "clash", "disagreement", "unproved", "blind_spot", "silence", "strength"]


class Quote(NamedTuple):
    """A question and what a role answered, in the words of the questionnaire; never a person's name."""

    role: str
    question: str
    asked: str
    answered: str


class Finding(NamedTuple):
    """One finding about a node; `red` needs attention before the rest; initiatives are ids that answer it.

    `size` orders findings of a kind, largest first: points of 0..100 short of or above the target, over-claimed, held
    down, apart or open; for a blind spot the percentage of answers. `criteria`: the criteria whose answers it rests on.
    `so`: what follows. `lowered`: why less counts than the text of a level says. `figures`: what the texts quote.
    `heading`: the title without the number that tells it from others of the same title.
    `remark`: whose words they are, where somebody put others in their place, and whether the figures moved since.
    """

    id: str
    kind: FindingKind
    node: str
    title: str
    says: str
    red: bool = False
    quotes: tuple[Quote, ...] = ()
    initiatives: tuple[str, ...] = ()
    settle: str = ""
    question: str = ""
    size: float = 0.0
    because: str = ""
    criteria: tuple[str, ...] = ()
    urgent: Urgency | None = None
    so: str = ""
    decision: Decision | None = None
    lowered: tuple[str, ...] = ()
    figures: tuple[QuotedFigure, ...] = ()
    remark: str = ""
    heading: str = ""

    @property
    def told(self) -> str:
        """What it says as it is printed, with whose words they are where they are not the rubric's."""
        return f"{ended(self.says or self.title)} ({self.remark})." if self.remark else self.says


class Message(NamedTuple):
    """The headline that is printed: which it is, what it says and why that is so, and what answers it."""

    id: str
    says: str
    cause: str = ""
    initiatives: tuple[str, ...] = ()
    figures: tuple[QuotedFigure, ...] = ()


NO_MESSAGE = Message("", "")
NONE_STANDING: Mapping[str, str] = MappingProxyType({})


class Diagnosis(NamedTuple):
    """All findings, urgent ones first, then red ones; the headline; perception gaps in levels by criterion.

    Not among the findings are those that are accepted for a time, and those that were decided to be left out.
    standing: every finding there is, by id, with the hash of the figures it speaks of (`formula.decisions`).
    """

    headline: str
    findings: tuple[Finding, ...]
    perception: tuple[tuple[str, float], ...] = ()
    message: Message = NO_MESSAGE
    accepted: tuple[Finding, ...] = ()
    hidden: tuple[Finding, ...] = ()
    standing: Mapping[str, str] = NONE_STANDING

    def of(self, *kinds: FindingKind) -> tuple[Finding, ...]:
        """The findings of some kinds, in order."""
        return tuple(f for f in self.findings if f.kind in kinds)


class AgreementChange(NamedTuple):
    """One question answered otherwise by agreement, and what the node would then be.

    proof: the grade of evidence the answer needs beyond what is there, empty when it needs none. value: 0..100, to be
    printed on `scale`, which an answer to what did not apply makes longer where points are added.
    """

    question: str
    answer: AnswerValue
    proof: str
    value: float
    level: str | None
    scale: tuple[float, float]


class Changes(NamedTuple):
    """For every question the nearest answers that raise and that lower a node's level, in the order of the tree.

    best: the change that raises the score most, where none raises the level. untold: questions some answers to which
    decide which anonymous people were asked another one, so that nothing is told of them.
    """

    up: tuple[AgreementChange, ...]
    down: tuple[AgreementChange, ...]
    best: AgreementChange | None
    untold: tuple[str, ...] = ()

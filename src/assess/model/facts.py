"""Facts about an organization: what several findings show together, told once; the findings are its signals."""

import datetime
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from assess.model.finding_texts import Decision, Urgency
from assess.model.roadmap import Plan

Aside = Literal["proof to attach", "gap alone", "not known"]
"""Why a signal is told in no fact: it asks for a proof, or nothing else was found in its criterion."""
AT_ONCE = datetime.timedelta(weeks=1)
SOON = datetime.timedelta(weeks=4)
_STOPS = re.compile(r"[.;!?…](?=\s|$)")


class FactKey(NamedTuple):
    """What a fact is known by from issue to issue: its criterion, and the smallest id among its signals."""

    criterion: str
    signal: str


class ClaimTold(NamedTuple):
    """What was claimed on a question, in the words of the questionnaire.

    by: the title of the role, empty where too few of it spoke to be named. in_words: the words say it without the
    question, as a bare yes does not. agreed: it is what was agreed.
    """

    question: str
    asked: str
    words: str
    by: str
    in_words: bool
    agreed: bool = False


class PaperSource(NamedTuple):
    """A paper or export that an answer rests on; `dated` is None where its day is not known."""

    title: str
    dated: datetime.date | None
    place: str = ""


class RegisterAnswer(NamedTuple):
    """What a register, or a function that was asked for its statement, answered to a question.

    answered: a number with its unit and what it is a part of, the label chosen, or a yes or no as a sentence where the
    question has one (`in_words`). comments: its words, whole; a function has none. role: the title.
    """

    question: str
    asked: str
    role: str
    answered: str
    in_words: bool = False
    comments: tuple[str, ...] = ()
    sources: tuple[PaperSource, ...] = ()
    office: bool = False

    def comment_within(self, most: int) -> str:
        """The first comment that can be quoted in at most so many words; empty where there is none.

        Whole, or else up to the last semicolon or full stop that fits.
        """
        return next(filter(None, (_within(comment, most) for comment in self.comments)), "")


def _within(comment: str, most: int) -> str:
    ends = [len(comment), *(found.start() for found in reversed([*_STOPS.finditer(comment)]))]
    parts = (comment[:end].strip() if end == len(comment) else comment[: end + 1].rstrip("; ") for end in ends)
    return next((part for part in parts if len(part.split()) <= most), "")


class NextStep(NamedTuple):
    """What comes next: who settles it (ids of roles), what that is, the decision asked for, and what answers it (ids).

    who: the owner of the first initiative, else the roles that see it differently, else empty.
    """

    who: tuple[str, ...]
    settle: str
    decision: Decision | None
    initiatives: tuple[str, ...]


class FoundFact(NamedTuple):
    """One fact about an organization, and everything a finding about it tells; nothing is put into sentences here.

    criteria: where its signals are at home. signals: ids of the findings it was made of, the one that leads first;
    title (told from those of other facts), says and so are of the first that has one. beside: ids of the gaps, blind
    spots and silences of its criteria that are told with it. questions: what its practice half reads. holds: what it
    holds down, in words. on_message: the message rests on it. gain: points of the root (0..100) with its criteria at
    their targets and their gates gone, less those of today; None where the root has no score.
    """

    key: FactKey
    title: str
    criteria: tuple[str, ...]
    signals: tuple[str, ...]
    beside: tuple[str, ...]
    questions: tuple[str, ...]
    red: bool
    urgent: Urgency | None
    on_message: bool
    gain: float | None
    says: str
    so: str
    holds: tuple[str, ...]
    said: tuple[ClaimTold, ...]
    shown: tuple[RegisterAnswer, ...]
    step: NextStep

    def due(self, plan: Plan) -> datetime.date:
        """The last day to settle it: urgent within a week of the plan's start, red within four, else in period 1.

        Not after its first initiative starts, unless that starts within the first week.
        """
        first_week = plan.starts + AT_ONCE
        if self.urgent:
            return first_week
        late = plan.starts + (SOON if self.red else datetime.timedelta(weeks=plan.weeks, days=-1))
        starts = [p.starts for p in plan.placements if p.initiative in self.step.initiatives]
        return min(late, max(min(starts, default=late), first_week))


class AsideSignal(NamedTuple):
    """A finding that is told in no fact, by its id, and why."""

    signal: str
    why: Aside


class UnknownAnswer(NamedTuple):
    """A question whose answer nobody who was asked knows, or no register shows; with the words of registers on it."""

    question: str
    asked: str
    of_register: bool
    comments: tuple[str, ...]


class SeenNow(NamedTuple):
    """What registers say about a criterion in words of their own."""

    criterion: str
    answers: tuple[RegisterAnswer, ...]


class Facts(NamedTuple):
    """All facts in the order they are told: law or harm, a promise, what the message rests on, red ones, the rest.

    aside: the findings in none of them, strengths left out. works: good answers of registers, comments first.
    unknown: what is not known at all. seen: every criterion on which a register commented, in the order of the tree.
    """

    found: tuple[FoundFact, ...]
    aside: tuple[AsideSignal, ...]
    works: tuple[RegisterAnswer, ...]
    unknown: tuple[UnknownAnswer, ...]
    seen: tuple[SeenNow, ...]

    def of_rule(self, rule: str) -> "Facts":
        """The facts that a gate or clash shows, and nothing beside them."""
        names = {f"gate_{rule}", f"clash_{rule}"}
        return Facts(tuple(fact for fact in self.found if names & {*fact.signals}), (), (), (), ())


NO_FACTS = Facts((), (), (), (), ())
NO_NUMBERS: Mapping[FactKey, int] = MappingProxyType({})


def number_facts(facts: Iterable[FoundFact], before: Mapping[FactKey, int]) -> dict[FactKey, int]:
    """The numbers of facts, from 1 in the order given; who had one before keeps it, and none is given twice.

    before: every number ever given. All of them are in the outcome, so that it serves as `before` of the next issue.
    """
    numbers = dict(before)
    for fact in facts:
        if fact.key not in numbers:
            numbers[fact.key] = max(numbers.values(), default=0) + 1
    return numbers

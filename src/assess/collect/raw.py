"""What was collected, person by person: seen by check, migration and files, and by nothing that computes or prints."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from assess.collect.context import Problems
from assess.collect.decided import WrittenDecision
from assess.collect.issues import FIRST, Issued
from assess.documents import Document
from assess.model.answers import Answer, Settlement
from assess.model.engagement import Engagement


class Respondent(NamedTuple):
    """Who answered, in which role; `kind` is self, interview or document.

    alone: the answers may count where fewer than five answered. quote: own words may be quoted. draft: in a file that
    was not submitted. document: where the answers stand, None where no file holds them.
    """

    id: str
    role: str
    answers: Mapping[str, Answer]
    kind: str = "self"
    anonymous: bool = False
    alone: bool = False
    quote: bool = False
    draft: bool = False
    document: Document | None = None


RespondentDocuments = Sequence[tuple[Respondent, Document]]
"""Respondents, each with the document their answers stand in."""


def with_documents(people: Iterable[Respondent]) -> RespondentDocuments:
    """People with the documents their answers stand in; those of whom there is none are left out."""
    return [(person, person.document) for person in people if person.document is not None]


class Collected(NamedTuple):
    """Everything an engagement says, fitted to its rubric; respondents in the order of their ids.

    settled: what was agreed, with the ids of the respondents and roles it rests on. before: what the issue before this
    one counted of anonymous people. this: the same of this issue, None while it is not written. folder: where the
    receipts of issues lie, None for a single file. doubts: what only `check` says of it; open_doubts: the same without
    anybody anonymous. unread: the files that nobody reads and no evidence names, that of anonymous people aside.
    decided: what was decided, with its places.
    """

    engagement: Engagement
    respondents: tuple[Respondent, ...] = ()
    settled: Mapping[str, Settlement] = MappingProxyType({})
    before: Issued = FIRST
    this: Issued | None = None
    folder: Path | None = None
    doubts: Problems = ()
    open_doubts: Problems = ()
    unread: Problems = ()
    decided: tuple[WrittenDecision, ...] = ()

    def is_shy(self, person: Respondent) -> bool:
        """Whether somebody's answers count as part of a group only; who was part of one in an issue stays it."""
        return person.anonymous and (not person.alone or person.id in self.before.people)

    def answers(self, question: str) -> tuple[tuple[Respondent, Answer], ...]:
        """Every answer to a question with its respondent."""
        return tuple((r, r.answers[question]) for r in self.respondents if question in r.answers)

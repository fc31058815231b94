"""What answers are read against: the rubric, the document they stand in, and what was settled."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from assess import documents
from assess.collect.values import MisfitError
from assess.documents import Document, Route
from assess.model.rubric import Rubric
from assess.problems import Problem, Severity

Problems = tuple[Problem, ...]


class Context(NamedTuple):
    """One document of an engagement and everything needed to judge what stands in it.

    folder: where evidence files are looked for, None when there is no folder; settled: questions `_agreed.yaml` names;
    role: whose answers are read, in the words that role reads; empty for what is nobody's alone.
    """

    rubric: Rubric
    document: Document
    assessed_on: datetime.date
    folder: Path | None = None
    settled: frozenset[str] = frozenset()
    role: str = ""

    def problem(
        self,
        code: str,
        message: str,
        route: Route = (),
        *,
        at_key: bool = False,
        hint: str = "",
        severity: Severity = "error",
    ) -> Problem:
        """A problem at a route of the document."""
        return documents.problem(self.document, code, message, route, at_key=at_key, hint=hint, severity=severity)

    def misfits(self, error: MisfitError, route: Route) -> Problems:
        """The problems behind a value that is no answer."""
        return tuple(self.problem("answer", m.message, (*route, *m.at), hint=m.hint) for m in error.misfits)


class WrittenAnswer(NamedTuple):
    """One answer as it stands in a document: the question's name, what is written, and where."""

    name: str
    value: object
    route: Route


def entries_at(answers: Mapping[str, object], route: Route) -> tuple[WrittenAnswer, ...]:
    """The entries of a mapping of answers standing at a route."""
    return tuple(WrittenAnswer(name, value, (*route, name)) for name, value in answers.items())

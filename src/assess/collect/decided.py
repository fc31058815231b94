"""A decision as it stands in a document."""

from typing import NamedTuple

from assess import documents
from assess.documents import Document, Route
from assess.model.decisions import FindingDecision, InitiativeDecision, OwnWords
from assess.problems import Problem, Severity

DecisionEntry = InitiativeDecision | FindingDecision | OwnWords


class WrittenDecision(NamedTuple):
    """One decision, its document and its place in it; the names in the entry are ids once it is fitted."""

    entry: DecisionEntry
    document: Document
    route: Route

    def problem(
        self, code: str, message: str, *key: str | int, hint: str = "", severity: Severity = "error"
    ) -> Problem:
        """A problem at a key of it, or at the whole of it."""
        return documents.problem(self.document, code, message, (*self.route, *key), hint=hint, severity=severity)

    @property
    def place(self) -> str:
        """The file and the line it stands at."""
        found = documents.problem(self.document, "decision", "", self.route).location
        return f"{found.file}:{found.line}" if found else self.document.name

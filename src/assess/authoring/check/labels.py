"""The labels of a question as everybody reads them, and as single roles do that have some of their own."""

from collections.abc import Iterator
from typing import NamedTuple

from assess.authoring.check.context import Subject
from assess.model.questions import Option, Question

Route = tuple[str | int, ...]


class LabelRow(NamedTuple):
    """The options of a question in their order; role: whose labels are among them, under the name `ask` has for it."""

    question: Question
    options: tuple[Option, ...]
    role: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """What is read of each option."""
        return tuple(option.label for option in self.options)

    @property
    def readers(self) -> str:
        """Who reads them, behind the name of the question; nothing where everybody does."""
        return f" as '{self.role}' reads them" if self.role else ""

    def is_own(self, *places: int) -> bool:
        """Whether one of these options has a label that is told of here: of a role, only what is its own."""
        own = self.question.ask[self.role].options if self.role else None
        return own is None or any(self.options[place].key in own for place in places)

    def route(self, *places: int) -> Route:
        """Where the label of the last of these options is written that has one here."""
        if not self.role:
            return () if self.question.options_from else ("options", places[-1])
        own = [self.options[place].key or "" for place in places if self.is_own(place)]
        return ("ask", self.role, "options", *own[-1:])


def rows(subject: Subject, question: Question) -> Iterator[LabelRow]:
    """The options of a question as everybody reads them, and once more for each role with labels of its own."""
    yield LabelRow(question, subject.rubric.options_of(question))
    for name, asking in question.ask.items():
        if asking.options:
            yield LabelRow(question, subject.rubric.wording(question, name).options, name)

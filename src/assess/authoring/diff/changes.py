"""One difference between two rubrics, and everything a reader wants to know about it."""

from typing import Literal, NamedTuple

from assess.authoring.diff.senses import Row, Sense

ChangeKind = Literal["changed", "added", "removed", "renamed", "moved"]
EVERYTHING = "*"


class Change(NamedTuple):
    """What is different about an element, with the old and the new value in words.

    name: its id in the new rubric, in the old one when it is gone; was: its id in the old one where that was another.
    field: empty when the element as a whole was added, removed, renamed or moved. users: the questions a shared list
    of answers is used by. touches: the nodes, questions and gates that compute with it, by the ids of either rubric;
    `*` for all of them.
    """

    kind: ChangeKind
    element: str
    name: str
    row: Row
    field: str = ""
    old: str = ""
    new: str = ""
    was: str = ""
    users: tuple[str, ...] = ()
    touches: tuple[str, ...] = ()
    hint: str = ""

    @property
    def sense(self) -> Sense:
        """Its class."""
        return self.row.sense

    @property
    def title(self) -> str:
        """The element as a reader names it."""
        home, _, key = self.name.rpartition(": ") if self.element == "option" else ("", "", self.name)
        if self.element == "options":
            return f"options of {self.name}"
        return f"{self.element} {key} of {home}" if home else f"{self.element} {self.name}".strip()

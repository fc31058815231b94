"""One difference between two rubrics, everything a reader wants to know about it, and what whole elements mean."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from assess.model.change_classes import ChangeClass, Sense, alters_print, alters_rule, alters_scale, alters_words

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
    change_class: ChangeClass
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
        return self.change_class.sense

    @property
    def title(self) -> str:
        """The element as a reader names it."""
        home, _, key = self.name.rpartition(": ") if self.element == "option" else ("", "", self.name)
        if self.element == "options":
            return f"options of {self.name}"
        return f"{self.element} {key} of {home}" if home else f"{self.element} {self.name}".strip()


ADDED: Mapping[str, ChangeClass] = {
    "level": alters_scale("a threshold between the others"),
    "persona": alters_print("a test of the rubric"),
    "source": alters_print("where claims come from"),
}
REMOVED: Mapping[str, ChangeClass] = {
    "headline": alters_rule("a message that is no longer given"),
    "persona": alters_print("a test of the rubric"),
    "source": alters_print("where claims come from"),
    "claim": alters_words("what the rubric is built on"),
    "reference": alters_words("what is held up as known"),
}
NEW = ChangeClass("meaning", counted=True, why="what was not asked, concluded or advised before")
HOLDS = ChangeClass("scale", counted=True, why="what was not held down before now can be")
GONE = ChangeClass("scale", counted=True, why="what stood on it has nothing to stand on")
RENAMED = ChangeClass("cosmetic", counted=False, why="`renamed_from` leads from the old name to the new one")
LOST_NAME = ChangeClass(
    "scale", counted=False, why="nothing leads from the old name to the new one: add `renamed_from`"
)
MOVED = ChangeClass("scale", counted=True, why="it counts in another node")
MOVED_RULE = ChangeClass("cosmetic", counted=False, why="a rule works on what it names, wherever it stands")
ORDER = ChangeClass("cosmetic", counted=False, why="the order in print")
ORDER_OF_HEADLINES = ChangeClass("meaning", counted=True, why="the first that holds is the message")
ORDER_ON_A_LADDER = ChangeClass("scale", counted=True, why="a ladder takes its questions in order")
ELSEWHERE = ChangeClass(
    "scale", counted=True, why="what it says stood, or stands, under another key: stored answers mean the other"
)
SAME_WORDS = ChangeClass("cosmetic", counted=False, why="the same words, differently written")

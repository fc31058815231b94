"""The elements of a rubric taken apart, and what refers to them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from assess.documents import Part
from assess.model.anatomy import conditions_in, fields_in, lists_in, names_in, quoting_in, records_in, references_in
from assess.model.fields import Record
from assess.model.finding_texts import figures_in
from assess.model.nodes import Node
from assess.model.rubric import Rubric

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")


def _lists(record: type[Record]) -> tuple[str, ...]:
    """The lists of elements that a record holds."""
    return tuple(key for key, held in lists_in(record).items() if names_in(held))


TREE = ("principles", *_lists(Node))
LISTS = tuple(dict.fromkeys((*TREE, *_lists(Rubric))))


class Element(NamedTuple):
    """An element, the list it is in, the key of that list, and what it hangs below."""

    part: Part
    home: list[Part]
    key: str
    above: Part

    def names(self) -> tuple[str, ...]:
        """Its id and its code, as far as it has them."""
        return tuple(name for name in (self.part.text("id"), self.part.text("code")) if name)

    def former_names(self) -> tuple[str, ...]:
        """What it was called in earlier versions."""
        listed = self.part.entries.get("renamed_from")
        return tuple(part.value for part in (listed.items if listed else ()) if isinstance(part.value, str))


def elements(above: Part) -> Iterator[Element]:
    """Every element below a part, parents first."""
    for key in LISTS:
        home = above.entries[key].items if key in above.entries else []
        for part in home:
            if part.entries:
                yield Element(part, home, key, above)
                yield from elements(part)


def list_of(home: Part, key: str, example: Part) -> list[Part]:
    """The list behind a key, made when there is none; example: where it was written, when it was not yet."""
    found = home.entries.get(key)
    if found is None or not isinstance(found.value, list):
        found = home.entries[key] = Part([], example.document, example.route)
    return found.items


def references(part: Part, where: str = "", record: type[Record] = Rubric) -> Iterator[tuple[str, str, str]]:
    """Every name that something in a record refers to: in which element, behind which key."""
    home = part.text("id") or part.text("code") or where
    names = fields_in(record)
    for key, inner in part.entries.items():
        name = names.get(key, "")
        if name in references_in(record) or name in conditions_in(record):
            yield from ((home, key, word) for word in words_of(inner))
        if name in quoting_in(record):
            yield from ((home, key, word) for word in _quoted(inner))
        if name in records_in(record) and name not in references_in(record):
            yield from _below(inner, key, home, records_in(record)[name])


def _below(part: Part, key: str, home: str, record: type[Record]) -> Iterator[tuple[str, str, str]]:
    """The names in what stands behind a key: a record, a list of them, or some by their names."""
    if part.entries.keys() & fields_in(record).keys():
        yield from references(part, home, record)
        return
    for place, below in enumerate((*part.items, *part.entries.values()), 1):
        yield from _below(below, key, f"headline {place}" if key == "headlines" else home, record)


def _quoted(part: Part) -> Iterator[str]:
    """The questions and roles that the texts behind a key quote: one text, several, or some by their names."""
    for text in (part, *part.items, *part.entries.values()):
        for figure in figures_in(text.value) if isinstance(text.value, str) else ():
            yield from filter(None, figure)


def words_of(part: Part) -> Iterator[str]:
    """The words of a condition or a list of names, or the keys of a mapping and the words of the lists behind them."""
    for text in (part, *part.items, *(item for below in part.entries.values() for item in below.items)):
        yield from _NAME.findall(text.value) if isinstance(text.value, str) else ()
    yield from part.entries

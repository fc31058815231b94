"""The elements of a rubric taken apart, and what refers to them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from assess.documents import Part
from assess.model.rubric import QUOTED

TREE = ("principles", "criteria", "questions", "gates", "clashes")
LISTS = (*TREE, "initiatives", "roles", "sources", "claims", "references", "personas")
REFERRING = frozenset(
    (
        *("when", "claim", "practice", "show_when", "not_before"),  # conditions; of perception roles
        *("lifted_by", "initiatives", "needs", "of", "claims", "references", "rank", "bears_on", "also"),
        *("home", "owner", "source", "like", "role", "anonymous", "options_from"),
        *("lifts", "ask", "points"),
    )
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")


class Element(NamedTuple):
    """An element, the list it is in, the key of that list, and what it hangs below."""

    part: Part
    home: list[Part]
    key: str
    above: Part

    def names(self) -> tuple[str, ...]:
        """Its id and its code, as far as it has them."""
        return tuple(name for name in (self.part.text("id"), self.part.text("code")) if name)


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


def references(part: Part, where: str) -> Iterator[tuple[str, str, str]]:
    """Every name that something refers to: in which element, behind which key."""
    home = part.text("id") or part.text("code") or where
    for key, inner in part.entries.items():
        if key in REFERRING:
            yield from ((home, key, word) for word in _words(inner))
        elif key == "says" and isinstance(inner.value, str):
            yield from ((home, key, word) for word in QUOTED.findall(inner.value))
        yield from references(inner, home)
        for place, below in enumerate(inner.items, 1):
            yield from references(below, f"headline {place}" if key == "headlines" else home)


def _words(part: Part) -> Iterator[str]:
    """The words of a condition or a list of names, or the keys of a mapping."""
    for text in (part, *part.items):
        yield from _NAME.findall(text.value) if isinstance(text.value, str) else ()
    yield from part.entries

"""Edits of a YAML text at the places its reader remembers: one scalar, or the entries of one list of words."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from assess.documents import Document, Route
from assess.documents.document import value_at
from assess.problems import Location

WIDEST = 120
_LINE_END = re.compile("\r\n|\r|\n")
_REST_OF_FLOW = re.compile(r"(?:[\s,]|#[^\n]*\n)*\]")
_COLON = re.compile(r"\s*:")


class Edit(NamedTuple):
    """Characters to replace, from one up to another, counted in the text with plain line ends."""

    start: int
    end: int
    text: str


class UneditableError(Exception):
    """What stands at a route is written in a way these edits do not know."""

    def __init__(self, route: Route) -> None:
        """Keep the route."""
        super().__init__(route)
        self.route = route


class _Text(NamedTuple):
    """A document as one text, and the character its lines start at."""

    document: Document
    text: str
    starts: tuple[int, ...]

    def span(self, place: Location) -> tuple[int, int]:
        """The first character of a place, and the one behind it."""
        start = self.starts[place.line - 1] + place.column - 1
        return start, start + place.length


def _text(document: Document) -> _Text:
    starts = accumulate((len(line) + 1 for line in document.lines), initial=0)
    return _Text(document, "\n".join(document.lines), tuple(starts))


def applied(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits that do not overlap; byte-order mark and line ends stay as they are."""
    ends = [*_LINE_END.finditer(text)]
    first = len(text) - len(text.lstrip("\ufeff"))
    raw = [first, *(end.end() for end in ends)]
    longer = accumulate((len(end[0]) - 1 for end in ends), initial=first)
    plain = [start - more for start, more in zip(raw, longer, strict=True)]
    line_end = ends[0][0] if ends else "\n"

    def there(at: int) -> int:
        line = bisect_right(plain, at) - 1
        return raw[line] + at - plain[line]

    for edit in sorted(edits, reverse=True):
        new = edit.text.replace("\n", line_end)
        text = text[: there(edit.start)] + new + text[there(edit.end) :]
    return text


def scalar_edit(document: Document, route: Route, value: str) -> Edit:
    """Another word or number in the place of one."""
    return Edit(*_text(document).span(document.places[route]), value)


def word_edit(document: Document, place: Location, stands: str, instead: str) -> Edit:
    """Other characters in the place of some at a location; raises UneditableError when others stand there."""
    text = _text(document)
    start, _ = text.span(place)
    if not text.text.startswith(stands, start):
        raise UneditableError(())
    return Edit(start, start + len(stands), instead)


def key_edit(document: Document, route: Route, name: str) -> Edit:
    """Another name in the place of a key."""
    return Edit(*_text(document).span(document.keys[route]), name)


def list_edits(document: Document, route: Route, wanted: Sequence[str]) -> tuple[Edit, ...]:
    """Entries taken out of a list of words and others added at its end; raises UneditableError for unusual layouts."""
    text = _text(document)
    start, _ = text.span(document.places[route])
    return _flow(text, route, wanted) if text.text[start] == "[" else _block(text, route, wanted)


def _entries(text: _Text, route: Route) -> list[tuple[str, tuple[int, int]]]:
    """The entries of a list and where each stands."""
    words = value_at(text.document.data, route)
    if not isinstance(words, list):
        raise UneditableError(route)
    return [(word, text.span(text.document.places[*route, place])) for place, word in enumerate(words)]


def _flow(text: _Text, route: Route, wanted: Sequence[str]) -> tuple[Edit, ...]:
    """`[a, b]`: what stands before a kept entry stays before it."""
    opened, entries = text.span(text.document.places[route])[0], _entries(text, route)
    befores, ends = [], [opened + 1]
    for _, (start, end) in entries:
        befores.append(text.text[ends[-1] : start])
        ends.append(end)
    closed = _REST_OF_FLOW.match(text.text, ends[-1])
    if closed is None:
        raise UneditableError(route)
    first = befores[0] if befores else ""
    line = text.text.rfind("\n", 0, opened) + 1
    written = ""
    kept = [place for place, (word, _) in enumerate(entries) if word in wanted]
    for place in kept:
        start, end = entries[place][1]
        written += (befores[place] if written else first) + text.text[start:end]
    for word in wanted[len(kept) :]:
        between = ", " if written else first
        width = len((text.text[line : opened + 1] + written).rpartition("\n")[2]) + len(between + word)
        if written and width >= WIDEST:
            between = ",\n" + " " * (opened + 1 - line)
        written += between + word
    tail = text.text[ends[-1] : closed.end() - 1] if entries and written else ""
    return (Edit(opened, closed.end(), f"[{written}{tail}]"),)


def _block(text: _Text, route: Route, wanted: Sequence[str]) -> tuple[Edit, ...]:
    """`- a` and `- b` on lines of their own: a line goes with its entry; comments between them stay."""
    lines, entries = text.document.lines, _entries(text, route)
    homes = [bisect_right(text.starts, start) - 1 for _, (start, _) in entries]
    gone = set()
    for (word, (start, end)), home in zip(entries, homes, strict=True):
        before, after = lines[home][: start - text.starts[home]], lines[home][end - text.starts[home] :]
        if not re.fullmatch(r"\s*-\s+", before) or not re.fullmatch(r"\s*(#.*)?", after):
            raise UneditableError(route)
        gone |= set() if word in wanted else {home}
    kept = [lines[number] for number in range(homes[0], homes[-1] + 1) if number not in gone]
    dash = lines[homes[-1]][: entries[-1][1][0] - text.starts[homes[-1]]]
    kept += [dash + word for word in wanted[len(entries) - len(gone) :]]
    region = Edit(text.starts[homes[0]] - 1, text.starts[homes[-1] + 1] - 1, "".join(f"\n{line}" for line in kept))
    return (region,) if wanted else (_nothing(text, route), region)


def _nothing(text: _Text, route: Route) -> Edit:
    """`[]` behind the key of a list that lost its last line."""
    colon = _COLON.match(text.text, text.span(text.document.keys[route])[1])
    if colon is None:
        raise UneditableError(route)
    return Edit(colon.end(), colon.end(), " []")

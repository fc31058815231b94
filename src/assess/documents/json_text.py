"""JSON text to a document: the same plain values and places as from YAML, with the complaints JSON deserves."""

import json
import re
from bisect import bisect_right
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from assess.documents.document import Document, Places, Route, Span, located
from assess.documents.leftovers import refuse_merge
from assess.documents.reader import MAX_DEPTH, MAX_PROBLEMS, accepted, text_of
from assess.documents.scalars import shown
from assess.model.fields import Plain
from assess.problems import DocumentError, Problem
from assess.spelling import printable

_SPACE = re.compile(r"[ \t\n]*")
_WORD = re.compile(r"[^\s,:{}\[\]\"]+")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_DECODER = json.JSONDecoder()
_TEXT_COMPLAINTS = {
    "Unterminated string": ("the quote opened here is never closed", "close it"),
    "Invalid control character": (
        "a line ends, or a tab stands, inside a text",
        "close the quote, or write \\n or \\t",
    ),
}
_ESCAPE_COMPLAINT = ("this is no escape of JSON", "write \\\\ for one backslash")


class _Point(NamedTuple):
    """A character of the text; both count from 0."""

    line: int
    column: int


class _Stretch(NamedTuple):
    """A stretch of the text."""

    start_mark: _Point
    end_mark: _Point


def read_json(path: Path, name: str | None = None) -> Document:
    """A document from a JSON file, shown as `name`; raises DocumentError, with a place, for whatever is wrong."""
    label = printable(name or str(path))
    return parse_json(text_of(path, label), label)


def parse_json(text: str, name: str) -> Document:
    """A document from a JSON text (RFC 8259) that holds one object; raises DocumentError with every problem found.

    Numbers, true and false become `Plain`, as if they stood without quotes in YAML.
    """
    text = accepted(text, name)
    refuse_merge(text, name)
    reader = _Reader(text, name)
    data = reader.document()
    if reader.problems:
        raise DocumentError(reader.problems)
    lines = reader.lines
    return Document(name, data, Places(name, lines, reader.places), Places(name, lines, reader.keys), lines)


class _Reader:
    """Reads one object by recursive descent; what can be read over is reported and reading goes on."""

    def __init__(self, text: str, name: str) -> None:
        self.text, self.name, self.at = text, name, 0
        self.lines = tuple(text.split("\n"))
        self.starts = [0, *accumulate(len(line) + 1 for line in self.lines)]
        self.problems: list[Problem] = []
        self.places: dict[Route, Span] = {}
        self.keys: dict[Route, Span] = {}

    def document(self) -> dict[str, Any]:
        """The object the whole text holds."""
        self.next()
        data = self.value(())
        if self.next():
            self.report("something follows after the end of the document", self.at, hint="remove it")
        if not isinstance(data, dict):
            self.report("the document is not an object of keys and values", 0, code="shape")
            return {}
        return data

    def next(self) -> str:
        """Pass over white space; the character then reached, empty at the end."""
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.text[self.at : self.at + 1]

    def value(self, route: Route) -> object:
        """The value that starts here."""
        start, opening = self.at, self.next()
        self.places[route] = self.stretch(self.at, self.at + 1)
        if opening in ("{", "["):
            if len(route) >= MAX_DEPTH:
                self.stop(f"values are nested more than {MAX_DEPTH} deep here", self.at, code="yaml_depth")
            self.at += 1
            return self.mapping(route) if opening == "{" else self.sequence(route)
        start = self.at
        found = self.text_value() if opening == '"' else self.word()
        self.places[route] = self.stretch(start, self.at)
        return found

    def mapping(self, route: Route) -> dict[str, Any]:
        """The keys and values up to the closing brace."""
        found: dict[str, Any] = {}
        opened = self.at - 1
        while self.more("}", opened, first=not found):
            start = self.at
            if self.next() != '"':
                self.stop("a key in double quotes is missing here", self.at, hint='write "key": value')
            key = self.text_value()
            if key in found:
                line = self.keys[*route, key].start_mark.line + 1
                self.report(f"'{shown(key)}' already stands in line {line}", start, self.at, code="yaml_duplicate")
            self.keys[*route, key] = self.stretch(start, self.at)
            if self.next() != ":":
                self.stop("a colon is missing after the key", self.at)
            self.at += 1
            self.next()
            found[key] = self.value((*route, key))
        return found

    def sequence(self, route: Route) -> list[Any]:
        """The values up to the closing bracket."""
        found: list[Any] = []
        opened = self.at - 1
        while self.more("]", opened, first=not found):
            found.append(self.value((*route, len(found))))
        return found

    def more(self, closing: str, opened: int, *, first: bool) -> bool:
        """Whether another entry follows; passes over the comma before it, or the closing sign."""
        sign = self.next()
        if sign == "," and not first:
            comma = self.at
            self.at += 1
            sign = self.next()
            if sign == closing:
                self.report(f"no comma may stand before the closing '{closing}'", comma, hint="remove it")
            elif sign:
                return True
        if not sign:
            self.stop(f"the '{self.text[opened]}' opened here is never closed", opened)
        if sign == closing:
            self.at += 1
        elif not first:
            self.stop(f"a comma or the closing '{closing}' is missing here", self.at)
        return sign != closing

    def text_value(self) -> str:
        """The text whose opening quote stands here."""
        try:
            found, self.at = _DECODER.raw_decode(self.text, self.at)
        except json.JSONDecodeError as error:
            known = (words for start, words in _TEXT_COMPLAINTS.items() if error.msg.startswith(start))
            message, hint = next(known, _ESCAPE_COMPLAINT)
            self.stop(message, error.pos, hint=hint)
        return str(found)

    def word(self) -> Plain | None:
        """A number, true, false or null; anything else is reported and read as nothing."""
        found = _WORD.match(self.text, self.at)
        if found is None:
            self.stop("a value is missing here", self.at)
        start, self.at = self.at, found.end()
        if found[0] == "null":
            return None
        if found[0] not in ("true", "false") and not _NUMBER.fullmatch(found[0]):
            hint = "write it in double quotes if it is a text; without a value write null"
            self.report(f"'{shown(found[0])}' is no value of JSON", start, self.at, hint=hint)
        return Plain(found[0])

    def point(self, at: int) -> _Point:
        """Line and column of a character."""
        line = bisect_right(self.starts, at, hi=len(self.lines)) - 1
        return _Point(line, at - self.starts[line])

    def stretch(self, start: int, end: int) -> _Stretch:
        """The stretch from a character up to another."""
        return _Stretch(self.point(start), self.point(end))

    def report(self, message: str, start: int, end: int = 0, *, hint: str = "", code: str = "json_syntax") -> None:
        """Keep a problem; raises DocumentError once there are more than anybody reads."""
        where = located(self.name, self.lines, self.stretch(start, max(end, start + 1)))
        self.problems.append(Problem(code, message, where, hint, source=self.lines[where.line - 1]))
        if len(self.problems) >= MAX_PROBLEMS:
            raise DocumentError(self.problems)

    def stop(self, message: str, start: int, *, hint: str = "", code: str = "json_syntax") -> NoReturn:
        """Report a problem after which nothing can be read."""
        self.report(message, start, hint=hint, code=code)
        raise DocumentError(self.problems)

"""JSON text to a document: the same plain values and places as from YAML, with the complaints JSON deserves."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from assess.documents.document import Document, Places, Route, TextSpan, located
from assess.documents.leftovers import refuse_merge
from assess.documents.reader import MAX_DEPTH, MAX_PROBLEMS, clean_text, text_of
from assess.documents.scalars import format_scalar
from assess.model.fields import Plain
from assess.problems import DocumentError, Problem, in_order
from assess.spelling import printable

# A whole text, a sign, a word, or the quote of a text that goes wrong.
_TOKEN = re.compile(r'"(?:[^"\\\n\t]|\\.)*"|[{}\[\],:]|[^ \t\n,:{}\[\]"]+|"')
_SPACE = re.compile(r"[ \t\n]*")
_WORD = re.compile(r"true|false|null|-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_DECODER = json.JSONDecoder(object_pairs_hook=tuple, parse_float=Plain, parse_int=Plain)
# What Python's reader complains about, by how it begins: what to tell the author, and the way out.
_COMPLAINTS = {
    "Expecting property name": ("a key in double quotes is missing here", 'write "key": value'),
    "Expecting ':'": ("a colon is missing after the key", ""),
    "Expecting value": ("a value is missing here", ""),
    "Extra data": ("something follows after the end of the document", "remove it"),
    "Unterminated string": ("the quote opened here is never closed", "close it"),
    "Invalid control character": (
        "a line ends, or a tab stands, inside a text",
        "close the quote, or write \\n or \\t",
    ),
    "Invalid \\": ("this is no escape of JSON", "write \\\\ for one backslash"),
}


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
    text = clean_text(text, name)
    refuse_merge(text, name)
    reader = _Reader(text, name)
    data = reader.document()
    if reader.problems:
        raise DocumentError(in_order(reader.problems))
    lines = reader.lines
    return Document(name, data, Places(name, lines, reader.places), Places(name, lines, reader.keys), lines)


class _Reader:
    """Has Python's reader take the text apart and goes along it for the places; what can be read over is mended."""

    def __init__(self, text: str, name: str) -> None:
        self.text, self.name = text, name
        self.lines = tuple(text.split("\n"))
        self.starts = [0, *accumulate(len(line) + 1 for line in self.lines)]
        self.problems: list[Problem] = []
        self.places: dict[Route, TextSpan] = {}
        self.keys: dict[Route, TextSpan] = {}
        self.spans: Iterator[tuple[int, int]] = iter(())

    def document(self) -> dict[str, Any]:
        """The object the whole text holds."""
        if self.following(0) not in ("{", ""):
            self.report("the document is not an object of keys and values", 0, code="shape")
        try:
            found = _DECODER.decode(self.mended())
        except json.JSONDecodeError as error:
            self.refuse(error)
        self.spans = (token.span() for token in _TOKEN.finditer(self.text) if token[0] not in ",:")
        data = self.value(found, ())
        return data if isinstance(data, dict) else {}

    def mended(self) -> str:
        """The text with other signs in place of what is wrong and can be read over, each as long as it was."""
        parts: list[str] = []
        at = depth = 0
        for token in _TOKEN.finditer(self.text):
            sign, start, end = token[0], *token.span()
            if sign == '"':
                break
            depth += (sign in "{[") - (sign in "}]")
            if depth > MAX_DEPTH:
                self.stop(f"values are nested more than {MAX_DEPTH} deep here", start, code="yaml_depth")
            if instead := self.mending(sign, start, end):
                parts += (self.text[at:start], instead)
                at = end
        return "".join((*parts, self.text[at:]))

    def mending(self, sign: str, start: int, end: int) -> str:
        """What to read instead of a token, which is reported; empty when it is right, or not to be read over."""
        following = self.following(end)
        if sign == "," and following in ("}", "]"):
            self.report(f"no comma may stand before the closing '{following}'", start, hint="remove it")
            return " "
        if sign[0] in '{}[],:"' or following == ":" or _WORD.fullmatch(sign):
            return ""
        self.refuse_word(sign, start)
        return "0".ljust(end - start)

    def following(self, at: int) -> str:
        """The next sign that is no white space, empty at the end."""
        found = _SPACE.match(self.text, at)
        at = found.end() if found else at
        return self.text[at : at + 1]

    def value(self, value: object, route: Route) -> object:
        """A value as the document has it; passes over its tokens."""
        self.places[route] = self.stretch(*next(self.spans))
        if isinstance(value, tuple):
            return self.mapping(value, route)
        if isinstance(value, list):
            found = [self.value(inner, (*route, index)) for index, inner in enumerate(value)]
            next(self.spans)
            return found
        return Plain(str(value).lower()) if isinstance(value, bool) else value

    def mapping(self, pairs: tuple[tuple[str, object], ...], route: Route) -> dict[str, Any]:
        """The keys and values of an object."""
        found: dict[str, Any] = {}
        for key, value in pairs:
            below = (*route, key)
            start, end = next(self.spans)
            if key in found:
                line = self.keys[below].start_mark.line + 1
                self.report(f"'{format_scalar(key)}' already stands in line {line}", start, end, code="yaml_duplicate")
            self.keys[below] = self.stretch(start, end)
            found[key] = self.value(value, below)
        next(self.spans)
        return found

    def refuse(self, error: json.JSONDecodeError) -> NoReturn:
        """Stop at what Python's reader complains about, in the words of those who write the files."""
        token = _TOKEN.match(self.text, error.pos)
        opened = self.opened(error.pos)
        if opened and not self.following(error.pos):
            self.stop(f"the '{self.text[opened[-1]]}' opened here is never closed", opened[-1])
        if error.msg.startswith("Expecting ','"):
            closing = "}" if self.text[opened[-1]] == "{" else "]"
            self.stop(f"a comma or the closing '{closing}' is missing here", error.pos)
        if error.msg.startswith("Expecting value") and token and token[0][0] not in '{}[],:"':
            self.refuse_word(token[0], error.pos)
            raise DocumentError(in_order(self.problems))
        message, hint = next(words for begins, words in _COMPLAINTS.items() if error.msg.startswith(begins))
        self.stop(message, error.pos, hint=hint)

    def opened(self, end: int) -> list[int]:
        """Where the brackets stand that are open at a character, outermost first."""
        found: list[int] = []
        for token in _TOKEN.finditer(self.text, 0, end):
            if token[0] in ("{", "["):
                found.append(token.start())
            elif token[0] in ("}", "]") and found:
                found.pop()
        return found

    def refuse_word(self, word: str, start: int) -> None:
        """Report a word without quotes."""
        hint = "write it in double quotes if it is a text; without a value write null"
        self.report(f"'{format_scalar(word)}' is no value of JSON", start, start + len(word), hint=hint)

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
            raise DocumentError(in_order(self.problems))

    def stop(self, message: str, start: int, *, hint: str = "", code: str = "json_syntax") -> NoReturn:
        """Report a problem after which nothing can be read."""
        self.report(message, start, hint=hint, code=code)
        raise DocumentError(in_order(self.problems))

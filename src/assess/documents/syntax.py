"""What the YAML parser complains about, in the words of the people who write the files."""

import re
from collections.abc import Callable
from typing import NamedTuple

import yaml

from assess.documents.scalars import format_scalar
from assess.problems import Location, Problem

_QUOTE = "put quotes around the whole text"
_INDENT = "indent with spaces, and keys of one mapping equally far"
_DASH = "begin a new entry with '- ', or indent the key as far as those of the entry above"
_ESCAPE = "use single quotes, or write \\\\ for one backslash"
_KEY_AND_REST = re.compile(r"\s*(?:-\s+)*([^\s'\"#][^:]*):\s+(\S.*)")
_MOST_IN_HINT = 100


class _Complaint(NamedTuple):
    """A complaint of the parser: its words and context, and the characters they are about (line, column from 0)."""

    words: str
    context: str
    at: tuple[int, int]
    since: tuple[int, int]
    lines: tuple[str, ...]

    @property
    def character(self) -> str:
        """The character the parser stopped at."""
        return _character(self.lines, self.at)

    @property
    def opening(self) -> str:
        """The character with which the value in question starts."""
        return _character(self.lines, self.since)

    @property
    def before(self) -> str:
        """The line up to where the parser stopped."""
        return _line(self.lines, self.at[0])[: self.at[1]]


class _Words(NamedTuple):
    """What to tell the author, and where (line, column from 0)."""

    message: str
    at: tuple[int, int]
    hint: str = _QUOTE


def explained(error: yaml.YAMLError, name: str, lines: tuple[str, ...]) -> Problem:
    """A parser error as a positioned problem."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    at = (mark.line, mark.column) if mark else (0, 0)
    since = getattr(error, "context_mark", None) or mark
    complaint = _Complaint(
        words=getattr(error, "problem", None) or "",
        context=getattr(error, "context", None) or "",
        at=at,
        since=(since.line, since.column) if since else at,
        lines=lines,
    )
    words = _translated(complaint)
    line, column = words.at
    where = Location(name, line + 1, column + 1)
    return Problem("yaml_syntax", words.message, where, words.hint, source=_line(lines, line))


def _translated(complaint: _Complaint) -> _Words:
    for fragment, translate in _TRANSLATIONS:
        if fragment in complaint.words or fragment in complaint.context:
            return translate(complaint)
    hint = "look for a missing quote, colon or indent here or above"
    return _Words("this cannot be read as YAML", complaint.at, hint)


def _line(lines: tuple[str, ...], number: int) -> str:
    return lines[number] if number < len(lines) else ""


def _character(lines: tuple[str, ...], at: tuple[int, int]) -> str:
    return _line(lines, at[0])[at[1] : at[1] + 1]


def _colon(complaint: _Complaint) -> _Words:
    """A colon where no key can be: mostly inside a text without quotes, else on a line indented by mistake."""
    found = _KEY_AND_REST.fullmatch(_line(complaint.lines, complaint.at[0]))
    if found and found.start(2) < complaint.at[1]:
        rest = found[2].replace("'", "''")
        hint = f"write {found[1]}: '{rest}'" if len(rest) < _MOST_IN_HINT and rest[0] not in "'\"" else _QUOTE
        return _Words("a text with ': ' needs quotes", complaint.at, hint)
    message = "a key cannot stand here: the line is indented too far, or the line above lacks its colon or its quotes"
    return _Words(message, complaint.at, _INDENT)


def _misplaced(complaint: _Complaint) -> _Words:
    """Something that is neither the next key nor the end of a mapping."""
    before = complaint.before.rstrip()
    if before.endswith(("'", '"')):
        hint = "quote the whole text, or none of it; or close a quote further up"
        return _Words("the text goes on after its closing quote", complaint.at, hint)
    if before.endswith(("]", "}")):
        return _Words(f"something follows after the closing '{before[-1]}'", complaint.at)
    if complaint.character == "-":
        return _Words("a list entry cannot stand among keys", complaint.at, "indent it below the key it belongs to")
    if complaint.character == ":":
        return _Words("a key is missing before the colon", complaint.at, "write the key, or quote the text")
    return _Words("the indent of this line fits none of the lines above", complaint.at, _INDENT)


def _start(complaint: _Complaint) -> _Words:
    """A character no unquoted text may start with."""
    if complaint.character == "\t":
        return _Words("a tab cannot indent a line", complaint.at, "use spaces")
    if not complaint.character:
        return _Words("something is missing here", complaint.at, "write a value, or close what was opened above")
    return _Words(f"a text that starts with '{format_scalar(complaint.character)}' needs quotes", complaint.at)


def _opened(complaint: _Complaint) -> _Words:
    """A bracket that is not closed, or something inside it that is neither a comma nor its end."""
    closing = "]" if complaint.opening == "[" else "}"
    if complaint.at[0] != complaint.since[0]:
        message = f"the '{complaint.opening}' opened here is not closed by '{closing}', or a comma is missing"
        return _Words(message, complaint.since, f"the mistake is noticed in line {complaint.at[0] + 1}")
    if complaint.character == ":":
        return _Words("a text with ': ' needs quotes", complaint.at)
    hint = "a text with a quote, a comma or a bracket inside needs quotes"
    return _Words(f"a comma or the closing '{closing}' is missing here", complaint.at, hint)


def _sign(complaint: _Complaint) -> _Words:
    return _Words(f"a text that starts with '{format_scalar(complaint.opening)}' needs quotes", complaint.since)


def _block(complaint: _Complaint) -> _Words:
    """A text after `|` or `>`, which announce a text on the lines below."""
    words = _sign(complaint)
    return _Words(words.message, words.at, f"{_QUOTE}, or start it on the next line")


def _unclosed(complaint: _Complaint) -> _Words:
    hint = "close it; an apostrophe inside single quotes is written twice"
    return _Words(f"the quote {format_scalar(complaint.opening)} opened here is never closed", complaint.since, hint)


def _no_colon(complaint: _Complaint) -> _Words:
    hint = "write 'key: value', or indent the line if it continues the text above"
    return _Words("this line has no colon after its key", complaint.since, hint)


def _fixed(message: str, hint: str = _QUOTE) -> Callable[[_Complaint], _Words]:
    """A translation that is the same wherever the parser stopped."""
    return lambda complaint: _Words(message, complaint.at, hint)


# Fragments of the parser's problem or context, first match; the special ones stand before the general ones.
_TRANSLATIONS: tuple[tuple[str, Callable[[_Complaint], _Words]], ...] = (
    ("found a tab", _fixed("a tab cannot indent a line", "use spaces")),
    ("mapping values are not allowed", _colon),
    ("mapping keys are not allowed", _sign),
    ("block sequence entries are not allowed", _fixed("a list must start on a line of its own", f"or {_QUOTE}")),
    ("found unexpected end of stream", _unclosed),
    ("found unexpected document indicator", _unclosed),
    ("while parsing a quoted scalar", _fixed("this is no escape inside double quotes", _ESCAPE)),
    ("expected ',' or", _opened),
    ("while parsing a flow", _start),
    ("while scanning an alias", _sign),
    ("while scanning an anchor", _sign),
    ("tag", _sign),
    ("directive", _sign),
    ("incompatible YAML document", _fixed("the file asks for another version of YAML", "delete the line")),
    ("cannot start any token", _start),
    ("could not find expected ':'", _no_colon),
    ("expected '-' indicator", _fixed("a key cannot stand among list entries", _DASH)),
    ("expected key", _misplaced),
    ("expected <block end>", _misplaced),
    ("expected node content", _start),
    ("expected <document start>", _fixed("something follows after the end of the document", "remove it")),
    ("comment or line break", _block),
)

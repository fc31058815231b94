"""Files and texts to documents: the YAML event stream, built into plain values while every place is kept."""

import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

import yaml

from assess.documents.document import Document, Places, Route, TextSpan, located
from assess.documents.foreign import foreign_bytes, foreign_text, refusal
from assess.documents.leftovers import commented, cut_text, refuse_merge, unmerged, ways_out, without_colon
from assess.documents.scalars import NULLS, format_scalar
from assess.documents.spaces import hidden_key, mend_spaces, odd_space, odd_spaces, spoilt_key
from assess.documents.syntax import explained
from assess.model.fields import Plain
from assess.problems import DocumentError, Location, Problem
from assess.spelling import printable

MAX_BYTES = 5_000_000
MAX_DEPTH = 40
MAX_PROBLEMS = 200
SUFFIXES = (".yaml", ".yml")

# The stubs of PyYAML call every mark optional and know no common event with a value, an anchor and a tag.
_Event = Any

# What a newer libyaml says at its own limit of depth. The parser in Python has none, so ours is the one that holds.
_SCAN_DEPTH = "exceeded maximum nesting depth"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# YAML 1.2 calls these ordinary characters; libyaml would count them as line ends and every place would be wrong.
_LINE_SEPARATORS = str.maketrans("\u2028\u2029", "  ")


def read(path: Path, name: str | None = None) -> Document:
    """A document from a file, shown as `name`; raises DocumentError, with a place, for whatever is wrong with it."""
    label = printable(name or str(path))
    return parse(text_of(path, label), label)


def parse(text: str, name: str) -> Document:
    """A document from a text; raises DocumentError with every problem that can be found before shapes are looked at."""
    text = clean_text(text, name)
    refuse_merge(text, name)
    try:
        return _parsed(text, name)
    except DocumentError as error:
        if foreign := foreign_text(text):
            raise DocumentError([refusal(foreign, name)]) from None
        raise DocumentError(_without_odd_spaces(text, name, error)) from None


def _parsed(text: str, name: str) -> Document:
    lines = tuple(text.split("\n"))
    try:
        return _built(text, name, lines, _LOADER)
    except _ScanDepthError:
        return _built(text, name, lines, yaml.SafeLoader)


def _without_odd_spaces(text: str, name: str, error: DocumentError) -> Sequence[Problem]:
    """The problems of a text; odd spaces instead of what follows from them, when a text without them reads further."""
    stopped = _stopped_at(error)
    if stopped is None or not any(_reads_further(plain, name, stopped) for plain in mend_spaces(text) if plain != text):
        return error.problems
    told = [*odd_spaces(text.split("\n"), 0, stopped[0] - 1, name)]
    return (
        [*(problem for problem in error.problems if problem.code != "yaml_syntax"), *told] if told else error.problems
    )


def _reads_further(text: str, name: str, stopped: tuple[int, int]) -> bool:
    """Whether a text can be read, or at least beyond a place."""
    try:
        _parsed(text, name)
    except DocumentError as error:
        reached = _stopped_at(error)
        return reached is None or reached > stopped
    return True


def _stopped_at(error: DocumentError) -> tuple[int, int] | None:
    """Line and column, from 1, of the last complaint about syntax or about a document without keys."""
    places = [problem.location for problem in error.problems if problem.code in ("yaml_syntax", "shape")]
    return max(((place.line, place.column) for place in places if place), default=None)


class _ScanDepthError(Exception):
    """A parser looked ahead and stopped at a depth of its own before it had named the values on the way there."""


def _built(text: str, name: str, lines: tuple[str, ...], loader: type) -> Document:
    """The document a parser finds in a text."""
    builder = _Builder(name, lines)
    try:
        data = builder.document(yaml.parse(text.translate(_LINE_SEPARATORS), Loader=loader))
    except yaml.YAMLError as error:
        if getattr(error, "problem", None) == _SCAN_DEPTH and loader is not yaml.SafeLoader:
            raise _ScanDepthError from None
        if marks := unmerged(name, lines):
            raise DocumentError([marks]) from None
        raise DocumentError([*builder.problems, *builder.cut, explained(error, name, lines)]) from None
    if builder.problems:
        raise DocumentError([*builder.problems, *builder.cut])
    places, keys = Places(name, lines, builder.places), Places(name, lines, builder.keys)
    return Document(name, data, places, keys, lines, cut=tuple(builder.cut), bare=builder.bare)


def is_yaml(name: str) -> bool:
    """Whether a file of this name is read where a whole folder is: a YAML file that is not hidden."""
    return name.lower().endswith(SUFFIXES) and not name.startswith(".")


def text_of(path: Path, name: str) -> str:
    """The text of a file, shown as `name`; raises DocumentError when it cannot be read, is too large or no UTF-8."""
    return _decoded(_content(path, name), name)


def clean_text(text: str, name: str) -> str:
    """A text without byte-order mark and with plain line ends; raises DocumentError for control characters and size."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > MAX_BYTES:
        raise DocumentError([_too_large(name)])
    if found := _FORBIDDEN.search(text):
        message = f"the character U+{ord(found[0]):04X} cannot stand in a text file"
        raise DocumentError([_at(text, found.start(), name, message, "delete it, or save the file as UTF-8 again")])
    return text


def _content(path: Path, name: str) -> bytes:
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            found = "a folder" if stat.S_ISDIR(mode) else "not an ordinary file"
            message = f"'{format_scalar(path.name)}' is {found}; a file of text belongs here"
            raise DocumentError([Problem("file_missing", message, Location(name), "name a file, or move this away")])
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "not a file name").lower()
        message = f"'{format_scalar(name)}' cannot be read: {reason}"
        raise DocumentError(
            [Problem("file_missing", message, Location(name), "check its name and who may read it")]
        ) from None
    if len(content) > MAX_BYTES:
        raise DocumentError([_too_large(name)])
    return content


def _too_large(name: str) -> Problem:
    message = f"the file is larger than {MAX_BYTES // 1_000_000} MB, the most that is read"
    return Problem("file_too_large", message, Location(name), "divide it into several files")


def _decoded(content: bytes, name: str) -> str:
    if foreign := foreign_bytes(content):
        raise DocumentError([refusal(foreign, name)])
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        # One replacement character stands for one broken sequence, so the place before it is exact.
        text = content.decode("utf-8", "replace").lstrip("\ufeff")
        before = len(content[: error.start].decode("utf-8").lstrip("\ufeff"))
        message = f"the byte {content[error.start]:02X} is not UTF-8"
        raise DocumentError([_at(text, before, name, message, "save the file as UTF-8")]) from None


def _at(text: str, index: int, name: str, message: str, hint: str) -> Problem:
    """A problem of encoding at a character of a text."""
    before = text[:index].replace("\r\n", "\n").replace("\r", "\n")
    line, column = before.count("\n") + 1, index - max(text.rfind("\n", 0, index), text.rfind("\r", 0, index))
    source = re.split("[\r\n]", text[index - column + 1 :], maxsplit=1)[0]
    return Problem("file_encoding", message, Location(name, line, column), hint, source=source)


class _Builder:
    """Builds one mapping from an event stream in one pass; problems are kept and building goes on."""

    def __init__(self, name: str, lines: tuple[str, ...]) -> None:
        self.name, self.lines = name, lines
        self.commented = commented(lines)
        self.problems: list[Problem] = []
        self.cut: list[Problem] = []
        self.bare: dict[Route, str] = {}
        self.places: dict[Route, TextSpan] = {}
        self.keys: dict[Route, TextSpan] = {}
        self.events: Iterator[_Event] = iter(())
        self.undashed: dict[Route, set[str]] = {}

    def document(self, events: Iterator[_Event]) -> dict[str, Any]:
        """The mapping of the only document of the stream."""
        self.events = events
        next(events)
        if isinstance(next(events), yaml.StreamEndEvent):
            self.refuse_empty()
        root = next(events)
        data = self.value(root, ())
        next(events)
        following = next(events)
        if isinstance(following, yaml.DocumentStartEvent):
            self.report("yaml_feature", "a second document starts here", following, "keep one document in a file")
        if not isinstance(data, dict):
            hint = "write 'key: value' lines, with a space after the colon"
            self.report("shape", "the document is not made of keys and values", root, hint)
            return {}
        return data

    def value(self, event: _Event, route: Route) -> object:
        """The value that starts with an event."""
        self.places[route] = event
        if event.anchor is not None or type(event) is yaml.AliasEvent:
            self.refuse_reference(event)
        elif event.tag is not None:
            hint = "put the text into quotes if it is one"
            self.report("yaml_feature", f"'{format_scalar(event.tag)}' is a tag; tags are not read", event, hint)
        if type(event) is yaml.ScalarEvent:
            if self.commented:
                self.notice_comment(event, route)
            if not event.implicit[0]:
                return event.value
            self.look_for_keys(event)
            return None if event.value in NULLS else Plain(event.value)
        if len(route) >= MAX_DEPTH and type(event) is not yaml.AliasEvent:
            self.refuse_depth(event)
        if type(event) is yaml.MappingStartEvent:
            return self.mapping(route)
        return self.sequence(route) if type(event) is yaml.SequenceStartEvent else None

    def mapping(self, route: Route) -> dict[str, Any]:
        """The keys and values up to the end of a mapping."""
        found: dict[str, Any] = {}
        bare: list[str] = []
        for event in self.events:
            if type(event) is yaml.MappingEndEvent:
                break
            key = self.key(event, route, found)
            below = (*route, key)
            self.keys[below] = event
            value = found[key] = self.value(next(self.events), below)
            if value is None:  # nothing to point at but the key
                self.places[below] = event
                bare += [key] if without_colon(self.lines, event) else []
        if bare:
            spans = {key: (self.keys[*route, key], self.places[*route, key]) for key in found}
            self.bare |= {(*route, key): way for key, way in ways_out(self.lines, found, bare, spans).items()}
        return found

    def sequence(self, route: Route) -> list[Any]:
        """The values up to the end of a list."""
        found: list[Any] = []
        for event in self.events:
            if type(event) is yaml.SequenceEndEvent:
                break
            found.append(self.value(event, (*route, len(found))))
        return found

    def key(self, event: _Event, route: Route, found: dict[str, Any]) -> str:
        """The text of a key; what cannot be one is reported and read over."""
        if type(event) is not yaml.ScalarEvent:
            if type(event) is not yaml.AliasEvent:
                self.report("yaml_feature", "a key must be one word, not a list or a mapping", event)
            self.value(event, (*route, ""))
            return ""
        if event.anchor is not None or event.tag is not None:
            self.report("yaml_feature", "a key cannot carry an anchor or a tag", event)
        key: str = event.value
        if key in found:
            self.refuse_second(event, route, found)
        elif key == "<<" and event.implicit[0]:
            self.report("yaml_feature", "'<<' would merge another mapping; write its keys out", event)
        elif not key:
            self.report("yaml_syntax", "a key is missing before the colon", event)
        else:
            self.look_at_ends(event)
        return key

    def look_at_ends(self, event: _Event) -> None:
        """Report an odd space that begins or ends a key, or hides the colon behind it."""
        odd = spoilt_key(event.value) if event.implicit[0] and not event.value.isascii() else None
        if odd is not None:
            where = located(self.name, self.lines, event)
            self.keep(odd_space(self.lines, where.line - 1, where.column - 1 + odd, self.name))

    def look_for_keys(self, event: _Event) -> None:
        """Report a key that an odd space made a further line of the text above it."""
        first, last = event.start_mark.line, event.end_mark.line
        if first == last or event.value.isascii():
            return
        line = hidden_key(self.lines, first + 1, last)
        if line is not None:
            self.problems += odd_spaces(self.lines, line, line, self.name)

    def refuse_second(self, event: _Event, route: Route, found: dict[str, Any]) -> None:
        """Report a key that stands already; in a list the dash of a new entry may be missing, which is told once."""
        key = event.value
        line = self.keys[*route, key].start_mark.line + 1
        hint = "keep one of the two"
        if route and isinstance(route[-1], int) and key == next(iter(found)) and len(found) > 1:
            self.undashed[route] = {key}
            hint = f"write '- {format_scalar(key)}: ...' if a new entry begins here, else {hint}"
        elif key not in self.undashed.get(route, {key}):
            self.undashed[route].add(key)
            return
        self.report("yaml_duplicate", f"'{format_scalar(key)}' already stands in line {line}", event, hint)

    def notice_comment(self, event: _Event, route: Route) -> None:
        """Keep a warning about words behind a value that look like part of it."""
        if event.end_mark.line not in self.commented:
            return
        key = next((step for step in route[-1:] if isinstance(step, str)), "")
        warning = cut_text(self.name, self.lines, event, key)
        self.cut += [warning] if warning else []

    def refuse_reference(self, event: _Event) -> None:
        """Report an anchor or an alias."""
        sign, what = ("*", "an alias") if isinstance(event, yaml.AliasEvent) else ("&", "an anchor")
        hint = f"write the value out; a text that starts with '{sign}' needs quotes"
        self.report("yaml_feature", f"'{sign}{format_scalar(event.anchor)}' is {what}, which is not read", event, hint)

    def refuse_depth(self, event: _Event) -> NoReturn:
        """Stop at a value that is nested too deeply."""
        message = f"values are nested more than {MAX_DEPTH} deep here"
        before = self.lines[event.start_mark.line][: event.start_mark.column]
        opened = sum(before.count(sign) for sign in "[{") - sum(before.count(sign) for sign in "]}")
        hint = "close the brackets above" if opened > 1 else "hang what is below here further up"
        self.report("yaml_depth", message, event, hint)
        raise DocumentError(self.problems)

    def refuse_empty(self) -> NoReturn:
        """Stop at a file without a value."""
        message = "the file is empty; its first key must be 'assess:'"
        raise DocumentError([Problem("document_kind", message, Location(self.name), source=self.lines[0])])

    def report(self, code: str, message: str, event: _Event, hint: str = "") -> None:
        """Keep a problem at an event."""
        where = located(self.name, self.lines, event)
        source = self.lines[where.line - 1] if where.line <= len(self.lines) else ""
        self.keep(Problem(code, message, where, hint, source=source))

    def keep(self, problem: Problem) -> None:
        """Keep a problem; raises DocumentError once there are more than anybody reads."""
        self.problems.append(problem)
        if len(self.problems) >= MAX_PROBLEMS:
            raise DocumentError(self.problems)

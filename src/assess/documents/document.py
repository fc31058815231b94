"""A document in memory: plain values, and the place in the text of every key and value."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from assess.model.fields import Plain
from assess.problems import Location, Problem, Severity

Route = tuple[str | int, ...]


class TextMark(Protocol):
    """A point in a text; both count from 0, in characters."""

    @property
    def line(self) -> int:
        """The line."""

    @property
    def column(self) -> int:
        """The column."""


class TextSpan(Protocol):
    """A stretch of text."""

    @property
    def start_mark(self) -> TextMark:
        """The first character."""

    @property
    def end_mark(self) -> TextMark:
        """The character after the last one."""


def located(file: str, lines: tuple[str, ...], span: TextSpan) -> Location:
    """The location of a span; one of several lines reaches to the end of its first line."""
    start, end = span.start_mark, span.end_mark
    line = lines[start.line] if start.line < len(lines) else ""
    last = end.column if end.line == start.line else len(line)
    return Location(file, start.line + 1, start.column + 1, max(1, last - start.column))


class Places(Mapping[Route, Location]):
    """Locations by route, each worked out when it is asked for: most never are."""

    __slots__ = ("_file", "_lines", "_spans")

    def __init__(self, file: str, lines: tuple[str, ...], spans: Mapping[Route, TextSpan]) -> None:
        """Keep the spans of a file."""
        self._file, self._lines, self._spans = file, lines, spans

    def __getitem__(self, route: Route) -> Location:
        """The location at a route; raises KeyError where nothing stands."""
        return located(self._file, self._lines, self._spans[route])

    def __contains__(self, route: object) -> bool:
        """Whether something stands at a route."""
        return route in self._spans

    def __iter__(self) -> Iterator[Route]:
        """Every route, parents first."""
        return iter(self._spans)

    def __len__(self) -> int:
        """How many routes there are."""
        return len(self._spans)


class Document(NamedTuple):
    """One YAML file: its mapping, where everything in it stands, and its lines without line ends.

    Unquoted scalars in `data` are `Plain`, quoted ones str, empty ones None. `keys` are the places of the keys.
    `others`: the lines of other files, by name, when the document was put together from several.
    cut: warnings about texts that end at a ` #`; bare: keys in braces that have no colon, each with the way out.
    """

    name: str
    data: dict[str, Any]
    places: Mapping[Route, Location]
    keys: Mapping[Route, Location]
    lines: tuple[str, ...]
    others: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    cut: tuple[Problem, ...] = ()
    bare: Mapping[Route, str] = MappingProxyType({})

    def lines_around(self, where: Location) -> tuple[str, ...]:
        """The lines of the file a place is in."""
        return self.others.get(where.file, self.lines)


def value_at(value: object, route: Route) -> object:
    """The value at a route, None where nothing stands."""
    for step in route:
        if not has(value, step):
            return None
        value = value[step]  # type: ignore[index]  # `has` looked
    return value


def _standing_at(value: object, route: Route) -> object:
    """The value at a route, or the text on the way to it: one text may be written for a record of several."""
    for step in route:
        if isinstance(value, str):
            return value
        value = value_at(value, (step,))
    return value


def has(value: object, step: str | int) -> bool:
    """Whether a mapping has a key, or a list an index."""
    if isinstance(value, Mapping):
        return step in value
    return isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value)


def problem(  # noqa: PLR0913 - the parts of a problem
    document: Document,
    code: str,
    message: str,
    route: Route = (),
    *,
    at_key: bool = False,
    hint: str = "",
    severity: Severity = "error",
) -> Problem:
    """A problem at a route, or at its nearest ancestor in the document; `at_key` points at the key instead."""
    where = _nearest_place(document, route, document.keys if at_key else document.places)
    return _problem_at(document, where, code, message, hint, severity)


def _nearest_place(document: Document, route: Route, places: Mapping[Route, Location]) -> Location:
    if route in places:
        return places[route]
    while route and route not in document.places:
        route = route[:-1]
    return document.places.get(route, Location(document.name))


def _problem_at(document: Document, where: Location, code: str, message: str, hint: str, severity: Severity) -> Problem:
    lines = document.lines_around(where)
    source = lines[where.line - 1] if where.line <= len(lines) else ""
    return Problem(code, message, where, hint, severity, source)


class SourceMap(NamedTuple):
    """Where the elements of a rubric stand: anchors lead from an id or claim code to the route of its mapping.

    The anchor of the rubric itself is the empty text, and the id of its root; that of a headline is `headline:` and its
    index from 0.
    warnings: what was read and may have been meant otherwise.
    """

    anchors: Mapping[str, tuple[Document, Route]] = MappingProxyType({})
    warnings: tuple[Problem, ...] = ()

    def naming(self, anchor: str, *route: str | int, name: str) -> tuple[Route, bool]:
        """Where a name stands below an element, and whether as a key: in the mapping or list at a route, else there."""
        document, base = self.anchors.get(anchor, (None, ()))
        value = None
        if document is not None:
            route = _as_written(value_at(document.data, base), route)
            value = value_at(document.data, (*base, *route))
        if isinstance(value, Mapping) and name in value:
            return (*route, name), True
        return ((*route, value.index(name)) if isinstance(value, list) and name in value else route), False

    def problem(  # noqa: PLR0913 - the parts of a problem
        self,
        code: str,
        message: str,
        anchor: str,
        *route: str | int,
        at_key: bool = False,
        hint: str = "",
        severity: Severity = "error",
        offset: int = 0,
        length: int = 0,
    ) -> Problem:
        """A problem at a route below an element; without a location when the element is unknown.

        offset, length: the characters meant inside a text, counted in its value; length 0 means the whole of it.
        """
        if anchor not in self.anchors:
            return Problem(code, message, None, hint, severity, about=anchor)
        document, base = self.anchors[anchor]
        route = _as_written(value_at(document.data, base), route)
        whole = problem(document, code, message, (*base, *route), at_key=at_key, hint=hint, severity=severity)
        value = _standing_at(document.data, (*base, *route))
        if length and not at_key and whole.location is not None and isinstance(value, str):
            part = _part(document, whole.location, value, offset, length)
            whole = _problem_at(document, part, code, message, hint, severity)
        return replace(whole, about=anchor)

    def holder(self, document: Document, route: Route) -> str:
        """The anchor of the innermost element that a route of a document lies in; empty for the rubric itself."""
        found = [
            (len(base), anchor)
            for anchor, (home, base) in self.anchors.items()
            if home.name == document.name and route[: len(base)] == base
        ]
        return max(found, default=(0, ""))[1]


def _as_written(value: object, route: Route) -> Route:
    """A route below a value without a step the document leaves out, as `cap` is inside the gate of a fact."""
    first, *rest = route or ("",)
    leaves_out = len(route) > 1 and not has(value, first) and has(value, rest[0])
    return tuple(rest) if leaves_out else route


def _part(document: Document, whole: Location, value: str, offset: int, length: int) -> Location:
    """The place of some characters of a text; the whole text when it is not written as it reads."""
    raw = "\n".join(document.lines_around(whole)[whole.line - 1 : whole.line + offset + 2])
    start = _aligned(raw, _first_character(raw, whole.column - 1, value), value, offset)
    if start is None:
        return whole
    before, column = raw.count("\n", 0, start), start - raw.rfind("\n", 0, start)
    end_of_line = raw.find("\n", start) if "\n" in raw[start:] else len(raw)
    return Location(whole.file, whole.line + before, column, max(1, min(length, end_of_line - start)))


def _first_character(raw: str, start: int, value: str) -> int:
    """Where the words of a scalar begin: after its quote, or on the line below its `>` or `|`."""
    if isinstance(value, Plain):
        return start
    return start + 1 if raw[start : start + 1] in ("'", '"') else raw.find("\n", start) + 1


def _aligned(raw: str, at: int, value: str, offset: int) -> int | None:
    """Where the character at `offset` of a value stands in the raw text; white space may differ, words may not."""
    for index, character in enumerate(value[: offset + 1]):
        if character.isspace():
            continue
        while at < len(raw) and raw[at].isspace():
            at += 1
        if raw[at : at + 1] != character:
            return None
        if index == offset:
            return at
        at += 1
    return at

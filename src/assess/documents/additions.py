"""An entry added at the end of a list of a YAML text: comments, order and layout of the rest stay as they are."""

import re
from collections.abc import Mapping

from assess.documents.document import Document, Route, value_at
from assess.documents.edits import Edit, UneditableError, applied
from assess.documents.reader import parse
from assess.documents.writer import dump
from assess.problems import DocumentError

STEP = 2
_DASH = re.compile(r"( *)-( +)")
_COMMENT = re.compile(r"( *)(#.*)?")


def with_entry(text: str, document: Document, route: Route, entry: Mapping[str, object]) -> str:
    """The text of a document with an entry more in the list behind some keys, which need not be there yet.

    Raises UneditableError where the list is written in a way that cannot be added to, such as in brackets.
    """
    before, depth, missing = _place(document, route)
    block = "\n".join(_block(missing, entry, depth))
    start = sum(len(line) + 1 for line in document.lines[:before])
    open_end = before == len(document.lines)
    edit = Edit(start - 1, start - 1, f"\n{block}") if open_end else Edit(start, start, f"{block}\n")
    changed = applied(text, [edit])
    wanted = parse(dump({"entry": entry}), document.name).data["entry"]
    try:
        found = parse(changed, document.name).data
    except DocumentError:
        raise UneditableError(route) from None
    if found != _added(document.data, route, wanted):
        raise UneditableError(route)
    return changed


def _place(document: Document, route: Route) -> tuple[int, int, Route]:
    """The line, from 0, before which an entry goes, the column of its dash or first key, and the keys not there yet."""
    entries = value_at(document.data, route)
    if isinstance(entries, list) and entries:
        last = document.places[*route, len(entries) - 1]
        dash = _DASH.fullmatch(document.lines[last.line - 1][: last.column - 1])
        if dash is None:
            raise UneditableError(route)
        return _end(document, route, len(dash[1])), len(dash[1]), ()
    if entries is not None:
        raise UneditableError(route)
    if route in document.keys:
        key = document.keys[route]
        return key.line, key.column - 1 + STEP, ()
    above = route[:-1]
    if not above:
        return _end(document, (), 0), 0, route[-1:]
    if value_at(document.data, above) is None:
        before, depth, missing = _place(document, above)
        return before, depth, (*missing, *route[-1:])
    beside = next(place.column for name, place in document.keys.items() if name[:-1] == above)
    if document.lines[document.places[above].line - 1][document.places[above].column - 1] == "{":
        raise UneditableError(route)
    return _end(document, above, beside - 1), beside - 1, route[-1:]


def _end(document: Document, route: Route, depth: int) -> int:
    """The line, from 0, before which what stands at a route has ended; comments that are not deeper are behind it."""
    first = document.keys[route].line if route else 0
    others = [place.line for name, place in document.keys.items() if name[: len(route)] != route]
    end = min((line - 1 for line in others if line > first), default=len(document.lines))
    while end > 1:
        idle = _COMMENT.fullmatch(document.lines[end - 1])
        if idle is None or (idle[2] and len(idle[1]) > depth):
            break
        end -= 1
    return end


def _block(missing: Route, entry: Mapping[str, object], depth: int) -> list[str]:
    """The lines of an entry, below the keys that are not there yet."""
    lines = [f"{' ' * (depth + STEP * place)}{key}:" for place, key in enumerate(missing)]
    written = dump({"entries": [dict(entry)]}).splitlines()[1:]
    indent = " " * (depth + STEP * len(missing))
    return [*lines, *(f"{indent}{line[STEP:]}" if line else line for line in written)]


def _added(data: Mapping[str, object], route: Route, entry: object) -> dict[str, object]:
    """The data of a document with an entry more at the end of a list."""
    first, *rest = route
    inner = data.get(str(first))
    if not rest:
        return {**data, str(first): [*(inner if isinstance(inner, list) else []), entry]}
    return {**data, str(first): _added(inner if isinstance(inner, Mapping) else {}, tuple(rest), entry)}

"""Answers rewritten in the text they stand in: lines that say the same stay as they are, with their comments."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from assess.authoring.migrate.moves import Carried, MigratedAnswers
from assess.documents import Document, Route, printable, resolve
from assess.documents.document import value_at
from assess.documents.edits import Edit, UneditableError, scalar_edit
from assess.documents.writer import dump
from assess.problems import Location

# Keys behind which nothing but names stands, which never need quotes.
_WORDS = ("value", "basis")
_NO_CONTENT = re.compile(r"\s*(#.*)?")


class Rewrite(NamedTuple):
    """A mapping of answers in a document: where it stands, and what becomes of it.

    names: what the keys of the mapping are, as far as they are answers; others stay. remarks: what stands in place of
    answers that are gone, by the place of the old one.
    """

    route: Route
    names: tuple[str, ...]
    passage: MigratedAnswers
    remarks: Mapping[int, tuple[str, ...]]

    def in_place_of(self, place: int) -> tuple[Carried, ...]:
        """The new answers that stand where an old one stood."""
        return tuple(entry for entry in self.passage.entries if entry.origin == place)


def answer_edits(document: Document, rewrite: Rewrite) -> list[Edit]:
    """The edits that turn the old answers of a mapping into the new ones.

    Raises UneditableError where the mapping is not written one answer a line, or its own line is not.
    """
    routes = [(*rewrite.route, name) for name in rewrite.names]
    if all(_own_line(document, route) for route in routes):
        return [edit for place, route in enumerate(routes) for edit in _answer_edit(document, rewrite, place, route)]
    if not _own_line(document, rewrite.route) or len(rewrite.names) < len(_mapping(document, rewrite.route)):
        raise UneditableError(rewrite.route)
    first, last = _extent(document, rewrite.route)
    indent = " " * (document.keys[rewrite.route].column - 1)
    lines = [f"{indent}{_key(document, rewrite.route)}:"]
    for place in range(len(rewrite.names)):
        lines += _comments(rewrite.remarks.get(place, ()), f"{indent}  ")
        for entry in rewrite.in_place_of(place):
            lines += _comments(remarks_on(entry), f"{indent}  ") + _dumped(entry, f"{indent}  ")
    return [_lines_edit(document, first, last, lines)]


def head_edits(document: Document, heads: Mapping[str, str], after: str) -> list[Edit]:
    """Edits of single values at the top of a document; those that are not there yet come below the key `after`."""
    edits = [scalar_text(document, (key,), _quoted(text)) for key, text in heads.items() if key in document.data]
    missing = [f"{key}: {_quoted(text)}" for key, text in heads.items() if key not in document.data]
    if missing:
        _, last = _extent(document, (after,))
        end = _starts(document)[last] - 1
        edits.append(Edit(end, end, "".join(f"\n{line}" for line in missing)))
    return edits


def scalar_text(document: Document, route: Route, text: str) -> Edit:
    """Another text in the place of a scalar; behind its key where nothing stands yet."""
    found = scalar_edit(document, route, text)
    behind = found.end + 1
    return Edit(behind, behind, f" {text}") if value_at(document.data, route) is None else found


def faithful(value: object) -> object:
    """A value as plain data that is written again as it reads: numbers keep their zeros by staying texts."""
    if isinstance(value, Mapping):
        return {str(key): faithful(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [faithful(inner) for inner in value]
    found = resolve(value)
    if isinstance(found, bool) or found is None or not isinstance(value, str):
        return found
    return found if str(found) == value else str(value)


def _quoted(text: str) -> str:
    return text if re.fullmatch(r"sha256:[0-9a-f]+", text) else json.dumps(text, ensure_ascii=False)


def _starts(document: Document) -> list[int]:
    """The character each line starts at, and the one behind the last line end."""
    return list(accumulate((len(line) + 1 for line in document.lines), initial=0))


def _mapping(document: Document, route: Route) -> Mapping[str, object]:
    found = value_at(document.data, route)
    return found if isinstance(found, Mapping) else {}


def _key(document: Document, route: Route) -> str:
    """A key as it is written, quotes and all."""
    place = document.keys[route]
    return document.lines[place.line - 1][place.column - 1 : place.column - 1 + place.length]


def _own_line(document: Document, route: Route) -> bool:
    """Whether a key is the first thing on its line, and the line is its own."""
    place = document.keys[route]
    return not document.lines[place.line - 1][: place.column - 1].strip()


def _extent(document: Document, route: Route) -> tuple[int, int]:
    """The first and the last line of a key and its value, counted from 1; comments for what follows are not part."""
    here = document.keys[route]
    following = [
        place.line for other, place in document.keys.items() if place.line > here.line and other[: len(route)] != route
    ]
    last = min(following, default=len(document.lines) + 1) - 1
    while last > here.line and _outside(document.lines[last - 1], here.column - 1):
        last -= 1
    return here.line, last


def _outside(line: str, indent: int) -> bool:
    """Whether a line holds nothing, or a comment that is not indented below a key."""
    return (bool(_NO_CONTENT.fullmatch(line)) and len(line) - len(line.lstrip()) <= max(indent, 0)) or not line.strip()


def _lines_edit(document: Document, first: int, last: int, lines: Sequence[str]) -> Edit:
    """Other lines in the place of some; with no line at all they are gone without a gap."""
    starts = _starts(document)
    if not lines:
        return Edit(starts[first - 1], min(starts[last], starts[-1] - 1), "")
    return Edit(starts[first - 1], starts[last] - 1, "\n".join(lines))


def _answer_edit(document: Document, rewrite: Rewrite, place: int, route: Route) -> Iterator[Edit]:
    """The edit of one old answer; none where it stands as it was."""
    entries = rewrite.in_place_of(place)
    as_it_was = [(entry.name, entry.entry) for entry in entries] == [(route[-1], value_at(document.data, route))]
    if as_it_was and not remarks_on(entries[0]):
        return
    first, last = _extent(document, route)
    indent = " " * (document.keys[route].column - 1)
    lines = _comments(rewrite.remarks.get(place, ()), indent)
    for entry in entries:
        lines += _comments(remarks_on(entry), indent) + _answer_lines(document, route, entry, (first, last))
    yield _lines_edit(document, first, last, lines)


def remarks_on(entry: Carried) -> tuple[str, ...]:
    """What is said above an answer that has to be given again."""
    return (f"reconfirm: {'; '.join(entry.reasons)}",) if entry.reasons and entry.entry is not None else ()


def _comments(remarks: Iterable[str], indent: str) -> list[str]:
    return [f"{indent}# {printable(' '.join(remark.split()))}" for remark in remarks]


def _answer_lines(document: Document, route: Route, entry: Carried, extent: tuple[int, int]) -> list[str]:
    """The lines of a new answer: those of the old one with another name and other words, or written anew."""
    first, last = extent
    patches = _patches(document, route, value_at(document.data, route), entry.entry)
    if patches is None:
        return _dumped(entry, " " * (document.keys[route].column - 1))
    lines = list(document.lines[first - 1 : last])
    renamed = [] if entry.name == route[-1] else [(document.keys[route], entry.name)]
    for where, text in sorted([*patches, *renamed], reverse=True):
        line, at = lines[where.line - first], where.column - 1
        lines[where.line - first] = line[:at] + text + line[at + where.length :]
    return lines


def _patches(document: Document, route: Route, old: object, new: object) -> list[tuple[Location, str]] | None:
    """Where single words differ and what stands there now; None when more than words differ."""
    if old == new:
        return []
    if isinstance(old, Mapping) and isinstance(new, Mapping) and old.keys() == new.keys():
        found: list[tuple[Location, str]] = []
        for key in old:
            patches = _patches(document, (*route, key), old[key], new[key])
            if patches is None or (patches and key not in _WORDS):
                return None
            found += patches
        return found
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        pairs = [(place, word) for place, word in enumerate(new) if old[place] != word]
        return [(document.places[*route, place], str(word)) for place, word in pairs]
    if isinstance(old, str) and isinstance(new, str):
        return [(document.places[route], str(new))]
    return None


def _dumped(entry: Carried, indent: str) -> list[str]:
    """A new answer written from its values."""
    if entry.entry is None:
        return [f"{indent}{entry.name}:"]
    return [f"{indent}{line}" for line in dump({entry.name: faithful(entry.entry)}).rstrip("\n").split("\n")]

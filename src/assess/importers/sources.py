"""What all importers share: records of a source, what came of reading one, and what of it was not read."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict

from assess.documents import Document, Route, printable, problem
from assess.documents.scalars import format_scalar
from assess.model.fields import Record
from assess.model.rubric import Rubric
from assess.problems import Problem, nearest


class SourcePart(Record):
    """A part of a source: strict in what is read of it, and open to keys that are not."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore", populate_by_name=True)


class Wish(NamedTuple):
    """What the imported rubric is to be called; empty texts leave it to the source."""

    id: str = ""
    version: str = ""


class Imported(NamedTuple):
    """A rubric and what is to be known about it: how much was read, what could not be kept, what is wrong."""

    rubric: Rubric
    counts: Mapping[str, int]
    problems: tuple[Problem, ...]


def shown_path(path: Path) -> str:
    """A path as messages show it."""
    return printable(str(path))


class _Unread(NamedTuple):
    """A key of a source that its record does not have, and where it stands first."""

    document: Document
    route: Route
    known: tuple[str, ...]


class Unread:
    """Keys that were not read, each reported once with how often it stands."""

    def __init__(self, unplaced: frozenset[str] = frozenset()) -> None:
        """Name the keys that belong to the format but have no place in a rubric."""
        self._unplaced = unplaced
        self._first: dict[tuple[str, str], _Unread] = {}
        self._times: dict[tuple[str, str], int] = {}

    def note(self, document: Document, model: type[BaseModel], value: object, route: Route = ()) -> None:
        """Go through a part of a source and keep the keys that its record does not read and that say something."""
        if not isinstance(value, Mapping):
            return
        fields = {name: field.annotation for name, field in _keys(model)}
        for key, inner in value.items():
            if key not in fields:
                if inner not in (None, "", [], {}) and not key.startswith("_"):
                    what = (model.__name__, key)
                    self._first.setdefault(what, _Unread(document, (*route, key), tuple(fields)))
                    self._times[what] = self._times.get(what, 0) + 1
                continue
            below = _record_in(fields[key])
            if below is not None:
                entries = enumerate(inner) if isinstance(inner, list) else [(None, inner)]
                for place, entry in entries:
                    self.note(document, below, entry, (*route, key, *(() if place is None else (place,))))

    def problems(self) -> Iterator[Problem]:
        """One problem for each key: a note if it is known to have no place, else a warning with the nearest key."""
        for (_, key), (document, route, known) in self._first.items():
            times = self._times[_, key]
            often = f", here and {times - 1} more times" if times > 1 else ""
            if key in self._unplaced:
                message = f"'{format_scalar(key)}' has no place in a rubric and is left out{often}"
                yield problem(document, "import_left_out", message, route, at_key=True, severity="note")
            else:
                message = f"the key '{format_scalar(key)}' is not read{nearest(key, known)}{often}"
                yield problem(document, "import_left_out", message, route, at_key=True, severity="warning")


def _keys(model: type[BaseModel]) -> Iterator[tuple[str, Any]]:
    """Every spelling under which a record reads a key, with the field."""
    for name, field in model.model_fields.items():
        spellings = getattr(field.validation_alias, "choices", None) or [field.alias or name]
        yield from ((str(spelling), field) for spelling in spellings)


def _record_in(annotation: object) -> type[SourcePart] | None:
    """The record inside an optional or a list of records, None where there is none."""
    if isinstance(annotation, type) and issubclass(annotation, SourcePart):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _record_in(inner))), None)

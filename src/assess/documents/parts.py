"""Documents taken apart into values that remember where they were written, and put together to another document."""

from collections.abc import Iterator, Mapping
from typing import Any

from assess.documents.document import Document, Route
from assess.problems import Location

Scalar = str | None


class Part:
    """A value with the place it was written at; mappings and lists hold parts, and may be changed."""

    __slots__ = ("document", "route", "value")

    def __init__(self, value: "dict[str, Part] | list[Part] | Scalar", document: Document, route: Route) -> None:
        """Keep a value and where it stands."""
        self.value, self.document, self.route = value, document, route

    @property
    def entries(self) -> "dict[str, Part]":
        """The entries of a mapping; none for anything else."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> "list[Part]":
        """The entries of a list; none for anything else."""
        return self.value if isinstance(self.value, list) else []

    def text(self, key: str) -> str:
        """The text behind a key of a mapping, the empty text when there is none."""
        found = self.entries.get(key)
        return found.value if found and isinstance(found.value, str) else ""


def part_of(document: Document, value: object, route: Route = ()) -> Part:
    """A value of a document, taken apart."""
    if isinstance(value, Mapping):
        return Part({key: part_of(document, inner, (*route, key)) for key, inner in value.items()}, document, route)
    if isinstance(value, list):
        return Part([part_of(document, inner, (*route, at)) for at, inner in enumerate(value)], document, route)
    return Part(value if isinstance(value, str) else None, document, route)


def put_together(document: Document, root: Part) -> Document:
    """A document of parts, under the name of one of those they were written in; every place stays what it was."""
    origins: dict[Route, Part] = {}
    data = _noted(root, (), origins)
    known = {part.document.name: part.document for part in origins.values()}
    others = {name: found.lines for name, found in known.items()}
    for found in known.values():
        others |= found.others
    places, keys = _Borrowed(origins, "places"), _Borrowed(origins, "keys")
    return Document(document.name, data if isinstance(data, dict) else {}, places, keys, document.lines, others)


def _noted(part: Part, route: Route, origins: dict[Route, Part]) -> Any:  # noqa: ANN401 - any value of a document
    """The plain value of a part, with the route of everything in it noted."""
    origins[route] = part
    if isinstance(part.value, dict):
        return {key: _noted(inner, (*route, key), origins) for key, inner in part.value.items()}
    if isinstance(part.value, list):
        return [_noted(inner, (*route, at), origins) for at, inner in enumerate(part.value)]
    return part.value


class _Borrowed(Mapping[Route, Location]):
    """The places of parts in the documents they come from, or those of their keys."""

    __slots__ = ("_name", "_origins")

    def __init__(self, origins: Mapping[Route, Part], name: str) -> None:
        """Keep the parts by their routes; name: which of a document's places are meant."""
        self._origins, self._name = origins, name

    def _known(self, part: Part) -> Mapping[Route, Location]:
        found: Mapping[Route, Location] = getattr(part.document, self._name)
        return found

    def __getitem__(self, route: Route) -> Location:
        """The location at a route; raises KeyError where nothing stands."""
        part = self._origins[route]
        return self._known(part)[part.route]

    def __contains__(self, route: object) -> bool:
        """Whether something stands at a route."""
        part = self._origins.get(route)  # type: ignore[call-overload]  # anything may be asked for
        return part is not None and part.route in self._known(part)

    def __iter__(self) -> Iterator[Route]:
        """Every route, parents first."""
        return (route for route in self._origins if route in self)

    def __len__(self) -> int:
        """How many routes there are."""
        return sum(1 for _ in self)

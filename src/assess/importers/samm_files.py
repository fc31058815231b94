"""The files of a SAMM core model to its parts, with every reference followed once."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from assess.documents import Document, Route, is_yaml, problem, read, resolve, validated
from assess.documents.scalars import format_scalar
from assess.importers.samm_parts import KINDS, LINKS, UNPLACED, Activity, SammPart
from assess.importers.sources import Unread, shown_path
from assess.numbers import counted
from assess.problems import DocumentError, Location, Problem, Severity, errors, listing, nearest

MODEL = "model"
_PART = re.compile(rf"(?m)^[\"']?type[\"']?\s*:\s*[\"']?(?:{'|'.join(KINDS)})\b")

P = TypeVar("P", bound=SammPart)


class LocatedPart(NamedTuple):
    """A part and the file it stands in."""

    kind: str
    part: SammPart
    document: Document


class Model:
    """The parts of a model by kind and id, in the order of the files, and what is wrong with them."""

    def __init__(self) -> None:
        """Start empty."""
        self.parts: list[LocatedPart] = []
        self.problems: list[Problem] = []
        self._by_id: dict[tuple[str, str], LocatedPart] = {}

    def keep(self, found: LocatedPart) -> None:
        """Add a part; one whose id was used before is an error when others refer to its kind, else a warning."""
        identity = found.part.id
        first = self._by_id.setdefault((found.kind, identity), found)
        if first is not found:
            place = first.document.places["id",]
            message = f"the id '{format_scalar(identity)}' already stands in {place.file}:{place.line}"
            needed = any(link.to == found.kind for link in LINKS)
            hint = "give one of the two an id of its own" if needed else "it is imported with a number behind its id"
            self.report(found, "import_duplicate", message, ("id",), "error" if needed else "warning", hint)
        self.parts.append(found)

    def all(self, kind: type[P]) -> Iterator[P]:
        """The parts of a kind."""
        return (found.part for found in self.parts if isinstance(found.part, kind))

    def places(self, kind: type[P]) -> Iterator[tuple[P, LocatedPart]]:
        """The parts of a kind, each with where it was found."""
        return ((found.part, found) for found in self.parts if isinstance(found.part, kind))

    def get(self, kind: type[P], identity: str | None) -> P:
        """The part with an id, which `check_links` has seen to be there; raises KeyError when it is not."""
        part = self._by_id[_NAMES[kind], identity or ""].part
        if not isinstance(part, kind):
            raise KeyError(identity)
        return part

    def kind_of(self, identity: str) -> str:
        """The kind of the part with an id, empty when there is none."""
        return next((kind for kind in KINDS if (kind, identity) in self._by_id), "")

    def ids(self, kind: str) -> list[str]:
        """The ids of a kind."""
        return [identity for known, identity in self._by_id if known == kind]

    def report(
        self, found: LocatedPart, code: str, message: str, route: Route, severity: Severity = "warning", hint: str = ""
    ) -> None:
        """Keep a problem in the file of a part."""
        self.problems.append(problem(found.document, code, message, route, severity=severity, hint=hint))


_NAMES: Mapping[type[SammPart], str] = {record: kind for kind, record in KINDS.items()}


def read_model(folder: Path) -> Model:
    """The model below a folder, or below its folder `model` when it has one.

    Raises DocumentError when a file cannot be read, a part is not of its shape, or a reference it needs leads nowhere.
    """
    files = _files(folder / MODEL if (folder / MODEL).is_dir() else folder)
    if not any(_is_part(path) for path in files):
        raise DocumentError([_no_model(folder, files)])
    model, unread = Model(), Unread(UNPLACED)
    for path in files:
        try:
            _keep(read(path, shown_path(path)), model, unread)
        except DocumentError as error:
            model.problems += error.problems
    model.problems += unread.problems()
    if not errors(model.problems):
        _check_links(model)
        _check_relations(model)
    if errors(model.problems):
        raise DocumentError(model.problems)
    return model


def _is_part(path: Path) -> bool:
    """Whether a file says that it is a part of a model, however broken the rest of it is."""
    try:
        return _PART.search(path.read_bytes().decode("utf-8", "replace")) is not None
    except OSError:
        return False


def _no_model(folder: Path, files: Sequence[Path]) -> Problem:
    """A folder no file of which is a part; what else is wrong with its files does not matter then."""
    amount = counted(len(files), "YAML file", "YAML files") if files else "no YAML file"
    message = f"{shown_path(folder)} is no SAMM core model: it holds {amount}, none with a `type:` of such a model"
    hint = "name the folder 'model' of a core model, or the one it stands in; else only the JSON file of a lens is read"
    return Problem("import_format", message, Location(shown_path(folder)), hint)


def _files(folder: Path) -> list[Path]:
    """Every YAML file below a folder, in the order of their paths; hidden ones are passed over."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(place, name) for name in names if is_yaml(name)]
    return sorted(found)


def _keep(document: Document, model: Model, unread: Unread) -> None:
    """Add the part a file holds; a file that says no known `type` is passed over with a warning."""
    kind = document.data.get("type")
    record = KINDS.get(kind) if isinstance(kind, str) else None
    if record is None:
        near = nearest(kind, KINDS) if isinstance(kind, str) else ""
        message = f"the file is passed over: 'type' names no part of a SAMM model{near}"
        hint = f"parts are {listing(tuple(KINDS))}"
        model.problems.append(problem(document, "import_left_out", message, ("type",), hint=hint, severity="warning"))
        return
    part, problems = validated(document, record)
    model.problems += problems
    unread.note(document, record, document.data)
    if part is not None:
        model.keep(LocatedPart(str(kind), part, document))


def _check_links(model: Model) -> None:
    """Every reference that places a part leads to a part of the right kind."""
    for found in model.parts:
        for link in LINKS:
            if link.kind != found.kind:
                continue
            name = getattr(found.part, link.field)
            if not name:
                message = f"'{link.key}' is missing: it says where this {_words(link.kind)} belongs"
                model.report(found, "import_reference", message, (link.key,), "error")
            elif name not in model.ids(link.to):
                model.report(found, "import_reference", _astray(model, name, link.to), (link.key,), "error")


def _check_relations(model: Model) -> None:
    """The activities an activity builds on are activities; nothing is computed with them."""
    for activity, found in model.places(Activity):
        key = "relatedActivities" if "relatedActivities" in found.document.data else "relatedactivities"
        for name in related(activity):
            if model.kind_of(name) != "Activity":
                model.report(found, "import_reference", _astray(model, name, "Activity"), (key,))


def related(activity: Activity) -> list[str]:
    """The ids of the activities an activity builds on, as they are written."""
    names = (line.removeprefix("- ").strip() for line in flat_texts(activity.related))
    return [name for name in names if name and name != "None"]


def _astray(model: Model, name: str, wanted: str) -> str:
    kind = model.kind_of(name)
    if kind:
        return f"'{format_scalar(name)}' is the id of {_named(kind)}, not of {_named(wanted)}"
    return f"there is no {_words(wanted)} with the id '{format_scalar(name)}'{nearest(name, model.ids(wanted))}"


def _words(kind: str) -> str:
    """A kind in small letters and separate words."""
    return "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in kind).strip()


def _named(kind: str) -> str:
    """A kind with its article."""
    return f"{'an' if kind.startswith('A') else 'a'} {_words(kind)}"


def flat_texts(value: object) -> list[str]:
    """The texts of a field that may hold one text, a list, or nested lists."""
    plain = resolve(value)
    if isinstance(plain, list):
        return [line for entry in plain for line in flat_texts(entry)]
    if isinstance(plain, dict):
        return [f"{key}: {line}" for key, entry in plain.items() for line in flat_texts(entry)]
    return [] if plain is None else [str(plain).strip()]

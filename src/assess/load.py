"""Rubric folders and files to one rubric, with the place of everything in it."""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assess import overlay
from assess.documents import (
    Document,
    Route,
    SourceMap,
    format_scalar,
    is_yaml,
    notice_leftovers,
    parse,
    printable,
    problem,
    read,
    validated,
)
from assess.documents.kinds import BY_KIND
from assess.model.anatomy import lists_in, names_in
from assess.model.fields import Record
from assess.model.headlines import Headline
from assess.model.migrations import Migration, step_anchor
from assess.model.nodes import Caps, Fact, default_cap
from assess.model.rubric import ROOT, Rubric
from assess.model.rubric_files import HOMES, RECORDS
from assess.model.translations import Translation, translation_anchor
from assess.problems import DocumentError, Location, Problem, errors, listing, nearest

_HEADS = ("rubric/1", overlay.KIND)
# What stands beside a rubric and changes nothing of what it asks, weighs and concludes.
_BESIDE = ("personas", "translations", "accepted")
_BESIDE_KINDS = ("persona/1", "translation/1")


KINDS = (*RECORDS,)  # what stands behind `assess` may be a list, which no mapping can be asked for


@dataclass
class _Found:
    """The parts of a rubric as its files are read, in their order; `texts` are those of the files by their paths.

    `warnings` are about texts that were read and may have been meant otherwise.
    """

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    rubrics: list[Rubric] = field(default_factory=list)
    parts: dict[str, list[Record]] = field(default_factory=dict)
    anchors: dict[str, tuple[Document, Route]] = field(default_factory=dict)

    def keep(self, records: Mapping[str, Iterable[Record]]) -> None:
        """Append the records of a file to their lists."""
        for name, more in records.items():
            self.parts.setdefault(name, []).extend(more)


def load(path: Path) -> tuple[Rubric, SourceMap]:
    """The rubric in a folder or a single file, and where its elements stand; an overlay is laid over its base.

    Raises DocumentError with the problems of all files.
    """
    found = _found(path, ())
    return _merged(found), SourceMap(found.anchors | {ROOT: found.anchors[""]}, tuple(found.warnings))


def _found(path: Path, above: tuple[str, ...]) -> _Found:
    """What the files of a rubric hold; `above` are the overlays it is the base of. Raises DocumentError."""
    found = _Found()
    files, refused = files_of(path)
    found.problems.extend(refused)
    for relative, file in files:
        try:
            document = read(file)
        except DocumentError as error:
            found.problems.extend(error.problems)
            continue
        found.documents.append(document)
        found.texts.append((relative, "\n".join(document.lines)))
    as_written = tuple(found.documents)
    complete = len(as_written) == len(files) and not refused
    _lay_over(path, found, above)
    for document in found.documents:
        _sort_in(document, found)
    if complete:
        found.problems.extend(_count_rubrics(path, found))
    found.anchors, repeated = _anchors(found.documents)
    found.problems.extend(repeated)
    lost = [each for document in as_written for each in notice_leftovers(document, found.problems)]
    found.problems.extend(errors(lost))
    found.warnings.extend(each for each in lost if each.severity != "error")
    if found.problems:
        raise DocumentError((*found.problems, *found.warnings))
    return found


def _lay_over(path: Path, found: _Found, above: tuple[str, ...]) -> None:
    """Put the rubric that the only overlay makes of its base in the place of the overlay, before the other files."""
    heads = [document for document in found.documents if document.data.get("assess") in _HEADS]
    if len(heads) != 1 or heads[0].data["assess"] != overlay.KIND:
        return
    try:
        names = (*above, os.path.realpath(path))
        below = _found(overlay.base_of(heads[0], path, names), names)
        laid, warned = overlay.laid_over(heads[0], below.documents)
        found.documents = [laid, *(document for document in found.documents if document is not heads[0])]
        found.texts.append(("base", _hash(below.texts)))
        found.warnings.extend((*below.warnings, *warned))
    except DocumentError as error:
        found.problems.extend(error.problems)


def rubric_fingerprint(path: Path) -> str | None:
    """What tells one state of a rubric's files from another: their names and bytes; None when they cannot be read.

    The files of a base count like those of the overlay.
    """
    digest = hashlib.sha256()
    try:
        for _, contents in _layers(path):
            for relative, content in contents:
                digest.update(b"%d:%d:" % (len(relative), len(content)) + os.fsencode(relative) + content)
    except (OSError, ValueError, DocumentError):
        return None
    return digest.hexdigest()


def rubric_places(path: Path) -> tuple[Path, ...]:
    """The folders and files a rubric is read from: its own, and those it is laid over as far as they can be found."""
    found: list[Path] = []
    with contextlib.suppress(OSError, ValueError, DocumentError):
        found.extend(home for home, _ in _layers(path))
    return tuple(found) or (path,)


def _layers(path: Path) -> Iterator[tuple[Path, list[tuple[str, bytes]]]]:
    """Each folder or file a rubric is read from with its files, an overlay before its base.

    Raises DocumentError, OSError or ValueError for what cannot be read.
    """
    home: Path | None = path
    above: list[str] = []
    while home is not None:
        files, refused = files_of(home)
        if refused:
            raise DocumentError(refused)
        contents = [(relative, file.read_bytes()) for relative, file in files]
        yield home, contents
        above.append(os.path.realpath(home))
        home = _base_in(contents, home, above)


def _base_in(contents: Iterable[tuple[str, bytes]], path: Path, above: Sequence[str]) -> Path | None:
    """What the files at a path are laid over, None unless one of them is an overlay."""
    for relative, content in contents:
        if overlay.KIND.encode() in content:
            document = parse(content.decode(), relative)
            if document.data.get("assess") == overlay.KIND:
                return overlay.base_of(document, path, above)
    return None


def files_of(path: Path) -> tuple[list[tuple[str, Path]], list[Problem]]:
    """The files of a rubric by their path below its folder, in that order; hidden ones are passed over."""
    if not os.path.isdir(path):  # noqa: PTH112 - never raises
        return [(path.name, path)], []
    problems: list[Problem] = []
    found: dict[str, Path] = {}
    inside = os.path.realpath(path)
    for folder, folders, names in os.walk(path, onerror=lambda error: problems.append(_unreadable(error))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        wanted = [name for name in names if is_yaml(name)]
        for name in (*folders, *wanted):
            file = Path(folder, name)
            if file.is_symlink() and not Path(os.path.realpath(file)).is_relative_to(inside):
                message = "the link leads out of the folder of the rubric and is not followed"
                problems.append(Problem("file_missing", message, Location(_shown(file)), "put a copy in its place"))
            elif name in wanted:
                found[file.relative_to(path).as_posix()] = file
    return sorted(found.items()), problems


def _unreadable(error: OSError) -> Problem:
    name = _shown(Path(error.filename))
    return Problem("file_missing", f"'{name}' cannot be read: {(error.strerror or '').lower()}", Location(name))


def _shown(path: Path) -> str:
    return printable(str(path))


def _sort_in(document: Document, found: _Found) -> None:
    """Validate one document by its kind and keep what it holds."""
    kind = document.data.get("assess")
    if kind == overlay.KIND:
        return  # it could not be laid over its base
    if kind not in KINDS:
        found.problems.append(_wrong_kind(document, kind))
        return
    content = {key: value for key, value in document.data.items() if key != "assess"}
    record, problems = validated(document, RECORDS[kind], content)
    found.problems.extend(problems)
    if isinstance(record, Rubric):
        found.rubrics.append(record)
    elif record is not None:
        found.keep(_parts(kind, record))
    if kind == "rubric/1":
        found.problems.extend(_foreign_hash(document))


def _parts(kind: str, record: Record) -> Mapping[str, Iterable[Record]]:
    """The lists of a rubric that a record adds to: the one it belongs to, or those it holds."""
    if kind in HOMES:
        return {HOMES[kind]: (record,)}
    return {name: getattr(record, name) for name in lists_in(type(record))}


def _wrong_kind(document: Document, kind: object) -> Problem:
    hint = f"a rubric is made of {listing((*KINDS, overlay.KIND))}"
    if kind is None:
        return problem(document, "document_kind", "the first key must be 'assess:' and say what the file is", hint=hint)
    message = "'assess' needs one word"
    if isinstance(kind, str) and kind in BY_KIND:
        name, home = BY_KIND[kind]
        message, hint = f"this is {name} ({kind}), which is no part of a rubric", home
    elif isinstance(kind, str):
        message = (
            f"'{format_scalar(kind)}' is no part of a rubric{nearest(format_scalar(kind), (*KINDS, overlay.KIND))}"
        )
    return problem(document, "document_kind", message, ("assess",), hint=hint)


def _foreign_hash(document: Document) -> Iterator[Problem]:
    for key in ("hash", "text_hash"):
        if key in document.data:
            yield problem(document, "unknown_key", f"unknown key '{key}'; it is computed", (key,), at_key=True)


def _count_rubrics(path: Path, found: _Found) -> Iterator[Problem]:
    """Exactly one document of a rubric says what the rubric is; a file of no known kind may have been meant to."""
    kinds = [document.data.get("assess") for document in found.documents]
    documents = [document for document in found.documents if document.data.get("assess") in _HEADS]
    if not documents and all(kind in KINDS for kind in kinds):
        message = f"no file of '{_shown(path)}' says 'assess: rubric/1'"
        yield Problem("document_kind", message, Location(_shown(path)), "name the folder or the file of a rubric")
    for document in documents[1:]:
        message = f"a second rubric or overlay; the first is {documents[0].name}"
        yield problem(document, "document_kind", message, ("assess",), hint="keep one rubric in a folder")


def _anchors(documents: Iterable[Document]) -> tuple[dict[str, tuple[Document, Route]], list[Problem]]:
    """Where every element stands, and the ids and codes that are used twice."""
    anchors: dict[str, tuple[Document, Route]] = {}
    used: dict[str, tuple[Document, Route]] = {}
    problems: list[Problem] = []
    for document in documents:
        for record, element, route in _elements(document):
            anchor = _anchor(record, element, route)
            if isinstance(anchor, str):
                anchors.setdefault(str(anchor), (document, route))
            for key in names_in(record) if record is not Rubric else ():
                name = element.get(key)
                if not isinstance(name, str):
                    continue
                place = (document, (*route, key) if (*route, key) in document.places else route)
                if name in used:
                    problems.append(_repeated(name, place, used[name]))
                used.setdefault(name, place)
    return anchors | _translations(documents), problems


def _translations(documents: Iterable[Document]) -> dict[str, tuple[Document, Route]]:
    """Where every translation stands, in the order of the whole rubric: those in its own file come first."""
    ordered = sorted(documents, key=lambda document: document.data.get("assess") != "rubric/1")
    found = [(each, route) for each in ordered for record, _, route in _elements(each) if record is Translation]
    return {translation_anchor(place): where for place, where in enumerate(found)}


def _elements(document: Document) -> Iterator[tuple[type[Record], Mapping[str, Any], Route]]:
    """Everything of a document that its records hold in lists, each with its record and its route, parents first."""
    kind = document.data.get("assess")
    if kind in KINDS:
        if kind == "rubric/1" or kind in HOMES:
            yield RECORDS[kind], document.data, ()
        yield from _below(RECORDS[kind], document.data, ())


def _below(
    record: type[Record], value: Mapping[str, Any], route: Route
) -> Iterator[tuple[type[Record], Mapping[str, Any], Route]]:
    for key, held in lists_in(record).items():
        entries = value.get(key)
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(entry, dict):
                yield held, entry, (*route, key, index)
                yield from _below(held, entry, (*route, key, index))
                yield from _inside(held, entry, (*route, key, index))


def _inside(
    record: type[Record], value: Mapping[str, Any], route: Route
) -> Iterator[tuple[type[Record], Mapping[str, Any], Route]]:
    """The gate inside a fact, which has a name also where none is written."""
    caps, fact = value.get("caps"), value.get("id")
    if record is Fact and isinstance(caps, dict) and isinstance(fact, str):
        yield Caps, {**caps, "id": caps.get("id") or default_cap(fact)}, (*route, "caps")


def _anchor(record: type[Record], element: Mapping[str, Any], route: Route) -> object:
    if record is Rubric:
        return ""
    if record is Headline:
        return f"headline:{route[-1]}"
    if record is Migration:
        return step_anchor(element.get("from"), element.get("to"))
    return next((element.get(key) for key in names_in(record)), None)


def _repeated(name: str, second: tuple[Document, Route], first: tuple[Document, Route]) -> Problem:
    document, route = first
    place = document.places[route]
    message = f"'{printable(name)}' is already used in {place.file}:{place.line}:{place.column}"
    return problem(second[0], "duplicate_id", message, second[1], hint="ids and codes are unique in the whole rubric")


def _merged(found: _Found) -> Rubric:
    """The only rubric, with the parts of the other files appended and the hash of all of them."""
    (rubric,) = found.rubrics
    parts = {name: (*getattr(rubric, name), *more) for name, more in found.parts.items()}
    hashes = {"hash": _sense_hash(found.documents), "text_hash": _hash(found.texts)}
    return rubric.as_written.model_copy(update={**parts, **hashes}).resolved()


def _sense_hash(documents: Iterable[Document]) -> str:
    """The hash over what the files say: not how it is written, and without personas and translations."""
    said = [
        {key: value for key, value in document.data.items() if key not in _BESIDE}
        for document in documents
        if document.data.get("assess") not in _BESIDE_KINDS
    ]
    content = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(content.encode('utf-8', 'surrogateescape')).hexdigest()}"


def _hash(texts: Iterable[tuple[str, str]]) -> str:
    """The hash over paths and texts, the same for every kind of line end; engagements of older programs name it."""
    digest = hashlib.sha256()
    for text in texts:
        for part in text:
            content = part.encode("utf-8", "surrogateescape")
            digest.update(b"%d:%s" % (len(content), content))
    return f"sha256:{digest.hexdigest()}"

"""Overlays: a rubric laid over another one, which it adapts by id and does not copy."""

import os
from collections.abc import Sequence
from pathlib import Path

from assess.documents import Document, Part, part_of, printable, problem, put_together, validated
from assess.model.rubric_files import HOMES
from assess.overlay.elements import list_of
from assess.overlay.laying import Laying
from assess.overlay.record import KIND, Overlay
from assess.problems import DocumentError, Problem, listing, nearest
from assess.resources import identity, list_rubrics, rubric_folders

_SUFFIXES = ("", ".yaml", ".yml")


def base_of(document: Document, path: Path, above: Sequence[str]) -> Path:
    """The base of the overlay at a path: a relative path, or a name beside it, in `rubrics`, or among the shipped.

    Raises DocumentError when there is none, or when it is one of those above, the overlays it is the base of.
    """
    base = _base(document, path)
    if os.path.realpath(base) in above:
        message = f"'{printable(str(base))}' is in the end laid over itself"
        raise DocumentError([problem(document, "overlay", message, ("base",), hint="name another base")])
    return base


def _base(document: Document, path: Path) -> Path:
    named = document.data.get("base")
    if not isinstance(named, str):
        message = "an overlay needs 'base', the rubric it is laid over"
        raise DocumentError([problem(document, "missing_key", message, hint="base: the name or the path of a rubric")])
    beside = path.resolve().parent
    if "/" in named:
        places = [(path if path.is_dir() else path.parent) / named]
    else:
        places = [home / f"{named}{end}" for home in rubric_folders([beside]) for end in _SUFFIXES]
    known = list_rubrics([beside])
    places += [place for place in known.values() if identity(place) == named]
    for place in places:
        if os.path.exists(place) and os.path.realpath(place) != os.path.realpath(path):  # noqa: PTH110 - never raises
            return place
    hint = f"known rubrics: {listing(tuple(known))}; or write a path from here, such as ../{named.rpartition('/')[2]}"
    message = f"no rubric '{named}' to lay this over{nearest(named, known)}"
    raise DocumentError([problem(document, "file_missing", message, ("base",), hint=hint)])


def laid_over(document: Document, base: Sequence[Document]) -> tuple[Document, tuple[Problem, ...]]:
    """The rubric that an overlay makes of the documents of a sound one, and warnings; places stay where they were.

    Raises DocumentError with everything in the overlay that does not fit.
    """
    record, problems = validated(document, Overlay)
    if record is None:
        raise DocumentError(problems)
    laying = Laying(document, record, _whole(base))
    laying.lay()
    if laying.problems:
        raise DocumentError(laying.problems)
    return put_together(document, laying.root), tuple(laying.warnings)


def _whole(base: Sequence[Document]) -> Part:
    """The documents of a rubric as one, as `load` would merge them."""
    (head,) = (document for document in base if document.data["assess"] == "rubric/1")
    root = part_of(head, head.data)
    for document in base:
        if document is head or document.data["assess"] == "translation/1":
            continue
        part = part_of(document, document.data)
        kind = part.entries.pop("assess").value
        if kind in HOMES:
            list_of(root, HOMES[str(kind)], part).append(part)
        else:
            for key, inner in part.entries.items():
                list_of(root, key, inner).extend(inner.items)
    # They lead from version to version of the base, or translate its texts, not those laid over them.
    for key in ("migrations", "translations"):
        root.entries.pop(key, None)
    return root


__all__ = ["KIND", "Overlay", "base_of", "laid_over"]

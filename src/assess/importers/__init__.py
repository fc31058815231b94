"""Models of other tools to rubrics: which importer reads a source, and what came of it."""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from assess.documents import SourceMap, printable
from assess.documents.foreign import foreign_text
from assess.documents.reader import text_of
from assess.importers.lens import read_lens
from assess.importers.samm import read_samm
from assess.importers.sources import Imported, Wish, shown_path
from assess.problems import DocumentError, Location, Problem, errors
from assess.validate import validate


class Importer(NamedTuple):
    """One format: what it is called, and how it is read (raises DocumentError)."""

    title: str
    read: Callable[[Path, Wish], Imported]


IMPORTERS: Mapping[str, Importer] = {
    "samm": Importer("OWASP SAMM core model", read_samm),
    "lens": Importer("AWS Well-Architected custom lens", read_lens),
}


_READ = "two models are read: the folder of an OWASP SAMM core model, and the JSON file of an AWS custom lens"


def kind_of(source: Path) -> str:
    """The importer for a source: a folder is a SAMM core model, JSON is a lens; raises DocumentError for neither."""
    if os.path.isdir(source):  # noqa: PTH112 - never raises
        return "samm"
    name = shown_path(source)
    if not os.path.isfile(source):  # noqa: PTH113 - never raises
        raise DocumentError([Problem("file_missing", f"there is no file or folder '{name}'", Location(name), _READ)])
    try:
        text = text_of(source, name)
    except DocumentError as error:
        raise DocumentError(replace(problem, hint=_READ) for problem in error.problems) from None
    if text.lstrip("\ufeff \t\r\n")[:1] not in ("{", "["):
        foreign = foreign_text(text)
        what = foreign.what if foreign else "a file that is no JSON"
        message = f"'{name}' is neither a SAMM core model nor a custom lens, but {what}"
        raise DocumentError([Problem("import_format", message, Location(name), _READ)])
    return "lens"


def import_rubric(source: Path, kind: str = "", wish: Wish | None = None) -> Imported:
    """The rubric of a source, which loads without an error, with what is to be known about it.

    What makes no sense in the source, such as a rule that no answer reaches, is kept, and `assess rubric check` minds.
    kind: the name of an importer; empty to see from the source. Raises DocumentError when the source has errors.
    """
    found = kind or kind_of(source)
    try:
        imported = IMPORTERS[found].read(source, wish or Wish())
    except ValidationError as error:
        raise DocumentError(_misfits(source, error)) from None
    faults = errors(validate(imported.rubric, SourceMap()))
    if faults:
        raise DocumentError((*faults, *imported.problems))
    return imported


def _misfits(source: Path, error: ValidationError) -> list[Problem]:
    """What was read but cannot stand in a rubric, such as a title of invisible characters."""
    name = shown_path(source)
    faults = error.errors(include_url=False, include_context=False)
    whats = [f"{'.'.join(str(step) for step in fault['loc'])}: {fault['msg']}" for fault in faults]
    return [
        Problem("import_format", f"no rubric can be made of it: {printable(what)}", Location(name)) for what in whats
    ]


__all__ = ["IMPORTERS", "Imported", "Importer", "Wish", "import_rubric", "kind_of"]

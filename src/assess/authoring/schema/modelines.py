"""The first line that tells an editor which schema a file follows."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from assess.documents import is_yaml, printable
from assess.documents.reader import text_of
from assess.problems import DocumentError, Problem

START = "# yaml-language-server: $schema="
_KIND = re.compile(r"^\ufeff?assess:[ \t]+(['\"]?)([a-z_]+)/[0-9]+\1[ \t]*(?:#.*)?\r?$", re.MULTILINE)
_FIRST = re.compile(re.escape(START) + r"[^\r\n]*(\r\n|\r|\n)")
_LINE_END = re.compile("\r\n|\r|\n")
_NEW_LINE = "\n"


class Marked(NamedTuple):
    """A document and its text with the line it should begin with."""

    path: Path
    before: str
    after: str

    @property
    def right(self) -> bool:
        """Whether it begins with that line already."""
        return self.before == self.after


def documents_with_modelines(folder: Path, schemas: Path) -> Iterator[Marked]:
    """Every document below a folder whose schema is in another; hidden files and other YAML are passed over.

    Raises DocumentError when there is no such folder, or a file in it cannot be read.
    """
    if not os.path.isdir(folder):  # noqa: PTH112 - never raises
        raise DocumentError([Problem("file_missing", f"no folder '{printable(str(folder))}'")])
    for path in sorted(found for found in folder.rglob("*") if is_yaml(found.name) and found.is_file()):
        if any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        text = text_of(path, str(path))
        kind = _KIND.search(text)
        if kind and (schema := schemas / f"{kind[2]}.schema.json").is_file():
            target = Path(os.path.relpath(schema.resolve(), path.parent.resolve())).as_posix()
            yield Marked(path, text, with_modeline(text, target))


def with_modeline(text: str, target: str) -> str:
    """A text that begins with the line for a schema, in the place of one for another; line ends stay."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    body = text.removeprefix(mark)
    end = _LINE_END.search(body)
    rest = _FIRST.sub("", body, count=1) if body.startswith(START) else body
    return f"{mark}{START}{target}{end[0] if end else _NEW_LINE}{rest}"

"""Finds the files of an engagement and takes their fingerprint."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from assess import documents
from assess.collect.context import Problems
from assess.collect.evidence import inside
from assess.documents import Document, printable
from assess.problems import DocumentError, Location, Problem, nearest

ENGAGEMENT = "engagement.yaml"
ANSWERS = "answers"
AGREED = "_agreed.yaml"


def engagement_file(path: Path) -> Path:
    """The file that says what an engagement is; raises DocumentError when there is none."""
    file = path / ENGAGEMENT if path.is_dir() else path
    if not file.is_file():
        what = f"there is no {ENGAGEMENT} in it" if path.is_dir() else "there is no such file or folder"
        message = f"{_shown(path)} is not an engagement: {what}{nearest(file.name, names_beside(file))}"
        hint = "name the folder that holds engagement.yaml, or a single file that holds organization and answers"
        raise DocumentError([Problem("file_missing", message, Location(_shown(path)), hint)])
    if path.is_dir() and not inside(file, path):
        raise DocumentError([_linked_out(file)])
    return file


def names_beside(file: Path) -> list[str]:
    """The names in the folder a file should be in; none when it cannot be read."""
    try:
        return sorted(path.name for path in file.parent.iterdir())
    except OSError:
        return []


def home(path: Path) -> Path | None:
    """The folder of an engagement kept as a folder, also when its engagement.yaml was named; None for a single file."""
    if path.is_dir():
        return path
    return path.parent if path.name == ENGAGEMENT else None


class AnswerFile(NamedTuple):
    """One file of the answers folder; `document` is None when it cannot be read."""

    path: Path
    document: Document | None

    @property
    def respondent(self) -> str:
        """The respondent it names, rightly or not; the name of the file when it names none."""
        named = self.document.data.get("respondent") if self.document else None
        return named if isinstance(named, str) else self.path.stem


def answer_files(folder: Path) -> tuple[tuple[AnswerFile, ...], Problems]:
    """The answers files of an engagement, in the order of their names."""
    paths, problems = _answer_paths(folder)
    found: list[AnswerFile] = []
    for path in paths:
        try:
            found.append(AnswerFile(path, documents.read(path)))
        except DocumentError as error:
            found.append(AnswerFile(path, None))
            problems += error.problems
    return tuple(found), problems


def _answer_paths(folder: Path) -> tuple[list[Path], Problems]:
    place = folder / ANSWERS
    if not place.is_dir():
        return [], ()
    problems: list[Problem] = []
    paths: list[Path] = []
    try:
        names = sorted(path.name for path in place.iterdir())
    except OSError as error:
        message = f"the folder {_shown(place)} cannot be read: {error.strerror}"
        hint = "check who may read it"
        return [], (Problem("file_missing", message, Location(_shown(place)), hint),)
    for path in (place / name for name in names if not name.startswith(".")):
        if path.suffix == ".yaml":
            problems += () if inside(path, folder) else (_linked_out(path),)
            paths += [path] if inside(path, folder) else []
        elif path.suffix.lower() in (".yaml", ".yml"):
            message = f"{_shown(path)} is not read: answers files end in .yaml"
            hint = f"rename it to {path.stem}.yaml"
            problems.append(Problem("document_kind", message, Location(_shown(path)), hint, "warning"))
    return paths, tuple(problems)


def _shown(path: Path) -> str:
    return printable(str(path))


def _linked_out(path: Path) -> Problem:
    message = f"{_shown(path)} is a link that leads out of the engagement's folder"
    return Problem("file_missing", message, Location(_shown(path)), "copy the file into the folder")


def fingerprint(document: Document, files: Sequence[AnswerFile]) -> str:
    """`sha256:` and the SHA-256 over the sorted paths and texts of the engagement and its answers files.

    The same for every kind of line end, and wherever the engagement lies.
    """
    found = [(f"{ANSWERS}/{file.path.name}", file.document) for file in files if file.document]
    digest = hashlib.sha256()
    for name, part in sorted([(Path(document.name).name, document), *found], key=lambda item: item[0]):
        for text in (name, "\n".join(part.lines)):
            content = text.encode("utf-8", "surrogateescape")
            digest.update(b"%d:%s" % (len(content), content))
    return f"sha256:{digest.hexdigest()}"

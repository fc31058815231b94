"""Finds the files of an engagement."""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from assess import documents
from assess.collect.context import Problems
from assess.collect.evidence import inside
from assess.documents import Document, printable
from assess.problems import DocumentError, Location, Problem, nearest

ENGAGEMENT = "engagement.yaml"
ANSWERS = "answers"
AGREED = "_agreed.yaml"
DECISIONS = "decisions.yaml"


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


def folder_of(file: Path) -> Path:
    """The engagement that one of its files belongs to: its folder, or the file itself where everything is in it."""
    answers = next((folder for folder in file.parents if folder.name == ANSWERS), None)
    return answers.parent if answers else home(file) or file


class AnswerFile(NamedTuple):
    """One file below the answers folder; `name` is its path from the engagement's, `document` None when unreadable."""

    path: Path
    name: str
    document: Document | None

    @property
    def settles(self) -> bool:
        """Whether it holds what was settled."""
        return settles(self.name)

    @property
    def respondent(self) -> str:
        """The respondent it names, rightly or not; the name of the file when it names none."""
        named = self.document.data.get("respondent") if self.document else None
        return named if isinstance(named, str) else self.path.stem


def settles(name: str) -> bool:
    """Whether a file below the answers folder holds what was settled, by its name in any capitals."""
    return PurePosixPath(name).stem.lower() == PurePosixPath(AGREED).stem


def answer_files(folder: Path) -> tuple[tuple[AnswerFile, ...], Problems]:
    """The answers files of an engagement, those in subfolders too, in the order of their paths."""
    paths, problems = _answer_paths(folder)
    found: list[AnswerFile] = []
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            found.append(AnswerFile(path, name, documents.read(path)))
        except DocumentError as error:
            found.append(AnswerFile(path, name, None))
            problems += error.problems
    return tuple(found), problems


def decision_files(folder: Path) -> tuple[tuple[Document, ...], Problems]:
    """What stands in `decisions.yaml` beside `engagement.yaml`, in any capitals, and what cannot be read of it."""
    found: list[Document] = []
    problems: list[Problem] = []
    for path in decision_paths(folder):
        if not inside(path, folder):
            problems.append(_linked_out(path))
            continue
        try:
            found.append(documents.read(path))
        except DocumentError as error:
            problems += error.problems
    return tuple(found), tuple(problems)


def decision_paths(folder: Path) -> list[Path]:
    """The files of a folder that are called `decisions.yaml` or `decisions.yml`, in any capitals."""
    stem = DECISIONS.partition(".")[0]
    return [
        folder / name
        for name in names_beside(folder / DECISIONS)
        if documents.is_yaml(name) and name.rpartition(".")[0].lower() == stem
    ]


def _answer_paths(folder: Path) -> tuple[list[Path], Problems]:
    """The files that are read below `answers`, as those of a rubric are: YAML, neither hidden nor linked out."""
    problems: list[Problem] = []
    paths: list[Path] = []
    for path in below(folder / ANSWERS, problems) if (folder / ANSWERS).is_dir() else ():
        if documents.is_yaml(path.name):
            problems += () if inside(path, folder) else (_linked_out(path),)
            paths += [path] if inside(path, folder) else []
    return sorted(paths, key=lambda path: path.relative_to(folder).as_posix()), tuple(problems)


def below(place: Path, problems: list[Problem]) -> Iterator[Path]:
    """Every file below a folder; hidden ones and those in hidden folders are passed over, links to folders named."""

    def refuse(error: OSError) -> None:
        problems.append(_unreadable(error))

    for home, folders, names in os.walk(place, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        problems.extend(_not_followed(Path(home, name)) for name in folders if Path(home, name).is_symlink())
        named_so = [name for name in folders if documents.is_yaml(name)]  # to be refused by the reader of files
        yield from (Path(home, name) for name in sorted([*names, *named_so]) if not name.startswith("."))


def _unreadable(error: OSError) -> Problem:
    name = printable(str(error.filename))
    message = f"the folder {name} cannot be read: {error.strerror}"
    return Problem("file_missing", message, Location(name), "check who may read it")


def _not_followed(path: Path) -> Problem:
    message = f"{_shown(path)} is a link to a folder, which is not followed"
    return Problem("file_missing", message, Location(_shown(path)), "put the folder itself in its place")


def _shown(path: Path) -> str:
    return printable(str(path))


def _linked_out(path: Path) -> Problem:
    message = f"{_shown(path)} is a link that leads out of the engagement's folder"
    return Problem("file_missing", message, Location(_shown(path)), "copy the file into the folder")

"""Findings whose way out is one edit: the edits, and the files as they then read."""

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from assess.documents import read
from assess.documents.edits import Edit, UneditableError, applied, word_edit
from assess.load import files_of
from assess.problems import Problem


class Mended(NamedTuple):
    """A file of a rubric, what it then holds, and the findings that are mended by that."""

    path: Path
    text: str
    done: tuple[Problem, ...]


def mend_files(path: Path, problems: Iterable[Problem]) -> Iterator[Mended]:
    """The files of the rubric at a path in which a finding can be mended by one edit; files of a base are left alone.

    Nothing else in a file is touched, and nothing is written here. Raises DocumentError for a file that cannot be read.
    """
    files, _ = files_of(path)
    open_ones = [problem for problem in problems if problem.fix and problem.location and not problem.accepted]
    for _, file in files:
        document = read(file)
        edits: dict[Edit, Problem] = {}
        for problem in open_ones:
            place, fix = problem.location, problem.fix
            if place and fix and place.file == document.name:
                with contextlib.suppress(UneditableError):
                    edits.setdefault(word_edit(document, place, *fix), problem)
        if edits:
            yield Mended(file, applied(file.read_bytes().decode("utf-8"), edits), (*edits.values(),))

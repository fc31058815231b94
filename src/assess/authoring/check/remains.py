"""What an overlay leaves of its base that nothing reads any more: told once, at what it drops."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from assess import documents
from assess.authoring.check.context import Subject
from assess.authoring.check.options import OPTION_RULES
from assess.documents import Document
from assess.load import files_of, load, rubric_places
from assess.overlay import KIND
from assess.problems import Problem, in_order, listing

CODES = frozenset({"dead_option", "dead_question"})
MOST = 6


def with_remains_gathered(path: Path, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems of a rubric, those aside that only follow from what an overlay drops and stand in its base.

    Nobody can mend them there: one note in the overlay names them. A shared list of options that is used no more is
    passed over. Raises DocumentError when the base cannot be read.
    """
    base = rubric_places(path)[1:]
    if not base or not any(problem.code in CODES for problem in problems):
        return tuple(problems)
    subject = Subject(*load(base[0]))
    own = {(problem.code, problem.message) for rule in OPTION_RULES for problem in rule(subject)}
    remains = [p for p in problems if p.code in CODES and (p.code, p.message) not in own and _stands_in(base, p)]
    rest = [problem for problem in problems if problem not in remains]
    return in_order((*rest, *_note(path, [problem for problem in remains if problem.severity == "note"])))


def without_acceptances_of_a_base(path: Path, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems of a rubric, those aside that tell of what its base accepts and does not occur in the overlay."""
    base = rubric_places(path)[1:]
    return tuple(problem for problem in problems if problem.code != "accepted" or not _stands_in(base, problem))


def _stands_in(base: Iterable[Path], problem: Problem) -> bool:
    if problem.location is None:
        return False
    file = Path(os.path.realpath(problem.location.file))
    return any(file.is_relative_to(os.path.realpath(home)) for home in base)


def _note(path: Path, remains: Sequence[Problem]) -> Iterator[Problem]:
    """One note for all of them at what the overlay drops."""
    if remains:
        told = listing([problem.message for problem in remains], MOST)
        message = f"what is changed here leaves questions of the base without a reader: {told}"
        hint = "drop the questions too, or leave them: they are asked, and change nothing"
        document = _overlay(path)
        route = ("drop",) if "drop" in document.data else ()
        yield documents.problem(
            document, remains[0].code, message, route, at_key=bool(route), hint=hint, severity="note"
        )


def _overlay(path: Path) -> Document:
    """The overlay among the files at a path."""
    read = (documents.read(file) for _, file in files_of(path)[0])
    return next(document for document in read if document.data.get("assess") == KIND)

"""Reads what was drawn of an engagement, as long as it fits the numbers there are now."""

from collections.abc import Iterable
from pathlib import Path

from assess import documents
from assess.collect.context import Problems
from assess.collect.files import home
from assess.documents import printable
from assess.formula.fingerprint import numbers_hash
from assess.model.answers import AnswerSheet
from assess.model.rubric import Rubric
from assess.model.uncertainty import DEFAULT_DRAWS, Uncertainty
from assess.problems import DocumentError, Location, Problem

UNCERTAINTY = "uncertainty.yaml"
KIND = "uncertainty/1"


def kept_uncertainty(path: Path, rubric: Rubric, sheet: AnswerSheet) -> tuple[Uncertainty | None, Problems]:
    """What was drawn of an engagement; none where nothing was, or with a note where it cannot be used."""
    folder = home(path)
    file = folder / UNCERTAINTY if folder else None
    if file is None or not file.exists():
        return None, ()
    found, wrong = _read(file)
    if found is None:
        return None, (_unused(path, file, "cannot be read", wrong),)
    if found.numbers != numbers_hash(rubric, sheet):
        return None, (_unused(path, file, "were made of other numbers than those there are now"),)
    return found, ()


def uncertainty_file(path: Path) -> Path:
    """Where what is drawn of an engagement is kept; raises DocumentError for an engagement of one file."""
    folder = home(path)
    if folder is None:
        name = printable(str(path))
        message = f"{name} is an engagement of one file, and what is drawn is kept in the folder of an engagement"
        hint = "make a folder, move the file there as engagement.yaml, and name the folder"
        raise DocumentError([Problem("file_unwritable", message, Location(name), hint)])
    return folder / UNCERTAINTY


def _read(file: Path) -> tuple[Uncertainty | None, Problems]:
    try:
        document = documents.read(file)
    except DocumentError as error:
        return None, error.problems
    wrong = documents.wrong_kind(document, KIND)
    return (None, (wrong,)) if wrong else documents.validated(document, Uncertainty)


def _unused(path: Path, file: Path, why: str, wrong: Iterable[Problem] = ()) -> Problem:
    """Why what was drawn is left aside, and what to do."""
    place = next((problem.location for problem in wrong if problem.location), Location(printable(str(file))))
    hint = f"draw again: assess score {printable(str(path))} --draws {DEFAULT_DRAWS}; or delete the file"
    message = f"the draws in {UNCERTAINTY} {why} and are left aside: how sure the scores are is not said without them"
    return Problem("drawn_before", message, place, hint, "note")

"""Reads what was drawn of an engagement, as long as it fits the numbers there are now."""

from pathlib import Path

from assess.collect.context import Problems
from assess.collect.kept import KeptFile
from assess.documents import printable
from assess.formula.fingerprint import numbers_hash
from assess.model.answers import AnswerSheet
from assess.model.rubric import Rubric
from assess.model.uncertainty import DEFAULT_DRAWS, Uncertainty
from assess.problems import Problem

UNCERTAINTY = KeptFile("uncertainty.yaml", "uncertainty/1", "what is drawn")


def kept_uncertainty(path: Path, rubric: Rubric, sheet: AnswerSheet) -> tuple[Uncertainty | None, Problems]:
    """What was drawn of an engagement; none where nothing was, or with a note where it cannot be used."""
    found, place = UNCERTAINTY.read(path, Uncertainty)
    if place is None or (found is not None and found.numbers == numbers_hash(rubric, sheet)):
        return found, ()
    why = "cannot be read" if found is None else "were made of other numbers than those there are now"
    name, hint = UNCERTAINTY.name, f"draw again: assess score {printable(str(path))} --draws {DEFAULT_DRAWS}"
    message = f"the draws in {name} {why} and are left aside: how sure the scores are is not said without them"
    return None, (Problem("drawn_before", message, place, f"{hint}; or delete the file", "note"),)


def uncertainty_file(path: Path) -> Path:
    """Where what is drawn of an engagement is kept; raises DocumentError for an engagement of one file."""
    return UNCERTAINTY.within(path)

"""What is different between two versions of a rubric: wording, meaning or scale, and the version it calls for."""

from assess.workshop.diff.changes import EVERYTHING, Change
from assess.workshop.diff.compare import Difference, compare
from assess.workshop.diff.senses import SENSES, Sense
from assess.workshop.diff.versions import Verdict, verdict

__all__ = ["EVERYTHING", "SENSES", "Change", "Difference", "Sense", "Verdict", "compare", "verdict"]

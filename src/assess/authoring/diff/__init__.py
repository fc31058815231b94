"""What is different between two versions of a rubric: wording, meaning or scale, and the version it calls for."""

from assess.authoring.diff.changes import EVERYTHING, Change
from assess.authoring.diff.compare import Difference, compare_rubrics
from assess.authoring.diff.versions import Verdict, verdict
from assess.model.change_classes import SENSES, Sense

__all__ = ["EVERYTHING", "SENSES", "Change", "Difference", "Sense", "Verdict", "compare_rubrics", "verdict"]

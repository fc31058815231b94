"""Writes the roadmap: one Markdown document for those who decide, teams and auditors."""

from collections.abc import Sequence
from pathlib import Path

from assess.model.answers import AnswerSheet
from assess.model.findings import Diagnosis
from assess.model.roadmap import Plan
from assess.model.rubric import Rubric
from assess.model.scorecard import Scorecard
from assess.problems import Problem
from assess.render.checksum import is_untouched, seal
from assess.render.context import Case
from assess.render.document import written
from assess.render.targets import target_values

__all__ = ["is_untouched", "render", "seal"]


def render(  # noqa: PLR0913, PLR0917 - the document is where everything computed comes together
    rubric: Rubric,
    sheet: AnswerSheet,
    scorecard: Scorecard,
    diagnosis: Diagnosis,
    plan: Plan,
    problems: Sequence[Problem] = (),
    template_folders: Sequence[Path] = (),
) -> str:
    """The roadmap as Markdown, without a seal; the last of the template folders is the shipped one.

    Raises DocumentError when a template cannot be filled, or when what it makes is not a whole document.
    """
    targets = target_values(rubric, sheet, scorecard, plan)
    case = Case(rubric, sheet, scorecard, diagnosis, plan, targets, tuple(problems))
    return written(case, template_folders)

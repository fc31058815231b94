"""Writes the roadmap: one Markdown document for those who decide, teams and auditors."""

from collections.abc import Sequence
from pathlib import Path

from assess.formula import EvaluatedOrganization
from assess.model.findings import Diagnosis
from assess.model.roadmap import Plan
from assess.problems import Problem
from assess.render.checksum import is_untouched, seal
from assess.render.context import RenderContext
from assess.render.document import write_document

__all__ = ["is_untouched", "render", "seal"]


def render(
    organization: EvaluatedOrganization,
    diagnosis: Diagnosis,
    plan: Plan,
    problems: Sequence[Problem] = (),
    template_folders: Sequence[Path] = (),
) -> str:
    """The roadmap as Markdown, without a seal; the last of the template folders is the shipped one.

    Raises DocumentError when a template cannot be filled, or when what it makes is not a whole document.
    """
    case = RenderContext(**organization.parts(), diagnosis=diagnosis, plan=plan, problems=tuple(problems))
    return write_document(case, template_folders)

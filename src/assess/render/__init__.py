"""Writes the roadmap: one Markdown document for those who decide, teams and auditors, or a set of papers."""

from collections.abc import Sequence
from pathlib import Path

from assess.formula import EvaluatedOrganization
from assess.model.facts import Facts
from assess.model.findings import Diagnosis
from assess.model.roadmap import Plan
from assess.problems import Problem
from assess.render.checksum import is_untouched, seal
from assess.render.context import RenderContext
from assess.render.document import write_document
from assess.render.edits import add_edits
from assess.render.papers import write_papers

__all__ = ["add_edits", "is_untouched", "render", "render_set", "seal"]


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


def render_set(
    organization: EvaluatedOrganization,
    diagnosis: Diagnosis,
    facts: Facts,
    plan: Plan,
    problems: Sequence[Problem] = (),
    template_folders: Sequence[Path] = (),
) -> dict[str, str]:
    """The papers of the set as Markdown by path, without seals; raises DocumentError as `render` does."""
    case = RenderContext(**organization.parts(), diagnosis=diagnosis, facts=facts, plan=plan, problems=tuple(problems))
    return write_papers(case, template_folders)

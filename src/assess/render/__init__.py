"""Writes the roadmap: one Markdown document for those who decide, teams and auditors, or a set of papers."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from assess.formula import EvaluatedOrganization
from assess.model.facts import NO_NUMBERS, FactKey, Facts
from assess.model.findings import Diagnosis
from assess.model.roadmap import Plan
from assess.problems import Problem
from assess.render.checksum import is_untouched, seal
from assess.render.context import RenderContext
from assess.render.document import write_document
from assess.render.edits import add_edits
from assess.render.papers import write_papers

__all__ = ["ToldFacts", "add_edits", "is_untouched", "render", "render_set", "seal"]


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


class ToldFacts(NamedTuple):
    """Findings, the facts behind them, and the numbers facts had in earlier issues."""

    diagnosis: Diagnosis
    facts: Facts
    numbers: Mapping[FactKey, int] = NO_NUMBERS


def render_set(
    organization: EvaluatedOrganization,
    plan: Plan,
    told: ToldFacts,
    problems: Sequence[Problem] = (),
    template_folders: Sequence[Path] = (),
) -> dict[str, str]:
    """The papers of the set by path, Markdown and charts, without seals; raises DocumentError as `render` does."""
    case = RenderContext(**organization.parts(), **told._asdict(), plan=plan, problems=tuple(problems))
    return write_papers(case, template_folders)

"""Where a number comes from, in words and in arithmetic that a pencil can follow."""

from collections.abc import Iterator

from assess.explain.changes import level_changes
from assess.explain.context import ExplainContext
from assess.explain.facts import fact_lines
from assess.explain.initiatives import explain_initiative
from assess.explain.items import item_lines
from assess.explain.naming import find_ids, spellings
from assess.explain.nodes import node_lines
from assess.explain.rules import clash_lines, gate_lines, headline_lines
from assess.formula import EvaluatedOrganization
from assess.model.facts import Facts
from assess.model.findings import Changes
from assess.model.roadmap import Plan

__all__ = ["explain", "find_ids", "spellings", "what_would_change"]


def explain(
    organization: EvaluatedOrganization, name: str, plan: Plan | None = None, facts: Facts | None = None
) -> str:
    """How a node, question, gate, clash, headline or initiative stands and why, as plain text.

    plan: what an initiative is looked up in; facts: those that a gate or clash shows. Raises KeyError for a name the
    rubric does not have.
    """
    book, found = ExplainContext(**organization.parts()), organization.rubric.id_of(name)
    shown = fact_lines(book, facts) if facts else ()
    return "\n".join((*_lines(book, found, plan), *shown))


def _lines(book: ExplainContext, name: str, plan: Plan | None) -> Iterator[str]:
    if name in book.scorecard.items:
        return item_lines(book, name)
    if name in book.rubric.initiative_by_id:
        return explain_initiative(book, book.rubric.initiative_by_id[name], plan)
    if name in book.rubric.headline_by_id:
        return headline_lines(book, name, book.rubric.headline_by_id[name])
    gate = next((gate for gate in book.rubric.all_gates() if gate.id == name), None)
    if gate is not None:
        return gate_lines(book, gate)
    clash = next((clash for clash in book.rubric.all_clashes() if clash.id == name), None)
    return node_lines(book, book.scorecard.scores[name]) if clash is None else clash_lines(book, clash)


def what_would_change(organization: EvaluatedOrganization, name: str) -> Changes | None:
    """The single answers that would move a node to another level; None for a question."""
    found = organization.rubric.id_of(name)
    return level_changes(organization, found) if found in organization.scorecard.scores else None

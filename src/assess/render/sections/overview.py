"""Where the organization stands, in one table with a row for each principle."""

from collections.abc import Iterator

from assess.model.facts import FoundFact
from assess.model.nodes import walk
from assess.model.rubric import ROOT
from assess.render.context import DASH, RenderContext
from assess.render.gains import range_at_end
from assess.render.markdown import Markdown, concat, strong
from assess.render.sections.facts import numbers_linked
from assess.render.tables import Cell, Right, Row


def overview_columns(case: RenderContext) -> tuple[str | Right, ...]:
    """The titles of the table."""
    planned = ("At the end of the plan",) if case.plan.milestones and case.plan.placements else ()
    return ("Part", Right("Now"), "Level", "Target", Right("Gap"), "Furthest behind", *planned, "Findings")


def overview(case: RenderContext) -> Iterator[Row]:
    """Principles, those furthest behind their target first, and the whole last."""
    yield from (_row(case, node, case.link(node)) for node in case.widest(case.principles))
    yield _row(case, ROOT, strong("Overall"))


def _row(case: RenderContext, node: str, shown: Markdown) -> Row:
    own = (shown, case.now(node), case.level_now(node, DASH), case.target(node), case.gap(node), _behind(case, node))
    planned: tuple[Cell, ...] = ()
    if case.plan.milestones and case.plan.placements:
        planned = (range_at_end(case, node) or DASH,)
    found = numbers_linked(case, _facts(case, node)) if node != ROOT else DASH
    return (*own, *planned, found)


def _behind(case: RenderContext, node: str) -> Markdown | str:
    known = case.rubric.node_by_id.get(node)
    below = [c.id for c in known.criteria if c.id in case.scorecard.scores] if known else []
    first = next((name for name in case.widest(below) if case.score(name).value is not None), None)
    return concat((f"{case.title(first)} {case.now(first)}",)) if first else DASH


def _facts(case: RenderContext, node: str) -> tuple[FoundFact, ...]:
    known = case.rubric.node_by_id.get(node)
    inside = {each.id for each in walk(known)} if known else set()
    return tuple(fact for fact in case.facts.found if inside & {*fact.criteria})

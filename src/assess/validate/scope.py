"""Tiers and scopes: declared before they are named, and budgets only for those there are."""

from collections.abc import Iterator

from assess.documents import SourceMap
from assess.model.questions import ANY_TIER
from assess.model.rubric import Rubric
from assess.problems import Problem, nearest
from assess.validate.references import unknown

Found = Iterator[Problem]


def tiers(rubric: Rubric, sources: SourceMap) -> Found:
    """No tier stands twice, and budgets are for tiers there are."""
    for place, tier in enumerate(rubric.tiers):
        if tier in rubric.tiers[:place]:
            message = f"the tier '{tier}' stands twice"
            yield sources.problem("question", message, "", "tiers", place, hint="keep one of them")
    for role in rubric.roles:
        for tier in role.minutes:
            if tier not in (ANY_TIER, *rubric.tiers):
                yield _unknown(rubric, sources, role.id, tier, "minutes", tier)


def named_tiers(rubric: Rubric, sources: SourceMap) -> Found:
    """Every tier that an element names is one of the rubric."""
    for node in rubric.nodes():
        yield from _known(rubric, sources, node.id, node.tier, "tier")
        for question in node.questions:
            yield from _known(rubric, sources, question.id, question.tier, "tier")
            for role, asking in question.ask.items():
                yield from _known(rubric, sources, question.id, asking.tier, "ask", role, "tier")


def _known(rubric: Rubric, sources: SourceMap, anchor: str, tier: str | None, *route: str | int) -> Found:
    if tier and tier not in rubric.tiers:
        yield _unknown(rubric, sources, anchor, tier, *route)


def _unknown(rubric: Rubric, sources: SourceMap, anchor: str, tier: str, *route: str | int) -> Problem:
    message = f"there is no tier '{tier}'{nearest(tier, rubric.tiers)}"
    hint = "" if rubric.tiers else "name the tiers of the rubric first: `tiers: [scan, full]`"
    return sources.problem("unknown_name", message, anchor, *route, hint=hint)


def scopes(rubric: Rubric, sources: SourceMap) -> Found:
    """Every scope holds nodes of the rubric."""
    for name, nodes in rubric.scopes.items():
        if not nodes:
            hint = f"name its principles or criteria, such as `{name}: [{rubric.principles[0].id}]`; or take it out"
            yield sources.problem("shape", f"the scope '{name}' holds nothing", "", "scopes", name, hint=hint)
        for place, node in enumerate(nodes):
            if rubric.names.get(node) not in rubric.node_by_id:
                yield unknown(sources, "", ("scopes", name, place), "node", node, rubric.node_by_id)


SCOPE_RULES = (tiers, named_tiers, scopes)

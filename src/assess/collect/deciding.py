"""Puts what was decided into an engagement."""

from collections.abc import Iterable
from dataclasses import replace

from assess.collect.context import Context, Problems
from assess.collect.decided import DecisionEntry, WrittenDecision
from assess.collect.decision_checks import decision_problems
from assess.collect.decisions import fit_decisions, gathered_decisions, read_decisions
from assess.documents import Document, parse
from assess.model.engagement import Engagement
from assess.model.rubric import Rubric
from assess.problems import errors


def take_decisions(
    context: Context, engagement: Engagement, documents: Iterable[Document]
) -> tuple[Engagement, tuple[WrittenDecision, ...], Problems]:
    """A fitted engagement with all that was decided in it, every decision at its place, and what is wrong with them.

    documents: what stands in `decisions.yaml`.
    """
    written, problems = read_decisions(context, engagement, documents)
    fitted, found = fit_decisions(context.rubric, written)
    decisions = gathered_decisions(fitted)
    found += tuple(decision_problems(context.rubric, engagement, fitted, decisions))
    return engagement.model_copy(update={"decisions": decisions}), fitted, (*problems, *found)


def contradictions(rubric: Rubric, engagement: Engagement) -> Problems:
    """What contradicts itself among the decisions of an engagement that no document holds as it is; without a place."""
    nowhere, decisions = parse("{}", "decisions"), engagement.decisions
    entries: tuple[DecisionEntry, ...] = (*decisions.initiatives, *decisions.findings, *decisions.words)
    written = [WrittenDecision(entry, nowhere, ()) for entry in entries]
    found = errors(decision_problems(rubric, engagement, written, decisions))
    return tuple(replace(problem, location=None, source="") for problem in found)

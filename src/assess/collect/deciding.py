"""Puts what was decided into an engagement."""

from collections.abc import Iterable

from assess.collect.context import Context, Problems
from assess.collect.decided import WrittenDecision
from assess.collect.decision_checks import decision_problems
from assess.collect.decisions import fit_decisions, gathered_decisions, read_decisions
from assess.documents import Document
from assess.model.engagement import Engagement


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

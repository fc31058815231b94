"""What was decided as the arithmetic reads it: scores with what is accepted, and the figures that words speak of."""

import datetime
import hashlib
from collections.abc import Iterable, Mapping

from assess.formula.evaluate import Evaluation, evaluate
from assess.formula.figures import format_figure
from assess.formula.normalise import target_value
from assess.model.decisions import Decisions
from assess.model.finding_names import ACCEPTED_CAPS, GAP, key_caps
from assess.model.findings import Finding
from assess.model.questions import Level
from assess.model.rubric import Rubric
from assess.model.scorecard import Scorecard

_DIGITS = 12
_PLACES = 2


def accepted_tree(
    tree: Evaluation, decisions: Decisions, assessed_on: datetime.date, targets: Mapping[str, Level]
) -> Evaluation:
    """The tree in which every accepted gap counts as its target and no accepted gate, clash or key criterion caps.

    The tree itself where nothing is accepted. What has no value keeps having none.
    """
    rubric = tree.compiled.rubric
    accepted = [entry.finding for entry in decisions.accepted(assessed_on)]
    gaps = [name.removeprefix(GAP) for name in accepted if name.startswith(GAP)]
    lifts = {
        node: target_value(rubric, node, targets[node].key)
        for node in gaps
        if node in targets and tree.node(node).value is not None
    }
    off = frozenset(_caps(rubric, accepted))
    if not (lifts or off):
        return tree
    return evaluate(tree.compiled, tree.readings, lifts=lifts, off=off)


def _caps(rubric: Rubric, accepted: Iterable[str]) -> Iterable[str]:
    """The caps behind accepted findings: of a gate or clash its id, of a key criterion its own."""
    keys = key_caps(rubric)
    for name in accepted:
        kind, _, about = name.partition("_")
        if name in keys:
            yield keys[name]
        elif kind in ACCEPTED_CAPS:
            yield about


def node_figures(rubric: Rubric, scorecard: Scorecard, node: str) -> str:
    """Twelve digits that stay as long as nothing that is printed of a node and of what is right below it moves."""
    below = [*scorecard.scores[node].children, *(question.id for question in rubric.node_by_id[node].questions)]
    return _hash(_printed(rubric, scorecard, name) for name in dict.fromkeys((node, *below)))


def _printed(rubric: Rubric, scorecard: Scorecard, name: str) -> str:
    """What is printed of a node or question, in one line."""
    if name in scorecard.scores:
        score = scorecard.scores[name]
        ends = (format_figure(rubric, name, value, score.scale) for value in (score.value, score.low, score.high))
        return " ".join((name, *ends, score.level or "", score.category or ""))
    item = scorecard.items[name]
    return " ".join((name, item.state, *(_rounded(value) for value in (item.value, item.combined))))


def _rounded(value: float | None) -> str:
    return "" if value is None else f"{value:.{_PLACES}f}"


def finding_figures(finding: Finding) -> str:
    """Twelve digits that stay as long as a finding says the same of the same figures."""
    shown = (f"{figure.question} {figure.role} {figure.shown}" for figure in finding.figures)
    return _hash((finding.title, finding.says, finding.because, finding.so, *shown))


def _hash(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:_DIGITS]

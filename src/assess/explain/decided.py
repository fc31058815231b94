"""What was decided about the element that is explained."""

from collections.abc import Iterator

from assess.explain.context import ExplainContext
from assess.formula.decision_words import (
    decided_by,
    finding_in_words,
    steering_in_words,
    words_in_force,
    words_remark,
)
from assess.model.decisions import FindingDecision
from assess.model.finding_names import finding_subjects
from assess.words import ended


def initiative_decisions(book: ExplainContext, initiative: str) -> Iterator[str]:
    """Every decision about an initiative, with who took it and why."""
    for entry in book.decisions.initiatives:
        if entry.initiative == initiative:
            yield f"{steering_in_words(book.rubric, entry)} {decided_by(entry.who, entry.dated)}: {ended(entry.why)}"


def node_decisions(book: ExplainContext, node: str) -> Iterator[str]:
    """What was decided about findings on a node, its score with what is accepted, and the author's own words."""
    subjects = finding_subjects(book.rubric)
    for entry in book.decisions.findings:
        if subjects[entry.finding][1] == node:
            yield _about(book, entry)
    value, score = book.with_acceptances.get(node), book.scorecard.scores[node]
    if value is not None:
        told = book.native(node, value, score.value)
        yield f"With what is accepted for a time counted as met the score would be {told}, and is {book.now(node)}."
    words = words_in_force(book, node)
    if words is not None:
        remark = words_remark(book, words)
        yield f"{words.who} says: {ended(' '.join(words.text.split()))}{f' ({remark})' if remark else ''}"


def rule_decisions(book: ExplainContext, rule: str) -> Iterator[str]:
    """What was decided about the finding that a gate or clash leads to."""
    for entry in book.decisions.findings:
        if entry.finding in (f"gate_{rule}", f"clash_{rule}"):
            yield _about(book, entry)


def _about(book: ExplainContext, entry: FindingDecision) -> str:
    until, on = entry.accept_until, book.sheet.engagement.assessed_on
    over = " That day has passed: it is a finding again." if until and until < on else ""
    return f"{entry.finding}: {finding_in_words(entry)} {decided_by(entry.who, entry.dated)}: {ended(entry.why)}{over}"

"""Where a number comes from, in words and in arithmetic that a pencil can follow."""

from collections.abc import Iterator

from assess.explain.changes import changes
from assess.explain.context import Book
from assess.explain.initiatives import initiative_lines
from assess.explain.items import item_lines
from assess.explain.naming import named, spellings
from assess.explain.nodes import node_lines
from assess.explain.rules import clash_lines, gate_lines
from assess.formula import compile_rubric, evaluate, read
from assess.model.answers import AnswerSheet
from assess.model.findings import Changes
from assess.model.roadmap import Plan
from assess.model.rubric import Rubric
from assess.model.scorecard import Scorecard

__all__ = ["explain", "named", "spellings", "what_would_change"]


def explain(rubric: Rubric, sheet: AnswerSheet, scorecard: Scorecard, name: str, plan: Plan | None = None) -> str:
    """How a node, question, gate, clash or initiative stands and why, as plain text.

    plan: what an initiative is looked up in. Raises KeyError for a name the rubric does not have.
    """
    return "\n".join(_lines(_book(rubric, sheet, scorecard), rubric.id_of(name), plan))


def _lines(book: Book, name: str, plan: Plan | None) -> Iterator[str]:
    if name in book.scorecard.items:
        return item_lines(book, name)
    if name in book.rubric.initiative_by_id:
        return initiative_lines(book, book.rubric.initiative_by_id[name], plan)
    gate = next((gate for gate in book.rubric.all_gates() if gate.id == name), None)
    if gate is not None:
        return gate_lines(book, gate)
    clash = next((clash for clash in book.rubric.all_clashes() if clash.id == name), None)
    return node_lines(book, book.scorecard.scores[name]) if clash is None else clash_lines(book, clash)


def what_would_change(rubric: Rubric, sheet: AnswerSheet, scorecard: Scorecard, name: str) -> Changes | None:
    """The single answers that would move a node to another level; None for a question."""
    found = rubric.id_of(name)
    return changes(_book(rubric, sheet, scorecard), found) if found in scorecard.scores else None


def _book(rubric: Rubric, sheet: AnswerSheet, scorecard: Scorecard) -> Book:
    return Book(rubric, sheet, scorecard, evaluate(compile_rubric(rubric), read(rubric, sheet)))

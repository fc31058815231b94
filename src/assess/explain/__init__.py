"""Where a number comes from, in words and in arithmetic that a pencil can follow."""

from assess.explain.book import Book
from assess.explain.changes import changes
from assess.explain.items import item_lines
from assess.explain.nodes import node_lines
from assess.formula import compile_rubric, evaluate, read
from assess.model.answers import AnswerSheet
from assess.model.findings import Changes
from assess.model.rubric import Rubric
from assess.model.scorecard import Scorecard

__all__ = ["explain", "what_would_change"]


def explain(rubric: Rubric, sheet: AnswerSheet, scorecard: Scorecard, name: str) -> str:
    """The steps to a node's or question's value as plain text; raises KeyError for a name the rubric does not have."""
    book = _book(rubric, sheet, scorecard)
    found = rubric.id_of(name)
    lines = item_lines(book, found) if found in scorecard.items else node_lines(book, scorecard.scores[found])
    return "\n".join(lines)


def what_would_change(rubric: Rubric, sheet: AnswerSheet, scorecard: Scorecard, name: str) -> Changes | None:
    """The single answers that would move a node to another level; None for a question."""
    found = rubric.id_of(name)
    return changes(_book(rubric, sheet, scorecard), found) if found in scorecard.scores else None


def _book(rubric: Rubric, sheet: AnswerSheet, scorecard: Scorecard) -> Book:
    return Book(rubric, sheet, scorecard, evaluate(compile_rubric(rubric), read(rubric, sheet)))

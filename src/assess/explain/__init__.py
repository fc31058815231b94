"""Where a number comes from, in words and in arithmetic that a pencil can follow."""

from assess.explain.book import Book
from assess.explain.items import item_lines
from assess.explain.nodes import node_lines
from assess.formula import compile_rubric, evaluate, read
from assess.model.answers import AnswerSheet
from assess.model.rubric import Rubric
from assess.model.scorecard import Scorecard

__all__ = ["explain"]


def explain(rubric: Rubric, sheet: AnswerSheet, scorecard: Scorecard, name: str) -> str:
    """The steps to a node's or question's value as plain text; raises KeyError for a name the rubric does not have."""
    tree = evaluate(compile_rubric(rubric), read(rubric, sheet))
    book = Book(rubric, sheet, scorecard, tree)
    found = rubric.id_of(name)
    lines = item_lines(book, found) if found in scorecard.items else node_lines(book, scorecard.scores[found])
    return "\n".join(lines)

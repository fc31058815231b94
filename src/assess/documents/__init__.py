"""YAML text to plain values and records, with line and column of every key and value."""

from assess.documents.document import Document, Places, Route, SourceMap, problem
from assess.documents.kinds import wrong_kind
from assess.documents.leftovers import noticed
from assess.documents.parts import Part, part_of, put_together
from assess.documents.reader import is_yaml, parse, read
from assess.documents.scalars import resolve, shown
from assess.documents.shape import validated
from assess.spelling import printable

__all__ = [
    "Document",
    "Part",
    "Places",
    "Route",
    "SourceMap",
    "is_yaml",
    "noticed",
    "parse",
    "part_of",
    "printable",
    "problem",
    "put_together",
    "read",
    "resolve",
    "shown",
    "validated",
    "wrong_kind",
]

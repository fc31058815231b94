"""YAML text to plain values and records, with line and column of every key and value."""

from assess.documents.document import Document, Places, Route, SourceMap, problem
from assess.documents.reader import parse, read
from assess.documents.scalars import printable, resolve
from assess.documents.shape import validated

__all__ = [
    "Document",
    "Places",
    "Route",
    "SourceMap",
    "parse",
    "printable",
    "problem",
    "read",
    "resolve",
    "validated",
]

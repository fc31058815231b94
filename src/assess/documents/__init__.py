"""YAML text to plain values and records, with line and column of every key and value."""

from assess.documents.document import Document, Places, Route, SourceMap, problem
from assess.documents.kinds import wrong_kind
from assess.documents.leftovers import notice_leftovers
from assess.documents.parts import Part, part_of, put_together
from assess.documents.reader import is_yaml, parse, read
from assess.documents.scalars import format_scalar, resolve
from assess.documents.shape import validated
from assess.spelling import printable

__all__ = [
    "Document",
    "Part",
    "Places",
    "Route",
    "SourceMap",
    "format_scalar",
    "is_yaml",
    "notice_leftovers",
    "parse",
    "part_of",
    "printable",
    "problem",
    "put_together",
    "read",
    "resolve",
    "validated",
    "wrong_kind",
]

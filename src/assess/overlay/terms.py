"""The texts of a base in the words of an overlay, before there is a model of either."""

from collections.abc import Mapping
from typing import get_origin

from assess.documents import Part
from assess.model.anatomy import fields_in, read_in, texts_in
from assess.model.fields import Record
from assess.model.rubric import Rubric
from assess.model.terms import CITED, Saying


def say_otherwise(part: Part, say: Saying, record: type[Record] = Rubric) -> None:
    """Say every text that is read in a record, and in those below it, otherwise; what is cited stays."""
    names = fields_in(record)
    for key, inner in part.entries.items():
        name = names.get(key, "")
        if name in texts_in(record):
            _say_texts(inner, say, texts_in(record)[name].none)
        elif name in read_in(record) and name not in CITED:
            by_name = get_origin(record.model_fields[name].annotation) is Mapping
            for each in inner.entries.values() if by_name else (inner,):  # a list in its place holds the names alone
                _say_records(each, say, read_in(record)[name])


def _say_texts(part: Part, say: Saying, none: str) -> None:
    """One text, or those of a list or a mapping; none: the word that means no text."""
    if isinstance(part.value, str) and part.value.strip() != none:
        said = say(part.value)
        part.value = part.value if said == part.value else said
    for inner in (*part.items, *part.entries.values()):
        _say_texts(inner, say, none)


def _say_records(part: Part, say: Saying, record: type[Record]) -> None:
    """One record or a list of them; a text in the place of one is its short form."""
    if isinstance(part.value, str):
        _say_texts(part, say, "")
    for inner in part.items:
        _say_records(inner, say, record)
    say_otherwise(part, say, record)

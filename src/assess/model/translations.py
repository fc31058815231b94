"""The texts of a rubric in another language, each with a mark of the text it was made from."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from assess.model.fields import Record, Text, Words
from assess.model.terms import NO_TERMS, Terms

Mark = Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")]


class Translated(Record, title="translated text"):
    """A text in another language; `of`: the first 8 hex digits of the SHA-256 of the text it translates."""

    says: Text = ""
    """The text in the other language; empty while it waits to be translated."""
    of: Mark = ""
    """The first 8 hex digits of the SHA-256 of the text it translates; `assess rubric check` names them."""


class Translation(Record, title="translation/1"):
    """Texts of a rubric in one other language; their keys are an element and its field, such as `speed.help`."""

    language: Words
    """The language it is translated into, such as `de`."""
    terms: Terms = NO_TERMS
    """How the terms of the rubric stand in these texts: the name of a term to its word here."""
    texts: Mapping[str, Translated] = {}
    """Element and field, such as `speed.text`, to its translation."""


def translation_anchor(place: int) -> str:
    """Under which name the place of a translation is remembered, counted from 0; no id has a colon."""
    return f"translation:{place}"

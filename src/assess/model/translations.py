"""The texts of a rubric in another language, each with a mark of the text it was made from."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from assess.model.fields import Record, Words

Mark = Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")]


class Translated(Record):
    """A text in another language; `of`: the first 8 hex digits of the SHA-256 of the text it translates."""

    says: Words
    of: Mark = ""


class Translation(Record):
    """Texts of a rubric in one other language; their keys are an element and its field, such as `speed.help`."""

    language: Words
    texts: Mapping[str, Translated] = {}


def anchor(place: int) -> str:
    """Under which name the place of a translation is remembered, counted from 0; no id has a colon."""
    return f"translation:{place}"

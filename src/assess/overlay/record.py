"""What an overlay says."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from assess.model.acceptances import Acceptance
from assess.model.anatomy import fields_in, records_below
from assess.model.fields import ElementRef, Many, Notes, OwnId, Record, Ref, ScoredRef, Text, Words
from assess.model.rubric import Rubric
from assess.model.terms import NO_TERMS, Terms
from assess.model.translations import Mark

KIND = "overlay/1"


def _entries(value: object) -> object:
    """A mapping behind which nothing stands is an empty one."""
    return {} if value is None else value


class Move(Record):
    """Where an element goes: below which node (its own by default), and before or after which of its elements."""

    to: Ref | None = None
    """The node it goes below; its own by default."""
    before: Ref | None = None
    """The element of that node it goes before."""
    after: Ref | None = None
    """The element of that node it goes after."""


class Overlay(Record, title="overlay/1"):
    """What is changed of a base rubric; the files beside it add to it."""

    assess: Literal["overlay/1"]
    """Says what kind of document this is."""
    id: OwnId
    base: Words
    """The rubric it is laid over: a name, or a path from here such as `../base`."""
    base_version: Words | None = None
    """The version of the base it was made for; another one is an error."""
    version: Words
    """Compared as text. Answers given to another version are refused."""
    title: Words | None = None
    """What it is called in print."""
    summary: Text | None = None
    """One paragraph for the client; that of the base by default."""
    licence: Text | None = None
    """Under which licence it may be used; that of the base by default."""
    terms: Terms = NO_TERMS
    """Words of the base that are read otherwise here: the name of a term of the base to the word that is read."""
    override: Annotated[Mapping[ElementRef, Mapping[str, Any]], BeforeValidator(_entries)] = {}
    """Id to the keys that are other there; `~` takes a key away; `overall` is the rubric itself."""
    of: Mapping[str, Mark] = {}
    """Element and key below `override`, such as `speed.text`, to the mark of the text of the base that it replaced."""
    drop: Many[ElementRef] = ()
    """Ids of what is taken out, with all that is in it."""
    move: Annotated[Mapping[ElementRef, Move], BeforeValidator(_entries)] = {}
    """Id to where it goes."""
    add: Annotated[Mapping[ScoredRef, Mapping[str, Any]], BeforeValidator(_entries)] = {}
    """Id of a node, or `overall`, to what is added there, in lists as a rubric has them."""
    accepted: Many[Acceptance] = ()
    """Findings of the check that stay on purpose, besides those the base accepts."""
    notes: Notes = ""


@cache
def known_keys() -> frozenset[str]:
    """Every key that some record of a rubric has."""
    return frozenset(key for record in records_below(Rubric) for key in fields_in(record))

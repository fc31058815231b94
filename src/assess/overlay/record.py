"""What an overlay says."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from assess.model.fields import Id, Many, Record, Ref, Text, Words

KIND = "overlay/1"


def _entries(value: object) -> object:
    """A mapping behind which nothing stands is an empty one."""
    return {} if value is None else value


class Move(Record):
    """Where an element goes: below which node (its own by default), and before or after which of its elements."""

    to: Ref | None = None
    before: Ref | None = None
    after: Ref | None = None


class Overlay(Record):
    """What is changed of a base rubric; the files beside it add to it."""

    assess: Literal["overlay/1"]
    id: Id
    base: Words
    base_version: Words | None = None
    version: Words
    title: Words | None = None
    summary: Text | None = None
    licence: Text | None = None
    override: Annotated[Mapping[Ref, Mapping[str, Any]], BeforeValidator(_entries)] = {}
    drop: Many[Ref] = ()
    move: Annotated[Mapping[Ref, Move], BeforeValidator(_entries)] = {}
    add: Annotated[Mapping[Ref, Mapping[str, Any]], BeforeValidator(_entries)] = {}
    notes: Text = ""

"""What an overlay says."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator

from assess.model.fields import Id, Many, Record, Ref, Text, Words
from assess.model.rubric import Rubric

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


@cache
def known_keys() -> frozenset[str]:
    """Every key that some record of a rubric has."""
    return frozenset(_keys(Rubric, set()))


def _keys(annotation: object, seen: set[object]) -> Iterator[str]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation not in seen:
        seen.add(annotation)
        for name, field in annotation.model_fields.items():
            yield field.alias or name
            yield from _keys(field.annotation, seen)
    for part in get_args(annotation):
        yield from _keys(part, seen)

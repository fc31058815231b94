"""The anatomy of documents, read off the annotations of the model: which records hold which, and how they are named.

A new field is known here by its type alone: whoever walks a rubric asks this module and keeps no list of keys.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Annotated, Any, TypeVar, get_args, get_origin

from assess.model.change_classes import ChangeClass
from assess.model.fields import QuotesFigures, Read, ReadsNames, Record, Refers

M = TypeVar("M")
R = TypeVar("R", bound=Record)
Renaming = Callable[[Any, Callable[[str], str]], Any]
BY_CODE_OR_KEY = ("level", "claim", "reference", "source", "persona")


@cache
def records_below(annotation: object) -> tuple[type[Record], ...]:
    """Every record that a record or another type holds, itself first, each once."""
    return tuple(dict.fromkeys(_records(annotation, set())))


def _records(annotation: object, seen: set[object]) -> Iterator[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        if annotation in seen:
            return
        seen.add(annotation)
        yield annotation
        for field in annotation.model_fields.values():
            yield from _records(field.annotation, seen)
    for part in get_args(annotation):
        yield from _records(part, seen)


@cache
def fields_in(record: type[Record]) -> Mapping[str, str]:
    """The names of the fields of a record by their keys in documents."""
    return {field.alias or name: name for name, field in record.model_fields.items()}


@cache
def lists_in(record: type[Record]) -> Mapping[str, type[Record]]:
    """The lists of records that a record holds, by their keys."""
    listed = {name: field.annotation for name, field in record.model_fields.items()}
    found = {name: _held(annotation) for name, annotation in listed.items() if get_origin(annotation) is tuple}
    return {name: held for name, held in found.items() if held is not None}


@cache
def names_in(record: type[Record]) -> tuple[str, ...]:
    """The keys that name an element among all elements of a rubric, an id before a code; both share one namespace."""
    return tuple(key for key in ("id", "code") if key in record.model_fields)


@cache
def records_in(record: type[Record]) -> Mapping[str, type[Record]]:
    """The fields of a record that hold records in any form, each with the record they hold."""
    found = {name: next(_records(field.annotation, set()), None) for name, field in record.model_fields.items()}
    return {name: held for name, held in found.items() if held is not None}


@cache
def references_in(record: type[Record]) -> Mapping[str, Refers]:
    """The fields of a record that name elements, as a word, in a list or as keys; those of the records in it aside."""
    return _marked(record, Refers)


def with_names(record: R, rename: Callable[[str], str]) -> R:
    """A record, and those in it, with every name of an element that has an id said otherwise.

    Texts and conditions stay. What holds no name that is another is not copied.
    """
    values = record.__dict__
    found = {name: say(values[name], rename) for name, say in naming_fields(type(record)).items() if values[name]}
    changed = {name: value for name, value in found.items() if value is not values[name]}
    return record.model_copy(update=changed) if changed else record


@cache
def naming_fields(record: type[Record]) -> Mapping[str, Renaming]:
    """The fields of a record in which elements with ids are named, at any depth, and how names are said otherwise."""
    found = {name: _renaming(field.annotation, *field.metadata) for name, field in record.model_fields.items()}
    return {name: say for name, say in found.items() if say is not None}


def _renaming(annotation: object, *metadata: object) -> Renaming | None:
    """How names are said otherwise in a value of a type; None where it holds none."""
    if any(isinstance(each, Refers) and not {*each.to} & {*BY_CODE_OR_KEY} for each in metadata):
        return lambda value, rename: rename(value)
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _renaming(*parts)
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return with_names if any(map(_names_elements, records_below(annotation))) else None
    inner = [_renaming(part) for part in parts]
    found = next((say for say in inner if say is not None), None)
    if found is not None and origin is tuple:
        return partial(_rename_list, found)
    return partial(_rename_mapping, inner[0], inner[1]) if found is not None and origin is Mapping else found


@cache
def _names_elements(record: type[Record]) -> bool:
    """Whether a record names an element that has an id in a field of its own."""
    marks = (mark for field in record.model_fields.values() for mark in (*field.metadata, *_metadata(field.annotation)))
    return any(isinstance(mark, Refers) and not {*mark.to} & {*BY_CODE_OR_KEY} for mark in marks)


def _rename_list(say: Renaming, value: tuple[object, ...], rename: Callable[[str], str]) -> object:
    found = tuple(say(each, rename) for each in value)
    return value if all(map(operator.is_, found, value)) else found


def _rename_mapping(
    say_key: Renaming | None,
    say_value: Renaming | None,
    value: Mapping[str, object],
    rename: Callable[[str], str],
) -> object:
    found = {
        say_key(key, rename) if say_key else key: say_value(inner, rename) if say_value else inner
        for key, inner in value.items()
    }
    # Two names of one element become one: then the lengths differ.
    same = len(found) == len(value) and all(map(operator.is_, (*found, *found.values()), (*value, *value.values())))
    return value if same else found


@cache
def conditions_in(record: type[Record]) -> Mapping[str, ReadsNames]:
    """The fields of a record that are conditions."""
    return _marked(record, ReadsNames)


@cache
def quoting_in(record: type[Record]) -> Mapping[str, QuotesFigures]:
    """The fields of a record whose texts may quote answers; those of the records in it aside."""
    return _marked(record, QuotesFigures)


@cache
def texts_in(record: type[Record]) -> Mapping[str, Read]:
    """The fields of a record that are texts for those who answer or the client, or lists or mappings of such texts."""
    return _marked(record, Read)


@cache
def read_in(record: type[Record]) -> Mapping[str, type[Record]]:
    """The fields of a record that hold, in any form, records with texts that are read."""
    held = records_in(record)
    return {name: each for name, each in held.items() if any(texts_in(below) for below in records_below(each))}


def _marked(record: type[Record], mark: type[M]) -> Mapping[str, M]:
    """The fields of a record whose type has a mark, with the first it has."""
    marks = {name: [*field.metadata, *_metadata(field.annotation)] for name, field in record.model_fields.items()}
    found = {name: next((each for each in each_of if isinstance(each, mark)), None) for name, each_of in marks.items()}
    return {name: each for name, each in found.items() if each is not None}


def _metadata(annotation: object) -> Iterator[object]:
    yield from getattr(annotation, "__metadata__", ())
    for part in get_args(annotation):
        yield from _metadata(part)


@cache
def change_classes_of(record: type[Record]) -> Mapping[str, ChangeClass]:
    """What a change of each field of a record means, by the name of the field; fields without a class are left out."""
    found = ((name, each) for name, field in record.model_fields.items() for each in field.metadata)
    return {name: each for name, each in found if isinstance(each, ChangeClass)}


@cache
def elements_in(record: type[Record]) -> Mapping[str, type[Record]]:
    """The fields of a record that hold elements, singly or in a list, each with the record they are.

    An element is a record of which a change is told field by field; a field with a class of its own is told as a whole.
    """
    found = {name: _held(field.annotation) for name, field in record.model_fields.items()}
    apart = {name: held for name, held in found.items() if name not in change_classes_of(record)}
    return {name: held for name, held in apart.items() if held is not None and change_classes_of(held)}


def name_of(record: Record) -> str:
    """What an element goes by: its id, its code where it has no id, or its key; empty where it has none of them."""
    return next((getattr(record, key) for key in ("id", "code", "key") if key in type(record).model_fields), "")


def _held(annotation: object) -> type[Record] | None:
    """The record that a field holds, singly or in a list."""
    of = get_args(annotation)[0] if get_origin(annotation) is tuple else annotation
    return of if isinstance(of, type) and issubclass(of, Record) else None

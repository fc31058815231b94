"""Values to records: what does not fit is said in the words of the rubric language, at its place in the text."""

import re
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Annotated, Any, NamedTuple, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ValidationError
from pydantic.fields import FieldInfo

from assess.documents.document import Document, Route, has, problem, value_at
from assess.documents.scalars import format_scalar, looks_numeric, name_value
from assess.model.fields import Plain
from assess.problems import Problem, listing, nearest
from assess.spelling import printable

MAX_PROBLEMS = 200
_MOST_NAMED = 15
_LONGEST_KEY = 60
_QUOTED = re.compile(r"'([^']*)'")

_RANGE = re.compile(r"([0-9.]+)\s*(?:-|\u2013|\u2014|to)\s*([0-9.]+)")
_ENDS = (("low", "high"), ("min", "max"), ("worst", "best"))
_PLAIN_WORDS = re.compile(r"[\w(][\w .()/-]*")
_KEY = r"^[a-z][a-z0-9_]{0,39}$"
_FLAGS = {"true": ("yes", "y", "on", "true"), "false": ("no", "n", "off", "false")}

_NEEDED = {
    "string_type": "a text",
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "date_type": "a date such as 2026-06-30",
    "tuple_type": "a list",
    "mapping_type": "a mapping of keys and values",
    "dict_type": "a mapping of keys and values",
    "model_type": "a mapping of keys and values",
}
_BOUNDS = {
    "greater_than_equal": ("ge", "at least"),
    "greater_than": ("gt", "more than"),
    "less_than_equal": ("le", "at most"),
    "less_than": ("lt", "less than"),
}
PATTERNS = {
    _KEY: "a small letter and then small letters, digits and '_', at most 40 characters",
    r"^[A-Z][A-Za-z0-9]*([-.][A-Za-z0-9]+)*$": "a code such as LWP-1: a capital first, parts joined by '-' or '.'",
    r"^[A-Za-z][A-Za-z0-9_.-]{0,39}$": "an id or a code: a letter and then letters, digits, '_', '.' and '-'",
    r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$": "letters, digits, '_', '.' and '-', at most 64 characters",
    r"^>=? ?[0-9]+(\.[0-9]+)?$": "a threshold such as '> 50' or '>= 50'",
    r"^(off|optional|required|required_from [a-z][a-z0-9_]{0,39})$": "off, optional, required or required_from KEY",
    r"^[0-9a-f]{8}$": "8 digits from 0 to 9 and a to f; `assess rubric check` names them once the key is left out",
    r"^[0-9a-f]{12}$": "12 digits from 0 to 9 and a to f; `assess check` names them once the key is left out",
    r"^[A-Za-z][A-Za-z0-9_.-]{0,99}$": "the id of a finding, such as gap_purpose, or that of what it is about",
    r"^-?[0-9]+(\.[0-9]+)?$": "a number, such as 2 or 0.5",
    r"^([1-9][0-9]?)?$": "the number of a stage, from 1 to 99",
    r"\S": "some words",
}
"""What every pattern of the model asks for."""

R = TypeVar("R", bound=BaseModel)


class _Misfit(NamedTuple):
    """One complaint about a value: its kind, where in the file, and what of its path the file does not have.

    at_key: the key is meant, not the value.
    """

    kind: str
    route: Route
    rest: tuple[str | int, ...]
    at_key: bool
    value: object
    context: Mapping[str, Any]

    @property
    def label(self) -> str:
        """The value as the author would name it."""
        names = (*self.route, *self.rest) if self.kind == "missing" else self.route
        if not names:
            return "the document"
        last = names[-1]
        if isinstance(last, str):
            return f"the key '{format_scalar(last)}'" if self.at_key else f"'{format_scalar(last)}'"
        home = next((f" of '{format_scalar(step)}'" for step in reversed(names) if isinstance(step, str)), "")
        return f"entry {last + 1}{home}"


def validated(
    document: Document, model: type[R], data: Mapping[str, object] | None = None, route: Route = ()
) -> tuple[R | None, tuple[Problem, ...]]:
    """The record a document holds at a route, or the problems that forbid it.

    `data` stands in for the value at the route when keys that are not the record's were taken out.
    """
    try:
        return model.model_validate(value_at(document.data, route) if data is None else data), ()
    except ValidationError as error:
        faults = error.errors(include_url=False)[:MAX_PROBLEMS]
        misfits = [_misfit(document, fault["type"], fault["loc"], route, fault) for fault in faults]
    return None, tuple(_problem(document, model, group, len(route)) for group in _grouped(misfits))


def _misfit(
    document: Document, kind: str, loc: tuple[str | int, ...], base: Route, fault: Mapping[str, Any]
) -> _Misfit:
    last = len(loc) - (kind == "missing")
    route, rest = _traced(value_at(document.data, base), loc[:last])
    rest += loc[last:]
    at_key = kind == "extra_forbidden" or rest == ("[key]",)
    if kind == "literal_error" and rest and has(value_at(document.data, base + route), str(fault["input"])):
        route, at_key = (*route, str(fault["input"])), True  # `{geometrc: {...}}`: the key names the kind
    return _Misfit(kind, base + route, rest, at_key, fault["input"], fault.get("ctx", {}))


def _traced(value: object, loc: tuple[str | int, ...]) -> tuple[Route, tuple[str | int, ...]]:
    """The part of a path that the file has, and the rest: tags of alternatives, and settings the model flattens."""
    route: list[str | int] = []
    for index, step in enumerate(loc):
        inner = next(iter(value)) if isinstance(value, Mapping) and len(value) == 1 else None
        if has(value, step):
            route.append(step)
        elif inner is not None and has(value_at(value, (inner,)), step):
            route += [inner, step]
            value = value_at(value, (inner,))
        elif index + 1 < len(loc) and has(value, loc[index + 1]):
            continue
        else:
            return tuple(route), loc[index:]
        value = value_at(value, (step,))
    return tuple(route), ()


def _grouped(misfits: Iterable[_Misfit]) -> Iterable[list[_Misfit]]:
    """Misfits one by one, but the alternatives that one value failed together."""
    groups: dict[object, list[_Misfit]] = {}
    for number, misfit in enumerate(misfits):
        alternative = misfit.rest and misfit.kind != "missing" and not misfit.at_key
        groups.setdefault((misfit.route,) if alternative else number, []).append(misfit)
    return groups.values()


def _problem(document: Document, model: type[BaseModel], group: list[_Misfit], depth: int) -> Problem:
    typed = [misfit for misfit in group if misfit.kind in _NEEDED or misfit.kind == "literal_error"]
    first = next((misfit for misfit in group if misfit not in typed), group[0])
    if first.kind == "missing":
        return _missing(document, first)
    if first.kind == "extra_forbidden":
        return _unknown(document, model, first, depth)
    if len(group) > 1 and len(typed) == len(group):
        needs = " or ".join(dict.fromkeys(_needs(misfit) for misfit in group))
        message = f"{first.label} needs {needs}, got {name_value(first.value)}"
        return problem(document, "shape", message, first.route, hint=_hint(document, model, first, depth))
    message = _MESSAGES.get(first.kind, _any_message)(first)
    code = "reserved" if message.endswith("is a reserved word") else "shape"
    return problem(document, code, message, first.route, at_key=first.at_key, hint=_hint(document, model, first, depth))


def _missing(document: Document, misfit: _Misfit) -> Problem:
    """A missing key, shown at the first key of its mapping."""
    home = value_at(document.data, misfit.route)
    first = next(iter(home), None) if isinstance(home, Mapping) else None
    route = misfit.route if first is None else (*misfit.route, first)
    return problem(document, "missing_key", f"{misfit.label} is missing", route, at_key=True)


def _unknown(document: Document, model: type[BaseModel], misfit: _Misfit, depth: int) -> Problem:
    """A key the record does not have."""
    if misfit.rest:  # the record was flattened and the key is not where the record has it
        return problem(document, "unknown_key", f"unknown key '{format_scalar(str(misfit.rest[-1]))}'", misfit.route)
    key = str(misfit.route[-1])
    known = _keys(model, misfit.route[depth:-1])
    heir = _heir(_record(model, misfit.route[depth:-1]), key)
    near = nearest(key, known) if len(key) <= _LONGEST_KEY and not heir else ""
    listed = f"known keys: {listing(known, _MOST_NAMED)}" if known else ""
    bare = document.bare.get(misfit.route, "")
    divided = " " in key and bare
    hint = divided or heir or ("" if near else bare or _elsewhere(model, key, misfit.route[depth:-1]) or listed)
    return problem(
        document, "unknown_key", f"unknown key '{format_scalar(key)}'{near}", misfit.route, at_key=True, hint=hint
    )


def _elsewhere(model: type[BaseModel], key: str, route: Route) -> str:
    """Where a key belongs that another record of the same document has; empty when none has it, or several have."""
    homes = list(_homes(model, key, ()))
    if len(homes) != 1 or (not homes[0] and any(isinstance(step, int) for step in route)):
        return ""
    if not homes[0]:
        return "it belongs at the top of the file"
    written = f"{key}: ..."
    for step in reversed(homes[0]):
        written = f"{step}: {{{written}}}"
    return f"write it as {written}"


def _homes(annotation: object, key: str, route: Route) -> Iterator[Route]:
    """The routes of the records that have a key, from one record down through others; lists are not looked into."""
    options = get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else (annotation,)
    for record in options:
        if isinstance(record, type) and issubclass(record, BaseModel):
            fields = {field.alias or name: field for name, field in record.model_fields.items()}
            if key in fields:
                yield route
            for name, field in fields.items():
                # What may be written in more than one form has no one place for a key.
                if not any(isinstance(each, BeforeValidator) for each in field.metadata):
                    yield from _homes(field.annotation, key, (*route, name))


def _keys(annotation: object, route: Route) -> tuple[str, ...]:
    """The keys of the mapping at a route below a value of a type."""
    return tuple(_fields(annotation, route))


def _fields(annotation: object, route: Route) -> Mapping[str, FieldInfo]:
    """The keys of the mapping at a route, with what each takes; a flattened record is looked through."""
    record = _record(annotation, route)
    return {} if record is None else {field.alias or name: field for name, field in record.model_fields.items()}


def _record(annotation: object, route: Route) -> type[BaseModel] | None:
    """The record that the mapping at a route is; None where it is none."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        own = {field.alias or name: field for name, field in annotation.model_fields.items()}
        if not route:
            return annotation
        if route[0] in own:
            return _record(own[str(route[0])].annotation, route[1:])
        return _record(annotation, route[1:])
    if origin is Annotated:
        return _record(arguments[0], route)
    if origin in (Union, types.UnionType):
        return next((found for option in arguments if (found := _record(option, route))), None)
    return _record(arguments[-1 if origin is not tuple else 0], route[1:]) if arguments and route else None


def _heir(record: type[BaseModel] | None, key: str) -> str:
    """Where a key belongs that a record does not have and one that is more of it does; empty when there is none."""
    heirs = [heir for heir in (record.__subclasses__() if record else ()) if key in heir.model_fields]
    return f"it belongs to a {heirs[0].__name__.lower()}" if heirs else ""


def _needs(misfit: _Misfit) -> str:
    if misfit.kind == "literal_error":
        words = _allowed(misfit)
        return f"'{words[0]}'" if len(words) == 1 else f"one of {listing(words, _MOST_NAMED)}"
    return _NEEDED[misfit.kind]


def _allowed(misfit: _Misfit) -> list[str]:
    return _QUOTED.findall(str(misfit.context.get("expected", "")))


def _type_message(misfit: _Misfit) -> str:
    return f"{misfit.label} needs {_needs(misfit)}, got {name_value(misfit.value)}"


def _literal_message(misfit: _Misfit) -> str:
    if not isinstance(misfit.value, str):
        return _type_message(misfit)
    words = _allowed(misfit)
    near = nearest(misfit.value, words) if len(misfit.value) <= _LONGEST_KEY else ""
    return f"'{format_scalar(misfit.value)}' is not one of {listing(words, _MOST_NAMED)}{near}"


def _bound_message(misfit: _Misfit) -> str:
    key, words = _BOUNDS[misfit.kind]
    return f"{misfit.label} must be {words} {misfit.context[key]:g}, got {format_scalar(str(misfit.value))}"


def _pattern_message(misfit: _Misfit) -> str:
    wanted = PATTERNS.get(misfit.context["pattern"], "another form")
    return f"{misfit.label} needs {wanted}, got {name_value(misfit.value)}"


def _own_message(misfit: _Misfit) -> str:
    """The sentence with which a field of the model refused a value."""
    return f"{misfit.label}: {printable(str(misfit.context['error']))}"


def _empty_message(misfit: _Misfit) -> str:
    return f"{misfit.label} is empty"


def _long_message(misfit: _Misfit) -> str:
    return f"{misfit.label} is too long; at most {misfit.context['max_length']} characters are taken"


def _any_message(misfit: _Misfit) -> str:
    return f"{misfit.label} cannot be {name_value(misfit.value)}"


_MESSAGES: dict[str, Callable[[_Misfit], str]] = {
    **dict.fromkeys(_NEEDED, _type_message),
    **dict.fromkeys(_BOUNDS, _bound_message),
    "literal_error": _literal_message,
    "string_pattern_mismatch": _pattern_message,
    "value_error": _own_message,
    "string_too_short": _empty_message,
    "too_short": _empty_message,
    "string_too_long": _long_message,
    "too_long": _long_message,
}


def _hint(document: Document, model: type[BaseModel], misfit: _Misfit, depth: int) -> str:
    """The way out of the commonest mistakes of kind."""
    value, kind = misfit.value, misfit.kind
    if kind == "string_type" and isinstance(value, Mapping | list):
        return _unquoted(document, misfit)
    if kind == "tuple_type" and isinstance(value, Mapping):
        return "begin each entry with '- '"
    if not isinstance(value, str):
        return ""
    if kind == "tuple_type":
        fields = _fields(model, (*misfit.route[depth:], 0))
        return f"write - {_example(fields, value)}" if fields else f"write [{format_scalar(value)}]"
    if kind == "model_type":
        fields = _fields(model, misfit.route[depth:])
        dash = "- " if isinstance(misfit.route[-1], int) else ""
        return f"write {dash}{_example(fields, value)}" if fields else ""
    return _scalar_hint(misfit, value)


def _example(fields: Mapping[str, FieldInfo], value: str) -> str:
    """A mapping of the keys a record needs, of proof also what it mostly has, with what was written in its place."""
    ends = _RANGE.fullmatch(value)
    proof = {"kind": "document", "dated": "2026-06-30"} if {"kind", "dated"} <= fields.keys() else {}
    spans = [pair for pair in _ENDS if ends and {*pair} <= fields.keys()]
    span = dict(zip(spans[0], ends.groups(), strict=True)) if ends and spans else {}
    known = {"title": _safe(value), **proof, **span}
    usual = next((pair for pair in _ENDS if {*pair} <= fields.keys()), ())
    needed = [key for key, field in fields.items() if field.is_required()] or usual
    keys = [key for key in fields if key in {*needed, *proof, *span}]
    return "{" + ", ".join(f"{key}: {known.get(key, '...')}" for key in keys) + "}"


def _safe(text: str) -> str:
    """A text as it may stand inside a mapping in braces."""
    words = format_scalar(text)
    return words if _PLAIN_WORDS.fullmatch(words) else "'" + words.replace("'", "''") + "'"


def _scalar_hint(misfit: _Misfit, value: str) -> str:
    """The way out for a single value of the wrong kind."""
    if misfit.at_key and " " in value:
        return "a comma inside { } ends a text; put quotes around the whole text"
    if misfit.kind == "bool_type" and isinstance(value, Plain):
        return f"write {next((word for word, words in _FLAGS.items() if value.lower() in words), 'true or false')}"
    if misfit.kind == "bool_type":
        return "write true or false without quotes"
    if misfit.kind == "string_pattern_mismatch" and looks_numeric(value) and misfit.context["pattern"] == _KEY:
        return "write the key of a level or an option, not its number"
    quoted_number = not isinstance(value, Plain) and looks_numeric(value)
    return "leave the quotes out" if misfit.kind in ("float_type", "int_type") and quoted_number else ""


def _unquoted(document: Document, misfit: _Misfit) -> str:
    """What made a list or mapping of a text: a bracket at its start, or a colon inside."""
    where = document.places.get(misfit.route)
    start = document.lines_around(where)[where.line - 1][where.column - 1 : where.column] if where else ""
    if start in ("[", "{"):
        return f"a text that starts with '{start}' needs quotes"
    return "a text with ': ' needs quotes" if isinstance(misfit.value, Mapping) else ""

"""The JSON Schemas of the records, as editors need them: no alternatives to guess at, one name and sentence per key."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, models_json_schema
from pydantic_core import core_schema

from assess.model.fields import Record, to_fraction
from assess.model.sentences import sentences_of, title_of

Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
REF = "#/$defs/"
FRACTION = r"^[0-9]+(\.[0-9]+)?/[0-9]+(\.[0-9]+)?$"
ANY_TEXT = r"\S"
_FIXED = {"enum", "const", "format"}
# Pydantic keeps these words when a validator runs before the check of the bound.
_BOUNDS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}


class _Generator(GenerateJsonSchema):
    """Leaves out titles made of names, and `null` beside what a key otherwise holds: then the key is left out."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> Schema:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 - inherited
        return False

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> Schema:
        inner = super().function_before_schema(schema)
        if schema["function"]["function"] is to_fraction:
            return inner | {"type": ["number", "string"], "pattern": FRACTION}
        return inner


def definitions(
    models: Mapping[str, type[Record]], records: Mapping[str, type[Record]]
) -> tuple[dict[str, str], dict[str, Schema]]:
    """Each name to the definition of its record, and every definition with the words that belong to it."""
    found, whole = models_json_schema(
        [(model, "validation") for model in models.values()],
        ref_template=REF + "{model}",
        schema_generator=_Generator,
    )
    homes = {name: found[model, "validation"]["$ref"].removeprefix(REF) for name, model in models.items()}
    return homes, {name: _worded(records[name], each) for name, each in whole["$defs"].items()}


def _worded(record: type[Record], schema: Schema) -> Schema:
    """A definition with titles, sentences, and types as a reader of YAML takes them."""
    title, sentences = title_of(record), sentences_of(record)
    properties = {
        key: {"title": f"{title}: {key}", "description": sentences[key], **_tidy(inner)}
        for key, inner in schema.get("properties", {}).items()
    }
    return {**schema, "title": title, "description": one_paragraph(schema["description"]), "properties": properties}


def one_paragraph(docstring: str) -> str:
    """A docstring as one paragraph."""
    return " ".join(docstring.split())


def _tidy(schema: Schema) -> Schema:
    """A schema with bounds that are read, numbers where texts may look like them, and defaults worth offering."""
    tidy: Schema = {}
    for key, value in schema.items():
        if key == "default" and (value in ("", None) or not isinstance(value, str | bool | int | float)):
            continue
        tidy[_BOUNDS.get(key, key)] = _inside(key, value)
    if tidy.get("type") == "string" and tidy.get("pattern", ANY_TEXT) == ANY_TEXT and not tidy.keys() & _FIXED:
        tidy["type"] = ["string", "number"]  # `version: 1.0` is the text 1.0
    if "patternProperties" in tidy:
        tidy["additionalProperties"] = False
    if tidy.get("anyOf") == [{"type": ["string", "number"]}, {"type": "number"}]:
        tidy = {key: value for key, value in tidy.items() if key != "anyOf"} | {"type": ["string", "number"]}
    return tidy


def _inside(key: str, value: object) -> object:
    if key in ("items", "additionalProperties") and isinstance(value, dict):
        return _tidy(value)
    if key == "patternProperties" and isinstance(value, dict):
        return {pattern: _tidy(inner) for pattern, inner in value.items()}
    return [_tidy(inner) for inner in value] if key == "anyOf" and isinstance(value, list) else value


def reached(schema: Schema, known: Mapping[str, Schema]) -> dict[str, Schema]:
    """The definitions a schema needs, those of its definitions too, in alphabetical order."""
    found: dict[str, Schema] = {}
    waiting = [schema]
    while waiting:
        for name in referred_definitions(waiting.pop()):
            if name not in found:
                found[name] = known[name]
                waiting.append(known[name])
    return dict(sorted(found.items()))


def referred_definitions(value: object) -> Iterator[str]:
    """The definitions a schema refers to."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key == "$ref" and isinstance(inner, str) and inner.startswith(REF):
                yield inner.removeprefix(REF)
            else:
                yield from referred_definitions(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from referred_definitions(inner)

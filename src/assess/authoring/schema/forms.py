"""What the records take beside their own shape: short forms, questions by their type, answers, and whole documents."""

from collections.abc import Mapping, Sequence
from typing import Any

from assess.authoring.schema.shape import REF, Schema
from assess.authoring.schema.snippets import ENTRIES, SNIPPETS
from assess.formula.aggregations import AGGREGATIONS, AggregationTraits
from assess.model.question_types import QUESTION_TYPES, SPECIAL
from assess.overlay.elements import LISTS

_TEXT: Schema = {"type": ["string", "number"]}
_NAMES: Schema = {"type": "array", "items": {"type": "string"}}
_BLANK_ALLOWED = ("AnswerEntry", "AgreedEntry", "EvidenceItem")


_THRESHOLDS = ("reach", "lower", "must", "should")


def formed(known: Mapping[str, Schema]) -> dict[str, Schema]:
    """The definitions in the forms authors write."""
    found = dict(known)
    found["Aggregate"] = _aggregate(known["Aggregate"])
    found["Weights"] = _weights(known["Weights"])
    found["Effort"], found["Running"] = _days(known["Effort"]), _days(known["Running"])
    found["Span"] = {"anyOf": [{"type": "number"}, {"type": "array", "items": {"type": "number"}}, known["Span"]]}
    found |= _questions(known["Question"], known["Fact"])
    found["FindingText"] = _finding_text(known["FindingText"])
    found["Says"] = {**known["Says"], "properties": {k: _by_level(v) for k, v in known["Says"]["properties"].items()}}
    found["Node"] = _claims_asked(known["Node"])
    found["Role"] = _minutes_at_all(known["Role"])
    found["Merge"] = {"anyOf": [_NAMES, known["Merge"]]}
    found["Policies"] = _changed(known["Policies"], "min_coverage", default="2/3")
    found["Translated"] = _changed(known["Translated"], "of", type=["string", "number"])
    found["Overlay"] = _overlay(known)
    for name in ("AnswersFile", "AgreedFile"):
        entry = {"AnswersFile": "Answer", "AgreedFile": "Settlement"}[name]
        found[name] = _changed(known[name], "answers", type=["object", "null"], additionalProperties=_ref(entry))
    found["Engagement"] = _changed(known["Engagement"], "answers", type=["object", "null"])
    found["Engagement"] = _changed(
        found["Engagement"], "agreed", type=["object", "null"], additionalProperties=_ref("Settlement")
    )
    for name in _BLANK_ALLOWED:
        found[name] = _blank_allowed(known[name])
    found["Answer"] = {"if": {"type": "object"}, "then": _ref("AnswerEntry")}
    found["Settlement"] = {"if": {"type": "object"}, "then": _ref("AgreedEntry"), "else": {"type": "null"}}
    return {name: _offering(name, schema) for name, schema in found.items()}


def _offering(name: str, schema: Schema) -> Schema:
    """A definition with what an editor may write out for it, and for the entries of its lists."""
    if name in SNIPPETS:
        schema = {**schema, "defaultSnippets": SNIPPETS[name]}
    if "properties" not in schema:
        return _listing(schema)
    return {**schema, "properties": {key: _listing(inner) for key, inner in schema["properties"].items()}}


def _listing(schema: Schema) -> Schema:
    entry = schema.get("items", {}).get("$ref", "").removeprefix(REF)
    return {**schema, "defaultSnippets": ENTRIES[entry]} if entry in ENTRIES else schema


def document(kind: str, schema: Schema) -> Schema:
    """A definition as a document of its own: its first key says what it is."""
    word = {"title": "assess", "description": f"This document is of the kind `{kind}`.", "const": kind}
    properties = {
        key: value for key, value in schema["properties"].items() if key not in ("assess", "hash", "text_hash")
    }
    required = [key for key in schema.get("required", []) if key != "assess"]
    return {**schema, "title": kind, "properties": {"assess": word, **properties}, "required": ["assess", *required]}


def _ref(name: str) -> Schema:
    return {"$ref": REF + name}


def _changed(schema: Schema, key: str, **more: object) -> Schema:
    properties = schema["properties"]
    return {**schema, "properties": {**properties, key: {**properties[key], **more}}}


def _picked(schema: Schema, keys: Sequence[str]) -> Schema:
    return {key: schema["properties"][key] for key in keys}


def _aggregate(schema: Schema) -> Schema:
    """A word, or a word with its settings."""
    own = {key: schema[key] for key in ("title", "description")}
    long = {
        kind: {
            "title": f"{own['title']}: {kind}",
            "type": "object",
            "properties": {
                key: _threshold(part, how) if key in _THRESHOLDS else part
                for key, part in _picked(schema, how.settings).items()
            },
            "required": [*how.needed],
            "additionalProperties": False,
        }
        for kind, how in AGGREGATIONS.items()
        if how.settings
    }
    words = [kind for kind, how in AGGREGATIONS.items() if not how.needed]
    mapping = {"type": "object", "properties": long, "additionalProperties": False, "maxProperties": 1}
    return {**own, "anyOf": [{"type": "string", "enum": words}, mapping]}


def _threshold(schema: Schema, how: AggregationTraits) -> Schema:
    """A threshold: one for all children or, of stages, one for those of each."""
    numbered = schema["patternProperties"]
    own, (one,) = {key: schema[key] for key in ("title", "description")}, numbered.values()
    several: Schema = {"type": "object", "patternProperties": numbered, "additionalProperties": False}
    return {**own, "anyOf": [one, several]} if how.how == "stages" else {**own, **one}


def _finding_text(schema: Schema) -> Schema:
    """A text, or texts by what is known: one, one with its condition, or a list of them."""
    own = {key: schema[key] for key in ("title", "description")}
    known, unknown = schema["properties"]["known"], schema["properties"]["unknown"]
    words = {key: known[key] for key in ("title", "description")}
    one: list[Schema] = [_TEXT, _ref("Cause")]
    several: Schema = {"type": "array", "items": {"anyOf": one}}
    properties = {"known": {**words, "anyOf": [*one, several]}, "unknown": unknown}
    return {**own, "anyOf": [_TEXT, {"type": "object", "properties": properties, "additionalProperties": False}]}


def _by_level(schema: Schema) -> Schema:
    """A text, or one for each of some levels."""
    own = {key: schema[key] for key in ("title", "description")}
    return {**own, "anyOf": [_TEXT, {"type": "object", "additionalProperties": _TEXT}]}


def _claims_asked(schema: Schema) -> Schema:
    """Claim to `[place, phrase]`, one mapping, or a list of such."""
    (claims,) = schema["properties"]["asked_in"]["patternProperties"]
    pair = {"type": "array", "items": _TEXT, "minItems": 2, "maxItems": 2}
    places = {"anyOf": [pair, _ref("AskedIn"), {"type": "array", "items": _ref("AskedIn")}]}
    return _changed(schema, "asked_in", patternProperties={claims: places})


def _minutes_at_all(schema: Schema) -> Schema:
    """Minutes, or those of each tier."""
    told = schema["properties"]["minutes"]
    own = {key: told[key] for key in ("title", "description")}
    (minutes,) = told["patternProperties"].values()
    tiers = {key: value for key, value in told.items() if key not in own}
    return {**schema, "properties": {**schema["properties"], "minutes": {**own, "anyOf": [minutes, tiers]}}}


def _weights(schema: Schema) -> Schema:
    """`equal`, points or ranks."""
    own = {key: schema[key] for key in ("title", "description")}
    properties = _picked(schema, ["points", "rank"])
    mapping = {"type": "object", "properties": properties, "additionalProperties": False, "maxProperties": 1}
    return {**own, "anyOf": [{"const": "equal"}, mapping]}


def _days(schema: Schema) -> Schema:
    """Days of the owner, or by role: what is no key of its own is a role."""
    own = {key: value for key, value in schema["properties"].items() if key != "roles"}
    (days,) = schema["properties"]["roles"]["patternProperties"].values()
    return {**schema, "properties": own, "additionalProperties": days}


def _overlay(known: Mapping[str, Schema]) -> Schema:
    """What is added are whole elements, in the lists of a rubric or a node."""
    homes = {**known["Rubric"]["properties"], **known["Node"]["properties"]}
    lists = {key: {**homes[key], "items": known["Rubric"]["properties"].get(key, homes[key])["items"]} for key in LISTS}
    inner = {"type": "object", "properties": lists, "additionalProperties": False}
    names = known["Overlay"]["properties"]["add"]["patternProperties"]
    return _changed(known["Overlay"], "add", patternProperties=dict.fromkeys(names, inner))


def _questions(question: Schema, fact: Schema) -> dict[str, Schema]:
    """Questions and facts are what their type says; each property is defined once."""
    properties = dict(question["properties"])
    words: Schema = {"type": ["string", "number", "null"]}
    roles: Schema = {
        "type": "object",
        "additionalProperties": {"if": {"type": "object"}, "then": _ref("Asking"), "else": words},
    }
    told = {key: properties["ask"][key] for key in ("title", "description")}
    properties["ask"] = {**told, "anyOf": [_NAMES, roles]}
    properties["evidence"] = {**properties["evidence"], "default": "optional"}
    properties["unknown_as"] = {**properties["unknown_as"], "type": ["string", "number"]}
    found: dict[str, Schema] = {f"Question.{key}": value for key, value in properties.items() if key != "type"}
    found["Fact.caps"] = fact["properties"]["caps"]
    shared = {key: _ref(f"Question.{key}") for key in properties if key != "type"}
    lighter = {key: ref for key, ref in shared.items() if key != "weight"} | {"caps": _ref("Fact.caps")}
    return {**found, **_by_type("Question", question, shared), **_by_type("Fact", fact, lighter)}


def _by_type(name: str, schema: Schema, keys: Mapping[str, Schema]) -> dict[str, Schema]:
    """A record of which the keys depend on its type: one definition a type, and one that leads to them."""
    own, word = {key: schema[key] for key in ("title", "description")}, schema["properties"]["type"]
    found: dict[str, Schema] = {}
    for kind, traits in QUESTION_TYPES.items():
        fitting = {key: ref for key, ref in keys.items() if key not in SPECIAL or key in traits.keys}
        found[f"{kind} {name.lower()}"] = {
            **own,
            "title": f"{own['title']} of type {kind}",
            "type": "object",
            "properties": {"type": {**word, "enum": [kind]}, **fitting},
            "required": schema["required"],
            "additionalProperties": False,
        }
    found[name] = {
        **own,
        "type": "object",
        "properties": {"type": word},
        "required": ["type"],
        "allOf": [_when({"type": kind}, _ref(f"{kind} {name.lower()}")) for kind in QUESTION_TYPES],
    }
    return found


def _when(told: Mapping[str, str], then: Schema) -> Schema:
    """A schema that holds where keys have these values."""
    values = {key: {"const": value} for key, value in told.items()}
    return {"if": {"properties": values, "required": [*told]}, "then": then}


def _blank_allowed(schema: Schema) -> Schema:
    """A record of which keys may stand there with nothing behind them, as in the files handed out."""
    properties = {key: _or_blank(inner) for key, inner in schema["properties"].items()}
    return {**schema, "properties": properties, "required": []}


def _or_blank(schema: Schema) -> Schema:
    kinds = schema.get("type")
    if kinds is None:
        return schema
    more: dict[str, Any] = {"type": [*([kinds] if isinstance(kinds, str) else kinds), "null"]}
    if "enum" in schema:
        more["enum"] = [*schema["enum"], None]
    return {**schema, **more}


def any_document(kinds: Mapping[str, str]) -> Schema:
    """A schema for every kind of document: its first key says which of the files holds."""
    word = {"title": "assess", "description": "The first key says what kind of document this is.", "enum": [*kinds]}
    return {
        "title": "a document of assess",
        "type": "object",
        "properties": {"assess": word},
        "required": ["assess"],
        "allOf": [_when({"assess": kind}, {"$ref": file}) for kind, file in kinds.items()],
    }

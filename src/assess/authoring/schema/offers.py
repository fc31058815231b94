"""The names of a rubric, offered where a key refers to something; others may stand there, the check decides."""

from collections.abc import Iterable, Mapping

from assess.authoring.schema.shape import Schema
from assess.authoring.titles import Names, titles_by_kind
from assess.model.anatomy import references_in
from assess.model.fields import Record
from assess.model.rubric import Rubric
from assess.model.wording import FROM

EVIDENCE: Names = {
    "off": "None is asked for.",
    "optional": "It may be named.",
    "required": "It has to be named.",
}


def offering(known: Mapping[str, Schema], rubric: Rubric, records: Iterable[type[Record]]) -> dict[str, Schema]:
    """The definitions with the names of a rubric offered, in lists, as words and as keys."""
    found = dict(known)
    titles = titles_by_kind(rubric)
    for record in records:
        names_of = {
            key: {name: says for kind in refers.to for name, says in titles[kind].items()}
            for key, refers in references_in(record).items()
        }
        apart = {f"{record.__name__}.{key}": names for key, names in names_of.items()}
        found |= {place: _offered(found[place], names) for place, names in apart.items() if place in found}
        if offered := _in_record(found[record.__name__], names_of):
            properties = found[record.__name__].get("properties", {})
            found[record.__name__] = {**found[record.__name__], "properties": {**properties, **offered}}
    return found


def _in_record(schema: Schema, names_of: Mapping[str, Names]) -> dict[str, Schema]:
    """The properties of a record in which names are offered."""
    properties, other = schema.get("properties", {}), schema.get("additionalProperties")
    offered: dict[str, Schema] = {}
    for key, names in names_of.items():
        if key in properties:
            offered[key] = _offered(properties[key], names)
        elif other:  # a short form: the names themselves are the keys
            offered |= {name: {**other, "title": says} for name, says in names.items()}
    return offered


def with_evidence(known: Mapping[str, Schema], rubric: Rubric | None) -> dict[str, Schema]:
    """The definitions with every form of a rule on evidence offered; of a rubric with its levels."""
    levels = {f"{FROM}{level.key}": f"Demanded from {level.title} on." for level in (rubric.levels if rubric else ())}
    offered = snippets({**EVIDENCE, **(levels or {f"{FROM}${{1:level}}": "Demanded from an option on."})})
    found = dict(known)
    found["Question.evidence"] = {**found["Question.evidence"], "defaultSnippets": offered}
    for name in ("Asking", "AnswerRules"):
        properties = found[name]["properties"]
        changed = {**properties, "evidence": {**properties["evidence"], "defaultSnippets": offered}}
        found[name] = {**found[name], "properties": changed}
    return found


def snippets(names: Names) -> list[Schema]:
    """Words to choose from, each with what it means; unlike examples they do not fill the hover.

    A word may hold places to type at, `${1:name}`, or to choose at, `${1|one,other|}`.
    """
    return [{"label": _label(name), "description": says, "body": name} for name, says in names.items()]


def _label(form: str) -> str:
    """A form as it is listed: a place to type at by its name, one to choose at as three dots."""
    start, *parts = form.split("${")
    places = (part.partition("}") for part in parts)
    return start + "".join(("\u2026" if "|" in place else place.partition(":")[2]) + rest for place, _, rest in places)


def _offered(schema: Schema, names: Names) -> Schema:
    if "anyOf" in schema:
        return {**schema, "anyOf": [_offered(each, names) for each in schema["anyOf"]]}
    if "items" in schema:
        return {**schema, "items": {**schema["items"], "defaultSnippets": snippets(names)}}
    if "patternProperties" in schema:
        (inner,) = schema["patternProperties"].values()
        return {**schema, "properties": {name: {**inner, "title": says} for name, says in names.items()}}
    if isinstance(inner := schema.get("additionalProperties"), dict):
        return {**schema, "properties": {name: {**inner, "title": says} for name, says in names.items()}}
    return {**schema, "defaultSnippets": snippets(names)}

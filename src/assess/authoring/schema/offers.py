"""The names of a rubric, offered where a key refers to something; others may stand there, the check decides."""

from collections.abc import Iterable, Mapping

from assess.authoring.schema.shape import Schema
from assess.authoring.titles import Names, titles_by_kind
from assess.model.anatomy import references_in
from assess.model.fields import Record
from assess.model.rubric import Rubric


def offering(known: Mapping[str, Schema], rubric: Rubric, records: Iterable[type[Record]]) -> dict[str, Schema]:
    """The definitions with the names of a rubric offered, in lists, as words and as keys."""
    found = dict(known)
    titles = titles_by_kind(rubric)
    for record in records:
        properties, other = (
            found[record.__name__].get("properties", {}),
            found[record.__name__].get("additionalProperties"),
        )
        offered: dict[str, Schema] = {}
        for key, refers in references_in(record).items():
            names = {name: says for kind in refers.to for name, says in titles[kind].items()}
            if key in properties:
                offered[key] = _offered(properties[key], names)
            elif other:  # a short form: the names themselves are the keys
                offered |= {name: {**other, "title": says} for name, says in names.items()}
        if offered:
            found[record.__name__] = {**found[record.__name__], "properties": {**properties, **offered}}
    return found


def snippets(names: Names) -> list[Schema]:
    """Words to choose from, each with what it means; unlike examples they do not fill the hover."""
    return [{"label": name, "description": says, "body": name} for name, says in names.items()]


def _offered(schema: Schema, names: Names) -> Schema:
    if "items" in schema:
        return {**schema, "items": {**schema["items"], "defaultSnippets": snippets(names)}}
    if "patternProperties" in schema:
        (inner,) = schema["patternProperties"].values()
        return {**schema, "properties": {name: {**inner, "title": says} for name, says in names.items()}}
    return {**schema, "defaultSnippets": snippets(names)}

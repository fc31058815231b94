"""The names of a rubric, offered where a key refers to something; others may stand there, the check decides."""

from collections.abc import Iterable, Mapping

from assess.authoring.schema.shape import Schema
from assess.model.anatomy import references_in
from assess.model.fields import Record, Target
from assess.model.rubric import ROOT, Rubric

Names = Mapping[str, str]


def offering(known: Mapping[str, Schema], rubric: Rubric, records: Iterable[type[Record]]) -> dict[str, Schema]:
    """The definitions with the names of a rubric offered, in lists, as words and as keys."""
    found = dict(known)
    titles = _titles(rubric)
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


def _titles(rubric: Rubric) -> Mapping[Target, Names]:
    """What a key may refer to, by kind: names with their titles."""
    nodes = {node.id: node.title for node in rubric.nodes()}
    return {
        "overall": {ROOT: rubric.title},
        "node": nodes,
        "question": {question.id: question.text for question in rubric.questions()},
        "gate": {gate.id: gate.title or gate.because.sample for gate in rubric.all_gates()},
        "key criterion": {node.id: node.title for node in rubric.nodes() if node.key},
        "clash": {clash.id: clash.title or clash.says.sample for clash in rubric.all_clashes()},
        "initiative": {initiative.id: initiative.title for initiative in rubric.initiatives},
        "role": {role.id: role.title for role in rubric.roles},
        "level": {level.key: level.title for level in rubric.levels},
        "claim": {claim.code: claim.says for claim in rubric.claims},
        "reference": {reference.code: reference.says for reference in rubric.references},
        "source": {source.id: source.title for source in rubric.sources},
        "persona": {persona.id: persona.title for persona in rubric.personas},
        "headline": {name: headline.says.sample for name, headline in rubric.headline_by_id.items()},
        "other criterion": {"default": "Every other criterion"},
        "other role": {"default": "Every other role"},
    }


def _offered(schema: Schema, names: Names) -> Schema:
    if "items" in schema:
        return {**schema, "items": {**schema["items"], "defaultSnippets": snippets(names)}}
    if "patternProperties" in schema:
        (inner,) = schema["patternProperties"].values()
        return {**schema, "properties": {name: {**inner, "title": says} for name, says in names.items()}}
    return {**schema, "defaultSnippets": snippets(names)}

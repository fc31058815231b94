"""The names of a rubric, offered where a key refers to something; others may stand there, the check decides."""

from collections.abc import Iterable, Mapping, Sequence

from assess.authoring.schema.shape import Schema
from assess.model.rubric import ROOT, Rubric

Names = Mapping[str, str]


def offering(known: Mapping[str, Schema], rubric: Rubric) -> dict[str, Schema]:
    """The definitions with the names of a rubric offered, in lists, as words and as keys."""
    found = dict(known)
    for places, names in _offers(rubric):
        for place in places:
            record, _, key = place.partition(".")
            schema = found[record]
            found[record] = {**schema, "properties": {**schema["properties"]}}
            found[record]["properties"][key] = _offered(schema["properties"][key], names)
    return found


def snippets(names: Names) -> list[Schema]:
    """Words to choose from, each with what it means; unlike examples they do not fill the hover."""
    return [{"label": name, "description": says, "body": name} for name, says in names.items()]


def _offers(rubric: Rubric) -> Iterable[tuple[Sequence[str], Names]]:
    """The keys that refer to something, and the names and titles of what they may refer to."""
    roles = {role.id: role.title for role in rubric.roles}
    nodes = {node.id: node.title for node in rubric.nodes()}
    key = {node.id: node.title for node in rubric.nodes() if node.key}
    gates = {gate.id: gate.title or gate.because for gate in rubric.all_gates()} | key
    clashes = {clash.id: clash.title or clash.says for clash in rubric.all_clashes()}
    initiatives = {initiative.id: initiative.title for initiative in rubric.initiatives}
    levels = {level.key: level.title for level in rubric.levels}
    questions = {question.id: question.text for question in rubric.questions()}
    everything = {**nodes, **questions, **gates, **clashes, **initiatives, **roles}
    leaning = ("Node", "Gate", "Clash")
    return (
        (("Gate.lifted_by", "Clash.initiatives", "Initiative.needs"), initiatives),
        (("Expect.planned", "Engagement.done"), initiatives),
        (("Initiative.owner", "Disagreement.role", "Perception.claim", "Perception.practice"), roles),
        (("Policies.anonymous", "AgreedEntry.basis", "AnswersFile.role", "Engagement.invited"), roles),
        (("Engagement.capacity",), {"default": "Every other role", **roles}),
        (("Cap.of", "Claim.home", "Claim.also", "Reference.bears_on", "Initiative.lifts"), nodes),
        (("Expect.scores", "Expect.levels"), {ROOT: rubric.title, **nodes}),
        (("Engagement.targets",), {"default": "Every other criterion", **nodes}),
        (("Policies.target", "Policies.red_at", "Cap.at"), levels),
        (("Expect.gates", "Expect.not_gates"), gates),
        (("Expect.clashes",), clashes),
        ([f"{record}.claims" for record in leaning], {claim.code: claim.says for claim in rubric.claims}),
        ([f"{record}.references" for record in (*leaning, "Initiative")], {r.code: r.says for r in rubric.references}),
        (("Overlay.override", "Overlay.drop", "Overlay.move"), {ROOT: rubric.title, **everything}),
        (("Overlay.add",), {ROOT: rubric.title, **nodes}),
        (("Claim.source",), {source.id: source.title for source in rubric.sources}),
        (("Persona.like",), {persona.id: persona.title for persona in rubric.personas}),
    )


def _offered(schema: Schema, names: Names) -> Schema:
    if "items" in schema:
        return {**schema, "items": {**schema["items"], "defaultSnippets": snippets(names)}}
    if "patternProperties" in schema:
        (inner,) = schema["patternProperties"].values()
        return {**schema, "properties": {name: {**inner, "title": says} for name, says in names.items()}}
    return {**schema, "defaultSnippets": snippets(names)}

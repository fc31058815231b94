"""Conditions for an editor: what can be compared of each element, with the options and roles to choose from."""

from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from assess.authoring.schema.offers import snippets
from assess.authoring.schema.shape import REF, Schema
from assess.authoring.titles import Names
from assess.model.anatomy import conditions_in
from assess.model.fields import Record
from assess.model.nodes import Node
from assess.model.questions import Question
from assess.model.rubric import ROOT, Rubric

CONDITION = "condition"
PLACES_IN_CAPS = {"no": "The fact is answered no.", "yes": "The fact is answered yes.", "< ${1:10}": "Below a number."}
FORMS: Names = {
    "${1:question} = ${2:no}": "An answer.",
    "${1:question} = ${2:no} by ${3:role}": "An answer of one role.",
    "${1:question} >= ${2:level}": "At least this level, of a question or a criterion.",
    "${1:question} <= ${2:level} by ${3:role}": "At most this level, as one role says.",
    "${1:question} > ${2:10}": "Above a number.",
    "has(${1:question}, ${2:option})": "An option of several is ticked.",
    "answered(${1:question})": "There is an answer.",
    "months_since(${1:question}) > ${2:12}": "A day is longer ago.",
    "share(${1:question} = ${2:no} by ${3:role}) > ${4:50}": "The percent of a role that says so.",
}


def conditioned(
    known: Mapping[str, Schema], records: Iterable[type[Record]], rubric: Rubric | None
) -> dict[str, Schema]:
    """The definitions with whole conditions offered where one belongs: those of a rubric, or the forms there are."""
    offered = dict(_comparisons(rubric)) if rubric else FORMS
    found = {**known, CONDITION: {"defaultSnippets": snippets(offered)}}
    for record in records:
        for key in conditions_in(record):
            apart = f"{record.__name__}.{key}"
            if apart in found:
                found[apart] = _offering(found[apart])
            elif key in (properties := found[record.__name__].get("properties", {})):
                changed = {**properties, key: _offering(properties[key])}
                found[record.__name__] = {**found[record.__name__], "properties": changed}
    caps = found["Caps"]["properties"]
    short = snippets(PLACES_IN_CAPS) + found[CONDITION]["defaultSnippets"]
    found["Caps"] = {**found["Caps"], "properties": {**caps, "when": _told(caps["when"]) | {"defaultSnippets": short}}}
    return found


def _offering(schema: Schema) -> Schema:
    return {**schema, "$ref": REF + CONDITION}


def _told(schema: Schema) -> Schema:
    return {key: value for key, value in schema.items() if key != "$ref"}


def _comparisons(rubric: Rubric) -> Iterator[tuple[str, str]]:
    """What can be compared of each question and each node, with what it is called."""
    for question in rubric.questions():
        roles = rubric.asked(question)
        for form in _of_question(rubric, question):
            yield form, question.text
            if len(roles) > 1 and "(" not in form:
                yield f"{form} by ${{2{_either(roles)}}}", question.text
    for node in (*rubric.nodes(), rubric.root):
        yield from ((form, rubric.title if node.id == ROOT else node.title) for form in _of_node(rubric, node))


def _of_question(rubric: Rubric, question: Question) -> Iterator[str]:
    """The comparisons that fit what a condition reads of a question."""
    reads = question.traits.reads
    keys = _either(option.key or "" for option in rubric.options_of(question))
    match reads:
        case "steps":
            yield from (f"{question.id} {sign} ${{1{keys}}}" for sign in (">=", "<="))
        case "key":
            yield f"{question.id} = ${{1{keys}}}"
        case "ticks":
            yield f"has({question.id}, ${{1{keys}}})"
        case "number":
            yield from (f"{question.id} {sign} ${{1:10}}" for sign in ("<", ">"))
        case "date":
            yield f"months_since({question.id}) > ${{1:12}}"
        case "presence":
            yield f"answered({question.id})"
        case _:
            assert_never(reads)


def _of_node(rubric: Rubric, node: Node) -> Iterator[str]:
    levels = [level.key for level in rubric.levels_of(node.id)]
    place = _either(levels) if levels else ":50"
    yield from (f"{node.id} {sign} ${{1{place}}}" for sign in (">=", "<"))


def _either(words: Iterable[str]) -> str:
    return f"|{','.join(words)}|"

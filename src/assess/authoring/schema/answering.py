"""The questions of a rubric, with the answers they take, for the files in which they are answered."""

from collections.abc import Mapping
from typing import assert_never

from assess.authoring.schema.offers import snippets
from assess.authoring.schema.shape import REF, Schema
from assess.model.questions import Question
from assess.model.rubric import Rubric

NOTHING: Schema = {"type": "null"}


def answering(known: Mapping[str, Schema], rubric: Rubric) -> dict[str, Schema]:
    """The definitions with every question in answers files, settlements, engagements and personas.

    Answers and settlements hold nothing else; below an engagement or a persona roles may stand as well.
    """
    found = dict(known)
    for question in rubric.questions():
        found[f"value of {question.id}"] = _value(rubric, question)
        found[f"answer to {question.id}"] = _answer(rubric, question)
        found[f"settled {question.id}"] = _settlement(question)
    answers, settled = _questions(rubric, "answer to"), _questions(rubric, "settled")
    roles = {role.id: {"title": role.title, "type": ["object", "null"], **answers} for role in rubric.roles}
    mixed = {"properties": {**answers["properties"], **roles}, "additionalProperties": True}
    for record, key, more in (
        ("AnswersFile", "answers", answers),
        ("AgreedFile", "answers", settled),
        ("Engagement", "agreed", settled),
        ("Engagement", "answers", mixed),
        ("Persona", "answers", mixed),
    ):
        properties = found[record]["properties"]
        found[record] = {**found[record], "properties": {**properties, key: {**properties[key], **more}}}
    return found


def _questions(rubric: Rubric, before: str) -> Schema:
    """Every question of a rubric by its id; former ids are taken and not offered."""
    former = [name for question in rubric.questions() for name in question.renamed_from]
    properties = {question.id: {"$ref": f"{REF}{before} {question.id}"} for question in rubric.questions()}
    patterns: Schema = {"patternProperties": {_either(former): {}}} if former else {}
    return {"properties": properties, **patterns, "additionalProperties": False}


def _either(words: list[str]) -> str:
    """A pattern for one of some ids."""
    return f"^({'|'.join(words)})$"


def _answer(rubric: Rubric, question: Question) -> Schema:
    """What may stand behind a question: the long form, or the short one."""
    value = _value(rubric, question)
    offered = {key: value[key] for key in ("defaultSnippets",) if key in value}
    words = {"title": question.text, "description": _explained(rubric, question)}
    return {**words, **offered, "if": {"type": "object"}, "then": _long(question, "AnswerEntry"), "else": value}


def _settlement(question: Question) -> Schema:
    return {"title": question.text, "if": {"type": "object"}, "then": _long(question, "AgreedEntry"), "else": NOTHING}


def _long(question: Question, record: str) -> Schema:
    """A record whose value is one of a question."""
    return {"allOf": [{"$ref": REF + record}, {"properties": {"value": {"$ref": f"{REF}value of {question.id}"}}}]}


def _explained(rubric: Rubric, question: Question) -> str:
    """The help of a question and its options, as paragraphs."""
    options = rubric.options_of(question) if question.traits.lists else ()
    numbered = enumerate(options, question.traits.first)
    lines = [f"{place} = {option.key}: {option.label}" for place, option in numbered]
    return "\n\n".join(text for text in (question.help, *lines) if text)


def _value(rubric: Rubric, question: Question) -> Schema:
    """The values that answer a question; an empty one is no answer and no mistake."""
    holds = question.traits.holds
    match holds:
        case "words":
            return {"type": ["string", "number", "boolean", "null"]}
        case "date":
            return {"type": ["string", "null"], "format": "date"}
        case "number":
            bounds = {"minimum": question.min, "maximum": question.max}
            kind = "integer" if question.integer else "number"
            return {"type": [kind, "null"], **{key: bound for key, bound in bounds.items() if bound is not None}}
        case "option" if question.traits.options:
            own = [key for key, _ in question.traits.options[::-1]]
            return {
                "defaultSnippets": snippets(dict.fromkeys(own, "")),
                "anyOf": [{"enum": own}, {"type": "boolean"}, *_by_label(rubric, question), NOTHING],
            }
        case "option" | "options":
            return _listed(rubric, question)
        case _:
            assert_never(holds)


def _listed(rubric: Rubric, question: Question) -> Schema:
    """The options of a question, one of them or several."""
    offered = snippets({option.key or "": option.label for option in rubric.options_of(question)})
    one: Schema = {"defaultSnippets": offered, "anyOf": _one_of(rubric, question)}
    several: list[Schema] = [{"type": "array", "items": one}] if question.traits.holds == "options" else []
    return {**one, "anyOf": [*one["anyOf"], *several, NOTHING]}


def _one_of(rubric: Rubric, question: Question) -> list[Schema]:
    """An option by its key, by its number, by a former key, or by what somebody reads of it."""
    options, first = rubric.options_of(question), question.traits.first
    former = [old for option in options for old in option.renamed_from]
    by_number = {"type": "integer", "minimum": first, "maximum": first + len(options) - 1}
    return [
        {"enum": [option.key for option in options]},
        by_number,
        *([{"type": "string", "pattern": _either(former)}] if former else []),
        *_by_label(rubric, question),
    ]


def _by_label(rubric: Rubric, question: Question) -> list[Schema]:
    """The labels that those who are asked read of the options; of a type with its own options, those of roles alone."""
    read = [rubric.wording(question), *rubric.wordings(question).values()]
    own = {label for _, label in question.traits.options}
    labels = dict.fromkeys(label for wording in read for label in wording.labels().values() if label not in own)
    return [{"enum": [*labels]}] if labels else []

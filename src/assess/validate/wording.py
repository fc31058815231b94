"""What single roles read of a question: roles asked once, labels of options that are there, and none of them twice."""

from collections.abc import Iterator

from assess.documents import SourceMap
from assess.model.questions import Question
from assess.model.rubric import Rubric
from assess.problems import Problem, listing, nearest

Found = Iterator[Problem]


def asked_once(rubric: Rubric, sources: SourceMap) -> Found:
    """No role is named twice in `ask`, by its id, its code or a former id."""
    for question in rubric.questions():
        seen: dict[str, str] = {}
        for name in question.ask:
            role = rubric.names.get(name, name)
            if role in seen:
                message = f"'{name}' and '{seen[role]}' are the same role, asked '{question.id}' twice"
                route, at_key = sources.naming(question.id, "ask", name=name)
                yield sources.problem("question", message, question.id, *route, at_key=at_key, hint="keep one of them")
            seen.setdefault(role, name)


def role_labels(rubric: Rubric, sources: SourceMap) -> Found:
    """A role has labels only for options the question has, and reads no label twice."""
    for question in rubric.questions():
        for name, asking in question.ask.items():
            if not asking.options:
                continue
            route = ("ask", name, "options")
            if not question.traits.has_options:
                message = f"a question of type {question.type} has no `options`"
                yield sources.problem("question", message, question.id, *route, at_key=True)
                continue
            yield from _unknown_keys(rubric, sources, question, name)
            yield from _repeated_labels(rubric, sources, question, name)


def _unknown_keys(rubric: Rubric, sources: SourceMap, question: Question, name: str) -> Found:
    keys = [option.key for option in rubric.options_of(question) if option.key]
    for key in question.ask[name].options:
        if key not in keys:
            message = f"'{key}' is not an option of '{question.id}'{nearest(key, keys)}"
            hint = f"there are: {listing(keys, most=12)}"
            yield sources.problem("option", message, question.id, "ask", name, "options", key, at_key=True, hint=hint)


def _repeated_labels(rubric: Rubric, sources: SourceMap, question: Question, name: str) -> Found:
    seen: dict[str, str] = {}
    for key, label in rubric.wording(question, name).labels().items():
        words = " ".join(label.casefold().split())
        if words in seen:
            own = key if key in question.ask[name].options else seen[words]
            message = f"'{name}' reads the same words for '{key}' as for '{seen[words]}': '{label}'"
            hint = "give the role other words for one of the two"
            yield sources.problem("duplicate_text", message, question.id, "ask", name, "options", own, hint=hint)
        seen.setdefault(words, key)


WORDING_RULES = (asked_once, role_labels)

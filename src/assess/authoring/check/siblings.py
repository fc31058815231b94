"""What is alone among its siblings: a missing key or proof, another direction, an option fewer, far more weight."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from statistics import median

from assess.authoring.check.context import Found, Subject
from assess.model.betterness import is_turned
from assess.model.nodes import Node
from assess.model.questions import Question
from assess.numbers import short

FEWEST = 3
MANY = 5
TIMES = 10
UNPROVED = ("optional", "off")
NUMBERED = re.compile(r"(.*?)(\d{1,3})")


def key_criteria(subject: Subject) -> Found:
    """Where all other principles have a key criterion, so has each."""
    parents = [node for node in subject.rubric.nodes() if len(node.criteria) > 1]
    without = [node for node in parents if not any(child.key for child in node.criteria)]
    if len(without) == 1 and len(parents) > FEWEST:
        message = f"'{without[0].id}' is the only one of {len(parents)} nodes without a key criterion"
        hint = "say `key: true` of the criterion without which the others count little"
        yield subject.found("unlike_siblings", message, without[0].id, "criteria", hint=hint, severity="note")


def proofs(subject: Subject) -> Found:
    """Where all other level questions ask for proof from some answer on, so does each."""
    asked = [q for q in subject.rubric.questions() if q.traits.anchored and subject.rubric.scored(q)]
    without = [q for q in asked if all(own.evidence in UNPROVED for own in subject.rubric.wordings(q).values())]
    if len(without) == 1 and len(asked) > MANY:
        (question,) = without
        message = f"'{question.id}' is the only one of {len(asked)} level questions that asks for no proof"
        hint = "say `evidence: required_from ...`, as the others do"
        yield subject.found("unlike_siblings", message, question.id, hint=hint, severity="note")


Sense = tuple[object, object]


def _alone(subject: Subject, sense: Callable[[Question], Sense | None]) -> Iterator[tuple[Question, object]]:
    """In every node the one question that differs from all others of its sort, which are alike, and what those are.

    sense: the sort of a question and what it is; None for one that is compared with nothing.
    """
    for node in [*subject.rubric.nodes(), subject.rubric.root]:
        sorts: dict[object, list[tuple[Question, object]]] = {}
        for question in _questions_below(subject, node):
            told = sense(question)
            if told is not None:
                sorts.setdefault(told[0], []).append((question, told[1]))
        for found in sorts.values():
            counts = Counter(what for _, what in found)
            if len(found) > FEWEST and sorted(counts.values()) == [1, len(found) - 1]:
                common = counts.most_common(1)[0][0]
                yield next(question for question, what in found if what != common), common


def _questions_below(subject: Subject, node: Node) -> list[Question]:
    """The scored questions of a node; where every criterion asks one, those of the criteria together."""
    if node.questions:
        return [question for question in node.questions if subject.rubric.scored(question)]
    single = [child.questions[0] for child in node.criteria if len(child.questions) == 1]
    return [q for q in single if subject.rubric.scored(q)] if len(single) == len(node.criteria) else []


def directions(subject: Subject) -> Found:
    """No question counts the other way than all its siblings without saying so with `better`."""
    for question, _ in _alone(subject, lambda asked: _way(subject, asked)):
        if question.better is None:
            message = f"'{question.id}' counts the other way than all questions beside it"
            hint = "turn it round; or say with `better` that it is meant so"
            yield subject.found(
                "unlike_siblings", message, question.id, *_culprit(question), hint=hint, severity="note"
            )


def _way(subject: Subject, question: Question) -> Sense | None:
    """The sort of a question, and whether it is best at its end; None where nothing says so."""
    if question.goalposts:
        return ("number", question.unit), question.goalposts.worst < question.goalposts.best
    if question.way_of_steps in ("high", "low"):
        return ("number", question.unit), (question.way_of_steps == "high") is not is_turned(subject.rubric, question)
    if question.traits.worth == "steps":
        return question.type, is_turned(subject.rubric, question)
    scores = [(o.key, o.score) for o in subject.rubric.options_of(question) if o.score is not None]
    rising = {high > low for (_, low), (_, high) in pairwise(scores) if high != low}
    if question.traits.worth != "scores" or len(rising) != 1:
        return None
    return tuple(key for key, _ in scores), rising.pop()


def _culprit(question: Question) -> tuple[str, ...]:
    return next(((key,) for key in ("goalposts", "reverse") if key in question.model_fields_set), ())


def options(subject: Subject) -> Found:
    """No question lacks an option that all its siblings have."""
    for question, common in _alone(subject, lambda asked: _keys(subject, asked)):
        keys = [option.key for option in subject.rubric.options_of(question)]
        lacking = [key for key in common if key not in keys] if isinstance(common, tuple) else []
        if lacking and isinstance(common, tuple) and {*keys} < {*common}:
            message = f"'{question.id}' lacks '{lacking[0]}', which all questions beside it offer"
            where = "options_from" if question.options_from else "options"
            yield subject.found("unlike_siblings", message, question.id, where, hint="add the option", severity="note")


def _keys(subject: Subject, question: Question) -> Sense | None:
    listed = question.traits.lists and question.traits.holds == "option"
    return (question.type, tuple(option.key for option in subject.rubric.options_of(question))) if listed else None


def numbering(subject: Subject) -> Found:
    """Questions whose ids are numbered leave no number out."""
    rows: dict[str, list[tuple[int, str]]] = {}
    for question in subject.rubric.questions():
        found = NUMBERED.fullmatch(question.id)
        if found:
            rows.setdefault(found[1], []).append((int(found[2]), question.id))
    retired = {name for step in subject.rubric.migrations for name in step.retire}
    for stem, row in rows.items():
        ordered = sorted(row)
        missing = sorted({*range(ordered[0][0], ordered[-1][0])} - {number for number, _ in ordered})
        if len(ordered) > MANY and len(missing) == 1 and not any(name.startswith(stem) for name in retired):
            after = next(name for number, name in ordered if number > missing[0])
            message = f"there is no number {missing[0]} among {ordered[0][1]} to {ordered[-1][1]}"
            hint = "add the question that is missing; if it was taken out, say so in migrations.yaml"
            yield subject.found("hole", message, after, "id", hint=hint, severity="note")


def heavy(subject: Subject) -> Found:
    """No weight is ten times what its siblings mostly weigh."""
    for node in subject.rubric.tree():
        weights = _weights(subject, node)
        for name, weight in weights.items():
            others = [other for child, other in weights.items() if child != name and other]
            usual = median(others) if len(others) > 1 else 0.0
            if usual and weight >= TIMES * usual:
                message = f"'{name}' weighs {short(weight, 3)}, where those beside it mostly weigh {short(usual, 3)}"
                hint = "see whether the point of a decimal is missing; else divide what weighs so much"
                place = (node.id, "weights", "points", name) if node.weights.points else (name, "weight")
                yield subject.found("heavy_weight", message, *place, hint=hint, severity="note")


def _weights(subject: Subject, node: Node) -> dict[str, float]:
    """The weights the children of a node are given, as they are written."""
    if node.weights.rank:
        return {}
    if node.weights.points:
        return dict(node.weights.points)
    asked = {question.id: question.weight for question in node.questions if subject.rubric.scored(question)}
    return {child.id: child.weight for child in node.criteria} | asked


SIBLING_RULES = (key_criteria, proofs, directions, options, numbering, heavy)

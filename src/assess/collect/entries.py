"""Reads answers, in short or long form, against the questions of a rubric."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assess import documents
from assess.collect import evidence
from assess.collect.context import Context, Problems, WrittenAnswer
from assess.collect.outside import is_outside
from assess.collect.values import STATES, MisfitError, blank, format_written, name_written, read_value, state_hint
from assess.documents import Route
from assess.model.answers import Answer, AnswerState, AnswerValue
from assess.model.engagement import AnswerEntry, EvidenceItem
from assess.model.fields import Record
from assess.model.questions import Question
from assess.model.rubric import Rubric
from assess.problems import Problem, listing, nearest


def read_entries(context: Context, entries: Iterable[WrittenAnswer]) -> tuple[dict[str, Answer], Problems]:
    """Answers by question id in the order of the rubric; blank ones are absent."""
    found: dict[str, Answer] = {}
    problems: list[Problem] = []
    for question, entry in once_each(context, entries, problems):
        answer, mistakes = read_entry(context, question, entry)
        problems += mistakes
        if answer is not None:
            found[question.id] = answer
    ordered = {question.id: found[question.id] for question in context.rubric.questions() if question.id in found}
    return ordered, tuple(problems)


def once_each(
    context: Context, entries: Iterable[WrittenAnswer], problems: list[Problem]
) -> Iterable[tuple[Question, WrittenAnswer]]:
    """Each entry with its question; names nothing answers to, and second answers, become problems instead."""
    names: dict[str, str] = {}
    for entry in entries:
        question = find_question(context.rubric, entry.name)
        if lies_outside(context, entry.name, question):
            problems += [] if blank(entry.value) else [_out_of_scope(context, entry)]
        elif question is None:
            problems.append(unknown_question(context, entry))
        elif question.id in names:
            message = f"'{question.id}' is answered twice, as '{names[question.id]}' and as '{entry.name}'"
            problems.append(context.problem("answer", message, entry.route, at_key=True, hint="keep one of the two"))
        else:
            names[question.id] = entry.name
            yield question, entry


def lies_outside(context: Context, name: str, asked: Question | None) -> bool:
    """Whether the whole rubric puts a question to whose answers are read, and the part that is asked does not."""
    whole = find_question(context.rubric.whole, name)
    if whole is None or context.rubric.whole is context.rubric:
        return False
    return asked is None or is_outside(context.rubric, asked.id, context.role)


def find_question(rubric: Rubric, name: str) -> Question | None:
    """The question behind an id or a former id."""
    return rubric.question_by_id.get(rubric.names.get(name, ""))


def _out_of_scope(context: Context, entry: WrittenAnswer) -> Problem:
    """An answer to a question that this engagement does not ask."""
    message = f"{name_written(entry.name)} lies outside of what this engagement asks, so this answer does not count"
    hint = "leave it where it is, or change `tier` or `scope` in the engagement"
    return context.problem("out_of_scope", message, entry.route, at_key=True, hint=hint, severity="warning")


def unknown_question(context: Context, entry: WrittenAnswer, others: Sequence[str] = ()) -> Problem:
    """An answer to nothing the rubric asks; `others` are names that could stand there besides questions."""
    rubric = context.rubric
    node = rubric.node_by_id.get(rubric.names.get(entry.name, ""))
    message = f"{name_written(entry.name)} is not a question of '{rubric.id}'"
    hint = "correct the name, or take the answer out"
    if node is not None:
        asked = [question.id for question in node.questions] or [child.id for child in node.criteria]
        message = f"{name_written(entry.name)} is not a question but what questions are asked about: {node.title}"
        hint = f"answer {listing(asked)}"
    elif gone := next((told for step in rubric.migrations if (told := step.fate_of(entry.name))), ""):
        message += f": it {gone}"
        hint = f"carry the answers over: assess rubric migrate PATH --to {rubric.id}"
    else:
        known = [name for name, meant in rubric.names.items() if meant in rubric.question_by_id]
        message += nearest(format_written(entry.name), [*known, *others])
    return context.problem("unknown_question", message, entry.route, at_key=True, hint=hint)


def read_entry(context: Context, question: Question, entry: WrittenAnswer) -> tuple[Answer | None, Problems]:
    """One answer, None when it is blank or wrong."""
    value, route = entry.value, entry.route
    if blank(value):
        return None, ()
    if isinstance(value, Mapping):
        return _long_form(context, question, value, route)
    if isinstance(value, str) and value.strip() in STATES:
        message = f"{name_written(value)} is a state, not an answer to '{question.id}'"
        taken = context.rubric.wording(question, context.role).allow
        hint = state_hint(value) if value.strip() in taken else _taken(taken)
        return None, (context.problem("answer", message, route, hint=hint),)
    found, problems = read_checked(context, question, value, route)
    answer = None if problems else Answer("value", found)
    return answer, (*problems, *(evidence.demanded(context, question, answer, route) if answer else ()))


def read_checked(context: Context, question: Question, value: object, route: Route) -> tuple[AnswerValue, Problems]:
    """A value as an answer to its question; None with problems when it is none."""
    try:
        found = read_value(context.rubric, question, value, context.role)
    except MisfitError as error:
        return None, context.misfits(error, route)
    if isinstance(found, datetime.date) and found > context.assessed_on:
        message = f"'{question.id}' is answered with {found}, after the day of the assessment"
        hint = f"correct the date, or assessed_on of the engagement, which is {context.assessed_on}"
        return None, (context.problem("answer", message, route, hint=hint),)
    return found, ()


def _long_form(
    context: Context, question: Question, entry: Mapping[str, object], route: Route
) -> tuple[Answer | None, Problems]:
    filled = without_blanks(entry, AnswerEntry)
    problems = half_said(context, question, entry, route)
    if problems or not filled:
        return None, problems
    record, problems = documents.validated(context.document, AnswerEntry, filled, route)
    value: AnswerValue = None
    if "value" in filled:
        value, mistakes = read_checked(context, question, filled["value"], (*route, "value"))
        problems += mistakes
    if record is None:
        return None, problems
    chosen = [*filled.keys() & {"value"}, *(state for state in STATES if getattr(record, state))]
    if len(chosen) == 1:
        problems += _allowed(context, question, record, chosen[0], route)
    else:
        problems += (one_of(context, question, chosen, ("value", *STATES), route),)
    problems += evidence.checked(context, record.evidence, route)
    if len(chosen) != 1 or any(problem.severity == "error" for problem in problems):
        return None, problems
    answer = _answer(record, chosen[0], value)
    return answer, (*problems, *evidence.demanded(context, question, answer, route))


def without_blanks(entry: Mapping[Any, object], record: type[Record]) -> dict[str, object]:
    """A long form without the keys of its record nothing was written behind, in its evidence too.

    A key the record does not have stays, blank or not: words are lost with it.
    """
    named = {key if isinstance(key, str) else format_written(key): value for key, value in entry.items()}
    filled = {key: value for key, value in named.items() if not blank(value) or key not in record.model_fields}
    proofs = filled.get("evidence")
    if isinstance(proofs, Sequence) and not isinstance(proofs, str):
        filled["evidence"] = [
            without_blanks(proof, EvidenceItem) if isinstance(proof, Mapping) else proof for proof in proofs
        ]
    return filled


def half_said(context: Context, question: Question, entry: Mapping[Any, object], route: Route) -> Problems:
    """A state that is named and neither affirmed nor denied, as in `{unknown}`; a form with all of them is blank."""
    named = [key for key in ("value", *STATES) if key in entry]
    if len(named) != 1 or named[0] == "value" or not blank(entry[named[0]]):
        return ()
    message = f"'{named[0]}' is not yet an answer to '{question.id}': true is missing behind it"
    return (context.problem("answer", message, (*route, named[0]), at_key=True, hint=state_hint(named[0])),)


def one_of(
    context: Context, question: Question, chosen: Sequence[str], choices: Sequence[str], route: Route
) -> Problem:
    """An entry that says several of the things it must say one of, or none."""
    says = f"says {' and '.join(chosen)} at once" if chosen else "says neither a value nor a state"
    hint = f"keep exactly one of {', '.join(choices)}"
    return context.problem("answer", f"the answer to '{question.id}' {says}", route, at_key=True, hint=hint)


def _allowed(context: Context, question: Question, record: AnswerEntry, chosen: str, route: Route) -> Problems:
    """Whether the question takes the state that was chosen."""
    if chosen == "na":
        return _not_applicable(context, question, record, route)
    taken = context.rubric.wording(question, context.role).allow
    if chosen == "value" or chosen in taken:
        return ()
    message = f"'{question.id}' does not take '{chosen}'"
    return (context.problem("answer", message, (*route, chosen), at_key=True, hint=_taken(taken)),)


def _taken(taken: Sequence[str]) -> str:
    return f"give a value, or leave the answer out; states it takes: {listing(taken) or 'none'}"


def _not_applicable(context: Context, question: Question, record: AnswerEntry, route: Route) -> Problems:
    """The rules of `na`; what `_agreed.yaml` settles needs neither permission nor reason here."""
    if question.id in context.settled:
        return ()
    problems: list[Problem] = []
    taken = context.rubric.wording(question, context.role).allow
    if "na" not in taken or context.rubric.policies.na == "forbid":
        message = f"'{question.id}' cannot be called not applicable"
        hint = "give a value, or settle the question in answers/_agreed.yaml with basis and why"
        problems.append(context.problem("not_applicable", message, (*route, "na"), at_key=True, hint=hint))
    if not record.why:
        message = f"'{question.id}' is called not applicable without a reason"
        problems.append(context.problem("not_applicable", message, route, at_key=True, hint="add why: the reason"))
    return tuple(problems)


_STATE_OF: Mapping[str, AnswerState] = {"value": "value", "na": "na", "unknown": "unknown", "declined": "declined"}


def _answer(record: AnswerEntry, chosen: str, value: AnswerValue) -> Answer:
    return Answer(_STATE_OF[chosen], value, record.why, record.note, record.confidence, tuple(record.evidence))

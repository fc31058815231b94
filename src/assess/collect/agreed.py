"""Reads what was settled between respondents, on whose answers and why."""

from collections.abc import Iterable, Mapping

from assess import documents
from assess.collect.context import Context, Problems, WrittenAnswer
from assess.collect.entries import find_question, half_said, once_each, one_of, read_checked, without_blanks
from assess.collect.inline import PREFIX
from assess.collect.values import blank, name_written
from assess.documents import Route
from assess.model.answers import Answer, AnswerValue, Settlement
from assess.model.engagement import AgreedEntry
from assess.model.questions import Question
from assess.model.rubric import Rubric
from assess.problems import Problem, listing, nearest

_FORM = "write {value: ..., basis: [who], why: the reason}"


def settled_questions(rubric: Rubric, entries: Iterable[WrittenAnswer]) -> frozenset[str]:
    """The ids of the questions that were settled, rightly or not."""
    questions = [find_question(rubric, entry.name) for entry in entries if not blank(entry.value)]
    return frozenset(question.id for question in questions if question)


def read_settlements(
    context: Context, entries: Iterable[WrittenAnswer], respondents: Iterable[str]
) -> tuple[dict[str, Settlement], Problems]:
    """Settlements by question id in the order of the rubric; `respondents` are the ids a basis may name."""
    basis = {name: meant for name, meant in context.rubric.names.items() if meant in context.rubric.role_by_id}
    heard = {respondent: respondent for respondent in respondents}
    former = {f"{PREFIX}-{name}": f"{PREFIX}-{role.id}" for role in context.rubric.roles for name in role.renamed_from}
    basis |= {name: now for name, now in former.items() if now in heard} | heard
    found: dict[str, Settlement] = {}
    problems: list[Problem] = []
    for question, entry in once_each(context, entries, problems):
        if blank(entry.value):
            continue
        settlement, mistakes = _settlement(context, question, entry, basis)
        problems += mistakes
        if settlement is not None:
            found[question.id] = settlement
    ordered = {question.id: found[question.id] for question in context.rubric.questions() if question.id in found}
    return ordered, tuple(problems)


def _settlement(
    context: Context, question: Question, entry: WrittenAnswer, known: Mapping[str, str]
) -> tuple[Settlement | None, Problems]:
    if not isinstance(entry.value, Mapping):
        message = f"'{question.id}' is settled at {name_written(entry.value)} without basis and reason"
        return None, (context.problem("settled", message, entry.route, hint=_FORM),)
    filled = without_blanks(entry.value, AgreedEntry)
    problems = half_said(context, question, entry.value, entry.route)
    if problems:
        return None, problems
    record, problems = documents.validated(context.document, AgreedEntry, filled, entry.route)
    value: AnswerValue = None
    if "value" in filled:
        value, mistakes = read_checked(context, question, filled["value"], (*entry.route, "value"))
        problems += mistakes
    if record is None:
        return None, problems
    chosen = [*(["value"] if "value" in filled else []), *(["na"] if record.na else [])]
    if len(chosen) != 1:
        problems += (one_of(context, question, chosen, ("value", "na"), entry.route),)
    problems += _grounds(context, question, record, known, entry.route)
    if problems:
        return None, problems
    answer = Answer("na" if record.na else "value", value, record.why)
    return Settlement(answer, tuple(known[name] for name in record.basis), record.why), ()


def _grounds(
    context: Context, question: Question, record: AgreedEntry, known: Mapping[str, str], route: Route
) -> Problems:
    """Whether a settlement says on whose answers it rests, and why."""
    problems: list[Problem] = []
    if not record.basis:
        message = f"'{question.id}' is settled, but not on whose answers"
        problems.append(context.problem("settled", message, route, at_key=True, hint="add basis: [respondent or role]"))
    if not record.why.strip():
        message = f"'{question.id}' is settled without a reason"
        problems.append(context.problem("settled", message, route, at_key=True, hint="add why: the reason"))
    for place, name in enumerate(record.basis):
        if name not in known:
            message = f"{name_written(name)} is neither a respondent nor a role{nearest(name, known)}"
            hint = f"one of: {listing(list(dict.fromkeys(known.values())), most=12)}"
            problems.append(context.problem("settled", message, (*route, "basis", place), hint=hint))
    return tuple(problems)

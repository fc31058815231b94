"""What an engagement may not have meant: half-filled and copied files, odd days, shares taken for percentages."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assess.collect.context import Context, Problems, WrittenAnswer
from assess.collect.evidence import route_of
from assess.collect.raw import Respondent, RespondentDocuments
from assess.documents import Route
from assess.formula.readings import months_before, months_between
from assess.model.answers import Answer, Settlement
from assess.model.engagement import Engagement
from assess.model.policies import EvidencePolicy
from assess.model.questions import Question
from assess.model.rubric import Rubric
from assess.numbers import short
from assess.problems import Problem

OF_CHECK = frozenset(
    {
        *("half_filled", "copied", "submitted_date", "hidden_answer", "nobody_knows", "na_disputed", "office_differs"),
        *("unlikely", "unquoted", "at_once"),
    }
)
"""Codes of what only `check` tells: doubts about what was read, which no document repeats."""
HALF = 0.5
LATE = 3
"""Months after the day of the assessment from which a file is rather of the next one."""
FEWEST_WITH_WORDS = 3
FEWEST_WITHOUT = 12
"""How many equal answers make a copy: with words of the respondent's own among them, and without any."""
PER_CENT = frozenset({"%", "percent", "per cent"})


def find_doubts(context: Context, engagement: Engagement, told: RespondentDocuments) -> Problems:
    """Warnings for `check` about what was read and is rather not what was meant; none changes a score."""
    rubric, found = context.rubric, [*_engagement(context, engagement), *_uninvited(context, engagement, told)]
    owed = {role: _owed(rubric, role) for role in {respondent.role for respondent, _ in told}}
    for respondent, document in told:
        here = context._replace(document=document)
        found += (*_day(here, respondent), *_half_filled(here, respondent, owed[respondent.role]))
        for name, answer in respondent.answers.items():
            found += _share(here, rubric.question_by_id[name], answer)
    return (*found, *_copies(context, told))


def _owed(rubric: Rubric, role: str) -> list[Question]:
    """The questions a person of a role has to answer."""
    return [question for question in rubric.questions() if question.required and role in rubric.asked(question)]


def _warning(context: Context, code: str, message: str, route: Route, hint: str) -> Problem:
    return context.problem(code, message, route, hint=hint, severity="warning")


# The engagement


def _engagement(context: Context, engagement: Engagement) -> Iterator[Problem]:
    on, start = context.assessed_on, engagement.start_on
    if start and (start < on or months_between(on, start) > _year(context.rubric)):
        when = "before" if start < on else "long after"
        message = f"the plan starts on {start}, {when} the day of the assessment, {on}"
        yield _warning(context, "unlikely", message, ("start_on",), "correct start_on, or assessed_on")
    amounts = [amount for name, amount in engagement.capacity.items() if name != "default"]
    if engagement.capacity.get("default") == 0 and not any(amounts):
        message = "nobody has a day for the plan: the capacity is 0 person-days, so it stays empty"
        hint = "write the person-days a role has in a period, or leave capacity out"
        yield _warning(context, "unlikely", message, ("capacity", "default"), hint)
    policies = (context.rubric.policies.plan, *([engagement.plan] if engagement.plan else []))
    if engagement.at_once and not any("at_owner" in policy.model_fields_set for policy in policies):
        yield _of_owners(context, engagement.at_once)


def _of_owners(context: Context, at_once: int) -> Problem:
    """A note on a limit that older versions read as one of each owner, where nobody says what an owner carries."""
    most = context.rubric.policies.plan.at_owner
    message = f"`at_once: {at_once}` holds for the whole organization; in older versions it held for each owner"
    hint = (
        f"if that was meant, write `plan: {{at_owner: {at_once}}}` in its place; else say what one owner carries "
        f"beside it, such as `plan: {{at_owner: {most}}}`"
    )
    return context.problem("at_once", message, ("at_once",), hint=hint, severity="note")


def _uninvited(context: Context, engagement: Engagement, told: RespondentDocuments) -> Iterator[Problem]:
    """A role in which more answered than were invited."""
    for name, invited in engagement.invited.items():
        role = context.rubric.role_by_id.get(context.rubric.names.get(name, name))
        heads = sum(role is not None and respondent.role == role.id for respondent, _ in told)
        if role is not None and role.people and heads > invited:
            message = (
                f"{role.title} ({role.id}): {heads} answered, and {invited} {'was' if invited == 1 else 'were'} invited"
            )
            hint = "correct invited, or find out who the others are"
            yield _warning(context, "unlikely", message, ("invited", name), hint)


def _year(rubric: Rubric) -> int:
    """The months after which an answer is no longer of this assessment: those after which evidence is not."""
    return (rubric.policies.evidence or EvidencePolicy()).max_age_months


# One file


def _day(context: Context, respondent: Respondent) -> Iterator[Problem]:
    """A file of last year, or of the next."""
    written, on = context.document.data.get("submitted"), context.assessed_on
    day = _date(written) if context.document.data.get("assess") == "answers/1" else None
    if day is None:
        return
    months = _year(context.rubric)
    if day < months_before(on, months):
        message = f"'{respondent.id}' submitted on {day}, more than {months} months before the assessment of {on}"
        hint = "ask again, or take the file out: it may be that of the last assessment"
        yield _warning(context, "submitted_date", message, ("submitted",), hint)
    elif months_between(on, day) > LATE:
        message = f"'{respondent.id}' submitted on {day}, long after the assessment of {on}"
        yield _warning(context, "submitted_date", message, ("submitted",), "correct submitted, or assessed_on")


def _date(written: object) -> datetime.date | None:
    try:
        return datetime.datetime.fromisoformat(written).date() if isinstance(written, str) else None
    except ValueError:
        return None


def _half_filled(context: Context, respondent: Respondent, owed: Sequence[Question]) -> Iterator[Problem]:
    """A file of a person that says it is finished and answers less than half of what its role is asked."""
    people = context.rubric.role_by_id[respondent.role].people and respondent.kind != "document"
    if not people or not respondent.answers or not context.document.data.get("submitted"):
        return
    asked = [question for question in owed if question.show_when is None or question.id in respondent.answers]
    given = [question.id for question in asked if question.id in respondent.answers]
    if len(given) < HALF * len(asked):
        message = f"'{respondent.id}' has submitted with {len(given)} of {len(asked)} questions answered"
        hint = "ask for the rest, or take submitted: out until it is finished"
        yield _warning(context, "half_filled", message, ("submitted",), hint)


def settled_shares(context: Context, settled: Mapping[str, Settlement], entries: Iterable[WrittenAnswer]) -> Problems:
    """The same of what was settled in a document."""
    found: list[Problem] = []
    for entry in entries:
        question = context.rubric.question_by_id.get(context.rubric.names.get(entry.name, ""))
        if question is not None and question.id in settled:
            found += _share(context, question, settled[question.id].answer, (*entry.route, "value"))
    return tuple(found)


def _share(context: Context, question: Question, answer: Answer, route: Route = ()) -> Iterator[Problem]:
    """A share of 1 where a percentage is asked for; without a route it stands where the question is answered."""
    number = answer.value
    if question.unit.strip().lower() not in PER_CENT or not isinstance(number, float):
        return
    if 0 < number < 1:
        message = f"{short(number, 6)} is read as {short(number, 6)} % for '{question.id}'"
        hint = f"write {short(100 * number, 6)} if that is the share that is meant"
        yield _warning(context, "unlikely", message, route or _answer_route(context, question.id), hint)


def _answer_route(context: Context, question: str) -> Route:
    """Where the value of an answer stands, in its short or long form."""
    route = route_of(context.rubric, context.document, question)
    return (*route, "value") if (*route, "value") in context.document.places else route


# Two files


def _copies(context: Context, told: RespondentDocuments) -> Iterator[Problem]:
    """Two people with the same answers in the same words; the second file is named."""
    first: dict[str, str] = {}
    for respondent, document in sorted(told, key=lambda pair: pair[0].id):
        if not _telling(respondent.answers):
            continue
        owner = first.setdefault(repr(sorted(respondent.answers.items())), respondent.id)
        if owner != respondent.id:
            message = f"'{respondent.id}' gives the {len(respondent.answers)} answers of '{owner}', word for word"
            hint = "ask whose they are: if the file was copied to be filled in, empty it; two who agreed may stay"
            here = context._replace(document=document)
            yield _warning(here, "copied", message, ("respondent",), hint)


def _telling(answers: Mapping[str, Answer]) -> bool:
    """Whether a file says so much that two alike are no chance."""
    if any(_in_words(answer) for answer in answers.values()):
        return len(answers) >= FEWEST_WITH_WORDS
    return len(answers) >= FEWEST_WITHOUT and len({str(answer.value) for answer in answers.values()}) > 1


def _in_words(answer: Answer) -> bool:
    """Whether somebody wrote something of their own beside or as an answer."""
    text = answer.value if isinstance(answer.value, str) and " " in answer.value else ""
    return bool(answer.note or answer.why or answer.evidence or text)

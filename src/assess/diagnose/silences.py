"""What nobody said: questions answered with "don't know" or declined, and questions not answered at all."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from assess.diagnose.case import DiagnoseContext
from assess.diagnose.quotes import DECLINED, NO_ANSWER, UNKNOWN, quote, too_few_text
from assess.model.findings import Finding, Quote
from assess.model.questions import Question
from assess.model.scorecard import ItemScore, NodeScore
from assess.numbers import TOLERANCE, counted, percent
from assess.words import listed, quoted


class Blind(NamedTuple):
    """Why an answer is not there: the title of the finding, what was said instead, and what follows."""

    title: str
    said: str
    says: str


def blind_spots(case: DiagnoseContext) -> tuple[Finding, ...]:
    """The questions, facts too, that somebody does not know or that were only declined; one finding each."""
    found = []
    for question in case.rubric.questions():
        item = case.item(question.id)
        if item.state == "hidden" or question.id in case.sheet.settled:
            continue
        unknown = {reading.role: reading.unknown for reading in item.roles if reading.unknown}
        if unknown:
            says = _consequence(case, question, item)
            found.append(_blind_spot(case, question, item, unknown, Blind("Not known", UNKNOWN, says)))
        elif declined := _declined(case, question):
            zero = case.compiled.items[question.id].when_missing_zero and item.weight
            counts = "as the worst answer until somebody answers" if zero else "as missing"
            says = f"It was declined, and nobody asked gave an answer; it counts {counts}."
            found.append(_blind_spot(case, question, item, declined, Blind("Declined", DECLINED, says)))
    return case.by_size(found)


def _blind_spot(
    case: DiagnoseContext, question: Question, item: ItemScore, silent: Mapping[str, int], blind: Blind
) -> Finding:
    who = listed(case.role(role) for role in silent)
    several, everybody = sum(silent.values()), sum(r.n + r.unknown + r.declined + r.na for r in item.roles)
    return Finding(
        id=f"blind_{question.id}",
        kind="blind_spot",
        node=item.node,
        title=f"{blind.title}: {case.title(item.node)}",
        says=f'"{question.text}" {blind.says}',
        quotes=tuple(quote(case, question, role, blind.said) for role in silent),
        question=question.id,
        size=100 * several / everybody,
        because=f"{several} of {counted(everybody, 'answer', 'answers')}: {blind.said.lower()} ({who})",
        criteria=(item.node,),
    )


def _declined(case: DiagnoseContext, question: Question) -> dict[str, int]:
    """How often each role declined a question that came up and that nobody it was put to answered otherwise."""
    roles = case.item(question.id).roles if _is_open(case, question) else ()
    return {reading.role: reading.declined for reading in roles if reading.invited and reading.declined}


def _consequence(case: DiagnoseContext, question: Question, item: ItemScore) -> str:
    if item.state in ("value", "na"):
        others = "the others say it does not apply" if item.state == "na" else "what the others say counts"
        return f"Some of those asked do not know; {others}."
    if item.state == "unknown" and question.unknown_as is not None:
        labels = case.rubric.wording(question).labels()
        return f"Nobody asked could say; it counts as {quoted(labels.get(question.unknown_as, question.unknown_as))}."
    if item.state == "unknown" and case.compiled.items[question.id].when_unknown_zero:
        return "Nobody asked could say; it counts as the worst answer."
    return "Nobody asked could say; it counts as missing."


def silences(case: DiagnoseContext) -> tuple[Finding, ...]:
    """The nodes with questions nobody answered, and those without a score; with the bounds of what is open."""
    found = []
    for name in case.rubric.node_by_id:
        score, unanswered = case.score(name), _unanswered(case, name)
        waits = not case.tree.node(name).spare
        if unanswered or (waits and score.value is None and score.low is not None):
            found.append(_silence(case, score, unanswered))
    return case.by_size(found)


def _unanswered(case: DiagnoseContext, name: str) -> list[Question]:
    """The questions of a node that came up and that nobody invited gave an answer to."""
    return [q for q in case.rubric.node_by_id[name].questions if q.required and _is_silent(case, q)]


def _is_silent(case: DiagnoseContext, question: Question) -> bool:
    """Whether a question came up and nobody it was put to said anything; one that was declined is a blind spot."""
    invited = case.compiled.items[question.id].invited
    return bool(invited) and _is_open(case, question) and not _declined(case, question)


def _is_open(case: DiagnoseContext, question: Question) -> bool:
    """Whether a question came up and nobody it was put to gave a value."""
    item = case.item(question.id)
    came_up = case.tree.asking(question.id).asked.sure
    answered = any(reading.invited and reading.n for reading in item.roles)
    return item.state == "missing" and came_up and not answered


def _silence(case: DiagnoseContext, score: NodeScore, unanswered: list[Question]) -> Finding:
    title = case.title(score.id)
    return Finding(
        id=f"silence_{score.id}",
        kind="silence",
        node=score.id,
        title=f"{_open_word(case, unanswered)}: {title}",
        says=" ".join(_told(case, score, unanswered)),
        quotes=tuple(_unasked(case, question) for question in unanswered),
        size=(score.high or 0.0) - (score.low or 0.0),
        because=_why(score, unanswered),
        criteria=(score.id,) if unanswered else (),
    )


def _open_word(case: DiagnoseContext, unanswered: list[Question]) -> str:
    """How a silence is titled: no answer, none that counts, or no score."""
    if not unanswered:
        return "Not scored"
    return "No answer that counts" if any(_left_out(case, question) for question in unanswered) else "Not answered"


def _told(case: DiagnoseContext, score: NodeScore, unanswered: list[Question]) -> Iterator[str]:
    named = case.quoted_title(score.id)
    if unanswered:
        counting = " that counts" if any(_left_out(case, question) for question in unanswered) else ""
        yield f"{counted(len(unanswered), 'question', 'questions')} about {named} got no answer{counting}."
    if score.low is None or score.high is None:
        return
    if score.value is None:
        yield f"{named} has no score."
    low, high = case.points(score.id, score.low, score.high), case.points(score.id, score.high, score.low)
    if score.high - score.low > TOLERANCE:
        yield f"With every answer it would lie between {low} and {high}."
    elif score.value is not None:
        yield f"The score is {low} whatever the answers are."


def _why(score: NodeScore, unanswered: list[Question]) -> str:
    answered = f"{percent(score.coverage)} of the weight is answered"
    return f"{answered}; {len(unanswered)} left open" if unanswered else answered


def _unasked(case: DiagnoseContext, question: Question) -> Quote:
    roles = listed(case.role(role) for role in case.compiled.items[question.id].invited)
    return Quote(roles, question.id, question.text, too_few_text(case) if _left_out(case, question) else NO_ANSWER)


def _left_out(case: DiagnoseContext, question: Question) -> bool:
    """Whether anonymous people were asked of whom too few answered to be counted."""
    return any(case.sheet.unheard(question.id, role) for role in case.compiled.items[question.id].invited)

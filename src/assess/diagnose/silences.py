"""What nobody said: questions answered with "don't know", and questions not answered at all."""

from collections.abc import Iterator

from assess.diagnose.case import TOLERANCE, Case, listed
from assess.diagnose.quotes import NO_ANSWER, UNKNOWN, quote, withheld
from assess.model.findings import Finding, Quote
from assess.model.questions import Question
from assess.model.rubric import ROOT
from assess.model.scorecard import ItemScore, NodeScore, RoleReading
from assess.numbers import counted, percent


def blind_spots(case: Case) -> tuple[Finding, ...]:
    """The questions, facts too, that somebody answered with "don't know"; one finding each, the roles named."""
    found = []
    for question in case.rubric.questions():
        item = case.item(question.id)
        blind = [reading for reading in item.roles if reading.unknown]
        if blind and item.state != "hidden" and question.id not in case.sheet.settled:
            found.append(_blind_spot(case, question, item, blind))
    return case.by_size(found)


def _blind_spot(case: Case, question: Question, item: ItemScore, blind: list[RoleReading]) -> Finding:
    named = [reading.role for reading in blind if not withheld(case, question.id, reading.role)]
    who = listed([case.role(role) for role in named] + ["a small group"] * (len(named) < len(blind)))
    unknown = sum(reading.unknown for reading in blind)
    everybody = sum(r.n + r.unknown + r.declined + r.na for r in item.roles)
    return Finding(
        id=f"blind_{question.id}",
        kind="blind_spot",
        node=item.node,
        title=f"Not known: {case.title(item.node)}",
        says=f'"{question.text}" {_consequence(case, question, item)}',
        quotes=tuple(quote(case, question, role, UNKNOWN) for role in named),
        question=question.id,
        size=100 * unknown / everybody,
        because=f"{unknown} of {counted(everybody, 'answer', 'answers')}: don't know ({who})",
        criteria=(item.node,),
    )


def _consequence(case: Case, question: Question, item: ItemScore) -> str:
    if item.state in ("value", "na"):
        others = "the others say it does not apply" if item.state == "na" else "what the others say counts"
        return f"Some of those asked do not know; {others}."
    if item.state == "unknown" and question.unknown_as is not None:
        labels = {option.key: option.label for option in case.rubric.options_of(question)}
        return f"Nobody asked could say; it counts as {labels.get(question.unknown_as, question.unknown_as)}."
    if item.state == "unknown" and case.compiled.items[question.id].when_unknown_zero:
        return "Nobody asked could say; it counts as the worst answer."
    return "Nobody asked could say; it counts as missing."


def silences(case: Case) -> tuple[Finding, ...]:
    """The nodes with questions nobody answered, and those without a score; with the bounds of what is open."""
    found = []
    for name in (ROOT, *(node.id for node in case.rubric.nodes())):
        score, unanswered = case.score(name), _unanswered(case, name)
        if unanswered or (score.value is None and score.low is not None):
            found.append(_silence(case, score, unanswered))
    return case.by_size(found)


def _unanswered(case: Case, name: str) -> list[Question]:
    """The questions of a node that came up and that nobody invited gave an answer to."""
    node = case.rubric.node_by_id.get(name)
    return [q for q in (node.questions if node else ()) if _is_due(case, q) and _is_silent(case, q)]


def _is_due(case: Case, question: Question) -> bool:
    return question.required or case.rubric.scored(question)


def _is_silent(case: Case, question: Question) -> bool:
    item, rule = case.item(question.id), case.compiled.items[question.id]
    came_up = rule.visible is None or case.tree.test(rule.visible).sure
    answered = any(reading.invited and reading.n for reading in item.roles)
    return item.state == "missing" and came_up and bool(rule.invited) and not answered


def _silence(case: Case, score: NodeScore, unanswered: list[Question]) -> Finding:
    title = case.title(score.id)
    return Finding(
        id=f"silence_{score.id}",
        kind="silence",
        node=score.id,
        title=f"Not answered: {title}" if unanswered else f"Not scored: {title}",
        says=" ".join(_told(case, score, unanswered)),
        quotes=tuple(_unasked(case, question) for question in unanswered),
        size=(score.high or 0.0) - (score.low or 0.0),
        because=_why(score, unanswered),
        criteria=(score.id,) if unanswered else (),
    )


def _told(case: Case, score: NodeScore, unanswered: list[Question]) -> Iterator[str]:
    title = case.title(score.id)
    if unanswered:
        yield f"{counted(len(unanswered), 'question', 'questions')} about {title} got no answer."
    if score.low is None or score.high is None:
        return
    if score.value is None:
        yield f"{title} has no score."
    low, high = case.points(score.id, score.low), case.points(score.id, score.high)
    if score.high - score.low > TOLERANCE:
        yield f"With every answer it would lie between {low} and {high}."
    elif score.value is not None:
        yield f"The score is {low} whatever the answers are."


def _why(score: NodeScore, unanswered: list[Question]) -> str:
    answered = f"{percent(score.coverage)} of the weight is answered"
    return f"{answered}; {len(unanswered)} left open" if unanswered else answered


def _unasked(case: Case, question: Question) -> Quote:
    roles = listed(case.role(role) for role in case.compiled.items[question.id].invited)
    return Quote(roles, question.id, question.text, NO_ANSWER)

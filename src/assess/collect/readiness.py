"""What is still missing before an engagement can be reported on: open questions, and roles thin or not heard at all."""

from collections.abc import Iterable, Mapping, Sequence

from assess.collect.evidence import at_answer
from assess.collect.raw import Collected, Respondent
from assess.formula import Evaluation, evaluate_sheet
from assess.model.answers import AnswerSheet
from assess.model.questions import Question, Role
from assess.model.rubric import Rubric
from assess.model.scorecard import Scorecard
from assess.numbers import TOLERANCE, percent
from assess.problems import Problem, listing

FEWEST = 3
_HALF = 2


def readiness(rubric: Rubric, sheet: Collected, counting: AnswerSheet) -> tuple[Problem, ...]:
    """Required questions nobody asked has answered, roles of which few or none have, and answers nobody asked for."""
    return _readiness(rubric, sheet, counting, frozenset())


def open_readiness(rubric: Rubric, sheet: Collected, counting: AnswerSheet) -> tuple[Problem, ...]:
    """The same as it may leave: of roles with anonymous people only how many took part."""
    return _readiness(
        rubric, sheet, counting, frozenset(person.role for person in sheet.respondents if person.anonymous)
    )


def _readiness(rubric: Rubric, sheet: Collected, counting: AnswerSheet, hidden: frozenset[str]) -> tuple[Problem, ...]:
    """counting: the answers that count. hidden: roles of which it is not told what they answered."""
    tree = evaluate_sheet(rubric, counting)
    heads, invited = _heads(sheet), sheet.engagement.invited
    open_questions = [
        _unanswered(tree, rubric.role_by_id[role], home, questions)
        for (role, home), questions in _owed(tree, sheet).items()
        if role not in hidden
    ]
    thin = (_thin(role, heads.get(role.id, 0), invited.get(role.id)) for role in rubric.roles)
    unasked = (_unasked(rubric, sheet, role) for role in rubric.roles if role.id not in hidden)
    return (*open_questions, *(p for found in (thin, unasked, [_unheard(rubric, sheet)]) for p in found if p))


def left_out(rubric: Rubric, scorecard: Scorecard, people: Sequence[Respondent] = ()) -> tuple[Problem, ...]:
    """A warning for every principle of whose weight more was called not applicable than the rubric allows.

    It stands where the first of these people said so; an anonymous one is never pointed at.
    """
    named = [person for person in people if not person.anonymous]
    found: list[Problem] = []
    for principle in rubric.principles:
        names = _not_applicable(scorecard, principle.id)
        share = sum(names.values())
        if share * 100 > rubric.policies.na_share + TOLERANCE:
            message = f"{percent(share)} of '{principle.title}' ({principle.id}) does not apply; its score says little"
            hint = f"ask again whether these really do not apply: {listing(tuple(names))}"
            told = Problem("na_share", message, hint=hint, severity="warning")
            places = (
                at_answer(rubric, person, name, told) for name in names for person in named if _is_na(person, name)
            )
            found += next(filter(None, places), (told,))
    return tuple(found)


def _is_na(person: Respondent, question: str) -> bool:
    return question in person.answers and person.answers[question].state == "na"


def _not_applicable(scorecard: Scorecard, node: str, weight: float = 1.0) -> dict[str, float]:
    """The questions below a node that were called not applicable, with their share of its weight."""
    found: dict[str, float] = {}
    for child in scorecard.scores[node].children:
        if child in scorecard.scores:
            found |= _not_applicable(scorecard, child, weight * scorecard.scores[child].weight)
        elif scorecard.items[child].state == "na":
            found[child] = weight * (scorecard.items[child].share or 0.0)
    return found


def _owed(tree: Evaluation, sheet: Collected) -> Mapping[tuple[str, str], list[Question]]:
    """The questions that are outstanding, by role and criterion, roles in the order of the rubric.

    A role that takes part (it answered, or it is invited) owes every question put to it; what is put only to roles
    that take no part is owed by the first of them. What was surely put to nobody in a role is not owed; what may be
    hidden is said apart.
    """
    rubric, present = tree.compiled.rubric, _present(sheet)
    found: dict[tuple[str, str], list[Question]] = {}
    for question in rubric.questions():
        if question.required and question.id not in sheet.settled:
            for role in _owing(rubric, sheet, question, present):
                if tree.asking(question.id).of(role).possible:
                    found.setdefault((role, rubric.home_of[question.id]), []).append(question)
    order = {role.id: place for place, role in enumerate(rubric.roles)}
    return dict(sorted(found.items(), key=lambda item: order[item[0][0]]))


def _asked(rubric: Rubric) -> frozenset[str]:
    """The roles that any question is put to."""
    return frozenset(role for question in rubric.questions() for role in rubric.asked(question))


def _heads(sheet: Collected) -> Mapping[str, int]:
    """How many have answered, per role that did."""
    heads: dict[str, int] = {}
    for respondent in sheet.respondents:
        heads[respondent.role] = heads.get(respondent.role, 0) + 1
    return heads


def _present(sheet: Collected) -> frozenset[str]:
    """The roles that take part: they answered, or they are invited."""
    return frozenset({*_heads(sheet), *(role for role, amount in sheet.engagement.invited.items() if amount)})


def _owing(rubric: Rubric, sheet: Collected, question: Question, present: Iterable[str]) -> Sequence[str]:
    """The roles whose answer to a question is outstanding."""
    asked = rubric.asked(question)
    taking_part = [role for role in asked if role in present]
    answered = {respondent.role for respondent, _ in sheet.answers(question.id)}
    if taking_part:
        return [role for role in taking_part if role not in answered]
    people = [role for role in asked if rubric.role_by_id[role].people]
    return [*people, *asked][:1]


def _unanswered(tree: Evaluation, role: Role, home: str, questions: Sequence[Question]) -> Problem:
    node = tree.compiled.rubric.node_by_id[home]
    sure = [question.id for question in questions if tree.asking(question.id).of(role.id).sure]
    perhaps = [question.id for question in questions if question.id not in sure]
    parts = [", ".join(sure), f"where they are shown, {', '.join(perhaps)}" if perhaps else ""]
    which = "; and ".join(part for part in parts if part)
    message = f"{role.title} ({role.id}) has not answered, on '{node.title}' ({home}): {which}"
    hint = f"ask somebody in that role, or write {{unknown: true}} in the answers of {role.id}"
    return Problem("unanswered", message, hint=hint, severity="warning" if sure else "note")


def _unasked(rubric: Rubric, sheet: Collected, role: Role) -> Problem | None:
    """The questions a role answered that are not put to it."""
    given = {name for person in sheet.respondents if person.role == role.id for name in person.answers}
    found = [q.id for q in rubric.questions() if q.id in given and role.id not in rubric.asked(q)]
    if not found:
        return None
    message = f"{role.title} ({role.id}) answered what it is not asked: {listing(found)}"
    hint = "these answers count in disagreements and contradictions only, and in no mean"
    return Problem("unasked", message, hint=hint, severity="note")


def _unheard(rubric: Rubric, sheet: Collected) -> Problem | None:
    """The roles the rubric asks that take no part."""
    silent = _asked(rubric) - _present(sheet)
    absent = [f"{role.title} ({role.id})" for role in rubric.roles if role.id in silent]
    if not absent:
        return None
    message = f"asked by the rubric, but neither invited nor heard: {listing(absent, len(absent))}"
    hint = "ask somebody in that role, or say in the report that it was not heard"
    return Problem("unheard", message, hint=hint, severity="note")


def _thin(role: Role, heads: int, invited: int | None) -> Problem | None:
    few_of_many = invited is not None and heads * _HALF < invited
    few = role.people and heads < FEWEST and bool(heads or invited)
    if not few_of_many and not few:
        return None
    of = f" of {invited} invited" if invited else ""
    message = f"{role.title} ({role.id}): {heads}{of} answered; what this role says stands for few"
    ask = "invite more of them" if invited is not None and heads >= invited else "remind those who have not answered"
    hint = f"{ask}, or say in the report how few they are"
    return Problem("thin_role", message, hint=hint, severity="note")

"""How far everybody is: per role what is asked, answered and open, and per respondent whose name is no secret.

What somebody was asked is told by the answers that count; what somebody answered, by the files.
"""

from collections.abc import Sequence
from typing import NamedTuple

from assess.collect.inline import is_anonymous
from assess.collect.raw import Collected, Respondent
from assess.formula import Evaluation, evaluate_sheet
from assess.formula.asked import truth_for
from assess.formula.certainty import AnonymousGroup, groups
from assess.model.answers import AnswerSheet, Voice
from assess.model.questions import Role
from assess.model.rubric import Rubric


class Turnout(NamedTuple):
    """One role: how many were invited (None where nobody said so), how many answered, and what they still owe.

    asked: required questions that were put to somebody of this role. open: those among them that nobody to whom they
    were put has answered and that were not settled.
    """

    role: str
    title: str
    invited: int | None
    answered: int
    asked: int
    open: int


class Progress(NamedTuple):
    """How far a respondent is; several in one row where they are not told apart, and then `respondent` is empty.

    asked, answered: required questions put to the respondent, and those answered; None for people of anonymous roles.
    files, drafts: how many files this row stands for, and how many of them were not submitted. put, counting: how many
    questions were put to a group, and on how many its answers count; None for others.
    """

    respondent: str
    role: str
    title: str
    files: int
    invited: int | None
    drafts: int
    asked: int | None
    answered: int | None
    put: int | None = None
    counting: int | None = None


def turnout(rubric: Rubric, collected: Collected, sheet: AnswerSheet) -> tuple[Turnout, ...]:
    """Every role that answered, is invited or is asked something, in the order of the rubric."""
    tree, invited = evaluate_sheet(rubric, sheet), sheet.engagement.invited
    asked = {role for question in rubric.questions() for role in rubric.asked(question)}
    rows = []
    for role in rubric.roles:
        people = [who for who in collected.respondents if who.role == role.id]
        put = [name for name in _owed(rubric, role) if tree.asking(name).of(role.id).sure]
        open_ones = [
            name for name in put if name not in sheet.settled and not _is_answered(tree, collected, people, name)
        ]
        if role.id in asked or people or invited.get(role.id):
            rows.append(Turnout(role.id, role.title, invited.get(role.id), len(people), len(put), len(open_ones)))
    return tuple(rows)


def _owed(rubric: Rubric, role: Role) -> list[str]:
    """The questions a role has to answer where they are asked."""
    return [question.id for question in rubric.questions() if question.required and role.id in rubric.asked(question)]


def _is_answered(tree: Evaluation, collected: Collected, people: Sequence[Respondent], name: str) -> bool:
    """Whether one of these people answered a question that was put to them; of a group everybody who answered."""
    given = [who for who in people if name in who.answers]
    return any(collected.is_shy(who) or _was_asked(tree, who, name) for who in given)


def _was_asked(tree: Evaluation, who: Respondent, name: str) -> bool:
    return truth_for(tree, name, Voice(who.role, who.answers)).sure


def progress(rubric: Rubric, collected: Collected, sheet: AnswerSheet) -> tuple[Progress, ...]:
    """A row for each named respondent; one for the anonymous people of a role, and one for all files of a register."""
    tree = evaluate_sheet(rubric, sheet)
    crowds = {group.role: group for group in groups(tree, sheet, rubric.questions())}
    rows: list[Progress] = []
    for role in rubric.roles:
        everybody = [who for who in collected.respondents if who.role == role.id]
        shy = [who for who in everybody if role.people and who.anonymous]
        named = [who for who in everybody if who not in shy]
        if role.people:
            rows += (_row(tree, role, [who])._replace(respondent=who.id) for who in named)
        elif named:
            rows.append(_row(tree, role, named))
        invited = sheet.engagement.invited.get(role.id) if is_anonymous(rubric, role.id) else None
        if shy or invited:
            rows.append(_crowd(role, shy, invited, crowds.get(role.id)))
    return tuple(rows)


def _row(tree: Evaluation, role: Role, people: Sequence[Respondent]) -> Progress:
    put = {name: [w for w in people if _was_asked(tree, w, name)] for name in _owed(tree.compiled.rubric, role)}
    answered = sum(any(name in who.answers for who in asked) for name, asked in put.items())
    drafts = sum(who.draft for who in people)
    return Progress("", role.id, role.title, len(people), None, drafts, sum(map(bool, put.values())), answered)


def _crowd(role: Role, people: Sequence[Respondent], invited: int | None, group: AnonymousGroup | None) -> Progress:
    """The anonymous people of a role in one row."""
    row = Progress("", role.id, role.title, len(people), invited, sum(who.draft for who in people), None, None)
    return row._replace(put=group.asked, counting=group.counting) if group else row

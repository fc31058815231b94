"""How far everybody is: per role what is asked, answered and open, and per respondent whose name is no secret."""

from collections.abc import Sequence
from typing import NamedTuple

from assess.collect.counting import everything
from assess.collect.raw import Collected, Respondent
from assess.formula.certainty import Cell, cells
from assess.model.questions import Role
from assess.model.rubric import Rubric


class Turnout(NamedTuple):
    """One role: how many were invited (None where nobody said so), how many answered, and what they still owe.

    asked: required questions put to this role that are shown. open: those among them that nobody in it has answered
    and that were not settled.
    """

    role: str
    title: str
    invited: int | None
    answered: int
    asked: int
    open: int


class Progress(NamedTuple):
    """How far a respondent is; several in one row where they are not told apart, and then `respondent` is empty.

    asked, answered: questions put to the role, and those answered; None for people of anonymous roles.
    files, drafts: how many files this row stands for, and how many of them were not submitted.
    """

    respondent: str
    role: str
    title: str
    files: int
    invited: int | None
    drafts: int
    asked: int | None
    answered: int | None


def turnout(rubric: Rubric, sheet: Collected) -> tuple[Turnout, ...]:
    """Every role that answered, is invited or is asked something, in the order of the rubric."""
    found, invited = cells(rubric, everything(sheet)), sheet.engagement.invited
    asked = {role for question in rubric.questions() for role in rubric.asked(question)}
    rows = []
    for role in rubric.roles:
        heard = sum(who.role == role.id for who in sheet.respondents)
        own = [cell for cell in found if cell.role == role.id]
        left = sum(not cell.answered and cell.question not in sheet.settled for cell in own)
        if role.id in asked or heard or invited.get(role.id):
            rows.append(Turnout(role.id, role.title, invited.get(role.id), heard, len(own), left))
    return tuple(rows)


def progress(rubric: Rubric, sheet: Collected) -> tuple[Progress, ...]:
    """A row for each named respondent; one for the anonymous people of a role, and one for all files of a register."""
    found = cells(rubric, everything(sheet))
    hidden = {rubric.names.get(name, name) for name in rubric.policies.anonymous}
    rows: list[Progress] = []
    for role in rubric.roles:
        everybody = [who for who in sheet.respondents if who.role == role.id]
        own = [cell for cell in found if cell.role == role.id]
        shy = [who for who in everybody if role.people and (who.anonymous or role.id in hidden)]
        named = [who for who in everybody if who not in shy]
        if role.people:
            rows += (_row(role, [who], own)._replace(respondent=who.id) for who in named)
        elif everybody:
            rows.append(_row(role, everybody, own))
        invited = sheet.engagement.invited.get(role.id) if role.id in hidden else None
        if shy or invited:
            rows.append(_row(role, shy, [])._replace(invited=invited, asked=None, answered=None))
    return tuple(rows)


def _row(role: Role, people: Sequence[Respondent], own: Sequence[Cell]) -> Progress:
    given = {name for who in people for name in who.answers}
    answered = sum(cell.question in given for cell in own)
    drafts = sum(who.draft for who in people)
    return Progress("", role.id, role.title, len(people), None, drafts, len(own), answered)

"""How long a role sits over its questions, against the minutes the rubric allows itself."""

from itertools import pairwise

from assess.authoring.check.context import Found, Subject
from assess.minutes import sittings
from assess.numbers import short


def budgets(subject: Subject) -> Found:
    """No role is asked for more minutes than the rubric says it takes."""
    for one in sittings(subject.rubric):
        if one.over and one.minutes is not None and one.budget is not None:
            where = f" of tier {one.tier}" if one.tier else ""
            message = (
                f"the questions{where} take '{one.role}' about {short(one.minutes)} minutes, of {short(one.budget)}"
            )
            hint = f"shorten or drop some: assess rubric show {subject.rubric.id} --roles"
            yield subject.found("over_budget", message, one.role, "minutes", hint=hint, severity="warning")


def falling_budgets(subject: Subject) -> Found:
    """A tier has as many minutes as those before it, which it holds."""
    tiers = subject.rubric.tiers
    for role in subject.rubric.roles:
        given = [(tier, role.minutes[tier]) for tier in tiers if tier in role.minutes]
        for (before, more), (tier, less) in pairwise(given):
            if less < more:
                message = f"'{role.id}' has {short(less)} minutes for tier {tier}, and {short(more)} for {before} in it"
                hint = f"see whether the two were exchanged; {tier} asks all that {before} asks"
                yield subject.found("over_budget", message, role.id, "minutes", tier, hint=hint, severity="warning")


def budgets_of_logs(subject: Subject) -> Found:
    """Only people have minutes."""
    for role in subject.rubric.roles:
        if role.minutes and not role.people:
            message = f"'{role.id}' is no people, and its questions take nobody's time"
            hint = "take `minutes` out"
            yield subject.found("idle_setting", message, role.id, "minutes", hint=hint, severity="warning")


MINUTE_RULES = (budgets, falling_budgets, budgets_of_logs)

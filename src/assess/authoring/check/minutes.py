"""How long a role sits over its questions, against the minutes the rubric allows itself."""

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


MINUTE_RULES = (budgets,)

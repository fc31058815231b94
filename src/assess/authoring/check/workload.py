"""Initiatives as work: who can own it, whether it fits into its weeks, and what ends it."""

import re

from assess.authoring.check.context import Found, Subject
from assess.numbers import short

WORKDAYS = 5
# A text that only says that things go on, and the words by which it would say when they do not.
GOES_ON = re.compile(
    r"(keep|go on|continue|repeat|refresh|review|renew|update|maintain|always|never|every|each|once (a|an|per|every)|"
    r"(daily|weekly|monthly|quarterly|yearly|annually|twice|permanent|ongoing|none|no end))\b",
    re.IGNORECASE,
)
ENDS = re.compile(
    r"\b(stop|end|close|drop|fold|merge|replace|retire|dissolve|delete|archive|strike|withdraw|discard|remove|cancel|"
    r"abandon|abolish|finish|hand|shorten|shut|wind|freeze|leave|cease|done|enough|only)(s|d|ed|es|ped|ing)?\b|"
    r"\b(if|when|while|until|unless|as (soon|long) as|once (?!(a|an|per|every)\b))\b",
    re.IGNORECASE,
)


def owners(subject: Subject) -> Found:
    """Work is owned by people who can be named."""
    rubric = subject.rubric
    anonymous = rubric.policies.anonymous
    for initiative in rubric.initiatives:
        role = rubric.role_by_id[initiative.owner]
        if not role.people:
            message = f"'{role.id}' is no people, so nobody does '{initiative.id}'"
            hint = "name a role of people as its owner"
            yield subject.found("unable_owner", message, initiative.id, "owner", hint=hint)
        elif role.id in anonymous:
            message = f"'{role.id}' answers anonymously, so no one in it can be given '{initiative.id}'"
            hint = "name a role of the organization as its owner"
            yield subject.found("unable_owner", message, initiative.id, "owner", hint=hint, severity="warning")


def deciders(subject: Subject) -> Found:
    """What is to be decided at once is decided by people."""
    rubric = subject.rubric
    asked = [(gate.id, gate.decision) for gate in rubric.all_gates()]
    asked += [(clash.id, clash.decision) for clash in rubric.all_clashes()]
    for name, decision in asked:
        role = rubric.role_by_id[rubric.names[decision.who]] if decision else None
        if role and not role.people:
            message = f"'{role.id}' is no people, so nobody decides what '{name}' asks for"
            hint = "name a role of people"
            yield subject.found("unable_owner", message, name, "decision", "who", hint=hint, severity="warning")


def efforts(subject: Subject) -> Found:
    """The owner's work fits into the weeks of an initiative, at five days a week."""
    for initiative in subject.rubric.initiatives:
        most = initiative.own_days().high
        pace = most / initiative.weeks
        if pace > WORKDAYS:
            message = f"'{initiative.id}' takes up to {short(most, 1)} days of its owner in {initiative.weeks} weeks"
            message += f", {short(pace, 1)} a week"
            hint = "give it more weeks, or less work: the owner has five days a week at most"
            yield subject.found("effort", message, initiative.id, "weeks", hint=hint, severity="note")


def horizons(subject: Subject) -> Found:
    """An initiative ends within the time that is planned."""
    plan = subject.rubric.policies.plan
    for initiative in subject.rubric.initiatives:
        if initiative.weeks > plan.periods * plan.weeks:
            message = f"'{initiative.id}' takes {initiative.weeks} weeks; a plan has {plan.periods} times {plan.weeks}"
            hint = "divide it, or plan further ahead in `policies.plan`"
            yield subject.found("effort", message, initiative.id, "weeks", hint=hint, severity="note")


def exits(subject: Subject) -> Found:
    """What is printed as the end of an initiative ends it; English rubrics only."""
    if not subject.is_english:
        return
    for initiative in subject.rubric.initiatives:
        for key, text in (("exit", initiative.exit), ("stop_when", initiative.stop_when)):
            if GOES_ON.match(text) and not ENDS.search(text):
                message = f"`{key}` of '{initiative.id}' says that it goes on, and not when it ends"
                hint = (
                    f"say what ends it, such as `Stop when two quarters pass without a reader.`, or leave `{key}` out"
                )
                yield subject.found("endless_exit", message, initiative.id, key, hint=hint, severity="note")


WORKLOAD_RULES = (owners, deciders, efforts, horizons, exits)

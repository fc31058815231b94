"""What contradicts itself among the decisions of an engagement, or cannot be carried out whatever was answered."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from assess.collect.decided import WrittenDecision
from assess.formula.initiatives import plan_policy
from assess.model.decisions import (
    REWORDED,
    STEERING,
    Decisions,
    FindingDecision,
    InitiativeDecision,
    OwnWords,
    PlanSteering,
)
from assess.model.engagement import Engagement
from assess.model.rubric import Rubric
from assess.numbers import short
from assess.problems import Problem, listing

DEFAULT = "default"
MOST_DAYS = 10_000
"""Person-days of one owner that no initiative takes: forty years of work."""
_A_WEEK = datetime.timedelta(weeks=1)
_A_DAY = datetime.timedelta(days=1)


class _Steered(NamedTuple):
    """An entry about an initiative where it is written, with all that was decided about initiatives."""

    rubric: Rubric
    engagement: Engagement
    written: WrittenDecision
    entry: InitiativeDecision
    steering: PlanSteering

    @property
    def name(self) -> str:
        """The initiative, as it goes by."""
        return self.called(self.entry.initiative)

    def called(self, initiative: str) -> str:
        """Code, else id, of an initiative in quotes."""
        return f"'{self.rubric.whole.initiative_by_id[initiative].code or initiative}'"

    def contradiction(self, message: str, key: str, hint: str) -> Problem:
        """A contradiction at a key of the entry."""
        return self.written.problem("decision", message, key, hint=hint)


def decision_problems(
    rubric: Rubric, engagement: Engagement, written: Sequence[WrittenDecision], decisions: Decisions
) -> Iterator[Problem]:
    """Every contradiction among fitted decisions, and a warning for each that changes nothing."""
    yield from _said_twice(written)
    steering = decisions.steering
    for each in written:
        if isinstance(each.entry, InitiativeDecision):
            steered = _Steered(rubric, engagement, each, each.entry, steering)
            for rule in STEERING_CHECKS:
                yield from rule(steered)
        elif isinstance(each.entry, FindingDecision):
            yield from _about_finding(engagement, each, each.entry)


def _about(each: WrittenDecision) -> str:
    """What a decision is about: of each kind the ids are apart."""
    entry = each.entry
    if isinstance(entry, OwnWords):
        return f"node {entry.node}"
    return entry.initiative if isinstance(entry, InitiativeDecision) else f"finding {entry.finding}"


def _keys(each: WrittenDecision) -> tuple[str, ...]:
    return ("text",) if isinstance(each.entry, OwnWords) else tuple(each.entry.says())


def _said_twice(written: Iterable[WrittenDecision]) -> Iterator[Problem]:
    """The same decided twice: nobody knows which of the two counts."""
    first: dict[tuple[str, str], WrittenDecision] = {}
    for each in written:
        for key in _keys(each):
            before = first.setdefault((_about(each), key), each)
            if before is not each:
                message = f"'{key}' of {_about(each)} is decided at {before.place} already"
                hint = "keep the one that holds; who decided otherwise before may stand in `why`"
                yield each.problem("duplicate_id", message, key, hint=hint)


def _idle(case: _Steered) -> Iterator[Problem]:
    """An entry that decides nothing, or about what is finished."""
    if not case.entry.says():
        message = f"the entry on {case.name} decides nothing"
        hint = f"add what was decided ({listing(STEERING)}), or take the entry out"
        yield case.contradiction(message, "initiative", hint)
    elif case.entry.initiative in case.engagement.done:
        message = f"{case.name} is done; what was decided about it changes nothing"
        hint = "take the entry out, or the initiative out of `done`"
        yield case.written.problem("idle_decision", message, "initiative", hint=hint, severity="warning")


def _pinned_and_excluded(case: _Steered) -> Iterator[Problem]:
    if case.entry.pin and case.entry.initiative in case.steering.excluded:
        yield case.contradiction(f"{case.name} is pinned and excluded", "pin", "keep one of the two")


def _excluded(case: _Steered) -> Iterator[Problem]:
    """What else is decided about an initiative that is left out: it changes nothing."""
    more = [key for key in case.entry.says() if key not in ("pin", "exclude")]
    if more and case.entry.initiative in case.steering.excluded:
        message = f"{case.name} is left out by decision; {listing([f'`{key}`' for key in more])} changes nothing"
        hint = "take it out, or `exclude`"
        yield case.written.problem("idle_decision", message, more[0], hint=hint, severity="warning")


def _owner(case: _Steered) -> Iterator[Problem]:
    """An owner who cannot do anything."""
    role = case.rubric.whole.role_by_id.get(case.entry.owner or "")
    if role is None:
        return
    nameless = "" if role.people else "no people"
    if role.id in case.rubric.policies.anonymous:
        nameless = "people who answer anonymously, of whom nobody is known"
    if nameless:
        message = f"'{role.id}' cannot do {case.name}: the role is {nameless}"
        able = [r.id for r in case.rubric.whole.roles if r.people and r.id not in case.rubric.policies.anonymous]
        yield case.contradiction(message, "owner", f"one of: {listing(able, most=12)}")


def _no_capacity(case: _Steered) -> Iterator[Problem]:
    """A pinned initiative whose owner has no time at all: a pin wins over limits, not over that."""
    initiative = case.rubric.whole.initiative_by_id[case.entry.initiative]
    owner = case.steering.owners.get(initiative.id, initiative.owner)
    given = case.engagement.capacity
    days = given.get(owner, given.get(DEFAULT, plan_policy(case.rubric, case.engagement).capacity))
    effort = case.steering.efforts.get(initiative.id) or initiative.own_days()
    if case.entry.pin and not days and effort.high:
        message = f"{case.name} is pinned, and '{owner}', who does it, has 0 person-days in a period"
        hint = f"give '{owner}' days in `capacity`, or the initiative another `owner`"
        yield case.contradiction(message, "pin", hint)


def _effort(case: _Steered) -> Iterator[Problem]:
    """Days of work that nobody can mean: the higher number first, or more than fill a working life."""
    found = case.entry.effort
    if found and found.low > found.high:
        message = f"the effort of {case.name} goes from {short(found.low)} to {short(found.high)} person-days"
        yield case.contradiction(message, "effort", "write the lower number first")
    elif found and found.high > MOST_DAYS:
        message = f"the effort of {case.name} is more than {MOST_DAYS} person-days"
        yield case.contradiction(message, "effort", "write the person-days of its owner")


def _days(case: _Steered) -> Iterator[Problem]:
    """Days outside the plan, or in the wrong order."""
    entry, steering = case.entry, case.steering
    first, last = plan_days(case.rubric, case.engagement)
    for key, day in (("not_before", entry.not_before), ("not_after", entry.not_after)):
        if day is not None and not first <= day <= last:
            message = (
                f"{day} lies outside of the plan, which goes from {first} to {last}: {case.name} cannot start then"
            )
            yield case.contradiction(message, key, "name a day of the plan, or take it out")
    before, after = entry.not_before, steering.latest.get(entry.initiative)
    if before and after and before > after:
        message = f"{case.name} may not start before {before} nor after {after}"
        yield case.contradiction(message, "not_before", f"make `not_after` {before} or later")


def _circle(case: _Steered) -> Iterator[Problem]:
    """An initiative that waits for one which waits for it."""
    known = case.rubric.whole.initiative_by_id
    waits = {name: {*known[name].needs, *case.steering.after.get(name, ())} & known.keys() for name in known}
    for place, name in enumerate(case.entry.after):
        if name == case.entry.initiative:
            message = f"{case.name} is to start after itself"
            yield case.written.problem("decision", message, "after", place, hint="take it out of `after`")
        elif case.entry.initiative in reached_from(name, waits):
            message = f"{case.name} is to start after {case.called(name)}, which waits for it"
            yield case.written.problem("decision", message, "after", place, hint="take one of the two out")


STEERING_CHECKS = (_idle, _pinned_and_excluded, _excluded, _owner, _no_capacity, _effort, _days, _circle)


def reached_from(name: str, ways: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """All that is reached from a place, itself aside unless a circle leads back."""
    found: set[str] = set()
    waiting = [*ways.get(name, ())]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += ways.get(current, ())
    return frozenset(found)


def plan_days(rubric: Rubric, engagement: Engagement) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of the plan; the last day there is for plans beyond it."""
    first, policy = engagement.start_on or engagement.assessed_on, plan_policy(rubric, engagement)
    ordinal = first.toordinal() + (policy.periods * policy.weeks * _A_WEEK - _A_DAY).days
    return first, datetime.date.fromordinal(min(ordinal, datetime.date.max.toordinal()))


def _about_finding(engagement: Engagement, each: WrittenDecision, entry: FindingDecision) -> Iterator[Problem]:
    """An entry that decides nothing or too much, and an acceptance that has ended or never could begin."""
    said = entry.says()
    if not said:
        hint = f"add accept_until, hide, or other words ({listing(tuple(REWORDED))}), or take the entry out"
        yield each.problem("decision", f"the entry on '{entry.finding}' decides nothing", "finding", hint=hint)
    if entry.hide and len(said) > 1:
        message = f"'{entry.finding}' is left out of the papers, and {listing(tuple(k for k in said if k != 'hide'))}"
        yield each.problem("decision", f"{message} is decided too", "hide", hint="keep one of them")
    if entry.accept_until and entry.finding.startswith("strength_"):
        yield each.problem("decision", f"'{entry.finding}' is nothing to accept", "accept_until", hint="take it out")
    elif entry.accept_until and entry.dated and entry.accept_until < entry.dated:
        message = f"accepted until {entry.accept_until}, which was over when it was decided, on {entry.dated}"
        yield each.problem("decision", message, "accept_until", hint="correct one of the two days")
    elif entry.accept_until and not entry.accepts(engagement.assessed_on):
        message = f"'{entry.finding}' was accepted until {entry.accept_until} by {entry.who}; it is a finding again"
        hint = "decide anew and give another day, or take the entry out"
        yield each.problem("expired", message, "accept_until", hint=hint, severity="warning")

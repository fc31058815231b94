"""Facts as JSON values, with what somebody has to decide."""

from datetime import date

from assess.model.facts import Facts, FoundFact
from assess.model.finding_texts import Decision
from assess.model.roadmap import Plan


def decision_json(decision: Decision | None) -> dict[str, object] | None:
    """What somebody has to decide: `stop`, `hold` or `allow`, what, and the role; null without one."""
    return {"verb": decision.verb, "what": decision.what, "who": decision.who} if decision else None


def facts_json(facts: Facts, plan: Plan | None = None) -> dict[str, object]:
    """What the findings show, each fact once and in order, with the ids of the findings in it; gains in 0..100.

    With a plan each fact has the day by which it is to be settled, as `due`.
    """
    told = {name: _record_json(value) for name, value in facts._asdict().items()}
    return {**told, "found": [_fact_json(fact, plan) for fact in facts.found]}


def _fact_json(fact: FoundFact, plan: Plan | None) -> dict[str, object]:
    told = {name: _record_json(value) for name, value in fact._asdict().items()}
    return {**told, "due": fact.due(plan).isoformat()} if plan else told


def _record_json(value: object) -> object:
    """A record with all that is in it; days as they stand in documents."""
    if isinstance(value, Decision):
        return decision_json(value)
    if isinstance(value, tuple):
        fields = getattr(value, "_fields", None)
        named = zip(fields, value, strict=True) if fields else None
        return {name: _record_json(part) for name, part in named} if named else [*map(_record_json, value)]
    return value.isoformat() if isinstance(value, date) else value

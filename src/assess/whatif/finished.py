"""What initiatives bring once they are finished and show, as the plan counts on it."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from assess.formula import EvaluatedOrganization, Projection, dependents
from assess.plan.outlook import Outlook


class Finished(NamedTuple):
    """lifts: nodes with the value on 0..100 they are raised to; off: gates and clashes that hold no more."""

    lifts: Mapping[str, float]
    off: frozenset[str]


def outlook_of(organization: EvaluatedOrganization) -> Outlook:
    """What every initiative of an organization would change."""
    return Outlook(organization)


def finished_effect(outlook: Outlook, done: Iterable[str]) -> Finished:
    """What some initiatives bring together."""
    effects = [outlook.effects[name] for name in done]
    lifts: dict[str, float] = {}
    for effect in effects:
        lifts |= {node: max(value, lifts.get(node, 0.0)) for node, value in effect.lifts.items()}
    return Finished(lifts, frozenset().union(*(effect.off for effect in effects)))


def tree_with(organization: EvaluatedOrganization, found: Finished) -> Projection:
    """The tree of an organization with what initiatives bring."""
    today, changed = organization.tree, dependents(organization.compiled).of(found.lifts, found.off)
    lifts, off = {**today.lifts, **found.lifts}, today.off | found.off
    return Projection(today.compiled, today.readings, lifts=lifts, off=off, base=today, changed=changed)

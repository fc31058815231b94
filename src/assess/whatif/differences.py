"""Two assessments of one engagement beside each other: which scores, findings and dates are not the same."""

from collections.abc import Mapping
from typing import NamedTuple

from assess.model.findings import Finding
from assess.model.roadmap import Placement
from assess.model.scorecard import NodeScore
from assess.numbers import TOLERANCE
from assess.whatif.scenario import Scenario
from assess.workflow import Assessment


class MovedScore(NamedTuple):
    """A node whose score, level or category is another."""

    before: NodeScore
    after: NodeScore


class MovedPlacement(NamedTuple):
    """An initiative that is planned before and after, with other days or another owner."""

    before: Placement
    after: Placement


class WhatIf(NamedTuple):
    """What a scenario changes. Nodes in the order of the rubric, findings in that of the findings, the plan by start.

    come, go: findings that were not there, or are there no more. turned: findings, as they are after, that have become
    red or are red no more. planned, dropped: initiatives that are now in the plan, or not any more. missed: criteria
    that were set to a level and stand at another, with the key of that level, None without one.
    """

    scenario: Scenario
    before: Assessment
    after: Assessment
    nodes: tuple[MovedScore, ...]
    come: tuple[Finding, ...]
    go: tuple[Finding, ...]
    turned: tuple[Finding, ...]
    planned: tuple[Placement, ...]
    dropped: tuple[Placement, ...]
    moved: tuple[MovedPlacement, ...]
    missed: Mapping[str, str | None]


def compare(before: Assessment, after: Assessment, scenario: Scenario) -> WhatIf:
    """What is not the same in two assessments of one engagement, the second with the changes of a scenario."""
    old, new = before.scorecard.scores, after.scorecard.scores
    was = {finding.id: finding for finding in before.diagnosis.findings}
    now = {finding.id: finding for finding in after.diagnosis.findings}
    had = {placement.initiative: placement for placement in before.plan.placements}
    has = {placement.initiative: placement for placement in after.plan.placements}
    both = [MovedPlacement(had[name], has[name]) for name in has if name in had]
    return WhatIf(
        scenario=scenario,
        before=before,
        after=after,
        nodes=tuple(MovedScore(old[name], new[name]) for name in old if _is_moved(old[name], new[name])),
        come=tuple(finding for name, finding in now.items() if name not in was),
        go=tuple(finding for name, finding in was.items() if name not in now),
        turned=tuple(finding for name, finding in now.items() if name in was and was[name].red != finding.red),
        planned=tuple(placement for name, placement in has.items() if name not in had),
        dropped=tuple(placement for name, placement in had.items() if name not in has),
        moved=tuple(move for move in both if _place(move.before) != _place(move.after)),
        missed={name: new[name].level for name, level in scenario.levels.items() if new[name].level != level},
    )


def _is_moved(old: NodeScore, new: NodeScore) -> bool:
    if old.value is None or new.value is None:
        return (old.value, old.low is None) != (new.value, new.low is None)
    told = (old.level, old.category, old.scale) != (new.level, new.category, new.scale)
    return told or abs(old.value - new.value) > TOLERANCE


def _place(placement: Placement) -> tuple[object, ...]:
    return placement.starts, placement.ends, placement.owner

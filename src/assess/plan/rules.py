"""The rules a plan keeps, and initiatives as work under them (docs/method.md, section 9).

Whatever places, searches, proves, explains or checks a plan asks here and in `plan/calendar.py`, and nowhere else.
"""

import datetime
import math
from collections.abc import Mapping
from typing import NamedTuple

from assess.formula import target_value
from assess.formula.initiatives import least_gain, plan_policy
from assess.model.engagement import Engagement
from assess.model.policies import EvidencePolicy, PlanPolicy
from assess.model.rubric import Rubric
from assess.numbers import TOLERANCE

DAYS_A_WEEK = 7
WEEKS_A_QUARTER = 13
SMALL = 100
"""Below so many staff the same few people do everything (docs/method.md, section 9.3)."""
AT_ONCE, PER_PERIOD = (3, 5), (6, 8)
"""Defaults for organizations of fewer than `SMALL` staff, and for others."""
MOST_WEEKS = 100_000
"""Longer than any plan."""


class PlanRules(NamedTuple):
    """The rules of one plan. Weeks count from 0, periods from 1; capacity is person-days of an owner in a period.

    min_gain: points of the root on 0..100. factor: of size, on efforts. closed: weeks in which nothing starts.
    work_to, ceiling: values on 0..100 that work alone leads to, and that count without proof.
    """

    starts: datetime.date
    periods: int
    weeks: int
    capacity: Mapping[str, float]
    default_capacity: float
    at_once: int
    at_owner: int
    per_period: int
    per_week: int
    burst: float
    reserve: float
    min_gain: float
    tail: int
    work_to: float
    ceiling: float
    proof_weeks: int
    owner_share: float
    factor: float
    windows: Mapping[str, int]
    closed: frozenset[int]
    staff: int | None

    @property
    def horizon(self) -> int:
        """The number of weeks in the plan."""
        return self.periods * self.weeks

    @property
    def until(self) -> int:
        """The number of weeks that count for what a plan is worth: those of the plan and of its tail."""
        return self.horizon + self.tail

    def period(self, week: int) -> int:
        """The period of a week."""
        return week // self.weeks + 1

    def day(self, week: int) -> datetime.date:
        """The first day of a week, the last day there is for plans beyond it."""
        ordinal = self.starts.toordinal() + week * DAYS_A_WEEK
        return datetime.date.fromordinal(min(ordinal, datetime.date.max.toordinal()))

    def of(self, owner: str) -> float:
        """Person-days of an owner in one period."""
        return self.capacity.get(owner, self.default_capacity)

    def most_a_week(self, owner: str) -> float:
        """The person-days of an owner that one week may take."""
        return self.burst * self.of(owner) / self.weeks

    def most_a_period(self, owner: str) -> float:
        """The person-days of an owner that one period may take."""
        return (1 - self.reserve) * self.of(owner)

    def stretched(self, owner: str, weeks: int, days: float) -> int:
        """The weeks work takes at the pace its owner can keep, at least those it takes in any case.

        Not more a week than an even share of the capacity, and not more a period than `most_a_period`.
        """
        capacity = self.of(owner)
        if capacity <= 0 or days <= 0:
            return weeks
        found = max(weeks, _whole_weeks(days * self.weeks / capacity))
        room = self.most_a_period(owner)
        return max(found, _whole_weeks(days * self.weeks / room)) if days > room else found


class Task(NamedTuple):
    """One initiative as work of its owner: person-days spread evenly over its weeks, then person-days a week.

    asked: the weeks the rubric says, before they are stretched. needs: what must have ended before it starts; follows:
    what must have if it is planned as well; precedes: what follows it so. waits: it has a condition for its start.
    earliest, latest: the first and the last week in which it may start. pinned: it is in the plan whatever the number
    of others.
    """

    initiative: str
    owner: str
    weeks: int
    asked: int
    days: float
    running: float
    needs: tuple[str, ...] = ()
    waits: bool = False
    earliest: int = 0
    latest: int | None = None
    pinned: bool = False
    follows: tuple[str, ...] = ()
    precedes: tuple[str, ...] = ()

    @property
    def rate(self) -> float:
        """Person-days a week while the work lasts."""
        return self.days / self.weeks


def _whole_weeks(weeks: float) -> int:
    """Weeks begun; those of work without an end, of next to no capacity, are as many as no plan has."""
    return math.ceil(min(weeks, MOST_WEEKS) - TOLERANCE)


def rules_for(rubric: Rubric, engagement: Engagement) -> PlanRules:
    """The rules of the plan of one engagement."""
    policy, staff = plan_policy(rubric, engagement), engagement.organization.staff
    large = staff is None or staff >= SMALL
    ceiling = float((rubric.policies.evidence or EvidencePolicy()).stated)
    starts = engagement.start_on or engagement.assessed_on
    return PlanRules(
        starts=starts,
        periods=policy.periods,
        weeks=policy.weeks,
        capacity=engagement.capacity,
        default_capacity=engagement.capacity.get("default", policy.capacity),
        at_once=policy.at_once or AT_ONCE[large],
        at_owner=policy.at_owner,
        per_period=policy.per_period or PER_PERIOD[large],
        per_week=policy.per_week,
        burst=policy.burst,
        reserve=policy.reserve,
        min_gain=least_gain(rubric, engagement),
        tail=policy.tail,
        work_to=_work_to(rubric, policy, ceiling),
        ceiling=ceiling if rubric.policies.evidence else 100.0,
        proof_weeks=policy.proof_weeks,
        owner_share=policy.owner_share,
        factor=size_factor(policy, staff),
        windows=policy.windows,
        closed=_closed(engagement, starts, policy.periods * policy.weeks),
        staff=staff,
    )


def size_factor(policy: PlanPolicy, staff: int | None) -> float:
    """The factor of size on efforts: (staff / the number they are meant for) ^ power between its ends; 1 if unknown."""
    curve = policy.curve
    if staff is None:
        return 1.0
    factor: float = (staff / curve.meant_for) ** curve.power
    return min(max(factor, curve.least), curve.most)


def _work_to(rubric: Rubric, policy: PlanPolicy, ceiling: float) -> float:
    """The value that work alone leads to: that of the level the rules name, else the ceiling of what is only stated."""
    if policy.work_to is None:
        return ceiling
    return next(
        target_value(rubric, node.id, policy.work_to)
        for node in rubric.tree()
        if policy.work_to in [level.key for level in rubric.levels_of(node.id)]
    )


def _closed(engagement: Engagement, starts: datetime.date, horizon: int) -> frozenset[int]:
    """The weeks whose first day lies in a time without starts."""
    first = starts.toordinal()
    return frozenset(
        week
        for week in range(horizon)
        for closed in engagement.no_start
        if closed.first.toordinal() <= first + week * DAYS_A_WEEK <= closed.last.toordinal()
    )

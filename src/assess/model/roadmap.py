"""The plan: which initiative when, by whom and why, what is left out, and the score it should lead to."""

import datetime
from collections.abc import Mapping
from typing import NamedTuple


class Placement(NamedTuple):
    """One initiative in the plan. Periods count from 1; weeks from 0; `end_week` and `ends` are the first after it.

    effort: person-days of the owner, scaled to the size of the organization; effort_low, effort_high: the range.
    gain_alone, gain: points of the root (0..100) now and at its turn, with its closure.
    tier: 1..3 (docs/method.md, section 9.2).
    """

    initiative: str
    period: int
    end_period: int
    start_week: int
    end_week: int
    starts: datetime.date
    ends: datetime.date
    owner: str
    effort: float
    effort_low: float
    effort_high: float
    running_per_period: float
    tier: int
    gain_alone: float
    gain: float
    because: str
    why_not_earlier: str
    needs: tuple[str, ...]
    findings: tuple[str, ...]
    lifts: Mapping[str, str]
    turn: int = 0
    brought_by: str = ""

    @property
    def last_day(self) -> datetime.date:
        """The last day of the work, as it is printed; not before its first."""
        return max(self.starts, self.ends - datetime.timedelta(days=1))


class LeftOut(NamedTuple):
    """An initiative that is not in the plan, and why; `wanted` when a finding asks for it."""

    initiative: str
    because: str
    wanted: bool


class Load(NamedTuple):
    """Person-days of one owner role in one period: planned and running, against the capacity."""

    owner: str
    period: int
    planned: float
    running: float
    capacity: float


class Milestone(NamedTuple):
    """Projected values on 0..100 at the end of a period (0 is today), per node id."""

    period: int
    ends: datetime.date
    values: Mapping[str, float | None]
    levels: Mapping[str, str | None]


class Plan(NamedTuple):
    """The whole plan; placements in order of start, ties by id."""

    starts: datetime.date
    periods: int
    weeks: int
    targets: Mapping[str, str]
    placements: tuple[Placement, ...]
    left_out: tuple[LeftOut, ...]
    loads: tuple[Load, ...]
    milestones: tuple[Milestone, ...]
    effort_factor: float

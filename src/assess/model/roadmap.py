"""The plan: which initiative when, by whom and why, what is left out, and the scores it should lead to."""

import datetime
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

Reading = Literal["work", "adopted", "proved"]
"""`work`: what is done counts at once. `adopted`: once it was lived. `proved`: once the paper that shows it is due."""


class LevelStep(NamedTuple):
    """One level of a node on its way up: from which day it counts as adopted, and as proved; None after all weeks."""

    level: str
    adopted: datetime.date | None
    proved: datetime.date | None
    needs_proof: bool


class Placement(NamedTuple):
    """One initiative in the plan. Periods count from 1; weeks from 0; `end_week` and `ends` are the first after it.

    asked_weeks: what the rubric says, before the work was stretched to the pace of its owner. effort: person-days of
    the owner; effort_low, effort_high: the range. gain_alone: points of the root (0..100) if it were all that is done.
    without: the adopted root at the end of the plan if it and `falls`, what needs it, were left out. tier: -1..3
    (docs/method.md, section 9.2). steps: by node the levels it leads to. ends_gates: the gates that hold today and no
    longer do from a day on, by it or an earlier one. turn: its place by tier and start, from 1.
    """

    initiative: str
    period: int
    end_period: int
    start_week: int
    end_week: int
    starts: datetime.date
    ends: datetime.date
    owner: str
    asked_weeks: int
    effort: float
    effort_low: float
    effort_high: float
    running_per_period: float
    tier: int
    gain_alone: float
    without: float | None
    falls: tuple[str, ...]
    because: str
    why_not_earlier: str
    needs: tuple[str, ...]
    findings: tuple[str, ...]
    lifts: Mapping[str, str]
    steps: Mapping[str, tuple[LevelStep, ...]]
    ends_gates: Mapping[str, datetime.date]
    turn: int = 0

    @property
    def last_day(self) -> datetime.date:
        """The last day of the work, as it is printed; not before its first."""
        return max(self.starts, self.ends - datetime.timedelta(days=1))


class LeftOut(NamedTuple):
    """An initiative that is not in the plan, and why; `wanted` when a finding asks for it."""

    initiative: str
    because: str
    wanted: bool


class UnkeptPin(NamedTuple):
    """What was decided to be in the plan and found no place in it: why, and the way out.

    others: the initiatives about which the decisions were taken that clash with it.
    """

    initiative: str
    because: str
    others: tuple[str, ...]
    way_out: str


class FreePlan(NamedTuple):
    """The plan without what was decided to be in it: its initiatives, and the root on 0..100 at its end, adopted."""

    initiatives: frozenset[str]
    ends_at: float | None


class Load(NamedTuple):
    """Person-days of one owner role in one period: planned and running, against the capacity."""

    owner: str
    period: int
    planned: float
    running: float
    capacity: float


class Milestone(NamedTuple):
    """Projected values on 0..100 at the end of a period (0 is today), per node id, in the reading `adopted`.

    readings: the root in each of the three readings. lows: each node as in `ProjectedRange.low`, all efforts at their
    high end and proved.
    """

    period: int
    ends: datetime.date
    values: Mapping[str, float | None]
    levels: Mapping[str, str | None]
    readings: Mapping[Reading, float | None]
    lows: Mapping[str, float | None] = MappingProxyType({})


class Crossing(NamedTuple):
    """The day on which a node reaches a level, as adopted."""

    node: str
    level: str
    day: datetime.date


class ProjectedRange(NamedTuple):
    """Where the plan leads, as a range: low with all efforts at their high end and proved, high in the middle, adopted.

    Values of the root on 0..100 at the end of the plan. fits: how many initiatives still fit at the high ends. proofs:
    how many levels have a paper due within the plan that shows them. weakest: the initiative whose failure costs most,
    and the root without it. leap: the part of the root that moves it most in one step, with the day and the points.
    """

    low: float | None
    high: float | None
    fits: int
    proofs: int
    weakest: tuple[str, float] | None
    leap: tuple[str, datetime.date, float] | None
    crossings: tuple[Crossing, ...]


class Room(NamedTuple):
    """The limits the plan kept: initiatives at once, of one owner, starts in a period and in a week; factors on days.

    burst: days of a week over an even share. reserve: part of a period left free. factor: of size, on efforts.
    owner_share: of efforts that are not said by role. min_gain: levels of the root. staff: None where it is not said.
    """

    at_once: int
    at_owner: int
    per_period: int
    per_week: int
    burst: float
    reserve: float
    factor: float
    owner_share: float
    min_gain: float
    staff: int | None


class PlanOrder(NamedTuple):
    """How the plan came about: the order in which initiatives took their places, by how many trials and which seed.

    numbers: a hash of all the plan rests on. firsts: the weeks in which the first tiers start when always the best is
    taken. kept: whether it was read from `plan.yaml`.
    """

    names: tuple[str, ...]
    seed: int
    trials: int
    numbers: str
    firsts: Mapping[str, int]
    kept: bool = False


TRIALS, DEEP_TRIALS = 1_000, 20_000
"""Changes of the order that are tried by default, and for a plan that is kept."""


class PlanSearch(NamedTuple):
    """How the plan is looked for: trials (0: always the best is taken) and seed.

    kept: an order that stands as long as its numbers do. beside: an older plan that is taken where it is better, for
    what becomes of it under fewer rules.
    """

    trials: int = TRIALS
    seed: int = 0
    kept: PlanOrder | None = None
    beside: "Plan | None" = None


QUICK = PlanSearch(trials=0)
"""Always the best is taken, and no other order is tried."""


class Plan(NamedTuple):
    """The whole plan; placements in order of start, ties by id.

    unanswered: findings that name initiatives of which none is planned. idle: owner roles with nothing to do in it.
    note: what to say of a kept plan that no longer fits. unkept: what was decided to be in it and is not. free: the
    plan made anew without pins; None where nothing is pinned or the plan was kept.
    """

    starts: datetime.date
    periods: int
    weeks: int
    targets: Mapping[str, str]
    placements: tuple[Placement, ...]
    left_out: tuple[LeftOut, ...]
    loads: tuple[Load, ...]
    milestones: tuple[Milestone, ...]
    projection: ProjectedRange
    room: Room
    order: PlanOrder
    unanswered: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()
    note: str = ""
    unkept: tuple[UnkeptPin, ...] = ()
    free: FreePlan | None = None


class FavouriteProof(NamedTuple):
    """What a plan with an initiative in it that somebody asks for can be worth, as means of the root on 0..100.

    level: of the best such plan that is known; None without any. bound: what none exceeds; None where no such plan
    keeps the rules and is as good in what comes before the level. price: what one would cost, or what is in its way.
    """

    initiative: str
    level: float | None
    bound: float | None
    price: tuple[str, ...] = ()


class PlanProof(NamedTuple):
    """How much better than the plan any other can be, as means of the root on 0..100 over the plan and its tail.

    level: of the plan. bound: what no plan exceeds that keeps the rules and is as good in what comes before the level.
    weeks: those of the plan and its tail. step: weeks within which starts were not told apart, each taken at its best.
    seconds: what the solver was allowed for each bound. finished: whether the best plan is known, or time was over.
    """

    level: float
    bound: float
    weeks: int
    step: int
    seconds: float
    finished: bool
    favourites: tuple[FavouriteProof, ...] = ()

    @property
    def percent(self) -> float:
        """How much better another plan can be, in percent of what this one is worth."""
        return 100 * max(self.bound - self.level, 0.0) / self.level if self.level > 0 else 0.0

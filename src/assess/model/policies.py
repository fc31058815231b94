"""The choices a rubric makes once for all its nodes."""

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from assess.model.change_classes import alters_print, alters_rule, alters_scale, alters_words
from assess.model.fields import Count, LevelRef, Many, Number, Quotient, Record, RoleRef, Window
from assess.model.questions import Combine

FEWEST = 3
_PERCENT = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*%\s*")


class EvidencePolicy(Record, title="policy on evidence"):
    """Ceilings on 0..100 per grade of proof, and the age in calendar months at which proof is stale."""

    stated: Annotated[Number, Field(ge=0, le=100)] = 50
    """Ceiling on 0..100 for what is only said."""
    documented: Annotated[Number, Field(ge=0, le=100)] = 75
    """Ceiling for what something dated within `max_age_months` shows."""
    confirmed: Annotated[Number, Field(ge=0, le=100)] = 100
    """Ceiling for what a document shows and a customer or third party confirms."""
    max_age_months: Annotated[Count, Field(ge=1, le=1200)] = 12
    """The age in calendar months at which proof is stale."""


class Disagreement(Record, title="policy on disagreement"):
    """The role held against every other on level questions, and the distance in levels that is a conflict."""

    role: RoleRef
    """The role held against every other."""
    levels: Annotated[Number, Field(gt=0)] = 2
    """The distance in levels that is a conflict."""


class Perception(Record, title="policy on perception"):
    """The role that claims and the roles that see the practice: their distance is printed, never scored."""

    claim: RoleRef
    """The role that claims."""
    practice: Many[RoleRef]
    """The roles that see the practice."""


class Size(Record):
    """A factor on effort for organizations of a size, as older rubrics have it."""

    staff_below: Count | None = None
    """For organizations with fewer people than this."""
    staff_above: Count | None = None
    """For organizations with more people than this."""
    effort: Annotated[Number, Field(gt=0, le=100)]
    """The factor on effort."""


def _part_of_one(value: object) -> object:
    """The value, unless it is written in percent."""
    percent = _PERCENT.fullmatch(value) if isinstance(value, str) else None
    if percent:
        message = f"a fraction of 1, not a percentage; write {float(percent[1]) / 100:g}"
        raise ValueError(message)
    return value


class SizeCurve(Record, title="curve of size"):
    """How efforts grow with the organization: (staff / `meant_for`) to the power, within two ends."""

    meant_for: Annotated[Count, Field(ge=1)] = 1000
    """The head count the efforts of the rubric are meant for."""
    power: Annotated[Number, Field(ge=0, le=1)] = 0.3
    """How fast efforts grow with head count: 0 not at all, 1 in step with it."""
    least: Annotated[Number, Field(gt=0)] = 0.5
    """The smallest factor on effort."""
    most: Annotated[Number, Field(gt=0)] = 3
    """The largest factor on effort."""


class PlanPolicy(Record, title="policy on the plan"):
    """Rules of the plan: the time there is, how much is in work at once, and from when on a level counts."""

    periods: Annotated[Count, Field(ge=1, le=20)] = 4
    """How many periods the plan has."""
    weeks: Annotated[Count, Field(ge=1, le=52)] = 13
    """Weeks in a period."""
    capacity: Annotated[Number, Field(ge=0)] = 30
    """Person-days of each owner role in a period."""
    at_once: Annotated[Count, Field(ge=1)] | None = None
    """How many initiatives the organization works on at the same time; by default 3 below 100 staff, else 5."""
    at_owner: Annotated[Count, Field(ge=1)] = 2
    """How many initiatives an owner role works on at the same time."""
    per_period: Annotated[Count, Field(ge=1)] | None = None
    """How many initiatives start in a period; by default 6 below 100 staff, else 8."""
    per_week: Annotated[Count, Field(ge=1)] = 2
    """How many initiatives start in a week."""
    burst: Annotated[Number, Field(ge=1)] = 1.25
    """How far the days of a week may exceed an even share of the capacity, as a factor."""
    reserve: Annotated[Quotient, BeforeValidator(_part_of_one), Field(ge=0, lt=1)] = 0.2
    """The part of an owner's capacity that no plan takes, such as `1/5`."""
    min_gain: Annotated[Number, Field(ge=0)] = 0.03
    """Levels of the root from which on an initiative that no urgent finding asks for is worth its place."""
    tail: Annotated[Count, Field(ge=0, le=520)] = 26
    """Weeks after the plan in which what it brought still speaks for it."""
    work_to: LevelRef | None = None
    """The level that work alone leads to; by default the highest that counts without proof."""
    proof_weeks: Window = 4
    """Weeks from a level that is lived to the paper that shows it, where the initiative names no proof."""
    owner_share: Annotated[Quotient, BeforeValidator(_part_of_one), Field(gt=0, le=1)] = 0.6
    """The owner's part of an effort that is not said by role; the rest is that of others."""
    curve: SizeCurve = SizeCurve()
    """How efforts grow with the size of the organization."""
    windows: Mapping[LevelRef, Window] = {}
    """Level to the weeks it is lived before it can be shown, where a criterion says nothing else."""
    review_cycles: Annotated[Count, Field(ge=0, le=20)] | None = None
    """No longer read: the weeks a level is lived stand in `windows`."""
    sizes: Many[Size] = ()
    """No longer read: how efforts grow stands in `curve`."""


class Policies(Record):
    """The choices a rubric makes once for all its nodes."""

    missing: Annotated[Literal["exclude", "zero"], alters_scale("what an open question counts")] = "exclude"
    """What nobody answered: left out, or counted as 0."""
    unknown: Annotated[Literal["missing", "zero"], alters_scale("what a don't-know counts")] = "missing"
    """A don't-know: as missing, or as the worst answer."""
    na: Annotated[
        Literal["exclude", "target", "forbid"], alters_scale("what counts where something does not apply")
    ] = "exclude"
    """What does not apply: left out, counted as on target, or forbidden."""
    min_coverage: Annotated[
        Quotient,
        BeforeValidator(_part_of_one),
        Field(ge=0, le=1),
        alters_scale("how much must be answered for a score"),
    ] = 2 / 3
    """The part of a node that must be answered for it to have a value, such as `2/3`."""
    combine: Annotated[Combine, alters_scale("how the answers of a role become one")] = "mean"
    """How answers become one within a role."""
    roles: Annotated[Literal["equal", "headcount"], alters_scale("how roles become one")] = "equal"
    """How roles become one: each the same, or by how many answered."""
    disagreement: Annotated[Disagreement | None, alters_scale("which answer counts where roles differ")] = None
    """When roles differ so much that the lowest of them counts until it is settled."""
    evidence: Annotated[EvidencePolicy | None, alters_scale("how far an answer counts without proof")] = None
    """What an answer is worth by its proof; `{}` takes the defaults."""
    key_headroom: Annotated[Number, Field(ge=0), alters_scale("how far above a key criterion a node may stand")] = 1
    """How far above its key criterion a node may lie, in native points."""
    target: Annotated[LevelRef | None, alters_scale("the level that gaps and plans are measured against")] = None
    """The level every criterion should reach; the last but one by default."""
    red_at: Annotated[LevelRef | None, alters_rule("which findings are urgent")] = None
    """A key criterion at this level or below is red."""
    plan: Annotated[PlanPolicy, alters_rule("time and people the plan is made for")] = PlanPolicy()
    """Defaults of the plan."""
    perception: Annotated[Perception | None, alters_words("which distance between roles is printed")] = None
    """Whose claims are held against whose practice; printed, never scored."""
    anonymous: Annotated[Many[RoleRef], alters_scale("whose answers count as part of a group only")] = ()
    """Roles whose answers count as part of a group only."""
    min_cell: Annotated[Count, Field(ge=1), alters_scale("from how many answers on a group counts")] = 5
    """The fewest answers of an anonymous role to a question that count; 3 at least."""
    na_share: Annotated[Number, Field(ge=0, le=100), alters_print("when a warning is printed")] = 20
    """Percent of weight left out as not applicable above which a warning is raised."""

    @property
    def least(self) -> int:
        """The fewest answers of an anonymous group that count: never fewer than three."""
        return max(self.min_cell, FEWEST)

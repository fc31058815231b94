"""The choices a rubric makes once for all its nodes."""

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from assess.model.fields import Count, Key, Many, Number, Quotient, Record, Ref
from assess.model.questions import Combine

FEWEST = 3
_PERCENT = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*%\s*")


class EvidencePolicy(Record):
    """Ceilings on 0..100 per grade of proof, and the age in calendar months at which proof is stale."""

    stated: Annotated[Number, Field(ge=0, le=100)] = 50
    documented: Annotated[Number, Field(ge=0, le=100)] = 75
    confirmed: Annotated[Number, Field(ge=0, le=100)] = 100
    max_age_months: Annotated[Count, Field(ge=1, le=1200)] = 12


class Disagreement(Record):
    """The role held against every other on level questions, and the distance in levels that is a conflict."""

    role: Ref
    levels: Annotated[Number, Field(gt=0)] = 2


class Perception(Record):
    """The role that claims and the roles that see the practice: their distance is printed, never scored."""

    claim: Ref
    practice: Many[Ref]


class Size(Record):
    """A factor on effort for organizations of a size."""

    staff_below: Count | None = None
    staff_above: Count | None = None
    effort: Annotated[Number, Field(gt=0, le=100)]


class PlanPolicy(Record):
    """Defaults of the plan: periods, weeks per period, person-days per owner and period, initiatives at once."""

    periods: Annotated[Count, Field(ge=1, le=20)] = 4
    weeks: Annotated[Count, Field(ge=1, le=52)] = 13
    capacity: Annotated[Number, Field(ge=0)] = 30
    at_once: Annotated[Count, Field(ge=1)] = 5
    review_cycles: Annotated[Count, Field(ge=0, le=20)] = 2
    sizes: Many[Size] = (Size(staff_below=100, effort=0.5), Size(staff_above=10_000, effort=2))


def _part_of_one(value: object) -> object:
    """The value, unless it is written in percent."""
    percent = _PERCENT.fullmatch(value) if isinstance(value, str) else None
    if percent:
        message = f"a fraction of 1, not a percentage; write {float(percent[1]) / 100:g}"
        raise ValueError(message)
    return value


class Policies(Record):
    """The choices a rubric makes once for all its nodes."""

    missing: Literal["exclude", "zero"] = "exclude"
    unknown: Literal["missing", "zero"] = "missing"
    na: Literal["exclude", "target", "forbid"] = "exclude"
    min_coverage: Annotated[Quotient, BeforeValidator(_part_of_one), Field(ge=0, le=1)] = 2 / 3
    combine: Combine = "mean"
    roles: Literal["equal", "headcount"] = "equal"
    disagreement: Disagreement | None = None
    evidence: EvidencePolicy | None = None
    key_headroom: Annotated[Number, Field(ge=0)] = 1
    perception: Perception | None = None
    anonymous: Many[Ref] = ()
    min_cell: Annotated[Count, Field(ge=1)] = 5
    na_share: Annotated[Number, Field(ge=0, le=100)] = 20
    target: Key | None = None
    red_at: Key | None = None
    plan: PlanPolicy = PlanPolicy()

    @property
    def least(self) -> int:
        """The fewest answers of an anonymous group that count: never fewer than three."""
        return max(self.min_cell, FEWEST)

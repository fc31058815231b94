"""How the parts of a node become one value, as a rubric writes it: the aggregation, its settings, and the weights."""

from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field, PlainSerializer

from assess.model.fields import Condition, Key, Many, Number, PartRef, Record, to_number

AggregateKind = Literal[
    "arithmetic", "geometric", "harmonic", "power", "min", "max", "median", "sum", "product", "ratio", "difference",
    "staged", "cumulative", "tiers", "tally", "rules", "ladder",
]  # fmt: skip
EXAMPLES = {
    "sum": "{sum: {offset: 110}}", "power": "{power: {p: 2}}", "ratio": "{ratio: {of: a, by: b}}",
    "difference": "{difference: {of: a, less: b}}", "staged": '{staged: {reach: "> 50", lower: "> 85"}}',
    "cumulative": '{cumulative: {reach: ">= 66"}}', "tiers": '{tiers: {must: ">= 100", should: ">= 50"}}',
    "tally": '{tally: {reach: ">= 75"}}', "rules": "{rules: {cases: [...], otherwise: high, values: {high: 0}}}",
}  # fmt: skip
Threshold = Annotated[str, Field(pattern=r"^>=? ?[0-9]+(\.[0-9]+)?$")]
EVERY_STAGE = ""


def _by_stage(value: object) -> object:
    """One threshold as that of every stage; stages as they are written."""
    if isinstance(value, str):
        return {EVERY_STAGE: value}
    return {str(stage): text for stage, text in value.items()} if isinstance(value, Mapping) else value


def _thresholds_as_written(found: Mapping[str, str]) -> object:
    return found[EVERY_STAGE] if EVERY_STAGE in found else dict(found)


StageThresholds = Annotated[
    Mapping[Annotated[str, Field(pattern=r"^([1-9][0-9]?)?$")], Threshold],
    BeforeValidator(_by_stage),
    PlainSerializer(_thresholds_as_written),
]
"""The number of a stage to the threshold of its parts; behind `EVERY_STAGE` one for all of them."""


def threshold_at(written: Mapping[str, str] | None, stage: int = 0) -> str | None:
    """The threshold of the parts of a stage: the one there is for all, or its own."""
    found = written or {}
    return found.get(EVERY_STAGE, found.get(str(stage)))


class Case(Record):
    """One row of a first-match table: the category while its condition surely holds."""

    when: Condition
    """A condition."""
    category: Key = Field(alias="is")
    """The category while the condition holds."""


def _aggregate(value: object) -> object:
    """`geometric` and `{geometric: {floor: 0}}` as one flat mapping."""
    if isinstance(value, str):
        return {"kind": str(value)}
    if isinstance(value, Mapping) and len(value) == 1 and "kind" not in value:
        ((kind, settings),) = value.items()
        if settings is None or isinstance(settings, Mapping):
            return {"kind": str(kind), **(settings or {})}
        if kind in get_args(AggregateKind):
            message = (
                f"the settings of {kind} need their names, such as {EXAMPLES.get(kind, f'{{{kind}: {{floor: 1}}}}')}"
            )
            raise ValueError(message)
        if kind not in Aggregate.model_fields:
            return {"kind": str(kind)}
    return value


class Aggregate(Record, title="aggregation"):
    """How the children of a node become its value; which settings fit depends on the kind."""

    kind: AggregateKind = "arithmetic"
    """Which aggregation it is."""
    floor: Number | Literal["coinr"] | None = None
    """Of a power mean: lifts zeros, on 0..100: 1 by default, 0 for none; `coinr` lifts and does not map back. Of a sum:
    the fewest points it comes to."""
    offset: Number | None = None
    """Of a sum: the points it starts from."""
    ceiling: Number | None = None
    """Of a sum: the most points it comes to."""
    of: Annotated[PartRef | Number | None, BeforeValidator(to_number)] = None
    """Of a ratio or a difference: the part that is divided or lessened, in points; or a number."""
    by: PartRef | None = None
    """Of a ratio: the part it is divided by, in points."""
    less: PartRef | None = None
    """Of a difference: the part taken away, in points."""
    zero: Number | None = None
    """Of a ratio: the points it comes to where it would be divided by 0."""
    p: Number | None = None
    """The exponent; a floor is needed for p <= 0."""
    reach: StageThresholds | None = None
    """What a child must reach, such as `>= 50`, on its 0..100; also one for each stage, `{1: "> 50", 2: "> 60"}`."""
    lower: StageThresholds | None = None
    """What the children of all lower stages must reach; also one for the children of each stage."""
    must: StageThresholds | None = None
    """What children that are a `must` have to reach; also one for those of each stage."""
    should: StageThresholds | None = None
    """What children that are a `should` have to reach; also one for those of each stage."""
    cases: Many[Case] = ()
    """Rows of the table, tried from the top."""
    otherwise: Key | None = None
    """The category when no case holds."""
    values: Mapping[Key, Annotated[Number, Field(ge=0, le=100)]] = {}
    """What each category is worth, on 0..100."""


Aggregation = Annotated[Aggregate, BeforeValidator(_aggregate)]


def weights_written(value: object) -> object:
    """`equal` as a mapping."""
    return {"rule": str(value)} if isinstance(value, str) else value


class Weights(Record):
    """How the weights of the children are found: their own, 100 points shared out, or a rank order."""

    rule: Literal["equal"] | None = None
    """`equal`: their own `weight`."""
    points: Mapping[PartRef, Annotated[Number, Field(ge=0)]] = {}
    """100 points shared out among the children."""
    rank: Many[PartRef] = ()
    """Every scored child, the most important first (rank-order centroid)."""


Weighting = Annotated[Weights, BeforeValidator(weights_written)]

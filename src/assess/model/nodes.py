"""Nodes of the rubric tree: criteria, aggregation, gates and clashes."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from assess.model.fields import (
    Code,
    Condition,
    Count,
    Decimals,
    Flag,
    Id,
    Key,
    Many,
    Number,
    Record,
    Ref,
    Text,
    Words,
    to_number,
)
from assess.model.questions import Level, Question, Scale

AggregateKind = Literal[
    "arithmetic", "geometric", "harmonic", "power", "min", "max", "median", "sum", "product",
    "staged", "cumulative", "tiers", "tally", "rules", "ladder",
]  # fmt: skip
Threshold = Annotated[str, Field(pattern=r"^>=? ?[0-9]+(\.[0-9]+)?$")]


class Cap(Record):
    """What a gate holds down: nodes, and the highest value they may then have (a level key or a native number)."""

    of: Many[Ref]
    at: Annotated[str | Number, BeforeValidator(to_number)]


class Gate(Record):
    """A necessary condition: while `when` holds, nodes are capped or a finding is raised."""

    id: Id
    title: Text = ""
    when: Condition
    cap: Cap | None = None
    flag: Flag = False
    because: Words
    lifted_by: Many[Ref] = ()
    claims: Many[Ref] = ()
    references: Many[Ref] = ()
    source: Text = ""
    notes: Text = ""


class Clash(Record):
    """A claim that a practice contradicts; optionally its practice half caps nodes like a gate."""

    id: Id
    title: Text = ""
    claim: Condition
    practice: Condition
    says: Words
    settle: Text = ""
    initiatives: Many[Ref] = ()
    cap: Cap | None = None
    claims: Many[Ref] = ()
    references: Many[Ref] = ()
    source: Text = ""
    notes: Text = ""


class Case(Record):
    """One row of a first-match table: the category while its condition surely holds."""

    when: Condition
    category: Key = Field(alias="is")


def _aggregate(value: object) -> object:
    """`geometric` and `{geometric: {floor: 0}}` as one flat mapping."""
    if isinstance(value, str):
        return {"kind": str(value)}
    if isinstance(value, Mapping) and len(value) == 1 and "kind" not in value:
        ((kind, settings),) = value.items()
        if settings is None or isinstance(settings, Mapping):
            return {"kind": str(kind), **(settings or {})}
    return value


class Aggregate(Record):
    """How the children of a node become its value; which settings fit depends on the kind."""

    kind: AggregateKind = "arithmetic"
    floor: Annotated[Number, Field(ge=0, lt=100)] | Literal["coinr"] | None = None
    p: Number | None = None
    reach: Threshold | None = None
    lower: Threshold | None = None
    must: Threshold | None = None
    should: Threshold | None = None
    cases: Many[Case] = ()
    otherwise: Key | None = None
    values: Mapping[Key, Annotated[Number, Field(ge=0, le=100)]] = {}


Aggregation = Annotated[Aggregate, BeforeValidator(_aggregate)]


def _weights(value: object) -> object:
    return {"rule": str(value)} if isinstance(value, str) else value


class Weights(Record):
    """How the weights of the children are found: their own, 100 points shared out, or a rank order."""

    rule: Literal["equal"] | None = None
    points: Mapping[Ref, Annotated[Number, Field(ge=0)]] = {}
    rank: Many[Ref] = ()


class Says(Record):
    """The sentences of a finding about a node, for the client."""

    gap: Text = ""
    strength: Text = ""


class Node(Record):
    """A principle or criterion: children, how they become one value, and what caps it."""

    id: Id
    code: Code | None = None
    kind: Text = ""
    title: Words
    summary: Text = ""
    why: Text = ""
    weight: Annotated[Number, Field(ge=0)] = 1
    weights: Annotated[Weights, BeforeValidator(_weights)] = Weights()
    aggregate: Aggregation = Aggregate()
    scale: Scale | None = None
    decimals: Decimals | None = None
    levels: Many[Level] = ()
    key: Flag = False
    stage: Annotated[Count, Field(ge=1, le=99)] | None = None
    duty: Literal["must", "should", "may"] = "must"
    claims: Many[Ref] = ()
    references: Many[Ref] = ()
    source: Text = ""
    proof: Many[Words] = ()
    says: Says = Says()
    questions: Many[Question] = ()
    criteria: Many["Node"] = ()
    gates: Many[Gate] = ()
    clashes: Many[Clash] = ()
    renamed_from: Many[Id] = ()
    notes: Text = ""

    def cited(self) -> tuple[str, ...]:
        """The claims and references it rests on, each once: its own, those of its questions, gates and clashes."""
        held: list[Node | Gate | Clash] = [self, *self.gates, *self.clashes]
        claims = [*self.claims, *(code for question in self.questions for code in question.claims)]
        return tuple(
            dict.fromkeys([*claims, *(code for holder in held for code in (*holder.claims, *holder.references))])
        )


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, parents first."""
    yield node
    for child in node.criteria:
        yield from walk(child)

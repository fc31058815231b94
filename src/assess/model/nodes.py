"""Nodes of the rubric tree: criteria, aggregation, gates and clashes."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from assess.model.change_classes import alters_print, alters_rule, alters_scale, alters_words
from assess.model.fields import (
    Claims,
    Condition,
    Decimals,
    Duty,
    Flag,
    Id,
    InitiativeRef,
    Key,
    LevelRef,
    Many,
    NodeRef,
    Notes,
    Number,
    Origin,
    OwnCode,
    OwnId,
    PartRef,
    Record,
    References,
    Refers,
    Stage,
    Text,
    Title,
    Window,
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

    of: Many[NodeRef]
    """The nodes held down."""
    at: Annotated[Annotated[str, Refers(("level",))] | Number, BeforeValidator(to_number)]
    """The highest value they may then have: a level key, or a number on their scale."""


OwnCap = Annotated[
    Cap | None,
    Field(description="What is held down, and to which height."),
    alters_scale("what it holds down, and how far"),
]


class Gate(Record):
    """A necessary condition: while `when` holds, nodes are capped or a finding is raised."""

    id: OwnId
    title: Annotated[Text, alters_print("a name in print")] = ""
    """The heading in the roadmap."""
    when: Annotated[Condition, alters_rule("when it holds")]
    """A condition on a fact or another criterion, never only on what it caps."""
    cap: OwnCap = None
    flag: Annotated[Flag, alters_scale("whether it holds anything down")] = False
    """`true`: raises a finding and caps nothing."""
    because: Annotated[Words, alters_words("the reason the client is given")]
    """What follows from the lack, for the client; without a full stop."""
    lifted_by: Annotated[Many[InitiativeRef], alters_rule("what ends it in the plan")] = ()
    """Initiatives that are a way out."""
    claims: Claims = ()
    references: References = ()
    source: Origin = ""
    notes: Notes = ""


class Clash(Record):
    """A claim that a practice contradicts; optionally its practice half caps nodes like a gate."""

    id: OwnId
    title: Annotated[Text, alters_print("a name in print")] = ""
    """The heading in the roadmap."""
    claim: Annotated[Condition, alters_rule("when it is found")]
    """What one role says, such as `decisions >= practised by executive`."""
    practice: Annotated[Condition, alters_rule("when it is found, and when it caps")]
    """What another role or a record says, such as `decisions <= ad_hoc by product`."""
    says: Annotated[Words, alters_words("what the client is told")]
    """The contradiction in a sentence that both sides can sign."""
    settle: Annotated[Text, alters_print("advice on how to settle it")] = ""
    """The paper that decides."""
    initiatives: Annotated[Many[InitiativeRef], alters_rule("what answers it in the plan")] = ()
    """What can be done about it."""
    cap: OwnCap = None
    claims: Claims = ()
    references: References = ()
    source: Origin = ""
    notes: Notes = ""


Gates = Annotated[
    Many[Gate],
    Field(description="Necessary conditions: while one holds, nodes are capped or a finding is raised."),
]
Clashes = Annotated[
    Many[Clash],
    Field(description="Claims of one role that the practice of another contradicts."),
]


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
    return value


class Aggregate(Record, title="aggregation"):
    """How the children of a node become its value; which settings fit depends on the kind."""

    kind: AggregateKind = "arithmetic"
    """Which aggregation it is."""
    floor: Annotated[Number, Field(ge=0, lt=100)] | Literal["coinr"] | None = None
    """Lifts zeros, on 0..100: 1 by default, 0 for none; `coinr` lifts and does not map back."""
    p: Number | None = None
    """The exponent; a floor is needed for p <= 0."""
    reach: Threshold | None = None
    """What a child must reach, such as `>= 50`, on its 0..100."""
    lower: Threshold | None = None
    """What the children of all lower stages must reach."""
    must: Threshold | None = None
    """What children that are a `must` have to reach."""
    should: Threshold | None = None
    """What children that are a `should` have to reach."""
    cases: Many[Case] = ()
    """Rows of the table, tried from the top."""
    otherwise: Key | None = None
    """The category when no case holds."""
    values: Mapping[Key, Annotated[Number, Field(ge=0, le=100)]] = {}
    """What each category is worth, on 0..100."""


Aggregation = Annotated[Aggregate, BeforeValidator(_aggregate)]


def _weights(value: object) -> object:
    return {"rule": str(value)} if isinstance(value, str) else value


class Weights(Record):
    """How the weights of the children are found: their own, 100 points shared out, or a rank order."""

    rule: Literal["equal"] | None = None
    """`equal`: their own `weight`."""
    points: Mapping[PartRef, Annotated[Number, Field(ge=0)]] = {}
    """100 points shared out among the children."""
    rank: Many[PartRef] = ()
    """Every scored child, the most important first (rank-order centroid)."""


class Says(Record, title="words of a finding"):
    """The sentences of a finding about a node, for the client."""

    gap: Text = ""
    """What is missing, in the words of the client."""
    strength: Text = ""
    """What is there, in the words of the client."""


class Node(Record, title="principle or criterion"):
    """A principle or criterion: children, how they become one value, and what caps it."""

    id: OwnId
    code: OwnCode = None
    kind: Annotated[Text, alters_print("another word for it in print")] = ""
    """Another word for it in print, such as `practice` or `dimension`."""
    title: Title
    summary: Annotated[Text, alters_print("what the client reads about it")] = ""
    """What it is, in a sentence or two."""
    why: Annotated[Text, alters_print("what the client reads about it")] = ""
    """Why it matters."""
    weight: Annotated[Number, Field(ge=0), alters_scale("how much it counts among its neighbours")] = 1
    """Weight among its siblings, 0 or more; 1 by default."""
    weights: Annotated[Weights, BeforeValidator(_weights), alters_scale("how much each part counts")] = Weights()
    """How the weights of the children are found: `equal`, `{points: {a: 60, b: 40}}` or `{rank: [a, b]}`."""
    aggregate: Annotated[Aggregation, alters_scale("how the parts become one")] = Aggregate()
    """How the children become one value; `arithmetic` by default."""
    scale: Annotated[Scale | None, alters_scale("the points it is printed in and caps are written in")] = None
    """The native range, as it is printed."""
    levels: Annotated[Many[Level], alters_scale("the thresholds it is read against")] = ()
    """Levels of its own, lowest first; `at` rises from 0."""
    key: Annotated[Flag, alters_scale("whether it holds down what stands above it")] = False
    """`true`: the node above lies at most `policies.key_headroom` higher, and N/A is not possible."""
    tier: Annotated[Key | None, alters_rule("from which tier on its questions are asked")] = None
    """From which tier on its questions are asked: a tier of the rubric."""
    stage: Stage = None
    duty: Duty = "must"
    decimals: Annotated[Decimals | None, alters_print("how many decimals its score is printed with")] = None
    """The decimals its scores are printed with, and those below it; the rubric's by default."""
    claims: Claims = ()
    references: References = ()
    source: Origin = ""
    proof: Annotated[Many[Words], alters_print("advice on what shows it")] = ()
    """Artefacts that show it."""
    windows: Annotated[Mapping[LevelRef, Window], alters_print("how long a level is lived before it shows")] = {}
    """Level to the weeks it is lived before it can be shown; else those of `policies.plan`."""
    says: Annotated[Says, alters_words("what the client is told of a gap or a strength")] = Says()
    """The sentences of a finding, for the client."""
    questions: Many[Question] = ()
    """What is asked about it: one anchored question, and facts with `weight: 0`."""
    gates: Gates = ()
    clashes: Clashes = ()
    criteria: Many["Node"] = ()
    """Criteria below it; they may nest."""
    renamed_from: Many[Id] = ()
    """Former ids; old answers stay readable by them."""
    notes: Notes = ""

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

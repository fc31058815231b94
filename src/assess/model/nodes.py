"""Nodes of the rubric tree: criteria, aggregation, gates and clashes."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from assess.model.aggregation import Aggregate, Aggregation, Weighting, Weights
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
    QuestionRef,
    Read,
    Record,
    Ref,
    References,
    Refers,
    RoleRef,
    Since,
    Stage,
    Text,
    Title,
    Window,
    Words,
    to_number,
)
from assess.model.finding_texts import NO_TEXT, NO_TEXTS, AtOnce, Consequence, Red, Telling, TextsByLevel, Urgent
from assess.model.questions import BetterEnd, Level, Question, Scale

CapHeight = Annotated[Annotated[str, Refers(("level",))] | Number, BeforeValidator(to_number)]
_COMPARED = re.compile(r"\s*([<>=]|!=|(not\s+)?in\b)")
_ONE_WORD = re.compile(r"\s*[A-Za-z0-9_.-]+\s*")


class Cap(Record):
    """What a gate holds down: nodes, and the highest value they may then have (a level key or a native number)."""

    of: Many[NodeRef]
    """The nodes held down."""
    at: CapHeight
    """The highest value they may then have: a level key, or a number on their scale."""


OwnCap = Annotated[
    Cap | None,
    Field(description="What is held down, and to which height."),
    alters_scale("what it holds down, and how far"),
]


class Gate(Record):
    """A necessary condition: while `when` holds, nodes are capped or a finding is raised."""

    id: OwnId
    title: Annotated[Text, alters_print("a name in print"), Read()] = ""
    """The heading in the roadmap."""
    when: Annotated[Condition, alters_rule("when it holds")]
    """A condition on a fact or another criterion, never only on what it caps."""
    cap: OwnCap = None
    flag: Annotated[Flag, alters_scale("whether it holds anything down")] = False
    """`true`: raises a finding and caps nothing."""
    because: Annotated[Telling, alters_words("the reason the client is given")]
    """What follows from the lack, for the client; without a full stop. A text, or `{known: ..., unknown: ...}`."""
    urgent: Urgent = None
    red: Red = False
    so: Consequence = NO_TEXT
    decision: AtOnce = None
    lifted_by: Annotated[Many[InitiativeRef], alters_rule("what ends it in the plan")] = ()
    """Initiatives that are a way out."""
    blocks: Annotated[Many[InitiativeRef], alters_rule("what may not begin while it holds")] = ()
    """Initiatives that begin only when it no longer holds."""
    claims: Claims = ()
    references: References = ()
    source: Origin = ""
    since: Since = ""
    notes: Notes = ""


class Clash(Record):
    """A claim that a practice contradicts; optionally its practice half caps nodes like a gate."""

    id: OwnId
    title: Annotated[Text, alters_print("a name in print"), Read()] = ""
    """The heading in the roadmap."""
    claim: Annotated[Condition, alters_rule("when it is found")]
    """What one role says, such as `decisions >= practised by executive`."""
    practice: Annotated[Condition, alters_rule("when it is found, and when it caps")]
    """What another role or a record says, such as `decisions <= ad_hoc by product`."""
    says: Annotated[Telling, alters_words("what the client is told")]
    """The contradiction in a sentence that both sides can sign. A text, or `{known: ..., unknown: ...}`."""
    urgent: Urgent = None
    so: Consequence = NO_TEXT
    decision: AtOnce = None
    settle: Annotated[Text, alters_print("advice on how to settle it"), Read()] = ""
    """The paper that decides."""
    initiatives: Annotated[Many[InitiativeRef], alters_rule("what answers it in the plan")] = ()
    """What can be done about it."""
    cap: OwnCap = None
    claims: Claims = ()
    references: References = ()
    source: Origin = ""
    since: Since = ""
    notes: Notes = ""


class Caps(Record, title="cap of a fact"):
    """A gate on the node of a fact, written inside the fact that it reads."""

    id: Id | None = None
    """Its id as a gate; by default that of the fact with `_cap` behind it."""
    title: Annotated[Text, Read()] = ""
    """The heading in the roadmap."""
    when: Condition
    """What follows the name of the fact: `no`, `< 4`; or a whole condition."""
    of: Many[NodeRef]
    """The nodes held down."""
    at: CapHeight
    """The highest value they may then have: a level key, or a number on their scale."""
    because: Telling
    """What follows from the lack, for the client; without a full stop. A text, or `{known: ..., unknown: ...}`."""
    urgent: Urgent = None
    red: Red = False
    so: Consequence = NO_TEXT
    decision: AtOnce = None
    lifted_by: Many[InitiativeRef] = ()
    """Initiatives that are a way out."""
    blocks: Many[InitiativeRef] = ()
    """Initiatives that begin only when it no longer holds."""
    claims: Claims = ()
    references: References = ()
    source: Origin = ""
    since: Since = ""
    notes: Notes = ""

    def gate_of(self, fact: str) -> Gate:
        """The gate it is on the fact of an id; an id that comes out too long is for `validate` to find."""
        same = {name: getattr(self, name) for name in Caps.model_fields if name in Gate.model_fields}
        cap = Cap.model_construct(of=self.of, at=self.at)
        named = {"id": self.id or default_cap(fact), "when": condition_on(fact, self.when), "cap": cap}
        return Gate.model_construct(None, **{**same, **named})


def default_cap(fact: str) -> str:
    """What the gate inside a fact is called where it has no id of its own."""
    return f"{fact}_cap"


def condition_on(fact: str, words: str) -> str:
    """The condition a cap means: an answer or a comparison is one of its fact, anything else stands for itself."""
    if _COMPARED.match(words):
        return f"{fact} {words.strip()}"
    return f"{fact} = {words.strip()}" if _ONE_WORD.fullmatch(words) else words


def _weightless(value: float) -> float:
    message = f"a fact weighs nothing, not {value:g}: take the key out, or put the question below `questions`"
    raise ValueError(message)


class Fact(Question, title="fact"):
    """A question that feeds conditions and weighs nothing, and the gate that reads it, if there is one."""

    weight: Annotated[Number, AfterValidator(_weightless)] = 0
    """Not here: a fact weighs nothing."""
    caps: Caps | None = None
    """A gate on the node it stands in that reads this fact: `{when: no, of: [...], at: ..., because: ...}`."""

    def as_question(self) -> Question:
        """The question it is to whoever reads the tree."""
        said = {name: getattr(self, name) for name in Question.model_fields}
        return Question.model_construct(self.model_fields_set - {"caps"}, **said)


Gates = Annotated[
    Many[Gate],
    Field(description="Necessary conditions: while one holds, nodes are capped or a finding is raised."),
]
Clashes = Annotated[
    Many[Clash],
    Field(description="Claims of one role that the practice of another contradicts."),
]


class Says(Record, title="words of a finding"):
    """The sentences of a finding about a node, for the client."""

    gap: Annotated[TextsByLevel, Read()] = NO_TEXTS
    """What is missing, in the words of the client: a text, or one for each level that can be reached and is too low."""
    strength: Annotated[TextsByLevel, Read()] = NO_TEXTS
    """What is there, in the words of the client: a text, or one for each level."""


def _places(value: object) -> object:
    """`[place, phrase]` or one mapping as a list of one."""
    if isinstance(value, Mapping):
        return (value,)
    if isinstance(value, list | tuple) and len(value) == len(AskedIn.model_fields) and isinstance(value[0], str):
        return ({"in": value[0], "phrase": value[1]},)
    return value


class AskedIn(Record, title="where a claim is asked"):
    """The words of a question that ask a claim."""

    place: Words = Field(alias="in")
    """A question, or a part of one: `question.text`, `question.help`, `question.OPTION`, `question.ROLE`."""
    phrase: Words
    """The words that stand there; capitals and white space aside."""


class Reading(Record, title="question read elsewhere"):
    """A question of another node that counts in this one as well."""

    question: QuestionRef
    """The question; it is asked once, where it stands."""
    weight: Annotated[Number, Field(gt=0)] = 1
    """Its weight here, above 0; 1 by default."""


class Node(Record, title="principle or criterion"):
    """A principle or criterion: children, how they become one value, and what caps it."""

    id: OwnId
    code: OwnCode = None
    kind: Annotated[Text, alters_print("another word for it in print"), Read()] = ""
    """Another word for it in print, such as `practice` or `dimension`."""
    title: Annotated[Title, Read()]
    titles: Annotated[Mapping[RoleRef, Words], alters_print("what a role reads above its questions"), Read()] = {}
    """Role to what it reads above its questions here, in the place of this title and those below it."""
    summary: Annotated[Text, alters_print("what the client reads about it"), Read()] = ""
    """What it is, in a sentence or two."""
    why: Annotated[Text, alters_print("what the client reads about it"), Read()] = ""
    """Why it matters."""
    weight: Annotated[Number, Field(ge=0), alters_scale("how much it counts among its neighbours")] = 1
    """Weight among its siblings, 0 or more; 1 by default."""
    weights: Annotated[Weighting, alters_scale("how much each part counts")] = Weights()
    """How the weights of the children are found: `equal`, `{points: {a: 60, b: 40}}` or `{rank: [a, b]}`."""
    aggregate: Annotated[Aggregation, alters_scale("how the parts become one")] = Aggregate()
    """How the children become one value; `arithmetic` by default."""
    scale: Annotated[Scale | None, alters_scale("the points it is printed in and caps are written in")] = None
    """The native range, as it is printed."""
    levels: Annotated[Many[Level], alters_scale("the thresholds it is read against")] = ()
    """Levels of its own, lowest first; `at` rises from 0."""
    better: Annotated[BetterEnd | None, alters_scale("which end of its scale is the good one")] = None
    """`low`: the more points, the worse, here and in all below; else as in the node above."""
    closed: Annotated[
        Literal["below", "above"] | None, alters_scale("which side of a threshold has reached a level")
    ] = None
    """`below`: a value on a threshold of its levels has reached the level; `above`: it has not; the rubric's else."""
    key: Annotated[Flag, alters_scale("whether it holds down what stands above it")] = False
    """`true`: the node above lies at most `policies.key_headroom` higher, and N/A is not possible."""
    tier: Annotated[Key | None, alters_rule("from which tier on its questions are asked")] = None
    """From which tier on its questions are asked: a tier of the rubric."""
    stage: Stage = None
    duty: Duty = "must"
    decimals: Annotated[Decimals | None, alters_print("how many decimals its score is printed with")] = None
    """The decimals its scores are printed with, and those below it; the rubric's by default."""
    claims: Claims = ()
    asked_in: Annotated[
        Mapping[Annotated[Ref, Refers(("claim",))], Annotated[Many[AskedIn], BeforeValidator(_places)]],
        alters_print("a proof for authors"),
    ] = {}
    """Claim to the words that ask it: `[place, phrase]`; they must stand there."""
    references: References = ()
    source: Origin = ""
    since: Since = ""
    proof: Annotated[Many[Words], alters_print("advice on what shows it"), Read()] = ()
    """Artefacts that show it."""
    windows: Annotated[Mapping[LevelRef, Window], alters_rule("from when on a level counts")] = {}
    """Level to the weeks it is lived before it can be shown; else those of `policies.plan`."""
    says: Annotated[Says, alters_words("what the client is told of a gap or a strength")] = Says()
    """The sentences of a finding, for the client."""
    questions: Many[Question] = ()
    """What is asked about it: one anchored question, and facts with `weight: 0`."""
    reads: Annotated[Many[Reading], alters_scale("which questions of other nodes count here")] = ()
    """Questions that stand elsewhere and count here as well: `[{question: id, weight: 1}]`."""
    facts: Annotated[Many[Fact], alters_print("facts are compared as the questions they are")] = ()
    """Questions that weigh nothing, after those that do."""
    gates: Gates = ()
    clashes: Clashes = ()
    criteria: Many["Node"] = ()
    """Criteria below it; they may nest."""
    renamed_from: Many[Id] = ()
    """Former ids; old answers stay readable by them."""
    notes: Notes = ""

    @model_validator(mode="after")
    def with_its_facts(self) -> Self:
        """Facts stand behind the questions, and their caps behind the gates, for all who read the tree."""
        if not self.facts:
            return self
        questions = (*self.questions, *(fact.as_question() for fact in self.facts))
        gates = (*self.gates, *(fact.caps.gate_of(fact.id) for fact in self.facts if fact.caps))
        return self.model_copy(update={"questions": questions, "gates": gates, "facts": ()})

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

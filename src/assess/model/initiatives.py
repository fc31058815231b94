"""What surrounds the tree: initiatives, claims with their sources, outside references, and personas."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from assess.model.change_classes import alters_print, alters_rule, alters_words
from assess.model.fields import (
    ClashRef,
    Code,
    Condition,
    Count,
    Date,
    Expected,
    Flag,
    GateRef,
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
    PersonaRef,
    Read,
    Record,
    References,
    RoleRef,
    ScoredRef,
    SourceRef,
    Text,
    Title,
    Window,
    Words,
)

PARTICIPANTS = "participants"
"""Who is trained, asked or sits in a meeting without being one of the roles that do the work."""
Days = Annotated[Number, Field(ge=0)]
TIMES_A_QUARTER = {"week": 13, "month": 3, "quarter": 1}


def _span(value: object) -> object:
    """`[low, high]`, and one number for both, as a mapping."""
    if isinstance(value, Mapping) or value is None:
        return value
    if not isinstance(value, list | tuple):
        return {"low": value, "high": value}
    if len(value) != len(Span.model_fields):
        message = "two numbers of days are needed, the lower first, such as [6, 12]"
        raise ValueError(message)
    return {"low": value[0], "high": value[1]}


class Span(Record, title="range of days"):
    """A range of person-days."""

    low: Days
    """Person-days if all goes well."""
    high: Days
    """Person-days if it does not."""

    def __add__(self, other: "Span") -> "Span":
        """Both together."""
        return Span(low=self.low + other.low, high=self.high + other.high)


SomeDays = Annotated[Span, BeforeValidator(_span)]


def _by_role(*own: str) -> Callable[[object], object]:
    """Days by role in their short form: what is none of a record's own keys is a role."""

    def long(value: object) -> object:
        if not isinstance(value, Mapping) or "roles" in value:
            return value
        roles = {key: days for key, days in value.items() if key not in own}
        return {**{key: days for key, days in value.items() if key in own}, **({"roles": roles} if roles else {})}

    return long


class Effort(Record):
    """Person-days to set something up: of the owner alone, or of each role and of participants."""

    low: Days | None = None
    """Person-days of the owner if all goes well."""
    high: Days | None = None
    """Person-days of the owner if it does not."""
    roles: Mapping[RoleRef, SomeDays] = {}
    """Person-days by role, `[low, high]` each."""
    participants: SomeDays | None = None
    """Person-days of people outside the named roles who are trained, asked or sit in a meeting."""


class Running(Record, title="running cost"):
    """Person-days that come back once an initiative is done: of the owner each time, or by role each quarter."""

    days: Annotated[Number, Field(gt=0)] | None = None
    """Person-days of the owner each time."""
    per: Literal["week", "month", "quarter"] = "quarter"
    """How often they come back."""
    roles: Mapping[RoleRef, Days] = {}
    """Person-days a quarter by role."""
    participants: Days = 0
    """Person-days a quarter of people outside the named roles."""


class Proof(Record, title="proof of an initiative"):
    """What shows that an initiative is lived, and when it is due."""

    what: Annotated[Words, Read()]
    """The paper or record that shows it."""
    weeks: Window
    """Weeks after the end of the work at which it is due."""


class Initiative(Record):
    """Something that can be done: what it lifts to which level, at what effort, after what, by whom."""

    id: OwnId
    code: OwnCode = None
    title: Annotated[Title, Read()]
    why: Annotated[Text, alters_print("the sentence for the client"), Read()] = ""
    """One sentence for the client."""
    lifts: Annotated[Mapping[NodeRef, Key], alters_rule("what it is done for")] = {}
    """Criterion to the level it leads to."""
    effort: Annotated[
        Effort,
        BeforeValidator(_by_role("low", "high", PARTICIPANTS)),
        alters_rule("where it fits into the plan"),
    ]
    """Person-days: `{low, high}` of the owner, or `[low, high]` by role and of `participants`."""
    weeks: Annotated[Count, Field(ge=1, le=520), alters_rule("where it fits into the plan")]
    """Weeks until it works."""
    running: Annotated[
        Running | None,
        BeforeValidator(_by_role("days", "per", PARTICIPANTS)),
        alters_rule("what it takes from later periods"),
    ] = None
    """Person-days that come back once it is done: `{days, per}` of the owner, or days a quarter by role."""
    posts: Annotated[Mapping[RoleRef, Days], alters_print("money, no time of those who change something")] = {}
    """Days a quarter of people whose daily work this becomes, by role; they cost money and no capacity."""
    grows: Annotated[Literal["heads"] | None, alters_print("how its participants grow with the organization")] = None
    """`heads`: its participants grow with the number of people concerned."""
    window: Annotated[Window | None, alters_rule("from when on its last level counts")] = None
    """Weeks it is lived before its last level can be shown."""
    proof: Annotated[Proof | None, alters_rule("from when on a level can be shown")] = None
    """What shows that it is lived, and how many weeks after the work that is due."""
    needs: Annotated[Many[InitiativeRef], alters_rule("what comes before it")] = ()
    """Initiatives that come first."""
    needs_to: Annotated[Mapping[LevelRef, Many[InitiativeRef]], alters_rule("what a level waits for")] = {}
    """Level to the initiatives it waits for besides its own work."""
    owner: Annotated[RoleRef, alters_rule("whose time it takes")]
    """The role that does it."""
    steps: Annotated[Many[Words], alters_print("advice on how to begin"), Read()] = ()
    """What to do, in order; the first without asking anybody."""
    success: Annotated[Text, alters_words("when it counts as done"), Read()] = ""
    """How one sees that it worked."""
    done: Annotated[Text, alters_words("when the work counts as done"), Read()] = ""
    """What is seen when the work ends."""
    risk: Annotated[Text, alters_print("advice"), Read()] = ""
    """How it goes wrong."""
    exit: Annotated[Text, alters_print("advice"), Read()] = ""
    """When to stop or fold it; in new rubrics `stop_when` and `keeps`."""
    stop_when: Annotated[Text, alters_print("advice"), Read()] = ""
    """What is seen when it should stop."""
    keeps: Annotated[Text, alters_print("advice"), Read()] = ""
    """What stays when it stops."""
    not_before: Annotated[Condition | None, alters_rule("when it may begin")] = None
    """A condition it waits for."""
    enabler: Annotated[Flag, alters_rule("whether it stands for others")] = False
    """`true`: lifts nothing here; others need it."""
    foundation: Annotated[Literal["owner", "training", "register"] | None, alters_rule("what comes first of all")] = (
        None
    )
    """What others rest on, and so done first: an owner is named, people are trained, a register is kept."""
    references: References = ()
    source: Origin = ""
    renamed_from: Many[Id] = ()
    """Former ids; old answers stay readable by them."""
    notes: Notes = ""

    def own_days(self) -> Span:
        """The owner's share of the effort; nothing where the owner is not among the roles that are named."""
        if self.effort.low is not None and self.effort.high is not None:
            return Span(low=self.effort.low, high=self.effort.high)
        return self.effort.roles.get(self.owner, NO_DAYS)

    def days_by_role(self) -> Mapping[str, Span]:
        """Person-days to set it up by role, participants last."""
        roles = self.effort.roles or {self.owner: self.own_days()}
        return {**roles, **({PARTICIPANTS: self.effort.participants} if self.effort.participants else {})}

    def own_running(self) -> float:
        """Person-days a quarter of the owner once it is done."""
        if self.running is None:
            return 0.0
        if self.running.days is not None:
            return self.running.days * TIMES_A_QUARTER[self.running.per]
        return self.running.roles.get(self.owner, 0.0)

    def running_by_role(self) -> Mapping[str, float]:
        """Person-days a quarter once it is done by role, participants last."""
        if self.running is None:
            return {}
        roles = self.running.roles or {self.owner: self.own_running()}
        return {**roles, **({PARTICIPANTS: self.running.participants} if self.running.participants else {})}


NO_DAYS = Span(low=0, high=0)


class Source(Record):
    """A text the rubric is built on."""

    id: OwnId
    title: Title
    author: Annotated[Text, alters_print("a name in print")] = ""
    """Who wrote it."""
    note: Annotated[Text, alters_print("a caveat in print"), Read()] = ""
    """A caveat."""


class Claim(Record):
    """One statement of a source, in our words, and the criterion that encodes it."""

    code: Code
    """A capital first, parts joined by `-` or `.`, such as `C1-29`."""
    source: Annotated[SourceRef, alters_words("who says so")]
    """The id of the source that states it."""
    at: Annotated[Text, alters_print("the place in the source")] = ""
    """Where in the source."""
    says: Annotated[Words, alters_words("what the rubric is built on"), Read()]
    """The statement, in your words."""
    good: Annotated[Text, alters_print("an illustration")] = ""
    """What a good organization does."""
    bad: Annotated[Text, alters_print("an illustration")] = ""
    """What a bad one does."""
    shown_by: Annotated[Text, alters_print("an illustration")] = ""
    """The artefact that shows it."""
    home: Annotated[NodeRef, alters_words("which criterion answers for it")]
    """The criterion that encodes it."""
    also: Annotated[Many[NodeRef], alters_words("which criteria it bears on")] = ()
    """Other criteria it bears on."""
    notes: Notes = ""


class Reference(Record, title="outside reference"):
    """Something known from outside the sources, how well, and what leans on it.

    standing: `read` in the original, `secondary` as others cite it, `recalled` from memory, `disputed` in its field.
    use: a `benchmark` carries a threshold or a gate and must not be recalled or disputed.
    """

    code: Code
    """A capital first, such as `F17`."""
    says: Annotated[Words, alters_words("what is held up as known"), Read()]
    """What is known."""
    source: Annotated[Words, alters_words("who says so")]
    """Where it was found."""
    url: Annotated[Text, alters_print("where to read it")] = ""
    """Where it can be read."""
    standing: Annotated[Literal["read", "secondary", "recalled", "disputed"], alters_words("how well it is known")]
    """`read`: in the original. `secondary`: as others cite it. `recalled`: from memory. `disputed`: in its field."""
    caveat: Annotated[Text, alters_print("a caveat in print"), Read()] = ""
    """What to say with it in front of the client; printed."""
    bears_on: Annotated[Many[NodeRef], alters_words("which nodes it is held against")] = ()
    """The nodes it bears on."""
    use: Annotated[Literal["benchmark", "background", "warning"], alters_words("whether anything rests on it")] = (
        "background"
    )
    """A `benchmark` carries a threshold or a gate, and is neither recalled nor disputed."""
    notes: Notes = ""


class Expect(Record, title="expectation"):
    """What a persona must come out with; scores on the native scale."""

    scores: Mapping[ScoredRef, Expected] = {}
    """Node to its score on the native scale, compared in the decimals written."""
    levels: Mapping[ScoredRef, Key] = {}
    """Node to its level key."""
    gates: Many[GateRef] = ()
    """Gates that hold."""
    not_gates: Many[GateRef] = ()
    """Gates that do not hold."""
    clashes: Many[ClashRef] | None = None
    """Exactly the clashes that are found."""
    planned: Many[InitiativeRef] = ()
    """Initiatives that are somewhere in the plan."""


class Persona(Record):
    """An invented organization that tests the rubric."""

    id: OwnId
    title: Title
    story: Annotated[Text, alters_print("an illustration")] = ""
    """The organization in a sentence or two."""
    like: Annotated[PersonaRef | None, alters_print("a test of the rubric")] = None
    """Another persona: its answers, staff and proof, save what is said here."""
    assessed_on: Annotated[Date, alters_print("a test of the rubric")]
    """The day it is assessed; ages of evidence are counted from here."""
    staff: Annotated[Annotated[Count, Field(ge=0)] | None, alters_print("a test of the rubric")] = None
    """Head count; efforts in the plan are scaled to it."""
    proof: Annotated[
        Literal["stated", "documented", "confirmed"] | None,
        alters_print("a test of the rubric"),
    ] = None
    """How well every level question is proved for which nobody shows evidence; as the persona it is like, else not."""
    answers: Annotated[Mapping[str, Any], alters_print("a test of the rubric")] = {}
    """Role to question to answer, in the short or the long form; an empty answer takes one back."""
    expect: Annotated[Expect, alters_print("a test of the rubric")] = Expect()
    """What must come out."""
    notes: Notes = ""

"""What surrounds the tree: initiatives, claims with their sources, outside references, and personas."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

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
    Many,
    NodeRef,
    Notes,
    Number,
    Origin,
    OwnCode,
    OwnId,
    PersonaRef,
    Record,
    References,
    RoleRef,
    ScoredRef,
    SourceRef,
    Text,
    Title,
    Words,
)


class Effort(Record):
    """A range of person-days."""

    low: Annotated[Number, Field(ge=0)]
    """Person-days if all goes well."""
    high: Annotated[Number, Field(ge=0)]
    """Person-days if it does not."""


class Running(Record, title="running cost"):
    """Person-days that come back every week, month or quarter once an initiative is done."""

    days: Annotated[Number, Field(gt=0)]
    """Person-days each time."""
    per: Literal["week", "month", "quarter"]
    """How often they come back."""


class Initiative(Record):
    """Something that can be done: what it lifts to which level, at what effort, after what, by whom."""

    id: OwnId
    code: OwnCode = None
    title: Title
    why: Annotated[Text, alters_print("the sentence for the client")] = ""
    """One sentence for the client."""
    lifts: Annotated[Mapping[NodeRef, Key], alters_rule("what it is done for")] = {}
    """Criterion to the level it leads to."""
    effort: Annotated[Effort, alters_rule("where it fits into the plan")]
    """Person-days of the owner role, as a range."""
    weeks: Annotated[Count, Field(ge=1, le=520), alters_rule("where it fits into the plan")]
    """Weeks until it works."""
    running: Annotated[Running | None, alters_rule("what it takes from later periods")] = None
    """Person-days that come back once it is done."""
    needs: Annotated[Many[InitiativeRef], alters_rule("what comes before it")] = ()
    """Initiatives that come first."""
    owner: Annotated[RoleRef, alters_rule("whose time it takes")]
    """The role that does it."""
    steps: Annotated[Many[Words], alters_print("advice on how to begin")] = ()
    """What to do, in order; the first without asking anybody."""
    success: Annotated[Text, alters_words("when it counts as done")] = ""
    """How one sees that it worked."""
    risk: Annotated[Text, alters_print("advice")] = ""
    """How it goes wrong."""
    exit: Annotated[Text, alters_print("advice")] = ""
    """When to stop or fold it."""
    not_before: Annotated[Condition | None, alters_rule("when it may begin")] = None
    """A condition it waits for."""
    enabler: Annotated[Flag, alters_rule("whether it stands for others")] = False
    """`true`: lifts nothing here; others need it."""
    references: References = ()
    source: Origin = ""
    renamed_from: Many[Id] = ()
    """Former ids; old answers stay readable by them."""
    notes: Notes = ""


class Source(Record):
    """A text the rubric is built on."""

    id: OwnId
    title: Title
    author: Annotated[Text, alters_print("a name in print")] = ""
    """Who wrote it."""
    note: Annotated[Text, alters_print("a caveat in print")] = ""
    """A caveat."""


class Claim(Record):
    """One statement of a source, in our words, and the criterion that encodes it."""

    code: Code
    """A capital first, parts joined by `-` or `.`, such as `C1-29`."""
    source: Annotated[SourceRef, alters_words("who says so")]
    """The id of the source that states it."""
    at: Annotated[Text, alters_print("the place in the source")] = ""
    """Where in the source."""
    says: Annotated[Words, alters_words("what the rubric is built on")]
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
    says: Annotated[Words, alters_words("what is held up as known")]
    """What is known."""
    source: Annotated[Words, alters_words("who says so")]
    """Where it was found."""
    url: Annotated[Text, alters_print("where to read it")] = ""
    """Where it can be read."""
    standing: Annotated[Literal["read", "secondary", "recalled", "disputed"], alters_words("how well it is known")]
    """`read`: in the original. `secondary`: as others cite it. `recalled`: from memory. `disputed`: in its field."""
    caveat: Annotated[Text, alters_print("a caveat in print")] = ""
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
    """Another persona: its answers and staff, save what is said here."""
    assessed_on: Annotated[Date, alters_print("a test of the rubric")]
    """The day it is assessed; ages of evidence are counted from here."""
    staff: Annotated[Annotated[Count, Field(ge=0)] | None, alters_print("a test of the rubric")] = None
    """Head count; efforts in the plan are scaled to it."""
    answers: Annotated[Mapping[str, Any], alters_print("a test of the rubric")] = {}
    """Role to question to answer, in the short or the long form; an empty answer takes one back."""
    expect: Annotated[Expect, alters_print("a test of the rubric")] = Expect()
    """What must come out."""
    notes: Notes = ""

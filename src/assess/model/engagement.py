"""What consultants write: the engagement, one answers file per respondent, and what was settled."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from assess.model.decisions import NO_DECISIONS, Decisions
from assess.model.fields import (
    Count,
    Date,
    Flag,
    InitiativeRef,
    Key,
    Many,
    Moment,
    Notes,
    Number,
    Record,
    Ref,
    Refers,
    RoleRef,
    Text,
    Words,
)
from assess.model.policies import PlanPolicy
from assess.model.terms import NO_TERMS, Terms

EvidenceKind = Literal["document", "record", "customer", "third_party"]

RubricVersion = Annotated[
    Words | None,
    Field(description="The version of the rubric these answers were given to; another one is an error."),
]
RubricHash = Annotated[
    Text | None,
    Field(description="The text of the rubric these answers were given to; another one is a warning."),
]


def _by_name(value: object) -> object:
    """The value, unless one is given for all alike."""
    if isinstance(value, str) and value.strip():
        message = f"a mapping is needed; for all alike write {{default: {value}}}"
        raise ValueError(message)
    return value


class Organization(Record):
    """Who is assessed; `staff` is a head count."""

    id: Ref | None = None
    """A short name, for files."""
    name: Words
    """The name, as it is printed."""
    sector: Text = ""
    """The trade it is in."""
    staff: Annotated[Count, Field(ge=0)] | None = None
    """Head count; efforts in the plan are scaled to it."""
    summary: Text = ""
    """Two sentences about the organization."""


class Closed(Record, title="time without starts"):
    """A range of days in which nothing new begins, both days included."""

    first: Date = Field(alias="from")
    """The first day."""
    last: Date = Field(alias="to")
    """The last day."""
    why: Text = ""
    """The reason, for the client."""


class Engagement(Record, title="engagement/1"):
    """One organization assessed once; ages are counted from `assessed_on`."""

    assess: Literal["engagement/1"]
    """Says what kind of document this is."""
    organization: Organization
    """Who is assessed."""
    rubric: Ref
    """The id of the rubric."""
    rubric_version: RubricVersion = None
    rubric_hash: RubricHash = None
    assessed_on: Date
    """Every age is counted from this day."""
    start_on: Date | None = None
    """The first day of the plan; the day of the assessment by default."""
    issue: Annotated[Count, Field(ge=1)] = 1
    """The number of the issue, from 1."""
    status: Literal["draft", "final"] = "draft"
    """Printed on the document."""
    prepared_for: Text = ""
    """Who reads it."""
    prepared_by: Text = ""
    """Who wrote it."""
    confidentiality: Text = ""
    """Who may see it."""
    language: Text = "en"
    """The language it is written in, such as `en`."""
    invited: Mapping[RoleRef, Annotated[Count, Field(ge=0)]] = {}
    """Role to how many of it were asked."""
    targets: Annotated[
        Mapping[Annotated[Ref, Refers(("other criterion", "node"))], Key], BeforeValidator(_by_name)
    ] = {}
    """`default` or criterion to its level; that of a principle holds for its criteria."""
    capacity: Annotated[
        Mapping[Annotated[Ref, Refers(("other role", "role"))], Annotated[Number, Field(ge=0)]],
        BeforeValidator(_by_name),
    ] = {}
    """`default` or owner role to person-days in a period."""
    at_once: Annotated[Count, Field(ge=1)] | None = None
    """How many initiatives the organization works on at the same time."""
    periods: Annotated[Count, Field(ge=1, le=20)] | None = None
    """How many periods the plan has."""
    weeks: Annotated[Count, Field(ge=1, le=52)] | None = None
    """Weeks in a period."""
    plan: PlanPolicy | None = None
    """Other rules of the plan than those of the rubric: any key of its `policies.plan`."""
    no_start: Many[Closed] = ()
    """Times in which nothing new begins; work that has begun goes on."""
    tier: Key | None = None
    """How far this engagement goes: a tier of the rubric, the whole of it by default."""
    scope: Key | None = None
    """The part of the rubric this engagement is about: a scope of the rubric, all of it by default."""
    terms: Terms = NO_TERMS
    """Words of the rubric that are read otherwise here: the name of a term of the rubric to the word that is read."""
    done: Many[InitiativeRef] = ()
    """Initiatives that are finished."""
    answers: Mapping[str, Any] = {}
    """Role to question to answer, or question to answer."""
    agreed: Mapping[str, Any] = {}
    """Question to what was settled, on which basis and why."""
    decisions: Decisions = NO_DECISIONS
    """What was decided about plan, findings and words; in a folder the file `decisions.yaml` holds it."""
    notes: Notes = ""


class EvidenceItem(Record, title="evidence"):
    """One proof attached to an answer."""

    id: Ref | None = None
    """A name to refer to it."""
    title: Words
    """The name of the paper."""
    kind: EvidenceKind = "document"
    """`customer` is a customer's word, `third_party` somebody else outside."""
    dated: Date | None = None
    """Its date, such as 2026-06-30; not after `assessed_on`."""
    file: Text = ""
    """Where it lies, below the engagement."""
    url: Text = ""
    """Where it can be read."""
    place: Text = ""
    """Where it is kept, when it is no file."""
    sha256: Text = ""
    """What the file is told from another by."""
    note: Text = ""
    """A remark."""


class AnswerEntry(Record, title="answer, long form"):
    """The long form of an answer: a value or one of the states, with note, confidence and evidence."""

    value: Any = None
    """The answer: an option key, a list of keys, a number, a date or a text."""
    na: Flag = False
    """`true`: does not apply. Needs `why`, and a question that allows it."""
    unknown: Flag = False
    """`true`: the respondent does not know."""
    declined: Flag = False
    """`true`: the respondent would rather not say."""
    why: Text = ""
    """The reason, for what does not apply."""
    confidence: Literal["low", "medium", "high"] | None = None
    """How sure the respondent is; never changes a value."""
    note: Text = ""
    """In which place or team this holds."""
    evidence: Many[EvidenceItem] = ()
    """What shows it."""
    source: Mapping[str, Any] = {}
    """What the importer read."""


class AgreedEntry(Record, title="settled answer"):
    """What a question was settled at, on whose answers, and why."""

    value: Any = None
    """What was settled."""
    na: Flag = False
    """`true`: settled as not applicable."""
    basis: Many[Annotated[Words, Refers(("role",))]] = ()
    """The respondents or roles whose answers it rests on."""
    why: Text = ""
    """The reason."""


class AnswersFile(Record, title="answers/1"):
    """The answers of one respondent, or what a log or register shows."""

    assess: Literal["answers/1"]
    """Says what kind of document this is."""
    rubric: Ref | None = None
    """The id of the rubric."""
    rubric_version: RubricVersion = None
    rubric_hash: RubricHash = None
    organization: Ref | None = None
    """The id of the organization these answers are about."""
    respondent: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
    """Letters, digits, `_`, `.`, `-`; one file per respondent."""
    role: RoleRef
    """The role answered for, by id or code."""
    kind: Literal["self", "interview", "document"] = "self"
    """`self`: the person. `interview`: somebody who asked. `document`: a log, register or export."""
    submitted: Moment | None = None
    """The day it was finished; without it the file is a draft."""
    anonymous: Flag | None = None
    """`true`: these answers count as part of a group only, in any role."""
    alone: Flag = False
    """`true`: they may count and be shown even where too few answered, though I may be recognised."""
    quote: Flag = False
    """`true`: my own words may be quoted, by role and never by name."""
    min_cell: Annotated[Count, Field(ge=1)] | None = None
    """The fewest answers of a group that count, as this respondent was told."""
    language: Text = ""
    """The language it is written in, such as `en`."""
    source: Mapping[str, Any] = {}
    """Where the answers were imported from."""
    answers: Mapping[str, Any] = {}
    """Question to answer: an option key or its number, or the long form."""
    notes: Notes = ""


class AgreedFile(Record, title="agreed/1"):
    """What was settled between respondents."""

    assess: Literal["agreed/1"]
    """Says what kind of document this is."""
    rubric: Ref | None = None
    """The id of the rubric."""
    rubric_version: RubricVersion = None
    answers: Mapping[str, Any] = {}
    """Question to what was settled, on which basis and why."""
    notes: Notes = ""

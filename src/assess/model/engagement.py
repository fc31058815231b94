"""What consultants write: the engagement, one answers file per respondent, and what was settled."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from assess.model.fields import Count, Date, Flag, Key, Many, Moment, Number, Record, Ref, Text, Words

EvidenceKind = Literal["document", "record", "customer", "third_party"]


def _by_name(value: object) -> object:
    """The value, unless one is given for all alike."""
    if isinstance(value, str) and value.strip():
        message = f"a mapping is needed; for all alike write {{default: {value}}}"
        raise ValueError(message)
    return value


class Organization(Record):
    """Who is assessed; `staff` is a head count."""

    id: Ref | None = None
    name: Words
    sector: Text = ""
    staff: Annotated[Count, Field(ge=0)] | None = None
    summary: Text = ""


class Engagement(Record):
    """One organization assessed once; ages are counted from `assessed_on`."""

    assess: Literal["engagement/1"]
    organization: Organization
    rubric: Ref
    rubric_version: Words | None = None
    rubric_hash: Text | None = None
    assessed_on: Date
    start_on: Date | None = None
    issue: Annotated[Count, Field(ge=1)] = 1
    status: Literal["draft", "final"] = "draft"
    prepared_for: Text = ""
    prepared_by: Text = ""
    confidentiality: Text = ""
    language: Text = "en"
    invited: Mapping[Ref, Annotated[Count, Field(ge=0)]] = {}
    targets: Annotated[Mapping[Ref, Key], BeforeValidator(_by_name)] = {}
    capacity: Annotated[Mapping[Ref, Annotated[Number, Field(ge=0)]], BeforeValidator(_by_name)] = {}
    at_once: Annotated[Count, Field(ge=1)] | None = None
    periods: Annotated[Count, Field(ge=1, le=20)] | None = None
    weeks: Annotated[Count, Field(ge=1, le=52)] | None = None
    done: Many[Ref] = ()
    answers: Mapping[str, Any] = {}
    agreed: Mapping[str, Any] = {}
    notes: Text = ""


class EvidenceItem(Record):
    """One proof attached to an answer."""

    id: Ref | None = None
    title: Words
    kind: EvidenceKind = "document"
    dated: Date | None = None
    file: Text = ""
    url: Text = ""
    place: Text = ""
    sha256: Text = ""
    note: Text = ""


class AnswerEntry(Record):
    """The long form of an answer: a value or one of the states, with note, confidence and evidence."""

    value: Any = None
    na: Flag = False
    unknown: Flag = False
    declined: Flag = False
    why: Text = ""
    confidence: Literal["low", "medium", "high"] | None = None
    note: Text = ""
    evidence: Many[EvidenceItem] = ()
    source: Mapping[str, Any] = {}


class AgreedEntry(Record):
    """What a question was settled at, on whose answers, and why."""

    value: Any = None
    na: Flag = False
    basis: Many[Words] = ()
    why: Text = ""


class AnswersFile(Record):
    """The answers of one respondent, or what a log or register shows."""

    assess: Literal["answers/1"]
    rubric: Ref | None = None
    rubric_version: Words | None = None
    rubric_hash: Text | None = None
    organization: Ref | None = None
    respondent: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
    role: Ref
    kind: Literal["self", "interview", "document"] = "self"
    submitted: Moment | None = None
    anonymous: Flag | None = None
    alone: Flag = False
    quote: Flag = False
    min_cell: Annotated[Count, Field(ge=1)] | None = None
    language: Text = ""
    source: Mapping[str, Any] = {}
    answers: Mapping[str, Any] = {}
    notes: Text = ""


class AgreedFile(Record):
    """What was settled between respondents."""

    assess: Literal["agreed/1"]
    rubric: Ref | None = None
    rubric_version: Words | None = None
    answers: Mapping[str, Any] = {}
    notes: Text = ""

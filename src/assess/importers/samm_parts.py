"""The eight kinds of part of the OWASP SAMM core model, one YAML file each, as its releases 2.0 to 2.2 write them."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import AliasChoices, Field

from assess.importers.sources import SourcePart
from assess.model.fields import Count, Many, Number, Text, Words


class SammPart(SourcePart):
    """A part of the model, found by its id; `type` says which kind it is."""

    id: Words
    type: Text | None = None


class Function(SammPart):
    """A business function."""

    model: Text | None = None
    name: Words
    description: Text | None = None
    order: Number | None = None


class Practice(SammPart):
    """A security practice of a function."""

    function: Text | None = None
    name: Words
    short_name: Text | None = Field(None, alias="shortName")
    summary: Text | None = Field(None, alias="shortDescription")
    description: Text | None = Field(None, alias="longDescription")
    order: Number | None = None


class MaturityLevel(SammPart):
    """One of the levels every practice is built in, counted from 1."""

    number: Count = Field(ge=1, le=99)
    description: Text | None = None


class PracticeLevel(SammPart):
    """What a practice is after at one maturity level."""

    practice: Text | None = None
    maturity_level: Text | None = Field(None, validation_alias=AliasChoices("maturityLevel", "maturitylevel"))
    objective: Text | None = None


class Stream(SammPart):
    """A line of activities through the levels of a practice."""

    practice: Text | None = None
    name: Words
    letter: Text | None = None
    description: Text | None = None
    order: Number | None = None


class Activity(SammPart):
    """What is done at one level of one stream."""

    stream: Text | None = None
    level: Text | None = None
    title: Words
    benefit: Text | None = None
    summary: Text | None = Field(None, alias="shortDescription")
    description: Text | None = Field(None, alias="longDescription")
    results: Any = None
    metrics: Any = None
    costs: Any = None
    personnel: Any = None
    notes: Any = None
    related: Any = Field(None, validation_alias=AliasChoices("relatedActivities", "relatedactivities"))


class SammQuestion(SammPart):
    """What is asked about an activity; a yes needs every quality criterion."""

    activity: Text | None = None
    answers: Text | None = Field(None, validation_alias=AliasChoices("answerSet", "answerset"))
    text: Words
    order: Number | None = None
    quality: Many[Text | None] | None = None


class Value(SourcePart):
    """One answer and what it counts, 0 to 1."""

    text: Words
    value: Number
    weight: Number | None = None
    order: Number | None = None


class AnswerSet(SammPart):
    """The answers several questions share."""

    values: Many[Value]


KINDS: Mapping[str, type[SammPart]] = {
    "Function": Function,
    "Practice": Practice,
    "MaturityLevel": MaturityLevel,
    "PracticeLevel": PracticeLevel,
    "Stream": Stream,
    "Activity": Activity,
    "Question": SammQuestion,
    "AnswerSet": AnswerSet,
}
UNPLACED = frozenset({"color", "logo", "assignee", "progress"})


class Link(NamedTuple):
    """A reference every part of a kind must have: its field, its key in the file, and the kind it leads to."""

    kind: str
    field: str
    key: str
    to: str


LINKS = (
    Link("Practice", "function", "function", "Function"),
    Link("PracticeLevel", "practice", "practice", "Practice"),
    Link("PracticeLevel", "maturity_level", "maturityLevel", "MaturityLevel"),
    Link("Stream", "practice", "practice", "Practice"),
    Link("Activity", "stream", "stream", "Stream"),
    Link("Activity", "level", "level", "PracticeLevel"),
    Link("Question", "activity", "activity", "Activity"),
    Link("Question", "answers", "answerSet", "AnswerSet"),
)

"""Questions and what they are answered with: options, goalposts, bands, scales, levels and roles."""

from collections.abc import Mapping
from typing import Annotated, Literal, assert_never

from pydantic import BeforeValidator, Field

from assess.model.fields import (
    Code,
    Condition,
    Count,
    Flag,
    Id,
    Key,
    Many,
    Number,
    OptionKey,
    Quotient,
    Record,
    Ref,
    Text,
    Words,
)

QuestionType = Literal["level", "scale", "choice", "yesno", "multi", "number", "text", "date"]
Combine = Literal["mean", "median", "min", "max"]
State = Literal["na", "unknown", "declined"]


class Scale(Record):
    """The native range of a node or question; scores inside run on 0..100."""

    min: Number = 0
    max: Number


class Level(Record):
    """A named step of a scale; `at` is its lower threshold on 0..100, a number or a fraction such as `100/3`."""

    key: Key
    title: Words
    at: Annotated[Quotient, Field(ge=0, le=100)]
    says: Text = ""


class Role(Record):
    """Who answers or owns; `people: false` marks logs and registers."""

    id: Id
    code: Code | None = None
    title: Words
    people: Flag = True
    renamed_from: Many[Id] = ()


class Option(Record):
    """One answer a question offers; `score` is native to the question, `must` a cap on 0..100 while not ticked."""

    key: OptionKey | None = None
    label: Words
    score: Number | None = None
    exclusive: Flag = False
    must: Annotated[Number, Field(ge=0, le=100)] | None = None
    stop: Flag = False
    renamed_from: Many[Key] = ()


class Goalposts(Record):
    """The numbers worth 0 and 100; `log` compares logarithms."""

    worst: Number
    best: Number
    log: Flag = False


class Band(Record):
    """Numbers worth 100 (`start`..`to`), falling in a straight line to 0 at `zero_below` and `zero_above`."""

    start: Number = Field(alias="from")
    to: Number
    zero_below: Number
    zero_above: Number


def _asked(value: object) -> object:
    if isinstance(value, list | tuple) and all(isinstance(name, str) for name in value):
        return dict.fromkeys(value)
    return value


class Question(Record):
    """One question; which keys fit depends on its type, and `validate` says so in words."""

    id: Id
    type: QuestionType
    text: Words
    help: Text = ""
    options: Many[Option] = ()
    options_from: Key | None = None
    weight: Annotated[Number, Field(ge=0)] = 1
    stage: Annotated[Count, Field(ge=1, le=99)] | None = None
    duty: Literal["must", "should", "may"] = "must"
    reverse: Flag = False
    goalposts: Goalposts | None = None
    band: Band | None = None
    min: Number | None = None
    max: Number | None = None
    integer: Flag = False
    unit: Text = ""
    unit_one: Text = ""
    ask: Annotated[Mapping[Ref, Text | None], BeforeValidator(_asked)] = {}
    allow: Many[State] = ("unknown", "declined")
    show_when: Condition | None = None
    unknown_as: Text | None = None
    required: Flag = True
    note: Literal["off", "optional", "required"] = "optional"
    evidence: Annotated[str, Field(pattern=r"^(off|optional|required|required_from [a-z][a-z0-9_]{0,39})$")] = (
        "optional"
    )
    combine: Combine | None = None
    claims: Many[Ref] = ()
    renamed_from: Many[Id] = ()
    notes: Text = ""

    @property
    def scored(self) -> bool:
        """Whether the question has a value of its own and counts in a mean."""
        return self.weight != 0 and self._valued

    @property
    def _valued(self) -> bool:
        match self.type:
            case "level" | "scale" | "yesno" | "multi":
                return True
            case "choice":
                return any(option.score is not None for option in self.options)
            case "number":
                return self.goalposts is not None or self.band is not None
            case "text" | "date":
                return False
            case _:
                assert_never(self.type)

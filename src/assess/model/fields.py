"""The field types all documents share: texts cleaned once at the border, numbers and dates read as written."""

import contextlib
import datetime
import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal, NamedTuple, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from assess.model.change_classes import alters_print, alters_scale, alters_words
from assess.spelling import spelled

MAX_TEXT = 20_000
MAX_NUMBER_TEXT = 40
RESERVED = frozenset({"and", "or", "not", "in", "by", "yes", "no", "na", "unknown", "declined", "true", "false"}) | {
    "assessed_on",
    "overall",
    "value",
    "missing",
}

_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
_INTEGER = re.compile(r"[-+]?\d+")
_LINE_END = re.compile("\r\n?|[\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Plain(str):
    """A scalar written without quotes: the field it stands in decides whether it is a text, number, date or flag."""

    __slots__ = ()


class Record(BaseModel):
    """A document or a part of one: frozen, strict and closed."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", populate_by_name=True, defer_build=True)

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        """Itself, as nothing of it can change: one that is a default is not made anew for every record with it."""
        return self


Target = Literal[
    "overall", "node", "question", "gate", "key criterion", "clash", "initiative", "role", "level", "claim",
    "reference", "source", "persona", "headline", "other criterion", "other role",
]  # fmt: skip


class Refers(NamedTuple):
    """Of a type: the text is the name of an element of one of these kinds; the `other` ones are the word `default`."""

    to: tuple[Target, ...]


class Read(NamedTuple):
    """Of a type: the text is read by those who answer or by the client, and may be translated.

    alone: it is all that its record has to read, and goes by the name of the record. none: this word means no text.
    """

    alone: bool = False
    none: str = ""


class ReadsNames(NamedTuple):
    """Of a type: the text is a condition, in which names of elements stand."""


class QuotesFigures(NamedTuple):
    """Of a type: the text may quote answers, `{question}` or `{question by role}`."""


def clean(text: str) -> str:
    """The text `evened`; raises ValueError beyond 20,000 characters."""
    if len(text) > MAX_TEXT:
        message = f"a text of {len(text)} characters; at most {MAX_TEXT} are taken"
        raise ValueError(message)
    return evened(text)


def evened(text: str) -> str:
    """The text in NFC, its line ends as newlines, without control characters and what cannot be seen.

    What cannot be seen and belongs to the spelling stays.
    """
    if text.isascii() and text.isprintable():
        return str(text)
    text, before = _CONTROL.sub("", _LINE_END.sub("\n", text).replace("\t", " ")), ""
    while text != before:  # what is taken out can bring marks together that are then put in order
        before, text = text, spelled(unicodedata.normalize("NFC", text))
    return text


def to_number(value: object) -> object:
    """An unquoted number as int or float; anything else unchanged, for the field to refuse.

    Raises ValueError for numbers of more than 40 characters.
    """
    if not isinstance(value, Plain):
        return value
    if len(value) > MAX_NUMBER_TEXT and _NUMBER.fullmatch(value):
        message = f"a number of {len(value)} characters; at most {MAX_NUMBER_TEXT} are taken"
        raise ValueError(message)
    if _INTEGER.fullmatch(value):
        return int(value)
    return float(value) if _NUMBER.fullmatch(value) else value


class WrittenNumber(float):
    """A number with the decimals it was written with; 0 for a whole number."""

    places: int = 0


def _as_written(value: object, read: ValidatorFunctionWrapHandler) -> WrittenNumber:
    """A number that keeps its decimals, those at the end too where it comes from a document."""
    found = WrittenNumber(read(value))
    text = value if isinstance(value, Plain) else f"{float(found):.9g}"
    found.places = max(-int(Decimal(str(text)).as_tuple().exponent), 0)
    return found


def to_fraction(value: object) -> object:
    """An unquoted number or a fraction such as `2/3` as a number; anything else unchanged, for the field to refuse."""
    if isinstance(value, str) and "/" in value:
        with contextlib.suppress(ValueError, ArithmeticError):
            return float(Fraction(value))
        return value
    return to_number(value)


def to_flag(value: object) -> object:
    """Unquoted true and false as booleans; anything else unchanged."""
    return {"true": True, "false": False}.get(value, value) if isinstance(value, Plain) else value


def to_date(value: object) -> object:
    """An ISO date text as a date; raises ValueError for a day that does not exist."""
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value if _DAY.fullmatch(value) else "")
        except ValueError:
            message = f"'{value}' is not a date; write it as 2026-06-30"
            raise ValueError(message) from None
    return value


def _moment(value: str) -> str:
    """A day or a moment in ISO form, as it was written; raises ValueError for anything else."""
    try:
        datetime.datetime.fromisoformat(value if _DAY.match(value) else "")
    except ValueError:
        raise ValueError(f"'{value}' is not a date; write it as 2026-06-30 or 2026-06-30T10:22:00Z") from None
    return str(value)


def _finite(value: float) -> float:
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - only NaN differs from itself
        message = "not a finite number"
        raise ValueError(message)
    return value


def _unreserved(value: str) -> str:
    if value in RESERVED:
        message = f"'{value}' is a reserved word"
        raise ValueError(message)
    return value


def _no_state(value: str) -> str:
    if value in ("na", "unknown", "declined"):
        raise ValueError(f"'{value}' is a state of an answer and cannot be the key of an option")
    return value


def _listed(value: object) -> object:
    return tuple(value) if isinstance(value, Sequence) and not isinstance(value, str) else value


T = TypeVar("T")
Text = Annotated[str, AfterValidator(clean)]
Words = Annotated[str, AfterValidator(clean), StringConstraints(min_length=1, pattern=r"\S")]
Number = Annotated[float, BeforeValidator(to_number), AfterValidator(_finite)]
Quotient = Annotated[float, BeforeValidator(to_fraction), AfterValidator(_finite)]
Count = Annotated[int, BeforeValidator(to_number)]
Expected = Annotated[Number, WrapValidator(_as_written)]
Decimals = Annotated[Count, Field(ge=0, le=6)]
Window = Annotated[Count, Field(ge=0, le=520)]
Flag = Annotated[bool, BeforeValidator(to_flag)]
Date = Annotated[datetime.date, BeforeValidator(to_date)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$"), AfterValidator(_unreserved)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9]*([-.][A-Za-z0-9]+)*$", max_length=40)]
Ref = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_.-]{0,39}$")]
Moment = Annotated[str, AfterValidator(_moment)]
OptionKey = Annotated[Key, AfterValidator(_no_state)]
Condition = Annotated[str, AfterValidator(clean), StringConstraints(min_length=1, max_length=2000), ReadsNames()]
Many = Annotated[tuple[T, ...], BeforeValidator(_listed), Strict(strict=False)]

# Names of elements, by what they lead to.
NodeRef = Annotated[Ref, Refers(("node",))]
ScoredRef = Annotated[Ref, Refers(("overall", "node"))]
PartRef = Annotated[Ref, Refers(("node", "question"))]
QuestionRef = Annotated[Ref, Refers(("question",))]
RoleRef = Annotated[Ref, Refers(("role",))]
InitiativeRef = Annotated[Ref, Refers(("initiative",))]
GateRef = Annotated[Ref, Refers(("gate", "key criterion"))]
ClashRef = Annotated[Ref, Refers(("clash",))]
SourceRef = Annotated[Ref, Refers(("source",))]
PersonaRef = Annotated[Ref, Refers(("persona",))]
LevelRef = Annotated[Key, Refers(("level",))]
ElementRef = Annotated[
    Ref,
    Refers(("overall", "node", "question", "gate", "key criterion", "clash", "initiative", "role", "headline")),
]

# Fields that many records have, each with its sentence and what a change of it means.
OwnId = Annotated[
    Id,
    Field(
        description="A small letter, then small letters, digits and `_`, at most 40. Unique in the rubric; never "
        "changes once answers exist."
    ),
]
OwnCode = Annotated[
    Code | None,
    Field(
        description="A short name for people, such as `LWP-1`. Ids and codes share one namespace; either may be "
        "referred to."
    ),
    alters_words("engagements and commands may name it; they would mean something else"),
]
Title = Annotated[Words, Field(description="What it is called in print."), alters_print("a name in print")]
Claims = Annotated[
    Many[Annotated[Ref, Refers(("claim",))]],
    Field(description="Codes of the claims it encodes."),
    alters_words("which statements it stands for"),
]
References = Annotated[
    Many[Annotated[Ref, Refers(("reference",))]],
    Field(description="Codes of the outside references it leans on."),
    alters_print("what is known from elsewhere"),
]
Origin = Annotated[
    Text,
    Field(description="`external` when no source of the rubric states it."),
    alters_print("where it comes from"),
]
Stage = Annotated[
    Annotated[Count, Field(ge=1, le=99)] | None,
    Field(description="For `staged`, `cumulative` and `tiers`: the stage it belongs to, from 1."),
    alters_scale("which stage waits for it"),
]
Duty = Annotated[
    Literal["must", "should", "may"],
    Field(description="For `tiers`: what the stage asks of it."),
    alters_scale("which threshold it has to reach"),
]
Since = Annotated[
    Text,
    Field(description="The version of the rubric it came with."),
    alters_print("the version it came with"),
]
Notes = Annotated[Text, Field(description="For authors; never printed."), alters_print("for authors, never printed")]

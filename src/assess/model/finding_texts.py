"""Texts that fit their case: a sentence for every cause or level, and the figures it quotes from the answers."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, NamedTuple

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    SerializerFunctionWrapHandler,
    model_serializer,
)

from assess.model.change_classes import alters_rule, alters_words
from assess.model.fields import Condition, Flag, Many, QuotesFigures, Read, Record, RoleRef, Text, Words, clean

QUOTED = re.compile(r"\{([^{}]*)\}")
ANY_LEVEL = ""
_NAME = "[A-Za-z][A-Za-z0-9_.-]*"
_FIGURE = re.compile(rf"\s*({_NAME})(?:\s+by\s+({_NAME}))?\s*")
_LEVEL = re.compile(r"[a-z][a-z0-9_]{0,39}")


class Figure(NamedTuple):
    """What stands in braces: a question, and the role whose answer is quoted; empty for what all say together."""

    question: str
    role: str = ""


class QuotedFigure(NamedTuple):
    """A figure as it is printed, of a number also without its unit, and who gave it."""

    question: str
    role: str
    shown: str
    number: str
    source: str


class FilledText(NamedTuple):
    """What a text says of one organization, empty where none fits, and the figures it quotes."""

    text: str = ""
    figures: tuple[QuotedFigure, ...] = ()


NOTHING_TOLD = FilledText()


def figures_in(text: str) -> Iterator[Figure]:
    """The figures a text quotes, left to right; other words in braces are words."""
    found = (figure_of(words) for words in QUOTED.findall(text))
    return (figure for figure in found if figure is not None)


def figure_of(words: str) -> Figure | None:
    """What words in braces quote; None for words that are no figure."""
    found = _FIGURE.fullmatch(words)
    return Figure(found[1], found[2] or "") if found else None


class Cause(Record, title="text of a cause"):
    """One sentence of a finding, and the condition under which it is the one."""

    when: Condition | None = None
    """A condition on answers that were given; left out, the text fits whenever those above it do not."""
    says: Annotated[Words, QuotesFigures(), Read(alone=True)]
    """The sentence. `{question}` and `{question by role}` quote answers."""


def _causes(value: object) -> object:
    """One text, or one text with its condition, as a list of them; texts in the list as causes."""
    entries = value if isinstance(value, list | tuple) else (value,)
    return tuple({"says": entry} if isinstance(entry, str) else entry for entry in entries)


class FindingText(Record, title="text of a finding"):
    """What a finding says: by what is known, and where it holds only because nobody knows."""

    known: Annotated[Many[Cause], BeforeValidator(_causes), QuotesFigures()] = ()
    """What is said where answers show it: the first text whose condition holds and whose figures are there."""
    unknown: Annotated[Text, QuotesFigures(), Read()] = ""
    """What is said where it holds only because of don't-knows."""

    @property
    def always(self) -> str:
        """The text where it is the same whatever the cause; else empty."""
        one = len(self.known) == 1 and self.known[0].when is None
        return self.unknown if one and self.known[0].says == self.unknown else ""

    @property
    def plain(self) -> str:
        """The text where it is the same in every case; else empty."""
        return "" if QUOTED.search(self.always) else self.always

    @property
    def sample(self) -> str:
        """One of its texts, for lists of what there is."""
        return next((cause.says for cause in self.known), self.unknown)

    def texts(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Each of its texts with its route below the key it stands behind."""
        if self.always:
            yield (), self.always
            return
        for place, cause in enumerate(self.known):
            yield ("known", place, "says"), cause.says
        if self.unknown:
            yield ("unknown",), self.unknown

    @model_serializer(mode="wrap")
    def _as_written(self, dump: SerializerFunctionWrapHandler) -> object:
        return self.always or dump(self)


def _finding_text(value: object) -> object:
    """A text for every case, or texts by what is known."""
    if isinstance(value, str):
        says = clean(value)
        if not says.strip():
            message = "a text is needed"
            raise ValueError(message)
        return {"known": ({"says": says},), "unknown": says}
    if isinstance(value, Mapping) and value and not value.keys() & FindingText.model_fields.keys():
        message = "a text is needed, or {known: ..., unknown: ...}; a text with ': ' needs quotes"
        raise ValueError(message)
    if not value or isinstance(value, list | tuple):
        message = "a text is needed, or {known: ..., unknown: ...}"
        raise ValueError(message)
    return value


Telling = Annotated[FindingText, BeforeValidator(_finding_text), QuotesFigures()]
NO_TEXT = FindingText()


def _level_key(value: str) -> str:
    if value != ANY_LEVEL and not _LEVEL.fullmatch(value):
        message = "the key of a level is needed; a text with ': ' needs quotes"
        raise ValueError(message)
    return value


def _by_level(value: object) -> object:
    """A text for every level as a mapping of one entry; nothing for an empty one."""
    if isinstance(value, str):
        return {ANY_LEVEL: clean(value)} if value.strip() else {}
    return value


def _levels_as_written(texts: Mapping[str, str]) -> object:
    return texts[ANY_LEVEL] if ANY_LEVEL in texts else dict(texts)


TextsByLevel = Annotated[
    Mapping[Annotated[str, AfterValidator(_level_key)], Words],
    BeforeValidator(_by_level),
    PlainSerializer(_levels_as_written),
    QuotesFigures(),
]
"""The key of a level to its text; behind `ANY_LEVEL` one for all of them."""
NO_TEXTS: Mapping[str, str] = {}

Urgency = Literal["law", "harm", "promise"]


class Decision(Record):
    """What somebody has to decide at once while a finding stands: one of the three, and who decides."""

    stop: Annotated[Text, Read()] = ""
    """What has to stop."""
    hold: Annotated[Text, Read()] = ""
    """What must not begin yet."""
    allow: Annotated[Text, Read()] = ""
    """What has to be permitted."""
    who: RoleRef
    """The role that decides."""

    @property
    def verb(self) -> Literal["stop", "hold", "allow"]:
        """Which of the three it is."""
        return "stop" if self.stop else "hold" if self.hold else "allow"

    @property
    def what(self) -> str:
        """What is to be stopped, held or allowed."""
        return self.stop or self.hold or self.allow


Urgent = Annotated[
    Urgency | None,
    Field(description="Comes before all other findings: against a `law`, does `harm`, or breaks a `promise`."),
    alters_rule("which findings come first"),
]
Red = Annotated[
    Flag,
    Field(description="`true`: red while it holds, although it may hold nothing down."),
    alters_rule("which findings are urgent"),
]
Consequence = Annotated[
    Telling,
    Field(description="What follows from it for the client, in a sentence or two."),
    alters_words("what the client is told to follow"),
]
AtOnce = Annotated[
    Decision | None,
    Field(description="What has to be decided at once: `{stop: ..., who: ROLE}`, or `hold`, or `allow`."),
    alters_words("what somebody is asked to decide"),
]

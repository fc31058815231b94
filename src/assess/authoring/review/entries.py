"""What a record says, label by label and line by line, read off the fields of the model."""

import datetime
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from assess.authoring.titles import titles_by_kind
from assess.explain.wording import condition_in_words
from assess.formula.aggregations import aggregation
from assess.model.aggregation import Aggregate
from assess.model.anatomy import conditions_in, fields_in, references_in, texts_in
from assess.model.fields import Record, Refers
from assess.model.finding_texts import ANY_LEVEL, FindingText
from assess.model.initiatives import Span
from assess.model.nodes import Says
from assess.model.questions import ANY_TIER, Scale
from assess.model.rubric import Rubric
from assess.numbers import short

NOWHERE = Refers(())
PLACES = 6


class ReviewEntry(NamedTuple):
    """A label, and what stands behind it: one line or several; kind: `asked` where another reader begins."""

    label: str
    lines: tuple[str, ...]
    kind: str = ""


class ReviewPart(NamedTuple):
    """A piece of a rubric with its heading: what it says, and the pieces in it.

    kind: what it is, such as `question`. mark: its id, by which it is found again; empty where it has none.
    """

    kind: str
    mark: str
    title: str
    entries: tuple[ReviewEntry, ...] = ()
    parts: tuple["ReviewPart", ...] = ()


# Mappings whose keys and words name no element, although they may read like one.
NAMING_NOTHING = ("minutes", "terms")


class Reader:
    """Reads the records of one rubric."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self.titles = titles_by_kind(rubric)

    def entries(self, record: Record, without: AbstractSet[str] = frozenset()) -> Iterator[ReviewEntry]:
        """An entry for every field of a record that says something, save some, in the order of the model."""
        for key, name in fields_in(type(record)).items():
            value, default = getattr(record, name), type(record).model_fields[name].get_default()
            if name not in without and value not in (default, "", ()):
                yield from self.entry(record, key, name)

    def entry(self, record: Record, key: str, name: str) -> Iterator[ReviewEntry]:
        """What a field says; the sentences of a node have a label each."""
        value = getattr(record, name)
        if isinstance(value, Says):
            yield from self.entries(value)
        elif lines := tuple(self.lines(record, name, value)):
            yield ReviewEntry(label_of(key), lines)

    def fields(self, record: Record) -> Iterator[str]:
        """A line for every field of a record that has a value, its defaults included."""
        for key, name in fields_in(type(record)).items():
            lines = tuple(self.lines(record, name, getattr(record, name)))
            if getattr(record, name) is not None and lines:
                yield f"{label_of(key)}: {', '.join(lines)}"

    def lines(self, record: Record, name: str, value: object) -> Iterator[str]:
        """The lines of a value of a field."""
        if name in conditions_in(type(record)):
            yield f"{condition_in_words(self.rubric, str(value))} ({value})"
        elif name in texts_in(type(record)):
            yield from self.texts(value)
        elif isinstance(value, Mapping) and name in NAMING_NOTHING:
            said = ((key, self.word(inner) if name == "minutes" else inner) for key, inner in value.items())
            yield from (words if key == ANY_TIER else f"{key}: {words}" for key, words in said)
        elif isinstance(value, Mapping):
            refers = references_in(type(record)).get(name, NOWHERE)
            yield from (f"{self.called(key, refers)}: {self.word(inner)}" for key, inner in value.items())
        elif isinstance(value, FindingText):
            yield from self.causes(value)
        else:
            refers = references_in(type(record)).get(name, NOWHERE)
            yield from (self.word(each, refers) for each in (value if isinstance(value, tuple) else (value,)))

    def texts(self, value: object) -> Iterator[str]:
        """A text, the texts of a list, or those of a mapping behind their keys."""
        if isinstance(value, Mapping):
            yield from (f"{self.called(key)}: {text}" if key != ANY_LEVEL else text for key, text in value.items())
        else:
            yield from (value if isinstance(value, tuple) else (str(value),))

    def causes(self, text: FindingText) -> Iterator[str]:
        """The texts of a finding, each with the case in which it is said."""
        if text.always:
            yield text.always
            return
        for cause in text.known:
            when = f"if {condition_in_words(self.rubric, cause.when)} ({cause.when})" if cause.when else "otherwise"
            yield f"{when}: {cause.says}"
        if text.unknown:
            yield f"where nobody knows: {text.unknown}"

    def word(self, value: object, refers: Refers = NOWHERE) -> str:
        """One value on one line."""
        if isinstance(value, Aggregate):
            settings = [f"{entry.label}: {', '.join(entry.lines)}" for entry in self.entries(value, {"kind"})]
            return "; ".join([f"{value.kind}: {aggregation(value).says}", *settings])
        if isinstance(value, Span | Scale):
            return " to ".join(short(end, PLACES) for _, end in value)
        if isinstance(value, Record):
            return "; ".join(f"{entry.label}: {', '.join(entry.lines)}" for entry in self.entries(value))
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, int | float):
            return short(value, PLACES)
        if isinstance(value, datetime.date):
            return value.isoformat()
        if isinstance(value, tuple):
            return ", ".join(self.word(each, refers) for each in value)
        return self.called(str(value), refers)

    def called(self, name: str, refers: Refers = NOWHERE) -> str:
        """A name with the title of what it leads to; any other word as it stands."""
        kinds = (*refers.to, *self.titles)
        title = next((self.titles[kind][name] for kind in kinds if name in self.titles[kind]), "")
        return f"{title} ({name})" if title else name


def label_of(key: str) -> str:
    """The label of a key of the language."""
    words = key.replace("_", " ")
    return words[:1].upper() + words[1:]

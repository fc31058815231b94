"""The texts of a base, before there is a model of it: said in the words of an overlay, and what they count."""

import re
from collections.abc import Iterator, Mapping
from typing import get_origin

from assess.documents import Document, Part
from assess.model.anatomy import fields_in, read_in, texts_in
from assess.model.fields import Record
from assess.model.rubric import Rubric
from assess.model.terms import CITED, Saying
from assess.overlay.wording import phrases

_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_ONE_OF = {"principles": "principle", "criteria": "criterion"}


def say_otherwise(root: Part, say: Saying, own: Document) -> None:
    """Say every text of a rubric that is read otherwise, and the words in which claims are asked; what is cited stays.

    own: the overlay; its own texts stay as they are written.
    """
    for text in (*read_texts(root), *phrases(root)):
        if text.document is not own:
            said = say(str(text.value))
            text.value = text.value if said == text.value else said


def read_texts(part: Part, record: type[Record] = Rubric) -> Iterator[Part]:
    """Every text that is read in a record and in those below it; what is cited aside."""
    names = fields_in(record)
    for key, inner in part.entries.items():
        name = names.get(key, "")
        if name in texts_in(record):
            yield from (text for text in _texts(inner) if str(text.value).strip() != texts_in(record)[name].none)
        elif name in read_in(record) and name not in CITED:
            by_name = get_origin(record.model_fields[name].annotation) is Mapping
            for each in inner.entries.values() if by_name else (inner,):  # a list in its place holds the names alone
                yield from _in_records(each, read_in(record)[name])


def _texts(part: Part) -> Iterator[Part]:
    """One text, or those of a list or a mapping."""
    if isinstance(part.value, str):
        yield part
    for inner in (*part.items, *part.entries.values()):
        yield from _texts(inner)


def _in_records(part: Part, record: type[Record]) -> Iterator[Part]:
    """The texts of one record or a list of them; a text in the place of one is its short form."""
    if isinstance(part.value, str):
        yield part
    for inner in part.items:
        yield from _in_records(inner, record)
    yield from read_texts(part, record)


def count_parts(root: Part) -> Mapping[str, int]:
    """How many principles a rubric has, and how many criteria with questions of their own below them."""
    principles = root.entries["principles"].items if "principles" in root.entries else []
    return {"principles": len(principles), "criteria": sum(map(_criteria, principles))}


def _criteria(part: Part) -> int:
    below = part.entries["criteria"].items if "criteria" in part.entries else []
    return sum(map(_criteria, below)) + any(key in part.entries for key in ("questions", "facts"))


def miscounted(
    root: Part, own: Document, before: Mapping[str, int], now: Mapping[str, int]
) -> Iterator[tuple[str, str, str]]:
    """Where texts of a base name a number that is another now: the words, their file and line, the number of now.

    own: the overlay, whose texts say what they mean. Numbers are read in figures, and in English words up to twenty.
    """
    for kind in (kind for kind in before if before[kind] != now[kind]):
        number = "|".join(dict.fromkeys((str(before[kind]), _in_words(before[kind]))))
        counting = re.compile(rf"\b({number})\s+(\w+\s+)?({kind}|{_ONE_OF[kind]})\b", re.IGNORECASE)
        for text in read_texts(root):
            found = counting.search(str(text.value)) if text.document is not own else None
            if found:
                place = text.document.places[text.route]
                yield " ".join(found[0].split()), f"{place.file}:{place.line}", _in_words(now[kind])


def _in_words(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)

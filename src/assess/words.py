"""Words of a rubric as they stand in a sentence: in quotation marks, in a row, with a full stop."""

import datetime
from collections.abc import Iterable

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def quoted(text: str) -> str:
    """The text in quotation marks; those inside become single ones."""
    return '"' + text.replace('"', "'") + '"'


def listed(words: Iterable[str]) -> str:
    """Words in a row: `a, b and c`."""
    *first, last = (*words,) or ("",)
    return f"{', '.join(first)} and {last}" if first else last


def day_in_words(day: datetime.date) -> str:
    """A day as it stands in a sentence: its number, the month in words, the year."""
    return f"{day.day} {month_in_words(day)}"


def month_in_words(day: datetime.date) -> str:
    """The month of a day as it stands in a sentence, with its year."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def short_day(day: datetime.date) -> str:
    """A day as it stands in a table or a picture: the month in three letters, and no line break inside."""
    return f"{day.day}\N{NO-BREAK SPACE}{_MONTHS[day.month - 1][:3]}\N{NO-BREAK SPACE}{day.year}"


def ended(text: str) -> str:
    """The text with a full stop, unless it ends a sentence already."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…" else f"{text}."

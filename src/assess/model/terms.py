"""Terms: words of a rubric that may be read otherwise, and a text with other words in it."""

import re
from collections.abc import Callable, Mapping
from typing import Annotated

from pydantic import Field

from assess.model.fields import Key, Words
from assess.model.finding_texts import QUOTED, figure_of

Saying = Callable[[str], str]
Terms = Mapping[Key, Annotated[Words, Field(max_length=80)]]
NO_TERMS: Mapping[str, str] = {}
CITED = ("sources", "claims", "references")
"""The lists of a rubric that stand in the words of others."""

_ADDRESS = r"[a-z][a-z0-9+.-]*://\S+|www\.\S+|[\w.+-]+@[\w.-]+|(?:[\w.-]*/)+[\w-]+\.\w+"
# A word ends where a letter, digit or `_` does not go on, nor an apostrophe or a point with more behind it.
_BEFORE, _BEHIND = r"(?<!\w)(?<!\w['\u2019.])", r"(?!\w|['\u2019.]\w)"


def replacing(readings: Mapping[str, str]) -> Saying:
    """What says a text with other words in it, by the words that stand there; all at once, the longest first.

    Whole words alone: neither a plural nor a possessive of one, nor what stands in an address, a path or the braces of
    a figure. A capital at the start and capitals throughout are kept.
    """
    other = {_even(old): new for old, new in readings.items() if old.strip() != new.strip()}
    if not other:
        return str
    by_letters = {old.casefold(): old for old in other}
    parts = (r"\s+".join(map(re.escape, old.split())) for old in sorted(other, key=len, reverse=True))
    words = (part.replace("'", r"['\u2019]") for part in parts)
    found = re.compile(rf"{_ADDRESS}|{QUOTED.pattern}|{_BEFORE}(?P<words>{'|'.join(words)}){_BEHIND}", re.IGNORECASE)

    def said(match: re.Match[str]) -> str:
        words = match["words"]
        if words is not None:
            stands = _even(words)
            old = by_letters.get(stands.casefold(), stands)
            return other[old] if old == stands and old in other else _cased(other.get(old, words), words)
        inside = match[1]
        plain = inside is not None and figure_of(inside) is None
        return f"{{{found.sub(said, inside)}}}" if plain else match[0]

    return lambda text: found.sub(said, text)


def _even(words: str) -> str:
    return " ".join(words.split()).replace("\u2019", "'")


def _cased(new: str, old: str) -> str:
    """Words in the capitals of those they stand for."""
    if old.isupper() and len(old) > 1:
        return new.upper()
    return new[:1].upper() + new[1:] if old[:1].isupper() else new

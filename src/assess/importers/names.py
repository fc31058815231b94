"""Names and texts of a source in the form the rubric language takes them."""

import hashlib
import re

from assess.conditions import WORDS
from assess.model.fields import MAX_TEXT, RESERVED

LONGEST = 40
_FAITHFUL = re.compile(r"[a-z][a-z0-9_]*")
_CHECKSUM = 8


class UniqueNames:
    """Ids given out so far; the same id of a source gives the same name in every release of it."""

    def __init__(self) -> None:
        """Start with the words that cannot be names."""
        self._owners: dict[str, str] = dict.fromkeys((*RESERVED, *WORDS), "")

    def take(self, text: str, prefix: str = "", suffix: str = "") -> str:
        """A name nobody has: the id in small letters between prefix and suffix, at most 40 characters.

        One that is too long, holds other signs than letters, digits, `_` and `-`, or belongs to another id already,
        ends in a checksum of itself. An id that comes a second time gets a number behind it.
        """
        low, room = prefix + text.lower().replace("-", "_"), LONGEST - len(suffix)
        stem = low if low[:1].isascii() and low[:1].isalpha() else f"x{low}"
        if not _FAITHFUL.fullmatch(low) or len(low) > room or self._owners.get(low + suffix, text) != text:
            short = re.sub(r"[^a-z0-9_]", "_", stem)[: room - _CHECKSUM - 1].rstrip("_")
            stem = f"{short}_{hashlib.sha256(text.encode()).hexdigest()[:_CHECKSUM]}"
        name, number = stem + suffix, 2
        while name in self._owners:
            end = f"_{number}{suffix}"
            name, number = stem[: LONGEST - len(end)] + end, number + 1
        self._owners[name] = text
        return name


class Wordings:
    """Texts given out so far: no two read the same, upper and lower case and white space aside."""

    def __init__(self) -> None:
        """Start with none."""
        self._taken: set[str] = set()

    def take(self, text: str, identity: str) -> tuple[str, bool]:
        """The text on one line, with the id behind it if it was taken; and whether it was."""
        line = one_line(text)
        taken = line.casefold() in self._taken
        found = f"{line} ({identity})" if taken else line
        self._taken.add(found.casefold())
        return found, taken


def make_id(text: str) -> str:
    """A title as an id, cut at 40 characters; empty when nothing of it can be one."""
    start = re.sub(r"[^a-z0-9]+", "_", text.lower()).lstrip("_0123456789")[:LONGEST].rstrip("_")
    return "" if start in RESERVED else start


def one_line(text: str | None) -> str:
    """A text without line breaks and repeated spaces."""
    return " ".join((text or "").split())


def paragraphs(text: str | None) -> str:
    """A text without white space around it and at the ends of its lines."""
    return "\n".join(line.rstrip() for line in (text or "").strip().split("\n")).strip()


def notes(*parts: str) -> str:
    """Paragraphs as one note, cut where no text of a rubric may go on."""
    whole = "\n\n".join(part for part in parts if part)
    return whole if len(whole) <= MAX_TEXT else f"{whole[: MAX_TEXT - 1].rstrip()}\u2026"

"""Spaces that look like one and are none: what word processors and chats put where YAML needs a plain space."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from assess.problems import Location, Problem

_ODD = "\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
_INDENT = re.compile(rf"[ \t{_ODD}-]*[{_ODD}][ \t{_ODD}-]*")
_AFTER_COLON = re.compile(rf"(?<=[\w'\"{_ODD}]:)[ ]*[{_ODD}][ {_ODD}]*")
_AFTER_DASH = re.compile(f"(?<=-)[{_ODD}]")
_AT_AN_END = re.compile(rf"^[{_ODD}]+|[{_ODD}]+$|(?<=:)[{_ODD}]")
_KEY_LINE = re.compile(rf"[ {_ODD}]*[a-z][a-z0-9_]*[ {_ODD}]*:[{_ODD}]")
_WITHOUT_WIDTH = re.compile("[\u00ad\u180e\u200b-\u200f\u2060\ufeff]")
_EACH = re.compile(f"[{_ODD}]")
_MOST_TOLD = 50


def mend_spaces(text: str) -> tuple[str, ...]:
    """A text with plain spaces in the indents and after the colons of its lines, once each way it can be meant.

    What has no width was meant as nothing or as a space.
    """
    return tuple(dict.fromkeys(_mended(text, width) for width in ("", " ")))


def _mended(text: str, width: str) -> str:
    def plain(found: re.Match[str]) -> str:
        return _EACH.sub(" ", _WITHOUT_WIDTH.sub(width, _AFTER_DASH.sub(" ", found[0])))

    lines = (_INDENT.sub(plain, line, count=1) for line in text.split("\n"))
    return "\n".join(_AFTER_COLON.sub(" ", line) for line in lines)


def odd_spaces(lines: Sequence[str], first: int, last: int, name: str) -> Iterator[Problem]:
    """A problem for every line, from `first` to `last`, with an odd space in its indent or after a colon."""
    found = 0
    for number, line in enumerate(lines[first : last + 1], first):
        places = [match for match in (_INDENT.match(line), _AFTER_COLON.search(line)) if match]
        if places and found < _MOST_TOLD:
            found += 1
            odd = _EACH.search(line, places[0].start())
            yield odd_space(lines, number, odd.start() if odd else 0, name)


def odd_space(lines: Sequence[str], line: int, column: int, name: str) -> Problem:
    """The problem of one odd space; line and column count from 0."""
    sign = lines[line][column : column + 1]
    message = f"{name_character(sign)} stands here, which looks like a plain space or like nothing and is neither"
    hint = "delete it and type a space where one is needed; it comes along with text from word processors and chats"
    return Problem("yaml_syntax", message, Location(name, line + 1, column + 1), hint, source=lines[line])


def name_character(sign: str) -> str:
    """A character by its name and number."""
    return f"the character {unicodedata.name(sign, 'without a name')} (U+{ord(sign):04X})"


def spoilt_key(key: str) -> int | None:
    """Where, counted from 0, an odd space begins or ends a key or hides its colon; None when none does."""
    found = _AT_AN_END.search(key)
    return found.start() if found else None


def hidden_key(lines: Sequence[str], first: int, last: int) -> int | None:
    """The line, from `first` to `last`, that reads like a key of its own and was taken as more of the text above."""
    return next((number for number in range(first, last + 1) if _KEY_LINE.match(lines[number])), None)

"""What a file is when it is not the text it should be: a workbook, an archive, a table, a web page, UTF-16."""

import re
from typing import NamedTuple

from assess.problems import Location, Problem
from assess.spelling import printable

_BY_HAND = "write what it says into a YAML file, as 'key: value' lines"
_AS_EVIDENCE = f"{_BY_HAND}; an answer can name the file itself as evidence"
_UNPACK = "unpack it, and name the YAML files that are in it"
_TABLE = f"tables are not read: {_BY_HAND} (`assess new` writes an answers file with every question in it)"
_AGAIN = "save the file as UTF-8"

_SOME = 4096
_FEWEST_ROWS = 2
_MOST_ROWS = 20
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_QUOTED = re.compile(r'"[^"]*"')
_KEY = re.compile(r"\s*(?:-\s+)?[\w-]+:(?:\s|$)")


class Foreign(NamedTuple):
    """What a file is, with its article, and the way out."""

    what: str
    hint: str


# What a file of a kind begins with.
_BEGINNINGS: tuple[tuple[bytes, Foreign], ...] = (
    (b"%PDF-", Foreign("a PDF document", _AS_EVIDENCE)),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Foreign("a document of Microsoft Office as it was before 2007", _TABLE)),
    (b"{\\rtf", Foreign("a document in rich text (RTF)", "save it as plain text in UTF-8")),
    (b"\x1f\x8b", Foreign("a compressed file (gzip)", _UNPACK)),
    (b"BZh", Foreign("a compressed file (bzip2)", _UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", Foreign("a 7-Zip archive", _UNPACK)),
    (b"Rar!", Foreign("a RAR archive", _UNPACK)),
    (b"\x89PNG", Foreign("a picture (PNG)", _AS_EVIDENCE)),
    (b"\xff\xd8\xff", Foreign("a picture (JPEG)", _AS_EVIDENCE)),
    (b"GIF8", Foreign("a picture (GIF)", _AS_EVIDENCE)),
    (b"SQLite format 3\x00", Foreign("an SQLite database", _TABLE)),
    (b"PAR1", Foreign("a Parquet table", _TABLE)),
    (b"\xff\xfe\x00\x00", Foreign("UTF-32 text", _AGAIN)),
    (b"\xff\xfe", Foreign("UTF-16 text", _AGAIN)),
    (b"\xfe\xff", Foreign("UTF-16 text", _AGAIN)),
)
# What the names inside a zip archive tell of it.
_IN_ZIP: tuple[tuple[bytes, Foreign], ...] = (
    (b"xl/", Foreign("an Excel workbook", _TABLE)),
    (b"word/", Foreign("a Word document", _AS_EVIDENCE)),
    (b"ppt/", Foreign("a PowerPoint presentation", _AS_EVIDENCE)),
    (b"application/vnd.oasis.opendocument.spreadsheet", Foreign("an OpenDocument spreadsheet", _TABLE)),
    (b"application/vnd.oasis.opendocument", Foreign("an OpenDocument document", _AS_EVIDENCE)),
)
_PAGES: tuple[tuple[str, Foreign], ...] = (
    ("<!doctype html", Foreign("a web page (HTML)", _BY_HAND)),
    ("<html", Foreign("a web page (HTML)", _BY_HAND)),
    ("<?xml", Foreign("an XML document", _BY_HAND)),
)


def foreign_bytes(content: bytes) -> Foreign | None:
    """What a file is by its bytes, when it is no UTF-8 text; None when they say nothing."""
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        known = (foreign for name, foreign in _IN_ZIP if name in content)
        return next(known, Foreign("a zip archive", _UNPACK))
    for beginning, foreign in _BEGINNINGS:
        if content.startswith(beginning):
            return foreign
    start = content[:_SOME]
    halves = (start[0::2], start[1::2])
    if len(start) > 1 and any(half.count(0) * 2 > len(half) for half in halves):
        return Foreign("UTF-16 text", _AGAIN)
    return None


def foreign_text(text: str) -> Foreign | None:
    """What a text that is no document is instead: a table of values, or a page; None when it looks like neither."""
    start = text.lstrip()[:_SOME].lower()
    page = next((foreign for beginning, foreign in _PAGES if start.startswith(beginning)), None)
    return page or _table(text)


def _table(text: str) -> Foreign | None:
    """A table has the same delimiter equally often in each of its first lines, and no keys."""
    lines = [line for line in text.split("\n") if line.strip()][:_MOST_ROWS]
    if len(lines) < _FEWEST_ROWS or any(_KEY.match(line) or line.lstrip()[0] in "#-[{" for line in lines):
        return None
    for delimiter, name in _DELIMITERS.items():
        counts = {_QUOTED.sub("", line).count(delimiter) for line in lines}
        if len(counts) == 1 and counts != {0}:
            return Foreign(f"a table of values between {name} (CSV)", _TABLE)
    return None


def refusal(foreign: Foreign, name: str) -> Problem:
    """The problem of a file that is something else."""
    message = f"the file is {foreign.what}; a text in YAML or JSON belongs here"
    return Problem("file_encoding", message, Location(printable(name)), foreign.hint)

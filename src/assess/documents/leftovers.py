"""What YAML passes over and an author meant: words behind ` #`, words behind a comma in braces, marks of a merge."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assess.documents.document import Document, Route, TextMark, TextSpan, problem
from assess.documents.scalars import format_scalar
from assess.model.fields import Plain
from assess.problems import DocumentError, Location, Problem

_COMMENT = re.compile(r"[ \t]+#(?=[^\W_])")
_FLOWING = (None, "", "'", '"')
_SIDES = re.compile(r"^(<{7}|>{7}|\|{7})(?=\s|$)", re.MULTILINE)
_ANY_MARK = re.compile(r"\s*(<{7}|>{7}|\|{7})(\s.*)?|={7}\s*")
_MOST_IN_HINT = 160
_QUOTE = "put quotes around the whole text"


def refuse_merge(text: str, name: str) -> None:
    """Raise DocumentError at the first mark that git leaves where it could not merge two versions."""
    if _SIDES.search(text) and (first := unmerged(name, text.split("\n"))):
        raise DocumentError([first])


def unmerged(name: str, lines: Sequence[str]) -> Problem | None:
    """The first mark of a merge, in a text that has a side of one or cannot be read; None when there is none."""
    line = next((place for place, line in enumerate(lines) if _ANY_MARK.fullmatch(line)), None)
    if line is None:
        return None
    column = len(lines[line]) - len(lines[line].lstrip())
    mark = lines[line][column : column + 7]
    message = f"'{mark}' is a mark of git: two versions of this file were merged and do not agree here"
    hint = "keep one of the two sides, and delete the lines that begin with <<<<<<<, |||||||, ======= and >>>>>>>"
    return Problem("merge_marks", message, Location(name, line + 1, column + 1, 7), hint, source=lines[line])


def commented(lines: Sequence[str]) -> frozenset[int]:
    """The lines, from 0, in which a comment may begin with a letter or digit."""
    return frozenset(place for place, line in enumerate(lines) if "#" in line and _COMMENT.search(line))


def cut_text(name: str, lines: tuple[str, ...], event: Any, key: str) -> Problem | None:  # noqa: ANN401 - an event of PyYAML
    """A warning when the line of a scalar goes on with `#` and a letter or digit; key: what it is the value of."""
    end: TextMark = event.end_mark
    found = _COMMENT.match(lines[end.line], end.column) if event.style in _FLOWING else None
    if found is None:
        return None
    start = found.end() - 1
    rest = lines[end.line][start:].rstrip()
    message = f"the text ends before '{format_scalar(rest)}': a '#' after a space begins a comment"
    text = f"{event.value} {rest}" if event.value else rest
    whole = _QUOTE if rest.endswith(("}", "]")) else _whole(key, text)
    hint = f"{whole}; if it is a comment, write a space after the '#'"
    where = Location(name, end.line + 1, start + 1, len(rest))
    return Problem("yaml_trap", message, where, hint, "warning", lines[end.line])


def _whole(key: str, text: str) -> str:
    """How a text is written so that all of it counts."""
    quoted = text.replace("'", "''")
    written = f"{key}: '{quoted}'" if key else f"'{quoted}'"
    return f"{_QUOTE}: {written}" if len(written) <= _MOST_IN_HINT and text.isprintable() else _QUOTE


def without_colon(lines: Sequence[str], key: TextSpan) -> bool:
    """Whether a key in braces ends without the colon behind which a value would stand."""
    end = key.end_mark
    return not lines[end.line][end.column :].lstrip().startswith(":")


def ways_out(
    lines: Sequence[str],
    found: Mapping[str, object],
    bare: Sequence[str],
    spans: Mapping[str, tuple[TextSpan, TextSpan]],
) -> dict[str, str]:
    """What to do about each key without a colon in one mapping.

    found: the mapping; spans: key and value of its entries. What stands behind a text was mostly part of it.
    """
    hints: dict[str, str] = {}
    owner, run = "", list[str]()
    for name in found:
        owner, run = (owner, [*run, name]) if name in bare else (name, [])
        if run and owner and isinstance(found[owner], Plain):
            whole = _whole(format_scalar(owner), _between(lines, spans[owner][1], spans[name][0]))
            hints |= dict.fromkeys(run, f"a comma inside {{ }} ends a text: {whole}")
        elif run:
            hints[name] = f"write '{format_scalar(name)}:' and its value, or take it out"
    return hints


def _between(lines: Sequence[str], first: TextSpan, last: TextSpan) -> str:
    """The text as written from the start of one value to the end of another, its line ends as spaces."""
    start, end = first.start_mark, last.end_mark
    if start.line == end.line:
        return lines[start.line][start.column : end.column]
    parts = [lines[start.line][start.column :], *lines[start.line + 1 : end.line], lines[end.line][: end.column]]
    return " ".join(part.strip() for part in parts)


def notice_leftovers(document: Document, problems: Iterable[Problem] = ()) -> tuple[Problem, ...]:
    """What a document lost in reading: words behind a `#`, and keys without a value where no error stands yet."""
    told = {problem.location for problem in problems if problem.severity == "error"}
    bare = (_bare(document, route) for route in document.bare)
    return (*document.cut, *(problem for problem in bare if problem.location not in told))


def _bare(document: Document, route: Route) -> Problem:
    message = f"'{format_scalar(str(route[-1]))}' stands between braces or commas without a value"
    return problem(document, "shape", message, route, at_key=True, hint=document.bare[route])

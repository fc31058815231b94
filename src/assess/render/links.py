"""Links between the papers of a set: whatever a link leads to is a heading, named as readers of Markdown name it.

Which headings may be led to is written down in docs/decisions/0057-a-set-of-papers.md.
"""

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import quote

from assess.render.lint import slug
from assess.render.markdown import BREAK, Markdown, strong

LONGEST = 40
_LETTER, _SIGN = r"[^\W\d_]", r"[^\W_]"
# What five readers make the same address of: words parted by one blank or one hyphen inside them.
_SAFE = re.compile(rf"{_LETTER}{_SIGN}*(?:(?:[,:'\u2019]? |-|,(?=\d)|['\u2019]){_SIGN}+)*\??")
_HEADING = re.compile(r'(#{1,6}) (?:<a id="([^"]*)"></a>)?(.*)')
_CODE = re.compile(r"[A-Z]+(?:-?\d+)?")
_ANCHOR = re.compile(r'<a id="([^"]*)"></a>')
_MARKS = re.compile(
    r"(?P<kept>\\.|(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))"
    r'|(?P<anchor><a id="[^"]*"></a>)|(?P<line> ?<br> ?)'
    r"|\[(?P<label>(?:\\.|[^\[\]\\])*)\]\(#(?P<name>[^)\s]*)\)"
)


class Address(NamedTuple):
    """Where a link leads: a paper, and the heading in it; no heading for the paper itself."""

    path: str
    heading: str


class _Titled(NamedTuple):
    """A heading with the names of all places below it, down to the next one."""

    level: int
    title: str
    names: tuple[str, ...]


def connect(papers: Mapping[str, str], apart: Collection[str] = ()) -> dict[str, str]:
    """The papers, with anchors taken out and every link leading to the heading its place stands under.

    A link to a place that no paper has, or that only a paper set `apart` has, becomes its words alone.
    """
    named = {path: _named(path, text) for path, text in papers.items()}
    shared: dict[str, Address] = {}
    for path, (_, places) in named.items():
        if path not in apart:
            shared = {**places, **shared}
    return {
        path: _resolved(path, text, {**shared, **places}, BREAK if path in apart else "; ")
        for path, (text, places) in named.items()
    }


def _named(path: str, text: str) -> tuple[str, dict[str, Address]]:
    """A paper with headings that can be led to, and the place of each name."""
    lines, places, taken = text.split("\n"), dict[str, Address](), set[str]()
    for number, (at, found) in enumerate(_headings(lines), 1):
        is_target = bool(found.names) and found.level > 1
        title = _reachable(found.title, taken, number) if is_target else found.title
        heading = quote(slug(title)) if is_target else ""
        taken.add(slug(title))
        lines[at] = f"{'#' * found.level} {title}"
        if title != found.title:
            lines[at] += f"\n\n{strong(Markdown(found.title))}"
        for name in found.names:
            places.setdefault(name, Address(path, heading))
    return "\n".join(lines), places


def _headings(lines: list[str]) -> Iterator[tuple[int, _Titled]]:
    """The headings of a paper, each with its line from 0."""
    matches = {at: match for at, line in enumerate(lines) if (match := _HEADING.fullmatch(line))}
    starts = [*matches, len(lines)]
    for at, until in pairwise(starts):
        own = [matches[at][2]] if matches[at][2] else []
        below = [name for line in lines[at + 1 : until] for name in _ANCHOR.findall(line)]
        yield at, _Titled(len(matches[at][1]), matches[at][3], (*own, *below))


def _reachable(title: str, taken: Collection[str], number: int) -> str:
    """A title every reader makes the same address of: the title, its code alone, or a number."""
    before, _, _ = title.partition(": ")
    code = title.partition(" ")[0]
    for candidate in (title, before, code if _CODE.fullmatch(code) else ""):
        if _SAFE.fullmatch(candidate) and len(slug(candidate)) <= LONGEST and slug(candidate) not in taken:
            return candidate
    return f"Part {number}"


def _resolved(path: str, text: str, places: Mapping[str, Address], between: str) -> str:
    """A paper with its links; `between` stands where somebody began a new line in the cell of a table."""
    folder = posixpath.dirname(path)

    def put(found: re.Match[str]) -> str:
        if found["kept"]:
            return found.group()
        if found["anchor"]:
            return ""
        if found["line"]:
            return between
        place = places.get(found["name"])
        if place is None:
            return found["label"]
        file = "" if place.path == path else posixpath.relpath(place.path, folder or ".")
        address = f"{file}#{place.heading}" if place.heading else file
        return f"[{found['label']}]({address})" if address else found["label"]

    return _MARKS.sub(put, text)

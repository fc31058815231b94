"""Whether a document is whole: one title, no skipped heading, whole tables, no dead link, nothing left open."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

_LINK = re.compile(r"(?<!\\)\]\(#([^)\s]*)\)")
_ID = re.compile(r"<[a-z][^<>]*?\s(?:id|name)=\"([^\"]*)\"", re.IGNORECASE)
_DETAILS = re.compile(r"<(/?)details\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_LINKED = re.compile(r"\[([^\]]*)\]\([^)]*\)")
# A back-tick that is escaped opens no code.
_CODE = re.compile(r"(\\.)|(`+)(?!`).*?(?<!`)\2(?!`)")
_ESCAPED = re.compile(r"\\(.)")
_DROPPED = re.compile(r"[^\w\- ]")
_RULE = re.compile(r"\|(?: *:?-+:? *\|)+ *")
_CELLS = re.compile(r"(?<!\\)(?:\\\\)*\|")


def parser() -> MarkdownIt:
    """A parser of GitHub's Markdown down to blocks; the texts inside them stay as they were written."""
    engine = MarkdownIt("commonmark", {"html": True}).enable("table")
    engine.core.ruler.disable(["inline", "text_join"])
    return engine


def slug(title: str) -> str:
    """The anchor GitHub gives to a heading, without the number it adds to repeated ones."""
    shown = _ESCAPED.sub(r"\1", _TAG.sub("", _LINKED.sub(r"\1", title))).replace("`", "").replace("**", "")
    return _DROPPED.sub("", shown.strip().lower()).replace(" ", "-")


def lint(text: str) -> tuple[tuple[int, str], ...]:
    """Everything that is broken in a document, each with its line, in the order of the lines."""
    lines = text.split("\n")
    rows = _further_rows(lines)
    tokens = _parsed(lines, rows)
    texts = [(_line(token), token.content) for token in tokens if token.type in ("inline", "html_block")]
    texts = sorted([*texts, *((at + 1, lines[at]) for at in rows)])
    found = [*_headings(tokens), *_tables(tokens, lines, rows), *_anchors(tokens, texts), *_details(texts)]
    return tuple(sorted(found))


def _further_rows(lines: Sequence[str]) -> frozenset[int]:
    """The places, from 0, of all lines of tables that follow the rule below the titles."""
    found: set[int] = set()
    inside = False
    for at, line in enumerate(lines):
        if inside and line.startswith("|"):
            found.add(at)
        else:
            inside = bool(_RULE.fullmatch(line))
    return frozenset(found)


def _parsed(lines: Sequence[str], rows: frozenset[int]) -> list[Token]:
    """The blocks of a document, with their lines in it.

    Further rows of a table cannot open a block, and parsing them would take most of the time: they are left out.
    """
    places = [at for at in range(len(lines)) if at not in rows]
    tokens = parser().parse("\n".join(lines[at] for at in places))
    for token in tokens:
        token.map = [places[token.map[0]], places[token.map[1] - 1] + 1] if token.map else None
    return tokens


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _headings(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    last, titles = 0, 0
    for token in tokens:
        if token.type != "heading_open":
            continue
        line, level = _line(token), int(token.tag[1])
        titles += level == 1
        if level > last + 1:
            yield line, f"a heading of level {level} below one of level {last}"
        last = level
    if titles != 1:
        yield 1, f"the document has {titles} titles of level 1; it needs exactly one"


def _tables(tokens: Sequence[Token], lines: Sequence[str], rows: frozenset[int]) -> Iterator[tuple[int, str]]:
    for before, token in pairwise(tokens):
        if before.type == "paragraph_open" and token.content.startswith("|"):
            yield _line(token), "rows that look like a table and are none"
    columns = 0
    for at in sorted(rows):
        columns = columns if at - 1 in rows else _columns(lines[at - 1])
        cells = _columns(lines[at])
        if cells != columns:
            yield at + 1, f"a row of {cells} cells in a table of {columns} columns"


def _columns(line: str) -> int:
    """How many cells a line of a table has."""
    return (len(_CELLS.findall(line)) if "\\" in line else line.count("|")) - 1


def _anchors(tokens: Sequence[Token], texts: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    written = Counter(name for _, text in texts for name in _named(text))
    for name, times in sorted(written.items()):
        if times > 1:
            yield 1, f"the anchor '{name}' stands {times} times"
    titles = Counter(slug(tokens[at + 1].content) for at, token in enumerate(tokens) if token.type == "heading_open")
    known = written.keys() | titles.keys()
    known |= {f"{name}-{extra}" for name, times in titles.items() for extra in range(1, times)}
    for line, text in texts:
        for name in _linked(text):
            if unquote(name) not in known:
                yield line, f"a link to '#{name}', which is nowhere"


def _linked(text: str) -> list[str]:
    return _LINK.findall(_CODE.sub(r"\1", text) if "`" in text else text)


def _named(text: str) -> list[str]:
    return _ID.findall(_CODE.sub(r"\1", text)) if "<" in text else []


def _details(texts: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    open_at: list[int] = []
    for line, text in texts:
        for closing in _DETAILS.findall(_CODE.sub(r"\1", text)) if "details" in text.lower() else ():
            if not closing:
                open_at.append(line)
            elif open_at:
                open_at.pop()
            else:
                yield line, "</details> without <details>"
    for line in open_at:
        yield line, "<details> is never closed"

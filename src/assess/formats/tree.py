"""A paper as a tree, read once from its Markdown: what every writer of another format walks.

What somebody wrote comes into a tree as text and stays text; raw HTML becomes an anchor, a line end, code, or text.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from assess.spelling import spelled

_DROPPED = re.compile(r"[^\w\- ]")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ANCHOR = re.compile(r'<a id="([^"]*)">')
_LINE_END = re.compile(r"<br ?/?>")
# A line end and a tab apart: no control character means anything in a paper.
_CONTROLS = {code: None for code in (*range(32), *range(127, 160)) if code not in (9, 10, 13)}
_ENGINE = MarkdownIt("commonmark", {"html": True, "tasklists": True, "alerts": True}).enable(["table", "strikethrough"])


class PieceKind(StrEnum):
    """What a piece of a paper is."""

    paper = "paper"
    heading = "heading"
    paragraph = "paragraph"
    bullets = "bullets"
    numbers = "numbers"
    item = "item"
    quotation = "quotation"
    alert = "alert"
    table = "table"
    row = "row"
    cell = "cell"
    block = "block"
    rule = "rule"
    text = "text"
    emphasis = "emphasis"
    strong = "strong"
    struck = "struck"
    code = "code"
    link = "link"
    picture = "picture"
    anchor = "anchor"
    line_end = "line_end"


class Piece(NamedTuple):
    """A piece of a paper, and what it holds.

    `value` is the text of a text, of code and of a block of code; the level of a heading, 1 to 6; the first number of a
    numbered list; `open` or `done` of an item with a box to tick; the kind of an alert, such as `note`; `left`, `right`
    or `center` of a cell; the address of a link or a picture, as it stands in the Markdown. `name` is what a link calls
    a heading or an anchor. The first row of a table holds its titles.
    """

    kind: PieceKind
    children: tuple["Piece", ...] = ()
    value: str = ""
    name: str = ""


_PLAIN = {
    "root": PieceKind.paper,
    "bullet_list": PieceKind.bullets,
    "blockquote": PieceKind.quotation,
    "table": PieceKind.table,
    "tr": PieceKind.row,
    "em": PieceKind.emphasis,
    "strong": PieceKind.strong,
    "s": PieceKind.struck,
}
_LITERAL = {
    "text": PieceKind.text,
    "code_inline": PieceKind.code,
    "code_block": PieceKind.block,
    "fence": PieceKind.block,
}
_SINGLE = {
    "softbreak": Piece(PieceKind.text, value="\n"),
    "hardbreak": Piece(PieceKind.line_end),
    "hr": Piece(PieceKind.rule),
}


def _side(node: SyntaxTreeNode) -> str:
    return str(node.attrs.get("style", "")).removeprefix("text-align:")


def _box(node: SyntaxTreeNode) -> str:
    checked = node.meta.get("checked")
    return "" if checked is None else "done" if checked else "open"


_VALUED: Mapping[str, tuple[PieceKind, Callable[[SyntaxTreeNode], str]]] = {
    "heading": (PieceKind.heading, lambda node: node.tag[1:]),
    "ordered_list": (PieceKind.numbers, lambda node: str(node.attrs.get("start", 1))),
    "list_item": (PieceKind.item, _box),
    "alert": (PieceKind.alert, lambda node: str(node.meta["kind"]).lower()),
    "th": (PieceKind.cell, _side),
    "td": (PieceKind.cell, _side),
    "link": (PieceKind.link, lambda node: str(node.attrs["href"])),
    "image": (PieceKind.picture, lambda node: str(node.attrs["src"])),
}


def read_paper(text: str) -> Piece:
    """The tree of a paper; its headings have the names GitHub gives them, unless an anchor has that name."""
    paper = _part(SyntaxTreeNode(_ENGINE.parse(spelled(text).translate(_CONTROLS))))
    taken = {part.name for part in _walk(paper) if part.kind is PieceKind.anchor}
    return _named(paper, taken)


def plain_words(part: Piece) -> str:
    """All text in a piece, without its marks."""
    if part.kind is PieceKind.line_end:
        return " "
    own = part.value if part.kind in (PieceKind.text, PieceKind.code, PieceKind.block) else ""
    return own + "".join(plain_words(child) for child in part.children)


def _walk(part: Piece) -> Iterator[Piece]:
    yield part
    for child in part.children:
        yield from _walk(child)


def _named(part: Piece, taken: set[str]) -> Piece:
    """The piece with a name on each heading below it; `taken` holds the names there are, and grows."""
    if part.kind is PieceKind.heading:
        wanted = _DROPPED.sub("", plain_words(part).strip().lower()).replace(" ", "-")
        own = {child.name for child in part.children if child.kind is PieceKind.anchor}
        name, count = wanted, 0
        while name in taken - own:
            count += 1
            name = f"{wanted}-{count}"
        taken.add(name)
        return part._replace(name="" if name in own else name)
    return part._replace(children=tuple(_named(child, taken) for child in part.children))


def _part(node: SyntaxTreeNode) -> Piece:
    """A node as a piece; what has no meaning of its own is a paragraph."""
    if node.type in _PLAIN:
        return Piece(_PLAIN[node.type], _parts(node.children))
    if node.type in _LITERAL:
        return Piece(_LITERAL[node.type], value=node.content)
    if node.type in _SINGLE:
        return _SINGLE[node.type]
    if node.type in _VALUED:
        kind, value_of = _VALUED[node.type]
        return Piece(kind, _parts(node.children), value_of(node))
    return Piece(PieceKind.paragraph, _parts(node.children))


def _parts(nodes: Iterable[SyntaxTreeNode]) -> tuple[Piece, ...]:
    found: list[Piece] = []
    spread = list(_spread(nodes))
    at = 0
    while at < len(spread):
        node = spread[at]
        if node.type == "html_inline":
            until, part = _raw(spread, at)
            found.extend(part)
            at = until
        elif node.type == "html_block":
            found.extend(_raw_block(node.content))
            at += 1
        else:
            found.append(_part(node))
            at += 1
    return tuple(found)


def _spread(nodes: Iterable[SyntaxTreeNode]) -> Iterator[SyntaxTreeNode]:
    """The nodes, those that only hold others replaced by what they hold."""
    for node in nodes:
        if node.type == "alert_title":
            continue
        if node.type in ("inline", "thead", "tbody") or (node.type == "paragraph" and node.hidden):
            yield from _spread(node.children)
        else:
            yield node


def _raw(nodes: Sequence[SyntaxTreeNode], at: int) -> tuple[int, list[Piece]]:
    """What a tag in a line stands for, and the place behind it; a tag that has no meaning here is text."""
    tag = nodes[at].content
    anchor = _ANCHOR.fullmatch(tag)
    if anchor:
        return at + 1, [Piece(PieceKind.anchor, name=anchor[1])]
    if _LINE_END.fullmatch(tag):
        return at + 1, [Piece(PieceKind.line_end)]
    if tag == "</a>" or _COMMENT.fullmatch(tag):
        return at + 1, []
    if tag == "<code>":
        ends = [place for place in range(at, len(nodes)) if nodes[place].content == "</code>"]
        if ends:
            inside = (node.content for node in nodes[at + 1 : ends[0]] if node.type != "html_inline")
            return ends[0] + 1, [Piece(PieceKind.code, value="".join(inside))]
    return at + 1, [Piece(PieceKind.text, value=tag)]


def _raw_block(content: str) -> list[Piece]:
    """What stands beside the comments of a block that begins as HTML does."""
    rest = _COMMENT.sub("", content).strip()
    if not rest:
        return []
    return [Piece(PieceKind.paragraph, _parts(SyntaxTreeNode(_ENGINE.parseInline(rest)).children))]

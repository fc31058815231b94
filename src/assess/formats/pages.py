"""Papers as pages of HTML that need nothing else: no script, no request, no file beside them."""

import base64
import hashlib
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import NamedTuple
from urllib.parse import unquote

from assess.formats.pictures import inlined
from assess.formats.style import STYLE
from assess.formats.tree import Piece, PieceKind, plain_words, read_paper

Address = Callable[[str], str]

_PAPER, _PAGE = ".md", ".html"
_APART = "internal/"
_MAIN = "~main"
_WEB = re.compile(r"(?:https?://|mailto:)[^\s]+", re.IGNORECASE)
_FOREIGN = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
# From here on a table does not fit on a telephone, and scrolls by itself.
_WIDE = 4
_FEWEST_CONTENTS = 4
_DEEPEST = 6
_TAGS = {
    PieceKind.paragraph: "p",
    PieceKind.quotation: "blockquote",
    PieceKind.bullets: "ul",
    PieceKind.emphasis: "em",
    PieceKind.strong: "strong",
    PieceKind.struck: "s",
}
_DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
_BLOCKS = {
    PieceKind.paragraph,
    PieceKind.quotation,
    PieceKind.bullets,
    PieceKind.numbers,
    PieceKind.alert,
    PieceKind.table,
    PieceKind.block,
    PieceKind.rule,
    PieceKind.heading,
}
_POLICY = f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'"


class _Frame(NamedTuple):
    """How a paper is put into a page.

    `prefix` stands before each of its names, `deeper` is what is added to the level of its headings, `address` says
    where a link leads in the page, or nothing, and `pictures` are those it may show, by path in the set.
    """

    path: str
    prefix: str
    deeper: int
    address: Address
    pictures: Mapping[str, str]


def html_pages(papers: Mapping[str, str], language: str = "en") -> dict[str, str]:
    """A page for every Markdown paper of a set, by its path with `.html` for `.md`.

    Links from paper to paper lead from page to page, and other files of the set are linked where they lie. Pictures of
    the set stand in the page. A link that leads neither into the set nor to the web or a mail address is its words.
    `language` is a tag such as `en`. Raises DocumentError with the code `markdown` for a picture that is not fit.
    """
    found = {}
    for path, text in papers.items():
        if path.endswith(_PAPER):
            paper = read_paper(text)
            frame = _Frame(path, "", 0, _beside(path, papers), papers)
            body = "".join(_paper(frame, paper, _contents(frame, paper)))
            found[_page(path)] = _document(_title(paper, path), language, body)
    return found


def html_book(papers: Mapping[str, str], language: str = "en") -> str:
    """All Markdown papers of a set as one page, in their order, without those below `internal/`.

    Links between them lead within the page, and those to other files of the set are their words; otherwise as
    `html_pages`.
    """
    trees = {
        path: read_paper(text) for path, text in papers.items() if path.endswith(_PAPER) and not path.startswith(_APART)
    }
    prefixes = {path: f"{path.removesuffix(_PAPER).replace('/', '-')}~" if at else "" for at, path in enumerate(trees)}
    frames = {
        path: _Frame(path, prefix, 1 if prefix else 0, _within(path, prefixes), papers)
        for path, prefix in prefixes.items()
    }
    entries = [entry for path, paper in trees.items() for entry in _contents(frames[path], paper)]
    body = []
    for path, paper in trees.items():
        if prefixes[path]:
            body += [f'<article id="{_attribute(prefixes[path])}">\n', *_paper(frames[path], paper, []), "</article>\n"]
        else:
            body += _paper(frames[path], paper, entries)
    first = next(iter(trees.items()), None)
    return _document(_title(first[1], first[0]) if first else "", language, "".join(body))


def _page(path: str) -> str:
    return path.removesuffix(_PAPER) + _PAGE


def _title(paper: Piece, path: str) -> str:
    headings = (part for part in paper.children if part.kind is PieceKind.heading)
    return next((plain_words(heading).strip() for heading in headings), "") or path


def _document(title: str, language: str, body: str) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{_attribute(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_attribute(_POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{_text(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#{_MAIN}">Skip to the text</a>\n<main id="{_MAIN}">\n{body}</main>\n</body>\n</html>\n'
    )


def _text(text: str) -> str:
    return escape(text, quote=False)


def _attribute(text: str) -> str:
    return escape(text)


def _place(path: str, target: str) -> tuple[str, str]:
    """The file of the set a link leads to, and the name in it as it is written."""
    file, _, name = target.partition("#")
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(file))) if file else path, name


def _beside(path: str, papers: Mapping[str, str]) -> Address:
    """Where links lead when every paper is a page of its own."""

    def address(target: str) -> str:
        if _FOREIGN.match(target):
            return target if _WEB.fullmatch(target) else ""
        if target.startswith("#"):
            return target
        file, _ = _place(path, target)
        if file not in papers:
            return ""
        written, mark, name = target.partition("#")
        return f"{_page(written)}{mark}{name}" if written.endswith(_PAPER) else target

    return address


def _within(path: str, prefixes: Mapping[str, str]) -> Address:
    """Where links lead when all papers are one page."""

    def address(target: str) -> str:
        if _FOREIGN.match(target):
            return target if _WEB.fullmatch(target) else ""
        file, name = _place(path, target)
        if file not in prefixes:
            return ""
        return f"#{prefixes[file]}{name}" if name or prefixes[file] else f"#{_MAIN}"

    return address


def _contents(frame: _Frame, paper: Piece) -> list[str]:
    """The entries of a paper in the contents: its parts, or its title alone where it is one of several."""
    level = "1" if frame.deeper else "2"
    headings = [part for part in paper.children if part.kind is PieceKind.heading and part.value == level]
    return [
        f'<li><a href="#{_attribute(frame.prefix + _name_of(part))}">{_text(plain_words(part).strip())}</a></li>\n'
        for part in headings[: 1 if frame.deeper else None]
        if _name_of(part)
    ]


def _name_of(heading: Piece) -> str:
    return heading.name or next((child.name for child in heading.children if child.kind is PieceKind.anchor), "")


def _paper(frame: _Frame, paper: Piece, entries: list[str]) -> Iterator[str]:
    """A paper, the contents before the first of its parts."""
    nav = f'<nav aria-label="Contents">\n<ul>\n{"".join(entries)}</ul>\n</nav>\n'
    if len(entries) < _FEWEST_CONTENTS:
        nav = ""
    for part in paper.children:
        if part.kind is PieceKind.heading and part.value == "2":
            yield nav
            nav = ""
        yield _written(frame, part) + "\n"


def _inside(frame: _Frame, part: Piece) -> str:
    return "".join(_written(frame, child) for child in part.children)


def _written(frame: _Frame, part: Piece) -> str:
    """A part as HTML."""
    if part.kind in _TAGS:
        tag = _TAGS[part.kind]
        return f"<{tag}>{_inside(frame, part)}</{tag}>"
    return _WRITERS[part.kind](frame, part)


def _heading(frame: _Frame, part: Piece) -> str:
    level = min(int(part.value) + frame.deeper, _DEEPEST)
    name = f' id="{_attribute(frame.prefix + part.name)}"' if part.name else ""
    return f"<h{level}{name}>{_inside(frame, part)}</h{level}>"


def _numbers(frame: _Frame, part: Piece) -> str:
    return f'<ol start="{_attribute(part.value)}">{_inside(frame, part)}</ol>'


def _alert(frame: _Frame, part: Piece) -> str:
    kind = _attribute(part.value)
    return f'<div class="alert {kind}" role="note"><p>{kind.capitalize()}</p>{_inside(frame, part)}</div>'


def _item(frame: _Frame, part: Piece) -> str:
    return f'<li class="task">{_boxed(frame, part)}</li>' if part.value else f"<li>{_inside(frame, part)}</li>"


def _boxed(frame: _Frame, item: Piece) -> str:
    """An item with its box, which its own words name; lists and paragraphs below them stand outside of the label."""
    below = [at for at, child in enumerate(item.children) if child.kind in _BLOCKS]
    until = below[0] if below else len(item.children)
    first, rest = item.children[:until], item.children[until:]
    if not first and rest and rest[0].kind is PieceKind.paragraph:
        first, rest = rest[0].children, rest[1:]
    words = "".join(_written(frame, child) for child in first)
    checked = " checked" if item.value == "done" else ""
    after = "".join(_written(frame, child) for child in rest)
    return f'<label><input type="checkbox" disabled{checked}> <span>{words}</span></label>{after}'


def _table(frame: _Frame, table: Piece) -> str:
    titles, rows = table.children[0], table.children[1:]
    head = "".join(_cell(frame, cell, "col") for cell in titles.children)
    body = "".join(
        "<tr>" + "".join(_cell(frame, cell, "" if at else "row") for at, cell in enumerate(row.children)) + "</tr>\n"
        for row in rows
    )
    below = f"<tbody>\n{body}</tbody>" if rows else ""
    shown = f"<table>\n<thead><tr>{head}</tr></thead>\n{below}</table>"
    if len(titles.children) < _WIDE:
        return shown
    label = _attribute(", ".join(plain_words(cell).strip() for cell in titles.children if plain_words(cell).strip()))
    return f'<div class="wide" role="group" tabindex="0" aria-label="{label}">{shown}</div>'


def _cell(frame: _Frame, cell: Piece, scope: str) -> str:
    """A cell, a title of its column or row where `scope` says so and it holds something."""
    inside = _inside(frame, cell)
    side = f' class="{cell.value}"' if cell.value in ("right", "center") else ""
    if scope and plain_words(cell).strip():
        return f'<th scope="{scope}"{side}>{inside}</th>'
    return f"<td{side}>{inside}</td>"


def _said(frame: _Frame, part: Piece) -> str:
    return _DAY.sub(r'<span class="day">\g<0></span>', _text(part.value)) + _inside(frame, part)


def _code(frame: _Frame, part: Piece) -> str:
    return f"<code>{_text(part.value)}</code>{_inside(frame, part)}"


def _link(frame: _Frame, part: Piece) -> str:
    href = frame.address(part.value)
    return f'<a href="{_attribute(href)}">{_inside(frame, part)}</a>' if href else _inside(frame, part)


def _anchor(frame: _Frame, part: Piece) -> str:
    return f'<span id="{_attribute(frame.prefix + part.name)}"></span>'


def _picture(frame: _Frame, picture: Piece) -> str:
    """A picture of the set; of any other the words that stand for it."""
    path, _ = _place(frame.path, picture.value)
    if _FOREIGN.match(picture.value) or path not in frame.pictures or not path.endswith(".svg"):
        return _text(plain_words(picture))
    prefix = f"{frame.prefix}{posixpath.basename(path)}."
    return f'<span class="chart">{inlined(path, frame.pictures[path], prefix)}</span>'


_WRITERS: Mapping[PieceKind, Callable[[_Frame, Piece], str]] = {
    PieceKind.paper: _inside,
    PieceKind.heading: _heading,
    PieceKind.numbers: _numbers,
    PieceKind.item: _item,
    PieceKind.alert: _alert,
    PieceKind.table: _table,
    PieceKind.row: _inside,
    PieceKind.cell: _inside,
    PieceKind.block: lambda frame, part: f"<pre>{_code(frame, part)}</pre>",
    PieceKind.rule: lambda _frame, _part: "<hr>",
    PieceKind.text: _said,
    PieceKind.code: _code,
    PieceKind.link: _link,
    PieceKind.picture: _picture,
    PieceKind.anchor: _anchor,
    PieceKind.line_end: lambda _frame, _part: "<br>",
}

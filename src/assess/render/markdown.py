"""Text that is Markdown already, and the escape that turns any other text into it."""

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

from assess.model.fields import evened

_SPACE = re.compile(r"[ \t\n]+")
# `_` inside a word marks nothing up; `://`, `www.`, `@` and `:name:` make GitHub write links, mentions and pictures of
# its own, and some readers take `](` for a link even where the bracket is escaped.
_MARKS = re.compile(
    r"(?P<slash>[\\`*\[\]|~$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<=www)\.|(?<=\])\()"
    r"|(?P<less><)|(?P<amp>&(?=[#A-Za-z]))|(?P<colon>:(?=//|\+1:|-1:|[a-z][a-z0-9_+-]*:))|(?P<at>@(?!\s))",
    re.IGNORECASE,
)
# Most texts hold none of these, and looking for one is much quicker than for all.
_SUSPECT = re.compile(r"[\\`*\[\]|~$_<&:@]|[Ww]{3}\.")
_START = re.compile(
    r"[-+](?=[-:\s]|$)|=(?=[=\s]|$)|#{1,6}(?=\s|$)|>|:(?=[-\s])|(?P<number>\d+)(?=[.)](?:\s|$))|[.)](?=\s|$)|//"
)
_CLOSING = re.compile(r"(?:(?<=\s)|^)#+$")
_PLAIN_CODE = re.compile(r"[^`|\\\s](?:[^`|\\]*[^`|\\\s])?")
_NAME = re.compile(r"[^A-Za-z0-9_.:]+")
_URL = re.compile(r"(?:https?://|mailto:)[^\s]+", re.IGNORECASE)


class Markdown(str):
    """A text that is Markdown already and is printed as it is.

    Every method it has from `str` returns a plain text, which is escaped again when it is printed: a cut or
    replaced piece can look odd, and can never become markup.
    """

    __slots__ = ()

    def __html__(self) -> "Markdown":
        """The text itself; template engines ask for it before they escape."""
        return self

    def __add__(self, other: str) -> "Markdown":
        """Both texts, the other one escaped."""
        return concat((self, other))

    def __radd__(self, other: str) -> "Markdown":
        """Both texts, the other one escaped."""
        return concat((other, self))


def flat(text: str) -> str:
    """The text on one line: NFC, without what cannot be seen, runs of blanks as one blank."""
    return _SPACE.sub(" ", evened(text)).strip()


BREAK = Markdown("<br>")
HARD_BREAK = Markdown("\\\n")
"""A new line that somebody began: the first in the cell of a table, the other in a paragraph."""


def _marked(match: re.Match[str]) -> str:
    kind = match.lastgroup
    if kind == "slash":
        return "\\" + match.group()
    return {"less": "&lt;", "amp": "&amp;", "colon": "&#58;", "at": "@<!-- -->"}[kind or ""]


def _inner(text: str) -> str:
    """The text with every mark escaped that means something anywhere in a line."""
    return _MARKS.sub(_marked, text) if _SUSPECT.search(text) else text


def _opened(text: str) -> tuple[str, str]:
    """What a text begins with, escaped where it would open a block, and the rest."""
    start = _START.match(text)
    if start is None:
        return "", text
    number = start.group("number")
    return f"{number}\\" if number else f"\\{start.group()}", text[start.end() :]


def _closed(text: str) -> tuple[str, str]:
    """A text without the hash signs at its end, which a heading would swallow, and these signs escaped."""
    closing = _CLOSING.search(text)
    return (text[: closing.start()], f"\\{closing.group()}") if closing else (text, "")


def escape(text: str) -> Markdown:
    """The text as Markdown that reads back as the text, in a paragraph, heading, list item, cell or quotation.

    Line ends become blanks. What already is Markdown stays as it is.
    """
    return text if isinstance(text, Markdown) else _escaped(text)


@lru_cache(maxsize=4096)
def _escaped(text: str) -> Markdown:
    return _of_line(flat(text))


def _of_line(text: str) -> Markdown:
    """A text that is flat as Markdown."""
    if text.isascii() and text.isalnum():
        return Markdown(text)
    body, tail = _closed(text)
    head, body = _opened(body)
    return Markdown(f"{head}{_inner(body)}{tail}")


def lines(text: str) -> tuple[Markdown, ...]:
    """The lines of what somebody wrote, each as Markdown; lines that hold nothing are left out."""
    flattened = (_SPACE.sub(" ", line).strip() for line in evened(text).split("\n"))
    return tuple(_of_line(line) for line in flattened if line)


def _runs(texts: Iterable[str]) -> list[str]:
    """The texts with neighbours that are not Markdown put together, so that they are escaped as one."""
    runs: list[str] = []
    for text in texts:
        if runs and not isinstance(text, Markdown) and not isinstance(runs[-1], Markdown):
            runs[-1] = f"{runs[-1]}{text}"
        else:
            runs.append(text)
    return runs


def _continued(before: str, text: str) -> str:
    """A text as it goes on after Markdown: blanks at its ends stay, and it opens no block in the middle of a line."""
    if before.strip("0123456789 "):
        body, tail = _closed(flat(text))
        shown = _inner(body) + tail
    else:
        shown = escape(text)
    left, right = (" " if end.isspace() else "" for end in (text[:1], text[-1:]))
    return f"{left if before else ''}{shown}{right if shown else ''}"


def concat(texts: Iterable[str]) -> Markdown:
    """Texts put together, each escaped unless it is Markdown; blanks between them stay."""
    done = ""
    for run in _runs(texts):
        done = f"{done}{run if isinstance(run, Markdown) else _continued(done, run)}"
    return Markdown(done)


def join(texts: Iterable[str], between: str = ", ") -> Markdown:
    """Texts one after the other with something between them, each escaped unless it is Markdown."""
    shown = between if isinstance(between, Markdown) else _continued("x", between)
    return Markdown(str(shown).join(escape(text) for text in texts))


def strong(text: str) -> Markdown:
    """The text in bold; nothing for an empty text."""
    shown = escape(text)
    return Markdown(f"**{shown}**") if shown else shown


def code(text: str) -> Markdown:
    """The text as code, also where it holds back-ticks, bars and backslashes, and also inside a table."""
    text = flat(text)
    if _PLAIN_CODE.fullmatch(text):
        return Markdown(f"`{text}`")
    shown = "".join(c if c.isalnum() or c == " " else "@<!-- -->" if c == "@" else f"&#{ord(c)};" for c in text)
    return Markdown(f"<code>{shown}</code>")


def anchor_name(name: str) -> str:
    """The name without what would end an attribute, an address or a comment."""
    return _NAME.sub("-", name)


def link(text: str, anchor: str) -> Markdown:
    """A link to an anchor of this document."""
    name = anchor_name(anchor)
    return Markdown(f"[{escape(text) or escape(name)}](#{name})")


def web_link(text: str, url: str) -> Markdown:
    """A link to a web or mail address; any other address is left out and the text stands alone."""
    url = flat(url)
    if not _URL.fullmatch(url):
        return escape(text)
    target = quote(url, safe=":/?#=&+,;@%-._!~").replace("&", "&amp;")
    return Markdown(f"[{escape(text) or escape(url)}]({target})")


def anchor(name: str) -> Markdown:
    """A place links can point at."""
    return Markdown(f'<a id="{anchor_name(name)}"></a>')


def block_id(name: str) -> Markdown:
    """The comment by which a later issue of the document finds a block again."""
    return Markdown(f"<!-- assess:{anchor_name(name)} -->")


def heading(level: int, text: str, name: str = "") -> Markdown:
    """A heading of level 1 to 6, with an anchor when it has a name."""
    return Markdown(f"{'#' * min(level, 6)} {anchor(name) if name else ''}{escape(text)}")

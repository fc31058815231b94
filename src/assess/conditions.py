"""The condition language: one line of text to a small tree; three-valued, without arithmetic."""

import datetime
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar, assert_never

P = TypeVar("P")
MAX_LENGTH = 2000
MAX_DEPTH = 32
WORDS = frozenset({"and", "or", "not", "in", "by"})
FUNCTIONS = {
    "answered": "answered(question)",
    "has": "has(question, option)",
    "only": "only(question, option)",
    "count": "count(question)",
    "state": "state(question)",
    "evidence": "evidence(question)",
    "share": "share(question >= key by role)",
    "months_since": "months_since(question)",
    "n": "n(role)",
}

_TOKEN = re.compile(
    r"\s*(?:(?P<date>\d{4}-\d{2}-\d{2})|(?P<number>-?(?:\d+(?:\.\d+)?|\.\d+))"
    r"|(?P<name>[A-Za-z][A-Za-z0-9_]*(?:[-.][A-Za-z0-9]+)*)|(?P<sign>==|!=|<=|>=|[=<>(),]))"
)


# What to write in the place of signs that other languages know.
_WAYS_OUT = {
    "&|!": "use `and`, `or`, `not`",
    "'\"": "option keys stand without quotes",
    "%": "write the number alone: a question in percent is compared with 10, not with 10%",
    "*/+-": "conditions do not calculate; ask for the figure itself, or write the number it is compared with",
    "[]{}": "several answers stand in round brackets: `question in (one, other)`",
    ":;?": "write one condition; join several with `and` or `or`",
    "\u2264\u2265\u2260": "write <=, >= or !=",
}


class ConditionError(Exception):
    """A condition that cannot be read; `offset` and `length` mark the place in the text."""

    def __init__(self, message: str, offset: int, length: int = 1, hint: str = "") -> None:
        """Keep the place for the caret and the way out."""
        super().__init__(message)
        self.message, self.offset, self.length, self.hint = message, offset, max(length, 1), hint


class Name(NamedTuple):
    """An id, code, option key or level key; what it means depends on where it stands."""

    text: str
    offset: int


class Literal(NamedTuple):
    """A number or a date."""

    value: float | datetime.date
    offset: int


class Call(NamedTuple):
    """A function on a question or role; `share` holds a comparison instead."""

    function: str
    arguments: tuple[Name, ...]
    offset: int
    inner: "Comparison | None" = None


Operand = Name | Literal | Call


class Comparison(NamedTuple):
    """`left op right`, or `left in (keys)` with op `in`; `role` after `by`."""

    left: Operand
    op: str
    right: tuple[Name | Literal | Call, ...]
    role: Name | None
    offset: int


class Not(NamedTuple):
    """True when its part is false."""

    part: "Condition"


class And(NamedTuple):
    """True when all parts are."""

    parts: tuple["Condition", ...]


class Or(NamedTuple):
    """True when one part is."""

    parts: tuple["Condition", ...]


Condition = Comparison | Call | Not | And | Or


class _Token(NamedTuple):
    kind: str
    text: str
    offset: int


def _tokens(text: str) -> Iterator[_Token]:
    position = 0
    while position < len(text.rstrip()):
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            offset = position + len(text[position:]) - len(text[position:].lstrip())
            sign = text[offset]
            hint = next((way_out for signs, way_out in _WAYS_OUT.items() if sign in signs), "")
            raise ConditionError(f"'{sign}' cannot stand in a condition", offset, 1, hint)
        yield _Token(match.lastgroup, match[match.lastgroup], match.start(match.lastgroup))
        position = match.end()
    yield _Token("end", "", len(text.rstrip()))


class _Parser:
    """Precedence climbing over the tokens: or, and, not, comparison."""

    def __init__(self, text: str) -> None:
        self.text, self.tokens = text, list(_tokens(text))
        self.voiced: Comparison | None = None
        self.at = 0
        self.depth = 0

    @property
    def next(self) -> _Token:
        return self.tokens[self.at]

    def take(self, *texts: str) -> _Token | None:
        """The next token if it is one of the texts."""
        if self.next.kind != "end" and self.next.text in texts:
            self.at += 1
            return self.tokens[self.at - 1]
        return None

    def expect(self, text: str, after: str) -> _Token:
        """The next token, which must be this text."""
        if found := self.take(text):
            return found
        raise self.error(f"'{text}' is missing after {after}")

    def error(self, message: str, hint: str = "") -> ConditionError:
        """An error at the next token."""
        return ConditionError(message, self.next.offset, len(self.next.text), hint)

    def whole(self) -> Condition:
        """The whole text as one condition."""
        tree = self.either()
        if self.next.kind != "end":
            raise self.error(f"'{self.next.text}' is not expected here", "join conditions with `and` or `or`")
        return tree

    def either(self) -> Condition:
        """Parts joined by `or`."""
        parts = self.joined("or", self.both)
        return parts[0] if len(parts) == 1 else Or(parts)

    def both(self) -> Condition:
        """Parts joined by `and`."""
        parts = self.joined("and", self.single)
        return parts[0] if len(parts) == 1 else And(parts)

    def joined(self, by: str, part: Callable[[], P]) -> tuple[P, ...]:
        """One part, and one more behind every word or sign that joins them."""
        parts = [part()]
        while self.take(by):
            parts.append(part())
        return tuple(parts)

    def single(self) -> Condition:
        """`not`, brackets, a yes-or-no function, or a comparison."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error(f"nested deeper than {MAX_DEPTH}", "split it into two gates")
        try:
            if self.take("not"):
                return Not(self.single())
            if self.take("("):
                inner = self.either()
                self.expect(")", "the bracket")
                return inner
            return self.comparison()
        finally:
            self.depth -= 1

    def comparison(self) -> Condition:
        """A comparison with its optional `by role`, or a function that is true or false by itself."""
        left = self.operand()
        if isinstance(left, Call) and left.function in ("answered", "has", "only"):
            return left
        op, right = "in", tuple[Operand, ...]()
        if self.take("in"):
            right = self.keys()
        elif self.next.text == "not" and self.tokens[self.at + 1].text == "in":
            self.at += 2
            return Not(Comparison(left, "in", self.keys(), self.by(), left.offset))
        elif sign := self.take("=", "==", "!=", "<", "<=", ">", ">="):
            if self.next.text == "(":
                raise self.error(f"a list cannot follow '{sign.text}'", "write `question in (one, other)`")
            op, right = sign.text.replace("==", "="), (self.operand(),)
        else:
            name = left.text if isinstance(left, Name) else "this"
            raise self.error(f"{name} is compared with nothing", self.repeated(name))
        found = Comparison(left, op, right, self.by(), left.offset)
        self.voiced = found if found.role else None
        return found

    def repeated(self, name: str) -> str:
        """How to compare a name that stands alone; behind a comparison `by` a role it may be another role."""
        if self.voiced is None or self.voiced.role is None:
            return f"write for example `{name} = yes`"
        compared = self.text[self.voiced.offset : self.voiced.role.offset]
        return f"if {name} is a role, say the whole comparison again: `{compared}{name}`"

    def by(self) -> Name | None:
        """The role after `by`."""
        return self.name("a role") if self.take("by") else None

    def keys(self) -> tuple[Name, ...]:
        """`(key, key, ...)`."""
        if self.next.text != "(":
            raise self.error("'(' is missing after 'in'", "write `question in (one, other)`")
        self.expect("(", "'in'")
        found = self.joined(",", lambda: self.name("an option key"))
        self.expect(")", "the option keys")
        return found

    def name(self, what: str) -> Name:
        """A name that is not a word of the language."""
        token = self.next
        if token.kind != "name" or token.text in WORDS:
            raise self.error(f"{what} is missing here" if token.kind == "end" else f"'{token.text}' is not {what}")
        self.at += 1
        return Name(token.text, token.offset)

    def operand(self) -> Operand:
        """A number, a date, a name or a function."""
        token = self.next
        if token.kind == "number":
            self.at += 1
            return Literal(float(token.text), token.offset)
        if token.kind == "date":
            self.at += 1
            return Literal(_date(token), token.offset)
        name = self.name("a question, node, number, key or date")
        return self.call(name) if self.take("(") else name

    def call(self, name: Name) -> Call:
        """The arguments of a function, after its bracket."""
        if name.text not in FUNCTIONS:
            message = f"there is no function '{name.text}'"
            raise ConditionError(message, name.offset, len(name.text), "functions are " + ", ".join(FUNCTIONS.values()))
        if name.text == "share":
            inner = self.single()
            if not isinstance(inner, Comparison) or inner.role is None:
                message = "share needs a comparison by a role"
                raise ConditionError(message, name.offset, 5, f"write {FUNCTIONS['share']}")
            call = Call("share", (), name.offset, inner)
        else:
            call = Call(name.text, self.joined(",", lambda: self.name("a name")), name.offset)
        self.expect(")", f"the arguments of {name.text}")
        if call.inner is None and len(call.arguments) != FUNCTIONS[name.text].count(",") + 1:
            message = f"{name.text} takes other arguments"
            raise ConditionError(message, name.offset, len(name.text), f"write {FUNCTIONS[name.text]}")
        return call


def _date(token: _Token) -> datetime.date:
    try:
        return datetime.date.fromisoformat(token.text)
    except ValueError:
        message = f"{token.text} is not a day that exists"
        raise ConditionError(message, token.offset, len(token.text)) from None


def parse_condition(text: str) -> Condition:
    """The tree of a condition of at most 2,000 characters and depth 32.

    Raises ConditionError with offset, length and a hint.
    """
    if len(text) > MAX_LENGTH:
        message = f"a condition of {len(text)} characters; at most {MAX_LENGTH} are read"
        raise ConditionError(message, 0)
    return _Parser(text).whole()


def comparisons(tree: Condition) -> Iterator[Comparison | Call]:
    """The comparisons and yes-or-no functions of a condition, left to right."""
    match tree:
        case Not(part):
            yield from comparisons(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from comparisons(part)
        case Comparison() | Call():
            yield tree
        case _:
            assert_never(tree)


def names(tree: Condition) -> Iterator[Name]:
    """What a condition reads, left to right: questions, nodes and what else stands on either side of a comparison."""
    for part in comparisons(tree):
        yield from _names(part)


def _names(part: Comparison | Operand) -> Iterator[Name]:
    match part:
        case Name():
            yield part
        case Call(_, arguments, _, inner):
            yield from arguments if inner is None else _names(inner)
        case Comparison(left, op, right):
            for operand in (left, *(right if op != "in" else ())):
                yield from _names(operand)
        case Literal():
            pass
        case _:
            assert_never(part)


def spelled_out(tree: Condition) -> str:
    """A condition as its text, with brackets wherever parts are joined."""
    match tree:
        case Not(part):
            return f"not ({spelled_out(part)})"
        case And(parts):
            return " and ".join(f"({spelled_out(part)})" for part in parts)
        case Or(parts):
            return " or ".join(f"({spelled_out(part)})" for part in parts)
        case Comparison() | Call():
            return _spelled(tree)
        case _:
            assert_never(tree)


def _in_digits(value: float) -> str:
    """A number as it would be written, in as few digits as tell it from all others."""
    return next(text for text in (f"{value:.15g}", f"{value:.17g}") if float(text) == value)


def _spelled(part: Comparison | Operand) -> str:
    match part:
        case Name(text):
            return text
        case Literal(value):
            return value.isoformat() if isinstance(value, datetime.date) else _in_digits(value)
        case Call(function, arguments, _, inner):
            return f"{function}({_spelled(inner) if inner else ', '.join(name.text for name in arguments)})"
        case Comparison(left, op, right, role):
            keys = [_spelled(operand) for operand in right]
            compared = f"({', '.join(keys)})" if op == "in" else keys[0]
            return f"{_spelled(left)} {op} {compared}" + (f" by {role.text}" if role else "")
        case _:
            assert_never(part)

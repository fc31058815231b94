"""The risk rules of a lens: Boolean expressions over choices, read once and then written, or tried on every answer.

An answer is a set of ticked choices. A truth table is one whole number with a bit for every such set: bit number `s` is
for the set whose choice number `i` is ticked when bit `i` of `s` is set.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, assert_never

MAX_DEPTH = 24
MOST_CHOICES = 20
_TOKEN = re.compile(r"\s*(?:(?P<name>[A-Za-z0-9_]+)|(?P<sign>&&|\|\||[!()]))")


class RuleError(Exception):
    """An expression that cannot be read; `offset` counts its characters from 0."""

    def __init__(self, message: str, offset: int) -> None:
        """Keep the place."""
        super().__init__(message)
        self.message, self.offset = message, offset


class ChoiceTicked(NamedTuple):
    """True when the choice is ticked."""

    name: str


class Not(NamedTuple):
    """True when its part is false."""

    part: "Expression"


class And(NamedTuple):
    """True when all parts are."""

    parts: tuple["Expression", ...]


class Or(NamedTuple):
    """True when one part is."""

    parts: tuple["Expression", ...]


Expression = ChoiceTicked | Not | And | Or


class _Parser:
    """Recursive descent: `||` binds least, then `&&`, then `!`."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.depth = text, 0, 0
        self.tokens = [*_tokens(text), ("", len(text))]

    def take(self, sign: str) -> bool:
        """Whether the next token is a sign, which is then passed over."""
        found = self.tokens[self.at][0] == sign
        self.at += found
        return found

    def whole(self) -> Expression:
        """The whole text."""
        found = self.either()
        token, offset = self.tokens[self.at]
        if token:
            raise RuleError(f"'{token}' is not expected here; join choices with '&&' or '||'", offset)
        return found

    def either(self) -> Expression:
        """Parts joined by `||`."""
        parts = [self.both()]
        while self.take("||"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def both(self) -> Expression:
        """Parts joined by `&&`."""
        parts = [self.single()]
        while self.take("&&"):
            parts.append(self.single())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def single(self) -> Expression:
        """`!`, brackets or a choice."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise RuleError(f"brackets and '!' are nested more than {MAX_DEPTH} deep", self.tokens[self.at][1])
        found = self.opened()
        self.depth -= 1
        return found

    def opened(self) -> Expression:
        """What starts with the next token."""
        token, offset = self.tokens[self.at]
        if self.take("!"):
            return Not(self.single())
        if self.take("("):
            found = self.either()
            if not self.take(")"):
                raise RuleError("a bracket is not closed", offset)
            return found
        if token in ("", "&&", "||", ")"):
            where = f"before '{token}'" if token else "at the end"
            raise RuleError(f"a choice is missing {where}", offset)
        self.at += 1
        return ChoiceTicked(token)


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None:
            offset = at + len(text[at:]) - len(text[at:].lstrip())
            raise RuleError(f"'{text[offset]}' cannot stand in a rule; it knows '&&', '||', '!' and brackets", offset)
        yield found[found.lastgroup or 0], found.start(found.lastgroup or 0)
        at = found.end()


def parse_rule(text: str) -> Expression:
    """The expression a text holds; raises RuleError with the place."""
    return _Parser(text).whole()


def choices_read(expression: Expression) -> Iterator[str]:
    """The choices an expression reads, left to right."""
    match expression:
        case ChoiceTicked(name):
            yield name
        case Not(part):
            yield from choices_read(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from choices_read(part)
        case _:
            assert_never(expression)


def write_condition(expression: Expression, question: str, keys: Mapping[str, str]) -> str:
    """An expression as a condition of the rubric language on one question; `keys` leads from choice to option key."""
    match expression:
        case ChoiceTicked(name):
            return f"has({question}, {keys[name]})"
        case Not(part):
            return f"not {_bracketed(part, question, keys)}"
        case And(parts):
            return " and ".join(_bracketed(part, question, keys) for part in parts)
        case Or(parts):
            return " or ".join(_bracketed(part, question, keys) for part in parts)
        case _:
            assert_never(expression)


def _bracketed(expression: Expression, question: str, keys: Mapping[str, str]) -> str:
    written = write_condition(expression, question, keys)
    return f"({written})" if isinstance(expression, And | Or) else written


def truth(expression: Expression, ticked: Mapping[str, int], every: int) -> int:
    """The truth table of an expression; `ticked` are those of the choices, `every` that of what is always true."""
    match expression:
        case ChoiceTicked(name):
            return ticked[name]
        case Not(part):
            return every & ~truth(part, ticked, every)
        case And(parts):
            for part in parts:
                every &= truth(part, ticked, every)
            return every
        case Or(parts):
            found = 0
            for part in parts:
                found |= truth(part, ticked, every)
            return found
        case _:
            assert_never(expression)


def answers(choices: int) -> int:
    """The truth table of what is always true over a number of choices."""
    return (1 << (1 << choices)) - 1


def ticks(choices: Sequence[str]) -> Mapping[str, int]:
    """The truth table of every choice."""
    every = answers(len(choices))
    return {name: every // ((1 << (1 << place)) + 1) << (1 << place) for place, name in enumerate(choices)}


def possible_answers(choices: Sequence[str], alone: Sequence[str]) -> int:
    """The answers that can be given: a choice that stands alone goes with no other, and then one must be ticked."""
    ticked = ticks(choices)
    found = answers(len(choices))
    for name in alone:
        for other in choices:
            if other != name:
                found &= ~(ticked[name] & ticked[other])
    return found & ~1 if alone else found


def first_true(tables: Sequence[int], among: int) -> tuple[int, ...]:
    """For each rule the answers whose first true rule it is; the answers left over stand last."""
    found: list[int] = []
    for rule in tables:
        found.append(among & rule)
        among &= ~rule
    return (*found, among)

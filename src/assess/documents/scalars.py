"""Single values: their type by the YAML 1.2 core schema, and how a message shows them."""

import math
import re
from collections.abc import Mapping

from assess.model.fields import MAX_NUMBER_TEXT, Plain
from assess.spelling import printable

NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_FLAGS = {word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")}
_DECIMAL = re.compile(r"[-+]?[0-9]+")
_OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_MOST_SHOWN = 60


def resolve(value: object) -> object:
    """The value by the core schema of YAML 1.2, containers included, for fields that take anything.

    Numbers of more than 40 characters and those that are not finite stay texts, for the reader of the field to refuse.
    """
    if isinstance(value, Plain):
        return _scalar(value)
    if isinstance(value, Mapping):
        return {key: resolve(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [resolve(inner) for inner in value]
    return value


def _scalar(text: Plain) -> object:
    if text in NULLS:
        return None
    if text in _FLAGS:
        return _FLAGS[text]
    if len(text) > MAX_NUMBER_TEXT:
        return str(text)
    if _DECIMAL.fullmatch(text):
        return int(text)
    if _OTHER_BASE.fullmatch(text):
        return int(text, 0)
    number = float(text) if _FLOAT.fullmatch(text) else math.inf
    return number if math.isfinite(number) else str(text)


def looks_numeric(text: str) -> bool:
    """Whether a text reads like a decimal number."""
    return len(text) <= MAX_NUMBER_TEXT and _FLOAT.fullmatch(text) is not None


def format_scalar(text: str) -> str:
    """A text as one printable line of about 60 characters at most, for messages."""
    return printable(text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 1] + "\u2026")


def name_value(value: object) -> str:
    """A value as a message names it: quoted texts, bare numbers, `a list`, `a mapping`, `nothing`."""
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return f"'{format_scalar(value)}'"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:g}"
    return "a mapping" if isinstance(value, Mapping) else "a list"

"""Tables and lists: the one place where their marks are written."""

import datetime
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple, TypeVar

from assess.render.markdown import Markdown, escape, strong

Kind = TypeVar("Kind")
EMPTY = Markdown("None.")
Cell = str | int | datetime.date
Row = tuple[Cell, ...]


class Right(NamedTuple):
    """The title of a column whose cells stand at the right, as numbers do."""

    title: str


class Table(NamedTuple):
    """A table whose columns depend on the case."""

    columns: tuple[str | Right, ...]
    rows: tuple[Row, ...]


def printed(value: object) -> Markdown:
    """A text, whole number or date as Markdown.

    Raises TypeError for everything else: a float would show its binary noise, a list or mapping its brackets.
    """
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return escape(str(value))
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return Markdown(value.isoformat())
    raise TypeError(f"a {type(value).__name__} cannot be printed; print numbers through the number functions")


def without(cells: Sequence[Kind], places: AbstractSet[int]) -> tuple[Kind, ...]:
    """The cells of a row, or the titles of its table, without those at some places, counted from 0."""
    return tuple(cell for place, cell in enumerate(cells) if place not in places)


def table(columns: Sequence[str | Right], rows: Sequence[Sequence[object]]) -> Markdown:
    """A table of GitHub's Markdown, or `None.` without rows; raises TypeError for a row of another width."""
    if not rows:
        return EMPTY
    lines: list[list[str]] = [[escape(c.title if isinstance(c, Right) else c) for c in columns]]
    lines.append(["--:" if isinstance(c, Right) else ":--" for c in columns])
    for row in rows:
        if len(row) != len(columns):
            raise TypeError(f"a row of {len(row)} cells in a table of {len(columns)} columns")
        lines.append([printed(cell).replace("\n", " ") for cell in row])
    return Markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))


def bullets(title: str, lines: Iterable[object]) -> Markdown:
    """A list below a bold title, if it has one; nothing at all without lines."""
    shown = "\n".join(f"- {text}" for line in lines if (text := printed(line)))
    above = f"{strong(title)}\n\n" if title else ""
    return Markdown(f"{above}{shown}" if shown else "")


def facts(named: Iterable[tuple[str, object]]) -> Markdown:
    """A list of named facts; those without a value are left out."""
    return bullets("", [Markdown(f"{strong(name)} {text}") for name, value in named if (text := printed(value))])


def tasks(title: str, steps: Iterable[object]) -> Markdown:
    """A list of tasks that can be ticked, below a bold title."""
    return bullets(title, [Markdown(f"[ ] {text}") for step in steps if (text := printed(step))])

"""What a chart shows, as a table: the same figures in the same words."""

from typing import NamedTuple

MISSING = "\N{EN DASH}"


class Mark(NamedTuple):
    """A value at its place on 0..100, from left (or bottom) to right (or top), and as it is printed."""

    at: float
    shown: str


class ChartTable(NamedTuple):
    """Column titles and rows of as many texts; the first column says what a row is about."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def format_mark(mark: Mark | None) -> str:
    """A value as it is printed; a dash where there is none."""
    return mark.shown if mark else MISSING


def without_empty(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> ChartTable:
    """The table without columns after the first that hold nothing but dashes."""
    kept = [at for at in range(len(columns)) if at == 0 or any(row[at] != MISSING for row in rows)]
    return ChartTable(tuple(columns[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in rows))

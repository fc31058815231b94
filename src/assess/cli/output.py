"""Printing problems and tables."""

import contextlib
import json
from collections.abc import Iterable, Iterator, Sequence

import typer

from assess.problems import CATALOGUE, SEVERITIES, DocumentError, Location, Problem, errors
from assess.spelling import printable

DONE, PROBLEMS, USAGE, MISSED = 0, 1, 2, 3
WIDEST_LINE = 160
MANY = 3
CUT = "\u2026"


def problem_text(problem: Problem) -> str:
    """`file:line:col: severity: message (code)`, the source line with a caret, what shows it, and the way out."""
    place = problem.location
    lines = [f"{_at(problem)}{problem.severity}: {problem.message} ({problem.code})"]
    if place and problem.source.strip():
        lines += _excerpt(problem.source, place)
    if problem.witness:
        lines.append(f"    shown by {problem.witness}")
    if problem.hint:
        lines.append(f"    -> {problem.hint}")
    return "\n".join(lines)


def edit_text(problem: Problem) -> str:
    """The edit that mended a problem: where, what was written, and in the place of what."""
    stands, instead = problem.fix or ("", "")
    done = f"wrote {instead} in the place of {stands}" if instead else f"took {stands} out"
    return f"{_at(problem)}{printable(done)} ({problem.code})"


def _excerpt(source: str, place: Location) -> list[str]:
    """The line of a problem with a caret below it; of a long line the part around the place."""
    start, column, end = 0, place.column - 1, len(source)
    if end > WIDEST_LINE:
        start = max(0, min(column - WIDEST_LINE // 3, end - WIDEST_LINE))
        end = start + WIDEST_LINE
    cut, more = CUT * (start > 0), CUT * (end < len(source))
    before, marked = source[start:column], source[column:end][: place.length]
    under = "".join("\t" if sign == "\t" else " " * len(printable(sign)) for sign in before)
    width = max(len(_line(marked)), min(place.length, end - column), 1)
    return [f"    {cut}{_line(source[start:end])}{more}", f"    {' ' * len(cut)}{under}{'^' * width}"]


def _line(source: str) -> str:
    """A line of a document as a terminal may show it: tabs stay, everything else that is not seen becomes an escape."""
    return "\t".join(printable(part) for part in source.split("\t"))


def gathered(problems: Iterable[Problem]) -> Iterator[str]:
    """Problems as text, errors first and each in full; warnings and notes of one code in one list, if there are many.

    In a list the way out stands once below the places it is good for.
    """
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in sorted(problems, key=lambda p: SEVERITIES.index(p.severity)):
        alike.setdefault((problem.severity, problem.code), []).append(problem)
    for (severity, code), found in alike.items():
        if severity == "error" or len(found) < MANY:
            yield from map(problem_text, found)
        else:
            yield f"{len(found)} {severity}s ({code}): {CATALOGUE[code]}"
            yield from _listed(found)


def _listed(problems: Sequence[Problem]) -> Iterator[str]:
    """A line per problem, those with the same way out together and above it."""
    together: dict[str, list[Problem]] = {}
    for problem in problems:
        together.setdefault(problem.hint, []).append(problem)
    for hint, found in together.items():
        for problem in found:
            shown = f"; shown by {problem.witness}" if problem.witness else ""
            yield f"  {_at(problem)}{problem.message}{shown}"
        if hint:
            yield f"    -> {hint}"


def _at(problem: Problem) -> str:
    place = problem.location
    return f"{place.file}:{place.line}:{place.column}: " if place else ""


def problem_github(problem: Problem) -> str:
    """A GitHub workflow annotation; see GitHub's workflow commands for the escapes."""
    place = problem.location
    kind = {"error": "error", "warning": "warning", "note": "notice"}[problem.severity]
    fields = f"file={_property(place.file)},line={place.line},col={place.column}," if place else ""
    shown = f"; shown by {problem.witness}" if problem.witness else ""
    words = f"{problem.message}{shown}" + (f" -> {problem.hint}" if problem.hint else "")
    return f"::{kind} {fields}title={_property(problem.code)}::{_escaped(words)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def complain(problems: Iterable[Problem]) -> None:
    """Print problems to standard error."""
    for problem in problems:
        typer.echo(problem_text(problem), err=True)


def counted_problems(problems: Sequence[Problem]) -> str:
    """`2 errors, 1 warning, 3 accepted`: how many problems of each severity; `no problems` when there are none."""
    counts = {kind: sum(p.severity == kind and not p.accepted for p in problems) for kind in SEVERITIES}
    said = ", ".join(f"{n} {kind}{'' if n == 1 else 's'}" for kind, n in counts.items() if n) or "no problems"
    stay = sum(bool(p.accepted) for p in problems)
    return f"{said}, {stay} accepted" if stay else said


def print_json(value: object) -> None:
    """Print a value as JSON."""
    typer.echo(json_text(value), nl=False)


def json_text(value: object) -> str:
    """A value as JSON, as every command prints it."""
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


@contextlib.contextmanager
def documents_checked(otherwise: str = "") -> Iterator[None]:
    """Turn problems in documents into messages and exit code 1; `otherwise` says what was therefore not done."""
    try:
        yield
    except DocumentError as error:
        complain(error.problems)
        closing = f"; {otherwise}" if otherwise else ""
        typer.echo(f"{counted_problems(errors(error.problems))}{closing}", err=True)
        raise typer.Exit(PROBLEMS) from None


def align_columns(rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> str:
    """Rows as aligned columns; the first row is the heading; `right` are the columns of numbers.

    A column with nothing below its heading is left out.
    """
    columns = [column for column in range(len(rows[0])) if not rows[1:] or any(row[column] for row in rows[1:])]
    widths = {column: max(len(row[column]) for row in rows) for column in columns}
    lines = []
    for row in rows:
        cells = [row[n].rjust(widths[n]) if n in right else row[n].ljust(widths[n]) for n in columns]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)

"""The roles of a rubric as a table: what each is asked, and how many minutes that takes."""

from collections.abc import Iterator

from assess.minutes import sittings
from assess.model.rubric import Rubric
from assess.numbers import counted, short

Json = dict[str, object]
COLUMNS = ("role", "tier", "questions", "facts", "from registers", "words", "minutes", "budget")
WORDS = frozenset({"role", "tier"})


def role_lines(rubric: Rubric) -> Iterator[str]:
    """A line per role and tier: what it is asked, what a register answers for it, words, minutes and their budget.

    A `!` marks minutes above the budget.
    """
    rows = [COLUMNS, *_rows(rubric)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(COLUMNS))]
    yield f"{counted(len(rubric.roles), 'role', 'roles')} of {rubric.title} {rubric.version}"
    for row in rows:
        columns = zip(COLUMNS, row, widths, strict=True)
        cells = [cell.ljust(width) if name in WORDS else cell.rjust(width) for name, cell, width in columns]
        yield "  ".join(cells).rstrip()


def roles_json(rubric: Rubric) -> Json:
    """The same for programs."""
    return {"rubric": rubric.id, "version": rubric.version, "roles": [one._asdict() for one in sittings(rubric)]}


def _rows(rubric: Rubric) -> Iterator[tuple[str, ...]]:
    for one in sittings(rubric):
        minutes = "" if one.minutes is None else short(one.minutes) + ("!" if one.over else "")
        budget = "" if one.budget is None else short(one.budget)
        numbers = (one.questions, one.facts, one.registered, one.words)
        title = rubric.role_by_id[one.role].title
        yield (title, one.tier, *(str(number) for number in numbers), minutes, budget)

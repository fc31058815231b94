"""`assess rubric diff`: what is different between two versions of a rubric, and whom it concerns."""

import textwrap
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assess.cli.options import Format, Output, Rubrics
from assess.cli.output import MISSED, align_columns, documents_checked, print_json

if TYPE_CHECKING:
    from assess.authoring.diff import Difference
    from assess.authoring.effects import EngagementEffect, NodeMove, PlanMove

HEADING = ("", "score", "now", "level", "now", "by")
PLAN_HEADING = ("", "period", "now", "by")
MOST, WIDTH = 3, 110


class FailThreshold(StrEnum):
    """From which class of change on the command fails."""

    cosmetic = "cosmetic"
    meaning = "meaning"
    scale = "scale"


Old = Annotated[str, typer.Argument(metavar="OLD", help="A rubric by name or path, or REV:PATH in a git repository.")]
New = Annotated[str, typer.Argument(metavar="NEW", help="The newer one, named in the same ways.")]
Engagements = Annotated[
    Path | None,
    typer.Option("--engagements", metavar="FOLDER", help="Engagements to try both on; else the samples, if of theirs."),
]
FailOn = Annotated[
    FailThreshold | None,
    typer.Option("--fail-on", help="Exit with 3 when there is a change of this class or a graver one."),
]


def diff(
    old: Old,
    new: New,
    rubrics: Rubrics = None,
    engagements: Engagements = None,
    *,
    fail_on: FailOn = None,
    output: Output = Format.text,
) -> None:
    """Say what is different between two versions of a rubric.

    Every change is cosmetic, one of meaning or one of scale; together they call for a version. Then comes whose score,
    level or plan moves, and by what. Ends with 0 whether the two are equal or not.
    """
    from assess.authoring.diff import compare_rubrics
    from assess.authoring.diff.report import difference_json, difference_lines
    from assess.authoring.effects import effects, effects_json
    from assess.authoring.revisions import rubric_at
    from assess.resources import shipped

    with documents_checked():
        found = compare_rubrics(rubric_at(old, rubrics or ()), rubric_at(new, rubrics or ()))
        folder = engagements or shipped("sample_orgs")
        moved = effects(found, folder, (Path(old).stem, Path(new).stem)) if found.changes else ()
    if output is Format.json:
        print_json({**difference_json(found), "engagements": effects_json(moved)})
    else:
        typer.echo("\n".join([*difference_lines(found), *(line for one in moved for line in effect_lines(one))]))
    if fail_on and reaches_class(found, fail_on):
        typer.echo(f"there are changes of the class {fail_on.value} or graver", err=True)
        raise typer.Exit(MISSED)


def reaches_class(found: "Difference", threshold: FailThreshold) -> bool:
    """Whether the gravest change reaches a class."""
    from assess.authoring.diff import SENSES

    return found.gravest is not None and SENSES.index(found.gravest) >= SENSES.index(threshold.value)


def effect_lines(found: "EngagementEffect") -> Iterator[str]:
    """What moves for one engagement."""
    yield ""
    if not found.nodes and not found.plan:
        yield f"{found.name}, {found.organization}: nothing moves."
    else:
        yield f"{found.name}, {found.organization}:"
    if found.nodes:
        yield align_columns([HEADING, *(node_row(move) for move in found.nodes)], right=frozenset({1, 2}))
    if found.plan:
        yield align_columns([PLAN_HEADING, *(plan_row(move) for move in found.plan)], right=frozenset({1, 2}))
    yield from (
        textwrap.fill(
            f"left out in {why}", WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False
        )
        for why in found.left_out
    )


def node_row(move: "NodeMove") -> tuple[str, ...]:
    """One node as a row of the table."""
    return (
        f"  {move.node} {move.title}",
        move.old,
        move.new,
        move.old_level or "",
        move.new_level or "",
        first_causes(move.by),
    )


def plan_row(move: "PlanMove") -> tuple[str, ...]:
    """One initiative as a row of the table."""
    periods = ("-" if period is None else str(period) for period in (move.old, move.new))
    return (f"  {move.initiative} {move.title}", *periods, first_causes(move.by))


def first_causes(causes: Sequence[str]) -> str:
    """The first causes, and how many more there are."""
    more = f" and {len(causes) - MOST} more" if len(causes) > MOST else ""
    return "; ".join(causes[:MOST]) + more

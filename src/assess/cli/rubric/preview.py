"""`assess rubric preview`: what a change of a rubric does, as soon as it is saved."""

import time
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assess.cli.files import refuse_unwritable, write_whole
from assess.cli.kept import refuse_edited
from assess.cli.options import Rubrics
from assess.cli.output import PROBLEMS, counted_problems, documents_checked, problem_text
from assess.cli.report import OTHER_FILE, STANDARD_OUTPUT
from assess.problems import DocumentError, listing

if TYPE_CHECKING:
    from assess.authoring.preview import Round, ScoreMove

PAUSE = 0.25
MOST = 12
MOST_MISSES = 4  # of one persona


def preview(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A rubric by name or path.")],
    *,
    engagement: Annotated[
        Path | None, typer.Option("--with", metavar="PATH", help="The engagement to plan and print with it.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write its roadmap.")
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Do so again on every save, until Ctrl-C.")] = False,
    rubrics: Rubrics = None,
) -> None:
    """Show what a change of a rubric does.

    Checks it, scores all its personas, and plans and writes the roadmap of one engagement. With --watch it does so on
    every save, and says which scores moved; a mistake is shown and waits for the next save.
    """
    from assess.authoring.preview import watch_files
    from assess.load import rubric_places
    from assess.resources import find_rubric

    if output is not None and engagement is None:
        raise typer.BadParameter("say whose roadmap to write: --with PATH", param_hint="-o")
    if output == STANDARD_OUTPUT:
        raise typer.BadParameter("what changed is printed there; name a file for the roadmap", param_hint="-o")
    with documents_checked("nothing was written"):
        place = find_rubric(name, rubrics or ())
        if output is not None:
            refuse_unwritable(output)
            refuse_edited(output, OTHER_FILE)
    places = [*rubric_places(place), *([engagement] if engagement else [])]
    saves = watch_files(places, partial(time.sleep, PAUSE)) if watch else ()
    if not follow_changes(place, engagement, output, saves) and not watch:
        raise typer.Exit(PROBLEMS)


def follow_changes(place: Path, engagement: Path | None, output: Path | None, saves: Iterable[tuple[str, ...]]) -> bool:
    """Look at a rubric now and after every save; whether all was well the last time.

    saves: the names of the files that changed, each time some did; Ctrl-C ends it.
    """
    from assess.authoring.preview import Round, look

    found, card = look(place, engagement), None
    print_round(found, Round(()), output)
    try:
        for names in saves:
            typer.echo(f"\n--- {listing([Path(name).name for name in names])}")
            card = found.assessment.scorecard if found.assessment else card
            before, found = found, look(place, engagement, card)
            print_round(found, before, output)
            if card is not None and found.assessment and not found.moved:
                typer.echo("No score moved.")
    except KeyboardInterrupt:
        typer.echo()
    return found.sound


def print_round(found: "Round", before: "Round", output: Path | None) -> None:
    """Print a look, without the warnings of the one before, and write the roadmap it led to."""
    told = {(problem.code, problem.message) for problem in before.problems}
    for problem in found.problems:
        new = (problem.code, problem.message) not in told
        if problem.severity == "error" or (problem.severity == "warning" and new):
            typer.echo(problem_text(problem))
    typer.echo(f"{titled(found)}: {counted_problems(found.problems)}")
    for line in (*persona_lines(found), *scores(found)):
        typer.echo(line)
    if output is not None and found.roadmap:
        try:
            write_whole(output, found.roadmap)
            typer.echo(f"{output} written")
        except DocumentError as error:
            typer.echo("\n".join(problem_text(problem) for problem in error.problems))


def titled(found: "Round") -> str:
    """The rubric with its version, as far as it can be read."""
    return f"{found.rubric.id} {found.rubric.version}" if found.rubric else "The rubric cannot be used"


def persona_lines(found: "Round") -> Iterator[str]:
    """How many personas came out as expected, and what came out otherwise in the others."""
    from assess.numbers import counted

    if not found.personas:
        return
    failed = {name: misses for name, misses in found.personas.items() if misses}
    outcome = f"{len(failed)} otherwise than expected" if failed else "all as expected"
    yield f"{counted(len(found.personas), 'persona', 'personas')}: {outcome}"
    for name, misses in [*failed.items()][:MOST]:
        yield from (f"  {name}: {miss}" for miss in misses[:MOST_MISSES])
        if len(misses) > MOST_MISSES:
            yield f"  {name}: and {len(misses) - MOST_MISSES} more"
    if len(failed) > MOST:
        yield f"  and {len(failed) - MOST} more; assess rubric test names them all"


def scores(found: "Round") -> Iterator[str]:
    """The overall score of the engagement, and the nodes that moved."""
    if found.assessment is None:
        return
    card = found.assessment.scorecard
    yield f"{card.organization}: overall {format_value(found, 'overall', card.scores['overall'].value)}"
    for move in found.moved[:MOST]:
        yield f"  {moved(found, move)}"
    if len(found.moved) > MOST:
        yield f"  and {len(found.moved) - MOST} more"


def moved(found: "Round", move: "ScoreMove") -> str:
    """A node with its score before and now, in its own points."""
    before = format_value(found, move.node, move.before, move.after)
    return f"{move.node}: {before} -> {format_value(found, move.node, move.after, move.before)}"


def format_value(found: "Round", node: str, value: float | None, *others: float | None) -> str:
    """A value in the points of a node, as roadmaps print it."""
    from assess.formula import format_figure

    if found.assessment is None:
        return ""
    known = found.assessment.scorecard.scores.get(node)
    return format_figure(found.assessment.rubric, node, value, known.scale if known else (0, 100), *others)

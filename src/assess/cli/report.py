"""`assess report`: the main job."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assess.cli.files import refuse_unwritable, write_whole
from assess.cli.kept import is_edited, keep, refuse_edited, write_with_receipt
from assess.cli.options import EngagementPath, Rubrics, Templates
from assess.cli.output import complain, counted_problems, documents_checked

if TYPE_CHECKING:
    from assess.workflow import Assessment

OTHER_FILE = "write to another file with -o"
STANDARD_OUTPUT = Path("-")


def report(
    path: EngagementPath,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE.md|FOLDER",
            help="A name that ends in .md: the roadmap; any other: a folder of papers. `-` or none: standard output.",
        ),
    ] = None,
    rubrics: Rubrics = None,
    templates: Templates = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Take the plan in which always the best comes next, and try no other.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace an output that was edited by hand, and keep that beside it.")
    ] = False,
) -> None:
    """Write the roadmap of an engagement.

    Checks, scores, diagnoses and plans it, and writes one Markdown document, or a folder of papers for those who
    decide, do the work, and audit it. Warnings go to standard error.
    """
    from assess import workflow
    from assess.model.roadmap import QUICK

    output = None if output == STANDARD_OUTPUT else output
    with documents_checked("nothing was written"):
        if output is not None and not is_folder(output):
            refuse_unwritable(output)
            if not force:
                refuse_edited(output, f"{OTHER_FILE}, or replace it with --force, which keeps the edited one beside it")
        found = workflow.assess(path, rubrics or (), QUICK if quick else None)
        write = (
            _papers(output, found, templates) if output and is_folder(output) else _roadmap(output, found, templates)
        )
        complain(problem for problem in found.problems if problem.severity == "warning")
        if output is None:
            write()
        else:
            write_with_receipt(write, found.receipt)
            typer.echo(f"{output} written: {counted_problems(found.problems)}", err=True)


def is_folder(output: Path) -> bool:
    """Whether the set of papers is asked for: a name that does not end in `.md`, what is there as a file aside."""
    there = os.path.exists(output) and not os.path.isdir(output)  # noqa: PTH110, PTH112 - never raise
    return output.suffix != ".md" and not there


def _roadmap(output: Path | None, found: "Assessment", templates: list[Path] | None) -> Callable[[], None]:
    """What writes the roadmap, which is made now: into a file, or to standard output."""
    from assess import workflow

    text = workflow.report(found, templates or ())
    return partial(_write_roadmap, output, text) if output else partial(typer.echo, text, nl=False)


def _write_roadmap(output: Path, text: str) -> None:
    if is_edited(output):
        typer.echo(f"the edited {output} is kept as {keep(output)}", err=True)
    write_whole(output, text)


def _papers(folder: Path, found: "Assessment", templates: list[Path] | None) -> Callable[[], None]:
    """What writes the set of papers, which are made now, into a folder."""
    from assess import workflow
    from assess.cli.papers import issue_json, read_manifest, write_set

    manifest = read_manifest(folder)
    papers = {**workflow.report_set(found, templates or ()), **issue_json(found)}
    return partial(write_set, folder, papers, manifest)

"""`assess report`: the main job."""

import os
from pathlib import Path
from typing import Annotated

import typer

from assess.cli.options import Engagement, Rubrics, Templates
from assess.cli.output import complain, counted_problems, documents_checked, refuse_unwritable, write_whole
from assess.problems import DocumentError, Problem


def report(
    path: Engagement,
    *,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write; else standard output.")
    ] = None,
    rubrics: Rubrics = None,
    templates: Templates = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an output that was edited by hand.")] = False,
) -> None:
    """Write the roadmap of an engagement.

    Checks, scores, diagnoses and plans it, and writes one Markdown document. Warnings go to standard error.
    """
    from assess import workflow

    with documents_checked("nothing was written"):
        if output is not None:
            refuse_unwritable(output)
            if not force:
                refuse_edited(output)
        found = workflow.assess(path, rubrics or ())
        text = workflow.report(found, templates or ())
        complain(problem for problem in found.problems if problem.severity == "warning")
        if output is None:
            typer.echo(text, nl=False)
        else:
            write_whole(output, text)
            typer.echo(f"{output} written: {counted_problems(found.problems)}", err=True)


def refuse_edited(output: Path) -> None:
    """Raise DocumentError when a file that would be replaced is not as it was written."""
    from assess.render import is_untouched

    if not os.path.exists(output):  # noqa: PTH110 - never raises
        return
    try:
        text = output.read_text(encoding="utf-8")
        # An empty file, such as a failed `> FILE` leaves, holds nothing to lose.
        untouched = not text or is_untouched(text)
    except (OSError, UnicodeDecodeError):
        untouched = False
    if not untouched:
        hint = "keep the edits by writing to another file with -o, or replace them with --force"
        message = f"{output} was edited since it was written, or was not written by this program"
        raise DocumentError([Problem("file_edited", message, hint=hint)])

"""`assess report`: the main job."""

import os
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assess.cli.files import refuse_unwritable, unwritable, write_whole
from assess.cli.kept import is_edited, keep, refuse_edited, write_with_receipt
from assess.cli.options import EngagementPath, Rubrics, Templates
from assess.cli.output import complain, counted_problems, documents_checked
from assess.problems import DocumentError, Problem

if TYPE_CHECKING:
    from assess.workflow import Assessment

OTHER_FILE = "write to another file with -o"
STANDARD_OUTPUT = Path("-")
PAGE = ".html"
OFFICE = {".doc", ".docx", ".odt", ".pdf"}


class PaperFormat(StrEnum):
    """What a folder of papers holds: Markdown alone, or a page of HTML beside each of them."""

    md = "md"
    html = "html"


Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE.md|FILE.html|FOLDER",
        help="NAME.md: the roadmap; NAME.html: all papers in one page; else a folder. `-`, none: standard output.",
    ),
]
Beside = Annotated[
    PaperFormat, typer.Option("--format", help="What a folder holds: `html` puts a page beside each paper in Markdown.")
]


def report(  # noqa: PLR0913 - the options of a command
    path: EngagementPath,
    *,
    output: Output = None,
    beside: Beside = PaperFormat.md,
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
    decide, do the work, and audit it, or these papers as one page of HTML. Warnings go to standard error.
    """
    from assess import workflow
    from assess.model.roadmap import QUICK

    output = None if output == STANDARD_OUTPUT else output
    with documents_checked("nothing was written"):
        _refuse_format(output, beside)
        if output is not None and not is_folder(output):
            refuse_unwritable(output)
            if not force:
                refuse_edited(output, f"{OTHER_FILE}, or replace it with --force, which keeps the edited one beside it")
        found = workflow.assess(path, rubrics or (), QUICK if quick else None)
        if output and is_folder(output):
            write = _papers(output, found, templates, beside)
        else:
            write = _document(output, found, templates)
        complain(problem for problem in found.problems if problem.severity == "warning")
        if output is None:
            write()
        else:
            write_with_receipt(write, found.receipt)
            typer.echo(f"{output} written: {counted_problems(found.problems)}", err=True)


def is_folder(output: Path) -> bool:
    """Whether a folder of papers is asked for: a name that is no `.md` or `.html`, what is there as a file aside."""
    there = os.path.exists(output) and not os.path.isdir(output)  # noqa: PTH110, PTH112 - never raise
    return output.suffix.lower() not in {".md", PAGE} and not there


def _refuse_format(output: Path | None, beside: PaperFormat) -> None:
    """Raise DocumentError for a name that promises a format nothing is written in, or a format beside a single file."""
    ending = output.suffix.lower() if output else ""
    if output and ending in OFFICE:
        hint = f"write {output.with_suffix(PAGE)}: a browser prints it to PDF, and an office program opens it"
        raise unwritable(output, f"papers are written in Markdown and HTML, not as {ending[1:]}", hint)
    if beside is PaperFormat.html and (output is None or not is_folder(output)):
        message = "--format html puts pages into a folder of papers, and no folder was named"
        raise DocumentError([Problem("file_unwritable", message, hint=f"say -o FOLDER, or -o NAME{PAGE} for one page")])


def _document(output: Path | None, found: "Assessment", templates: list[Path] | None) -> Callable[[], None]:
    """What writes the roadmap, or all papers as a page, which is made now: into a file, or to standard output."""
    from assess import workflow

    make = workflow.report_book if output and output.suffix.lower() == PAGE else workflow.report
    text = make(found, templates or ())
    return partial(_write_document, output, text) if output else partial(typer.echo, text, nl=False)


def _write_document(output: Path, text: str) -> None:
    if is_edited(output):
        typer.echo(f"the edited {output} is kept as {keep(output)}", err=True)
    write_whole(output, text)


def _papers(folder: Path, found: "Assessment", templates: list[Path] | None, beside: PaperFormat) -> Callable[[], None]:
    """What writes the set of papers, which are made now, into a folder."""
    from assess import workflow
    from assess.cli.papers import issue_json, read_manifest, write_set

    manifest = read_manifest(folder)
    papers = {**workflow.report_set(found, templates or (), manifest.numbers), **issue_json(found)}
    if beside is PaperFormat.html:
        papers |= workflow.report_pages(found, papers)
    return partial(write_set, folder, papers, manifest, found.facts)

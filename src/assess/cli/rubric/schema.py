"""`assess rubric schema`: what editors need to complete, explain and mark while a file is written."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from assess.cli.files import write_whole
from assess.cli.options import Rubrics
from assess.cli.output import documents_checked
from assess.problems import DocumentError, Problem, listing, nearest


def schema(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="Print the schema of this kind of document.")] = "",
    folder: Annotated[
        Path | None, typer.Option("--to", metavar="FOLDER", help="Write the schemas of all kinds there.")
    ] = None,
    rubric: Annotated[
        str, typer.Option("--rubric", metavar="NAME", help="Know the questions, options and ids of this rubric.")
    ] = "",
    modelines: Annotated[
        list[Path] | None,
        typer.Option(
            "--modelines", metavar="FOLDER", help="Begin every document below it with the line that names its schema."
        ),
    ] = None,
    rubrics: Rubrics = None,
) -> None:
    """Write JSON Schemas for editors.

    One for each kind of document, and assess.schema.json for any of them. They offer keys and values, explain them,
    and mark mistakes of form while you type; what hangs together only the check can tell.
    """
    from assess.authoring.schema import schemas
    from assess.resources import find_rubric
    from assess.workflow import load_rubric

    refuse_unfit_targets(kind, folder, modelines)
    with documents_checked("nothing was written"):
        files = schemas(load_rubric(find_rubric(rubric, rubrics or ())) if rubric else None)
        if folder is None:
            typer.echo(files[known_kind(kind, [name.partition(".")[0] for name in files])], nl=False)
            return
        with made_folder(folder):
            for name, text in files.items():
                write_whole(folder / name, text)
    typer.echo(f"{folder}: {len(files)} schemas.")
    with documents_checked():
        for place in modelines or ():
            typer.echo(mark(place, folder))


def refuse_unfit_targets(kind: str, folder: Path | None, modelines: list[Path] | None) -> None:
    """Raise a usage error unless one kind is to be printed, or all are to be written."""
    if bool(kind) == bool(folder):
        raise typer.BadParameter(
            "name a KIND to print its schema, or --to FOLDER to write all of them", param_hint="KIND"
        )
    if modelines and not folder:
        raise typer.BadParameter("say with --to where the schemas are", param_hint="--modelines")


def known_kind(kind: str, known: list[str]) -> str:
    """The file of a kind; a usage error with the nearest spelling when there is none."""
    name = kind.removesuffix("/1")
    if name not in known:
        message = f"no kind of document is called '{kind}'{nearest(name, known)}; there are {listing(known, most=12)}"
        raise typer.BadParameter(message, param_hint="KIND")
    return f"{name}.schema.json"


@contextlib.contextmanager
def made_folder(folder: Path) -> Iterator[None]:
    """Make a folder, unless it is there; raises DocumentError when it cannot be made.

    Where nothing could be written into it, it is taken away again.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{folder} cannot be made: {(error.strerror or str(error)).lower()}"
        raise DocumentError([Problem("file_unwritable", message, hint="name another folder")]) from None
    try:
        yield
    except DocumentError:
        with contextlib.suppress(OSError):
            folder.rmdir()
        raise


def mark(place: Path, folder: Path) -> str:
    """Begin the documents below a place with the line of their schema; how many there are, and were changed."""
    from assess.authoring.schema.modelines import documents_with_modelines

    files = list(documents_with_modelines(place, folder))
    changed = [file for file in files if not file.right]
    for file in changed:
        write_whole(file.path, file.after)
    return f"{place}: {len(files)} documents name their schema, {len(changed)} of them from now on."

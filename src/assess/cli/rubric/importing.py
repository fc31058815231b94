"""`assess rubric import`: the model of another tool, as a rubric."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assess.cli.files import write_folder
from assess.cli.output import complain, counted_problems, documents_checked


class SourceKind(StrEnum):
    """What can be imported."""

    samm = "samm"
    lens = "lens"


def import_rubric(
    source: Annotated[
        Path, typer.Argument(metavar="SOURCE", help="The folder of a SAMM core model, or the JSON file of a lens.")
    ],
    folder: Annotated[
        Path, typer.Option("--to", metavar="FOLDER", help="The folder to make; it must be empty or not exist yet.")
    ],
    identity: Annotated[
        str, typer.Option("--id", metavar="ID", help="The id of the rubric; else the source says it.")
    ] = "",
    version: Annotated[
        str, typer.Option("--version", metavar="TEXT", help="The version of the rubric; else the source says it.")
    ] = "",
    kind: Annotated[
        SourceKind | None,
        typer.Option("--kind", help="What the source is; else a folder is SAMM and a file is a lens."),
    ] = None,
) -> None:
    """Make a rubric of another tool's model.

    Reads OWASP SAMM's core model and AWS Well-Architected custom lenses, and says what was wrong with them and what
    could not be kept.
    """
    from assess import importers
    from assess.authoring.writing import rubric_files

    refuse_bad_id(identity)
    with documents_checked("nothing was written"):
        what = kind.value if kind else importers.kind_of(source)
        imported = importers.import_rubric(source, what, importers.Wish(identity, version.strip()))
        write_folder(folder, rubric_files(imported.rubric))
    complain(imported.problems)
    found = imported.rubric.id
    counts = ", ".join(f"{amount} {noun}" for noun, amount in imported.counts.items())
    typer.echo(f"{folder} is the rubric '{found}', from an {importers.IMPORTERS[what].title}: {counts}.")
    typer.echo(f"What to know about the source: {counted_problems(imported.problems)}.")


def refuse_bad_id(identity: str) -> None:
    """A usage error for what cannot be the id of a rubric."""
    from pydantic import TypeAdapter, ValidationError

    from assess.model.fields import RESERVED, Id

    if identity:
        try:
            TypeAdapter(Id).validate_python(identity)
        except ValidationError:
            rule = "a small letter, then small letters, digits and '_', at most 40"
            why = "the word has a meaning of its own" if identity in RESERVED else rule
            message = f"'{identity}' cannot be an id: {why}"
            raise typer.BadParameter(message, param_hint="--id") from None

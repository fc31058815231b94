"""`assess rubric new`: start a rubric."""

import re
import shlex
from pathlib import Path
from typing import Annotated

import typer

from assess.cli.files import write_folder
from assess.cli.output import documents_checked
from assess.cli.rubric.importing import refuse_bad_id

UNNAMED = "rubric"


def new_rubric(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The folder to make; it must be empty or not exist yet.")
    ],
    identity: Annotated[
        str, typer.Option("--id", metavar="ID", help="The id of the rubric; else the name of the folder.")
    ] = "",
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="What it is called in print.")] = "",
) -> None:
    """Start a rubric.

    Writes a small one that is sound as it stands, with comments that say what to change: a principle with two
    criteria, a gate and a clash, an initiative, and a persona that tests it.
    """
    from assess.authoring.new import starting

    name = folder.resolve().name
    identity = identity or id_of(name)
    refuse_bad_id(identity)
    with documents_checked("nothing was written"):
        files = starting(identity, title.strip() or name.replace("_", " ").capitalize() or UNNAMED)
        write_folder(folder, files)
    typer.echo(f"{folder} is the rubric '{identity}', sound as it stands: {len(files)} files. Make it yours, then run:")
    for command in ("check", "test"):
        typer.echo(f"  assess rubric {command} {shlex.quote(str(folder))}")
    typer.echo(f"  assess rubric schema --to schemas --modelines {shlex.quote(str(folder))}")
    if name != identity:
        typer.echo(
            f"Engagements look for a folder named {identity}: rename {folder.name or folder} before the first one."
        )


def id_of(name: str) -> str:
    """The id nearest to the name of a folder."""
    return re.sub("[^a-z0-9]+", "_", name.lower()).strip("_")[:40] or UNNAMED

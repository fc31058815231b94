"""`assess new`: start an engagement."""

import contextlib
import datetime
import os
import shlex
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from assess.cli.options import Rubrics
from assess.cli.output import documents_checked
from assess.problems import DocumentError, Problem

LEFTOVER = ".assess."


def new(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder to make; it must be empty or not exist yet.")
    ],
    assessed_on: Annotated[
        str, typer.Option("--on", metavar="DATE", help="The day of the assessment, such as 2026-06-30.")
    ],
    rubric: Annotated[
        str, typer.Option("--rubric", metavar="NAME", help="The rubric to use, by name or path.")
    ] = "social_business",
    name: Annotated[
        str, typer.Option("--name", metavar="TEXT", help="The name of the organization; else that of the folder.")
    ] = "",
    language: Annotated[
        str, typer.Option("--language", metavar="LANGUAGE", help="Ask in a language the rubric is translated into.")
    ] = "",
    rubrics: Rubrics = None,
) -> None:
    """Start an engagement.

    Writes its settings, and one answers file for every role that is asked something, with the questions in it.
    """
    from assess.resources import find_rubric
    from assess.scaffold import scaffold
    from assess.translations import fresh, texts_of, translated
    from assess.workflow import load_rubric

    day = date_of(assessed_on)
    with documents_checked("nothing was written"):
        place = find_rubric(rubric, rubrics or ())
        loaded = load_rubric(place)
        option = rubrics_option(place, loaded.id, rubrics or ())
        asked = translated(loaded, language) if language else loaded
        files = scaffold(asked, name.strip() or folder.resolve().name, day)
        write_folder(folder, files)
    kept = len(texts_of(loaded)) - len(fresh(loaded, language))
    if language not in ("", loaded.language) and kept:
        texts = f"{kept} of {len(texts_of(loaded))} texts"
        typer.echo(f"{texts} have no translation into {language} that fits them and stand in {loaded.language}.")
    command = f"assess check {shlex.quote(str(folder))}{option}"
    typer.echo(f"{folder} is ready: {len(files)} files. Fill in the answers, then run: {command}")


def date_of(text: str) -> datetime.date:
    """An ISO date; a usage error for anything else."""
    from assess.model.fields import to_date

    try:
        day = to_date(text)
    except ValueError:
        day = None
    if isinstance(day, datetime.date):
        return day
    raise typer.BadParameter(f"'{text}' is not a date; write it as 2026-06-30", param_hint="--on")


def rubrics_option(place: Path, identity: str, rubrics: Sequence[Path]) -> str:
    """The option later commands need to find the rubric again by its id; raises DocumentError when none will do."""
    for folders in (rubrics, [place.resolve().parent]):
        if _found_again(place, identity, folders):
            return "".join(f" --rubrics {shlex.quote(str(folder))}" for folder in folders)
    message = f"the rubric in {place} has the id '{identity}', and so has another one beside it"
    hint = "give one of the two another id, or move it to another folder"
    raise DocumentError([Problem("file_missing", message, hint=hint)])


def _found_again(place: Path, identity: str, rubrics: Sequence[Path]) -> bool:
    """Whether the rubric at a place is the one that is found by its id."""
    from assess.resources import find_rubric

    try:
        return find_rubric(identity, rubrics).resolve() == place.resolve()
    except DocumentError:
        return False


def make_empty(folder: Path) -> None:
    """Make a folder; raises DocumentError when something stands in it or it cannot be made.

    What a run that was ended from outside left there is nothing.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        occupied = any(not path.name.startswith(LEFTOVER) for path in folder.iterdir())
    except OSError as error:
        message = f"{folder} cannot be made: {(error.strerror or str(error)).lower()}"
        raise DocumentError([Problem("file_unwritable", message, hint="name another folder")]) from None
    if occupied:
        message = f"{folder} is not empty; nothing in it was touched"
        raise DocumentError([Problem("file_unwritable", message, hint="name a folder that does not exist yet")])


def write_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Make a folder of texts by path, all of them or none; raises DocumentError."""
    with made_whole(folder) as ready:
        for name, text in files.items():
            place = ready / name
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("w", encoding="utf-8", newline="\n") as file:
                file.write(text)


@contextlib.contextmanager
def made_whole(folder: Path) -> Iterator[Path]:
    """A place, not there yet, for what will be moved to a folder that is empty or not there, once all of it is there.

    Raises DocumentError when something stands in the folder, or it cannot be written, and leaves it as it was.
    """
    stood = os.path.isdir(folder)  # noqa: PTH112 - never raises
    make_empty(folder)
    target = Path(os.path.realpath(folder))
    try:
        for left in target.glob(f"{LEFTOVER}*"):
            shutil.rmtree(left, ignore_errors=True)
        if not stood:
            target.rmdir()
        with tempfile.TemporaryDirectory(dir=target if stood else target.parent, prefix=LEFTOVER) as near:
            ready = Path(near, target.name)
            yield ready
            if stood:  # the user may stand in it
                for part in sorted(ready.iterdir()):
                    part.rename(target / part.name)
            else:
                ready.rename(target)
    except OSError as error:
        message = f"{folder} cannot be written: {(error.strerror or str(error)).lower()}"
        hint = "name another place, or make this one writable"
        raise DocumentError([Problem("file_unwritable", message, hint=hint)]) from None

"""`assess rubric migrate`: answers carried over to a new version of their rubric."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assess.cli.files import made_whole, write_whole
from assess.cli.options import Format, Output, Rubrics
from assess.cli.output import complain, documents_checked, print_json
from assess.problems import DocumentError, Problem, listing

if TYPE_CHECKING:
    from assess.authoring.migrate import MigratedEngagement, Recast

To = Annotated[str, typer.Option("--to", metavar="RUBRIC", help="The new version, by name, path or REV:PATH.")]
From = Annotated[
    str | None,
    typer.Option("--from", metavar="RUBRIC", help="The old version; with it, changes of meaning are seen as well."),
]
Write = Annotated[bool, typer.Option("--write", help="Write the new folder; without this nothing is written.")]
Into = Annotated[
    Path | None, typer.Option("--into", metavar="DIR", help="The folder to make; else one beside, with the version.")
]


def migrate(  # noqa: PLR0913 - the options of a command
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="An engagement, or a rubric with personas; a folder or one file.")
    ],
    to: To,
    old: From = None,
    into: Into = None,
    rubrics: Rubrics = None,
    *,
    write: Write = False,
    output: Output = Format.text,
) -> None:
    """Carry answers over to a new version of their rubric.

    Says for every answer what becomes of it, and which must be asked again. Nothing is written without --write, and
    then only a new folder: the old one is never touched, and no answer is lost. The personas of a rubric are rewritten
    in their own files.
    """
    from assess.authoring.migrate import carried_personas, carry_over, is_rubric, read_back
    from assess.authoring.migrate.report import migration_json, migration_lines
    from assess.authoring.revisions import rubric_at

    with documents_checked("nothing was written"):
        before = rubric_at(old, rubrics or ()) if old is not None else None
        if is_rubric(path):
            recast = carried_personas(path, rubric_at(to, rubrics or ()), before)
            rewrite_personas(recast, recast.files if write else {}, output)
            return
        found = carry_over(path, rubric_at(to, rubrics or ()), before, rubrics or ())
        wrong = read_back(found)[1]
        target = into or folder_beside(found)
        if write and not found.idle:
            write_migration(found, target)
    if output is Format.json:
        print_json(migration_json(found, wrong))
        return
    if found.idle:
        typer.echo(f"{path} is at version {found.way.new.version} already; there is nothing to carry over.")
        return
    typer.echo("\n".join(migration_lines(found)))
    if wrong:
        typer.echo("The new folder will still have mistakes, to be corrected by hand:", err=True)
        complain(wrong)
    if write:
        typer.echo(f"{target} written; {target / 'reconfirm.md'} says whom to ask again. Next: assess check {target}")
    else:
        typer.echo(f"A dry run: nothing was written. With --write the new folder will be {target}.")


def rewrite_personas(found: "Recast", files: Mapping[Path, str], output: Format) -> None:
    """Write the files that are given, and print what becomes of the answers of personas."""
    from assess.authoring.migrate.report import personas_json, personas_lines

    for path, text in files.items():
        write_whole(path, text)
    if output is Format.json:
        print_json(personas_json(found))
        return
    names = listing([str(path) for path in found.files], most=12)
    done = f"{names} written" if files else f"A dry run: nothing was written. With --write it will be {names}"
    following = f"{done}. Next: assess rubric test {found.way.new.id}" if names else "No file changes."
    typer.echo("\n".join([*personas_lines(found), following]))


def folder_beside(found: "MigratedEngagement") -> Path:
    """The folder beside the engagement, with the new version behind its name."""
    from assess.authoring.migrate import file_name

    source = found.source if found.source.name not in ("", "..") else found.source.resolve()
    return source.with_name(f"{source.stem if source.is_file() else source.name}-{file_name(found.way.new.version)}")


def copy_evidence(found: "MigratedEngagement", folder: Path) -> None:
    """Make a folder with the evidence that lies beside a single file; what lies elsewhere or is not there stays out."""
    from assess.collect.evidence import inside

    folder.mkdir()
    for name in found.evidence():
        proof, copy = found.source.parent / name, folder / name
        if inside(proof, found.source.parent) and inside(copy, folder) and proof.is_file():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(proof, copy)


def copy_all(source: Path, folder: Path) -> None:
    """Copy a folder, links as links and without its git directory; raises DocumentError for what cannot be copied."""
    from assess.documents import printable

    try:
        shutil.copytree(source, folder, symlinks=True, ignore=shutil.ignore_patterns(".git"))
    except shutil.Error as error:
        problems = [
            Problem("file_missing", f"{printable(str(name))} cannot be copied: {why}", hint="take it out, or mend it")
            for name, _, why in error.args[0]
        ]
        raise DocumentError(problems) from None


def write_migration(found: "MigratedEngagement", target: Path) -> None:
    """Make the new folder with everything the old one holds, as a whole.

    Raises DocumentError when something stands there, which is then untouched, or it cannot be written.
    """
    from assess.authoring.migrate import extra_files, laid_out

    source = found.source
    if Path(os.path.realpath(target)).is_relative_to(os.path.realpath(source)):
        message = f"{target} lies inside the engagement that is carried over"
        raise DocumentError([Problem("file_unwritable", message, hint="name a folder outside of it with --into")])
    with made_whole(target) as ready:
        if source.is_dir():
            copy_all(source, ready)
        else:
            copy_evidence(found, ready)
        laid_out({**found.files, **extra_files(found)}, ready)

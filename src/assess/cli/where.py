"""`assess where`: which rubrics and templates are used, and why."""

import typer

from assess.cli.options import Format, Output, Rubrics, Templates
from assess.cli.output import align_columns, documents_checked, print_json


def where(rubrics: Rubrics = None, templates: Templates = None, output: Output = Format.text) -> None:
    """Say which rubrics and templates are used.

    Lists the folders that are searched, in order, and every rubric found in them.
    """
    from assess.resources import list_rubrics, rubric_folders, shipped, template_folders

    def why(folder: object) -> str:
        if folder in (shipped("rubrics"), shipped("templates")):
            return "comes with the program"
        return "named by you" if folder in (*(rubrics or ()), *(templates or ())) else "in the folder you are in"

    with documents_checked():
        folders = [("rubrics", folder) for folder in rubric_folders(rubrics or ())]
        folders += [("templates", folder) for folder in template_folders(templates or ())]
    found = list_rubrics(rubrics or ())
    if output is Format.json:
        searched = [{"kind": kind, "folder": str(folder), "because": why(folder)} for kind, folder in folders]
        print_json(
            {"assess": "where/1", "folders": searched, "rubrics": {name: str(path) for name, path in found.items()}}
        )
        return
    typer.echo(align_columns([("searched", "folder", "why"), *((kind, str(f), why(f)) for kind, f in folders)]))
    typer.echo("")
    typer.echo(align_columns([("rubric", "taken from"), *((name, str(path)) for name, path in found.items())]))

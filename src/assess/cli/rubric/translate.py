"""`assess rubric translate`: the file in which a rubric is translated."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assess.cli.files import refuse_unwritable, write_whole
from assess.cli.options import RubricName, Rubrics
from assess.cli.output import documents_checked
from assess.numbers import counted, percent

if TYPE_CHECKING:
    from assess.authoring.translate import TranslationShare

STANDARD_OUTPUT = Path("-")


def translate(
    name: RubricName,
    language: Annotated[
        str, typer.Option("--language", metavar="LANGUAGE", help="The language to translate into, such as de.")
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="The file of the translation; what stands in it is kept."),
    ] = None,
    rubrics: Rubrics = None,
) -> None:
    """Write the file in which a rubric is translated.

    Every text has its place below the text it translates, with the mark of that text. What is translated already is
    kept, and marked where the text was changed since. Run it again after every change of the rubric.
    """
    from assess.authoring.translate import translation_sheet
    from assess.load import load
    from assess.problems import DocumentError, errors
    from assess.resources import find_rubric
    from assess.validate import validate

    output = None if output == STANDARD_OUTPUT else output
    with documents_checked("nothing was written" if output else ""):
        if output:
            refuse_unwritable(output)
        place = find_rubric(name, rubrics or ())
        rubric, sources = load(place)
        if wrong := errors(validate(rubric, sources)):
            raise DocumentError(wrong)
        if language == rubric.language:
            raise typer.BadParameter(f"'{rubric.id}' is written in {language}", param_hint="--language")
        sheet = translation_sheet(rubric, sources, language, place, output)
        if output:
            write_whole(output, sheet.text)
        else:
            typer.echo(sheet.text, nl=False)
    typer.echo(f"{f'{output} written: ' if output else ''}{progress_line(sheet.share, language)}", err=True)


def progress_line(share: "TranslationShare", language: str) -> str:
    """How much is translated: in texts and in percent of them."""
    whole = counted(share.texts, "text", "texts")
    done = percent(share.fitting / share.texts if share.texts else 1.0)
    stale = f", {counted(share.stale, 'reads', 'read')} otherwise since" if share.stale else ""
    left = share.texts - share.fitting - share.stale
    return f"{share.fitting} of {whole} ({done}) stand in {language}{stale}; {left} to translate."

"""`assess new`: start an engagement."""

import datetime
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assess.cli.files import write_folder
from assess.cli.options import Rubrics
from assess.cli.output import documents_checked
from assess.problems import DocumentError, Problem, listing

if TYPE_CHECKING:
    from assess.model.rubric import Rubric

Tier = Annotated[
    str, typer.Option("--tier", metavar="TIER", help="How far to go: a tier of the rubric; else all of it.")
]
Scope = Annotated[
    str, typer.Option("--scope", metavar="SCOPE", help="What to assess: a scope of the rubric; else all.")
]
Terms = Annotated[
    list[str] | None,
    typer.Option("--term", metavar="NAME=WORD", help="A term of the rubric and the word to read for it; repeatable."),
]


def new(  # noqa: PLR0913, PLR0917 - the options of the command
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
    tier: Tier = "",
    scope: Scope = "",
    terms: Terms = None,
    rubrics: Rubrics = None,
) -> None:
    """Start an engagement.

    Writes its settings, and one answers file for every role that is asked something, with the questions in it.
    """
    from assess.resources import find_rubric
    from assess.scaffold import scaffold
    from assess.translations import in_terms, translated
    from assess.workflow import load_rubric

    day = date_of(assessed_on)
    with documents_checked("nothing was written"):
        place = find_rubric(rubric, rubrics or ())
        loaded = load_rubric(place)
        option = rubrics_option(place, loaded.id, rubrics or ())
        words = words_of_terms(loaded, terms or ())
        part = cut_to_extent(in_terms(loaded, words, language), tier, scope)
        asked = translated(part, language) if language else part
        files = scaffold(asked, name.strip() or folder.resolve().name, day, words, language)
        write_folder(folder, files)
    if language not in ("", loaded.language):
        tell_untranslated(loaded, language)
    command = f"assess check {shlex.quote(str(folder))}{option}"
    typer.echo(f"{folder} is ready: {len(files)} files. Fill in the answers, then run: {command}")


def cut_to_extent(rubric: "Rubric", tier: str, scope: str) -> "Rubric":
    """The part of a rubric that a tier and a scope hold; a usage error for names it does not have."""
    from assess.scope import scoped

    for option, name, known in (("--tier", tier, rubric.tiers), ("--scope", scope, tuple(rubric.scopes))):
        if name and name not in known:
            has = f"'{rubric.id}' has {', '.join(known)}" if known else f"'{rubric.id}' has none"
            raise typer.BadParameter(f"'{name}' is not known: {has}", param_hint=option)
    return scoped(rubric, tier, scope)


def tell_untranslated(rubric: "Rubric", language: str) -> None:
    """Say how many texts of a rubric stand in its own language, because nothing in another fits them."""
    from assess.phrases import has_phrases
    from assess.translations import fresh, translatable_texts

    if not has_phrases(language):
        typer.echo(
            f"What stands around the questions is in English: the program has no words of its own in {language}."
        )
    texts = len(translatable_texts(rubric))
    kept = texts - len(fresh(rubric, language))
    if kept:
        left = f"{kept} of {texts} texts have no translation into {language} that fits them"
        typer.echo(f"{left} and stand in {rubric.language}.")


def words_of_terms(rubric: "Rubric", terms: Sequence[str]) -> Mapping[str, str]:
    """The words that are read for terms, each written `name=word`; a usage error for what is no such pair."""
    found: dict[str, str] = {}
    for written in terms:
        name, equals, word = (part.strip() for part in written.partition("="))
        if not (equals and word) or name not in rubric.terms:
            has = f"'{rubric.id}' has {listing(tuple(rubric.terms))}" if rubric.terms else f"'{rubric.id}' has none"
            message = f"'{written}' is no term and a word: write it as name=word; {has}"
            raise typer.BadParameter(message, param_hint="--term")
        found[name] = word
    return found


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

"""The personas of a rubric carried over to its new version, in the files they stand in."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from assess.authoring.migrate.layout import answer_edits
from assess.authoring.migrate.moves import MigrationPath, road
from assess.authoring.migrate.pages import Page, SourceFile, mixed_holders, page_of, replace_answers
from assess.authoring.migrate.roles import renamed_roles
from assess.documents import Document, Route, parse, printable, problem
from assess.documents.document import value_at
from assess.documents.edits import Edit, UneditableError, applied, key_edit
from assess.documents.reader import text_of
from assess.load import files_of
from assess.model.rubric import Rubric
from assess.problems import DocumentError, Problem, in_order


class Recast(NamedTuple):
    """The personas of a rubric as they answer its new version; files: new texts by path, only those that change."""

    way: MigrationPath
    pages: tuple[Page, ...]
    files: Mapping[Path, str]


def is_rubric(path: Path) -> bool:
    """Whether a path is that of a rubric or an overlay, so that what answers there are its personas."""
    try:
        return any(_kind(source) in ("rubric/1", "overlay/1") for source in _sources(path))
    except DocumentError:
        return False


def carried_personas(path: Path, new: Rubric, old: Rubric | None = None) -> Recast:
    """The personas below a path as they answer the new version of its rubric.

    old: the version they answered before; without it they are taken to have answered the one before the last step.
    Raises DocumentError for files that cannot be read, or not be rewritten line by line, and where no step leads to
    the new version.
    """
    way = road(new, old.version if old else _before(new), old)
    pages: list[Page] = []
    files: dict[Path, str] = {}
    problems: list[Problem] = []
    for source in _sources(path):
        own = [page for base in _personas(source) for page in _pages(way, source, base)]
        pages += own
        try:
            text = _rewritten(way, source, own)
        except UneditableError as error:
            problems.append(_unwritable(source.document, error.route))
            continue
        if text != source.text:
            files[Path(source.document.name)] = text
    if problems:
        raise DocumentError(in_order(problems))
    return Recast(way, tuple(pages), files)


def _before(new: Rubric) -> str:
    """The version the last step leads on from."""
    starts = [step.start for step in new.migrations if step.to == new.version]
    if not starts:
        message = f"no step leads to version {new.version} of '{new.id}'"
        hint = "name the version the personas answered with --from"
        raise DocumentError([Problem("version", message, hint=hint)])
    return starts[-1]


def _sources(path: Path) -> Iterator[SourceFile]:
    """The files of a rubric; one that holds no YAML is left to `assess rubric check`."""
    found, refused = files_of(path)
    if refused:
        raise DocumentError(refused)
    for _, file in found:
        name = printable(str(file))
        text = text_of(file, name)
        yield SourceFile(name, text, parse(text, name))


def _kind(source: SourceFile) -> object:
    return source.document.data.get("assess")


def _personas(source: SourceFile) -> Iterator[Route]:
    """Where the personas of a file stand."""
    if _kind(source) == "persona/1":
        yield ()
    elif _kind(source) in ("rubric/1", "overlay/1"):
        listed = source.document.data.get("personas")
        yield from (("personas", place) for place in range(len(listed) if isinstance(listed, list) else 0))


def _pages(way: MigrationPath, source: SourceFile, base: Route) -> Iterator[Page]:
    who = str(value_at(source.document.data, (*base, "id")) or "")
    for holder in mixed_holders(way, source, (*base, "answers"), who):
        yield from page_of(way, source, holder)


def _rewritten(way: MigrationPath, source: SourceFile, pages: list[Page]) -> str:
    """The text with the new answers; raises UneditableError where more than they would change."""
    document, called = source.document, renamed_roles(way.new)
    edits: list[Edit] = [edit for page in pages for edit in answer_edits(document, page.rewrite)]
    wanted = replace_answers(document.data, pages)
    for route in (page.rewrite.route for page in pages if page.role in called):
        home = value_at(wanted, route[:-1])
        if isinstance(home, dict) and called[str(route[-1])] not in home:
            home[called[str(route[-1])]] = home.pop(route[-1])
            edits.append(key_edit(document, route, called[str(route[-1])]))
    text = applied(source.text, edits) if edits else source.text
    try:
        found: object = parse(text, document.name).data
    except DocumentError:
        found = None
    if found != wanted:
        raise UneditableError(pages[0].rewrite.route)
    return text


def _unwritable(document: Document, route: Route) -> Problem:
    message = "these answers are laid out in a way that cannot be rewritten; nothing was touched"
    return problem(document, "migration", message, route, at_key=True, hint="write one answer a line")

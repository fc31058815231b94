"""The answers of one mapping in a file: what becomes of them, and what the file says from now on."""

import copy
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from assess.authoring.migrate.layout import Rewrite
from assess.authoring.migrate.meaning import Worth, reasons_to_ask_again, worths
from assess.authoring.migrate.moves import Carried, MigratedAnswers, MigrationPath, travel
from assess.authoring.migrate.roles import renamed_roles, settled_on
from assess.collect.entries import find_question
from assess.collect.inline import is_anonymous
from assess.documents import Document, Route
from assess.documents.document import value_at


class Page(NamedTuple):
    """The answers of one respondent, or what was agreed, in one file; role and respondent are empty for the latter.

    lost: answers that fit their question no longer, with the reason. hidden: they are never shown alone.
    worths: answers that stand as they were given and count otherwise.
    """

    file: str
    respondent: str
    role: str
    rewrite: Rewrite
    lost: tuple[Carried, ...] = ()
    hidden: bool = False
    worths: tuple[Worth, ...] = ()

    @property
    def passage(self) -> MigratedAnswers:
        """What becomes of the answers."""
        return self.rewrite.passage

    def again(self) -> tuple[Carried, ...]:
        """The answers that must be given or agreed again; their reasons say why."""
        doubtful = (entry for entry in self.passage.entries if entry.entry is not None and entry.reasons)
        return (*doubtful, *self.lost)


class SourceFile(NamedTuple):
    """A file with answers: its name, its text, what it says, and the file that keeps what it says no longer, if any."""

    name: str
    text: str
    document: Document
    kept_in: str = ""


class Holder(NamedTuple):
    """Where a mapping of answers stands in a file, and whose answers they are."""

    route: Route
    respondent: str
    role: str


def mixed_holders(way: MigrationPath, file: SourceFile, base: Route, owner: str) -> Iterator[Holder]:
    """A mapping of answers in which roles may stand among the questions, and those of these roles."""
    yield Holder(base, owner, "")
    entries = value_at(file.document.data, base)
    for name, inner in entries.items() if isinstance(entries, Mapping) else ():
        if isinstance(inner, Mapping) and not _is_question(way, name) and _is_role(way, name):
            yield Holder((*base, name), f"{owner}-{name}", name)


def _is_role(way: MigrationPath, name: str) -> bool:
    return any(rubric.names.get(name) in rubric.role_by_id for rubric in (way.new, way.old) if rubric)


def _is_question(way: MigrationPath, name: str) -> bool:
    return any(find_question(rubric, name) is not None for rubric in (way.new, way.old) if rubric)


def page_of(way: MigrationPath, file: SourceFile, holder: Holder) -> Iterator[Page]:
    """A mapping of answers and what becomes of it; roles that stand among the questions are no answers."""
    entries = value_at(file.document.data, holder.route)
    if not isinstance(entries, Mapping):
        return
    way = way._replace(role=holder.role)
    names = tuple(n for n in entries if _is_question(way, n) or not _is_role(way, n))
    passage = travel(way, {name: entries[name] for name in names})
    carried = tuple(_doubted(way, passage, entry) for entry in passage.entries)
    passage = passage._replace(entries=carried)
    rewrite = Rewrite(holder.route, names, passage, _remarks(file, passage))
    hidden = bool(holder.role) and is_anonymous(way.new, way.new.names.get(holder.role, holder.role))
    hidden = hidden or file.document.data.get("anonymous") == "true"
    yield Page(
        file.name, holder.respondent, holder.role, rewrite, _lost(way, passage), hidden, tuple(worths(way, passage))
    )


def _lost(way: MigrationPath, passage: MigratedAnswers) -> tuple[Carried, ...]:
    """The answers without a place whose questions are still put, and now have none."""
    taken = {entry.name for entry in passage.entries}
    found = [(place, way.question(fated.name), fated) for place, fated in passage.fates.items() if not fated.targets]
    asked = [one for one in found if one[2].fate != "unasked"]
    open_now = [one for one in asked if one[1] in way.new.question_by_id and one[1] not in taken]
    return tuple(Carried(name, fated.entry, place, (fated.why,)) for place, name, fated in open_now)


def _doubted(way: MigrationPath, passage: MigratedAnswers, entry: Carried) -> Carried:
    fated = passage.fates.get(entry.origin)
    entry = entry._replace(entry=settled_on(entry.entry, renamed_roles(way.new)))
    return entry._replace(reasons=tuple(dict.fromkeys(reasons_to_ask_again(way, entry, fated)))) if fated else entry


def _remarks(file: SourceFile, passage: MigratedAnswers) -> Mapping[int, tuple[str, ...]]:
    """What stands in the new file in place of the answers that no longer do."""
    found = {}
    for place, fated in passage.fates.items():
        if not fated.targets:
            why = f"retired {fated.why}" if fated.fate == "retired" else fated.why
            kept = f"; the answer is kept in {file.kept_in}" if file.kept_in else ""
            found[place] = (f"{fated.name} is no longer answered here: {why}{kept}",)
    return found


def replace_answers(data: Mapping[str, object], pages: Iterable[Page]) -> dict[str, Any]:
    """What a file says once the answers of its pages are those of the new version."""
    found: Any = copy.deepcopy(dict(data))
    for page in pages:
        *above, last = page.rewrite.route
        home: Any = value_at(found, tuple(above))
        before = home[last]
        others = {k: v for k, v in before.items() if k not in page.rewrite.names} if isinstance(before, Mapping) else {}
        home[last] = {**{entry.name: entry.entry for entry in page.passage.entries}, **others} or None
    return found  # type: ignore[no-any-return]

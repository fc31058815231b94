"""Roles that have another id in the new version, wherever an engagement names them."""

from collections.abc import Iterator, Mapping

from assess.collect.files import ENGAGEMENT
from assess.collect.inline import PREFIX
from assess.documents import Document, Route
from assess.documents.document import value_at
from assess.documents.edits import Edit, key_edit, scalar_edit
from assess.model.rubric import Rubric

_TABLES = ("invited", "capacity", "answers")


def renamed_roles(rubric: Rubric) -> dict[str, str]:
    """From the former ids of roles to those in force, as far as nothing else has these names today."""
    former = ((name, role.id) for role in rubric.roles for name in role.renamed_from)
    return {name: now for name, now in former if rubric.names.get(name) == now}


def role_edits(document: Document, file: str, called: Mapping[str, str]) -> Iterator[Edit]:
    """The edits that put the roles of today into a file of an engagement; answers themselves are not looked at."""
    for route in _places(document.data, file, called):
        if file == ENGAGEMENT:
            yield key_edit(document, route, called[str(route[-1])])
        else:
            yield scalar_edit(document, route, called[str(value_at(document.data, route))])


def with_roles(data: Mapping[str, object], file: str, called: Mapping[str, str]) -> dict[str, object]:
    """What a file says with the roles of today."""
    found = dict(data)
    for key, *inner in _places(data, file, called):
        table = found[str(key)]
        if not inner:
            found[str(key)] = called[str(table)]
        elif isinstance(table, Mapping):
            found[str(key)] = {called[name] if name == inner[0] else name: value for name, value in table.items()}
    return found


def settled_on(entry: object, called: Mapping[str, str]) -> object:
    """What was agreed, with the roles of today as its basis."""
    basis = entry.get("basis") if isinstance(entry, Mapping) else None
    if not isinstance(entry, Mapping) or not isinstance(basis, list):
        return entry
    names = {**called, **{f"{PREFIX}-{old}": f"{PREFIX}-{now}" for old, now in called.items()}}
    words = [names.get(word, word) if isinstance(word, str) else word for word in basis]
    return entry if words == basis else {**entry, "basis": words}


def _places(data: Mapping[str, object], file: str, called: Mapping[str, str]) -> list[Route]:
    """Where a file names a role that is called otherwise now; of two names of one role neither is touched."""
    if file != ENGAGEMENT:
        role = data.get("role")
        return [("role",)] if isinstance(role, str) and role in called else []
    tables = [(key, table) for key in _TABLES if isinstance(table := data.get(key), Mapping)]
    return [(key, name) for key, table in tables for name in table if name in called and called[name] not in table]

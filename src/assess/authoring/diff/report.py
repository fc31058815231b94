"""A difference as JSON and as lines of text."""

from collections import Counter
from collections.abc import Iterator

from assess.authoring.diff.changes import Change, ChangeKind
from assess.authoring.diff.compare import Difference
from assess.authoring.diff.values import cut_to_difference
from assess.authoring.diff.versions import Verdict, verdict
from assess.documents import printable
from assess.export import Json
from assess.model.change_classes import SENSES, Sense
from assess.model.rubric import Rubric

_SIGNS: dict[ChangeKind, str] = {"changed": "~", "added": "+", "removed": "-", "renamed": "=", "moved": ">"}
_SAID: dict[Sense, str] = {
    "scale": "Scale: the same answers are worth something else",
    "meaning": "Meaning: something else is asked, promised or concluded",
    "cosmetic": "Cosmetic: words around it",
}


def difference_json(found: Difference) -> Json:
    """The document `rubric-diff/1` without effects; values in words, in full."""
    told = verdict(found)
    return {
        "assess": "rubric-diff/1",
        "old": _rubric_json(found.old),
        "new": _rubric_json(found.new),
        "counts": {sense: len(found.of(sense)) for sense in SENSES},
        "version": {"calls_for": told.bump, "least": told.least or None, "done": told.done},
        "changes": [_change_json(change) for change in found.changes],
    }


def _rubric_json(rubric: Rubric) -> Json:
    return {"id": rubric.id, "version": rubric.version, "hash": rubric.hash}


def _change_json(change: Change) -> Json:
    return {
        "kind": change.kind,
        "element": change.element,
        "id": change.name,
        "was": change.was or None,
        "field": change.field or None,
        "sense": change.sense,
        "counted": change.change_class.counted,
        "why": change.change_class.why,
        "old": change.old or None,
        "new": change.new or None,
        "questions": list(change.users),
        "hint": change.hint or None,
    }


def difference_lines(found: Difference) -> Iterator[str]:
    """What is different, the gravest first, and the version that calls for."""
    return (printable(line) for line in _all_lines(found))


def _all_lines(found: Difference) -> Iterator[str]:
    yield f"{found.old.id} {found.old.version} -> {found.new.id} {found.new.version}: {_counts(found)}"
    for sense in reversed(SENSES):
        changes = found.of(sense)
        if changes:
            yield ""
            yield _SAID[sense]
        for change in changes:
            yield from _lines(found, change)
    yield ""
    yield version_line(found, verdict(found))


def _counts(found: Difference) -> str:
    """`2 scale, 1 meaning; 1 added`: how many changes of each class, and how many whole elements came or went."""
    if not found.changes:
        return "no difference"
    senses = [f"{len(found.of(sense))} {sense}" for sense in reversed(SENSES) if found.of(sense)]
    kinds = Counter(change.kind for change in found.changes)
    wholes = [f"{kinds[kind]} {kind}" for kind in _SIGNS if kind != "changed" and kinds[kind]]
    return "; ".join(filter(None, [", ".join(senses), ", ".join(wholes)]))


def _lines(found: Difference, change: Change) -> Iterator[str]:
    old, new = cut_to_difference(change.old, change.new)
    what = f"  {_SIGNS[change.kind]} {_title(found, change)}"
    if change.kind == "changed":
        yield f"{what}, {change.field}: {old} -> {new}"
    elif change.kind == "renamed":
        yield f"{what}, was {change.was}"
    elif change.kind == "moved":
        yield f"{what}, from {old} to {new}"
    else:
        yield f"{what}: {old or new}".removesuffix(": ")
    if len(change.users) > 1 or (change.users and "set " in change.name):
        yield f"      used by {', '.join(name_with_code(found.new, name) for name in change.users)}"
    if change.change_class.why and change.kind == "renamed" and change.sense == "scale":
        yield f"      {change.change_class.why}"
    if change.hint:
        yield f"      {change.hint}"


def _title(found: Difference, change: Change) -> str:
    """The element as a reader names it, nodes and questions with the code they are found by."""
    if change.element not in ("principle", "criterion", "question"):
        return change.title
    return f"{change.element} {name_with_code(found.old if change.kind == 'removed' else found.new, change.name)}"


def name_with_code(rubric: Rubric, name: str) -> str:
    """A node or question with its code, that of its node for a question: ids may say little."""
    node = rubric.node_by_id.get(name) or rubric.node_by_id.get(rubric.home_of.get(name, ""))
    return f"{name} ({node.code})" if node and node.code else name


def version_line(found: Difference, told: Verdict) -> str:
    """Which version the changes call for, and whether the new rubric has it."""
    new = found.new.version
    if told.bump == "none":
        return "Nothing calls for another version."
    calls = f"This calls for a {told.bump} version"
    if not told.least:
        answer = f"{new} is another than {found.old.version}" if told.done else f"both say {new}"
        return f"{calls}; versions that are no numbers cannot be compared: {answer}."
    if told.done:
        return f"{calls}, {told.least} at least: {new} does it."
    within = "; wording may also change within a version, with a warning" if told.bump == "patch" else ""
    return f"{calls}, {told.least} at least: {new} does not do it{within}."

"""Takes what came out of a persona over into its `expect:`, entry by entry; all else in the file stays as it is."""

import copy
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from assess.authoring.assessments import clashing, holding, planned, proof_of
from assess.authoring.test.expectations import Trial, unlike
from assess.documents import Document, Route, SourceMap, parse, problem
from assess.documents.document import value_at
from assess.documents.edits import Edit, UneditableError, applied, list_edits, scalar_edit
from assess.documents.reader import clean_text, text_of
from assess.formula import format_figure
from assess.model.initiatives import Expect
from assess.numbers import TOLERANCE
from assess.problems import DocumentError, Problem
from assess.workflow import Assessment


class Rewriting(NamedTuple):
    """A file of personas before and after."""

    path: Path
    before: str
    after: str


class _Change(NamedTuple):
    """What an entry of a document, or a whole list, says from now on."""

    route: Route
    value: str | list[str]


def rewritten(sources: SourceMap, trials: Iterable[Trial]) -> tuple[Rewriting, ...]:
    """The files of the personas that came out otherwise than expected, with what was found instead.

    Scores and levels take the new figure; gates, initiatives and clashes that did not come about leave their list, and
    clashes that did join it. Raises DocumentError for a file that cannot be rewritten without touching anything else.
    """
    changes: dict[str, tuple[Document, list[_Change]]] = {}
    for trial in trials:
        if trial.found is not None and trial.persona.id in sources.anchors:
            document, base = sources.anchors[trial.persona.id]
            kept = changes.setdefault(document.name, (document, []))[1]
            kept.extend(_changes((*base, "expect"), trial.persona.expect, trial.found))
    return tuple(_rewriting(document, found) for document, found in changes.values() if found)


def find_unproved(sources: SourceMap, trials: Iterable[Trial]) -> Iterator[Problem]:
    """The personas of which a score or level is taken over that only a lack of evidence keeps down."""
    for trial in trials:
        found, persona = trial.found, trial.persona
        if found is None or proof_of(found.rubric, persona) is not None:
            continue
        changed = dict.fromkeys(str(change.route[-1]) for change in _figures((), persona.expect, found))
        held = [name for name in changed if _kept_down(found, found.rubric.names[name])]
        if held:
            message = f"{persona.id!r} is kept down by a lack of evidence: {'; '.join(_kept(found, x) for x in held)}"
            hint = "if it is meant to have proof, write `proof: confirmed` above its answers and update once more"
            yield sources.problem("unproved", message, persona.id, "expect", at_key=True, hint=hint, severity="warning")


def _kept_down(found: Assessment, node: str) -> bool:
    """Whether a node would score more, were all that is said of it proved."""
    value, claimed = found.tree.node(node).value, found.claimed.node(node).value
    return value is not None and claimed is not None and claimed > value + TOLERANCE


def _kept(found: Assessment, name: str) -> str:
    node = found.rubric.names[name]
    values = (found.tree.node(node).value, found.claimed.node(node).value)
    scale = found.scorecard[node].scale
    counts, said = (format_figure(found.rubric, node, value, scale) for value in values)
    return f"{name!r} is {counts} and would be {said} if all of it were proved"


def _figures(base: Route, expect: Expect, found: Assessment) -> Iterator[_Change]:
    """The scores and levels that are others than expected."""
    for name, wanted in expect.scores.items():
        card = found.scorecard[name]
        figure = "" if card.value is None else unlike(found.rubric, card.id, card.value, card.scale, wanted)
        if figure:
            yield _Change((*base, "scores", name), figure)
    for name, level in expect.levels.items():
        reached = found.scorecard[name].level
        if reached is not None and reached != level:
            yield _Change((*base, "levels", name), reached)


def _changes(base: Route, expect: Expect, found: Assessment) -> Iterator[_Change]:
    yield from _figures(base, expect, found)
    names, hold, clash, plan = found.rubric.names, holding(found.tree), clashing(found.claimed), planned(found.plan)
    lists = {
        "gates": (expect.gates, [name for name in expect.gates if names[name] in hold]),
        "not_gates": (expect.not_gates, [name for name in expect.not_gates if names[name] not in hold]),
        "planned": (expect.planned, [name for name in expect.planned if names[name] in plan]),
    }
    if expect.clashes is not None:
        true = [name for name in expect.clashes if name in clash]
        lists["clashes"] = expect.clashes, true + sorted(clash - {*true})
    for key, (before, after) in lists.items():
        if list(before) != after:
            yield _Change((*base, key), after)


def _rewriting(document: Document, changes: Sequence[_Change]) -> Rewriting:
    path = Path(document.name)
    before = text_of(path, document.name)
    if clean_text(before, document.name).split("\n") != list(document.lines):
        message = "the file was changed while its personas were run; nothing in it was touched"
        raise DocumentError([problem(document, "expectation", message, hint="run the command again")])
    try:
        after = applied(before, [edit for change in changes for edit in _edits(document, change)])
    except UneditableError as error:
        value = next(change.value for change in changes if change.route == error.route)
        raise DocumentError([_unwritable(document, error.route, value)]) from None
    _verify(document, changes, after)
    return Rewriting(path, before, after)


def _edits(document: Document, change: _Change) -> Iterable[Edit]:
    if isinstance(change.value, list):
        return list_edits(document, change.route, change.value)
    return (scalar_edit(document, change.route, change.value),)


def _verify(document: Document, changes: Sequence[_Change], after: str) -> None:
    """Raise DocumentError unless the new text says what it should, and everything else as before."""
    wanted: dict[str, Any] = copy.deepcopy(document.data)
    for route, value in changes:
        home: Any = value_at(wanted, route[:-1])
        home[route[-1]] = value
    try:
        found: object = parse(after, document.name).data
    except DocumentError:
        found = None
    if found != wanted:
        wrong = next((change for change in changes if value_at(found, change.route) != change.value), changes[0])
        raise DocumentError([_unwritable(document, *wrong)])


def _unwritable(document: Document, route: Route, value: object) -> Problem:
    words = f"[{', '.join(value)}]" if isinstance(value, list) else value
    message = f"'{route[-1]}' is laid out in a way that cannot be rewritten; nothing in the file was touched"
    return problem(document, "expectation", message, route, hint=f"write `{route[-1]}: {words}` yourself")

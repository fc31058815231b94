"""Reads what was decided in an engagement, and fits the names in it to a rubric."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from assess import documents
from assess.collect.context import Context, Problems
from assess.collect.decided import DecisionEntry, WrittenDecision
from assess.collect.engagement import initiative_names
from assess.collect.values import name_written
from assess.documents import Document, Route
from assess.model.decisions import Decisions, DecisionsFile, FindingDecision, InitiativeDecision, OwnWords
from assess.model.engagement import Engagement
from assess.model.finding_names import finding_names
from assess.model.rubric import Rubric
from assess.problems import Problem, listing, nearest

_LISTS: Mapping[str, type[DecisionEntry]] = {
    "initiatives": InitiativeDecision,
    "findings": FindingDecision,
    "words": OwnWords,
}
_MOST = 12


class _Known(NamedTuple):
    """What a key of a decision may name: what that is called, the names with the ids they mean, and the ids asked."""

    kind: str
    names: Mapping[str, str]
    asked: frozenset[str]


def read_decisions(
    context: Context, engagement: Engagement, found: Iterable[Document]
) -> tuple[tuple[WrittenDecision, ...], Problems]:
    """Every decision of an engagement with its place: those in documents beside it, and those in the engagement."""
    written = [*_placed(context.document, engagement.decisions, ("decisions",))]
    problems: Problems = ()
    for document in found:
        wrong = documents.wrong_kind(document, "decisions/1")
        if wrong:
            problems += (wrong,)
            continue
        data = {key: value for key, value in document.data.items() if value is not None}
        record, mistakes = documents.validated(document, DecisionsFile, data)
        problems += (*mistakes, *documents.notice_leftovers(document, mistakes))
        problems += _of_another(context._replace(document=document), record) if record else ()
        written += _placed(document, record, ()) if record else _sound(document)
    return tuple(written), problems


def _placed(document: Document, decisions: Decisions, route: Route) -> Iterator[WrittenDecision]:
    for key in _LISTS:
        for place, entry in enumerate(getattr(decisions, key)):
            yield WrittenDecision(entry, document, (*route, key, place))


def _sound(document: Document) -> Iterator[WrittenDecision]:
    """The entries of a document that are well-formed, where others are not: what is wrong with them is told as well."""
    for key, kind in _LISTS.items():
        entries = document.data.get(key)
        for place in range(len(entries) if isinstance(entries, list) else 0):
            record, _ = documents.validated(document, kind, route=(key, place))
            if record is not None:
                yield WrittenDecision(record, document, (key, place))


def _of_another(context: Context, record: DecisionsFile) -> Problems:
    """Whether the decisions were taken on another rubric."""
    if record.rubric in (None, context.rubric.id):
        return ()
    message = f"decided on the rubric '{record.rubric}'; the rubric used is '{context.rubric.id}'"
    hint = "put the file into the engagement it belongs to, or correct the id"
    return (context.problem("version", message, ("rubric",), hint=hint),)


def fit_decisions(rubric: Rubric, written: Iterable[WrittenDecision]) -> tuple[tuple[WrittenDecision, ...], Problems]:
    """The decisions with every element by its id; an unknown name is an error.

    What is about no part of the rubric that this engagement asks is left out, with a warning.
    """
    problems: list[Problem] = []
    known = _known(rubric)
    fitted = []
    for each in written:
        changes: dict[str, object] = {}
        fits = True
        for key, may in known.items():
            value = getattr(each.entry, key, None)
            if value:
                found = _named(rubric, each, key, may, problems)
                fits = fits and found is not None
                changes[key] = found if isinstance(value, tuple) or not found else found[0]
        if fits:
            fitted.append(each._replace(entry=each.entry.model_copy(update=changes)))
    return tuple(fitted), tuple(problems)


def _known(rubric: Rubric) -> Mapping[str, _Known]:
    whole = rubric.whole
    roles = {name: meant for name, meant in whole.names.items() if meant in whole.role_by_id}
    nodes = {name: meant for name, meant in whole.names.items() if meant in whole.node_by_id}
    initiatives = initiative_names(whole), frozenset(rubric.initiative_by_id)
    return {
        "initiative": _Known("initiative", *initiatives),
        "after": _Known("initiative", *initiatives),
        "owner": _Known("role", roles, frozenset(roles.values())),
        "node": _Known("node", nodes, frozenset(rubric.node_by_id)),
        "finding": _Known("finding", finding_names(whole), frozenset(finding_names(rubric).values())),
    }


def _named(
    rubric: Rubric, each: WrittenDecision, key: str, known: _Known, problems: list[Problem]
) -> tuple[str, ...] | None:
    """The ids a key names; None where one of them means nothing, or what the decision is about is not asked here."""
    value = getattr(each.entry, key)
    found: list[str] = []
    fits = True
    for place, name in enumerate(value if isinstance(value, tuple) else (value,)):
        route = (key, place) if isinstance(value, tuple) else (key,)
        meant = known.names.get(name)
        if meant is None:
            problems.append(_unknown(rubric, each, route, name, known))
            fits = False
        elif meant not in known.asked:
            message = f"{name_written(name)} lies outside of what this engagement asks; the decision is left aside"
            hint = "take it out, or widen `tier` or `scope`"
            problems.append(each.problem("out_of_scope", message, *route, hint=hint, severity="warning"))
            fits = fits and key == "after"
        else:
            found.append(meant)
    return tuple(dict.fromkeys(found)) if fits else None


def _unknown(rubric: Rubric, each: WrittenDecision, route: Route, name: str, known: _Known) -> Problem:
    article = "an" if known.kind[0] in "aeiou" else "a"
    message = f"{name_written(name)} is not {article} {known.kind} of '{rubric.id}'{nearest(name, known.names)}"
    if known.kind == "finding":
        hint = (
            "name its id as `assess score --format json` prints it, such as gap_ and the id of a criterion; "
            "a criterion by itself means its gap, a gate or a clash what it finds"
        )
    else:
        hint = f"one of: {listing([*dict.fromkeys(known.names.values())], most=_MOST)}"
    return each.problem("unknown_name", message, *route, hint=hint)


def gathered_decisions(written: Iterable[WrittenDecision]) -> Decisions:
    """Fitted decisions as one record, each list in the order of its documents."""
    entries = [each.entry for each in written]
    return Decisions(
        initiatives=tuple(entry for entry in entries if isinstance(entry, InitiativeDecision)),
        findings=tuple(entry for entry in entries if isinstance(entry, FindingDecision)),
        words=tuple(entry for entry in entries if isinstance(entry, OwnWords)),
    )

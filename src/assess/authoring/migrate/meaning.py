"""Which answers have to be given again: the question, or what can be answered to it, reads otherwise now."""

from collections.abc import Iterator
from typing import NamedTuple

from assess.authoring.diff import Change, Difference
from assess.authoring.diff.values import same_words
from assess.authoring.migrate.moves import Carried, Fated, Passage, Road
from assess.authoring.migrate.values import is_state, value_of
from assess.collect.values import MisfitError, read_value
from assess.formula.normalise import TOLERANCE
from assess.formula.worked_answers import answer_value
from assess.model.questions import Question
from assess.model.rubric import Rubric

_ASKED = {"unit": "the unit was {old} and is {new}", "type": "it was a {old} question and is a {new} question"}


def doubts(way: Road, carried: Carried, fated: Fated, role: str) -> tuple[str, ...]:
    """Why an answer of a role must be asked again; empty while it means what it meant.

    What was split, merged or rescaled always must; changes of meaning are only seen with the old rubric at hand.
    """
    question = way.new.question_by_id[carried.name]
    before = way.old.question_by_id.get(way.old.names.get(fated.name, "")) if way.old else None
    if carried.entry is None or way.difference is None or before is None:
        return carried.reasons
    return (*carried.reasons, *_otherwise(way.difference, before, question, role), *_options(way, carried, question))


class Worth(NamedTuple):
    """An answer that stands as it was given and counts otherwise; values on 0..100, None where it has none."""

    question: str
    was: float | None
    now: float | None


def worths(way: Road, passage: Passage) -> Iterator[Worth]:
    """The answers that were carried and are worth something else now; only seen with the old rubric at hand."""
    for entry in passage.entries:
        fated = passage.fates.get(entry.origin)
        before = way.old.question_by_id.get(way.old.names.get(fated.name, "")) if way.old and fated else None
        if way.old is None or fated is None or before is None or fated.fate not in ("carried", "renamed"):
            continue
        was = _worth(way.old, before, fated.entry)
        now = _worth(way.new, way.new.question_by_id[entry.name], entry.entry)
        if was != now and (was is None or now is None or abs(was - now) > TOLERANCE):
            yield Worth(entry.name, was, now)


def _worth(rubric: Rubric, question: Question, entry: object) -> float | None:
    """What an answer is worth where its question counts in a score."""
    if is_state(entry) or not rubric.scored(question):
        return None
    try:
        return answer_value(rubric, question, read_value(rubric, question, value_of(entry)))
    except MisfitError:
        return None


def _otherwise(found: Difference, before: Question, question: Question, role: str) -> Iterator[str]:
    """What is different about the question itself, in the words of a role."""
    if question.id != found.counterparts("question").get(before.id):
        return
    then = found.old.wording(before, found.old.names.get(role, role))
    now = found.new.wording(question, found.new.names.get(role, role))
    if not same_words(then, now):
        yield "the question reads otherwise"
    for change in found.changes:
        if change.element == "question" and change.name == question.id and change.field in _ASKED:
            yield _ASKED[change.field].format(old=change.old, new=change.new)


def _options(way: Road, carried: Carried, question: Question) -> Iterator[str]:
    """What is different about the answers to choose from."""
    if way.difference is None or is_state(carried.entry):
        return
    changes = [c for c in way.difference.changes if c.element == "option" and question.id in c.users]
    relabelled = {_key(c): c for c in changes if c.field == "label" and c.sense != "cosmetic"}
    added = [_key(c) for c in changes if c.kind == "added"]
    chosen = [key for key in _chosen(way, carried, question) if key in relabelled]
    for key in chosen:
        yield f"'{key}' read \u201c{relabelled[key].old}\u201d and reads \u201c{relabelled[key].new}\u201d"
    if relabelled and not chosen:
        yield f"other answers to choose from read otherwise: {', '.join(relabelled)}"
    if added:
        yield f"there are more answers to choose from: {', '.join(added)}"


def _key(change: Change) -> str:
    return change.name.rpartition(": ")[2]


def _chosen(way: Road, carried: Carried, question: Question) -> tuple[str, ...]:
    """The keys an answer names."""
    try:
        found = read_value(way.new, question, value_of(carried.entry))
    except MisfitError:
        return ()
    return found if isinstance(found, tuple) else (str(found),)

"""Which answers have to be given again: the question, or what can be answered to it, reads otherwise now."""

from collections.abc import Iterator
from typing import NamedTuple

from assess.authoring.diff import Difference
from assess.authoring.diff.options import former_keys
from assess.authoring.diff.values import same_words
from assess.authoring.migrate.moves import AnswerFate, Carried, MigratedAnswers, MigrationPath
from assess.authoring.migrate.values import is_state, value_of
from assess.collect.values import MisfitError, read_value
from assess.formula.worked_answers import answer_value
from assess.model.questions import Question
from assess.model.rubric import Rubric
from assess.numbers import TOLERANCE

_ASKED = {"unit": "the unit was {old} and is {new}", "type": "it was a {old} question and is a {new} question"}


def reasons_to_ask_again(way: MigrationPath, carried: Carried, fated: AnswerFate) -> tuple[str, ...]:
    """Why an answer must be asked again; empty while it means what it meant.

    What was split, merged or rescaled always must; changes of meaning are only seen with the old rubric at hand.
    """
    question = way.new.question_by_id[carried.name]
    before = way.old.question_by_id.get(way.old.names.get(fated.name, "")) if way.old else None
    if carried.entry is None or way.difference is None or before is None:
        return carried.reasons
    if question.id != way.difference.counterparts("question").get(before.id):
        return carried.reasons
    return (
        *carried.reasons,
        *_otherwise(way.difference, before, question, way.role),
        *_options(way, carried, before, question),
    )


class Worth(NamedTuple):
    """An answer that stands as it was given and counts otherwise; values on 0..100, None where it has none."""

    question: str
    was: float | None
    now: float | None


def worths(way: MigrationPath, passage: MigratedAnswers) -> Iterator[Worth]:
    """The answers that were carried and are worth something else now; only seen with the old rubric at hand."""
    for entry in passage.entries:
        fated = passage.fates.get(entry.origin)
        before = way.old.question_by_id.get(way.old.names.get(fated.name, "")) if way.old and fated else None
        if way.old is None or fated is None or before is None or fated.fate not in ("carried", "renamed"):
            continue
        was = _worth(way, way.old, before, fated.entry)
        now = _worth(way, way.new, way.new.question_by_id[entry.name], entry.entry)
        if was != now and (was is None or now is None or abs(was - now) > TOLERANCE):
            yield Worth(entry.name, was, now)


def _worth(way: MigrationPath, rubric: Rubric, question: Question, entry: object) -> float | None:
    """What an answer is worth where its question counts in a score."""
    if is_state(entry) or not rubric.scored(question):
        return None
    try:
        found = read_value(rubric, question, value_of(entry), way.speaker(rubric, question))
    except MisfitError:
        return None
    return answer_value(rubric, question, found)


def _otherwise(found: Difference, before: Question, question: Question, role: str) -> Iterator[str]:
    """What is different about the question itself, in the words of a role."""
    then, now = found.old.wording(before, role).text, found.new.wording(question, role).text
    if not same_words(then, now):
        yield "the question reads otherwise"
    for change in found.changes:
        if change.element == "question" and change.name == question.id and change.field in _ASKED:
            yield _ASKED[change.field].format(old=change.old, new=change.new)


def _options(way: MigrationPath, carried: Carried, before: Question, question: Question) -> Iterator[str]:
    """What is different about the answers to choose from, as the role reads them."""
    if way.old is None or is_state(carried.entry) or not question.traits.has_options or not before.traits.has_options:
        return
    then = {option.key or "": option for option in way.old.wording(before, way.role).options}
    now = {option.key or "": option for option in way.new.wording(question, way.role).options}
    former = former_keys(then, now)
    labels = {key: (then[old].label, now[key].label) for key, old in former.items()}
    relabelled = {key: pair for key, pair in labels.items() if not same_words(*pair)}
    added = [key for key in now if key not in former]
    chosen = [key for key in _chosen(way, carried, question) if key in relabelled]
    for key in chosen:
        was, reads = relabelled[key]
        yield f"'{key}' read \u201c{was}\u201d and reads \u201c{reads}\u201d"
    if relabelled and not chosen:
        yield f"other answers to choose from read otherwise: {', '.join(relabelled)}"
    if added:
        yield f"there are more answers to choose from: {', '.join(added)}"


def _chosen(way: MigrationPath, carried: Carried, question: Question) -> tuple[str, ...]:
    """The keys an answer names."""
    try:
        found = read_value(way.new, question, value_of(carried.entry), way.speaker(way.new, question))
    except MisfitError:
        return ()
    return found if isinstance(found, tuple) else (str(found),)

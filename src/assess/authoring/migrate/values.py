"""What is written as one answer: its value, its options under other keys, and whether a question still takes it."""

import math
import re
from collections.abc import Mapping, Sequence

from assess.collect.entries import without_blanks
from assess.collect.values import STATES, MisfitError, blank, format_written, read_value
from assess.documents import resolve
from assess.formula.normalise import option_values
from assess.formula.worked_answers import answer_value
from assess.model.answers import AnswerValue
from assess.model.engagement import AgreedEntry, AnswerEntry
from assess.model.migrations import MergeRule
from assess.model.questions import Question
from assess.model.rubric import Rubric
from assess.problems import listing

_FLAGS = {"true": "yes", "false": "no"}
_NUMBER = re.compile(r"[-+]?\d+")


def value_of(entry: object) -> object:
    """The value of an answer in short or long form; None for a state or a blank."""
    return entry.get("value") if isinstance(entry, Mapping) else entry


def with_value(entry: object, value: object) -> object:
    """The answer with another value, in the form it was written in."""
    return {**entry, "value": value} if isinstance(entry, Mapping) else value


def keyed(rubric: Rubric, question: Question, entry: object, role: str) -> object:
    """An answer with options by their keys, where they were given by number, label or former key; else as written."""
    value = value_of(entry)
    if not question.traits.has_options or blank(value):
        return entry
    try:
        words = [_key(rubric, question, part, role) for part in value] if isinstance(value, list) else None
        word = None if words is not None else _key(rubric, question, value, role)
    except MisfitError:
        return entry
    found = word if words is None else words
    return entry if found == value else with_value(entry, found)


def _key(rubric: Rubric, question: Question, part: object, role: str) -> object:
    """The key of one option; ticks are read one by one, so that they stay in their order."""
    found = read_value(rubric, question, part, role)
    return found[0] if isinstance(found, tuple) else found


def rescaled(entry: object, keys: Mapping[str, str]) -> object:
    """An answer with its options by their new keys; two that became one are named once."""
    value = value_of(entry)
    if isinstance(value, Sequence) and not isinstance(value, str):
        named = [_word(part, keys) for part in value]
        words = [word for place, word in enumerate(named) if word not in named[:place]]
        return entry if words == list(value) else with_value(entry, words)
    word = _word(value, keys)
    return entry if word == value else with_value(entry, word)


def _word(value: object, keys: Mapping[str, str]) -> object:
    text = value.strip() if isinstance(value, str) else value
    text = _FLAGS.get(text, text) if isinstance(text, str) and not keys.keys().isdisjoint(("yes", "no")) else text
    return keys.get(text, value) if isinstance(text, str) else value


def stepped(entry: object, numbers: Mapping[str, str]) -> object:
    """An answer with a number as the option of the greatest number that is not above it; others as they are."""
    try:
        value = float(str(value_of(entry)))
    except ValueError:
        return entry
    reached = [number for number in numbers if float(number) <= value]
    return with_value(entry, numbers[max(reached, key=float)]) if reached else entry


def numbered(entry: object) -> bool:
    """Whether an answer names an option by its number, in quotes or without."""
    value = value_of(entry)
    parts = value if isinstance(value, list) else [value]
    return any(isinstance(part, str) and _NUMBER.fullmatch(part.strip()) is not None for part in parts)


def empty(entry: object) -> bool:
    """Whether nothing is answered or settled, in short or long form."""
    record = AgreedEntry if isinstance(entry, Mapping) and "basis" in entry else AnswerEntry
    return blank(entry) or (isinstance(entry, Mapping) and not without_blanks(entry, record))


def is_state(entry: object) -> bool:
    """Whether an answer is not applicable, don't know or declined."""
    return isinstance(entry, Mapping) and any(resolve(entry.get(state)) is True for state in STATES)


def misfit(rubric: Rubric, question: Question, entry: object, role: str) -> str:
    """Why a question does not take the value of an answer, empty when it does; states are left to `assess check`."""
    if is_state(entry):
        return ""
    try:
        read_value(rubric, question, value_of(entry), role)
    except MisfitError as error:
        return error.misfits[0].message
    return ""


def unchanged(rubric: Rubric, question: Question, written: object, entry: object, role: str) -> bool:
    """Whether an answer can stand as it was written: it names what is meant, by number or in words still in force."""
    if not question.traits.has_options or is_state(entry):
        return written == entry
    if misfit(rubric, question, written, role):
        return False
    value = value_of(written)
    words = value if isinstance(value, list) else [value]
    known = {*(option.key for option in rubric.options_of(question)), *_FLAGS}
    spoken = all(numbered(word) or (isinstance(word, str) and word.strip() in known) for word in words)
    return spoken and read_value(rubric, question, value) == read_value(rubric, question, value_of(entry))


def in_force(rubric: Rubric, question: Question, entry: object, role: str) -> object:
    """An answer the question takes, with options under the keys in force; numbers stay as they are written."""
    return entry if not question.traits.has_options or numbered(entry) else keyed(rubric, question, entry, role)


def merged(rubric: Rubric, question: Question, entries: Sequence[object], rule: MergeRule) -> object:
    """One answer of several that the question takes: by the rule where they have values, else the first state.

    Notes are joined and evidence is listed one after the other; what was given for an agreement as well.
    """
    valued = [entry for entry in entries if not blank(value_of(entry))]
    if len(valued) <= 1 or rule == "first":
        return (*valued, *entries)[0]
    found = [read_value(rubric, question, value_of(entry)) for entry in valued]
    value = _one_of(rubric, question, found, rule)
    forms = [entry for entry in valued if isinstance(entry, Mapping)]
    together = {"value": value, **_joined(forms)}
    return together if forms else value


def _one_of(rubric: Rubric, question: Question, values: Sequence[AnswerValue], rule: MergeRule) -> object:
    """The worst value, or the middle of all: of two steps the lower one."""
    if question.traits.holds == "number":
        numbers = [float(value) for value in values if isinstance(value, int | float)]
        if rule == "mean":
            middle = math.fsum(numbers) / len(numbers)
            return math.floor(middle + 0.5) if question.integer else middle
        if question.steps:
            return min(numbers, key=lambda number: (answer_value(rubric, question, number) or 0.0, number))
        posts = question.goalposts
        return max(numbers) if posts and posts.worst > posts.best else min(numbers)
    worth = {key: value or 0.0 for key, value in option_values(rubric, question).items()}
    ordered = sorted(worth, key=lambda key: worth[key])
    places = sorted(ordered.index(str(value)) for value in values)
    place = places[0] if rule == "worst" else math.ceil(math.fsum(places) / len(places) - 0.5)
    return ordered[place]


def _joined(forms: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """The notes, reasons, evidence and basis of several long forms."""
    found: dict[str, object] = {}
    for key in ("note", "why"):
        texts = dict.fromkeys(str(form[key]) for form in forms if not blank(form.get(key)))
        found |= {key: " / ".join(texts)} if texts else {}
    for key in ("evidence", "basis"):
        parts: list[object] = []
        for form in forms:
            listed = form.get(key)
            parts += [part for part in listed if part not in parts] if isinstance(listed, list) else []
        found |= {key: parts} if parts else {}
    return found


def answer_in_words(entry: object) -> str:
    """An answer in a few words."""
    if isinstance(entry, Mapping) and "value" not in entry:
        return listing([state for state in STATES if resolve(entry.get(state)) is True]) or "nothing"
    value = value_of(entry)
    return ", ".join(format_written(part) for part in value) if isinstance(value, list) else format_written(value)

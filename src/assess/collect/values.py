"""Reads what was written as the answer to a question: option keys, positions, numbers, dates and texts."""

import datetime
import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from numbers import Integral, Real
from typing import NamedTuple, assert_never, get_args

from assess.documents import printable, resolve
from assess.model.answers import AnswerValue
from assess.model.fields import Plain, clean, to_date, to_number
from assess.model.questions import Option, Question, State
from assess.model.rubric import Rubric
from assess.numbers import measured
from assess.problems import listing, nearest
from assess.translations import spoken_rubrics

STATES = get_args(State)
_LONGEST = 60
_STATE_OF = {
    "na": "na", "n/a": "na", "not applicable": "na",
    "unknown": "unknown", "don't know": "unknown", "dont know": "unknown",
    "declined": "declined", "refused": "declined",
}  # fmt: skip


_MEANT = {"yes": ("yes", "y", "on"), "no": ("no", "n", "off")}


class Misfit(NamedTuple):
    """Why a value is no answer; `at` leads from the value to the part that does not fit."""

    message: str
    hint: str = ""
    at: tuple[int, ...] = ()


class MisfitError(Exception):
    """A value that is no answer to its question; carries every misfit found in it."""

    def __init__(self, *misfits: Misfit) -> None:
        """Keep the misfits in the order of the value."""
        self.misfits = misfits
        super().__init__("; ".join(m.message for m in misfits))


def format_written(value: object) -> str:
    """A written value in one printable line of at most 60 characters."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, Sequence | AbstractSet) and not isinstance(value, str | bytes):
        return "a list"
    if isinstance(value, Integral) and abs(int(value)) >= 10**_LONGEST:
        return "a huge number"
    if not isinstance(value, str | Real | datetime.date):
        return f"a value of type {type(value).__name__}"
    text = str(value)
    return printable(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}...")


def name_written(value: object) -> str:
    """A written value in quotes; a list or a mapping by its kind."""
    text = format_written(value)
    return f"'{text}'" if isinstance(value, str | Real | datetime.date) else text


def blank(value: object) -> bool:
    """Whether nothing was written."""
    return value is None or (isinstance(value, str) and not value.strip())


def read_value(rubric: Rubric, question: Question, value: object, role: str = "") -> AnswerValue:
    """The answer a written value is, in the form of `Answer.value`; raises MisfitError when it is none.

    An option may be named by its key, its number, or the label that a role reads, in any language of the rubric;
    without a role, by its own label.
    """
    options, holds = rubric.wording(question, role).options, question.traits.holds
    if question.traits.has_options and rubric.translations:
        value = _in_our_words(rubric, question, role, value)
    match holds:
        case "option" if question.traits.options:
            return _yesno(question, options, value)
        case "option":
            return _option(question, options, value)
        case "options":
            return _multi(question, options, value)
        case "number":
            return _number(question, value)
        case "words":
            return _text(question, value)
        case "date":
            return _date(question, value)
        case _:
            assert_never(holds)


def state_hint(value: object) -> str:
    """How to write a state, when a value reads like one; else the empty text."""
    state = _STATE_OF.get(value.strip().lower()) if isinstance(value, str) else None
    if state is None:
        return ""
    return "write {na: true, why: the reason}" if state == "na" else f"write {{{state}: true}}"


def _whole(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, Integral):
        return int(value)
    try:
        number = to_number(Plain(value.strip())) if isinstance(value, str) else None
    except ValueError:
        return None
    return number if isinstance(number, int) else None


def _keys(options: Sequence[Option]) -> dict[str, str]:
    """Every key and former key of the options to the key in force."""
    former = {old: option.key or "" for option in options for old in option.renamed_from}
    return former | {option.key: option.key for option in options if option.key}


def _in_our_words(rubric: Rubric, question: Question, role: str, value: object) -> object:
    """Labels in another language as the keys of their options, where one option is meant; all else as it is written."""
    if isinstance(value, list | tuple):
        return [_in_our_words(rubric, question, role, part) for part in value]
    if not isinstance(value, str) or _named(question, rubric.wording(question, role).options, value):
        return value
    keys = {_labelled(question, spoken.wording(question, role).options, value) for spoken in spoken_rubrics(rubric)}
    keys -= {None}
    return keys.pop() if len(keys) == 1 else value


def _labelled(question: Question, options: Sequence[Option], value: object) -> str | None:
    """The key of the one option whose label a value is, capitals and blanks aside.

    What a type calls its own options is nobody's label.
    """
    if tuple((option.key, option.label) for option in options) == question.traits.options:
        return None
    words = _even(value) if isinstance(value, str) else ""
    same = [option.key for option in options if option.key and words and _even(option.label) == words]
    return same[0] if len(same) == 1 else None


def _even(text: str) -> str:
    return " ".join(text.casefold().split())


def _option(question: Question, options: Sequence[Option], value: object) -> str:
    """The key of the one option a value names, by key, former key, position or label; raises MisfitError."""
    named = _named(question, options, value)
    if named is None:
        raise MisfitError(_no_option(question, options, value, question.traits.first))
    return named


def _named(question: Question, options: Sequence[Option], value: object) -> str | None:
    first = question.traits.first
    if isinstance(value, str) and value.strip() in (keys := _keys(options)):
        return keys[value.strip()]
    position = _whole(value)
    if position is not None and 0 <= position - first < len(options):
        key = options[position - first].key
        if key:
            return key
    return _labelled(question, options, value)


def _no_option(question: Question, options: Sequence[Option], value: object, first: int) -> Misfit:
    message = f"{name_written(value)} is not an answer to '{question.id}'"
    if isinstance(value, str):
        word = value.strip().lower()
        spelt = "_".join(word.replace("-", " ").split())
        whole = word.removesuffix(".0")
        if spelt in _keys(options) or (whole != word and whole.isdigit() and 0 <= int(whole) - first < len(options)):
            return Misfit(message, f"write {spelt if spelt in _keys(options) else whole}")
        message += nearest(word, _keys(options))
    if format_written(value) in ("a list", "a mapping"):
        message = f"'{question.id}' takes one answer, not {format_written(value)}"
    if value is None:
        return Misfit(f"an entry of the answer to '{question.id}' is empty", "write what it names, or take it out")
    keys = listing([o.key for o in options if o.key], most=12)
    places = f", or a position from {first} to {first + len(options) - 1}"
    return Misfit(message, state_hint(value) or f"write one of: {keys}{places}")


def _yesno(question: Question, options: Sequence[Option], value: object) -> str:
    flag = resolve(value)
    if isinstance(flag, bool):
        return "yes" if flag else "no"
    if isinstance(value, str) and value.strip() in ("yes", "no"):
        return value.strip()
    if (named := _labelled(question, options, value)) is not None:
        return named
    word = value.strip().lower() if isinstance(value, str) else ""
    meant = next((answer for answer, words in _MEANT.items() if word in words), "yes or no")
    message = f"{name_written(value)} is not an answer to '{question.id}'{nearest(word, ('yes', 'no'))}"
    raise MisfitError(Misfit(message, state_hint(value) or f"write {meant}"))


def _multi(question: Question, options: Sequence[Option], value: object) -> tuple[str, ...]:
    """The keys ticked, in the order of the options."""
    ticked: list[str] = []
    misfits: list[Misfit] = []
    for at, part in _parts(value):
        try:
            key = _option(question, options, part)
        except MisfitError as error:
            listed = _listed(question, options, part)
            misfits += [Misfit(m.message, listed or m.hint, at) for m in error.misfits]
            continue
        if key in ticked:
            misfits.append(
                Misfit(f"{name_written(part)} stands twice in the answer to '{question.id}'", "name it once", at)
            )
        ticked.append(key)
    misfits += _exclusive(question, options, ticked)
    if not ticked and not misfits:
        misfits += _nothing(question, options)
    if misfits:
        raise MisfitError(*misfits)
    return tuple(o.key for o in options if o.key in ticked)


def _listed(question: Question, options: Sequence[Option], value: object) -> str:
    """How to write several options that stand in one text with commas; else the empty text."""
    words = [word.strip() for word in value.split(",")] if isinstance(value, str) else []
    return f"write [{', '.join(words)}]" if words and all(_named(question, options, word) for word in words) else ""


def _parts(value: object) -> list[tuple[tuple[int, ...], object]]:
    """The ticks of an answer with their places; a set is put in order first."""
    if isinstance(value, AbstractSet):
        value = sorted(value, key=format_written)
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [((place,), part) for place, part in enumerate(value)]
    return [((), value)]


def _exclusive(question: Question, options: Sequence[Option], ticked: Sequence[str]) -> list[Misfit]:
    alone = [o.key for o in options if o.exclusive and o.key]
    together = [key for key in ticked if key in alone]
    if together and len(set(ticked)) > 1:
        return [Misfit(f"'{together[0]}' stands alone in '{question.id}'", "name it by itself, or leave it out")]
    return []


def _nothing(question: Question, options: Sequence[Option]) -> list[Misfit]:
    """An empty list says that nothing applies, unless an option is there to say it."""
    alone = [o.key for o in options if o.exclusive and o.key]
    message = f"the answer to '{question.id}' names nothing"
    return [Misfit(message, f"write {listing(alone)}, or leave the answer out")] if alone else []


def _number(question: Question, value: object) -> float:
    number = _float(value)
    if number is None:
        plain = "write it with digits and a point, without unit or separators, as in 1250.5"
        raise MisfitError(
            Misfit(f"{name_written(value)} is not a number for '{question.id}'", state_hint(value) or plain)
        )
    if question.integer and not number.is_integer():
        raise MisfitError(Misfit(f"'{question.id}' takes whole numbers, not {format_written(value)}", "round it"))
    if question.min is not None and number < question.min:
        message = (
            f"{format_written(value)} is less than {_measured(question, question.min)}, the least '{question.id}' takes"
        )
        raise MisfitError(Misfit(message, "correct the number or its unit"))
    if question.max is not None and number > question.max:
        message = (
            f"{format_written(value)} is more than {_measured(question, question.max)}, the most '{question.id}' takes"
        )
        raise MisfitError(Misfit(message, "correct the number or its unit"))
    return number


def _measured(question: Question, number: float) -> str:
    return measured(number, question.unit, one=question.unit_one)


def _float(value: object) -> float | None:
    """The finite number a value is or spells, else None."""
    try:
        number = to_number(Plain(value.strip())) if isinstance(value, str) else value
        if isinstance(number, bool) or not isinstance(number, Real):
            return None
        found = float(number)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def _text(question: Question, value: object) -> str:
    if not isinstance(value, str):
        raise MisfitError(Misfit(f"'{question.id}' takes a text, not {format_written(value)}", "write words"))
    try:
        text = clean(value).strip()
    except ValueError as error:
        raise MisfitError(Misfit(f"the answer to '{question.id}' is {error}", "shorten it")) from None
    if not text:
        raise MisfitError(Misfit(f"the answer to '{question.id}' has no readable character", "write words"))
    return text


def _date(question: Question, value: object) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    try:
        day = to_date(value.strip()) if isinstance(value, str) else None
    except ValueError:
        day = None
    if isinstance(day, datetime.date):
        return day
    message = f"{name_written(value)} is not a date for '{question.id}'"
    raise MisfitError(Misfit(message, state_hint(value) or "write the day as 2026-06-30"))

"""Translations of a rubric: which texts it has, which translations still fit them, and the rubric in their words."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from assess.model.anatomy import name_of, names_in, quoting_in, read_in, texts_in
from assess.model.fields import Read, Record
from assess.model.finding_texts import Cause, FindingText
from assess.model.nodes import Says
from assess.model.questions import Question
from assess.model.rubric import ROOT, Rubric
from assess.model.terms import CITED, replacing
from assess.model.translations import Translation, translation_anchor
from assess.problems import DocumentError, Problem, listing, nearest

_DIGITS = 8
R = TypeVar("R", bound=Record)


class Entry(NamedTuple):
    """One translated text: where it stands, its name as written, the key of the text, and what it was made from.

    key: empty when the rubric has no such text. says: empty while it waits. of: empty when it does not say.
    """

    anchor: str
    language: str
    name: str
    key: str
    says: str
    of: str


def digest(text: str) -> str:
    """What tells a text from what it was before: the first 8 hex digits of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:_DIGITS]


def translatable_texts(rubric: Rubric) -> Mapping[str, str]:
    """Every text that can be translated, by its key: `ELEMENT.FIELD` with the id of the element.

    What has no letter in it reads alike in every language.
    """
    return {key: text for key, text in all_texts(rubric).items() if any(map(str.isalpha, text))}


def all_texts(rubric: Rubric) -> Mapping[str, str]:
    """Every text that is read, by its key, those without a letter too."""
    return {place.key: place.text for place in _below(rubric, rubric, "")}


def quoting_keys(rubric: Rubric) -> frozenset[str]:
    """The keys of the texts that may quote figures."""
    return frozenset(place.key for place in _below(rubric, rubric, "") if place.quotes)


class _Place(NamedTuple):
    key: str
    text: str
    quotes: bool


def _below(rubric: Rubric, record: Record, key: str) -> Iterator[_Place]:
    """The texts of a record that goes by a key, and of what is in it."""
    if isinstance(record, FindingText) and record.always:
        yield _Place(key, record.always, quotes=True)
        return
    for field, read in texts_in(type(record)).items():
        texts = _texts_by_key(_key(record, key, field, read), getattr(record, field), read)
        yield from (_Place(each, text, field in quoting_in(type(record))) for each, text in texts.items())
    for field in _read_in(record):
        for name, inner in _records(rubric, record, key, field):
            yield from _below(rubric, inner, name)


def _texts_by_key(name: str, value: str | Mapping[str, str] | Sequence[str], read: Read) -> Mapping[str, str]:
    """One text, or those of a list or a mapping, by the keys they go by: places count from 1."""
    if isinstance(value, str):
        return {} if value.strip() in ("", read.none) else {name: value}
    entries = value.items() if isinstance(value, Mapping) else enumerate(value, 1)
    return {f"{name}.{each}" if each else name: text for each, text in entries}


def _key(record: Record, key: str, field: str, read: Read) -> str:
    """The key of a text of a record that goes by a key; the whole goes by none where something else stands in it."""
    home = ROOT if isinstance(record, Rubric) else key
    return home if read.alone else f"{home}.{field}"


def _read_in(record: Record) -> Iterator[str]:
    """The fields whose records are read; those of a shared list with the questions that take them."""
    yield from (field for field in read_in(type(record)) if field not in ("option_sets", "facts"))


def _records(rubric: Rubric, record: Record, key: str, field: str) -> Iterator[tuple[str, Record]]:
    """The records behind a field, each with the key it goes by: its id or code, or where it stands."""
    value = getattr(record, field)
    home = f"{key}.{field}".removeprefix(".")
    if isinstance(record, Question) and field == "options":
        value = rubric.options_of(record) if record.traits.lists else ()
        home = f"option_sets.{record.options_from}" if record.options_from else home
    if field == "headlines":
        yield from rubric.headline_by_id.items()
    elif isinstance(value, Says):
        yield key, value
    elif isinstance(value, Record):
        yield home, value
    elif isinstance(value, Mapping):
        yield from ((f"{home}.{name}", inner) for name, inner in value.items())
    else:
        yield from ((_called(inner, home, place), inner) for place, inner in enumerate(value or (), 1))


def _called(record: Record, home: str, place: int) -> str:
    """What a record in a list goes by: its id or code, or in its list its key, or its place from 1."""
    return name_of(record) if names_in(type(record)) else f"{home}.{name_of(record) or place}"


def names_of_texts(rubric: Rubric) -> Mapping[str, str]:
    """Every name of a text to its key: elements and roles go by id, code or former id."""
    called: dict[str, list[str]] = {}
    for name, current in rubric.names.items():
        called.setdefault(current, []).append(name)
    found: dict[str, str] = {}
    for key in translatable_texts(rubric):
        element, _, rest = key.partition(".")
        field, _, role = rest.partition(".")
        role, dot, part = role.partition(".")
        by_role = field in ("ask", "titles")
        fields = [f"{field}.{name}{dot}{part}" for name in called.get(role, (role,))] if by_role else [rest]
        found |= {f"{name}.{each}": key for name in called.get(element, (element,)) for each in fields}
    return found


def entries(rubric: Rubric) -> Iterator[Entry]:
    """Every translated text, in the order of the files."""
    names = names_of_texts(rubric) if rubric.translations else {}
    for place, translation in enumerate(rubric.translations):
        for name, text in translation.texts.items():
            yield Entry(translation_anchor(place), translation.language, name, names.get(name, ""), text.says, text.of)


def fresh(rubric: Rubric, language: str) -> Mapping[str, str]:
    """Key to translation, of the texts that still read as they did when they were translated."""
    texts = translatable_texts(rubric)
    fitting = [each for each in entries(rubric) if each.language == language and each.key and each.says.strip()]
    return {each.key: each.says for each in reversed(fitting) if each.of == digest(texts[each.key])}


def translated(rubric: Rubric, language: str) -> Rubric:
    """The rubric with every fresh translation in the place of its text, and its own words elsewhere.

    Raises DocumentError for a language the rubric has nothing in.
    """
    known = list(dict.fromkeys(translation.language for translation in rubric.translations))
    if language not in (rubric.language, *known):
        message = f"'{rubric.id}' has no translation into '{language}'{nearest(language, known)}"
        there_are = f", translated into {listing(known)}" if known else " and not translated"
        raise DocumentError([Problem("unknown_name", message, hint=f"it is written in {rubric.language}{there_are}")])
    said = fresh(rubric, language)
    return reword_rubric(rubric, said.get)


def reword_rubric(rubric: Rubric, say: Callable[[str, str], str]) -> Rubric:
    """The rubric with other words in it: `say` is given the key and the text of everything that is read."""
    return _said(rubric, rubric, "", say)


def spoken_rubrics(rubric: Rubric) -> tuple[Rubric, ...]:
    """A rubric in the other languages it has something in, each made once."""
    key = "spoken"
    if key not in rubric.derived:
        languages = dict.fromkeys(translation.language for translation in rubric.translations)
        rubric.derived[key] = tuple(translated(rubric, language) for language in languages)
    found: tuple[Rubric, ...] = rubric.derived[key]
    return found


def _said(rubric: Rubric, record: R, key: str, say: Callable[[str, str], str]) -> R:
    """A record that goes by a key with other words in it."""
    if isinstance(record, FindingText) and record.always:
        words = say(key, record.always)
        return record.model_copy(update={"known": (Cause(says=words),), "unknown": words})
    changed: dict[str, object] = {}
    for field, read in texts_in(type(record)).items():
        value = getattr(record, field)
        texts = _texts_by_key(_key(record, key, field, read), value, read)
        changed[field] = _in_form_of(value, [say(name, text) for name, text in texts.items()])
    for field in _read_in(record):
        found = [_said(rubric, inner, name, say) for name, inner in _records(rubric, record, key, field)]
        changed[field] = _in_form_of(getattr(record, field), found)
    options = {"options_from": None} if isinstance(record, Question) else {}
    return record.model_copy(update={**changed, **options})


def _in_form_of(value: object, found: Sequence[object]) -> object:
    """What was found for a value in its form: one, some by name, or a list; itself, where there is nothing."""
    if isinstance(value, Mapping):
        return dict(zip(value, found, strict=True))
    return tuple(found) if isinstance(value, tuple) else next(iter(found), value)


def in_terms(rubric: Rubric, terms: Mapping[str, str], language: str = "") -> Rubric:
    """The rubric with its words read as terms say, in a language it is translated into or else in its own.

    What is no term there, or reads so already, is passed over; where nothing is left to change, a part stays the part
    it is, and else becomes the whole. A translation that fits its text goes on fitting it.
    """
    whole = rubric.whole
    if language not in (whole.language, *(each.language for each in whole.translations)):
        language = whole.language
    told = tuple(_told_in(each, terms) if each.language == language else each for each in whole.translations)
    known = {name: word for name, word in terms.items() if whole.terms.get(name, word) != word}
    if language != whole.language or not known:
        return whole.model_copy(update={"translations": told}) if told != whole.translations else rubric
    say = replacing({whole.terms[name]: word for name, word in known.items()})
    found = reword_rubric(whole, lambda _, text: say(text))
    changed = {"terms": {**whole.terms, **known}, "translations": _marked_anew(whole, found, told)}
    return found.model_copy(update={**changed, **{name: getattr(whole, name) for name in CITED}})


def _told_in(translation: Translation, terms: Mapping[str, str]) -> Translation:
    """A translation with its words read as terms say."""
    known = {name: word for name, word in terms.items() if name in translation.terms}
    say = replacing({translation.terms[name]: word for name, word in known.items()})
    texts = {name: text.model_copy(update={"says": say(text.says)}) for name, text in translation.texts.items()}
    return translation.model_copy(update={"texts": texts, "terms": {**translation.terms, **known}})


def _marked_anew(old: Rubric, new: Rubric, translations: tuple[Translation, ...]) -> tuple[Translation, ...]:
    """Translations with the marks of the texts of another rubric, where they had those of the first."""
    keys, before, now = names_of_texts(old), translatable_texts(old), translatable_texts(new)
    marks = {(name, digest(before[key])): digest(now.get(key, before[key])) for name, key in keys.items()}
    return tuple(
        each.model_copy(
            update={
                "texts": {
                    name: text.model_copy(update={"of": marks.get((name, text.of), text.of)})
                    for name, text in each.texts.items()
                }
            }
        )
        for each in translations
    )

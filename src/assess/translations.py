"""Translations of a rubric: which texts it has, which translations still fit them, and the rubric in their words."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple, TypeVar

from assess.model.anatomy import name_of, read_in, texts_in
from assess.model.fields import Read, Record
from assess.model.finding_texts import Cause, FindingText
from assess.model.headlines import Headline
from assess.model.nodes import Node, Says
from assess.model.questions import Question
from assess.model.rubric import ROOT, Rubric
from assess.model.translations import anchor
from assess.problems import DocumentError, Problem, listing, nearest

_DIGITS = 8
R = TypeVar("R", bound=Record)


class Entry(NamedTuple):
    """One translated text: where it stands, its name as written, the key of the text, and what it was made from.

    key: empty when the rubric has no such text. of: empty when it does not say.
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


def texts_of(rubric: Rubric) -> Mapping[str, str]:
    """Every text that can be translated, by its key: `ELEMENT.FIELD` with the id of the element."""
    return {key: text for key, text in _texts(rubric) if text.strip()}


def _texts(rubric: Rubric) -> Iterator[tuple[str, str]]:
    yield from _below(rubric, rubric, "")
    for node in rubric.nodes():
        for kind, by_level in (("gap", node.says.gap), ("strength", node.says.strength)):
            yield from ((_level_key(node, kind, level), says) for level, says in by_level.items())
    for name, kind, text in finding_texts(rubric):
        yield from text_keys(f"{name}.{kind}", text)


def quoting_keys(rubric: Rubric) -> frozenset[str]:
    """The keys of the texts that may quote figures."""
    found = [f"{question.id}.of" for question in rubric.questions()]
    found += [key for name, kind, text in finding_texts(rubric) for key, _ in text_keys(f"{name}.{kind}", text)]
    for node in rubric.nodes():
        found += [_level_key(node, "gap", level) for level in node.says.gap]
        found += [_level_key(node, "strength", level) for level in node.says.strength]
    return frozenset(found)


def finding_texts(rubric: Rubric) -> Iterator[tuple[str, str, FindingText]]:
    """Every text that fits its cause: the name of its element, its key, and the text."""
    names = {f"headline:{place}": name for place, name in enumerate(rubric.headline_by_id)}
    return ((names.get(anchor, anchor), key, text) for anchor, key, text in rubric.finding_texts())


def text_keys(home: str, text: FindingText) -> Iterator[tuple[str, str]]:
    """The key of every text of a finding, with the text: places in a list of causes count from 1."""
    if text.always:
        yield home, text.always
        return
    yield from ((f"{home}.known.{place}", cause.says) for place, cause in enumerate(text.known, 1))
    yield f"{home}.unknown", text.unknown


def _level_key(node: Node, kind: str, level: str) -> str:
    return f"{node.id}.{kind}.{level}" if level else f"{node.id}.{kind}"


def _below(rubric: Rubric, record: Record, key: str) -> Iterator[tuple[str, str]]:
    """The texts of a record that goes by a key, and of what is in it."""
    for field, read in texts_in(type(record)).items():
        value, name = getattr(record, field), _key(record, key, field, read)
        if isinstance(value, Mapping):
            yield from ((f"{name}.{each}", text) for each, text in value.items())
        else:
            yield name, "" if value.strip() == read.none else value
    for field in _read_in(record):
        for name, inner in _records(rubric, record, key, field):
            yield from _below(rubric, inner, name)


def _key(record: Record, key: str, field: str, read: Read) -> str:
    """The key of a text of a record that goes by a key; the whole goes by none where something else stands in it."""
    home = ROOT if isinstance(record, Rubric) else key
    return home if read.alone else f"{home}.{field}"


def _read_in(record: Record) -> Iterator[str]:
    """The fields whose records are read; those of a shared list with the questions that take them."""
    yield from (field for field in read_in(type(record)) if field not in ("option_sets", "facts"))


def _records(rubric: Rubric, record: Record, key: str, field: str) -> Iterator[tuple[str, Record]]:
    """The records behind a field, each with the key it goes by: its id, or where it stands."""
    value = getattr(record, field)
    home = f"{key}.{field}".removeprefix(".")
    if isinstance(record, Question) and field == "options":
        value = rubric.options_of(record) if record.traits.lists else ()
        home = f"option_sets.{record.options_from}" if record.options_from else home
    if isinstance(value, Record):
        yield home, value
    elif isinstance(value, Mapping):
        yield from ((f"{home}.{name}", inner) for name, inner in value.items())
    elif value is not None:
        yield from ((getattr(inner, "id", "") or f"{home}.{name_of(inner)}", inner) for inner in value)


def names_of_texts(rubric: Rubric) -> Mapping[str, str]:
    """Every name of a text to its key: elements and roles go by id, code or former id."""
    called: dict[str, list[str]] = {}
    for name, current in rubric.names.items():
        called.setdefault(current, []).append(name)
    found: dict[str, str] = {}
    for key in texts_of(rubric):
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
            yield Entry(anchor(place), translation.language, name, names.get(name, ""), text.says, text.of)


def fresh(rubric: Rubric, language: str) -> Mapping[str, str]:
    """Key to translation, of the texts that still read as they did when they were translated."""
    texts = texts_of(rubric)
    fitting = [each for each in entries(rubric) if each.language == language and each.key]
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
    said = {**texts_of(rubric), **fresh(rubric, language)}
    found = _said(rubric, rubric, "", said)
    told = {
        "principles": tuple(_node(node, said) for node in found.principles),
        "headlines": tuple(_headline(name, each, said) for name, each in rubric.headline_by_id.items()),
        **_rules(rubric, said),
    }
    return found.model_copy(update=told)


def spoken_rubrics(rubric: Rubric) -> tuple[Rubric, ...]:
    """A rubric in the other languages it has something in, each made once."""
    key = "spoken"
    if key not in rubric.derived:
        languages = dict.fromkeys(translation.language for translation in rubric.translations)
        rubric.derived[key] = tuple(translated(rubric, language) for language in languages)
    found: tuple[Rubric, ...] = rubric.derived[key]
    return found


def _said(rubric: Rubric, record: R, key: str, said: Mapping[str, str]) -> R:
    """A record that goes by a key with other words in it."""
    changed: dict[str, object] = {}
    for field, read in texts_in(type(record)).items():
        value, name = getattr(record, field), _key(record, key, field, read)
        by_name = isinstance(value, Mapping)
        changed[field] = {each: said[f"{name}.{each}"] for each in value} if by_name else said.get(name, value)
    for field in _read_in(record):
        found = [_said(rubric, inner, name, said) for name, inner in _records(rubric, record, key, field)]
        changed[field] = _in_form(getattr(record, field), found)
    options = {"options_from": None} if isinstance(record, Question) else {}
    return record.model_copy(update={**changed, **options})


def _in_form(value: object, found: list[Record]) -> object:
    """Records in the form in which those before them stood: one, some by name, or a list."""
    if isinstance(value, Mapping):
        return dict(zip(value, found, strict=True))
    return next(iter(found), None) if value is None or isinstance(value, Record) else tuple(found)


def _node(node: Node, said: Mapping[str, str]) -> Node:
    """A node with what findings say of it, and of those below it, in other words."""
    changed = {
        "criteria": tuple(_node(child, said) for child in node.criteria),
        "says": Says(gap=_by_level(node, "gap", said), strength=_by_level(node, "strength", said)),
        **_rules(node, said),
    }
    return node.model_copy(update=changed)


def _rules(holder: Rubric | Node, said: Mapping[str, str]) -> Mapping[str, object]:
    """The gates and clashes of a rubric or a node in other words."""
    gates = (g.model_copy(update=_told(g.id, {"because": g.because, "so": g.so}, said)) for g in holder.gates)
    clashes = (c.model_copy(update=_told(c.id, {"says": c.says, "so": c.so}, said)) for c in holder.clashes)
    return {"gates": tuple(gates), "clashes": tuple(clashes)}


def _headline(name: str, headline: Headline, said: Mapping[str, str]) -> Headline:
    return headline.model_copy(update=_told(name, {"says": headline.says, "cause": headline.cause}, said))


def _told(name: str, texts: Mapping[str, FindingText], said: Mapping[str, str]) -> Mapping[str, FindingText]:
    """The texts of an element in other words."""
    return {key: _finding_text(f"{name}.{key}", text, said) for key, text in texts.items()}


def _finding_text(home: str, text: FindingText, said: Mapping[str, str]) -> FindingText:
    if text.always:
        words = said[home]
        return FindingText(known=(Cause(says=words),), unknown=words)
    causes = (
        cause.model_copy(update={"says": said[f"{home}.known.{place}"]}) for place, cause in enumerate(text.known, 1)
    )
    return FindingText(known=tuple(causes), unknown=said.get(f"{home}.unknown", ""))


def _by_level(node: Node, kind: Literal["gap", "strength"], said: Mapping[str, str]) -> Mapping[str, str]:
    texts = node.says.gap if kind == "gap" else node.says.strength
    return {level: said[_level_key(node, kind, level)] for level in texts}

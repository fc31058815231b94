"""Translations of a rubric: which texts it has, which translations still fit them, and the rubric in their words."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from assess.model.finding_texts import Cause, FindingText
from assess.model.nodes import Node, Says
from assess.model.questions import NO_HELP, Asking, Option, Question, States
from assess.model.rubric import ROOT, Headline, Rubric
from assess.model.translations import anchor
from assess.problems import DocumentError, Problem, listing, nearest

_DIGITS = 8


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
    yield f"{ROOT}.title", rubric.title
    yield from ((f"levels.{level.key}.title", level.title) for level in rubric.levels)
    yield from ((f"{role.id}.title", role.title) for role in rubric.roles)
    for node in rubric.nodes():
        yield f"{node.id}.title", node.title
        yield f"{node.id}.summary", node.summary
        yield from ((_title_key(rubric, node, name), title) for name, title in node.titles.items())
        for question in node.questions:
            yield f"{question.id}.text", question.text
            yield f"{question.id}.help", question.help
            yield from _asked(rubric, question)
            yield from ((_option_key(question, option), option.label) for option in _options(rubric, question))
            yield f"{question.id}.of", question.of
            yield from ((f"{question.id}.states.{key}", says) for key, says in question.sentences.items())
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


def _options(rubric: Rubric, question: Question) -> tuple[Option, ...]:
    """The options that have labels of their own."""
    return rubric.options_of(question) if question.traits.lists else ()


def _option_key(question: Question, option: Option) -> str:
    """A shared option is translated once."""
    home = f"option_sets.{question.options_from}" if question.options_from else f"{question.id}.options"
    return f"{home}.{option.key}"


def _asked(rubric: Rubric, question: Question) -> Iterator[tuple[str, str]]:
    """The words single roles read: text, help and labels."""
    for name, asking in question.ask.items():
        key = _ask_key(rubric, question, name)
        yield key, asking.text
        yield f"{key}.help", "" if asking.help.strip() == NO_HELP else asking.help
        yield from ((f"{key}.options.{option}", label) for option, label in asking.options.items())


def _states(question: Question, said: Mapping[str, str]) -> States | None:
    sentences = {key: said[f"{question.id}.states.{key}"] for key in question.sentences}
    return States(**sentences) if question.states else None


def _asking(rubric: Rubric, question: Question, name: str, said: Mapping[str, str]) -> Asking:
    asking, key = question.ask[name], _ask_key(rubric, question, name)
    changed = {
        "text": said.get(key, asking.text),
        "help": said.get(f"{key}.help", asking.help),
        "options": {option: said[f"{key}.options.{option}"] for option in asking.options},
    }
    return asking.model_copy(update=changed)


def _title_key(rubric: Rubric, node: Node, name: str) -> str:
    return f"{node.id}.titles.{rubric.names.get(name, name)}"


def _ask_key(rubric: Rubric, question: Question, name: str) -> str:
    return f"{question.id}.ask.{rubric.names.get(name, name)}"


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
    titled = {
        "levels": tuple(each.model_copy(update={"title": said[f"levels.{each.key}.title"]}) for each in rubric.levels),
        "roles": tuple(each.model_copy(update={"title": said[f"{each.id}.title"]}) for each in rubric.roles),
        "principles": tuple(_node(rubric, node, said) for node in rubric.principles),
        "headlines": tuple(_headline(name, each, said) for name, each in rubric.headline_by_id.items()),
        **_rules(rubric, said),
    }
    return rubric.model_copy(update={"title": said[f"{ROOT}.title"], **titled})


def spoken_rubrics(rubric: Rubric) -> tuple[Rubric, ...]:
    """A rubric in the other languages it has something in, each made once."""
    key = "spoken"
    if key not in rubric.derived:
        languages = dict.fromkeys(translation.language for translation in rubric.translations)
        rubric.derived[key] = tuple(translated(rubric, language) for language in languages)
    found: tuple[Rubric, ...] = rubric.derived[key]
    return found


def _node(rubric: Rubric, node: Node, said: Mapping[str, str]) -> Node:
    changed = {
        "title": said[f"{node.id}.title"],
        "summary": said.get(f"{node.id}.summary", node.summary),
        "titles": {name: said[_title_key(rubric, node, name)] for name in node.titles},
        "questions": tuple(_question(rubric, question, said) for question in node.questions),
        "criteria": tuple(_node(rubric, child, said) for child in node.criteria),
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


def _question(rubric: Rubric, question: Question, said: Mapping[str, str]) -> Question:
    options = [
        option.model_copy(update={"label": said[_option_key(question, option)]})
        for option in _options(rubric, question)
    ]
    changed = {
        "text": said[f"{question.id}.text"],
        "help": said.get(f"{question.id}.help", question.help),
        "of": said.get(f"{question.id}.of", question.of),
        "states": _states(question, said),
        "ask": {name: _asking(rubric, question, name, said) for name in question.ask},
        "options": tuple(options),
        "options_from": None,
    }
    return question.model_copy(update=changed)

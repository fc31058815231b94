"""What a field of an element says, in a form that two rubrics can be compared in, and in words for people."""

import re
from collections.abc import Callable, Mapping
from functools import cache

from assess.formula.aggregations import rule_of
from assess.model.aggregation import Aggregate
from assess.model.anatomy import change_classes_of, conditions_in, quoting_in, records_below, records_in, references_in
from assess.model.betterness import is_turned
from assess.model.change_classes import ChangeClass, alters_print, alters_rule, alters_scale, alters_words
from assess.model.fields import Record
from assess.model.finding_texts import QUOTED
from assess.model.nodes import Node
from assess.model.questions import Option, Question
from assess.model.rubric import Rubric
from assess.numbers import short

Resolve = Callable[[str], str]
SHOWN = 64
_BEFORE = 3
_DECIMALS = 6
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:[-.][A-Za-z0-9]+)*|[0-9.]+|[<>=!]=|\S")
# What sets words apart and means nothing by itself; a point, a comma or a hyphen in a number does.
_PUNCTUATION = re.compile(r"[;:!?\"'()\[\]\u2018\u2019\u201c\u201d]|(?<!\d)[.,]|[.,](?!\d)|(?<=[A-Za-z])-(?=[A-Za-z])")

# What is told beside the fields themselves: derived of one of them, and told after it.
_DERIVED: Mapping[tuple[type[Record], str], Mapping[str, ChangeClass]] = {
    (Question, "text"): {"wording": alters_words("what a role is asked")},
    (Question, "help"): {"role_help": alters_print("advice to a role on how to answer")},
    (Question, "allow"): {"role_allow": alters_rule("which states are an answer of a role")},
    (Question, "evidence"): {"role_evidence": alters_words("what a role has to prove")},
    (Question, "tier"): {"role_tier": alters_rule("from which tier on a role is asked")},
    (Node, "levels"): {"level_words": alters_words("what the client is told a score means")},
    (Option, "score"): {
        "worth": alters_scale("what an answer is worth beside the others"),
        "position": ChangeClass("scale", counted=False, why="answers may be given by number"),
    },
}


@cache
def classes_of(record: type[Record]) -> Mapping[str, ChangeClass]:
    """What a change of each facet of an element means, in the order in which they are told."""
    found: dict[str, ChangeClass] = {}
    for name, change_class in change_classes_of(record).items():
        found |= {name: change_class, **_DERIVED.get((record, name), {})}
    return found


def facets(rubric: Rubric, record: Record, resolve: Resolve) -> Mapping[str, object]:
    """The fields of an element by name, with what is derived from them; roles by their ids in the new rubric."""
    found: dict[str, object] = {name: getattr(record, name) for name in type(record).model_fields}
    if isinstance(record, Question):
        found |= {"reverse": is_turned(rubric, record), **_asked(rubric, record, resolve)}
    if isinstance(record, Node):
        found["levels"] = [{level.key: level.at} for level in record.levels]
        found["level_words"] = [f"{level.title}: {level.says}" for level in record.levels]
    return found


def _asked(rubric: Rubric, question: Question, resolve: Resolve) -> dict[str, object]:
    """Who is asked a question, what it asks of them, and what single roles read and may answer otherwise."""
    own, read = rubric.wording(question), rubric.wordings(question)
    said = {resolve(name): asking for name, asking in question.ask.items()}
    return {
        "ask": sorted(resolve(role) for role in read),
        "wording": {role: asking.text for role, asking in said.items() if asking.text},
        "role_help": {role: asking.help for role, asking in said.items() if asking.help},
        "role_tier": {role: asking.tier for role, asking in said.items() if asking.tier},
        "evidence": own.evidence,
        "allow": own.allow,
        "role_evidence": {resolve(role): each.evidence for role, each in read.items() if each.evidence != own.evidence},
        "role_allow": {
            resolve(role): sorted(each.allow) for role, each in read.items() if {*each.allow} != {*own.allow}
        },
    }


def comparable(record: type[Record], field: str, value: object, resolve: Resolve) -> object:
    """A facet in which only what matters differs: names are ids of the new rubric, lists of them in order."""
    plain = _plain(value)
    if field in conditions_in(record) and isinstance(plain, str):
        return resolve_condition(plain, resolve)
    if field in _naming(record):
        plain = _resolved(plain, resolve)
    if isinstance(value, Aggregate) and isinstance(plain, dict):
        plain = _aggregate(value, plain, resolve)
    if field == "weights" and isinstance(plain, dict):
        plain = {key: inner for key, inner in plain.items() if key != "rule"}
    if field in _quoted_in(record):
        plain = _quoting(plain, resolve)
    unordered = field in references_in(record) or field == "allow"
    return sorted(map(str, plain)) if unordered and isinstance(plain, list) else plain


def _quoting(plain: object, resolve: Resolve) -> object:
    """Texts in which every question and role that is quoted, or decides which text is the one, has its new name."""
    if isinstance(plain, dict):
        return {
            key: resolve_condition(str(inner), resolve) if key == "when" else _quoting(inner, resolve)
            for key, inner in plain.items()
        }
    if isinstance(plain, list):
        return [_quoting(inner, resolve) for inner in plain]
    return (
        QUOTED.sub(lambda found: f"{{{resolve_condition(found[1], resolve)}}}", plain)
        if isinstance(plain, str)
        else plain
    )


@cache
def _quoted_in(record: type[Record]) -> frozenset[str]:
    """The fields of an element in which texts may quote answers, themselves or in a record."""
    within = {name for name, held in records_in(record).items() if any(map(quoting_in, records_below(held)))}
    return frozenset(quoting_in(record).keys() | within)


@cache
def _naming(record: type[Record]) -> frozenset[str]:
    """The fields of an element that name others, themselves or in a record; the roles asked come resolved."""
    within = {name for name, held in records_in(record).items() if any(map(references_in, records_below(held)))}
    return frozenset(({"answers"} | references_in(record).keys() | within) - {"ask"})


def resolve_condition(text: str, resolve: Resolve) -> str:
    """A condition with every name resolved and one blank between its words."""
    return " ".join(resolve(word) for word in _WORD.findall(text.replace("==", "=")))


def _plain(value: object) -> object:
    """A value of the model as lists, dicts, numbers and texts, white space evened out."""
    if isinstance(value, Record):
        return _plain(value.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def _resolved(value: object, resolve: Resolve) -> object:
    if isinstance(value, dict):
        return {resolve(key): _resolved(inner, resolve) for key, inner in value.items()}
    if isinstance(value, list):
        return [_resolved(inner, resolve) for inner in value]
    return resolve(value) if isinstance(value, str) else value


def _aggregate(settings: Aggregate, plain: dict[str, object], resolve: Resolve) -> dict[str, object]:
    """An aggregation with its default floor said, and the names in its conditions resolved."""
    found, rule = dict(plain), rule_of(settings)
    if rule and rule.power and settings.floor is None:
        found["floor"] = rule.power.floor
    cases = found.get("cases")
    if isinstance(cases, list):
        found["cases"] = [{**case, "when": resolve_condition(case["when"], resolve)} for case in cases]
    return found


def same_words(old: object, new: object) -> bool:
    """Whether two values differ in capitals and punctuation only."""
    return _worded(old) == _worded(new)


def _worded(value: object) -> object:
    if isinstance(value, dict):
        return {key: _worded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_worded(inner) for inner in value]
    return " ".join(_PUNCTUATION.sub(" ", value).casefold().split()) if isinstance(value, str) else value


def value_in_words(value: object) -> str:
    """A value on one line; `nothing` for what is absent or empty."""
    plain = _plain(value)
    if plain is None or plain in ("", [], {}):
        return "nothing"
    return _line(plain)


def _line(plain: object) -> str:
    if isinstance(plain, dict):
        return ", ".join(f"{key}: {_nested(inner)}" for key, inner in plain.items())
    if isinstance(plain, list):
        return ", ".join(_nested(inner) for inner in plain)
    if isinstance(plain, bool):
        return "yes" if plain else "no"
    return short(plain, _DECIMALS) if isinstance(plain, int | float) else str(plain)


def _nested(plain: object) -> str:
    if isinstance(plain, dict):
        return f"{{{_line(plain)}}}"
    return f"[{_line(plain)}]" if isinstance(plain, list) else _line(plain)


def cut_to_difference(old: str, new: str) -> tuple[str, str]:
    """Two texts cut to what can be read at a glance, from a few words before the first that differs."""
    before, after = old.split(), new.split()
    same = next((n for n, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), None)
    if same is None:
        same = min(len(before), len(after))
    start = max(same - _BEFORE, 0) if max(len(old), len(new)) > SHOWN else 0
    return _cut(before, start), _cut(after, start)


def _cut(words: list[str], start: int) -> str:
    text = ("\u2026 " if start else "") + " ".join(words[start:])
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1].rstrip()}\u2026"

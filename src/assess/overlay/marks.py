"""Marks of the texts of a base that an overlay replaced: which of them read otherwise today, and which have none."""

import json
from collections.abc import Iterator, Mapping
from functools import cache

from assess.documents import Document, Part, problem
from assess.model.anatomy import fields_in, read_in, records_below, texts_in
from assess.model.fields import evened
from assess.model.rubric import Rubric
from assess.problems import Problem, listing, nearest
from assess.translations import digest

_EXCERPT = 60
_MOST_NAMED = 40


def mark_of(part: Part) -> str:
    """The mark of a text of a base, as translations have it; of several texts that of all of them together."""
    if isinstance(part.value, str):
        return digest(evened(part.value))
    return digest(json.dumps(_plain(part), ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def _plain(part: Part) -> object:
    if isinstance(part.value, dict):
        return {key: _plain(inner) for key, inner in part.value.items()}
    if isinstance(part.value, list):
        return [_plain(inner) for inner in part.value]
    return part.value


def marked(document: Document, marks: Mapping[str, str], replaced: Mapping[str, Part]) -> Iterator[Problem]:
    """What the marks of an overlay say of what it replaced; replaced: `ELEMENT.KEY` to what the base has there."""
    texts = {name: part for name, part in replaced.items() if _holds_words(name.rpartition(".")[2], part)}
    for name, mark in marks.items():
        if name not in texts:
            message = f"no text of the base is overridden at '{name}'{nearest(name, texts)}"
            hint = f"there are: {listing([*texts], most=12)}" if texts else "take the mark out"
            yield problem(document, "unknown_name", message, ("of", name), at_key=True, hint=hint)
        elif mark != mark_of(texts[name]):
            message = f"'{name}' reads otherwise in the base since it was overridden{_today(texts[name])}"
            hint = f"read what you wrote beside it, then write `{name}: {mark_of(texts[name])}`"
            yield problem(document, "stale_override", message, ("of", name), hint=hint, severity="warning")
    bare = {name: mark_of(part) for name, part in texts.items() if name not in marks}
    if bare:
        verb = "text of the base is" if len(bare) == 1 else "texts of the base are"
        message = f"{len(bare)} {verb} overridden, and nothing says how they read then"
        ready = listing([f"{name}: {mark}" for name, mark in bare.items()], most=_MOST_NAMED)
        hint = f"write at the top `of: {{{ready}}}`, and a change of the base is told"
        yield problem(document, "unmarked_override", message, ("override",), at_key=True, hint=hint, severity="note")


def _holds_words(key: str, part: Part) -> bool:
    """Whether words for people stand in what is behind a key."""
    if isinstance(part.value, str):
        return key in _keys_of_words() and any(map(str.isalpha, part.value))
    return key in _keys_of_words() and any(_holds_words(key, inner) for inner in _inner(part))


def _inner(part: Part) -> Iterator[Part]:
    """What stands in a mapping or a list; names in a list are no words."""
    yield from part.entries.values()
    yield from (inner for item in part.items for inner in item.entries.values())


@cache
def _keys_of_words() -> frozenset[str]:
    records = records_below(Rubric)
    return frozenset(
        key for each in records for key, name in fields_in(each).items() if name in (*texts_in(each), *read_in(each))
    )


def _today(part: Part) -> str:
    if not isinstance(part.value, str):
        return ""
    text = " ".join(part.value.split())
    return f': "{text}"' if len(text) <= _EXCERPT else f': "{text[:_EXCERPT].rstrip()}..."'

"""Translations of a rubric: every text they name is there, and has one translation into a language."""

from collections.abc import Iterator

from assess.documents import SourceMap
from assess.model.finding_texts import figures_in
from assess.model.rubric import Rubric
from assess.problems import Problem, listing, nearest
from assess.translations import Entry, digest, entries, names_of_texts, quoting_keys, translatable_texts


def texts(rubric: Rubric, sources: SourceMap) -> Iterator[Problem]:
    """What is translated is a text of the rubric."""
    for entry in entries(rubric):
        if not entry.key:
            message = f"the rubric has no text '{entry.name}'{nearest(entry.name, names_of_texts(rubric))}"
            hint = "name an element and its field, such as speed.text, speed.options.low or speed.ask.desk"
            yield sources.problem("unknown_name", message, entry.anchor, "texts", entry.name, at_key=True, hint=hint)


def figures(rubric: Rubric, sources: SourceMap) -> Iterator[Problem]:
    """A translation that is used quotes the figures of its text."""
    translations = list(entries(rubric))
    if not translations:
        return
    texts, quoting = translatable_texts(rubric), quoting_keys(rubric)
    for entry in translations:
        text = texts.get(entry.key, "")
        if entry.key not in quoting or entry.of != digest(text) or not entry.says.strip():
            continue
        wanted, found = (sorted({*figures_in(words)}) for words in (text, entry.says))
        if wanted != found:
            shown = [f"{{{figure.question}{f' by {figure.role}' if figure.role else ''}}}" for figure in wanted]
            message = f"'{entry.name}' quotes other figures than the text it translates"
            hint = f"that text quotes {listing(shown)}" if shown else "that text quotes none"
            yield sources.problem("unknown_name", message, entry.anchor, "texts", entry.name, "says", hint=hint)


def once(rubric: Rubric, sources: SourceMap) -> Iterator[Problem]:
    """A text has one translation into a language."""
    seen: dict[tuple[str, str], Entry] = {}
    for entry in entries(rubric):
        first = seen.setdefault((entry.language, entry.key), entry)
        if entry.key and first is not entry:
            place = sources.problem("duplicate_id", "", first.anchor, "texts", first.name, at_key=True).location
            where = f"; the first is in {place.file}:{place.line}" if place else ""
            message = f"a second translation of '{entry.key}' into {entry.language}{where}"
            hint = "keep one of them"
            yield sources.problem("duplicate_id", message, entry.anchor, "texts", entry.name, at_key=True, hint=hint)


TRANSLATION_RULES = (texts, figures, once)

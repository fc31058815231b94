"""The file of a translation: a place for every text of a rubric, beside the text and its mark, and what is there."""

import json
import os
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from assess.documents import Document, SourceMap, problem, read, validated, wrong_kind
from assess.model.rubric import Rubric
from assess.model.translations import Translation, translation_anchor
from assess.problems import DocumentError, nearest
from assess.translations import digest, entries, names_of_texts, translatable_texts

KIND = "translation/1"
WIDTH = 110
SOURCE, WARNING = "  #| ", "  #! "
_OURS = re.compile(r"\s*#[|!]")
_NOTHING = re.compile(r"\s*(#.*)?")
_PLAIN = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")


class TranslationShare(NamedTuple):
    """How much of a rubric stands in a language: texts in all, translations that fit, and those of an older wording."""

    texts: int
    fitting: int
    stale: int


class Sheet(NamedTuple):
    """A file to write, and how much is translated with it."""

    text: str
    share: TranslationShare


class _Held(NamedTuple):
    """A translation that is there: its name as written, what it says, its remarks, and its lines; none to write out."""

    name: str
    says: str
    of: str
    remarks: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


def translation_sheet(rubric: Rubric, sources: SourceMap, language: str, home: Path, file: Path | None) -> Sheet:
    """The file of a translation with a place for every text; home: where the rubric stands.

    What stands in the file already is kept line by line, in the order of the rubric. What other files of the rubric
    translate stays there when the file belongs to the rubric, and is copied into any other. Raises DocumentError for a
    file that is something else.
    """
    texts, document = translatable_texts(rubric), _document(file, language)
    held = _held(document, rubric) if document else {}
    others = _others(rubric, sources, language, file)
    if file is None or not _is_inside(file, home):
        held, others = {**others, **held}, {}
    fitting = {key: each for key, each in {**others, **held}.items() if key in texts and each.says.strip()}
    stale = sum(each.of != digest(texts[key]) for key, each in fitting.items())
    head, tail = _frame(document, rubric, language)
    body = [line for key, text in texts.items() if key not in others for line in _place(key, text, held.get(key))]
    share = TranslationShare(len(texts), len(fitting) - stale, stale)
    return Sheet("\n".join([*head, *body, *tail]).rstrip("\n") + "\n", share)


def _document(file: Path | None, language: str) -> Document | None:
    """What a file holds that is to be written again; None where there is none, or nothing in it."""
    if file is None or not file.is_file() or not file.read_bytes().strip():
        return None
    document = read(file)
    wrong = wrong_kind(document, KIND)
    if wrong is None and document.data.get("language") != language:
        message = f"this file is a translation into '{document.data.get('language')}', and not into '{language}'"
        wrong = problem(document, "document_kind", message, ("language",), hint="name another file with -o")
    if wrong is not None:
        raise DocumentError([wrong])
    return document


def _held(document: Document, rubric: Rubric) -> Mapping[str, _Held]:
    """The translations of a file by the key of their text; raises DocumentError for what is no text of the rubric."""
    data = {key: value for key, value in document.data.items() if key != "assess"}
    found, problems = validated(document, Translation, data)
    names, texts = names_of_texts(rubric), found.texts if found else {}
    unknown = [name for name in texts if name not in names]
    told = (f"the rubric has no text '{name}'{nearest(name, names)}" for name in unknown)
    problems += tuple(
        problem(document, "unknown_name", message, ("texts", name), at_key=True, hint="take it out, or mend its name")
        for name, message in zip(unknown, told, strict=True)
    )
    if problems:
        raise DocumentError(problems)
    parts = _parts(document)
    return {names[name]: _Held(name, said.says, said.of, *parts[name]) for name, said in texts.items()}


def _parts(document: Document) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """The remarks above each text of a file, and its lines; raises DocumentError where several stand in one line."""
    starts = _starts(document)
    found: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    above = starts[0][1] if starts else 0
    while starts and above > 0 and _NOTHING.fullmatch(document.lines[above - 1]):
        above -= 1
    for place, (name, line) in enumerate(starts):
        end = starts[place + 1][1] if place + 1 < len(starts) else _end(document, line)
        below = end
        while place + 1 < len(starts) and below > line + 1 and _NOTHING.fullmatch(document.lines[below - 1]):
            below -= 1
        remarks = (each for each in document.lines[above:line] if each.strip() and not _OURS.match(each))
        found[name] = tuple(remarks), document.lines[line:below]
        above = below
    return found


def _starts(document: Document) -> Sequence[tuple[str, int]]:
    """The names of the texts of a file with their lines from 0."""
    names = tuple(document.data.get("texts") or ())
    places = [document.keys["texts", name] for name in names]
    alone = all(not document.lines[place.line - 1][: place.column - 1].strip() for place in places)
    if not alone or len({place.column for place in places}) > 1:
        message = "the texts stand in one line, where nothing can be written between them"
        hint = "write each on a line of its own below `texts:`, or name another file with -o"
        raise DocumentError([problem(document, "document_kind", message, ("texts",), at_key=True, hint=hint)])
    return [(name, place.line - 1) for name, place in zip(names, places, strict=True)]


def _end(document: Document, line: int) -> int:
    """The line after the last of a text that is the last of its file: something less indented follows, or nothing."""
    indent = _indent(document.lines[line])
    end = line + 1
    for place, other in enumerate(document.lines[line + 1 :], line + 1):
        if other.strip() and _indent(other) <= indent:
            break
        end = place + 1 if other.strip() else end
    return end


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _frame(document: Document | None, rubric: Rubric, language: str) -> tuple[Sequence[str], Sequence[str]]:
    """The lines before and behind the texts; those of a file that is there, without what is told anew."""
    if document is None:
        said = language if _PLAIN.fullmatch(language) else json.dumps(language, ensure_ascii=False)
        terms = [f"#   {name}: {word}" for name, word in rubric.terms.items()]
        told = ["# terms:    # how these words of the rubric stand in the texts below"] if terms else []
        return [f"assess: {KIND}", f"language: {said}", *told, *terms, "texts:"], []
    starts = _starts(document)
    if not starts:
        key = document.keys.get(("texts",))
        left = [line for place, line in enumerate(document.lines, 1) if key is None or place != key.line]
        return [*left, "texts:"], []
    first, last = starts[0][1], _end(document, starts[-1][1])
    while _NOTHING.fullmatch(document.lines[first - 1]):
        first -= 1
    return document.lines[:first], document.lines[last:]


def _others(rubric: Rubric, sources: SourceMap, language: str, file: Path | None) -> Mapping[str, _Held]:
    """The translations into a language that stand in other files of the rubric, by the key of their text."""
    own = os.path.realpath(file) if file else ""
    homes = {place: sources.anchors.get(translation_anchor(place)) for place in range(len(rubric.translations))}
    elsewhere = {
        translation_anchor(n) for n, home in homes.items() if home is None or os.path.realpath(home[0].name) != own
    }
    found = {
        entry.key: _Held(entry.name, entry.says, entry.of)
        for entry in entries(rubric)
        if entry.language == language and entry.anchor in elsewhere and entry.key
    }
    return {key: held for key, held in found.items() if held.says.strip()}


def _is_inside(file: Path, home: Path) -> bool:
    return home.is_dir() and Path(os.path.realpath(file)).is_relative_to(os.path.realpath(home))


def _place(key: str, text: str, held: _Held | None) -> Iterator[str]:
    """The lines of one text: the text itself, what is wrong with its translation, and the translation or its place."""
    yield ""
    if held:
        yield from held.remarks
    for line in text.split("\n"):
        yield from textwrap.wrap(
            line, WIDTH, initial_indent=SOURCE, subsequent_indent=SOURCE, break_long_words=False, break_on_hyphens=False
        )
    mark = digest(text)
    if held is None or not held.says.strip():
        yield from _written(held.name if held else key, "", mark)
        return
    if held.of != mark:
        since = "the text was changed since" if held.of else "nothing says which wording this translates"
        yield f"{WARNING}{since}: read both, then write of: {mark}"
    yield from held.lines or _written(held.name, held.says, held.of)


def _written(name: str, says: str, mark: str) -> Iterator[str]:
    yield f"  {name}:"
    yield f"    says: {json.dumps(says, ensure_ascii=False)}"
    if mark:
        yield f"    of: {mark}"

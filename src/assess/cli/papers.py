"""The set of papers written into a folder: what somebody edited is kept, what is no longer written goes.

How that is known is written down in docs/decisions/0057-a-set-of-papers.md.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

import typer

from assess.cli.files import unwritable, write_folder, write_whole
from assess.cli.kept import is_edited, keep
from assess.cli.output import json_text
from assess.model.facts import FactKey, Facts, number_facts

if TYPE_CHECKING:
    from assess.workflow import Assessment

MANIFEST = "internal/papers.json"
KIND = "papers/1"
REPORT = "internal/report.json"
GOING = ("cards/", "charts/")
"""Folders from which a paper goes when it is no longer written."""
PAGE = ".html"
"""A page goes too: it would tell figures of an issue before beside a paper with those of this one."""
DIGITS = 12


class EditedPaper(NamedTuple):
    """A paper that was edited by hand: the lines that are new in it, and where it is kept; None without its lines."""

    path: str
    kept: Path
    lines: tuple[tuple[int, str], ...] | None


class Manifest(NamedTuple):
    """What the issue before left: by path the hash of each line, in order, and the number of every fact so far."""

    lines: Mapping[str, Sequence[str]]
    numbers: Mapping[FactKey, int]


def issue_json(found: "Assessment") -> dict[str, str]:
    """Scores, facts and plan of an issue as one JSON document, `report/1`, by its path in the set."""
    from assess.cli.plan_formats import plan_json
    from assess.export import scorecard_json
    from assess.export.facts import facts_json

    told = {
        "assess": "report/1",
        "scorecard": scorecard_json(found, found.diagnosis, found.problems),
        "facts": facts_json(found.facts, found.plan),
        "plan": plan_json(found),
    }
    return {REPORT: json_text(told)}


def read_manifest(folder: Path) -> Manifest:
    """What the issue before left in a folder; empty where it left nothing that can be read."""
    with contextlib.suppress(OSError, ValueError, TypeError, LookupError, AttributeError):
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        lines = {path: tuple(map(str, each)) for path, each in told["papers"].items() if _inside(path)}
        numbers = {FactKey(str(home), str(signal)): int(number) for home, signal, number in told.get("numbers", ())}
        return Manifest(lines, numbers)
    return Manifest({}, {})


def _inside(path: str) -> bool:
    """Whether a path stays in the folder."""
    parts = PurePosixPath(path).parts
    return bool(parts) and ".." not in parts and not path.startswith("/")


def write_set(folder: Path, papers: Mapping[str, str], before: Manifest, facts: Facts) -> None:
    """Write a set of papers; raises DocumentError.

    What was edited since it was written is kept beside the new paper, which names the lines of it that are new. What
    is no longer written goes if nobody touched it.
    """
    edited = [_kept(folder, path, before) for path in papers if _was_edited(folder, path, before)]
    for each in edited:
        typer.echo(f"the edited {folder / each.path} is kept as {each.kept}", err=True)
    written = _sealed(papers, {each.path: each for each in edited})
    hashes = {path: _hashes(text) for path, text in written.items()}
    numbers = [[*key, number] for key, number in number_facts(facts.found, before.numbers).items()]
    written[MANIFEST] = json_text({"assess": KIND, "papers": hashes, "numbers": numbers})
    gone = [path for path in before.lines if path not in papers and (path.startswith(GOING) or path.endswith(PAGE))]
    if _is_new(folder):
        write_folder(folder, written)
        return
    for path, text in written.items():
        _make_folder((folder / path).parent)
        write_whole(folder / path, text)
    for path in gone:
        _take_away(folder, path, before)


def _is_new(folder: Path) -> bool:
    return not os.path.isdir(folder) or not any(folder.iterdir())  # noqa: PTH112 - never raises


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, (error.strerror or str(error)).lower()) from None


def _sealed(papers: Mapping[str, str], edited: Mapping[str, EditedPaper]) -> dict[str, str]:
    """The papers as they are written: Markdown with what was edited before, and a seal."""
    from assess.render import add_edits, seal

    done = dict(papers)
    for path, text in papers.items():
        if path.endswith(".md"):
            each = edited.get(path)
            done[path] = seal(add_edits(text, each.kept.name, each.lines) if each else text)
    return done


def _hashes(text: str) -> list[str]:
    return [hashlib.sha256(line.encode()).hexdigest()[:DIGITS] for line in text.splitlines()]


def _read(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _was_edited(folder: Path, path: str, before: Manifest) -> bool:
    """Whether what stands at the place of a paper is not what was written there."""
    file = folder / path
    if path.endswith(".md"):
        return is_edited(file)
    return os.path.exists(file) and _hashes(_read(file) or "") != [*before.lines.get(path, ())]  # noqa: PTH110 - never raises


def _kept(folder: Path, path: str, before: Manifest) -> EditedPaper:
    file = folder / path
    text, known = _read(file), before.lines.get(path)
    lines = tuple(_new_lines(text, known)) if text is not None and known is not None else None
    return EditedPaper(path, keep(file), lines)


def _new_lines(text: str, known: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines of a paper that are not those that were written, with their numbers, blank ones left out."""
    lines = text.splitlines()
    matcher = SequenceMatcher(None, known, _hashes(text), autojunk=False)
    for kind, _, _, start, end in matcher.get_opcodes():
        if kind != "equal":
            yield from ((at + 1, lines[at]) for at in range(start, end) if lines[at].strip())


def _take_away(folder: Path, path: str, before: Manifest) -> None:
    """Remove a paper that is no longer written; one that was edited stays, and is named."""
    file = folder / path
    if not os.path.exists(file):  # noqa: PTH110 - never raises
        return
    if _was_edited(folder, path, before):
        typer.echo(f"{file} is no longer written; it was edited, and stays", err=True)
        return
    try:
        file.unlink()
    except OSError as error:
        raise unwritable(file, (error.strerror or str(error)).lower()) from None

"""Names the files that look like part of an engagement and are not read."""

import os
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from assess.collect.context import Problems
from assess.collect.files import AGREED, ANSWERS, DECISIONS, ENGAGEMENT, AnswerFile, below, decision_paths
from assess.documents import Document, is_yaml, printable
from assess.problems import Location, Problem, listing, nearest

OTHERS = frozenset({"ledgers", "issued"})
"""Folders of an engagement that other commands read or write."""
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".fods", ".numbers", ".gsheet"})
_TABLES = frozenset({".csv", ".tsv", ".tab"})
_LEFTOVER = re.compile(r"~\$.*|.*~|#.*#|.*\.(sw[a-p]|tmp|lock)|thumbs\.db|desktop\.ini|readme(\.\w+)?", re.IGNORECASE)
_OF_YAML = re.compile(r"(.+?)\.ya?ml(?=\W)", re.IGNORECASE)
_SAYS_SO = re.compile(r"^[\s{]*[\"']?assess[\"']?\s*:\s*[\"']?(?:answers|agreed)/", re.MULTILINE)
_DECIDES = re.compile(r"^[\s{]*[\"']?assess[\"']?\s*:\s*[\"']?decisions/", re.MULTILINE)
_OURS = re.compile(r"<!-- assess:")
_HEAD = 4096
_MOST = 500
_BY_HAND = "write what it says into an answers file (assess new writes one for each role), or move it elsewhere"


class _Scope(NamedTuple):
    """The folder of an engagement, and the files in it that are read or named by something."""

    home: Path
    known: frozenset[str]

    def minds(self, file: Path) -> bool:
        """Whether a file is worth a word: not known, no editor's, and none that a command of this program wrote."""
        above = {part.lower() for part in file.relative_to(self.home).parts[:-1]}
        if _LEFTOVER.fullmatch(file.name) or OTHERS & above or os.path.realpath(file) in self.known:
            return False
        return not _OURS.search(_ends(file))


def stray_files(
    path: Path, document: Document, files: Iterable[AnswerFile], unseen: Container[str] = frozenset()
) -> Problems:
    """A warning for each file that nobody reads, though its place, its name or its beginning is that of answers.

    path: the engagement, a folder or a file; document: what stands in its main file. Left out are files that evidence
    names, hidden ones, those of editors and of other commands. unseen: names of documents whose evidence is left aside.
    """
    files = tuple(files)
    home = path if path.is_dir() else path.parent
    documents = [document, *(f.document for f in files if f.document and f.document.name not in unseen)]
    named = {os.path.realpath(home / name) for part in documents for name in _named(part.data)}
    whole = path.is_dir() or path.name == ENGAGEMENT
    read = [*(file.path for file in files), *(decision_paths(home) if whole else ())]
    scope = _Scope(home, frozenset(named | {os.path.realpath(file) for file in read}))
    if whole:
        among = (file for file in below(home / ANSWERS, []) if not is_yaml(file.name) and scope.minds(file))
        return (*map(_not_read, among), *_elsewhere(scope))
    return () if (home / ENGAGEMENT).exists() else tuple(_beside(path, scope))


def _named(value: object) -> Iterator[str]:
    """Every file that something in a document names."""
    if isinstance(value, Mapping):
        file = value.get("file")
        yield from [file.replace("\\", "/")] if isinstance(file, str) and "\0" not in file else []
    for inner in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        yield from _named(inner)


def _ends(file: Path) -> str:
    """The first and the last characters of a file; empty when it cannot be read."""
    try:
        with file.open("rb") as content:
            first = content.read(_HEAD)
            content.seek(max(0, os.fstat(content.fileno()).st_size - _HEAD))
            return (first + b"\n" + content.read(_HEAD)).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""


def _is_answers(file: Path) -> bool:
    """Whether a file says in its beginning that it holds answers."""
    return file.is_file() and bool(_SAYS_SO.search(_ends(file)[:_HEAD]))


def _is_decisions(file: Path) -> bool:
    """Whether a file says in its beginning that it holds decisions."""
    return file.is_file() and bool(_DECIDES.search(_ends(file)[:_HEAD]))


def _decides(file: Path) -> Problem:
    """A file of decisions that stands somewhere else than where they are read."""
    hint = f"move what it decides to {DECISIONS} beside {ENGAGEMENT}"
    return _problem(file, f"decisions are read from {DECISIONS} beside {ENGAGEMENT} only", hint)


def _not_read(file: Path) -> Problem:
    """A file of the answers folder that is not YAML by its name."""
    kind, suffix = "", file.suffix.lower()
    if suffix in _WORKBOOKS:
        kind = "it is a workbook, and answers are YAML"
    elif suffix in _TABLES:
        kind = "it is a table of values (CSV), and answers are YAML"
    return _problem(file, kind or "the names of answers files end in .yaml", _BY_HAND if kind else _renaming(file))


def _renaming(file: Path) -> str:
    """How a file of answers under another name comes to be read."""
    found = _OF_YAML.match(file.name)
    if not found and not _is_answers(file):
        return _BY_HAND
    name = f"{found[1] if found else file.stem}.yaml"
    if file.with_name(name).exists():
        return f"{name} is there already: give this one a name of its own that ends in .yaml, or move it elsewhere"
    return f"rename it to {name}"


def _elsewhere(scope: _Scope) -> Iterator[Problem]:
    """Answers beside the answers folder, and folders of another name that hold answers."""
    for place in _listed(scope.home):
        if place.is_dir():
            yield from _folder(place, scope)
        elif place.name != ENGAGEMENT and _is_decisions(place) and scope.minds(place):
            yield _decides(place)
        elif place.name != ENGAGEMENT and scope.minds(place) and (_is_answers(place) or _sounds(place)):
            found = _OF_YAML.match(f"{place.name} ")
            kept = place.suffix.lower() in _WORKBOOKS | _TABLES
            hint = _BY_HAND if kept else f"move it to {ANSWERS}/{found[1] if found else place.stem}.yaml"
            yield _problem(place, f"answers are read from the folder {ANSWERS} only", hint)


def _sounds(file: Path) -> bool:
    """Whether a file is called like answers, and is no text about them."""
    stem, suffix = file.name.partition(".")[0].lower(), file.suffix.lower()
    if stem in (AGREED.partition(".")[0], ANSWERS):
        return is_yaml(file.name) or suffix in ("", ".txt", ".json", *_WORKBOOKS, *_TABLES)
    return suffix in _WORKBOOKS | _TABLES and "answer" in stem


def _folder(place: Path, scope: _Scope) -> Iterator[Problem]:
    """A folder that is not read and holds answers; one with an engagement of its own is left alone."""
    if place.name == ANSWERS or _same(place, place.with_name(ANSWERS)):
        return
    within = [file for file in _few(place) if scope.minds(file)]
    if any(file.name == ENGAGEMENT for file in within):
        return
    like = bool(nearest(place.name.lower(), [ANSWERS]))
    yield from (_decides(file) for file in within if _is_decisions(file))
    found = [file for file in within if _is_answers(file) or (like and (is_yaml(file.name) or _sounds(file)))]
    if found:
        names = listing([printable(file.relative_to(place).as_posix()) for file in found], most=4)
        holds = f"it holds {names}, and answers are read from the folder {ANSWERS} only"
        free = not place.with_name(ANSWERS).exists()
        yield _problem(place, holds, f"rename it to {ANSWERS}" if free else f"move its files to {ANSWERS}")


def _few(place: Path) -> list[Path]:
    """The first files below a folder."""
    found = below(place, [])
    return [file for file, _ in zip(found, range(_MOST), strict=False)]


def _listed(home: Path) -> list[Path]:
    try:
        return sorted(place for place in home.iterdir() if not place.name.startswith("."))[:_MOST]
    except OSError:
        return []


def _same(one: Path, other: Path) -> bool:
    """Whether two paths are one place, as two capitals are on some systems."""
    return os.path.realpath(one) == os.path.realpath(other) or (other.exists() and one.samefile(other))


def _beside(path: Path, scope: _Scope) -> Iterator[Problem]:
    """Answers beside an engagement of one file, which holds its answers itself."""
    for place in _listed(scope.home):
        held = place.is_dir() and place.name.lower() == ANSWERS and any(_is_answers(file) for file in _few(place))
        if held or (is_yaml(place.name) and _is_answers(place) and scope.minds(place)):
            reason = f"{printable(path.name)} is an engagement of one file, which holds its answers itself"
            yield _problem(place, reason, f"name the file {ENGAGEMENT}, its answers {ANSWERS}/..., and give the folder")
        elif is_yaml(place.name) and _is_decisions(place) and scope.minds(place):
            reason = f"{printable(path.name)} is an engagement of one file, which holds its decisions itself"
            yield _problem(place, reason, "put what it says into the engagement, below `decisions:`")


def _problem(path: Path, reason: str, hint: str) -> Problem:
    name = printable(str(path))
    return Problem("not_read", f"{name} is not read: {reason}", Location(name), hint, "warning")

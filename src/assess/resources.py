"""Where rubrics and templates are: folders the user names, `rubrics` where the user stands, what is shipped."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from assess.problems import DocumentError, Problem, listing, nearest

_PACKAGE = Path(__file__).parent
_SUFFIXES = (".yaml", ".yml")
_HERE = Path()
_MOST_SHOWN = 60
# The kind and the id of a rubric, as they stand at the top of its file in block or in flow style.
_ID = r"""["']?([a-z][a-z0-9_]*)"""
_BLOCK = (re.compile(r"""(?m)^assess:\s*["']?(?:rubric|overlay)/1\b"""), re.compile(rf"(?m)^id:[ ]*{_ID}"))
_FLOW = (
    re.compile(r"""["'{,\s]assess["']?:\s*["']?(?:rubric|overlay)/1\b"""),
    re.compile(rf"""["'{{,\s]id["']?:\s*{_ID}"""),
)


def shipped(name: str) -> Path:
    """The folder `rubrics` or `templates` that comes with the program, installed or in a checkout."""
    installed = _PACKAGE / "_data" / name
    return installed if installed.exists() else _PACKAGE.parents[1] / name


def rubric_folders(extra: Sequence[Path], here: Path = _HERE) -> tuple[Path, ...]:
    """The folders that may hold rubrics, in the order they are searched: `extra`, `rubrics` in `here`, shipped.

    Folders that do not exist are left out, and none stands twice.
    """
    found: dict[str, Path] = {}
    for folder in (*extra, here / "rubrics", shipped("rubrics")):
        if os.path.isdir(folder):  # noqa: PTH112 - never raises
            found.setdefault(os.path.realpath(folder), folder)
    return tuple(found.values())


def template_folders(extra: Sequence[Path]) -> tuple[Path, ...]:
    """The folders templates are taken from, the shipped one last.

    Raises DocumentError for one of `extra` that is no folder: its templates would be missed without a word.
    """
    missing = [folder for folder in extra if not os.path.isdir(folder)]  # noqa: PTH112 - never raises
    if missing:
        raise DocumentError(Problem("file_missing", f"no folder {str(folder)!r}") for folder in missing)
    return (*extra, shipped("templates"))


def list_rubrics(extra: Sequence[Path], here: Path = _HERE) -> Mapping[str, Path]:
    """Every rubric by its name, in alphabetical order; where two share a name, the one found first.

    A rubric is a folder with YAML files, or one YAML file, in one of the rubric folders.
    """
    return dict(sorted(_rubrics(extra, here).items()))


def _rubrics(extra: Sequence[Path], here: Path) -> dict[str, Path]:
    """Every rubric by its name, in the order in which they are found."""
    found: dict[str, Path] = {}
    for folder in rubric_folders(extra, here):
        for path in _entries(folder):
            if path.suffix in _SUFFIXES or any(inner.suffix in _SUFFIXES for inner in _entries(path)):
                found.setdefault(path.name if path.is_dir() else path.stem, path)
    return found


def _entries(folder: Path) -> tuple[Path, ...]:
    """What stands in a folder, hidden files aside; nothing in what is no folder or cannot be read."""
    try:
        return tuple(sorted(path for path in folder.iterdir() if not path.name.startswith(".")))
    except OSError:
        return ()


def identity(path: Path) -> str:
    """The id that the rubric or overlay in a folder or file gives itself; empty when it cannot be seen at a glance.

    Only its head is looked at: whether the rest is sound does not matter for finding it.
    """
    files = [path] if path.is_file() else [path / "rubric.yaml", *sorted(path.rglob("*.y*ml"))]
    for file in files:
        try:
            text = file.read_text(encoding="utf-8", errors="replace")
        except (OSError, ValueError):
            continue
        kind, name = _FLOW if text.lstrip().startswith("{") else _BLOCK
        found = name.search(text) if kind.search(text) else None
        if found:
            return found[1]
    return ""


def find_rubric(name_or_path: str | Path, extra: Sequence[Path], here: Path = _HERE) -> Path:
    """The folder or file of a rubric, by its id, by its name or by path; a known rubric wins over a path.

    The name is that of its folder or file, and need not be the id. Raises DocumentError with the known rubrics and
    the nearest spelling when there is none.
    """
    wanted = str(name_or_path)
    known = _rubrics(extra, here)
    carrier = next((path for path in known.values() if identity(path) == wanted), None)
    if carrier or wanted in known:
        return carrier or known[wanted]
    if wanted and os.path.exists(here / wanted):  # noqa: PTH110 - never raises
        return here / wanted
    raise DocumentError([_no_rubric(wanted[:_MOST_SHOWN], known, rubric_folders(extra, here))])


def _no_rubric(name: str, known: Mapping[str, Path], folders: Sequence[Path]) -> Problem:
    """What to say of a name that no rubric has: what cannot be read, else what there is."""
    for place in (*folders, *(folder / name for folder in folders)):
        if reason := _unreadable(place):
            message = f"no rubric {name!r} was found, and {str(place)!r} cannot be read: {reason}"
            return Problem("file_missing", message, hint="check who may read it")
    names = sorted({*known, *filter(None, map(identity, known.values()))})
    hint = f"known rubrics: {listing(names)}" if known else "no folder of rubrics was found; name one"
    return Problem("file_missing", f"no rubric {name!r}{nearest(name, names)}", hint=hint)


def _unreadable(folder: Path) -> str:
    """Why a folder that is there cannot be read; empty when it can, or is none."""
    try:
        next(folder.iterdir(), None)
    except PermissionError as error:
        return (error.strerror or str(error)).lower()
    except (OSError, ValueError):
        return ""
    return ""

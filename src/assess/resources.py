"""Where rubrics and templates are: folders the user names, `rubrics` where the user stands, what is shipped."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from assess.problems import DocumentError, Problem, listing, nearest

_PACKAGE = Path(__file__).parent
_SUFFIXES = (".yaml", ".yml")
_HERE = Path()
_MOST_SHOWN = 60


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
    found: dict[str, Path] = {}
    for folder in rubric_folders(extra, here):
        for path in _entries(folder):
            if path.suffix in _SUFFIXES or any(inner.suffix in _SUFFIXES for inner in _entries(path)):
                found.setdefault(path.name if path.is_dir() else path.stem, path)
    return dict(sorted(found.items()))


def _entries(folder: Path) -> tuple[Path, ...]:
    """What stands in a folder, hidden files aside; nothing in what is no folder or cannot be read."""
    try:
        return tuple(sorted(path for path in folder.iterdir() if not path.name.startswith(".")))
    except OSError:
        return ()


def find_rubric(name_or_path: str | Path, extra: Sequence[Path], here: Path = _HERE) -> Path:
    """The folder or file of a rubric, by name or by path; a name among the known rubrics wins over a path.

    Raises DocumentError with the known rubrics and the nearest spelling when there is none.
    """
    wanted = str(name_or_path)
    known = list_rubrics(extra, here)
    if wanted in known:
        return known[wanted]
    if wanted and os.path.exists(here / wanted):  # noqa: PTH110 - never raises
        return here / wanted
    name = wanted[:_MOST_SHOWN]
    hint = f"known rubrics: {listing(tuple(known))}" if known else "no folder of rubrics was found; name one"
    raise DocumentError([Problem("file_missing", f"no rubric {name!r}{nearest(name, known)}", hint=hint)])

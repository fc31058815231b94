"""Files beside a rubric that say they are part of it and are read by no command."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from assess.documents import is_yaml, printable
from assess.load import KINDS
from assess.problems import Location, Problem

# What programs make of `x.yaml`; the copies that editors keep (`~`, `.bak`) are meant to be passed over.
RENAMED = re.compile(r".*\.ya?ml\.(txt|text|yaml|yml|json)|.*\.ya?ml_|.*\.(yaml|yml)\.\w*download", re.IGNORECASE)
FIRST = 4096
VERSIONED = (".git", ".hg", ".svn")


def stray_parts(path: Path) -> Iterator[Problem]:
    """Hidden files and files under another ending that hold a part of a rubric, in the folder of the one at a path."""
    if not path.is_dir():
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if name not in VERSIONED)
        for name in sorted(names):
            file = Path(folder, name)
            hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
            if (hidden and is_yaml(name.lstrip("."))) or RENAMED.fullmatch(name):
                yield from _stray(file, hidden=hidden)


def _stray(file: Path, *, hidden: bool) -> Iterator[Problem]:
    try:
        with file.open(encoding="utf-8", errors="replace") as opened:
            start = opened.read(FIRST)
    except OSError:
        return
    kind = re.search(r"^assess:\s*(\S+)", start, re.MULTILINE)
    if kind and kind[1] in KINDS:
        shown = printable(file.name)
        message = f"'{shown}' says `assess: {kind[1]}` and is not read"
        hint = "name it without the dot at the beginning" if hidden else f"name it {shown.rpartition('.')[0]}"
        hint += ", or move it out of the folder"
        yield Problem("not_read", message, Location(printable(str(file))), hint, "note" if hidden else "warning")

"""Which files of the checkout are the project's: people keep notes and reports of their own beside them."""

import subprocess
import tomllib
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def ours(*patterns, root=ROOT):
    """The project's files whose path fits one of the patterns (`*` reaches into folders), in order."""
    names = tracked(root) or packed(root)
    return [root / name for name in sorted(names) if any(fnmatch(name, pattern) for pattern in patterns)]


def tracked(root):
    """What git tracks; nothing without git, or where its repository is not that of this project."""
    try:
        done = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=False)
    except OSError:
        return set()
    names = {name for name in done.stdout.split("\0") if name and (root / name).is_file()}
    return names if "pyproject.toml" in names else set()


def packed(root):
    """What the source distribution is made of, in a copy that no longer knows what is tracked."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    named = {"README.md", *project["tool"]["hatch"]["build"]["targets"]["sdist"]["only-include"]}
    files = (path for name in named for path in [root / name, *(root / name).rglob("*")] if path.is_file())
    return {path.relative_to(root).as_posix() for path in files}

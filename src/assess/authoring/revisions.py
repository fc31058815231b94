"""Rubrics by name, by path, or as they were in a revision of git: `REV:PATH`, as git itself writes it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, NoReturn

from assess.authoring.test.expectations import opened
from assess.documents import is_yaml, printable
from assess.model.rubric import Rubric
from assess.problems import DocumentError, Problem
from assess.resources import find_rubric, list_rubrics
from assess.workflow import load_rubric

SECONDS = 60
_FILE = ("100644", "100755", "100664")
_HERE = Path()


class _Entry(NamedTuple):
    """A file in a revision: its mode, the name of its content, and its path below the folder that was asked for."""

    mode: str
    content: str
    path: str


def rubric_at(name: str, rubrics: Sequence[Path] = (), here: Path = _HERE) -> Rubric:
    """The rubric of a name, a path or `REV:PATH`; a name or a path that is there wins.

    A path behind a revision starts at the top of the repository that `here` is in, or with `./` at `here`. Raises
    DocumentError with every mistake in the rubric, and when there is no git, no such revision or no such path.
    """
    known = name in list_rubrics(rubrics, here) or os.path.exists(here / name)  # noqa: PTH110 - never raises
    if ":" not in name or known:
        return load_rubric(find_rubric(name, rubrics, here))
    with tempfile.TemporaryDirectory(prefix="assess-") as place:
        folder = Path(place).resolve()
        root = _unpacked(name, folder, here)
        try:
            return opened(root)[0]
        except DocumentError as error:
            raise DocumentError(_placed(problem, folder, root, name) for problem in error.problems) from None


def _placed(problem: Problem, folder: Path, root: Path, name: str) -> Problem:
    """A problem at the path it has in the revision."""
    message = problem.message.replace(str(root), name)
    where = problem.location
    if where is None:
        return replace(problem, message=message)
    below = Path(where.file).relative_to(root).as_posix() if where.file.startswith(str(folder)) else where.file
    file = name if below == "." else f"{name.rstrip('/')}/{below}"
    return replace(problem, message=message, location=replace(where, file=file))


def _unpacked(name: str, folder: Path, here: Path) -> Path:
    """The files of a revision's folder or file below a folder; the path of the rubric there."""
    revision, _, path = name.partition(":")
    if not revision or revision.startswith("-"):
        _refuse(name, f"'{printable(revision)}' is no revision", "write REV:PATH, such as v1.0:rubrics/my_rubric")
    found = _git(["rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"], here)
    if found is None:
        _refuse(name, f"git knows no revision '{printable(revision)}' here", "see `git tag` and `git log`")
    content = _git(["rev-parse", "--verify", "--quiet", f"{revision}:{path}"], here)
    if content is None:
        hint = "paths start at the top of the repository; begin with ./ to start where you are"
        _refuse(name, f"the revision '{printable(revision)}' has no '{printable(path)}'", hint)
    thing = content.decode().strip()
    if _read(["cat-file", "-t", thing], here, name).strip() != b"tree":
        root = folder / (Path(path).name or "rubric.yaml")
        root.write_bytes(_read(["cat-file", "blob", thing], here, name))
        return root
    for entry in _entries(_read(["ls-tree", "-r", "-z", "--full-tree", thing], here, name)):
        _unpack(entry, folder, here, name)
    return folder


def _entries(listed: bytes) -> list[_Entry]:
    """The YAML files of a tree, as `git ls-tree` lists them; hidden ones are passed over as in a folder."""
    found = []
    for line in listed.split(b"\0")[:-1]:
        about, _, path = line.partition(b"\t")
        mode, _, content = about.decode().split(" ")
        entry = _Entry(mode, content, os.fsdecode(path))
        *folders, file = entry.path.split("/")
        if is_yaml(file) and not any(name.startswith(".") for name in folders):
            found.append(entry)
    return found


def _unpack(entry: _Entry, folder: Path, here: Path, name: str) -> None:
    target = folder / entry.path
    if entry.mode not in _FILE or not target.resolve().is_relative_to(folder):
        hint = "take the folder out with `git worktree add` and name that"
        _refuse(name, f"'{printable(entry.path)}' is a link or another repository, and is not followed", hint)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(_read(["cat-file", "blob", entry.content], here, name))


def _read(words: list[str], here: Path, name: str) -> bytes:
    """What git prints; raises DocumentError where it fails, as on a damaged repository."""
    found = _git(words, here)
    if found is None:
        _refuse(name, "git could not read it", "see `git fsck`")
    return found


def _git(words: list[str], here: Path) -> bytes | None:
    """What git prints, None where it fails; raises DocumentError without git and when it takes too long."""
    program = shutil.which("git")
    if program is None:
        message = "git was not found; a revision cannot be read without it"
        hint = "install git, or take the old rubric out of the repository and name its folder"
        raise DocumentError([Problem("revision", message, hint=hint)])
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and no word begins with a dash but our own
            [program, *words], cwd=here, capture_output=True, timeout=SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        message = f"git did not answer within {SECONDS} seconds"
        raise DocumentError([Problem("revision", message, hint="try again, or name a folder")]) from None
    except (OSError, ValueError):
        return None
    return done.stdout if done.returncode == 0 else None


def _refuse(name: str, message: str, hint: str) -> NoReturn:
    raise DocumentError([Problem("revision", f"{printable(name)}: {message}", hint=hint)])

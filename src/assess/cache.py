"""What was worked out before, kept between runs in a folder that only this user may read."""

import contextlib
import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import VERSION

_PACKAGE = Path(__file__).parent
_OTHERS = 0o077
_KEPT_IN: ContextVar[Path | None] = ContextVar("kept_in", default=None)

T = TypeVar("T")


def cached(name: str, state: Callable[[], str | None], make: Callable[[], T]) -> T:
    """What `make` returned for the same state of what is named before, or returns now; one result is kept per name.

    A result is taken up again only by the same program, only whole, and only from a folder nobody else may write to:
    anything else in its place is made anew. Nothing is kept without a state, or when the state after making is not the
    one before: nobody knows then which of the two was made from. Whatever `make` raises is raised and not kept.
    """
    folder = _folder()
    before = state() if folder else None
    if folder is None or before is None:
        return make()
    file = folder / f"{hashlib.sha256(os.fsencode(name)).hexdigest()[:32]}.kept"
    seal = hashlib.sha256(os.fsencode(f"{_program()} {name} {before}")).digest()
    with contextlib.suppress(Exception):
        payload = _whole(file, seal)
        if payload is not None:
            found: T = pickle.loads(payload)  # noqa: S301 - as safe as the program's own compiled files
            return found
    made = make()
    with contextlib.suppress(Exception):
        if state() == before:
            payload = pickle.dumps(made, pickle.HIGHEST_PROTOCOL)
            _write(file, seal + hashlib.sha256(payload).digest() + payload)
    return made


def _whole(file: Path, seal: bytes) -> bytes | None:
    """What was kept in a file under a seal; None when it is another's, or not as it was written."""
    if not file.is_file():
        return None
    content = file.read_bytes()
    start = len(seal) + hashlib.sha256().digest_size
    payload = content[start:]
    return payload if content[:start] == seal + hashlib.sha256(payload).digest() else None


def keep_in(folder: Path) -> None:
    """Keep results in a folder from now on, which is made if need be; before that nothing is kept."""
    _KEPT_IN.set(folder)


def _folder() -> Path | None:
    """The folder of kept results; None where there is none that belongs to this user alone."""
    folder = _KEPT_IN.get()
    try:
        if folder is None:
            return None
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return None
    own = os.name == "nt" or (found.st_uid == os.getuid() and not found.st_mode & _OTHERS)
    return folder if own and folder.is_dir() else None


@lru_cache(maxsize=1)
def _program() -> str:
    """What a kept result depends on beside its input: this program to the last edit, its libraries, and Python."""
    files = sorted((str(file), *file.stat()[6:9:2]) for file in _PACKAGE.rglob("*.py"))
    return f"{sys.version} {VERSION} {files}"


def _write(file: Path, content: bytes) -> None:
    """Put the file in place whole, or not at all."""
    handle, beside = tempfile.mkstemp(dir=file.parent, suffix=".new")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        Path(beside).replace(file)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise

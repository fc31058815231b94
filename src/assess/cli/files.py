"""Files and folders written whole or not at all; what stood there stays until all of the new is there."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from assess.problems import DocumentError, Problem

LEFTOVER = ".assess."


def write_whole(path: Path, text: str) -> None:
    """Write a text as `write_bytes_whole` does, in UTF-8 and with plain line ends."""
    write_bytes_whole(path, text.encode("utf-8"))


def write_bytes_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place, then rename it there; raises DocumentError and leaves the old one untouched."""
    refuse_unwritable(path)
    target, temporary = Path(os.path.realpath(path)), ""
    try:
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(mode)
        Path(temporary).replace(target)
        temporary = ""
    except OSError as error:
        raise unwritable(path, (error.strerror or str(error)).lower()) from None
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def refuse_unwritable(path: Path) -> None:
    """Raise DocumentError for a place where no file can stand."""
    if os.path.isdir(path):  # noqa: PTH112 - never raises
        raise unwritable(path, "it is a folder", f"name a file in it, such as {path / 'roadmap.md'}")
    if os.path.exists(path) and not os.path.isfile(path):  # noqa: PTH110, PTH113 - never raise
        raise unwritable(path, "it is not an ordinary file", "leave -o out to write to standard output")
    if not os.path.isdir(path.parent):  # noqa: PTH112 - never raises
        raise unwritable(path, f"there is no folder {path.parent}", "make the folder first, or name another place")


def refuse_occupied(path: Path) -> None:
    """Raise DocumentError where no file can stand whose name is not for the caller to choose."""
    if os.path.isdir(path):  # noqa: PTH112 - never raises
        raise unwritable(path, "it is a folder", "move the folder away, or give it another name")
    refuse_unwritable(path)


def unwritable(path: Path, reason: str, hint: str = "name another place, or make this one writable") -> DocumentError:
    """The error for an output that cannot be written."""
    message = f"{path} cannot be written: {reason}; what was there is untouched"
    return DocumentError([Problem("file_unwritable", message, hint=hint)])


def _umask() -> int:
    """The permissions new files do without; the only way to ask is to set it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def make_empty(folder: Path) -> None:
    """Make a folder; raises DocumentError when something stands in it or it cannot be made.

    What a run that was ended from outside left there is nothing.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        occupied = any(not path.name.startswith(LEFTOVER) for path in folder.iterdir())
    except OSError as error:
        message = f"{folder} cannot be made: {(error.strerror or str(error)).lower()}"
        raise DocumentError([Problem("file_unwritable", message, hint="name another folder")]) from None
    if occupied:
        message = f"{folder} is not empty; nothing in it was touched"
        raise DocumentError([Problem("file_unwritable", message, hint="name a folder that does not exist yet")])


def write_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Make a folder of texts by path, all of them or none; raises DocumentError."""
    with made_whole(folder) as ready:
        for name, text in files.items():
            place = ready / name
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("w", encoding="utf-8", newline="\n") as file:
                file.write(text)


@contextlib.contextmanager
def made_whole(folder: Path) -> Iterator[Path]:
    """A place, not there yet, for what will be moved to a folder that is empty or not there, once all of it is there.

    Raises DocumentError when something stands in the folder, or it cannot be written, and leaves it as it was.
    """
    stood = os.path.isdir(folder)  # noqa: PTH112 - never raises
    make_empty(folder)
    target = Path(os.path.realpath(folder))
    try:
        for left in target.glob(f"{LEFTOVER}*"):
            shutil.rmtree(left, ignore_errors=True)
        if not stood:
            target.rmdir()
        with tempfile.TemporaryDirectory(dir=target if stood else target.parent, prefix=LEFTOVER) as near:
            ready = Path(near, target.name)
            yield ready
            if stood:  # the user may stand in it
                for part in sorted(ready.iterdir()):
                    part.rename(target / part.name)
            else:
                ready.rename(target)
    except OSError as error:
        message = f"{folder} cannot be written: {(error.strerror or str(error)).lower()}"
        hint = "name another place, or make this one writable"
        raise DocumentError([Problem("file_unwritable", message, hint=hint)]) from None

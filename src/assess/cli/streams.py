"""Standard output and error: the same bytes on every machine, also where one of them is closed."""

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from typing import NoReturn

from assess.cli.output import PROBLEMS

_STREAMS = ("stdout", "stderr")


class _Closed(io.StringIO):
    """Stands in for a stream that was closed before the program began, and knows what would have been printed."""


def prepare() -> None:
    """Make standard output and error take the same bytes on every machine; a closed one takes and loses them."""
    for name in _STREAMS:
        stream = getattr(sys, name)
        if stream is None:
            _occupy()
            setattr(sys, name, _Closed())
        elif isinstance(stream, io.TextIOWrapper):
            # The same bytes whatever the code page and line end of the machine.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _occupy() -> None:
    """Take the numbers of closed streams, so that no file the program opens is written to by others as one of them."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= len(_STREAMS):
        pass
    os.close(number)


@contextlib.contextmanager
def muted() -> Iterator[None]:
    """Let nothing reach standard output but what this program prints: a solver writes its name there unasked."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def leave(code: object) -> None:
    """End the process without taking its records apart one by one, which costs a tenth of a run.

    What was meant for standard output and could not be written makes the exit code 1.
    """
    if code is not None and not isinstance(code, int):
        raise SystemExit(code)
    try:
        sys.stderr.flush()
        sys.stdout.flush()
    except OSError:
        code = PROBLEMS
    if isinstance(sys.stdout, _Closed) and sys.stdout.getvalue():
        unwritten("it is closed")
    os._exit(code or 0)


def unwritten(reason: str) -> NoReturn:
    """Say that standard output cannot be written, and end the process with exit code 1."""
    sys.stderr.write(f"error: standard output cannot be written: {reason}\n")
    sys.stderr.flush()
    os._exit(PROBLEMS)

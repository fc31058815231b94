"""What an issue leaves behind, and what somebody edited by hand: kept, and never lost."""

import contextlib
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from assess.cli.files import unwritable, write_bytes_whole, write_whole
from assess.problems import DocumentError, Problem

if TYPE_CHECKING:
    from assess.collect import Receipt

FEWEST_DIGITS = 8
MOST_OF_NAME = 100


def write_with_receipt(write: Callable[[], object], receipt: "Receipt | None") -> None:
    """Write documents after what their issue leaves behind, both or neither; raises DocumentError.

    A receipt that is there already holds the same answers, and stays as it is.
    """
    new = receipt is not None and not _is_kept(receipt)
    if receipt is not None and new:
        _write_receipt(receipt)
    try:
        write()
    except DocumentError:
        if receipt is not None and receipt.file is not None and new:
            _take_back(receipt.file)
        raise


def _is_kept(receipt: "Receipt") -> bool:
    return receipt.file is not None and os.path.exists(receipt.file)  # noqa: PTH110 - never raises


def _write_receipt(receipt: "Receipt") -> None:
    if receipt.file is None:
        message = "a final issue keeps what it counted of anonymous people, and a single file has no place for that"
        hint = "make a folder of it: the file as engagement.yaml, and answers/ with a file for each respondent"
        raise DocumentError([Problem("file_unwritable", message, hint=hint)])
    try:
        receipt.file.parent.mkdir(exist_ok=True)
        write_whole(receipt.file, receipt.text)
    except (DocumentError, OSError) as error:
        reason = f" ({error.strerror})" if isinstance(error, OSError) else ""
        message = f"what this issue counts of anonymous people cannot be kept: {receipt.file} cannot be written{reason}"
        hint = "make the engagement's folder writable, or say status: draft, which leaves nothing behind"
        raise DocumentError([Problem("file_unwritable", message, hint=hint)]) from None


def _take_back(file: Path) -> None:
    """Remove a receipt whose document could not be written."""
    file.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        file.parent.rmdir()


def is_edited(output: Path) -> bool:
    """Whether a file that would be replaced is there and not as it was written."""
    from assess.render import is_untouched

    if not os.path.exists(output):  # noqa: PTH110 - never raises
        return False
    try:
        text = output.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return True
    # An empty file, such as a failed `> FILE` leaves, holds nothing to lose.
    return bool(text) and not is_untouched(text)


def refuse_edited(output: Path, hint: str) -> None:
    """Raise DocumentError when a file that would be replaced is not as it was written."""
    if is_edited(output):
        message = f"{output} was edited since it was written, or was not written by this program"
        raise DocumentError([Problem("file_edited", message, hint=hint)])


def keep(output: Path) -> Path:
    """Copy a file beside itself, under a name that tells its content; raises DocumentError when that cannot be done.

    What was kept once stays: the same content finds itself there, and another gets another name.
    """
    target = Path(os.path.realpath(output))
    try:
        content = target.read_bytes()
    except OSError as error:
        raise unwritable(output, f"the edited file cannot be read, and so not be kept ({error.strerror})") from None
    digest = hashlib.sha256(content).hexdigest()
    for length in range(FEWEST_DIGITS, len(digest) + 1):
        kept = target.with_name(f"{target.stem[:MOST_OF_NAME]}.edited-{digest[:length]}{target.suffix}")
        if not os.path.lexists(kept):
            write_bytes_whole(kept, content)
            return kept
        if kept.is_file() and kept.read_bytes() == content:
            return kept
    raise unwritable(output, "there is no free name beside it for the edited file")

"""The last line of a written document: a hash by which a later run sees whether somebody edited the file."""

import hashlib
import re

_SEAL = re.compile(r"<!-- assess:seal sha256:([0-9a-f]{64}) -->\n?")


def _line(body: str) -> str:
    return f"<!-- assess:seal sha256:{hashlib.sha256(body.encode()).hexdigest()} -->\n"


def seal(text: str) -> str:
    """The text, ending in a line break, with the comment that holds the SHA-256 of everything before it."""
    body = text if text.endswith("\n") else f"{text}\n"
    return body + _line(body)


def is_untouched(text: str) -> bool:
    """Whether a text still is what `seal` returned; other line ends count as untouched, a missing seal does not."""
    body, line_end, last = text.replace("\r\n", "\n").rstrip("\n").rpartition("\n")
    return bool(_SEAL.fullmatch(last)) and f"{last}\n" == _line(body + line_end)

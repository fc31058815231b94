"""What somebody had written by hand into a paper that is written again, told at its end."""

from collections.abc import Sequence

from assess.render.markdown import code, concat
from assess.render.tables import bullets


def add_edits(text: str, kept: str, lines: Sequence[tuple[int, str]] | None) -> str:
    """A paper with the lines that were new in the one before, each with its number there, and where that is kept.

    lines: None where it is not known which they are.
    """
    said = concat(("This paper had been edited by hand. The edited one is kept beside it as ", code(kept), "."))
    told = bullets("", (concat((f"Line {number}: ", code(line))) for number, line in lines)) if lines else ""
    unsaid = "" if lines is not None else "Which lines had been changed is not known.\n\n"
    return f"{text.rstrip()}\n\n## Edited by hand before\n\n{said}\n\n{unsaid}{told}".rstrip() + "\n"

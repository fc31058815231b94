"""Print one fenced `sh` block of README.md, counted from 1, exactly as it is written."""

import re
import sys
from pathlib import Path

README = Path(__file__).resolve().parents[1] / "README.md"


def blocks(text: str) -> list[str]:
    """The fenced `sh` blocks of a Markdown text, in order."""
    return re.findall(r"^```sh\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


if __name__ == "__main__":
    sys.stdout.write(blocks(README.read_text(encoding="utf-8"))[int(sys.argv[1]) - 1])

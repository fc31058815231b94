"""Six words in a row that stand in an essay: known by their hashes, so that no essay has to be shipped.

`python tests/originality.py ESSAY...` prints the hashes of essays, one per line, for `essays.hashes`.
"""

import hashlib
import re
import sys
from functools import cache
from pathlib import Path

HASHES = Path(__file__).parent / "essays.hashes"
IN_A_ROW = 6
WORD = re.compile(r"[a-z0-9']+")


def words(text):
    return WORD.findall(text.lower().replace("\u2019", "'"))


def rows(text):
    """Every six words that follow each other."""
    found = words(text)
    return [" ".join(found[at : at + IN_A_ROW]) for at in range(len(found) - IN_A_ROW + 1)]


def hashed(row):
    return hashlib.blake2b(row.encode(), digest_size=6).hexdigest()


@cache
def known_hashes():
    return frozenset(HASHES.read_text(encoding="ascii").split())


def borrowed(text, titles=()):
    """The rows of a text that stand in an essay; titles of essays, word for word, do not count."""
    known = known_hashes()
    for title in titles:
        text = text.replace(title, "\n|\n")
    exempt = {row for title in titles for row in rows(title)}
    return sorted({row for row in rows(text) if hashed(row) in known} - exempt)


if __name__ == "__main__":
    essays = [Path(name).read_text(encoding="utf-8", errors="replace") for name in sys.argv[1:]]
    sys.stdout.write("".join(f"{row}\n" for row in sorted({hashed(row) for essay in essays for row in rows(essay)})))

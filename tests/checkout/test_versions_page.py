"""The table of classes in the page on versions says what the program does."""

import re
from pathlib import Path

import pytest
from differing import CLASSES

from assess.authoring.diff import SENSES

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "versions.md").read_text(encoding="utf-8")
WORDS = {
    "ask": "roles asked",
    "wording": "words for a role",
    "role_help": "help for a role",
    "role_allow": "states for a role",
    "role_evidence": "evidence for a role",
    "role_tier": "tier for a role",
    "worth": "what it is worth",
    "defaults": "defaults (told at each question)",
    "facts": "facts (told as questions)",
    "looked_up_in": "register",
    "level_words": "words of own levels",
}


def cells():
    """What the table says of each kind of element: the text of its cell for each class."""
    lines = PAGE.split("| element |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {kind: dict(zip(SENSES, row[1:], strict=True)) for row in rows for kind in row[0].split(", ")}


@pytest.mark.parametrize("kind", CLASSES)
def test_every_field_stands_in_the_cell_of_its_class(kind):
    said = cells()[kind]
    named = {sense: set(re.split(r"[,;] ", text)) for sense, text in said.items()}
    everywhere = {word for words in named.values() for word in words}
    for field, row in CLASSES[kind].items():
        word = WORDS.get(field, field)
        rest = word not in everywhere and said[row.sense] in ("everything", "all others")
        assert word in named[row.sense] or rest, f"{kind}: {field} is {row.sense}"

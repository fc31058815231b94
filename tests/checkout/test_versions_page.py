"""The table of classes in the page on versions says what the program does."""

import json
import re

import pytest
from checkout.ours import ROOT
from differing import CLASSES
from typer.testing import CliRunner

from assess.authoring.diff import SENSES
from assess.cli import app

PAGE = (ROOT / "docs" / "versions.md").read_text(encoding="utf-8")
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


def samples():
    """What the table of the worked example says of each sample, by the heads of its columns."""
    head, _, *rows = PAGE.split("| sample |", 1)[1].split("\n\n", 1)[0].splitlines()
    titles = [title.strip() for title in head.strip("|").split("|")]
    cells = [[cell.strip(" `") for cell in row.strip("|").split("|")] for row in rows]
    return {name: dict(zip(titles, map(int, numbers), strict=True)) for name, *numbers in cells}


@pytest.mark.slow
@pytest.mark.parametrize("name", samples())
def test_the_answers_of_a_sample_go_where_the_worked_example_says(name):
    old = ROOT / "tests" / "yesterday"
    where = [old / "sample_orgs" / name, "--from", old / "rubrics" / "social_business"]
    command = ["rubric", "migrate", *map(str, where), "--to", str(ROOT / "rubrics" / "social_business")]
    found = json.loads(CliRunner().invoke(app, [*command, "--format", "json"]).stdout)
    told = samples()[name]
    fates = {fate: count for fate, count in found["counts"].items() if count or fate in told}
    assert {**fates, "answers": sum(fates.values())} == {k: v for k, v in told.items() if k != "to be asked again"}
    assert sum(len(page["again"]) for page in found["pages"]) == told["to be asked again"]


def test_the_sums_of_the_worked_example_are_those_of_its_table():
    total = {title: sum(row[title] for row in samples().values()) for title in next(iter(samples().values()))}
    carried = f"Of the {total['answers']:,} answers {total['carried']:,} stand as they were given"
    assert f"{carried}, and {total['rescaled']} became the answer to another question." in PAGE.replace("\n", " ")

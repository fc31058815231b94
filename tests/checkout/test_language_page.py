"""The page on the rubric language has every key of every record, in a section that is about the record."""

import re

import pytest
from checkout.ours import ROOT

from assess.model.anatomy import fields_in, records_below
from assess.model.rubric_files import RECORDS
from assess.overlay import Overlay

PAGE = (ROOT / "docs" / "rubric-language.md").read_text(encoding="utf-8")
PIECES = re.split(r"^## (\d+)\. .*$", PAGE, flags=re.MULTILINE)
SECTIONS = {int(number): text for number, text in zip(PIECES[1::2], PIECES[2::2], strict=True)}
# Where a record is told; what elements have in common stands in section 1, and `notes` in section 10.
ABOUT = {
    **dict.fromkeys(("Rubric", "Role", "Headline"), (1, 2)),
    **dict.fromkeys(("Scale", "Level", "Acceptance"), (2,)),
    **dict.fromkeys(("Node", "Reading", "Weights", "Says", "AskedIn"), (1, 3)),
    **dict.fromkeys(("AnswerRules", "Defaults"), (2, 4)),
    **dict.fromkeys(("Fact", "Caps"), (1, 3, 4, 5, 6, 7)),
    **dict.fromkeys(("Question", "Asking", "Option", "Goalposts", "Band", "PointStep"), (1, 3, 4, 5)),
    **dict.fromkeys(("Aggregate", "Case"), (5,)),
    **dict.fromkeys(("Gate", "Cap"), (1, 3, 6, 7)),
    **dict.fromkeys(("FindingText", "Cause", "Decision"), (7,)),
    "States": (4,),
    "Clash": (1, 3, 6, 7),
    **dict.fromkeys(
        ("Policies", "EvidencePolicy", "Disagreement", "Perception", "PlanPolicy", "SizeCurve", "Size"),
        (8,),
    ),
    **dict.fromkeys(("Initiative", "Effort", "Span", "Running", "Proof"), (1, 3, 9)),
    **dict.fromkeys(("Source", "Claim", "Reference", "ClaimsFile"), (10,)),
    "InitiativesFile": (9,),
    **dict.fromkeys(("Persona", "Expect"), (11,)),
    **dict.fromkeys(("Migration", "Merge", "Became", "MigrationsFile"), (13,)),
    **dict.fromkeys(("Overlay", "Move"), (14,)),
    **dict.fromkeys(("Translation", "Translated"), (15,)),
}
# Computed, or written as a word in the place of the mapping.
NOT_WRITTEN = {("Rubric", "hash"), ("Rubric", "text_hash"), ("Aggregate", "kind"), ("Weights", "rule")}
NOT_WRITTEN |= {("Effort", "roles"), ("Running", "roles")}
LANGUAGE = dict.fromkeys(each for record in (*RECORDS.values(), Overlay) for each in records_below(record))


def code(numbers):
    """What stands as code in some sections."""
    return "\n".join(each for n in numbers for each in re.findall(r"```.*?```|`[^`\n]+`", SECTIONS[n], flags=re.DOTALL))


def stands(key, text):
    """Whether a key stands in code: followed by a colon, or alone in a list or between its quotes."""
    return re.search(rf"(?<![\w.-]){key}(?=[:`,}}])", text)


@pytest.mark.parametrize("record", LANGUAGE, ids=lambda record: record.__name__)
def test_every_key_of_the_language_stands_where_the_page_tells_of_its_record(record):
    text = code((*ABOUT[record.__name__], 10))
    missing = [key for key in fields_in(record) if not stands(key, text)]
    assert [key for key in missing if (record.__name__, key) not in NOT_WRITTEN] == []


@pytest.mark.parametrize("key", ["scaled", "ancient_rule", "gap_of", "otherwise_not"])
def test_a_key_the_page_does_not_have_is_missed(key):
    assert not any(stands(key, code([number])) for number in SECTIONS)

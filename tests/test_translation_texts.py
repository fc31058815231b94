"""Every text that somebody outside the team reads can be translated, whatever record it stands in."""

from collections.abc import Mapping
from typing import get_args

import pytest
from ferry import FERRY
from pydantic import AfterValidator

from assess.load import load
from assess.model.anatomy import conditions_in, read_in, records_below, records_in, texts_in
from assess.model.fields import Record, clean
from assess.model.rubric import Rubric
from assess.resources import shipped
from assess.translations import reword_rubric, translatable_texts
from assess.workflow import load_rubric

AUTHORS = "authors read it, and no document prints it"
WORD = "one of the words of the rubric language"
CITED = "the title, name or place by which something outside is cited"
LEGAL = "it holds in the words it was given in"
TEST = "a test of the rubric or a step of its history"
NOT_READ = {
    ("Rubric", "version"): WORD,
    ("Rubric", "licence"): LEGAL,
    ("Rubric", "language"): WORD,
    ("Rubric", "notes"): AUTHORS,
    ("Rubric", "terms"): "a translation has terms of its own",
    ("Translation", "terms"): "it is a translation",
    ("Translation", "language"): WORD,
    ("Translated", "says"): "it is a translation",
    ("Gate", "source"): WORD,
    ("Gate", "since"): WORD,
    ("Gate", "notes"): AUTHORS,
    ("Clash", "source"): WORD,
    ("Clash", "since"): WORD,
    ("Clash", "notes"): AUTHORS,
    ("Caps", "source"): WORD,
    ("Caps", "since"): WORD,
    ("Caps", "notes"): AUTHORS,
    ("Node", "source"): WORD,
    ("Node", "since"): WORD,
    ("Node", "notes"): AUTHORS,
    ("AskedIn", "place"): WORD,
    ("AskedIn", "phrase"): AUTHORS,
    ("Question", "unknown_as"): WORD,
    ("Question", "since"): WORD,
    ("Question", "notes"): AUTHORS,
    ("Fact", "unknown_as"): WORD,
    ("Fact", "since"): WORD,
    ("Fact", "notes"): AUTHORS,
    ("Initiative", "source"): WORD,
    ("Initiative", "notes"): AUTHORS,
    ("Source", "title"): CITED,
    ("Source", "author"): CITED,
    ("Claim", "at"): CITED,
    ("Claim", "good"): AUTHORS,
    ("Claim", "bad"): AUTHORS,
    ("Claim", "shown_by"): AUTHORS,
    ("Claim", "notes"): AUTHORS,
    ("Reference", "source"): CITED,
    ("Reference", "url"): CITED,
    ("Reference", "notes"): AUTHORS,
    ("Persona", "title"): TEST,
    ("Persona", "story"): TEST,
    ("Persona", "notes"): TEST,
    ("Migration", "unasked"): TEST,
    ("Migration", "start"): TEST,
    ("Migration", "to"): TEST,
    ("Migration", "kept"): TEST,
    ("Migration", "notes"): TEST,
    ("Acceptance", "at"): WORD,
    ("Acceptance", "why"): AUTHORS,
}
"""The texts that are not translated, each with the reason."""


def marks(annotation):
    """What a type is marked with, at any depth."""
    yield from getattr(annotation, "__metadata__", ())
    for part in get_args(annotation):
        yield from marks(part)


def prose(record):
    """The fields of a record that hold texts: what is cleaned is one, save conditions."""
    for name, field in record.model_fields.items():
        cleaned = {
            mark.func for mark in (*field.metadata, *marks(field.annotation)) if isinstance(mark, AfterValidator)
        }
        if clean in cleaned and name not in conditions_in(record):
            yield name


def test_a_text_of_the_model_is_translated_or_stays_for_a_reason():
    texts = {(record.__name__, name) for record in records_below(Rubric) for name in prose(record)}
    read = {(record.__name__, name) for record in records_below(Rubric) for name in texts_in(record)}
    assert texts - read == NOT_READ.keys()
    assert not read & NOT_READ.keys()


@pytest.mark.parametrize("record", records_below(Rubric), ids=lambda record: record.__name__)
def test_records_lead_to_every_text_that_is_read(record):
    if texts_in(record) and record is not Rubric:
        homes = {home for home in records_below(Rubric) if record in records_in(home).values()}
        assert homes == {home for home in records_below(Rubric) if record in read_in(home).values()} != set()


def read_texts(value):
    """Every text of a rubric that is read, where it stands, found without the keys."""
    if isinstance(value, Record):
        for field in type(value).model_fields.keys() - {"option_sets", "facts"}:
            inner = getattr(value, field)
            yield from read_texts(inner) if field not in texts_in(type(value)) else told(value, field)
    elif isinstance(value, Mapping | tuple):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from read_texts(inner)


def told(record, field):
    value, none = getattr(record, field), texts_in(type(record))[field].none
    texts = value.values() if isinstance(value, Mapping) else (value,) if isinstance(value, str) else value
    return [text for text in texts if text.strip() not in ("", none)]


@pytest.fixture
def full(tmp_path):
    (tmp_path / "rubric.yaml").write_text(FERRY, encoding="utf-8")
    return load(tmp_path)[0]


def test_whatever_is_read_has_a_key_and_gets_the_words_that_are_said_for_it(full):
    assert [
        text for text in read_texts(reword_rubric(full, lambda key, _: f"<{key}>")) if not text.startswith("<")
    ] == []
    keys = translatable_texts(full)
    assert {
        "clocks.steps.2": "Hang it",
        "clocks.proof.what": "A photograph",
        "hours.proof.1": "The log",
    }.items() <= keys.items()
    assert {
        "C-1.says": "A ferry is waited for.",
        "F1.caveat": "Only here.",
        "book.note": "Written at sea.",
    }.items() <= keys.items()
    assert {
        "stopped.decision.stop": "Selling tickets",
        "said.settle": "The log.",
        "bell_cap.so": "They run.",
    }.items() <= keys.items()
    assert {"headline_1.cause", "fine.says.known.2", "levels.low.says", "late.unit_one", "hours.gap.low"} <= keys.keys()


def test_a_text_keeps_its_words_where_nothing_else_is_said_for_it(full):
    same = reword_rubric(full, lambda _, text: text)
    assert {*read_texts(same)} == {*read_texts(full), "Never", "Always"}
    assert {*translatable_texts(same).values()} == {*translatable_texts(full).values()}
    changed = reword_rubric(full, lambda key, text: "Uhren" if key == "clocks.title" else text)
    assert changed.initiative_by_id["clocks"].title == "Uhren"
    assert changed.initiative_by_id["clocks"].effort == full.initiative_by_id["clocks"].effort


def test_signs_without_letters_are_no_texts(tmp_path):
    (tmp_path / "rubric.yaml").write_text(
        FERRY.replace("unit: minutes, unit_one: minute", 'unit: "%"'), encoding="utf-8"
    )
    found = translatable_texts(load(tmp_path)[0])
    assert "late.of" in found
    assert "late.unit" not in found


def test_the_shipped_rubric_is_translatable_whole():
    rubric = load_rubric(shipped("rubrics") / "social_business")
    keys = translatable_texts(rubric)
    spoken = reword_rubric(rubric, lambda key, text: f"<{key}>" if key in keys else text)
    left = [text for text in read_texts(spoken) if not text.startswith("<")]
    assert not any(sign.isalpha() for text in left for sign in text)

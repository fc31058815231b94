"""What is written for authors: a rubric that was loaded is written so that it loads to the same again."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assess.authoring.writing import rubric_files
from assess.documents import parse, resolve
from assess.documents.writer import dump
from assess.load import load
from assess.model.fields import clean
from assess.resources import list_rubrics

HERE = Path(__file__).parent
LARGE = "social_business"
RUBRICS = [
    pytest.param(path, marks=[pytest.mark.slow] * (path.stem == LARGE), id=path.stem)
    for path in (*sorted((HERE / "foreign").glob("*.yaml")), *sorted(list_rubrics(()).values()))
]
WORDS = st.text(max_size=60).map(clean)
# Spaces that only look like one are refused where a key begins or ends (documents/spaces.py).
KEYS = WORDS.map(str.strip).filter(bool)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.floats(-1e6, 1e6) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def written(rubric, folder):
    for name, text in rubric_files(rubric).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load(folder)[0]


@pytest.mark.parametrize("path", RUBRICS)
def test_a_written_rubric_is_loaded_as_it_was(path, tmp_path):
    rubric, _ = load(path)
    again = written(rubric, tmp_path)
    assert again.model_copy(update={"hash": "", "text_hash": ""}) == rubric.model_copy(
        update={"hash": "", "text_hash": ""}
    )
    assert rubric_files(again) == rubric_files(rubric)


def test_parts_that_stood_in_one_file_get_files_of_their_own(tmp_path):
    path = tmp_path / "one.yaml"
    path.write_text(ONE, encoding="utf-8")
    rubric = load(path)[0]
    files = rubric_files(rubric)
    assert list(files) == [
        "rubric.yaml", "principles/01_how_we_listen.yaml", "principles/02_p2.yaml", "initiatives.yaml", "claims.yaml",
        "personas/01_nobody.yaml",
    ]  # fmt: skip
    assert files["principles/01_how_we_listen.yaml"] == PRINCIPLE
    assert all(text.startswith("assess: ") for text in files.values())
    again = written(rubric, tmp_path / "again")
    assert again.model_copy(update={"hash": "", "text_hash": ""}) == rubric.model_copy(
        update={"hash": "", "text_hash": ""}
    )


ONE = """\
assess: rubric/1
id: one
title: One
version: "1"
roles: [{id: desk, title: Desk}]
levels: [{key: low, title: Low, at: 0}, {key: high, title: High, at: 50}]
principles:
  - id: p1
    title: How we listen
    aggregate: {geometric: {floor: 2}}
    weights: equal
    notes: |
      Two lines:
        the second is indented.
    questions:
      - {id: heard, type: yesno, text: "Is anybody heard: yes or no?", ask: [desk]}
      - id: share
        type: number
        text: Which share?
        ask: {desk: What do you think?}
        band: {from: 1, to: 2.5, zero_below: 0, zero_above: 10}
  - {id: p2, title: 聴く, questions: [{id: seen, type: yesno, text: Seen?}]}
initiatives: [{id: i1, title: Do, lifts: {p1: high}, effort: {low: 1, high: 2}, weeks: 1, owner: desk}]
sources: [{id: s1, title: Source}]
claims: [{code: C1, source: s1, says: Words, home: p1}]
personas: [{id: nobody, title: Nobody, assessed_on: 2026-06-30, answers: {desk: {share: 1.5, heard: no}}}]
"""

PRINCIPLE = """\
assess: principle/1
id: p1
title: How we listen
weights: equal
aggregate:
  geometric: {floor: 2}
questions:
  - id: heard
    type: yesno
    text: 'Is anybody heard: yes or no?'
    ask: [desk]
  - id: share
    type: number
    text: Which share?
    ask: {desk: 'What do you think?'}
    band: {from: 1, to: 2.5, zero_below: 0, zero_above: 10}
notes: |
  Two lines:
    the second is indented.
"""


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
@example(
    {"a": "no", "b": "1.5", "c": "~", "d": "- x", "e": "a: b #c", "f": " lead", "g": "x\n\n  y \n", "h": "=", "i": "<<"}
)
@example({"a": ["\n x", "x\n", "\n", "# x", "'", '"', "\U0001f600", "{", "*a", "&a", "%", "@", "`", "|", ">", "?"]})
@example({"a" * 200: "x", "b": {"c" * 200: ["y" * 200]}})
def test_plain_values_are_read_back_as_they_were(value):
    assert resolve(parse(dump(value), "f.yaml").data) == value


def test_small_parts_stand_on_one_line_and_the_whole_never_does():
    assert dump({"a": 1}) == "a: 1\n"
    assert dump({"a": {"b": 1}, "c": [1, "two"], "d": ["x" * 50, "y" * 50]}) == (
        f"a: {{b: 1}}\nc: [1, two]\nd:\n  - {'x' * 50}\n  - {'y' * 50}\n"
    )

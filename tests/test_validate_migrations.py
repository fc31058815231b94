"""Steps between versions: one chain to the rubric's own, one fate for each question, and names that lead somewhere."""

import pytest

from assess.load import load
from assess.problems import DocumentError
from assess.validate import validate

RUBRIC = """\
assess: rubric/1
id: r
title: R
version: "3"
levels: [{key: low, title: Low, at: 0}, {key: mid, title: Mid, at: 50}, {key: top, title: Top, at: 100}]
principles:
  - id: p
    title: P
    questions:
      - {id: a, type: level, text: A?, options: [{label: L}, {label: M}, {label: T}], renamed_from: [aa]}
      - {id: b, type: yesno, text: B?}
      - {id: c, type: number, text: C?, goalposts: {worst: 0, best: 9}}
      - {id: d, type: choice, text: D?, options: [{key: x, label: X}, {key: z, label: Z}]}
      - {id: e, type: text, text: E?}
"""
HEAD = "assess: migrations/1\nmigrations:\n"
SOUND = """\
  - from: "1"
    to: "2"
    split: {old_a: [a, mid_b]}
    retire: [old_x, old_y]
    merge: {c: [old_c, older_c]}
    rescale: {old_a: {no: low, yes: top}, aa: {no: low}, mid_b: {maybe: perhaps}}
  - {from: "2", to: "3", merge: {b: {of: [mid_b, mid_bb], rule: first}}, rescale: {mid_b: {perhaps: no}, b: {so: no}}}
"""


def found(folder, steps=SOUND, rubric=RUBRIC):
    (folder / "rubric.yaml").write_text(rubric, encoding="utf-8")
    (folder / "migrations.yaml").write_text(HEAD + steps, encoding="utf-8")
    return [p for p in validate(*load(folder)) if p.severity == "error"]


def step(**more):
    """One step from version 2 to version 3 as YAML."""
    return "  - " + str({"from": "2", "to": "3", **more}).replace("'", "") + "\n"


def test_sound_steps_have_no_mistake_and_stand_in_order_of_the_file(tmp_path):
    assert found(tmp_path) == []
    rubric, sources = load(tmp_path)
    assert [(s.start, s.to, s.merge) for s in rubric.migrations][1][:2] == ("2", "3")
    assert rubric.migrations[0].merge["c"].rule == "worst"
    assert {"migration:1:2", "migration:2:3"} <= set(sources.anchors)


def test_steps_may_stand_in_the_rubric_itself(tmp_path):
    (tmp_path / "rubric.yaml").write_text(f"{RUBRIC}migrations:\n{SOUND}", encoding="utf-8")
    assert [s.to for s in load(tmp_path)[0].migrations] == ["2", "3"]


@pytest.mark.parametrize(
    ("steps", "message", "line"),
    [
        ('  - {from: "3", to: "3"}\n', "leads from a version to another one", 3),
        (f'{step()}  - {{from: "2", to: "3"}}\n', "a second step leads on from version 2", 3),
        ('  - {from: "3", to: "4"}\n', "3 is the version of the rubric", 3),
        ('  - {from: "1", to: "2"}\n', "nothing leads on from version 2; the rubric is version 3", 3),
        ('  - {from: "1", to: "2"}\n  - {from: "2", to: "1"}\n', "the steps from version 1 lead back to it", 3),
        (step(retire=["a"]), "'a' is gone after this step, and version 3 asks it", 3),
        (step(retire=["aa"]), "'aa' is gone after this step", 3),
        (step(split={"a": ["b", "c"]}), "'a' is gone after this step", 3),
        (step(merge={"b": ["a", "zz"]}), "'a' is gone after this step", 3),
        (step(split={"q": ["a", "b"]}, retire=["q"]), "'q' has two fates", 3),
        (step(merge={"a": ["q", "r"], "b": ["q", "s"]}), "'q' has two fates", 3),
        (step(split={"q": ["a"]}), "'q' is split into fewer than two", 3),
        (step(split={"q": ["a", "a"]}), "'q' is split into fewer than two", 3),
        (step(merge={"a": ["q"]}), "'a' is merged from fewer than two", 3),
        (step(split={"q": ["a", "bee"]}), "there is no question 'bee'", 3),
        (step(merge={"aaa": ["q", "r"]}), "there is no question 'aaa'", 3),
        (step(rescale={"q": {"no": "low"}}), "there is no question 'q'", 3),
        (step(rescale={"a": {"no": "lowest"}}), "'lowest' is not an option of 'a'; did you mean 'low'?", 3),
        (step(rescale={"c": {"no": "low"}}), "'c' is answered with a number; only options can be rescaled", 3),
        (step(merge={"d": {"of": ["q", "r"], "rule": "worst"}}), "the answers to 'd' (choice) have no worst one", 3),
        (step(merge={"e": ["q", "r"]}), "the answers to 'e' (text) have no worst one", 3),
        (step(merge={"d": {"of": ["q", "r"], "rule": "mean"}}), "have no mean one", 3),
    ],
)
def test_each_mistake_is_found_at_its_step(tmp_path, steps, message, line):
    problems = [p for p in found(tmp_path, steps) if message in p.message]
    assert [(p.code, p.location.line) for p in problems] == [("migration", line)]
    assert problems[0].location.file.endswith("migrations.yaml")


def test_a_question_that_stays_may_be_split_from_or_merged_into_itself(tmp_path):
    assert found(tmp_path, step(split={"a": ["a", "b"]}, merge={"c": ["c", "old_c"]})) == []


def test_what_a_step_leads_to_may_be_what_a_later_one_starts_from(tmp_path):
    steps = '  - {from: "1", to: "2", split: {q: [r, s]}}\n  - {from: "2", to: "3", retire: [r], merge: {a: [s, t]}}\n'
    assert found(tmp_path, steps) == []
    backwards = "".join(reversed(steps.splitlines(keepends=True)))
    assert found(tmp_path, backwards) == []


@pytest.mark.parametrize("wrong", ["rule: best", "off: [a]", "of: a"])
def test_a_merge_of_another_form_is_refused(tmp_path, wrong):
    (tmp_path / "rubric.yaml").write_text(RUBRIC, encoding="utf-8")
    text = f'{HEAD}  - {{from: "2", to: "3", merge: {{a: {{of: [q, r], {wrong}}}}}}}\n'
    (tmp_path / "migrations.yaml").write_text(text.replace("of: [q, r], of", "of"), encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        load(tmp_path)
    assert caught.value.problems[0].location.line == 3

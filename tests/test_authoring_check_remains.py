"""What is told of an overlay that takes away what read its base, and what of its base anyway."""

import pytest

from assess.authoring.check import review

BASE = """\
assess: rubric/1
id: base
title: Base
version: "1"
roles: [{id: boss, title: Boss}]
levels: [{key: low, title: Low, at: 0}, {key: high, title: High, at: 100}]
option_sets:
  steps: [{key: low, label: Not yet}, {key: high, label: Fully}]
  other: [{key: low, label: Never}, {key: high, label: Always}]
principles:
  - id: ear
    title: Ear
    source: external
    questions:
      - {id: heard, type: level, text: Is it so?, options_from: steps}
      - {id: ways, type: multi, weight: 0, text: Which ways are there?, options: [
          {key: post, label: Post}, {key: desk, label: Desk}, {key: phone, label: Phone}]}
      - {id: kind, type: choice, weight: 0, text: What kind is it?, options: [
          {key: big, label: Big}, {key: small, label: Small}, {key: odd, label: Odd}]}
      - {id: idle, type: yesno, weight: 0, text: Is anything idle?}
    gates:
      - {id: g1, when: "not has(ways, post) or not has(ways, desk) or not has(ways, phone)",
         cap: {of: [ear], at: low}, because: No ways, lifted_by: [i1]}
      - {id: g2, when: kind = small, cap: {of: [ear], at: low}, because: Small, lifted_by: [i1]}
  - id: eye
    title: Eye
    source: external
    questions: [{id: seen, type: level, text: Is it seen?, options_from: other}]
initiatives:
  - {id: i1, title: Do, lifts: {ear: high}, effort: {low: 1, high: 2}, weeks: 2, owner: boss}
"""
DEAD = ("dead_option", "dead_question")


@pytest.fixture
def reviewed(tmp_path):
    """What is said of an overlay that changes something of the base."""
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "rubrics" / "base.yaml").write_text(BASE, encoding="utf-8")

    def review_of(*lines):
        head = ["assess: overlay/1", "id: lay", "base: base", 'version: "1"', "title: Lay"]
        (tmp_path / "rubrics" / "lay.yaml").write_text("\n".join([*head, *lines, ""]), encoding="utf-8")
        return [problem for problem in review(tmp_path / "rubrics" / "lay.yaml") if problem.code in DEAD]

    return review_of


def places(problems):
    return [problem.location.file.rpartition("/")[2] for problem in problems]


def test_what_the_base_says_alone_is_said_at_its_place(reviewed):
    found = reviewed("summary: Other words.")
    assert places(found) == ["base.yaml"] * len(found)
    assert any("'idle'" in problem.message for problem in found)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        (["drop: [g1]"], ["ways"]),
        (["drop: [g2]"], ["kind"]),
        (["drop: [g1, g2]"], ["ways", "kind"]),
        (["override:", "  g1: {when: heard = low}"], ["ways"]),
        (["drop: [g2, eye]"], ["kind"]),
    ],
)
def test_what_only_the_overlay_took_the_reader_from_is_one_note_in_the_overlay(changed, named, reviewed):
    before = reviewed("summary: Other words.")
    found = reviewed(*changed)
    (note,) = [problem for problem in found if problem.location.file.endswith("lay.yaml")]
    assert note.severity == "note"
    assert all(f"'{name}'" in note.message for name in named)
    told = {problem.message for problem in found if problem is not note}
    assert told <= {problem.message for problem in before}


def test_a_shared_list_that_only_dropped_questions_used_is_passed_over(reviewed):
    assert not any("takes its options from" in problem.message for problem in reviewed("drop: [eye]"))


def test_what_the_overlay_adds_itself_is_told_at_its_place(reviewed):
    more = "{id: own, type: yesno, weight: 0, text: Is there more?}"
    found = reviewed("add:", f"  ear: {{questions: [{more}]}}")
    (own,) = [problem for problem in found if "'own'" in problem.message]
    assert places([own]) == ["lay.yaml"]
    assert own.message == "nothing reads the answer to 'own'"


ACCEPTED = """\
accepted:
  - {code: missing_text, at: ear, why: Later.}
  - {code: missing_text, at: eye, why: Later.}
  - {code: duplicate_text, at: eye, why: Not so.}
"""


@pytest.mark.parametrize(
    ("line", "own"),
    [
        ("override: {ear: {weight: 2}}", []),
        ("drop: [eye]", []),
        (
            "accepted: [{code: heavy_weight, at: ear, why: Mine.}]",
            ["nothing is found as 'heavy_weight' at 'ear' any longer"],
        ),
    ],
)
def test_what_a_base_accepts_and_an_overlay_has_not_is_told_of_the_base_alone(tmp_path, line, own):
    (tmp_path / "base.yaml").write_text(BASE + ACCEPTED, encoding="utf-8")
    head = "assess: overlay/1\nid: lay\nbase: base\nversion: '1'\n"
    (tmp_path / "lay.yaml").write_text(f"{head}{line}\n", encoding="utf-8")
    told = [problem.message for problem in review(tmp_path / "lay.yaml") if problem.code == "accepted"]
    assert told == own
    assert [problem.message for problem in review(tmp_path / "base.yaml") if problem.code == "accepted"] != []

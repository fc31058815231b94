"""Files beside a rubric that hold a part of it and are not read."""

import pytest
from factories import HEAD

from assess.authoring.check import review

RUBRIC = HEAD + "principles: [{id: p, title: P, questions: [{id: q, type: yesno, text: Is it done?}]}]\n"
PRINCIPLE = "assess: principle/1\nid: o\ntitle: O\nquestions: [{id: r, type: yesno, text: Is it told?}]\n"


def unread(folder, name, text=PRINCIPLE):
    (folder / "rubric.yaml").write_text(RUBRIC, encoding="utf-8")
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return [(p.severity, p.location.file) for p in review(folder) if p.code == "not_read"]


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("2_o.yaml.txt", "warning"),
        ("principles/2_o.yml.TXT", "warning"),
        ("2_o.yaml.yaml.txt", "warning"),
        (".drafts/2_o.yaml", "note"),
        ("principles/.2_o.yml", "note"),
        (".drafts/deep/2_o.YAML", "note"),
    ],
)
def test_a_part_of_a_rubric_that_is_not_read_is_told(tmp_path, name, severity):
    assert unread(tmp_path, name) == [(severity, str(tmp_path / name))]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("2_o.yaml", PRINCIPLE),
        ("readme.txt", PRINCIPLE),
        ("2_o.yaml~", PRINCIPLE),
        ("2_o.yaml.bak", PRINCIPLE),
        (".git/2_o.yaml", PRINCIPLE),
        (".pre-commit-config.yaml", "repos: []\n"),
        ("notes.yaml.txt", "assess the rubric later\n"),
    ],
)
def test_what_is_none_is_not(tmp_path, name, text):
    assert unread(tmp_path, name, text) == []


def test_it_may_be_accepted_as_what_it_is(tmp_path):
    unread(tmp_path, ".drafts/2_o.yaml")
    more = "accepted: [{code: not_read, at: overall, why: Drafts are kept there}]\n"
    (tmp_path / "rubric.yaml").write_text(RUBRIC + more, encoding="utf-8")
    assert [p.accepted for p in review(tmp_path) if p.code in ("not_read", "accepted")] == ["Drafts are kept there"]

"""`assess rubric check --fix`: one edit for each finding that one is enough for, printed, and nothing else touched."""

from pathlib import Path

import pytest
from factories import HEAD
from typer.testing import CliRunner

from assess.authoring.check import review
from assess.cli import app

TEXT = (
    HEAD
    + """\
# a comment that stays
roles: [{id: boss, title: "Boss"}]
principles:
  - id: p   # and another one
    title: 12:30
    source: external
    gates:
      - id: g
        when: told = no
        because: Nobody knows it.
        flag: true
        source: external
    questions:
      - {id: q, type: yesno, text: Is it done?, ask: [boss]}
      - id: told
        type: choice
        text: "It\u00e2\u20ac\u2122s told?"
        options:
          - {key: no_one, label: No}
          - {key: by_us, label: "TODO"}
"""
)
WRITTEN = [
    ("title: 12:30", 'title: "12:30"'),
    ("because: Nobody knows it.", "because: Nobody knows it"),
    ("It\u00e2\u20ac\u2122s", "It\u2019s"),
    ("label: No}", 'label: "No"}'),
]


def run(*words):
    return CliRunner().invoke(app, ["rubric", "check", *map(str, words)])


def made(text):
    for stands, instead in WRITTEN:
        assert text.count(stands) == 1, stands
        text = text.replace(stands, instead)
    return text


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "rubric.yaml"
    path.write_text(TEXT.replace("told = no", "told = no_one"), encoding="utf-8")
    return path


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_nothing_but_the_edits_is_touched(file, ends, mark):
    before = mark + file.read_text(encoding="utf-8").replace("\n", ends)
    file.write_bytes(before.encode("utf-8"))
    assert run(file, "--fix").exit_code == 0
    assert file.read_bytes().decode("utf-8") == made(before)


def test_every_edit_is_a_line_and_what_is_left_follows(file):
    lines = run(file, "--fix").stdout.splitlines()
    assert {line.partition(": ")[2] for line in lines[:4]} == {
        'wrote "12:30" in the place of 12:30 (yaml_trap)',
        "took . out (leftover)",
        "wrote \u2019 in the place of \u00e2\u20ac\u2122 (leftover)",
        'wrote "No" in the place of No (yaml_trap)',
    }
    assert lines[4] == "4 edits made; what follows is left to you"
    assert any("TODO" in line and "(leftover)" in line for line in lines[5:])
    assert "(yaml_trap)" not in "".join(lines[5:])


def test_done_twice_is_done_once(file):
    run(file, "--fix")
    once = file.read_bytes()
    assert "no finding is mended by one edit" in run(file, "--fix").stdout
    assert file.read_bytes() == once


def test_without_it_nothing_is_written(file):
    before = file.read_bytes()
    assert run(file).exit_code == 0
    assert file.read_bytes() == before


def test_what_is_accepted_is_left_alone(file):
    more = "accepted:\n  - {code: yaml_trap, at: p, why: Everybody here reads it rightly}\n"
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert run(file, "--fix").exit_code == 0
    assert "title: 12:30" in file.read_text(encoding="utf-8")
    assert "because: Nobody knows it\n" in file.read_text(encoding="utf-8")


def test_scripts_read_the_findings_that_are_left(file):
    found = run(file, "--fix", "--format", "github")
    assert "yaml_trap" not in found.stdout
    assert "4 edits made" in found.stderr


def test_the_files_of_a_base_are_left_alone(file, tmp_path):
    over = tmp_path / "over"
    over.mkdir()
    text = "assess: overlay/1\nid: o\nversion: 1.10\nbase: ../rubric.yaml\n"
    (over / "rubric.yaml").write_text(text, encoding="utf-8")
    before = file.read_bytes()
    assert run(over, "--fix").exit_code == 0
    assert file.read_bytes() == before
    assert (over / "rubric.yaml").read_text(encoding="utf-8") == text.replace("1.10", '"1.10"')
    assert {Path(p.location.file).resolve() for p in review(over) if p.fix} == {file}


def test_a_rubric_that_is_not_there_is_told(tmp_path):
    assert run(tmp_path / "nowhere", "--fix").exit_code == 1

"""`assess rubric import`: a rubric that checks, everything at once or nothing, and what was wrong with the source."""

import os

import pytest
from importing import LENS, lens, samm_parts, write_lens, write_samm

from assess.cli.rubric.importing import SourceKind
from assess.importers import IMPORTERS


@pytest.fixture
def source(tmp_path):
    return write_lens(tmp_path / "own.json", LENS)


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_lens_becomes_a_rubric_that_checks_and_can_be_answered(run, source, tmp_path):
    found = run(
        "rubric", "import", source, "--to", tmp_path / "rubrics" / "kitchen", "--id", "kitchen", "--version", "2"
    )
    assert found.exit_code == 0
    assert "the rubric 'kitchen', from an AWS Well-Architected custom lens: 2 pillars, 3 questions" in found.stdout
    assert "What to know about the source: 1 note." in found.stdout
    assert "Engagements" not in found.stdout
    assert "own.json:63:22: note: 1 question has no choice" in found.stderr
    assert files(tmp_path / "rubrics" / "kitchen") == [
        "principles/01_safe_food.yaml", "principles/02_waste.yaml", "rubric.yaml",
    ]  # fmt: skip
    checked = run("rubric", "check", "kitchen", "--rubrics", tmp_path / "rubrics")
    # In this lens an alarm without a log is the greater risk, which no tool of its own would say.
    assert (checked.exit_code, checked.stdout.count("(falling_score)")) == (0, 1)
    assert "shown by cold1: [cold1_log, cold1_alarm] instead of [cold1_log]" in checked.stdout
    made = run(
        "new", tmp_path / "client", "--rubric", "kitchen", "--rubrics", tmp_path / "rubrics", "--on", "2026-06-30"
    )
    assert made.exit_code == 0
    assert "  cold1:\n" in (tmp_path / "client" / "answers" / "respondent.yaml").read_text(encoding="utf-8")


def test_a_samm_model_becomes_a_rubric_that_checks(run, tmp_path):
    found = run("rubric", "import", write_samm(tmp_path / "core"), "--to", tmp_path / "samm")
    assert found.exit_code == 0
    assert "the rubric 'samm', from an OWASP SAMM core model: 2 functions, 3 practices, 9 levels" in found.stdout
    assert run("rubric", "check", tmp_path / "samm").stdout.strip() == "no problems"
    assert "G-SO-1-A Do SO1A" in run("rubric", "show", tmp_path / "samm").stdout


def test_what_is_wrong_with_the_source_stops_everything_and_is_said_with_its_place(run, tmp_path):
    rules = [{"condition": "soap && sings", "risk": "NO_RISK"}, {"condition": "default", "risk": "HIGH_RISK"}]
    bad = write_lens(tmp_path / "bad.json", lens(pillars__0__questions__1__riskRules=rules))
    found = run("rubric", "import", bad, "--to", tmp_path / "out")
    assert found.exit_code == 1
    line = (tmp_path / "bad.json").read_text(encoding="utf-8").split("sings")[0].count("\n") + 1
    message = "error: the rule names 'sings', which is no choice of this question; did you mean 'signs'?"
    assert f"bad.json:{line}:28: {message} (import_reference)" in found.stderr
    assert found.stderr.strip().endswith("1 error; nothing was written")
    assert not (tmp_path / "out").exists()


def test_warnings_of_a_source_are_shown_and_the_rubric_is_written(run, tmp_path):
    parts = samm_parts()
    parts["questions/WA1A"]["id"] = "QSO1A"
    found = run("rubric", "import", write_samm(tmp_path / "core", parts), "--to", tmp_path / "samm")
    assert found.exit_code == 0
    assert "warning: the id 'QSO1A' already stands in" in found.stderr
    assert "1 warning, 19 notes" in found.stdout
    assert run("rubric", "check", tmp_path / "samm").exit_code == 0


def test_a_folder_in_which_something_stands_is_left_alone(run, source, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    found = run("rubric", "import", source, "--to", tmp_path / "out")
    assert found.exit_code == 1
    assert "is not empty; nothing in it was touched (file_unwritable)" in found.stderr
    assert files(tmp_path / "out") == ["mine.txt"]


def test_an_empty_folder_is_filled_and_nothing_else_is_left(run, source, tmp_path):
    (tmp_path / "out").mkdir()
    found = run("rubric", "import", source, "--to", tmp_path / "out")
    assert (found.exit_code, len(files(tmp_path / "out"))) == (0, 3)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.skipif(os.name == "nt", reason="a link to a folder takes rights there")
def test_a_link_to_an_empty_folder_is_filled_where_it_leads(run, source, tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert run("rubric", "import", source, "--to", tmp_path / "link").exit_code == 0
    assert len(files(tmp_path / "real")) == 3


def test_a_disk_that_refuses_leaves_no_folder(run, source, tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.rename", refuse)
    found = run("rubric", "import", source, "--to", tmp_path / "out")
    assert found.exit_code == 1
    assert "out cannot be written: no space left on device (file_unwritable)" in found.stderr
    assert not (tmp_path / "out").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


RULE = "a small letter, then small letters"


@pytest.mark.parametrize(
    ("identity", "why"),
    [("Kitchen", RULE), ("4k", RULE), ("overall", "the word has a meaning of its own"), ("a" * 41, RULE)],
)
def test_what_cannot_be_an_id_is_wrong_usage(run, source, tmp_path, identity, why):
    found = run("rubric", "import", source, "--to", tmp_path / "out", "--id", identity)
    assert found.exit_code == 2
    assert f"cannot be an id: {why}" in found.stderr


def test_every_importer_can_be_named():
    assert {kind.value for kind in SourceKind} == IMPORTERS.keys()


def test_a_source_that_is_not_there_and_one_of_the_wrong_kind(run, source, tmp_path):
    assert run("rubric", "import", tmp_path / "nowhere", "--to", tmp_path / "out").exit_code == 1
    found = run("rubric", "import", source, "--to", tmp_path / "out", "--kind", "samm")
    assert (found.exit_code, "is no SAMM core model" in found.stderr) == (1, True)
    assert not (tmp_path / "out").exists()

"""The personas of a rubric follow it to its new version, in their own files and with their comments."""

import json

import pytest
from typer.testing import CliRunner
from versions import NEW, OLD, rubric

from assess.authoring.migrate import carried_personas, is_rubric
from assess.authoring.test.expectations import misanswers, opened
from assess.cli import app
from assess.load import load
from assess.problems import DocumentError

TEAM = "{id: team, code: TE, title: Team}"
CREW = NEW.replace(TEAM, "{id: crew, title: Crew, renamed_from: [team]}").replace("ask: [team]", "ask: [crew]")
PERSONA = """\
assess: persona/1
id: slow
title: Slow and deaf
assessed_on: 2026-06-30
answers:
  kept: low        # as always
  first_name: mid
  whole: top
  outdated: no
  team:
    # What the team says.
    steps: fair
    ways: [mail, fax]
  boss:
    one: top
    two: low
expect:
  scores: {pace: 0}   # to be seen
"""


@pytest.fixture
def desk(tmp_path):
    """The folder of the new version with its personas, and the old one beside it."""
    old = rubric(tmp_path / "v1", OLD)
    rubric(tmp_path / "desk", NEW)
    (tmp_path / "desk" / "slow.yaml").write_text(PERSONA, encoding="utf-8")
    return tmp_path / "desk", old


def run(*words):
    result = CliRunner().invoke(app, ["rubric", "migrate", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result


@pytest.mark.parametrize("with_old", [True, False])
def test_every_answer_of_a_persona_is_one_to_the_new_version(desk, with_old):
    folder, old = desk
    found = carried_personas(folder, load(folder)[0], old if with_old else None)
    text = found.files[folder / "slow.yaml"]
    (folder / "slow.yaml").write_text(text, encoding="utf-8")
    rubric, sources = opened(folder)
    assert [*misanswers(rubric, sources)] == []
    for line in ("  kept: low        # as always", "  named: mid", "  half_a: top", "  half_b: yes", "    both: low"):
        assert f"{line}\n" in text
    assert "    # What the team says.\n" in text
    assert "    ways: [mail, wire]\n" in text
    assert text.endswith("expect:\n  scores: {pace: 0}   # to be seen\n")
    assert "retired in 1.1" in text
    assert "kept in" not in text
    again = carried_personas(folder, load(folder)[0], load(folder)[0])
    assert again.files == {}


def test_personas_below_a_renamed_role_follow_it(desk):
    folder, old = desk
    rubric(folder, CREW)
    text = carried_personas(folder, load(folder)[0], old).files[folder / "slow.yaml"]
    assert "  crew:\n    # What the team says.\n" in text
    assert "team:" not in text


def test_personas_in_the_file_of_the_rubric_itself_are_rewritten_there(tmp_path):
    old = rubric(tmp_path / "v1", OLD)
    listed = "personas:\n  - id: calm\n    title: Calm\n    assessed_on: 2026-06-30\n    answers:\n"
    listed += "      first_name: mid  # n\n"
    rubric(tmp_path / "desk", NEW + listed)
    found = carried_personas(tmp_path / "desk", load(tmp_path / "desk")[0], old)
    assert found.files == {tmp_path / "desk" / "rubric.yaml": NEW + listed.replace("first_name", "named")}


def test_a_dry_run_writes_nothing_and_write_writes_in_place(desk):
    folder, _ = desk
    words = (folder, "--to", folder, "--from", folder.parent / "v1")
    found = run(*words)
    assert found.exit_code == 0
    assert "slow.yaml (slow): " in found.output
    assert "  split      whole -> half_a, half_b" in found.output
    assert (folder / "slow.yaml").read_text(encoding="utf-8") == PERSONA
    document = json.loads(run(*words, "--format", "json").stdout)
    assert document["rubric"] == {"id": "desk", "from": "1.0", "to": "1.1"}
    assert run(*words, "--write").exit_code == 0
    assert "half_a: top" in (folder / "slow.yaml").read_text(encoding="utf-8")
    assert sorted(path.name for path in folder.parent.iterdir()) == ["desk", "v1"]


def test_without_a_step_and_without_the_old_rubric_nobody_knows_what_was_answered(desk):
    folder, _ = desk
    rubric(folder, NEW[: NEW.index("migrations:")])
    with pytest.raises(DocumentError, match="no step leads to version"):
        carried_personas(folder, load(folder)[0])


def test_a_layout_that_cannot_be_edited_is_named_and_nothing_is_written(desk):
    folder, old = desk
    flow = "{assess: persona/1, id: flat, title: F, assessed_on: 2026-06-30, answers: {first_name: mid}}\n"
    (folder / "flat.yaml").write_text(flow, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        carried_personas(folder, load(folder)[0], old)
    (problem,) = caught.value.problems
    assert (problem.location.file, problem.hint) == (str(folder / "flat.yaml"), "write one answer a line")


def test_only_rubrics_are_rubrics(desk, tmp_path):
    assert is_rubric(desk[0])
    assert is_rubric(desk[0] / "rubric.yaml")
    (tmp_path / "org").mkdir()
    (tmp_path / "org" / "engagement.yaml").write_text("assess: engagement/1\n", encoding="utf-8")
    assert not is_rubric(tmp_path / "org")
    assert not is_rubric(tmp_path / "nowhere")

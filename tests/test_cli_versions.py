"""`assess rubric diff` and `assess rubric migrate`: what they print, what they write, and how they end."""

import json
import os

import pytest
from versions import ENGAGEMENT, NEW, answers, engagement, versions

TEXT = """\
kept: mid
first_name: top
whole: mid
steps: fair
outdated: yes
"""


@pytest.fixture
def org(place):
    """The engagement `org` given to the old of two versions, in `v1/desk` and `v2/desk` beside it."""
    root = place.root / "versions"
    versions(root)
    folder = engagement(root, {"anna": answers(TEXT)})
    (folder / "evidence").mkdir()
    (folder / "evidence" / "map.pdf").write_bytes(b"%PDF")
    (folder / "people.yaml").write_text("r-anna: Anna\n", encoding="utf-8")
    return folder


def state(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def v(org, number):
    return org.parent / f"v{number}" / "desk"


# --- diff ---


def test_a_difference_ends_with_0_and_names_the_version_it_calls_for(run, org):
    done = run("rubric", "diff", v(org, 1), v(org, 2), "--engagements", org)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0].startswith("desk 1.0 -> desk 1.1: ")
    assert "This calls for a major version, 2.0 at least: 1.1 does not do it." in lines
    assert any(line.startswith("  - question outdated: Is there a telex?") for line in lines)
    assert "      its answers are retired" in lines
    assert "org, Acme: nothing moves." in lines


def test_equal_rubrics_end_with_0_too(run, org):
    done = run("rubric", "diff", v(org, 1), v(org, 1), "--engagements", org, "--fail-on", "cosmetic")
    assert (done.exit_code, done.stdout) == (
        0,
        "desk 1.0 -> desk 1.0: no difference\n\nNothing calls for another version.\n",
    )


@pytest.mark.parametrize(
    ("edit", "codes"),
    [
        (("text: Is it kept?", "text: Is it?"), {"cosmetic": 3, "meaning": 3, "scale": 0}),
        (("title: Pace", "title: Speed"), {"cosmetic": 3, "meaning": 0, "scale": 0}),
        (("weight: 0}", "weight: 0, unknown_as: '9'}"), {"cosmetic": 3, "meaning": 3, "scale": 3}),
    ],
)
def test_a_class_of_change_can_fail_a_build(run, org, edit, codes):
    other = org.parent / "v3"
    other.mkdir()
    assert edit[0] in NEW
    (other / "desk.yaml").write_text(NEW.replace(*edit), encoding="utf-8")
    for threshold, code in codes.items():
        done = run("rubric", "diff", v(org, 2), other / "desk.yaml", "--fail-on", threshold)
        assert done.exit_code == code
        assert ("of the class" in done.stderr) == bool(code)


def test_the_json_of_a_difference_is_one_document(run, org):
    done = run("rubric", "diff", v(org, 1), v(org, 2), "--engagements", org, "--format", "json")
    found = json.loads(done.stdout)
    assert (found["assess"], found["old"]["version"], found["new"]["version"]) == ("rubric-diff/1", "1.0", "1.1")
    assert found["counts"] == {sense: sum(c["sense"] == sense for c in found["changes"]) for sense in found["counts"]}
    assert [effect["name"] for effect in found["engagements"]] == ["org"]


def test_what_cannot_be_compared_ends_with_1(run, org):
    assert run("rubric", "diff", v(org, 1), "nobody").exit_code == 1
    assert "no revision" in run("rubric", "diff", "nope:desk", v(org, 1)).stderr
    empty = run("rubric", "diff", v(org, 1), v(org, 2), "--engagements", org.parent / "v1")
    assert (empty.exit_code, "holds no engagements" in empty.stderr) == (1, True)


def test_the_samples_are_tried_when_they_use_the_rubric(run, org, monkeypatch):
    monkeypatch.setattr("assess.resources.shipped", lambda _: org.parent)
    assert "org, Acme: nothing moves." in run("rubric", "diff", v(org, 1), v(org, 2)).stdout
    (org / "engagement.yaml").write_text(ENGAGEMENT.replace("rubric: desk", "rubric: other"), encoding="utf-8")
    assert "Acme" not in run("rubric", "diff", v(org, 1), v(org, 2)).stdout


# --- migrate ---


def test_a_dry_run_says_everything_and_writes_nothing(run, org):
    before = state(org.parent)
    done = run("rubric", "migrate", org, "--to", v(org, 2), "--from", v(org, 1))
    assert (done.exit_code, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "Acme: desk 1.0 -> 1.1"
    assert "answers/anna.yaml (r-anna, team): 1 carried, 1 renamed, 1 rescaled, 1 split, 1 retired" in lines
    assert "  renamed    first_name -> named" in lines
    assert "In all 5 answers: 1 carried, 1 renamed, 1 rescaled, 1 split, 1 retired; 3 to be asked again." in lines
    assert lines[-1] == f"A dry run: nothing was written. With --write the new folder will be {org}-1.1."
    assert state(org.parent) == before


def test_write_makes_a_new_folder_and_leaves_the_old_one_alone(run, org):
    before = state(org)
    done = run("rubric", "migrate", org, "--to", v(org, 2), "--from", v(org, 1), "--write")
    made = org.with_name("org-1.1")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1].endswith(f"Next: assess check {made}")
    assert state(org) == before
    after = state(made)
    assert set(after) == {*before, "reconfirm.md", "retired-1.0.yaml"}
    assert after["evidence/map.pdf"] == b"%PDF"
    checked = run("check", made, "--rubrics", v(org, 2).parent)
    assert (checked.exit_code, "error" in checked.stdout) == (0, False)
    assert sorted(path.name for path in org.parent.iterdir()) == ["org", "org-1.1", "v1", "v2"]


def test_a_folder_that_holds_something_is_refused_and_nothing_is_left_behind(run, org):
    taken = org.with_name("org-1.1")
    taken.mkdir()
    (taken / "mine.txt").write_text("mine", encoding="utf-8")
    before = state(org.parent)
    done = run("rubric", "migrate", org, "--to", v(org, 2), "--write")
    assert (done.exit_code, "is not empty; nothing in it was touched" in done.stderr) == (1, True)
    assert state(org.parent) == before
    inside = run("rubric", "migrate", org, "--to", v(org, 2), "--write", "--into", org / "new")
    assert (inside.exit_code, "lies inside the engagement" in inside.stderr) == (1, True)
    assert state(org.parent) == before


def test_a_place_that_cannot_be_written_is_refused(run, org):
    (org.parent / "taken").write_text("a file", encoding="utf-8")
    done = run("rubric", "migrate", org, "--to", v(org, 2), "--write", "--into", org.parent / "taken" / "new")
    assert (done.exit_code, "cannot be made" in done.stderr) == (1, True)


def test_a_failure_half_way_leaves_nothing(run, org, monkeypatch):
    from assess.cli.rubric import migrate

    def full(*_words, **_settings):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(migrate.shutil, "copytree", full)
    before = state(org.parent)
    done = run("rubric", "migrate", org, "--to", v(org, 2), "--write", "--into", org.parent / "new")
    assert (done.exit_code, "cannot be written: no space left on device" in done.stderr) == (1, True)
    assert state(org.parent) == before
    assert not (org.parent / "new").exists()
    assert not [path for path in org.parent.iterdir() if path.name.startswith(".")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_what_cannot_be_copied_is_named_and_nothing_is_written(run, org):
    os.mkfifo(org / "evidence" / "pipe")
    done = run("rubric", "migrate", org, "--to", v(org, 2), "--write")
    assert done.exit_code == 1
    first = done.stderr.splitlines()[0]
    assert first == f"error: {org}/evidence/pipe cannot be copied: `{org}/evidence/pipe` is a named pipe (file_missing)"
    assert not org.with_name("org-1.1").exists()


def test_a_single_file_becomes_a_folder_with_the_evidence_it_names(run, org):
    proof = "evidence: [{title: Map, file: evidence/map.pdf}, {title: Gone, file: no.pdf}, {title: Up, file: ../x.pdf}]"
    file = org / "acme.yaml"
    file.write_text(f"{ENGAGEMENT}answers:\n  kept: {{value: mid, {proof}}}\n", encoding="utf-8")
    done = run("rubric", "migrate", file, "--to", v(org, 2), "--write")
    assert done.exit_code == 0
    assert sorted(state(org / "acme-1.1")) == ["engagement.yaml", "evidence/map.pdf", "reconfirm.md"]


def test_an_engagement_that_is_there_already_has_nothing_to_carry(run, org):
    run("rubric", "migrate", org, "--to", v(org, 2), "--write")
    made = org.with_name("org-1.1")
    done = run("rubric", "migrate", made, "--to", v(org, 2), "--write")
    assert (done.exit_code, "is at version 1.1 already" in done.stdout) == (0, True)
    assert not made.with_name("org-1.1-1.1").exists()


def test_what_is_left_to_correct_is_told_before_anything_is_written(run, org):
    with (org / "engagement.yaml").open("a", encoding="utf-8") as file:
        file.write("targets: {gone: top}\n")
    done = run("rubric", "migrate", org, "--to", v(org, 2))
    assert "to be corrected by hand" in done.stderr
    assert "engagement.yaml:7:11: error: 'gone' is not a criterion of 'desk'" in done.stderr


def test_the_json_of_a_migration_is_one_document(run, org):
    done = run("rubric", "migrate", org, "--to", v(org, 2), "--format", "json", "--write")
    assert json.loads(done.stdout)["assess"] == "migration/1"
    assert org.with_name("org-1.1").is_dir()


def test_the_error_of_another_version_names_the_command_that_helps(run, org):
    done = run("check", org, "--rubrics", v(org, 2).parent)
    assert done.exit_code == 1
    assert f"carry the answers over: assess rubric migrate {org} --to desk; or use version 1.0" in done.stdout


def test_the_error_of_another_version_says_where_that_one_is_kept(run, org):
    file = v(org, 2) / "rubric.yaml"
    told = file.read_text(encoding="utf-8").replace('to: "1.1"', 'to: "1.1"\n    kept: the attic of the town hall')
    file.write_text(told, encoding="utf-8")
    done = run("check", org, "--rubrics", v(org, 2).parent)
    assert "or use version 1.0, by --rubrics FOLDER; it is kept in the attic of the town hall" in done.stdout


def test_an_engagement_may_be_the_folder_one_stands_in(run, org, monkeypatch):
    monkeypatch.chdir(org)
    done = run("rubric", "migrate", ".", "--to", v(org, 2), "--write")
    assert (done.exit_code, org.with_name("org-1.1").is_dir()) == (0, True)
    assert "org, Acme: nothing moves." in run("rubric", "diff", v(org, 1), v(org, 2), "--engagements", ".").stdout


def test_what_moves_is_shown_in_tables_with_its_causes(run, place):
    from conftest import RUBRIC

    other = place.root / "other"
    other.mkdir()
    text = RUBRIC.replace("of: [hear_back], at: begun", "of: [hear_back], at: defined")
    text = text.replace("weeks: 2,\n", "weeks: 2, not_before: hear >= leading,\n").replace("max: 365", "max: 8")
    (other / "small.yaml").write_text(text, encoding="utf-8")
    done = run("rubric", "diff", "small", other / "small.yaml", "--engagements", place.root)
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert "score now level now by" in lines
    assert "hear_back All are answered 1.00 2.00 begun defined gate hear_no_rule: cap" in lines
    assert "i02 Monthly talk on causes 1 - initiative i02: not_before" in lines
    assert "left out in 1.0: 'hear_days': 9 is more than 8 days, the most 'hear_days' takes" in lines


def test_more_than_three_causes_are_counted():
    from assess.cli.rubric.diff import first_causes

    assert (first_causes(["a", "b", "c"]), first_causes(["a", "b", "c", "d", "e"])) == ("a; b; c", "a; b; c and 2 more")

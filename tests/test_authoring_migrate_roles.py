"""A role that has another id in the new version: old files are read, and carried over they name it as it is today."""

import pytest
from versions import NEW, OLD, answers, engagement, rubric

from assess.authoring.check import review
from assess.authoring.diff import compare_rubrics
from assess.authoring.migrate import migrated, read_back
from assess.collect import collect, open_engagement
from assess.problems import errors

CREW = "{id: crew, code: CW, title: Crew, renamed_from: [team]}"
RENAMED = NEW.replace("{id: team, code: TE, title: Team}", CREW).replace("ask: [team]", "ask: [crew]")
SAME = OLD.replace("{id: team, code: TE, title: Team}", CREW)
HEAD = """\
assess: engagement/1
organization: {name: Acme}
rubric: desk
rubric_version: "1.0"
assessed_on: 2026-06-30
invited: {boss: 1, team: 2}   # heads
capacity:
  default: 3
  team: 5   # days
"""
AGREED = """\
assess: agreed/1
answers:
  kept:
    value: mid    # between the two
    basis: [boss, team]
    why: Seen together.
"""


@pytest.fixture
def pair(tmp_path):
    return rubric(tmp_path / "v1", OLD), rubric(tmp_path / "v2", RENAMED)


def org_of(tmp_path, **more):
    files = {"anna": answers("kept: low"), "bo": answers("kept: top", "boss", "r-bo"), "_agreed": AGREED, **more}
    return engagement(tmp_path, files, HEAD)


def test_files_with_the_old_name_are_read(tmp_path):
    new = rubric(tmp_path / "same", SAME)
    sheet, problems = collect(org_of(tmp_path), *open_engagement(tmp_path / "org"), new)
    assert errors(problems) == ()
    assert {who.role for who in sheet.respondents} == {"crew", "boss"}
    assert dict(sheet.engagement.invited) == {"boss": 1, "crew": 2}
    assert dict(sheet.engagement.capacity) == {"default": 3, "crew": 5}
    assert sheet.settled["kept"].basis == ("boss", "crew")


def test_every_place_that_names_the_role_names_it_as_today_and_nothing_else_changes(tmp_path, pair):
    found = migrated(org_of(tmp_path), pair[1], pair[0])
    assert found.recast == ()
    assert read_back(found)[1] == ()
    heads = found.files["engagement.yaml"]
    assert "invited: {boss: 1, crew: 2}   # heads" in heads
    assert "  crew: 5   # days" in heads
    assert found.files["answers/anna.yaml"] == answers("kept: low", "crew")
    assert found.files["answers/bo.yaml"] == answers("kept: top", "boss", "r-bo")
    assert found.files["answers/_agreed.yaml"] == AGREED.replace("team", "crew")


def test_answers_below_a_role_inside_the_engagement_follow_it_and_so_does_what_rests_on_them(tmp_path, pair):
    text = (
        HEAD
        + "answers:\n  team:\n    kept: low   # sure\n  boss: {kept: top}\n"
        + "agreed:\n  kept: {value: mid, basis: [answers-team], why: W}\n"
    )
    found = migrated(engagement(tmp_path, {}, text), pair[1], pair[0])
    assert read_back(found)[1] == ()
    written = found.files["engagement.yaml"]
    assert "  crew:\n    kept: low   # sure\n  boss:\n    kept: top\n" in written
    assert "basis: [answers-crew]" in written


def test_a_code_stays_and_so_does_a_name_that_stands_beside_the_new_one(tmp_path, pair):
    coded = org_of(tmp_path, anna=answers("kept: low", "TE"))
    new = rubric(tmp_path / "coded", RENAMED.replace("code: CW", "code: TE"))
    assert migrated(coded, new, pair[0]).files["answers/anna.yaml"] == answers("kept: low", "TE")
    both = engagement(tmp_path / "both", {}, HEAD.replace("team: 2}", "team: 2, crew: 1}"))
    found = migrated(both, pair[1], pair[0])
    assert "invited: {boss: 1, team: 2, crew: 1}" in found.files["engagement.yaml"]
    assert [problem.code for problem in read_back(found)[1]] == ["duplicate_id"]


def test_a_renamed_role_is_the_same_role_to_the_difference(pair):
    changes = [change for change in compare_rubrics(*pair).changes if change.element == "role"]
    assert [(change.kind, change.name, change.was, change.sense) for change in changes if change.kind == "renamed"] == [
        ("renamed", "crew", "team", "cosmetic")
    ]
    assert not [change for change in changes if change.kind in ("added", "removed")]


def test_a_former_role_that_is_in_use_again_is_found(tmp_path):
    text = RENAMED.replace("{id: guest, title: Guest}", "{id: guest, title: Guest, renamed_from: [boss, team]}")
    rubric(tmp_path, text)
    found = [problem for problem in review(tmp_path / "rubric.yaml") if problem.code == "reused_id"]
    assert [problem.message.split(",")[0] for problem in found] == [
        "the former id 'boss' of 'guest' is in use again",
        "the former id 'team' of 'guest' was that of 'crew' as well",
    ]

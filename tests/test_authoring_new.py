"""A new rubric is sound before anything is changed in it, and its persona comes out as expected."""

import pytest

from assess import workflow
from assess.authoring.new import starting
from assess.testing import check, personas


@pytest.fixture
def made(run, place):
    """The folder of a new rubric, and what was said when it was made."""
    found = run("rubric", "new", place.root / "rubrics" / "night_shift", "--title", 'The "night" shift: a rubric')
    assert found.exit_code == 0, found.output
    return place.root / "rubrics" / "night_shift", found.stdout


def test_a_new_rubric_has_no_problem_and_no_note(made):
    folder, _ = made
    rubric, problems = workflow.reviewed_rubric(folder)
    assert problems == ()
    assert (rubric.id, rubric.title) == ("night_shift", 'The "night" shift: a rubric')


def test_its_persona_comes_out_as_expected(made):
    folder, _ = made
    assert personas(folder) == ("nothing_yet",)
    check(folder, "nothing_yet")


def test_it_shows_every_part_a_rubric_has(made):
    rubric = workflow.load_rubric(made[0])
    assert rubric.principles
    assert rubric.initiatives
    assert rubric.headlines
    assert list(rubric.all_gates())
    assert list(rubric.all_clashes())
    assert {question.weight for question in rubric.questions()} == {0, 1}


def test_the_next_steps_can_be_typed_as_they_are_printed(made, run, place, monkeypatch):
    monkeypatch.chdir(place.root)
    steps = [line.split()[1:] for line in made[1].splitlines() if line.startswith("  assess ")]
    assert [step[1] for step in steps] == ["check", "test", "schema"]
    for step in steps:
        assert run(*step).exit_code == 0, step


@pytest.mark.usefixtures("made")
def test_an_engagement_can_be_started_with_it(run, place):
    assert run("new", place.root / "client", "--rubric", "night_shift", "--on", "2026-06-30").exit_code == 0


def test_the_id_comes_from_the_folder_unless_it_is_given(run, place):
    found = run("rubric", "new", place.root / "Night Shift-2")
    assert "is the rubric 'night_shift_2'" in found.stdout
    assert "Engagements look for a folder named night_shift_2" in found.stdout
    found = run("rubric", "new", place.root / "other", "--id", "nights")
    assert "is the rubric 'nights'" in found.stdout
    assert workflow.load_rubric(place.root / "other").title == "Other"


@pytest.mark.parametrize(("words", "code"), [(["2nd"], 2), (["x", "--id", "Big"], 2), (["org"], 1)])
def test_what_cannot_be_a_rubric_is_not_made(run, place, words, code):
    before = sorted(place.root.rglob("*"))
    found = run("rubric", "new", f"{place.root}/{words[0]}", *words[1:])
    assert found.exit_code == code
    assert sorted(place.root.rglob("*")) == before


def test_the_same_words_make_the_same_files():
    assert starting("a", "A") == starting("a", "A")
    assert 'id: a\ntitle: "A"' in starting("a", "A")["rubric.yaml"]


def test_a_new_rubric_has_nothing_to_remark(run, tmp_path):
    assert run("rubric", "new", tmp_path / "mine", "--title", "Mine").exit_code == 0
    assert run("rubric", "check", tmp_path / "mine").stdout == "no problems\n"

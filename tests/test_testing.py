"""The personas of a rubric as test cases of pytest, without pytest."""

import subprocess
import sys

import pytest
from acting import stage

from assess.problems import DocumentError
from assess.testing import check, missed, personas

SUITE = """\
import pytest
from assess.testing import check, missed, personas

RUBRIC = "rubrics/small"


@pytest.mark.parametrize("persona", personas(RUBRIC))
def test_a_persona_comes_out_as_expected(persona):
    check(RUBRIC, persona)


def test_every_gate_holds_somewhere():
    assert missed(RUBRIC)["gate"] == ()
"""


@pytest.fixture
def small(tmp_path):
    return stage(tmp_path)


def test_the_personas_of_a_rubric_are_named_in_their_order(small):
    assert personas(small.root) == personas(str(small.root)) == ("poor", "rich")


def test_a_persona_that_comes_out_as_expected_is_silent(small):
    for persona in personas(small.root):
        check(small.root, persona)


def test_one_that_does_not_says_every_line_that_differs(small):
    small.edit("personas/poor.yaml", "risk: 0, overall: 0.5", "risk: 3, overall: 1")
    with pytest.raises(AssertionError) as failed:
        check(small.root, "poor")
    place = small.root / "personas" / "poor.yaml"
    assert str(failed.value).splitlines() == [
        f"{place}:14:45: 'risk' scores 0; 3 was expected",
        "    -> the steps to it: assess rubric test small --persona poor --explain risk",
        f"{place}:14:57: 'overall' scores 0.5; 1 was expected",
        "    -> the steps to it: assess rubric test small --persona poor --explain overall",
    ]


def test_an_edit_of_the_rubric_is_seen_by_the_next_check(small):
    check(small.root, "poor")
    small.edit("personas/poor.yaml", "risk: 0", "risk: 3")
    with pytest.raises(AssertionError, match="'risk' scores 0"):
        check(small.root, "poor")


def test_a_persona_that_is_not_there_is_named(small):
    with pytest.raises(KeyError, match="'por' is no persona of this rubric; did you mean 'poor'"):
        check(small.root, "por")


def test_a_rubric_that_cannot_be_used_is_told_with_its_problems(small):
    small.edit("rubric.yaml", "register_kept = no", "register_kept = non")
    with pytest.raises(DocumentError, match="'non' is not an option"):
        personas(small.root)


def test_what_is_missed_is_given_by_kind(small):
    found = missed(small.root)
    assert found["option"] == ("register_form: sheet", "causes: started")
    assert found["gate"] == ()


def test_engagements_count_for_what_is_missed(small, tmp_path):
    folder = tmp_path / "clients" / "brewery"
    folder.mkdir(parents=True)
    (folder / "engagement.yaml").write_text(
        "assess: engagement/1\norganization: {name: B}\nrubric: small\nassessed_on: 2026-06-30\n"
        "answers: {desk: {causes: started}}\n",
        encoding="utf-8",
    )
    assert missed(small.root, str(tmp_path / "clients"))["option"] == ("register_form: sheet",)


def test_a_suite_of_a_team_runs_and_fails_where_it_should(small, tmp_path):
    small.edit("personas/poor.yaml", "risk: 0", "risk: 3")
    (tmp_path / "test_rubric.py").write_text(SUITE, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--color=no", "test_rubric.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "1 failed, 2 passed" in done.stdout
    assert "test_a_persona_comes_out_as_expected[poor]" in done.stdout
    assert "AssertionError: rubrics/small/personas/poor.yaml:14:45: 'risk' scores 0; 3 was expected" in done.stdout


def test_importing_it_does_not_import_pytest():
    script = "import sys, assess.testing; sys.exit('pytest' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0

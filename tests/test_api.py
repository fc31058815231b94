"""The three functions of the package: what a program that imports `assess` stands on."""

import datetime
import subprocess
import sys
from pathlib import Path

import pytest

import assess
from assess.problems import DocumentError
from assess.resources import shipped

SAMPLES = Path(__file__).resolve().parents[1] / "sample_orgs"


def test_importing_the_package_imports_nothing_heavy():
    script = "import sys, assess; print(*({'pydantic', 'yaml', 'jinja2', 'typer'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_the_public_names_are_these_and_no_others():
    assert assess.__all__ == ["DocumentError", "load_answers", "load_rubric", "score"]
    assert all(callable(getattr(assess, name)) for name in assess.__all__)
    with pytest.raises(AttributeError, match="no attribute 'assess_one'"):
        assess.assess_one  # noqa: B018 - reading it is the test


def test_a_sample_is_scored_in_three_lines():
    rubric = assess.load_rubric(shipped("rubrics") / "social_business")
    answers = assess.load_answers(SAMPLES / "quietwater", rubric)
    scorecard = assess.score(rubric, answers)
    assert scorecard["lwp"].value == 50.0
    assert scorecard["LWP"] is scorecard["lwp"]
    assert scorecard["overall"].value == pytest.approx(29.642, abs=5e-4)
    assert scorecard["lwp"].because


def test_paths_may_be_texts(place):
    rubric = assess.load_rubric(str(place.rubrics / "small.yaml"))
    assert assess.score(rubric, assess.load_answers(str(place.org), rubric))["mend"].points == 2.0


def test_a_plain_mapping_is_enough(place):
    rubric = assess.load_rubric(place.rubrics / "small.yaml")
    assert assess.score(rubric, {"mend_cause": 3})["mend"].level == "defined"
    by_role = {"boss": {"hear_count": "practised"}, "log": {"hear_count": "begun"}}
    assert assess.score(rubric, by_role)["hear_all"].value == 25.0
    assert (
        assess.score(rubric, {"hear_since": "2020-01-01"}, assessed_on=datetime.date(2026, 6, 30))["mend"].value is None
    )


def test_mistakes_are_one_exception_with_all_of_them(place):
    rubric = assess.load_rubric(place.rubrics / "small.yaml")
    with pytest.raises(DocumentError) as caught:
        assess.score(rubric, {"mend_cause": "nonsense", "hear_dyas": 3})
    assert len(caught.value.problems) == 2
    place.edit("org/answers/boss.yaml", "mend_cause: defined", "mend_cause: definde")
    with pytest.raises(DocumentError, match=r"boss.yaml:7:15: 'definde' is not an answer to 'mend_cause'"):
        assess.load_answers(place.org, rubric)

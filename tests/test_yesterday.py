"""Rubrics and engagements as they stood before anonymous answers below five were left out: they load and score today.

`yesterday/` holds the two shipped rubrics and the three samples byte for byte as they were at version 0.1.0.
"""

from pathlib import Path

import pytest
from agreeing import agreeing, customers
from auditing import assessment
from golden import GOLDEN, WHOLE
from typer.testing import CliRunner

from assess import workflow
from assess.authoring.test.expectations import misses_of
from assess.cli import app

YESTERDAY = Path(__file__).parent / "yesterday"
RUBRICS = [YESTERDAY / "rubrics"]
SAMPLES = YESTERDAY / "sample_orgs"
on_each_sample = pytest.mark.parametrize("name", sorted(WHOLE))


@pytest.fixture
def agreed(tmp_path):
    """A sample whose customers say that their answers may count alone, and nothing else changed."""
    return lambda name: agreeing(SAMPLES / name, tmp_path / name)


def test_every_sample_of_yesterday_is_here():
    assert {path.name for path in SAMPLES.iterdir()} == set(WHOLE)


@pytest.mark.slow
@pytest.mark.parametrize("rubric", ["social_business", "complaint_handling"])
def test_a_rubric_of_yesterday_loads_and_its_personas_come_out_as_expected(rubric):
    loaded = workflow.load_rubric(RUBRICS[0] / rubric)
    assert [seen for persona in loaded.personas if (seen := misses_of(loaded, persona))] == []


def test_rules_of_the_plan_that_mean_something_else_today_are_told_with_what_to_write():
    _, remarks = workflow.reviewed_rubric(RUBRICS[0] / "social_business")
    rules = [(r.code, r.severity, r.location.line) for r in remarks if r.code in ("at_once", "idle_key")]
    assert rules == [("at_once", "note", 118), ("idle_key", "note", 119), ("idle_key", "note", 120)]
    told = next(remark for remark in remarks if remark.code == "at_once")
    assert "`at_once: 5` holds for the whole organization" in told.message
    assert "write `at_owner: 5` in its place" in told.hint


@pytest.mark.slow
@on_each_sample
def test_a_sample_of_yesterday_is_told_what_is_left_out_and_what_to_do(name):
    run = CliRunner().invoke(app, ["check", str(SAMPLES / name), "--rubrics", str(RUBRICS[0])])
    assert run.exit_code == 0, run.output
    assert "Customer (customer): " in run.stdout
    assert "fewer than 5 anonymous answers with a value and count in nothing (too_few)" in run.stdout
    assert "or have people say in their own files that their answers may count alone (alone: true)" in run.stdout


@pytest.mark.slow
@on_each_sample
def test_a_sample_of_yesterday_still_gives_a_roadmap(name):
    found = workflow.assess(SAMPLES / name, RUBRICS)
    text = workflow.report(found)
    assert "Customer: fewer than 5 answers, not counted" in text
    heard = [cell for cell in found.sheet.crowds if cell[1] == "customer"]
    assert bool(heard) is (len(customers(SAMPLES / name)) >= 5)
    assert found.scorecard["overall"].value is not None


@on_each_sample
def test_with_leave_to_count_alone_every_number_is_that_of_yesterday_to_the_last_digit(name, agreed):
    found = workflow.assess(agreed(name), RUBRICS).scorecard
    points = {principle: found[principle].points for principle in GOLDEN[name].points}
    assert points == pytest.approx(GOLDEN[name].points, abs=1e-9)
    levels = {p: tuple(found[child].points for child in found[p].children) for p in GOLDEN[name].criteria}
    assert levels == {p: pytest.approx(points, abs=1e-9) for p, points in GOLDEN[name].criteria.items()}
    assert found["overall"].value == pytest.approx(GOLDEN[name].overall, abs=5e-4)
    today = assessment(name).scorecard
    assert {node: score.value for node, score in found.scores.items()} == {
        node: score.value for node, score in today.scores.items()
    }

"""The personas of the shipped rubrics: what the rubric must say of each organization, and what they reach together."""

from functools import cache

import pytest

from assess.resources import list_rubrics, shipped
from assess.testing import check, missed, personas

RUBRICS = list_rubrics(())
PERSONAS = [(name, persona) for name, path in RUBRICS.items() for persona in personas(path)]
SAMPLES = shipped("sample_orgs")
FEWEST = 24  # organizations of social_business, the samples among them


@cache
def unreached():
    """What neither a persona of social_business nor a sample organization reaches, by kind."""
    return missed(RUBRICS["social_business"], SAMPLES)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "persona"), PERSONAS)
def test_a_persona_comes_out_as_expected(name, persona):
    check(RUBRICS[name], persona)


def test_every_rubric_has_personas():
    assert {name for name, _ in PERSONAS} == set(RUBRICS)


def test_there_are_as_many_organizations_as_it_takes_to_try_everything():
    samples = [path for path in SAMPLES.iterdir() if (path / "engagement.yaml").is_file()]
    assert len(samples) == 4
    assert len(personas(RUBRICS["social_business"])) + len(samples) >= FEWEST


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["gate", "no_gate", "clash", "no_clash"])
def test_every_gate_and_every_clash_holds_in_one_organization_and_not_in_another(kind):
    assert unreached()[kind] == ()


@pytest.mark.slow
def test_every_initiative_is_asked_for_by_a_finding_about_some_organization():
    assert unreached()["initiative"] == ()

"""The personas of the shipped rubrics: what the rubric must say of each organization, and what they reach together."""

from functools import cache

import pytest

from assess.authoring.test.expectations import opened
from assess.authoring.test.mutations import KINDS
from assess.authoring.test.survivors import call_witnesses, is_noticed
from assess.resources import list_rubrics, shipped
from assess.testing import check, missed, personas

RUBRICS = list_rubrics(())
PERSONAS = [(name, persona) for name, path in RUBRICS.items() for persona in personas(path)]
SAMPLES = shipped("sample_orgs")
FEWEST = 24  # organizations of social_business, the samples among them


@cache
def witnesses():
    """social_business, and its personas as those who notice a change of it."""
    rubric, _ = opened(RUBRICS["social_business"])
    return rubric, tuple(call_witnesses(rubric))


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
def test_the_personas_of_social_business_reach_all_of_it():
    assert {kind: parts for kind, parts in missed(RUBRICS["social_business"]).items() if parts} == {}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["key", "threshold", "turn", "flag", "cap", "half"])
def test_a_change_of_what_social_business_judges_by_is_noticed_by_a_persona(kind):
    rubric, known = witnesses()
    unnoticed = [change.says for change in KINDS[kind][1](rubric) if not is_noticed(rubric, known, change)]
    # A role of a persona has one voice, so a share is all of it or nothing; the samples have several.
    assert [says for says in unnoticed if "share(" not in says] == []

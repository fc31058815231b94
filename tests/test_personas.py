"""The personas of the shipped rubrics: invented organizations, and what the rubric must say of each."""

from functools import cache

import pytest

from assess import workflow
from assess.collect import collect_mapping
from assess.diagnose import diagnose
from assess.plan import plan
from assess.resources import list_rubrics
from assess.scoring import score

RUBRICS = {name: workflow.load_rubric(path) for name, path in list_rubrics(()).items()}
PERSONAS = [(name, persona.id) for name, rubric in RUBRICS.items() for persona in rubric.personas]


@cache
def lived(name, wanted):
    """A persona with its scorecard, diagnosis and plan."""
    rubric = RUBRICS[name]
    persona = next(found for found in rubric.personas if found.id == wanted)
    sheet = collect_mapping(rubric, rubric.answers_of(persona), assessed_on=persona.assessed_on)
    organization = sheet.engagement.organization.model_copy(update={"staff": rubric.staff_of(persona)})
    sheet = sheet._replace(engagement=sheet.engagement.model_copy(update={"organization": organization}))
    card = score(rubric, sheet)
    diagnosis = diagnose(rubric, sheet, card)
    return persona, card, diagnosis, plan(rubric, sheet, card, diagnosis)


def test_there_are_personas():
    assert len(PERSONAS) >= 6


@pytest.mark.parametrize(("name", "persona"), PERSONAS)
def test_scores_and_levels_are_those_expected(name, persona):
    expect, card = lived(name, persona)[0].expect, lived(name, persona)[1]
    assert {node: card[node].points for node in expect.scores} == pytest.approx(expect.scores, abs=0.005)
    assert {node: card[node].level for node in expect.levels} == dict(expect.levels)


@pytest.mark.parametrize(("name", "persona"), PERSONAS)
def test_gates_and_clashes_are_those_expected(name, persona):
    told, card, diagnosis, _ = lived(name, persona)
    flags = {finding.id.removeprefix("gate_") for finding in diagnosis.of("gate")}
    holding = {gate.id for gate in card.gates() if gate.holds} | flags
    assert set(told.expect.gates) <= holding
    assert not set(told.expect.not_gates) & holding
    if told.expect.clashes is not None:
        assert {finding.id.removeprefix("clash_") for finding in diagnosis.of("clash")} == set(told.expect.clashes)


@pytest.mark.parametrize(("name", "persona"), PERSONAS)
def test_what_must_be_planned_is_in_the_plan(name, persona):
    told, _, _, found = lived(name, persona)
    assert set(told.expect.planned) <= {placement.initiative for placement in found.placements}

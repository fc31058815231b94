"""The personas of a rubric at a glance: scores, levels, gates and clashes against what they expect, without plans.

It takes a twentieth of the time of `assess rubric test`, which also scores, diagnoses and plans each of them.
"""

from typing import NamedTuple

from assess.authoring.assessments import answers_of
from assess.authoring.test.expectations import misses
from assess.formula import evaluate, evaluate_sheet
from assess.model.initiatives import Persona
from assess.model.rubric import Rubric
from assess.problems import DocumentError


class Glimpse(NamedTuple):
    """A persona, and what came out otherwise than expected, in words."""

    id: str
    misses: tuple[str, ...]


def glimpses(rubric: Rubric) -> tuple[Glimpse, ...]:
    """Every persona of a sound rubric."""
    return tuple(_glimpse(rubric, persona) for persona in rubric.personas)


def _glimpse(rubric: Rubric, persona: Persona) -> Glimpse:
    try:
        tree = evaluate_sheet(rubric, answers_of(rubric, persona))
    except DocumentError as error:
        return Glimpse(persona.id, tuple(problem.message for problem in error.problems))
    claimed = evaluate(tree.compiled, tree.readings, claimed=True)
    return Glimpse(persona.id, tuple(miss.message for miss in misses(persona, tree, claimed)))

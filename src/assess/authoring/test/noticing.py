"""Whether a persona notices that its rubric was changed: something no longer comes out as it expects."""

from assess.authoring.test.expectations import misses
from assess.formula import Compiled, Dependents, Evaluation, dependents
from assess.model.initiatives import Persona

Trees = tuple[Evaluation, Evaluation]
"""One organization as it counts, and without the ceilings of evidence."""


def notices(persona: Persona, trees: Trees, other: Compiled, changed: frozenset[str]) -> bool:
    """Whether a persona comes out otherwise than it expects in another rubric; plans are not looked at.

    trees: on the rubric as it is, in which it comes out as expected. changed: every node and question that can have
    another value in the other rubric.
    """
    tree, claimed = (known.with_formulas(other, changed) for known in trees)
    return any(True for _ in misses(persona, tree, claimed))


def dependents_of(compiled: Compiled) -> Dependents:
    """Who reads whom in a rubric, found once."""
    derived = compiled.rubric.derived
    if dependents_of not in derived:
        derived[dependents_of] = dependents(compiled)
    found: Dependents = derived[dependents_of]
    return found

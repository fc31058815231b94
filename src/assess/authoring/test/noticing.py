"""Whether a persona notices that its rubric was changed: something no longer comes out as it expects."""

from collections.abc import Iterator

from assess import conditions
from assess.authoring.test.expectations import misses
from assess.formula import Compiled, Dependents, Evaluation, Projection, dependents
from assess.model.initiatives import Persona

ORDERED = frozenset({"<", "<=", ">", ">="})
Trees = tuple[Evaluation, Evaluation]
"""One organization as it counts, and without the ceilings of evidence."""


def noticed(persona: Persona, trees: Trees, other: Compiled, changed: frozenset[str]) -> bool:
    """Whether a persona comes out otherwise than it expects in another rubric; plans are not looked at.

    trees: on the rubric as it is, in which it comes out as expected. changed: every node and question that can have
    another value in the other rubric.
    """
    tree, claimed = (Projection(other, known.readings, known.claimed, base=known, changed=changed) for known in trees)
    return any(True for _ in misses(persona, tree, claimed))


def dependents_of(compiled: Compiled) -> Dependents:
    """Who reads whom in a rubric, found once."""
    derived = compiled.rubric.derived
    if dependents_of not in derived:
        derived[dependents_of] = dependents(compiled)
    found: Dependents = derived[dependents_of]
    return found


def thresholds(condition: str) -> Iterator[str]:
    """The comparisons of a condition that have a threshold, each as a condition of its own."""
    for part in conditions.comparisons(conditions.parse(condition)):
        if isinstance(part, conditions.Comparison) and part.op in ORDERED:
            yield conditions.spelled_out(part)

"""The personas of a rubric at a glance: scores, levels, gates and clashes against what they expect, without plans.

It takes a twentieth of the time of `assess rubric test`, which also diagnoses and plans each of them.
"""

from collections.abc import Iterator
from typing import NamedTuple

from assess.authoring.test.expectations import unlike
from assess.collect import collect_mapping, everything
from assess.formula import Evaluation, compile_rubric, evaluate, level_at, printed, read
from assess.model.initiatives import Persona
from assess.model.rubric import ROOT, Rubric
from assess.numbers import MOST_PLACES, short
from assess.problems import DocumentError


class Glimpse(NamedTuple):
    """A persona, its overall score as it is printed, and what came out otherwise than expected, in words."""

    id: str
    overall: str
    misses: tuple[str, ...]


class _Seen(NamedTuple):
    """A persona's answers in the tree as it counts, and as it is claimed."""

    rubric: Rubric
    tree: Evaluation
    claimed: Evaluation


def glimpses(rubric: Rubric) -> tuple[Glimpse, ...]:
    """Every persona of a sound rubric."""
    return tuple(_glimpse(rubric, persona) for persona in rubric.personas)


def _glimpse(rubric: Rubric, persona: Persona) -> Glimpse:
    try:
        sheet = everything(collect_mapping(rubric, rubric.answers_of(persona), assessed_on=persona.assessed_on))
    except DocumentError as error:
        return Glimpse(persona.id, "", tuple(problem.message for problem in error.problems))
    compiled, readings = compile_rubric(rubric), read(rubric, sheet)
    seen = _Seen(rubric, evaluate(compiled, readings), evaluate(compiled, readings, claimed=True))
    misses = (*_numbers(seen, persona), *_gates(seen, persona), *_clashes(seen, persona))
    overall = printed(rubric, ROOT, seen.tree.node(ROOT).value, seen.tree.scale(ROOT))
    return Glimpse(persona.id, overall, misses)


def _numbers(seen: _Seen, persona: Persona) -> Iterator[str]:
    """Scores and levels that are others."""
    for name, wanted in persona.expect.scores.items():
        node = seen.rubric.id_of(name)
        value = seen.tree.node(node).value
        found = "" if value is None else unlike(seen.rubric, node, value, seen.tree.scale(node), wanted)
        if value is None or found:
            yield f"{name} {f'scores {found}' if found else 'has no score'}, not {short(wanted, MOST_PLACES)}"
    for name, key in persona.expect.levels.items():
        node = seen.rubric.id_of(name)
        value = seen.tree.node(node).value
        level = None if value is None else level_at(seen.rubric, node, value)
        if level is None or level.key != key:
            yield f"{name} is {level.key if level else 'at no level'}, not {key}"


def _gates(seen: _Seen, persona: Persona) -> Iterator[str]:
    """Gates and key criteria that hold or do not."""
    holding = {cap.id for result in seen.tree.nodes.values() for cap in result.caps if cap.holds}
    holding |= {gate.id for gate in seen.rubric.all_gates() if gate.flag and seen.tree.truth(gate.when)}
    yield from (f"{name} does not hold" for name in persona.expect.gates if seen.rubric.id_of(name) not in holding)
    yield from (f"{name} holds" for name in persona.expect.not_gates if seen.rubric.id_of(name) in holding)


def _clashes(seen: _Seen, persona: Persona) -> Iterator[str]:
    """Clashes that are not found, and those that were not expected."""
    if persona.expect.clashes is None:
        return
    clashes = seen.rubric.all_clashes()
    found = {each.id for each in clashes if seen.claimed.truth(each.claim) and seen.claimed.truth(each.practice)}
    yield from (f"{name} is not found" for name in persona.expect.clashes if name not in found)
    yield from (f"{name} is found" for name in sorted(found - {*persona.expect.clashes}))

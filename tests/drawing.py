"""What tests of draws share: one draw as a tree of its own, and organizations to draw of."""

import math

from factories import sheet

from assess.draws.batch import BatchEvaluation
from assess.draws.sources import drawn_from
from assess.formula import Evaluation, dependents
from assess.formula.ranges import exactly
from assess.formula.readings import NOBODY, STATED
from assess.scoring import score_organization

DRAWS = 12


def organization(rubric, *people, settled=None, invited=None):
    """An organization as scoring found it; invited: how many of each role."""
    found = sheet(*people, settled=settled)
    engagement = found.engagement.model_copy(update={"invited": invited or {}})
    return score_organization(rubric, found._replace(engagement=engagement))


def drawn(found, draws=DRAWS, seed=1):
    return drawn_from(found, draws, seed)


def moving(found, draw):
    """Every node and question that can differ from draw to draw."""
    reach = dependents(found.compiled)
    return reach.of(reach.of(draw.questions) | draw.weights.keys())


def batch(found, draw, tree=None):
    return BatchEvaluation(tree or found.tree, draw, moving(found, draw))


def one_draw(found, draw, place, lifts=None, off=frozenset()):
    """The tree of one draw, from its weights and answers by the evaluator of everything else."""
    compiled, readings = found.compiled, found.readings
    nodes = dict(compiled.nodes)
    for name, weights in draw.weights.items():
        parts = zip(weights[:, place].tolist(), (part for _, part in nodes[name].formula.parts), strict=True)
        nodes[name] = nodes[name]._replace(formula=nodes[name].formula._replace(parts=tuple(parts)))
    asked = {name: found.tree.asking(name) for name, rule in compiled.items.items() if rule.visible is not None}
    by_role = dict(readings.by_role)
    for (name, role), answers in draw.answers.items():
        values = tuple(answers[:, place].tolist())
        by_role[name, role] = readings.by_role.get((name, role), NOBODY)._replace(values=values)
        if name in asked:
            told = asked[name].by_role
            asked[name] = asked[name]._replace(by_role={**told, role: told[role]._replace(values=values)})
    proved = {name: STATED for name, lowered in draw.lowered.items() if lowered[place]}
    items = {
        name: found.tree.item(name)._replace(range=exactly(values[place].item()))
        for name, values in draw.missing.items()
    }
    readings = readings._replace(by_role=by_role, proved={**readings.proved, **proved})
    return Evaluation(compiled._replace(nodes=nodes), readings, lifts=lifts or {}, off=off, _items=items, _asking=asked)


def numbers(spread, place):
    """Value, low and high of one draw; None where there is no value."""
    if spread is None:
        return None, None, None
    found = [end.item() if end.ndim == 0 else end[place].item() for end in spread]
    return tuple(None if math.isnan(x) else x for x in found)

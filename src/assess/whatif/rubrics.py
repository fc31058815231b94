"""A rubric with other weights, or without some of its gates and clashes."""

from collections.abc import Callable, Collection, Mapping

from assess.formula.normalise import weights_of
from assess.model.nodes import Node
from assess.model.rubric import Rubric
from assess.numbers import TOLERANCE

WHOLE = 100.0


def weight_refused(rubric: Rubric, name: str) -> str:
    """Why the weight of a node or question cannot be changed; empty where it can."""
    home = rubric.node_by_id[rubric.home_of[name]]
    if name not in weights_of(rubric, home):
        return f"'{name}' has no weight: it is not scored"
    if home.weights.rank:
        return f"the weights in '{home.id}' follow from their order"
    return ""


def reweighted(rubric: Rubric, weights: Mapping[str, float]) -> Rubric:
    """The rubric with other weights of some nodes and questions; the rubric itself without any.

    Where parts share 100 points, the others share what is left in the proportions they have.
    """
    if not weights:
        return rubric

    def weighed(node: Node) -> Node:
        questions = tuple(
            question.model_copy(update={"weight": weights[question.id]}) if question.id in weights else question
            for question in node.questions
        )
        criteria = tuple(
            child.model_copy(update={"weight": weights[child.id]}) if child.id in weights else child
            for child in node.criteria
        )
        points = _shared_out(node.weights.points, weights)
        shares = node.weights.model_copy(update={"points": points})
        return node.model_copy(update={"questions": questions, "criteria": criteria, "weights": shares})

    return _rebuilt(rubric, weighed)


def without_rules(rubric: Rubric, names: Collection[str]) -> Rubric:
    """The rubric without some gates and clashes; the rubric itself without any."""
    if not names:
        return rubric

    def freed(node: Node) -> Node:
        gates = tuple(gate for gate in node.gates if gate.id not in names)
        clashes = tuple(clash for clash in node.clashes if clash.id not in names)
        return node.model_copy(update={"gates": gates, "clashes": clashes})

    return _rebuilt(rubric, freed)


def _shared_out(points: Mapping[str, float], weights: Mapping[str, float]) -> Mapping[str, float]:
    """100 points of which some parts get others than today."""
    named = {name: weights[name] for name in points if name in weights}
    rest = {name: share for name, share in points.items() if name not in named}
    before, left = sum(rest.values()), WHOLE - sum(named.values())
    if not named or before <= TOLERANCE or left < 0:
        return points if not named else {**rest, **named}
    shares = {name: share * left / before for name, share in rest.items()}
    return {name: (named | shares)[name] for name in points}


def _rebuilt(rubric: Rubric, change: Callable[[Node], Node]) -> Rubric:
    """The rubric with every node changed, the root included; what it is a part of, and how large a one, stays so."""

    def whole(node: Node) -> Node:
        below = tuple(whole(child) for child in node.criteria)
        return change(node.model_copy(update={"criteria": below}))

    root = whole(rubric.root)
    parts = {"principles": root.criteria, "gates": root.gates, "clashes": root.clashes, "weights": root.weights}
    found = rubric.model_copy(update=parts)
    if rubric.whole is not rubric:
        found.__dict__.update(whole=rubric.whole, extent=rubric.extent)
    return found

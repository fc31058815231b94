"""Single changes of a rubric that a good set of personas notices, each as a rubric of its own."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from assess.authoring.test.condition_changes import shift_thresholds, turn_comparisons
from assess.documents import Route
from assess.formula import conditions_of
from assess.formula.aggregations import aggregation, rule_of
from assess.formula.normalise import scale_of, weights_of
from assess.model.fields import Record
from assess.model.nodes import Cap, Clash, Gate, Node
from assess.model.questions import Question
from assess.model.rubric import ROOT, Rubric
from assess.numbers import short

ALIKE = [(1.0, 10.0), (1.0, 40.0), (1.0, 90.0)]
PARTS = ("questions", "gates", "clashes", "criteria")
HALVES = frozenset({"claim", "practice"})
JUDGED = HALVES | {"when", "aggregate", "show_when"}
"""The keys of those conditions that scores, gates or clashes hang on."""


class Mutation(NamedTuple):
    """One change: of which kind, of which element and where in it, what it is in words, and what stands there then."""

    kind: str
    element: str
    route: Route
    says: str
    update: Mapping[str, Any]


Mutations = Iterator[Mutation]


def make_change(rubric: Rubric, change: Mutation) -> Rubric:
    """The rubric with a change made; nothing of it is checked."""
    if change.element == ROOT:
        found = rubric.model_copy(update=dict(change.update))
    else:
        top = _exchange(rubric.root, change)
        found = rubric.model_copy(update={"principles": top.criteria, "gates": top.gates, "clashes": top.clashes})
    found.__dict__["names"] = rubric.names
    return found


def _exchange(node: Node, change: Mutation) -> Node:
    """A node with the element changed that is meant, itself or somewhere below it; the same where it is not there."""
    if node.id == change.element:
        return node.model_copy(update=dict(change.update))
    below = {key: tuple(_element(each, change) for each in getattr(node, key)) for key in PARTS}
    other = {
        key: new for key, new in below.items() if any(a is not b for a, b in zip(new, getattr(node, key), strict=True))
    }
    return node.model_copy(update=other) if other else node


def _element(element: Any, change: Mutation) -> Record:  # noqa: ANN401 - of four kinds
    if isinstance(element, Node):
        return _exchange(element, change)
    found: Record = element.model_copy(update=dict(change.update)) if element.id == change.element else element
    return found


def _keys(rubric: Rubric) -> Mutations:
    for node in rubric.nodes():
        if node.key:
            yield Mutation("key", node.id, ("key",), "no key criterion", {"key": False})


def _thresholds(rubric: Rubric) -> Mutations:
    return (change for change in _shifts(rubric, "threshold") if change.route[0] not in HALVES)


def _clash_thresholds(rubric: Rubric) -> Mutations:
    return (change for change in _shifts(rubric, "clash_threshold") if change.route[0] in HALVES)


def _shifts(rubric: Rubric, kind: str) -> Mutations:
    for element, route, text in _conditions(rubric):
        for changed in shift_thresholds(rubric, text):
            says = f"{changed.stands} -> {changed.instead}"
            yield Mutation(kind, element, route, says, _write_condition(rubric, element, route, changed.whole))


def _turns(rubric: Rubric) -> Mutations:
    for element, route, text in _conditions(rubric):
        for changed in turn_comparisons(text):
            says = f"{changed.stands} -> {changed.instead}"
            yield Mutation("turn", element, route, says, _write_condition(rubric, element, route, changed.whole))


def _conditions(rubric: Rubric) -> Iterator[tuple[str, Route, str]]:
    for element, route, text in conditions_of(rubric):
        if route[0] in JUDGED and not element.startswith("headline:"):
            yield element, route, text


def _write_condition(rubric: Rubric, element: str, route: Route, text: str) -> Mapping[str, Any]:
    """What an element says when a condition of it is another one."""
    if route[0] != "aggregate":
        return {str(route[0]): text}
    whole, place = rubric.node_by_id[element].aggregate, route[3]
    cases = [case.model_copy(update={"when": text}) if at == place else case for at, case in enumerate(whole.cases)]
    return {"aggregate": whole.model_copy(update={"cases": tuple(cases)})}


def _flags(rubric: Rubric) -> Mutations:
    for gate in rubric.all_gates():
        if gate.flag:
            never = f"({gate.when}) and not ({gate.when})"
            yield Mutation("flag", gate.id, ("flag",), "never raised", {"when": never})


def _caps(rubric: Rubric) -> Mutations:
    rules: list[Gate | Clash] = [*rubric.all_gates(), *rubric.all_clashes()]
    for rule in rules:
        for at in _heights(rubric, rule.cap) if rule.cap else ():
            says = f"at {_height(rule.cap.at)} -> {_height(at)}" if rule.cap else ""
            cap = rule.cap.model_copy(update={"at": at}) if rule.cap else None
            yield Mutation("cap", rule.id, ("cap", "at"), says, {"cap": cap})


def _heights(rubric: Rubric, cap: Cap) -> Iterator[str | float]:
    """The level above and the level below the one a cap is at; of a number a tenth of the scale."""
    if isinstance(cap.at, str):
        keys = [level.key for level in rubric.levels_of(cap.of[0])]
        place = keys.index(cap.at)
        yield from (keys[at] for at in (place - 1, place + 1) if 0 <= at < len(keys))
        return
    scale = scale_of(rubric, cap.of[0])
    step = (scale.max - scale.min) / 10
    yield from (at for at in (cap.at - step, cap.at + step) if scale.min <= at <= scale.max)


def _height(at: str | float) -> str:
    return at if isinstance(at, str) else short(at, 6)


def _weights(rubric: Rubric) -> Mutations:
    for node in rubric.tree():
        weights = {name: weight for name, weight in weights_of(rubric, node).items() if weight}
        if len(weights) > 1 and _weighs(node):
            yield from _ranks(node) if node.weights.rank else (_weight(node, *part) for part in weights.items())


def _weighs(node: Node) -> bool:
    """Whether it matters to a node how much its parts weigh."""
    rule = rule_of(node.aggregate)
    if rule is None:
        return aggregation(node.aggregate).counts
    heavier = [[(2 * w if at == place else w, x) for at, (w, x) in enumerate(ALIKE)] for place in range(len(ALIKE))]
    return any(rule.value(pairs) != rule.value(ALIKE) for pairs in heavier)


def _ranks(node: Node) -> Mutations:
    for place, (name, other) in enumerate(pairwise(node.weights.rank)):
        rank = (*node.weights.rank[:place], other, name, *node.weights.rank[place + 2 :])
        new = {"weights": node.weights.model_copy(update={"rank": rank})}
        yield Mutation("weight", node.id, ("weights", "rank", place), f"{other} before {name}", new)


def _weight(node: Node, name: str, weight: float) -> Mutation:
    """A part of a node with twice its weight."""
    if node.weights.points:
        points = {**node.weights.points, name: 2 * weight}
        new = {"weights": node.weights.model_copy(update={"points": points})}
        return Mutation("weight", node.id, ("weights", "points", name), f"{name} with twice its points", new)
    read = [reading.question for reading in node.reads]
    if name in read:
        at = read.index(name)
        reads = (*node.reads[:at], node.reads[at].model_copy(update={"weight": 2 * weight}), *node.reads[at + 1 :])
        return Mutation("weight", node.id, ("reads", at), f"{name} with twice its weight", {"reads": reads})
    return Mutation("weight", name, ("weight",), "twice its weight", {"weight": 2 * weight})


def _halves(rubric: Rubric) -> Mutations:
    for clash in rubric.all_clashes():
        yield Mutation("half", clash.id, ("claim",), "found without its claim", {"claim": clash.practice})
        yield Mutation("half", clash.id, ("practice",), "found without its practice", {"practice": clash.claim})


def _unknowns(rubric: Rubric) -> Mutations:
    for question in rubric.questions():
        for instead in _read_otherwise(rubric, question) if question.unknown_as else ():
            says = f"read as {instead}" if instead else "read as nothing"
            yield Mutation("unknown_as", question.id, ("unknown_as",), says, {"unknown_as": instead})


def _read_otherwise(rubric: Rubric, question: Question) -> tuple[str | None, ...]:
    """What else a don't-know could be read as: nothing, and of two options the other one."""
    others = [option.key for option in rubric.options_of(question) if option.key != question.unknown_as]
    return (None, *others) if len(others) == 1 else (None,)


KINDS = {
    "key": ("key criteria that are none", _keys),
    "threshold": ("thresholds a step up or down", _thresholds),
    "clash_threshold": ("thresholds of clashes", _clash_thresholds),
    "turn": ("comparisons turned round", _turns),
    "flag": ("flags never raised", _flags),
    "cap": ("caps higher or lower", _caps),
    "weight": ("weights doubled", _weights),
    "half": ("clashes found by one half", _halves),
    "unknown_as": ("don't-knows read otherwise", _unknowns),
}
"""What is changed, in words, and every such change of a rubric."""

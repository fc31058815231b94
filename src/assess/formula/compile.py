"""A rubric as formulas: one rule per question, one per node, one test per condition."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple, assert_never

from assess import conditions
from assess.formula import nodes as f
from assess.formula.aggregations import aggregation, mirrored
from assess.formula.normalise import (
    brought_by,
    counts_in_node,
    ends_of,
    from_worst,
    is_by_parts,
    option_values,
    pair_of,
    stages_of,
    sum_ends,
    target_value,
    weights_of,
    worth,
)
from assess.formula.translate import translate_condition
from assess.model.aggregation import EVERY_STAGE, Aggregate, threshold_at
from assess.model.betterness import is_low
from assess.model.nodes import Cap, Node
from assess.model.questions import Question
from assess.model.rubric import Rubric


class Compiled(NamedTuple):
    """A rubric ready to be evaluated: items by question id (facts included), nodes by id (the root included).

    weights: the weight of every node and question within the node above it, 0..1. read_in: the nodes that read a
    question which hangs below another.
    """

    rubric: Rubric
    items: Mapping[str, f.ItemRule]
    nodes: Mapping[str, f.NodeRule]
    weights: Mapping[str, float]
    read_in: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def compile_rubric(rubric: Rubric) -> Compiled:
    """The formulas of a valid rubric; raises ConditionError or KeyError on one that `validate` refuses."""
    if compile_rubric not in rubric.derived:
        rubric.derived[compile_rubric] = _formulas(rubric)
    return Compiled(rubric, *rubric.derived[compile_rubric])


def _formulas(
    rubric: Rubric,
) -> tuple[Mapping[str, f.ItemRule], Mapping[str, f.NodeRule], Mapping[str, float], Mapping[str, tuple[str, ...]]]:
    caps = caps_of(rubric)
    nodes = {name: _node_rule(rubric, node, caps.get(name, ())) for name, node in rubric.node_by_id.items()}
    items = {question.id: _item_rule(rubric, node, question) for node in rubric.nodes() for question in node.questions}
    shares = ((rule.id, child, weight) for rule in nodes.values() for child, weight in rule.weights)
    weights = {child: weight for name, child, weight in shares if rubric.home_of[child] == name}
    return items, nodes, weights, readers_of(rubric)


def readers_of(rubric: Rubric) -> dict[str, tuple[str, ...]]:
    """The nodes that read each question which hangs below another node, in the order of the tree."""
    found: dict[str, tuple[str, ...]] = {}
    for node in rubric.tree():
        found |= {reading.question: (*found.get(reading.question, ()), node.id) for reading in node.reads}
    return found


def caps_of(rubric: Rubric) -> dict[str, tuple[f.CapRule, ...]]:
    """The caps of gates and clashes by the node they hold down; flags hold nothing down."""
    found: dict[str, list[f.CapRule]] = {}
    gates = [(gate.id, "gate", gate.when, gate.cap) for gate in rubric.all_gates()]
    gates += [(clash.id, "clash", clash.practice, clash.cap) for clash in rubric.all_clashes()]
    for name, kind, when, cap in gates:
        for target in cap.of if cap else ():
            at, points = cap_value(rubric, target, cap), _cap_points(rubric, target, cap)
            rule = f.CapRule(
                name, "clash" if kind == "clash" else "gate", at, translate_condition(rubric, when), points=points
            )
            found.setdefault(target, []).append(rule)
    return {node: tuple(rules) for node, rules in found.items()}


def cap_value(rubric: Rubric, node: str, cap: Cap | None) -> float:
    """The highest value a cap allows on 0..100; raises KeyError for an unknown level key."""
    if cap is None:
        return 100.0
    return target_value(rubric, node, cap.at) if isinstance(cap.at, str) else worth(rubric, node, cap.at)


def _cap_points(rubric: Rubric, node: str, cap: Cap | None) -> float | None:
    """The points of a cap whose worth depends on what applies."""
    return None if cap is None or isinstance(cap.at, str) or not is_by_parts(rubric, node) else cap.at


def _node_rule(rubric: Rubric, node: Node, caps: tuple[f.CapRule, ...]) -> f.NodeRule:
    weights = weights_of(rubric, node)
    total = sum(weights.values()) or 1.0
    scale, by_parts = ends_of(rubric, node.id), is_by_parts(rubric, node.id)
    points = rubric.policies.key_headroom
    headroom = 100 * points / (abs(scale[1] - scale[0]) or 1.0)
    keys = [child.id for child in node.criteria if child.key]
    key_caps = tuple(f.CapRule(key, "key", headroom, key=key, points=points if by_parts else None) for key in keys)
    return f.NodeRule(
        id=node.id,
        formula=aggregate(rubric, node),
        caps=(*key_caps, *caps),
        weights=tuple((child, weight / total) for child, weight in weights.items()),
        scale=scale,
        items=tuple(q.id for q in node.questions if q.id in weights),
        by_parts=by_parts,
    )


def child(rubric: Rubric, name: str) -> f.Formula:
    """The formula of a child: a question's item or a node's score."""
    return f.Leaf(name) if name in rubric.question_by_id else f.Score(name)


def aggregate(rubric: Rubric, node: Node) -> f.Aggregated:
    """How the children of a node become its value."""
    settings = node.aggregate
    parts = [(weight, name, child(rubric, name)) for name, weight in sorted(weights_of(rubric, node).items())]
    how = aggregation(settings).how
    if callable(how):
        rule = mirrored(how(settings)) if is_low(rubric, node.id) else how(settings)
        return f.Combined(rule, tuple((weight, part) for weight, _, part in parts))
    match how:
        case "sum":
            ends = {name: from_worst(rubric, node.id, brought_by(rubric, name)) for _, name, _ in parts}
            brought = tuple((weight, part, *ends[name]) for weight, name, part in parts)
            return f.Sum(brought, settings.offset or 0.0, sum_ends(settings))
        case "pair":
            return _pair(rubric, node)
        case "tally":
            reach = threshold(threshold_at(settings.reach))
            return f.Sum(tuple((weight, f.Threshold(part, *reach), 0.0, 1.0) for weight, _, part in parts))
        case "stages":
            return _staged(rubric, node, settings)
        case "rules":
            return _rules(rubric, node)
        case "ladder":
            return _ladder(rubric, node)
        case _:
            assert_never(how)


def _pair(rubric: Rubric, node: Node) -> f.Pair:
    settings, scale = node.aggregate, ends_of(rubric, node.id)
    first, second = pair_of(settings)
    one = child(rubric, first) if isinstance(first, str) else f.Constant(first)
    other = child(rubric, second)
    how: Literal["ratio", "difference"] = "ratio" if settings.by else "difference"
    return f.Pair(how, one, other, scale, settings.zero)


def threshold(text: str | None) -> tuple[f.Operator, float]:
    """`>= 75` as operator and number."""
    words = text or ">= 100"
    return (">=", float(words[2:])) if words.startswith(">=") else (">", float(words[1:]))


def _staged(rubric: Rubric, node: Node, settings: Aggregate) -> f.FirstMatch:
    """The highest stage reached, from the top (ISO 33020 table of capability levels; C2M2; MUST and SHOULD tiers)."""
    stages = stages_of(rubric, node)
    weights = weights_of(rubric, node)
    top = max(stages.values(), default=1)
    duties = {n: _duty(rubric, n) for n in stages if n in weights}
    cases = []
    for stage in range(top, 0, -1):
        wanted = [(n, stages[n] == stage) for n in duties if stages[n] <= stage]
        tests = [_requirement(rubric, settings, (n, stages[n], duties[n]), at_stage=own) for n, own in wanted]
        cases.append((f.All(tuple(t for t in tests if t)), f.Constant(100 * stage / top, str(stage))))
    return f.FirstMatch(tuple(cases), f.Constant(0, "0"), cautious=True)


def _duty(rubric: Rubric, name: str) -> str:
    question = rubric.question_by_id.get(name)
    return question.duty if question else rubric.node_by_id[name].duty


def _requirement(rubric: Rubric, settings: Aggregate, part: tuple[str, int, str], *, at_stage: bool) -> f.Test | None:
    """What a child of a stage, with its duty, must reach; None when nothing is asked. An absent child asks nothing."""
    name, stage, duty = part
    if settings.must and duty == "may":
        return None
    asked = settings.reach if at_stage else settings.lower or settings.reach
    if settings.must:
        asked = settings.must if duty == "must" else settings.should or {EVERY_STAGE: ">= 50"}
    op, number = threshold(threshold_at(asked, stage))
    # Written as "not below" so that a child that does not apply is no obstacle.
    opposite: f.Operator = "<" if op == ">=" else "<="
    return f.Not(f.Compare(child(rubric, name), opposite, f.Constant(number)))


def _rules(rubric: Rubric, node: Node) -> f.FirstMatch:
    settings, low = node.aggregate, is_low(rubric, node.id)
    values = {category: 100 - value if low else value for category, value in settings.values.items()}
    cases = tuple(
        (translate_condition(rubric, case.when), f.Constant(values.get(case.category, 0.0), case.category))
        for case in settings.cases
    )
    last = settings.otherwise or ""
    return f.FirstMatch(cases, f.Constant(values.get(last, 0.0), last))


def _ladder(rubric: Rubric, node: Node) -> f.FirstMatch:
    """Questions in order: the first answer that stops gives its score, else the last one's that has a score."""
    questions = [q for q in node.questions if counts_in_node(rubric, node, q)]
    answers = [(q, o) for q in questions for o in rubric.options_of(q) if o.stop]
    answers += [(q, o) for q in reversed(questions) for o in rubric.options_of(q) if not o.stop]
    cases = tuple(
        (f.Chose(question.id, (option.key or "",)), f.Constant(worth(rubric, node.id, option.score)))
        for question, option in answers
        if option.score is not None
    )
    return f.FirstMatch(cases, f.Constant(100.0), cautious=True)


def _item_rule(rubric: Rubric, node: Node, question: Question) -> f.ItemRule:
    policies = rubric.policies
    invited = rubric.asked(question) or anybody(rubric)
    weight = question.weight if counts_in_node(rubric, node, question) else 0.0
    levels = max(len(option_values(rubric, question)) - 1, 1)
    conflict = policies.disagreement if question.traits.anchored else None
    proof = policies.evidence if question.traits.anchored and rubric.scored(question) else None
    return f.ItemRule(
        question=question.id,
        weight=weight,
        invited=invited,
        others=tuple(role.id for role in rubric.roles if role.id not in invited),
        combine=question.combine or policies.combine,
        headcount=policies.roles == "headcount",
        conflict_role=conflict.role if conflict else None,
        conflict_distance=100 * conflict.levels / levels if conflict else 0.0,
        ceilings=(proof.stated, proof.documented, proof.confirmed) if proof else None,
        when_missing_zero=policies.missing == "zero" and question.required,
        when_unknown_zero=policies.unknown == "zero" and bool(weight),
        na_value=_target(rubric, node) if policies.na == "target" else None,
        visible=translate_condition(rubric, question.show_when) if question.show_when else None,
        optional=not question.required,
    )


def anybody(rubric: Rubric) -> tuple[str, ...]:
    """Who answers where no people are named: every role."""
    return tuple(role.id for role in rubric.roles)


def _target(rubric: Rubric, node: Node) -> float:
    return target_value(rubric, node.id, default_target(rubric, node.id)) if rubric.levels_of(node.id) else 100.0


def default_target(rubric: Rubric, node: str) -> str:
    """The level a node should reach when nobody says otherwise: the policy's, else the last but one."""
    levels = rubric.levels_of(node)
    keys = [level.key for level in levels]
    return rubric.policies.target if rubric.policies.target in keys else keys[max(len(keys) - 2, 0)]


def conditions_of(rubric: Rubric) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    """Every condition of a rubric: the element it belongs to, the route of its key inside, and its text."""
    for gate in rubric.all_gates():
        yield gate.id, ("when",), gate.when
    for clash in rubric.all_clashes():
        yield clash.id, ("claim",), clash.claim
        yield clash.id, ("practice",), clash.practice
    for node in rubric.tree():
        for place, case in enumerate(node.aggregate.cases):
            yield node.id, ("aggregate", "rules", "cases", place, "when"), case.when
    optional: list[tuple[str, str, str | None]] = [(q.id, "show_when", q.show_when) for q in rubric.questions()]
    optional += [(initiative.id, "not_before", initiative.not_before) for initiative in rubric.initiatives]
    optional += [(f"headline:{place}", "when", h.when) for place, h in enumerate(rubric.headlines)]
    yield from ((name, (key,), text) for name, key, text in optional if text)
    yield from causes_of(rubric)


def causes_of(rubric: Rubric) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    """Every condition that only decides which text of a finding is the one, as `conditions_of` gives them."""
    for anchor, key, text in rubric.finding_texts():
        for place, cause in enumerate(text.known):
            if cause.when:
                yield anchor, (key, "known", place, "when"), cause.when


def read_by(rubric: Rubric, condition: str) -> tuple[str, ...]:
    """The ids of the questions and nodes a condition reads, each once, left to right; raises ConditionError."""
    read = (rubric.names.get(name.text, "") for name in conditions.names(conditions.parse_condition(condition)))
    known = rubric.node_by_id.keys() | rubric.question_by_id.keys()
    return tuple(dict.fromkeys(name for name in read if name in known))

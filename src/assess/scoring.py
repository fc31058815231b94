"""Arithmetic only: answers to a scorecard, every number with the steps and the reason behind it."""

from assess.formula import Compiled, Evaluation, compile_rubric, evaluate, level_at, read, scale_of
from assess.formula.items import combined
from assess.formula.nodes import ItemRule
from assess.formula.ranges import weighted_mean
from assess.formula.readings import GRADES, Readings
from assess.formula.slopes import effective_weight, gradient
from assess.model.answers import AnswerSheet
from assess.model.nodes import Node
from assess.model.rubric import ROOT, Rubric
from assess.model.scorecard import GateResult, ItemScore, NodeScore, RoleReading, Scorecard
from assess.numbers import points
from assess.words import quoted

WORDS = {
    "arithmetic": "weighted mean",
    "geometric": "geometric mean",
    "harmonic": "harmonic mean",
    "power": "power mean",
    "min": "lowest",
    "max": "highest",
    "median": "median",
    "sum": "sum",
    "product": "product",
    "staged": "highest stage reached",
    "cumulative": "highest stage reached",
    "tiers": "highest tier reached",
    "tally": "count of those that reach the threshold",
    "rules": "first rule that holds",
    "ladder": "last step reached",
}


def score(rubric: Rubric, sheet: AnswerSheet) -> Scorecard:
    """The scorecard of an answer sheet against a valid rubric: evidenced and claimed, with bounds and coverage."""
    compiled = compile_rubric(rubric)
    readings = read(rubric, sheet)
    evidenced = evaluate(compiled, readings)
    claimed = evaluate(compiled, readings, claimed=True)
    scores: dict[str, NodeScore] = {}
    for name in _children_first(compiled):
        scores[name] = _node_score(rubric, evidenced, claimed, name, scores)
    items = {
        question.id: _item_score(evidenced, claimed, readings, node.id, question.id)
        for node in rubric.nodes()
        for question in node.questions
    }
    return Scorecard(
        rubric=rubric.id,
        rubric_version=rubric.version,
        rubric_hash=rubric.hash,
        organization=sheet.engagement.organization.name,
        assessed_on=sheet.engagement.assessed_on.isoformat(),
        scores={name: scores[name] for name in (ROOT, *(node.id for node in rubric.nodes()))},
        items=items,
        names=rubric.names,
    )


def _children_first(compiled: Compiled) -> list[str]:
    return [*reversed([node.id for node in compiled.rubric.nodes()]), ROOT]


def _node_score(
    rubric: Rubric, tree: Evaluation, claimed: Evaluation, name: str, below: dict[str, NodeScore]
) -> NodeScore:
    node = rubric.node_by_id.get(name)
    result, rule = tree.node(name), tree.compiled.nodes[name]
    level = None if result.value is None else level_at(rubric, name, result.value)
    values = [(w, x) for child, w in rule.weights if w and (x := _child_value(tree, child)) is not None]
    mean = weighted_mean(values) if values else None
    scale = scale_of(rubric, name)
    return NodeScore(
        id=name,
        code=(node.code or "") if node else "",
        kind=_kind(rubric, node),
        title=node.title if node else rubric.title,
        value=result.value,
        low=result.low,
        high=result.high,
        claimed=claimed.node(name).value,
        coverage=result.coverage,
        level=level.key if level else None,
        staged_level=_staged_level(rubric, name, level.key if level else None, below),
        weight=_weight(tree, name),
        uncapped=result.uncapped,
        gates=_gates(rubric, tree, name),
        because=_because(rubric, tree, name),
        scale=(scale.min, scale.max),
        aggregate=(rubric if node is None else node).aggregate.kind,
        children=tuple(child for child, _ in rule.weights),
        effective_weight=effective_weight(tree, name),
        gradient=gradient(tree, name),
        mean=mean,
        minimum=min((x for _, x in values), default=None),
        imbalance_loss=_imbalance(mean, result.uncapped),
        category=result.category,
    )


def _kind(rubric: Rubric, node: Node | None) -> str:
    if node is None:
        return "overall"
    return "principle" if rubric.home_of[node.id] == ROOT else "criterion"


def _child_value(tree: Evaluation, name: str) -> float | None:
    return tree.node(name).value if name in tree.compiled.nodes else tree.item_range(name).value


def _weight(tree: Evaluation, name: str) -> float:
    if name == ROOT:
        return 1.0
    return dict(tree.compiled.nodes[tree.compiled.rubric.home_of[name]].weights).get(name, 0.0)


def _imbalance(mean: float | None, value: float | None) -> float | None:
    """100 (1 - G/A), 0 where the mean is 0 (scoring guide 1.5)."""
    if mean is None or value is None:
        return None
    return 100 * (1 - value / mean) if mean else 0.0


def _staged_level(rubric: Rubric, name: str, own: str | None, below: dict[str, NodeScore]) -> str | None:
    """The lowest level below; None while a child has none and the bottom is not reached anyway."""
    node = rubric.node_by_id.get(name)
    children = [child.id for child in (rubric.principles if node is None else node.criteria)]
    applicable = [below[child] for child in children if below[child].low is not None]
    if not applicable:
        return own
    order = [level.key for level in rubric.levels_of(name)]
    known = [order.index(s.staged_level) for s in applicable if s.staged_level in order]
    if not order or not known:
        return None
    if min(known) > 0 and len(known) < len(applicable):
        return None
    return order[min(known)]


def _gates(rubric: Rubric, tree: Evaluation, name: str) -> tuple[GateResult, ...]:
    reasons = {gate.id: (gate.because, gate.lifted_by) for gate in rubric.all_gates()}
    reasons |= {clash.id: (clash.says, clash.initiatives) for clash in rubric.all_clashes()}
    found = []
    for cap in tree.node(name).caps:
        because, lifted_by = reasons.get(cap.id) or _key_reason(rubric, tree, name, cap.id)
        ids = tuple(rubric.names.get(initiative, initiative) for initiative in lifted_by)
        found.append(GateResult(cap.id, name, cap.kind, cap.at, cap.holds, cap.binds, because, ids))
    return tuple(found)


def _key_reason(rubric: Rubric, tree: Evaluation, name: str, key: str) -> tuple[str, tuple[str, ...]]:
    node = rubric.node_by_id[key]
    value = tree.node(key).value
    stands = "has no score" if value is None else f"stands at {_shown(rubric, key, value)}"
    title = rubric.node_by_id[name].title if name in rubric.node_by_id else rubric.title
    reason = (
        f"{quoted(node.title)} is the key criterion of {quoted(title)} and {stands}; the whole can be at most "
        f"{rubric.policies.key_headroom:g} above it"
    )
    lifters = [i.id for i in rubric.initiatives if key in {rubric.names.get(ref, ref) for ref in i.lifts}]
    return reason, tuple(lifters)


def _shown(rubric: Rubric, name: str, value: float | None) -> str:
    scale = scale_of(rubric, name)
    return "-" if value is None else points(value, (scale.min, scale.max))


def _because(rubric: Rubric, tree: Evaluation, name: str) -> str:
    """One sentence from the children to the value, on the native scale."""
    rule, result = tree.compiled.nodes[name], tree.node(name)
    kind = rubric.node_by_id.get(name, rubric).aggregate.kind
    parts = []
    for child, _ in rule.weights:
        value = _child_value(tree, child)
        code = rubric.node_by_id[child].code or child if child in rubric.node_by_id else child
        parts.append(f"{code} {_shown(rubric, child, value)}")
    if result.low is None:
        return "Nothing below applies"
    if result.uncapped is None:
        return "Not answered" if not result.coverage else "What is unanswered decides the result"
    text = f"{WORDS[kind].capitalize()} of {', '.join(parts)} = {_shown(rubric, name, result.uncapped)}"
    if result.category:
        text = f"{WORDS[kind].capitalize()}: {result.category}"
    for cap in result.caps:
        if cap.binds and cap.at is not None:
            text += f", capped at {_shown(rubric, name, cap.at)} by {cap.id}"
    if result.value is None:
        text += f"; only {result.coverage:.0%} answered, so it is not scored"
    return text


def _item_score(tree: Evaluation, claimed: Evaluation, readings: Readings, node: str, name: str) -> ItemScore:
    rubric, rule, found = tree.compiled.rubric, tree.compiled.items[name], tree.item(name)
    value, low, high = found.range
    graded = rule.ceilings is not None
    return ItemScore(
        id=name,
        node=node,
        title=rubric.question_by_id[name].text,
        state=found.state,
        value=value,
        low=low,
        high=high,
        claimed=claimed.item(name).range.value,
        roles=tuple(_role(readings, rule, role.id) for role in rubric.roles),
        combined=found.combined,
        conflict=found.conflict,
        agreed=found.agreed,
        grade=GRADES[readings.grades.get(name, 0)] if graded else None,
        ceiling=rule.ceilings[readings.grades.get(name, 0)] if rule.ceilings else None,
        weight=rule.weight,
        share=dict(tree.compiled.nodes[node].weights).get(name),
        because=_item_because(found.state, found.conflict, agreed=found.agreed, value=value, claim=found.combined),
    )


def _role(readings: Readings, rule: ItemRule, role: str) -> RoleReading:
    answers = readings.of(rule.question, role)
    mean = combined([answers.values] if answers.values else [], rule)
    n = len(answers.raws)
    return RoleReading(role, role in rule.invited, mean, n, answers.unknown, answers.declined, answers.na)


def _item_because(
    state: str, conflict: tuple[str, ...], *, agreed: float | None, value: float | None, claim: float | None
) -> str:
    if state != "value":
        return {
            "unknown": "Nobody asked knows",
            "na": "Does not apply",
            "missing": "Not answered",
            "hidden": "Not asked: the question does not arise",
        }[state]
    if agreed is not None:
        base, start = "Settled between the respondents", agreed
    elif conflict:
        base, start = "Roles disagree: the lowest counts until it is settled", None
    else:
        base, start = "Mean of the roles asked", claim
    held = start is not None and value is not None and value < start
    return f"{base}, held down by its evidence" if held else base

"""Arithmetic only: answers to a scorecard, every number with the steps and the reason behind it."""

from collections.abc import Mapping
from typing import NamedTuple

from assess.formula import (
    Compiled,
    EvaluatedOrganization,
    Evaluation,
    evaluate,
    evaluate_sheet,
    format_figure,
    level_at,
)
from assess.formula.aggregations import AGGREGATIONS
from assess.formula.finding_texts import texts_of
from assess.formula.items import combined
from assess.formula.nodes import ItemRule
from assess.formula.normalise import ends_of
from assess.formula.ranges import weighted_mean
from assess.formula.readings import GRADES
from assess.formula.slopes import TreeSlopes
from assess.formula.sums import earned
from assess.formula.worked import IN_SIX_DECIMALS, WorkedPart, count, of_most, scale_line, weighted, worked_parts
from assess.model.answers import AnswerSheet
from assess.model.betterness import is_low
from assess.model.finding_texts import FilledText
from assess.model.rubric import ROOT, Rubric
from assess.model.scorecard import GateResult, ItemScore, NodeScore, RoleReading, Scorecard
from assess.numbers import percent, short
from assess.words import quoted


def score(rubric: Rubric, sheet: AnswerSheet) -> Scorecard:
    """The scorecard of an answer sheet against a valid rubric: evidenced and claimed, with bounds and coverage."""
    return score_organization(rubric, sheet).scorecard


def score_organization(rubric: Rubric, sheet: AnswerSheet) -> EvaluatedOrganization:
    """An answer sheet against a valid rubric with its trees and scorecard, ready for all that is made of scores."""
    tree = evaluate_sheet(rubric, sheet)
    return score_trees(rubric, sheet, tree, evaluate(tree.compiled, tree.readings, claimed=True))


def score_trees(rubric: Rubric, sheet: AnswerSheet, tree: Evaluation, claimed: Evaluation) -> EvaluatedOrganization:
    """An answer sheet with the two trees that were made of it, and the scorecard of them."""
    return EvaluatedOrganization(rubric, sheet, tree, claimed, _scorecard(rubric, sheet, tree, claimed))


def _scorecard(rubric: Rubric, sheet: AnswerSheet, evidenced: Evaluation, claimed: Evaluation) -> Scorecard:
    items = {
        name: _item_score(evidenced, claimed, name)
        for name in (question.id for node in rubric.nodes() for question in node.questions)
    }
    scores: dict[str, NodeScore] = {}
    texts = texts_of(rubric, evidenced, claimed)
    trees = _Trees(evidenced, claimed, TreeSlopes(evidenced), _reasons(rubric, texts), _lifters(rubric))
    for name in _children_first(evidenced.compiled):
        found = _node_score(rubric, trees, name, scores)
        scores[name] = found._replace(because=_because(rubric, evidenced, found, scores, items))
    return Scorecard(
        rubric=rubric.id,
        rubric_version=rubric.version,
        rubric_hash=rubric.hash,
        organization=sheet.engagement.organization.name,
        assessed_on=sheet.engagement.assessed_on.isoformat(),
        scores={name: scores[name] for name in rubric.node_by_id},
        items=items,
        names=rubric.names,
        texts=texts,
    )


class _Trees(NamedTuple):
    """What the score of every node is read from.

    reasons: why each gate and clash holds down, and the initiatives that lift it. lifters: those that lift each node.
    """

    evidenced: Evaluation
    claimed: Evaluation
    slopes: TreeSlopes
    reasons: Mapping[str, tuple[str, tuple[str, ...]]]
    lifters: Mapping[str, tuple[str, ...]]


def _reasons(rubric: Rubric, texts: Mapping[str, FilledText]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """What each gate and clash says, its title where no text of it fits, and what lifts it."""
    ways_out = {gate.id: (gate.title, gate.lifted_by) for gate in rubric.all_gates()}
    ways_out |= {clash.id: (clash.title, clash.initiatives) for clash in rubric.all_clashes()}
    return {name: (texts[name].text or title, lifted_by) for name, (title, lifted_by) in ways_out.items()}


def _lifters(rubric: Rubric) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for initiative in rubric.initiatives:
        for node in initiative.lifts:
            found.setdefault(node, []).append(initiative.id)
    return {node: tuple(names) for node, names in found.items()}


def _children_first(compiled: Compiled) -> list[str]:
    return [*reversed(compiled.rubric.node_by_id)]


def _node_score(rubric: Rubric, trees: _Trees, name: str, below: dict[str, NodeScore]) -> NodeScore:
    node, tree = rubric.node_by_id[name], trees.evidenced
    result, rule = tree.node(name), tree.compiled.nodes[name]
    level = None if result.value is None else level_at(rubric, name, result.value)
    values = [(w, x) for child, w in rule.weights if w and (x := _child_value(tree, child)) is not None]
    mean = weighted_mean(values) if values else None
    scale, ends = tree.scale(name), result.possible
    return NodeScore(
        id=name,
        code=node.code or "",
        kind=_kind(rubric, name),
        title=node.title,
        value=result.value,
        low=result.low,
        high=result.high,
        claimed=trees.claimed.node(name).value,
        coverage=result.coverage,
        level=level.key if level else None,
        staged_level=_staged_level(rubric, name, level.key if level else None, below),
        weight=_weight(tree, name),
        uncapped=result.uncapped,
        gates=_gates(rubric, trees, name),
        because="",
        scale=scale,
        aggregate=node.aggregate.kind,
        children=tuple(child for child, _ in rule.weights),
        effective_weight=trees.slopes.effective_weight(name),
        gradient=trees.slopes.gradient(name),
        mean=mean,
        minimum=min((x for _, x in values), default=None),
        imbalance_loss=None if is_low(rubric, name) else _imbalance(mean, result.uncapped),
        category=result.category,
        earned=earned(result.uncapped, ends.known) if ends and result.uncapped is not None else None,
        possible=ends.known if ends else None,
        applicable=ends.applies if ends else None,
    )


def _kind(rubric: Rubric, name: str) -> str:
    return "overall" if name == ROOT else "principle" if rubric.home_of[name] == ROOT else "criterion"


def _child_value(tree: Evaluation, name: str) -> float | None:
    return tree.node(name).value if name in tree.compiled.nodes else tree.item_range(name).value


def _weight(tree: Evaluation, name: str) -> float:
    if name == ROOT:
        return 1.0
    return tree.compiled.weights.get(name, 0.0)


def _imbalance(mean: float | None, value: float | None) -> float | None:
    """100 (1 - V/A) of the value and the plain mean, 0 where the mean is 0 (docs/method.md, section 7)."""
    if mean is None or value is None:
        return None
    return 100 * (1 - value / mean) if mean else 0.0


def _staged_level(rubric: Rubric, name: str, own: str | None, below: dict[str, NodeScore]) -> str | None:
    """The lowest level below; None while a child has none and the bottom is not reached anyway."""
    children = [child.id for child in rubric.node_by_id[name].criteria]
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


def _gates(rubric: Rubric, trees: _Trees, name: str) -> tuple[GateResult, ...]:
    found = []
    for cap in trees.evidenced.node(name).caps:
        because, lifted_by = trees.reasons.get(cap.id) or _key_reason(rubric, trees, name, cap.id)
        found.append(GateResult(cap.id, name, cap.kind, cap.at, cap.holds, cap.binds, because, lifted_by))
    return tuple(found)


def _key_reason(rubric: Rubric, trees: _Trees, name: str, key: str) -> tuple[str, tuple[str, ...]]:
    titles, tree = {node: quoted(rubric.node_by_id[node].title) for node in (name, key)}, trees.evidenced
    value = tree.node(key).value
    stands = "has no score" if value is None else f"stands at {_shown(tree, key, value)}"
    reason = (
        f"{titles[key]} is the key criterion of {titles[name]} and {stands}; the whole can be at most "
        f"{rubric.policies.key_headroom:g} above it"
    )
    return reason, trees.lifters.get(key, ())


def _shown(tree: Evaluation, name: str, value: float | None, *others: float | None) -> str:
    if value is None:
        return "-"
    rubric = tree.compiled.rubric
    if name in tree.compiled.nodes:
        return format_figure(rubric, name, value, tree.scale(name), *others)
    return format_figure(rubric, name, value, ends_of(rubric, name), *others)


def _because(
    rubric: Rubric, tree: Evaluation, score: NodeScore, scores: dict[str, NodeScore], items: dict[str, ItemScore]
) -> str:
    """One sentence from the children to the value, on the native scale."""
    name = score.id
    if score.low is None:
        return "Only facts are asked of it, which have no score" if score.only_facts else "Nothing below applies"
    if score.uncapped is None:
        return _unscored(score, items)
    if score.category:
        text = f"{_how(score)}: {score.category}"
    elif AGGREGATIONS[score.aggregate].counts:
        text = _added(rubric, score, worked_parts(rubric, name, scores, items))
    else:
        parts = [f"{_code(rubric, child)} {_shown(tree, child, _child_value(tree, child))}" for child in score.children]
        limit = next((cap.at for cap in score.gates if cap.binds), None)
        before = _shown(tree, name, score.uncapped, limit)
        text = f"{_how(score)} of {', '.join(parts)} = {before}"
    return text + _held(tree, score)


def _how(score: NodeScore) -> str:
    return AGGREGATIONS[score.aggregate].name.capitalize()


def _unscored(score: NodeScore, items: dict[str, ItemScore]) -> str:
    """Why a node has no value though something below it applies."""
    if AGGREGATIONS[score.aggregate].compares and score.coverage >= 1:
        return "It would be divided by 0"
    if score.coverage:
        return "What is unanswered decides the result"
    reasons = {items[child].because for child in score.children if child in items and items[child].state == "missing"}
    return next((reason for reason in sorted(reasons) if reason.startswith("No answer that counts")), "Not answered")


def _held(tree: Evaluation, score: NodeScore) -> str:
    """What became of the aggregate: a cap, what open answers can make of it at all, and too little coverage."""
    text = "".join(
        f", capped at {_shown(tree, score.id, cap.at, score.uncapped)} by {cap.id}"
        for cap in score.gates
        if cap.binds and cap.at is not None
    )
    if score.value is None:
        answered = percent(score.coverage, tree.compiled.rubric.policies.min_coverage)
        return f"{text}; only {answered} answered, so it is not scored"
    before = score.value if score.uncapped is None or text else score.uncapped
    if abs(score.value - before) > IN_SIX_DECIMALS:
        most = "most" if score.value < before else "least"
        return f"{text}; whatever is still open, it is at {most} {_shown(tree, score.id, score.value, before)}"
    return text


def _added(rubric: Rubric, score: NodeScore, parts: dict[str, WorkedPart | None]) -> str:
    """A sum or tally as it was done: every part times its weight, and what the points are out of."""
    found = count(rubric.node_by_id[score.id].aggregate, [part for part in parts.values() if part])
    told = [f"{_code(rubric, child)} {weighted(part) if part else '-'}" for child, part in parts.items()]
    steps = [found.before, of_most(found, score), f"{short(found.value, 6)} of 100", scale_line(found, score)]
    text = f"{_how(score)} of {', '.join(told)}"
    return " = ".join([text, *(step for step in steps if step)])


def _code(rubric: Rubric, name: str) -> str:
    return rubric.node_by_id[name].code or name if name in rubric.node_by_id else name


def _item_score(tree: Evaluation, claimed: Evaluation, name: str) -> ItemScore:
    rubric, rule, found = tree.compiled.rubric, tree.compiled.items[name], tree.item(name)
    value, low, high = found.range
    graded = rule.ceilings is not None
    return ItemScore(
        id=name,
        node=rubric.home_of[name],
        title=rubric.question_by_id[name].text,
        state=found.state,
        value=value,
        low=low,
        high=high,
        claimed=claimed.item(name).range.value,
        roles=tuple(_role(tree, rule, role.id) for role in rubric.roles),
        combined=found.combined,
        conflict=found.conflict,
        agreed=found.agreed,
        grade=GRADES[tree.grade(name)] if graded else None,
        ceiling=rule.ceilings[tree.grade(name)] if rule.ceilings else None,
        weight=rule.weight,
        share=tree.compiled.weights.get(name),
        because=_left_out(tree, rule, found.state)
        or _item_because(found.state, found.conflict, agreed=found.agreed, value=value, claim=found.combined),
    )


def _left_out(tree: Evaluation, rule: ItemRule, state: str) -> str:
    """Why there is no value where anonymous people were asked of whom too few answered; empty elsewhere."""
    told = {"missing": "No answer that counts", "unknown": "Nobody knows whose answer counts"}
    if state not in told or not tree.readings.unheard(rule.question, rule.invited):
        return ""
    return f"{told[state]}: anonymous groups that are too small are left out"


def _role(tree: Evaluation, rule: ItemRule, role: str) -> RoleReading:
    answers = tree.heard(rule.question, role)
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

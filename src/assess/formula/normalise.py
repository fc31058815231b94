"""Native scales: what 0 and 100 of a node or question mean in its own points, and what thresholds are worth."""

import math
from collections.abc import Mapping, Sequence
from typing import Literal, assert_never

from assess.formula.aggregations import AggregationTraits, aggregation
from assess.model.aggregation import Aggregate
from assess.model.betterness import is_low, is_turned
from assess.model.nodes import Node
from assess.model.questions import Level, Option, Question, Scale
from assess.model.rubric import Rubric
from assess.numbers import TOLERANCE


def weights_of(rubric: Rubric, node: Node) -> dict[str, float]:
    """The weight of every scored child of a node, as declared, points or rank-order centroid.

    Rank-order centroid: w_k = (1/n) sum_{j >= k} 1/j (docs/method.md, section 4.1).
    """
    rule = node.weights
    own = {q.id: q.weight for q in node.questions if q.weight and counts_in_node(rubric, node, q)}
    own |= {child.id: child.weight for child in node.criteria}
    own |= {reading.question: reading.weight for reading in node.reads if reading.question in rubric.question_by_id}
    if aggregation(node.aggregate).compares:
        own = {child: own[child] for child in parts_compared(node.aggregate) if child in own}
    if rule.points:
        return {child: rule.points.get(child, 0.0) for child in own}
    if rule.rank:
        n = len(rule.rank)
        order = {name: k for k, name in enumerate(rule.rank, 1)}
        return {c: sum(1 / j for j in range(order[c], n + 1)) / n if c in order else 0.0 for c in own}
    return own


def questions_read_in(rubric: Rubric, node: Node) -> list[Question]:
    """The questions of other nodes that count in a node as well."""
    known = rubric.question_by_id
    return [known[reading.question] for reading in node.reads if reading.question in known]


def counts_in_node(rubric: Rubric, node: Node, question: Question) -> bool:
    """Whether a question counts for its node: scored, or read by a rules or ladder node."""
    read = aggregation(node.aggregate).reads_answers and question.traits.scored != "never"
    return rubric.scored(question) or read


def scale_of(rubric: Rubric, name: str) -> Scale:
    """The native scale of a node or of a question, everything applying.

    Ladders and staged nodes have theirs by nature; so have sums and tallies, unless they map the result on another.
    """
    if name in rubric.question_by_id:
        return _asked_scale(rubric, name)
    node = rubric.node_by_id[name]
    how = aggregation(node.aggregate)
    if node.scale and (how.counts or how.compares):
        return node.scale
    return _aggregate_scale(rubric, node) or node.scale or rubric.scale


def ends_of(rubric: Rubric, name: str) -> tuple[float, float]:
    """The native points of a node or question at 0 and at 100, the worst and the best."""
    asked = rubric.question_by_id.get(name)
    if asked and asked.goalposts and not asked.goalposts.log and _home(rubric, name).compares:
        return asked.goalposts.worst, asked.goalposts.best
    return from_worst(rubric, name, scale_of(rubric, name))


def _home(rubric: Rubric, question: str) -> AggregationTraits:
    return aggregation(rubric.node_by_id[rubric.home_of[question]].aggregate)


def from_worst(rubric: Rubric, name: str, scale: Scale) -> tuple[float, float]:
    """A scale from its worst end to its best."""
    return (scale.max, scale.min) if is_low(rubric, name) else (scale.min, scale.max)


def is_by_parts(rubric: Rubric, name: str) -> bool:
    """Whether the scale of a node is what its parts can bring: a sum or tally that declares no scale of its own."""
    node = rubric.node_by_id[name]
    return aggregation(node.aggregate).counts and not node.scale


def brought_by(rubric: Rubric, name: str) -> Scale:
    """The points a node or question brings to a sum: those of a sum below it, whatever scale that is printed on."""
    node = rubric.node_by_id.get(name)
    counting = _aggregate_scale(rubric, node) if node and aggregation(node.aggregate).counts else None
    return counting or scale_of(rubric, name)


def _asked_scale(rubric: Rubric, name: str) -> Scale:
    """The scale of a question; a number that counts the other way than its node keeps its span in a sum."""
    question = rubric.question_by_id[name]
    posts = question.goalposts
    if posts is None or posts.log:
        return question_scale(rubric, question)
    low, high = sorted((posts.worst, posts.best))
    if _home(rubric, name).compares or is_low(rubric, name) == (posts.worst > posts.best):
        return Scale(min=low, max=high)
    return Scale(min=0, max=high - low if _home(rubric, name).how == "sum" else 100)


def _aggregate_scale(rubric: Rubric, node: Node) -> Scale | None:
    how = aggregation(node.aggregate).how
    if callable(how):
        return None
    weights = weights_of(rubric, node)
    match how:
        case "sum":
            scales = [(weight, brought_by(rubric, child)) for child, weight in weights.items()]
            ends = (sum(w * s.min for w, s in scales), sum(w * s.max for w, s in scales))
            return Scale.model_construct(
                min=clamp_points(node.aggregate, ends[0]), max=clamp_points(node.aggregate, ends[1])
            )
        case "pair":
            return _pair_scale(rubric, node)
        case "tally":
            return Scale(min=0, max=sum(weights.values()))
        case "stages":
            return Scale(min=0, max=max(stages_of(rubric, node).values(), default=1))
        case "ladder":
            return _steps_scale(rubric, node)
        case "rules":
            return None
        case _:
            assert_never(how)


def clamp_points(settings: Aggregate, points: float) -> float:
    """What the points of the parts of a sum come to: with its offset, between its floor and its ceiling."""
    low, high = sum_ends(settings)
    return min(max(points + (settings.offset or 0.0), low), high)


def sum_ends(settings: Aggregate) -> tuple[float, float]:
    """The fewest and the most points a sum comes to."""
    low = settings.floor if isinstance(settings.floor, int | float) else -math.inf
    return low, math.inf if settings.ceiling is None else settings.ceiling


def pair_of(settings: Aggregate) -> tuple[str | float, str]:
    """The two parts of a ratio or a difference, the one that is divided or lessened first; it may be a number."""
    return "" if settings.of is None else settings.of, settings.by or settings.less or ""


def parts_compared(settings: Aggregate) -> list[str]:
    """The parts that a ratio or a difference reads, in its order."""
    return [name for name in pair_of(settings) if isinstance(name, str)]


def _pair_scale(rubric: Rubric, node: Node) -> Scale | None:
    """The scale of a difference: from the least less the most to the most less the least; a ratio has none."""
    if node.aggregate.by:
        return None
    first, second = pair_of(node.aggregate)
    one, other = (first, first) if not isinstance(first, str) else ends_of(rubric, first), ends_of(rubric, second)
    return Scale(min=min(one) - max(other), max=max(one) - min(other))


def _steps_scale(rubric: Rubric, node: Node) -> Scale:
    """The scale of a ladder: from the least to the highest score an answer on it has."""
    scores = [o.score for q in node.questions for o in rubric.options_of(q) if o.score is not None]
    return Scale(min=min(scores, default=0), max=max(scores, default=1))


def stages_of(rubric: Rubric, node: Node) -> dict[str, int]:
    """The stage of every child that names one."""
    asked = {question.id: question.stage for question in node.questions if question.stage}
    asked |= {question.id: question.stage for question in questions_read_in(rubric, node) if question.stage}
    return asked | {child.id: child.stage for child in node.criteria if child.stage}


def option_scores(rubric: Rubric, question: Question) -> tuple[float | None, ...]:
    """The native score of every option; positions from 0 where an ordered question names none."""
    options = rubric.options_of(question)
    scores = tuple(option.score for option in options)
    if question.traits.worth == "ticks":
        return tuple(float(not o.exclusive) if o.score is None else float(o.score) for o in options)
    if question.traits.worth == "steps" and all(score is None for score in scores):
        return tuple(float(position) for position in range(len(options)))
    return scores


def question_scale(rubric: Rubric, question: Question) -> Scale:
    """The native scale of a question: its points, its goalposts where more is better in a straight line, or 0..100."""
    posts = question.goalposts
    if posts and posts.worst < posts.best and not posts.log:
        return Scale(min=posts.worst, max=posts.best)
    scores = [score for score in option_scores(rubric, question) if score is not None]
    scores += [step.points for step in question.steps]
    if not scores:
        return Scale(min=0, max=100)
    return (
        Scale(min=0, max=sum(scores)) if question.traits.worth == "ticks" else Scale(min=min(scores), max=max(scores))
    )


def option_values(rubric: Rubric, question: Question) -> dict[str, float | None]:
    """What each option of a one-answer question is worth on 0..100, turned round where the last one is the worst."""
    known: dict[str, dict[str, float | None]] = rubric.derived.setdefault(option_values, {})
    if question.id not in known:
        known[question.id] = _option_values(rubric, question)
    return known[question.id]


def nearest_option(worth: Mapping[str, float | None], value: float) -> str:
    """The option nearest to what several answers come to, of two the first; worth: of each, lowest option first."""
    away = {key: abs(at - value) for key, at in worth.items() if at is not None}
    return next(key for key, distance in away.items() if distance <= min(away.values()) + TOLERANCE)


def _option_values(rubric: Rubric, question: Question) -> dict[str, float | None]:
    options: Sequence[Option] = rubric.options_of(question)
    scores = option_scores(rubric, question)
    known = [score for score in scores if score is not None]
    low, high = min(known, default=0.0), max(known, default=1.0)
    span = high - low or 1.0
    found: dict[str, float | None] = {}
    for option, score in zip(options, scores, strict=True):
        value = None if score is None else 100 * (score - low) / span
        found[option.key or ""] = 100 - value if value is not None and is_turned(rubric, question) else value
    return found


def target_value(rubric: Rubric, node: str, level: str) -> float:
    """The lower threshold of a level of a node on 0..100; raises KeyError when there is none."""
    return {found.key: found.at for found in rubric.levels_of(node)}[level]


def native_points(rubric: Rubric, node: str, value: float) -> float:
    """A value on 0..100 in the node's own points."""
    low, high = ends_of(rubric, node)
    return low + value * (high - low) / 100


def worth(rubric: Rubric, node: str, points: float) -> float:
    """A number of the node's own points on 0..100."""
    low, high = ends_of(rubric, node)
    return 100 * (points - low) / ((high - low) or 1.0)


def closed_at(rubric: Rubric, node: str) -> Literal["below", "above"]:
    """On which side of a threshold of a node its level begins, the levels from the worst to the best."""
    return "below" if is_low(rubric, node) else rubric.node_by_id[node].closed or rubric.closed


def level_at(rubric: Rubric, node: str, value: float) -> Level | None:
    """The highest level whose threshold a value has reached; which side is closed the node says, or the rubric."""
    reached = None
    for level in rubric.levels_of(node):
        closed = value >= level.at - TOLERANCE if closed_at(rubric, node) == "below" else value > level.at + TOLERANCE
        if closed or level is rubric.levels_of(node)[0]:
            reached = level
    return reached

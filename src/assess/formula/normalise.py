"""Native scales: what 0 and 100 of a node or question mean in its own points, and what thresholds are worth."""

from collections.abc import Sequence
from typing import assert_never

from assess.formula.aggregations import aggregation
from assess.model.nodes import Node
from assess.model.questions import Level, Option, Question, Scale
from assess.model.rubric import Rubric
from assess.numbers import TOLERANCE


def weights_of(rubric: Rubric, node: Node) -> dict[str, float]:
    """The weight of every scored child of a node, as declared, points or rank-order centroid.

    Rank-order centroid: w_k = (1/n) sum_{j >= k} 1/j (docs/method.md, section 4.1).
    """
    rule = node.weights
    own = {q.id: q.weight for q in node.questions if q.weight and counts(rubric, node, q)}
    own |= {child.id: child.weight for child in node.criteria}
    if rule.points:
        return {child: rule.points.get(child, 0.0) for child in own}
    if rule.rank:
        n = len(rule.rank)
        order = {name: k for k, name in enumerate(rule.rank, 1)}
        return {c: sum(1 / j for j in range(order[c], n + 1)) / n if c in order else 0.0 for c in own}
    return own


def counts(rubric: Rubric, node: Node, question: Question) -> bool:
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
    if node.scale and aggregation(node.aggregate).counts:
        return node.scale
    return _aggregate_scale(rubric, node) or node.scale or rubric.scale


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
    """The scale of a question; in a sum a number where less is better keeps its span."""
    question = rubric.question_by_id[name]
    posts = question.goalposts
    home = rubric.node_by_id[rubric.home_of[name]]
    if posts and posts.worst > posts.best and not posts.log and aggregation(home.aggregate).how == "sum":
        return Scale(min=0, max=posts.worst - posts.best)
    return question_scale(rubric, question)


def _aggregate_scale(rubric: Rubric, node: Node) -> Scale | None:
    how = aggregation(node.aggregate).how
    if callable(how):
        return None
    weights = weights_of(rubric, node)
    match how:
        case "sum":
            scales = [(weight, brought_by(rubric, child)) for child, weight in weights.items()]
            return Scale(min=sum(w * s.min for w, s in scales), max=sum(w * s.max for w, s in scales))
        case "tally":
            return Scale(min=0, max=sum(weights.values()))
        case "stages":
            return Scale(min=0, max=max(stages_of(node).values(), default=1))
        case "ladder":
            return _steps_scale(rubric, node)
        case "rules":
            return None
        case _:
            assert_never(how)


def _steps_scale(rubric: Rubric, node: Node) -> Scale:
    """The scale of a ladder: from the least to the highest score an answer on it has."""
    scores = [o.score for q in node.questions for o in rubric.options_of(q) if o.score is not None]
    return Scale(min=min(scores, default=0), max=max(scores, default=1))


def stages_of(node: Node) -> dict[str, int]:
    """The stage of every child that names one."""
    asked = {question.id: question.stage for question in node.questions if question.stage}
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
    """The native scale of a question: its scores, its goalposts where more is better in a straight line, or 0..100."""
    posts = question.goalposts
    if posts and posts.worst < posts.best and not posts.log:
        return Scale(min=posts.worst, max=posts.best)
    scores = [score for score in option_scores(rubric, question) if score is not None]
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


def _option_values(rubric: Rubric, question: Question) -> dict[str, float | None]:
    options: Sequence[Option] = rubric.options_of(question)
    scores = option_scores(rubric, question)
    known = [score for score in scores if score is not None]
    low, high = min(known, default=0.0), max(known, default=1.0)
    span = high - low or 1.0
    found: dict[str, float | None] = {}
    for option, score in zip(options, scores, strict=True):
        value = None if score is None else 100 * (score - low) / span
        found[option.key or ""] = 100 - value if value is not None and question.is_reversed else value
    return found


def target_value(rubric: Rubric, node: str, level: str) -> float:
    """The lower threshold of a level of a node on 0..100; raises KeyError when there is none."""
    return {found.key: found.at for found in rubric.levels_of(node)}[level]


def native(rubric: Rubric, node: str, value: float) -> float:
    """A value on 0..100 in the node's own points."""
    scale = scale_of(rubric, node)
    return scale.min + value * (scale.max - scale.min) / 100


def worth(rubric: Rubric, node: str, points: float) -> float:
    """A number of the node's own points on 0..100."""
    scale = scale_of(rubric, node)
    return 100 * (points - scale.min) / ((scale.max - scale.min) or 1.0)


def level_at(rubric: Rubric, node: str, value: float) -> Level | None:
    """The highest level whose threshold a value has reached; which side is closed is the rubric's choice."""
    reached = None
    for level in rubric.levels_of(node):
        closed = value >= level.at - TOLERANCE if rubric.closed == "below" else value > level.at + TOLERANCE
        if closed or level is rubric.levels_of(node)[0]:
            reached = level
    return reached

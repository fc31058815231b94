"""One question in every draw: its roles, disagreement and ceiling, as `formula/items.py` has them."""

import functools
from collections.abc import Callable, Mapping

import numpy as np

from assess.draws.arrays import Figures, Spread, compare_spreads, known, undrawn
from assess.draws.sources import Drawn
from assess.formula import Evaluation
from assess.formula import nodes as f
from assess.formula.readings import STATED
from assess.formula.worked_answers import answer_value
from assess.numbers import DIGITS

# Half of the last digit to which distances are rounded before they are compared.
_ROUNDED = 0.5 * 10**-DIGITS


def drawn_item(tree: Evaluation, drawn: Drawn, name: str) -> Spread | None:
    """The item of a question in every draw; None where it does not apply."""
    if name in drawn.missing:
        return known(drawn.missing[name])
    rule, found = tree.compiled.items[name], tree.item(name)
    roles = (*rule.invited, *rule.others)
    if name not in drawn.lowered and not any((name, role) in drawn.answers for role in roles):
        return undrawn(found.range)
    value = _agreed(tree, name)
    if value is None:
        value = _over_roles(tree, drawn, rule)
    if not tree.claimed and rule.ceilings is not None:
        ceiling = np.asarray(rule.ceilings[found.grade])
        if name in drawn.lowered:
            ceiling = np.where(drawn.lowered[name], rule.ceilings[STATED], ceiling)
        value = np.minimum(value, ceiling)
    return known(value)


def _agreed(tree: Evaluation, name: str) -> Figures | None:
    """What was settled instead of what was answered."""
    settled = tree.readings.settled.get(name)
    rubric = tree.compiled.rubric
    value = answer_value(rubric, rubric.question_by_id[name], settled.value) if settled else None
    return None if value is None else np.asarray(value)


def _answers_of(tree: Evaluation, drawn: Drawn, name: str, role: str) -> Figures:
    """The answers of a role on 0..100, by answer and draw."""
    found = drawn.answers.get((name, role))
    return np.asarray(tree.heard(name, role).values)[:, None] if found is None else found


def role_mean(tree: Evaluation, drawn: Drawn, name: str, role: str) -> Spread:
    """What one role claims."""
    return known(_one(_answers_of(tree, drawn, name, role), tree.compiled.items[name].combine))


def _over_roles(tree: Evaluation, drawn: Drawn, rule: f.ItemRule) -> Figures:
    """The combined value, or the lowest mean in the draws in which roles disagree (docs/method.md, 3.1 and 3.2)."""
    spoke = [role for role in (*rule.invited, *rule.others) if tree.heard(rule.question, role).values]
    groups = {role: _answers_of(tree, drawn, rule.question, role) for role in spoke}
    means = {role: _one(answers, rule.combine) for role, answers in groups.items()}
    invited = [role for role in rule.invited if role in means]
    if rule.combine == "mean":
        heads = [len(groups[role]) if rule.headcount else 1 for role in invited]
        together = [count * means[role] for role, count in zip(invited, heads, strict=True)]
        combined = functools.reduce(np.add, together) / sum(heads)
    else:
        combined = _one(np.stack(np.broadcast_arrays(*(means[role] for role in invited))), rule.combine)
    own = means.pop(rule.conflict_role or "", None)
    return combined if own is None else _in_conflict(rule.conflict_distance, combined, own, [*means.values()])


def _in_conflict(distance: float, combined: Figures, own: Figures, others: list[Figures]) -> Figures:
    """The combined value; where means of others lie so far from the own one, the lowest of these."""
    lowest: Figures | None = None
    for mean in others:
        far = np.abs(mean - own) >= distance - _ROUNDED
        if far.any():
            found = np.where(far, np.minimum(mean, own), np.inf)
            lowest = found if lowest is None else np.minimum(lowest, found)
    return combined if lowest is None else np.where(lowest < np.inf, lowest, combined)


def _mean(numbers: Figures) -> Figures:
    found: Figures = numbers.sum(axis=0) / len(numbers)
    return found


_TOGETHER: Mapping[str, Callable[[Figures], Figures]] = {
    "mean": _mean,
    "median": lambda numbers: np.asarray(np.median(numbers, axis=0)),
    "min": lambda numbers: np.asarray(numbers.min(axis=0)),
    "max": lambda numbers: np.asarray(numbers.max(axis=0)),
}


def _one(numbers: Figures, how: str) -> Figures:
    """Several answers, by answer and draw, as one."""
    found: Figures = numbers[0] if len(numbers) == 1 else _TOGETHER[how](numbers)
    return found


def share_drawn(drawn: Drawn, share: f.Share) -> Spread:
    """The percentage of a role's answers that compare as said, by draw."""
    answers = drawn.answers[share.question, share.role]
    return known(100 * compare_spreads(known(answers), share.op, known(share.than)).holds.mean(axis=0))

"""What all draws come to: intervals, the share of draws at each level, and which initiatives keep lifting most."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from assess.draws.arrays import Figures
from assess.draws.batch import BatchEvaluation
from assess.draws.sources import drawn_from
from assess.formula import Dependents, EvaluatedOrganization, Projection, dependents, target_value
from assess.formula.fingerprint import numbers_hash
from assess.formula.initiatives import aimed_levels, cap_lifters, least_gain
from assess.formula.normalise import closed_at
from assess.model.rubric import ROOT
from assess.model.uncertainty import GainInterval, ScoreInterval, Uncertainty
from assess.numbers import TOLERANCE

FIRST = 8
PLACES = 4
_PERCENTILES = (5, 50, 95)


class _Effect(NamedTuple):
    """What an initiative does once it is done: nodes to the values it lifts them to, and gates it switches off."""

    lifts: Mapping[str, float]
    off: frozenset[str]


def seed_of(numbers: str) -> int:
    """The seed of draws that name none: the first six bytes of the fingerprint, which every reader of JSON can hold."""
    return int(numbers.removeprefix("sha256:")[:12], 16)


def draw_scores(organization: EvaluatedOrganization, draws: int, seed: int | None = None) -> Uncertainty:
    """The scores and gains of an organization in so many draws; seed: that of its numbers where none is named."""
    numbers = numbers_hash(organization.rubric, organization.sheet)
    seed = seed_of(numbers) if seed is None else seed
    reach = dependents(organization.compiled)
    today = drawn_tree(organization, draws, seed)
    values = {name: _values(today, name) for name in organization.scorecard.scores}
    rubric = organization.rubric
    return Uncertainty(
        assess="uncertainty/1",
        rubric=rubric.id,
        rubric_version=rubric.version,
        draws=draws,
        seed=seed,
        numbers=numbers,
        scores={name: _interval(organization, name, found) for name, found in values.items() if len(found)},
        gains=_gains(organization, today, reach),
    )


def drawn_tree(organization: EvaluatedOrganization, draws: int, seed: int) -> BatchEvaluation:
    """The tree of an organization in so many draws."""
    drawn, reach = drawn_from(organization, draws, seed), dependents(organization.compiled)
    return BatchEvaluation(organization.tree, drawn, reach.of(reach.of(drawn.questions) | drawn.weights.keys()))


def _values(batch: BatchEvaluation, name: str) -> Figures:
    """The values of a node in the draws in which it has one."""
    found = batch.node(name)
    if found is None:
        return np.empty(0)
    values = np.broadcast_to(found.value, batch.drawn.draws)
    return values[~np.isnan(values)]


def _interval(organization: EvaluatedOrganization, name: str, values: Figures) -> ScoreInterval:
    low, middle, high = _percentiles(values)
    return ScoreInterval(low=low, middle=middle, high=high, levels=_levels(organization, name, values))


def _percentiles(values: Figures) -> tuple[float, ...]:
    return tuple(round(float(x), PLACES) for x in np.percentile(values, _PERCENTILES))


def _levels(organization: EvaluatedOrganization, name: str, values: Figures) -> dict[str, float]:
    """The share of values at each level: the highest whose threshold is reached, the first in any case."""
    levels = organization.rubric.levels_of(name)
    if not levels:
        return {}
    below = closed_at(organization.rubric, name) == "below"
    starts = np.asarray([level.at for level in levels]) + (-TOLERANCE if below else TOLERANCE)
    reached = np.searchsorted(starts, values, side="right" if below else "left")
    counts = np.bincount(np.maximum(reached, 1) - 1, minlength=len(levels))
    return {level.key: round(float(n) / len(values), PLACES) for level, n in zip(levels, counts, strict=True)}


def _gains(organization: EvaluatedOrganization, today: BatchEvaluation, reach: Dependents) -> dict[str, GainInterval]:
    """What each open initiative lifts the overall score by; none where this has no value."""
    before = today.node(ROOT)
    if before is None or np.isnan(before.value).any():
        return {}
    done = {*organization.sheet.engagement.done}
    names = [i.id for i in sorted(organization.rubric.initiatives, key=lambda i: i.id) if i.id not in done]
    gains = np.empty((len(names), today.drawn.draws))
    for place, name in enumerate(names):
        gains[place] = _rise(today, _effect(organization, name), reach)
    enough = (gains >= least_gain(organization.rubric, organization.sheet.engagement) - TOLERANCE).mean(axis=1)
    first = _first(gains)
    return {
        name: GainInterval(
            **dict(zip(("low", "middle", "high"), _percentiles(gains[place]), strict=True)),
            enough=round(float(enough[place]), PLACES),
            first=round(float(first[place]), PLACES),
        )
        for place, name in enumerate(names)
    }


def _first(gains: Figures) -> Figures:
    """The share of draws in which each is among the `FIRST` that gain most, those that gain as much included."""
    if not len(gains):
        return np.empty(0)
    place = -min(FIRST, len(gains))
    least = np.partition(gains, place, axis=0)[place]
    found: Figures = ((gains >= least - TOLERANCE) & (gains > TOLERANCE)).mean(axis=1)
    return found


def _rise(today: BatchEvaluation, effect: _Effect, reach: Dependents) -> Figures:
    """The overall score with an initiative done, less that of today, by draw."""
    changed = reach.of(effect.lifts, effect.off)
    tree = today.tree
    lifted = Projection(tree.compiled, tree.readings, lifts=effect.lifts, off=effect.off, base=tree, changed=changed)
    after = BatchEvaluation(lifted, today.drawn, today.moving, today, changed).node(ROOT)
    before = today.node(ROOT)
    return np.zeros(1) if after is None or before is None else after.value - before.value


def _effect(organization: EvaluatedOrganization, name: str) -> _Effect:
    """What an initiative lifts, at most to the target, where there is a value today: in a draw it may be lower."""
    rubric, scores = organization.rubric, organization.scorecard.scores
    aims = aimed_levels(rubric, organization.target_levels, rubric.initiative_by_id[name])
    known = {node for node in aims if scores[node].value is not None and scores[node].uncapped is not None}
    lifts = {node: target_value(rubric, node, level) for node, level in aims.items() if node in known}
    return _Effect(lifts, frozenset(cap for cap, names in cap_lifters(rubric).items() if name in names))

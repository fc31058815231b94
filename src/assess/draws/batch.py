"""Every item and node of one tree in all draws at once: the formulas of `formula/`, read as `formula/evaluate.py` does.

Shapes that are seldom, sums and pairs, are worked out draw by draw with the functions of `formula/` themselves.
"""

import functools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, assert_never

import numpy as np

from assess.draws.answers import drawn_item, role_mean, share_drawn
from assess.draws.arrays import (
    DrawnTruth,
    Figures,
    Spread,
    compare_spreads,
    every,
    inverted,
    known,
    mean_by,
    undrawn,
    undrawn_truth,
)
from assess.draws.sources import Drawn
from assess.formula import Evaluation
from assess.formula import nodes as f
from assess.formula.pairs import pair
from assess.formula.ranges import ABSENT, Range
from assess.formula.sums import Ends, Possible, add_up, brought
from assess.numbers import TOLERANCE


@dataclass
class BatchEvaluation:
    """One tree in every draw: what is not in `moving` comes out as in `tree`, what is not in `changed` as in `base`.

    tree: the same tree as it was found, with what it lifts and the gates it switches off.
    """

    tree: Evaluation
    drawn: Drawn
    moving: frozenset[str]
    base: "BatchEvaluation | None" = None
    changed: frozenset[str] = frozenset()
    _items: dict[str, Spread | None] = field(default_factory=dict, repr=False)
    _nodes: dict[str, Spread | None] = field(default_factory=dict, repr=False)
    _covers: dict[str, Figures] = field(default_factory=dict, repr=False)

    def item(self, name: str) -> Spread | None:
        """The item of a question, raised with its node where the node is this item alone."""
        if name not in self.moving:
            return undrawn(self.tree.item_range(name))
        home = self.tree.compiled.rubric.home_of[name]
        found, lift = self._answered(name), self.tree.lifts.get(home)
        alone = self.tree.compiled.nodes[home].items == (name,) and not self._reads(home)
        return _raised(found, lift) if alone and lift is not None else found

    def _answered(self, name: str) -> Spread | None:
        """The item of a question as it is answered."""
        if self.base is not None and name not in self.changed:
            return self.base._answered(name)  # noqa: SLF001 - of the same kind
        if name not in self._items:
            self._items[name] = drawn_item(self.tree, self.drawn, name)
        return self._items[name]

    def _reads(self, node: str) -> bool:
        """Whether a node reads questions that live elsewhere."""
        return bool(self.tree.compiled.rubric.node_by_id[node].reads)

    def node(self, name: str) -> Spread | None:
        """A node after its caps; None where it does not apply."""
        if name not in self.moving:
            return undrawn(self.tree.node(name).range)
        if self.base is not None and name not in self.changed:
            return self.base.node(name)
        if name not in self._nodes:
            self._nodes[name] = self._capped(self.tree.compiled.nodes[name])
        return self._nodes[name]

    def _capped(self, rule: f.NodeRule) -> Spread | None:
        if self.tree.node(rule.id).low is None:
            return None
        found, lift = self._aggregate(rule.formula, self.drawn.weights.get(rule.id)), self.tree.lifts.get(rule.id)
        if lift is not None:
            found = _raised(found, lift)
        if found is None:
            return None
        held = _within(found, [limit for cap in rule.caps if (limit := self._limit(rule.id, cap)) is not None])
        return self._covered(rule, held)

    def _covered(self, rule: f.NodeRule, held: Spread) -> Spread:
        """The value in the draws in which enough is answered, or nothing open can change a first-match table."""
        if rule.id in self.tree.lifts:
            return held
        asked = self._asked(rule)
        if asked is None:
            return held
        if isinstance(rule.formula, f.FirstMatch):
            asked = np.where(held.low == held.high, 1.0, asked)
        if asked.ndim:
            self._covers[rule.id] = asked
        enough = asked >= self.tree.compiled.rubric.policies.min_coverage - TOLERANCE
        return held if enough.all() else Spread(np.where(enough, held.value, np.nan), held.low, held.high)

    def _asked(self, rule: f.NodeRule) -> Figures | None:
        """The share of applicable weight that is answered, by draw; None where none has to be."""
        found = self.tree.coverage(rule)
        nodes = [name for name, weight in rule.weights if weight and name in self.tree.compiled.nodes]
        if found is None or not any(isinstance(self.coverage(name), np.ndarray) for name in nodes):
            return None if found is None else np.asarray(found)
        counted = zip((name for name, weight in rule.weights if weight), self.tree.covers(rule.weights), strict=True)
        parts = [
            (weight, self.coverage(name) if name in self.tree.compiled.nodes else part)
            for name, (weight, part) in counted
            if part is not None
        ]
        return np.asarray(sum(weight * part for weight, part in parts) / sum(weight for weight, _ in parts))

    def coverage(self, name: str) -> float | Figures:
        """The coverage of a node, by draw where it can differ: a table that comes to its end needs no more answers."""
        self.node(name)
        if self.base is not None and name not in self.changed:
            return self.base.coverage(name)
        return self._covers.get(name, self.tree.node(name).coverage)

    def _limit(self, node: str, cap: f.CapRule) -> Spread | None:
        """What a cap allows at most; without bound in the draws in which it does not hold."""
        low, high = self.tree.scale(node)
        if cap.key is not None:
            room = cap.at if cap.points is None else 100 * cap.points / (abs(high - low) or 1.0)
            key = self.node(cap.key)
            return None if key is None else _shifted(key, room)
        if cap.id in self.tree.off or cap.when is None:
            return None
        drawn = not self.moving.isdisjoint(f.names_read((cap.when,)))
        truth = self.test(cap.when) if drawn else undrawn_truth(self.tree.test(cap.when))
        if not truth.possible.any():
            return None
        at = cap.at if cap.points is None else 100 * (cap.points - low) / ((high - low) or 1.0)
        ends = [np.where(holds, at, np.inf) for holds in (truth.holds, truth.possible, truth.sure)]
        return known(ends[0]) if truth.holds is truth.possible else Spread(*ends)

    def number(self, formula: f.Formula) -> Spread | None:
        """The numbers of a formula; None where it does not apply."""
        match formula:
            case f.Score(node):
                return self.node(node)
            case f.Leaf(question, role, "value") if question:
                return self._value(formula, question, role)
            case f.Share() if self._is_drawn(formula):
                return share_drawn(self.drawn, formula)
            case f.Constant() | f.Leaf() | f.Share() | f.Headcount():
                return undrawn(self.tree.number(formula))
            case f.Threshold(part, op, than):
                return self._step(part, op, than)
            case f.Combined() | f.Sum() | f.Pair() | f.FirstMatch():
                return self._aggregate(formula)
            case _:
                assert_never(formula)

    def _value(self, formula: f.Leaf, question: str, role: str | None) -> Spread | None:
        """What a question is worth, or what a role claims of it."""
        if role is None:
            return self.item(question)
        if (question, role) in self.drawn.answers:
            return role_mean(self.tree, self.drawn, question, role)
        said = self.tree.number(formula)
        # Who says nothing claims what the question comes to.
        silent = question in self.drawn.missing and said.value is None and said.low is not None
        return self._answered(question) if silent else undrawn(said)

    def _is_drawn(self, share: f.Share) -> bool:
        """Whether a share counts the values that are drawn; options and figures stand as they were answered."""
        return share.facet == "value" and not share.keys and (share.question, share.role) in self.drawn.answers

    def _step(self, part: f.Formula, op: f.Operator, than: float) -> Spread | None:
        found = self.number(part)
        if found is None:
            return None
        truth = compare_spreads(found, op, known(than))
        if truth.holds is truth.sure:
            return known(100.0 * truth.holds)
        value = np.where(truth.holds, 100.0, np.where(truth.fails, 0.0, np.nan))
        return Spread(value, *(np.where(end, 100.0, 0.0) for end in (truth.sure, truth.possible)))

    def _aggregate(self, formula: f.Aggregated, weights: Figures | None = None) -> Spread | None:
        """How the children of a node become its value; weights: instead of its own, by part and draw."""
        match formula:
            case f.Combined():
                return self._combined(formula, weights)
            case f.Sum():
                return self._each(
                    [part for _, part, _, _ in formula.parts], lambda tree: add_up(formula, [*brought(tree, formula)])
                )
            case f.Pair(_, one, other):
                return self._each([one, other], lambda tree: pair(tree, formula))
            case f.FirstMatch():
                return self._first(formula)
            case _:
                assert_never(formula)

    def _combined(self, formula: f.Combined, weights: Figures | None) -> Spread | None:
        """A rule on the parts that apply and weigh something."""
        own = np.asarray([[weight] for weight, _ in formula.parts]) if weights is None else weights
        parts = [(place, self.number(part)) for place, (weight, part) in enumerate(formula.parts) if weight > 0]
        there = [(place, found) for place, found in parts if found is not None]
        if not there:
            return None
        if len(there) == 1 and formula.rule.linear:
            return there[0][1]
        used = own if len(there) == len(own) else own[[place for place, _ in there]]
        value = mean_by(formula.rule, used, self._rows([found.value for _, found in there]))
        if all(found.is_exact for _, found in there):
            return known(value)
        ends = ([found.low for _, found in there], [found.high for _, found in there])
        return Spread(value, *(mean_by(formula.rule, used, self._rows(end)) for end in ends))

    def _rows(self, figures: list[Figures]) -> Figures:
        """Numbers by part and draw."""
        rows = np.empty((len(figures), self.drawn.draws))
        for place, row in enumerate(figures):
            rows[place] = row
        return rows

    def _each(self, parts: list[f.Formula], work: Callable[["_OneDraw"], Range]) -> Spread | None:
        """A formula worked out draw by draw."""
        spreads = {part: self.number(part) for part in parts}
        read = {part: None if found is None else self._lists(found) for part, found in spreads.items()}
        found = [work(_OneDraw(self.tree, read, draw)) for draw in range(self.drawn.draws)]
        if any(each.low is None for each in found):
            return None
        ends = [np.asarray(end, dtype=np.float64) for end in zip(*found, strict=True)]
        return known(ends[0]) if (ends[0] == ends[1]).all() and (ends[1] == ends[2]).all() else Spread(*ends)

    def _lists(self, found: Spread) -> list[Range]:
        """The numbers of each draw."""
        rows = (np.broadcast_to(end, self.drawn.draws).tolist() for end in found)
        return [Range(None if math.isnan(value) else value, *ends) for value, *ends in zip(*rows, strict=True)]

    def _first(self, formula: f.FirstMatch) -> Spread | None:
        """The result beside the first test that holds; what can still be reached where it is not decided."""
        shape = self.drawn.draws
        low, high, found = np.full(shape, np.inf), np.full(shape, -np.inf), np.full(shape, np.nan)
        reached, clear, open_ = np.zeros(shape, bool), np.ones(shape, bool), np.ones(shape, bool)
        for when, then in (*formula.cases, (f.All(()), formula.default)):
            truth, number = self.test(when), self.number(then)
            if number is None:
                continue
            can = open_ & truth.possible
            low, high = (
                np.where(can, np.minimum(low, number.low), low),
                np.where(can, np.maximum(high, number.high), high),
            )
            clear = clear & (truth.holds | truth.fails)
            hit = ~reached & clear & truth.holds
            found = np.where(hit, number.value, found)
            reached, open_ = reached | hit, open_ & ~truth.sure
        value = np.where(reached, found, low if formula.cautious else np.nan)
        return known(value) if (value == low).all() and (low == high).all() else Spread(value, low, high)

    def test(self, test: f.Test) -> DrawnTruth:
        """The truth of a test."""
        match test:
            case f.Compare(left, op, right):
                return compare_spreads(self.number(left), op, self.number(right))
            case f.Not(part):
                return inverted(self.test(part))
            case f.All(parts):
                return every([self.test(part) for part in parts])
            case f.Any(parts):
                return inverted(every([inverted(self.test(part)) for part in parts]))
            case f.Chose() | f.Ticked() | f.InState():
                # What was answered stands; only what it is worth is drawn.
                return undrawn_truth(self.tree.test(test))
            case _:
                assert_never(test)


class _OneDraw(NamedTuple):
    """One draw of a tree, as the functions of `formula/` read it."""

    tree: Evaluation
    numbers: Mapping[f.Formula, list[Range] | None]
    draw: int

    def number(self, formula: f.Formula) -> Range:
        """The numbers of a formula."""
        found = self.numbers[formula]
        return ABSENT if found is None else found[self.draw]

    def possible(self, node: str) -> Possible | None:
        """What the parts of a node could bring; None for a node that is no sum."""
        return self.tree.possible(node)

    def ends(self, formula: f.Formula) -> Ends:
        """The native points of a part at 0 and at 100."""
        return self.tree.ends(formula)


def _raised(found: Spread | None, lift: float) -> Spread:
    """A node or item at least at the value it is lifted to."""
    if found is None:
        return known(lift)
    if found.is_exact:
        return known(np.maximum(found.value, lift))
    return Spread(*(np.fmax(end, lift) for end in found))


def _shifted(found: Spread, room: float) -> Spread:
    """What a key criterion allows: nothing less than all while it has no value."""
    if found.is_exact:
        return known(found.value + room)
    value = np.where(np.isnan(found.value), np.inf, found.value + room)
    return Spread(value, found.low + room, found.high + room)


def _within(base: Spread, limits: list[Spread]) -> Spread:
    """A node below its caps; a value outside what open answers can still make of it is held at that end."""
    if base.is_exact and all(limit.is_exact for limit in limits):
        return known(functools.reduce(np.minimum, (limit.value for limit in limits), base.value))
    value, low, high = (
        functools.reduce(np.minimum, (limit[end] for limit in limits), base[end]) for end in range(len(base))
    )
    # What open answers could move and do not, since caps hold it, is known.
    same = (low == high).all() and (value == low).all()
    return known(value) if same else Spread(np.minimum(np.maximum(value, low), high), low, high)

"""The traced evaluator: one organization's answers through the formulas of a rubric, with bounds in one pass."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from assess.formula import nodes as f
from assess.formula import ranges as r
from assess.formula.compile import Compiled
from assess.formula.facets import chose, heads, in_state, leaf, share, ticked
from assess.formula.items import ItemResult, item
from assess.formula.ranges import ABSENT, FALSE, TRUE, Range, Truth
from assess.formula.readings import Readings
from assess.formula.scales import TOLERANCE
from assess.formula.translate import translate
from assess.model.nodes import Clash

NOTHING: Mapping[str, float] = {}


class CapResult(NamedTuple):
    """One cap on a node: `at` on 0..100 (None while a key criterion has no value)."""

    id: str
    kind: Literal["gate", "key", "clash"]
    at: float | None
    holds: bool
    binds: bool


class NodeResult(NamedTuple):
    """A node's numbers on 0..100; `uncapped` before caps and coverage, `coverage` 0..1 of its applicable weight."""

    value: float | None
    low: float | None
    high: float | None
    uncapped: float | None
    coverage: float
    caps: tuple[CapResult, ...]
    category: str | None = None

    @property
    def range(self) -> Range:
        """The numbers a formula above reads."""
        return Range(self.value, self.low, self.high)


@dataclass
class Evaluation:
    """Every item and node of one tree, computed on first reading and then kept.

    lifts: node id to the value its aggregate is raised to; off: gates that no longer hold; claimed: without ceilings.
    """

    compiled: Compiled
    readings: Readings
    claimed: bool = False
    lifts: Mapping[str, float] = field(default_factory=dict)
    off: frozenset[str] = frozenset()
    _items: dict[str, ItemResult] = field(default_factory=dict, repr=False)
    _nodes: dict[str, NodeResult] = field(default_factory=dict, repr=False)

    @property
    def items(self) -> Mapping[str, ItemResult]:
        """Every question's item, facts included."""
        return {name: self.item(name) for name in self.compiled.items}

    @property
    def nodes(self) -> Mapping[str, NodeResult]:
        """Every node, the root included."""
        return {name: self.node(name) for name in self.compiled.nodes}

    def truth(self, condition: str) -> bool | None:
        """Whether a condition holds on this tree as it stands; None while it is undecided. Raises ConditionError."""
        return self.test(translate(self.compiled.rubric, condition)).point

    def item(self, name: str) -> ItemResult:
        """The item of a question."""
        if name not in self._items:
            rule = self.compiled.items[name]
            visible = self.test(rule.visible) if rule.visible else TRUE
            self._items[name] = item(rule, self.readings, visible, claimed=self.claimed)
        return self._items[name]

    def item_range(self, name: str) -> Range:
        """The item's numbers, raised with its node where the node is this item alone."""
        found = self.item(name).range
        home = self.compiled.rubric.home_of[name]
        alone = self.compiled.nodes[home].items == (name,)
        return _raised(found, self.lifts[home]) if alone and home in self.lifts else found

    def node(self, name: str) -> NodeResult:
        """A node after its caps."""
        if name not in self._nodes:
            self._nodes[name] = self._capped(self.compiled.nodes[name])
        return self._nodes[name]

    def _capped(self, rule: f.NodeRule) -> NodeResult:
        base = self.number(rule.formula) if self._applies(rule) else ABSENT
        covered = self.coverage(rule)
        lift = self.lifts.get(rule.id)
        if lift is not None:
            base, covered = _raised(base, lift), 1.0
        value, low, high = base
        limits = [(cap, *self._limit(cap)) for cap in rule.caps]
        if limits:
            value = _held(value, [limit.value for _, limit, _ in limits])
            low = _held(low, [limit.low for _, limit, _ in limits])
            high = _held(high, [limit.high for _, limit, _ in limits])
        if value is not None and low is not None and high is not None:
            value = min(max(value, low), high)
        if covered < self.compiled.rubric.policies.min_coverage - TOLERANCE:
            value = None
        caps = _results(base.value, [(cap, limit.value, holds) for cap, limit, holds in limits]) if limits else ()
        category = None if base.low is None else self.category(rule.formula)
        return NodeResult(value, low, high, base.value, covered, caps, category)

    def _applies(self, rule: f.NodeRule) -> bool:
        """Whether anything a node is made of applies; where nothing does, the node does not either."""
        return any(self._child(name).low is not None for name, weight in rule.weights if weight)

    def _child(self, name: str) -> Range:
        return self.node(name).range if name in self.compiled.nodes else self.item_range(name)

    def _limit(self, cap: f.CapRule) -> tuple[Range, bool]:
        """What a cap allows at the point, in the lowest and in the highest case; and whether it surely holds."""
        if cap.key is not None:
            key = self.node(cap.key)
            limits = [None if x is None else x + cap.at for x in key.range]
            return Range(*limits), limits[0] is not None and limits[0] < 100  # noqa: PLR2004 - the top of the scale
        truth = FALSE if cap.id in self.off or cap.when is None else self.test(cap.when)
        held = [cap.at if holds else None for holds in (truth.point is True, truth.possible, truth.sure)]
        return Range(*held), truth.point is True

    def coverage(self, rule: f.NodeRule) -> float:
        """The share of applicable weight that is answered, over the leaves below; 1 when nothing applies."""
        parts = [(weight, self._covered(name)) for name, weight in self._reached(rule) if weight]
        present = [(weight, part) for weight, part in parts if part is not None]
        return 1.0 if all(part == 1 for _, part in present) else r.weighted_mean(present)

    def _reached(self, rule: f.NodeRule) -> tuple[tuple[str, float], ...]:
        """The children that count: on a ladder only those up to the answer that ends it."""
        node = self.compiled.rubric.node_by_id.get(rule.id)
        if node is None or node.aggregate.kind != "ladder":
            return rule.weights
        reached: list[tuple[str, float]] = []
        for name, weight in rule.weights:
            reached.append((name, weight))
            question = self.compiled.rubric.question_by_id[name]
            stops = tuple(o.key or "" for o in self.compiled.rubric.options_of(question) if o.stop)
            if self.test(f.Chose(name, stops)).point:
                break
        return tuple(reached)

    def _covered(self, name: str) -> float | None:
        if name in self.compiled.nodes:
            below = self.node(name)
            return None if below.low is None else below.coverage
        found, rule = self.item(name), self.compiled.items[name]
        if found.range.low is None:
            return None
        zero = found.state == "na" or (found.state == "unknown" and rule.when_unknown_zero)
        lifted = self.compiled.rubric.home_of[name] in self.lifts
        return float(found.state == "value" or zero or lifted)

    def number(self, formula: f.Formula) -> Range:
        """The numbers of a formula."""
        match formula:
            case f.Score(node):
                return self.node(node).range
            case f.Constant(value):
                return r.exactly(value)
            case f.Leaf():
                return leaf(self, formula)
            case f.Step(part, op, than):
                return r.step(self.number(part), op, than)
            case f.Share():
                return share(self, formula)
            case f.Heads():
                return heads(self, formula)
            case f.FirstMatch():
                return self._first(formula)
        return self._aggregate(formula)

    def _aggregate(self, formula: f.Formula) -> Range:
        match formula:
            case f.Mean(parts):
                return r.combine([(w, self.number(x)) for w, x in parts], r.weighted_mean)
            case f.PowerMean(parts, p, floor, back):
                ready = [(w, self.number(x)) for w, x in parts]
                return r.combine(ready, lambda xs: r.power_mean(xs, p, floor, mapped_back=back))
            case f.Median(plain):
                return self._plain(plain, lambda xs: r.middle([x for _, x in xs]))
            case f.Minimum(plain):
                return self._plain(plain, lambda xs: min(x for _, x in xs))
            case f.Maximum(plain):
                return self._plain(plain, lambda xs: max(x for _, x in xs))
            case f.Product(plain):
                return self._plain(plain, lambda xs: 100 * math.prod(x / 100 for _, x in xs))
        raise TypeError(formula)

    def _plain(self, parts: tuple[f.Formula, ...], rule: Callable[[list[tuple[float, float]]], float]) -> Range:
        return r.combine([(1.0, self.number(part)) for part in parts], rule)

    def _first(self, formula: f.FirstMatch) -> Range:
        point: Range | None = None
        decided = True
        reachable: list[Range] = []
        for when, then in (*formula.cases, (f.All(()), formula.default)):
            truth = self.test(when)
            if truth.possible:
                reachable.append(self.number(then))
            decided = decided and truth.point is not None
            if point is None and decided and truth.point:
                point = self.number(then)
            if truth.sure:
                break
        ends = [x for x in reachable if x.low is not None and x.high is not None]
        if not ends:
            return ABSENT
        low, high = min(x.low or 0.0 for x in ends), max(x.high or 0.0 for x in ends)
        if point is None:
            return Range(low if formula.cautious else None, low, high)
        return Range(point.value, low, high)

    def category(self, formula: f.Formula) -> str | None:
        """The label a first-match table arrives at, None for other formulas and while undecided."""
        if not isinstance(formula, f.FirstMatch):
            return None
        for when, then in (*formula.cases, (f.All(()), formula.default)):
            point = self.test(when).point
            if point is None:
                return None
            if point:
                return then.label or None if isinstance(then, f.Constant) else None
        return None

    def test(self, test: f.Test) -> Truth:
        """The truth of a test."""
        match test:
            case f.Compare(left, op, right):
                return r.compare(self.number(left), op, self.number(right))
            case f.Chose():
                return chose(self, test)
            case f.Ticked():
                return ticked(self, test)
            case f.InState():
                return in_state(self, test)
            case f.Not(part):
                return r.negation(self.test(part))
            case f.All(parts):
                return r.conjunction([self.test(part) for part in parts])
            case f.Any(parts):
                return r.disjunction([self.test(part) for part in parts])


def evaluate(
    compiled: Compiled,
    readings: Readings,
    *,
    claimed: bool = False,
    lifts: Mapping[str, float] = NOTHING,
    off: frozenset[str] = frozenset(),
) -> Evaluation:
    """One tree of one organization: evidenced, or claimed; as it is, or with nodes lifted and gates off."""
    return Evaluation(compiled, readings, claimed, lifts, off)


def clash_truth(compiled: Compiled, readings: Readings, clash: Clash) -> tuple[bool | None, bool | None]:
    """Whether the claim and the practice half of a clash hold, on what the roles claim."""
    tree = evaluate(compiled, readings, claimed=True)
    return tree.truth(clash.claim), tree.truth(clash.practice)


def _raised(found: Range, lift: float) -> Range:
    return Range(max(found.value or 0.0, lift), max(found.low or 0.0, lift), max(found.high or 0.0, lift))


def _held(number: float | None, limits: list[float | None]) -> float | None:
    return None if number is None else min([number, *(limit for limit in limits if limit is not None)])


def _results(base: float | None, caps: list[tuple[f.CapRule, float | None, bool]]) -> tuple[CapResult, ...]:
    """Which caps hold, and the one that binds: the lowest below the aggregate, ties by id."""
    below = [
        (limit, cap.id)
        for cap, limit, holds in caps
        if holds and limit is not None and base is not None and limit < base - TOLERANCE
    ]
    binding = min(below)[1] if below else None
    return tuple(
        CapResult(cap.id, cap.kind, limit if cap.kind == "key" else cap.at, holds, binds=cap.id == binding)
        for cap, limit, holds in caps
    )

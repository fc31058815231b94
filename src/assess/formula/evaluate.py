"""The traced evaluator: one organization's answers through the formulas of a rubric, with bounds in one pass."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple, assert_never

from assess.formula import nodes as f
from assess.formula import ranges as r
from assess.formula.aggregations import aggregation
from assess.formula.asked import EVERYBODY, NO_ONE, Audience, Own, asking
from assess.formula.caps import CapResult, Limit, raised, results, within_caps
from assess.formula.compile import Compiled, compile_rubric
from assess.formula.items import ItemResult, item
from assess.formula.leaves import chose, heads, in_state, leaf, share_of_answers, ticked
from assess.formula.normalise import ends_of
from assess.formula.pairs import pair
from assess.formula.ranges import ABSENT, FALSE, Range, Truth
from assess.formula.readings import NOBODY, STATED, Readings, RoleAnswers, read_sheet, summarise_answers
from assess.formula.sums import Ends, Possible, add_up, brought, possible_points, worth_on
from assess.formula.translate import translate_condition
from assess.model.answers import AnswerSheet
from assess.model.rubric import Rubric
from assess.numbers import TOLERANCE

NOTHING: Mapping[str, float] = {}
Numbers = list[tuple[float, Range]]
Covers = list[tuple[float, float | None]]


class NodeResult(NamedTuple):
    """A node's numbers on 0..100; `uncapped` before caps and coverage, `coverage` 0..1 of its applicable weight.

    possible: of a sum or tally, what its parts could bring. spare: nothing below it has to be answered.
    """

    value: float | None
    low: float | None
    high: float | None
    uncapped: float | None
    coverage: float
    caps: tuple[CapResult, ...]
    category: str | None = None
    possible: Possible | None = None
    spare: bool = False

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
    _asking: dict[str, Audience] = field(default_factory=dict, repr=False)
    _weighed: dict[int, Numbers] = field(default_factory=dict, repr=False)
    _covers: dict[int, Covers] = field(default_factory=dict, repr=False)

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
        return self.test(translate_condition(self.compiled.rubric, condition)).point

    def item(self, name: str) -> ItemResult:
        """The item of a question."""
        if name not in self._items:
            self._items[name] = item(self.compiled.items[name], self)
        return self._items[name]

    def asking(self, name: str) -> Audience:
        """Whom a question was put to, and whose answers count."""
        if self.compiled.items[name].visible is None:
            return EVERYBODY
        if name not in self._asking:
            self._asking[name] = asking(self, name)
        return self._asking[name]

    def heard(self, name: str, role: str) -> RoleAnswers:
        """The answers of a role to a question that count."""
        if self.compiled.items[name].visible is None:
            return self.readings.of(name, role)
        return self.asking(name).by_role.get(role, NOBODY)

    def grade(self, name: str) -> int:
        """How well the answers to a question are proved."""
        if name in self.readings.proved or self.compiled.items[name].visible is None:
            return self.readings.proved.get(name, self.readings.grades.get(name, STATED))
        return self.asking(name).grade

    def personal(self, role: str, own: Own) -> "Personal":
        """The tree as one person sees it."""
        return Personal(self.compiled, self.readings, True, self.lifts, self.off, base=self, role=role, own=own)  # noqa: FBT003 - what somebody says about the own work is taken as claimed

    def with_formulas(self, other: Compiled, changed: frozenset[str]) -> "Evaluation":
        """The same answers on other formulas; nodes and questions that are not in `changed` come out as here."""
        items = {name: found for name, found in self._items.items() if name not in changed}
        nodes = {name: found for name, found in self._nodes.items() if name not in changed}
        readings = self.readings._replace(rubric=other.rubric)
        return Evaluation(other, readings, self.claimed, self.lifts, self.off, items, nodes)

    def item_range(self, name: str) -> Range:
        """The item's numbers, raised with its node where the node is this item alone."""
        found = self.item(name).range
        home = self.compiled.rubric.home_of[name]
        alone = self.compiled.nodes[home].items == (name,) and not self.compiled.rubric.node_by_id[home].reads
        return raised(found, self.lifts[home]) if alone and home in self.lifts else found

    def node(self, name: str) -> NodeResult:
        """A node after its caps."""
        if name not in self._nodes:
            self._nodes[name] = self._capped(self.compiled.nodes[name])
        return self._nodes[name]

    def possible(self, name: str) -> Possible | None:
        """What the parts of a sum or tally could bring; None for other nodes, and where nothing applies."""
        return self.node(name).possible

    def scale(self, name: str) -> Ends:
        """The native scale of a node: of a sum or tally without another, over the parts that apply."""
        return _scale(self.compiled.nodes[name], self.possible(name))

    def ends(self, formula: f.Formula) -> Ends:
        """The native points of a part at 0 and at 100."""
        if isinstance(formula, f.Score):
            return self.scale(formula.node)
        return ends_of(self.compiled.rubric, formula.question) if isinstance(formula, f.Leaf) else (0.0, 100.0)

    def _capped(self, rule: f.NodeRule) -> NodeResult:
        base = self.number(rule.formula) if self._applies(rule) else ABSENT
        ends = None
        if isinstance(rule.formula, f.Sum) and base.low is not None:
            ends = possible_points(rule.formula, [*brought(self, rule.formula)])
        lift = self.lifts.get(rule.id)
        if lift is not None:
            base = raised(base, lift)
        limits = [self._limit(cap, _scale(rule, ends)) for cap in rule.caps]
        held = within_caps(base, [limit.held for limit in limits])
        decided = isinstance(rule.formula, f.FirstMatch) and held.value is not None and held.low == held.high
        asked = self.coverage(rule)
        covered = float(held.low is None or held.value is not None) if asked is None else asked
        covered = 1.0 if decided or lift is not None else covered
        value = None if covered < self.compiled.rubric.policies.min_coverage - TOLERANCE else held.value
        caps = results(base.value, limits)
        category = None if base.low is None else self.category(rule.formula)
        return NodeResult(value, held.low, held.high, base.value, covered, caps, category, ends, asked is None)

    def _applies(self, rule: f.NodeRule) -> bool:
        """Whether anything a node is made of applies; where nothing does, the node does not either."""
        return any(self._child(name).low is not None for name, weight in rule.weights if weight)

    def _child(self, name: str) -> Range:
        return self.node(name).range if name in self.compiled.nodes else self.item_range(name)

    def _limit(self, cap: f.CapRule, scale: Ends) -> Limit:
        """What a cap allows on a node with this native scale."""
        if cap.key is not None:
            key = self.node(cap.key)
            room = cap.at if cap.points is None else 100 * cap.points / (abs(scale[1] - scale[0]) or 1.0)
            # The limit is itself open while the key is: each end of the node is held by the same end of the key.
            ends = [None if x is None else x + room for x in key.range]
            # Above the top of the scale nothing is held down.
            return Limit(cap, ends[0], Range(*ends), holds=ends[0] is not None and ends[0] < 100)  # noqa: PLR2004
        truth = FALSE if cap.id in self.off or cap.when is None else self.test(cap.when)
        # A cap lowers: what may hold counts in the lowest value there can be, what surely holds in the highest.
        at = cap.at if cap.points is None else worth_on(scale, cap.points)
        held = [at if holds else None for holds in (truth.point is True, truth.possible, truth.sure)]
        return Limit(cap, at, Range(*held), holds=truth.point is True)

    def coverage(self, rule: f.NodeRule) -> float | None:
        """The share of applicable weight that is answered, over the leaves below; None where none has to be."""
        present = [(weight, part) for weight, part in self.covers(self._reached(rule)) if part is not None]
        if not present:
            return None
        return 1.0 if {part for _, part in present} == {1.0} else r.weighted_mean(present)

    def covers(self, reached: f.ChildWeights) -> Covers:
        """How much of each child that has a weight is answered, 0..1; None where none of it has to be."""
        return [(weight, self._covered(name)) for name, weight in reached if weight]

    def kept_covers(self, reached: f.ChildWeights) -> Covers:
        """The same, worked out once for all trees that differ from this one; a rubric keeps its tuples."""
        if id(reached) not in self._covers:
            self._covers[id(reached)] = self.covers(reached)
        return self._covers[id(reached)]

    def weighed(self, parts: f.Weighted) -> Numbers:
        """The numbers of the parts of a mean, with their weights."""
        return [(w, self.number(x)) for w, x in parts]

    def kept_weighed(self, parts: f.Weighted) -> Numbers:
        """The same, worked out once for all trees that differ from this one; a rubric keeps its tuples."""
        if id(parts) not in self._weighed:
            self._weighed[id(parts)] = self.weighed(parts)
        return self._weighed[id(parts)]

    def _reached(self, rule: f.NodeRule) -> f.ChildWeights:
        """The children that count: on a ladder only those up to the answer that ends it."""
        if aggregation(self.compiled.rubric.node_by_id[rule.id].aggregate).how != "ladder":
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
            return None if below.low is None or below.spare else below.coverage
        found, rule = self.item(name), self.compiled.items[name]
        if found.range.low is None or rule.optional:
            return None
        zero = found.state == "na" or (found.state == "unknown" and rule.when_unknown_zero)
        lifted = self.compiled.rubric.home_of[name] in self.lifts
        return float(found.state == "value" or zero or lifted)

    def number(self, formula: f.Formula) -> Range:
        """The numbers of a formula."""
        match formula:
            case f.Score(node):
                return self.node(node).range
            case f.Constant(value, _, node, points):
                return r.exactly(worth_on(self.scale(node), points) if node else value)
            case f.Leaf():
                return leaf(self, formula)
            case f.Threshold(part, op, than):
                return r.step(self.number(part), op, than)
            case f.Share():
                return share_of_answers(self, formula)
            case f.Headcount():
                return heads(self, formula)
            case f.Combined() | f.Sum() | f.Pair() | f.FirstMatch():
                return self._aggregate(formula)
            case _:
                assert_never(formula)

    def _aggregate(self, formula: f.Aggregated) -> Range:
        match formula:
            case f.Combined(rule, parts):
                return r.combine(self.weighed(parts), rule.value)
            case f.Sum():
                return add_up(formula, [*brought(self, formula)])
            case f.Pair():
                return pair(self, formula)
            case f.FirstMatch():
                return self._first(formula)
            case _:
                assert_never(formula)

    def _first(self, formula: f.FirstMatch) -> Range:
        point: Range | None = None
        decided = True
        reachable: list[Range] = []
        for when, then in (*formula.cases, (f.All(()), formula.default)):
            truth = self.test(when)
            # Cases below one that may not hold can still be reached; below one that surely holds none can.
            if truth.possible:
                reachable.append(self.number(then))
            # An undecided case hides what follows: a later case that holds must not be taken for the first.
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
                return r.compare_ranges(self.number(left), op, self.number(right))
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
            case _:
                assert_never(test)


@dataclass
class Personal(Evaluation):
    """A tree in which the own answers of one person, as claimed, stand for those of everybody; the rest is `base`.

    own: None for a question that was not put to this person.
    """

    base: Evaluation | None = None
    role: str = ""
    own: Own = field(default_factory=dict)

    def _others(self) -> Evaluation:
        return self.base or self

    def node(self, name: str) -> NodeResult:
        """A node after its caps."""
        return self._others().node(name)

    def item(self, name: str) -> ItemResult:
        """The item of a question."""
        return super().item(name) if name in self.own else self._others().item(name)

    def asking(self, name: str) -> Audience:
        """Whom a question was put to, and whose answers count."""
        if name not in self.own:
            return self._others().asking(name)
        return EVERYBODY if self.own[name] else NO_ONE

    def heard(self, name: str, role: str) -> RoleAnswers:
        """The answers of a role to a question that count."""
        if name not in self.own:
            return self._others().heard(name, role)
        question, answer = self.compiled.rubric.question_by_id[name], self.own[name]
        return summarise_answers(self.compiled.rubric, question, (answer,)) if answer and role == self.role else NOBODY


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


def on_what_was_given(tree: Evaluation) -> Evaluation:
    """The same tree where nothing stands in for an answer that nobody gave or could give."""
    return replace(tree, readings=tree.readings._replace(given_only=True), _items={}, _nodes={}, _asking={})


def evaluate_sheet(rubric: Rubric, sheet: AnswerSheet) -> Evaluation:
    """The evidenced tree of an answer sheet."""
    return evaluate(compile_rubric(rubric), read_sheet(rubric, sheet))


def _scale(rule: f.NodeRule, ends: Possible | None) -> Ends:
    if rule.by_parts and ends and ends.applies[0] != ends.applies[1]:
        return ends.applies
    return rule.scale

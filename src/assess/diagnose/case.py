"""One organization as a diagnosis reads it: answers, scores, the trees behind them, targets and ways out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from assess.formula import (
    EvaluatedOrganization,
    Evaluation,
    begins,
    evaluate,
    format_figure,
    read_sheet,
    target_value,
    translate_condition,
)
from assess.formula.evaluate import on_what_was_given
from assess.formula.figures import limits_of
from assess.formula.nodes import Test
from assess.model.answers import AnswerSheet, Voice
from assess.model.findings import Finding
from assess.model.nodes import Clash, Gate, Node
from assess.model.questions import Level, Question
from assess.model.scorecard import ItemScore, NodeScore
from assess.numbers import DIGITS, TOLERANCE


@dataclass(frozen=True)
class DiagnoseContext(EvaluatedOrganization):
    """An organization with the lookups that findings share."""

    @cached_property
    def given(self) -> Evaluation:
        """The evidenced tree where nothing stands in for answers that nobody gave."""
        return on_what_was_given(self.tree)

    @cached_property
    def given_claims(self) -> Evaluation:
        """The tree without ceilings where nothing stands in for answers that nobody gave."""
        return on_what_was_given(self.claimed)

    @cached_property
    def clashing(self) -> tuple[Clash, ...]:
        """The clashes both halves of which surely hold."""
        return tuple(clash for clash in self.rubric.all_clashes() if self.clashes(self.claimed, clash))

    @cached_property
    def criteria(self) -> tuple[Node, ...]:
        """The lowest nodes, in the order of the tree."""
        return tuple(node for node in self.rubric.nodes() if not node.criteria)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of the root, every node and every question in the order of the tree."""
        names: list[str] = []
        for node in self.rubric.tree():
            names += [node.id, *(question.id for question in node.questions)]
        return {name: place for place, name in enumerate(names)}

    @cached_property
    def gate_by_id(self) -> Mapping[str, Gate]:
        """Every gate by its id."""
        return {gate.id: gate for gate in self.rubric.all_gates()}

    @cached_property
    def clash_by_id(self) -> Mapping[str, Clash]:
        """Every clash by its id."""
        return {clash.id: clash for clash in self.rubric.all_clashes()}

    @cached_property
    def stands_on(self) -> Mapping[str, str]:
        """The node that every gate and clash is written on."""
        found: dict[str, str] = {}
        for node in self.rubric.tree():
            found |= dict.fromkeys([*(gate.id for gate in node.gates), *(clash.id for clash in node.clashes)], node.id)
        return found

    @cached_property
    def lone(self) -> tuple[tuple[Voice, Evaluation], ...]:
        """Everybody who is not anonymous with the values that count, and the tree without ceilings for these alone."""
        found = []
        for voice in (voice for voice in self.sheet.voices if not voice.private):
            given = {q: a for q, a in voice.answers.items() if a.state == "value" and q not in voice.unasked}
            alone = voice._replace(answers=given)
            readings = read_sheet(self.rubric, AnswerSheet(self.sheet.engagement, (alone,)))
            found.append((alone, evaluate(self.compiled, readings, claimed=True)))
        return tuple(found)

    @cached_property
    def limits(self) -> Mapping[str, tuple[float, ...]]:
        """The figures that conditions compare the answer to a number question with, by question."""
        return limits_of(self.rubric)

    def test(self, condition: str) -> Test:
        """A condition of the rubric as a test."""
        return translate_condition(self.rubric, condition)

    def holds(self, tree: Evaluation, condition: str) -> bool:
        """Whether a condition is true on a tree as it stands."""
        return tree.test(self.test(condition)).point is True

    def clashes(self, tree: Evaluation, clash: Clash) -> bool:
        """Whether claim and practice of a clash both surely hold on a tree without ceilings."""
        return self.holds(tree, clash.claim) and self.holds(tree, clash.practice)

    def score(self, node: str) -> NodeScore:
        """The score of a node."""
        return self.scorecard.scores[node]

    def item(self, question: str) -> ItemScore:
        """The score of a question."""
        return self.scorecard.items[question]

    def points(self, name: str, value: float | None, *others: float | None) -> str:
        """A value on 0..100 in points of a node or question, told from the levels and what stands beside it."""
        return format_figure(self.rubric, name, value, self.scale(name), *others)

    def begins(self, node: str, level: Level) -> str:
        """Where a level of a node begins, in its points."""
        return begins(self.rubric, node, level.at, self.scale(node))

    def level_questions(self, node: Node) -> tuple[Question, ...]:
        """The scored level questions of a node."""
        return tuple(q for q in node.questions if q.traits.anchored and self.rubric.scored(q))

    def lifters(self, node: str, value: float) -> tuple[str, ...]:
        """The initiatives that lift a node above a value on 0..100, by id."""
        found = []
        for initiative in self.rubric.initiatives:
            key = initiative.lifts.get(node)
            if key is not None and target_value(self.rubric, node, key) > value + TOLERANCE:
                found.append(initiative.id)
        return tuple(sorted(found))

    def by_size(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Findings of one kind, largest first, ties in the order of the tree."""
        place = self.places
        return tuple(
            sorted(findings, key=lambda f: (-round(f.size, DIGITS), place.get(f.question, place[f.node]), f.id))
        )

"""Sheets made up for the audit as trees the evaluator reads; nodes and questions may be supposed to stand somewhere."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from assess.authoring.check.variables import REFERENCE, Reply, Sheet, Stand, Variable
from assess.formula import Compiled, Evaluation, ItemResult, NodeResult
from assess.formula.asked import EVERYBODY, Audience
from assess.formula.ranges import exactly
from assess.formula.readings import STATED, Readings, RoleAnswers, summarise_answers
from assess.model.answers import Answer


@dataclass
class Supposed(Evaluation):
    """A tree in which some nodes and questions have a given value on 0..100, whatever is answered."""

    nodes_at: Mapping[str, NodeResult] = field(default_factory=dict)
    items_at: Mapping[str, float] = field(default_factory=dict)

    def node(self, name: str) -> NodeResult:
        """A node after its caps, or as supposed."""
        return self.nodes_at[name] if name in self.nodes_at else super().node(name)

    def item(self, name: str) -> ItemResult:
        """The item of a question, or as supposed."""
        if name in self.items_at:
            return ItemResult(exactly(self.items_at[name]), "value")
        return super().item(name)

    def asking(self, name: str) -> Audience:
        """Whom a question was put to: in these worlds all are asked alike, by what all say together."""
        visible = self.compiled.items[name].visible
        if visible is None:
            return EVERYBODY
        if name not in self._asking:
            asked, given = self.test(visible), self.readings.by_role
            by_role = {role: found for (question, role), found in given.items() if question == name and asked.sure}
            self._asking[name] = Audience(asked, by_role, self.readings.grades.get(name, STATED))
        return self._asking[name]


def node_at(value: float, high: float | None = None) -> NodeResult:
    """A node at a value, or somewhere between it and `high`."""
    return NodeResult(value, value, value if high is None else high, value, 1.0, ())


class Worlds:
    """Made-up sheets of one rubric as trees; what a role says is summed up once."""

    def __init__(self, compiled: Compiled) -> None:
        """Keep the compiled rubric."""
        self.compiled = compiled
        self._summaries: dict[tuple[str, Reply], RoleAnswers] = {}

    def tree(self, sheet: Sheet, *, off: frozenset[str] = frozenset(), generous: bool = False) -> Supposed:
        """The claimed tree of a sheet, as if every answer were proved.

        off: gates that do not hold; generous: a node stands as high as its cell allows.
        """
        nodes = {
            slot.name: node_at(cell.value, cell.below if generous else None)
            for slot, cell in sheet.items()
            if isinstance(cell, Stand)
        }
        return Supposed(self.compiled, self._readings(sheet), claimed=True, off=off, nodes_at=nodes)

    def above(self, nodes: Mapping[str, float], items: Mapping[str, float], off: frozenset[str]) -> Supposed:
        """The tree above children that stand at these values."""
        at = {name: node_at(value) for name, value in nodes.items()}
        return Supposed(self.compiled, self._readings({}), claimed=True, off=off, nodes_at=at, items_at=items)

    def _readings(self, sheet: Sheet) -> Readings:
        by_role: dict[tuple[str, str], RoleAnswers] = {}
        heads: dict[str, int] = {}
        grades: dict[str, int] = {}
        day = REFERENCE
        for slot, cell in sheet.items():
            if isinstance(cell, Reply):
                by_role[slot.name, self.voice(slot)] = self._summary(slot.name, cell)
            elif isinstance(cell, datetime.date):
                day = cell
            elif isinstance(cell, int):
                (grades if slot.kind == "proof" else heads)[slot.name] = cell
        return Readings(self.compiled.rubric, day, by_role, heads, grades, {})

    def voice(self, slot: Variable) -> str:
        """The role that answers: the one named, else the first that is invited."""
        return slot.role or self.compiled.items[slot.name].invited[0]

    def _summary(self, question: str, reply: Reply) -> RoleAnswers:
        known = self._summaries.get((question, reply))
        if known is None:
            asked = self.compiled.rubric.question_by_id[question]
            answers = [Answer("value", raw) for raw in reply.raws] or [Answer(reply.state)]
            known = summarise_answers(self.compiled.rubric, asked, answers)
            self._summaries[question, reply] = known
        return known

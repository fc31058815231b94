"""Everything an explanation is written from, with the words and figures its parts share."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assess.formula import EvaluatedOrganization, begins, format_figure, tight
from assess.model.rubric import ROOT
from assess.numbers import NOT_SCORED, ScaleEnds, native, pencil, short
from assess.words import listed

INDENT = "  "
# What a pencil can follow, where the rubric does not say how many.
DECIMALS = 2


@dataclass(frozen=True)
class ExplainContext(EvaluatedOrganization):
    """An organization with the words and figures that explanations share."""

    def name(self, node: str) -> str:
        """Code, else id, and title of a node; a question by its id. Every command takes the first word."""
        if node == ROOT:
            return "Overall"
        known = self.rubric.node_by_id.get(node)
        return f"{known.code or known.id} {known.title}" if known else node

    def roles(self, roles: Iterable[str]) -> str:
        """The titles of roles as they stand in a sentence."""
        return listed(self.role(role) for role in roles)

    def native(self, name: str, value: float | None, *others: float | None) -> str:
        """A value on 0..100 as points of a node or question, told from levels and from what stands beside it."""
        return NOT_SCORED if value is None else self.on(name, value, self.scale(name), *others)

    def on(self, name: str, value: float, scale: ScaleEnds, *others: float | None) -> str:
        """The same on a scale that is not today's: what applies may be other."""
        return format_figure(self.rubric, name, value, scale, *others, least=DECIMALS)

    def begins(self, node: str, at: float) -> str:
        """Where a level of a node begins, in its points."""
        return begins(self.rubric, node, at, self.scale(node), DECIMALS)

    def now(self, node: str) -> str:
        """The score of a node as every part of its explanation prints it."""
        found = self.scorecard.scores[node]
        return self.native(node, found.value, *tight(self.rubric, node, found.scale, found.low, found.high))

    def pencil(self, name: str, value: float) -> str:
        """A value on 0..100 as points of a node or question, with as many decimals as recomputing needs."""
        return pencil(native(value, self.scale(name)))

    def range(self, name: str) -> str:
        """The ends of the scale of a node or question."""
        low, high = sorted(self.scale(name))
        return f"{short(low, 2)} to {short(high, 2)}"

    def initiatives(self, names: Iterable[str]) -> str:
        """Initiatives by code and title, in one line."""
        known = self.rubric.initiative_by_id
        return ", ".join(f"{known[n].code or n} {known[n].title}" if n in known else n for n in names)


def indented(lines: Iterable[str]) -> Iterator[str]:
    """Lines one step further in; empty ones stay empty."""
    return (f"{INDENT}{line}" if line else "" for line in lines)

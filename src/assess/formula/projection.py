"""A tree that differs from another in a few nodes: it computes those and reads the rest there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from assess.formula import nodes as f
from assess.formula.asked import Audience
from assess.formula.compile import Compiled
from assess.formula.evaluate import Covers, Evaluation, NodeResult, Numbers
from assess.formula.items import ItemResult


@dataclass
class Projection(Evaluation):
    """An evaluation that reads every node and item not in `changed` from `base`."""

    base: Evaluation | None = None
    changed: frozenset[str] = field(default_factory=frozenset)

    def covers(self, reached: f.ChildWeights) -> Covers:
        """How much of each child that has a weight is answered; of nodes that stay as they are all at once."""
        if self.base is None or not reached or reached[0][0] in self.compiled.items:
            return super().covers(reached)
        known = self.base.kept_covers(reached)
        names = (name for name, weight in reached if weight)
        return [
            (part[0], self._covered(name)) if name in self.changed or name in self.compiled.items else part
            for name, part in zip(names, known, strict=True)
        ]

    def weighed(self, parts: f.Weighted) -> Numbers:
        """The numbers of the parts of a mean, with their weights; of nodes that stay as they are all at once."""
        if self.base is None or not parts or not isinstance(parts[0][1], f.Score):
            return super().weighed(parts)
        known = self.base.kept_weighed(parts)
        return [
            part if isinstance(x, f.Score) and x.node not in self.changed else (w, self.number(x))
            for (w, x), part in zip(parts, known, strict=True)
        ]

    def node(self, name: str) -> NodeResult:
        """A node after its caps."""
        if self.base is not None and name not in self.changed:
            return self.base.node(name)
        return super().node(name)

    def item(self, name: str) -> ItemResult:
        """The item of a question."""
        if self.base is not None and name not in self.changed:
            return self.base.item(name)
        return super().item(name)

    def settled(self) -> Evaluation:
        """The same tree by itself, with what was worked out before, for others to differ from."""
        known: Mapping[str, NodeResult] = self.base._nodes if self.base else {}  # noqa: SLF001 - of the same kind
        items: Mapping[str, ItemResult] = self.base._items if self.base else {}  # noqa: SLF001
        asked: Mapping[str, Audience] = self.base._asking if self.base else {}  # noqa: SLF001
        kept = ({**items}, {**known}, {**asked})
        whole = Evaluation(self.compiled, self.readings, self.claimed, self.lifts, self.off, *kept)
        for name in self.changed:
            whole._asking.pop(name, None)  # noqa: SLF001
            whole._nodes.pop(name, None)  # noqa: SLF001
            whole._items.pop(name, None)  # noqa: SLF001
        whole._nodes.update(self._nodes)  # noqa: SLF001
        whole._items.update(self._items)  # noqa: SLF001
        return whole

    def asking(self, name: str) -> Audience:
        """Whom a question was put to, and whose answers count."""
        if self.base is not None and name not in self.changed:
            return self.base.asking(name)
        return super().asking(name)


class Dependents(NamedTuple):
    """What is read by what in a compiled rubric; nodes and questions share one namespace."""

    readers: Mapping[str, frozenset[str]]
    capped_by: Mapping[str, frozenset[str]]
    questions: Mapping[str, tuple[str, ...]]

    def of(self, lifted: Iterable[str], caps: Iterable[str] = ()) -> frozenset[str]:
        """Every node and item that can change when these nodes or questions are raised and these caps fall away."""
        raised = sorted(lifted)
        capped = {node for cap in caps for node in self.capped_by.get(cap, ())}
        changed = {*raised, *capped}
        # A lift also raises the items of its node as others read them, not what was answered to them.
        waiting = [*changed, *(question for node in raised for question in self.questions.get(node, ()))]
        while waiting:
            new = self.readers.get(waiting.pop(), frozenset()) - changed
            changed |= new
            waiting += new
        return frozenset(changed)


def dependents(compiled: Compiled) -> Dependents:
    """Who reads whom in a compiled rubric: through formulas, caps, key criteria and visibility."""
    readers: dict[str, set[str]] = {}
    capped: dict[str, set[str]] = {}
    for name, rule in compiled.nodes.items():
        keys = [cap.key for cap in rule.caps if cap.key]
        children = [child for child, _ in rule.weights]
        for read in {*f.names_read(rule.formula), *f.names_read(rule.caps), *keys, *children}:
            readers.setdefault(read, set()).add(name)
        for cap in rule.caps:
            capped.setdefault(cap.id, set()).add(name)
    for question, item in compiled.items.items():
        for read in f.names_read(item.visible):
            readers.setdefault(read, set()).add(question)
    return Dependents(
        {name: frozenset(found) for name, found in readers.items()},
        {name: frozenset(found) for name, found in capped.items()},
        {name: rule.items for name, rule in compiled.nodes.items()},
    )

"""What the root would gain if some criteria stood at their targets."""

from collections.abc import Iterator, Sequence

from assess.diagnose.case import DiagnoseContext
from assess.formula import Projection, dependents, read_by, target_value
from assess.model.rubric import ROOT


class Gains:
    """The gains of the root by criteria, on one organization as it stands."""

    def __init__(self, case: DiagnoseContext) -> None:
        """Look up once which rule reads which nodes, and what changes with what."""
        self.case, self.readers = case, dependents(case.compiled)
        rules = [(gate.id, gate.when) for gate in case.rubric.all_gates()]
        rules += [(clash.id, clash.practice) for clash in case.rubric.all_clashes()]
        self.read = {name: frozenset(_nodes(case, condition)) for name, condition in rules}

    def of(self, criteria: Sequence[str]) -> float | None:
        """Points of the root (0..100) more with criteria at their targets; None where it has no score.

        The gates and clashes that read these criteria alone hold no longer. A criterion without a value keeps none, and
        one beyond its target stays where it is (docs/method.md, section 8.2).
        """
        tree, targets = self.case.tree, self.case.target_levels
        known = [node for node in criteria if node in targets and tree.node(node).value is not None]
        lifts = {node: target_value(self.case.rubric, node, targets[node].key) for node in known}
        off = frozenset(name for name, read in self.read.items() if read and read <= {*criteria})
        changed = self.readers.of(lifts, off)
        lifted = Projection(tree.compiled, tree.readings, lifts=lifts, off=off, base=tree, changed=changed)
        today, then = tree.node(ROOT).value, lifted.node(ROOT).value
        return None if today is None or then is None else then - today


def _nodes(case: DiagnoseContext, condition: str) -> Iterator[str]:
    """The nodes whose answers or scores a condition reads."""
    known = case.rubric.question_by_id
    return (case.rubric.home_of[name] if name in known else name for name in read_by(case.rubric, condition))

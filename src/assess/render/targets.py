"""The value every node would have if all targets were reached and no gate held."""

from collections.abc import Mapping

from assess.formula import compile_rubric, evaluate, read, target_value
from assess.model.answers import AnswerSheet
from assess.model.roadmap import Plan
from assess.model.rubric import Rubric
from assess.model.scorecard import Scorecard


def target_values(rubric: Rubric, sheet: AnswerSheet, scorecard: Scorecard, plan: Plan) -> Mapping[str, float]:
    """Targets on 0..100: those of the plan as they are, those of the nodes above as the tree makes them.

    A part that is already better than its target keeps its value, so no target lies below what is there. One that does
    not apply has no target.
    """
    named = {rubric.names.get(name, name): level for name, level in plan.targets.items()}
    applicable = {score.id for score in scorecard.scores.values() if score.low is not None}
    own = {node: target_value(rubric, node, level) for node, level in sorted(named.items()) if node in applicable}
    off = frozenset([*(gate.id for gate in rubric.all_gates()), *(clash.id for clash in rubric.all_clashes())])
    reached = evaluate(compile_rubric(rubric), read(rubric, sheet), lifts=own, off=off)
    values = {node: result.value for node, result in reached.nodes.items() if result.value is not None}
    return {**values, **own}

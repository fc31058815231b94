"""What initiatives come to and which are worth a place, as plans and draws both read it (docs/method.md, section 9)."""

from collections.abc import Mapping

from assess.model.engagement import Engagement
from assess.model.initiatives import Initiative
from assess.model.policies import PlanPolicy
from assess.model.questions import Level
from assess.model.rubric import ROOT, Rubric

LEVELS = 4
"""Steps of the root where it has no levels: a gain of one level is then a quarter of it."""


def plan_policy(rubric: Rubric, engagement: Engagement) -> PlanPolicy:
    """The rules a rubric sets, with those an engagement sets otherwise."""
    own = engagement.plan
    said = {key: getattr(own, key) for key in own.model_fields_set} if own else {}
    short = {key: getattr(engagement, key) for key in ("periods", "weeks", "at_once")}
    return rubric.policies.plan.model_copy(update={**said, **{k: value for k, value in short.items() if value}})


def least_gain(rubric: Rubric, engagement: Engagement) -> float:
    """The gain of the root in points of 0..100 from which on an initiative is worth its place."""
    return plan_policy(rubric, engagement).min_gain * 100 / root_steps(rubric)


def root_steps(rubric: Rubric) -> int:
    """How many steps from level to level the 100 points of the root are."""
    steps = len(rubric.levels_of(ROOT)) - 1
    return steps if steps > 0 else LEVELS


def aimed_levels(rubric: Rubric, targets: Mapping[str, Level], initiative: Initiative) -> dict[str, str]:
    """The level, by key, of each node an initiative lifts: at most that of the target."""
    found = {}
    for node, level in sorted(initiative.lifts.items()):
        order = [known.key for known in rubric.levels_of(node)]
        found[node] = min(level, targets[node].key, key=order.index)
    return found


def cap_lifters(rubric: Rubric) -> dict[str, tuple[str, ...]]:
    """The initiatives that switch off each gate, and each clash that holds something down."""
    found = {gate.id: gate.lifted_by for gate in rubric.all_gates()}
    found |= {clash.id: clash.initiatives for clash in rubric.all_clashes() if clash.cap}
    return {cap: tuple(sorted({*names})) for cap, names in found.items()}

"""What the plan and its initiatives bring, in figures of the overall score."""

from assess.model.roadmap import Placement
from assess.model.rubric import ROOT
from assess.numbers import TOLERANCE, counted, number_printed, short
from assess.render.context import DASH, RenderContext
from assess.words import listed


def format_gain_alone(case: RenderContext, placement: Placement) -> str:
    """What an initiative would add if it were the only one and its levels counted."""
    if case.root.value is None:
        return DASH
    alone = case.points(ROOT, case.root.value + placement.gain_alone)
    gain = number_printed(alone) - number_printed(case.now(ROOT))
    return f"{gain:+f}" if gain > 0 else f"{gain:f}"


def without_it(case: RenderContext, placement: Placement) -> str:
    """Where the plan would end without an initiative and what needs it."""
    return DASH if placement.without is None else case.points(ROOT, placement.without, case.plan.projection.high)


def gain_sentence(case: RenderContext, placement: Placement) -> str:
    """What the plan would end at without an initiative, in the figures of the table of priorities."""
    end = case.plan.projection.high
    if placement.without is None or end is None:
        return ""
    falls = [case.initiative_name(name) for name in placement.falls]
    verb = "falls" if len(falls) == 1 else "fall"
    more = f" {listed(falls)} {verb} away too, and" if falls else ""
    if abs(end - placement.without) <= TOLERANCE:
        return f"Without it{more} the overall score at the end of the plan is the same; what it brings counts later."
    return f"Without it{more} the plan ends at {without_it(case, placement)} instead of {planned_end(case)}."


def planned_end(case: RenderContext) -> str:
    """The overall score at the end of the plan, adopted, the same wherever it is printed."""
    return case.points(ROOT, case.plan.projection.high, case.root.value)


def planned_range(case: RenderContext) -> str:
    """From which to which overall score the plan leads; empty where there is no score."""
    return _between(case, ROOT, case.plan.projection.low, case.plan.projection.high)


def range_at_end(case: RenderContext, node: str) -> str:
    """From which to which score the plan leads a node, read as that of the whole; empty where there is none."""
    last = case.plan.milestones[-1]
    return _between(case, node, last.lows.get(node), last.values.get(node))


def _between(case: RenderContext, node: str, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return ""
    now = case.score(node).value
    ends = case.points(node, low, now), case.points(node, high, now)
    return ends[1] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def rests_on(case: RenderContext) -> str:
    """What the range of a plan rests on: papers that are due, and days of work."""
    plan = case.plan
    days = short(sum(placement.effort for placement in plan.placements), 0)
    work = f"the owners work {days} person-days on it"
    if not plan.projection.proofs:
        return work
    proofs = counted(
        plan.projection.proofs, "level has to be shown by its paper", "levels have to be shown by their papers"
    )
    return f"{proofs} by then, and {work}"

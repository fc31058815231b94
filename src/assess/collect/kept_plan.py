"""Reads the order of a plan that is kept in an engagement; whether it still fits, the planner finds out."""

from pathlib import Path

from assess.collect.context import Problems
from assess.collect.kept import KeptFile
from assess.documents import printable
from assess.model.kept_plan import KeptPlan
from assess.model.roadmap import PlanOrder
from assess.problems import Problem

PLAN = KeptFile("plan.yaml", "plan-order/1", "the order of a plan")


def kept_plan(path: Path) -> tuple[PlanOrder | None, Problems]:
    """The kept order of an engagement; none where there is none, or with a note where it cannot be read."""
    found, place = PLAN.read(path, KeptPlan)
    if found is not None:
        return PlanOrder(found.order, found.seed, found.trials, found.numbers, {}), ()
    if place is None:
        return None, ()
    hint = f"make it anew: assess plan {printable(str(path))} --deep; or delete the file"
    message = f"the order in {PLAN.name} cannot be read and is left aside"
    return None, (Problem("planned_before", message, place, hint, "note"),)


def plan_file(path: Path) -> Path:
    """Where the order of a plan is kept; raises DocumentError for an engagement of one file."""
    return PLAN.within(path)

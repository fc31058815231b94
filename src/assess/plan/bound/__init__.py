"""How much better than the plan any other can be: a mixed-integer model of the rules, solved by HiGHS.

It is asked for by name, needs highspy, and changes no plan (docs/method.md, section 9.7).
"""

import math
from collections.abc import Sequence

from assess.formula import EvaluatedOrganization
from assess.model.findings import Diagnosis
from assess.model.roadmap import FavouriteProof, Plan, PlanProof
from assess.plan.bound.prices import price_of
from assess.plan.bound.prover import Prover
from assess.plan.calendar import Slot
from assess.plan.planner import Planner

__all__ = ["prove_plan"]

BARRED = "it needs what is left out by decision"


def prove_plan(
    organization: EvaluatedOrganization,
    diagnosis: Diagnosis,
    plan: Plan,
    favourites: Sequence[str] = (),
    seconds: float = math.inf,
) -> PlanProof:
    """Bound what other plans can be worth, and what plans with some initiatives in them can.

    What was pinned and found no place is asked about as well: whether it has one beside other starts of the rest.

    seconds: what the solver is allowed for each.
    """
    planner = Planner(organization, diagnosis)
    judge = planner.judge_by(plan.order.firsts)
    slots = {placed.initiative: Slot(placed.start_week, placed.end_week) for placed in plan.placements}
    merit = judge.merit(slots)
    prover = Prover(planner, judge, slots)
    proved, found = prover.prove(merit, seconds), []
    pins = [pin.initiative for pin in plan.unkept]
    for name in dict.fromkeys((*favourites, *pins)):
        if name not in planner.works:
            found.append(FavouriteProof(name, None, None, (BARRED,)))
            continue
        wider = Prover(planner, judge, slots, [name])
        with_it = wider.prove(merit, seconds, name)
        price = price_of(wider, merit, name, seconds) if with_it.bound is None else ()
        found.append(FavouriteProof(name, with_it.level, with_it.bound, price))
    bound = max(proved.bound or 0.0, merit.level)
    weeks = planner.outlook.rules.until
    return PlanProof(merit.level, bound, weeks, prover.step, seconds, proved.finished, tuple(found))

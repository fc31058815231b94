"""What stands in the way of a favourite: the least by which priorities, numbers and days would have to give way."""

import math
from collections.abc import Mapping

from assess.numbers import counted, short
from assess.plan.bound.program import DAYS, Program, added
from assess.plan.bound.prover import Prover
from assess.plan.merit import Merit

PRIORITIES: Mapping[str, float] = {
    "pinned": 10_000, "headline": 1000, "soon": 100, "answered": 100, "others": 50, "delay": 1,
}  # fmt: skip
"""What comes before the level, and how dear each unit of it is when something has to give way."""
LIMITS: Mapping[str, float] = {"at_once": 10, "at_owner": 10, "per_period": 10, "per_week": 10, DAYS: 1}
"""The limits of section 9.3 that can be widened, likewise."""
NOTHING_HELPS = "no more days and no wider limit would bring it into the plan"
SEEN = 1e-4


def price_of(prover: Prover, merit: Merit, favourite: str, seconds: float) -> tuple[str, ...]:
    """What a plan with an initiative would cost: of the priorities alone where that is enough, else of limits too."""
    for eased in (PRIORITIES, {**PRIORITIES, **LIMITS}):
        program = Program(eased)
        prover.hold(program, merit, favourite)
        program.goal = added(room.times(-eased[kind]) for (kind, _), room in program.rooms.items())
        solved = program.solve(None, seconds)
        if solved.values is not None:
            values = solved.values
            given = {key: room.at(values) for key, room in program.rooms.items()}
            return tuple(_words(prover, *key, amount) for key, amount in given.items() if amount > SEEN)
    return (NOTHING_HELPS,)


def _words(prover: Prover, kind: str, of: str, amount: float) -> str:
    organization, number = prover.planner.outlook.organization, round(amount)
    role = organization.role(of) if of else ""
    facts = counted(number, "urgent fact", "urgent facts")
    said = {
        "pinned": f"{counted(number, 'initiative', 'initiatives')} fewer of those that are pinned would be in it",
        "headline": "what answers the key message would not come first",
        "soon": f"{facts} fewer would be taken up by the end of period 2",
        "answered": f"{facts} fewer would be answered",
        "others": f"{counted(number, 'other urgent finding', 'other urgent findings')} fewer would be answered",
        "delay": f"what comes first would start {counted(number, 'week', 'weeks')} later in sum",
        "at_once": f"{number} more would be in work at once",
        "at_owner": f"{role} would have {number} more in work at once",
        "per_period": f"{number} more would start in a period",
        "per_week": f"{number} more would start in a week",
        DAYS: f"{role} would need {short(math.ceil(amount * 10 - SEEN) / 10)} more days a period",
    }
    return said[kind]

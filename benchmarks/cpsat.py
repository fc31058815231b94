"""The search against CP-SAT of OR-tools, on random instances of 60 initiatives for two busy owners.

Usage: cpsat.py [INSTANCES] [SECONDS]   (default 50 instances of 60 seconds). Needs the extra `plan`, and OR-tools,
which is no dependency of this project: `pip install ortools` into the environment first. CP-SAT is given the program of
the bound (docs/method.md, 9.7) in weeks, with whole thousandths of points, and the plan of the search to begin with;
its starts are worth what the planner says. Exits with 1 where the search is more than 3 % below the best it found.
"""

import datetime
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from ortools.sat.python import cp_model  # type: ignore[import-not-found,unused-ignore]

from assess.collect import collect_mapping, everything
from assess.diagnose import diagnose
from assess.load import load
from assess.model.policies import PlanPolicy
from assess.model.roadmap import PlanSearch
from assess.plan.bound.program import Linear, Program
from assess.plan.bound.prover import Prover
from assess.plan.planner import Planner
from assess.scoring import score_organization
from growth import write_rubric

INITIATIVES, MOST = 60, 3.0
FINE, FACTOR = 1_000, 1_000_000
"""Parts of a point that columns on 0..100 are counted in, and what rows are multiplied by before they are rounded."""


def planner_of(seed: int) -> Planner:
    """A planner of a random instance: rubric, answers and days of the two owners follow from the seed."""
    chance = random.Random(seed)  # noqa: S311 - the same every time
    with TemporaryDirectory() as place:
        write_rubric(Path(place), INITIATIVES, INITIATIVES, "plain", seed)
        rubric = load(Path(place))[0]
    answers = {f"q{number}": f"l{chance.choice('abc')}" for number in range(INITIATIVES)}
    sheet = everything(collect_mapping(rubric, answers, assessed_on=datetime.date(2026, 6, 30)))
    capacity = {"boss": float(chance.randint(12, 30)), "desk": float(chance.randint(12, 30))}
    rules = {"plan": PlanPolicy.model_validate({"min_gain": 0}), "capacity": capacity}
    organization = score_organization(rubric, sheet._replace(engagement=sheet.engagement.model_copy(update=rules)))
    return Planner(organization, diagnose(organization))


def solved(program: Program, hint: Sequence[float], seconds: float) -> list[float] | None:
    """The best values CP-SAT finds in some time; None without any. Rows are rounded so that nothing is lost."""
    model = cp_model.CpModel()
    parts = [1 if upper == 1 else FINE for upper in program.uppers]
    columns = [
        model.new_int_var(0, round(upper * part), f"c{place}")
        for place, (upper, part) in enumerate(zip(program.uppers, parts, strict=True))
    ]

    def whole(row: Linear) -> tuple[list[int], float]:
        exact = [factor * FACTOR / parts[column] for column, factor in row.factors.items()]
        lost = sum(
            abs(each - round(each)) * program.uppers[column] * parts[column]
            for each, column in zip(exact, row.factors, strict=True)
        )
        return [round(each) for each in exact], lost

    for row in program.rows():
        factors, lost = whole(row)
        terms = zip(factors, row.factors, strict=True)
        model.add(
            sum(f * columns[column] for f, column in terms) <= round(-row.constant * FACTOR + lost + FACTOR / FINE)
        )
    goal, _ = whole(program.goal)
    model.maximize(sum(f * columns[column] for f, column in zip(goal, program.goal.factors, strict=True)))
    for column, part, value in zip(columns, parts, hint, strict=True):
        model.add_hint(column, round(value * part))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return [solver.value(column) / part for column, part in zip(columns, parts, strict=True)]


def compare(planner: Planner, seconds: float) -> tuple[float, float]:
    """The level of the default search, and of the best plan CP-SAT finds in some time, 0 without any."""
    found, _ = planner.found(PlanSearch())
    prover, program = Prover(planner, planner.judge, found.slots), Program()
    prover.step = 1
    starts, levels = prover.hold(program, found.key[0])
    program.goal = levels.mean()
    prover.first_tangents(levels, found.slots)
    values = solved(program, program.completed(starts.given(found.slots)), seconds)
    slots = {} if values is None else starts.slots(values)
    ends = {name: slot.end for name, slot in slots.items()}
    return found.key[0].level, planner.judge.path.mean(ends) if slots else 0.0


def main(instances: int, seconds: float) -> int:
    """Print a row an instance; 1 where the search is too far below."""
    worst = 0.0
    for seed in range(instances):
        searched, best = compare(planner_of(seed), seconds)
        below = 100 * (best - searched) / best if best else 0.0
        worst = max(worst, below)
        print(f"{seed:>3}: search {searched:.4f}, CP-SAT {best:.4f} in {seconds:g} s, {below:+.2f} % below", flush=True)
    print(f"at most {worst:.2f} % below (allowed: {MOST:g} %)")
    return int(worst > MOST)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 50, float(sys.argv[2]) if sys.argv[2:] else 60.0))

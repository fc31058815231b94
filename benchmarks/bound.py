"""How far the plans of the samples are from the best there is: always the best taken, the default search, a deep one.

Usage: bound.py [SECONDS] [SAMPLE ...]   (default 600 seconds for each bound, every sample). Needs the extra `plan`. A
plan is held against the bound of plans that are in no part of its key worse before the level (docs/method.md, 9.7).
"""

import sys
import time
from pathlib import Path

from assess import workflow
from assess.model.roadmap import DEEP_TRIALS, TRIALS, PlanSearch
from assess.plan.bound.prover import Prover
from assess.plan.planner import Planner

SAMPLES = Path(__file__).resolve().parents[1] / "sample_orgs"
MOST = {0: 100.0, TRIALS: 5.0, DEEP_TRIALS: 1.0}
"""By how many percent a plan of so many trials may lie below the bound."""


def measure(sample: Path, seconds: float) -> int:
    """Print a row a search; the number of those that lie too far below their bound."""
    found = workflow.assess(sample)
    beyond = 0
    for trials, most in MOST.items():
        planner = Planner(found, found.diagnosis)
        start = time.perf_counter()
        plan, _ = planner.found(PlanSearch(trials=trials))
        taken, merit = time.perf_counter() - start, plan.key[0]
        proved = Prover(planner, planner.judge, plan.slots).prove(merit, seconds)
        below = 100 * ((proved.bound or merit.level) - merit.level) / merit.level
        state = "proved" if proved.finished else f"best found {proved.level or 0.0:.4f}"
        print(
            f"{sample.name:<16} {trials:>6} trials {taken:5.1f} s: {len(plan.slots)} planned, key {tuple(merit[:5])}, "
            f"level {merit.level:.4f}, bound {proved.bound or 0.0:.4f} ({state} in {proved.seconds:.0f} s), "
            f"{below:.2f} % below",
            flush=True,
        )
        beyond += below > most
    return beyond


def main(seconds: float, names: list[str]) -> int:
    """Print all rows; 1 where one is too far below its bound."""
    samples = [sample for sample in sorted(SAMPLES.iterdir()) if not names or sample.name in names]
    return int(sum(measure(sample, seconds) for sample in samples) > 0)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if sys.argv[1:] else 600.0, sys.argv[2:]))

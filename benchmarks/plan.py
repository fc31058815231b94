"""What the greedy plan costs: times and memory for 60, 200 and 1,000 initiatives, in ratios to one schedule of all.

Usage: plan.py [REPEATS]   (default 3). A schedule books every initiative once, each in the first week that is free, and
works out what the plan is worth. Each size runs in a process of its own; the figure is the least of the repeats,
because other work on the machine only adds to it.
"""

import datetime
import gc
import json
import random
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path
from tempfile import TemporaryDirectory

from assess.collect import collect_mapping, everything
from assess.diagnose import diagnose
from assess.load import load
from assess.model.policies import PlanPolicy
from assess.plan.greedy import greedy_plan
from assess.plan.planner import Planner
from assess.scoring import score_organization
from growth import write_rubric

MOST = {60: 60, 200: 50, 1000: 60}
"""The most one greedy plan may cost, in schedules."""
MOST_MEMORY = 60
"""MB that planning may add."""
WIDE = {"min_gain": 0, "at_once": 60, "at_owner": 30, "per_period": 250, "per_week": 25}
"""Rules under which hundreds of initiatives find a place."""


def measure(initiatives: int) -> None:
    """Print the seconds of one schedule and of the greedy plan, and the memory it adds in MB, as JSON."""
    gc.set_threshold(200_000, 50, 50)  # as the command line does
    with TemporaryDirectory() as place:
        write_rubric(Path(place), initiatives, initiatives, "plain")
        rubric = load(Path(place))[0]
    chance = random.Random(1)  # noqa: S311 - the same every time
    answers = {f"q{number}": f"l{chance.choice('abc')}" for number in range(initiatives)}
    sheet = everything(collect_mapping(rubric, answers, assessed_on=datetime.date(2026, 6, 30)))
    engagement = sheet.engagement.model_copy(update={"plan": PlanPolicy.model_validate(WIDE)})
    organization = score_organization(rubric, sheet._replace(engagement=engagement))
    diagnosis = diagnose(organization)
    planner = Planner(organization, diagnosis)
    start = time.process_time()
    greedy = greedy_plan(planner.candidates(), planner.scheduler)
    taken = time.process_time() - start
    order = planner.scheduler.repaired([*greedy.order, *(n for n in planner.works if n not in greedy.order)])
    once = []
    for _ in range(5):
        start = time.process_time()
        planner.judge.merit(planner.scheduler.schedule(order).slots)
        once.append(time.process_time() - start)
    tracemalloc.start()
    again = Planner(organization, diagnosis)
    greedy_plan(again.candidates(), again.scheduler)
    added = tracemalloc.get_traced_memory()[1]
    found = {"greedy": taken, "schedule": min(once), "memory": added // 1024**2, "planned": len(greedy.order)}
    print(json.dumps(found))


def main(repeats: int) -> int:
    """Print a row a size; 1 where a ratio or the memory is beyond what it may be."""
    beyond = 0
    for initiatives, most in MOST.items():
        command = [sys.executable, __file__, "--one", str(initiatives)]
        runs = [json.loads(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(repeats)]
        found = {name: min(run[name] for run in runs) for name in runs[0]}
        ratio = found["greedy"] / found["schedule"]
        print(
            f"{initiatives:>6} initiatives, {found['planned']:>4} planned: greedy {found['greedy']:.3f} s, schedule "
            f"{1000 * found['schedule']:.2f} ms, ratio {ratio:.0f} (at most {most}), {found['memory']} MB"
        )
        beyond += ratio > most or found["memory"] > MOST_MEMORY
    return int(beyond > 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(int(sys.argv[2]))
    else:
        sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 3))

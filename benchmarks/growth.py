"""How scoring and planning grow with a rubric: the exponent between neighbours, and the memory of the plan.

Usage: growth.py [REPEATS]   (default 3). What takes k times as long at twice the size has the exponent log2(k). Each
size runs in a process of its own; the figure is the least CPU time of the repeats, because other work on the machine
only adds to it.
"""

import datetime
import gc
import json
import math
import random
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from assess.collect import collect_mapping, everything
from assess.diagnose import diagnose
from assess.load import load
from assess.plan import plan
from assess.scoring import score_organization

QUESTIONS = (625, 1250, 2500, 5000, 10_000)
INITIATIVES = (50, 100, 200, 400)
WIDE = 2000  # questions of the rubric whose initiatives grow while it stays as it is
TARGET = 1.3
MOST_MEMORY = 150
KEYS = "abcde"
# Questions to a criterion, criteria to a principle.
SHAPES = {"deep": (10, 10), "wide": (10, 100), "flat": (1000, 10)}
PLAIN = {"plain": (1, 5)}
Sizes = Sequence[tuple[int, tuple[int, int, str]]]


def write_rubric(folder: Path, questions: int, initiatives: int, shape: str, seed: int = 3) -> None:
    """Write a rubric of the shape with exactly so many questions; the last criterion may have fewer than the others."""
    to_a_criterion, to_a_principle = {**SHAPES, **PLAIN}[shape]
    head = ["assess: rubric/1", "id: grown", "title: Grown", "version: '1'", "scale: {min: 0, max: 4}", "levels:"]
    head += [f"  - {{key: l{key}, title: Level {key}, at: {25 * place}}}" for place, key in enumerate(KEYS)]
    head += ["aggregate: {geometric: {floor: 1}}", "policies: {target: ld, plan: {capacity: 400}}"]
    head += ["roles: [{id: boss, title: Boss}, {id: desk, title: Desk}]"]
    (folder / "rubric.yaml").write_text("\n".join(head) + "\n")
    (folder / "principles").mkdir()
    criteria = math.ceil(questions / to_a_criterion)
    for first in range(0, criteria, to_a_principle):
        number = first // to_a_principle
        lines = ["assess: principle/1", f"id: p{number}", f"title: Principle {number}", "criteria:"]
        for criterion in range(first, min(first + to_a_principle, criteria)):
            lines += [f"  - id: c{criterion}", f"    title: Criterion {criterion}", "    questions:"]
            start = criterion * to_a_criterion
            for question in range(start, min(start + to_a_criterion, questions)):
                options = ", ".join(f"{{label: {key}{question}}}" for key in KEYS)
                lines += [f"      - id: q{question}", "        type: level"]
                lines += [f"        text: How far is {question}?", f"        options: [{options}]"]
        (folder / "principles" / f"p{number}.yaml").write_text("\n".join(lines) + "\n")
    write_initiatives(folder, initiatives, criteria, seed)


def write_initiatives(folder: Path, initiatives: int, criteria: int, seed: int) -> None:
    """Write initiatives of two owners, each lifting one criterion, a third of them behind another one."""
    chance, lines = random.Random(seed), ["assess: initiatives/1", "initiatives:"]  # noqa: S311 - the same every time
    for place in range(initiatives):
        lines += [f"  - id: i{place}", f"    title: Initiative {place}", f"    owner: {('boss', 'desk')[place % 2]}"]
        lines += [f"    effort: {{low: {1 + place % 3}, high: {3 + place % 4}}}", f"    weeks: {2 + place % 7}"]
        lines += [f"    lifts: {{c{chance.randrange(criteria)}: l{'cde'[place % 3]}}}"]
        lines += [f"    needs: [i{chance.randrange(place)}]"] if place and place % 3 == 0 else []
    if initiatives:
        (folder / "initiatives.yaml").write_text("\n".join(lines) + "\n")


def measure(questions: int, initiatives: int, shape: str) -> None:
    """Print the CPU seconds of the score and of the plan, and the memory at the end in MB, as JSON."""
    gc.set_threshold(200_000, 50, 50)  # as the command line does
    with TemporaryDirectory() as place:
        write_rubric(Path(place), questions, initiatives, shape)
        rubric = load(Path(place))[0]
    chance = random.Random(1)  # noqa: S311 - the same every time
    answers = {f"q{number}": f"l{chance.choice(KEYS[:3])}" for number in range(questions)}
    sheet = everything(collect_mapping(rubric, answers, assessed_on=datetime.date(2026, 6, 30)))
    times = [time.process_time()]
    organization = score_organization(rubric, sheet)
    times.append(time.process_time())
    diagnosis, before = diagnose(organization), time.process_time()
    plan(organization, diagnosis)
    times.append(time.process_time() - before + times[-1])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"score": times[1] - times[0], "plan": times[2] - times[1], "memory": memory}))


def least(questions: int, initiatives: int, shape: str, repeats: int) -> dict[str, float]:
    """The least of each figure over the repeats."""
    command = [sys.executable, __file__, "--one", str(questions), str(initiatives), shape]
    runs = [json.loads(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(repeats)]
    return {name: min(run[name] for run in runs) for name in runs[0]}


def series(title: str, what: str, sizes: Sizes, repeats: int) -> float:
    """Print a row a size, with the exponent to the size before; returns the largest exponent."""
    print(f"\n{title}")
    worst, before = 0.0, (0, 0.0)
    for size, (questions, initiatives, shape) in sizes:
        found = least(questions, initiatives, shape, repeats)
        exponent = math.log(found[what] / before[1]) / math.log(size / before[0]) if before[0] else 0.0
        shown = f"exponent {exponent:.2f}" if before[0] else ""
        print(f"  {size:>6}  {found[what]:8.3f} s  {found['memory']:>4} MB  {shown}")
        worst, before = max(worst, exponent), (size, found[what])
    return worst


def main(repeats: int) -> None:
    """Print every series, and the largest exponents against the target."""
    found = {
        f"score, {shape}": series(
            f"score by questions, {shape}", "score", [(n, (n, 0, shape)) for n in QUESTIONS], repeats
        )
        for shape in SHAPES
    }
    together = [(n, (20 * n, n, "deep")) for n in INITIATIVES]
    found["plan, both grow"] = series("plan by initiatives, 20 questions for each", "plan", together, repeats)
    alone = [(n, (WIDE, n, "deep")) for n in INITIATIVES]
    found["plan, initiatives alone"] = series(f"plan by initiatives, {WIDE} questions", "plan", alone, repeats)
    print()
    for name, exponent in found.items():
        print(f"{name}: largest exponent {exponent:.2f} (target {TARGET})")
    memory = least(WIDE, INITIATIVES[-1], "deep", 1)["memory"]
    print(f"memory of a plan of {INITIATIVES[-1]} initiatives: {memory} MB (target {MOST_MEMORY})")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)

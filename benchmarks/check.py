"""What the semantic check of a rubric costs against loading it."""

import gc
import sys
from pathlib import Path

from assess.authoring.check import audit
from assess.load import load
from timing import medians, table

ROUNDS = 15
RUBRIC = Path(__file__).resolve().parents[1] / "rubrics" / "social_business"


def main() -> None:
    """Time both in turn, in this process; print medians and the ratio of the check alone to loading."""
    gc.set_threshold(200_000, 50, 50)  # as the command line does
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else RUBRIC
    rubric, _ = load(path)
    conditions = len([*rubric.all_gates()]) + 2 * len([*rubric.all_clashes()]) + len(rubric.headlines)
    loading, both = "load", "load and look for what makes no sense"
    times = medians({loading: lambda: load(path), both: lambda: audit(*load(path))}, ROUNDS)
    questions = len([*rubric.questions()])
    print(f"{path.name}: {questions} questions, {conditions} conditions of gates, clashes and headlines")
    table(times)
    print(f"ratio: {(times[both] - times[loading]) / times[loading]:.2f} loads (target 10)")


if __name__ == "__main__":
    main()

"""What 4,000 draws of the scores cost against drawing the weights and one matrix product of the size of the rubric."""

import sys
from pathlib import Path

import numpy as np

from assess import workflow
from assess.draws.sources import drawn_weights
from assess.draws.summary import draw_scores, drawn_tree
from assess.formula import EvaluatedOrganization
from timing import medians, table

ROUNDS = 25
DRAWS = 4000
SAMPLES = Path(__file__).resolve().parents[1] / "sample_orgs"
PARTS = ("the weights and one matrix product", "all draws of every score", "with intervals, levels and gains")


def measure(found: EvaluatedOrganization) -> None:
    """Time the three in turn, in this process; print medians and the ratio of the second to the first."""
    answers = np.random.default_rng(1).random((DRAWS, len(found.compiled.items)))
    shares = np.random.default_rng(2).random((len(found.compiled.items), len(found.compiled.nodes)))

    def least() -> None:
        drawn_weights(found, np.random.Generator(np.random.PCG64(3)), DRAWS)
        np.matmul(answers, shares)

    def scores() -> None:
        tree = drawn_tree(found, DRAWS, 3)
        for name in found.compiled.nodes:
            tree.node(name)

    jobs = dict(zip(PARTS, (least, scores, lambda: draw_scores(found, DRAWS, 3)), strict=True))
    times = medians(jobs, ROUNDS)
    print(f"{found.sheet.engagement.organization.name}: {DRAWS} draws of {len(found.compiled.nodes)} scores")
    table(times)
    print(f"ratio: {times[PARTS[1]] / times[PARTS[0]]:.2f} (target 1.5)")


def main() -> None:
    """Measure the engagements named, or the samples."""
    places = [Path(word) for word in sys.argv[1:]] or sorted(place for place in SAMPLES.iterdir() if place.is_dir())
    for place in places:
        measure(workflow.assess(place))


if __name__ == "__main__":
    main()

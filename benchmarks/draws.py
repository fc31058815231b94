"""What 4,000 draws of the scores cost against drawing the weights and one matrix product of the size of the rubric."""

import sys
from pathlib import Path

import numpy as np

from assess import workflow
from assess.draws.batch import BatchEvaluation
from assess.draws.sources import Drawn, drawn_from, drawn_weights
from assess.draws.summary import draw_scores, drawn_tree
from assess.formula import EvaluatedOrganization, dependents
from timing import medians, table

ROUNDS = 25
DRAWS = 4000
SEED = 3
SAMPLES = Path(__file__).resolve().parents[1] / "sample_orgs"
LEAST, ALONE = "the weights drawn, and one matrix product", "every score by drawn weights alone"
CHANCE, ALL = "all that is drawn, and one matrix product", "every score by all that is drawn"
WHOLE = "with intervals, levels and gains"


def measure(found: EvaluatedOrganization) -> None:
    """Time all in turn, in this process; print medians and the two ratios."""
    answers = np.random.default_rng(1).random((DRAWS, len(found.compiled.items)))
    shares = np.random.default_rng(2).random((len(found.compiled.items), len(found.compiled.nodes)))

    def weights() -> Drawn:
        chance = np.random.Generator(np.random.PCG64(SEED))
        return Drawn(DRAWS, drawn_weights(found, chance, DRAWS), {}, {}, {})

    def scores(tree: BatchEvaluation) -> None:
        for name in found.compiled.nodes:
            tree.node(name)

    def by_weights() -> None:
        drawn = weights()
        scores(BatchEvaluation(found.tree, drawn, dependents(found.compiled).of(drawn.weights)))

    times = medians(
        {
            LEAST: lambda: (weights(), np.matmul(answers, shares)),
            ALONE: by_weights,
            CHANCE: lambda: (drawn_from(found, DRAWS, SEED), np.matmul(answers, shares)),
            ALL: lambda: scores(drawn_tree(found, DRAWS, SEED)),
            WHOLE: lambda: draw_scores(found, DRAWS, SEED),
        },
        ROUNDS,
    )
    print(f"{found.sheet.engagement.organization.name}: {DRAWS} draws of {len(found.compiled.nodes)} scores")
    table(times)
    alone, everything = times[ALONE] / times[LEAST], times[ALL] / times[CHANCE]
    print(f"ratios: {alone:.2f} of weights, {everything:.2f} of everything (target 1.5)")


def main() -> None:
    """Measure the engagements named, or the samples."""
    places = [Path(word) for word in sys.argv[1:]] or sorted(place for place in SAMPLES.iterdir() if place.is_dir())
    for place in places:
        measure(workflow.assess(place))


if __name__ == "__main__":
    main()

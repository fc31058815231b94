"""What a save costs while `assess rubric preview --watch` is running, against `assess report`; the target is 2.

A round checks the rubric anew, scores all its personas, and plans and renders one sample, in a process that is there
already. The quarter of a second between two looks at the files comes on top.
"""

import gc
import sys
import tempfile
from pathlib import Path

from assess.authoring.preview import look
from timing import medians, process, table

ROUNDS = 7
ROOT = Path(__file__).resolve().parents[1]
RUBRIC, SAMPLE = ROOT / "rubrics" / "social_business", ROOT / "sample_orgs" / "quietwater"


def main() -> None:
    """Time a round and a report in turn; print medians and their ratio."""
    gc.set_threshold(200_000, 50, 50)  # as the command line does
    personas = len(look(RUBRIC, None).personas)
    save, report = f"a round with {personas} personas", f"assess report {SAMPLE.name}"
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "roadmap.md"
        command = [sys.executable, "-m", "assess", "report", str(SAMPLE), "-o", str(out)]
        times = medians({report: process(command), save: lambda: look(RUBRIC, SAMPLE)}, ROUNDS)
    table(times)
    print(f"ratio: {times[save] / times[report]:.2f} (target 2)")


if __name__ == "__main__":
    main()

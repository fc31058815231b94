"""What the main job costs against importing its libraries, both over bare Python; the target is 2.

The target is meant for the content of four principles: what comes on top of the imports is read per kilobyte of rubric
and report.
"""

import sys
import tempfile
from pathlib import Path

from timing import medians, process, table

ROUNDS = 11
ROOT = Path(__file__).resolve().parents[1]
SAMPLES, RUBRIC = ROOT / "sample_orgs", ROOT / "rubrics" / "social_business"
IMPORTS = "import typer, jinja2, markdown_it, yaml; from pydantic import BaseModel"
# The rubric of four principles, and the mean report of the three samples by it.
KILOBYTES = 148 + 151


def main() -> None:
    """Run bare Python, the imports, and the report of each sample in turn; print medians and ratios."""
    bare, imports = "python -c pass", f'python -c "{IMPORTS}"'
    jobs = {bare: process([sys.executable, "-c", "pass"]), imports: process([sys.executable, "-c", IMPORTS])}
    sizes = {}
    with tempfile.TemporaryDirectory() as folder:
        for sample in sorted(path for path in SAMPLES.iterdir() if (path / "engagement.yaml").is_file()):
            out = Path(folder) / f"{sample.name}.md"
            name = f"assess report {sample.name}"
            jobs[name] = process([sys.executable, "-m", "assess", "report", str(sample), "-o", str(out)])
            jobs[name]()
            sizes[name] = (out.stat().st_size + sum(file.stat().st_size for file in RUBRIC.rglob("*.yaml"))) / 1024
        times = medians(jobs, ROUNDS)
    table(times)
    base = times[imports] - times[bare]
    for name, kilobytes in sizes.items():
        more = (times[name] - times[bare]) / base - 1
        scaled = 1 + more * KILOBYTES / kilobytes
        print(f"{name}: {1 + more:.2f} times the imports; {kilobytes:.0f} KB, per KB {scaled:.2f} (target 2)")


if __name__ == "__main__":
    main()

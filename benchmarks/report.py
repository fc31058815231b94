"""What the main job costs against importing its libraries, both over bare Python; the target is 2."""

import sys
import tempfile
from pathlib import Path

from timing import medians, process, table

ROUNDS = 11
SAMPLES = Path(__file__).resolve().parents[1] / "sample_orgs"
IMPORTS = "import typer, jinja2, markdown_it, yaml; from pydantic import BaseModel"


def main() -> None:
    """Run bare Python, the imports, and the report of each sample in turn; print medians and ratios."""
    bare, imports = "python -c pass", f'python -c "{IMPORTS}"'
    jobs = {bare: process([sys.executable, "-c", "pass"]), imports: process([sys.executable, "-c", IMPORTS])}
    with tempfile.TemporaryDirectory() as folder:
        for sample in sorted(path for path in SAMPLES.iterdir() if (path / "engagement.yaml").is_file()):
            out = str(Path(folder) / f"{sample.name}.md")
            command = [sys.executable, "-m", "assess", "report", str(sample), "-o", out]
            jobs[f"assess report {sample.name}"] = process(command)
        times = medians(jobs, ROUNDS)
    table(times)
    for name in list(jobs)[2:]:
        ratio = (times[name] - times[bare]) / (times[imports] - times[bare])
        print(f"ratio over bare Python, {name}: {ratio:.2f} (target 2)")


if __name__ == "__main__":
    main()

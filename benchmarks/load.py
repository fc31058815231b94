"""What loading and checking a rubric costs against PyYAML's C event parse of its bytes and one model validation."""

import gc
import sys
from pathlib import Path

import yaml

from assess.load import load
from assess.model.rubric import Rubric
from assess.validate import validate
from timing import medians, table

ROUNDS = 25
RUBRIC = Path(__file__).resolve().parents[1] / "rubrics" / "social_business"


def events(texts: list[bytes]) -> None:
    """Run libyaml's parser over every text and drop the events."""
    for text in texts:
        for _ in yaml.parse(text, Loader=yaml.CSafeLoader):
            pass


def check(path: Path) -> None:
    """Load a rubric and run every rule over it."""
    rubric, sources = load(path)
    validate(rubric, sources)


def main() -> None:
    """Time the three in turn, in this process; print medians and the ratio to four parses and one validation."""
    gc.set_threshold(200_000, 50, 50)  # as the command line does
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else RUBRIC
    texts = [file.read_bytes() for file in sorted(path.rglob("*.yaml"))]
    values = load(path)[0].model_dump()
    parse, model, whole = "C events of PyYAML", "validation of the model", "load and check"
    times = medians(
        {
            parse: lambda: events(texts),
            model: lambda: Rubric.model_validate(values),
            whole: lambda: check(path),
        },
        ROUNDS,
    )
    print(f"{path.name}: {len(texts)} files, {sum(map(len, texts)) / 1024:.0f} KB")
    table(times)
    print(f"ratio: {(times[whole] - times[model]) / times[parse]:.2f} parses beside one validation (target 4)")


if __name__ == "__main__":
    main()

"""Both importers over everything below a folder that may be a SAMM core model or a lens: what came of each.

    python benchmarks/importers.py FOLDER

A candidate is a folder whose YAML files have the SAMM type `Activity`, or a JSON file that speaks of risk rules.
`imported` means: read, written, and read back to the same rubric, in which loading finds no error.
"""

import os
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from assess.authoring.writing import rubric_files
from assess.importers import Imported, import_rubric
from assess.problems import DocumentError, Problem
from assess.workflow import checked_rubric

MODEL = "model"


class Outcome(NamedTuple):
    """What came of one candidate; `seconds` for reading, writing and reading back."""

    source: str
    kind: str
    result: str
    questions: int
    problems: str
    seconds: float


def candidates(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every candidate below a folder with its kind; inside a model nothing else is looked for."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        here = Path(place)
        if here.name == MODEL and any("type: Activity" in _text(path) for path in here.rglob("*.y*ml")):
            folders.clear()
            yield "samm", here
            continue
        yield from (("lens", here / name) for name in sorted(names) if _may_be_lens(here / name))


def _may_be_lens(path: Path) -> bool:
    return path.suffix.lower() == ".json" and '"riskRules"' in _text(path)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def outcome(folder: Path, kind: str, source: Path) -> Outcome:
    """Import one candidate; what the importer does not refuse in words is a crash."""
    start = time.perf_counter()
    result, questions, problems = "imported", 0, tuple[Problem, ...]()
    try:
        imported = import_rubric(source, kind)
        questions, problems = imported.counts["questions"], imported.problems
        result = "imported" if comes_back(imported) else "CHANGED"
    except DocumentError as error:
        result, problems = "refused", error.problems
    except Exception:  # noqa: BLE001 - finding crashes is what this is for
        traceback.print_exc()
        result = "CRASHED"
    seconds = time.perf_counter() - start
    return Outcome(str(source.relative_to(folder)), kind, result, questions, counted(problems), seconds)


def comes_back(imported: Imported) -> bool:
    """Whether the written rubric is read back as it was."""
    with tempfile.TemporaryDirectory() as place:
        for name, text in rubric_files(imported.rubric).items():
            path = Path(place, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        found, _ = checked_rubric(Path(place))
    return found.model_copy(update={"hash": ""}) == imported.rubric


def counted(problems: Sequence[Problem]) -> str:
    """`2 error import_rule, 3 note import_gap`: problems by severity and code."""
    amounts = Counter((problem.severity, problem.code) for problem in problems)
    order = {"error": 0, "warning": 1, "note": 2}
    ranked = sorted(amounts.items(), key=lambda entry: (order[entry[0][0]], entry[0][1]))
    return ", ".join(f"{amount} {severity} {code}" for (severity, code), amount in ranked)


def main() -> None:
    """Print a Markdown table with a line for each candidate, and the sums."""
    folder = Path(sys.argv[1])
    found = [outcome(folder, kind, source) for kind, source in candidates(folder)]
    print("| source | kind | result | questions | problems | seconds |\n| :-- | :-- | :-- | --: | :-- | --: |")
    for one in found:
        cells = (one.source, one.kind, one.result, str(one.questions or ""), one.problems, f"{one.seconds:.2f}")
        print(f"| {' | '.join(cells)} |")
    for kind, results in sorted(
        {one.kind: Counter(x.result for x in found if x.kind == one.kind) for one in found}.items()
    ):
        print(f"\n{kind}: {', '.join(f'{amount} {result}' for result, amount in sorted(results.items()))}")
    sys.exit(any(one.result in ("CRASHED", "CHANGED") for one in found))


if __name__ == "__main__":
    main()

"""What a new folder holds before there is one: its answers as the program reads them, and what is still wrong."""

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from assess.authoring.migrate.folder import MigratedEngagement
from assess.collect import Collected, collect, open_engagement
from assess.collect.files import decision_paths
from assess.collect.issues import ISSUED
from assess.problems import Problem, errors


def read_back(found: MigratedEngagement) -> tuple[Collected, tuple[Problem, ...]]:
    """The answers of the new folder and what is wrong with them; files are named by their paths in it."""
    with tempfile.TemporaryDirectory(prefix="assess-") as place:
        folder = Path(place).resolve()
        laid_out(found.files, folder)
        for file in decision_paths(found.source) if found.source.is_dir() else ():
            shutil.copyfile(file, folder / file.name)
        if (found.source / ISSUED).is_dir():
            shutil.copytree(found.source / ISSUED, folder / ISSUED)
        collected, problems = collect(folder, *open_engagement(folder), found.way.new)
    return collected, tuple(_placed(problem, folder) for problem in errors(problems))


def laid_out(files: Mapping[str, str], folder: Path) -> None:
    """Write texts by path below a folder that is there; raises OSError."""
    for name, text in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("w", encoding="utf-8", newline="") as file:
            file.write(text)


def _placed(problem: Problem, folder: Path) -> Problem:
    place = problem.location
    if place is None:
        return problem
    inside = Path(place.file).is_relative_to(folder)
    file = Path(place.file).relative_to(folder).as_posix() if inside else place.file
    return replace(problem, location=replace(place, file=file))

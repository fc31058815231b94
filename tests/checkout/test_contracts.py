"""What only some may import: a module anywhere that imports it all the same is named, the one that nobody listed too.

Everything is planted in a copy of the package at once, and import-linter is asked once.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLACES = sorted(
    path.stem for path in (ROOT / "src" / "assess").iterdir() if path.stem[0] not in "_." and path.suffix in {"", ".py"}
)
UPPER = {"authoring", "cli", "collect", "importers", "load", "overlay", "render", "testing", "workflow"}
BUSY = {"authoring", "cli"}
FILES = {*UPPER, "cache", "documents", "resources"}
HOMES = {
    "yaml": {"documents"},
    "jinja2": {"render"},
    "markdown_it": {"formats", "render"},
    "typer": {"cli"},
    "numpy": {"draws"},
    "highspy": {"plan"},
    "rich": set(),
    "argparse": set(),
    "socket": set(),
    "threading": set(),
    "pydantic": {"authoring", "cache", "documents", "importers", "model", "overlay"},
    "assess.collect.raw": {"collect"},
    **dict.fromkeys(["io", "os", "pathlib", "shutil", "tempfile"], FILES),
    **dict.fromkeys(["multiprocessing", "random", "subprocess", "time"], BUSY),
    "assess.documents": {*UPPER, "documents", "validate"},
    "assess.resources": {*UPPER, "resources", "validate"},
    "assess.overlay": {*UPPER, "validate"},
    "assess.cache": {*UPPER, "cache", "validate"},
}
STAGES = (
    "load",
    "validate",
    "collect",
    "scoring",
    "diagnose",
    "draws",
    "plan",
    "render",
    "formats",
    "explain",
    "export",
    "scaffold",
)


def ask(folder: Path) -> str:
    """What import-linter says of a folder with a package and its contracts."""
    asked = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", asked, "--no-cache"]
    found = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    assert found.returncode == 1, found.stdout + found.stderr
    return found.stdout


def named(said: str) -> set[tuple[str, str]]:
    """Every module that import-linter names, with what it must not import."""
    return set(re.findall(r"^-? +([\w.]+) -> ([\w.]+) \(l\.", said, re.MULTILINE))


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """Copies of the package with its contracts, into which texts are put by module."""

    def copy(texts):
        folder = tmp_path_factory.mktemp("copy")
        shutil.copy(ROOT / "pyproject.toml", folder)
        shutil.copytree(ROOT / "src" / "assess", folder / "assess", ignore=shutil.ignore_patterns("__pycache__"))
        for module, text in texts.items():
            file = folder / f"{module.replace('.', '/')}.py"
            with file.open("a", encoding="utf-8") as lines:
                lines.write(text)
        return folder

    return copy


def intruder(place: str) -> str:
    """A module of a place: a new one where there is a package, or the place itself."""
    return f"assess.{place}.intruder" if (ROOT / "src" / "assess" / place).is_dir() else f"assess.{place}"


@pytest.mark.slow
def test_what_only_some_may_import_is_imported_by_nobody_else(copied):
    """Neither at the top nor inside a function, at no place that is there and at none that is new."""
    wanted = "".join(
        f"\nimport {name}\ndef _use_{k}():\n    from {name} import anything\n" for k, name in enumerate(HOMES)
    )
    said = named(ask(copied({**{intruder(place): wanted for place in PLACES}, "assess.stranger": wanted})))
    for name, homes in HOMES.items():
        found = {module for module, imported in said if imported == name or imported.startswith(f"{name}.")}
        assert found >= {"assess.stranger", *(intruder(place) for place in PLACES if place not in homes)}, name
        assert name.startswith("assess.") or not found & {intruder(place) for place in homes}, name


@pytest.mark.slow
def test_no_stage_imports_another_stage(copied):
    """Each imports the next one, and the last the first."""
    pairs = dict(zip(STAGES, (*STAGES[1:], STAGES[0]), strict=True))
    said = named(ask(copied({intruder(one): f"\nfrom assess import {other}\n" for one, other in pairs.items()})))
    assert {(intruder(one), f"assess.{other}") for one, other in pairs.items()} <= said

"""The pages for the next person are true: what they name exists, and the build machines run what people run."""

import ast
import re
import tomllib
from functools import cache

import pytest
import yaml
from checkout.fences import fences
from checkout.ours import ROOT, ours

import assess
from assess.cli import app
from assess.formula.aggregations import AGGREGATIONS
from assess.model.question_types import QUESTION_TYPES

PAGES = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("docs/architecture.md", "CONTRIBUTING.md")}
README = (ROOT / "README.md").read_text(encoding="utf-8")
FILE = r"[\w./-]+\.(?:py|md|yaml|yml|j2|txt|toml)"


def place(name):
    """Where a page says a file is: in the checkout, or in the package, below which the page on the house counts."""
    return next((path for path in (ROOT / name, ROOT / "src" / "assess" / name) if path.exists()), None)


@cache
def defined(path):
    """The names a module defines at its top."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assigned = [target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets]
    assigned += [node.target for node in tree.body if isinstance(node, ast.AnnAssign)]
    named = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    return named | {target.id for target in assigned if isinstance(target, ast.Name)}


@pytest.mark.parametrize("page", PAGES)
def test_every_file_a_page_names_is_there(page):
    named = set(re.findall(rf"`({FILE}|[\w./-]+/)`", PAGES[page]))
    assert len(named) > 20
    assert sorted(name for name in named if place(name) is None) == []


@pytest.mark.parametrize("page", PAGES)
def test_every_name_a_page_seeks_in_a_module_is_defined_there(page):
    sought = re.findall(rf"`(\w+)`\s+in\s+`({FILE})`", PAGES[page])
    assert len(sought) > 5
    assert [(name, file) for name, file in sought if name not in defined(place(file))] == []


def test_every_test_that_the_lists_name_exists():
    named = set(re.findall(r"`(test_\w+)`", PAGES["CONTRIBUTING.md"]))
    assert len(named) > 10
    assert sorted(named - set().union(*map(defined, ours("tests/*.py")))) == []


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "SECURITY.md"])
def test_what_the_pages_at_the_top_link_to_is_there(page):
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", (ROOT / page).read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_handbook_names_the_version_of_the_package():
    (named,) = re.findall(r"^ *rev: v(\S+)$", (ROOT / "docs/handbook.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert named == assess.__version__


def test_the_floors_on_the_page_are_those_of_the_contract():
    (shown,) = (fence.text for fence in fences(PAGES["docs/architecture.md"]) if fence.language == "floors")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (contract,) = (contract for contract in settings["contracts"] if contract["type"] == "layers")
    assert shown.splitlines() == contract["layers"]


def test_every_command_has_its_row_in_the_readme():
    typer = pytest.importorskip("typer")
    group = typer.main.get_group(app)
    names = {name for name in group.commands if name != "help"} - {"rubric"}
    names |= {f"rubric {name}" for name in group.commands["rubric"].commands}
    rows = re.findall(r"^\| `assess ([a-z]+(?: [a-z]+)?)", README, re.MULTILINE)
    assert sorted(rows) == sorted(names)


@pytest.mark.parametrize("kind", AGGREGATIONS)
@pytest.mark.parametrize("page", ["docs/method.md", "docs/rubric-language.md"])
def test_every_aggregation_has_its_row_on_the_pages(page, kind):
    assert re.search(rf"^\|[^|]*`{{?{kind}[:`]", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("kind", QUESTION_TYPES)
@pytest.mark.parametrize("page", ["docs/method.md", "docs/rubric-language.md"])
def test_every_question_type_has_its_row_on_the_pages(page, kind):
    assert re.search(rf"^\|[^|]*`{kind}`", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)


def test_the_public_names_of_the_page_are_those_of_the_package():
    row = next(line for line in PAGES["CONTRIBUTING.md"].splitlines() if line.startswith("| `assess.load_rubric`"))
    named = set(re.findall(r"`assess\.(\w+)`", row.split("|")[1]))
    assert named == {*assess.__all__, "problems", "testing"}


def test_the_kinds_of_json_on_the_page_are_those_that_are_printed():
    row = next(line for line in PAGES["CONTRIBUTING.md"].splitlines() if line.startswith("| JSON of the commands"))
    sources = "".join(path.read_text(encoding="utf-8") for path in ours("src/assess/*.py"))
    assert set(re.findall(r"`([a-z-]+/1)`", row)) <= set(re.findall(r'"assess": "([a-z-]+/1)"', sources))


def test_the_build_machine_runs_what_people_run():
    jobs = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))["jobs"]
    steps = [step for job in jobs.values() for step in job["steps"]]
    assert [step["run"] for step in steps if "run" in step] == [".ci/run"]
    assert {step["uses"].partition("@")[0] for step in steps if "uses" in step} == {
        "actions/checkout",
        "actions/setup-python",
    }


def test_the_hooks_of_this_repository_need_no_network():
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    for hook in config["repos"][0]["hooks"]:
        assert hook["language"] == "system"
        assert hook["entry"].startswith(".venv/bin/")

"""What only a checkout can show: the wheel's contents, the README's commands and example."""

import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from checkout.fences import example, fences

import assess
from assess import workflow

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SHIPPED = ("rubrics", "templates", "sample_orgs")


def tracked():
    """The files of the shipped folders that git knows or would take; None without git or its repository."""
    if not shutil.which("git"):
        return None
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *SHIPPED]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    names = {name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()}
    return names if done.returncode == 0 else None


def on_disk():
    files = (path for folder in SHIPPED for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in files}


def hatchling(target, folder, place):
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(place)]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The names in a wheel built from the sdist of this checkout."""
    place = tmp_path_factory.mktemp("dist")
    hatchling("sdist", ROOT, place)
    (archive,) = place.glob("*.tar.gz")
    with tarfile.open(archive) as sdist:
        sdist.extractall(place, filter="data")
    hatchling("wheel", place / archive.name.removesuffix(".tar.gz"), place)
    (built,) = place.glob("*.whl")
    return set(zipfile.ZipFile(built).namelist())


@pytest.mark.slow
def test_the_wheel_carries_every_shipped_file_and_no_other(wheel):
    prefix = "assess/_data/"
    expected = tracked()
    carried = {name.removeprefix(prefix) for name in wheel if name.startswith(prefix)}
    assert carried == (on_disk() if expected is None else expected)
    assert {name.split("/")[0] for name in carried} == set(SHIPPED)


@pytest.mark.slow
def test_the_wheel_carries_every_module_the_marker_of_types_and_both_licences(wheel):
    modules = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src").rglob("*.py")}
    licences = {name.partition("licenses/")[2] for name in wheel if "licenses/" in name}
    assert modules | {"assess/py.typed"} <= wheel
    assert licences == {"LICENSE", "rubrics/LICENSE.md"}


def test_the_first_two_shell_blocks_of_the_readme_are_the_two_commands():
    first, second = fences(README)[:2]
    assert (first.language, second.language) == ("sh", "sh")
    assert "assess report sample_orgs/" in first.text.splitlines()[-1]
    assert second.text.splitlines()[-1].endswith("-m pytest --numprocesses auto")
    assert all(fence.text.startswith("python3 -m venv .venv &&\n") for fence in (first, second))


def test_the_python_example_of_the_readme_runs(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    (shown,) = (fence.text for fence in fences(README) if fence.language == "python")
    exec(compile(shown, "README.md", "exec"), {})
    value, because = capsys.readouterr().out.splitlines()[:2]
    assert 0 <= float(value) <= 100
    assert because


def test_the_readme_links_to_files_that_exist():
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.slow
def test_the_version_of_the_distribution_is_that_of_the_package_and_written_once(wheel):
    assert f"social_assess-{assess.__version__}.dist-info/METADATA" in wheel
    assert "version" in PROJECT["dynamic"]


def test_the_whole_rubric_of_the_docs_and_its_engagement_work(tmp_path):
    (tmp_path / "complaints").mkdir()
    rubric = tmp_path / "complaints" / "rubric.yaml"
    rubric.write_text(example(ROOT / "docs" / "rubric-language.md", "## 12"), encoding="utf-8")
    client = tmp_path / "client.yaml"
    client.write_text(example(ROOT / "docs" / "answers.md", "For the small rubric in section 12"), encoding="utf-8")
    _, problems = workflow.reviewed_rubric(rubric)
    assert problems == ()
    assert "City Trams" in workflow.report(workflow.assess(client, [tmp_path]))

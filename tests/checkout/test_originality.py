"""The pages of the checkout are in their own words."""

import shutil
import subprocess
from functools import cache

import pytest
from checkout.ours import ROOT, ours
from originality import borrowed

from assess import workflow
from assess.resources import shipped

PAGES = ours("*.md")


@cache
def titles():
    return [source.title for source in workflow.load_rubric(shipped("rubrics") / "social_business").sources]


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_six_words_in_a_row_are_those_of_an_essay(page):
    assert borrowed(page.read_text(encoding="utf-8"), titles()) == []


def test_the_pages_are_those_of_the_project():
    names = {page.relative_to(ROOT).as_posix() for page in PAGES}
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/method.md", "benchmarks/README.md"} <= names


@pytest.fixture
def copy(tmp_path):
    """A copy of some files of the project, with a report and a note that somebody put beside them."""
    for name in ("pyproject.toml", "README.md", "CONTRIBUTING.md", "docs/method.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "r.md").write_text("A report\n", encoding="utf-8")
    return tmp_path


PROJECT_PAGES = ["CONTRIBUTING.md", "README.md", "docs/method.md"]


def pages(root):
    return [page.relative_to(root).as_posix() for page in ours("*.md", root=root)]


def test_without_git_a_report_at_the_top_is_not_ours(copy):
    assert pages(copy) == PROJECT_PAGES


def test_within_the_repository_of_somebody_else_a_report_is_not_ours(copy):
    subprocess.run(["git", "init", "--quiet"], cwd=copy, check=True)
    subprocess.run(["git", "add", "r.md"], cwd=copy, check=True)
    assert pages(copy) == PROJECT_PAGES


def test_what_git_does_not_track_is_not_ours_wherever_it_lies(copy):
    subprocess.run(["git", "init", "--quiet"], cwd=copy, check=True)
    subprocess.run(["git", "add", "pyproject.toml", *PROJECT_PAGES], cwd=copy, check=True)
    (copy / "docs" / "board.md").write_text("Another report\n", encoding="utf-8")
    assert pages(copy) == PROJECT_PAGES

"""The pages of the checkout are in their own words."""

from pathlib import Path

import pytest
from originality import borrowed

from assess import workflow
from assess.resources import shipped

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_six_words_in_a_row_are_those_of_an_essay(page):
    titles = [source.title for source in workflow.load_rubric(shipped("rubrics") / "social_business").sources]
    assert borrowed(page.read_text(encoding="utf-8"), titles) == []

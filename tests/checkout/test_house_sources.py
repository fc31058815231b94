"""A docstring or comment that points to a text points to one that whoever reads it has: the pages under docs/."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest
from sources import PACKAGE, SOURCES

REPOSITORY = Path(__file__).parents[2]
PAGE = re.compile(r"\b(?:docs|rubrics|templates|benchmarks)/[\w./-]+\.md\b|\b[A-Z]{3,}\.md\b")
SECTION = re.compile(rf"({PAGE.pattern}), section (\d+(?:\.\d+)?)")
NUMBERED = re.compile(
    r"\b(?:guide|section|question|decision|rule|table|chapter|appendix|issue|requirement)s? (\d+(?:\.\d+)*)\b",
    re.IGNORECASE,
)
TEXT = re.compile(r"\b(?:guide|handbook|manual|specification|design document)\b", re.IGNORECASE)
PAPER = re.compile(r"\b([A-Z][a-z]+)(?:,? (?:and|&) (?:[A-Z][a-z]+|others))?,? \(?((?:1[89]|20)\d\d)\b")


def said(path: Path) -> Iterator[tuple[int, str]]:
    """The docstrings and comments of a module with their lines."""
    text = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            docstring = ast.get_docstring(node)
            if docstring:
                yield node.body[0].lineno, " ".join(docstring.split())
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def headings(page: str) -> set[str]:
    return set(re.findall(r"^#+ (\d+(?:\.\d+)?)\.? ", (REPOSITORY / page).read_text(encoding="utf-8"), re.MULTILINE))


def unfounded(text: str) -> list[str]:
    """What a text cites that is not in the repository, each as it is written."""
    pages = [page for page in PAGE.findall(text) if not (REPOSITORY / page).is_file()]
    sections = [
        f"{page}, section {number}"
        for page, number in SECTION.findall(text)
        if page not in pages and number not in headings(page)
    ]
    rest = re.sub(r"https?://\S+", "", PAGE.sub("", SECTION.sub("", text)))
    papers = (REPOSITORY / "docs/method.md").read_text(encoding="utf-8").partition("## References")[2]
    years = [found for found in PAPER.finditer(rest) if not re.search(rf"\b{found[1]}\b.* {found[2]}\b", papers)]
    known = bool(PAGE.search(text) or "://" in text)
    named = [found.group() for found in TEXT.finditer(rest) if not known]
    return [*pages, *sections, *named, *(found.group() for found in (*NUMBERED.finditer(rest), *years))]


@pytest.mark.slow
def test_every_docstring_and_comment_cites_what_is_in_the_repository():
    found = [
        f"{path.relative_to(PACKAGE)}:{line}: {cited}"
        for path in SOURCES
        for line, text in said(path)
        for cited in unfounded(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("The value of one answer (scoring guide 1.1).", "guide 1.1"),
        ("Safe, not exact (settled question 10).", "question 10"),
        ("As the guide has it.", "guide"),
        ("In the order of the settled questions 22 and 25.", "questions 22"),
        ("See decision 12.", "decision 12"),
        ("The rule of section 4.2.", "section 4.2"),
        ("See docs/no-such-page.md.", "docs/no-such-page.md"),
        ("See docs/method.md, section 4.9.", "docs/method.md, section 4.9"),
        ("Weights by Nobody and others (2031).", "Nobody and others (2031"),
        ("Smith and Kendall 1964 say so.", "Smith and Kendall 1964"),
        ("# the appendix 3 of the handbook", "appendix 3"),
    ],
)
def test_what_is_not_in_the_repository_is_told(text, cited):
    assert cited in unfounded(text)


@pytest.mark.parametrize(
    "text",
    [
        "100 clip((x - worst) / (best - worst), 0, 1) (docs/method.md, section 2).",
        "A tie goes by id (docs/decisions/0005-caps-that-tie-and-the-key-cap.md).",
        "Rank-order centroid (Barron and Barrett 1996).",
        "Smith's rule (Smith 1956), docs/method.md, section 9.2.",
        "The format: https://docs.example.com/userguide/format-specification.html",
        "The answers to a question: 3 of 4.",
    ],
)
def test_what_is_in_the_repository_may_be_cited(text):
    assert unfounded(text) == []

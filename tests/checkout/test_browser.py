"""Pages as a browser shows them, light and dark, on a telephone: axe-core, requests, width.

`.ci/run browser` installs what is asked and runs these; `pytest -m browser` does, with puppeteer-core and axe-core on
NODE_PATH and chromium on the PATH.
"""

import json
import subprocess
from pathlib import Path

import pytest
from rendering import document

from assess import workflow
from assess.formats import html_book
from assess.model.roadmap import QUICK
from assess.resources import shipped

pytestmark = pytest.mark.browser
SCRIPT = Path(__file__).with_name("axe.cjs")
TELEPHONE = 390
GROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(15, 20, 27)"}


def looks(*files):
    command = ["node", str(SCRIPT), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def hold(seen):
    for look in seen:
        assert (look["violations"], look["requests"], look["width"]) == ([], [], TELEPHONE), look["file"]
        assert look["ground"] == GROUNDS[look["scheme"]]
        assert "color-contrast" in look["passes"]


@pytest.mark.parametrize("name", ["trumpet_thistle", "quietwater", "lanternfolk", "willowbrace"])
def test_the_pages_of_a_sample_have_no_violation_request_or_sideways_scrolling(name, tmp_path):
    found = workflow.assess(shipped("sample_orgs") / name, (), QUICK)
    pages = workflow.report_pages(found, workflow.report_set(found))
    card = next(path for path in pages if path.startswith("cards/"))
    shown = {"book.html": workflow.report_book(found), "card.html": pages[card], "roadmap.html": pages["roadmap.html"]}
    for path, page in shown.items():
        (tmp_path / path).write_text(page, encoding="utf-8")
    hold(looks(*(tmp_path / path for path in shown)))


def test_words_without_an_end_do_not_widen_a_page(tmp_path):
    page = tmp_path / "long.html"
    page.write_text(html_book({"roadmap.md": document(lambda word: f"{word} {'w' * 900}")}), encoding="utf-8")
    hold(looks(page))


def test_a_page_with_faults_is_found_out(tmp_path):
    page = tmp_path / "bad.html"
    style = "<style>p{color:#ccc;width:900px}</style>"
    page.write_text(f"<html><title>x</title>{style}<p>faint</p><img src='a.png'></html>", encoding="utf-8")
    look = looks(page)[0]
    assert {"color-contrast", "html-has-lang", "image-alt"} <= {name for name, _ in look["violations"]}
    assert len(look["requests"]) == 1
    assert look["width"] > TELEPHONE

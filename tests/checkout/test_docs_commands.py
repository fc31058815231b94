"""What the pages of the docs have the reader do: files saved, commands run, outputs compared, the example recomputed.

In a page, a block whose first line says `file=PATH` is saved, a block `sh` is run, and a block `text` shows what the
last run printed. A run ends with 0, or with what `exit=` says. With `at=clone` it is run in this checkout, and writes
nothing there.
"""

import math
import re
import shutil

import pytest
from checkout.fences import fences, prints, run, save, unfenced
from checkout.ours import ROOT, ours

from assess import workflow

DOCS = ROOT / "docs"
PAGES = {
    path.name: path.read_text(encoding="utf-8")
    for path in ours("docs/*.md")
    if path.parent == DOCS and path.stem != "tutorial"
}
LED = [name for name, page in PAGES.items() if any(fence.language == "sh" for fence in fences(page))]
BY_HAND = {"min": min, "max": max, "sqrt": math.sqrt, "exp": math.exp, "ln": math.log}


def calculations():
    """Name, expression and result of every line worked by hand in the page on the method."""
    lines = [line for f in fences(PAGES["method.md"]) if f.language == "calc" for line in f.text.splitlines()]
    return [re.fullmatch(r"(\w+\.\w+) +(.*?) += (\S+)", line).groups() for line in lines]


@pytest.fixture(scope="module")
def harbour(tmp_path_factory):
    """Everything the program says about the worked example, by the id of a node, question or initiative."""
    place = tmp_path_factory.mktemp("method")
    for fence in fences(PAGES["method.md"]):
        if fence.setting("file"):
            save(fence, place)
    found = workflow.assess(place / "harbour", [place / "rubrics"])
    return {
        **found.scorecard.scores,
        **found.scorecard.items,
        **{placement.initiative: placement for placement in found.plan.placements},
    }


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("sh"), reason="the commands are written for a POSIX shell")
@pytest.mark.parametrize("name", LED)
def test_what_a_page_has_the_reader_do_ends_and_prints_as_it_says(name, tmp_path):
    done = None
    for fence in fences(PAGES[name]):
        place = f"docs/{name}:{fence.line}"
        if fence.setting("file"):
            save(fence, tmp_path)
        elif fence.language == "sh":
            done = run(fence.text, ROOT if fence.setting("at") == "clone" else tmp_path)
            assert done.returncode == int(fence.setting("exit") or 0), f"{place}\n{done.stdout}"
        elif fence.language == "text":
            assert done is not None, f"{place}: nothing was run before"
            assert prints(done.stdout, fence.text), f"{place}\n{done.stdout}"


@pytest.mark.parametrize("name", PAGES)
def test_the_reader_is_told_the_name_of_every_file_to_save(name):
    page = PAGES[name]
    saved = [fence for fence in fences(page) if fence.setting("file")]
    untold = [f.setting("file") for f in saved if f"`{f.setting('file')}`" not in page.split(f.text, 1)[0]]
    assert untold == []


def test_three_dots_stand_for_anything_and_nothing_else_does():
    assert prints("one\ntwo\nthree\n", "one\n...\nthree\n")
    assert prints("9 files. Go.\n", "... files. Go.\n")
    assert not prints("one\ntwo\n", "one\n")
    assert not prints("one\n", "on.\n")


@pytest.mark.parametrize(("name", "expression", "result"), calculations())
def test_the_example_worked_by_hand_comes_out_as_the_program_has_it(harbour, name, expression, result):
    part, attribute = name.split(".")
    assert eval(expression, {"__builtins__": {}}, BY_HAND) == pytest.approx(float(result), abs=1e-6)
    assert getattr(harbour[part], attribute) == pytest.approx(float(result), abs=1e-6)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_links_to_files_and_headings_that_exist(name):
    dead = []
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", unfenced(PAGES[name])):
        path, _, heading = target.partition("#")
        file = DOCS / (path or name)
        if not file.exists() or (heading and heading not in anchors(file)):
            dead.append(target)
    assert dead == []


def anchors(file):
    """The anchors GitHub gives the headings of a page."""
    titles = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}

"""The example of an overlay in the docs lies over the example of a rubric there."""

import re
import shutil
import textwrap
from pathlib import Path

import pytest
from checkout.fences import example

from assess import workflow
from assess.authoring.check import review
from assess.translations import translatable_texts

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rubric-language.md"


def test_the_overlay_of_the_docs_lies_over_the_whole_rubric_of_the_docs(tmp_path):
    for name, title in {"complaints": "## 12", "tram_complaints": "## 14"}.items():
        (tmp_path / name).mkdir()
        text = example(PAGE, title)
        (tmp_path / name / "rubric.yaml").write_text(text, encoding="utf-8")
    rubric = workflow.load_rubric(tmp_path / "tram_complaints")
    assert [question.id for question in rubric.questions()] == ["register_kept", "stops_named", "causes"]
    assert rubric.initiatives[0].title == "Reports register"
    assert review(tmp_path / "tram_complaints") == ()


SHIPPED = PAGE.parents[1] / "rubrics" / "social_business"
HANDBOOK = PAGE.parent / "handbook.md"
LINES, WIDTH = 45, 120


@pytest.fixture
def charity(tmp_path):
    """A copy of the shipped rubric, and what lays the charity over it."""
    shutil.copytree(SHIPPED, tmp_path / "social_business")

    def over(overlay):
        (tmp_path / "charity").mkdir(exist_ok=True)
        (tmp_path / "charity" / "rubric.yaml").write_text(overlay, encoding="utf-8")
        return tmp_path / "charity"

    return over


@pytest.mark.slow
def test_a_charity_lies_over_the_shipped_rubric_in_few_lines_and_nothing_is_wrong_with_it(charity):
    overlay = example(HANDBOOK, "This is all a charity needs")
    (note,) = [each for each in review(charity(overlay)) if each.code == "unmarked_override"]
    marks = note.hint.split("`")[1]
    overlay += "\n".join(textwrap.wrap(marks, WIDTH, subsequent_indent="  ", break_on_hyphens=False)) + "\n"
    assert len(overlay.splitlines()) <= LINES
    assert max(map(len, overlay.splitlines())) <= WIDTH
    problems = review(charity(overlay))
    assert [each.message for each in problems if each.severity != "note" and not each.accepted] == []
    here = [each for each in problems if Path(each.location.file).parent.name == "charity"]
    assert [each.code for each in here] == ["dropped_along"]
    assert all(each.accepted for each in here)
    rubric, base = workflow.load_rubric(charity(overlay)), workflow.load_rubric(charity(overlay).parent / SHIPPED.name)
    assert len(rubric.principles) == len(base.principles) - 1
    assert {role.title for role in rubric.roles} == {role.title.replace("Customer", "Supporter") for role in base.roles}
    dropped = {"i52", "i53", "i54", "i55", "i56"}
    assert rubric.initiative_by_id.keys() == (base.initiative_by_id.keys() - dropped) | {"j01"}
    assert rubric.wording(rubric.question_by_id["chn_entry_memo"], "executive").text.startswith("How do you choose")
    cited = {each.code for each in (*rubric.claims, *rubric.references)} | {source.id for source in rubric.sources}
    read = [text for key, text in translatable_texts(rubric).items() if key.partition(".")[0] not in cited]
    assert [text for text in read if re.search(r"\bcustomers?\b(?!['\u2019])", text, re.IGNORECASE)] == []
    assert sum("supporter" in text.lower() for text in read) > 100

"""The example of an overlay in the docs lies over the example of a rubric there."""

from pathlib import Path

from checkout.fences import example

from assess import workflow
from assess.authoring.check import review

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

"""The example of a translation in the docs fits the example of a rubric there."""

from pathlib import Path

from checkout.fences import example

from assess.load import load
from assess.problems import errors
from assess.translations import fresh
from assess.validate import validate

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rubric-language.md"


def test_the_translation_of_the_docs_is_of_the_whole_rubric_of_the_docs(tmp_path):
    for name, title in {"rubric": "## 12", "de": "## 15"}.items():
        (tmp_path / f"{name}.yaml").write_text(example(PAGE, title), encoding="utf-8")
    rubric, sources = load(tmp_path)
    assert errors(validate(rubric, sources)) == ()
    assert fresh(rubric, "de").keys() == rubric.translations[0].texts.keys()

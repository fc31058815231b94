"""The frame of a questionnaire in other languages: every phrase of the program has one there, with the same parts."""

import ast
import datetime
import inspect
import string

import pytest
from ferry import FERRY

from assess import scaffold as module
from assess.load import load
from assess.model.question_types import QUESTION_TYPES
from assess.phrases import CATALOGUES, has_phrases, in_english, phrases_in
from assess.resources import shipped
from assess.scaffold import scaffold
from assess.translations import reword_rubric
from assess.workflow import load_rubric

DAY = datetime.date(2026, 6, 30)


def spoken():
    """Every phrase the questionnaire says: what stands in a call of `say`, or in a name that is given to it."""
    tree = ast.parse(inspect.getsource(module))
    constants = {
        node.targets[0].id: node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.targets[0], ast.Name)
    }
    calls = [
        n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "say"
    ]
    for call in calls:
        said = call.args[0]
        if isinstance(said, ast.Constant):
            yield said.value
        elif isinstance(said, ast.Name) and said.id in constants:
            yield constants[said.id]
    for traits in QUESTION_TYPES.values():
        yield from filter(None, (traits.hint, " or ".join(key for key, _ in traits.options[::-1])))
        yield from (label for _, label in traits.options)


def parts(phrase):
    return sorted(name for _, name, _, _ in string.Formatter().parse(phrase) if name)


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_catalogue_has_every_phrase_and_no_other(language):
    assert {*spoken()} == CATALOGUES[language].keys()


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_phrase_has_the_same_parts_and_keys_in_every_language(language):
    for phrase, other in CATALOGUES[language].items():
        assert parts(other) == parts(phrase), phrase
        for key in ("{{na: true, why: ", "{{unknown: true}}", "evidence: [{{title: ", "note:", "value:", "2026-06-30"):
            assert (key in phrase) == (key in other), phrase


def test_a_region_does_not_matter_and_an_unknown_language_is_english():
    assert phrases_in("de-AT")("A number") == phrases_in("DE")("A number") == "Eine Zahl"
    assert phrases_in("fr")("to {end}", end=3) == in_english("to {end}", end=3) == "to 3"
    assert (has_phrases("de-CH"), has_phrases("en"), has_phrases("fr")) == (True, True, False)


@pytest.fixture(params=["ferry", "complaint_handling", "social_business"])
def rubric(request, tmp_path):
    if request.param != "ferry":
        return load_rubric(shipped("rubrics") / request.param)
    (tmp_path / "rubric.yaml").write_text(FERRY, encoding="utf-8")
    return load(tmp_path)[0]


def test_a_german_questionnaire_holds_no_english_of_the_program(rubric):
    """Its texts stand as dots: whatever letters are left in the comments are the program's."""
    dots = reword_rubric(rubric, lambda _, text: "." * len(text))
    english, german = scaffold(dots, "x", DAY), scaffold(dots, "x", DAY, language="de")
    assert german.keys() == english.keys()
    for name in german:
        if not name.startswith("answers/"):
            assert german[name] == english[name]
            continue
        lines = [line.partition("#")[2] for line in german[name].splitlines()]
        words = {word.strip(".,:;()") for line in lines for word in line.split()}
        assert not words & {"the", "and", "or", "of", "you", "with", "without", "number", "answer", "from", "until"}
        assert words & {"Frage", "Fragen"}


def test_what_is_no_comment_is_the_same_in_every_language(rubric):
    def filled(files):
        kept = (line for text in files.values() for line in text.splitlines())
        return [line.split("#")[0].rstrip() for line in kept if line.split("#")[0].strip()]

    assert filled(scaffold(rubric, "x", DAY, language="de")) == filled(scaffold(rubric, "x", DAY))


def test_who_asks_in_a_language_without_phrases_is_told(run, tmp_path):
    home = tmp_path / "rubrics" / "ferry"
    home.mkdir(parents=True, exist_ok=True)
    (home / "rubric.yaml").write_text(FERRY + "translations: [{language: fr}, {language: de}]\n", encoding="utf-8")
    told = {
        language: run("new", tmp_path / language, "--on", "2026-06-30", "--rubric", home, "--language", language).stdout
        for language in ("fr", "de")
    }
    assert "the program has no words of its own in fr" in told["fr"]
    assert "words of its own" not in told["de"]
    assert "Eine ganze Zahl" not in (tmp_path / "fr" / "answers" / "log.yaml").read_text(encoding="utf-8")
    assert "Eine Zahl (minutes)" in (tmp_path / "de" / "answers" / "log.yaml").read_text(encoding="utf-8")

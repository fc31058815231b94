"""The audit: a rubric that makes sense has no finding, and every rule finds its own single mistake at its place."""

from pathlib import Path

import pytest
import yaml

from assess.authoring.check import RULES, audit
from assess.load import load
from assess.problems import errors
from assess.validate import validate

CASES = Path(__file__).parent / "cases"
SOUND = (CASES / "audit.yaml").read_text(encoding="utf-8")
DOUBTS = yaml.safe_load((CASES / "doubts.yaml").read_text(encoding="utf-8"))


def found_in(folder, text):
    (folder / "rubric.yaml").write_text(text, encoding="utf-8")
    rubric, sources = load(folder)
    assert errors(validate(rubric, sources)) == ()
    return audit(rubric, sources)


def changed(change):
    assert SOUND.count(change["stands"]) == 1, change["stands"]
    return SOUND.replace(change["stands"], change["instead"])


def place(text, needle):
    """Line and column of the first time a text stands in another."""
    before = text[: text.index(needle)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def test_a_rubric_that_makes_sense_has_no_finding(tmp_path):
    assert found_in(tmp_path, SOUND) == ()


on_each_doubt = pytest.mark.parametrize(
    "doubt", DOUBTS, ids=[f"{place}-{doubt['rule']}" for place, doubt in enumerate(DOUBTS)]
)


@on_each_doubt
def test_a_single_mistake_is_found_at_its_place(tmp_path, doubt):
    text = changed(doubt["fails"])
    problems = found_in(tmp_path, text)
    found = [p for p in problems if p.code == doubt["code"] and doubt["fails"]["message"] in p.message]
    assert found, problems
    where = found[0].location
    assert (found[0].severity, where.line, where.column) == (doubt["severity"], *place(text, doubt["fails"]["at"]))
    assert found[0].source == text.splitlines()[where.line - 1]
    assert doubt["fails"].get("shows", "") in found[0].witness
    assert found[0].hint


@pytest.mark.slow
@on_each_doubt
def test_what_comes_close_to_a_mistake_is_none(tmp_path, doubt):
    assert doubt["code"] not in {p.code for p in found_in(tmp_path, changed(doubt["passes"]))}


def test_every_rule_has_a_case():
    rules = {f"{rule.__module__.rpartition('.')[2]}.{rule.__name__}" for rule in RULES}
    assert rules == {doubt["rule"] for doubt in DOUBTS}

"""Closed sets are closed: no reader has a silent default, and every member is known wherever it has to be."""

import ast
from pathlib import Path
from typing import get_args

import pytest
from factories import answered, built, level, node, question, said, value

import assess
from assess.formula import compile_rubric
from assess.formula import nodes as f
from assess.formula.aggregations import AGGREGATIONS
from assess.formula.readings import answer_value
from assess.model.findings import FindingKind
from assess.model.nodes import Aggregate, AggregateKind
from assess.model.questions import QuestionType
from assess.render.sections import findings

PACKAGE = Path(assess.__file__).parent
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "_data" not in path.parts)
# Matches whose last case is no `assert_never`, by file and subject, and what takes its place.
OPEN = {
    "formula/asked.py: test": "only these three have parts; every other test is tried whole",
    "authoring/check/reads.py: part": "any tuple is read part by part, a formula nobody knows as well",
    "authoring/writing.py: record": "any record is written field by field; a few have a short form",
}
STAGED = ("staged", "cumulative", "tiers")
KINDS, TYPES = get_args(AggregateKind), get_args(QuestionType)
# An answer to a question of each type and its value on 0..100; what else the question needs.
ANSWERED = {
    "level": (("k1", 50.0), {"options": 3}),
    "scale": (("k2", 100.0), {"options": 3}),
    "choice": (("k0", 0.0), {"options": [{"key": f"k{n}", "label": str(n), "score": n} for n in range(2)]}),
    "yesno": (("yes", 100.0), {}),
    "multi": ((("k0",), 50.0), {"options": 2}),
    "number": ((4.0, 40.0), {"goalposts": {"worst": 0, "best": 10}}),
    "text": (("words", None), {}),
    "date": (("2026-06-01", None), {}),
}


def ended(match: ast.Match) -> bool:
    """Whether the last case of a match refuses what no case before it knew."""
    return any(isinstance(part, ast.Name) and part.id == "assert_never" for part in ast.walk(match.cases[-1]))


def test_no_match_ends_in_a_silent_default():
    silent = {
        f"{path.relative_to(PACKAGE).as_posix()}: {ast.unparse(found.subject)}"
        for path in SOURCES
        for found in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(found, ast.Match) and not ended(found)
    }
    assert silent == OPEN.keys()


def test_the_table_of_aggregations_has_a_row_for_every_kind_and_no_other():
    assert [*AGGREGATIONS] == [*KINDS]


@pytest.mark.parametrize("kind", KINDS)
def test_every_aggregation_is_said_in_words_and_takes_the_settings_it_needs(kind):
    how = AGGREGATIONS[kind]
    assert how.name
    assert how.says
    assert {*how.needed} <= {*how.settings} <= Aggregate.model_fields.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_every_aggregation_has_a_formula_of_its_own(kind):
    settings = {"power": {"p": 2}, "tally": {"reach": ">= 50"}, "staged": {"reach": "> 50"}}
    settings |= {"cumulative": {"reach": "> 50"}, "tiers": {"must": "> 50"}}
    settings["rules"] = {"cases": [{"when": "q = k2", "is": "good"}], "otherwise": "bad"}
    settings["rules"]["values"] = {"good": 100, "bad": 0}
    read = [{"key": f"k{n}", "label": str(n), "score": n, "stop": True} for n in range(3)]
    staged = {"stage": 1} if kind in STAGED else {}
    asked = question("q", "choice", read) if kind == "ladder" else level("q", 3, **staged)
    rubric = built(node("p", node("c", asked, aggregate={kind: settings[kind]} if kind in settings else kind)))
    formula = compile_rubric(rubric).nodes["c"].formula
    assert (isinstance(formula, f.Combined) and formula.rule.linear) is (kind == "arithmetic")
    assert value(rubric, said("boss", q=answered("k2")), at="c") is not None


@pytest.mark.parametrize("kind", TYPES)
def test_every_question_type_is_worth_what_it_is_or_nothing(kind):
    (answer, worth), more = ANSWERED[kind]
    rubric = built(node("p", node("c", question("q", kind, **more), level("r", 3))))
    assert answer_value(rubric, rubric.question_by_id["q"], answer) == worth
    assert rubric.question_by_id["q"].scored is (worth is not None)


@pytest.mark.parametrize("kind", get_args(FindingKind))
def test_every_finding_has_a_name_in_print(kind):
    assert findings.NAMES[kind]


def test_a_question_of_an_unknown_type_is_refused_and_not_scored():
    asked = built(node("p", node("c", level("q", 3)))).question_by_id["q"].model_copy(update={"type": "ranking"})
    with pytest.raises(AssertionError, match="ranking"):
        _ = asked.scored


def test_an_unknown_aggregation_is_refused_and_no_arithmetic_mean():
    rubric = built(node("p", node("c", level("q", 3))))
    other = rubric.aggregate.model_copy(update={"kind": "trimmed"})
    with pytest.raises(KeyError, match="trimmed"):
        compile_rubric(rubric.model_copy(update={"aggregate": other}))

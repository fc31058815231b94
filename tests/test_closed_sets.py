"""Closed sets are closed: no reader has a silent default, and every member is known wherever it has to be."""

import ast
from typing import get_args

import pytest
from factories import DECLINED, NA, UNKNOWN, answered, built, fact, level, node, percent, question, said, sheet, value
from sources import PACKAGE, SOURCES, nodes_of

from assess.explain import explain
from assess.formula import compile_rubric
from assess.formula import nodes as f
from assess.formula.aggregations import AGGREGATIONS
from assess.formula.items import ItemState
from assess.model.aggregation import Aggregate, AggregateKind
from assess.model.answers import AnswerState
from assess.model.findings import FindingKind
from assess.model.question_types import QuestionType
from assess.render.sections import findings
from assess.scoring import score_organization

STAGED = ("staged", "cumulative", "tiers")
KINDS, TYPES = get_args(AggregateKind), get_args(QuestionType)


def ended(match: ast.Match) -> bool:
    """Whether the last case of a match refuses what no case before it knew."""
    return any(isinstance(part, ast.Name) and part.id == "assert_never" for part in ast.walk(match.cases[-1]))


def test_no_match_ends_in_a_silent_default():
    silent = {
        f"{path.relative_to(PACKAGE).as_posix()}: {ast.unparse(found.subject)}"
        for path in SOURCES
        for found in nodes_of(path)
        if isinstance(found, ast.Match) and not ended(found)
    }
    assert not silent


def asked_by_name(nodes, attributes, names):
    """The comparisons and matches of such an attribute with one of these words."""
    for found in nodes:
        if isinstance(found, ast.Compare):
            subject, against = found.left, found.comparators
        elif isinstance(found, ast.Match):
            subject, against = found.subject, [case.pattern for case in found.cases]
        else:
            continue
        words = {part.value for one in against for part in ast.walk(one) if isinstance(part, ast.Constant)}
        if isinstance(subject, ast.Attribute) and subject.attr in attributes and words & {*names}:
            yield ast.unparse(found)


@pytest.mark.parametrize(("attributes", "names"), [({"type"}, TYPES), ({"kind", "aggregate"}, KINDS)])
def test_no_module_asks_for_a_type_or_an_aggregation_by_name(attributes, names):
    assert not [(path.name, text) for path in SOURCES for text in asked_by_name(nodes_of(path), attributes, names)]


@pytest.mark.parametrize(
    "text", ["q.type in ('level', 'scale')", "n.aggregate.kind == 'rules'", "s.aggregate != 'sum'"]
)
def test_asking_by_name_is_noticed(text):
    assert [*asked_by_name(ast.walk(ast.parse(text)), {"type", "kind", "aggregate"}, {*TYPES, *KINDS})]


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
    settings |= {"ratio": {"of": "q", "by": "r"}, "difference": {"of": "q", "less": "r"}}
    staged = {"stage": 1} if kind in STAGED else {}
    asked = [question("q", "choice", read) if kind == "ladder" else level("q", 3, **staged)]
    more = {"r": 50} if AGGREGATIONS[kind].compares else {}
    asked += [percent(name) for name in more]
    rubric = built(node("p", node("c", *asked, aggregate={kind: settings[kind]} if kind in settings else kind)))
    formula = compile_rubric(rubric).nodes["c"].formula
    assert (isinstance(formula, f.Combined) and formula.rule.linear) is (kind == "arithmetic")
    assert value(rubric, said("boss", q=answered("k2"), **more), at="c") is not None


@pytest.mark.parametrize("kind", get_args(FindingKind))
def test_every_finding_has_a_name_in_print(kind):
    assert findings.NAMES[kind]


GIVEN = {"value": "k1", "unknown": UNKNOWN, "na": NA, "declined": DECLINED, "missing": None, "hidden": "k1"}


@pytest.mark.parametrize("state", sorted({*get_args(ItemState), *get_args(AnswerState)}))
def test_every_state_of_an_answer_and_of_a_question_is_scored_and_explained(state):
    asked = level("q", 3, show_when="f = yes") if state == "hidden" else level("q", 3)
    rubric = built(node("p", node("c", asked, level("r", 3), fact("f"))))
    found = score_organization(rubric, sheet(said("boss", q=GIVEN[state], r="k1", f="no")))
    item = found.scorecard.items["q"]
    assert item.state == ("missing" if state == "declined" else state)
    assert item.because
    told = explain(found, "q")
    words = {"value": "k1", "unknown": "don't know", "na": "not applicable", "hidden": "f = yes"}
    assert words.get(state, "declined" if state == "declined" else "No score") in told
    assert (item.value is None) is (state != "value")


def test_an_unknown_aggregation_is_refused_and_no_arithmetic_mean():
    rubric = built(node("p", node("c", level("q", 3))))
    other = rubric.aggregate.model_copy(update={"kind": "trimmed"})
    with pytest.raises(KeyError, match="trimmed"):
        compile_rubric(rubric.model_copy(update={"aggregate": other}))

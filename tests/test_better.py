"""`better`: which answers are the better ones, what it turns round, what it must not contradict, and what it shows."""

import pytest
from factories import built, clash, fact, gate, level, node, percent, question, said, value

from assess.authoring.check import audit
from assess.documents import SourceMap
from assess.model.rubric import Rubric
from assess.validate import validate

POINTS = [{"key": key, "label": key.title(), "score": score} for key, score in [("few", 1), ("some", 4), ("many", 9)]]
BARE = [{"key": key, "label": key.title()} for key in ("few", "some", "many")]


def falls(when, *asked, **clashes):
    """What is said of a gate, and of clashes beside it, that a better answer would make hold."""
    gates = [gate("g", when, "o", "l1")] if when else []
    rubric = built(node("p", level("q"), *asked, **clashes), node("o", percent("r"), gates=gates))
    return [(p.severity, p.message) for p in audit(rubric, SourceMap()) if p.code == "falling_score"]


def refused(*asked):
    """What is wrong with questions of one node."""
    head = {"id": "r", "title": "R", "version": "1"}
    rubric = Rubric.model_validate({**head, "principles": [node("p", percent("n"), *asked)]})
    return [p.message for p in validate(rubric, SourceMap()) if p.severity == "error"]


# --- what it turns round ---


@pytest.mark.parametrize(("kind", "options", "answer"), [("yesno", 0, "yes"), ("level", 5, "k3"), ("scale", 5, "k1")])
def test_low_is_the_reverse_of_an_ordered_answer(kind, options, answer):
    plain, low, turned = (
        built(node("p", question("x", kind, options, **more))) for more in ({}, {"better": "low"}, {"reverse": True})
    )
    worth = [value(rubric, said("boss", x=answer)) for rubric in (plain, low, turned)]
    assert worth[1] == worth[2] == 100 - worth[0]


def test_of_two_answers_to_a_fact_the_worse_one_counts():
    for better, held in [("low", 25), ("high", 100)]:
        gates = [gate("g", "told = yes", "p", "l1")]
        rubric = built(node("p", percent("n"), fact("told", better=better), gates=gates))
        assert value(rubric, said("boss", n=100, told="yes"), said("team", told="no")) == held


def test_high_and_neither_turn_nothing_round():
    for better in ("high", "neither"):
        gates = [gate("g", "told = no", "p", "l1")]
        rubric = built(node("p", percent("n"), fact("told", better=better), gates=gates))
        assert [value(rubric, said("boss", n=80, told=told)) for told in ("yes", "no")] == [80, 25]


# --- what it must not contradict ---


@pytest.mark.parametrize(
    "asked",
    [
        fact("x", reverse=True, better="low"),
        question("x", "yesno", better="neither"),
        level("x", 3, better="neither"),
        percent("x", better="low"),
        percent("x", better="neither"),
        question("x", "number", goalposts={"worst": 9, "best": 1}, better="high"),
        question("x", "number", band={"from": 3, "to": 4, "zero_below": 0, "zero_above": 9}, better="high"),
        question("x", "choice", POINTS, better="low"),
        question("x", "choice", POINTS[::-1], better="high"),
        question("x", "choice", [POINTS[1], POINTS[0], POINTS[2]], better="high"),
        question("x", "text", better="high"),
        question("x", "multi", 3, better="low"),
        question("x", "date", better="low"),
    ],
    ids=str,
)
def test_what_contradicts_the_figures_of_a_question_is_a_mistake(asked):
    (message,) = refused(asked)
    assert "better" in message


@pytest.mark.parametrize(
    "asked",
    [
        fact("x", better="neither"),
        percent("x", better="high"),
        question("x", "number", goalposts={"worst": 9, "best": 1}, better="low"),
        question("x", "number", band={"from": 3, "to": 4, "zero_below": 0, "zero_above": 9}, better="neither"),
        question("x", "number", better="neither"),
        question("x", "choice", POINTS[::-1], better="low"),
        question("x", "choice", BARE, better="low"),
        question("x", "level", 3, better="low"),
    ],
    ids=str,
)
def test_what_agrees_with_them_is_none(asked):
    assert refused(asked) == []


# --- what it shows ---

DIRECTED = [
    ("number", 0, "x < 3", "x > 3"),
    ("number", 0, "x <= 40", "x = 100 or x > 40"),
    ("yesno", 0, "x = no", "x = yes"),
    ("yesno", 0, "x != yes", "not x = no"),
    ("choice", 3, "x = k0", "x = k2"),
    ("choice", 3, "x in (k0, k1)", "x in (k1, k2)"),
    ("level", 4, "x < k2", "x >= k2"),
    ("scale", 4, "x <= k1", "x > k1"),
]


def asked_as(kind, options, better):
    more = {"min": 0, "max": 100} if kind == "number" else {}
    return question("x", kind, options, weight=0, better=better, **more)


@pytest.mark.parametrize(("kind", "options", "low", "high"), DIRECTED)
def test_a_gate_that_is_turned_round_is_seen_either_way(kind, options, low, high):
    for better, right, wrong in [("high", low, high), ("low", high, low)]:
        assert falls(right, asked_as(kind, options, better)) == []
        assert falls(wrong, asked_as(kind, options, better)) == [
            ("warning", "a better answer to 'x' makes the gate 'g' hold")
        ]


@pytest.mark.parametrize(("kind", "options", "low", "high"), DIRECTED)
def test_a_fact_that_only_states_something_falls_nowhere(kind, options, low, high):
    asked = asked_as(kind, options, "neither")
    if kind in ("number", "yesno", "choice"):
        assert falls(low, asked) == falls(high, asked) == []


def test_a_flag_is_a_gate():
    flag = {"id": "g", "when": "x > 7", "flag": True, "because": "b"}
    rubric = built(node("p", percent("n"), question("x", "number", better="high", weight=0), gates=[flag]))
    assert "falling_score" in {p.code for p in audit(rubric, SourceMap())}


def test_the_halves_of_a_clash_are_seen():
    asked = question("x", "number", better="high", weight=0)
    for practice, found in [("x < 4", 0), ("x > 4", 1)]:
        halves = {**clash("p", "l1", practice=practice), "cap": None}
        assert [severity for severity, _ in falls("", asked, clashes=[halves])] == ["warning"] * found
    for claim, found in [("x > 4", 0), ("x < 4", 1)]:
        halves = clash("p", "l1", claim=claim)
        assert len(falls("", asked, clashes=[halves])) == found


def test_a_number_of_which_nothing_is_said_is_left_alone():
    assert falls("x > 3", question("x", "number", weight=0)) == []
    assert falls("x < 3", question("x", "number", weight=0)) == []

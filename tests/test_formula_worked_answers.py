"""What the steps to a value say: done again with a pencil they give the value the engine uses."""

import math
import re

import pytest
from factories import built, level, node, question
from hypothesis import given
from hypothesis import strategies as st

from assess.formula.worked_answers import answer_value, is_stepped, worked, worth_rule

FINITE = st.floats(-1e6, 1e6).map(lambda x: round(x, 3))
POSITIVE = st.floats(0.01, 1e6).map(lambda x: round(x, 3))


def label(option):
    return f'"{option.label}"'


def asked(kind, options=(), **more):
    rubric = built(node("p", question("q", kind, options, **more), level("other")))
    return rubric, rubric.question_by_id["q"]


def done_again(steps):
    """The result of the first calculation in some steps."""
    first = re.match(r"(.+?) = ", steps)[1]
    said = re.sub(r"ln ([\d.]+)", r"math.log(\1)", first).replace("100 times", "100 *")
    return eval(said, {"math": math})


@given(st.tuples(FINITE, FINITE).filter(lambda pair: abs(pair[0] - pair[1]) > 1), FINITE)
def test_a_number_between_goalposts(ends, number):
    rubric, known = asked("number", goalposts={"worst": ends[0], "best": ends[1]})
    steps, value = worked(rubric, known, number, label), answer_value(rubric, known, number)
    assert float(steps.split()[-1]) == pytest.approx(value, abs=1e-6)
    if " = " in steps:
        assert done_again(steps) == pytest.approx(value, abs=1e-6)
    else:
        assert value in (0, 100)


@given(st.tuples(POSITIVE, POSITIVE).filter(lambda pair: abs(pair[0] - pair[1]) > 1), FINITE)
def test_a_number_between_goalposts_on_their_logarithms(ends, number):
    rubric, known = asked("number", goalposts={"worst": ends[0], "best": ends[1], "log": True})
    steps, value = worked(rubric, known, number, label), answer_value(rubric, known, number)
    assert float(steps.split()[-1]) == pytest.approx(value, abs=1e-6)
    assert ("has no logarithm" in steps) == (number <= 0)
    if " = " in steps:
        assert done_again(steps) == pytest.approx(value, abs=1e-6)


@given(st.lists(FINITE, min_size=4, max_size=4).map(sorted), FINITE)
def test_a_number_in_a_band(ends, number):
    low, start, to, high = ends
    rubric, known = asked("number", band={"from": start, "to": to, "zero_below": low, "zero_above": high})
    steps, value = worked(rubric, known, number, label), answer_value(rubric, known, number)
    assert float(steps.split()[-1]) == pytest.approx(value, abs=1e-6)
    assert steps.startswith("inside") == (start <= number <= to)


@pytest.mark.parametrize(
    ("ticked", "steps"),
    [
        (("a", "b"), "100 times (1 + 2) / (1 + 2 + 1) = 75"),
        (("a", "c"), '100 times (1 + 1) / (1 + 2 + 1) = 50; at most 30 without "B": 30'),
        (("a",), '100 times 1 / (1 + 2 + 1) = 25; at most 30 without "B": 25'),
        (("none",), '100 times 0 / (1 + 2 + 1) = 0; at most 30 without "B": 0'),
        ((), '100 times 0 / (1 + 2 + 1) = 0; at most 30 without "B": 0'),
    ],
)
def test_options_ticked(ticked, steps):
    rubric, known = asked("multi", [
        {"key": "a", "label": "A"}, {"key": "b", "label": "B", "score": 2, "must": 30}, {"key": "c", "label": "C"},
        {"key": "none", "label": "None", "exclusive": True},
    ])  # fmt: skip
    assert worked(rubric, known, ticked, label) == steps
    rule = 'the points ticked, of the points of all: "A" 1, "B" 2 (at most 30 of 100 without it), "C" 1, "None" 0'
    assert worth_rule(rubric, known, label) == rule


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("kind", ["level", "scale"])
def test_ordered_options_turned_round(kind, reverse):
    rubric, known = asked(kind, 5, reverse=reverse)
    assert is_stepped(rubric, known) != reverse
    steps = "100 times (1 - 0) / (4 - 0) = 25"
    assert worked(rubric, known, "k1", label) == (f"{steps}; 100 - 25 = 75" if reverse else steps)
    assert worth_rule(rubric, known, label).endswith("; then turned round") == reverse


def test_scores_below_zero_and_words_without_a_value():
    scored = [{"key": "x", "label": "X", "score": -1}, {"key": "y", "label": "Y", "score": 1}]
    rubric, known = asked("choice", scored)
    assert worked(rubric, known, "y", label) == "100 times (1 - (-1)) / (1 - (-1)) = 100"
    rubric, known = asked("choice", [{"key": "x", "label": "X"}, {"key": "y", "label": "Y"}])
    assert (worked(rubric, known, "y", label), worth_rule(rubric, known, label)) == ("", "")
    rubric, known = asked("number")
    assert (worked(rubric, known, 3.0, label), worth_rule(rubric, known, label)) == ("", "")


def test_yes_and_no():
    rubric, known = asked("yesno", reverse=True)
    assert [worked(rubric, known, answer, label) for answer in ("yes", "no")] == ["0", "100"]
    assert worth_rule(rubric, known, label) == "yes 0, no 100"

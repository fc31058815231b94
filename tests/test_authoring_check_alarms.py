"""What looks like a mistake and is none: prerequisites, points that are alike, special cases put first."""

import pytest
from factories import built, fact, gate, node, percent, question

from assess.authoring.check import audit
from assess.documents import SourceMap

POINTS = [0, 5, 5, 10, 10]


def found(code, *principles, **more):
    return [p.message for p in audit(built(*principles, **more), SourceMap()) if p.code == code]


def gated(when, *asked):
    return found(
        "gate_usual", node("p", *asked, percent("n")), node("o", percent("r"), gates=[gate("g", when, "o", "l1")])
    )


MANY = [fact(f"f{n}") for n in range(9)]


@pytest.mark.parametrize("joined", ["or", "and"])
@pytest.mark.parametrize("amount", [5, 7, 9])
def test_that_all_of_many_things_are_there_is_rare_by_nature(amount, joined):
    missing = " or ".join(f"f{n} = no" for n in range(amount))
    there = " and ".join(f"f{n} = yes" for n in range(amount))
    assert gated(missing if joined == "or" else f"not ({there})", *MANY) == []


@pytest.mark.parametrize(
    "when",
    [
        "p < 99.9",
        "f0 = no or f1 = no or p < 99",
        "f0 = no or p < 60 or p > 61 or f1 = no",
        "not (f0 = yes and f1 = yes and p >= 99)",
    ],
)
def test_what_is_usual_by_itself_is_said(when):
    assert len(gated(when, *MANY)) == 1


def choice(points, **more):
    options = [{"key": f"k{n}", "label": f"Answer {n}", "score": score} for n, score in enumerate(points)]
    return question("c", "choice", options, **more)


@pytest.mark.parametrize("points", [POINTS, [3, 1, 0, 1, 2], [0, 0, 0, 1]])
def test_options_may_bring_the_same_points(points):
    assert found("dead_option", node("p", choice(points), percent("n"))) == []


def test_options_without_points_are_told_apart_by_something():
    gates = [gate("g", "c = k0", "p", "l1")]
    assert len(found("dead_option", node("p", question("c", "choice", 3), percent("n"), gates=gates))) == 1


def test_ticks_that_nothing_reads_are_named_together():
    table = {"cases": [{"when": "has(m, k0)", "is": "good"}], "otherwise": "bad", "values": {"good": 100, "bad": 0}}
    (told,) = found("dead_option", node("p", question("m", "multi", 4), aggregate={"rules": table}))
    assert told == "ticking 'k1', 'k2', 'k3' of 'm' changes nothing"


def overlapping(*cases):
    values = {"a": 100, "b": 60, "c": 30, "d": 0}
    rows = [{"when": when, "is": name} for when, name in zip(cases, values, strict=False)]
    rules = {"cases": rows, "otherwise": "d", "values": values}
    asked = [percent("n"), percent("m"), fact("water"), question("t", "multi", 3)]
    return found("overlap", node("p", *asked, aggregate={"rules": rules}))


@pytest.mark.parametrize(
    "cases",
    [
        ("water = yes", "n <= 2", "n <= 6"),
        ("water = yes and m > 3", "n > 5 and m < 9"),
        ("has(t, k0) and n > 3", "n > 9", "n > 1"),
    ],
)
def test_a_special_case_may_stand_first(cases):
    assert overlapping(*cases) == []


@pytest.mark.parametrize(
    "cases",
    [
        ("has(t, k0)", "has(t, k1)"),
        ("n > 5", "n < 7 and m > 3"),
        ("n > 5 and m > 5", "n < 9 and m < 9"),
    ],
)
def test_rows_that_read_the_same_and_overlap_are_said(cases):
    assert len(overlapping(*cases)) == 1


def test_a_node_that_weighs_nothing_may_be_there_to_be_read():
    def told(when, *more):
        facts = node("c", percent("n"), *more, weight=0)
        caps = [gate("g", when, "o", "l1")]
        return found("negligible_weight", facts, node("o", percent("r"), gates=caps))

    assert told("r < 3") == ["'c' weighs 0% of 'overall', less than a tenth of an equal share"]
    assert told("c < 30") == []
    assert told("n < 30") == []
    assert len(told("n < 30", percent("m"))) == 1
    assert told("c < 30", percent("m")) == []

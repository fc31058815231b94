"""From children to the value of a node: aggregation, weights, coverage, caps, key criteria and clashes."""

from itertools import pairwise

import pytest
from factories import (
    NA,
    ON,
    UNKNOWN,
    built,
    clash,
    fact,
    gate,
    level,
    node,
    percent,
    proved,
    question,
    said,
    sheet,
    tree,
    value,
)
from hypothesis import given
from hypothesis import strategies as st

from assess.formula import native_points, scale_of, target_value
from assess.scoring import score_organization


def of(aggregate, *values, weights=(), **more):
    """The node over percent questions with these values; None is unanswered."""
    weights = weights or [1] * len(values)
    asked = [percent(f"q{place}", weight=weight) for place, weight in enumerate(weights)]
    rubric = built(node("p", *asked, aggregate=aggregate, **more), policies={"min_coverage": 0})
    return tree(rubric, said("boss", **{f"q{place}": x for place, x in enumerate(values)})).node("p")


# --- aggregation ---


@pytest.mark.parametrize(
    ("aggregate", "values", "weights", "expected"),
    [
        ("arithmetic", (20, 60), (), 40),
        ("arithmetic", (20, 60), (3, 1), 30),
        ("arithmetic", (20, 60), (1, 0), 20),  # a fact has no part in it
        ("geometric", (0, 0), (), 0),  # the floor is taken off again
        ("geometric", (100, 100), (), 100),
        ("geometric", (100, 0), (), 9.090909),  # sqrt(100 x 1) = 10; (10 - 1) / .99
        ({"geometric": {"floor": 10}}, (100, 0), (), 24.025307),  # (sqrt(1000) - 10) / .9
        ({"geometric": {"floor": 0}}, (80, 20), (), 40),
        ({"geometric": {"floor": 0}}, (16, 81), (3, 1), 24),  # 16^.75 x 81^.25 = 8 x 3
        ({"geometric": {"floor": 0}}, (100, 0), (), 0),
        ({"geometric": {"floor": "coinr"}}, (100, 0), (), 10),
        ("harmonic", (100, 0), (), 0.990099),  # 2 / (1/100 + 1/1) = 1.980198; (1.980198 - 1) / .99
        ({"harmonic": {"floor": 0}}, (20, 80), (), 32),
        ({"power": {"p": 2}}, (60, 80), (), 70.710678),  # sqrt((3600 + 6400) / 2)
        ({"power": {"p": 1}}, (20, 60), (), 40),
        ({"power": {"p": 0.5}}, (100, 0), (), 25),
        ({"power": {"p": -1, "floor": 0}}, (20, 80), (), 32),
        ("min", (20, 60, 90), (), 20),
        ("max", (20, 60, 90), (), 90),
        ("median", (20, 90, 60), (), 60),
        ("median", (20, 90, 60, 70), (), 65),
        ("product", (50, 80), (), 40),
        ("sum", (20, 60), (), 40),
        ({"tally": {"reach": "> 50"}}, (50, 51), (), 50),
        ({"tally": {"reach": ">= 50"}}, (50, 20), (3, 1), 75),
        # A threshold reads the same without its blank: no digit is taken for part of the sign.
        ({"tally": {"reach": ">50"}}, (50, 20, 51, 80), (), 50),
        ({"tally": {"reach": ">=50"}}, (50, 49.9, 51, 80), (), 75),
        ({"tally": {"reach": ">7.5"}}, (7.5, 7, 8, 6), (), 25),
        ({"tally": {"reach": ">100"}}, (100, 60), (), 0),
    ],
)
def test_aggregates(aggregate, values, weights, expected):
    assert of(aggregate, *values, weights=weights).value == pytest.approx(expected, abs=1e-6)


NUMBERS = st.lists(st.floats(0, 100), min_size=1, max_size=6)


@pytest.mark.slow
@given(NUMBERS, st.data())
def test_power_means_rise_with_p_from_the_lowest_to_the_highest_value(values, data):
    powers = [-300, -2, -1, -1e-7, 1e-7, 0.5, 1, 3, 300]
    weights = data.draw(st.lists(st.floats(0.1, 10), min_size=len(values), max_size=len(values)))
    means = [of({"power": {"p": p, "floor": 1}}, *values, weights=weights).value for p in powers]
    bounds = [min(values), *means, max(values)]
    assert all(a <= b + 1e-6 for a, b in pairwise(bounds))


@pytest.mark.slow
@given(NUMBERS)
def test_a_tiny_p_is_the_geometric_mean_and_one_the_arithmetic(values):
    assert of({"power": {"p": 1e-12, "floor": 1}}, *values).value == pytest.approx(of("geometric", *values).value)
    assert of({"power": {"p": 1}}, *values).value == pytest.approx(of("arithmetic", *values).value)
    assert of({"power": {"p": -1, "floor": 1}}, *values).value == pytest.approx(of("harmonic", *values).value)


@given(st.floats(0, 100), st.sampled_from(["geometric", "harmonic", "arithmetic", "min", "median"]))
def test_equal_children_give_their_own_value(number, aggregate):
    assert of(aggregate, number, number, number).value == pytest.approx(number, abs=1e-9)


def test_a_sum_adds_the_points_of_its_children():
    parts = [
        node("a", percent("x"), scale={"min": 0, "max": 4}),
        node("b", percent("y"), scale={"min": 1, "max": 3}, weight=2),
    ]
    rubric = built(node("p", *parts, question("z", "yesno"), aggregate="sum"))
    found = tree(rubric, said("boss", x=50, y=100, z="yes")).node("p")
    scale = scale_of(rubric, "p")
    assert (scale.min, scale.max) == (2, 11)  # 0 + 2 x 1 + 0; 4 + 2 x 3 + 1
    assert native_points(rubric, "p", found.value) == pytest.approx(9)  # 2 + 2 x 3 + 1


def test_points_of_a_question_run_upwards_in_a_straight_line_or_on_0_to_100():
    posts = {"a": (0, 18, False), "b": (30, 10, False), "c": (100, 75_000, True)}
    asked = [
        question(name, "number", goalposts={"worst": worst, "best": best, "log": log})
        for name, (worst, best, log) in posts.items()
    ]
    rubric = built(node("p", *asked))
    assert [(scale_of(rubric, name).min, scale_of(rubric, name).max) for name in posts] == [(0, 18), (0, 100), (0, 100)]


RANKED = built(
    node("p", *(percent(name) for name in "abc"), weights={"rank": ["b", "a", "c"]}),
    node("o", *(node(f"c{name}", percent(f"q{name}")) for name in "ab"), weights={"points": {"ca": 80, "cb": 20}}),
    weights={"points": {"p": 25, "o": 75}},
)


def test_weights_by_rank_and_by_points():
    people = said("boss", a=100, b=0, c=0, qa=100, qb=0)
    assert value(RANKED, people, at="p") == pytest.approx(100 * (1 / 2 + 1 / 3) / 3)
    assert value(RANKED, people, at="o") == pytest.approx(80)
    assert value(RANKED, people) == pytest.approx(25 * (1 / 2 + 1 / 3) / 3 + 60)


# --- what is not there ---


@pytest.mark.parametrize(
    ("aggregate", "expected"),
    [
        ("arithmetic", (30, 20, 53.333333)),
        ({"geometric": {"floor": 0}}, (24.494897, 0, 39.148676)),  # sqrt(20 x 30); cube roots
        ("min", (20, 0, 20)),
        ("max", (40, 40, 100)),
        ("median", (30, 20, 40)),
        ("product", (8, 0, 8)),
        ({"tally": {"reach": ">= 30"}}, (50, 33.333333, 66.666667)),
    ],
)
def test_open_answers_are_left_out_of_the_value_and_make_the_bounds(aggregate, expected):
    values = (20, 30, None) if "geometric" in aggregate else (20, 40, None)
    assert tuple(of(aggregate, *values).range) == pytest.approx(expected, abs=1e-5)


def test_what_does_not_apply_leaves_the_weights_of_the_others():
    assert of("arithmetic", 20, 60, NA, weights=(1, 1, 5)).range == (40, 40, 40)
    assert of({"tally": {"reach": ">= 50"}}, 20, 60, NA).range == (50, 50, 50)


@pytest.mark.parametrize(
    "aggregate",
    [
        "arithmetic",
        "min",
        "product",
        {"tally": {"reach": ">= 50"}},
        {
            "rules": {
                "cases": [{"when": "q0 < 50", "is": "bad"}],
                "otherwise": "good",
                "values": {"bad": 0, "good": 100},
            }
        },
    ],
)
def test_where_nothing_applies_the_node_does_not_either(aggregate):
    found = of(aggregate, NA, NA)
    assert (found.range, found.coverage, found.category) == ((None, None, None), 1, None)


def test_a_stage_without_anything_that_applies_is_not_reached_for_nothing():
    asked = [percent("a", stage=1), percent("b", stage=2)]
    rubric = built(node("p", *asked, aggregate={"cumulative": {"reach": ">= 50"}}), node("o", percent("r")))
    assert tree(rubric, said("boss", a=NA, b=NA, r=10)).node("p").range == (None, None, None)
    assert value(rubric, said("boss", a=NA, b=NA, r=10)) == 10


@pytest.mark.parametrize(("answered", "scored"), [(1, False), (2, True), (3, True)])
def test_a_node_needs_answers_for_two_thirds_of_its_weight(answered, scored):
    rubric = built(node("p", *(percent(f"q{place}") for place in range(3))), node("o", percent("r")))
    found = tree(rubric, said("boss", r=90, **{f"q{place}": 30 for place in range(answered)}))
    assert found.node("p").coverage == pytest.approx(answered / 3)
    assert found.node("p").value == (30 if scored else None)
    # Its parent treats it as missing, and its answers still count for coverage.
    assert found.node("overall").coverage == pytest.approx((answered / 3 + 1) / 2)
    # Left out, p would give 90; but however the rest is answered it cannot come above (230/3 + 90) / 2.
    assert found.node("overall").value == pytest.approx(60 if scored else 250 / 3)
    assert found.node("overall").low == pytest.approx((10 * answered + 90) / 2)


def test_coverage_is_by_weight_over_the_leaves_that_apply():
    rubric = built(
        node("p", node("a", percent("x", weight=3), percent("y")), node("b", percent("z"), weight=2), percent("w"))
    )
    assert tree(rubric, said("boss", x=50)).node("p").coverage == pytest.approx(0.75 / 4)
    assert tree(rubric, said("boss", x=50, z=NA)).node("p").coverage == pytest.approx(0.75 / 2)
    assert tree(rubric, said("boss", x=50, z=NA, w=NA, y=UNKNOWN)).node("p").coverage == pytest.approx(0.75)


@pytest.mark.parametrize(("answers", "found"), [({"q": "k2"}, (50, 1)), ({}, (None, 0))])
def test_where_no_answer_is_required_one_is_enough_and_none_is_not(answers, found):
    rubric = built(node("p", level("q", required=False), level("s", required=False)), node("o", percent("r")))
    told = tree(rubric, said("boss", r=40, **answers))
    assert (told.node("p").value, told.node("p").coverage) == found
    assert told.node("overall").coverage == 1


# --- caps ---


def caps(rubric, *people, at="p", **how):
    found = tree(rubric, *people, **how).node(at)
    return found.value, [(cap.id, cap.at, cap.holds, cap.binds) for cap in found.caps]


def test_the_lowest_cap_that_holds_wins_and_the_others_are_told():
    gates = [gate("g1", "f = no", "p", "l2"), gate("g2", "f = no", "p", 30), gate("g3", "f = yes", "p", "l0")]
    rubric = built(node("p", percent("q"), fact("f"), gates=gates))
    assert caps(rubric, said("boss", q=90, f="no")) == (
        30,
        [("g1", 50, True, False), ("g2", 30, True, True), ("g3", 0, False, False)],
    )
    assert caps(rubric, said("boss", q=20, f="no"))[1][1] == ("g2", 30, True, False)  # holds, and holds nothing down


@pytest.mark.parametrize("at", [0, 25, 37.5, 100])
def test_a_cap_at_the_very_value_of_its_node_holds_nothing_down(at):
    rubric = built(node("p", percent("q"), fact("f"), gates=[gate("g", "f = no", "p", at)]))
    assert caps(rubric, said("boss", q=at, f="no")) == (at, [("g", at, True, False)])


def test_of_equal_caps_the_first_by_id_binds():
    gates = [gate("gb", "f = no", "p", "l1"), gate("ga", "f = no", "p", "l1")]
    rubric = built(node("p", percent("q"), fact("f"), gates=gates))
    assert [cap for cap, *_, binds in caps(rubric, said("boss", q=90, f="no"))[1] if binds] == ["ga"]


def test_a_cap_is_in_points_of_the_node_it_holds_down():
    rubric = built(
        node("p", percent("q"), fact("f"), scale={"min": 1, "max": 5}, gates=[gate("g", "f = no", "p", 2)]),
    )
    assert value(rubric, said("boss", q=90, f="no"), at="p") == 25


def test_an_unanswered_gate_holds_only_in_the_lower_bound():
    rubric = built(node("p", percent("q"), fact("f"), gates=[gate("g", "f = no", "p", "l1")]))
    assert tree(rubric, said("boss", q=90)).node("p").range == (90, 25, 90)
    assert caps(rubric, said("boss", q=90))[1] == [("g", 25, False, False)]


def test_a_gate_holds_as_soon_as_no_answer_can_lift_it():
    parts = node("c", *(percent(f"q{place}") for place in range(5)))
    rubric = built(node("p", parts), node("o", percent("r"), gates=[gate("g", "c < 50", "o", "l1")]))
    found = tree(rubric, said("boss", r=90, q0=0, q1=0, q2=0))
    assert found.node("c").value is None
    assert (found.node("c").high, found.node("o").value) == (40, 25)


@pytest.mark.parametrize(("answered", "expected"), [(20, (25, 25, 90)), (80, (90, 25, 90)), (None, (90, 25, 90))])
def test_a_gate_reads_the_value_a_node_has_today_and_in_the_bounds_what_it_may_become(answered, expected):
    parts = node("c", *(percent(f"q{place}") for place in range(3)))
    policies = {"min_coverage": 1 / 3}
    rubric = built(node("p", parts), node("o", percent("r"), gates=[gate("g", "c < 50", "o", "l1")]), policies=policies)
    assert tree(rubric, said("boss", r=90, q0=answered)).node("o").range == expected


@pytest.mark.parametrize("condition", ["not answered(f)", "state(f) = missing", "evidence(q) < documented"])
def test_what_a_later_answer_lifts_does_not_hold_down_the_upper_bound(condition):
    rubric = built(node("p", percent("a"), level("q"), fact("f"), gates=[gate("g", condition, "p", "l1")]))
    found = tree(rubric, said("boss", a=100)).node("p")
    assert found.high == 100
    assert found.low == 25
    assert value(rubric, said("boss", a=100, f="yes", q=proved("k4", ("record", ON))), at="p") == 100


def test_gates_of_the_evidenced_tree_read_evidenced_values():
    rubric = built(
        node("p", node("c", level("q")), node("d", percent("r"), gates=[gate("g", "q < k3", "d", "l1")])),
        policies={"evidence": {"stated": 50}},
    )
    people = said("boss", q="k4", r=90)
    assert value(rubric, people, at="d") == 25
    assert value(rubric, people, at="d", claimed=True) == 90


ALWAYS = {"allow": ["unknown"]}
KEYED = [node("k", percent("x", **ALWAYS), key=True), node("o", percent("y"))]


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        (0, 100, (25, 25, 25)),  # one point of 0..4 above the key criterion
        (60, 100, (80, 80, 80)),  # .6 + .25 is above the mean
        (None, 100, (100, 25, 100)),  # missing: from 0 in the lower bound only
        (0, None, (0, 0, 25)),
    ],
)
@pytest.mark.parametrize("ends", [{"min": 0, "max": 4}, {"min": 1, "max": 5}, {"min": -2, "max": 2}])
def test_a_key_criterion_caps_its_node_at_its_own_value_and_one_point(x, y, expected, ends):
    rubric = built(node("p", *KEYED), scale=ends, policies={"min_coverage": 0})
    assert tree(rubric, said("boss", x=x, y=y)).node("p").range == expected


def test_a_key_criterion_caps_with_its_capped_value():
    keyed = node("k", percent("x", **ALWAYS), fact("f"), key=True, gates=[gate("g", "f = no", "k", "l0")])
    rubric = built(node("p", keyed, node("o", percent("y"))), policies={"key_headroom": 30})
    assert caps(rubric, said("boss", x=100, y=100, f="no")) == (30, [("k", 30, True, True)])


def test_levels_are_worth_their_threshold():
    own = [{"key": "low", "title": "Low", "at": 0}, {"key": "high", "title": "High", "at": 80}]
    rubric = built(node("p", percent("q")), node("o", percent("r"), levels=own))
    assert [target_value(rubric, "p", "l3"), target_value(rubric, "o", "high")] == [75, 80]


# --- clashes ---


def test_a_clash_reads_what_roles_claim_and_caps_by_its_practice_half():
    policies = {"evidence": {"stated": 50}}
    rubric = built(node("p", level("q"), percent("r"), clashes=[clash("p", "l1")]), policies=policies)
    (found,) = rubric.principles[0].clashes

    def both(*people):
        return score_organization(rubric, sheet(*people)).halves(found)

    torn = (said("boss", q="k4", r=90), said("team", q="k1"))
    assert both(*torn) == (True, True)
    assert value(rubric, *torn, at="p") == 25
    assert both(said("boss", q="k4"), said("team", q="k2")) == (True, False)
    assert both(said("boss", q="k1"), said("team")) == (False, None)
    # The claim half only decides what is printed.
    assert value(rubric, said("boss", q="k0", r=90), said("team", q="k0"), at="p") == 25


# --- first match ---

TABLE = {
    "rules": {
        "cases": [{"when": "a < 30", "is": "bad"}, {"when": "a < 60 or b < 60", "is": "fair"}],
        "otherwise": "good",
        "values": {"bad": 0, "fair": 50, "good": 100},
    }
}


@pytest.mark.parametrize(
    ("a", "b", "category", "bounds"),
    [
        (10, 90, "bad", (0, 0)),
        (40, 90, "fair", (50, 50)),
        (90, 90, "good", (100, 100)),
        (90, None, None, (50, 100)),
        (40, None, "fair", (50, 50)),  # whatever b is
        (None, 10, None, (0, 50)),
        (None, None, None, (0, 100)),
    ],
)
def test_the_first_rule_that_holds_decides_and_an_open_one_leaves_it_open(a, b, category, bounds):
    rubric = built(node("p", percent("a"), percent("b"), aggregate=TABLE), policies={"min_coverage": 0})
    found = tree(rubric, said("boss", a=a, b=b)).node("p")
    assert found.category == category
    assert (found.low, found.high) == bounds
    assert found.value == (None if category is None else bounds[0])

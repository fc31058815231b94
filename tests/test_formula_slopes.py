"""What a point of a node is worth at the root: gradients against finite differences, and effective weights."""

import pytest
from factories import AGGREGATES, NA, built, card, fact, gate, level, node, percent, question, said, value
from hypothesis import given, settings
from hypothesis import strategies as st

SMOOTH = [how for how in AGGREGATES if "tally" not in how]
STEP = 1e-4


def figure(how, *numbers, **more):
    rubric = built(*(node(f"p{i}", percent(f"q{i}"), **more) for i in range(len(numbers))), aggregate=how)
    return card(rubric, **{f"q{i}": x for i, x in enumerate(numbers)})


@st.composite
def trees(draw):
    """Two principles of up to three criteria with a percent question each, a key criterion and a cap; and answers."""
    principles, answers = [], {"f": draw(st.sampled_from(["yes", "no"]))}
    for p in range(2):
        criteria = []
        for c in range(draw(st.integers(1, 3))):
            answers[f"q{p}{c}"] = float(draw(st.integers(2, 97)))
            asked = percent(f"q{p}{c}", allow=["unknown"])
            criteria.append(node(f"c{p}{c}", asked, weight=draw(st.integers(1, 4)), key=c == 0 and draw(st.booleans())))
        how = draw(st.sampled_from(SMOOTH))
        principles.append(node(f"p{p}", *criteria, weight=draw(st.integers(1, 4)), aggregate=how))
    principles[1] |= {"gates": [gate("g", "f = no", "p1", "l2")], "questions": [fact("f")]}
    policies = {"key_headroom": draw(st.sampled_from([0, 13]))}
    return built(*principles, aggregate=draw(st.sampled_from(SMOOTH)), policies=policies), answers


@settings(deadline=None)
@given(trees())
def test_the_gradient_is_what_a_small_improvement_brings(drawn):
    rubric, answers = drawn
    scores, root = card(rubric, **answers).scores, value(rubric, said("boss", **answers))
    for name in (name for name in scores if name.startswith("c")):
        question_of = f"q{name[1:]}"
        more = value(rubric, said("boss", **{**answers, question_of: answers[question_of] + STEP}))
        assert scores[name].gradient == pytest.approx((more - root) / STEP, abs=2e-3), name


@pytest.mark.parametrize(
    ("how", "numbers", "expected"),
    [
        ("arithmetic", (20, 60), (0.5, 0.5)),
        ({"geometric": {"floor": 0}}, (20, 80), (1, 0.25)),  # w G / x = 40/2/20, 40/2/80
        ("min", (20, 60), (1, 0)),
        ("max", (20, 60), (0, 1)),
        ("min", (20, 20), (0, 0)),  # one alone lifts nothing
        ("max", (60, 60), (1, 1)),  # to the right of today
        ("median", (20, 60, 90), (0, 1, 0)),
        ("product", (50, 80), (0.8, 0.5)),
        ({"power": {"p": 2}}, (60, 80), (0.424264, 0.565685)),  # w x / M
        ({"power": {"p": 2}}, (0, 80), (0, 0.707107)),
        ({"power": {"p": 1}}, (0, 80), (0.5, 0.5)),
        ({"power": {"p": 2}}, (0, 0), (0.707107, 0.707107)),
        ({"power": {"p": 0.5}}, (0, 80), (None, 0.25)),  # infinitely steep at 0
        ({"power": {"p": 0.5}}, (0, 0), (0.25, 0.25)),  # where all are 0, w^(1/p)
        ({"geometric": {"floor": 0}}, (0, 80), (None, 0)),
        ({"geometric": {"floor": 0}}, (0, 0), (0, 0)),
        ({"harmonic": {"floor": 0}}, (0, 80), (2, 0)),  # 2 / (1/x + 1/80) is 2x near 0
        ({"tally": {"reach": ">= 50"}}, (20, 60), (0, 0)),
    ],
)
def test_gradients_by_hand(how, numbers, expected):
    scores = figure(how, *numbers).scores
    assert [scores[f"p{i}"].gradient for i in range(len(numbers))] == [
        x if x is None else pytest.approx(x, abs=1e-6) for x in expected
    ]


def test_the_gradient_of_the_floored_geometric_mean_is_w_g_over_y():
    scores = figure("geometric", 20, 80)
    y = [1 + 0.99 * x for x in (20, 80)]
    mean = (y[0] * y[1]) ** 0.5
    assert scores["p0"].gradient == pytest.approx(mean / 2 / y[0])
    assert scores["p1"].gradient == pytest.approx(mean / 2 / y[1])
    assert scores["overall"].gradient == 1


def test_under_a_cap_that_binds_nothing_helps():
    rubric = built(node("p", node("c", percent("q")), fact("f"), gates=[gate("g", "f = no", "p", "l1")]))
    assert card(rubric, q=90, f="no")["c"].gradient == 0
    assert card(rubric, q=90, f="yes")["c"].gradient == 1
    assert card(rubric, q=20, f="no")["c"].gradient == 1


def test_under_the_cap_of_a_key_criterion_only_the_key_helps():
    keyed = node("k", percent("x", allow=["unknown"]), key=True)
    rubric = built(node("p", keyed, node("o", percent("y"))), policies={"key_headroom": 10})
    scores = card(rubric, x=20, y=90)
    assert (scores["p"].value, scores["k"].gradient, scores["o"].gradient) == (30, 1, 0)


def test_what_has_no_value_has_no_gradient():
    rubric = built(node("p", percent("q")), node("o", percent("r")), policies={"min_coverage": 0})
    scores = card(rubric, q=40)
    assert (scores["p"].gradient, scores["o"].gradient) == (1, None)
    assert card(rubric, q=NA, r=30)["p"].gradient is None


def test_effective_weights_multiply_along_arithmetic_paths():
    rubric = built(
        node("p", node("a", level("q"), weight=3), node("b", level("r")), weight=2),
        node("o", node("c", level("s")), aggregate="geometric", weight=6),
    )
    scores = card(rubric, q="k1", r="k1", s="k1")
    expected = {"overall": 1, "p": 0.25, "a": 0.1875, "b": 0.0625, "o": 0.75, "c": None}
    assert {name: scores[name].effective_weight for name in expected} == pytest.approx(expected)
    # The share of the others when one does not apply.
    assert card(rubric, q=NA, r="k1", s="k1")["b"].effective_weight == pytest.approx(0.25)


def test_sums_have_effective_weights_by_their_points_and_counts_have_none():
    parts = [node("a", percent("x"), scale={"min": 0, "max": 1}), node("b", percent("y"), scale={"min": 0, "max": 3})]
    assert card(built(node("p", *parts, aggregate="sum")), x=10, y=10)["b"].effective_weight == pytest.approx(0.75)
    counted = card(built(node("p", *parts, aggregate={"tally": {"reach": ">= 50"}})), x=10, y=90)["b"]
    assert (counted.effective_weight, counted.gradient) == (None, 0)
    staged = node("p", question("q", "yesno", stage=1), aggregate={"cumulative": {"reach": ">= 50"}})
    assert card(built(staged), q="yes")["p"].effective_weight == 1

"""Ratios, differences, sums with an offset, a floor and a ceiling, and questions that several nodes read."""

import pytest
from factories import NA, PAIRED, UNKNOWN, built, card, node, percent, question, said, sheet, tree, written
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.documents import SourceMap
from assess.explain import explain
from assess.model.rubric import Rubric
from assess.scoring import score_organization
from assess.validate import validate

STEP = 1e-4
HELD = [{"sum": {"offset": -40, "floor": -10}}, {"sum": {"offset": 5, "ceiling": 120}}, {"sum": {"floor": 30}}]
KINDS = [*PAIRED, *HELD]
SCALE = {"scale": {"min": 0, "max": 4}}


def compared(how, weight=1, *, turned=False, **more):
    """A node over two criteria of two percent questions each."""
    parts = [
        node("a", percent("a1"), percent("a2"), scale={"min": 0, "max": 50}, weight=weight),
        node("b", percent("b1"), percent("b2"), scale={"min": 10, "max": 60}, weight=2 * weight),
    ]
    kept = SCALE if "ratio" in how else {}
    return built(node("p", *(parts[::-1] if turned else parts), aggregate=how, **kept, **more))


NUMBERS = st.floats(0, 100).map(lambda x: round(x, 3))
ANSWERS = st.fixed_dictionaries(dict.fromkeys(("a1", "a2", "b1", "b2"), NUMBERS))


@pytest.mark.parametrize("how", KINDS, ids=str)
@settings(deadline=None)
@given(answers=ANSWERS, known=st.sets(st.sampled_from(["a1", "a2", "b1", "b2"])))
def test_whatever_is_still_open_lies_between_the_bounds(how, answers, known):
    rubric = compared(how)
    some = {name: answers[name] for name in known}
    before = tree(rubric, said("boss", **some)).node("p") if some else tree(rubric).node("p")
    after = tree(rubric, said("boss", **answers)).node("p")
    assert before.low - 1e-9 <= after.value <= before.high + 1e-9
    assert after.low == pytest.approx(after.value) == pytest.approx(after.high)
    if before.value is not None:
        assert before.low - 1e-9 <= before.value <= before.high + 1e-9


@pytest.mark.parametrize("how", KINDS, ids=str)
@settings(deadline=None)
@given(answers=ANSWERS, weight=st.sampled_from([0.5, 3, 7]))
def test_order_changes_nothing_and_a_pair_knows_no_weights(how, answers, weight):
    plain = tree(compared(how), said("boss", **answers)).node("p").value
    assert tree(compared(how, turned=True), said("boss", **answers)).node("p").value == pytest.approx(plain, abs=1e-9)
    if "sum" not in how:
        assert tree(compared(how, weight), said("boss", **answers)).node("p").value == pytest.approx(plain, abs=1e-9)


@pytest.mark.parametrize("how", KINDS, ids=str)
@settings(deadline=None)
@given(answers=st.fixed_dictionaries(dict.fromkeys(("a1", "a2", "b1", "b2"), st.integers(5, 95).map(float))))
def test_the_gradient_of_a_part_is_what_a_small_improvement_of_it_brings(how, answers):
    rubric = compared(how)
    scores = card(rubric, **answers).scores
    for part in ("a", "b"):
        more = {name: answers[name] + STEP * name.startswith(part) for name in answers}
        risen = card(rubric, **more).scores["p"].uncapped
        slope = (risen - scores["p"].uncapped) / STEP
        assert scores[part].gradient == pytest.approx(slope, abs=2e-3)


def test_the_gradient_of_a_part_follows_its_own_span():
    ends = {"a": {"min": 0, "max": 50}, "b": {"min": 0, "max": 20}}
    parts = [node(name, percent(f"{name}1"), scale=scale) for name, scale in ends.items()]
    found = card(built(node("p", *parts, aggregate={"difference": {"of": "a", "less": "b"}})), a1=40, b1=60).scores
    assert found["p"].scale == (-20, 50)
    assert [found[name].gradient for name in "ab"] == pytest.approx([50 / 70, -20 / 70])
    found = card(built(node("p", *parts, aggregate={"difference": {"of": "a", "less": "b"}})), a1=100, b1=0).scores
    assert [found[name].gradient for name in "ab"] == pytest.approx([0, -20 / 70])  # the most there is rises no more


@pytest.mark.parametrize("how", KINDS, ids=str)
@pytest.mark.parametrize("answers", [(40, 60, 20, 80), (100, 90, 0, 0), (0, 10, 100, 100), (55, 5, 70, 30)])
def test_the_steps_that_are_printed_lead_to_the_score(how, answers):
    given = dict(zip(("a1", "a2", "b1", "b2"), answers, strict=True))
    found = score_organization(compared(how), sheet(said("boss", **given)))
    value = found.scorecard["p"].uncapped
    text = explain(found, "p")
    lines = [line.strip() for line in text.splitlines()]
    last = next(line for line in reversed(lines) if line.startswith("100 times") or "the end of the scale" in line)
    assert last.rstrip(".").split()[-1].startswith(f"{value:.6f}"[:8]), text
    assert found.scorecard["p"].because.split(" of ")[0] in ("Ratio", "Difference", "Sum")


# --- by hand: a is on 0 to 50, b on 10 to 60 ---


@pytest.mark.parametrize(
    ("how", "a", "b", "points"),
    [
        ({"ratio": {"of": "a", "by": "b"}}, 80, 20, 2),  # 40 / 20
        ({"ratio": {"of": "a", "by": "b"}}, 100, 0, 4),  # 50 / 10 is beyond 4
        ({"ratio": {"of": 30, "by": "b"}}, None, 20, 1.5),
        ({"difference": {"of": "a", "less": "b"}}, 80, 20, 20),
        ({"difference": {"of": "b", "less": "a"}}, 0, 100, 60),
        ({"difference": {"of": 100, "less": "b"}}, None, 50, 65),
    ],
)
def test_two_parts_are_compared_in_their_points(how, a, b, points):
    kept = SCALE if "ratio" in how else {}
    parts = [node("a", percent("a1"), scale={"min": 0, "max": 50})] if a is not None else []
    parts.append(node("b", percent("b1"), scale={"min": 10, "max": 60}))
    rubric = built(node("p", *parts, aggregate=how, **kept))
    assert card(rubric, a1=a, b1=b)["p"].points == pytest.approx(points)


def test_a_difference_runs_from_the_least_to_the_most_it_can_be():
    found = card(compared({"difference": {"of": "a", "less": "b"}}), a1=0, a2=0, b1=100, b2=100)["p"]
    assert (found.scale, found.points) == ((-60, 40), -60)


@pytest.mark.parametrize(("zero", "points", "low", "high"), [({}, None, 0, 100), ({"zero": 3}, 3, 75, 75)])
def test_a_division_by_0_is_worth_what_the_rubric_says_or_nothing(zero, points, low, high):
    how = {"ratio": {"of": "a", "by": "b", **zero}}
    found = card(built(node("p", percent("a"), percent("b"), aggregate=how, **SCALE)), a=50, b=0)["p"]
    assert (found.points, found.low, found.high) == (points, low, high)
    assert found.coverage == 1
    assert zero or found.because.startswith("It would be divided by 0")


def test_what_does_not_apply_is_compared_with_nothing():
    found = card(compared({"difference": {"of": "a", "less": "b"}}), a1=NA, a2=NA, b1=40, b2=40)["p"]
    assert (found.value, found.low, found.high) == (None, None, None)


@pytest.mark.parametrize(
    ("how", "answers", "points", "scale"),
    [
        ({"sum": {"offset": 110, "floor": 0}}, (0, 0), 110, (110, 310)),
        ({"sum": {"offset": -110, "floor": 0}}, (30, 40), 0, (0, 90)),
        ({"sum": {"offset": -110, "floor": 0}}, (80, 40), 10, (0, 90)),
        ({"sum": {"ceiling": 120}}, (80, 90), 120, (0, 120)),
        ({"sum": {"ceiling": 120}}, (50, 20), 70, (0, 120)),
        ({"sum": {"offset": 20, "floor": 50, "ceiling": 100}}, (10, 10), 50, (50, 100)),
        ({"sum": {"offset": 20, "floor": 50, "ceiling": 100}}, (UNKNOWN, 60), 80, (50, 100)),
    ],
)
def test_a_sum_starts_somewhere_and_is_held_between_its_ends(how, answers, points, scale):
    found = card(
        built(node("p", percent("a"), percent("b"), aggregate=how), policies={"min_coverage": 0.5}),
        **dict(zip("ab", answers, strict=True)),
    )["p"]
    assert (found.points, found.scale) == (pytest.approx(points), pytest.approx(scale))


@pytest.mark.parametrize(
    ("a", "b", "moves"), [(60, 59, True), (60, 60, False), (60, 61, False), (20, 10, True), (9, 20, False)]
)
def test_a_sum_rises_from_its_floor_on_and_no_more_at_its_ceiling(a, b, moves):
    parts = [node(name, percent(f"{name}1")) for name in "ab"]
    found = card(built(node("p", *parts, aggregate={"sum": {"floor": 30, "ceiling": 120}})), a1=a, b1=b).scores
    assert [found[name].gradient > 0 for name in "ab"] == [moves, moves]


# --- reads ---


def twice(**more):
    """A question that stands in one node and counts in two."""
    reader = {**node("c"), "reads": [{"question": "q", "weight": 3}, {"question": "r"}], **more}
    return built(node("home", percent("q"), percent("s")), node("o", percent("r"), reader))


def test_a_question_counts_in_every_node_that_reads_it_with_its_own_weight():
    found = card(twice(), q=100, r=0, s=0)
    assert (found["home"].value, found["c"].value, found["o"].value) == (50, 75, 37.5)
    assert found.items["q"].share == 0.5
    assert found.items["q"].node == "home"


def test_an_open_question_is_open_wherever_it_is_read_and_missing_once():
    found = score_organization(twice(), sheet(said("boss", r=40, s=40)))
    assert found.scorecard["home"].coverage == 0.5
    assert found.scorecard["c"].coverage == 0.25
    assert (found.scorecard["c"].low, found.scorecard["c"].high) == (10, 85)
    assert found.certainties["overall"].scored == 3
    assert [found.certainties[name].scored for name in ("home", "c", "o")] == [2, 2, 2]


@settings(deadline=None)
@given(q=st.integers(1, 98), r=st.integers(1, 98), s=st.integers(1, 98))
def test_the_gradient_of_a_question_adds_up_all_nodes_that_read_it(q, r, s):
    before = score_organization(twice(), sheet(said("boss", q=q, r=r, s=s)))
    after = card(twice(), q=float(q) + STEP, r=r, s=s)["overall"].value
    slope = (after - before.scorecard["overall"].value) / STEP
    assert slope == pytest.approx(0.5 * 0.5 + 0.5 * 0.5 * 0.75, abs=1e-6)


@pytest.mark.parametrize(
    ("reads", "says"),
    [
        ([{"question": "nobody"}], "there is no question 'nobody'"),
        ([{"question": "q"}, {"question": "q"}], "'q' counts in 'c' already"),
        ([{"question": "f"}], "'f' has no score that could count here"),
    ],
)
def test_what_cannot_be_read_is_told(reads, says):
    facts = [question("f", "yesno", weight=0)]
    data = {"id": "r", "title": "R", "version": "1", "principles": [node("h", percent("q"), *facts)]}
    data["principles"].append({**node("c", percent("r")), "reads": reads})
    found = [problem.message for problem in validate(Rubric.model_validate(data), SourceMap())]
    assert any(message.startswith(says) for message in found), found


PAIR = """
principles:
  - id: p
    title: P
    aggregate: {HOW}
    questions:
      - {id: a, type: number, text: A?, goposts}
      - {id: b, type: number, text: B?, goposts}
      - {id: c, type: yesno, text: C?, WEIGHT}
"""


@pytest.mark.parametrize(
    ("how", "posts", "says"),
    [
        ("ratio: {of: a, by: b}", "{worst: 0, best: 9}", "a ratio compares two parts, and 'c' is another one"),
        ("ratio: {of: a, by: a}", "{worst: 0, best: 9}", "'a' cannot be compared with itself"),
        ("ratio: {of: a, by: x}", "{worst: 0, best: 9}", "'x' is not a scored child of 'p'"),
        ("ratio: {of: a, by: b}", "{worst: -1, best: 9}", "'b' can be negative"),
        ("difference: {of: a}", "{worst: 0, best: 9}", "difference needs `less`"),
        ("sum: {floor: 5, ceiling: 5}", "{worst: 0, best: 9}", "the floor of the sum does not lie below its ceiling"),
        ("sum: {floor: 500}", "{worst: 0, best: 9}", "whatever its parts bring, the sum is 500"),
        ("sum: {floor: coinr}", "{worst: 0, best: 9}", "the floor of a sum is a number of points"),
        ("geometric: {floor: 100}", "{worst: 0, best: 9}", "the floor of a geometric mean lies from 0 up to below 100"),
    ],
)
def test_settings_that_do_not_fit_are_told(how, posts, says):
    text = PAIR.replace("HOW", how).replace("goposts", f"goalposts: {posts}").replace("WEIGHT", "weight: 1")
    found = [problem.message for problem in validate(written(text, sound=False), SourceMap())]
    assert any(message.startswith(says) for message in found), found

"""Sums and tallies count what applies; a level that nothing open can move stands; optional questions may stay open."""

from itertools import product
from pathlib import Path

import pytest
from factories import NA, UNKNOWN, built, card, fact, gate, level, node, percent, question, said, tree
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import assess
from assess.documents import SourceMap
from assess.export import score_json
from assess.validate import validate

FOREIGN = Path(__file__).parent / "foreign"
DOES_NOT_APPLY = {"na": True, "why": "It does not arise here."}
NOT_KNOWN = {"unknown": True}
RUBRICS = {}
NOISE = 1e-7


def foreign(name, **answers):
    if name not in RUBRICS:
        RUBRICS[name] = assess.load_rubric(FOREIGN / f"{name}.yaml")
    return assess.score(RUBRICS[name], answers)


def figures(score):
    low, high = score.scale
    return score.points, (low, high), score.value


# --- CISO Assistant, backend/core/tests/test_compliance_scoring of intuitem/ciso-assistant-community: A1 = 80, A2 = 60,
# B1 = 40, B2 = 100 with weight 3; sum 480, weighted mean 80; 180 and 60 where B2 does not apply; 84 without A2. ---


@pytest.mark.parametrize(
    ("answers", "points", "most", "value"),
    [
        ({"a1": 80, "a2": 60, "b1": 40, "b2": 100}, 480, 600, 80),
        ({"a1": 80, "a2": 60, "b1": 40, "b2": DOES_NOT_APPLY}, 180, 300, 60),
        ({"a1": 80, "a2": DOES_NOT_APPLY, "b1": 40, "b2": 100}, 420, 500, 84),
        ({"a1": 80, "a2": 60, "b1": DOES_NOT_APPLY, "b2": DOES_NOT_APPLY}, 140, 200, 70),
        ({"a1": DOES_NOT_APPLY, "a2": DOES_NOT_APPLY, "b1": 40, "b2": 100}, 340, 400, 85),
    ],
)
def test_a_sum_is_out_of_what_applies(answers, points, most, value):
    found = foreign("flat_points", **answers)["overall"]
    assert figures(found) == (pytest.approx(points), (0, most), pytest.approx(value))
    assert (found.earned, found.possible, found.applicable) == (pytest.approx(points), (0, most), (0, most))
    assert found.because.endswith(f"= {points} of {most} that apply = {value} of 100")


def test_what_is_open_is_left_out_of_the_value_and_in_the_bounds():
    found = foreign("flat_points", a1=80, a2=NOT_KNOWN, b1=40, b2=100)
    whole = found["overall"]
    assert whole.value == pytest.approx(84)
    assert (whole.earned, whole.possible, whole.applicable) == (pytest.approx(420), (0, 500), (0, 600))
    assert (whole.low, whole.high) == (pytest.approx(70), pytest.approx(100 * 520 / 600))
    assert whole.because == ("Sum of first 80, second 340 = 420 of 500 that are answered = 84 of 100 = 504 on 0 to 600")
    assert found["first"].because == "Sum of a1 80, a2 - = 80 of 100 that are answered = 80 of 100 = 160 on 0 to 200"


def test_a_declared_scale_maps_the_result_and_nothing_else():
    found = foreign("flat_points", a1=80, a2=60, b1=40, b2=100)
    assert figures(found["second"]) == (pytest.approx(8.5), (0, 10), pytest.approx(85))
    assert found["second"].because == "Sum of b1 40, b2 3 x 100 = 340 of 400 that apply = 85 of 100 = 8.5 on 0 to 10"
    assert found["overall"].because == "Sum of first 140, second 340 = 480 of 600 that apply = 80 of 100"


def test_a_tally_counts_among_those_that_apply():
    answers = {"d1": "yes", "d2": "no", "k1": "yes"} | {f"k{place}": DOES_NOT_APPLY for place in (2, 3, 4)}
    found = foreign("controls", **answers)
    assert figures(found["kept"]) == (1, (0, 1), 100)
    assert figures(found["overall"]) == (pytest.approx(2), (0, 3), pytest.approx(200 / 3))
    assert found["doors"].because == (
        "Count of those that reach the threshold of d1 1, d2 0 = 1 of 2 that apply = 50 of 100"
    )
    weighted = foreign("controls", d1="yes", d2="yes", k1="no", k2="yes", k3="yes", k4=NOT_KNOWN)["kept"]
    assert (weighted.earned, weighted.possible, weighted.applicable) == (pytest.approx(3), (0, 4), (0, 5))
    assert weighted.points == pytest.approx(3.75)
    assert (weighted.low, weighted.high) == (pytest.approx(60), pytest.approx(80))


def test_a_level_of_samm_that_does_not_apply_leaves_two():
    rubric = built(
        *(
            node(p, *(node(f"{p}{n}", percent(f"{p}{n}q"), scale={"min": 0, "max": 1}) for n in "123"), aggregate="sum")
            for p in ("build", "ship")
        ),
        scale={"min": 0, "max": 3},
    )
    answers = {"build1q": 50, "build2q": 25, "build3q": NA, "ship1q": 100, "ship2q": 100, "ship3q": 0}
    found = card(rubric, **answers)
    assert figures(found["build"]) == (pytest.approx(0.75), (0, 2), pytest.approx(37.5))
    assert figures(found["ship"]) == (pytest.approx(2), (0, 3), pytest.approx(200 / 3))
    # A mean of the two reads what they are worth: (37.5 + 66.67) / 2 of 100, on 0 to 3.
    assert found["overall"].points == pytest.approx(3 * (37.5 + 200 / 3) / 200)


def test_a_gap_of_expectations_comes_out_as_a_difference():
    found = foreign("service_gap", rooms_found=5.5, rooms_hoped=6.5, staff_found=4.2, staff_hoped=6.6)
    assert found["rooms"].points == pytest.approx(5.5 + 0.5)
    # 0.4 x (5.5 - 6.5) + 0.6 x (4.2 - 6.6)
    assert found["overall"].points == pytest.approx(-1.84)


def test_numbers_where_less_is_better_keep_their_span_in_a_sum():
    found = foreign("mixed_points", points=8, bonus="yes", faults=2, style_of="fair", late="little", tools=["rope"])
    assert figures(found["course"]) == (pytest.approx(8 + 1 + 0.5 * 8), (0, 16), pytest.approx(100 * 13 / 16))
    assert found["course"].because == "Sum of points 8, bonus 1, faults 0.5 x 8 = 13 of 16 that apply = 81.25 of 100"
    assert found["penalties"].because == "Sum of late -1.5, tools 2 = 0.5 on -5 to 3 that apply = 68.75 of 100"
    # 13 + (-2 + 2.5) + 2 x 0.5, on -2 + 2 x -5 to 16 + 3 + 2 x 3
    assert figures(found["overall"]) == (pytest.approx(14.5), (-12, 25), pytest.approx(100 * 26.5 / 37))


def test_points_in_conditions_and_caps_are_those_that_are_printed():
    parts = [percent("a"), percent("b"), percent("c", weight=2)]
    rubric = built(
        node("p", *parts, fact("f"), aggregate="sum", gates=[gate("g1", "f = no", "p", 120)]),
        node("o", percent("r"), gates=[gate("g2", "p < 150", "o", "l1")]),
    )
    free = card(rubric, a=90, b=70, c=NA, r=90, f="yes")
    assert figures(free["p"]) == (pytest.approx(160), (0, 200), pytest.approx(80))
    assert free["o"].value == 90  # 160 points are not below 150, though 80 of 100 are 320 of 400
    held = card(rubric, a=90, b=70, c=NA, r=90, f="no")
    assert held["p"].points == pytest.approx(120)
    assert held["o"].value == 25
    assert "capped at 120.0 by g1" in held["p"].because


@pytest.mark.parametrize("how", ["sum", {"tally": {"reach": ">= 50"}}])
def test_a_key_criterion_leaves_its_headroom_in_points_of_what_applies(how):
    parts = [node("k", percent("x", allow=["unknown"]), key=True), *(node(f"n{i}", percent(f"q{i}")) for i in range(3))]
    rubric = built(node("p", *parts, aggregate=how), policies={"key_headroom": 1})
    most = 400 if how == "sum" else 4
    assert card(rubric, x=0, q0=100, q1=100, q2=100)["p"].points == pytest.approx(1)
    found = card(rubric, x=0, q0=100, q1=NA, q2=NA)["p"]
    assert (found.points, found.scale[1]) == (pytest.approx(1), most / 2)


def test_sums_and_counts_say_what_they_add_up_in_json():
    scores = foreign("flat_points", a1=80, a2=NOT_KNOWN, b1=40, b2=100).scores
    told = score_json(scores["overall"])
    assert (told["earned"], told["possible"], told["applicable"]) == (pytest.approx(420), [0, 500], [0, 600])
    assert told["scale"] == [0, 600]
    assert "earned" not in score_json(foreign("hdi", life=61.6)["health"])


# --- properties ---

SCORES = (("low", -2), ("mid", 1), ("top", 5))
KINDS = [
    lambda name, more: level(name, 4, **more),
    lambda name, more: question(name, "yesno", **more),
    lambda name, more: question(
        name, "choice", [{"key": key, "label": key, "score": score} for key, score in SCORES], **more
    ),
    lambda name, more: question(name, "multi", 2, **more),
]
ANSWERS = {"level": ["k0", "k2", "k3"], "yesno": ["no", "yes"], "choice": ["low", "mid", "top"]}


@st.composite
def summed(draw):
    """A sum of sums, counts and means, two or three deep, and answers; some open, some not applicable."""
    seen, answers = [], {}

    def asked(name):
        kind = draw(st.sampled_from(KINDS))
        found = kind(name, {"weight": draw(st.sampled_from([0.5, 1, 3]))})
        offered = ANSWERS.get(found["type"], [("k0",), ("k0", "k1")])
        answers[name] = draw(st.sampled_from([*offered, *offered, NA, None]))
        seen.append((name, offered))
        return found

    def part(name, depth):
        how = draw(st.sampled_from(["sum", "sum", {"tally": {"reach": ">= 50"}}, "arithmetic"]))
        more = {"weight": draw(st.sampled_from([1, 2])), "aggregate": how}
        if how != "arithmetic" and draw(st.booleans()):
            more["scale"] = {"min": draw(st.sampled_from([0, -1])), "max": 7}
        if depth == 0:
            return node(name, *(asked(f"q{name}{i}") for i in range(draw(st.integers(1, 3)))), **more)
        return node(name, *(part(f"{name}{i}", depth - 1) for i in range(draw(st.integers(1, 2)))), **more)

    principles = [part(f"p{i}", draw(st.integers(0, 1))) for i in range(2)]
    missing = draw(st.sampled_from(["exclude", "zero"]))
    return built(*principles, aggregate="sum", policies={"min_coverage": 0, "missing": missing}), answers, seen


quick = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=80)


@pytest.mark.slow
@quick
@given(summed())
def test_points_over_possible_points_are_the_value_at_every_sum(drawn):
    rubric, answers, _ = drawn
    for score in card(rubric, **answers).scores.values():
        if score.earned is None:
            continue
        least, most = score.possible
        assert 100 * (score.earned - least) / (most - least) == pytest.approx(score.uncapped, abs=NOISE)
        assert score.applicable[1] - score.applicable[0] >= most - least - NOISE


@pytest.mark.slow
@quick
@given(summed())
def test_the_bounds_of_a_sum_are_the_least_and_the_most_open_answers_can_make(drawn):
    rubric, answers, seen = drawn
    open_ones = [(name, offered) for name, offered in seen if answers[name] is None][:3]
    answers = {
        name: answers[name] if answers[name] is not None or (name, offered) in open_ones else offered[0]
        for name, offered in seen
    }
    found = tree(rubric, said("boss", **answers)).nodes
    ends = [(offered[0], offered[-1]) if isinstance(offered[0], str) else ((), offered[-1]) for _, offered in open_ones]
    completed = [
        tree(rubric, said("boss", **answers | dict(zip([n for n, _ in open_ones], picked, strict=True)))).nodes
        for picked in product(*ends)
    ]
    for name, result in found.items():
        values = [nodes[name].value for nodes in completed]
        if result.low is None:
            assert values == [None] * len(values)
            continue
        assert result.low == pytest.approx(min(values), abs=NOISE), name
        assert result.high == pytest.approx(max(values), abs=NOISE), name
        assert result.value is None or result.low - NOISE <= result.value <= result.high + NOISE


@pytest.mark.slow
@quick
@given(st.lists(st.tuples(st.floats(2, 97), st.sampled_from([0.5, 1, 3])), min_size=2, max_size=5), st.data())
def test_the_gradient_of_nested_sums_is_what_a_small_improvement_brings(numbers, data):
    parts = [node(f"c{i}", percent(f"q{i}"), weight=weight) for i, (_, weight) in enumerate(numbers)]
    inner = node("inner", *parts[1:], aggregate="sum", weight=2, scale={"min": 0, "max": 9})
    rubric = built(node("p", parts[0], inner, aggregate="sum"), node("o", percent("r")), policies={"min_coverage": 0})
    answers = {f"q{i}": number for i, (number, _) in enumerate(numbers)} | {"r": 50.0}
    for name in data.draw(st.lists(st.sampled_from(sorted(answers)), max_size=1)):
        answers[name] = data.draw(st.sampled_from([None, NA]))
    before = card(rubric, **answers)
    for place in range(len(numbers)):
        name, old = f"q{place}", answers[f"q{place}"]
        if isinstance(old, float):
            after = card(rubric, **{**answers, name: old + 1e-4})
            rise = (after["overall"].value - before["overall"].value) / 1e-4
            assert before[f"c{place}"].gradient == pytest.approx(rise, abs=1e-3)
            assert before[f"c{place}"].effective_weight == pytest.approx(rise, abs=1e-3)


def test_a_sum_may_declare_a_scale_and_stages_may_not():
    rubric = assess.load_rubric(FOREIGN / "flat_points.yaml")
    assert [problem for problem in validate(rubric, SourceMap()) if problem.code == "scale"] == []


# --- levels that nothing open can change ---


@pytest.mark.parametrize(
    ("answers", "points"),
    [
        ({"r11": 40}, 0),  # PA 1.1 is only partly achieved: level 0 whatever else is rated
        ({"r11": 60, "r21": 90}, 1),  # largely is not enough to go on
        ({"r11": 100, "r21": 30}, 1),
        ({"r11": 100, "r21": 90, "r22": 60}, 2),
        ({"r11": 100}, None),
        ({"r21": 100, "r22": 100, "r31": 100}, None),  # coverage is there, and the first stage decides
        ({"r11": DOES_NOT_APPLY, "r21": 10}, 1),
    ],
)
def test_a_stage_that_is_decided_is_scored(answers, points):
    found = foreign("capability_open", **answers)
    if points is None and len(answers) == 1:
        assert found["process"].value is None
        assert found["overall"].value is None
    elif points is None:
        assert (found["process"].points, found["process"].low) == (0, 0)
    else:
        assert found["process"].points == points
        assert found["process"].low == found["process"].high == found["overall"].value
        assert "not scored" not in found["process"].because


@pytest.mark.parametrize(
    ("how", "answers", "value"),
    [
        ({"cumulative": {"reach": ">= 50"}}, {"a": 20}, 0),
        ({"cumulative": {"reach": ">= 50"}}, {"a": 80}, None),
        ({"tiers": {"must": ">= 50"}}, {"a": 80, "b": 10}, 100 / 3),
        ({"tiers": {"must": ">= 50"}}, {"b": 10}, None),
    ],
)
def test_every_kind_of_stage_is_scored_once_it_is_decided(how, answers, value):
    parts = [percent(name, stage=place) for place, name in enumerate("abc", 1)]
    rubric = built(node("p", *parts, aggregate=how), policies={"min_coverage": 1})
    assert card(rubric, **answers)["p"].value == (value if value is None else pytest.approx(value))


# --- required: false ---


def test_an_optional_question_that_is_open_leaves_the_score_standing():
    rubric = built(node("p", percent("a"), percent("b", required=False, weight=5)))
    found = card(rubric, a=40)
    assert [(found[name].value, found[name].coverage) for name in ("p", "overall")] == [(40, 1), (40, 1)]
    assert (found["p"].low, found["p"].high) == (pytest.approx(40 / 6), pytest.approx(540 / 6))
    assert card(rubric, a=40, b=100)["p"].value == pytest.approx(90)
    assert card(rubric, b=100)["p"].coverage == 0  # it stands in for nothing that has to be answered


@pytest.mark.parametrize("missing", ["exclude", "zero"])
def test_an_optional_part_nobody_answered_neither_blocks_nor_counts(missing):
    spare = node("o", node("c", percent("x", required=False)), node("d", percent("y", required=False)))
    rubric = built(node("p", percent("a")), spare, policies={"missing": missing})
    found = card(rubric, a=70)
    assert (found["overall"].value, found["overall"].coverage) == (70, 1)
    assert (found["o"].value, found["o"].coverage, found["o"].because) == (None, 0, "Not answered")
    assert card(rubric, a=70, x=30)["o"].value == 30
    assert card(rubric, a=70, x=30)["overall"].value == 50
    assert card(rubric, x=30, y=30)["overall"].coverage == 0


def test_an_optional_question_is_left_open_in_a_sum_and_a_count():
    asked = [percent("a"), percent("b", required=False)]
    for how, most in (("sum", 100), ({"tally": {"reach": ">= 50"}}, 1)):
        found = card(built(node("p", *asked, aggregate=how), policies={"missing": "zero"}), a=80)["p"]
        assert found.possible == (0, most)
        assert found.value == (80 if how == "sum" else 100)


def test_an_unknown_answer_to_an_optional_question_does_not_block_either():
    assert card(built(node("p", percent("a"), percent("b", required=False))), a=40, b=UNKNOWN)["p"].value == 40

"""Where more points are worse: figures as printed, levels, conditions, bounds and the plan read the right way round."""

import itertools
import re
from pathlib import Path

import pytest
from factories import NA, UNKNOWN, built, card, gate, level, node, percent, question, said, sheet, tree
from hypothesis import given, settings
from hypothesis import strategies as st

import assess
from assess import workflow
from assess.documents import SourceMap
from assess.explain import explain
from assess.model.policies import Policies
from assess.model.rubric import Rubric
from assess.scoring import score_organization
from assess.validate import validate

PHQ = assess.load_rubric(Path(__file__).parent / "foreign" / "phq9.yaml")
DAYS = ["never", "some", "half", "daily"]
SPREAD = {"min": 0, "max": 10}
WRITTEN = ["arithmetic", "geometric", {"geometric": {"floor": 0}}, "harmonic", {"power": {"p": 2}}]
WRITTEN += ["product", "sum", {"sum": {"offset": 10, "ceiling": 120}}, {"difference": {"of": "a", "less": "b"}}]
KINDS = [*WRITTEN, "min", "max", "median"]


def burden(total):
    """Answers to nine statements that come to a number of points."""
    steps = [min(max(total - 3 * place, 0), 3) for place in range(9)]
    return {f"p{place}": DAYS[step] for place, step in enumerate(steps, 1)}


@pytest.mark.parametrize("total", range(28))
def test_a_burden_is_printed_as_it_is_and_has_the_published_level(total):
    found = assess.score(PHQ, burden(total))["overall"]
    assert found.points == pytest.approx(total)
    cut = [name for name, least in zip(LEVELS, (0, 5, 10, 15, 20), strict=True) if total >= least]
    assert found.level == cut[-1]


LEVELS = ["minimal", "mild", "moderate", "rather_severe", "severe"]


def test_open_answers_lie_between_the_points_they_could_bring():
    some = {name: answer for name, answer in burden(20).items() if name != "p1"}
    found = assess.score(PHQ, some)["overall"]
    low, high = (27 - x * 27 / 100 for x in (found.low, found.high))
    assert sorted((low, high)) == pytest.approx([17, 20])


def roadmap(total):
    found = workflow.assess_sheet(PHQ, sheet(said("clinic", **burden(total))), ())
    return found, workflow.report(found)


@pytest.mark.parametrize("better", ["low", "high"])
@pytest.mark.parametrize("total", [0, 12, 27])
def test_no_sentence_runs_into_the_next(better, total):
    book = PHQ if better == "low" else PHQ.model_copy(update={"better": "high"})
    text = workflow.report(workflow.assess_sheet(book, sheet(said("clinic", **burden(total))), ()))
    assert not re.findall(r"[a-z]\.[A-Z][a-z]+ ", text)
    assert "\nTick the steps on the " in text
    assert ("takes points off." in text) is (better == "low")


def test_the_roadmap_of_a_burden_reads_the_right_way_round():
    answers = {"p1": "half", "p2": "half", "p3": "daily", "p4": "half", "p5": "some", "p6": "some", "p7": "some"}
    found = workflow.assess_sheet(PHQ, sheet(said("clinic", **answers, p8="never", p9="never")), ())
    text = workflow.report(found)
    # Mood has 5 of 12 points and body 7 of 15: less is better.
    assert "**Furthest along.** [Mood](#mood) stands at 5.0" in text
    assert "stands at 12.0 of 27 (level Moderate); the target is 4.0" in text
    assert "Worst on its own scale: [Body](#body) (7.0 of 15)." in text
    assert [gap.node for gap in found.diagnosis.findings if gap.kind == "gap"] == ["body", "mood"]
    body = next(row for row in text.splitlines() if row.startswith("| [Body](#body) | ■"))
    assert body.endswith(" 2.2 | 4.8 | Moderate |")
    assert "| -4.8 | 8.8 |" in text
    assert "Without it the plan ends at 8.8 instead of 4.0." in text


@pytest.mark.parametrize(("total", "gaps"), [(0, 0), (27, 2)])
def test_nothing_is_wanting_without_a_burden(total, gaps):
    found, _ = roadmap(total)
    assert len([gap for gap in found.diagnosis.findings if gap.kind == "gap"]) == gaps
    assert len([each for each in found.diagnosis.findings if each.kind == "strength"]) == 2 - gaps


# --- every kind of aggregation ---


def parts(better, how):
    """Two numbers of 0 to 100, the more the worse, or the more the better."""
    ends = {"worst": 100, "best": 0} if better == "low" else {"worst": 0, "best": 100}
    asked = [question(name, "number", goalposts=ends) for name in "ab"]
    return built(node("p", *asked, aggregate=how), better=better)


NUMBERS = st.tuples(*[st.integers(1, 99).map(float)] * 2)


@pytest.mark.parametrize("how", KINDS, ids=str)
@settings(deadline=None)
@given(NUMBERS)
def test_a_burden_is_aggregated_as_the_same_figures_are_where_more_is_better(how, numbers):
    answers = dict(zip("ab", numbers, strict=True))
    down, up = (card(parts(better, how), **answers)["p"] for better in ("low", "high"))
    assert down.points == pytest.approx(up.points, abs=1e-6)
    assert sorted(down.scale) == pytest.approx(sorted(up.scale))


@pytest.mark.parametrize("how", KINDS, ids=str)
@settings(deadline=None)
@given(NUMBERS, st.sampled_from([("a",), ("b",), ()]))
def test_whatever_is_open_lies_between_the_bounds(how, numbers, known):
    rubric, answers = parts("low", how), dict(zip("ab", numbers, strict=True))
    before = tree(rubric, said("boss", **{name: answers[name] for name in known})).node("p")
    after = tree(rubric, said("boss", **answers)).node("p")
    assert before.low - 1e-9 <= after.value <= before.high + 1e-9


@pytest.mark.parametrize("how", KINDS, ids=str)
@settings(deadline=None)
@given(NUMBERS)
def test_a_slope_is_what_a_small_relief_brings(how, numbers):
    criteria = [node(f"c{n}", percent(f"q{n}")) for n in "ab"]
    how = {"difference": {"of": "ca", "less": "cb"}} if "difference" in how else how
    for criterion in criteria:
        criterion["questions"][0]["goalposts"] = {"worst": 100, "best": 0}
    rubric = built(node("p", *criteria, aggregate=how), better="low")
    answers = {f"q{n}": x for n, x in zip("ab", numbers, strict=True)}
    found = card(rubric, **answers)
    for name in "ab":
        less = card(rubric, **{**answers, f"q{name}": answers[f"q{name}"] - 1e-4})
        slope = (less["overall"].value - found["overall"].value) / 1e-4
        assert found[f"c{name}"].gradient == pytest.approx(slope, abs=2e-3)


@pytest.mark.parametrize("how", WRITTEN, ids=str)
@pytest.mark.parametrize("numbers", [(20, 60), (90, 15), (33, 33)])
def test_the_steps_that_are_printed_lead_to_the_score(how, numbers):
    found = score_organization(parts("low", how), sheet(said("boss", a=numbers[0], b=numbers[1])))
    lines = [line.strip().rstrip(".") for line in explain(found, "p").splitlines()]
    value = f"{found.scorecard['p'].uncapped:.6f}"
    steps = [line for line in lines if " = " in line and not line.startswith("Before caps")]
    assert any(line.endswith((value, value.rstrip("0").rstrip("."))) for line in steps), steps


# --- questions, conditions and levels ---


@pytest.mark.parametrize(
    ("asked", "answer", "points"),
    [
        (level("q", 5), "k1", 1),
        (level("q", 5, better="high"), "k1", 3),
        (level("q", 5, reverse=True), "k1", 1),
        (question("q", "yesno"), "yes", 1),
        (question("q", "yesno", better="high"), "yes", 0),
        (question("q", "multi", 4), ("k0", "k1", "k2"), 3),
        (question("q", "choice", [{"key": f"k{n}", "label": str(n), "score": 2 * n} for n in range(3)]), "k2", 4),
        (question("q", "number", steps=[{"from": 0, "points": 0}, {"from": 5, "points": 7}]), 6, 7),
        (question("q", "number", goalposts={"worst": 30, "best": 10}), 25, 25),
        (question("q", "number", goalposts={"worst": 10, "best": 30}), 25, 5),
    ],
)
def test_what_an_answer_brings_to_a_burden(asked, answer, points):
    found = card(built(node("p", asked, aggregate="sum"), better="low"), q=answer)["p"]
    assert found.points == pytest.approx(points)


STEPS = [{"key": "fine", "title": "Fine", "at": 0}, {"key": "tight", "title": "Tight", "at": 40}]
STEPS += [{"key": "bad", "title": "Bad", "at": 70}]


def watched(closed, when="p >= tight"):
    """A burden of 0 to 10 with three levels, and a cap on another node while a condition on it holds."""
    worse = question("q", "number", goalposts={"worst": 10, "best": 0})
    burdened = node("p", worse, better="low", scale=SPREAD, levels=STEPS, closed=closed)
    return built(burdened, node("o", percent("r"), gates=[gate("g", when, "o", "l1")]))


@pytest.mark.parametrize(
    ("closed", "number", "key"),
    [
        ("below", 3.99, "fine"), ("below", 4, "tight"), ("below", 6.99, "tight"), ("below", 7, "bad"),
        ("above", 4, "fine"), ("above", 4.01, "tight"), ("above", 7, "tight"), ("above", 7.01, "bad"),
        ("above", 0, "fine"), ("below", 10, "bad"),
    ],
)  # fmt: skip
def test_levels_are_read_on_the_points(closed, number, key):
    found = score_organization(watched(closed), sheet(said("boss", q=number, r=50)))
    assert found.scorecard["p"].level == key
    assert found.scorecard["p"].points == pytest.approx(number)
    assert f"level {key.title()}" in explain(found, "p")


@pytest.mark.parametrize(
    ("number", "target", "gap"),
    [(2, "below 4.00", "0.00"), (4, "below 4.00", "more than 0.00"), (9, "below 4.00", "more than 5.00")],
)
def test_a_target_right_below_a_threshold_is_printed_as_a_person_would_say_it(number, target, gap):
    book = watched("below").model_copy(update={"policies": Policies(target="fine")})
    found = workflow.assess_sheet(book, sheet(said("boss", q=number, r=50)), ())
    text = workflow.report(found)
    row = next(line for line in text.splitlines() if line.startswith("| [Node p](#p) | ") and line.count("|") == 6)
    assert [cell.strip().lstrip("■□ ") for cell in row.split("|")[3:5]] == [target, gap]
    assert not re.findall(r"\d\.\d*99999|0{4}1\b", text)
    if number == 4:
        assert "The next level, Fine, lies below 4.00: more than 0.00 less." in " ".join(explain(found, "p").split())


@pytest.mark.parametrize("total", [12, 15, 27])
def test_a_plan_to_right_below_a_threshold_adds_up_in_print(tmp_path, total):
    written = (Path(__file__).parent / "foreign" / "phq9.yaml").read_text(encoding="utf-8")
    for most in (4, 9, 14, 19):
        written = written.replace(f"at: {most}00/27", f"at: {most + 1}00/27")
    (tmp_path / "rubric.yaml").write_text(written.replace("closed: above", "closed: below"), encoding="utf-8")
    book = assess.load_rubric(tmp_path)
    text = workflow.report(workflow.assess_sheet(book, sheet(said("clinic", **burden(total))), ()))
    assert "| **below 5.0** of 27; this plan leads to below 5.0 by " in text.replace("■□□□□□□□□□ ", "")
    assert "The plan leads to below 5.0: the owners work " in text
    assert "The plan reaches the target." in text
    assert not re.findall(r"\d\.\d*99999|0{4}1\b", text)


def test_a_plan_that_leaves_a_burden_says_how_much():
    book = PHQ.model_copy(update={"initiatives": PHQ.initiatives[:1]})
    text = workflow.report(workflow.assess_sheet(book, sheet(said("clinic", **burden(27))), ()))
    assert "the overall score is still 10.2 points short of its target" in text
    assert "The plan reaches the target" not in text


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ("p >= tight", [4, 5, 9]), ("p < tight", [0, 3.9]), ("p >= bad", [7, 9]), ("p > 4", [4.1, 9]),
        ("p <= 4", [0, 4]), ("p = 4", [4]), ("p >= 7", [7, 10]),
    ],
)  # fmt: skip
def test_conditions_mean_the_points_they_name(when, holds):
    for number in (0, 3.9, 4, 4.1, 5, 7, 9, 10):
        capped = card(watched("below", when), q=number, r=90)["o"].gates[0].holds
        expected = {
            "p >= tight": number >= 4, "p < tight": number < 4, "p >= bad": number >= 7, "p > 4": number > 4,
            "p <= 4": number <= 4, "p = 4": number == 4, "p >= 7": number >= 7,
        }[when]  # fmt: skip
        assert capped is expected
        assert expected or number not in holds


def test_what_does_not_apply_or_is_not_known_is_no_burden_and_no_relief():
    rubric = built(node("p", percent("a"), percent("b"), aggregate="sum"), better="low", policies={"min_coverage": 0.5})
    rubric_answers = [{"a": NA, "b": 30}, {"a": UNKNOWN, "b": 30}]
    found = [card(rubric, **answers)["p"] for answers in rubric_answers]
    assert [score.points for score in found] == pytest.approx([70, 140])
    assert sorted(found[0].scale) == [0, 100]


@pytest.mark.parametrize(
    ("child", "how", "says"),
    [
        ({"better": "high"}, "sum", "a sum adds points, and those of 'c' count the other way"),
        ({}, {"tally": {"reach": ">= 50"}}, "tally counts what is reached, and more points are worse in 'p'"),
    ],
)
def test_what_cannot_be_turned_round_is_told(child, how, says):
    data = {"id": "r", "title": "R", "version": "1", "better": "low"}
    inner = node("c", percent("q"), aggregate="sum" if child else "arithmetic", **child)
    data["principles"] = [node("p", inner, aggregate=how)]
    found = [problem.message for problem in validate(Rubric.model_validate(data), SourceMap())]
    assert any(message.startswith(says) for message in found), found


def test_a_rubric_may_say_that_fewer_points_are_better_and_a_node_that_more_are():
    rubric = built(node("p", percent("q")), node("o", percent("r"), better="high"), better="low", scale=SPREAD)
    for q, r in itertools.product((0, 40, 100), repeat=2):
        found = card(rubric, q=q, r=r)
        assert found["p"].points == pytest.approx(10 - q / 10)
        assert found["o"].points == pytest.approx(r / 10)
        assert found["overall"].points == pytest.approx(10 - (q + r) / 20)

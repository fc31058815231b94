"""The scorecard: every number with its steps, its levels and its reason."""

import datetime

import pytest
from factories import (
    DECLINED,
    LEVELS,
    NA,
    ON,
    UNKNOWN,
    built,
    card,
    clash,
    fact,
    level,
    node,
    percent,
    proved,
    question,
    said,
)
from hypothesis import given, settings
from hypothesis import strategies as st

ALWAYS = {"allow": ["unknown"]}


GATE = {
    "id": "g",
    "when": "f = no",
    "cap": {"of": ["LIS"], "at": "l1"},
    "because": "Nobody is told",
    "lifted_by": ["I-1"],
}
INITIATIVE = {
    "id": "i1",
    "code": "I-1",
    "title": "Tell",
    "lifts": {"c": "l2"},
    "effort": {"low": 1, "high": 2},
    "weeks": 1,
    "owner": "boss",
}
RUBRIC = built(
    node(
        "p",
        node("c", level("q", **ALWAYS), code="LIS-1", key=True, weight=3),
        node("d", percent("r"), fact("f"), scale={"min": 0, "max": 10}),
        gates=[GATE],
        code="LIS",
    ),
    node("o", percent("s")),
    scale={"min": 0, "max": 4},
    aggregate="geometric",
    policies={"evidence": {"stated": 50}},
    initiatives=[INITIATIVE],
)


def test_a_scorecard_says_what_was_scored_when():
    found = card(RUBRIC, q="k3", r=80, s=40, f="yes")
    assert (found.rubric, found.rubric_version, found.organization) == ("r", "1", "Acme")
    assert found.assessed_on == "2026-06-30"
    assert list(found.scores) == ["overall", "p", "c", "d", "o"]  # as the tree is written
    assert list(found.items) == ["q", "r", "f", "s"]
    assert found["LIS"] == found["p"]
    with pytest.raises(KeyError):
        found["nothing"]


def test_the_score_of_a_node_has_all_its_parts():
    p = card(RUBRIC, q="k3", r=80, s=40, f="yes")["p"]
    # c is held at 50 by its missing evidence: (3 x 50 + 80) / 4 = 57.5; claimed (3 x 75 + 80) / 4.
    assert (p.value, p.low, p.high, p.uncapped, p.claimed) == (57.5, 57.5, 57.5, 57.5, 76.25)
    assert (p.points, p.scale, p.coverage, p.level) == (pytest.approx(2.3), (0, 4), 1, "l2")
    assert (p.code, p.kind, p.aggregate, p.children, p.weight) == ("LIS", "principle", "arithmetic", ("c", "d"), 0.5)
    assert (p.mean, p.minimum) == (57.5, 50)
    found = card(RUBRIC, q="k3", r=80, s=40, f="yes")
    assert [found[name].weight for name in ("c", "d")] == [0.75, 0.25]
    assert [found[name].kind for name in ("overall", "c")] == ["overall", "criterion"]
    assert found["d"].points == 8


def test_gates_stand_with_their_reason_and_their_way_out():
    p = card(RUBRIC, q="k4", r=90, s=40, f="no")["p"]
    assert (p.value, p.uncapped) == (25, 60)
    key, gate = p.gates
    assert (gate.id, gate.node, gate.kind, gate.at, gate.holds, gate.binds) == ("g", "p", "gate", 25, True, True)
    assert (gate.because, gate.lifted_by) == ("Nobody is told", ("i1",))
    assert (key.id, key.kind, key.at, key.binds) == ("c", "key", 75, False)
    assert '"Node c" is the key criterion of "Node p" and stands at 2.00' in key.because
    assert key.lifted_by == ("i1",)
    assert card(RUBRIC, q="k4", r=90, s=40, f="no").gates() == (key, gate)


def test_a_clash_caps_with_its_own_words():
    torn = clash("p", "l0", initiatives=["i1"])
    rubric = built(node("p", node("c", level("q")), clashes=[torn]), initiatives=[INITIATIVE])
    (gate,) = card(rubric, said("team", q="k1"), q="k4")["p"].gates
    assert (gate.kind, gate.because, gate.lifted_by, gate.binds) == ("clash", "They differ", ("i1",), True)


# --- levels ---

CLOSED = {"below": ["l0", "l1", "l1", "l4", "l4"], "above": ["l0", "l0", "l1", "l3", "l4"]}


@pytest.mark.parametrize("closed", CLOSED)
def test_a_value_on_a_threshold_belongs_to_the_side_the_rubric_closes(closed):
    levels = [*LEVELS[:4], {**LEVELS[4], "at": 90}]
    rubric = built(node("p", percent("q")), closed=closed, levels=levels)
    values = (0, 25, 26, 90, 91)
    assert [card(rubric, q=number)["p"].level for number in values] == CLOSED[closed]


@pytest.mark.parametrize(("nudge", "key"), [(-1e-10, "l1"), (-1e-6, "l0"), (1e-10, "l1")])
def test_noise_below_a_threshold_does_not_cost_a_level(nudge, key):
    assert card(built(node("p", percent("q"))), q=25 + nudge)["p"].level == key


def test_a_node_may_have_levels_of_its_own_and_a_rubric_none():
    own = [{"key": "low", "title": "Low", "at": 0}, {"key": "high", "title": "High", "at": 60}]
    rubric = built(node("p", percent("q"), levels=own), node("o", percent("r")))
    found = card(rubric, q=60, r=60)
    assert [found[name].level for name in ("p", "o", "overall")] == ["high", "l2", "l2"]
    assert card(built(node("p", percent("q")), levels=[]), q=60)["p"].level is None


STAGED = built(
    node("p", node("a", level("x")), node("b", level("y"))),
    node("o", node("c", level("z"))),
    policies={"min_coverage": 0},
)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"x": "k4", "y": "k1", "z": "k2"}, ("l1", "l2", "l1")),  # the lowest below
        ({"x": "k4", "y": NA, "z": "k2"}, ("l4", "l2", "l2")),
        ({"x": "k4", "y": UNKNOWN, "z": "k2"}, (None, "l2", None)),  # not known
        ({"x": "k0", "y": UNKNOWN, "z": "k2"}, ("l0", "l2", "l0")),  # nothing lies below the bottom
        ({"x": UNKNOWN, "y": UNKNOWN, "z": UNKNOWN}, (None, None, None)),
        ({"x": NA, "y": NA, "z": "k3"}, (None, "l3", "l3")),
    ],
)
def test_the_staged_level_is_the_lowest_below(answers, expected):
    found = card(STAGED, **answers)
    assert tuple(found[name].staged_level for name in ("p", "o", "overall")) == expected


# --- imbalance ---


def test_the_imbalance_loss_is_what_the_mean_hides():
    rubric = built(node("p", percent("q")), node("o", percent("r")), aggregate={"geometric": {"floor": 0}})
    found = card(rubric, q=20, r=80)["overall"]
    assert (found.value, found.mean, found.minimum) == (pytest.approx(40), 50, 20)
    assert found.imbalance_loss == pytest.approx(20)  # 100 (1 - 40/50)
    assert card(rubric, q=0, r=0)["overall"].imbalance_loss == 0
    assert card(rubric, q=NA, r=NA)["overall"].imbalance_loss is None


def test_the_mean_beside_a_value_has_the_same_weights():
    rubric = built(node("p", percent("q"), weight=3), node("o", percent("r")), aggregate={"geometric": {"floor": 0}})
    found = card(rubric, q=40, r=40)["overall"]
    assert (found.mean, found.imbalance_loss) == (40, pytest.approx(0))
    assert card(rubric, q=16, r=81)["overall"].mean == pytest.approx(32.25)


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(st.integers(0, 100), min_size=1, max_size=5), st.data())
def test_a_geometric_root_never_stands_above_the_mean_beside_it(numbers, data):
    weights = data.draw(st.lists(st.integers(1, 5), min_size=len(numbers), max_size=len(numbers)))
    parts = [node(f"p{i}", percent(f"q{i}"), weight=weight) for i, weight in enumerate(weights)]
    found = card(built(*parts, aggregate="geometric"), **{f"q{i}": x for i, x in enumerate(numbers)})["overall"]
    assert found.value <= found.mean + 1e-9
    assert -1e-9 <= found.imbalance_loss <= 100


# --- reasons ---


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"q": "k3", "r": 80, "f": "yes"}, "Weighted mean of LIS-1 2.00, d 8.00 = 2.30"),
        ({"q": "k4", "r": 90, "f": "no"}, "Weighted mean of LIS-1 2.00, d 9.00 = 2.40, capped at 1.00 by g"),
        ({"s": 3}, "Not answered"),
        ({"r": 80}, "Weighted mean of LIS-1 -, d 8.00 = 3.20; only 25% answered, so it is not scored"),
    ],
)
def test_a_node_says_why_it_stands_where_it_stands(answers, says):
    assert card(RUBRIC, **answers)["p"].because == says


def test_what_cannot_be_said_is_said():
    table = {"cases": [{"when": "q < 50", "is": "bad"}], "otherwise": "good", "values": {"bad": 0, "good": 100}}
    rubric = built(node("p", percent("q"), percent("r"), aggregate={"rules": table}), policies={"min_coverage": 0})
    assert card(rubric, q=20, r=1)["p"].because == "First rule that holds: bad"
    assert card(rubric, r=1)["p"].because == "What is unanswered decides the result"
    assert card(rubric, q=NA, r=NA)["p"].because == "Nothing below applies"


def test_points_of_a_question_in_a_reason_are_those_of_its_scale():
    asked = question("q", "number", goalposts={"worst": 100, "best": 10_000, "log": True})
    assert card(built(node("p", asked)), q=1000)["p"].because == "Weighted mean of q 50.0 = 50.0"


# --- questions ---


def test_an_item_keeps_the_steps_to_its_value():
    rubric = built(
        node("p", level("q", ask=["boss", "team"]), level("r", weight=3)),
        policies={"evidence": {"stated": 50}, "disagreement": {"role": "boss"}},
    )
    proof = proved("k3", ("document", ON - datetime.timedelta(days=9)))
    found = card(rubric, said("team", q="k1"), said("team", q=UNKNOWN), said("log", q="k0"), q=proof)
    item = found.items["q"]
    assert (item.combined, item.conflict, item.agreed) == (50, ("boss", "log", "team"), None)
    assert (item.value, item.claimed, item.grade, item.ceiling) == (0, 0, "documented", 75)
    boss, team, log = item.roles
    assert (boss.role, boss.invited, boss.mean, boss.n) == ("boss", True, 75, 1)
    assert (team.mean, team.n, team.unknown) == (25, 1, 1)
    assert (log.invited, log.mean) == (False, 0)
    assert (item.node, item.weight, item.share, item.title) == ("p", 1, 0.25, "What about q?")
    assert item.because == "Roles disagree: the lowest counts until it is settled"


@pytest.mark.parametrize(
    ("answer", "settled", "state", "says"),
    [
        ("k2", None, "value", "Mean of the roles asked"),
        ("k4", None, "value", "Mean of the roles asked, held down by its evidence"),
        ("k4", {"q": "k1"}, "value", "Settled between the respondents"),
        ("k4", {"q": "k3"}, "value", "Settled between the respondents, held down by its evidence"),
        (UNKNOWN, None, "unknown", "Nobody asked knows"),
        (DECLINED, None, "missing", "Not answered"),
        (NA, None, "na", "Does not apply"),
    ],
)
def test_an_item_says_why(answer, settled, state, says):
    rubric = built(node("p", level("q")), policies={"evidence": {"stated": 50}})
    item = card(rubric, q=answer, settled=settled).items["q"]
    assert (item.state, item.because) == (state, says)


def test_a_hidden_question_says_so():
    rubric = built(node("p", percent("a"), fact("f"), percent("q", show_when="f = yes")))
    item = card(rubric, a=1, f="no", q=3).items["q"]
    assert (item.state, item.value, item.because) == ("hidden", None, "Not asked: the question does not arise")


def test_facts_have_no_share():
    assert card(RUBRIC, q="k1", f="yes").items["f"].share is None

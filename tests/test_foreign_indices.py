"""Indices and points of other people that divide, subtract, go by steps, start somewhere and read questions twice."""

import csv
from pathlib import Path

import pytest

import assess

FOREIGN = Path(__file__).parent / "foreign"
LOADED = {}


def rubric(name):
    if name not in LOADED:
        LOADED[name] = assess.load_rubric(FOREIGN / f"{name}.yaml")
    return LOADED[name]


def card(name, answers):
    return assess.score(rubric(name), answers)


def points(name, answers, node="overall"):
    return card(name, answers)[node].points


# --- UNDP, Human Development Report 2021/22: thirty countries ---

COUNTRIES = [*csv.DictReader((FOREIGN / "gender_2021.csv").read_text(encoding="utf-8").splitlines()[1:])]


def figures(row, name):
    return {question.id: float(row[question.id]) for question in rubric(name).questions()}


@pytest.mark.parametrize("row", COUNTRIES, ids=lambda row: row["iso3"])
def test_the_gender_inequality_index_is_the_published_one(row):
    found = card("gii", figures(row, "gii"))
    assert found["overall"].points == pytest.approx(float(row["gii"]), abs=0.0005 + 1e-9)
    assert found["equality"].points == pytest.approx(1 - found["overall"].points)


@pytest.mark.parametrize("row", COUNTRIES, ids=lambda row: row["iso3"])
def test_the_gender_development_index_is_the_published_one(row):
    found = card("gdi", figures(row, "gdi"))
    assert found["overall"].points == pytest.approx(float(row["gdi"]), abs=0.0005 + 1e-9)
    assert found["women"].points == pytest.approx(float(row["hdi_f"]), abs=1e-4)
    assert found["men"].points == pytest.approx(float(row["hdi_m"]), abs=1e-4)


def test_thirty_countries_of_all_groups_are_tried():
    assert len({row["iso3"] for row in COUNTRIES}) == 30
    assert min(float(row["gii"]) for row in COUNTRIES) < 0.02
    assert max(float(row["gii"]) for row in COUNTRIES) > 0.8


def test_a_question_that_several_nodes_read_counts_once_among_those_missing():
    row = figures(COUNTRIES[0], "gii")
    without = {name: figure for name, figure in row.items() if name != "mmr"}
    found = card("gii", without)
    assert found["births_survived"].coverage == found["again_survived"].coverage == 0
    assert found.items["mmr"].state == "missing"
    assert len(found.items) == len(row)


# --- NIST SP 800-171, DoD assessment methodology 1.2.1 ---


def requirements(**other):
    return {question.id: "met" for question in rubric("sprs").questions()} | other


def test_the_requirements_start_from_110_and_end_at_minus_203():
    assert points("sprs", requirements()) == pytest.approx(110)
    none = dict.fromkeys(requirements(), "unmet")
    assert points("sprs", none) == pytest.approx(-203)
    assert card("sprs", none)["overall"].scale == (-203, 110)


@pytest.mark.parametrize(
    ("unmet", "expected"),
    [
        ({"r3_1_1": "unmet"}, 105),
        ({"r3_8_2": "unmet"}, 107),
        ({"r3_5_5": "unmet"}, 109),
        ({"r3_5_3": "partly"}, 107),
        ({"r3_5_3": "unmet", "r3_13_11": "partly"}, 102),
    ],
)
def test_a_requirement_that_is_not_met_takes_its_points(unmet, expected):
    assert points("sprs", requirements(**unmet)) == pytest.approx(expected)


# --- HTTP Observatory: baseline 100, never below 0, bonuses from 90 on ---

BEST = {
    "cookies": "same_site", "sharing": "fine", "policy": "nothing",
    "transport": "preloaded", "redirection": "secure", "referrer": "private",
}  # fmt: skip


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, 125),  # 100 + 5 + 10 + 5 + 5
        ({"policy": "safe", "referrer": "unsaid"}, 115),
        ({"policy": "evaluate"}, 105),  # 90 are left: the bonuses count
        ({"policy": "evaluate", "redirection": "off_host"}, 85),  # 85: they do not
        ({"policy": "inline"}, 80),
        ({"cookies": "session", "sharing": "everybody", "policy": "none"}, 0),  # 100 - 115
        ({"cookies": "session", "sharing": "everybody"}, 10),
    ],
)
def test_the_observatory_adds_bonuses_from_90_on_and_never_falls_below_0(other, expected):
    assert points("observatory", BEST | other) == pytest.approx(expected)


# --- NEWS2: points by steps ---

CALM = {
    "respiration": 16, "saturation": 97, "oxygen": "air", "pressure": 120,
    "pulse": 70, "consciousness": "alert", "temperature": 37,
}  # fmt: skip
CHART = {
    "respiration": {8: 3, 9: 1, 11: 1, 12: 0, 20: 0, 21: 2, 24: 2, 25: 3},
    "saturation": {91: 3, 92: 2, 93: 2, 94: 1, 95: 1, 96: 0},
    "pressure": {90: 3, 91: 2, 100: 2, 101: 1, 110: 1, 111: 0, 219: 0, 220: 3},
    "pulse": {40: 3, 41: 1, 50: 1, 51: 0, 90: 0, 91: 1, 110: 1, 111: 2, 130: 2, 131: 3},
    "temperature": {35: 3, 35.1: 1, 36: 1, 36.1: 0, 38: 0, 38.1: 1, 39: 1, 39.1: 2},
    "oxygen": {"air": 0, "oxygen": 2},
    "consciousness": {"alert": 0, "other": 3},
}


@pytest.mark.parametrize(
    ("name", "answer", "expected"),
    [(name, answer, worth) for name, row in CHART.items() for answer, worth in row.items()],
)
def test_the_early_warning_score_goes_by_the_chart(name, answer, expected):
    assert points("news2", {**CALM, name: answer}) == pytest.approx(expected)


def test_the_early_warning_score_of_a_whole_chart():
    ill = {"respiration": 26, "saturation": 90, "oxygen": "oxygen", "pressure": 88, "pulse": 140, "temperature": 39.5}
    assert points("news2", {**CALM, **ill, "consciousness": "other"}) == pytest.approx(19)
    assert points("news2", {**CALM, **ill, "consciousness": "other", "temperature": 34.9}) == pytest.approx(20)
    found = card("news2", CALM)["overall"]
    assert (found.points, found.value, found.scale) == (0, 100, (20, 0))


# --- SERVQUAL: perception less expectation ---


def test_the_gap_of_a_dimension_is_what_was_met_less_what_was_expected():
    answers = {"pt1": 5, "pt2": 4, "et1": 6, "et2": 7, "pr1": 6, "pr2": 5, "er1": 6, "er2": 6}
    found = card("servqual", answers)
    assert found["tangibles"].points == pytest.approx(4.5 - 6.5)
    assert found["reliability"].points == pytest.approx(5.5 - 6)
    assert found["overall"].points == pytest.approx((-2 - 0.5) / 2)
    assert found["tangibles"].scale == (-6, 6)


# --- Flickit: questions read in several attributes ---


def test_attributes_read_the_questions_of_questionnaires_with_weights_of_their_own():
    found = card("flickit", {"reviews": "some", "tests": "all", "alarms": "no"})
    assert found["maintainability"].points == pytest.approx((2 * 0.5 + 1) / 3)
    assert found["reliability"].points == pytest.approx((3 * 1 + 0) / 4)
    assert found["overall"].points == pytest.approx((2 / 3 + 3 / 4) / 2)
    # What the answers to a question are worth at the root comes by both attributes.
    found = card("flickit", {"reviews": "some", "tests": "none"})
    assert found["reliability"].coverage == pytest.approx(0.75)
    assert (found["reliability"].low, found["reliability"].high) == (0, 25)

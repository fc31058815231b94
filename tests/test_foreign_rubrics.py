"""Other people's models, written in our language, come out at figures that can be checked by hand."""

from itertools import product
from pathlib import Path

import pytest

import assess

FOREIGN = Path(__file__).parent / "foreign"
NA = {"na": True, "why": "It does not arise here."}
UNKNOWN = {"unknown": True}
LOADED = {}


def rubric(name):
    if name not in LOADED:
        LOADED[name] = assess.load_rubric(FOREIGN / f"{name}.yaml")
    return LOADED[name]


def card(name, answers):
    return assess.score(rubric(name), answers)


def points(name, answers, at="overall"):
    return card(name, answers)[at].points


def bounds(name, answers, at="overall"):
    found = card(name, answers)[at]
    low, high = found.scale
    return tuple(pytest.approx(low + x * (high - low) / 100) for x in (found.low, found.high))


# --- OWASP SAMM 2: practice = sum over levels of the mean of two streams; unanswered counts as No ---


def test_samm_2_has_its_full_shape():
    found = rubric("samm2")
    assert len(found.principles) == 5
    assert all(len(function.criteria) == 3 for function in found.principles)
    assert all(len(practice.criteria) == 3 for function in found.principles for practice in function.criteria)
    assert len(list(found.questions())) == 90


def test_samm_2_practices_add_the_means_of_their_streams():
    # Level 1: (.5 + .25)/2 = .375; level 2: (.25 + 0)/2 = .125; level 3: 0. Together .5.
    answers = {"sm1a": "most", "sm1b": "some", "sm2a": "some", "sm2b": "never"}
    scores = card("samm2", answers)
    assert [scores[node].points for node in ("sm1", "sm2", "sm3", "sm")] == [0.375, 0.125, 0, 0.5]
    # The function is the mean of three practices, the whole that of five functions.
    assert scores["governance"].points == pytest.approx(0.5 / 3)
    assert scores["overall"].points == pytest.approx(0.5 / 15)
    assert scores["sm"].scale == (0, 3)
    # With all open answers Yes: level 1 as it is, level 2 as it is, level 3 one point; all others 3.
    assert bounds("samm2", answers, "sm") == (0.5, 1.5)
    assert bounds("samm2", answers) == (0.5 / 15, (14 * 3 + 1.5) / 15)


def test_samm_2_a_mean_hides_zeros():
    answers = {f"{practice}{level}{stream}": "all" for practice in ("pc", "eg") for level in "123" for stream in "ab"}
    scores = card("samm2", answers)
    # 0, 3, 3 -> 2, and the lowest practice is shown beside it.
    assert [scores[node].points for node in ("sm", "pc", "eg", "governance")] == [0, 3, 3, 2]
    assert scores["governance"].minimum == 0
    assert scores["governance"].value == pytest.approx(200 / 3)


def test_samm_2_everything_and_nothing():
    found = rubric("samm2")
    everything = {question.id: "all" for question in found.questions()}
    assert points("samm2", everything) == 3
    assert card("samm2", everything)["overall"].level == "mastered"
    assert points("samm2", {question.id: "never" for question in found.questions()}) == 0
    unknown = card("samm2", {"sm1a": UNKNOWN})["overall"]
    assert (unknown.value, unknown.low, unknown.high, unknown.coverage) == (0, 0, 100, 0)


def test_samm_2_stands_on_a_level_only_when_it_has_reached_it():
    ones = {question.id: "all" for question in rubric("samm2").questions() if question.id[2] == "1"}
    assert points("samm2", ones) == pytest.approx(1)
    assert card("samm2", ones)["overall"].level == "started"
    del ones["om1b"]
    assert card("samm2", ones)["overall"].level == "none"


# --- OWASP SAMM 1.5: practice = sum over levels of the mean of one to three questions valued 0, .2, .5, 1 ---


def test_samm_1_5_levels_are_means_of_their_questions():
    answers = {
        "sm1a": "most", "sm1b": "half", "sm1c": "few",  # (1 + .5 + .2)/3 = .5667
        "sm2a": "few", "sm2b": "half",  # .35
        "sm3a": "half",  # .5
        "pc1a": "most", "pc2a": "most", "pc2b": "never",  # 1; .5; level 3 unanswered: 0
    }  # fmt: skip
    scores = card("samm15", answers)
    assert scores["sm"].points == pytest.approx(1.7 / 3 + 0.35 + 0.5)
    assert scores["pc"].points == pytest.approx(1.5)
    assert scores["governance"].points == pytest.approx((1.7 / 3 + 0.85 + 1.5) / 2)
    assert bounds("samm15", answers, "pc") == (1.5, 2.5)


@pytest.mark.parametrize(("answer", "value"), [("never", 0), ("few", 0.2), ("half", 0.5), ("most", 1), (UNKNOWN, 0)])
def test_samm_1_5_answers_have_their_published_values(answer, value):
    assert points("samm15", {"sm3a": answer, "sm1a": "never"}, "sm") == pytest.approx(value)


# --- UNDP: goalposts, logarithm of income, geometric mean without a floor ---

# Human Development Report 2021/22, table 1: life expectancy, expected and mean years of schooling, income, HDI.
COUNTRIES = [
    ("Switzerland", 84.0, 16.5, 13.9, 66_933, 0.962, "very_high"),
    ("Norway", 83.2, 18.2, 13.0, 64_660, 0.961, "very_high"),  # expected schooling is capped at 18 years
    ("Niger", 61.6, 7.0, 2.1, 1_240, 0.400, "low"),
    ("South Sudan", 55.0, 5.5, 5.7, 768, 0.385, "low"),
]


@pytest.mark.parametrize("country", COUNTRIES, ids=lambda country: country[0])
def test_hdi_of_countries_is_the_published_one(country):
    _, life, expected, attained, gni, hdi, level = country
    found = card("hdi", {"life": life, "expected": expected, "attained": attained, "gni": gni})["overall"]
    assert found.points == pytest.approx(hdi, abs=0.0015)
    assert found.level == level


def test_hdi_of_niger_by_hand():
    scores = card("hdi", {"life": 61.6, "expected": 7.0, "attained": 2.1, "gni": 1240})
    assert scores["health"].points == pytest.approx(0.64)  # 41.6 / 65
    assert scores["education"].points == pytest.approx(0.264444, abs=1e-6)  # (7/18 + 2.1/15) / 2
    assert scores["income"].points == pytest.approx(0.380312, abs=1e-6)  # ln 12.4 / ln 750 = 2.517696 / 6.620073
    assert scores["overall"].points == pytest.approx(0.400761, abs=1e-6)  # (.64 x .264444 x .380312) ^ (1/3)


def test_hdi_ends_and_gaps():
    best = {"life": 85, "expected": 18, "attained": 15, "gni": 75_000}
    assert points("hdi", best) == pytest.approx(1)
    assert points("hdi", {**best, "gni": 100}) == 0  # without a floor one zero is enough
    assert points("hdi", {**best, "life": 99, "gni": 200_000}) == pytest.approx(1)
    # Without income: the mean of the two others, .25 and 1; bounds are (.25 x 1 x 0) and (.25 x 1 x 1)^(1/3).
    without = {"life": 36.25, "expected": 18, "attained": 15}
    assert points("hdi", without) == pytest.approx(0.5)
    assert bounds("hdi", without) == (0, 0.25 ** (1 / 3))
    assert card("hdi", {"life": 36.25})["overall"].value is None  # a third of the weight is too little


@pytest.mark.parametrize(("nudge", "level"), [(-1e-4, "low"), (1e-4, "medium")])
def test_hdi_groups_are_closed_below(nudge, level):
    # All three indices at .55, give or take a hundredth of a cent of income.
    answers = {"life": 20 + 65 * 0.55, "expected": 18 * 0.55, "attained": 15 * 0.55, "gni": 100 * 750**0.55 + nudge}
    assert card("hdi", answers)["overall"].level == level


def test_ihdi_takes_the_inequality_of_each_dimension_off():
    # Health .9 (1 - .1) = .81; education .8 (1 - .25) = .6; income .5 (1 - .2) = .4; (.81 x .6 x .4)^(1/3) = .579294
    answers = {
        "health_index": 0.9, "health_loss": 10, "education_index": 0.8, "education_loss": 25,
        "income_index": 0.5, "income_loss": 20,
    }  # fmt: skip
    scores = card("ihdi", answers)
    assert [scores[node].points for node in ("health", "education", "income")] == pytest.approx([0.81, 0.6, 0.4])
    assert scores["overall"].points == pytest.approx(0.579294, abs=1e-6)
    # The published identity: IHDI = HDI x ((1 - A1)(1 - A2)(1 - A3))^(1/3).
    equal = {**answers, "health_loss": 0, "education_loss": 0, "income_loss": 0}
    assert scores["overall"].points == pytest.approx(points("ihdi", equal) * (0.9 * 0.75 * 0.8) ** (1 / 3))
    assert points("ihdi", {**answers, "income_loss": 100}) == 0


# --- C2M2, ISO/IEC 33020, OpenSSF: stages ---

LEVELS_1_2 = {"a1": "fully", "b1": "largely", "a2": "largely", "b2": "fully"}


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        ({**LEVELS_1_2, "a3": "largely"}, 3),
        ({**LEVELS_1_2, "a3": "partially"}, 2),
        ({**LEVELS_1_2, "a3": NA}, 3),  # what does not apply is no obstacle
        ({**LEVELS_1_2, "b2": "partially", "a3": "fully"}, 1),  # a higher level does not make up for a lower one
        ({**LEVELS_1_2, "a1": "none", "a3": "fully"}, 0),
        ({**LEVELS_1_2, "a3": UNKNOWN}, 2),  # surely 2; the bounds say 3 is open
        ({**LEVELS_1_2, "a1": "none", "a3": UNKNOWN}, 0),  # nothing still open can change it
    ],
)
def test_c2m2_a_level_needs_all_practices_up_to_it(answers, level):
    assert points("c2m2", answers, "asset") == level


def test_c2m2_bounds_of_an_open_practice():
    assert bounds("c2m2", {**LEVELS_1_2, "a3": UNKNOWN}, "asset") == (2, 3)
    assert bounds("c2m2", {"a1": "fully", "b1": "fully"}, "asset") == (1, 3)
    assert bounds("c2m2", {"a1": "none"}, "asset") == (0, 0)


RATINGS = ("r11", "r21", "r22", "r31", "r32", "r41", "r42", "r51", "r52")


def rated(*percents):
    return dict(zip(RATINGS, [*percents, *[0] * (9 - len(percents))], strict=True))


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        (rated(50), 0),  # Largely begins above 50
        (rated(50.1), 1),
        (rated(85, 60, 60), 1),  # level 2 needs PA 1.1 Fully: above 85
        (rated(85.1, 60, 60), 2),
        (rated(100, 90, 50), 1),  # one attribute of level 2 is only Partially achieved
        (rated(100, 86, 90, 51, 51), 3),
        (rated(100, 86, 85, 51, 51), 2),  # level 3 needs both attributes of level 2 Fully
        (rated(*[100] * 9), 5),
        ({**rated(*[100] * 9), "r22": NA}, 5),
    ],
)
def test_iso_33020_capability_levels(answers, level):
    assert points("iso33020", answers, "process") == level


@pytest.mark.parametrize(("percent", "rating"), [(0, "n"), (15, "n"), (15.1, "p"), (50, "p"), (50.1, "l"), (85.1, "f")])
def test_iso_33020_ratings_are_closed_above(percent, rating):
    scores = card("iso33020", {**rated(percent), "r22": NA})
    assert scores["pa11"].level == rating


MET = {"site": "met", "licence": "met", "english": "met", "tools": "unmet", "review": "met", "coverage": "met"}


@pytest.mark.parametrize(
    ("answers", "tier"),
    [
        ({**MET, "two_people": "met"}, 3),  # SUGGESTED is never asked for
        (MET, 2),  # unanswered is unmet
        ({**MET, "coverage": "justified", "two_people": "met"}, 3),  # SHOULD is met or justified
        ({**MET, "coverage": "unmet", "two_people": "met"}, 1),
        ({**MET, "review": "justified"}, 1),  # MUST is met
        ({**MET, "licence": "unmet"}, 0),
        ({**MET, "licence": NA}, 2),
    ],
)
def test_badge_tiers_need_must_and_should(answers, tier):
    assert points("badge", answers, "project") == tier


# --- AWS custom lens: the first risk rule that is true ---


def risk_by_hand(tested, rollback, gradual):
    if tested and rollback and gradual:
        return "no_risk"
    if ((tested or rollback) and not gradual) or (not tested and gradual):
        return "medium_risk"
    return "high_risk"


@pytest.mark.parametrize("ticks", list(product([False, True], repeat=3)))
def test_aws_risk_is_that_of_the_first_rule_that_is_true(ticks):
    chosen = [key for key, tick in zip(("tested", "rollback", "gradual"), ticks, strict=True) if tick] or ["nothing"]
    found = card("aws_lens", {"deploy_how": chosen, "watch_how": NA})["deploy"]
    assert found.category == risk_by_hand(*ticks)
    assert found.value == {"no_risk": 100, "medium_risk": 50, "high_risk": 0}[found.category]


@pytest.mark.parametrize(
    ("chosen", "risk"),
    [
        (["nothing"], "high_risk"),
        (["logs"], "medium_risk"),
        (["logs", "metrics"], "no_risk"),
        (UNKNOWN, None),
        (NA, None),
    ],
)
def test_aws_questions_may_be_unanswered_or_not_applicable(chosen, risk):
    scores = card("aws_lens", {"deploy_how": ["nothing"], "watch_how": chosen})
    assert scores["watch"].category == risk
    # A pillar takes no account of what does not apply; what is unanswered stays open.
    assert (scores["watch"].low is None) is (chosen is NA)


# --- ODI ladder: the first answer that is not positive ends the activity and is its level ---


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        (["never"], 1),
        (["done", "once"], 2),
        (["done", "done", "varied"], 3),
        (["done", "done", "done", "fixed"], 4),
        (["done", "done", "done", "done"], 5),
        (["never", "done", "done", "done"], 1),  # what comes after the end is not read
        (["done", "once", UNKNOWN], 2),
        (["done", UNKNOWN, "varied"], 2),  # the least the open step can lead to
        (["done", "done", NA, "fixed"], 4),  # a step that does not apply is passed over
        ([NA, NA, NA, NA], None),
    ],
)
def test_odi_ladder(answers, level):
    steps = dict(zip(("publish1", "publish2", "publish3", "publish4"), answers, strict=False))
    assert points("odi_ladder", {**steps, "standards1": "never"}, "publish") == level


def test_odi_theme_is_the_sum_of_its_activities():
    answers = {"publish1": "done", "publish2": "once", "standards1": "done", "standards2": "done"}
    found = card("odi_ladder", answers)["release"]
    assert (found.points, found.scale) == (7, (2, 10))
    assert bounds("odi_ladder", {"publish1": "done", "standards1": "never"}, "release") == (3, 6)


# --- means, counts, bands and weights ---


@pytest.mark.parametrize(
    ("node", "answers", "expected"),
    [
        ("coinr", {"g1": 100, "g2": 0}, 10),  # sqrt(100 x 1): the floor lifts 0 to 1 and nothing is mapped back
        ("coinr", {"g1": 0, "g2": 0}, 1),
        ("coinr", {"g1": 50, "g2": NA}, 50.5),  # 1 + .99 x 50
        ("harmonic", {"h1": 20, "h2": 80}, 32),  # 2 / (1/20 + 1/80)
        ("harmonic", {"h1": 0, "h2": 80}, 0),
        ("root_mean", {"r1": 100, "r2": 0}, 25),  # ((10 + 0) / 2)^2
        ("root_mean", {"r1": 64, "r2": 16}, 36),  # ((8 + 4) / 2)^2
        ("openness", {"open_share": 45}, 100),
        ("openness", {"open_share": 30}, 100),
        ("openness", {"open_share": 20}, 50),  # half way from 10 to 30
        ("openness", {"open_share": 80}, 50),  # half way from 60 to 100
        ("openness", {"open_share": 5}, 0),
        ("agreement", {"s1": "fully", "s2": "rather", "s3": "rather_not", "s4": "rather"}, 4),  # 1 + 1 + 0 + 2
        ("agreement", {"s1": "fully", "s2": "rather", "s3": "rather_not", "s4": "not_at_all"}, 2),
        ("agreement", {"s1": "fully", "s2": "not_at_all", "s3": NA, "s4": NA}, 1),  # one of the two that apply
        ("ranked", {"k1": 0, "k2": 100, "k3": 0}, 61.11111),  # (1 + 1/2 + 1/3) / 3
        ("ranked", {"k1": 100, "k2": 0, "k3": 0}, 27.77778),  # (1/2 + 1/3) / 3
        ("ranked", {"k1": 0, "k2": 0, "k3": 100}, 11.11111),  # (1/3) / 3
        ("ranked", {"k1": 100, "k2": NA, "k3": 0}, 71.42857),  # 5/18 of 7/18
        ("shared", {"v1": 100, "v2": 50, "v3": 0}, 75),  # 60 + 15 + 0
        ("shared", {"v1": NA, "v2": 50, "v3": 0}, 37.5),  # 30 of 40
    ],
)
def test_means_counts_bands_and_weights(node, answers, expected):
    assert points("means", answers, node) == pytest.approx(expected, abs=1e-5)


def test_a_count_of_open_statements_lies_between_those_reached_and_those_it_may_reach():
    assert bounds("means", {"s1": "fully", "s2": "not_at_all", "s3": "fully", "s4": UNKNOWN}, "agreement") == (2, 4)

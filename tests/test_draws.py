"""`assess score --draws`: what is drawn, where it is kept, how long it is used, and what is printed of it."""

import json
import os
import re
import subprocess
import sys

import numpy as np
import pytest
import yaml
from drawing import batch, drawn, organization
from factories import ON, built, fact, level, node, percent, proved, said

from assess import workflow
from assess.draws import draw_scores
from assess.draws.sources import CV, LOWERED, SIDES, concentration
from assess.draws.summary import seed_of

MANY = 20_000
UNCERTAIN = "uncertainty.yaml"


def kept(place):
    return (place.org / UNCERTAIN).read_text(encoding="utf-8")


def drawing(run, place, *words):
    found = run("score", place.org, "--draws", 400, *words)
    assert found.exit_code == 0, found.output
    return found


# --- what is drawn ---


def test_weights_stray_by_a_quarter_around_those_of_the_rubric():
    book = built(node("p", *(level(f"q{place}") for place in range(5)), aggregate="arithmetic"))
    weights = drawn(organization(book, said("boss", q0="k1", q1="k2")), MANY).weights["p"]
    shares = weights / weights.sum(axis=0)
    assert shares.mean(axis=1) == pytest.approx([0.2] * 5, abs=0.002)
    assert shares.std(axis=1) / 0.2 == pytest.approx([CV] * 5, rel=0.03)
    # The concentration of five equal parts in scoring by composite indices: 4 / 0.0625 - 1.
    assert concentration(5) == 63


def test_heavier_parts_stay_heavier_on_average_and_what_weighs_nothing_weighs_nothing():
    parts = [level("a", weight=3), level("b"), node("n", level("x"), weight=0)]
    book = built(node("p", *parts[:2], aggregate="geometric"))
    weights = drawn(organization(book, said("boss", a="k1", b="k2")), MANY).weights["p"]
    assert (weights / weights.sum(axis=0)).mean(axis=1) == pytest.approx([0.75, 0.25], abs=0.004)


@pytest.mark.parametrize("how", ["min", "max", "median", "product", "sum"])
def test_where_weights_are_no_judgement_none_is_drawn(how):
    book = built(node("p", level("a"), level("b"), aggregate=how))
    assert "p" not in drawn(organization(book, said("boss", a="k1", b="k2"))).weights


def test_one_answer_moves_by_a_level_one_time_in_twelve():
    book = built(node("p", level("a"), level("b")))
    found = drawn(organization(book, said("boss", a="k2", b="k4")), MANY).answers
    [middle], [top] = found["a", "boss"], found["b", "boss"]
    shares = {value: float((middle == value).mean()) for value in np.unique(middle).tolist()}
    assert shares == pytest.approx({25: 1 / SIDES, 50: 1 - 2 / SIDES, 75: 1 / SIDES}, abs=0.006)
    assert set(np.unique(top).tolist()) == {75, 100}
    # As much as an error that is even between half a level below and half a level above: a twelfth.
    assert float(((middle - 50) / 25).var()) == pytest.approx(1 / 12, abs=0.008)


def test_a_yes_and_a_number_stand_as_they_are():
    book = built(node("p", fact("f"), percent("x"), level("a")))
    assert {*drawn(organization(book, said("boss", f="yes", x=30, a="k1"))).answers} == {("a", "boss")}


def test_of_a_role_in_which_all_answered_nothing_is_drawn_and_of_others_the_answers_are():
    book = built(node("p", level("a", ask=["team"]), level("b", ask=["team"])))
    people = [said("team", a=key, b=key) for key in ("k0", "k1", "k3", "k3")]
    assert drawn(organization(book, *people, invited={"team": 4})).answers == {}
    found = drawn(organization(book, *people, invited={"team": 9}), MANY).answers
    assert set(np.unique(found["a", "team"]).tolist()) == {0, 25, 75}
    assert found["a", "team"].mean() == pytest.approx(43.75, abs=0.5)
    # Drawn are people: who is hard on one question is hard on the other.
    assert (found["a", "team"] == found["b", "team"]).all()


def test_a_missing_answer_is_any_of_its_options_alike():
    book = built(node("p", level("a"), level("b")))
    missing = drawn(organization(book, said("boss", a="k2")), MANY).missing["b"]
    counts = [float((missing == value).mean()) for value in (0, 25, 50, 75, 100)]
    assert counts == pytest.approx([0.2] * 5, abs=0.01)


def test_a_document_counts_as_a_word_in_a_quarter_of_the_draws():
    book = built(node("p", level("a"), level("b")), policies={"evidence": {}})
    lowered = drawn(organization(book, said("boss", a=proved("k4", ("document", ON)), b="k4")), MANY).lowered
    assert set(lowered) == {"a"}
    assert lowered["a"].mean() == pytest.approx(LOWERED, abs=0.01)


# --- what comes of it ---


def test_intervals_hold_nine_of_ten_draws_and_levels_add_up():
    book = built(node("p", level("a"), level("b"), aggregate="arithmetic"))
    found = draw_scores(organization(book, said("boss", a="k1", b="k3")), MANY)
    score = found.scores["p"]
    # Two equal weights stray by 1/8, and so the mean by 6.25; each answer by 25/sqrt(12): together 8.06, and 1.645 of
    # that on either side of 50.
    assert (score.low, score.middle, score.high) == pytest.approx((36.7, 50, 63.3), abs=2)
    assert sum(score.levels.values()) == pytest.approx(1, abs=0.0005)
    assert score.levels["l2"] == pytest.approx(0.5, abs=0.03)
    assert score.levels["l1"] == pytest.approx(0.5, abs=0.03)


def test_what_nothing_moves_is_certain_and_what_has_no_score_has_no_odds():
    book = built(node("p", percent("x")), node("o", percent("y"), percent("z"), percent("w")))
    found = draw_scores(organization(book, said("boss", x=80, y=1)), 200)
    assert (found.scores["p"].low, found.scores["p"].high) == (80, 80)
    assert found.scores["p"].levels["l3"] == 1
    assert "o" not in found.scores


def test_what_is_undecided_in_some_draws_counts_in_the_others():
    table = {
        "cases": [{"when": "a >= k3 and f = yes", "is": "bad"}],
        "otherwise": "good",
        "values": {"bad": 0, "good": 80},
    }
    book = built(node("p", level("a"), level("b")), node("o", fact("f"), level("c"), aggregate={"rules": table}))
    found = organization(book, said("boss", a="k2", b="k3", c="k1"))
    values = batch(found, drawn(found, MANY)).node("o").value
    # Where the answer moves up to k3, nobody knows whether the fact makes it bad; elsewhere nobody has to know.
    assert np.isnan(values).mean() == pytest.approx(1 / SIDES, abs=0.006)
    assert set(values[~np.isnan(values)].tolist()) == {80}
    assert draw_scores(found, 400).scores["o"].low == 80


def test_a_threshold_belongs_to_the_side_the_rubric_says():
    for closed, key in (("below", "l2"), ("above", "l1")):
        book = built(node("p", percent("x")), closed=closed)
        assert draw_scores(organization(book, said("boss", x=50)), 100).scores["p"].levels[key] == 1


def test_what_lifts_more_is_more_often_among_the_first():
    plain = {"owner": "boss", "effort": {"low": 1, "high": 2}, "weeks": 2}
    lifts = [{"id": f"i{place}", "title": f"Do {place}", **plain} for place in range(10)]
    for place, each in enumerate(lifts):
        each["lifts"] = {f"c{place}": "l4" if place else "l1"}
    principles = [node("p", *(node(f"c{place}", level(f"q{place}")) for place in range(10)))]
    book = built(*principles, initiatives=lifts, policies={"target": "l4"})
    people = said("boss", **{f"q{place}": "k0" for place in range(10)})
    found = draw_scores(organization(book, people), 1000).gains
    assert found["i0"].first < 0.2 < found["i5"].first
    assert found["i0"].high < found["i5"].middle
    assert all(gain.enough == 1 for name, gain in found.items() if name != "i0")
    assert found["i0"].low <= found["i0"].middle <= found["i0"].high


def test_enough_is_what_the_plan_of_the_engagement_asks_for(run, place):
    drawing(run, place)
    before = yaml.safe_load(kept(place))
    file = place.org / "engagement.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "plan: {min_gain: 3}\n", encoding="utf-8")
    assert "were made of other numbers" in run("check", place.org).output
    drawing(run, place)
    after = yaml.safe_load(kept(place))
    # Nothing lifts the overall score by three levels of four; three levels are 75 of 100 points, and 3.00 of 4.
    assert any(gain["enough"] > 0 for gain in before["gains"].values())
    assert all(gain["enough"] == 0 and gain["high"] < 75 for gain in after["gains"].values())
    assert after["numbers"] != before["numbers"]
    assert "in how many draws that is 3 or more" in run("report", place.org).stdout


# --- the same again ---


def test_seed_and_numbers_decide_everything(run, place):
    drawing(run, place)
    first = kept(place)
    drawing(run, place)
    assert kept(place) == first
    drawing(run, place, "--seed", 7)
    other = kept(place)
    assert yaml.safe_load(other)["seed"] == 7
    assert yaml.safe_load(other)["scores"] != yaml.safe_load(first)["scores"]
    found = yaml.safe_load(first)
    assert found["seed"] == seed_of(found["numbers"]) < 2**53


def test_no_order_of_hashes_changes_a_byte(place):
    texts = set()
    for seed in ("0", "1", "77"):
        command = [sys.executable, "-m", "assess", "score", str(place.org), "--draws", "200"]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "ASSESS_RUBRICS": str(place.rubrics)}
        found = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
        assert found.returncode == 0, found.stderr
        texts.add(found.stdout + kept(place))
    assert len(texts) == 1


def test_texts_leave_the_hash_as_it_is_and_numbers_do_not(run, place):
    drawing(run, place)
    before = yaml.safe_load(kept(place))["numbers"]
    place.edit("org/answers/desk.yaml", "title: Book of complaints", "title: The book of complaints")
    place.edit("rubrics/small.yaml", "title: How complaints are answered", "title: How complaints are met")
    place.edit("org/engagement.yaml", "name: Corner Hotel", "name: Corner Inn")
    drawing(run, place)
    assert yaml.safe_load(kept(place))["numbers"] == before
    for name, old, new in (
        ("org/answers/boss.yaml", "mend_cause: defined", "mend_cause: begun"),
        ("org/answers/desk.yaml", "dated: 2026-05-02", "dated: 2026-05-03"),
        ("org/engagement.yaml", "guest: 4", "guest: 5"),
        ("rubrics/small.yaml", "at: 75", "at: 70"),
        ("rubrics/small.yaml", "geometric: {floor: 1}", "geometric: {floor: 2}"),
    ):
        place.edit(name, old, new)
        drawing(run, place)
        after = yaml.safe_load(kept(place))["numbers"]
        assert after != before, new
        before = after


def test_what_is_left_out_changes_no_byte(run, place):
    for guest in ("carl", "dora"):
        place.edit(f"org/answers/{guest}.yaml", "alone: true\n", "")
    drawing(run, place)
    before = kept(place)
    place.edit("org/answers/carl.yaml", "hear_reply: defined", "hear_reply: absent")
    place.edit("org/answers/dora.yaml", "hear_reply: begun", "hear_reply: leading")
    assert drawing(run, place).exit_code == 0
    assert kept(place) == before
    place.edit("org/answers/boss.yaml", "mend_cause: defined", "mend_cause: begun")
    drawing(run, place)
    assert kept(place) != before


# --- where it is kept, and how long it is used ---


def test_nothing_is_said_of_draws_where_none_were_made(run, place):
    said_of = (run("score", place.org).stdout, run("report", place.org).stdout)
    assert not any(re.search(r"\bdraw(s|n)?\b", text) for text in said_of)
    assert json.loads(run("score", place.org, "--format", "json").stdout)["uncertainty"] is None


def test_the_report_prints_what_fits_and_leaves_aside_what_does_not(run, place):
    drawing(run, place)
    text = run("report", place.org).stdout
    root = yaml.safe_load(kept(place))["scores"]["overall"]
    low, high = (f"{root[end] / 25:.2f}" for end in ("low", "high"))
    assert f"[nine of ten draws lie within {low} to {high}](#part-sure)" in text
    assert re.search(r"level \w+ in (over )?\d+% of draws", text)
    assert "drawn 400 times" in text
    place.edit("org/answers/boss.yaml", "mend_cause: defined", "mend_cause: begun")
    found = run("report", place.org)
    assert found.exit_code == 0
    assert "of draws" not in found.stdout
    assert (
        "raws in uncertainty.yaml were made of other numbers than those there are now and are left aside"
        in found.stdout
    )
    assert "note: the draws in uncertainty.yaml were made of other numbers" in run("check", place.org).output
    assert f"draw again: assess score {place.org} --draws 4000" in run("check", place.org).output
    again = drawing(run, place)
    assert "left aside" not in again.output + run("check", place.org).output


def test_what_starts_first_stands_with_what_it_adds_in_report_and_table(run, place):
    table = drawing(run, place).stdout
    found = workflow.assess(place.org, [place.rubrics])
    first = [placed.initiative for placed in found.plan.placements if placed.period == 1]
    assert first
    part = run("report", place.org).stdout.partition("How sure the scores are")[2].partition("Limits")[0]
    for name in first:
        gain, title = found.drawn.gains[name], found.rubric.initiative_by_id[name].title
        low, middle, high = (f"{x / 25:.2f}" for x in (gain.low, gain.middle, gain.high))
        often = [f"{round(100 * share)}%" if 0.01 <= share <= 0.99 else "" for share in (gain.enough, gain.first)]
        [row] = [line for line in part.splitlines() if f"{title}](#" in line]
        [line] = [line for line in table.splitlines() if title in line and f"{low} to {high}" in line]
        assert f"| {middle} | {low} to {high} |" in row
        assert all(share in row and share in line for share in often)


def test_a_level_that_is_less_likely_than_not_never_stands_alone(run, place):
    drawing(run, place)
    data = yaml.safe_load(kept(place))
    for chances, expected in (
        ({"absent": 0.02, "begun": 0.45, "defined": 0.43, "practised": 0.1}, "Begun in 45% or Defined in 43% of draws"),
        ({"absent": 0.002, "begun": 0.998}, "Begun in over 99% of draws"),
    ):
        card = json.loads(run("score", place.org, "--format", "json").stdout)["scores"]["overall"]
        named = {card["level"]: chances["begun"], "defined": chances.get("defined", 0.0)}
        assert card["level"] in {"begun", "defined"}, named
        data["scores"]["overall"]["levels"] = chances
        (place.org / UNCERTAIN).write_text(yaml.safe_dump(data), encoding="utf-8")
        summary = run("report", place.org).stdout.partition("How to read this document")[0]
        assert f"(level {expected})" in summary
        assert f"level {expected} |" in summary


def test_a_damaged_file_stops_nothing_and_is_named(run, place):
    for text in ("assess: uncertainty/1\ndraws: many\n", "a: [", "assess: answers/1\n", "\xff"):
        (place.org / UNCERTAIN).write_bytes(text.encode("latin-1"))
        assert "raws in uncertainty.yaml cannot be read and are left aside" in run("report", place.org).stdout, text
    drawing(run, place)
    assert "left aside" not in run("check", place.org).output


def test_json_has_all_of_it(run, place):
    found = json.loads(drawing(run, place, "--format", "json").stdout)["uncertainty"]
    data = yaml.safe_load(kept(place))
    assert found == {key: value for key, value in data.items() if key not in ("assess", "rubric", "rubric_version")}
    assert json.loads(run("score", place.org, "--format", "json").stdout)["uncertainty"] == found


def test_an_engagement_of_one_file_is_told_to_become_a_folder(run, place):
    file = place.root / "hotel.yaml"
    file.write_text((place.org / "engagement.yaml").read_text() + "answers: {boss: {hear_count: begun}}\n")
    found = run("score", file, "--draws", 400)
    assert found.exit_code == 1
    assert "make a folder, move the file there as engagement.yaml, and name the folder" in found.stderr
    assert run("score", place.org / "engagement.yaml", "--draws", 400).exit_code == 0
    assert kept(place)


def test_where_it_cannot_be_written_the_scores_are_not_printed(run, place):
    (place.org / UNCERTAIN).mkdir()
    found = run("score", place.org, "--draws", 400)
    assert (found.exit_code, found.stdout) == (1, "")
    assert "uncertainty.yaml cannot be written: it is a folder" in found.stderr


def test_without_numpy_there_is_one_sentence_and_what_was_drawn_is_printed_all_the_same(run, place, monkeypatch):
    drawing(run, place)
    before = kept(place)
    for name in [name for name in sys.modules if name.partition(".")[0] == "numpy" or name.startswith("assess.draws")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "numpy", None)
    found = run("score", place.org, "--draws", 400)
    assert (found.exit_code, found.stdout) == (1, "")
    assert "draws need numpy, which is not installed" in found.stderr
    assert "pip install 'social-assess[plan]'" in found.stderr
    assert kept(place) == before
    assert "of draws" in run("report", place.org).stdout
    assert "of draws" in run("score", place.org).stdout


def test_a_seed_alone_and_too_few_draws_are_wrong_usage(run, place):
    assert run("score", place.org, "--seed", 3).exit_code == 2
    assert run("score", place.org, "--draws", 99).exit_code == 2
    assert not (place.org / UNCERTAIN).exists()

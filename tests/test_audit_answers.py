"""Audit: the value of every question of any type, worked out again from the printed text of a report."""

import json
import math
import re
from collections import defaultdict
from types import SimpleNamespace

import pytest
from auditing import NOTHING, links, number, plain, rows, under
from typer.testing import CliRunner

from assess.cli import app
from assess.resources import shipped

OFFICE = {
    "engagement": {
        "assess": "engagement/1",
        "organization": {"name": "Canal Office", "staff": 120},
        "rubric": "complaint_handling",
        "assessed_on": "2026-06-30",
    },
    "register": {
        "answer_time_days": 61, "answer_time_first": 12.9, "answer_reasons_letter": "dependable",
        "fair_hand_decider": "handled", "fair_hand_upheld": 35, "fair_discreet_worse": "no",
        "learn_causes_fate": "left_to_chance",
    },
    "desk-1": {
        "reach_known_where": "handled", "reach_open_ways": ["spoken", "letter", "online", "language"],
        "reach_open_fee": "no", "answer_time_chased": "rarely", "fair_discreet_who": "dependable",
        "learn_causes_fate": "handled", "learn_causes_register": "yes",
    },
    "desk-2": {
        "reach_known_where": "left_to_chance", "reach_open_ways": ["letter", "helper"],
        "answer_time_chased": "often", "fair_discreet_who": "left_to_chance", "learn_causes_fate": {"unknown": True},
    },
    "case_owner": {
        "reach_known_where": "dependable", "answer_reasons_letter": "handled", "fair_hand_decider": "dependable",
        "fair_hand_second": "colleague", "fair_discreet_who": "dependable",
    },
    "director": {
        "answer_time_chased": "never", "fair_hand_decider": "dependable", "learn_causes_fate": "learned_from",
        "learn_account_figures": "dependable", "learn_account_read": "2026-05-12",
    },
    "complainant-1": {"answer_time_asked": "yes"},
    "complainant-2": {"answer_time_asked": "no"},
}  # fmt: skip
STEPS = [{"key": f"k{place}", "label": f"Step {place}"} for place in range(4)]
EVERY_TYPE = {
    "far_up": {"type": "number", "goalposts": {"worst": 20, "best": 85}},
    "far_down": {"type": "number", "unit": "days", "unit_one": "day", "goalposts": {"worst": 90, "best": 1}},
    "below_zero": {"type": "number", "goalposts": {"worst": -20, "best": -5}},
    "income": {"type": "number", "unit": "EUR", "goalposts": {"worst": 100, "best": 75000, "log": True}},
    "debt": {"type": "number", "goalposts": {"worst": 1000, "best": 10, "log": True}},
    "share": {"type": "number", "unit": "%", "band": {"from": 30, "to": 60, "zero_below": 0, "zero_above": 100}},
    "narrow": {"type": "number", "band": {"from": 3, "to": 6, "zero_below": 3, "zero_above": 6}},
    "ways": {"type": "multi", "options": [
        {"key": "a", "label": "One, first", "score": 2}, {"key": "b", "label": "Two", "score": 3, "must": 40},
        {"key": "c", "label": "Three", "score": 0.5, "must": 70}, {"key": "none", "label": "None", "exclusive": True}]},
    "chosen": {"type": "choice", "options": [
        {"key": "x", "label": "X", "score": -1}, {"key": "y", "label": "Y", "score": 0.5},
        {"key": "z", "label": "Z", "score": 3}]},
    "coverage": {"type": "level", "options": [
        {"key": f"s{score}".replace(".", "_"), "label": f"S {score}", "score": score} for score in (0, 0.25, 0.5, 1)]},
    "often": {"type": "scale", "options_from": "often", "reverse": True},
    "seldom": {"type": "scale", "options_from": "often"},
    "good": {"type": "yesno"},
    "bad": {"type": "yesno", "reverse": True},
    "steps": {"type": "level", "options": STEPS},
    "lowest": {"type": "level", "options": STEPS, "combine": "min"},
}  # fmt: skip
ANSWERED = {
    "far_up": (61, 90), "far_down": (1, 95), "below_zero": (-12.5, -20), "income": (5000, 0), "debt": (55, 0),
    "share": (12.9, 81), "narrow": (4, 9), "ways": (["a", "c"], ["a", "b"]), "chosen": ("y", "z"),
    "coverage": ("s0_25", "s1"), "often": ("k1", "k3"), "seldom": ("k1", "k2"), "good": ("yes", "no"),
    "bad": ("yes", "no"), "steps": ("k1", "k3"), "lowest": ("k1", "k3"),
}  # fmt: skip


def small():
    """A rubric with a question of every type that has a value."""
    asked = [{"id": name, "text": f"What of {name}?", **more} for name, more in EVERY_TYPE.items()]
    return {
        "assess": "rubric/1", "id": "small", "title": "Small", "version": "1", "scale": {"min": 0, "max": 5},
        "levels": [{"key": "low", "title": "Low", "at": 0}, {"key": "high", "title": "High", "at": 100}],
        "roles": [{"id": "head", "title": "Head"}, {"id": "team", "title": "Team"}], "option_sets": {"often": STEPS},
        "principles": [{"id": "p", "title": "P", "questions": asked}],
    }  # fmt: skip


@pytest.fixture
def office(tmp_path, monkeypatch):
    """A folder of answers, one file a respondent, and what a command says of it."""
    monkeypatch.chdir(tmp_path)
    rubrics = shipped("rubrics")

    def written(files, rubric=None):
        (tmp_path / "office" / "answers").mkdir(parents=True)
        if rubric:
            (tmp_path / "rubrics" / "small").mkdir(parents=True)
            (tmp_path / "rubrics" / "small" / "rubric.yaml").write_text(json.dumps(rubric), encoding="utf-8")
        (tmp_path / "office" / "engagement.yaml").write_text(json.dumps(files["engagement"]), encoding="utf-8")
        for who, answers in files.items():
            head = {"assess": "answers/1", "respondent": f"r-{who}", "role": who.partition("-")[0]}
            head |= {"submitted": "2026-06-20", "answers": answers}
            if who == "_agreed":
                head = {"assess": "agreed/1", "answers": answers}
            if who != "engagement":
                (tmp_path / "office" / "answers" / f"{who}.yaml").write_text(json.dumps(head), encoding="utf-8")

    def run(*words):
        result = CliRunner().invoke(app, [*words, "--rubrics", str(tmp_path / "rubrics"), "--rubrics", str(rubrics)])
        assert result.exit_code == 0, result.output
        return result.stdout

    return SimpleNamespace(written=written, run=run)


def calculated(steps):
    """The value at the end of the steps from an answer to it, after every calculation in them was done again."""
    bare = re.sub(r'"[^"]*"', "", steps)
    for sum_, result in re.findall(r"((?:100 times|100 -) [^=;]+?) = (-?[\d.]+)", bare):
        said = re.sub(r"ln ([\d.]+)", r"math.log(\1)", sum_).replace("100 times", "100 *")
        assert eval(said, {"math": math}) == pytest.approx(float(result), abs=1e-6), steps
    value = float(re.search(r"(-?[\d.]+)$", bare)[1])
    limits = [float(most) for most in re.findall(r"at most ([\d.]+) without", bare)]
    if limits:
        assert value == min([*limits, *(float(result) for result in re.findall(r"= ([\d.]+)", bare))])
    return value


def worth(report):
    """Question to role to the values of its answers, from the tables of worth; those of settled answers too."""
    found, question = defaultdict(lambda: defaultdict(list)), ""
    for row in rows(under(report, "appendix-a")):
        if "Worth" in row:
            question = links(row["Question"])[0].removeprefix("answers-") if row["Question"] else question
            times = int((re.search(r" \((\d+)\)$", row["Answer"]) or [0, 1])[1])
            if row["Worth"] != NOTHING:
                found[question][row["Who"]] += times * [calculated(row["Worth"])]
    return found


def stepped(report, top):
    """The same for questions of ordered steps, whose answers begin with their points in the appendix of answers."""
    found, question = defaultdict(lambda: defaultdict(list)), ""
    for row in rows(under(report, "appendix-c")):
        question = re.search(r'id="answers-(\w+)"', row["Question"])[1] if row["Question"] else question
        said = row["Answer"].split("<br>")[0]
        for points, _, times in re.findall(r"(?:^|; )([\d.]+): (.+?)(?: \((\d+)\))?(?=; |$)", said):
            found[question][row["Role"].split(", asked")[0]] += int(times or 1) * [100 * float(points) / top]
    return found


def read(report):
    """What Appendix A says of every scored question that has a value."""
    for row in rows(under(report, "appendix-a")):
        if "What each role says" in row and row["Value"] != "left out":
            said = [entry.split(": ", 1) for entry in row["What each role says"].split("<br>")]
            yield SimpleNamespace(
                question=links(row["Question"])[0].removeprefix("answers-"),
                means={who: number(rest) for who, rest in said if re.match(r"[\d.]+ \(", rest)},
                hidden=[who for who, rest in said if "too few" in rest],
                combined=row["Combined"],
                conflict=row.get("In conflict", NOTHING),
                settled=row.get("Settled at", NOTHING),
                value=float(row["Value"].split("= ")[1]),
            )


def recomputed(report):
    """Every question whose value follows from the printed answers, after it was worked out from them."""
    levels = {plain(row["Level"]): number(row["From"]) for row in rows(under(report, "scale"))}
    top = max(levels.values())
    values = {**stepped(report, top), **worth(report)}
    for item in read(report):
        known = dict(values[item.question])
        settled = known.pop("Settled", None)
        how = min if "(min)" in item.combined else lambda several: sum(several) / len(several)
        means = {who: how(of) for who, of in known.items() if who in item.means}
        printed = {who: mean * top / 100 for who, mean in means.items()}
        assert printed == pytest.approx(item.means, abs=0.005 + 1e-9), item
        if item.hidden and settled is None:
            continue
        stands = min(means.values()) if item.conflict != NOTHING else how([*means.values()])
        if item.settled != NOTHING:
            stands = settled[0] if settled else 100 * float(item.settled) / top
        assert item.value == pytest.approx(stands * top / 100, abs=1e-6), item
        yield item.question


def test_every_value_of_the_second_rubric_follows_from_the_report(office):
    office.written({name: answers for name, answers in OFFICE.items() if "complainant" not in name})
    report = office.run("report", "office")
    assert set(recomputed(report)) == {item.question for item in read(report)}
    steps = {row["Answer"]: row["Worth"] for row in rows(under(report, "appendix-a")) if "Worth" in row}
    assert steps["61 days"] == "100 times (61 - 90) / (20 - 90) = 41.428571"
    assert steps["12.9% of the complaints closed in 12 months"] == "100 times (12.9 - 0) / (30 - 0) = 43"
    helper = '"Through a helper"'
    without = next(worth for answer, worth in steps.items() if answer.startswith("In person"))
    assert without == f"100 times (1 + 1 + 1 + 1) / (1 + 1 + 1 + 1 + 1) = 80; at most 60 without {helper}: 60"
    assert steps["In about half of them"] == "100 times (3 - 0) / (4 - 0) = 75; 100 - 75 = 25"


def test_what_was_settled_is_worked_out_too(office):
    agreed = {
        "answer_time_days": {"value": 45, "basis": ["r-register"], "why": "Counted again."},
        "learn_causes_fate": {"value": "handled", "basis": ["r-register"], "why": "Read together."},
    }
    office.written({**OFFICE, "_agreed": agreed})
    report = office.run("report", "office")
    assert "| Settled | 45 days | 100 times (45 - 90) / (20 - 90) = 64.285714 |" in report
    assert "answer_time_days" in set(recomputed(report))


def test_a_small_group_is_shown_neither_as_answer_nor_as_worth(office):
    office.written(OFFICE)
    report = office.run("report", "office")
    assert set(recomputed(report)) == {item.question for item in read(report)}
    assert "Person who complained: fewer than 5 answers, not counted" in under(report, "appendix-a")
    told = office.run("explain", "office", "answer_time_asked")
    assert "yes =" not in told + report
    assert "no = " not in told + report


def test_every_type_of_question_can_be_worked_out(office):
    engagement = {**OFFICE["engagement"], "rubric": "small"}
    head, team = ({name: pair[place] for name, pair in ANSWERED.items()} for place in (0, 1))
    more = {name: pair[0] for name, pair in ANSWERED.items()}
    files = {"engagement": engagement, "head": head, "team-1": team, "team-2": more}
    office.written(files, small())
    report = office.run("report", "office")
    assert set(recomputed(report)) == EVERY_TYPE.keys()
    for line in (
        "worst 90 days, best 1 day, in a straight line between them",
        "worst 100 EUR, best 75000 EUR, on their logarithms between them",
        "100 from 30% to 60%, in straight lines to 0 at 0% and at 100%",
        '"One, first" 2, "Two" 3 (at most 40 of 100 without it), "Three" 0.5 (at most 70 of 100 without it), "None" 0',
        'points, the fewest worth 0 and the most worth 100: "X" -1, "Y" 0.5, "Z" 3.',
        "| 100 times (-12.5 - (-20)) / (-5 - (-20)) = 50 |",
        "| 100 times (ln 5000 - ln 100) / (ln 75000 - ln 100) = 59.09335 |",
        "| 0 has no logarithm and counts as the end nearer to 0: 100 |",
        "| 95 days | 95 lies beyond 90: 0 |",
        "| 1 day | 100 times (1 - 90) / (1 - 90) = 100 |",
        "| inside the band: 100 |",
    ):
        assert line in report, line
    for question in EVERY_TYPE:
        told = office.run("explain", "office", question)
        for steps in re.findall(r"\((.+? of 100)\)(?:,|;|$)", told, re.MULTILINE):
            calculated(steps.removesuffix(" of 100"))
        assert ("What an answer is worth: " in told) == (question not in ("steps", "lowest", "seldom"))


def test_explanations_name_the_rule_with_its_figures(office):
    office.written(OFFICE)
    told = office.run("explain", "office", "answer_time_days")
    assert "What an answer is worth: worst 90 days, best 20 days, in a straight line between them.\n" in told
    assert "Complaint register: 61 days = 41.428571 (100 times (61 - 90) / (20 - 90) = 41.428571 of 100)\n" in told
    assert "dependable = 2.00" in office.run("explain", "office", "fair_discreet_who")

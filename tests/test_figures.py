"""Printed figures end to end: on the right side of levels and targets, in the decimals asked for, adding up."""

import re
from decimal import Decimal

import pytest
from auditing import rows, under
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from planning import made
from test_plan_properties import cases
from typer.testing import CliRunner

from assess.cli import app
from assess.formula import decimals_of, format_figure
from assess.model.answers import Answer, AnswerSheet, Settlement, Voice
from assess.model.engagement import Engagement
from assess.model.findings import Diagnosis
from assess.model.rubric import ROOT, Rubric
from assess.render import render
from assess.resources import shipped
from assess.scoring import score, score_organization

LEVELS = [
    {"key": key, "title": key.title(), "at": at}
    for key, at in (("low", 0), ("fair", 33), ("good", "200/3"), ("high", 90))
]
NUMBER = {"type": "number", "goalposts": {"worst": 0, "best": 100}}
WRITE = """assess: rubric/1
id: r
title: Share
version: "1"
scale: {min: 0, max: SPAN}
MORE
levels:
  - {key: low, title: Low, at: 0}
  - {key: good, title: Good, at: 70}
  - {key: top, title: Top, at: 100}
policies: {target: good}
principles:
  - id: p
    title: Listening
    questions:
      - {id: q, type: number, text: How much?, goalposts: {worst: 0, best: 100}}
"""


def rubric_of(**more):
    asked = {"id": "q", "text": "How much?", **NUMBER}
    base = {
        "id": "r", "title": "Share", "version": "1", "levels": LEVELS,
        "principles": [{"id": "p", "title": "Part", "questions": [asked]}],
    }  # fmt: skip
    return Rubric.model_validate({**base, **more})


def sheet_of(answers, settled=None, others=()):
    record = {"assess": "engagement/1", "organization": {"name": "Acme"}, "rubric": "r", "assessed_on": "2026-06-30"}
    people = tuple(Voice("respondent", given) for given in (answers, *others))
    return AnswerSheet(Engagement.model_validate(record), people, settled or {})


@pytest.fixture
def folder(tmp_path):
    def files(value, span=100, more=""):
        home = tmp_path / "rubrics" / "r"
        home.mkdir(parents=True, exist_ok=True)
        (home / "rubric.yaml").write_text(WRITE.replace("SPAN", str(span)).replace("MORE", more), encoding="utf-8")
        said = "assess: engagement/1\norganization: {name: Acme}\nrubric: r\nassessed_on: 2026-06-30\n"
        said += f"answers:\n  respondent: {{q: {value}}}\n"
        (tmp_path / "e.yaml").write_text(said, encoding="utf-8")
        return tmp_path

    def command(*words):
        done = CliRunner().invoke(app, [*words, str(tmp_path / "e.yaml"), "--rubrics", str(tmp_path / "rubrics")])
        return done.stdout + done.stderr

    return files, command


@pytest.mark.parametrize(
    ("value", "span", "shown"),
    [(69.96, 100, "69.96"), (69.9, 1, "0.699"), (69.95, 4, "2.798"), (99.96, 100, "99.96"), (99.99, 10, "9.999")],
)
def test_no_output_prints_a_score_on_the_threshold_it_has_missed(folder, value, span, shown):
    files, command = folder
    root = files(value, span)
    level, key = ("good", "top") if value > 70 else ("low", "good")
    table = command("score")
    assert re.search(rf"Overall +{re.escape(shown)} +{level.title()}", table)
    wanted = {1: {"good": "0.70", "top": "1.00"}, 4: {"good": "2.80"}, 10: {"top": "10.00"}}.get(span, {})
    start = wanted.get(key, {"good": "70.0", "top": "100.0"}[key])
    done = CliRunner().invoke(
        app, ["score", str(root / "e.yaml"), "--rubrics", str(root / "rubrics"), "--fail-under", f"p={key}"]
    )
    assert f"missed: p is {shown}, and {key} begins at {start}" in done.stderr
    told = CliRunner().invoke(app, ["explain", str(root / "e.yaml"), "p", "--rubrics", str(root / "rubrics")]).stdout
    explained = re.search(r"Score (\S+) on .+ level (\w+)\.", told)
    begins = re.search(r"begins at (\S+): (\S+) more", told)
    assert Decimal(explained[1]) < Decimal(begins[1])
    assert Decimal(begins[1]) - Decimal(explained[1]) == Decimal(begins[2])
    report = root / "r.md"
    command("report", "-o", str(report))
    text = report.read_text(encoding="utf-8")
    assert f"stands at {shown} of " in text
    for row in rows(under(text, "standing")):
        target, gap = Decimal(row["Target"]), Decimal(row["Gap"])
        assert gap == max(target - Decimal(shown), Decimal(0))
        assert (gap > 0) == (value < 70)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([33, 200 / 3, 90]), st.sampled_from([10.0**-k * d for k in range(1, 8) for d in (-1, 1, -5, 4.9)]),
    st.sampled_from([1, 3, 4, 10, 100, 360]), st.sampled_from(["below", "above"]), st.integers(0, 3),
)  # fmt: skip
def test_the_level_of_a_printed_score_is_the_level_printed_beside_it(at, far, span, closed, decimals):
    rubric = rubric_of(closed=closed, scale={"min": 0, "max": span}, decimals=decimals)
    # Nearer than the last decimal that is printed, no figure tells on which side of a threshold a value lies.
    assume(abs(far) * span / 100 > 2e-6)
    found = score(rubric, sheet_of({"q": Answer("value", at + far)})).scores["p"]
    figure = Decimal(format_figure(rubric, "p", found.value, found.scale))
    starts = {level.key: Decimal(str(round(level.at * span / 100, 6))) for level in rubric.levels}
    reached = [key for key, start in starts.items() if (figure > start if closed == "above" else figure >= start)]
    assert (reached or ["low"])[-1] == found.level


def test_a_number_near_the_figure_a_condition_reads_is_told_apart_from_it():
    fact = {"id": "n", "type": "number", "text": "How many?", "unit": "hours"}
    gate = {"id": "g", "when": "n > 20", "flag": True, "because": "Too many."}
    headline = {"when": "n > 20", "says": "You spend {n} hours."}
    principle = {"id": "p", "title": "Part", "questions": [{"id": "q", "text": "How much?", **NUMBER}, fact]}
    rubric = rubric_of(principles=[{**principle, "gates": [gate]}], headlines=[headline])
    answers = {"q": Answer("value", 50), "n": Answer("value", 20.004)}
    sheet = sheet_of(answers)
    from assess.diagnose import diagnose

    found = diagnose(score_organization(rubric, sheet))
    assert found.headline == "You spend 20.004 hours."
    assert [quote.answered for quote in found.of("gate")[0].quotes] == ["20.004 hours"]


def test_decimals_come_from_the_node_then_from_above_then_from_the_rubric_then_from_the_span():
    inner = {"id": "c", "title": "C", "decimals": 0, "questions": [{"id": "q", "text": "How much?", **NUMBER}]}
    plain = {"id": "d", "title": "D", "questions": [{"id": "r", "text": "And this?", **NUMBER}]}
    first = {"id": "p", "title": "P", "decimals": 4, "criteria": [inner, plain]}
    second = {"id": "s", "title": "S", "questions": [{"id": "t", "text": "More?", **NUMBER}]}
    rubric = rubric_of(principles=[first, second], decimals=3, scale={"min": 0, "max": 1})
    assert {n: decimals_of(rubric, n, (0, 1)) for n in (ROOT, "p", "c", "q", "d", "r", "s", "t")} == {
        ROOT: 3, "p": 4, "c": 0, "q": 0, "d": 4, "r": 4, "s": 3, "t": 3,
    }  # fmt: skip
    other = rubric_of(principles=[second])
    assert [decimals_of(other, ROOT, scale) for scale in ((0, 100), (0, 10), (-2, 8.5))] == [1, 2, 1]


@pytest.mark.parametrize(("more", "shown"), [("decimals: 3", "0.444"), ("", "0.44"), ("decimals: 0", "0")])
def test_scores_are_printed_with_the_decimals_of_the_rubric(folder, more, shown):
    files, command = folder
    files(44.44, 1, more)
    assert re.search(rf"p Listening +{re.escape(shown)} ", command("score"))


@pytest.mark.parametrize("wrong", ["7", "-1", "two", "1.5"])
def test_other_numbers_of_decimals_are_refused(folder, wrong):
    files, command = folder
    files(50, 1, f"decimals: {wrong}")
    assert "rubric.yaml:6" in command("score")


EXPECTED = [
    (47.76, "0.482", False), (47.76, "0.48", True), (47.76, "0.478", True), (47.76, "0.5", True), (47.7, "0.47", False),
    (47.76, "0.4776", True), (47.76, "0.47761", False), (47.76, "0.480", False), (100, "1", True), (99, "1", False),
    (99.6, "1", True), (0.4, "0", True), (0.6, "0", False), (12.5, "0.13", True), (12.5, "0.12", True),
]  # fmt: skip


@pytest.mark.parametrize(("value", "wanted", "passes"), EXPECTED)
def test_an_expected_score_is_compared_in_the_decimals_it_is_written_with(folder, value, wanted, passes):
    files, _ = folder
    root = files(value, 1)
    persona = (
        f"assess: persona/1\nid: one\ntitle: One\nassessed_on: 2026-06-30\nanswers:\n  respondent: {{q: {value}}}\n"
    )
    place = root / "rubrics" / "r" / "personas"
    place.mkdir()
    (place / "one.yaml").write_text(f"{persona}expect: {{scores: {{overall: {wanted}}}}}\n", encoding="utf-8")
    words = ["rubric", "test", "r", "--rubrics", str(root / "rubrics")]
    done = CliRunner().invoke(app, words)
    told = re.search(r"'overall' scores (\S+); (\S+) was expected", done.stdout + done.stderr)
    assert (told is None) == passes
    if told:
        assert Decimal(told[1]) != Decimal(told[2]) == Decimal(wanted)
        assert CliRunner().invoke(app, [*words, "--update"]).exit_code == 0
        assert CliRunner().invoke(app, words).exit_code == 0


FACTS = [
    {"id": "many", "type": "number", "text": "How many?", "unit": "%", "weight": 0},
    {"id": "day", "type": "date", "text": "When?"},
    {"id": "kind", "type": "choice", "weight": 0, "text": "Which?",
     "options": [{"key": "a", "label": "Alpha", "score": 1}, {"key": "b", "label": "Beta", "score": 2}]},
    {"id": "there", "type": "yesno", "weight": 0, "text": "Is it?"},
    {"id": "ticks", "type": "multi", "weight": 0, "text": "What of these?",
     "options": [{"key": "x", "label": "Ex"}, {"key": "y", "label": "Why"}]},
    {"id": "free", "type": "text", "text": "Say it."},
    {"id": "dark", "type": "number", "text": "How dark?", "weight": 0},
]  # fmt: skip


def test_what_was_settled_is_printed_before_and_after_for_every_type_of_question():
    import datetime

    first, second = datetime.date(2026, 1, 9), datetime.date(2026, 3, 1)
    rubric = rubric_of(
        principles=[{"id": "p", "title": "P", "questions": [{"id": "q", "text": "How much?", **NUMBER}, *FACTS]}]
    )
    one = {"q": 20, "many": 19, "day": second, "kind": "b", "there": "yes", "ticks": ("x",), "free": "So."}
    two = {"q": 40, "many": 34, "day": first, "kind": "a", "there": "no", "ticks": ("x", "y"), "free": "Not so."}
    new = {"q": 90, "many": 25, "day": second, "kind": "b", "there": "yes", "ticks": ("y",), "free": "Thus.", "dark": 3}
    answers = [{name: Answer("value", value) for name, value in given.items()} for given in (one, two)]
    answers[0]["dark"] = Answer("unknown")
    settled = {name: Settlement(Answer("value", value), ("respondent",), "Looked it up") for name, value in new.items()}
    sheet = sheet_of(answers[0], settled, answers[1:])
    result = made(rubric, sheet)
    text = render(score_organization(rubric, sheet), Diagnosis("", ()), result, (), (shipped("templates"),))
    told = {re.search(r"\[(\w+)\]", row["Question"])[1]: row for row in rows(under(text, "settled"))}
    assert {name: (row["Before"], row["After"]) for name, row in told.items()} == {
        "q": ("30 (30.0)", "90 (90.0)"), "many": ("26.5%", "25%"), "day": ("2026-01-09", "2026-03-01"),
        "kind": ("Alpha", "Beta"), "there": ("No", "Yes"), "ticks": ("Ex", "Why"),
        "free": ("answered in words", "Thus."), "dark": ("not known", "3"),
    }  # fmt: skip
    assert {row["Why"] for row in told.values()} == {"Looked it up"}
    assert {row["Rests on"] for row in told.values()} == {"Respondent"}
    settled_rows = [row["Answer"] for row in rows(under(text, "appendix-c")) if row["Role"] == "Settled"]
    assert settled_rows == ["90", "25%", "2026-03-01", "Beta", "Yes", "Why", "Thus.", "3"]


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(cases())
def test_no_initiative_ends_a_plan_lower_than_the_plan_ends_without_it(case):
    rubric, sheet, findings = case
    result = made(rubric, sheet, *findings)
    text = render(score_organization(rubric, sheet), Diagnosis("", findings), result, (), (shipped("templates"),))
    listed = rows(under(text, "priorities"))
    (outlook,) = [row for row in rows(under(text, "outlook")) if row["Part"] == "**Overall**"] or [{}]
    figures = [value for name, value in outlook.items() if name not in ("Part", "Target")]
    if not listed or figures[0] == "not scored":
        assert not [row for row in listed if row["End without it"][0] in "+-0123456789"]
        return
    assert len(listed) == len(result.placements)
    assert all(Decimal(row["End without it"]) <= Decimal(figures[-1]) for row in listed)


def test_a_whole_made_of_sums_names_no_mean_of_parts_on_other_scales():
    def credit(name, most):
        return {"id": name, "title": name.title(), "aggregate": "sum", "questions": [
            {"id": f"{name}_q", "type": "number", "text": f"Points of {name}?",
             "goalposts": {"worst": 0, "best": most}}]}  # fmt: skip

    rubric = rubric_of(aggregate="sum", principles=[credit("energy", 33), credit("water", 10)], levels=[])
    sheet = sheet_of({"energy_q": Answer("value", 30), "water_q": Answer("value", 3)})
    text = render(
        score_organization(rubric, sheet), Diagnosis("", ()), made(rubric, sheet), (), (shipped("templates"),)
    )
    assert "stands at 33.0 of 43" in text
    assert "plain mean" not in text
    assert "- Lowest on its own scale: [Water](#water) (3.00 of 10)." in text
    items = {
        row["Question"].split("[")[1].split("]")[0]: row
        for row in rows(under(text, "appendix-a"))
        if "What each role says" in row
    }
    assert items["water_q"]["Value"] == "3 = 3.000000"
    assert items["energy_q"]["What each role says"] == "Respondent: 30.0 (1 answer)"


def test_a_target_nobody_chose_goes_without_a_level():
    two = [
        {"id": n, "title": n.title(), "questions": [{"id": f"{n}_q", "text": f"How much {n}?", **NUMBER}]} for n in "ab"
    ]
    rubric = rubric_of(principles=two, policies={"target": "good"})
    text = document(rubric, {"a_q": 10, "b_q": 95})
    assert "the target is 80.8, with every part at its own target." in text
    assert "of 100 (level Fair); the target is 66.7 (level Good)" in document(rubric, {"a_q": 40, "b_q": 50}).replace(
        "66.666667", "66.7"
    )
    row = next(row for row in rows(under(text, "standing")) if "(#b)" in row["Part"])
    assert (row["Now"].split()[1], row["Gap"]) == ("95.0", "0.0")
    assert "it is 0 where the score has reached the target or lies above it" in text


def document(rubric, values):
    sheet = sheet_of({name: Answer("value", value) for name, value in values.items()})
    return render(
        score_organization(rubric, sheet), Diagnosis("", ()), made(rubric, sheet), (), (shipped("templates"),)
    )


def test_nothing_is_promised_where_there_is_no_strength():
    text = document(rubric_of(), {"q": 1})
    assert "What works comes first" not in text
    assert "### Strengths" not in text

"""What an explanation says where a number alone would mislead: who differs, what is missing, what does not count."""

import re

import pytest
from counting import counted_of
from factories import CEILINGS, NA, ON, UNKNOWN, answered, built, level, node, percent, proved, said, sheet
from rendering import NO_PLAN, TEMPLATES

from assess.explain import explain
from assess.model.answers import Answer
from assess.model.findings import Diagnosis
from assess.render import render
from assess.scoring import score, score_organization

HELD = {"disagreement": {"role": "boss", "levels": 2}}


def told(name, *people, policies=None, **more):
    rubric = built(node("p", *(level(q) for q in "qr"), **more), policies=policies or {})
    answers = counted_of(rubric, sheet(*people))
    return explain(score_organization(rubric, answers), name) + "\n"


@pytest.mark.parametrize(
    ("answers", "line"),
    [
        ({"boss": "k4", "team": "k2", "log": "k4"}, "Team is 2 levels or more from Boss."),
        ({"boss": "k4", "team": "k2", "log": "k0"}, "Log and Team are each 2 levels or more from Boss."),
        ({"boss": "k4", "team": "k3", "log": "k3"}, "no role is 2 levels or more from Boss."),
    ],
)
def test_a_disagreement_names_who_differs_from_whom(answers, line):
    people = [said(role, q=answer) for role, answer in answers.items()]
    assert f"Disagreement: {line}\n" in told("q", *people, policies=HELD)


def test_anonymous_people_who_are_too_few_differ_from_nobody():
    people = [said("boss", q="k4"), said("team", q="k0"), said("log", q="k1")]
    shown = told("q", *people, policies={**HELD, "anonymous": ["team"]})
    assert "Disagreement: Log is 2 levels or more from Boss." in shown
    assert "Team: fewer than 5 answers, not counted\n" in shown
    shown = told("q", *people[:2], policies={**HELD, "anonymous": ["team"]})
    assert "Disagreement: no role is 2 levels or more from Boss." in shown


@pytest.mark.parametrize(
    ("missing", "then"),
    [("zero", "it counts as 0, the worst answer"), ("exclude", "it is left out and the rest weighs more")],
)
def test_what_nobody_answered_says_what_it_counts_until_then(missing, then):
    shown = told("q", said("boss", r="k4"), policies={"missing": missing})
    assert f"Not answered by anybody who was asked (Boss, Team and Log); until it is, {then}.\n" in shown


def test_not_knowing_outweighs_the_word_that_it_does_not_apply():
    shown = told("q", said("boss", q=NA), said("team", q=UNKNOWN), policies={"unknown": "zero"})
    assert "Nobody who was asked knows (Boss, Team and Log); the worst answer counts." in shown
    assert "That somebody called it not applicable does not outweigh this." in shown
    assert "outweigh" not in told("q", said("team", q=UNKNOWN))


@pytest.mark.parametrize(
    ("aggregate", "costs"), [("geometric", True), ("harmonic", True), ("min", False), ("product", False)]
)
def test_unevenness_costs_only_where_one_weak_part_costs_more_than_its_share(aggregate, costs):
    shown = told("p", said("boss", q="k4", r="k1"), aggregate=aggregate)
    assert "Plain mean of its parts 62.50, lowest part 25.00" in shown
    assert ("unevenness costs" in shown) is costs


def test_what_does_not_apply_is_not_called_unanswered():
    shown = told("p", said("boss", q=NA, r=NA))
    assert "Does not apply: nothing below it does." in shown
    assert "Not scored" not in shown


def test_how_sure_somebody_was_stands_beside_the_answer_unless_the_role_is_anonymous():
    unsure = Answer("value", "k1", confidence="low")
    people = [said("boss", q=unsure), said("team", q="k2"), *(said("log", q=unsure) for _ in range(5))]
    shown = told("q", *people, policies={"anonymous": ["log"]})
    assert "Boss: k1 = 1.00 (low confidence)\n" in shown
    assert "Team: k2 = 2.00\n" in shown
    assert "Log: 5 x k1 = 1.00; mean 1.00\n" in shown


def test_how_sure_somebody_was_changes_no_value():
    for confidence in ("low", "high", None):
        rubric = built(node("p", level("q")))
        card = score(
            rubric, sheet(said("boss", q=answered("k1")._replace(confidence=confidence)), said("team", q="k3"))
        )
        assert card["p"].value == 50


def test_proof_of_an_anonymous_role_is_told_without_title_and_day():
    people = [said("boss", q="k4"), *(said("log", q=proved("k4", ("document", ON))) for _ in range(5))]
    shown = told("q", *people, policies={**CEILINGS, "anonymous": ["log"]})
    assert "Shown by an anonymous role (document, dated)\n" in shown
    assert str(ON) not in shown


def test_proof_beside_no_answer_is_shown_as_not_counting():
    paper = proved("k4", ("document", ON)).evidence
    shown = told("q", said("boss", q="k4"), said("team", q=UNKNOWN._replace(evidence=paper)), policies=CEILINGS)
    assert "Evidence: stated, which allows at most 2.00; held down from 4.00." in shown
    assert "Proof (document, dated 2026-06-30); does not count, shown without an answer" in shown


KINDS = [
    "arithmetic", "geometric", {"geometric": {"floor": "coinr"}}, "harmonic", {"power": {"p": 2}}, "product",
    "sum", {"tally": {"reach": ">= 40"}},
]  # fmt: skip


@pytest.mark.parametrize("aggregate", KINDS, ids=str)
def test_an_explanation_and_the_appendix_write_the_same_arithmetic(aggregate):
    parts = (percent("q", weight=3), percent("r"), percent("s", weight=2))
    rubric = built(node("p", *parts, aggregate=aggregate), policies={"min_coverage": 0})
    organization = score_organization(rubric, sheet(said("boss", q=80, s=30)))
    explained = explain(organization, "p")
    lines = explained[explained.index("How it comes about") : explained.index("How sure it is")].splitlines()
    text = render(organization, Diagnosis("", ()), NO_PLAN, (), (TEMPLATES,))
    appendix = text[text.index("#### Node p") : text.index("Appendix B: evidence", text.index("#### Node p"))]
    for name in "qs":
        (told,) = [re.split(" {2,}", line.strip()) for line in lines if line.strip().startswith(f"{name} ")]
        (row,) = [line.strip("| ").split(" | ") for line in appendix.splitlines() if f"(#trace-{name})" in line]
        assert told[2:] == row[2:]
        assert len(row) >= 4
    steps = [line.strip() for line in lines if re.match(r"\s+(Sum|Count|Product|100 times|exp|1 /|sum)\b.* = ", line)]
    assert steps
    assert [step for step in steps if f"- {step}" not in appendix] == []


@pytest.mark.parametrize(
    "how", [{"geometric": {"floor": 0}}, {"power": {"p": -2, "floor": 0}}, {"harmonic": {"floor": 0}}], ids=str
)
def test_a_part_of_0_that_nothing_lifts_is_said_and_not_calculated_with(how):
    book = built(node("p", percent("a"), percent("b"), aggregate=how))
    told = explain(score_organization(book, sheet(said("boss", a=0, b=60))), "p")
    assert "A part is 0 and nothing lifts it, so the value is 0." in told

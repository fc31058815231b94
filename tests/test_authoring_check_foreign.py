"""Slips in the shapes of other people's models, each in words of ours: what is whole is silent, the slip is found."""

import pytest
from factories import HEAD, written

from assess.authoring.check import audit
from assess.documents import SourceMap, parse, validated
from assess.model.rubric import Rubric
from assess.validate import validate

DAYS = [("Never", 0), ("On some days", 1), ("On most days", 2), ("Every day", 3)]
AGREE = "[{key: n, label: No}, {key: m, label: Partly}, {key: y, label: Yes}]"


def below(lines):
    return "principles:\n  - id: p\n    title: P\n" + "".join(f"    {line}\n" for line in lines)


def complaints(days=DAYS, *, shared=True):
    """Nine complaints, each on so many days; more is worse."""
    options = ", ".join(f"{{key: k{score}, label: {label}, score: {score}}}" for label, score in days)
    asked = [
        f"  - {{id: item{n}, type: choice, better: high, text: Complaint {'abcdefghi'[n]}?, "
        + ("options_from: days}" if shared or n else f"options: [{options}]}}")
        for n in range(9)
    ]
    full = ", ".join(
        f"{{key: k{score}, label: {label}, score: {score}}}" for label, score in (days if shared else DAYS)
    )
    return f"option_sets: {{days: [{full}]}}\n" + below(["aggregate: sum", "questions:", *asked])


def recommended(numbers):
    """How likely a recommendation is, from 0 to 10."""
    options = ", ".join(f'{{key: k{n}, label: "{n}", score: {int(n > 8)}}}' for n in numbers)
    return below(["questions:", f"  - {{id: q, type: choice, text: How likely is it?, options: [{options}]}}"])


def usable(items, reverse=""):
    """Ten statements on whether something can be used."""
    asked = [f"  - {{id: sus{n}, type: scale, text: Statement {n}?, options: {AGREE}{reverse}}}" for n in items]
    return below(["questions:", *asked])


def open_data(closed=()):
    """Nine yes or no questions on a set of data."""
    asked = [
        f"  - {{id: set_{name}, type: yesno, text: Is it {name}?{', reverse: true' if name in closed else ''}}}"
        for name in ("there", "digital", "public", "free", "online", "readable", "whole", "licensed", "fresh")
    ]
    return below(["questions:", *asked])


def checks(weights):
    """Automatic checks of a project, each with a weight."""
    asked = [
        f"  - {{id: c{'abcdefghijklmnopqrs'[n]}, weight: {weight}, type: number, goalposts: {{worst: 0, best: 10}},"
        f" min: 0, max: 10, text: Check {n}?}}"
        for n, weight in enumerate(weights)
    ]
    return below(["questions:", *asked])


def penalties(bonus=None):
    """Requirements that cost points where they are not met."""
    asked = [
        f"  - {{id: r{'abcdef'[n]}, type: choice, text: Requirement {n}?, options: [{{key: unmet, label: Not met,"
        f" score: {cost if n == bonus else -cost}}}, {{key: met, label: Met, score: 0}}]}}"
        for n, cost in enumerate((5, 3, 1, 5, 1, 3))
    ]
    return below(["aggregate: sum", "questions:", *asked])


def indicators(worst, best, better="", most=30):
    """Two of the indicators of an index of countries."""
    first = f"  - {{id: years, type: number, min: 0, max: {most}, goalposts: {{worst: {worst}, best: {best}}}{better},"
    second = "  - {id: life, type: number, min: 0, max: 120, goalposts: {worst: 20, best: 85}, text: How long a life?}"
    return below(["questions:", f"{first} text: How many years at school?}}", second])


def said(text):
    document = parse(HEAD + text, "rubric.yaml")
    rubric, wrong = validated(document, Rubric, {k: v for k, v in document.data.items() if k != "assess"})
    assert not wrong, wrong
    found = [p for p in validate(rubric, SourceMap()) if p.severity == "error"]
    return {p.code for p in found or audit(written(text), SourceMap())}


LESS, MORE = ", better: low", ", better: high"
CASES = {
    "a step of a shared list is missing": (complaints(), complaints([day for day in DAYS if day[1] != 2]), "hole"),
    "a step of one question is missing": (
        complaints(shared=False),
        complaints([day for day in DAYS if day[1] != 1], shared=False),
        "hole",
    ),
    "a number is missing": (recommended(range(11)), recommended([n for n in range(11) if n != 7]), "hole"),
    "a statement is missing": (usable(range(1, 11)), usable([n for n in range(1, 11) if n != 7]), "hole"),
    "yes is bad once": (open_data(), open_data(["free"]), "unlike_siblings"),
    "a point is missing": (
        checks([7.5, 10, 5, 2.5, 7.5, 5, 7.5]),
        checks([75, 10, 5, 2.5, 7.5, 5, 7.5]),
        "heavy_weight",
    ),
    "a penalty became a bonus": (penalties(), penalties(bonus=3), "unlike_siblings"),
    "a goalpost slipped": (indicators(0, 18), indicators(0, 1.8), "unit"),
    "goalposts are exchanged": (indicators(0, 18, MORE), indicators(18, 0, MORE), "question"),
    "goalposts of a loss are exchanged": (indicators(100, 0, LESS, 100), indicators(0, 100, LESS, 100), "question"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_whole_is_silent_and_the_slip_is_found(name):
    whole, slipped, code = CASES[name]
    assert said(whole) == set()
    assert code in said(slipped)


@pytest.mark.parametrize(
    "text",
    [
        usable(range(1, 11), ", reverse: true"),
        open_data(["there", "digital", "free"]),
        checks([7.5, 10, 5, 2.5, 7.5, 5, 24]),
        indicators(18, 0),
        recommended([0, 5, 10]),
    ],
)
def test_what_is_unusual_and_may_be_meant_is_left_alone(text):
    assert said(text) == set()

"""Audit: every sum and tally that is printed, done again from its printed parts."""

import math
import re
from pathlib import Path

import pytest
from auditing import NOTHING, number, rows, under
from factories import NA, UNKNOWN, said, sheet

import assess
from assess import workflow
from assess.model.rubric import ROOT
from assess.resources import shipped

FOREIGN = {path.stem: path for path in sorted((Path(__file__).parent / "foreign").glob("*.yaml"))}
SHIPPED = {path.parent.name: path.parent for path in sorted(shipped("rubrics").glob("*/rubric.yaml"))}
RUBRICS = {}
COUNTING = ("sum", "tally")
LAST = 1e-6


def rubric(name):
    if name not in RUBRICS:
        RUBRICS[name] = assess.load_rubric({**FOREIGN, **SHIPPED}[name])
    return RUBRICS[name]


def replies(asked, place, found):
    """One answer of many, another for every place; sometimes none, a don't-know, or that it does not apply."""
    kind = place % 7
    if kind == 3 or (kind == 5 and "unknown" in found.states_of(asked)):
        return None if kind == 3 else UNKNOWN
    if kind == 1 and "na" in found.states_of(asked):
        return NA
    keys = [option.key for option in found.options_of(asked)]
    if asked.type == "number":
        ends = asked.goalposts or asked.band
        low, high = (ends.worst, ends.best) if asked.goalposts else (0, 100) if ends else (1, 2)
        return low + (high - low) * (place % 5) / 5
    if asked.type == "multi":
        return (keys[place % len(keys)],)
    return keys[place % len(keys)] if keys else None


def assessed(name, shift):
    found = rubric(name)
    answers = {asked.id: replies(asked, place + shift, found) for place, asked in enumerate(found.questions())}
    answers = {asked: answer for asked, answer in answers.items() if answer is not None}
    role = found.roles[0].id if found.roles else "respondent"
    return workflow.assess_sheet(found, sheet(said(role, **answers)), ())


def counted(found):
    """The sums and tallies of a rubric that have points, by the name their passage bears."""
    names = {node.id: node for node in found.rubric.nodes()}
    for name, score in found.scorecard.scores.items():
        if score.aggregate in COUNTING and score.earned is not None:
            known = names.get(name)
            yield score, "Overall" if name == ROOT else f"{known.code} {known.title}" if known.code else known.title


def number_of(cell):
    """A number or fraction as printed."""
    top, _, bottom = cell.partition("/")
    return number(top) / float(bottom or 1)


def figures(text):
    """Points, least and most of "3 x 2 = 6 of 12" or "-1 on -2 to 3", the product done again."""
    product = re.match(r"(-?[\d.]+) x (-?[\d.]+) = (-?[\d.]+)", text)
    if product:
        assert float(product[1]) * float(product[2]) == pytest.approx(float(product[3]), abs=4 * LAST), text
        text = text.split(" = ")[1]
    points, _, out = text.partition(" of ")
    if not out:
        points, _, ends = text.partition(" on ")
        least, out = ends.split(" to ")
        return float(points), float(least), float(out)
    return float(points), 0.0, float(out)


def passage(report, title):
    """The table of parts and the steps of one node in Appendix A."""
    text = under(report, "appendix-a")
    start = re.search(rf"^###+ (?:<a id=\"trace-overall\"></a>)?{re.escape(title)}$", text, re.MULTILINE).end()
    following = re.compile(r"^#{3,} ", re.MULTILINE).search(text, start)
    return text[start : following.start() if following else None]


def held(how, points):
    """Points of the parts as the sum counts them: with those it starts from, between its ends."""
    low = how.floor if isinstance(how.floor, int | float) else -math.inf
    return min(max(points + (how.offset or 0), low), math.inf if how.ceiling is None else how.ceiling)


def started(how, points, step):
    """What is printed before the points of a sum, done again: "110 + (-8)", or "-8, never less than 0"."""
    before, _, rest = step.rpartition(" = ")
    if before:
        reckoned = eval(before.partition(", never ")[0])
        assert reckoned == pytest.approx(points + (how.offset or 0), abs=100 * LAST), step
        assert (", never " in before) is (abs(held(how, points) - reckoned) > LAST)
    else:
        assert held(how, points) == pytest.approx(points, abs=100 * LAST)
    return rest


def worth(score, points, least, most):
    """What points are worth on 0 to 100, of a node whose fewest points may be the best."""
    worst, best = (least, most) if score.scale[0] <= score.scale[1] else (most, least)
    return 100 * (points - worst) / (best - worst)


def recomputed(score, said_of, how):
    """The value of a printed sum from the points of its parts, which add up to what stands below them."""
    parts = [figures(row["points"]) for row in rows(said_of) if row.get("points", NOTHING) != NOTHING]
    added = [sum(part[place] for part in parts) for place in range(3)]
    sums = [held(how, points) for points in added]
    step = re.search(r"^- (?:Sum|Count) = (.+?) that (?:apply|are answered)\.$", said_of, re.MULTILINE)[1]
    step = started(how, added[0], step)
    assert figures(step) == pytest.approx(tuple(sums), abs=LAST * (len(parts) + 1)), score.id
    value = worth(score, *sums)
    shown = re.search(r"^- 100 times (.+) / (.+) = ([\d.]+)\.$", said_of, re.MULTILINE)
    top, bottom = (eval(half) for half in shown.groups()[:2])
    assert 100 * top / bottom == pytest.approx(float(shown[3]), abs=100 * LAST)
    assert value == pytest.approx(score.uncapped, abs=100 * LAST * len(parts))
    if score.aggregate == "sum" and how.floor is None and how.ceiling is None:
        present = [row for row in rows(said_of) if row.get("points", NOTHING) != NOTHING]
        assert sum(number_of(row["Weight"]) * float(row["0 to 100"]) for row in present) == pytest.approx(
            value, abs=1e-3
        )
    return value


def sentence(score, how):
    """The value from the parts named in the one sentence of a score."""
    parts = re.match(r"(?:Sum|Count of those that reach the threshold) of (.+?) = (.+)", score.because)
    added = 0.0
    for part in parts[1].split(", "):
        figure = part.split(" ", 1)[1]
        times, _, points = figure.partition(" x ")
        added += 0.0 if figure == "-" else float(times) * float(points) if points else float(figure)
    step = started(how, added, re.match(r"(.+?) that (?:apply|are answered)", parts[2])[1])
    points, least, most = figures(step)
    assert held(how, added) == pytest.approx(points, abs=4 * LAST * len(parts[1].split(", ")))
    return worth(score, points, least, most)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted({**FOREIGN, **SHIPPED}))
def test_every_printed_sum_and_count_follows_from_its_printed_parts(name):
    seen = 0
    for shift in range(4):
        found = assessed(name, shift)
        report = workflow.report(found)
        for score, title in counted(found):
            how = found.rubric.node_by_id[score.id].aggregate
            assert recomputed(score, passage(report, title), how) == pytest.approx(score.uncapped, abs=1e-3)
            assert sentence(score, how) == pytest.approx(score.uncapped, abs=1e-3)
            seen += 1
    kinds = {node.aggregate.kind for node in rubric(name).nodes()} | {rubric(name).aggregate.kind}
    assert bool(seen) == bool(kinds & {*COUNTING})


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(FOREIGN))
def test_a_question_in_a_sum_is_printed_in_its_own_points(name):
    found = assessed(name, 0)
    report = under(workflow.report(found), "appendix-a")
    homes = {node.id for node in rubric(name).nodes() if node.aggregate.kind == "sum"}
    for item in found.scorecard.items.values():
        if item.node in homes and item.value is not None:
            row = next(row for row in rows(report) if f"trace-{item.id}" in row.get("Question", ""))
            part = next(row for row in rows(report) if f"#trace-{item.id})" in row.get("Part", ""))
            assert float(row["Value"].split("= ")[1]) == pytest.approx(number_of(part["Own scale"]), abs=LAST)

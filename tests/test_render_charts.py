"""The pictures of a document: their figures are those of scores and plan, and nothing touches in those of samples."""

from functools import cache

import pytest
from factories import built, node, percent, said, sheet
from picturing import outside, touching
from planning import criterion, initiative, rubric_of, sheet_of

from assess.charts import gaps_table
from assess.model.findings import Diagnosis
from assess.model.roadmap import QUICK
from assess.model.rubric import ROOT, Rubric
from assess.numbers import TOLERANCE
from assess.plan import plan
from assess.render.context import RenderContext
from assess.render.gains import planned_range
from assess.render.sections.charts import charts_of, draw_charts
from assess.resources import shipped
from assess.scoring import score_organization
from assess.words import short_day
from assess.workflow import assess

SAMPLES = ("trumpet_thistle", "quietwater", "lanternfolk", "willowbrace")
PROOF = {"what": "The minutes.", "weeks": 6}


def case_of(*levels, initiatives=(), rubric=None, **engagement):
    """A case of one principle and criterion a level or state: `c0`, `c1` and so on, called Part 0, Part 1."""
    named = {f"c{k}": level for k, level in enumerate(levels)}
    principles = [{"id": f"p{k}", "title": f"Part {k}", "criteria": [criterion(f"c{k}")]} for k in range(len(levels))]
    document = rubric_of([*initiatives], ("a",), **rubric or {}).model_dump(
        mode="json", by_alias=True, exclude_unset=True, exclude={"initiatives"}
    )
    whole = Rubric.model_validate({**document, "principles": principles, "initiatives": [*initiatives]})
    return context(score_organization(whole, sheet_of(named, **engagement)))


def counted(scale, **more):
    """A rubric without levels, of two parts with a percentage each, on a scale."""
    parts = [node(f"p{k}", node(f"c{k}", percent(f"q{k}"))) for k in range(2)]
    return built(*parts, levels=[], scale=scale, **more)


def context(found):
    diagnosis = Diagnosis("", ())
    return RenderContext(**found.parts(), diagnosis=diagnosis, plan=plan(found, diagnosis, QUICK))


@cache
def sample(name):
    found = assess(shipped("sample_orgs") / name, search=QUICK)
    return RenderContext(**found.parts(), diagnosis=found.diagnosis, plan=found.plan)


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
def test_pictures_of_a_sample_hold_together(name):
    for svg in draw_charts(charts_of(sample(name))).values():
        assert outside(svg) == []
        assert touching(svg) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
def test_pictures_say_what_the_document_says(name):
    case = sample(name)
    charts = charts_of(case)
    whole = charts.gaps.whole
    assert whole.now.shown == case.now(ROOT)
    assert f"{whole.proved.shown} to {whole.lived.shown}" == planned_range(case)
    assert whole.proved.at == pytest.approx(case.plan.projection.low)
    assert charts.outlook.points[-1][1:] == (whole.proved, whole.lived)
    assert sorted(row.title for row in charts.gaps.rows) == sorted(map(case.title, case.principles))
    assert len(charts.plan.bars) == len(case.plan.placements)


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_proved_is_never_more_than_what_is_lived(name):
    for stone in sample(name).plan.milestones:
        for part, low in stone.lows.items():
            value = stone.values[part]
            assert (low is None) == (value is None)
            assert low is None or low <= value + TOLERANCE


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
def test_the_load_of_a_picture_is_the_load_of_the_plan(name):
    case = sample(name)
    for owner, row in zip(
        dict.fromkeys(load.owner for load in case.plan.loads), charts_of(case).plan.loads, strict=True
    ):
        loads = [load for load in case.plan.loads if load.owner == owner]
        rate = loads[0].capacity / case.plan.weeks
        drawn = sum((span.last - span.first) * span.share * rate for span in row.spans)
        assert row.owner == case.role(owner)
        assert drawn == pytest.approx(sum(load.planned + load.running for load in loads))


def test_rows_come_worst_first_and_without_a_score_last():
    gaps = charts_of(case_of("unknown", 3, 1)).gaps
    assert [row.title for row in gaps.rows] == ["Part 2", "Part 1", "Part 0"]
    assert gaps_table(gaps).rows[2][1] == "\u2013"


def test_an_open_answer_has_its_bounds():
    rows = {row.title: row for row in charts_of(case_of(1, 2, "unknown")).gaps.rows}
    assert (rows["Part 2"].low.at, rows["Part 2"].high.at) == (0, 100)
    assert (rows["Part 1"].low, rows["Part 1"].high) == (None, None)


def test_ticks_are_levels_or_else_points():
    assert [tick.label for tick in charts_of(case_of(1, 1)).gaps.ticks][1] == "Ad Hoc"
    case = context(score_organization(counted({"min": 0, "max": 10}, better="low"), sheet(said("boss", q0=40, q1=60))))
    assert [(tick.at, tick.label) for tick in charts_of(case).gaps.ticks][:3] == [(0, "10"), (25, "7.5"), (50, "5")]


def test_bars_have_their_days_needs_and_proof():
    initiatives = [
        initiative("i1", {"c0": "practised"}, proof=PROOF),
        initiative("i2", {"c1": "practised"}, needs=["i1"]),
    ]
    case = case_of(1, 1, initiatives=initiatives, start_on="2026-07-06")
    one, two = charts_of(case).plan.bars
    assert (one.title, one.kind, one.first, one.starts) == ("Do i1", "first", 0, "6\xa0Jul\xa02026")
    assert one.ends == short_day(case.plan.placements[0].last_day)
    assert one.proof.at == one.last + 6
    assert (two.needs, two.first >= one.last) == ((0,), True)


def test_times_without_starts_are_drawn_as_far_as_they_lie_in_the_plan():
    closed = [
        {"from": "2026-07-20", "to": "2026-08-02"},
        {"from": "2020-01-01", "to": "2020-02-01"},
        {"from": "2026-06-01", "to": "2026-07-12"},
    ]
    case = case_of(1, initiatives=[initiative("i1", {"c0": "practised"})], start_on="2026-07-06", no_start=closed)
    assert charts_of(case).plan.closed == ((2, 4), (0, 1))


def test_without_a_plan_nothing_is_promised():
    charts = charts_of(case_of(1, 1))
    assert (charts.gaps.whole.proved, charts.gaps.whole.lived) == (None, None)
    assert draw_charts(charts).keys() == {"charts/gaps.svg"}


def test_where_too_little_is_known_there_is_no_picture():
    charts = charts_of(case_of("unknown", "unknown", initiatives=[initiative("i1", {"c0": "practised"})]))
    assert draw_charts(charts) == {}

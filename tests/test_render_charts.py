"""The pictures of a document: their figures are those of scores and plan, and nothing touches in those of samples."""

from functools import cache

import pytest
from picturing import outside, parsed, touching
from planning import initiative, made, rubric_of, sheet_of

from assess.charts import draw_plan, gaps_table
from assess.model.findings import Diagnosis
from assess.model.roadmap import QUICK
from assess.model.rubric import ROOT, Rubric
from assess.numbers import TOLERANCE
from assess.render.context import RenderContext
from assess.render.gains import planned_range
from assess.render.sections.charts import charts_of, draw_charts
from assess.resources import shipped
from assess.scoring import score_organization
from assess.words import short_day
from assess.workflow import assess

SAMPLES = ("trumpet_thistle", "quietwater", "lanternfolk", "willowbrace")
PROOF = {"what": "The minutes.", "weeks": 6}


def case_of(initiatives, levels, *, rubric=None, **engagement):
    rubric, sheet = rubric_of(initiatives, **rubric or {}), sheet_of(levels, **engagement)
    parts = score_organization(rubric, sheet).parts()
    return RenderContext(**parts, diagnosis=Diagnosis("", ()), plan=made(rubric, sheet))


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
        for node, low in stone.lows.items():
            value = stone.values[node]
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
    document = rubric_of([], ("a",)).model_dump(mode="json", by_alias=True, exclude_unset=True)
    first = document["principles"][0]
    parts = [
        {**first, "id": f"p{k}", "title": f"Part {k}", "criteria": [_renamed(first["criteria"][0], f"c{k}")]}
        for k in range(3)
    ]
    rubric = Rubric.model_validate({**document, "principles": parts})
    sheet = sheet_of({"c0": "unknown", "c1": 3, "c2": 1})
    found = score_organization(rubric, sheet).parts()
    charts = charts_of(RenderContext(**found, diagnosis=Diagnosis("", ()), plan=made(rubric, sheet)))
    assert [row.title for row in charts.gaps.rows] == ["Part 2", "Part 1", "Part 0"]
    assert gaps_table(charts.gaps).rows[2][1] == "\u2013"


def _renamed(criterion, name):
    questions = [{**q, "id": q["id"].replace("a_", f"{name}_")} for q in criterion["questions"]]
    return {**criterion, "id": name, "title": name, "questions": questions}


def test_an_open_answer_has_its_bounds():
    rows = charts_of(case_of([], {"a": 2, "b": "unknown"})).gaps.rows
    assert (rows[0].low.at, rows[0].high.at) == (25, 75)
    rows = charts_of(case_of([], {"a": 2, "b": 2})).gaps.rows
    assert (rows[0].low, rows[0].high) == (None, None)


def test_ticks_are_levels_or_else_points():
    assert [tick.label for tick in charts_of(case_of([], {"a": 1})).gaps.ticks][1] == "Ad Hoc"
    case = case_of([], {"a": 1}, rubric={"levels": [], "scale": {"min": 0, "max": 10}})
    assert [(tick.at, tick.label) for tick in charts_of(case).gaps.ticks][1:3] == [(25, "2.5"), (50, "5")]


def test_bars_have_their_days_needs_and_proof():
    first = initiative("i1", {"a": "practised"}, proof=PROOF)
    case = case_of([first, initiative("i2", {"b": "practised"}, needs=["i1"])], {"a": 1, "b": 1}, start_on="2026-07-06")
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
    case = case_of([], {"a": 1}, start_on="2026-07-06", no_start=closed)
    assert charts_of(case).plan.closed == ((2, 4), (0, 1))


def test_without_a_plan_nothing_is_promised():
    charts = charts_of(case_of([], {"a": 1, "b": 1}))
    assert (charts.gaps.whole.proved, charts.gaps.whole.lived) == (None, None)
    assert "Nothing is planned." in draw_plan(charts.plan)
    assert set(draw_charts(charts)) == {"charts/gaps.svg", "charts/plan.svg", "charts/outlook.svg"}
    for svg in draw_charts(charts).values():
        assert parsed(svg).tag.endswith("svg")


def test_without_an_answer_there_is_no_figure():
    charts = charts_of(case_of([initiative("i1", {"a": "practised"})], {"a": "unknown", "b": "unknown"}))
    assert charts.gaps.whole.now is None
    assert charts.outlook.points[0].proved is None
    assert {point.lived for point in charts.outlook.points} == {None}

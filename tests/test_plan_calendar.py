"""When initiatives start and end: capacity, running cost, prerequisites, periods."""

import datetime

import pytest
from factories import ON
from planning import initiative, left, made, placed, rubric_of, sheet_of, starts

from assess.model.findings import Finding
from assess.plan.calendar import effort_factor


def test_capacity_moves_the_start_to_the_earliest_week_that_fits():
    rubric = rubric_of(
        [initiative("i1", {"a": "practised"}, effort=20), initiative("i2", {"b": "practised"}, effort=20)]
    )
    result = made(rubric, sheet_of({"a": 0, "b": 0}))
    # 20 of 30 days are taken in weeks 0..12; i2 has 5 a week and fits 10 of its days into them: it starts in week 11.
    assert starts(result) == {"i1": 0, "i2": 11}
    assert placed(result, "i2").why_not_earlier == "Started earlier, it would not fit what Team has left in period 1."
    assert (placed(result, "i2").period, placed(result, "i2").end_period) == (1, 2)
    assert [(load.period, load.planned) for load in result.loads] == [(1, 30), (2, 10), (3, 0), (4, 0)]


def test_capacity_by_role_beats_the_default_of_the_engagement_and_of_the_policy():
    rubric = rubric_of([initiative("i1", {"a": "practised"}), initiative("i2", {"b": "practised"}, owner="boss")])
    result = made(rubric, sheet_of({"a": 0, "b": 0}, capacity={"default": 4, "team": 12}))
    assert set(starts(result)) == {"i1"}
    assert {load.capacity for load in result.loads} == {12}


def test_no_owner_has_more_at_once_than_allowed():
    rubric = rubric_of([initiative("i1", {"a": "practised"}), initiative("i2", {"b": "practised"})])
    result = made(rubric, sheet_of({"a": 0, "b": 0}, at_once=1))
    assert starts(result) == {"i1": 0, "i2": 4}
    assert placed(result, "i2").why_not_earlier.startswith("Until then Team has 1 initiative")


@pytest.mark.parametrize(("per", "days"), [("week", 13), ("month", 3), ("quarter", 1)])
def test_running_cost_is_charged_from_the_period_after_the_end(per, days):
    rubric = rubric_of([initiative("i1", {"a": "practised"}, weeks=14, running={"days": 1, "per": per})])
    result = made(rubric, sheet_of({"a": 0, "b": 3}, staff=5))
    assert placed(result, "i1").running_per_period == days
    assert [load.running for load in result.loads] == [0, 0, days, days]


def test_running_cost_is_scaled_to_the_weeks_of_a_period():
    rubric = rubric_of([initiative("i1", {"a": "practised"}, running={"days": 1, "per": "month"})])
    result = made(rubric, sheet_of({"a": 0, "b": 3}, weeks=26, periods=2))
    assert placed(result, "i1").running_per_period == 6


def test_running_cost_must_fit_every_later_period():
    cost = {"days": 3, "per": "week"}
    rubric = rubric_of([initiative("i1", {"a": "practised"}, running=cost)])
    result = made(rubric, sheet_of({"a": 0, "b": 3}))
    # 39 days a period never fit 30: only an end in the last period leaves no period to charge.
    assert starts(result) == {"i1": 36}
    assert placed(result, "i1").why_not_earlier == (
        "Ended earlier, its running cost would not fit what Team has left in period 4."
    )


def test_what_does_not_end_within_the_plan_is_left_out():
    rubric = rubric_of([initiative("i1", {"a": "practised"}, weeks=14)])
    result = made(rubric, sheet_of({"a": 0, "b": 3}, periods=1), Finding("f", "gap", "a", "A is low", ""))
    assert left(result, "i1").because == (
        "It does not fit: it takes 14 weeks and can start in week 1 at the earliest, and the plan has 13 weeks."
    )
    assert left(result, "i1").wanted


def test_not_before_waits_for_the_projected_tree():
    rubric = rubric_of(
        [
            initiative("i1", {"a": "practised"}, weeks=6),
            initiative("i2", {"b": "practised"}, effort=1, not_before="a >= defined"),
        ]
    )
    result = made(rubric, sheet_of({"a": 0, "b": 0}))
    assert starts(result) == {"i1": 0, "i2": 6}
    assert placed(result, "i2").why_not_earlier == 'It waits until "A" is at least Defined.'
    alone = made(rubric, sheet_of({"a": 0, "b": 0}, done=["i1"]))
    assert left(alone, "i2").because == 'It does not fit: it must wait until "A" is at least Defined.'


def test_a_start_names_the_prerequisite_that_ends_last():
    initiatives = [
        initiative("i1", {"a": "practised"}, weeks=2),
        initiative("i2", {"b": "practised"}, weeks=5),
        initiative("i3", {"c": "practised"}, needs=["i1", "i2"]),
    ]
    result = made(rubric_of(initiatives, ["a", "b", "c"]), sheet_of({"a": 0, "b": 0, "c": 0}))
    assert (placed(result, "i3").start_week, placed(result, "i3").needs) == (5, ("i1", "i2"))
    assert placed(result, "i3").why_not_earlier == 'It follows "Do i2".'
    assert placed(result, "i1").why_not_earlier == "Nothing holds it back: it starts on the first day."


SIZES = {"plan": {"sizes": [{"staff_below": 100, "effort": 0.5}, {"staff_above": 10000, "effort": 2}]}}


@pytest.mark.parametrize(("staff", "factor"), [(None, 1), (99, 0.5), (100, 1), (10000, 1), (10001, 2)])
def test_effort_follows_the_size_of_the_organization(staff, factor):
    assert effort_factor(rubric_of([], policies=SIZES), staff) == factor


def test_size_scales_effort_and_its_range_but_neither_weeks_nor_running_cost():
    step = initiative("i1", {"a": "practised"}, effort={"low": 4, "high": 8}, running={"days": 1, "per": "quarter"})
    result = made(rubric_of([step], policies=SIZES), sheet_of({"a": 0, "b": 3}, staff=50))
    found = placed(result, "i1")
    assert (found.effort_low, found.effort, found.effort_high) == (2, 3, 4)
    assert (found.end_week, found.running_per_period, result.effort_factor) == (4, 1, 0.5)


def test_dates_count_from_the_start_or_the_assessment():
    rubric = rubric_of([initiative("i1", {"a": "practised"})])
    result = made(rubric, sheet_of({"a": 0, "b": 0}))
    later = made(rubric, sheet_of({"a": 0, "b": 0}, start_on=datetime.date(2026, 7, 6), weeks=4, periods=2))
    assert (result.starts, placed(result, "i1").ends) == (ON, ON + datetime.timedelta(weeks=4))
    assert [m.ends for m in later.milestones] == [
        datetime.date(2026, 7, 6) + datetime.timedelta(weeks=4 * k) for k in range(3)
    ]


def test_a_plan_beyond_the_last_day_of_the_calendar_ends_on_it():
    result = made(rubric_of([]), sheet_of({"a": 0, "b": 0}, start_on=datetime.date(9999, 12, 1)))
    assert result.milestones[-1].ends == datetime.date.max


def test_milestones_show_what_is_finished_by_the_end_of_each_period():
    rubric = rubric_of(
        [initiative("i1", {"a": "practised"}, weeks=13), initiative("i2", {"b": "practised"}, weeks=14, effort=11)]
    )
    result = made(rubric, sheet_of({"a": 0, "b": 0}))
    assert [m.values["overall"] for m in result.milestones] == [0, 37.5, 75, 75, 75]
    assert [m.levels["p"] for m in result.milestones[:3]] == ["absent", "ad_hoc", "practised"]

"""When initiatives start and end: capacity, running cost, prerequisites, periods."""

import datetime

import pytest
from factories import ON
from planning import initiative, left, made, placed, rubric_of, sheet_of, starts

from assess.model.findings import Finding
from assess.model.roadmap import PlanSearch

# With 30 days in 13 weeks an even share is 2.3 days a week, a week may take 2.9, and a period 24.


def test_the_days_of_a_period_move_the_start_to_the_earliest_week_that_fits():
    rubric = rubric_of(
        [initiative("i1", {"a": "practised"}, effort=30, weeks=9), initiative("i2", {"b": "practised"}, effort=10)]
    )
    result = made(rubric, sheet_of({"a": 0, "b": 0}))
    # 18 of 24 days are taken in weeks 0..8, 2 a week; i2 has 1.5 a week for 4 weeks.
    assert starts(result) == {"i1": 4, "i2": 0}
    assert placed(result, "i1").why_not_earlier == "In the week before, Team had too few days left in a week."


def test_work_is_stretched_to_the_pace_of_its_owner_and_says_so():
    rubric = rubric_of([initiative("i1", {"a": "practised"}, effort=20, weeks=4, owner="boss")])
    result = made(rubric, sheet_of({"a": 0, "b": 3}, capacity={"boss": 13}))
    # 12 days at one a week; more than 10.4 days a period are not allowed either, so that they take 15 weeks.
    assert (placed(result, "i1").asked_weeks, placed(result, "i1").end_week) == (4, 15)


def test_work_of_less_than_a_day_is_stretched_as_well():
    rubric = rubric_of([initiative("i1", {"a": "practised"}, effort=1, weeks=4, owner="boss")])
    result = made(rubric, sheet_of({"a": 0, "b": 3}, capacity={"boss": 0.5}))
    # Of 0.6 days 0.4 fit a period of 13 weeks.
    assert (placed(result, "i1").asked_weeks, placed(result, "i1").end_week) == (4, 20)


def test_what_lifts_one_thing_of_two_is_worth_doing():
    rubric = rubric_of([initiative("i1", {"a": "practised", "b": "practised"})])
    assert set(starts(made(rubric, sheet_of({"a": 0, "b": 4})))) == {"i1"}


def test_no_week_takes_more_than_a_quarter_above_an_even_share():
    steps = [initiative("i1", {"a": "practised"}, effort=13), initiative("i2", {"b": "practised"}, effort=12)]
    result = made(rubric_of(steps), sheet_of({"a": 0, "b": 0}))
    # 1.95 and 1.8 days a week do not fit 2.9 together.
    assert starts(result) == {"i1": 4, "i2": 0}
    free = made(rubric_of(steps), sheet_of({"a": 0, "b": 0}, plan={"burst": 2}))
    assert starts(free) == {"i1": 0, "i2": 0}


def test_capacity_by_role_beats_the_default_of_the_engagement_and_of_the_policy():
    rubric = rubric_of([initiative("i1", {"a": "practised"}), initiative("i2", {"b": "practised"}, owner="boss")])
    result = made(rubric, sheet_of({"a": 0, "b": 0}, capacity={"default": 0, "team": 12}))
    assert set(starts(result)) == {"i1"}
    assert {load.capacity for load in result.loads} == {12}


FOUR = dict.fromkeys(("a", "b", "c", "d"), "practised")


def four(**more):
    """Four small initiatives of two owners on four criteria."""
    return rubric_of(
        [
            initiative(f"i{k}", {name: "practised"}, effort=4, owner=("team", "boss")[k % 2])
            for k, name in enumerate(FOUR)
        ],
        [*FOUR],
        policies={"plan": more},
    )


@pytest.mark.parametrize(
    ("rules", "weeks", "said"),
    [
        ({"at_once": 1}, [0, 4, 8, 12], "1 initiative was in work, as many as the organization carries at once"),
        ({"at_owner": 1}, [0, 0, 4, 4], "had 1 initiative in work"),
        ({"per_week": 1}, [0, 1, 2, 3], "the 1 start of the week was taken"),
        ({"per_week": 4, "per_period": 3}, [0, 0, 0, 13], "the 3 starts of period 1 were taken"),
        ({}, [0, 0, 1, 1], "the 2 starts of the week were taken"),
    ],
)
def test_only_so_many_begin_and_are_in_work_at_a_time(rules, weeks, said):
    sheet = sheet_of(dict.fromkeys(FOUR, 0))
    result = made(four(**rules), sheet)
    assert sorted(starts(result).values()) == weeks
    assert said in result.placements[-1].why_not_earlier
    assert made(four(), sheet_of(dict.fromkeys(FOUR, 0), plan=rules)).placements == result.placements


@pytest.mark.parametrize(("staff", "at_once", "per_period"), [(None, 5, 8), (99, 3, 6), (100, 5, 8), (5000, 5, 8)])
def test_small_organizations_carry_less_at_once(staff, at_once, per_period):
    room = made(four(), sheet_of(dict.fromkeys(FOUR, 0), staff=staff)).room
    assert (room.at_once, room.per_period, room.staff) == (at_once, per_period, staff)
    assert made(four(), sheet_of(dict.fromkeys(FOUR, 0), staff=staff, at_once=1)).room.at_once == 1


def test_nothing_begins_in_a_time_without_starts_and_work_goes_on_through_it():
    closed = [{"from": ON + datetime.timedelta(days=7), "to": ON + datetime.timedelta(days=20), "why": "Christmas"}]
    result = made(four(per_week=1), sheet_of(dict.fromkeys(FOUR, 0), no_start=closed))
    assert sorted(starts(result).values()) == [0, 3, 4, 5]
    assert placed(result, result.order.names[1]).why_not_earlier == (
        "In the week before, nothing was allowed to begin; before that the 1 start of the week was taken."
    )


def test_a_gate_can_block_an_initiative_until_it_no_longer_holds():
    blocking = {"id": "g", "when": "a_fact = no", "flag": True, "because": "b", "lifted_by": ["i1"], "blocks": ["i2"]}
    steps = [initiative("i1", {"a": "defined"}, weeks=7), initiative("i2", {"b": "practised"}, effort=1)]
    rubric = rubric_of(steps, gates=[{**blocking, "title": "No paper"}])
    sheet = {"a": 0, "b": 0}
    assert starts(made(rubric, sheet_of(sheet, {"a": "no"}))) == {"i1": 0, "i2": 7}
    assert starts(made(rubric, sheet_of(sheet, {"a": "yes"}))) == {"i1": 0, "i2": 0}
    alone = made(rubric, sheet_of(sheet, {"a": "no"}, done=["i1"]))
    assert left(alone, "i2").because == 'It does not fit in any week: it waits until "No paper" no longer holds.'


@pytest.mark.parametrize(("per", "days"), [("week", 13), ("month", 3), ("quarter", 1)])
def test_running_cost_is_charged_from_the_week_after_the_end(per, days):
    rubric = rubric_of([initiative("i1", {"a": "practised"}, weeks=14, running={"days": 1, "per": per})])
    result = made(rubric, sheet_of({"a": 0, "b": 3}, staff=5))
    assert placed(result, "i1").running_per_period == pytest.approx(days)
    assert [load.running for load in result.loads] == pytest.approx([0, days * 12 / 13, days, days])


def test_running_cost_is_scaled_to_the_weeks_of_a_period():
    rubric = rubric_of([initiative("i1", {"a": "practised"}, running={"days": 1, "per": "month"})])
    result = made(rubric, sheet_of({"a": 0, "b": 3}, weeks=26, periods=2))
    assert placed(result, "i1").running_per_period == pytest.approx(6)


def test_running_cost_must_fit_every_later_week():
    cost = {"days": 3, "per": "week"}
    rubric = rubric_of([initiative("i1", {"a": "practised"}, running=cost)])
    result = made(rubric, sheet_of({"a": 0, "b": 3}))
    # Three days a week never fit 2.9: only an end with the plan leaves no week to charge.
    assert starts(result) == {"i1": 48}
    assert placed(result, "i1").why_not_earlier.startswith("In the week before, Team had too few days left in a week")


def test_what_does_not_end_within_the_plan_is_left_out():
    rubric = rubric_of([initiative("i1", {"a": "practised"}, weeks=14)])
    result = made(rubric, sheet_of({"a": 0, "b": 3}, periods=1), Finding("f", "gap", "a", "A is low", ""))
    assert left(result, "i1").because == (
        "It can begin in June 2026 at the earliest and takes 14 weeks; the plan ends before that."
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
    # A stands at ad hoc when the work of 6 weeks ends, and at defined 13 weeks later.
    assert starts(result) == {"i1": 0, "i2": 6 + 13}
    assert placed(result, "i2").why_not_earlier == 'In the week before, it waited until "A" is at least Defined.'
    alone = made(rubric, sheet_of({"a": 0, "b": 0}, done=["i1"]))
    assert left(alone, "i2").because == 'It does not fit in any week: it waits until "A" is at least Defined.'


def test_what_needs_something_finished_that_is_planned_all_the_same_waits_for_its_end():
    # Nothing that `i0` lifts is missing, so that it is finished; a clash asks for it. Its running cost fits no week, so
    # that it could only end with the plan, when nothing can begin behind it.
    steps = [initiative("i0", effort=0, weeks=1, running={"days": 1, "per": "week"}), initiative("i1", needs=["i0"])]
    clashes = [
        Finding(f"f{k}", "clash", "a", "Said and not done", "", red=True, initiatives=(f"i{k}",)) for k in (0, 1)
    ]
    rules = {"per_period": 1, "per_week": 1, "at_owner": 1, "min_gain": 0, "burst": 1, "reserve": 0}
    sheet = sheet_of({"a": 0, "b": 0}, capacity={"default": 5}, at_once=2, plan=rules)
    found = made(rubric_of(steps), sheet, *clashes, search=PlanSearch(trials=100))
    assert starts(found) == {"i1": 0}


def test_a_start_names_the_prerequisite_that_ends_last():
    initiatives = [
        initiative("i1", {"a": "practised"}, effort=2, weeks=2),
        initiative("i2", {"b": "practised"}, effort=2, weeks=5),
        initiative("i3", {"c": "practised"}, needs=["i1", "i2"]),
    ]
    result = made(rubric_of(initiatives, ["a", "b", "c"]), sheet_of({"a": 0, "b": 0, "c": 0}))
    assert (placed(result, "i3").start_week, placed(result, "i3").needs) == (5, ("i1", "i2"))
    assert placed(result, "i3").why_not_earlier == 'It starts as soon as "Do i2" is done.'
    assert placed(result, "i1").why_not_earlier == "Nothing holds it back: it starts on the first day."


@pytest.mark.parametrize(
    ("staff", "factor"), [(None, 1), (1000, 1), (38, 0.5), (99, 0.5), (6200, 6.2**0.3), (10**6, 3)]
)
def test_effort_follows_the_size_of_the_organization(staff, factor):
    step = initiative("i1", {"a": "practised"}, effort={"low": 4, "high": 8}, running={"days": 1, "per": "quarter"})
    found = placed(made(rubric_of([step]), sheet_of({"a": 0, "b": 3}, staff=staff)), "i1")
    ends = found.effort_low, found.effort, found.effort_high
    assert ends == pytest.approx((4 * 0.6 * factor, 6 * 0.6 * factor, 8 * 0.6 * factor))
    assert found.running_per_period == pytest.approx(1)


@pytest.mark.parametrize(("staff", "factor"), [(None, 1), (6200, 1), (38, 0.5)])
def test_days_of_the_owner_that_are_said_by_role_shrink_with_the_size_and_do_not_grow(staff, factor):
    step = initiative("i1", {"a": "practised"}, effort={"team": [4, 8], "participants": [10, 20]})
    found = placed(made(rubric_of([step]), sheet_of({"a": 0, "b": 3}, staff=staff)), "i1")
    assert (found.effort_low, found.effort, found.effort_high) == (4 * factor, 6 * factor, 8 * factor)


def test_at_the_high_ends_of_efforts_less_fits_and_less_is_reached():
    steps = [initiative(f"i{k}", {n: "practised"}, effort={"low": 2, "high": 70}, weeks=8) for k, n in enumerate(FOUR)]
    result = made(rubric_of(steps, [*FOUR]), sheet_of(dict.fromkeys(FOUR, 0)))
    assert (len(result.placements), result.projection.fits) == (4, 2)
    assert result.projection.low < result.projection.high


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


def test_milestones_show_what_is_adopted_by_the_end_of_each_period():
    rubric = rubric_of([initiative("i1", {"a": "practised"}, weeks=13), initiative("i2", {"b": "ad_hoc"}, weeks=14)])
    result = made(rubric, sheet_of({"a": 1, "b": 0}))
    assert [m.values["overall"] for m in result.milestones] == [12.5, 25, 50, 50, 50]
    assert [m.readings["work"] for m in result.milestones] == [12.5, 37.5, 50, 50, 50]
    assert [m.levels["p"] for m in result.milestones[:3]] == ["absent", "ad_hoc", "defined"]

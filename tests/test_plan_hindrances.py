"""What keeps work out of many weeks is told by few causes that account for all of them."""

import datetime

from hypothesis import given
from hypothesis import strategies as st
from planning import initiative, left, made, rubric_of, sheet_of

from assess.model.findings import Finding
from assess.plan.calendar import Obstacle
from assess.plan.hindrances import cause_of, causes_in, fewest_causes

OBSTACLES = st.sampled_from(
    [Obstacle(kind, at) for kind in ("per_week", "per_period", "at_once", "week", "period", "closed") for at in (1, 2)]
)


@given(st.lists(st.lists(OBSTACLES, max_size=4), max_size=12))
def test_every_week_has_one_of_the_causes_and_one_that_stands_alone_is_never_left_out(met):
    causes = fewest_causes(met)
    named = {cause.kind for cause in causes}
    assert len(named) == len(causes)
    assert all(named.intersection(causes_in(week)) for week in met if week)
    assert named >= {causes_in(week)[0] for week in met if len(causes_in(week)) == 1}
    assert sum(cause.weeks for cause in causes) == sum(bool(week) for week in met)
    assert all(cause_of(each) == cause.kind for cause in causes for each in cause.obstacles)


def test_what_is_left_out_names_what_more_days_would_mend_though_other_limits_bind_earlier():
    # Boss can do 24 days in the period, and 20 of them are taken; the two starts of the first week are taken as well.
    steps = [
        initiative("i1", {"a": "practised"}, effort=34, weeks=12, owner="boss"),
        initiative("i2", {"b": "practised"}, effort=2),
        initiative("i3", {"c": "practised"}, effort=12, owner="boss"),
    ]
    gap = Finding("f", "gap", "c", "C is low", "")
    found = made(rubric_of(steps, ["a", "b", "c"]), sheet_of({"a": 0, "b": 0, "c": 0}, periods=1), gap)
    out = left(found, "i1")
    assert out.because.startswith("It does not fit in any week: Boss has too few days left")
    assert "more days of Boss a period, all else unchanged, it would fit from July 2026" in out.because


def test_causes_that_take_turns_are_told_with_the_number_of_their_weeks():
    # The second could begin in ten weeks: in two nothing may begin, in the others it would meet the first.
    steps = [initiative("i1", {"a": "practised"}, weeks=8), initiative("i2", {"b": "practised"}, weeks=4, effort=1)]
    first = sheet_of({}).engagement.assessed_on
    fifth = first + datetime.timedelta(weeks=5)
    pin = {"initiative": "i1", "pin": True, "not_before": fifth, "not_after": fifth, "who": "Board", "why": "Agreed."}
    closed = [{"from": first, "to": first + datetime.timedelta(days=10)}]
    levels, room = {"a": 0, "b": 0}, {"at_once": 1, "periods": 1, "no_start": closed}
    found = made(rubric_of(steps), sheet_of(levels, decisions={"initiatives": [pin]}, **room))
    assert left(found, "i2").because.startswith(
        "It does not fit in any week: in 8 of the 10 in which it could begin 1 initiative is in work, "
        "as many as the organization carries at once; in the others nothing is allowed to begin."
    )


def test_where_many_more_days_do_not_help_it_is_told_what_would_still_be_in_the_way():
    # Boss has 24 days, and does 0.6 of each effort: 12 days, which take six weeks, leave too few for 13.2. With 30
    # more days i1 would take four weeks and could begin in ten: in six of them i2 is in work, later all is shut.
    steps = [
        initiative("i1", {"a": "practised"}, effort=22, owner="boss"),
        initiative("i2", {"b": "practised"}, effort=20, owner="boss"),
    ]
    first = sheet_of({}).engagement.assessed_on
    closed = [{"from": first + datetime.timedelta(weeks=4), "to": first + datetime.timedelta(weeks=13)}]
    found = made(rubric_of(steps), sheet_of({"a": 0, "b": 0}, at_once=1, periods=1, no_start=closed))
    assert left(found, "i1").because == (
        "It does not fit in any week: Boss has too few days left. With 30 more days of Boss a period, all else "
        "unchanged, it would not fit either: in 6 of the 10 in which it could begin 1 initiative is in work, "
        "as many as the organization carries at once; in the others nothing is allowed to begin."
    )

"""What was decided about initiatives is kept by the plan, or it is said which decisions clash and what would help."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planning import criterion, initiative, left, made, placed, rubric_of, sheet_of, starts

from assess.diagnose import diagnose
from assess.plan import pins_without_place, plan
from assess.scoring import score_organization

BY = {"who": "The board", "why": "It was promised."}
WEEK = datetime.timedelta(weeks=1)
FIRST = sheet_of({}).engagement.assessed_on
TWO = rubric_of([initiative("i1", {"a": "practised"}), initiative("i2", {"b": "practised"})])
CHAIN = rubric_of(
    [
        initiative("i1", {"a": "defined"}, weeks=6),
        initiative("i2", {"a": "practised"}, needs=["i1"], owner="boss"),
        initiative("i3", {"b": "practised"}, owner="boss"),
    ]
)
LOW = {"a": 0, "b": 0}


def decided(*entries, levels=LOW, **engagement):
    return sheet_of(levels, decisions={"initiatives": [{**BY, **entry} for entry in entries]}, **engagement)


def day(weeks):
    return FIRST + weeks * WEEK


def test_a_pin_brings_what_gains_nothing_with_who_and_why():
    idle = rubric_of([initiative("i1", {"a": "practised"}), initiative("i2", {"b": "defined"})])
    at_target = {"a": 0, "b": 4}
    assert "i2" not in starts(made(idle, sheet_of(at_target)))
    found = made(idle, decided({"initiative": "i2", "pin": True}, levels=at_target))
    assert "i2" in starts(found)
    assert placed(found, "i2").because.startswith("It is in the plan by decision of The board (It was promised)")
    assert not found.unkept


def test_a_pin_brings_all_it_needs():
    reached = {"a": 4, "b": 4}
    rubric = rubric_of([initiative("i1", enabler=True), initiative("i2", {"a": "practised"}, needs=["i1"])])
    assert not starts(made(rubric, sheet_of(reached)))
    found = starts(made(rubric, decided({"initiative": "i2", "pin": True}, levels=reached)))
    assert found["i1"] + 4 <= found["i2"]


def test_what_a_pin_pushes_out_and_costs_is_told_beside_the_plan():
    short = rubric_of(
        [initiative("i1", {"a": "defined"}, weeks=8), initiative("i2", {"b": "defined"}, weeks=8)],
        policies={"plan": {"periods": 1, "at_owner": 1}},
    )
    levels = {"a": 0, "b": 4}
    pinned = made(short, decided({"initiative": "i2", "pin": True, "not_after": day(0)}, levels=levels))
    unpinned = made(short, sheet_of(levels))
    assert (set(starts(pinned)), set(starts(unpinned))) == ({"i2"}, {"i1"})
    assert (pinned.free.initiatives, pinned.free.ends_at) == ({"i1"}, unpinned.projection.high)
    assert pinned.free.ends_at > pinned.projection.high
    assert unpinned.free is None


def test_without_pins_other_decisions_still_stand():
    both = decided({"initiative": "i3", "pin": True, "owner": "team"}, {"initiative": "i1", "exclude": True})
    assert made(CHAIN, both).free.initiatives == {"i3"}


def test_a_pin_that_comes_after_what_another_pin_needs_leaves_it_a_place():
    rubric = rubric_of(
        [
            initiative("i1", {"a": "practised"}, weeks=3),
            initiative("i4", {"b": "practised"}, needs=["i1"], owner="boss", weeks=1),
            initiative("i5", {"c": "practised"}, owner="boss", weeks=2),
        ],
        ["a", "b", "c"],
    )
    early = {"initiative": "i5", "pin": True, "not_after": day(14), "after": ["i1"]}
    found = made(rubric, decided({"initiative": "i4", "pin": True}, early, levels={"a": 0, "b": 0, "c": 0}))
    assert not found.unkept
    assert starts(found)["i5"] >= starts(found)["i1"] + 3


def test_pins_keep_the_limits_on_numbers_where_there_is_a_place_and_win_over_them_where_there_is_none():
    many = rubric_of(
        [initiative(f"i{n}", {f"c{n}": "practised"}, effort=1) for n in range(4)], [f"c{n}" for n in range(4)]
    )
    low = {f"c{n}": 0 for n in range(4)}
    pins = [{"initiative": f"i{n}", "pin": True} for n in range(4)]
    rules = {"plan": {"at_once": 1, "at_owner": 1}}
    spread = starts(made(many, decided(*pins, levels=low, **rules)))
    assert len({*spread.values()}) == 4
    held = [{**pin, "not_after": day(0)} for pin in pins]
    assert {*starts(made(many, decided(*held, levels=low, **rules))).values()} == {0}


def test_what_is_left_out_by_decision_takes_what_needs_it_along():
    found = made(CHAIN, decided({"initiative": "i1", "exclude": True}))
    assert starts(found).keys() == {"i3"}
    assert left(found, "i1").because == "It is left out by decision of The board: It was promised."
    assert "left out by decision" in left(found, "i2").because


def test_what_needs_no_doing_is_missed_by_nobody_when_it_is_left_out():
    found = made(CHAIN, decided({"initiative": "i1", "exclude": True}, levels={"a": 2, "b": 0}))
    assert starts(found).keys() == {"i2", "i3"}


def test_owner_days_and_weeks_are_those_that_were_decided():
    entry = {"initiative": "i1", "owner": "boss", "effort": [3, 5], "weeks": 7}
    found = placed(made(TWO, decided(entry, staff=50_000)), "i1")
    assert (found.owner, found.effort, found.effort_low, found.effort_high) == ("boss", 4, 3, 5)
    assert found.end_week - found.start_week == 7


@pytest.mark.parametrize("days", [0, 1, 6, 7, 8])
def test_a_start_lies_within_its_days(days):
    bound, alone = FIRST + datetime.timedelta(days=days), {"initiative": "i2", "exclude": True}
    found = placed(made(TWO, decided({"initiative": "i1", "not_before": bound}, alone)), "i1")
    assert bound <= found.starts < bound + WEEK
    found = placed(made(TWO, decided({"initiative": "i1", "not_after": bound, "pin": True})), "i1")
    assert found.starts <= bound


def test_what_is_to_start_after_others_waits_for_them_where_they_are_planned():
    after = {"initiative": "i1", "after": ["i2"]}
    found = made(TWO, decided(after))
    assert placed(found, "i2").ends <= placed(found, "i1").starts
    assert starts(made(TWO, decided(after, {"initiative": "i2", "exclude": True})))["i1"] == 0


CLASHES = {
    "needs": (
        [{"initiative": "i2", "pin": True}, {"initiative": "i1", "exclude": True}],
        ("needs i1, which is left out by decision", ("i1",), "take the exclusion of i1 back, or the pin"),
    ),
    "before its need": (
        [{"initiative": "i2", "pin": True, "not_after": day(3)}],
        ("cannot start before", ("i2",), "let i2 start until"),
    ),
    "its need is held up": (
        [{"initiative": "i2", "pin": True, "not_after": day(10)}, {"initiative": "i1", "not_before": day(9)}],
        ("cannot start before", ("i1", "i2"), "let i2 start until"),
    ),
    "more than its owner has": (
        [{"initiative": "i3", "pin": True, "effort": 110}],
        ("finds no place within the plan", (), "more days a period"),
    ),
    "longer than the plan": (
        [{"initiative": "i3", "pin": True, "weeks": 53}],
        ("i3 takes 53 weeks, and the plan has 52", (), "let i3 take fewer weeks, or give the plan more periods"),
    ),
    "its need is longer than the plan": (
        [{"initiative": "i2", "pin": True}, {"initiative": "i1", "weeks": 60}],
        ("i1 takes 60 weeks, and the plan has 52", (), "let i1 take fewer weeks"),
    ),
}
CODED = rubric_of([{**each.model_dump(exclude_defaults=True), "title": each.id} for each in CHAIN.initiatives])


@pytest.mark.parametrize("case", CLASHES)
def test_decisions_that_cannot_be_kept_name_those_that_clash_and_the_way_out(case):
    entries, (why, others, way_out) = CLASHES[case]
    found = made(CODED, decided(*entries))
    pin = next(pin for pin in found.unkept)
    assert pin.initiative not in starts(found)
    assert why in pin.because
    assert pin.others == others
    assert way_out in pin.way_out
    assert why in left(found, pin.initiative).because


def test_the_way_out_of_a_clash_of_days_is_one():
    late = {"initiative": "i2", "pin": True, "not_after": day(3)}
    pin = made(CODED, decided(late)).unkept[0]
    words = pin.way_out.partition("until ")[2].removesuffix(" or later")
    until = datetime.datetime.strptime(words, "%d %B %Y").date()  # noqa: DTZ007 - a day
    assert not made(CODED, decided({**late, "not_after": until})).unkept
    assert made(CODED, decided({**late, "not_after": until - WEEK})).unkept


def test_what_is_accepted_is_no_reason_to_do_anything():
    target = datetime.date(2100, 1, 1)
    accepted = {"decisions": {"findings": [{**BY, "finding": "gap_a", "accept_until": target}]}}
    assert starts(made(TWO, sheet_of(LOW, **accepted))).keys() == {"i2"}


NAMES = [f"i{n}" for n in range(6)]


@st.composite
def cases(draw):
    """Initiatives with needs, answers, and decisions about them that do not contradict each other on their face."""
    needs = {name: draw(st.lists(st.sampled_from(NAMES[:n]), max_size=2, unique=True)) if n else []
             for n, name in enumerate(NAMES)}  # fmt: skip
    rubric = rubric_of(
        [
            initiative(name, {f"c{n}": "practised"}, needs=needs[name], owner=draw(st.sampled_from(["team", "boss"])),
                       effort=draw(st.integers(1, 25)), weeks=draw(st.integers(1, 8)))
            for n, name in enumerate(NAMES)
        ],
        [criterion(f"c{n}") for n in range(len(NAMES))],
    )  # fmt: skip
    entries = []
    for name in draw(st.lists(st.sampled_from(NAMES), unique=True)):
        entry = {"initiative": name}
        kind = draw(st.sampled_from(["pin", "exclude", ""]))
        if kind:
            entry[kind] = True
        weeks = draw(st.tuples(st.integers(0, 40), st.integers(0, 12)))
        if draw(st.booleans()):
            entry["not_before"] = day(weeks[0])
        if draw(st.booleans()):
            entry["not_after"] = day(sum(weeks))
        if draw(st.booleans()):
            entry["owner"] = draw(st.sampled_from(["team", "boss"]))
        if name != NAMES[0] and draw(st.booleans()):
            entry["after"] = draw(st.lists(st.sampled_from([each for each in NAMES if each < name]), max_size=1))
        entries.append(entry)
    levels = {f"c{n}": draw(st.integers(0, 4)) for n in range(len(NAMES))}
    return rubric, decided(*entries, levels=levels), {entry["initiative"]: entry for entry in entries}


@settings(max_examples=settings.default.max_examples * 3 // 5)
@given(cases())
def test_every_decision_is_kept_or_said_not_to_be(case):
    rubric, sheet, entries = case
    organization = score_organization(rubric, sheet)
    diagnosis = diagnose(organization)
    found = plan(organization, diagnosis)
    spots = {p.initiative: p for p in found.placements}
    unkept = {pin.initiative for pin in found.unkept}
    for name, entry in entries.items():
        spot = spots.get(name)
        assert not (entry.get("exclude") and spot)
        if entry.get("pin"):
            assert (name in unkept) != (spot is not None)
        if spot:
            assert entry.get("not_before", FIRST) <= spot.starts <= entry.get("not_after", datetime.date.max)
            assert spot.owner == entry.get("owner", spot.owner)
            assert all(spots[other].ends <= spot.starts for other in entry.get("after", ()) if other in spots)
    for pin in found.unkept:
        assert pin.because
        assert pin.way_out
    assert pins_without_place(organization, diagnosis) == found.unkept

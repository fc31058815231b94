"""Which initiative is chosen first, and what is chosen along with it."""

import pytest
from planning import criterion, gate, initiative, left, made, placed, rubric_of, sheet_of, starts

from assess.model.findings import Diagnosis, Finding, Message
from assess.model.roadmap import QUICK
from assess.plan import plan
from assess.scoring import score_organization


def turns(result):
    """Initiatives in the order in which they took their weeks."""
    return [*result.order.names]


# Order


def test_gains_are_those_of_the_real_tree_and_what_is_lost_without_it():
    rubric = rubric_of([initiative("i1", {"a": "practised"}), initiative("i2", {"b": "practised"}, needs=["i1"])])
    result = made(rubric, sheet_of({"a": 0, "b": 1}))
    one, two = placed(result, "i1"), placed(result, "i2")
    # Root = (a + b) / 2 on 0..100, today 12.5; with both at practised 75. Without i1 i2 falls away as well.
    assert (one.gain_alone, two.gain_alone) == (37.5, 25)
    assert (one.without, one.falls) == (12.5, ("i2",))
    assert (two.without, two.falls) == (50, ())
    assert result.projection.high == 75


def test_the_ratio_is_taken_on_the_closure():
    # i3 gains 37.5 on 6 days; i2 gains as much but drags i1 along: 37.5 on 12 days.
    initiatives = [initiative("i1", enabler=True), initiative("i2", {"a": "practised"}, needs=["i1"])]
    result = made(rubric_of([*initiatives, initiative("i3", {"b": "practised"})]), sheet_of({"a": 0, "b": 0}))
    assert turns(result) == ["i3", "i1", "i2"]
    assert placed(result, "i1").because == '"Do i2" needs it first.'


def test_running_cost_of_half_a_year_counts_as_days_of_work():
    cheap = initiative("i1", {"a": "practised"}, effort=5, running={"days": 6, "per": "quarter"})
    result = made(rubric_of([cheap, initiative("i2", {"b": "practised"}, effort=10)]), sheet_of({"a": 0, "b": 0}))
    assert turns(result) == ["i2", "i1"]


def test_ties_go_by_id():
    initiatives = [initiative("i2", {"a": "practised"}), initiative("i1", {"b": "practised"})]
    assert turns(made(rubric_of(initiatives), sheet_of({"a": 0, "b": 0}))) == ["i1", "i2"]


def test_a_binding_gate_comes_before_a_greater_gain():
    rubric = rubric_of([initiative("i1", effort=20), initiative("i2", {"b": "practised"}, effort=1)], gates=[gate("a")])
    result = made(rubric, sheet_of({"a": 2, "b": 0}, {"a": "no"}))
    assert [(p.initiative, p.tier) for p in sorted(result.placements, key=lambda p: p.turn)] == [("i1", 1), ("i2", 3)]
    assert 'It removes what holds "A" down (The paper is missing)' in placed(result, "i1").because


def test_a_key_criterion_below_its_target_comes_before_a_greater_gain():
    nodes = [criterion("a", key=True), "b", "c"]
    rubric = rubric_of([initiative("i1", {"a": "practised"}, effort=30), initiative("i2", {"b": "practised"})], nodes)
    result = made(rubric, sheet_of({"a": 2, "b": 0, "c": 2}))
    assert (placed(result, "i1").tier, turns(result)[0]) == (2, "i1")
    assert "a key criterion below its target" in placed(result, "i1").because


def test_what_answers_the_key_message_comes_first_of_all():
    steps = [initiative("i1", {"a": "practised"}, effort=40), initiative("i2", effort=1)]
    rubric = rubric_of(steps, gates=[gate("b", lifted_by=["i2"])])
    organization = score_organization(rubric, sheet_of({"a": 0, "b": 3}, {"a": "no"}))
    message = Message("headline_1", "You never ask.", initiatives=("i1",))
    result = plan(organization, Diagnosis("", (), message=message), QUICK)
    assert (turns(result)[0], placed(result, "i1").tier, placed(result, "i2").tier) == ("i1", -1, 1)
    assert placed(result, "i1").because == "It answers the key message."


@pytest.mark.parametrize(
    ("kind", "level", "users", "tier"),
    [("owner", 1, 0, 0), ("owner", 2, 0, 3), ("training", 0, 1, 0), ("register", 0, 2, 0), ("register", 0, 1, 3)],
)
def test_a_foundation_comes_early_while_it_is_missing_and_a_register_only_for_two_others(kind, level, users, tier):
    """Owner and training count below the level that work leads to; a register needs two that are still wanted."""
    steps = [
        initiative("i1", {"a": "practised"}, foundation=kind, effort=30),
        initiative("i2", {"b": "practised"}, needs=["i1"] if users else [], effort=1),
        initiative("i3", {"c": "practised"}, needs=["i1"] if users > 1 else [], effort=1),
    ]
    result = made(rubric_of(steps, ["a", "b", "c"]), sheet_of({"a": level, "b": 0, "c": 0}))
    assert placed(result, "i1").tier == tier


def test_a_red_clash_makes_tier_1_until_something_planned_answers_it():
    rubric = rubric_of([initiative("i1", {"a": "practised"}), initiative("i2", {"b": "practised"}, effort=1)])
    clash = Finding("c", "clash", "a", "Words and deeds differ", "", red=True, initiatives=("i1",))
    result = made(rubric, sheet_of({"a": 1, "b": 0}), clash)
    assert [(p.tier, p.findings) for p in (placed(result, "i1"), placed(result, "i2"))] == [(1, ("c",)), (3, ())]
    assert turns(result) == ["i1", "i2"]


def test_a_red_finding_is_reason_enough_without_a_gain():
    rubric = rubric_of([initiative("i1", {"a": "practised"}), initiative("i2", {"a": "practised"})])
    red = Finding("c", "clash", "a", "Words and deeds differ", "", red=True, initiatives=("i1", "i2"))
    sheet = sheet_of({"a": 3, "b": 3})
    assert made(rubric, sheet).placements == ()
    result = made(rubric, sheet, red)
    assert list(starts(result)) == ["i1"]
    assert placed(result, "i1").gain_alone == 0


def test_a_leader_that_adds_nothing_to_what_it_needs_is_left_out():
    initiatives = [initiative("i1", {"a": "practised"}), initiative("i2", {"a": "leading"}, needs=["i1"], effort=1)]
    result = made(rubric_of(initiatives), sheet_of({"a": 0, "b": 3}), Finding("f", "gap", "a", "A is low", ""))
    assert list(starts(result)) == ["i1"]
    assert left(result, "i2").because == 'The plan brings what it lifts as far without it, by "Do i1".'
    assert left(result, "i2").wanted


def test_steps_that_do_not_move_a_lowest_root_come_last_and_still_close_their_gap():
    rubric = rubric_of(
        [initiative("i1", {"a": "practised"}), initiative("i2", {"b": "practised"})], principle={"aggregate": "min"}
    )
    result = made(rubric, sheet_of({"a": 0, "b": 0}))
    assert turns(result) == ["i1", "i2"]
    assert result.milestones[-1].values["overall"] == 75


def test_where_the_root_stands_still_what_lifts_the_criteria_more_per_day_comes_first():
    # The root is the lowest criterion, b, which nothing lifts: a day of i1 lifts a by 75/6, of i2 c by 50/3.
    initiatives = [
        initiative("i1", {"a": "practised"}),
        initiative("i2", {"c": "defined"}, effort=5),
        initiative("i3", {"d": "ad_hoc"}),
    ]
    rubric = rubric_of(initiatives, ["a", "b", "c", "d"], principle={"aggregate": "min"})
    result = made(rubric, sheet_of({"a": 0, "b": 0, "c": 0, "d": 0}))
    assert turns(result) == ["i2", "i1", "i3"]


def test_what_adds_too_little_is_left_out_unless_a_red_finding_rests_on_it():
    steps = [initiative("i1", {"a": "ad_hoc"}), initiative("i2", {"b": "practised"})]
    rubric = rubric_of(steps, ["a", "b"], policies={"plan": {"min_gain": 0.6}})
    sheet = sheet_of({"a": 0, "b": 0})
    gap = Finding("f", "gap", "a", "A is low", "")
    said = "It would add 0.5 of a level, less than the 0.6 from which an initiative is worth its place; "
    assert left(made(rubric, sheet, gap), "i1").because == f"{said}no urgent finding asks for it alone."
    assert left(made(rubric, sheet), "i1").because == f"{said}no finding asks for it."
    red = gap._replace(red=True, initiatives=("i1",))
    assert set(starts(made(rubric, sheet, red))) == {"i1", "i2"}


# Closures


def test_a_closure_takes_the_cheapest_lifter_of_a_gate_on_what_it_lifts():
    lifters = [initiative("g1", effort=9), initiative("g2", effort=3), initiative("i1", {"a": "practised"})]
    rubric = rubric_of(lifters, gates=[gate("a", lifted_by=["g1", "g2"])])
    result = made(rubric, sheet_of({"a": 0, "b": 3}, {"a": "no"}))
    assert set(starts(result)) == {"g2", "i1"}
    assert placed(result, "g2").because == 'It removes what holds "A" down (The paper is missing).'


def test_a_closure_takes_the_caps_above_only_when_nothing_would_be_gained_otherwise():
    nodes = [criterion("a", key=True), "b", "c"]
    initiatives = [
        initiative("i1", {"a": "defined"}, effort=20),
        initiative("i2", {"b": "practised"}),
        initiative("g1", effort=20),
    ]
    capped = rubric_of(initiatives, nodes, principle={"gates": [gate(["p"], "ad_hoc", ["g1"], when="c_fact = no")]})
    result = made(capped, sheet_of({"a": 2, "b": 0, "c": 3}, {"c": "no"}))
    # The mean of a, b and c is 125/3; the gate holds the principle at 25 whatever b becomes.
    assert set(starts(result)) == {"g1", "i2"}
    free = made(capped, sheet_of({"a": 2, "b": 0, "c": 3}, {"c": "yes"}))
    assert set(starts(free)) == {"i2"}


def test_two_gates_of_one_height_are_lifted_together():
    other = gate("a", lifted_by=["i2"], id="h", when="b_fact = no")
    rubric = rubric_of([initiative("i1"), initiative("i2")], gates=[gate("a"), other])
    result = made(rubric, sheet_of({"a": 3, "b": 3}, {"a": "no", "b": "no"}))
    assert {(p.initiative, p.gain_alone, p.without) for p in result.placements} == {("i1", 0, 50), ("i2", 0, 50)}
    assert result.projection.high == 75


def test_a_closure_is_placed_whole_or_not_at_all():
    initiatives = [initiative("i1", {"a": "defined"}, owner="boss"), initiative("i2", {"b": "practised"}, needs=["i1"])]
    result = made(rubric_of(initiatives), sheet_of({"a": 1, "b": 0}, capacity={"boss": 1}))
    assert result.placements == ()
    # 6 days at 0.8 a quarter take 98 weeks.
    late = "can begin in June 2026 at the earliest and takes 98 weeks; the plan ends before that."
    more = "With 2 more days of Boss a period, all else unchanged, {} would fit from June 2026."
    assert left(result, "i1").because == f"It {late} {more.format('it')}"
    needed = more.format('"Do i1"')
    assert left(result, "i2").because == f'It needs "Do i1" first, and that {late} {needed}'


def test_what_is_needed_comes_first_even_where_it_is_planned_for_a_gate_alone():
    initiatives = [initiative("i1", {"a": "defined"}), initiative("i2", {"b": "practised"}, needs=["i1"])]
    rubric = rubric_of(initiatives, gates=[gate("b", lifted_by=["i1"])])
    result = made(rubric, sheet_of({"a": 3, "b": 0}, {"a": "no"}))
    first, second = placed(result, "i1"), placed(result, "i2")
    assert second.start_week >= first.end_week
    assert second.needs == ("i1",)

"""Which initiative is chosen first, and what is chosen along with it."""

from planning import criterion, gate, initiative, left, made, placed, rubric_of, sheet_of, starts

from assess.model.findings import Finding


def turns(result):
    """Initiatives in the order of choice, those of one closure by id."""
    return [p.initiative for p in sorted(result.placements, key=lambda p: (p.turn, p.initiative))]


# Order


def test_gains_are_those_of_the_real_tree():
    rubric = rubric_of([initiative("i1", {"a": "practised"}), initiative("i2", {"b": "practised"}, needs=["i1"])])
    result = made(rubric, sheet_of({"a": 0, "b": 1}))
    one, two = placed(result, "i1"), placed(result, "i2")
    # Root = (a + b) / 2 on 0..100: i1 alone (75 - 0)/2 per 10 days beats i1 and i2 together (75 + 50)/2 per 20.
    assert (one.turn, one.gain_alone, one.gain) == (1, 37.5, 37.5)
    assert (two.turn, two.gain_alone, two.gain) == (2, 25, 25)


def test_the_ratio_is_taken_on_the_closure():
    # i3 gains 37.5 on 10 days; i2 gains as much but drags i1 along: 37.5 on 20 days.
    initiatives = [initiative("i1", enabler=True), initiative("i2", {"a": "practised"}, needs=["i1"])]
    result = made(rubric_of([*initiatives, initiative("i3", {"b": "practised"})]), sheet_of({"a": 0, "b": 0}))
    assert turns(result) == ["i3", "i1", "i2"]
    assert placed(result, "i1").brought_by == "i2"
    assert placed(result, "i2").gain == placed(result, "i1").gain == 37.5


def test_ties_go_by_id():
    initiatives = [initiative("i2", {"a": "practised"}), initiative("i1", {"b": "practised"})]
    assert turns(made(rubric_of(initiatives), sheet_of({"a": 0, "b": 0}))) == ["i1", "i2"]


def test_a_binding_gate_comes_before_a_greater_gain():
    rubric = rubric_of([initiative("i1", effort=20), initiative("i2", {"b": "practised"}, effort=1)], gates=[gate("a")])
    result = made(rubric, sheet_of({"a": 2, "b": 0}, {"a": "no"}))
    assert [(p.initiative, p.tier) for p in sorted(result.placements, key=lambda p: p.turn)] == [("i1", 1), ("i2", 3)]
    assert 'It removes what holds "A" down (The paper is missing)' in placed(result, "i1").because


def test_the_key_criterion_of_a_binding_cap_is_tier_1_and_else_tier_2():
    nodes = [criterion("a", key=True), "b", "c"]
    rubric = rubric_of([initiative("i1", {"a": "practised"}, effort=30), initiative("i2", {"b": "practised"})], nodes)
    capped = made(rubric, sheet_of({"a": 0, "b": 2, "c": 4}))
    free = made(rubric, sheet_of({"a": 2, "b": 0, "c": 2}))
    assert (placed(capped, "i1").tier, placed(capped, "i1").turn) == (1, 1)
    assert (placed(free, "i1").tier, placed(free, "i1").turn) == (2, 1)
    assert "the key criterion that holds" in placed(capped, "i1").because


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
    assert placed(result, "i1").gain == 0


def test_a_leader_that_adds_nothing_to_what_it_needs_is_left_out():
    initiatives = [initiative("i1", {"a": "practised"}), initiative("i2", {"a": "leading"}, needs=["i1"], effort=1)]
    result = made(rubric_of(initiatives), sheet_of({"a": 0, "b": 3}), Finding("f", "gap", "a", "A is low", ""))
    assert list(starts(result)) == ["i1"]
    assert left(result, "i2").because == 'The plan brings what it lifts as far without it, by "Do i1".'
    assert left(result, "i2").wanted


def test_steps_that_do_not_move_the_root_come_last_and_still_close_their_gap():
    rubric = rubric_of(
        [initiative("i1", {"a": "practised"}), initiative("i2", {"b": "practised"})], principle={"aggregate": "min"}
    )
    result = made(rubric, sheet_of({"a": 0, "b": 0}))
    assert [(p.initiative, p.gain) for p in result.placements] == [("i1", 0), ("i2", 75)]
    assert result.milestones[1].values["overall"] == 75


def test_where_the_root_stands_still_what_lifts_the_criteria_more_per_day_comes_first():
    # The root is the lowest criterion, b, which nothing lifts: a day of i1 lifts a by 75/10, of i2 c by 50/5.
    initiatives = [
        initiative("i1", {"a": "practised"}),
        initiative("i2", {"c": "defined"}, effort=5),
        initiative("i3", {"d": "ad_hoc"}),
    ]
    rubric = rubric_of(initiatives, ["a", "b", "c", "d"], principle={"aggregate": "min"})
    result = made(rubric, sheet_of({"a": 0, "b": 0, "c": 0, "d": 0}))
    assert [placed(result, name).gain for name in ("i1", "i2", "i3")] == [0, 0, 0]
    assert turns(result) == ["i2", "i1", "i3"]


# Closures


def test_a_closure_takes_the_cheapest_lifter_of_a_gate_on_what_it_lifts():
    lifters = [initiative("g1", effort=9), initiative("g2", effort=3), initiative("i1", {"a": "practised"})]
    rubric = rubric_of(lifters, gates=[gate("a", lifted_by=["g1", "g2"])])
    result = made(rubric, sheet_of({"a": 0, "b": 3}, {"a": "no"}))
    assert set(starts(result)) == {"g2", "i1"}
    assert {p.turn for p in result.placements} == {1}
    assert "It lifts what would hold back" in placed(result, "g2").because


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
    assert {p.initiative: p.turn for p in result.placements} == {"g1": 1, "i2": 2}
    free = made(capped, sheet_of({"a": 2, "b": 0, "c": 3}, {"c": "yes"}))
    assert set(starts(free)) == {"i2"}


def test_two_gates_of_one_height_are_lifted_together():
    other = gate("a", lifted_by=["i2"], id="h", when="b_fact = no")
    rubric = rubric_of([initiative("i1"), initiative("i2")], gates=[gate("a"), other])
    result = made(rubric, sheet_of({"a": 3, "b": 3}, {"a": "no", "b": "no"}))
    assert {(p.initiative, p.turn, p.gain_alone, p.gain) for p in result.placements} == {
        ("i1", 1, 0, 25),
        ("i2", 1, 0, 25),
    }


def test_a_closure_is_placed_whole_or_not_at_all():
    initiatives = [initiative("i1", {"a": "defined"}, owner="boss"), initiative("i2", {"b": "practised"}, needs=["i1"])]
    result = made(rubric_of(initiatives), sheet_of({"a": 1, "b": 0}, capacity={"boss": 4}))
    assert result.placements == ()
    assert left(result, "i1").because == (
        "It does not fit: its 10 person-days over 4 weeks exceed what Boss has left of 4 person-days per period "
        "in periods 1, 2, 3 and 4."
    )
    assert left(result, "i2").because.startswith('It needs "Do i1" first, and that does not fit: its 10 person-days')


def test_what_is_needed_comes_first_even_where_it_is_planned_for_a_gate_alone():
    initiatives = [initiative("i1", {"a": "defined"}), initiative("i2", {"b": "practised"}, needs=["i1"])]
    rubric = rubric_of(initiatives, gates=[gate("b", lifted_by=["i1"])])
    result = made(rubric, sheet_of({"a": 3, "b": 0}, {"a": "no"}))
    first, second = placed(result, "i1"), placed(result, "i2")
    assert second.start_week >= first.end_week
    assert second.needs == ("i1",)

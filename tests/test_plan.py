"""What a plan aims at, what it takes as done, when levels count, and the reasons it gives."""

import datetime

from planning import criterion, gate, initiative, left, made, placed, rubric_of, sheet_of, starts

from assess.model.answers import Answer
from assess.model.findings import Finding
from assess.model.rubric import Rubric

# Targets and effects


def test_targets_come_from_the_criterion_then_its_principle_then_the_default():
    nodes = ["a", "b", "c"]
    second = {"id": "q", "title": "Second", "criteria": [criterion("d")]}
    rubric = rubric_of([], nodes[:2])
    rubric = rubric.model_copy(
        update={"principles": (*rubric.principles, rubric_of([], ["c"], principle=second).principles[0])}
    )
    sheet = sheet_of({"a": 0, "b": 0, "d": 0}, targets={"default": "defined", "p": "leading", "b": "ad_hoc"})
    assert made(rubric, sheet).targets == {"a": "leading", "b": "ad_hoc", "d": "defined"}


def test_without_targets_the_policy_decides_and_else_the_last_level_but_one():
    sheet = sheet_of({"a": 0, "b": 0})
    assert set(made(rubric_of([]), sheet).targets.values()) == {"practised"}
    assert set(made(rubric_of([], policies={"target": "defined"}), sheet).targets.values()) == {"defined"}


def test_a_lift_stops_at_the_target_and_never_lowers():
    rubric = rubric_of([initiative("i1", {"a": "leading", "b": "defined"})])
    result = made(rubric, sheet_of({"a": 1, "b": 4}))
    end = result.milestones[-1]
    assert (end.values["a"], end.values["b"]) == (75, 100)
    assert placed(result, "i1").lifts == {"a": "practised"}


def counts(result, name, node="a"):
    """The weeks from the start in which the levels an initiative leads to count as adopted, by level."""
    steps = placed(result, name).steps[node]
    return {step.level: (step.adopted - result.starts).days // 7 for step in steps}


def test_work_leads_to_the_level_that_counts_without_proof_and_every_further_one_is_lived_first():
    rubric = rubric_of([initiative("i1", {"a": "leading"})])
    result = made(rubric, sheet_of({"a": 1, "b": 3}, targets={"a": "leading"}))
    assert counts(result, "i1") == {"defined": 4, "practised": 4 + 13, "leading": 4 + 13 + 13}
    assert placed(result, "i1").end_week == 4
    higher = made(rubric, sheet_of({"a": 2, "b": 3}, targets={"a": "leading"}))
    assert counts(higher, "i1") == {"practised": 4 + 13, "leading": 4 + 13 + 13}


def test_windows_are_those_of_the_criterion_then_of_the_initiative_then_of_the_rubric():
    own = criterion("a", windows={"practised": 26})
    policies = {"plan": {"windows": {"defined": 2, "practised": 5, "leading": 52}}}
    steps = {"a": "practised", "b": "practised"}
    rubric = rubric_of([initiative("i1", steps, window=20)], [own, "b", "c"], policies=policies)
    result = made(rubric, sheet_of({"a": 0, "b": 0, "c": 3}))
    assert counts(result, "i1") == {"ad_hoc": 4, "defined": 6, "practised": 6 + 26}
    assert counts(result, "i1", "b") == {"ad_hoc": 4, "defined": 6, "practised": 6 + 20}


def test_two_initiatives_on_one_criterion_share_its_clock():
    steps = [initiative("i1", {"a": "defined"}), initiative("i2", {"a": "practised"}, needs=["i1"])]
    result = made(rubric_of(steps), sheet_of({"a": 1, "b": 3}))
    assert counts(result, "i2") == {"defined": 4, "practised": 8 + 13}


def test_a_level_waits_for_what_it_needs_besides_its_own_work():
    steps = [
        initiative("i1", {"a": "practised"}, needs_to={"practised": ["i2"]}),
        initiative("i2", {"b": "defined"}, weeks=20, owner="boss"),
    ]
    result = made(rubric_of(steps), sheet_of({"a": 1, "b": 1}))
    assert counts(result, "i1") == {"defined": 4, "practised": 20 + 13}
    alone = made(rubric_of(steps), sheet_of({"a": 1, "b": 1}, capacity={"boss": 0}))
    assert placed(alone, "i1").steps["a"][1].adopted is None
    assert alone.milestones[-1].levels["a"] == "defined"


def test_a_level_that_needs_proof_is_proved_when_its_paper_is_due():
    policies = {"evidence": {"stated": 50}, "plan": {"proof_weeks": 6}}
    proof = {"what": "The log", "weeks": 30}
    steps = [initiative("i1", {"a": "practised"}), initiative("i2", {"b": "practised"}, proof=proof)]
    result = made(rubric_of(steps, policies=policies), sheet_of({"a": 0, "b": 0}))
    late = {
        name: [(step.proved - step.adopted).days // 7 for step in placed(result, name).steps[node]]
        for name, node in (("i1", "a"), ("i2", "b"))
    }
    assert late == {"i1": [0, 0, 6], "i2": [0, 0, 30 - 26]}


def test_work_counts_no_later_than_what_is_adopted_and_that_no_later_than_what_is_proved():
    steps = [initiative("i1", {"a": "practised"}), initiative("i2", {"b": "leading"}, owner="boss")]
    result = made(rubric_of(steps, policies={"evidence": {}}), sheet_of({"a": 0, "b": 1}, targets={"b": "leading"}))
    for stone in result.milestones:
        assert stone.readings["work"] >= stone.readings["adopted"] >= stone.readings["proved"]
    assert result.milestones[1].readings["work"] > result.milestones[1].readings["adopted"]
    assert result.projection.low <= result.milestones[-1].readings["proved"] <= result.projection.high


def test_a_gate_on_a_figure_falls_a_quarter_later_when_it_can_be_measured_again():
    share = {"id": "share", "type": "number", "weight": 0, "text": "How many percent?", "min": 0, "max": 100}
    node = criterion("a")
    node["questions"].append(share)
    rubric = rubric_of([initiative("i1", {"b": "defined"})], [node, "b"], gates=[gate("a", when="share > 20")])
    voice = sheet_of({"a": 3, "b": 0}).voices[0]
    given = voice._replace(answers={**voice.answers, "share": Answer("value", 80.0)})
    result = made(rubric, sheet_of({"a": 3, "b": 0})._replace(voices=(given,)))
    assert placed(result, "i1").ends_gates == {"g": result.starts + datetime.timedelta(weeks=4 + 13)}
    assert [m.values["a"] for m in result.milestones[:3]] == [25, 25, 75]


def test_a_gate_is_off_once_any_of_its_lifters_is_done():
    rubric = rubric_of(
        [initiative("i1", {"b": "defined"}), initiative("i2")], gates=[gate("a", lifted_by=["i1", "i2"])]
    )
    result = made(rubric, sheet_of({"a": 3, "b": 0}, {"a": "no"}))
    assert [m.values["a"] for m in result.milestones] == [25, 75, 75, 75, 75]
    assert "i2" not in starts(result)


def test_a_clash_that_caps_is_off_once_one_of_its_initiatives_is_done():
    clash = {
        "id": "k",
        "claim": "a_q >= practised by boss",
        "practice": "a_fact = no",
        "says": "They differ.",
        "initiatives": ["i1"],
        "cap": {"of": ["a"], "at": "ad_hoc"},
    }
    result = made(rubric_of([initiative("i1")], clashes=[clash]), sheet_of({"a": 3, "b": 3}, {"a": "no"}))
    assert [m.values["a"] for m in result.milestones[:2]] == [25, 75]
    assert placed(result, "i1").tier == 1


def test_what_is_unanswered_or_does_not_apply_stays_so():
    rubric = rubric_of([initiative("i1", {"a": "practised"}), initiative("i2", {"b": "practised"})], ["a", "b", "c"])
    result = made(rubric, sheet_of({"b": "na", "c": 4}))
    assert result.placements == ()
    assert [(m.values["a"], m.values["b"]) for m in result.milestones] == [(None, None)] * 5
    assert "too few answers" in left(result, "i1").because
    assert left(result, "i2").because == "Everything it lifts is at its target."


# What is done


def test_a_prerequisite_at_its_own_lift_or_at_the_target_is_done():
    rubric = rubric_of([initiative("i1", {"a": "defined"}), initiative("i2", {"b": "practised"}, needs=["i1"])])
    assert starts(made(rubric, sheet_of({"a": 2, "b": 0}))) == {"i2": 0}
    assert starts(made(rubric, sheet_of({"a": 1, "b": 0}))) == {"i1": 0, "i2": 4}
    assert starts(made(rubric, sheet_of({"a": 1, "b": 0}, targets={"a": "ad_hoc"}))) == {"i2": 0}


def test_an_enabler_is_done_only_when_the_engagement_names_it():
    rubric = rubric_of([initiative("e1", enabler=True), initiative("i2", {"a": "practised"}, needs=["e1"])])
    sheet, done = sheet_of({"a": 0, "b": 4}), sheet_of({"a": 0, "b": 4}, done=["e1"])
    assert starts(made(rubric, sheet)) == {"e1": 0, "i2": 4}
    result = made(rubric, done)
    assert starts(result) == {"i2": 0}
    assert left(result, "e1").because == "The engagement names it as done."
    assert placed(made(rubric, sheet), "e1").because == '"Do i2" needs it first.'


def test_an_enabler_nobody_needs_is_left_out():
    result = made(rubric_of([initiative("e1", enabler=True)]), sheet_of({"a": 0, "b": 0}))
    assert left(result, "e1").because == "Nothing in this plan needs it."


def test_what_the_engagement_names_as_done_is_not_planned_again():
    rubric = rubric_of([initiative("i1", {"a": "practised"}, code="I-01"), initiative("i2", {"b": "practised"})])
    result = made(rubric, sheet_of({"a": 0, "b": 0}, done=["i1"]), Finding("f", "gap", "a", "A is low", ""))
    assert starts(result) == {"i2": 0}
    assert left(result, "i1").wanted


def test_what_lifts_only_gates_is_a_finished_prerequisite_when_none_of_them_holds():
    rubric = rubric_of([initiative("i1"), initiative("i2", {"b": "practised"}, needs=["i1"])], gates=[gate("a")])
    assert starts(made(rubric, sheet_of({"a": 3, "b": 0}, {"a": "yes"}))) == {"i2": 0}
    assert starts(made(rubric, sheet_of({"a": 3, "b": 0}, {"a": "no"}))) == {"i1": 0, "i2": 4}


# Reasons and what is left out


def test_findings_that_name_it_or_stand_on_what_it_lifts_are_listed_and_praise_is_not():
    findings = [
        Finding("f1", "gap", "p", "P is low", "", initiatives=("i1",)),
        Finding("f2", "blind_spot", "a", "Nobody knows A", ""),
        Finding("f3", "strength", "a", "A is strong", ""),
        Finding("f4", "gap", "b", "B is low", ""),
    ]
    result = made(rubric_of([initiative("i1", {"a": "practised"}, code="I-01")]), sheet_of({"a": 0, "b": 0}), *findings)
    assert placed(result, "i1").findings == ("f1", "f2")
    assert placed(result, "i1").because == (
        'It brings "A" closer to its target; the findings "P is low" and "Nobody knows A" ask for it.'
    )


def test_what_is_at_its_target_is_neither_planned_nor_wanted():
    result = made(
        rubric_of([initiative("i1", {"a": "practised"}), initiative("i2", {"b": "defined"})]),
        sheet_of({"a": 3, "b": 2}),
        Finding("f", "gap", "b", "B is low", "", initiatives=("i1", "i2")),
    )
    assert left(result, "i1").because == "Everything it lifts is at its target."
    assert left(result, "i2").because == "Everything it lifts is as high as it can lift it."
    assert not left(result, "i1").wanted


def test_a_gate_nothing_can_lift_is_named():
    rubric = rubric_of([initiative("i1", {"a": "practised"})], gates=[gate("a", "absent", [])])
    result = made(rubric, sheet_of({"a": 0, "b": 0}, {"a": "no"}))
    assert left(result, "i1").because == '"A" would stay held down, and nothing left here lifts that.'


def test_an_initiative_without_any_effect_says_so():
    result = made(rubric_of([initiative("i1"), initiative("i2")], gates=[gate("a")]), sheet_of({"a": 0, "b": 0}))
    assert left(result, "i2").because == "It lifts nothing."
    assert left(result, "i1").because == "It would not raise any score."


def test_what_is_wanted_comes_first_among_what_is_left_out():
    rubric = rubric_of([initiative(f"i{k}", {"a": "practised"}, weeks=99) for k in (1, 2, 3)])
    result = made(rubric, sheet_of({"a": 0, "b": 0}), Finding("f", "gap", "p", "Low", "", initiatives=("i3",)))
    assert [out.initiative for out in result.left_out] == ["i3", "i1", "i2"]


def test_a_condition_is_told_with_titles_and_questions():
    step = initiative("i1", {"a": "practised"}, not_before="b > ad_hoc and a_fact = yes and overall >= 2")
    result = made(rubric_of([step]), sheet_of({"a": 0, "b": 0}))
    assert (
        'it waits until "B" is above Ad Hoc and the answer to "Is a there?" is yes and the overall score '
        "is at least 2." in left(result, "i1").because
    )


def test_a_rubric_without_levels_has_no_targets_and_an_empty_plan():
    rubric = Rubric.model_validate(
        {
            "id": "small",
            "title": "Small",
            "version": "1",
            "principles": [{"id": "p", "title": "P", "questions": [{"id": "x", "type": "yesno", "text": "There?"}]}],
        }
    )
    result = made(rubric, sheet_of({}))
    assert (dict(result.targets), result.placements, len(result.milestones)) == ({}, (), 5)


def test_without_a_finding_that_names_it_those_about_what_it_lifts_stand_in_its_reason():
    rubric = rubric_of([initiative("i1", {"a": "practised"}, title='The "small" step')])
    result = made(rubric, sheet_of({"a": 0, "b": 0}), Finding("f", "gap", "a", 'No "A" at all.', ""))
    assert """the finding "No 'A' at all" asks for it.""" in placed(result, "i1").because


def test_a_criterion_of_which_only_facts_are_asked_hinders_no_plan():
    bare = criterion("b", gates=[gate("b")])
    bare["questions"] = [question for question in bare["questions"] if question["id"] == "b_fact"]
    rubric = rubric_of([initiative("i1", {"a": "defined"})], ["a", bare])
    result = made(rubric, sheet_of({"a": 1}, {"a": "no", "b": "no"}))
    assert starts(result).keys() == {"i1"}
    assert result.milestones[-1].values["b"] is None

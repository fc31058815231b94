"""What a new version does to organizations: whose score, level or plan moves, and which changes it depends on."""

import json

import pytest
from conftest import ENGAGEMENT, RUBRIC

from assess.authoring.diff import compare_rubrics
from assess.authoring.effects import AROUND, effects, effects_json
from assess.load import load
from assess.problems import DocumentError


@pytest.fixture
def moved(place):
    """What moves for the engagement of the place when its rubric is edited."""

    def after(*edits, folder=place.root):
        (place.root / "new").mkdir(exist_ok=True)
        text = RUBRIC
        for old, new in edits:
            assert old in text
            text = text.replace(old, new)
        (place.root / "new" / "small.yaml").write_text(text, encoding="utf-8")
        return effects(
            compare_rubrics(load(place.rubrics / "small.yaml")[0], load(place.root / "new" / "small.yaml")[0]), folder
        )

    return after


def nodes(found):
    return {move.node: (move.old, move.new) for move in found.nodes}


def test_words_move_nothing(moved):
    (found,) = moved(("text: Who gets an answer?", "text: Who hears back?"), ("because: Without", "because: Lacking"))
    assert (found.name, found.organization, found.nodes, found.plan, found.left_out) == (
        "org",
        "Corner Hotel",
        (),
        (),
        (),
    )


def test_a_gate_that_lets_go_is_named_at_every_node_above_what_it_held(moved):
    (found,) = moved(("of: [hear_back], at: begun", "of: [hear_back], at: defined"))
    assert nodes(found) == {
        "overall": ("1.42", "1.73"),
        "hear": ("1.00", "1.50"),
        "hear_back": ("1.00", "2.00"),
    }
    assert {move.by for move in found.nodes} == {("gate hear_no_rule: cap",)}
    back = next(move for move in found.nodes if move.node == "hear_back")
    assert (back.old_level, back.new_level) == ("begun", "defined")


def test_a_node_is_moved_only_by_what_it_is_computed_from(moved):
    (found,) = moved(
        ("of: [hear_back], at: begun", "of: [hear_back], at: defined"),
        ("{label: Nothing}, {label: Talk}", "{label: Nothing}, {label: Word}"),
        ("        ask: [boss]\n", "        ask: [boss]\n        weight: 2\n"),
    )
    assert all("question mend_cause: weight" not in move.by for move in found.nodes if move.node != "overall")
    assert next(m for m in found.nodes if m.node == "overall").by == (
        "gate hear_no_rule: cap",
        "question mend_cause: weight",
    )


def test_a_threshold_moves_a_level_without_moving_the_score(moved):
    (found,) = moved(("title: Defined, at: 50", "title: Defined, at: 60"))
    move = next(move for move in found.nodes if move.node == "mend")
    assert (move.old, move.new, move.old_level, move.new_level) == ("2.00", "2.00", "defined", "begun")
    assert move.by == ("level defined: at",)


def test_a_policy_bears_on_everything(moved):
    (found,) = moved(("levels: 2}", "levels: 3}"))
    assert found.nodes
    assert {move.by for move in found.nodes} == {("policies: disagreement",)}


def test_initiatives_that_enter_leave_or_move_are_named_with_their_reason(moved):
    third = "  - {id: i03, code: I-03, title: A third, lifts: {mend: leading}, effort: {low: 1, high: 2}, weeks: 2,\n     owner: boss, steps: [S.], success: S., risk: R.}\n"  # noqa: E501 - one initiative
    (found,) = moved(("initiatives:\n  -", f"initiatives:\n{third}  -"))
    assert [(m.initiative, m.old, m.new) for m in found.plan if m.initiative == "i03"] == [("i03", None, 1)]
    assert next(m for m in found.plan if m.initiative == "i03").by == ("initiative i03 added",)
    (found,) = moved(("weeks: 2,\n", "weeks: 2, not_before: hear >= leading,\n"))
    assert [(m.initiative, m.old, m.new, m.by) for m in found.plan] == [
        ("i02", 1, None, ("initiative i02: not_before",)),
    ]


def test_a_question_that_is_renamed_keeps_its_answer_and_its_score(moved):
    (found,) = moved(
        ("      - id: mend_cause\n", "      - id: mend_why\n        renamed_from: [mend_cause]\n"),
        ('version: "1.0"', 'version: "1.1"'),
    )
    assert (found.nodes, found.left_out) == ((), ())


def test_answers_that_do_not_fit_a_version_are_left_out_there_and_said(moved):
    (found,) = moved(("      - id: mend_cause\n", "      - id: mend_all\n"))
    assert found.left_out == ("1.0: 'mend_cause': version 1.0 does not ask it, and no step says what became of it",)
    assert nodes(found)["mend"] == ("2.00", "not scored")
    assert next(move for move in found.nodes if move.node == "mend").by == (
        "question mend_all added",
        "question mend_cause removed",
    )


def test_an_engagement_given_to_the_newer_version_is_read_by_both(place, moved):
    place.edit("org/engagement.yaml", '"1.0"', '"1.1"')
    place.edit("org/answers/boss.yaml", "mend_cause", "mend_why")
    edits = [
        ("      - id: mend_cause\n", "      - id: mend_why\n        renamed_from: [mend_cause]\n"),
        ('version: "1.0"', 'version: "1.1"'),
    ]
    (found,) = moved(*edits, folder=place.org)
    assert found.left_out == ("1.0: 'mend_why' is not a question of 'small'",)
    assert nodes(found)["mend"] == ("not scored", "2.00")


def test_a_tier_and_a_scope_that_one_version_lacks_are_left_out_there_and_said(place, moved):
    (place.org / "engagement.yaml").write_text(f"{ENGAGEMENT}tier: core\nscope: front\n", encoding="utf-8")
    later = ('version: "1.0"', 'version: "1.1"\ntiers: [core, full]\nscopes: {front: [hear]}')
    (found,) = moved(later)
    assert found.left_out == (
        "1.0: 'core' is no tier of 'small'; all of it is asked there",
        "1.0: 'front' is no scope of 'small'; all of it is asked there",
    )
    (both,) = moved((later[0], 'version: "1.1"'))
    assert [why[:3] for why in both.left_out] == ["1.0", "1.0", "1.1", "1.1"]


def test_engagements_of_other_rubrics_are_passed_over_and_none_at_all_is_a_mistake(place, moved):
    place.edit("org/engagement.yaml", "rubric: small", "rubric: other")
    assert moved(("at: 25", "at: 30")) == ()
    with pytest.raises(DocumentError, match="holds no engagements"):
        moved(("at: 25", "at: 30"), folder=place.rubrics)


def test_a_target_at_a_level_that_is_gone_does_not_stop_the_plan(place, moved):
    (place.org / "engagement.yaml").write_text(f"{ENGAGEMENT}targets: {{default: begun}}\n", encoding="utf-8")
    (found,) = moved(("  - {key: begun, title: Begun, at: 25}\n", "  - {key: started, title: Begun, at: 25}\n"),
                     ("at: begun}", "at: started}"), ("<= begun", "<= started"))  # fmt: skip
    assert any("'begun'" in why for why in found.left_out)


def test_the_json_says_the_same(moved):
    (found,) = json.loads(
        json.dumps(effects_json(moved(("of: [hear_back], at: begun", "of: [hear_back], at: defined"))))
    )
    assert found["nodes"][0] == {
        "node": "overall",
        "title": "How complaints are answered",
        "old": "1.42",
        "new": "1.73",
        "old_level": "begun",
        "new_level": "begun",
        "by": ["gate hear_no_rule: cap"],
    }
    assert AROUND not in str(found["nodes"])

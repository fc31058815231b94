"""Overlays: a base is adapted by id, alone or over another overlay, and used like any rubric."""

import pytest
from overlaying import BASE, HEAD, over, written

from assess import workflow
from assess.load import load, rubric_fingerprint, rubric_places
from assess.model.finding_texts import ANY_LEVEL
from assess.resources import shipped


@pytest.fixture
def overlay(tmp_path):
    return over(tmp_path)


@pytest.fixture
def laid(overlay):
    """The rubric an overlay makes; it must be sound."""
    return lambda text="", **files: workflow.load_rubric(overlay(text, **files))


def ids(elements):
    return [element.id for element in elements]


# --- what an overlay makes ---


def test_an_empty_overlay_is_its_base_under_its_own_name(laid, tmp_path):
    rubric, base = laid(), workflow.load_rubric(tmp_path / "base")
    assert (rubric.id, rubric.version, rubric.title) == ("mine", "7", "Base")
    for part in ("principles", "initiatives", "roles", "levels", "policies", "claims", "headlines", "aggregate"):
        assert getattr(rubric, part) == getattr(base, part), part
    assert (rubric.migrations, rubric.translations) == ((), ())
    assert rubric.hash != base.hash


def test_head_policies_and_lists_can_be_said_anew(laid):
    text = """\
title: Mine
override:
  overall:
    policies: {min_cell: ~, na_share: 30}
    aggregate: arithmetic
    headlines: [{says: Mine.}]
    levels: {mid: {title: Middle}}
"""
    rubric = laid(text)
    assert rubric.title == "Mine"
    assert (rubric.policies.target, rubric.policies.min_cell, rubric.policies.na_share) == ("mid", 5, 30)
    assert rubric.aggregate.kind == "arithmetic"
    assert [headline.says.always for headline in rubric.headlines] == ["Mine."]
    assert [level.title for level in rubric.levels] == ["Low", "Middle", "High"]


def test_elements_are_overridden_by_id_or_code_key_by_key(laid):
    text = """\
override:
  FIR-1: {weight: 3, says: {gap: Not yet.}}
  fq: {text: How is it now?, ask: [boss], options: {mid: {label: Middling}}}
  gb: {cap: {at: mid}}
  I-1: {lifts: {first_b: high, second_a: ~}, effort: {high: 9}}
  boss: {title: The boss}
"""
    rubric = laid(text)
    node, question = rubric.node_by_id["first_a"], rubric.question_by_id["fq"]
    assert (node.weight, dict(node.says.gap), node.title) == (3, {ANY_LEVEL: "Not yet."}, "First of all")
    assert (question.text, tuple(question.ask)) == ("How is it now?", ("boss",))
    assert [option.label for option in rubric.options_of(question)] == ["Bad", "Middling", "Good"]
    (gate,) = rubric.all_gates()
    assert (gate.cap.of, gate.cap.at) == (("first_b",), "mid")
    initiative = rubric.initiative_by_id["i1"]
    assert (dict(initiative.lifts), initiative.effort.low, initiative.effort.high) == ({"first_b": "high"}, 1, 9)
    assert rubric.role_by_id["boss"].title == "The boss"


def test_an_option_can_be_taken_away(laid):
    rubric = laid("override:\n  fq: {options: {mid: ~}}\n")
    assert [option.key for option in rubric.options_of(rubric.question_by_id["fq"])] == ["low", "high"]


def test_what_is_dropped_is_gone_with_all_that_is_in_it_and_from_the_ledger(laid):
    rubric = laid("drop: [first_a, k, i2, boss]\n" + SETTLED)
    assert ids(rubric.nodes()) == ["first", "first_b", "second", "second_a"]
    assert ids(rubric.questions()) == ["fb", "sq"]
    assert [claim.code for claim in rubric.claims] == ["C2"]
    (reference,) = rubric.references
    assert reference.bears_on == ("second_a",)
    assert ids(rubric.roles) == ["team"]
    assert dict(rubric.personas[0].answers) == {"team": {}}


SETTLED = """\
override:
  overall: {headlines: [{says: Begun.}]}
  gb: {when: fb = no, cap: {of: [second_a]}}
  i1: {owner: team, lifts: {first_b: ~}}
"""


def test_elements_are_added_below_nodes_and_the_rubric_itself(laid):
    text = """\
add:
  first_a:
    questions: [{id: more, type: yesno, weight: 0, text: Is there more?}]
    gates: [{id: gm, when: more = no, flag: true, because: B, lifted_by: [i3]}]
  second: {criteria: [{id: second_b, title: New, questions: [{id: nq, type: yesno, text: New?}]}]}
  overall:
    initiatives: [{id: i3, title: New, lifts: {second_b: mid}, effort: {low: 1, high: 2}, weeks: 1, owner: team}]
"""
    rubric = laid(text)
    assert ids(rubric.node_by_id["first_a"].questions) == ["fq", "ff", "more"]
    assert ids(rubric.node_by_id["second"].criteria) == ["second_a", "second_b"]
    assert ids(rubric.initiatives) == ["i1", "i2", "i3"]
    assert ids(rubric.all_gates()) == ["gm", "gb"]


def test_files_beside_the_overlay_belong_to_it(laid):
    rubric = laid(
        principles__3="assess: principle/1\nid: third\ntitle: Third\n"
        "questions: [{id: tq, type: yesno, text: Is it third?}]\n",
        personas__p="assess: persona/1\nid: mine_best\ntitle: B\nlike: worst\nassessed_on: 2026-06-30\n"
        "answers: {boss: {tq: yes}}\nexpect: {scores: {third: 2}}\n",
    )
    assert ids(rubric.principles) == ["first", "second", "third"]
    assert ids(rubric.personas) == ["worst", "mine_best"]


def test_personas_of_the_base_come_along_and_expect_nothing(laid):
    (persona,) = laid().personas
    assert persona.answers["boss"]["fb"] == "no"
    assert persona.expect.scores == {}


def test_elements_move_in_their_list_and_below_other_nodes(laid):
    text = """\
move:
  second: {before: first}
  first_b: {before: first_a}
  fb: {to: first_a, after: fq}
  gb: {to: overall}
  sq: {to: first_b}
  i2: {before: i1}
"""
    rubric = laid(text + "drop: []\n" + "add:\n  second_a: {questions: [{id: x, type: yesno, text: X?}]}\n")
    assert ids(rubric.principles) == ["second", "first"]
    assert ids(rubric.node_by_id["first"].criteria) == ["first_b", "first_a"]
    assert ids(rubric.node_by_id["first_a"].questions) == ["fq", "fb", "ff"]
    assert ids(rubric.node_by_id["first_b"].questions) == ["sq"]
    assert ids(rubric.gates) == ["gb"]
    assert ids(rubric.initiatives) == ["i2", "i1"]


def test_a_criterion_becomes_a_principle_and_a_principle_a_criterion(laid):
    rubric = laid("move:\n  second_a: {to: overall}\n  second: {to: first}\n" + SECOND_ASKS)
    assert ids(rubric.principles) == ["first", "second_a"]
    assert ids(rubric.node_by_id["first"].criteria) == ["first_a", "first_b", "second"]


SECOND_ASKS = "add:\n  second: {questions: [{id: x, type: yesno, text: X?}]}\n"


def test_an_overlay_may_lie_on_an_overlay(laid, tmp_path):
    written(
        tmp_path / "upper",
        {"rubric": 'assess: overlay/1\nid: upper\nbase: mine\nversion: "8"\noverride: {first_a: {why: Upper.}}\n'},
    )
    laid("override: {first_a: {title: Mine, why: Mine.}}\n")
    rubric = workflow.load_rubric(tmp_path / "upper")
    node = rubric.node_by_id["first_a"]
    assert (rubric.id, rubric.version, node.title, node.why) == ("upper", "8", "Mine", "Upper.")


def test_a_base_is_found_by_path_too_and_among_the_shipped(tmp_path, overlay):
    overlay()
    written(tmp_path / "deep" / "er", {"rubric": HEAD.replace("base: base", "base: ../../base")})
    assert workflow.load_rubric(tmp_path / "deep" / "er").title == "Base"
    written(tmp_path / "complaint_handling", {"rubric": HEAD.replace("base: base", "base: complaint_handling")})
    rubric = workflow.load_rubric(tmp_path / "complaint_handling")
    assert ids(rubric.principles) == ids(workflow.load_rubric(shipped("rubrics") / "complaint_handling").principles)


def test_a_single_file_can_be_an_overlay(tmp_path, overlay):
    overlay()
    (tmp_path / "small.yaml").write_text(HEAD, encoding="utf-8")
    assert workflow.load_rubric(tmp_path / "small.yaml").id == "mine"


@pytest.mark.slow
def test_the_largest_shipped_rubric_can_be_adapted(tmp_path):
    base = workflow.load_rubric(shipped("rubrics") / "social_business")
    written(
        tmp_path / "mine",
        {"rubric": HEAD.replace("base: base", "base: social_business") + "override: {lwp: {title: Listen}}\n"},
    )
    rubric, problems = workflow.reviewed_rubric(tmp_path / "mine")
    assert [problem for problem in problems if problem.severity != "note"] == []
    assert rubric.node_by_id["lwp"].title == "Listen"
    assert rubric.principles[1:] == base.principles[1:]
    assert rubric.initiatives == base.initiatives


# --- the whole of it: hash and cache ---


def test_the_hash_covers_the_overlay_and_its_base(overlay, tmp_path):
    folder = overlay()
    first = load(folder)[0].hash, rubric_fingerprint(folder)
    overlay("title: Changed\n")
    second = load(folder)[0].hash, rubric_fingerprint(folder)
    overlay()
    changed = BASE["initiatives"].replace("title: ", "title: New ", 1)
    (tmp_path / "base" / "initiatives.yaml").write_text(changed, encoding="utf-8")
    third = load(folder)[0].hash, rubric_fingerprint(folder)
    (tmp_path / "base" / "initiatives.yaml").write_text(BASE["initiatives"], encoding="utf-8")
    assert (load(folder)[0].hash, rubric_fingerprint(folder)) == first
    assert len({first, second, third}) == 3
    assert len({*first, *second, *third}) == 6


def test_what_cannot_be_read_has_no_fingerprint(overlay, tmp_path):
    folder = overlay(head=HEAD.replace("base: base", "base: none"))
    assert rubric_fingerprint(folder) is None
    (tmp_path / "mine" / "rubric.yaml").write_text(HEAD.replace("base: base", "base: ../mine"), encoding="utf-8")
    assert rubric_fingerprint(folder) is None
    (tmp_path / "mine" / "rubric.yaml").write_bytes(b"assess: overlay/1\n\xff")
    assert rubric_fingerprint(folder) is None


def test_the_homes_of_an_overlay_are_those_of_its_base_too(overlay, tmp_path):
    assert rubric_places(overlay()) == (tmp_path / "mine", tmp_path / "base")
    assert rubric_places(tmp_path / "base") == (tmp_path / "base",)
    assert rubric_places(overlay(head=HEAD.replace("base: base", "base: none"))) == (tmp_path / "mine",)
    assert rubric_places(tmp_path / "none") == (tmp_path / "none",)


def test_a_rubric_that_only_speaks_of_overlays_is_none(tmp_path):
    written(tmp_path / "a", {"rubric": BASE["rubric"] + "notes: assess overlay/1 is another kind.\n"})
    assert rubric_fingerprint(tmp_path / "a")


# --- commands ---


def test_an_overlay_is_checked_tested_and_used_like_any_rubric(overlay, run, tmp_path):
    folder = overlay(
        "override: {first: {title: Mine}}\n",
        p="assess: persona/1\nid: mine_best\ntitle: B\nlike: worst\nassessed_on: 2026-06-30\n"
        "expect: {scores: {overall: 0}}\n",
    )
    assert "error" not in run("rubric", "check", folder).stdout
    assert run("rubric", "test", folder).exit_code == 0
    assert run("rubric", "preview", folder).exit_code == 0
    assert "Mine" in run("rubric", "show", folder).stdout
    assert run("new", tmp_path / "client", "--rubric", folder, "--on", "2026-06-30").exit_code == 0

"""The best single changes are those that trying every single change finds, and each says what it rests on."""

import json

import pytest
import trying
from confiding import chance_of, organization, written
from factories import answers_to, built, level, node, question, said, sheet
from planning import initiative, rubric_of, sheet_of

from assess import workflow
from assess.numbers import TOLERANCE
from assess.whatif import best_changes
from assess.workflow import assess_sheet

GRADES = ("stated", "documented", "confirmed")
EVIDENCE = {"evidence": {"stated": 50, "documented": 75, "confirmed": 100}}


def lifted(found, node, **change):
    """What a node would be after one change."""
    return trying.attempt(found, **change)[1].scorecard.scores[node].value


def by_brute_force(found, node):
    """The best value of every question by any answer and grade of evidence, and that of every initiative."""
    today, best = found.scorecard.scores[node].value or 0.0, {}
    for asked in found.rubric.questions():
        for value in answers_to(found.rubric, asked):
            text = ",".join(value) if isinstance(value, tuple) else value
            graded = found.compiled.items[asked.id].ceilings is not None
            proofs = [(f"{asked.id}={grade}",) for grade in GRADES] if graded else [()]
            for proof in proofs if text else ():
                reached = lifted(found, node, answers=(f"{asked.id}={text}",), proofs=proof)
                best[asked.id] = max(best.get(asked.id, 0.0), reached or 0.0)
    best |= {name: lifted(found, node, done=(name,)) or 0.0 for name in found.rubric.initiative_by_id}
    ranked = sorted((round(-value, 9), name) for name, value in best.items() if value > today + TOLERANCE)
    return [(name, -value) for value, name in ranked]


def small(chance):
    """A small rubric with a gate, evidence and initiatives, and somebody's answers to it."""
    kinds = ["arithmetic", {"geometric": {"floor": 1}}, "min"]
    first = node("a", level("q0"), question("q1", "yesno"), aggregate=chance.choice(kinds), weight=2)
    facts = level("q2", allow=["unknown"]), question("f0", "yesno", weight=0)
    second = node("b", *facts, key=chance.random() < 0.5)
    held = {"id": "g", "when": "f0 = no", "cap": {"of": ["a"], "at": "l1"}, "because": "b", "lifted_by": ["i1"]}
    work = [initiative("i0", {"a": "l3"}), initiative("i1", {"b": "l4"}, needs=["i0"])]
    rubric = built(
        node("p", first, second, aggregate=chance.choice(kinds)),
        gates=[held],
        initiatives=work,
        policies={**EVIDENCE, "min_coverage": 0, "key_headroom": 25},
    )
    answers = {name: chance.choice(["k0", "k1", "k2", "k3", "k4", None]) for name in ("q0", "q2")}
    answers |= {name: chance.choice(["yes", "no", None]) for name in ("q1", "f0")}
    return assess_sheet(rubric, sheet(said("boss", **answers)))


@pytest.mark.parametrize("seed", range(20))
def test_the_best_changes_are_those_that_trying_all_of_them_finds(seed):
    chance = chance_of(seed)
    found, where = small(chance), chance.choice(["overall", "a", "b"])
    expected, best = by_brute_force(found, where), best_changes(found, 100, where)
    assert [change.name for change in best.changes] == [name for name, _ in expected]
    assert [change.value for change in best.changes] == pytest.approx([value for _, value in expected])
    assert best_changes(found, 2, where).changes == best.changes[:2]


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, 12))])
def test_each_of_the_best_changes_is_worth_what_trying_it_alone_is(seed, tmp_path):
    home = written(tmp_path, organization(chance_of(seed), 7))
    found = workflow.assess(home, [tmp_path / "rubrics"])
    best = best_changes(found, 100)
    assert best.changes
    for change in best.changes:
        after = trying.try_scenario(found, change.scenario)
        assert after.scorecard.scores["overall"].value == pytest.approx(change.value), change


@pytest.mark.parametrize("seed", range(6))
def test_the_best_after_other_changes_are_worth_what_all_together_are(seed):
    found = small(chance_of(seed))
    begun, after = trying.attempt(found, done=("i0",), without=("g",), weights=("a=5",))
    for change in best_changes(after, 100).changes:
        both = change.scenario._replace(
            done=(*begun.done, *change.scenario.done), without=begun.without, weights=begun.weights
        )
        together = trying.try_scenario(found, both).scorecard.scores["overall"].value
        assert together == pytest.approx(change.value), change


def test_ties_are_broken_by_id_and_an_answer_by_the_nearest():
    rubric = rubric_of([initiative("i2", {"a": "defined"}), initiative("i1", {"a": "defined"})], criteria=("a",))
    best = best_changes(assess_sheet(rubric, sheet_of({"a": 0})), 9)
    assert [change.name for change in best.changes] == ["a_q", "i1", "i2"]
    (answer,) = best.changes[0].scenario.answers
    assert answer.answer.value == "leading"


def test_what_is_done_is_not_offered_and_what_it_needs_is_named():
    work = [initiative("i1", {"a": "defined"}), initiative("i2", {"a": "practised"}, needs=["i1"])]
    rubric = rubric_of(work, criteria=("a",), policies={"target": "practised"})
    best = best_changes(assess_sheet(rubric, sheet_of({"a": 0})), 9)
    assert {change.name: change.needs for change in best.changes} == {"a_q": (), "i1": (), "i2": ("i1",)}
    best = best_changes(assess_sheet(rubric, sheet_of({"a": 0}, done=["i1"])), 9)
    assert {change.name: change.needs for change in best.changes} == {"a_q": (), "i2": ()}


def test_what_an_initiative_lifts_is_told_up_to_the_target_and_what_it_ends_where_it_holds():
    work = [initiative("i1", {"a": "leading", "b": "defined"})]
    gates = [{"id": f"g{place}", "when": when, "flag": True, "because": "b", "lifted_by": ["i1"]}
             for place, when in enumerate(["a_fact = no", "b_fact = no"])]  # fmt: skip
    rubric = rubric_of(work, policies={"target": "practised"}, gates=gates)
    found = assess_sheet(rubric, sheet_of({"a": 0, "b": 2}, {"a": "no", "b": "yes"}))
    (change,) = [change for change in best_changes(found, 9).changes if change.name == "i1"]
    assert (dict(change.lifts), change.ends) == ({"a": "practised"}, ("g0",))


def test_nothing_is_offered_where_all_is_reached():
    rubric = rubric_of([initiative("i1", {"a": "defined"})], criteria=("a",))
    assert best_changes(assess_sheet(rubric, sheet_of({"a": 4})), 9).changes == ()


# --- as it is printed ---


def test_each_is_printed_as_options_that_try_it(run, place):
    first = json.loads(run("whatif", place.org, "--best", 3, "--format", "json").stdout)
    assert first["changes"] == []
    assert len(first["best"]["changes"]) == 3
    for change in first["best"]["changes"]:
        words = " ".join(change["changes"]).split()
        tried = json.loads(run("whatif", place.org, *words, "--format", "json").stdout)
        assert tried["overall"]["after"]["value"] == pytest.approx(change["value"])


def test_what_a_change_rests_on_is_said(run, place):
    shown = run("whatif", place.org, "--best", 9).stdout.splitlines()
    assert shown[0] == "The 5 single changes that lift Overall most, now 1.42 Begun:"
    place_of = {line.split(": ", 1)[1]: number for number, line in enumerate(shown) if line[:4].strip().endswith(".")}
    number = place_of["--set hear_count=leading --proof hear_count=confirmed"]
    assert shown[number + 1].strip() == "Which complaints are written down?"
    assert shown[number + 2].strip() == (
        "today Manager: practised = 3.00; Complaint desk: practised = 3.00; Complaint register: begun = 1.00, "
        "documented; counts as 1.00"
    )
    lifts = "lifts HEA-1 All are taken in to Practised and HEA-2 All are answered to Practised and ends hear_no_rule"
    assert shown[place_of["--done i01"] + 1].strip() == f"Rule and register: {lifts}"


def test_the_best_of_a_node_and_after_other_changes(run, place):
    shown = run("whatif", place.org, "--best", 1, "--node", "MEN").stdout
    assert shown.startswith("The single change that lifts MEN Mending most, now 2.00 Defined:\n  1. 4.00 Leading: ")
    shown = run("whatif", place.org, "--level", "mend=leading", "--best", 1, "--node", "MEN").stdout
    assert "No single change would lift MEN Mending." in shown
    result = run("whatif", place.org, "--best", 1, "--node", "MAN")
    assert result.exit_code == 2
    assert "did you mean 'MEN'?" in result.stderr

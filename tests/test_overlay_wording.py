"""What an overlay does to the words of roles, to facts and their gates, and to the places where claims are asked."""

import pytest
from fleet import FLEET, YARD, home_of

from assess.problems import DocumentError, errors
from assess.workflow import reviewed_rubric

HEAD = "assess: overlay/1\nid: mine\nversion: '1'\nbase: fleet\n"


@pytest.fixture
def laid(tmp_path):
    """The rubric an overlay makes of a base, and the lines of the overlay that are warned of, with what is said."""

    def over(text, base=YARD):
        home_of(tmp_path, base)
        lines = (HEAD + text).splitlines()
        try:
            rubric, problems = reviewed_rubric(home_of(tmp_path, HEAD + text, "mine"))
        except DocumentError as error:
            rubric, problems = None, errors(error.problems)
        here = [each for each in problems if each.location and "mine" in each.location.file]
        return rubric, [(lines[each.location.line - 1].strip(), each.code, each.message) for each in here]

    return over


def test_a_gate_inside_a_fact_is_changed_and_taken_away_through_its_fact(laid):
    rubric, _ = laid("override: {spilled: {caps: {at: absent}}, fenced: {caps: ~}}\n")
    gates = {gate.id: gate for gate in rubric.all_gates()}
    assert gates.keys() == {"spilled_cap", "lit_cap"}
    assert (gates["spilled_cap"].when, gates["spilled_cap"].cap.at) == ("spilled > 20", "absent")


def test_facts_are_dropped_added_and_moved_like_questions(laid):
    text = """\
drop: [lit]
override: {fenced: {text: Is there a fence?}}
add:
  yard:
    facts: [{id: paved, type: yesno, text: Is it paved?, caps: {when: "no", of: [yard], at: 1, because: It is mud}}]
move: {spilled: {to: gates_kept}}
"""
    rubric, _ = laid(text)
    assert [question.id for question in rubric.questions()] == ["swept", "fenced", "paved", "locked", "spilled"]
    assert [gate.id for gate in rubric.all_gates()] == ["open_yard", "paved_cap", "spilled_cap"]
    assert rubric.question_by_id["fenced"].text == "Is there a fence?"


def test_a_fact_that_a_gate_inside_another_reads_is_still_needed(laid):
    rubric, said = laid("drop: [fenced]\n")
    assert rubric is None
    assert any("'fenced' is dropped and still referred to by lit" in message for _, _, message in said)


@pytest.mark.parametrize(
    ("override", "warned"),
    [
        ("{brake_checks: {text: How are the brakes looked after?}}", ["text"]),
        ("{brake_checks: {help: Look at the bills.}}", ["help"]),
        ("{brake_checks: {options: {started: {label: When somebody asks}}}}", ["options"]),
        ("{brake_squeal: {text: Did any van squeal?}}", ["text"]),
        ("{brake_checks: {text: How are the brakes?, ask: {GA: ~, driver: How is your van?}}}", []),
        ("{brake_checks: {evidence: off}}", []),
    ],
)
def test_a_role_that_goes_on_reading_the_words_of_the_base_is_told(laid, override, warned):
    _, said = laid(f"override:\n  {override[1:-1]}\n", FLEET)
    found = [message for _, code, message in said if code == "own_words"]
    assert [message.split(" that ")[0].split()[-1] for message in found] == warned
    assert all("still reads the" in message for message in found)


def test_where_a_claim_is_asked_is_said_anew_when_its_words_are_other(laid):
    said = "{asked_in: {C-1: [locked.text, barred]}}"
    rubric, _ = laid("override: {locked: {text: How are the gates barred at night?}}\n")
    assert rubric.node_by_id["gates_kept"].asked_in == {}
    rubric, _ = laid(f"override: {{locked: {{text: How are the gates barred at night?}}, gates_kept: {said}}}\n")
    assert rubric.node_by_id["gates_kept"].asked_in["C-1"][0].phrase == "barred"
    rubric, found = laid("override: {gates_kept: {asked_in: {C-1: [locked.text, barred]}}}\n")
    assert rubric is None
    assert [message for _, _, message in found] == ["'barred' does not stand in locked.text"]


def test_defaults_of_the_base_are_laid_over_key_by_key(laid):
    rubric, _ = laid("override: {overall: {defaults: {facts: {evidence: optional}}}}\n")
    spilled = rubric.wording(rubric.question_by_id["spilled"], "garage")
    assert (spilled.evidence, spilled.allow) == ("optional", ("declined",))

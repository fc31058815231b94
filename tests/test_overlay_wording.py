"""What an overlay does to the words of roles, to facts and their gates, and to the places where claims are asked."""

import pytest
from fleet import FLEET, YARD, engagement, home_of

from assess.problems import DocumentError, errors
from assess.workflow import assess, reviewed_rubric

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


@pytest.mark.parametrize(
    ("text", "cap", "fact"),
    [
        ("override: {spilled_cap: {at: absent}}\n", "spilled_cap", "spilled"),
        ("override: {open_yard: {so: It is stolen}}\n", "open_yard", "fenced"),
        ("drop: [lit_cap]\n", "lit_cap", "lit"),
        ("move: {spilled_cap: {to: gates_kept}}\n", "spilled_cap", "spilled"),
    ],
)
def test_a_gate_inside_a_fact_that_is_named_by_itself_is_sent_to_its_fact(laid, text, cap, fact):
    _, ((line, code, message),) = laid(text)
    assert (line, code) == (text.strip(), "unknown_name")
    assert message == f"'{cap}' is the gate inside the fact '{fact}'"


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


RENAMED = FLEET.replace(
    "{id: garage, code: GA, title: Garage}", "{id: shop, title: Shop, renamed_from: [garage, depot]}"
)
RENAMED = RENAMED.replace("GA: ~", "garage: ~").replace(
    "policies: {", "policies: {disagreement: {role: depot, levels: 1}, "
)
RENAMED += """\
initiatives:
  - {id: i1, title: Book, lifts: {brakes: started}, effort: {low: 1, high: 2}, weeks: 1, owner: garage, steps: [Look]}
personas:
  - {id: p1, title: P, assessed_on: 2026-06-30, answers: {depot: {brake_checks: proven}}}
"""


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("override: {garage: {title: Yard}}\n", ["Yard", "Drivers", "Logs"]),
        ("override: {depot: {title: Yard}, brake_checks: {ask: [depot]}}\n", ["Yard", "Drivers", "Logs"]),
        ("move: {garage: {after: driver}}\n", ["Drivers", "Shop", "Logs"]),
        ("move: {driver: {before: depot}}\n", ["Drivers", "Shop", "Logs"]),
    ],
)
def test_a_role_is_found_by_the_names_it_had(laid, text, roles):
    rubric, said = laid(text, RENAMED)
    assert [role.title for role in rubric.roles] == roles
    assert {code for _, code, _ in said} <= {"unmarked_override"}
    assert rubric.asked(rubric.question_by_id["brake_checks"])[:1] in (("shop",), ("driver",))


def test_what_is_dropped_by_a_former_name_is_missed_where_it_is_needed(laid):
    rubric, said = laid("drop: [garage]\n", RENAMED)
    assert rubric is None
    message = " ".join(message for _, _, message in said)
    assert "'garage' is dropped and still referred to by brake_checks (ask)" in message
    assert "'depot' is dropped and still referred to by" in message


def test_the_names_a_role_had_are_read_in_answers_engagements_and_personas(tmp_path):
    home_of(tmp_path, RENAMED)
    home = engagement(tmp_path, depot=["brake_checks: proven"], driver=["brake_checks: Nothing that I have seen"])
    settings = (home / "engagement.yaml").read_text(encoding="utf-8")
    more = "invited: {garage: 3}\ncapacity: {depot: 7}\n"
    (home / "engagement.yaml").write_text(settings + more, encoding="utf-8")
    found = assess(home, [tmp_path / "rubrics"])
    assert {person.role for person in found.sheet.voices} == {"shop", "driver"}
    assert (found.sheet.engagement.invited, found.sheet.engagement.capacity) == ({"shop": 3}, {"shop": 7})
    (persona,) = found.rubric.personas
    assert found.rubric.answers_of(persona) == {"shop": {"brake_checks": "proven"}}
    assert found.scorecard["brakes"].value == 0

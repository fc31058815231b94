"""Roles that are no longer asked a question, and their answers that become those of another one."""

import pytest

from assess.authoring.migrate.moves import road, travel
from assess.model.fields import Plain
from assess.problems import DocumentError
from assess.workflow import load_rubric

HEAD = """\
assess: rubric/1
id: r
title: R
roles: [{id: desk, code: DE, title: Desk}, {id: guest, title: Guest, renamed_from: [visitor]}]
levels: [{key: low, title: Low, at: 0}, {key: mid, title: Mid, at: 50}, {key: high, title: High, at: 100}]
"""
OLD = f"""{HEAD}
version: "1"
principles:
  - id: p
    title: P
    questions:
      - {{id: speed, type: level, text: How fast?, options: [{{label: a}}, {{label: b}}, {{label: c}}]}}
      - {{id: times, type: number, weight: 0, text: How often?, min: 0}}
"""
NEW = f"""{HEAD}
version: "2"
principles:
  - id: p
    title: P
    questions:
      - {{id: speed, type: level, text: How fast?, options: [{{label: a}}, {{label: b}}, {{label: c}}], ask: [desk]}}
    facts:
      - {{id: told, type: yesno, text: Were you told?, ask: [guest]}}
      - {{id: often, type: yesno, text: Often?, ask: [guest]}}
migrations:
  - from: "1"
    to: "2"
    retire: [times]
    unasked: {{speed: {{guest: A guest sees no clock.}}}}
    answers:
      told: {{of: speed, role: guest, keys: {{low: "no", mid: "yes", high: "yes"}}}}
      often: {{of: times, role: guest, numbers: {{"0": "no", "2": "yes"}}}}
"""


def loaded(tmp_path, text):
    folder = tmp_path / "r"
    folder.mkdir(exist_ok=True)
    (folder / "rubric.yaml").write_text(text, encoding="utf-8")
    return load_rubric(folder)


def moved(tmp_path, role, answers, text=NEW):
    way = road(loaded(tmp_path, text), "1")._replace(role=role)
    passage = travel(way, answers)
    fates = {fated.name: (fated.fate, fated.targets, fated.why) for fated in passage.fates.values()}
    return {entry.name: entry.entry for entry in passage.entries}, fates


@pytest.mark.parametrize("role", ["guest", "visitor"])
def test_the_answers_of_a_role_become_those_of_another_question(tmp_path, role):
    entries, fates = moved(tmp_path, role, {"speed": "mid", "times": "3"})
    assert entries == {"told": "yes", "often": "yes"}
    assert (fates["speed"][:2], fates["times"][:2]) == (("rescaled", ("told",)), ("rescaled", ("often",)))
    assert "A guest sees no clock" in fates["speed"][2]


@pytest.mark.parametrize("retired", ["    retire: [times]\n", ""])
def test_an_answer_that_became_another_is_not_lost_when_its_question_is_gone(tmp_path, retired):
    text = NEW.replace("    retire: [times]\n", retired)
    assert moved(tmp_path, "guest", {"times": "3"}, text)[1]["times"] == ("rescaled", ("often",), "")
    assert moved(tmp_path, "desk", {"times": "3"}, text)[1]["times"][2] != ""


@pytest.mark.parametrize(("number", "answer"), [("0", "no"), ("1", "no"), ("1.5", "no"), ("2", "yes"), ("70", "yes")])
def test_a_number_is_the_option_it_has_reached(tmp_path, number, answer):
    assert moved(tmp_path, "guest", {"times": number})[0] == {"often": answer}


def test_notes_evidence_and_states_go_along(tmp_path):
    given = {"speed": {"value": "low", "note": "I waited."}, "times": {"unknown": Plain("true")}}
    entries, _ = moved(tmp_path, "guest", given)
    assert entries == {"told": {"value": "no", "note": "I waited."}, "often": {"unknown": "true"}}


@pytest.mark.parametrize("role", ["desk", "DE", ""])
def test_what_other_roles_answered_stays_where_it_was(tmp_path, role):
    entries, fates = moved(tmp_path, role, {"speed": "mid", "times": "3"})
    assert entries == {"speed": "mid"}
    assert (fates["speed"][0], fates["times"][0]) == ("carried", "retired")


def test_without_another_question_the_answer_is_set_aside_with_its_reason(tmp_path):
    text = NEW[: NEW.index("    answers:")]
    entries, fates = moved(tmp_path, "guest", {"speed": "high"}, text)
    assert entries == {}
    assert fates["speed"] == ("unasked", (), "2 does not ask it of this role: A guest sees no clock.")
    listed = text.replace("{guest: A guest sees no clock.}", "[guest]")
    assert moved(tmp_path, "guest", {"speed": "high"}, listed)[1]["speed"][2] == "2 does not ask it of this role"


@pytest.mark.parametrize(
    ("stands", "instead", "words"),
    [
        ("{guest: A guest", "{gast: A guest", "there is no role 'gast'; did you mean 'guest'?"),
        ("{guest: A guest", "{desk: A guest", "'desk' is asked 'speed' in version 2"),
        ("role: guest, keys", "role: host, keys", "there is no role 'host'"),
        ("      told: {of", "      tolled: {of", "there is no question 'tolled'; did you mean 'told'?"),
        ('high: "yes"', "high: often", "'often' is not an option of 'told'"),
        ('"2": "yes"', '"2": many', "'many' is not an option of 'often'"),
        (', numbers: {"0": "no", "2": "yes"}', "", "nothing says which answers to 'times' answer 'often'"),
    ],
)
def test_a_slip_in_a_step_is_named(tmp_path, stands, instead, words):
    assert NEW.count(stands) == 1
    with pytest.raises(DocumentError) as raised:
        loaded(tmp_path, NEW.replace(stands, instead))
    assert any(words in problem.message for problem in raised.value.problems)


def test_the_old_version_is_sound(tmp_path):
    assert {question.id for question in loaded(tmp_path, OLD).questions()} == {"speed", "times"}

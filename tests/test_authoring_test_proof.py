"""Personas that prove everything in one line, and what an update says of those that prove nothing."""

import pytest
from acting import stage
from typer.testing import CliRunner

from assess.authoring.assessments import answers_of
from assess.authoring.test.expectations import opened
from assess.cli import app

RUBRIC = """\
assess: rubric/1
id: small
title: How keys are kept
version: "1"
scale: {min: 0, max: 4}
levels:
  - {key: never, title: Never, at: 0}
  - {key: somewhat, title: Somewhat, at: 50}
  - {key: always, title: Always, at: 100}
roles: [{id: porter, title: Porter}, {id: guard, title: Guard}]
policies: {evidence: {stated: 25, documented: 50, confirmed: 100, max_age_months: 6}}
principles:
  - id: keys
    title: Keys
    questions:
      - {id: counted, type: level, text: Are keys counted?, options: [{label: No}, {label: Some}, {label: All}]}
  - id: doors
    title: Doors
    questions:
      - {id: locked, type: level, text: Are doors locked?, options: [{label: No}, {label: Some}, {label: All}]}
      - {id: alarm, type: yesno, text: Is there an alarm?}
      - {id: walk, type: level, weight: 0, text: Who walks?, options: [{label: No}, {label: One}, {label: Two}]}
    gates:
      - {id: unproved_walk, when: evidence(walk) >= documented, flag: true, because: B, lifted_by: []}
"""
PERSONA = """\
assess: persona/1
id: {id}
title: T
assessed_on: 2026-06-30
{more}
"""
ALL = "answers: {porter: {counted: always, locked: always, alarm: yes, walk: always}}"
DATED = "answers: {porter: {locked: {value: always, evidence: [{title: List, dated: 2026-06-01}]}}}"


@pytest.fixture
def tower(tmp_path, monkeypatch):
    """The rubric of keys with personas written as `name=what stands below the date`."""
    monkeypatch.chdir(tmp_path)

    def build(**personas):
        files = {f"personas/{name}.yaml": PERSONA.format(id=name, more=more) for name, more in personas.items()}
        small = stage(tmp_path, **{"rubric.yaml": RUBRIC}, **files)
        for name in {"poor", "rich"} - personas.keys():
            (small.root / "personas" / f"{name}.yaml").unlink()
        return small

    return build


def points(small, name):
    """The scores of the parts of a persona, on 0 to 4."""
    scores = small.trial(name).found.scorecard.scores
    return {node: scores[node].points for node in ("keys", "doors")}


@pytest.mark.parametrize(
    ("proof", "keys", "doors"),
    [("", 1, 2.5), ("proof: stated", 1, 2.5), ("proof: documented", 2, 3), ("proof: confirmed", 4, 4)],
)
def test_one_line_proves_every_level_answer_so_well(tower, proof, keys, doors):
    small = tower(one=f"{proof}\n{ALL}")
    assert points(small, "one") == {"keys": keys, "doors": doors}


@pytest.mark.parametrize(("proof", "keys"), [("", 4), ("proof: documented", 2), ("proof: stated", 1)])
def test_it_is_taken_over_from_the_persona_it_is_like_unless_it_says_its_own(tower, proof, keys):
    small = tower(base=f"proof: confirmed\n{ALL}", middle="like: base", child=f"like: middle\n{proof}")
    assert points(small, "child")["keys"] == keys


def test_a_question_with_evidence_keeps_what_that_proves(tower):
    small = tower(base=f"proof: confirmed\n{ALL}", child=f"like: base\n{DATED}")
    assert points(small, "child") == {"keys": 4, "doors": 3}
    assert points(small, "base") == {"keys": 4, "doors": 4}


def test_evidence_that_is_too_old_is_evidence_of_its_own(tower):
    small = tower(base=f"proof: confirmed\n{ALL}", child=f"like: base\n{DATED.replace('2026-06-01', '2025-06-01')}")
    assert points(small, "child")["doors"] == 2.5


def test_evidence_of_one_role_is_that_of_the_question(tower):
    small = tower(base="proof: confirmed\nanswers: {guard: {locked: always}}", child=f"like: base\n{DATED}")
    assert small.trial("child").found.tree.item("locked").ceiling == 50
    assert small.trial("base").found.tree.item("locked").ceiling == 100


def test_only_levels_with_a_value_are_proved(tower):
    small = tower(one=f"proof: confirmed\n{ALL.replace('counted: always', 'counted: {unknown: true}')}")
    (voice,) = answers_of(*persona(small, "one")).voices
    proved = {name for name, answer in voice.answers.items() if answer.evidence}
    assert proved == {"locked", "walk"}


def persona(small, name):
    """The rubric and a persona of it."""
    rubric = opened(small.root)[0]
    return rubric, next(known for known in rubric.personas if known.id == name)


def test_conditions_on_evidence_see_it(tower):
    small = tower(shy=f"{ALL}\nexpect: {{not_gates: [unproved_walk]}}", sure="like: shy\nproof: documented")
    assert small.trial("shy").passed
    assert small.trial("sure").found.tree.truth("evidence(walk) >= documented") is True
    assert small.trial("sure").found.tree.truth("evidence(walk) >= confirmed") is False


def test_a_word_that_is_no_grade_is_a_mistake_at_its_place(tower):
    small = tower(one=f"proof: proven\n{ALL}")
    result = CliRunner().invoke(app, ["rubric", "test", "small"])
    assert result.exit_code == 1
    assert f"{small.root.name}/personas/one.yaml:5:8: error: " in result.stderr
    assert "confirmed" in result.stderr


# --- updates ---


def update(*words):
    """What an update prints."""
    result = CliRunner().invoke(app, ["rubric", "test", "small", "--update", *words])
    assert result.exit_code == 0
    return result


def test_an_update_says_which_figures_are_low_for_lack_of_evidence(tower):
    tower(one=f"{ALL}\nexpect: {{scores: {{keys: 4, doors: 4}}, levels: {{keys: always}}}}")
    shown = update().stdout
    assert "+expect: {scores: {keys: 1, doors: 2.5}, levels: {keys: never}}" in shown
    assert "one.yaml:6:1: warning: 'one' is kept down by a lack of evidence: " in shown
    assert "'keys' is 1.00 and would be 4.00 if all of it were proved; 'doors' is 2.50 and would be 4.00" in shown
    assert "write `proof: confirmed` above its answers" in shown
    assert shown.count("(unproved)") == 1


@pytest.mark.parametrize(
    "persona",
    [
        f"proof: stated\n{ALL}\nexpect: {{scores: {{keys: 4}}}}",
        f"proof: confirmed\n{ALL}\nexpect: {{scores: {{keys: 3}}}}",
        "answers: {porter: {counted: never, locked: never, alarm: no}}\nexpect: {scores: {keys: 4}}",
        f"{ALL}\nexpect: {{scores: {{keys: 1}}, gates: [unproved_walk]}}",
    ],
    ids=["said so", "proved", "nothing to prove", "no figure"],
)
def test_an_update_says_nothing_where_no_figure_is_low_for_that(tower, persona):
    tower(one=persona)
    shown = update().stdout
    assert shown.startswith("--- ")
    assert "unproved)" not in shown


def test_what_is_odd_leaves_standard_output_to_machines(tower):
    tower(one=f"{ALL}\nexpect: {{levels: {{overall: always}}}}")
    found = update("--format", "json")
    assert found.stdout.startswith("{")
    assert "'overall' is 1.75 and would be 4.00" in found.stderr

"""`assess rubric check`: structure first, then sense; for people, scripts, annotations and code scanning."""

import json

import pytest

from assess.cli.output import problem_text
from assess.export.sarif import sarif_json
from assess.problems import CATALOGUE, Location, Problem

FOUND = Problem("answer", "'x' is not an answer", Location("a b.yaml", 3, 4, 2), "write y", witness="q: x")


def spoil(place):
    place.edit("rubrics/small.yaml", "when: hear_written = no", "when: hear_written = yes")


def test_what_makes_no_sense_is_looked_for_once_there_are_no_mistakes(run, place):
    place.edit("rubrics/small.yaml", "lifted_by: [i01]", "lifted_by: [i09]")
    spoil(place)
    assert "(falling_score)" not in run("rubric", "check", "small").stdout
    place.edit("rubrics/small.yaml", "lifted_by: [i09]", "lifted_by: [i01]")
    found = run("rubric", "check", "small")
    assert found.exit_code == 0
    assert (
        "warning: a better answer to 'hear_written' makes the gate 'hear_no_rule' hold (falling_score)" in found.stdout
    )
    assert "    shown by hear_written: yes instead of no\n    -> turn the comparison round" in found.stdout
    assert found.stdout.splitlines()[-1] == "1 warning, 3 notes"


def test_errors_come_first_and_what_is_alike_in_the_order_of_the_file(run, place):
    spoil(place)
    found = json.loads(run("rubric", "check", "small", "--format", "json").stdout)["problems"]
    places = [(["error", "warning", "note"].index(problem["severity"]), problem["line"]) for problem in found]
    assert len({severity for severity, _ in places}) > 1
    assert places == sorted(places)


def test_an_error_of_sense_ends_with_exit_code_1(run, place):
    place.edit("rubrics/small.yaml", "cap: {of: [hear_back], at: begun}", "cap: {of: [hear_back], at: leading}")
    found = run("rubric", "check", "small")
    assert (found.exit_code, "(gate_no_effect)" in found.stdout) == (1, True)


def test_the_seed_of_samples_can_be_chosen(run):
    assert run("rubric", "check", "small", "--seed", "7").exit_code == 0
    assert run("rubric", "check", "small", "--seed", "often").exit_code == 2


def test_annotations_name_code_and_place(run, place):
    spoil(place)
    first = run("rubric", "check", "small", "--format", "github").stdout.splitlines()
    warning = next(line for line in first if line.startswith("::warning"))
    assert "small.yaml,line=84,col=15,title=falling_score::a better answer to 'hear_written' makes" in warning
    assert warning.count("; shown by hear_written: yes instead of no -> turn the comparison round") == 1


def test_scripts_are_told_the_answers_that_show_it(run, place):
    spoil(place)
    problems = json.loads(run("rubric", "check", "small", "--format", "json").stdout)["problems"]
    assert {p["witness"] for p in problems if p["code"] == "falling_score"} == {"hear_written: yes instead of no"}


@pytest.mark.parametrize("words", [("rubric", "check", "small"), ("check",)])
def test_code_scanning_gets_a_log(run, place, words):
    spoil(place)
    place.edit("org/answers/boss.yaml", "mend_cause: defined", "mend_cause: never")
    command = words if words != ("check",) else ("check", place.org)
    (log,) = json.loads(run(*command, "--format", "sarif").stdout)["runs"]
    rules = [rule["id"] for rule in log["tool"]["driver"]["rules"]]
    assert log["results"]
    assert rules == sorted(rules)
    for result in log["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}


def test_the_log_says_what_the_catalogue_says_and_where():
    made = sarif_json([FOUND, Problem("draft", "not submitted", severity="warning")], "1.0")
    (log,) = made["runs"]
    assert made["version"] == "2.1.0"
    assert log["tool"]["driver"]["rules"][0] == {"id": "answer", "shortDescription": {"text": CATALOGUE["answer"]}}
    first, second = log["results"]
    assert first["message"]["text"] == "'x' is not an answer. Shown by q: x. Way out: write y."
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "a%20b.yaml"},
        "region": {"startLine": 3, "startColumn": 4, "endColumn": 6},
    }
    assert (second["ruleIndex"], second["level"], "locations" in second) == (1, "warning", False)


def test_the_answers_that_show_it_stand_before_the_way_out():
    assert problem_text(FOUND).splitlines()[-2:] == ["    shown by q: x", "    -> write y"]


def test_an_answer_of_a_persona_that_no_question_offers_is_a_mistake_at_its_line(run, place):
    persona = "\npersonas:\n  - id: somebody\n    title: S\n    assessed_on: 2026-06-30\n"
    persona += "    answers: {boss: {hear_count: often}}\n"
    path = place.rubrics / "small.yaml"
    path.write_text(path.read_text(encoding="utf-8") + persona, encoding="utf-8")
    found = run("rubric", "check", "small")
    assert found.exit_code == 1
    line = path.read_text(encoding="utf-8").splitlines().index("    answers: {boss: {hear_count: often}}") + 1
    assert f"small.yaml:{line}:" in found.stdout
    assert "'often'" in found.stdout


PLAIN = """\
assess: rubric/1
id: plain
title: Plain
version: "1"
roles: [{id: boss, title: Boss}]
principles:
"""


def plain(questions):
    """A rubric with so many questions that nothing reads."""
    idle = [
        f"      - {{id: f{n}, type: yesno, weight: 0, text: Is number {n} seen by anybody?}}\n"
        for n in range(questions)
    ]
    head = "  - {id: ear, title: Ear, source: external, questions: [{id: heard, type: yesno, text: Is it heard?}]}\n"
    eye = "  - id: eye\n    title: Eye\n    source: external\n    questions:\n"
    scored = "      - {id: seen, type: yesno, text: Is it all seen?}\n"
    return PLAIN + head + eye + scored + "".join(idle)


@pytest.mark.parametrize("many", [1, 2, 3, 7])
def test_many_findings_of_one_kind_are_one_list_for_people_and_stay_apart_for_programs(many, run, place):
    (place.rubrics / "plain.yaml").write_text(plain(many), encoding="utf-8")
    text = run("rubric", "check", "plain").stdout
    assert text.count("nothing reads the answer to 'f") == many
    assert text.count("-> let a gate, a clash or a headline read it") == (1 if many >= 3 else many)
    assert (f"{many} notes (dead_question): " in text) == (many >= 3)
    assert text.count("shown by f") == many
    found = json.loads(run("rubric", "check", "plain", "--format", "json").stdout)["problems"]
    assert sum(problem["code"] == "dead_question" for problem in found) == many
    lines = run("rubric", "check", "plain", "--format", "github").stdout.splitlines()
    assert sum("title=dead_question" in line for line in lines) == many

"""`assess rubric test`: what it prints in its three forms, what it writes, and with which exit code it ends."""

import json
import shutil
import xml.etree.ElementTree as ET

import pytest
from acting import POOR, stage
from typer.testing import CliRunner

from assess.cli import app


@pytest.fixture
def small(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return stage(tmp_path)


@pytest.fixture
def run(small):
    """The command on the rubric of `small`, in the folder above it."""
    assert small.root.name == "small"

    def command(*words):
        result = CliRunner().invoke(app, ["rubric", "test", "small", *words])
        assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
        return result

    return command


def test_all_as_expected_ends_with_nought_and_says_what_nobody_reaches(run):
    found = run()
    assert found.exit_code == 0
    rows = [line.split() for line in found.stdout.splitlines()]
    assert ["ok", "poor", "0.50", "absent", "2", "1", "2"] in rows
    assert ["options", "chosen", "9", "11"] in rows
    assert ["questions", "with", "a", "condition,", "hidden", "1", "1"] in rows
    assert "  options chosen (2): register_form: sheet; causes: started" in found.stdout.splitlines()
    assert found.stdout.splitlines()[-2:] == [
        "2 personas: all as expected.",
        "77.1% of the rubric is reached; --format json names all that is not.",
    ]


def test_a_failure_ends_with_one_and_shows_the_line(run, small):
    small.edit("personas/poor.yaml", "risk: 0", "risk: 3")
    found = run()
    assert found.exit_code == 1
    assert "failed  poor" in found.stdout
    assert (
        "rubrics/small/personas/poor.yaml:14:45: error: 'risk' scores 0; 3 was expected (expectation)" in found.stdout
    )
    assert "    -> the steps to it: assess rubric test small --persona poor --explain risk\n" in found.stdout
    assert "2 personas: 1 failed.\nOnce you have looked at it, --update writes what came out" in found.stdout


def test_only_the_first_of_many_missed_parts_are_printed(run, small):
    options = ", ".join(f"{{key: k{place}, label: Label {place}}}" for place in range(30))
    questions = "".join(
        f"      - {{id: q{place}, type: multi, weight: 0, text: Which {place}?, options: [{options}]}}\n"
        for place in range(14)
    )
    small.edit("rubric.yaml", "    gates:\n", f"{questions}    gates:\n")
    shown = run().stdout
    assert "options chosen (422)" in shown
    assert "and 4 more" in shown
    assert all(len(line) <= 110 for line in shown.splitlines())


def test_one_persona_can_be_run_alone(run, small):
    small.edit("personas/rich.yaml", "{overall: 3}", "{overall: 2}")
    found = run("--persona", "poor")
    assert (found.exit_code, found.stdout.splitlines()[-1]) == (0, "1 persona: all as expected.")
    assert "rubric is reached" not in found.stdout
    assert run("--persona", "rich").exit_code == 1


def test_an_unknown_persona_is_wrong_usage_with_the_nearest_one(run):
    found = run("--persona", "por")
    assert found.exit_code == 2
    assert "'por' is no persona of 'small'; did you mean 'poor'?" in found.stderr
    assert "there are poor, rich" in run("--persona", "xyzzy").stderr


def test_the_steps_to_a_score_of_a_persona_are_shown(run):
    found = run("--persona", "poor", "--explain", "LEA")
    assert found.exit_code == 0
    assert found.stdout.startswith("LEA Learning\n  Score 0.99 on 0 to 3")
    assert (
        "'leaning' is not in the rubric; did you mean 'learning'?"
        in run("--persona", "poor", "--explain", "leaning").stderr
    )


def test_nothing_can_be_explained_of_answers_that_do_not_fit(run, small):
    small.edit("personas/poor.yaml", "backlog: 40", "backlog: many")
    found = run("--persona", "poor", "--explain", "LEA")
    assert found.exit_code == 1
    assert "poor.yaml:8:14: error: 'many'" in found.stderr


UNFIT = [
    ["--explain", "LEA"],
    ["--persona", "poor", "--cover", "10"],
    ["--persona", "poor", "--engagements", "."],
    ["--cover", "101"],
]


@pytest.mark.parametrize("words", UNFIT)
def test_options_that_make_no_sense_together_are_wrong_usage(run, words):
    assert run(*words).exit_code == 2


def test_answers_that_do_not_fit_are_shown_once_for_all_who_are_like_it(run, small):
    small.edit("personas/poor.yaml", "backlog: 40", "backlog: many")
    found = run()
    assert found.exit_code == 1
    assert found.stdout.count("poor.yaml:8:14: error: ") == 1
    assert found.stdout.count("failed") == 3
    assert "--update" not in found.stdout


def test_a_rubric_with_mistakes_is_not_tested(run, small):
    small.edit("rubric.yaml", "register_kept = no", "register_kept = non")
    found = run()
    assert (found.exit_code, found.stdout) == (1, "")
    assert "rubric.yaml:43:49: error: 'non' is not an option" in found.stderr


def test_a_rubric_without_personas_says_so(run, small):
    shutil.rmtree(small.root / "personas")
    found = run()
    assert found.exit_code == 0
    assert "There are no personas.\n0% of the rubric is reached" in found.stdout


def test_less_than_the_wanted_coverage_ends_with_three(run, small):
    assert run("--cover", "77").exit_code == 0
    found = run("--cover", "77.2")
    assert found.exit_code == 3
    assert found.stderr == "77.1% of the rubric is reached; 77.2% was wanted\n"
    small.edit("personas/poor.yaml", "risk: 0", "risk: 3")
    assert run("--cover", "90").exit_code == 1


# --- with engagements beside ---


def test_engagements_count_for_coverage_and_never_fail(run, tmp_path):
    folder = tmp_path / "clients" / "brewery"
    folder.mkdir(parents=True)
    (folder / "engagement.yaml").write_text(
        "assess: engagement/1\norganization: {name: Brewery}\nrubric: small\nassessed_on: 2026-06-30\n"
        "answers: {desk: {causes: started, guards: [lock]}}\n",
        encoding="utf-8",
    )
    found = run("--engagements", "clients")
    assert found.exit_code == 0
    assert "options chosen (1): register_form: sheet" in found.stdout
    assert found.stdout.splitlines()[-1].startswith("With 1 engagement ")
    assert json.loads(run("--engagements", "clients", "--format", "json").stdout)["engagements"] == ["brewery"]


def test_a_folder_without_engagements_is_a_problem(run):
    found = run("--engagements", "clients")
    assert found.exit_code == 1
    assert "clients holds no engagements" in found.stderr


# --- updates ---


def test_an_update_shows_what_it_writes_and_passes(run, small):
    small.edit("personas/poor.yaml", "risk: 0", "risk: 3")
    found = run("--update")
    assert found.exit_code == 0
    assert found.stdout.startswith("--- rubrics/small/personas/poor.yaml\n+++ rubrics/small/personas/poor.yaml\n@@ ")
    assert "\n-  scores: {learning: 0.99, LEA: 0.99, risk: 3, overall: 0.5}\n+  scores: {learning" in found.stdout
    assert "2 personas: all as expected." in found.stdout
    assert small.read("personas/poor.yaml") == POOR
    assert run("--update").stdout == run().stdout


def test_an_update_of_one_persona_leaves_the_others(run, small):
    small.edit("personas/poor.yaml", "risk: 0", "risk: 3")
    small.edit("personas/rich.yaml", "{overall: 3}", "{overall: 2}")
    assert run("--persona", "rich", "--update").exit_code == 0
    assert "risk: 3" in small.read("personas/poor.yaml")
    assert "{overall: 3}" in small.read("personas/rich.yaml")


def test_without_update_nothing_is_written(run, small):
    small.edit("personas/poor.yaml", "risk: 0", "risk: 3")
    before = {path: path.stat().st_mtime_ns for path in small.root.rglob("*")}
    run()
    assert {path: path.stat().st_mtime_ns for path in small.root.rglob("*")} == before


def test_what_an_update_cannot_say_still_fails(run, small):
    small.edit("personas/poor.yaml", "    causes: absent\n", "")
    small.edit("personas/poor.yaml", "  head: {causes: defined}\n", "")
    found = run("--update")
    assert found.exit_code == 1
    assert "+  clashes: []" in found.stdout
    assert "'learning' has no score; 0.99 was expected" in found.stdout


def test_a_file_that_cannot_be_rewritten_stays_as_it_is(run, small):
    small.edit("personas/poor.yaml", "not_gates: []", "not_gates:\n    -\n      many_wait")
    before = small.read("personas/poor.yaml")
    found = run("--update")
    assert found.exit_code == 1
    assert "'not_gates' is laid out in a way that cannot be rewritten" in found.stderr
    assert small.read("personas/poor.yaml") == before


# --- for machines ---


def test_the_json_holds_verdicts_and_everything_that_is_missed(run, small):
    small.edit("personas/poor.yaml", "risk: 0", "risk: 3")
    found = run("--format", "json")
    assert found.exit_code == 1
    told = json.loads(found.stdout)
    assert (told["assess"], told["passed"], told["rubric"]["id"]) == ("rubric-test/1", False, "small")
    poor, rich = told["personas"]
    assert (poor["id"], poor["passed"], poor["level"]) == ("poor", False, "absent")
    assert poor["score"] == pytest.approx(0.495)
    assert poor["problems"][0]["file"] == "rubrics/small/personas/poor.yaml"
    assert (rich["passed"], rich["problems"]) == (True, [])
    kinds = {kind["kind"]: kind for kind in told["coverage"]["kinds"]}
    assert told["coverage"]["percent"] == pytest.approx(100 * 36 / 48)  # one that fails notices no flag
    assert kinds["option"]["missed"] == ["register_form: sheet", "causes: started"]
    assert (kinds["option"]["reached"], kinds["option"]["of"]) == (9, 11)


def test_the_json_of_one_persona_says_nothing_of_coverage(run, small):
    assert json.loads(run("--persona", "poor", "--format", "json").stdout)["coverage"] is None
    small.edit("personas/poor.yaml", "backlog: 40", "backlog: many")
    poor = json.loads(run("--persona", "poor", "--format", "json").stdout)["personas"][0]
    assert (poor["score"], poor["level"], poor["passed"]) == (None, None, False)


def test_an_update_keeps_standard_output_for_machines(run, small):
    small.edit("personas/poor.yaml", "risk: 0", "risk: 3")
    found = run("--update", "--format", "json")
    assert json.loads(found.stdout)["passed"] is True
    assert found.stderr.startswith("--- rubrics/small")


def test_the_junit_file_is_xml_with_a_case_for_each_persona(run, small):
    small.edit("personas/poor.yaml", "risk: 0, overall: 0.5", "risk: 3, overall: 1")
    found = run("--format", "junit")
    assert found.exit_code == 1
    assert found.stdout.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
    suites = ET.fromstring(found.stdout)
    (suite,) = suites
    for element in (suites, suite):
        assert {key: element.get(key) for key in ("tests", "failures", "errors", "skipped")} == {
            "tests": "2",
            "failures": "1",
            "errors": "0",
            "skipped": "0",
        }
    poor, rich = suite.findall("testcase")
    assert (poor.get("name"), poor.get("classname"), poor.get("line")) == ("poor", "small.personas", "14")
    (failure,) = poor
    assert failure.tag == "failure"
    assert failure.get("message") == "'risk' scores 0; 3 was expected, and 1 more"
    assert failure.text.count("was expected") == 2
    assert (rich.get("name"), list(rich)) == ("rich", [])
    told = {found.get("name"): found.get("value") for found in suite.iter("property")}
    assert (told["coverage.option"], told["coverage.percent"]) == ("9/11", "75")


def test_answers_that_do_not_fit_are_errors_in_the_junit_file(run, small):
    small.edit("personas/poor.yaml", "backlog: 40", "backlog: '<&\"]]>'")
    suite = ET.fromstring(run("--format", "junit").stdout)[0]
    assert (suite.get("failures"), suite.get("errors")) == ("0", "2")
    told = suite.find("testcase/error")
    assert '<&"]]>' in told.text
    assert '<&"]]>' in told.get("message")


def test_whatever_stands_in_a_rubric_the_junit_file_can_be_read(run, small):
    small.edit("rubric.yaml", "many_wait, when: backlog > 20", 'many_wait, when: "not (backlog<21)"')
    small.edit("personas/rich.yaml", "not_gates: [no_register, many_wait]", "gates: [many_wait]")
    case = ET.fromstring(run("--format", "junit").stdout).findall(".//failure")
    assert ["not (backlog<21)" in failure.text for failure in case] == [True]


@pytest.mark.slow
def test_the_same_rubric_gives_the_same_bytes(run):
    for form in ("text", "json", "junit"):
        assert run("--format", form).stdout == run("--format", form).stdout


def test_the_command_is_named_in_the_help():
    shown = CliRunner().invoke(app, ["rubric", "--help"]).output
    (line,) = [line for line in shown.splitlines() if line.strip().startswith("test ")]
    assert line.endswith("Run the personas of a rubric as its tests.")

"""The commands: what they print, in which form, and with which exit code they end."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import assess
from assess.cli import app
from assess.render import is_untouched

SAMPLES = Path(__file__).resolve().parents[1] / "sample_orgs"


def lines_of(text):
    return [line.strip() for line in text.splitlines()]


def test_help_names_every_command_in_one_line_each(run):
    shown = run("--help").output
    for name in ("report", "check", "score", "explain", "whatif", "new", "where", "rubric"):
        (line,) = [line for line in lines_of(shown) if line.startswith(f"{name} ")]
        assert line.endswith(".")
        assert not line.endswith("...")
    assert "1 the documents have problems or are not there, 2 wrong usage, 3 a" in " ".join(shown.split())


def test_without_a_command_the_help_is_shown_as_wrong_usage(run):
    found = run()
    assert found.exit_code == 2
    assert "Usage: " in found.output


def test_the_version_is_that_of_the_package(run):
    found = run("--version")
    assert (found.exit_code, found.output) == (0, f"assess {assess.__version__}\n")


def test_a_mistyped_command_is_answered_with_the_nearest_one(run):
    found = run("repot", "x")
    assert found.exit_code == 2
    assert "'report'" in found.stderr


def test_colours_are_never_used(run, place):
    for words in (["--help"], ["score", place.org], ["check", place.org], ["explain", place.org, "nobody"]):
        assert "\x1b" not in run(*words).output


def test_check_says_who_answered_and_that_all_is_there(run, place):
    found = run("check", place.org)
    assert found.exit_code == 0
    rows = [line.split() for line in found.stdout.splitlines()]
    assert ["Complaint", "desk", "1", "1", "5"] in rows
    assert ["Guest", "4", "2", "1"] in rows
    assert ["Complaint", "register", "1", "3"] in rows
    closing = found.stdout.splitlines()[-1]
    # Two of four guests who were invited have not.
    assert closing == f"Ready: all who took part have answered. Next: assess report {place.org} -o roadmap.md"


def test_check_does_not_say_that_all_were_heard_where_a_role_was_left_out(run, place):
    for name in ("carl", "dora"):
        (place.org / "answers" / f"{name}.yaml").unlink()
    place.edit("org/engagement.yaml", ", guest: 4", "")
    found = run("check", place.org)
    assert found.exit_code == 0
    assert "note: asked by the rubric, but neither invited nor heard: Guest (guest) (unheard)" in found.stdout
    assert ["Guest", "0", "1", "1"] in [line.split() for line in found.stdout.splitlines()]
    closing = found.stdout.splitlines()[-1]
    heard = "all who took part have answered. Neither invited nor heard: Guest."
    assert closing == f"Ready: {heard} Next: assess report {place.org} -o roadmap.md"
    place.edit("org/answers/boss.yaml", "  mend_cause: defined\n", "")
    closing = run("check", place.org).stdout.splitlines()[-1]
    assert closing == "A report can be written, but answers are missing: Manager 1. Neither invited nor heard: Guest."


def test_check_says_what_is_missing_per_role(run, place):
    place.edit("org/answers/boss.yaml", "  mend_cause: defined\n", "")
    place.edit("org/answers/boss.yaml", "submitted: 2026-06-20\n", "")
    place.edit("org/answers/desk.yaml", "  hear_days: 9\n  hear_ways: [letter, mail]\n", "")
    found = run("check", place.org)
    assert found.exit_code == 0
    assert "Manager (boss) has not answered, on 'Mending' (mend): mend_cause (unanswered)" in found.stdout
    closing = found.stdout.splitlines()[-1]
    missing = "Manager 1, Complaint desk 2; 1 draft not submitted yet"
    assert closing == f"A report can be written, but answers are missing: {missing}."


def test_check_as_json_holds_roles_and_problems(run, place):
    place.edit("org/answers/desk.yaml", "  hear_reply: practised\n", "")
    found = json.loads(run("check", place.org, "--format", "json").stdout)
    assert (found["assess"], found["ready"]) == ("check/1", True)
    told = [(role["role"], role["invited"], role["answered"], role["open"]) for role in found["roles"]]
    assert ("desk", 1, 1, 1) in told
    assert ("log", None, 1, 0) in told
    assert {"thin_role", "unanswered"} == {problem["code"] for problem in found["problems"]}


def test_check_for_github_prints_annotations_alone(run, place):
    place.edit("org/answers/boss.yaml", "mend_cause: defined", "mend_cause: 50%, or so")
    found = run("check", place.org, "--format", "github")
    assert found.exit_code == 1
    (line,) = found.stdout.splitlines()
    assert line.startswith(
        f"::error file={place.org}/answers/boss.yaml,line=7,col=15,title=answer::'50%25, or so' is not"
    )
    assert "1 error" in found.stderr


def test_what_does_not_apply_is_said_to_in_the_table_of_scores(run, place):
    place.edit("org/answers/desk.yaml", "hear_reply: practised", "hear_reply: {na: true, why: We have no guests.}")
    for name in ("carl", "dora"):
        (place.org / "answers" / f"{name}.yaml").unlink()
    rows = run("score", place.org).stdout.splitlines()
    (row,) = [row for row in rows if "HEA-2" in row]
    assert row.split("HEA-2 All are answered")[1].split("  ")[-1].strip() == "does not apply"
    assert "%" not in row


def test_the_score_is_a_table_of_every_node(run, place):
    found = run("score", place.org)
    assert found.exit_code == 0
    assert found.stdout.startswith("Corner Hotel, 2026-06-30, small 1.0\nComplaints get lost here.\n")
    rows = {line.split("  ")[0]: line for line in lines_of(found.stdout)}
    assert rows["HEA-2 All are answered"].split()[-5:] == ["1.00", "Begun", "1.00", "100%", "hear_no_rule"]
    assert rows["MEN Mending"].split()[2:] == ["2.00", "Defined", "2.00", "100%"]
    assert "could be" not in found.stdout
    assert "nan" not in found.stdout


def test_the_score_shows_what_open_answers_could_still_change(run, place):
    place.edit("org/answers/boss.yaml", "  mend_cause: defined\n", "")
    found = run("score", place.org)
    (mending,) = [line for line in lines_of(found.stdout) if line.startswith("MEN")]
    assert "not scored" in mending
    assert "0.00 to 4.00" in mending


def test_the_score_as_json_is_versioned_and_says_null_where_there_is_no_value(run, place):
    place.edit("org/answers/boss.yaml", "  mend_cause: defined\n", "")
    found = json.loads(run("score", place.org, "--format", "json").stdout)
    assert found["assess"] == "scorecard/1"
    assert list(found["scores"]) == ["overall", "hear", "hear_all", "hear_back", "mend"]
    assert found["scores"]["mend"]["value"] is None
    assert found["scores"]["hear"]["value"] == 25.0


def test_a_threshold_that_is_missed_ends_with_three_and_says_by_how_much(run, place):
    found = run("score", place.org, "--fail-under", "HEA=defined", "--fail-under", "mend=defined")
    assert found.exit_code == 3
    assert found.stderr.splitlines()[-1] == "missed: HEA is 1.00, and defined begins at 2.00"
    assert run("score", place.org, "--fail-under", "mend=defined").exit_code == 0


def test_a_node_without_a_score_misses_every_threshold(run, place):
    place.edit("org/answers/boss.yaml", "  mend_cause: defined\n", "")
    found = run("score", place.org, "--fail-under", "mend=absent")
    assert (found.exit_code, found.stderr.splitlines()[-1]) == (
        3, "missed: mend is not scored, and absent begins at 0.00",
    )  # fmt: skip


def test_a_threshold_on_what_is_not_there_is_wrong_usage(run, place):
    for text, hint in [
        ("haer=defined", "'hear'"),
        ("hear=definde", "'defined'"),
        ("i01=defined", "'i01'"),
        ("hear", "hear=LEVEL"),
    ]:
        found = run("score", place.org, "--fail-under", text)
        assert found.exit_code == 2, text
        assert hint in found.stderr
        assert found.stdout == ""


def test_explain_takes_codes_and_starts_at_the_root(run, place):
    assert run("explain", place.org).stdout.startswith("Overall\n")
    assert run("explain", place.org, "HEA-1").stdout == run("explain", place.org, "hear_all").stdout


def test_explain_as_json_leads_down_to_the_facts(run, place):
    found = json.loads(run("explain", place.org, "overall", "--format", "json").stdout)
    assert (found["assess"], found["id"]) == ("explanation/1", "overall")
    criterion = found["children"][0]["children"][0]
    assert [child["id"] for child in criterion["children"]][:2] == ["hear_count", "hear_written"]


def test_explain_answers_an_unknown_name_with_the_nearest_one(run, place):
    found = run("explain", place.org, "hear_al")
    assert found.exit_code == 2
    assert "did you mean 'hear_all'?" in found.stderr
    found = run("explain", place.org, "boss")
    assert found.exit_code == 2
    assert "'boss' is a role" in found.stderr


def test_the_rubric_is_checked_by_name_and_by_path(run, place):
    for name in ("small", place.rubrics / "small.yaml"):
        found = run("rubric", "check", name)
        assert (found.exit_code, found.stdout.splitlines()[-1]) == (0, "3 notes")


def test_all_mistakes_of_a_rubric_come_in_one_run(run, place):
    place.edit("rubrics/small.yaml", "weeks: 3, owner: desk", "weeks: 0, owner: desk")
    place.edit("rubrics/small.yaml", "lifted_by: [i01]", "lifted_by: [i011]")
    place.edit("rubrics/small.yaml", "when: hear_written = no", "when: hear_writen = no")
    place.edit("rubrics/small.yaml", "    title: Mending", "    titel: Mending")
    found = run("rubric", "check", place.rubrics / "small.yaml")
    assert found.exit_code == 1
    assert "unknown key 'titel'" in found.stdout
    assert found.stdout.count(" error: ") >= 3
    place.edit("rubrics/small.yaml", "    titel: Mending", "    title: Mending")
    place.edit("rubrics/small.yaml", "weeks: 0", "weeks: 3")
    found = run("rubric", "check", place.rubrics / "small.yaml")
    assert found.exit_code == 1
    assert "did you mean 'hear_written'?" in found.stdout
    assert "did you mean 'i01'?" in found.stdout


def test_the_check_of_a_rubric_has_a_form_for_machines(run, place):
    place.edit("rubrics/small.yaml", "lifted_by: [i01]", "lifted_by: [i09]")
    found = run("rubric", "check", "small", "--format", "json")
    assert found.exit_code == 1
    (problem, *_) = json.loads(found.stdout)["problems"]
    assert (problem["severity"], problem["line"]) == ("error", 87)
    assert "::error file=" in run("rubric", "check", "small", "--format", "github").stdout


def test_a_rubric_is_shown_as_an_outline(run):
    shown = run("rubric", "show", "small").stdout
    assert "How complaints are answered (small 1.0)" in shown
    assert "2 principles, 2 criteria, 7 questions; sha256:" in shown
    found = lines_of(shown)
    assert "HEA-1 All are taken in [key]" in found
    assert "? hear_written (yesno, fact; desk): Is there a written rule?" in found
    assert "| hear_no_rule (caps hear_back at begun) when hear_written = no" in found
    assert "! hear_not_seen: claim hear_count >= practised by boss; practice hear_count <= begun by log" in found
    assert "I-02 Monthly talk on causes: mend to practised" in found


def test_a_rubric_is_shown_as_json(run):
    found = json.loads(run("rubric", "show", "small", "--format", "json").stdout)
    assert (found["assess"], found["id"]) == ("rubric/1", "small")
    assert found["principles"][0]["criteria"][0]["key"] is True


def test_the_trace_leads_from_sources_to_questions_and_findings(run):
    shown = run("rubric", "show", "social_business", "--claims").stdout
    start = shown.index("C1-29 at 37: ")
    part = shown[start : shown.index("C1-30 at 37: ")]
    assert "LWP-2 Intelligence, not monitoring" in part
    assert "? lwp_intelligence_use: How far did you interpret what customers said" in part
    assert "? lwp_intelligence_counts_only (fact)" in part
    assert "> defined: The themes are worked out when somebody asks." in part
    found = json.loads(run("rubric", "show", "social_business", "--claims", "--format", "json").stdout)
    traced = {claim["code"]: claim for claim in found["claims"]}["C1-29"]
    assert (found["assess"], traced["home"]) == ("claims/1", "lwp_intelligence")
    assert "lwp_intelligence_use" in traced["questions"]["lwp_intelligence"]


def test_where_says_which_folders_are_searched_and_why(run, place):
    shown = run("where").stdout
    assert f"rubrics    {place.rubrics}" in shown
    assert "named by you" in shown
    assert "comes with the program" in shown
    found = json.loads(run("where", "--format", "json").stdout)
    assert found["rubrics"]["small"] == str(place.rubrics / "small.yaml")
    assert found["folders"][0] == {"kind": "rubrics", "folder": str(place.rubrics), "because": "named by you"}


def test_the_report_goes_to_standard_output_and_only_warnings_beside_it(run, place):
    place.edit("org/answers/boss.yaml", "submitted: 2026-06-20\n", "")
    found = run("report", place.org)
    assert found.exit_code == 0
    assert is_untouched(found.stdout)
    assert "# Corner Hotel" in found.stdout
    assert "'r-anna' has not submitted" in found.stderr
    assert " note: " not in found.stderr


def test_the_same_report_is_written_to_a_file_with_a_line_about_it(run, place):
    place.edit("org/answers/boss.yaml", "submitted: 2026-06-20\n", "")
    out = place.root / "roadmap.md"
    found = run("report", place.org, "-o", out)
    assert (found.exit_code, found.stdout) == (0, "")
    assert found.stderr.splitlines()[-1] == f"{out} written: 1 warning"
    assert out.read_bytes() == run("report", place.org).stdout_bytes


@pytest.mark.slow
def test_the_samples_are_complete_and_the_draft_is_not(run):
    for sample in sorted(path for path in SAMPLES.iterdir() if path.is_dir()):
        found = run("check", sample)
        assert found.exit_code == 0
        closing = found.stdout.splitlines()[-1]
        if sample.name == "willowbrace":  # a draft
            assert closing.startswith("A report can be written, but answers are missing: Treatment 10, ")
            continue
        assert closing.startswith(("Ready: ", "A report can be written; questions left blank by "))
        assert "missing" not in closing


def test_a_sample_is_reported_on_by_the_installed_program(tmp_path):
    sample = SAMPLES / "trumpet_thistle"
    out = tmp_path / "roadmap.md"
    command = [sys.executable, "-m", "assess", "report", str(sample), "-o", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == ""
    assert f"{out} written" in done.stderr
    assert is_untouched(out.read_text(encoding="utf-8"))


def test_a_reader_who_leaves_early_sees_no_traceback():
    command = [sys.executable, "-m", "assess", "report", str(SAMPLES / "trumpet_thistle")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


@pytest.mark.slow
def test_the_bytes_of_the_output_do_not_depend_on_the_machine(tmp_path):
    command = [sys.executable, "-m", "assess", "report", str(SAMPLES / "trumpet_thistle")]
    latin = subprocess.run(
        command, capture_output=True, check=True, env={**os.environ, "PYTHONIOENCODING": "latin-1"}
    ).stdout
    out = tmp_path / "roadmap.md"
    subprocess.run([*command, "-o", str(out)], capture_output=True, check=True)
    assert latin == out.read_bytes()


def test_every_command_offers_help(run):
    names = [command.name for command in app.registered_commands]
    for words in (*([name] for name in names), ["rubric", "check"], ["rubric", "show"]):
        assert run(*words, "--help").exit_code == 0


def test_help_is_a_command_too_and_the_version_has_a_short_form(run):
    for words in ((), ("check",), ("rubric", "check")):
        found = run("help", *words)
        assert found.exit_code == 0
        assert lines_of(found.stdout)[1:3] == lines_of(run(*words, "--help").stdout)[1:3]
        assert "-h, --help" in found.stdout
    found = run("help", "chek")
    assert (found.exit_code, "'check'" in found.stderr) == (2, True)
    assert run("-V").output == run("--version").output


def test_a_dash_is_standard_output(run, place, monkeypatch):
    monkeypatch.chdir(place.root)
    assert run("report", place.org, "-o", "-").stdout == run("report", place.org).stdout
    assert not (place.root / "-").exists()
    refused = run("rubric", "preview", "small", "--with", place.org, "-o", "-")
    assert (refused.exit_code, "name a file" in refused.stderr) == (2, True)
    assert not (place.root / "-").exists()


def test_a_path_where_no_engagement_is_ends_alike_in_every_command(run, place):
    place.edit("org/engagement.yaml", "assess: engagement/1", "")
    empty = place.root / "empty"
    empty.mkdir()
    for path in ("nosuch", empty, place.root / "org" / "none.yaml"):
        assert {run(command, path).exit_code for command in ("check", "report", "score", "explain")} == {1}

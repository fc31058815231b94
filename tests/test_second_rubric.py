"""The second shipped rubric, from another field: nothing the program says of it comes from the first one."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest
import yaml
from typer.testing import CliRunner

from assess import workflow
from assess.cli import app
from assess.model.engagement import EvidenceKind
from assess.render.sections.findings import NAMES as FINDINGS
from assess.resources import shipped

FIRST = workflow.load_rubric(shipped("rubrics") / "social_business")
YESTERDAY = Path(__file__).parent / "yesterday" / "rubrics" / "complaint_handling"
SECOND = workflow.load_rubric(shipped("rubrics") / "complaint_handling")
PERSONAS = {persona.id: persona for persona in SECOND.personas}
COMMANDS = {
    "check": ["check", "office.yaml"],
    "score": ["score", "office.yaml"],
    "score as JSON": ["score", "office.yaml", "--format", "json"],
    "explain": ["explain", "office.yaml"],
    "explain a question": ["explain", "office.yaml", "learn_causes_fate"],
    "explain as JSON": ["explain", "office.yaml", "--format", "json"],
    "report": ["report", "office.yaml"],
    "rubric check": ["rubric", "check", SECOND.id],
    "rubric show": ["rubric", "show", SECOND.id],
    "rubric show as JSON": ["rubric", "show", SECOND.id, "--format", "json"],
}


def own_words():
    """What the first rubric calls its parts, levels, roles and initiatives, and its ids that are no plain word.

    The kinds of evidence and of findings are words of every rubric, whoever has a role or part of that name.
    """
    nodes, rubric = [*FIRST.nodes()], FIRST
    titles = {item.title for item in (*nodes, *rubric.levels, *rubric.roles, *rubric.initiatives)}
    keys = {level.key for level in rubric.levels}
    items = [*nodes, *rubric.questions(), *rubric.roles, *rubric.all_gates(), *rubric.all_clashes()]
    ids = {item.id for item in items if "_" in item.id}
    shared = " ".join([*get_args(EvidenceKind), *FINDINGS.values()])
    return {word for word in titles | keys | ids | {rubric.title, "social"} if word.lower() not in shared}


def pattern(words):
    return rf"\b(?:{'|'.join(re.escape(word) for word in sorted(words))})\b"


NAMES = re.compile(pattern(own_words()), re.IGNORECASE)
CODES = re.compile(pattern(node.code for node in FIRST.nodes() if node.code))


def leaks(text):
    """The words and codes of the first rubric in a text about the second."""
    return sorted({found.lower() for names in (NAMES, CODES) for found in names.findall(text)})


@pytest.fixture
def say(tmp_path, monkeypatch):
    """What a command prints of an office that answered like a persona; nothing may be wrong with it."""

    def said(persona, words):
        told = PERSONAS[persona]
        office = {
            "assess": "engagement/1",
            "organization": {"name": "Canal Office", "staff": SECOND.staff_of(told)},
            "rubric": SECOND.id,
            "assessed_on": told.assessed_on.isoformat(),
            "answers": json.loads(json.dumps(dict(SECOND.answers_of(told)), default=str)),
        }
        monkeypatch.chdir(tmp_path)
        unquoted = yaml.safe_dump(office).replace("unknown: 'true'", "unknown: true")
        (tmp_path / "office.yaml").write_text(unquoted, encoding="utf-8")
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 0, result.output
        return result.stdout

    return said


def test_the_words_that_are_looked_for_are_those_of_the_first_rubric():
    assert {"practised", "ad_hoc", "Listen with purpose", "Executive", "social_team"} <= own_words()
    assert leaks("An executive has practised LWP, and we ask why.") == ["executive", "lwp", "practised"]


@pytest.mark.slow
@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_that_is_printed_comes_from_the_first_rubric(say, persona, command):
    assert leaks(say(persona, COMMANDS[command])) == []


def test_nothing_in_a_new_engagement_comes_from_the_first_rubric(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    words = ["new", "office", "--on", "2026-06-30", "--rubric", SECOND.id]
    assert CliRunner().invoke(app, words).exit_code == 0
    texts = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "office").rglob("*.yaml")}
    assert {"engagement.yaml", "desk.yaml", "case_owner.yaml", "director.yaml", "register.yaml"} <= texts.keys()
    assert {name: found for name, text in texts.items() if (found := leaks(text))} == {}


def test_the_report_speaks_in_its_own_scale_levels_and_roles(say):
    report = say("kind_letters_same_faults", COMMANDS["report"])
    for own in (
        "> **Every complaint gets its answer, and the next one about the same fault is on its way.**",
        "Canal Office stands at 1.99 of 3 (level Handled)",
        '#### <a id="finding-clash_mended_on_paper"></a>Mended above, counted below',
        "So many levels Director puts a part higher (+) or lower (-) than Complaint desk and Person who complained",
        "in 3 periods of 8 weeks",
        "| [FAI Fair and discreet](#fair) | min | The lowest value. |",
    ):
        assert own in report


def test_the_score_as_json_is_on_the_scale_of_the_rubric(say):
    score = json.loads(say("kind_letters_same_faults", COMMANDS["score as JSON"]))
    assert score["rubric"]["id"] == SECOND.id
    assert score["scores"]["reach_open"]["value"] == pytest.approx(80)
    assert {found["level"] for found in score["scores"].values()} <= {level.key for level in SECOND.levels}


def test_without_a_rule_on_evidence_what_was_shown_is_still_counted_as_shown(say, tmp_path):
    say("all_learned_from", COMMANDS["check"])
    office = yaml.safe_load((tmp_path / "office.yaml").read_text(encoding="utf-8"))
    proof = {"title": "Leaflet", "kind": "document", "dated": "2026-02-01"}
    office["answers"]["desk"]["reach_known_where"] = {"value": "learned_from", "evidence": [proof]}
    (tmp_path / "office.yaml").write_text(yaml.safe_dump(office), encoding="utf-8")
    report = CliRunner().invoke(app, COMMANDS["report"]).stdout
    unproved = report.partition("Claims without evidence")[2].partition("Appendix C")[0]
    assert "[1 of them shown by evidence]" in report
    assert "answers-reach_open_ways" in unproved
    assert "answers-reach_known_where" not in unproved


def test_every_element_names_a_claim_or_says_that_no_source_states_it():
    elements = [*SECOND.nodes(), *SECOND.all_gates(), *SECOND.all_clashes()]
    silent = [item.id for item in elements if not item.claims and item.source != "external"]
    assert silent + [item.id for item in SECOND.initiatives if item.source != "external"] == []


def test_the_check_finds_nothing_and_the_personas_reach_all_of_it():
    check = CliRunner().invoke(app, ["rubric", "check", SECOND.id, "--fail-on", "note"])
    assert (check.exit_code, check.stdout) == (0, "no problems\n")
    test = CliRunner().invoke(app, ["rubric", "test", SECOND.id])
    assert test.exit_code == 0, test.output
    assert "100% of the rubric is reached" in test.stdout


@pytest.mark.slow
def test_a_persona_notices_every_change_but_that_of_a_share_which_takes_several_people():
    found = json.loads(CliRunner().invoke(app, ["rubric", "test", SECOND.id, "--mutate", "--format", "json"]).stdout)
    unseen = {kind["kind"]: [one["change"] for one in kind["unnoticed"]] for kind in found["mutations"]["kinds"]}
    assert {kind for kind, changes in unseen.items() if changes} == {"clash_threshold"}
    assert [change for change in unseen["clash_threshold"] if "share(" not in change] == []


# --- from one version to the next, and a part of it ---

SAID = {
    "desk": {"answer_time_chased": "rarely", "fair_discreet_access": "yes"},
    "case_owner": {"fair_discreet_access": "no", "fair_hand_second": "colleague"},
    "complainant-1": {"answer_time_chased": "often"},
    "complainant-2": {"answer_time_chased": "rarely"},
    "complainant-3": {"answer_time_chased": "sometimes", "fair_discreet_worse": "no"},
}


def answers_in(path):
    """The answers of a file, as words."""
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)["answers"]


@pytest.fixture
def old_office(tmp_path, monkeypatch):
    """An office that answered the first version of the rubric."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "office" / "answers").mkdir(parents=True)
    head = {"assess": "engagement/1", "organization": {"name": "Canal Office"}, "rubric": SECOND.id}
    head |= {"rubric_version": "0.1", "assessed_on": "2026-06-30"}
    (tmp_path / "office" / "engagement.yaml").write_text(json.dumps(head), encoding="utf-8")
    for who, answers in SAID.items():
        sheet = {"assess": "answers/1", "respondent": who, "role": who.partition("-")[0], "answers": answers}
        (tmp_path / "office" / "answers" / f"{who}.yaml").write_text(json.dumps(sheet), encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("old_office")
def test_an_office_of_the_first_version_is_told_the_way():
    refused = CliRunner().invoke(app, ["check", "office"])
    assert refused.exit_code == 1
    assert "carry the answers over: assess rubric migrate office --to complaint_handling" in refused.output


def test_what_the_first_version_asked_is_carried_over_or_kept_aside_with_the_reason(old_office):
    words = ["rubric", "migrate", "office", "--to", SECOND.id, "--from", str(YESTERDAY), "--write"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    assert "Somebody who complained once cannot say how often people have to ask." in done.stdout
    files = {path.stem: path for path in (old_office / "office-0.2" / "answers").iterdir()}
    moved = {who: answers_in(path) for who, path in files.items()}
    assert moved["desk"] == {"answer_time_chased": "rarely", "fair_discreet_who": "dependable"}
    assert moved["case_owner"] == {"fair_discreet_who": "left_to_chance", "fair_hand_second": "colleague"}
    assert moved["complainant-1"] == {"answer_time_asked": "yes"}
    assert moved["complainant-2"] == {"answer_time_asked": "no"}
    assert moved["complainant-3"] == {"fair_discreet_worse": "no"}
    assert "sometimes" in (old_office / "office-0.2" / "retired-0.1.yaml").read_text(encoding="utf-8")


def test_a_scan_asks_what_each_part_rests_on_and_no_one_outside(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    words = ["new", "office", "--on", "2026-06-30", "--rubric", SECOND.id, "--tier", "scan"]
    assert CliRunner().invoke(app, words).exit_code == 0
    files = {path.stem: path.read_text(encoding="utf-8") for path in (tmp_path / "office" / "answers").iterdir()}
    assert files.keys() == {"desk", "case_owner", "director", "register"}
    asked = {
        question.id for question in SECOND.questions() if any(f"{question.id}:" in text for text in files.values())
    }
    assert asked == {
        "reach_known_where", "answer_time_days", "answer_time_first", "answer_time_chased", "fair_hand_decider",
        "fair_hand_second", "learn_causes_fate", "learn_causes_register",
    }  # fmt: skip

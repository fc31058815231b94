"""Findings that are accepted with a reason: counted and not printed, no part of the hash, and told when gone."""

import json

import pytest
from factories import HEAD
from typer.testing import CliRunner

from assess.authoring.check import review
from assess.cli import app
from assess.load import load
from assess.problems import SEVERITIES

PRINCIPLES = """\
principles:
  - id: p
    code: P-1
    title: P
    gates: [{id: g, when: "told = yes", because: B, flag: true}, {id: h, when: "told = no", because: B., flag: true}]
    questions:
      - {id: q, type: yesno, text: Is it done?}
      - {id: told, type: yesno, weight: 0, better: high, text: "Is it told, and who tells it?"}
      - {id: idle, type: yesno, weight: 0, text: Is it idle?}
headlines: [{when: overall > 50, says: Good.}]
"""
ACCEPTABLE = [
    ("falling_score", "g"), ("leftover", "h"), ("several_questions", "told"), ("dead_question", "idle"),
    ("missing_default", "overall"), ("gap", "overall"), ("gate", "g"), ("gate", "h"),
]  # fmt: skip


def entry(code, at, why="so it is"):
    return f"  - {{code: {code}, at: {at}, why: {why}}}\n"


def written(folder, entries=""):
    text = f"{HEAD}{PRINCIPLES}" + (f"accepted:\n{entries}" if entries else "")
    (folder / "rubric.yaml").write_text(text, encoding="utf-8")
    return folder / "rubric.yaml"


def run(*words):
    return CliRunner().invoke(app, ["rubric", "check", *map(str, words)])


@pytest.mark.parametrize(("code", "at"), ACCEPTABLE[:-2])
def test_what_is_accepted_is_counted_and_not_printed(tmp_path, code, at):
    before = run(written(tmp_path)).stdout
    after = run(written(tmp_path, entry(code, at))).stdout
    assert f"({code})" in before
    assert f"({code})" not in after.replace("(accepted)", "")
    assert after.splitlines()[-1].endswith(", 1 accepted")


def test_an_element_may_be_named_by_its_code_and_only_that_one_is_accepted(tmp_path):
    found = review(written(tmp_path, entry("falling_score", "h") + entry("unclaimed", "P-1")))
    assert sorted(p.message.partition(" any")[0] for p in found if p.code == "accepted") == [
        "nothing is found as 'falling_score' at 'h'",
        "nothing is found as 'unclaimed' at 'P-1'",
    ]
    assert [p.accepted for p in found if p.code == "falling_score"] == [""]


def test_the_reason_stands_where_scripts_read(tmp_path):
    path = written(tmp_path, entry("leftover", "h", why="It is printed alone"))
    problems = json.loads(run(path, "--format", "json").stdout)["problems"]
    assert {p["at"]: p["accepted"] for p in problems if p["code"] == "leftover"} == {"h": "It is printed alone"}
    assert all(p["accepted"] is None for p in problems if p["code"] != "leftover")
    (log,) = json.loads(run(path, "--format", "sarif").stdout)["runs"]
    hidden = [result["suppressions"] for result in log["results"] if "suppressions" in result]
    assert hidden == [[{"kind": "external", "justification": "It is printed alone"}]]
    assert "(leftover)" not in run(path, "--format", "github").stdout


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        (entry("opposed", "g"), "nothing is found as 'opposed' at 'g' any longer"),
        (entry("falling_scores", "g"), "no finding is called 'falling_scores'; did you mean 'falling_score'?"),
        (entry("falling_score", "gg"), "there is no 'gg'"),
        (entry("dead_question", "q"), "nothing is found as 'dead_question' at 'q' any longer"),
    ],
)
def test_an_entry_without_a_finding_is_a_finding_at_its_place(tmp_path, entries, said):
    path = written(tmp_path, entries)
    (found,) = [p for p in review(path) if p.code == "accepted"]
    assert said in found.message
    assert (found.severity, found.location.line) == ("warning", len(path.read_text().splitlines()))
    assert found.hint


def test_a_mistake_cannot_be_accepted(tmp_path):
    text = written(tmp_path, entry("gate_never", "g")).read_text().replace("told = yes", "told = yes and told = no")
    (tmp_path / "rubric.yaml").write_text(text)
    found = review(tmp_path / "rubric.yaml")
    assert [(p.severity, p.accepted) for p in found if p.code == "gate_never"] == [("error", "")]
    assert "'gate_never' at 'g' is an error" in next(p.message for p in found if p.code == "accepted")


def test_the_hash_does_not_know_what_is_accepted(tmp_path):
    plain, _ = load(written(tmp_path))
    more, _ = load(written(tmp_path, entry("leftover", "h")))
    other, _ = load(written(tmp_path, entry("leftover", "h", why="another reason")))
    assert plain.hash == more.hash == other.hash
    assert len(more.accepted) == 1


def test_an_overlay_accepts_on_top_of_its_base(tmp_path):
    base, over = tmp_path / "base", tmp_path / "over"
    base.mkdir()
    over.mkdir()
    written(base, entry("leftover", "h"))
    text = "assess: overlay/1\nid: o\nversion: '1'\nbase: ../base\naccepted:\n" + entry("dead_question", "idle")
    (over / "rubric.yaml").write_text(text)
    found = review(over)
    assert {p.code for p in found if p.accepted} == {"leftover", "dead_question"}
    (over / "rubric.yaml").write_text(text.replace("at: idle", "at: q"))
    (stale,) = [p for p in review(over) if p.code == "accepted"]
    assert (stale.location.file, stale.location.line) == (str(over / "rubric.yaml"), 6)


@pytest.mark.parametrize("worst", SEVERITIES)
def test_the_command_fails_from_the_severity_on_that_is_named(tmp_path, worst):
    texts = {"warning": "told = yes", "note": "told = no", "error": "told = yes and told = no"}
    entries = "".join(entry(code, at) for code, at in ACCEPTABLE[-4:])
    path = written(tmp_path, entries)
    path.write_text(path.read_text().replace('"told = yes"', f'"{texts[worst]}"'))
    for limit in SEVERITIES:
        fails = SEVERITIES.index(worst) <= SEVERITIES.index(limit)
        assert run(path, "--fail-on", limit).exit_code == int(fails), (worst, limit)


def test_what_is_accepted_fails_nothing(tmp_path):
    path = written(tmp_path, "".join(entry(code, at) for code, at in ACCEPTABLE))
    left = {p.code for p in review(path) if not p.accepted}
    assert run(path, "--fail-on", "note").exit_code == int(bool(left))
    assert run(path, "--fail-on", "warning").exit_code == 0

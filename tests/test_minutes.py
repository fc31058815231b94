"""How long a role sits over its questions: reading and answering, in each tier, against a budget."""

import json

import pytest
from typer.testing import CliRunner

from assess.cli import app
from assess.minutes import sittings
from assess.workflow import load_rubric

RUBRIC = """\
assess: rubric/1
id: m
title: M
version: "1"
tiers: [scan, full]
roles: [{id: desk, title: Desk, minutes: {scan: 1, full: 5}}, {id: logs, title: Logs, people: false}]
principles:
  - id: p
    title: P
    questions:
      - {id: one, type: yesno, tier: scan, text: Is it one two three four five?, ask: [desk]}
      - id: two
        type: scale
        text: How
        help: much
        options: [{key: a, label: some words}, {key: b, label: more of them}]
        ask: {desk: {text: How much is that}}
    facts:
      - {id: three, type: number, text: How many?, tier: full, ask: [desk, logs], register: book}
"""


def loaded(tmp_path, text=RUBRIC):
    (tmp_path / "m").mkdir(exist_ok=True)
    (tmp_path / "m" / "rubric.yaml").write_text(text, encoding="utf-8")
    return load_rubric(tmp_path / "m")


def test_minutes_are_words_at_two_hundred_and_a_while_for_each_answer(tmp_path):
    scan, full, logs = sittings(loaded(tmp_path))
    assert (scan.role, scan.tier, scan.questions, scan.facts, scan.words) == ("desk", "scan", 1, 0, 7)
    assert scan.minutes == pytest.approx(7 / 200 + 20 / 60)
    # Four words of its own, one of help and five of labels beside the seven; the register answers the number.
    assert (full.questions, full.facts, full.registered, full.words) == (2, 0, 1, 7 + 4 + 1 + 5)
    assert full.minutes == pytest.approx(17 / 200 + 50 / 60)
    assert (logs.role, logs.facts, logs.minutes) == ("logs", 1, None)


def test_a_register_spares_nobody_what_they_see_themselves(tmp_path):
    seen = RUBRIC.replace("      - id: two\n", "      - id: two\n        register: book\n").replace(
        "type: scale", "type: level"
    )
    assert next(one for one in sittings(loaded(tmp_path, seen)) if one.tier == "full").registered == 1
    told = next(
        one for one in sittings(loaded(tmp_path, f"{seen}policies: {{anonymous: [desk]}}\n")) if one.tier == "full"
    )
    assert (told.questions, told.facts, told.registered, told.words) == (2, 1, 0, 17 + 2)
    assert told.minutes == pytest.approx(19 / 200 + 110 / 60)


def test_the_table_marks_what_is_above_its_budget(tmp_path):
    loaded(tmp_path, RUBRIC.replace("{scan: 1, full: 5}", "{scan: 0.2, full: 5}"))
    shown = CliRunner().invoke(app, ["rubric", "show", "m", "--rubrics", str(tmp_path), "--roles"]).output
    assert [line.split()[-2:] for line in shown.splitlines()[2:4]] == [["0.4!", "0.2"], ["0.9", "5"]]
    found = CliRunner().invoke(app, ["rubric", "show", "m", "--rubrics", str(tmp_path), "--roles", "--format", "json"])
    assert [row["words"] for row in json.loads(found.output)["roles"]] == [7, 17, 2]


def test_one_number_holds_for_every_tier(tmp_path):
    found = [*sittings(loaded(tmp_path, RUBRIC.replace("{scan: 1, full: 5}", "0.5")))]
    assert [(one.budget, one.over) for one in found] == [(0.5, False), (0.5, True), (None, False)]


@pytest.mark.parametrize(
    ("stands", "instead", "words"),
    [
        ("{scan: 1, full: 5}", "{skan: 1}", "there is no tier 'skan'; did you mean 'scan'?"),
        ("tier: scan, text", "tier: quick, text", "there is no tier 'quick'"),
        ("tiers: [scan, full]", "tiers: [scan, full, scan]", "the tier 'scan' stands twice"),
        ("tiers: [scan, full]", "tiers: [scan, full]\nscopes: {all: [q]}", "there is no node 'q'"),
    ],
)
def test_tiers_and_scopes_are_those_of_the_rubric(tmp_path, stands, instead, words):
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "rubric.yaml").write_text(RUBRIC.replace(stands, instead), encoding="utf-8")
    shown = CliRunner().invoke(app, ["rubric", "check", "m", "--rubrics", str(tmp_path)])
    assert (shown.exit_code, words in shown.output) == (1, True)

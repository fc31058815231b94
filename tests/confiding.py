"""A small rubric whose guests are anonymous, engagements of it on disk, and everything the program says of one."""

import json
import random
import shutil
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from assess import workflow
from assess.cli import app
from assess.explain import explain

RUBRIC = """\
assess: rubric/1
id: inn
title: Inn
version: "1"
scale: {min: 0, max: 4}
levels:
  - {key: l0, title: Absent, at: 0}
  - {key: l1, title: Begun, at: 25}
  - {key: l2, title: Defined, at: 50}
  - {key: l3, title: Practised, at: 75}
  - {key: l4, title: Leading, at: 100}
roles:
  - {id: boss, title: Boss}
  - {id: team, title: Team}
  - {id: guest, title: Guest}
  - {id: log, title: Log, people: false}
policies:
  anonymous: [guest]
  unknown: zero
  min_coverage: 0.3
  disagreement: {role: boss, levels: 2}
  perception: {claim: boss, practice: [guest, team]}
  evidence: {stated: 60, documented: 80, confirmed: 100}
headlines:
  - {when: nights >= 3, says: "You keep guests for {nights} nights."}
  - {says: You keep guests.}
principles:
  - id: ear
    title: Ear
    criteria:
      - id: hear
        title: Hearing
        questions:
          - {id: heard, type: level, text: Are guests heard?, options: OPTIONS, allow: [na, unknown, declined]}
          - {id: shop, type: yesno, weight: 0, text: Is there a shop?, ask: [guest, team], allow: [unknown, declined]}
          - {id: till, type: level, text: How is the till?, options: OPTIONS, ask: [guest, team], show_when: shop = yes,
             allow: [na, unknown, declined], evidence: required_from l3}
      - id: reply
        title: Replying
        questions:
          - {id: reply_fast, type: level, text: Are replies fast?, options: OPTIONS, ask: [boss, guest],
             allow: [na, unknown, declined]}
          - {id: ways, type: multi, text: Which ways are open?, ask: [guest, log], allow: [unknown, declined],
             options: [{key: post, label: Post}, {key: desk, label: Desk}, {key: phone, label: Phone}]}
  - id: bed
    title: Bed
    criteria:
      - id: rest
        title: Resting
        questions:
          - {id: quiet, type: level, text: Is it quiet?, options: OPTIONS, ask: [guest], allow: [na, unknown, declined]}
          - {id: nights, type: number, weight: 0, text: How many nights?, min: 0, max: 30, ask: [guest, log],
             allow: [unknown, declined]}
          - {id: bill, type: number, text: How high was the bill?, goalposts: {worst: 100, best: 0}, min: 0, max: 100,
             ask: [guest, log], allow: [unknown, declined]}
        gates:
          - {id: loud, when: quiet < l2 by guest, cap: {of: [bed], at: l2}, because: Guests lie awake, lifted_by: [i02]}
        clashes:
          - {id: both, claim: heard >= l3 by boss, practice: heard <= l1 by guest, says: Said and not felt,
             initiatives: [i01]}
initiatives:
  - {id: i01, title: Ask, lifts: {hear: l4, reply: l3}, owner: team, effort: {low: 2, high: 4}, weeks: 3}
  - {id: i02, title: Carpets, lifts: {rest: l4}, owner: boss, effort: {low: 3, high: 9}, weeks: 5}
"""
RUBRIC = RUBRIC.replace("OPTIONS", "[{label: A}, {label: B}, {label: C}, {label: D}, {label: E}]")
LEVELS = ["l0", "l1", "l2", "l3", "l4"]
WAYS = ["post", "desk", "phone"]
ASKED = {
    "boss": ["heard", "reply_fast"],
    "team": ["heard", "shop", "till"],
    "guest": ["heard", "shop", "till", "reply_fast", "ways", "quiet", "nights", "bill"],
    "log": ["ways", "nights", "bill"],
}
NO_NA = {"shop", "ways", "nights", "bill"}
NAMES = ["overall", "ear", "hear", "reply", "bed", "rest", *ASKED["guest"]]


def value_of(chance, question):
    if question == "shop":
        return chance.choice(["yes", "yes", "no"])
    if question == "ways":
        return sorted(chance.sample(WAYS, chance.randint(0, 3)))
    if question in ("nights", "bill"):
        return chance.randint(0, 30)
    return chance.choice(LEVELS)


def entry(chance, question, *, valued=True):
    """An answer in long form: a value, or one of the states; with a note, evidence and confidence now and then."""
    states = [{"unknown": True}, {"declined": True}]
    states += [] if question in NO_NA else [{"na": True, "why": f"none here {chance.random()}"}]
    found = {"value": value_of(chance, question)} if valued else chance.choice(states)
    if chance.random() < 0.3:
        found["note"] = f"words {chance.random()}"
    if valued and chance.random() < 0.3:
        found["confidence"] = chance.choice(["low", "high"])
    if valued and chance.random() < 0.3:
        found["evidence"] = [{"title": f"letter {chance.random()}", "kind": "customer", "dated": "2026-05-01"}]
    return found


def drawn(chance, role, *, skipped=0.15, unvalued=0.15):
    """The answers of somebody in a role."""
    return {
        question: entry(chance, question, valued=chance.random() >= unvalued)
        for question in ASKED[role]
        if chance.random() >= skipped
    }


def organization(chance, guests, *, shy_staff=False):
    """Everybody's files by name: one boss, two of the team, a log, and so many guests."""
    people = {"boss": ("boss", {}), "t1": ("team", {}), "t2": ("team", {}), "log": ("log", {"kind": "document"})}
    if shy_staff:
        people["t3"] = ("team", {"anonymous": True})
    people |= {f"g{place}": ("guest", {}) for place in range(guests)}
    files = {}
    for name, (role, more) in people.items():
        answers = drawn(chance, role)
        head = {"assess": "answers/1", "respondent": name, "role": role, "submitted": "2026-06-01", **more}
        files[name] = {**head, "answers": answers}
    return files


def written(folder: Path, files, **engagement):
    """The rubric and the engagement on disk; returns the engagement's folder."""
    home = folder / "org"
    (home / "answers").mkdir(parents=True, exist_ok=True)
    (folder / "rubrics").mkdir(exist_ok=True)
    (folder / "rubrics" / "inn.yaml").write_text(RUBRIC, encoding="utf-8")
    about = {"organization": {"name": "Inn", "staff": 40}, "rubric": "inn", "assessed_on": "2026-06-30"}
    head = {"assess": "engagement/1", **about, "invited": {"guest": 8, "team": 3}, **engagement}
    (home / "engagement.yaml").write_text(yaml.safe_dump(head), encoding="utf-8")
    for file in (home / "answers").glob("*.yaml"):
        file.unlink()
    for name, data in files.items():
        (home / "answers" / f"{name}.yaml").write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    return home


def run(home: Path, *words):
    """Exit status and both streams of a command, in the folder above the engagement."""
    found = CliRunner(env={"ASSESS_RUBRICS": str(home.parent / "rubrics")}).invoke(app, [*map(str, words)])
    return words[0], found.exit_code, found.stdout, found.stderr


def papers_of(home: Path):
    """Every file of the set of papers of an engagement, and what was said while it was written."""
    folder = home.parent / "papers"
    shutil.rmtree(folder, ignore_errors=True)
    told = [run(home, "report", home, "-o", folder)]
    return told + [(path.name, path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file()]


def everything_said(home: Path, names=NAMES):
    """All the program prints or writes of an engagement but `check`, which speaks to the consultant."""
    target = home.parent / "roadmap.md"
    target.unlink(missing_ok=True)
    told = [run(home, "report", home), run(home, "report", home, "-o", target), target.read_bytes()]
    told += papers_of(home)
    told += [run(home, "score", home), run(home, "score", home, "--format", "json")]
    told += [
        run(home, "score", home, "--fail-under", f"{node}={level}") for node in ("overall", "bed") for level in LEVELS
    ]
    told += [run(home, "explain", home, name, "--format", "json") for name in names]
    told += [run(home, "rubric", "diff", home.parent / "rubrics" / "inn.yaml", changed(home), "--engagements", home)]
    told += [run(home, "check", home)[1]]
    found = workflow.assess(home, [home.parent / "rubrics"])
    told += [explain(found, name) for name in names]
    kept = home / "uncertainty.yaml"
    told += [run(home, "score", home, "--draws", 100), kept.read_bytes(), run(home, "report", home)]
    kept.unlink()
    told += [
        run(home, "explain", home, rule, *form) for rule in ("loud", "both") for form in ((), ("--format", "json"))
    ]
    return [*told, found.sheet.hash, repr(found.plan), repr(found.diagnosis), repr(found.facts)]


def changed(home: Path):
    """The rubric with another weight, for a difference and its effects."""
    other = home.parent / "later" / "inn.yaml"
    other.parent.mkdir(exist_ok=True)
    other.write_text(RUBRIC.replace('version: "1"', 'version: "2"').replace("at: l2}, because", "at: l1}, because"))
    return other


def as_json(found):
    return json.loads(found[2])


def seeds(count):
    """Seeds to draw by; the first draws everywhere, the others once, where everything is run."""
    return [pytest.param(seed, marks=[pytest.mark.slow] * (seed > 0)) for seed in range(count)]


def chance_of(seed):
    return random.Random(seed)

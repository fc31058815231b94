"""A small rubric that asks its roles in words of their own, and an engagement that is answered in them."""

import datetime
from pathlib import Path

from collecting import gathered

from assess.load import load
from assess.problems import DocumentError, errors
from assess.scaffold import scaffold
from assess.validate import validate

HEAD = """\
assess: rubric/1
id: fleet
title: How vans are kept
version: "{version}"
scale: {{min: 0, max: 2}}
levels:
  - {{key: absent, title: Absent, at: 0}}
  - {{key: started, title: Started, at: 50}}
  - {{key: proven, title: Proven, at: 100}}
policies: {{target: started, evidence: {{}}}}
roles:
  - {{id: garage, code: GA, title: Garage}}
  - {{id: driver, title: Drivers}}
  - {{id: record, title: Logs, people: false}}
"""
BRAKES = """\
principles:
  - id: brakes
    title: Brakes
    questions:
      - id: brake_checks
        type: level
        text: How are brakes checked?
        help: Look at the job cards of the last quarter.
        options:
          - {label: Nobody checks them}
          - {label: When a driver complains}
          - {label: On a date for every van}
        evidence: required_from started
        ask:
          GA: ~
          driver:
            text: What happens to the brakes of your van?
            help: none
            options: {absent: Nothing that I have seen, proven: They have a date and it is kept}
            evidence: off
            allow: [na]
      - id: brake_squeal
        type: yesno
        weight: 0
        text: Did a van squeal last month?
        ask:
          driver: {options: {"yes": Mine did, "no": Mine was quiet}}
          record: Does a card of last month say so?
    gates:
      - {id: squealing, when: brake_squeal = yes, flag: true, because: A van squealed, lifted_by: []}
"""
FLEET = HEAD.format(version="1") + BRAKES
LEVELS = "options: [{label: Nobody}, {label: On demand}, {label: On a date}]"
YARD = (
    HEAD.format(version="1")
    + f"""\
defaults:
  questions: {{evidence: required_from started, allow: [unknown]}}
  facts: {{evidence: off, allow: [declined]}}
  roles: {{driver: {{allow: [na]}}}}
principles:
  - id: yard
    title: Yard
    titles: {{driver: Where you park}}
    claims: [C-1]
    facts:
      - id: spilled
        type: number
        text: How many litres of oil were spilled last month?
        min: 0
        max: 500
        unit: litres
        unit_one: litre
        office: true
        ask: [garage]
        since: "1"
        register: spills
        caps: {{when: "> 20", of: [yard], at: started, because: The ground is soiled, lifted_by: [i1]}}
      - id: fenced
        type: yesno
        text: Is the yard fenced all round?
        evidence: optional
        caps: {{id: open_yard, when: "no", of: [yard], at: absent, because: Anybody can walk in, lifted_by: [i1]}}
      - id: lit
        type: yesno
        text: Is the yard lit?
        ask: {{driver: {{text: Can you see your van at night?, allow: [declined]}}, record: ~}}
        caps: {{when: lit = no and fenced = yes, of: [yard], at: 1, because: It is dark, lifted_by: [i1]}}
    questions:
      - {{id: swept, type: level, text: How is the yard swept?, {LEVELS}}}
    criteria:
      - id: gates_kept
        title: Gates
        asked_in: {{C-1: [locked.text, LOCKED  at night]}}
        claims: [C-1]
        questions:
          - {{id: locked, type: level, text: How are the gates locked at night?, evidence: off, {LEVELS}}}
sources:
  - {{id: manual, title: Yard manual}}
claims:
  - {{code: C-1, source: manual, at: "3", says: Gates are locked at night, home: gates_kept}}
initiatives:
  - {{id: i1, title: Tidy up, lifts: {{yard: started}}, effort: {{low: 1, high: 2}}, weeks: 1, owner: garage,
     steps: [Look, Plan, Do], success: It is tidy, risk: It rains}}
"""
)
ENGAGEMENT = """\
assess: engagement/1
organization: {name: Grey Vans}
rubric: fleet
rubric_version: "1"
assessed_on: 2026-06-30
"""


def home_of(folder, text, name="fleet"):
    """The folder of the rubric of a text, written below the rubrics of another folder."""
    home = Path(folder) / "rubrics" / name
    home.mkdir(parents=True, exist_ok=True)
    (home / "rubric.yaml").write_text(text, encoding="utf-8")
    return home


def rubric(folder, text=FLEET, name="fleet"):
    """The rubric of a text."""
    return load(home_of(folder, text, name))[0]


def told(folder, *edits, text=FLEET):
    """The mistakes in the text after some edits: its line, what it says, and the way out of each."""
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    try:
        found = validate(*load(home_of(folder, text)))
    except DocumentError as error:
        found = error.problems
    return [(text.splitlines()[each.location.line - 1].strip(), each.message, each.hint) for each in errors(found)]


def handed_out(rubric, role):
    """The answers file of a role, its comments joined to one line a paragraph."""
    return scaffold(rubric, "Grey Vans", datetime.date(2026, 6, 30))[f"answers/{role}.yaml"]


def engagement(folder, **by_role):
    """An engagement of one file per role, each with the lines of its answers."""
    home = Path(folder) / "vans"
    (home / "answers").mkdir(parents=True, exist_ok=True)
    (home / "engagement.yaml").write_text(ENGAGEMENT, encoding="utf-8")
    for role, lines in by_role.items():
        said = "".join(f"  {line}\n" for line in lines)
        head = f"assess: answers/1\nrespondent: {role}-1\nrole: {role}\nsubmitted: 2026-06-29\nanswers:\n"
        (home / "answers" / f"{role}.yaml").write_text(head + said, encoding="utf-8")
    return home


def read(folder, rubric, **by_role):
    """Who answered what, by role and question, and what was wrong."""
    collected, problems = gathered(engagement(folder, **by_role), rubric)
    given = {person.role: {name: a.value for name, a in person.answers.items()} for person in collected.respondents}
    return given, [(problem.code, problem.message, problem.hint) for problem in problems if problem.code != "draft"]

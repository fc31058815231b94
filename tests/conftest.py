"""What several test files stand on: a small rubric of another field, an engagement of its kind, and the program."""

import gc
from functools import cache
from types import SimpleNamespace

import pytest
import typer.testing
from hypothesis import settings
from typer.main import get_command
from typer.testing import CliRunner

from assess.cli import app

# No test is timed: a busy machine is no mistake. What is drawn differs from run to run, so few cases at a time suffice
# for the tests that are run again and again; the whole suite draws as many as hypothesis thinks right.
settings.register_profile("whole", deadline=None)
settings.register_profile("first", deadline=None, max_examples=10)

# As the command line does: what a rubric is made of stays, and looking through it for garbage takes its time.
gc.set_threshold(200_000, 50, 50)


def pytest_configure(config):
    settings.load_profile("first" if "not slow" in config.option.markexpr else "whole")


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory):
    """No test reads what another run kept."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session", autouse=True)
def commands():
    """The command line is put together once, and not again for every call of the program."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typer.testing, "_get_command", cache(get_command), raising=False)
        yield


RUBRIC = """\
assess: rubric/1
id: small
title: How complaints are answered
version: "1.0"
scale: {min: 0, max: 4}
levels:
  - {key: absent, title: Absent, at: 0}
  - {key: begun, title: Begun, at: 25}
  - {key: defined, title: Defined, at: 50}
  - {key: practised, title: Practised, at: 75}
  - {key: leading, title: Leading, at: 100}
roles:
  - {id: boss, code: BO, title: Manager}
  - {id: desk, title: Complaint desk}
  - {id: guest, title: Guest}
  - {id: log, title: Complaint register, people: false}
aggregate: {geometric: {floor: 1}}
headlines:
  - {when: overall >= defined, says: Complaints are answered here.}
  - {says: Complaints get lost here.}
policies:
  unknown: zero
  disagreement: {role: boss, levels: 2}
  evidence: {}
  anonymous: [guest]
  min_cell: 3
  target: practised
principles:
  - id: hear
    code: HEA
    title: Hearing
    criteria:
      - id: hear_all
        code: HEA-1
        title: All are taken in
        key: true
        questions:
          - id: hear_count
            type: level
            text: Which complaints are written down?
            help: Look at the last quarter.
            ask: {boss: Which complaints reach you in writing?, desk: ~, log: ~}
            options:
              - {label: None}
              - {label: "Those by letter: rarely more"}
              - {label: Letters and mails}
              - {label: "All, with a number"}
              - {label: "All, and customers can look them up"}
          - id: hear_written
            type: yesno
            weight: 0
            text: Is there a written rule?
            ask: [desk]
          - id: hear_days
            type: number
            weight: 0
            min: 0
            max: 365
            unit: days
            text: How many days pass before an answer?
            ask: [desk, log]
          - id: hear_ways
            type: multi
            weight: 0
            text: On which ways can people complain?
            ask: [desk]
            options: [{key: letter, label: Letter}, {key: mail, label: Mail}, {key: counter, label: At the counter}]
          - id: hear_since
            type: date
            text: Since when is the register kept?
            ask: [log]
      - id: hear_back
        code: HEA-2
        title: All are answered
        questions:
          - id: hear_reply
            type: level
            text: Who gets an answer?
            ask: {desk: ~, guest: Did you get an answer?}
            allow: [unknown, na]
            options: [{label: Nobody}, {label: Some}, {label: Most}, {label: All}, {label: "All, within a week"}]
    gates:
      - id: hear_no_rule
        when: hear_written = no
        cap: {of: [hear_back], at: begun}
        because: Without a rule an answer is a favour
        lifted_by: [i01]
    clashes:
      - id: hear_not_seen
        claim: hear_count >= practised by boss
        practice: hear_count <= begun by log
        says: The manager sees all complaints; the register holds few.
        settle: Read the register together.
        initiatives: [i01]
  - id: mend
    code: MEN
    title: Mending
    questions:
      - id: mend_cause
        type: level
        text: What happens to the causes?
        ask: [boss]
        options: [{label: Nothing}, {label: Talk}, {label: A list}, {label: A plan}, {label: They are gone}]
initiatives:
  - {id: i01, code: I-01, title: Rule and register, lifts: {hear_all: practised, hear_back: practised},
     effort: {low: 4, high: 8}, weeks: 3, owner: desk, steps: [Write it.], success: It is used., risk: It is long.}
  - {id: i02, code: I-02, title: Monthly talk on causes, lifts: {mend: practised}, effort: {low: 2, high: 4}, weeks: 2,
     owner: boss, steps: [Meet.], success: Causes are gone., risk: It is only talk.}
"""
ENGAGEMENT = """\
assess: engagement/1
organization: {name: Corner Hotel, staff: 40}
rubric: small
rubric_version: "1.0"
assessed_on: 2026-06-30
invited: {boss: 1, desk: 1, guest: 4}
"""
BOSS = """\
assess: answers/1
respondent: r-anna
role: boss
submitted: 2026-06-20
answers:
  hear_count: practised
  mend_cause: defined
"""
DESK = """\
assess: answers/1
respondent: r-ben
role: desk
submitted: 2026-06-21
answers:
  hear_count:
    value: practised
    evidence:
      - {title: Book of complaints, kind: document, dated: 2026-05-02}
  hear_written: no
  hear_days: 9
  hear_ways: [letter, mail]
  hear_reply: practised
"""
LOG = """\
assess: answers/1
respondent: r-register
role: log
kind: document
submitted: 2026-06-22
answers:
  hear_count: begun
  hear_days: 21
  hear_since: 2024-02-01
"""
GUEST = """\
assess: answers/1
respondent: r-{name}
role: guest
alone: true
submitted: 2026-06-23
answers:
  hear_reply: {answer}
"""


@pytest.fixture
def place(tmp_path):
    """A folder with `rubrics/small.yaml` and the engagement `org`, and `edit` to change one of its texts."""
    answers = {"boss": BOSS, "desk": DESK, "log": LOG}
    answers |= {
        name: GUEST.format(name=name, answer=answer) for name, answer in [("carl", "defined"), ("dora", "begun")]
    }
    texts = {"rubrics/small.yaml": RUBRIC, "org/engagement.yaml": ENGAGEMENT}
    texts |= {f"org/answers/{name}.yaml": text for name, text in answers.items()}
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")

    def edit(name, old, new):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert old in text
        (tmp_path / name).write_text(text.replace(old, new), encoding="utf-8")

    return SimpleNamespace(root=tmp_path, org=tmp_path / "org", rubrics=tmp_path / "rubrics", edit=edit)


@pytest.fixture
def run(place):
    """The program, with the small rubric within reach; it never ends in anything but an exit code."""

    def command(*words):
        result = CliRunner(env={"ASSESS_RUBRICS": str(place.rubrics)}).invoke(app, [str(word) for word in words])
        assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
        assert "Traceback" not in result.output
        return result

    return command

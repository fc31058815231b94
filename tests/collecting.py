"""A service rubric of every type of question, engagement folders of it, and what collecting them tells."""

from pathlib import Path
from textwrap import dedent, indent

from assess.collect import OF_CHECK, collect, confided, count_answers, open_engagement
from assess.documents import parse, validated
from assess.model.rubric import Rubric
from assess.problems import errors

RUBRIC = """
assess: rubric/1
id: service
title: Service
version: "1.0"
levels:
  - {key: absent, title: Absent, at: 0}
  - {key: defined, title: Defined, at: 50}
  - {key: practised, title: Practised, at: 100}
roles:
  - {id: executive, code: EX, title: Executive}
  - {id: team, code: TM, title: Team}
  - {id: customer, code: CU, title: Customer}
  - {id: record, code: RC, title: Logs, people: false}
policies: {anonymous: [CU]}
option_sets:
  agree: [{key: never, label: Never}, {key: often, label: Often}, {key: always, label: Always}]
principles:
  - id: lis
    code: LIS
    title: Listening
    criteria:
      - id: lis_purpose
        code: LIS-1
        title: Purpose
        questions:
          - id: purpose
            type: level
            text: Which decision does it serve?
            renamed_from: [aim]
            options:
              - {label: None}
              - {label: Some, renamed_from: [partly]}
              - {label: All of them}
            ask: [executive, team]
            allow: [na, unknown, declined]
          - {id: proved, type: level, text: Proved?, options: [{label: A}, {label: B}, {label: C}], ask: [team],
             evidence: required_from defined}
          - {id: logged, type: yesno, text: Logged?, ask: [record], weight: 0, note: required}
      - id: lis_reach
        title: Reach
        questions:
          - {id: reach, type: scale, text: How often?, options_from: agree, allow: [unknown]}
          - {id: sector, type: choice, text: Which sector?, options: [{key: retail, label: R}, {key: public, label: P}],
             evidence: required}
          - {id: written, type: yesno, text: Written?, allow: []}
          - {id: tools, type: multi, text: Tools?, required: false,
             options: [{key: chat, label: C}, {key: mail, label: M}, {key: nothing, label: N, exclusive: true}]}
          - {id: channels, type: multi, text: Channels?, required: false,
             options: [{key: web, label: Web}, {key: shop, label: Shop}]}
          - {id: share, type: number, text: Share?, min: 0, max: 100, unit: "%", show_when: written = yes}
          - {id: staff, type: number, text: Staff?, integer: true, required: false}
          - {id: since, type: date, text: Since?, required: false}
          - {id: story, type: text, text: Story?, required: false}
  - id: own
    title: Own questions
    questions:
      - {id: plain, type: yesno, text: Plain?, required: false}
initiatives:
  - {id: i01, code: I-01, title: Register, effort: {low: 1, high: 2}, weeks: 2, owner: team, renamed_from: [i00]}
"""

ENGAGEMENT = """\
assess: engagement/1
organization: {id: acme, name: Acme}
rubric: service
rubric_version: "1.0"
assessed_on: 2026-06-30
"""


def rubric_of(text: str) -> Rubric:
    document = parse(text, "rubric.yaml")
    data = {key: value for key, value in document.data.items() if key != "assess"}
    record, problems = validated(document, Rubric, data)
    assert record is not None, problems
    return record.model_copy(update={"hash": "sha256:now"})


SERVICE = rubric_of(RUBRIC)
PROPER = {"anna": "purpose: defined"}


def answers_file(respondent, answers, head="role: team\nsubmitted: 2026-06-01"):
    """Answers begin in line 6."""
    return f"assess: answers/1\nrespondent: {respondent}\n{head}\nanswers:\n{indent(dedent(answers), '  ')}\n"


def written(folder: Path, files=(), engagement=ENGAGEMENT, agreed=""):
    """An engagement folder; `files` are texts by respondent, or file contents by file name."""
    (folder / "answers").mkdir(parents=True, exist_ok=True)
    (folder / "engagement.yaml").write_text(engagement, encoding="utf-8")
    for name, text in dict(files).items():
        named = name if "." in name else f"{name}.yaml"
        content = text if "." in name else answers_file(name, text)
        (folder / "answers" / named).write_text(content, encoding="utf-8")
    if agreed:
        (folder / "answers" / "_agreed.yaml").write_text(
            f"assess: agreed/1\nanswers:\n{indent(dedent(agreed), '  ')}\n"
        )
    return folder


def gathered(path: Path, rubric=SERVICE):
    """The sheet, and what every command says of the files."""
    engagement, document = open_engagement(path)
    collected, problems = collect(path, engagement, document, rubric)
    if not errors(problems):
        problems = confided(rubric, collected, count_answers(rubric, collected), problems)
    return collected, tuple(problem for problem in problems if problem.code not in OF_CHECK)


def doubted(path: Path, rubric=SERVICE):
    """What `check` alone says of the files."""
    collected, problems = collect(path, *open_engagement(path), rubric)
    if not errors(problems):
        problems = confided(rubric, collected, count_answers(rubric, collected), problems)
    return tuple(problem for problem in problems if problem.code in OF_CHECK - {"unquoted"})


def told(problems):
    """Code, severity and line of every problem."""
    return [(p.code, p.severity, p.location.line if p.location else 0) for p in problems]


def only(problems):
    assert len(problems) == 1, problems
    return problems[0]

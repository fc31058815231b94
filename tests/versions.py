"""Two versions of one rubric, in which all that can become of a question becomes of one, and answers carried over."""

from pathlib import Path
from textwrap import dedent

from assess.authoring.migrate import migrated
from assess.load import load

HEAD = """\
assess: rubric/1
id: desk
title: Desk
version: "{version}"
levels:
  - {{key: low, title: Low, at: 0}}
  - {{key: mid, title: Mid, at: 50}}
  - {{key: top, title: Top, at: 100}}
roles:
  - {{id: boss, title: Boss}}
  - {{id: team, code: TE, title: Team}}
  - {{id: guest, title: Guest}}
policies: {{anonymous: [guest], min_cell: 3}}
"""
OLD = (
    HEAD.format(version="1.0")
    + """\
principles:
  - id: pace
    title: Pace
    questions:
      - {id: kept, type: level, text: Is it kept?, options: [{label: No}, {label: Partly}, {label: Yes}]}
      - {id: first_name, type: level, text: Is it named?, options: [{label: No}, {label: Some}, {label: All}]}
      - {id: whole, type: level, text: Is it whole?, options: [{label: No}, {label: Some}, {label: All}]}
      - {id: one, type: level, text: One?, options: [{label: No}, {label: Some}, {label: All}]}
      - {id: two, type: level, text: Two?, options: [{label: No}, {label: Some}, {label: All}]}
      - {id: steps, type: scale, text: Steps?, options: [{key: bad, label: Bad}, {key: fair, label: Fair},
         {key: good, label: Good}, {key: best, label: Best}]}
      - {id: ways, type: multi, text: Ways?, options: [{key: mail, label: Mail}, {key: fax, label: Fax},
         {key: telex, label: Telex}, {key: shop, label: Shop}]}
      - {id: days, type: number, text: Days?, min: 0, max: 90, weight: 0}
      - {id: since, type: date, text: Since?}
      - {id: story, type: text, text: Story?}
      - {id: outdated, type: yesno, text: Is there a telex?}
      - {id: forgotten, type: yesno, text: Is there a pager?}
"""
)
NEW = (
    HEAD.format(version="1.1")
    + """\
principles:
  - id: pace
    title: Pace
    questions:
      - {id: kept, type: level, text: Is it kept?, options: [{label: No}, {label: Partly}, {label: Yes}]}
      - {id: named, type: level, text: Is it named?, options: [{label: No}, {label: Some}, {label: All}],
         renamed_from: [first_name]}
      - {id: half_a, type: level, text: Is the first half whole?, options: [{label: No}, {label: Some}, {label: All}]}
      - {id: half_b, type: choice, text: And the second?, options: [{key: no, label: No}, {key: yes, label: Yes}]}
      - {id: both, type: level, text: One and two?, options: [{label: No}, {label: Some}, {label: All}]}
      - {id: steps, type: scale, text: Steps?, options: [{key: bad, label: Bad}, {key: good, label: Good}]}
      - {id: ways, type: multi, text: Ways?, options: [{key: mail, label: Mail}, {key: wire, label: By wire},
         {key: counter, label: Shop, renamed_from: [shop]}]}
      - {id: days, type: number, text: Days?, min: 0, max: 60, weight: 0}
      - {id: since, type: date, text: Since?}
      - {id: story, type: text, text: Your story?}
      - {id: fresh, type: yesno, text: Is it fresh?, ask: [team]}
migrations:
  - from: "1.0"
    to: "1.1"
    split: {whole: [half_a, half_b]}
    merge: {both: {of: [one, two], rule: worst}}
    retire: [outdated]
    rescale:
      half_b: {low: no, mid: no, top: yes}
      steps: {fair: bad, best: good}
      ways: {fax: wire, telex: wire}
"""
)
ENGAGEMENT = """\
assess: engagement/1
organization: {name: Acme}
rubric: desk   # the one for desks
rubric_version: "1.0"
assessed_on: 2026-06-30
"""


def rubric(folder: Path, text: str, name: str = "rubric"):
    """The rubric of a text, read from a file below the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load(folder / f"{name}.yaml")[0]


def versions(folder: Path):
    """The old and the new rubric, in `v1/desk` and `v2/desk` below a folder."""
    return rubric(folder / "v1" / "desk", OLD), rubric(folder / "v2" / "desk", NEW)


def answers(text, role="team", respondent="r-anna"):
    """An answers file; answers begin in line 6."""
    body = "".join(f"  {line}\n" if line else "\n" for line in dedent(text).strip("\n").split("\n"))
    return f"assess: answers/1\nrespondent: {respondent}\nrole: {role}\nsubmitted: 2026-06-01\nanswers:\n{body}"


def engagement(folder: Path, files, text=ENGAGEMENT):
    """An engagement in `org` below a folder; files are texts by name below `answers`."""
    (folder / "org" / "answers").mkdir(parents=True, exist_ok=True)
    (folder / "org" / "engagement.yaml").write_text(text, encoding="utf-8", newline="")
    for name, content in files.items():
        (folder / "org" / "answers" / f"{name}.yaml").write_text(content, encoding="utf-8", newline="")
    return folder / "org"


def carrying(folder: Path, old, new):
    """What tells what the answers of one team member become: the text below `answers:`, and the whole migration."""

    def through(text, with_old=True):  # noqa: FBT002 - both ways are tested
        org = engagement(folder, {"anna": answers(text)})
        found = migrated(org, new, old if with_old else None)
        return found.files["answers/anna.yaml"].split("answers:\n", 1)[1], found

    return through


def fates(found):
    """What became of each old answer, and where it stands now."""
    return {fated.name: (fated.fate, fated.targets) for _, fated in found.fates()}

"""A small rubric to lay something over, and overlays written beside it."""

BASE = {
    "rubric": """\
assess: rubric/1
id: base
title: Base
version: "1"
scale: {min: 0, max: 2}
levels: [{key: low, title: Low, at: 0}, {key: mid, title: Mid, at: 50}, {key: high, title: High, at: 100}]
roles: [{id: boss, code: BO, title: Boss}, {id: team, title: Team}]
policies: {target: mid, min_cell: 4}
aggregate: {geometric: {floor: 1}}
headlines:
  - {when: first >= mid, says: Good.}
  - {says: Begun.}
sources: [{id: book, title: A book}]
claims:
  - {code: C1, source: book, says: Say it., home: first_a, also: [second_a]}
  - {code: C2, source: book, says: Do it., home: second_a}
references: [{code: F1, says: It is known., source: A paper, standing: read, bears_on: [first_a, second_a]}]
migrations: [{from: "0", to: "1"}]
translations: [{language: fr, texts: {fq.text: {says: Comment?}}}]
""",
    "principles__1": """\
assess: principle/1
id: first
code: FIR
title: First
claims: [C1]
criteria:
  - id: first_a
    code: FIR-1
    title: First of all
    questions:
      - id: fq
        type: level
        text: How is it?
        options: [{label: Bad}, {label: So so}, {label: Good}]
        ask: {boss: "How, boss?", team: ~}
      - {id: ff, type: yesno, weight: 0, text: Is it so?}
  - id: first_b
    title: Second of all
    questions: [{id: fb, type: yesno, text: Is there another?}]
    gates: [{id: gb, when: ff = no, cap: {of: [first_b], at: low}, because: B, lifted_by: [i1]}]
""",
    "principles__2": """\
assess: principle/1
id: second
title: Second
criteria:
  - id: second_a
    title: The other
    claims: [C2]
    questions: [{id: sq, type: yesno, text: Is the other there?}]
clashes:
  - {id: k, claim: sq = yes, practice: ff = no, says: They differ., initiatives: [i1]}
""",
    "initiatives": """\
assess: initiatives/1
initiatives:
  - {id: i1, code: I-1, title: Do it, lifts: {first_b: mid, second_a: mid}, effort: {low: 1, high: 2}, weeks: 2,
     owner: boss}
  - {id: i2, title: Do more, lifts: {first_a: high}, effort: {low: 1, high: 2}, weeks: 2, owner: team, needs: [i1]}
""",
    "personas": """\
assess: persona/1
id: worst
title: Worst
assessed_on: 2026-06-30
answers: {boss: {fq: low, ff: no, fb: no, sq: no}, team: {fq: low}}
expect: {scores: {overall: 0}, gates: [gb]}
""",
}
HEAD = 'assess: overlay/1\nid: mine\nbase: base\nversion: "7"\n'


def written(folder, files):
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def over(folder):
    """A base in a folder, and what writes overlays beside it: some text below a head, and other files."""
    written(folder / "base", BASE)

    def made(text="", head=HEAD, **files):
        return written(folder / "mine", {"rubric": head + text, **files})

    return made

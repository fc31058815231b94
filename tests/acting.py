"""A small rubric with personas for the tests of `assess rubric test`, and a folder to change it in."""

from types import SimpleNamespace

from assess.authoring.test.expectations import opened, tried

RUBRIC = """\
assess: rubric/1
id: small
title: How complaints are answered
version: "1"
scale: {min: 0, max: 3}
levels:
  - {key: absent, title: Absent, at: 0}
  - {key: started, title: Started, at: 33}
  - {key: defined, title: Defined, at: 66}
  - {key: proven, title: Proven, at: 100}
roles:
  - {id: desk, code: DE, title: Complaints desk}
  - {id: head, title: Head of service}
policies: {target: defined}
headlines:
  - {when: overall < started, says: "{backlog} letters lie there."}
  - {when: overall < proven, says: Some letters are answered.}
  - {says: All letters are answered.}
principles:
  - id: learning
    code: LEA
    title: Learning
    says: {gap: Nothing is learned yet., strength: Causes are gone.}
    questions:
      - id: register_kept
        type: yesno
        weight: 0
        text: Is there a register?
        ask: [desk]
      - id: register_form
        type: choice
        weight: 0
        text: Which form has it?
        show_when: register_kept = yes
        ask: [desk]
        options: [{key: book, label: A book}, {key: sheet, label: A sheet}]
      - {id: backlog, type: number, weight: 0, min: 0, text: How many letters wait?, ask: [desk]}
      - id: causes
        type: level
        text: What happens to the causes?
        options: [{label: Nothing}, {label: Talk}, {label: A list}, {label: They are gone}]
    gates:
      - {id: no_register, when: register_kept = no, cap: {of: [learning], at: started}, because: B, lifted_by: [K-01]}
      - {id: many_wait, when: backlog > 20, flag: true, because: Many wait, lifted_by: [k02]}
    clashes:
      - id: learned_on_paper
        claim: causes >= defined by head
        practice: causes <= started by desk
        says: The head sees causes gone.
        initiatives: [k01]
  - id: risk
    title: Risk
    aggregate:
      rules:
        cases:
          - {when: "only(guards, nothing)", is: high}
          - {when: "not has(guards, review)", is: middle}
        otherwise: low
        values: {high: 0, middle: 50, low: 100}
    questions:
      - id: guards
        type: multi
        text: How is it guarded?
        options: [{key: lock, label: Lock}, {key: review, label: Review}, {key: nothing, label: None, exclusive: true}]
initiatives:
  - {id: k01, code: K-01, title: Register, lifts: {learning: defined}, effort: {low: 4, high: 8}, weeks: 3, owner: desk}
  - {id: k02, code: K-02, title: Review, lifts: {risk: defined}, effort: {low: 2, high: 4}, weeks: 2, owner: head}
"""
POOR = """\
assess: persona/1
id: poor
title: Letters lie about
assessed_on: 2026-06-30
answers:
  desk:
    register_kept: no
    backlog: 40
    causes: absent
    guards: [nothing]
  head: {causes: defined}
expect:
  # what the desk says counts
  scores: {learning: 0.99, LEA: 0.99, risk: 0, overall: 0.5}
  levels: {overall: absent, risk: absent}
  gates:
    - no_register
    - many_wait  # a flag
  not_gates: []
  clashes: [learned_on_paper]
  planned: [K-01, k02]
"""
RICH = """\
assess: persona/1
id: rich
title: Letters are answered
like: poor
assessed_on: 2026-06-30
staff: 40
answers:
  desk: {register_kept: yes, register_form: book, backlog: 1, causes: proven, guards: [lock, review]}
  head: {causes: proven}
expect: {scores: {overall: 3}, levels: {overall: proven}, not_gates: [no_register, many_wait], clashes: []}
"""
FILES = {"rubric.yaml": RUBRIC, "personas/poor.yaml": POOR, "personas/rich.yaml": RICH}


def stage(tmp_path, **changed):
    """The rubric `small` in a folder, with `edit` to change a text of it, `trial` and `trials` to run its personas."""
    root = tmp_path / "rubrics" / "small"
    for name, text in {**FILES, **changed}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")

    def read(name):
        return (root / name).read_bytes().decode("utf-8")

    def edit(name, old, new):
        assert old in read(name)
        (root / name).write_bytes(read(name).replace(old, new).encode("utf-8"))

    def trials():
        rubric, sources = opened(root)
        return {persona.id: tried(rubric, sources, persona) for persona in rubric.personas}

    return SimpleNamespace(root=root, read=read, edit=edit, trials=trials, trial=lambda name: trials()[name])

"""A small sound rubric to begin from: one principle with everything around it, and comments that say what to change."""

from collections.abc import Mapping

from assess.scaffold import double_quoted

_RUBRIC = """\
# A rubric says what good looks like, how one sees it, and what to do about it. This one is sound as it stands:
# change a little, then check it and test it again.
assess: rubric/1
id: {id}
title: {title}
version: "0.1"                 # answers belong to a version: change it when an answer could mean something else
summary: What this rubric judges and what it does not, in a paragraph for the client.
scale: {{min: 0, max: 3}}        # how scores are printed
levels:                        # of every criterion, lowest first; `at` is on 0..100
  - {{key: absent, title: Absent, at: 0, says: Nothing of it can be seen.}}
  - {{key: begun, title: Begun, at: 100/3, says: It depends on one person.}}
  - {{key: defined, title: Defined, at: 200/3, says: It is written down and known.}}
  - {{key: proven, title: Proven, at: 100, says: It is done and recorded.}}
roles:                         # who answers, and who does the work
  - {{id: team, title: Team}}
  - {{id: head, title: Head of the team}}
  - {{id: log, title: Logs and registers, people: false}}
policies:
  target: defined              # the level every criterion should reach
  unknown: zero                # a don't-know counts as the worst answer
headlines:                     # the one sentence the client remembers: the first that holds
  - {{when: overall >= defined, says: It is in place.}}
  - {{says: It has yet to be put in place.}}
"""

_PRINCIPLE = """\
# One file per principle. A principle is a stand that somebody could disagree with.
assess: principle/1
id: first
code: FIR
title: First principle
summary: What the principle asks for.
why: What goes wrong without it.
criteria:                      # what can be better or worse by itself; four to six, not just two
  - id: first_rule
    code: FIR-1
    title: There is a rule
    summary: It is settled who does what, and everybody concerned knows it.
    key: true                  # the principle lies at most one point above this criterion
    proof: ["The rule itself, with its date"]
    says:
      gap: It is not yet settled who does what, so it depends on who happens to be there.
      strength: It is settled who does what, and people know it.
    questions:
      - id: first_rule_state   # one question with anchors: each differs from the next in kind
        type: level
        text: What is settled about it today?
        help: Think of the last time somebody new had to do it.
        options:
          - {{label: Nothing is settled}}
          - {{label: One of us knows how it is done}}
          - {{label: There is a written rule}}
          - {{label: "The written rule was checked in the last 12 months, and changed where it did not fit"}}
        ask: [team, head]
        allow: [unknown]
        evidence: required_from defined
    facts:                     # asked beside the questions, weigh nothing, and are read by gates such as the one below
      - id: first_rule_written
        type: yesno
        text: Is there a written rule with a date and an owner?
        ask: [team]
        unknown_as: no
  - id: first_practice
    code: FIR-2
    title: It is done
    summary: What the rule says is what happens.
    says:
      gap: What happens cannot be told from the records yet.
      strength: What the rule says is what happens, and the records show it.
    questions:
      - id: first_practice_cases
        type: level
        text: What happened in the last ten cases?
        help: Take the last ten, whoever was on duty.
        options:
          - {{label: Nobody can say}}
          - {{label: Some were done}}
          - {{label: Most were done as the rule says}}
          - {{label: "All were done as the rule says, and the records show it"}}
        ask: {{team: ~, head: What happened in the last ten that you heard of?, log: How many of ten are on record?}}
gates:                         # without this, that cannot be good
  - id: first_unwritten
    title: Nothing in writing
    when: first_rule_written = no
    cap: {{of: [first_practice], at: begun}}
    because: Without a written rule nobody can tell whether it was followed
    lifted_by: [i01]
clashes:                       # one says this, another sees that
  - id: first_unseen
    title: Done on paper
    claim: first_practice_cases >= defined by head
    practice: first_practice_cases <= absent by log
    says: The head of the team sees it done; the records hold nothing of it.
    settle: Go through the last ten cases together.
    initiatives: [i01]
"""

_INITIATIVES = """\
# What can be done about it: work that somebody can begin on Monday.
assess: initiatives/1
initiatives:
  - id: i01
    code: I-01
    title: Rule on one page
    why: What is written down can be followed, shown and improved.
    lifts: {{first_rule: defined, first_practice: defined}}
    effort: {{low: 3, high: 6}}  # person-days of the owner
    weeks: 4                   # until it works
    owner: team
    steps: [Write down how the last case went., Ask two colleagues what is missing., Put the page where the work is.]
    success: Somebody new finds the page and needs no help.
    risk: The page is written and never looked at again.
    exit: Fold it into the handbook of the house once that has a place for it.
"""

_PERSONA = """\
# A persona is a test: an invented organization, and what must come out for it.
assess: persona/1
id: nothing_yet
title: Nothing in place yet
story: The worst answer everywhere.
assessed_on: 2026-06-30
staff: 200
answers:
  team: {{first_rule_state: absent, first_rule_written: no, first_practice_cases: absent}}
  head: {{first_rule_state: absent, first_practice_cases: absent}}
expect:
  scores: {{first: 0, overall: 0}}
  levels: {{overall: absent}}
  gates: [first_unwritten]
  clashes: []
  planned: [i01]
"""

_FILES = {
    "rubric.yaml": _RUBRIC,
    "principles/1_first.yaml": _PRINCIPLE,
    "initiatives.yaml": _INITIATIVES,
    "personas/nothing_yet.yaml": _PERSONA,
}


def starting(identity: str, title: str) -> Mapping[str, str]:
    """Path below the folder to text of a rubric that has no problems and whose persona comes out as expected."""
    return {name: text.format(id=identity, title=double_quoted(title)) for name, text in _FILES.items()}

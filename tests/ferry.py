"""A small rubric in which every kind of text stands at least once."""

FERRY = """\
assess: rubric/1
id: full
title: The ferry
version: "1"
summary: How a ferry keeps its hours.
levels: [{key: low, title: Low, at: 0, says: Boats go when they go.}, {key: top, title: Top, at: 50}]
roles: [{id: mate, title: Mate}, {id: log, title: Log of the bridge, people: false}]
option_sets: {often: [{key: never, label: Never}, {key: always, label: Always}]}
headlines:
  - {when: late > 3, says: "Late by {late}", cause: Nobody looks at the clock., initiatives: [clocks]}
  - {id: fine, says: {known: [{when: late = 0, says: On time}, Nearly on time], unknown: Nobody knows}}
sources: [{id: book, title: The book of hours, author: A mate, note: Written at sea.}]
claims: [{code: C-1, source: book, says: A ferry is waited for., good: It sails., home: hours}]
references: [{code: F1, says: Tides matter., source: A table, standing: read, caveat: Only here., bears_on: [hours]}]
principles:
  - id: hours
    kind: duty
    title: Hours
    titles: {mate: When you sail}
    summary: It sails when it says.
    why: People wait in the rain.
    proof: [The log, The table on the pier]
    says: {gap: {low: It sails late., top: It sails a little late.}, strength: It sails on time.}
    questions:
      - id: board
        type: level
        text: What stands on the board?
        ask: {mate: {text: What do you write?, help: none, options: {low: I write nothing}}}
        options: [{label: Nothing}, {label: The hours}]
    facts:
      - {id: late, type: number, unit: minutes, unit_one: minute, of: of the hour, text: How late?, ask: [log]}
      - id: bell
        type: yesno
        text: Is there a bell?
        states: {yes: A bell rings., no: No bell rings.}
        caps:
          {when: no, of: [hours], at: low, title: No bell, because: nobody hears it, so: They run., lifted_by: [clocks]}
      - {id: how_often, type: scale, text: How often?, options_from: often}
    gates:
      - id: stopped
        title: It does not sail
        when: late > 50
        flag: true
        because: {known: "it is late by {late}", unknown: nobody wrote it down}
        decision: {stop: Selling tickets, who: mate}
    clashes:
      - {id: said, title: Two hours, claim: board = top, practice: late > 9, says: Two are told., settle: The log.}
initiatives:
  - id: clocks
    title: Clocks
    why: They tell the hour.
    lifts: {hours: top}
    effort: {low: 1, high: 2}
    weeks: 2
    owner: mate
    steps: [Buy one, Hang it]
    success: It goes.
    done: It hangs.
    risk: It stops.
    exit: When it rusts.
    proof: {what: A photograph, weeks: 2}
"""

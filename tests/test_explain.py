"""Explanations: an auditor with a pencil gets from the answers to every score, and meets no person on the way."""

import json
import re

import pytest
from factories import built, node, percent, said, sheet

from assess.explain import explain, what_would_change
from assess.model.answers import Answer, Settlement
from assess.model.engagement import EvidenceItem
from assess.scoring import score_organization
from assess.workflow import read_engagement, score

SETTLED = """\
assess: agreed/1
answers:
  hear_count: {value: defined, basis: [r-anna, r-register], why: r-anna counted again with r-ben.}
"""


@pytest.fixture
def told(run, place):
    def explain(name):
        return run("explain", place.org, name).stdout

    return explain


def block(text, title):
    """The lines below a heading, without their indent."""
    lines = text.split("\n")
    start = lines.index(title) + 1
    end = next(
        (n for n in range(start, len(lines)) if not lines[n] and not lines[n + 1 : n + 2][0].startswith(" ")), None
    )
    return [line.strip() for line in lines[start:end]]


def figures(line):
    return [float(text) for text in re.findall(r"-?\d+\.\d{6}", line)]


def test_the_root_can_be_recomputed_from_its_logarithms(told):
    shown = told("overall")
    assert shown.startswith("Overall\n  Score 1.42 on 0 to 4 (")
    rows = [line for line in shown.splitlines() if line.startswith(("    HEA ", "    MEN "))]
    assert [row.split()[2] for row in rows] == ["1.00", "2.00"]
    value, log, product = figures(rows[0])
    assert (value, log, product) == (25.0, 3.248435, 1.624217)
    assert "Sum = 3.585204." in shown
    assert "exp(sum) = 36.060713." in shown
    assert "mapped back, (… - 1) / 0.99 = 35.414861." in shown
    assert figures(shown.splitlines()[1]) == [35.414861]


def test_a_principle_shows_its_parts_its_key_cap_and_its_clashes(told, place):
    place.edit("org/answers/desk.yaml", "hear_written: no", "hear_written: yes")
    place.edit("org/answers/log.yaml", "hear_count: begun", "hear_count: absent")
    place.edit("org/answers/desk.yaml", "hear_reply: practised", "hear_reply: leading")
    place.edit("rubrics/small.yaml", "evidence: {}", "key_headroom: 0.5")
    shown = told("HEA")
    assert shown.startswith("HEA Hearing\n  Score 0.50 on 0 to 4 (12.500000 of 100), level Absent.\n")
    assert "Before caps: 34.375000 of 100 = 1.375." in shown.replace("1.375000", "1.375")
    caps = block(shown, "Caps and flags")
    assert caps[0] == "hear_all: caps the score at 0.00 + 0.5 = 0.50 (12.500000 of 100) and decides it."
    assert '"All are taken in" is the key criterion of "Hearing" and stands at 0.00' in caps[1]
    assert caps[2] == "Lifted by I-01 Rule and register."
    assert caps[3:] == [
        "hear_not_seen: a clash, both halves hold.",
        "Claim (holds): hear_count >= practised by boss",
        "Practice (holds): hear_count <= begun by log",
    ]


def test_a_gate_is_shown_with_its_condition_and_what_lifts_it(told, place):
    caps = block(told("HEA-2"), "Caps and flags")
    assert caps == [
        "hear_no_rule: caps the score at 1.00 (25.000000 of 100) and decides it.",
        "Without a rule an answer is a favour.",
        "Condition (holds): hear_written = no",
        "Lifted by I-01 Rule and register.",
    ]
    place.edit("org/answers/desk.yaml", "hear_written: no", "hear_written: yes")
    assert block(told("HEA-2"), "Caps and flags") == [
        "hear_no_rule: would cap the score at 1.00.",
        "Condition (does not hold): hear_written = no",
    ]
    place.edit("org/answers/desk.yaml", "  hear_written: yes\n", "")
    assert "Condition (undecided): hear_written = no" in told("HEA-2")


def test_a_disagreement_shows_every_role_and_which_answer_counts(told):
    assert told("hear_count") == (
        "hear_count: Which complaints are written down?\n"
        "  Score 1.00 on 0 to 4 (25.000000 of 100).\n"
        "  Answers by role:\n"
        "    Manager: practised = 3.00\n"
        "      asked: Which complaints reach you in writing?\n"
        "    Complaint desk: practised = 3.00\n"
        "    Complaint register: begun = 1.00\n"
        "  Roles together: mean of 3 roles, 3.00, 3.00 and 1.00 = 2.333333.\n"
        "  Disagreement: Complaint register is 2 levels or more from Manager.\n"
        "    The lowest of them counts until that is settled in answers/_agreed.yaml: 1.00.\n"
        "  Evidence: documented, which allows at most 3.00; nothing is held down.\n"
        "    Book of complaints (document, dated 2026-05-02)\n"
    )


def test_an_agreed_value_is_shown_with_basis_and_reason_and_names_roles_only(told, place):
    (place.org / "answers" / "_agreed.yaml").write_text(SETTLED, encoding="utf-8")
    shown = told("hear_count")
    assert "Score 2.00 on 0 to 4" in shown
    assert "The lowest of them counts until that was settled, see below: 1.00." in shown
    assert "Settled: defined = 2.00 replaces it, on the answers of Manager and Complaint register.\n" in shown
    assert "    because: Manager counted again with Complaint desk.\n" in shown


def test_the_ceiling_of_evidence_says_what_it_holds_down(told, place):
    place.edit("org/answers/log.yaml", "hear_count: begun", "hear_count: practised")
    place.edit("org/answers/desk.yaml", "dated: 2026-05-02", "dated: 2020-05-02")
    shown = told("hear_count")
    assert "Evidence: stated, which allows at most 2.00; held down from 3.00." in shown
    assert "Book of complaints (document, dated 2020-05-02, does not count: older than 12 months)" in shown
    assert "Disagreement: no role is 2 levels or more from Manager." in shown


def test_several_answers_of_one_role_are_combined_first(told, place):
    second = (place.org / "answers" / "boss.yaml").read_text(encoding="utf-8")
    second = second.replace("r-anna", "r-eve").replace("mend_cause: defined", "mend_cause: practised")
    (place.org / "answers" / "eve.yaml").write_text(second, encoding="utf-8")
    shown = told("mend_cause")
    assert "Manager: defined = 2.00, practised = 3.00; mean 2.50" in shown
    assert "Roles together: mean of 1 role = 2.50." in shown
    assert "Manager: 2 x practised = 3.00; mean 3.00" in told("hear_count")


def test_roles_by_head_count_show_their_heads(told, place):
    place.edit("rubrics/small.yaml", "  unknown: zero", "  unknown: zero\n  roles: headcount")
    place.edit("rubrics/small.yaml", "min_cell: 3", "min_cell: 1")
    shown = told("hear_reply")
    together = "3.00 (1 answer) and 1.50 (2 answers) = 2.00."
    assert f"Roles together: mean of 2 roles, by number of answers, {together}" in shown


def test_what_nobody_answered_says_who_was_asked_and_what_follows(told, place):
    place.edit("org/answers/boss.yaml", "  mend_cause: defined\n", "")
    shown = told("mend_cause")
    assert "No score." in shown
    assert "It may still be anything from 0.00 to 4.00." in shown
    assert (
        "Not answered by anybody who was asked (Manager); until it is, it is left out and the rest weighs more."
        in shown
    )
    node = told("mend")
    assert "Not scored: 0% of its weight is answered, 67% are needed." in node
    assert "Left out, because it has no score: mend_cause (weight 1 of all)." in node


def test_what_nobody_knows_counts_as_the_rubric_says(told, place):
    place.edit("org/answers/boss.yaml", "mend_cause: defined", "mend_cause: {unknown: true}")
    shown = told("mend_cause")
    assert "Score 0.00 on 0 to 4" in shown
    assert "Nobody who was asked knows (Manager); the worst answer counts." in shown
    assert "Manager: don't know" in shown
    place.edit("rubrics/small.yaml", "  unknown: zero\n", "")
    assert "Nobody who was asked knows (Manager); as if unanswered." in told("mend_cause")


def test_what_does_not_apply_is_left_out_with_its_reason(told, place):
    place.edit("org/answers/desk.yaml", "hear_reply: practised", "hear_reply: {na: true, why: We have no guests.}")
    place.edit("org/answers/desk.yaml", "role: desk", "role: desk\nquote: true")
    for name in ("carl", "dora"):
        (place.org / "answers" / f"{name}.yaml").unlink()
    shown = told("hear_reply")
    assert "Does not apply; it is left out." in shown
    assert "because: We have no guests." in shown
    assert "Left out, because it has no score: HEA-2 All are answered (weight 1/2 of all)." in told("HEA")


def test_a_fact_shows_who_said_what_and_which_condition_reads_it(told):
    shown = told("hear_written")
    assert "A fact: it has no score of its own; conditions read it." in shown
    assert "Complaint desk: no" in shown
    assert "Read by gate hear_no_rule: hear_written = no" in shown
    assert "Complaint desk: 9 days" in told("hear_days")
    assert "Numbers are averaged within a role, then over the roles." in told("hear_days")
    assert "Complaint desk: letter and mail" in told("hear_ways")
    assert "Complaint register: 2024-02-01" in told("hear_since")


def test_a_fact_nobody_answered_says_what_conditions_read_instead(told, place):
    place.edit("org/answers/desk.yaml", "  hear_written: no\n", "")
    assert "Not answered by anybody who was asked (Complaint desk)." in told("hear_written")
    place.edit(
        "rubrics/small.yaml", "            text: Is there", '            unknown_as: "no"\n            text: Is there'
    )
    place.edit("org/answers/desk.yaml", "  hear_reply:", "  hear_written: {unknown: true}\n  hear_reply:")
    shown = told("hear_written")
    assert "Complaint desk: don't know" in shown
    assert "Nobody asked knows: conditions read it as 'no'." in shown
    assert "Condition (holds): hear_written = no" in told("HEA-2")


def test_what_was_settled_as_not_applicable_says_so(told, place):
    place.edit("org/answers/desk.yaml", "hear_reply: practised", "hear_reply: {na: true, why: No guests.}")
    text = "assess: agreed/1\nanswers:\n  hear_reply: {na: true, basis: [r-ben], why: Nobody stays here.}\n"
    (place.org / "answers" / "_agreed.yaml").write_text(text, encoding="utf-8")
    shown = told("hear_reply")
    assert "Does not apply; it is left out." in shown
    assert "Settled: not applicable replaces it, on the answers of Complaint desk." in shown
    assert "because: Nobody stays here." in shown


def test_a_key_criterion_without_a_score_caps_nothing_and_says_so(told, place):
    for name in ("boss", "desk", "log"):
        value = "begun" if name == "log" else "practised"
        old = "hear_count:\n    value: practised" if name == "desk" else f"hear_count: {value}"
        place.edit(f"org/answers/{name}.yaml", old, "hear_count:\n    value:" if name == "desk" else "hear_count:")
    place.edit(
        "org/answers/desk.yaml",
        "    evidence:\n      - {title: Book of complaints, kind: document, dated: 2026-05-02}\n",
        "",
    )
    caps = block(told("HEA"), "Caps and flags")
    assert caps[0] == "hear_all: no cap, because the key criterion has no score."


def test_flags_and_shares_of_the_whole_are_shown(told, place):
    flag = "{id: hear_slow, when: hear_days > 14, flag: true, because: Slow, lifted_by: [i01]}"
    place.edit("rubrics/small.yaml", "    clashes:\n", f"      - {flag}\n    clashes:\n")
    place.edit("rubrics/small.yaml", "aggregate: {geometric: {floor: 1}}", "aggregate: arithmetic")
    shown = told("HEA")
    assert "hear_slow: a flag, which caps nothing." in shown
    assert "Condition (holds): hear_days > 14" in shown
    assert "It carries 50% of the overall score." in shown


def test_a_question_that_is_hidden_says_why(told, place):
    place.edit(
        "rubrics/small.yaml",
        "            text: How many days pass",
        "            show_when: hear_written = yes\n            text: How many days pass",
    )
    place.edit("org/answers/desk.yaml", "  hear_days: 9\n", "")
    place.edit("org/answers/log.yaml", "  hear_days: 21\n", "")
    assert "Not asked: it is shown only when hear_written = yes." in told("hear_days")


def test_anonymous_people_who_are_too_few_count_only_where_they_said_so(told, place):
    assert "Guest: begun = 1.00, defined = 2.00; mean 1.50" in told("hear_reply")
    for name in ("carl", "dora"):
        place.edit(f"org/answers/{name}.yaml", "alone: true", "alone: false")
    shown = told("hear_reply")
    assert "Guest: fewer than 3 answers, not counted\n" in shown
    assert "begun" not in shown
    assert "Roles together: mean of 1 role = 3.00." in shown


def test_no_explanation_names_a_respondent(told, place):
    (place.org / "answers" / "_agreed.yaml").write_text(SETTLED, encoding="utf-8")
    place.edit("org/answers/desk.yaml", "title: Book of complaints", "title: Book kept by r-ben")
    for name in ("overall", "hear", "mend", "hear_all", "hear_back", "hear_count", "hear_reply"):
        assert not re.search("r-(anna|ben|carl|dora|register)", told(name)), name
    assert "Book kept by Complaint desk (document" in told("hear_count")


def test_how_much_is_open_and_claimed_is_said_in_points(told, place):
    place.edit("org/answers/desk.yaml", "  hear_written: no\n", "")
    sureness = block(told("HEA-2"), "How sure it is")
    assert sureness == [
        "100% of the weight that applies is answered.",
        "Answers come from 3 people in 2 of 2 roles asked (Guest: 2 of 4 invited).",
        "Of 2 answers asked for, one from each role per question, 2 are there (100%).",
        "1 of 1 scored question has an answer, 0 of them shown by evidence.",
        "What is still open could move it from 1.00 to 2.00.",
        "With evidence left aside it would be 2.25.",
    ]
    assert "One more point here raises the overall score by 0.43 points, as things stand." in told("mend")


@pytest.mark.parametrize(
    ("aggregate", "wanted"),
    [
        ("{staged: {reach: '> 50', lower: '> 85'}}", "Thresholds on 0..100: reach > 50, lower stages > 85."),
        ("{tally: {reach: '>= 75'}}", "Thresholds on 0..100: reach >= 75."),
        ("min", "The lowest value."),
        ("product", "Product = "),
        ("sum", "Sum = "),
        ("harmonic", "1 / sum = "),
        ("{power: {p: 0.5}}", "sum^(1 / 0.5) = "),
        ("{power: {p: 0}}", "exp(sum) = "),  # without a floor of its own it has that of a geometric mean
        ("{power: {p: -1}}", "1 / sum = "),
        ("{power: {p: -2.5}}", "mapped back, (… - 1) / 0.99 = "),
    ],
)
def test_every_way_of_aggregating_says_what_it_does(told, place, aggregate, wanted):
    place.edit("rubrics/small.yaml", "    title: Hearing\n", f"    title: Hearing\n    aggregate: {aggregate}\n")
    if "staged" in aggregate:
        place.edit("rubrics/small.yaml", "        key: true\n", "        stage: 1\n")
        place.edit(
            "rubrics/small.yaml",
            "        title: All are answered\n",
            "        title: All are answered\n        stage: 2\n",
        )
    else:
        place.edit("rubrics/small.yaml", "        key: true\n", "")
    shown = told("HEA")
    assert wanted in shown
    if "staged" in aggregate:
        assert "HEA-2 All are answered (stage 2)" in shown


def test_the_rows_of_a_first_match_table_are_shown_with_what_they_come_to(told, place):
    rules = "{rules: {cases: [{when: mend_cause >= practised, is: low}], otherwise: high, values: {low: 100, high: 0}}}"
    place.edit("rubrics/small.yaml", "    title: Mending\n", f"    title: Mending\n    aggregate: {rules}\n")
    shown = told("MEN")
    assert "low when mend_cause >= practised: does not hold." in shown
    assert "Otherwise high." in shown
    assert "Before caps: 0.000000 of 100 = 0.00, category high." in shown


def test_the_first_line_says_the_printed_score_of_every_node(told, place):
    rubric, sheet, _ = read_engagement(place.org, [place.rubrics])
    for name, card in score(rubric, sheet).scores.items():
        assert figures(told(name).splitlines()[1]) == [round(card.value, 6)]


# --- what would change it


@pytest.fixture
def read(place):
    rubric, sheet, _ = read_engagement(place.org, [place.rubrics])
    return rubric, sheet, score(rubric, sheet)


def settled(sheet, change):
    """The sheet with one question agreed on, with the evidence the change asks for."""
    proof = {"": (), "documented": ("document",), "confirmed": ("document", "customer")}[change.proof]
    on = sheet.engagement.assessed_on
    items = tuple(EvidenceItem(title="T", kind=kind, dated=on) for kind in proof)
    people = tuple(
        one._replace(answers={**one.answers, change.question: one.answers[change.question]._replace(evidence=items)})
        if items and change.question in one.answers
        else one
        for one in sheet.voices
    )
    agreed = {**sheet.settled, change.question: Settlement(Answer("value", change.answer), (), "")}
    return sheet._replace(voices=people, settled=agreed)


@pytest.mark.parametrize("node", ["overall", "hear", "hear_all", "hear_back", "mend"])
def test_each_single_answer_named_moves_the_node_as_said(read, node):
    rubric, sheet, card = read
    found = what_would_change(score_organization(rubric, sheet), node)
    places = [level.key for level in rubric.levels]
    for change in (*found.up, *found.down):
        then = score(rubric, settled(sheet, change))[node]
        assert (then.value, then.level) == (pytest.approx(change.value), change.level)
        assert (places.index(then.level) > places.index(card[node].level)) == (change in found.up)
        assert then.level != card[node].level


def test_what_would_change_a_level_is_told_in_words(told, place):
    shown = block(told("hear_all"), "What would change it")
    assert shown[0] == "Any one of these answers, agreed on while everything else stays, would raise the level:"
    assert shown[1].startswith("hear_count = ")
    place.edit("org/answers/boss.yaml", "mend_cause: defined", "mend_cause: absent")
    assert "No single answer would lower the level." in block(told("mend"), "What would change it")


def test_where_no_answer_is_enough_the_best_one_is_named(read):
    rubric, sheet, _ = read
    found = what_would_change(score_organization(rubric, sheet), "overall")
    assert (found.best is None) == bool(found.up)


def test_the_changes_have_a_form_for_machines(run, place):
    found = json.loads(run("explain", place.org, "hear_all", "--format", "json").stdout)["changes"]
    assert found["up"][0].keys() == {"question", "answer", "proof", "value", "level"}
    assert "changes" not in json.loads(run("explain", place.org, "hear_count", "--format", "json").stdout)


def test_what_is_open_and_moves_nothing_is_not_called_closed():
    book = built(node("p", *[percent(f"q{place}") for place in range(8)], aggregate="min"))
    answers = {f"q{place}": 10 * place for place in range(7)}
    lines = " ".join(explain(score_organization(book, sheet(said("boss", **answers))), "p").split())
    assert "7 of 8 scored questions have an answer" in lines
    assert "Scored questions are open, but no answer to them could move it any more." in lines
    assert "No scored question is open" not in lines

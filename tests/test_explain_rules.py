"""Explanations of gates, clashes and initiatives, and the names under which everything is found."""

import json
import re
from decimal import Decimal

import pytest
from factories import built, level, node

from assess.explain import find_ids, spellings
from assess.explain.wording import condition_in_words
from assess.formula import read_by
from assess.workflow import assess


@pytest.fixture
def told(run, place):
    def explain(name):
        return run("explain", place.org, name).stdout

    return explain


def as_json(run, place, name):
    return json.loads(run("explain", place.org, name, "--format", "json").stdout)


# A claim of many complaints, the register that holds few, and the gate beside it are one fact.
FACT = (
    "Which fact it shows\n"
    "  Claim and practice differ: Hearing, known by HEA-1 All are taken in and clash_hear_not_seen.\n"
    "  Merged from: clash_hear_not_seen, gate_hear_no_rule, disagreement_hear_count.\n"
    "  Told with it: gap_hear_all.\n"
)

# Gates


def test_a_rule_in_json_brings_the_facts_it_shows(run, place):
    (fact,) = as_json(run, place, "hear_no_rule")["facts"]
    assert (fact["key"]["signal"], fact["beside"]) == ("clash_hear_not_seen", ["gap_hear_all"])
    assert "facts" not in as_json(run, place, "overall")


def test_a_gate_says_what_it_reads_whether_it_holds_what_it_caps_and_what_lifts_it(told):
    shown = told("hear_no_rule")
    assert shown.startswith("hear_no_rule: a gate\n  Without a rule an answer is a favour.\n")
    assert "\nCondition (holds): hear_written = no\n" in shown
    assert '  In words: "Is there a written rule?" is no.\n' in shown
    assert "  hear_written: Is there a written rule?\n    Answers by role:\n      Complaint desk: no\n" in shown
    assert (
        "What it caps\n  HEA-2 All are answered: caps the score at 1.00 (25.000000 of 100) and decides it.\n" in shown
    )
    assert "What lifts it\n  I-01 Rule and register\n" in shown
    assert shown.endswith(FACT)


@pytest.mark.parametrize(
    ("old", "new", "truth", "cap"),
    [
        ("hear_written: no", "hear_written: yes", "does not hold", "would cap the score at 1.00."),
        ("  hear_written: no\n", "", "undecided", "would cap the score at 1.00."),
        ("hear_reply: practised", "hear_reply: absent", "holds", "caps the score at 1.00"),
    ],
)
def test_a_gate_that_does_not_hold_is_undecided_or_does_not_bind_says_so(told, place, old, new, truth, cap):
    place.edit("org/answers/desk.yaml", old, new)
    shown = told("hear_no_rule")
    assert f"Condition ({truth}): " in shown
    assert cap in shown
    assert ("Not answered by anybody who was asked (Complaint desk)." in shown) == (truth == "undecided")


def test_a_flag_caps_nothing(told, place):
    place.edit("rubrics/small.yaml", "cap: {of: [hear_back], at: begun}\n", "flag: true\n        title: No rule\n")
    shown = told("hear_no_rule")
    assert shown.startswith("hear_no_rule: a flag, which caps nothing, No rule\n")
    assert "What it caps" not in shown


# Clashes


def test_a_clash_shows_both_halves_with_who_said_what(told):
    shown = told("hear_not_seen")
    assert "  It shows: both halves hold.\n" in shown
    claim, practice = shown.index("Claim (holds): hear_count"), shown.index("Practice (holds): hear_count")
    assert claim < shown.index("Manager: practised") < practice
    assert '"Which complaints are written down?", as Manager says, is at least Practised.' in shown
    assert "What settles it\n  Read the register together.\n" in shown
    assert "What can be done\n  I-01 Rule and register\n" in shown
    assert shown.endswith(FACT)
    assert "Merged from: " not in told("overall")


@pytest.mark.parametrize(
    ("file", "old", "new", "verdict"),
    [
        ("boss", "hear_count: practised", "hear_count: begun", "It does not show: the claim does not hold."),
        ("log", "hear_count: begun", "hear_count: leading", "It does not show: the practice does not hold."),
        ("log", "  hear_count: begun\n", "", "It does not show as long as the practice is undecided."),
        ("boss", "  hear_count: practised\n", "", "It does not show as long as the claim is undecided."),
    ],
)
def test_a_clash_that_does_not_show_names_the_half_that_decides_it(told, place, file, old, new, verdict):
    place.edit(f"org/answers/{file}.yaml", old, new)
    assert f"  {verdict}\n" in told("hear_not_seen")


# Initiatives


def test_an_initiative_says_what_it_lifts_when_it_is_due_and_why(told, place):
    shown = told("I-01")
    assert shown.startswith("I-01 Rule and register\n  Owner Complaint desk, 4 to 8 person-days in 3 weeks")
    assert "  HEA-1 All are taken in to Practised; today " in shown
    assert "  hear_no_rule (holds, and decides a score): Without a rule an answer is a favour.\n" in shown
    assert "  hear_not_seen (shows): The manager sees all complaints; the register holds few.\n" in shown
    (placed,) = (p for p in assess(place.org, [place.rubrics]).plan.placements if p.initiative == "i01")
    assert f"  Period {placed.period}, {placed.starts} to {placed.last_day}: " in shown
    assert placed.because in shown
    assert placed.why_not_earlier in shown


@pytest.mark.parametrize("code", ["I-01", "I-02"])
def test_what_an_initiative_adds_alone_is_the_same_in_the_roadmap(run, told, place, code):
    said = re.search(
        r"By itself it would add (\S+) .* as things stand: (\S+) instead of (\S+)\.$", told(code), re.MULTILINE
    )
    row = next(line for line in run("report", place.org).stdout.splitlines() if re.match(rf"\| \d+ \| \[{code} ", line))
    alone, after, before = map(Decimal, said.groups())
    assert alone == after - before == Decimal(row.split(" | ")[3])


@pytest.mark.parametrize("begin", ["2026-07-06", "2026-12-30", "2028-02-20"])
@pytest.mark.parametrize("name", ["i01", "i02"])
def test_an_explanation_the_roadmap_and_json_name_the_same_days(run, told, place, begin, name):
    place.edit("org/engagement.yaml", "invited:", f"start_on: {begin}\ninvited:")
    planned = as_json(run, place, name)["planned"]
    days = f"{planned['starts']} to {planned['last_day']}"
    assert f", {days}: " in told(name)
    assert f" · {days} · " in run("report", place.org).stdout.partition(f"<!-- assess:{name} -->")[2]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("weeks: 2,\n", "weeks: 2, needs: [i01],\n", "  It needs I-01 Rule and register first.\n"),
        (
            "weeks: 2,\n",
            "weeks: 2, not_before: HEA >= defined,\n",
            'It waits until "Hearing" is at least Defined (today',
        ),
        ("weeks: 3,", "weeks: 3, needs: [I-02],", "  It is needed by I-01 Rule and register.\n"),
        ("weeks: 2,\n", "weeks: 2, running: {days: 2, per: month},\n", "in 2 weeks, then 2 every month, before"),
    ],
)
def test_an_initiative_says_what_it_waits_for_and_costs(told, place, old, new, said):
    place.edit("rubrics/small.yaml", old, new)
    assert said in told("i02")


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("done: [I-02]", "The engagement says that it is done."),
        ("targets: {mend: absent, HEA: absent}", "Left out: "),
        ("capacity: {default: 0}", "Left out: It does not fit"),
    ],
)
def test_an_initiative_outside_the_plan_says_why(told, place, setting, said):
    place.edit("org/engagement.yaml", "invited:", f"{setting}\ninvited:")
    assert said in told("i02").partition("In the plan\n")[2]


# JSON


def test_a_gate_a_clash_and_an_initiative_as_json(run, place):
    gate = as_json(run, place, "hear_no_rule")
    assert (gate["assess"], gate["id"], gate["kind"]) == ("explanation/1", "hear_no_rule", "gate")
    assert (gate["condition"]["holds"], [*gate["condition"]["reads"]]) == (True, ["hear_written"])
    assert [(cap["node"], cap["holds"], cap["binds"]) for cap in gate["caps"]] == [("hear_back", True, True)]
    assert gate["lifted_by"] == ["i01"]
    clash = as_json(run, place, "hear_not_seen")
    assert (clash["kind"], clash["claim"]["holds"], clash["practice"]["holds"]) == ("clash", True, True)
    initiative = as_json(run, place, "i01")
    assert (initiative["kind"], initiative["planned"]["period"], initiative["left_out"]) == ("initiative", 1, None)
    place.edit("org/engagement.yaml", "invited:", "capacity: {default: 0}\ninvited:")
    initiative = as_json(run, place, "i01")
    assert (initiative["planned"], bool(initiative["left_out"])) == (None, True)


def test_what_a_small_anonymous_group_said_is_in_no_explanation_of_a_rule(run, place):
    gate = "  - {id: shy_gate, when: hear_reply < leading by guest, flag: true, because: B, lifted_by: [i01]}\n"
    place.edit("rubrics/small.yaml", "principles:\n", f"gates:\n{gate}principles:\n")
    for name in ("carl", "dora"):
        place.edit(f"org/answers/{name}.yaml", "alone: true\n", "")
    shown = run("explain", place.org, "shy_gate").stdout
    assert "Guest: fewer than 3 answers, not counted" in shown
    assert "defined" not in shown
    roles = {
        role["role"]: role for role in as_json(run, place, "shy_gate")["condition"]["reads"]["hear_reply"]["roles"]
    }
    assert roles["guest"] == {"role": "guest", "invited": True, "withheld": True}


# Names


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("hea-1", "hear_all"),
        ("HEAR_ALL", "hear_all"),
        ("All are taken in", "hear_all"),
        ("hea-1 all are  taken in", "hear_all"),
        ("i-01", "i01"),
        ("Monthly talk on causes", "i02"),
        ("Is there a written rule", "hear_written"),
        ("gate_hear_no_rule", "hear_no_rule"),
        ("clash_hear_not_seen", "hear_not_seen"),
        ("Overall", "overall"),
    ],
)
def test_a_code_in_any_case_and_a_title_are_names_too(run, place, name, found):
    assert as_json(run, place, name)["id"] == found


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("hear_no_rul", "hear_no_rule"),
        ("hear_not_sen", "hear_not_seen"),
        ("I-011", "I-01"),
        ("Monthly talk of causes", "Monthly talk on causes"),
    ],
)
def test_a_slip_is_answered_with_the_nearest_of_all_names(run, place, name, near):
    found = run("explain", place.org, name)
    assert found.exit_code == 2
    assert f"'{name}' is not in the rubric; did you mean '{near}'?" in found.stderr


def test_a_title_of_several_lists_them(run, place):
    place.edit("rubrics/small.yaml", "title: Monthly talk on causes", "title: Mending")
    found = run("explain", place.org, "mending")
    assert found.exit_code == 2
    assert "'mending' is the title of several: mend, i02; name one of them by its id" in found.stderr


def test_everything_that_is_explained_is_found_by_each_of_its_names(place):
    rubric = assess(place.org, [place.rubrics]).rubric
    assert {name for spelling in spellings(rubric) for name in find_ids(rubric, spelling)} == {
        "overall", "hear", "hear_all", "hear_back", "mend", "hear_no_rule", "hear_not_seen", "i01", "i02",
        "headline_1", "headline_2",
        *(question.id for question in rubric.questions()),
    }  # fmt: skip


# Conditions in words


@pytest.mark.parametrize(
    ("condition", "words", "reads"),
    [
        ("q > k1 and not p = l0", '"Q?" is above "Answer 1" and it is not so that "P" is Level 0', ("q", "p")),
        ("q in (k1, k2) by boss", '"Q?", as Boss says, is one of "Answer 1" and "Answer 2"', ("q",)),
        ("answered(q) or overall < l2", '"Q?" is answered or the overall score is below Level 2', ("q", "overall")),
        ("(q = k1 or q = k2) and p < 2", '("Q?" is "Answer 1" or "Q?" is "Answer 2") and "P" is below 2', ("q", "p")),
        ("share(q >= k1 by boss) > 0.5", 'the share of Boss for whom "Q?" is at least "Answer 1" is above 0.5', ("q",)),
        ("n(team) < 3", "the number of people who answered as Team is below 3", ()),
        ("state(q) = unknown", 'the state of the answer to "Q?" is unknown', ("q",)),
        ("evidence(q) = stated", 'the proof of "Q?" is stated', ("q",)),
    ],
)
def test_a_condition_is_said_with_titles(condition, words, reads):
    rubric = built({**node("p", level("q", text="Q?")), "title": "P"})
    assert condition_in_words(rubric, condition) == words
    assert read_by(rubric, condition) == reads

"""What a change would do, as it is asked for and as it is told: scores, findings and plan beside those of today."""

import hashlib
import json
import shlex

import pytest
import trying

from assess import workflow
from assess.problems import DocumentError


@pytest.fixture
def asked(run, place):
    def whatif(*words):
        return run("whatif", place.org, *words)

    return whatif


@pytest.fixture
def found(place):
    return workflow.assess(place.org, [place.rubrics])


def told(asked, *words):
    """The JSON of a run that succeeded."""
    result = asked(*words, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def sides(result, node):
    return [result["nodes"][node][side]["points"] for side in ("before", "after")]


def fingerprint(folder):
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [(str(path), hashlib.sha256(path.read_bytes()).hexdigest()) for path in files]


# --- asking ---


def test_the_help_shows_how_every_kind_of_change_is_written(run):
    shown = " ".join(run("whatif", "--help").stdout.split())
    for form in ("--set [ROLE.]QUESTION=VALUE", "--level CRITERION=LEVEL", "--done INITIATIVE", "--weight NAME=WEIGHT",
                 "--capacity ROLE=DAYS", "--on DATE", "--start DATE", "--without GATE", "--best N"):  # fmt: skip
        assert form in shown


def test_without_a_change_it_is_said_what_can_be_asked(asked):
    result = asked()
    assert result.exit_code == 2
    assert "--set ROLE.QUESTION=VALUE" in result.stderr
    assert "--best N" in result.stderr


def test_nothing_is_written(asked, place):
    before = fingerprint(place.root)
    words = ["--set", "mend_cause=leading", "--done", "I-01", "--weight", "mend=3", "--best", "3"]
    assert asked(*words).exit_code == 0
    assert fingerprint(place.root) == before


MISTAKES = [
    (["--set", "desk.hear_reply"], "a name, the sign =, and a value are needed"),
    (["--set", "desk.hear_replay=all"], "did you mean 'hear_reply'?"),
    (["--set", "desks.hear_reply=practised"], "did you mean 'desk'?"),
    (["--set", "desk.hear_reply=practized"], "did you mean 'practised'?"),
    (["--set", "boss.hear_reply=practised"], "it is asked of desk, guest"),
    (["--set", "desk.hear_written=na"], "'hear_written' cannot be 'na'"),
    (["--set", "hear_reply=unknown"], "what is agreed on 'hear_reply' cannot be 'unknown'"),
    (["--set", "desk.hear_days=400"], "400"),
    (["--set", "log.hear_since=2026-07-01"], "after that of the assessment"),
    (["--set", "guest.hear_reply=leading"], "what one of a group says is not tried"),
    (["--set", "mend_cause=leading", "--set", "mend_cause=begun"], "changed twice"),
    (["--set", "mend_cause=leading", "--level", "mend=begun"], "changed twice"),
    (["--proof", "hear_count=sworn"], "one of: stated, documented, confirmed"),
    (["--proof", "hear_days=confirmed"], "counts in full without evidence"),
    (["--level", "mend=begum"], "did you mean 'begun'?"),
    (["--level", "hear=begun"], "set those: hear_all, hear_back"),
    (["--level", "mand=begun"], "did you mean 'mend'?"),
    (["--done", "I-09"], "is not an initiative of 'small'"),
    (["--weight", "mend=-1"], "no number of 0 or more"),
    (["--weight", "mend=nan"], "no number of 0 or more"),
    (["--weight", "hear_days=2"], "it is not scored"),
    (["--weight", "overall=2"], "'overall' is not a criterion or question"),
    (["--capacity", "desk=many"], "no number of 0 or more"),
    (["--capacity", "dusk=5"], "did you mean 'desk'?"),
    (["--capacity", "desk=5", "--capacity", "desk=6"], "named twice"),
    (["--without", "hear_no_rules"], "did you mean 'hear_no_rule'?"),
    (["--on", "30.6.2026"], "write it as 2026-06-30"),
    (["--start", "soon"], "this is no day"),
    (["--on", "2024-01-01"], "hear_since is of a later day"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "message"), MISTAKES, ids=lambda part: " ".join(part) if isinstance(part, list) else ""
)
def test_a_change_that_does_not_fit_is_wrong_usage_with_the_way_out(asked, words, message):
    result = asked(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_every_mistake_is_told_in_one_run(asked):
    words = [word for change, _ in MISTAKES[:5] for word in change] + [
        "--done",
        "I-09",
        "--without",
        "x",
        "--on",
        "now",
    ]
    result = asked(*words)
    assert result.exit_code == 2
    assert result.stderr.count("error: ") == 8


def test_weights_with_which_the_rubric_would_not_be_sound_are_refused(place, asked):
    place.edit("rubrics/small.yaml", "id: mend\n", "id: mend\n    weight: 2\n")
    result = asked("--weight", "mend=0", "--weight", "hear=0")
    assert result.exit_code == 2
    assert "with these weights" in result.stderr


def test_mistakes_of_the_engagement_come_first(place, asked):
    place.edit("org/answers/boss.yaml", "mend_cause: defined", "mend_cause: nine")
    result = asked("--set", "mend_cause=leading")
    assert result.exit_code == 1
    assert "'nine' is not an answer" in result.stderr


# --- answers ---


def test_what_a_role_says_is_changed_for_all_of_it_and_keeps_its_evidence(asked):
    result = told(asked, "--set", "desk.hear_count=leading")
    # The register still says what it said: roles differ by more than two levels, and the lowest counts as before.
    assert result["nodes"] == {}
    result = told(asked, "--set", "desk.hear_count=leading", "--set", "log.hear_count=leading")
    # Of practised and twice leading 3.67 are claimed, and the book of complaints allows 3.
    assert sides(result, "hear_all") == [1.0, 3.0]
    gone = [finding["id"] for finding in result["findings"]["go"]]
    assert {"clash_hear_not_seen", "disagreement_hear_count"} <= {*gone}


def test_a_role_nobody_of_which_was_heard_can_be_heard(place, asked):
    (place.org / "answers" / "boss.yaml").unlink()
    result = told(asked, "--set", "boss.mend_cause=defined")
    assert sides(result, "mend") == [None, 2.0]


def test_what_is_agreed_on_counts_for_no_more_than_its_evidence(asked):
    assert told(asked, "--set", "mend_cause=leading")["nodes"] == {}
    result = told(asked, "--set", "mend_cause=leading", "--proof", "mend_cause=documented")
    assert sides(result, "mend") == [2.0, 3.0]
    result = told(asked, "--set", "mend_cause=leading", "--proof", "mend_cause=confirmed")
    assert sides(result, "mend") == [2.0, 4.0]
    assert result["overall"]["after"]["points"] > result["overall"]["before"]["points"]


def test_evidence_counts_as_evidence_in_a_file_does(place, found):
    _, after = trying.attempt(found, proofs=("mend_cause=documented",), answers=("boss.mend_cause=leading",))
    proof = "\n    evidence: [{title: List, kind: document, dated: 2026-06-01}]"
    place.edit("org/answers/boss.yaml", "mend_cause: defined", f"mend_cause:\n    value: leading{proof}")
    assert trying.outcome(workflow.assess(place.org, [place.rubrics]))[:2] == trying.outcome(after)[:2]


def test_of_what_was_agreed_on_already_it_is_said_that_roles_do_not_count(place, asked):
    settled = "assess: agreed/1\nanswers:\n  mend_cause: {value: begun, basis: [boss], why: Talk.}\n"
    (place.org / "answers" / "_agreed.yaml").write_text(settled, encoding="utf-8")
    shown = asked("--set", "boss.mend_cause=leading").stdout
    assert "mend_cause is agreed on, so that what roles say to it does not count." in shown
    assert "No score moves." in shown


def test_a_criterion_at_a_level_is_its_answers_with_the_evidence_they_need(asked):
    result = told(asked, "--level", "mend=leading")
    assert result["changes"] == ["--set mend_cause=leading", "--proof mend_cause=confirmed"]
    assert sides(result, "mend") == [2.0, 4.0]
    assert told(asked, *" ".join(result["changes"]).split()) == {**result}
    assert sides(told(asked, "--level", "MEN=absent"), "mend") == [2.0, 0.0]


def test_a_criterion_that_comes_out_at_another_level_is_said_to(asked):
    shown = asked("--level", "hear_back=leading").stdout
    assert "HEA-2 All are answered, set to Leading, comes out as Begun, held down by hear_no_rule." in shown
    assert told(asked, "--level", "hear_back=leading")["missed"] == {"hear_back": "begun"}
    assert told(asked, "--level", "hear_back=leading", "--without", "hear_no_rule")["missed"] == {}


# --- rules, weights, work ---


def test_a_gate_that_is_switched_off_holds_nothing_down_and_is_no_finding(asked):
    result = told(asked, "--without", "hear_no_rule")
    assert sides(result, "hear_back")[0] == 1.0
    assert sides(result, "hear_back")[1] > 1.0
    assert "gate_hear_no_rule" in [finding["id"] for finding in result["findings"]["go"]]


def test_a_clash_can_be_switched_off(asked):
    result = told(asked, "--without", "hear_not_seen")
    assert [finding["id"] for finding in result["findings"]["go"]] == ["clash_hear_not_seen"]
    assert result["nodes"] == {}


def test_weights_move_what_stands_above(asked):
    result = told(asked, "--weight", "mend=3")
    assert set(result["nodes"]) == {"overall"}
    # Geometric with floor 1 of 25 (weight 1) and 50 (weight 3).
    low, high = 1 + 0.99 * 25, 1 + 0.99 * 50
    assert sides(result, "overall")[1] * 25 == pytest.approx((low ** (1 / 4) * high ** (3 / 4) - 1) / 0.99)


def test_an_initiative_that_is_done_lifts_what_the_plan_counts_with_ends_its_gates_and_leaves_the_plan(asked, found):
    result = told(asked, "--done", "I-01")
    (placement,) = [p for p in found.plan.placements if p.initiative == "i01"]
    assert "i01" in [placed["initiative"] for placed in result["plan"]["go"]]
    assert placement.starts.isoformat() == result["plan"]["go"][0]["starts"]
    gone = [finding["id"] for finding in result["findings"]["go"]]
    assert {"gate_hear_no_rule", "gap_hear_back"} <= set(gone)
    assert sides(result, "hear_all") == [1.0, 3.0]


def test_all_initiatives_done_lead_to_the_targets_and_leave_nothing_to_plan(found):
    _, after = trying.attempt(found, done=("i01", "i02"))
    last = found.plan.milestones[-1]
    scores = after.scorecard.scores
    assert {name: scores[name].level for name in ("hear_all", "hear_back", "mend")} == dict.fromkeys(
        ("hear_all", "hear_back", "mend"), "practised"
    )
    assert all((scores[name].value or 0) >= (value or 0) - 1e-9 for name, value in last.values.items())
    assert after.plan.placements == ()


def test_fewer_days_move_the_plan_and_no_score(asked):
    result = told(asked, "--capacity", "desk=0")
    assert result["nodes"] == {}
    assert [placed["initiative"] for placed in result["plan"]["go"]] == ["i01"]
    result = told(asked, "--start", "2026-09-01")
    assert {move["after"]["starts"] for move in result["plan"]["move"]} == {"2026-09-01"}


def test_a_later_day_ages_evidence(asked):
    assert told(asked, "--on", "2027-06-30")["changes"] == ["--on 2027-06-30"]
    later = told(asked, "--set", "hear_count=practised", "--on", "2027-06-30")
    sooner = told(asked, "--set", "hear_count=practised")
    assert sides(sooner, "hear_all")[1] == 3.0
    assert sides(later, "hear_all")[1] == 2.0


def test_an_initiative_that_needs_another_and_one_that_is_done_already_are_told(place, asked):
    place.edit("rubrics/small.yaml", "lifts: {mend: practised},", "lifts: {mend: practised}, needs: [i01],")
    assert "i02 needs i01, not done here." in asked("--done", "i02").stdout
    assert "needs" not in asked("--done", "i02", "--done", "i01").stdout
    place.edit("org/engagement.yaml", "invited", "done: [i01]\ninvited")
    assert "i01 is done already" in asked("--done", "i01").stdout


# --- what was decided ---


DECIDED = """\
assess: decisions/1
initiatives:
  - {initiative: i01, pin: true, not_after: 2026-09-30, who: Board, why: It was promised.}
findings:
  - {finding: gap_mend, accept_until: 2026-12-31, who: Board, why: One thing at a time.}
"""


@pytest.fixture
def decided(place):
    (place.org / "decisions.yaml").write_text(DECIDED, encoding="utf-8")
    return place


def test_a_change_against_which_a_decision_stands_is_refused_as_in_files(decided, asked, run):
    for words in (["--capacity", "desk=0"], ["--start", "2026-10-15"]):
        result = asked(*words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "a decision stands against it: " in result.stderr
        assert "'I-01'" in result.stderr
    told = asked("--capacity", "desk=0").stderr
    decided.edit("org/engagement.yaml", "invited:", "capacity: {desk: 0}\ninvited:")
    real = run("check", decided.org).stderr + run("check", decided.org).stdout
    assert "has 0 person-days in a period" in told
    assert "has 0 person-days in a period" in real


@pytest.mark.usefixtures("decided")
def test_what_is_accepted_until_a_day_comes_back_after_it(asked):
    come = told(asked, "--on", "2027-01-15", "--start", "2026-07-01")["findings"]["come"]
    assert "gap_mend" in [finding["id"] for finding in come]
    assert told(asked, "--on", "2026-12-31", "--start", "2026-07-01")["findings"]["come"] == []


# --- a part of a rubric ---


@pytest.fixture
def part(place, run):
    """The engagement as one that asks the principle of hearing alone."""
    place.edit("rubrics/small.yaml", "principles:\n", "scopes: {ears: [hear]}\nprinciples:\n")
    place.edit("org/engagement.yaml", "invited:", "scope: ears\ninvited:")

    def whatif(*words):
        return run("whatif", place.org, *words)

    return whatif


def test_what_an_engagement_does_not_ask_cannot_be_tried_and_is_said_to_lie_outside(part):
    result = part("--set", "boss.mend_cause=leading", "--weight", "mend=2")
    assert result.exit_code == 2
    assert result.stderr.count("it lies outside of what this engagement asks") == 2


def test_weights_and_gates_of_a_part_are_changed_within_it(part, place):
    result = told(part, "--weight", "hear_back=3", "--without", "hear_no_rule")
    assert set(result["nodes"]) == {"overall", "hear", "hear_back"}
    place.edit("rubrics/small.yaml", "title: All are answered\n", "title: All are answered\n        weight: 3\n")
    again = told(part, "--without", "hear_no_rule")
    assert again["overall"]["after"] == result["overall"]["after"]


# --- telling ---


def test_it_is_told_what_was_tried_and_what_comes_of_it(asked):
    shown = asked("--set", "mend_cause=leading", "--proof", "mend_cause=confirmed", "--without", "hear_no_rule").stdout
    head, *_ = shown.split("\n\n")
    assert head.splitlines() == [
        "What if, for Corner Hotel on 2026-06-30:",
        "  --set mend_cause=leading",
        "  --proof mend_cause=confirmed",
        "  --without hear_no_rule",
    ]
    (row,) = [line for line in shown.splitlines() if line.startswith("MEN Mending")]
    assert row.split() == ["MEN", "Mending", "2.00", "Defined", "4.00", "Leading", "+2.00"]
    assert "Findings that go" in shown
    assert "gate_hear_no_rule" in shown


def test_what_stays_is_said_to_stay(asked):
    shown = asked("--set", "desk.hear_ways=letter").stdout
    assert "No score moves." in shown
    assert "No finding comes or goes." in shown
    assert "The plan stays as it is." in shown


def test_another_headline_is_told(asked):
    shown = asked("--level", "hear_all=leading", "--level", "hear_back=leading", "--level", "mend=leading",
                  "--without", "hear_no_rule").stdout  # fmt: skip
    assert "  before: Complaints get lost here.\n  after: Complaints are answered here." in shown


def test_what_is_printed_can_be_typed_again(place, run):
    text = "      - {id: hear_word, type: text, weight: 0, text: In a word?, ask: [desk]}\n"
    place.edit("rubrics/small.yaml", "          - id: hear_since\n", "    " + text + "          - id: hear_since\n")
    result = run("whatif", place.org, "--set", "desk.hear_word=all's well; so")
    assert result.exit_code == 0
    (line,) = [line for line in result.stdout.splitlines() if "hear_word" in line]
    assert shlex.split(line) == ["--set", "desk.hear_word=all's well; so"]


def test_the_same_words_give_the_same_bytes(asked):
    words = ["--set", "mend_cause=leading", "--capacity", "desk=3", "--best", "4"]
    assert asked(*words).stdout == asked(*words).stdout


def test_python_is_told_all_mistakes_at_once(found):
    with pytest.raises(DocumentError) as caught:
        trying.attempt(found, answers=("x=1", "y=2"), done=("z",))
    assert len(caught.value.problems) == 3

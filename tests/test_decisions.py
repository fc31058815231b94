"""What was decided in an engagement is read, fitted to the rubric, and contradictions in it are told at their place."""

import datetime

import pytest
from collecting import ENGAGEMENT, PROPER, RUBRIC, SERVICE, gathered, only, rubric_of, told, written

from assess.model.finding_names import finding_names

HEAD = "assess: decisions/1\n"
BY = ", who: Board, why: So be it}"
MORE = """\
  - {id: i02, code: I-02, title: Desk, effort: {low: 1, high: 2}, weeks: 2, owner: team, needs: [i01]}
  - {id: i03, code: I-03, title: Talk, effort: {low: 1, high: 2}, weeks: 2, owner: executive}
"""
MOVED = rubric_of(RUBRIC + MORE)


@pytest.fixture
def decided(tmp_path):
    """Reads an engagement with these decisions beside it."""

    def read(text, engagement=ENGAGEMENT, rubric=MOVED, name="decisions.yaml"):
        folder = written(tmp_path, PROPER, engagement)
        (folder / name).write_text(text, encoding="utf-8")
        collected, problems = gathered(folder, rubric)
        return collected.engagement.decisions, problems

    return read


def initiatives(*entries):
    return HEAD + "initiatives:\n" + "".join(f"  - {{{entry}{BY}\n" for entry in entries)


def findings(*entries):
    return HEAD + "findings:\n" + "".join(f"  - {{{entry}{BY}\n" for entry in entries)


def test_every_kind_of_decision_is_read_with_the_ids_behind_the_names(decided):
    text = initiatives(
        "initiative: I-02, pin: true, owner: EX, effort: [3, 9], weeks: 4, after: [I-03]",
        "initiative: i00, not_before: 2026-07-05, not_after: 2026-08-01, dated: 2026-06-30",
    )
    text += "findings:\n  - {finding: LIS-1, accept_until: 2026-12-31" + BY + "\n"
    text += "words:\n  - {node: LIS, text: They listen., who: A. B.}\n"
    decisions, problems = decided(text)
    assert not problems
    steering = decisions.steering
    assert steering.pinned == {"i02"}
    assert not steering.excluded
    assert steering.owners == {"i02": "executive"}
    assert (steering.efforts["i02"].low, steering.efforts["i02"].high) == (3, 9)
    assert steering.weeks == {"i02": 4}
    assert steering.after == {"i02": ("i03",)}
    assert steering.earliest == {"i01": datetime.date(2026, 7, 5)}
    assert steering.latest == {"i01": datetime.date(2026, 8, 1)}
    assert [entry.finding for entry in decisions.findings] == ["gap_lis_purpose"]
    assert [entry.node for entry in decisions.words] == ["lis"]


@pytest.mark.parametrize("name", ["Decisions.YAML", "decisions.yml"])
def test_the_file_is_read_in_any_capitals(decided, name):
    assert decided(initiatives("initiative: i02, pin: true"), name=name)[0].steering.pinned == {"i02"}


def test_an_engagement_may_hold_decisions_itself_beside_a_file(decided):
    own = ENGAGEMENT + "decisions:\n  initiatives:\n    - {initiative: i03, exclude: true" + BY + "\n"
    decisions, problems = decided(initiatives("initiative: i02, pin: true"), own)
    assert not problems
    assert (decisions.steering.pinned, decisions.steering.excluded) == ({"i02"}, {"i03"})


def test_a_decision_in_both_places_is_one_too_many(decided):
    own = ENGAGEMENT + "decisions:\n  initiatives:\n    - {initiative: i02, owner: EX" + BY + "\n"
    problem = only(decided(initiatives("initiative: i02, owner: TM"), own)[1])
    assert problem.code == "duplicate_id"
    assert "engagement.yaml:8" in problem.message
    assert problem.location.file.endswith("decisions.yaml")


def test_an_empty_key_of_decisions_decides_nothing(decided):
    assert decided(HEAD + "initiatives:\nfindings:\n", ENGAGEMENT + "decisions:\n") == (
        decided(HEAD)[0],
        (),
    )


ERRORS = {
    "initiative: i09, pin: true": "'i09' is not an initiative of 'service'",
    "initiative: i02, after: [i09]": "'i09' is not an initiative of 'service'",
    "initiative: i02, owner: nobody": "'nobody' is not a role of 'service'",
    "initiative: i02": "the entry on 'I-02' decides nothing",
    "initiative: i02, pin: false": "the entry on 'I-02' decides nothing",
    "initiative: i02, pin: true, exclude: true": "'I-02' is pinned and excluded",
    "initiative: i02, owner: record": "'record' cannot do 'I-02'",
    "initiative: i02, owner: CU": "answer anonymously",
    "initiative: i02, not_before: 2026-06-29": "the plan, which goes from 2026-06-30 to 2027-06-28",
    "initiative: i02, not_after: 2027-06-29": "2027-06-29 lies outside of the plan",
    "initiative: i02, not_before: 2026-08-02, not_after: 2026-08-01": "may not start before 2026-08-02 nor after",
    "initiative: i01, after: [i02]": "'I-01' is to start after 'I-02', which waits for it",
    "initiative: i02, effort: [9, 3]": "the effort of 'I-02' goes from 9 to 3 person-days",
    "initiative: i02, effort: [1, 1e300]": "the effort of 'I-02' is more than 10000 person-days",
    "initiative: i01, after: [i01]": "'I-01' is to start after itself",
}


@pytest.mark.parametrize("entry", ERRORS)
def test_a_decision_that_cannot_be_carried_out_is_told_at_its_place_with_a_way_out(decided, entry):
    problem = only(decided(initiatives(entry))[1])
    assert ERRORS[entry] in problem.message
    assert problem.severity == "error"
    assert problem.location.line == 3
    assert problem.hint


def test_of_many_roles_that_could_own_an_initiative_twelve_are_listed(decided):
    roles = "".join(f"  - {{id: r{place}, title: Role {place}}}\n" for place in range(13))
    many = rubric_of((RUBRIC + MORE).replace("policies: {anonymous: [CU]}", f"{roles}policies: {{anonymous: [CU]}}"))
    problem = only(decided(initiatives("initiative: i02, owner: record"), rubric=many)[1])
    assert problem.hint == f"one of: executive, team, {', '.join(f'r{place}' for place in range(10))} and 3 more"


def test_a_circle_of_two_entries_is_told_at_both(decided):
    _, problems = decided(initiatives("initiative: i01, after: [i03]", "initiative: i03, after: [i01]"))
    assert told(problems) == [("decision", "error", 3), ("decision", "error", 4)]


def test_a_pin_does_not_win_over_a_capacity_of_zero(decided):
    none = ENGAGEMENT + "capacity: {default: 10, TM: 0}\n"
    problem = only(decided(initiatives("initiative: i02, pin: true"), none)[1])
    assert "'I-02' is pinned, and 'team', who does it, has 0 person-days" in problem.message
    given = initiatives("initiative: i02, pin: true, owner: EX")
    assert not decided(given, none)[1]
    assert not decided(initiatives("initiative: i02, pin: true, effort: 0"), none)[1]


def test_all_mistakes_are_told_in_one_run_a_malformed_entry_among_them(decided):
    text = initiatives("initiative: i02, effort: [2]", "initiative: i09, pin: true", "initiative: i03, weeks: soon")
    text += "findings:\n  - {finding: nothing_such, hide: true" + BY + "\n  - {finding: LIS-1, hide: true}\n"
    assert sorted(told(decided(text)[1]), key=lambda told: told[2]) == [
        ("shape", "error", 3),
        ("unknown_name", "error", 4),
        ("shape", "error", 5),
        ("unknown_name", "error", 7),
        ("missing_key", "error", 8),
        ("missing_key", "error", 8),
    ]


def test_who_and_why_are_asked_of_every_decision(decided):
    text = HEAD + "initiatives:\n  - {initiative: i02, pin: true}\n"
    assert [problem.message for problem in decided(text)[1]] == ["'who' is missing", "'why' is missing"]


def test_what_is_done_needs_no_decision(decided):
    problem = only(decided(initiatives("initiative: i02, pin: true"), ENGAGEMENT + "done: [i02]\n")[1])
    assert (problem.code, problem.severity) == ("idle_decision", "warning")


def test_what_else_is_decided_about_what_is_left_out_changes_nothing_and_is_told(decided):
    _, problems = decided(initiatives("initiative: i02, exclude: true", "initiative: I-02, owner: TM, weeks: 3"))
    problem = only(problems)
    assert (problem.code, problem.severity, problem.location.line) == ("idle_decision", "warning", 4)
    assert "'I-02' is left out by decision; `owner`, `weeks` changes nothing" in problem.message
    assert told(decided(initiatives("initiative: i02, exclude: true, not_before: 2026-08-02"))[1]) == [
        ("idle_decision", "warning", 3)
    ]


def test_an_acceptance_ends_after_its_last_day_and_says_so(decided):
    decisions, problems = decided(findings("finding: gap_lis_purpose, accept_until: 2026-06-30"))
    assert not problems
    assert [*decisions.accepted(datetime.date(2026, 6, 30))]
    decisions, problems = decided(findings("finding: gap_lis_purpose, accept_until: 2026-06-29"))
    assert told(problems) == [("expired", "warning", 3)]
    assert "by Board" in only(problems).message
    assert not [*decisions.accepted(datetime.date(2026, 6, 30))]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("finding: LIS-1", "decides nothing"),
        ("finding: LIS-1, hide: true, title: Another", "left out of the papers, and title is decided too"),
        ("finding: strength_lis_purpose, accept_until: 2027-01-01", "nothing to accept"),
        ("finding: LIS-1, accept_until: 2026-12-01, dated: 2026-12-02", "was over when it was decided"),
        ("finding: LIS-9, hide: true", "'LIS-9' is not a finding of 'service'; did you mean 'LIS-1'?"),
    ],
)
def test_a_decision_on_a_finding_that_makes_no_sense_is_an_error(decided, entry, message):
    problem = only(decided(findings(entry))[1])
    assert problem.severity == "error"
    assert message in problem.message


def test_two_voices_on_one_node_are_one_too_many(decided):
    words = "words:\n  - {node: LIS, text: One., who: A}\n  - {node: lis, text: Other., who: B}\n"
    assert told(decided(HEAD + words)[1]) == [("duplicate_id", "error", 4)]


def test_decisions_on_another_rubric_are_an_error(decided):
    assert told(decided(HEAD + "rubric: complaints\n")[1]) == [("version", "error", 2)]


def test_decisions_that_lie_elsewhere_are_named(tmp_path):
    folder = written(tmp_path, PROPER)
    (folder / "old.yaml").write_text(HEAD)
    (folder / "kept").mkdir()
    (folder / "kept" / "decisions.yaml").write_text(HEAD)
    _, problems = gathered(folder)
    assert [p.code for p in problems] == ["not_read", "not_read"]
    assert all("decisions are read from decisions.yaml" in p.message for p in problems)


def test_decisions_beside_a_single_file_are_named(tmp_path):
    one = tmp_path / "acme.yaml"
    one.write_text(ENGAGEMENT + "answers: {purpose: defined}\n")
    (tmp_path / "decisions.yaml").write_text(HEAD)
    problem = only(gathered(one)[1])
    assert problem.code == "not_read"
    assert "below `decisions:`" in problem.hint


def test_a_former_id_of_a_node_still_finds_its_finding():
    assert finding_names(SERVICE)["gap_LIS-1"] == "gap_lis_purpose"
    assert finding_names(SERVICE)["disagreement_aim"] == "disagreement_purpose"

"""What can be read and was rather not meant: told by `check` with place and way out, and never a change of a score."""

from pathlib import Path

import pytest
from collecting import ENGAGEMENT, RUBRIC, SERVICE, answers_file, doubted, gathered, rubric_of, told, written

from assess.collect import answer_gaps, count_answers
from assess.scoring import score
from assess.workflow import assess_sheet

PROVED = rubric_of(RUBRIC.replace("policies: {anonymous: [CU]}", "policies: {anonymous: [CU], evidence: {}}"))
WHOLE = "purpose: defined\nproved: absent\nreach: often\nsector: retail\nwritten: yes\nshare: 40\n"
NOTED = WHOLE.replace("purpose: defined", "purpose: {value: defined, note: We asked three shops.}")


def head(submitted="2026-06-01", role="team"):
    return f"role: {role}\nsubmitted: {submitted}"


def codes(problems):
    return [(p.code, p.severity) for p in problems]


def by_code(problems, code):
    return [p for p in problems if p.code == code]


# Files


@pytest.mark.parametrize(
    ("answers", "share"),
    [("purpose: defined", "1 of 5"), ("purpose: defined\nreach: often", "2 of 5"), ("tools: [chat]", "0 of 5")],
)
def test_a_half_filled_file_that_says_submitted_prints_its_share(tmp_path, answers, share):
    (found,) = by_code(doubted(written(tmp_path, {"anna": answers})), "half_filled")
    assert (found.severity, found.location.line) == ("warning", 4)
    assert f"{share} questions" in found.message


@pytest.mark.parametrize(
    "text",
    [
        answers_file("anna", WHOLE),
        answers_file("anna", "purpose: defined\nreach: often\nsector: retail"),
        answers_file("anna", "purpose: defined", "role: team"),
        answers_file("anna", "plain: yes", "role: record\nkind: document\nsubmitted: 2026-06-01"),
        answers_file("anna", "reach: often", "role: team\nkind: document\nsubmitted: 2026-06-01"),
    ],
)
def test_full_files_drafts_and_registers_are_not_half_filled(tmp_path, text):
    assert by_code(doubted(written(tmp_path, {"anna.yaml": text})), "half_filled") == []


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2025-06-16", "more than 12 months before"),
        ("2024-01-01T10:00:00Z", "more than 12 months before"),
        ("2027-06-30", "long after"),
        ("2026-12-01", "long after"),
    ],
)
def test_a_file_of_another_assessment_is_told_at_its_day(tmp_path, day, words):
    (found,) = doubted(written(tmp_path, {"anna.yaml": answers_file("anna", WHOLE, head(day))}))
    assert (found.code, found.severity, found.location.line) == ("submitted_date", "warning", 4)
    assert words in found.message
    assert found.hint


@pytest.mark.parametrize("day", ["2025-06-30", "2026-06-30", "2026-08-15", "2025-12-24"])
def test_a_file_of_this_assessment_is_in_order(tmp_path, day):
    assert doubted(written(tmp_path, {"anna.yaml": answers_file("anna", WHOLE, head(day))})) == ()


def test_the_months_after_which_a_file_is_old_are_those_of_the_evidence(tmp_path):
    short = rubric_of(RUBRIC.replace("{anonymous: [CU]}", "{evidence: {max_age_months: 3}}"))
    folder = written(tmp_path, {"anna.yaml": answers_file("anna", WHOLE, head("2026-03-01"))})
    assert codes(doubted(folder, short)) == [("submitted_date", "warning")]


def test_a_copy_of_a_colleagues_file_is_told_at_the_second(tmp_path):
    (found,) = doubted(written(tmp_path, {"anna": NOTED, "bob": NOTED}))
    assert (found.code, found.severity, found.location.line) == ("copied", "warning", 2)
    assert found.location.file.endswith("bob.yaml")
    assert "'anna'" in found.message


def test_each_further_copy_is_told_once(tmp_path):
    found = doubted(written(tmp_path, dict.fromkeys(("anna", "bob", "carl", "dora"), NOTED)))
    assert [p.message.partition(" ")[0] for p in found] == ["'bob'", "'carl'", "'dora'"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (NOTED, NOTED.replace("three shops", "four shops")),
        (NOTED, NOTED.replace("reach: often", "reach: never")),
        (WHOLE, WHOLE),
        (
            "purpose: {value: defined, note: Same.}\nreach: often",
            "purpose: {value: defined, note: Same.}\nreach: often",
        ),
    ],
)
def test_what_two_people_may_well_both_have_written_is_no_copy(tmp_path, one, other):
    assert by_code(doubted(written(tmp_path, {"anna": one, "bob": other})), "copied") == []


def test_many_equal_answers_without_a_word_are_a_copy_unless_all_are_alike(tmp_path):
    asked = "\n".join(f"          - {{id: n{n}, type: yesno, text: Is it so {n}?}}" for n in range(14))
    long = rubric_of(
        RUBRIC.replace("  - id: own\n", f"  - id: more\n    title: More\n    questions:\n{asked}\n  - id: own\n")
    )
    mixed = "\n".join(f"n{n}: {'yes' if n % 3 else 'no'}" for n in range(14))
    alike = "\n".join(f"n{n}: yes" for n in range(14))
    assert codes(by_code(doubted(written(tmp_path / "a", {"x": mixed, "y": mixed}), long), "copied")) == [
        ("copied", "warning")
    ]
    assert by_code(doubted(written(tmp_path / "b", {"x": alike, "y": alike}), long), "copied") == []


# Numbers and days


def test_a_limit_that_was_one_of_each_owner_is_told_until_somebody_says_what_an_owner_carries(tmp_path):
    def told_of(name, more, rubric=SERVICE):
        return by_code(doubted(written(tmp_path / name, {"anna": WHOLE}, f"{ENGAGEMENT}{more}"), rubric), "at_once")

    (found,) = told_of("old", "at_once: 5\n")
    assert (found.severity, found.location.line) == ("note", ENGAGEMENT.count("\n") + 1)
    assert "`plan: {at_owner: 5}`" in found.hint
    assert told_of("none", "") == []
    assert told_of("said", "at_once: 5\nplan: {at_owner: 5}\n") == []
    said = rubric_of(RUBRIC.replace("policies: {", "policies: {plan: {at_owner: 3}, "))
    assert told_of("rubric", "at_once: 5\n", said) == []


@pytest.mark.parametrize("share", ["0.8", "0.05", "{value: 0.999, note: Counted.}"])
def test_a_share_of_one_for_a_percentage_is_told_at_its_value(tmp_path, share):
    (found,) = doubted(written(tmp_path, {"anna": WHOLE.replace("share: 40", f"share: {share}")}))
    assert (found.code, found.severity, found.location.line) == ("unlikely", "warning", 11)
    assert "%" in found.message


def test_the_way_out_of_a_share_is_the_percentage(tmp_path):
    (found,) = doubted(written(tmp_path, {"anna": WHOLE.replace("share: 40", "share: 0.8")}))
    assert "write 80 " in found.hint
    assert "'share'" in found.message


@pytest.mark.parametrize("share", ["0", "1", "1.5", "80"])
def test_whole_percentages_are_in_order(tmp_path, share):
    assert doubted(written(tmp_path, {"anna": WHOLE.replace("share: 40", f"share: {share}")})) == ()


def test_a_share_in_a_settled_answer_is_told_too(tmp_path):
    agreed = "share: {value: 0.8, basis: [anna], why: Counted again.}"
    (found,) = doubted(written(tmp_path, {"anna": WHOLE}, agreed=agreed))
    assert (found.code, found.location.line) == ("unlikely", 3)
    assert found.location.file.endswith("_agreed.yaml")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("capacity: {default: 0}", "0 person-days"),
        ("capacity: {default: 0, team: 0}", "0 person-days"),
        ("start_on: 2025-06-30", "before the day"),
        ("start_on: 2026-06-29", "before the day"),
        ("start_on: 2027-07-30", "long after"),
        ("start_on: 2028-01-01", "long after"),
    ],
)
def test_an_engagement_whose_plan_cannot_be_meant_is_told_at_its_line(tmp_path, line, words):
    (found,) = doubted(written(tmp_path, {"anna": WHOLE}, f"{ENGAGEMENT}{line}\n"))
    assert (found.code, found.severity, found.location.line) == ("unlikely", "warning", 6)
    assert words in found.message


@pytest.mark.parametrize(
    "line", ["capacity: {default: 0, team: 5}", "capacity: {team: 0}", "start_on: 2026-06-30", "start_on: 2027-06-30"]
)
def test_a_plan_that_can_be_meant_is_in_order(tmp_path, line):
    assert doubted(written(tmp_path, {"anna": WHOLE}, f"{ENGAGEMENT}{line}\n")) == ()


# Questions that are not shown


def test_an_answer_its_own_file_hides_is_told(tmp_path):
    folder = written(tmp_path, {"anna": WHOLE.replace("written: yes", "written: no")})
    (found,) = by_code(doubted(folder), "hidden_answer")
    assert (found.severity, found.location.line) == ("warning", 11)
    assert "written = no in the same file" in found.message
    assert "asked only when written = yes; one of the two is wrong" in found.hint


@pytest.mark.parametrize("form", ["{written: no, share: 40}", "{team: {written: no, share: 40}}"])
def test_an_answer_hidden_in_an_engagement_of_one_file_is_told(tmp_path, form):
    (tmp_path / "e.yaml").write_text(f"{ENGAGEMENT}answers: {form}\n", encoding="utf-8")
    assert codes(by_code(doubted(tmp_path / "e.yaml"), "hidden_answer")) == [("hidden_answer", "warning")]


def test_answers_hidden_by_what_others_say_are_counted_and_told_with_the_reason(tmp_path):
    quiet = WHOLE.replace("written: yes\n", "")
    files = {"anna": quiet, "bob": quiet, "carl": WHOLE.replace("written: yes\nshare: 40", "written: no")}
    found = by_code(doubted(written(tmp_path, files)), "hidden_answer")
    assert [Path(problem.location.file).name for problem in found] == ["anna.yaml", "bob.yaml"]
    assert "to 'share' does not count: it is asked only when written = yes" in found[0].message
    assert "which is not so by what all say together (written: 1 x no)" in found[0].message


def test_one_answer_that_hides_ten_never_does_so_in_silence(tmp_path):
    files = {f"r{n}": WHOLE for n in range(10)} | {"r3": WHOLE.replace("written: yes", "written: no")}
    (found,) = by_code(doubted(written(tmp_path, files)), "hidden_answer")
    assert "the answer of 'r3' to 'share' does not count: written = no in the same file" in found.message
    assert found.location.column == 3


def test_an_answer_that_is_shown_or_undecided_is_in_order(tmp_path):
    files = {"anna": WHOLE, "bob": WHOLE.replace("written: yes\n", "")}
    assert by_code(doubted(written(tmp_path, files)), "hidden_answer") == []


# People against each other


def test_what_nobody_knows_is_a_note(tmp_path):
    files = {"anna": WHOLE.replace("reach: often", "reach: {unknown: true}"), "bob": "reach: {unknown: true}"}
    (found,) = by_code(doubted(written(tmp_path, files)), "nobody_knows")
    assert found.severity == "note"
    assert "all 2 who were asked" in found.message
    assert found.location.column == 3  # at the name of the question
    assert by_code(doubted(written(tmp_path, {**files, "carl": "reach: often"})), "nobody_knows") == []


NA = "purpose: {na: true, why: No shop here.}"


@pytest.mark.parametrize("away", [2, 5])
def test_most_say_it_does_not_apply_and_one_answers(tmp_path, away):
    files = {f"r{n}": NA for n in range(away)} | {"zoe": "purpose: absent"}
    (found,) = by_code(doubted(written(tmp_path, files)), "na_disputed")
    assert (found.severity, found.location.line, found.location.column) == ("warning", 6, 3)
    assert f"{away} of {away + 1} say" in found.message
    assert "zoe" in found.message


def test_a_few_to_whom_it_does_not_apply_are_one_note_for_all_questions(tmp_path):
    (found,) = by_code(doubted(written(tmp_path, {"r1": NA, "r2": WHOLE, "r3": WHOLE})), "na_disputed")
    assert (found.severity, found.location) == ("note", None)
    assert "purpose (1 of 3)" in found.message


def test_what_was_settled_is_disputed_no_more(tmp_path):
    agreed = "purpose: {value: absent, basis: [zoe], why: Seen.}"
    files = {"r1": NA, "r2": NA, "zoe": "purpose: absent"}
    assert by_code(doubted(written(tmp_path, files, agreed=agreed)), "na_disputed") == []


# Evidence


def proof(*entries):
    return f"purpose: {{value: practised, evidence: [{', '.join(entries)}]}}"


@pytest.mark.parametrize(
    ("entries", "code", "line"),
    [
        (["{title: Minutes, dated: 2020-05-01}"], "evidence_stale", 6),
        (["{title: Minutes, dated: 2025-06-29}", "{title: Old, dated: 2019-01-01}"], "evidence_stale", 6),
        (["{title: Minutes, dated: 2020-05-01}", "{title: Undated}"], "evidence_stale", 6),
        (["{title: Minutes}"], "evidence_missing", 6),
        (["{title: A word, kind: customer}", "{title: Two}"], "evidence_missing", 6),
    ],
)
def test_evidence_that_counts_for_nothing_is_told(tmp_path, entries, code, line):
    _, problems = gathered(written(tmp_path, {"anna": proof(*entries)}), PROVED)
    assert told(problems) == [(code, "warning", line)]
    assert "stated only" in problems[0].hint


def test_stale_evidence_names_the_newest_day_and_the_age_that_counts(tmp_path):
    entries = ["{title: A, dated: 2019-01-01}", "{title: B, dated: 2020-05-01}"]
    _, (found,) = gathered(written(tmp_path, {"anna": proof(*entries)}), PROVED)
    assert "2020-05-01" in found.message
    assert "12 months" in found.message
    assert found.source[found.location.column - 1 :].startswith("2020-05-01")


@pytest.mark.parametrize(
    ("entries", "rubric"),
    [
        (["{title: Minutes, dated: 2025-06-30}"], PROVED),
        (["{title: Old, dated: 2019-01-01}", "{title: New, dated: 2026-01-01}"], PROVED),
        (["{title: Old, dated: 2019-01-01}"], SERVICE),
    ],
)
def test_evidence_that_counts_or_that_no_policy_judges_is_in_order(tmp_path, entries, rubric):
    assert gathered(written(tmp_path, {"anna": proof(*entries)}), rubric)[1] == ()


# What `check` says of the whole


def test_what_some_left_open_and_what_evidence_holds_down_are_notes(tmp_path):
    folder = written(tmp_path, {"anna": WHOLE.replace("purpose: defined", "purpose: practised"), "bob": "reach: often"})
    sheet, _ = gathered(folder, PROVED)
    counting = count_answers(PROVED, sheet).sheet
    scores = score(PROVED, counting)
    notes = answer_gaps(PROVED, sheet, counting, scores)
    assert codes(notes) == [("left_open", "note"), ("held_down", "note")]
    assert "purpose" in notes[0].message
    assert "stated only: purpose" in notes[1].message
    again = written(tmp_path / "more", {"anna": WHOLE, "bob": WHOLE, "carl": "reach: often"})
    others = gathered(again, PROVED)[0]
    more = answer_gaps(PROVED, others, count_answers(PROVED, others).sheet, scores)
    assert more[0].message != notes[0].message


def test_doubts_are_of_check_alone_and_change_no_score(tmp_path):
    files = {"anna": NOTED, "bob": NOTED, "carl.yaml": answers_file("carl", NOTED, head("2020-01-01"))}
    folder = written(tmp_path, files, f"{ENGAGEMENT}capacity: {{default: 0}}\n")
    sheet = count_answers(SERVICE, gathered(folder)[0]).sheet
    problems = doubted(folder)
    assert {p.code for p in problems} == {"copied", "submitted_date", "unlikely"}
    assert {p.severity for p in problems} == {"warning"}
    assert assess_sheet(SERVICE, sheet, problems).problems == assess_sheet(SERVICE, sheet, ()).problems


@pytest.mark.parametrize(
    ("invited", "heads", "says"),
    [
        ("{team: 1}", 2, "Team (team): 2 answered, and 1 was invited"),
        ("{team: 2, customer: 4}", 3, "Team (team): 3 answered, and 2 were invited"),
        ("{TM: 1}", 3, "Team (team): 3 answered, and 1 was invited"),
        ("{team: 3}", 3, ""),
        ("{customer: 1}", 3, ""),
        ("{team: 0}", 1, "Team (team): 1 answered, and 0 were invited"),
    ],
)
def test_more_answers_than_invitations_are_doubted_where_the_number_stands(invited, heads, says, tmp_path):
    files = {f"t{place}": WHOLE.replace("share: 40", f"share: {40 + place}") for place in range(heads)}
    folder = written(tmp_path, files, f"{ENGAGEMENT}invited: {invited}\n")
    found = [problem for problem in doubted(folder) if problem.code == "unlikely"]
    assert [problem.message for problem in found] == ([says] if says else [])
    assert all(problem.location.file.endswith("engagement.yaml") for problem in found)

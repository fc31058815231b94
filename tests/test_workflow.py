"""The stages in their order: what goes in is checked, what comes out is the same every time."""

import pytest

from assess import workflow
from assess.model.answers import AnswerSheet
from assess.problems import DocumentError
from assess.render import is_untouched


@pytest.fixture
def found(place):
    return workflow.assess(place.org, [place.rubrics])


def test_an_assessment_holds_every_stage(found):
    assert found.rubric.id == "small"
    assert found.sheet.engagement.organization.name == "Corner Hotel"
    assert found.scorecard["HEA"].value == 25.0
    assert found.diagnosis.headline == "Complaints get lost here."
    assert [placement.initiative for placement in found.plan.placements] == ["i01", "i02"]
    assert found.problems == ()


def test_a_report_is_sealed_and_the_same_every_time(found, place):
    text = workflow.report(found)
    assert is_untouched(text)
    assert workflow.report(workflow.assess(place.org, [place.rubrics])) == text


def test_the_order_and_names_of_files_and_their_line_ends_change_nothing(found, place):
    text = workflow.report(found)
    for number, path in enumerate(sorted((place.org / "answers").iterdir(), reverse=True)):
        content = path.read_bytes().replace(b"\n", b"\r\n")
        path.unlink()
        (place.org / "answers" / f"file{number}.yaml").write_bytes(content)
    again = workflow.assess(place.org, [place.rubrics])
    assert again.scorecard == found.scorecard
    assert again.plan == found.plan
    assert [line for line in workflow.report(again).splitlines() if "sha256:" not in line] == [
        line for line in text.splitlines() if "sha256:" not in line
    ]


def test_warnings_travel_to_the_report_and_notes_on_the_rubric_do_not(place):
    place.edit("org/answers/boss.yaml", "submitted: 2026-06-20\n", "")
    when = "(hear_days > 50 or hear_days < 60) and hear_written = no"
    both = f"when: {when}, cap: {{of: [mend], at: begun}}, because: Too slow or too quick"
    place.edit(
        "rubrics/small.yaml", "\ninitiatives:\n", f"\ngates:\n  - {{id: odd, {both}, lifted_by: [i02]}}\ninitiatives:\n"
    )
    _, remarks = workflow.reviewed_rubric(place.rubrics / "small.yaml")
    assert [(problem.code, problem.severity) for problem in remarks] == [("both_senses", "note")]
    assert [problem.code for problem in workflow.assess(place.org, [place.rubrics]).problems] == ["draft"]


def test_a_check_tells_who_answered_and_what_is_open(place):
    place.edit("org/answers/desk.yaml", "  hear_reply: practised\n", "")
    roles, people, problems, *_ = workflow.check(place.org, [place.rubrics])
    assert [(row.respondent, row.answered, row.asked) for row in people] == [
        ("r-anna", 2, 2), ("r-ben", 4, 5), ("", None, None), ("", 3, 3),
    ]  # fmt: skip
    assert [(role.role, role.invited, role.answered, role.open) for role in roles] == [
        ("boss", 1, 1, 0), ("desk", 1, 1, 1), ("guest", 4, 2, 0), ("log", None, 1, 0),
    ]  # fmt: skip
    assert {problem.code for problem in problems} == {"unanswered", "thin_role"}


def test_much_that_does_not_apply_is_a_warning_with_the_questions(place):
    assert "na_share" not in {problem.code for problem in workflow.check(place.org, [place.rubrics]).problems}
    place.edit("org/answers/desk.yaml", "hear_reply: practised", "hear_reply: {na: true, why: No guests.}")
    for name in ("carl", "dora"):
        (place.org / "answers" / f"{name}.yaml").unlink()
    (found,) = workflow.assess(place.org, [place.rubrics]).problems
    assert (found.code, found.severity) == ("na_share", "warning")
    assert found.message.startswith("50% of 'Hearing' (hear) does not apply")
    assert found.hint.endswith("hear_reply")
    assert found.location.file.endswith("answers/desk.yaml")
    assert found.source.strip().startswith("hear_reply: {na: true")
    assert found in workflow.check(place.org, [place.rubrics]).problems
    place.edit("rubrics/small.yaml", "min_cell: 3", "min_cell: 3\n  na_share: 50")
    assert workflow.assess(place.org, [place.rubrics]).problems == ()


def test_a_settled_question_is_owed_by_nobody(place):
    place.edit("org/answers/desk.yaml", "  hear_reply: practised\n", "")
    (place.org / "answers" / "_agreed.yaml").write_text(
        "assess: agreed/1\nanswers:\n  hear_reply: {value: defined, basis: [r-ben], why: The book shows it.}\n",
        encoding="utf-8",
    )
    roles = workflow.check(place.org, [place.rubrics]).roles
    assert sum(role.open for role in roles) == 0


def test_what_a_silent_role_was_asked_is_open_whoever_else_answered_it(place):
    (place.org / "answers" / "carl.yaml").unlink()
    (place.org / "answers" / "dora.yaml").unlink()
    place.edit("org/engagement.yaml", ", guest: 4", "")
    roles = workflow.check(place.org, [place.rubrics]).roles
    assert [(role.role, role.answered, role.open) for role in roles] == [
        ("boss", 1, 0), ("desk", 1, 0), ("guest", 0, 1), ("log", 1, 0),
    ]  # fmt: skip


def test_a_rubric_with_mistakes_is_refused_before_any_answer_is_read(place):
    place.edit("rubrics/small.yaml", "lifted_by: [i01]", "lifted_by: [i011]")
    place.edit("org/answers/desk.yaml", "hear_days: 9", "hear_days: many")
    with pytest.raises(DocumentError) as caught:
        workflow.assess(place.org, [place.rubrics])
    assert {problem.code for problem in caught.value.problems} == {"unknown_name"}


def test_an_unknown_rubric_is_named_where_it_stands(place):
    with pytest.raises(DocumentError) as caught:
        workflow.read_engagement(place.org)
    (problem,) = caught.value.problems
    assert (problem.location.line, problem.location.column) == (3, 9)
    assert problem.source == "rubric: small"
    assert "known rubrics" in problem.hint


def test_answers_may_be_a_sheet_or_a_mapping(place):
    rubric = workflow.load_rubric(place.rubrics / "small.yaml")
    sheet = workflow.load_answers(place.org, rubric)
    assert isinstance(sheet, AnswerSheet)
    assert workflow.score(rubric, sheet)["mend"].value == 50.0
    assert workflow.score(rubric, {"mend_cause": "leading", "hear_written": "no"})["mend"].value == 50.0
    with pytest.raises(DocumentError, match="did you mean 'mend_cause'"):
        workflow.score(rubric, {"mend_cuase": "leading"})


def test_answers_for_another_rubric_are_refused(place):
    place.edit("org/engagement.yaml", "rubric: small", "rubric: other")
    with pytest.raises(DocumentError, match="written for the rubric 'other'"):
        workflow.load_answers(place.org, workflow.load_rubric(place.rubrics / "small.yaml"))


def test_own_templates_win_over_the_shipped_ones(found, place):
    own = place.root / "own"
    own.mkdir()
    (own / "roadmap.md.j2").write_text("# Short\n\nNothing else.\n", encoding="utf-8")
    assert workflow.report(found, [own]).startswith("# Short\n\nNothing else.\n<!-- assess:seal")


def test_of_an_engagement_of_another_version_only_that_is_said(place):
    place.edit("org/answers/desk.yaml", "hear_written: no", "hear_asked_before: no")
    with pytest.raises(DocumentError) as fitting:
        workflow.assess(place.org, [place.rubrics])
    assert {problem.code for problem in fitting.value.problems} >= {"unknown_question"}
    place.edit("org/engagement.yaml", 'rubric_version: "1.0"', 'rubric_version: "0.1"')
    with pytest.raises(DocumentError) as other:
        workflow.assess(place.org, [place.rubrics])
    assert [problem.code for problem in other.value.problems] == ["version"]

"""Findings about what is not shown, not known or not answered."""

import datetime

import pytest
from diagnosing import counted_sheet, criterion, fact, findings, level, proof, reply, rubric, sheet
from factories import CEILINGS

from assess.model.findings import Quote

# --- proof


DOCUMENT = "a dated document not older than 12 months"


@pytest.mark.parametrize(
    ("evidence", "there", "settle"),
    [
        ((), "nothing is attached that shows it", f"Attach {DOCUMENT} to the answer."),
        (
            (proof(dated=datetime.date(2020, 1, 1)),),
            "what is attached is undated or too old",
            f"Attach {DOCUMENT} to the answer.",
        ),
        (
            (proof(),),
            "a dated document is there, and nobody outside has confirmed it",
            f"Attach {DOCUMENT} and the word of customers or a third party to the answer.",
        ),
    ],
)
def test_what_is_claimed_beyond_its_proof_says_what_is_there_and_what_would_count(evidence, there, settle):
    book = rubric(criterion("desk"), policies=CEILINGS)
    found = findings(book, sheet(("team", {"desk_how": reply("leading", *evidence)})))["unproved_desk_how"]
    value = 3 if there.startswith("a dated") else 2
    assert found.says == f'"Desk" is described at 4.00 and counts as {value}.00: {there}.'
    assert found.size == 100 - 25 * value
    assert found.settle == settle


def test_what_is_attached_to_a_dont_know_is_no_proof():
    book = rubric(criterion("desk"), policies=CEILINGS)
    answers = sheet(
        ("team", {"desk_how": "leading"}), ("service", {"desk_how": reply("unknown")._replace(evidence=(proof(),))})
    )
    found = findings(book, answers)["unproved_desk_how"]
    assert found.says == '"Desk" is described at 4.00 and counts as 2.00: nothing is attached that shows it.'


def test_proved_or_modest_answers_are_not_unproved():
    book = rubric(criterion("desk"), criterion("log"), policies=CEILINGS)
    answers = sheet(("team", {"desk_how": "defined", "log_how": reply("practised", proof())}))
    assert not [name for name in findings(book, answers) if name.startswith("unproved")]


def test_the_three_costliest_unproved_answers_stand_first():
    parts = [criterion(name, weight=weight) for name, weight in (("a", 1), ("b", 1), ("c", 9), ("d", 8), ("e", 7))]
    given = {"a_how": "practised", "b_how": "leading", "c_how": "practised", "d_how": "practised", "e_how": "practised"}
    found = findings(rubric(*parts, policies=CEILINGS), sheet(("team", given)))
    order = [name for name in found if name.startswith("unproved")]
    assert order == [f"unproved_{name}_how" for name in ("c", "d", "e", "b", "a")]


# --- blind spots and silence


def test_a_dont_know_nobody_makes_up_for_counts_as_the_worst_or_as_missing():
    worst = rubric(criterion("desk"), policies={"unknown": "zero"})
    for book, counts in ((worst, "it counts as the worst answer"), (rubric(criterion("desk")), "it counts as missing")):
        found = findings(book, sheet(("team", {"desk_how": "unknown"})))["blind_desk_how"]
        assert counts in found.says
        assert found.quotes == (Quote("Social team", "desk_how", "How is desk_how done?", "Don't know"),)
        assert not found.red


def test_a_fact_nobody_knows_says_what_it_counts_as():
    book = rubric(criterion("desk", level("desk_how"), fact("page", unknown_as="no")))
    found = findings(book, sheet(("team", {"page": "unknown"})))["blind_page"]
    assert found.says == '"Is page so?" Nobody asked could say; it counts as "No".'


def test_what_others_know_stays_a_blind_spot_of_the_role_that_does_not():
    answers = sheet(("team", {"desk_how": "defined"}), ("service", {"desk_how": "unknown"}), ("executive", {}))
    found = findings(rubric(criterion("desk")), answers)["blind_desk_how"]
    assert found.because == "1 of 2 answers: don't know (Service)"
    assert "what the others say counts" in found.says


@pytest.mark.parametrize(
    ("missing", "counts"), [("exclude", "as missing"), ("zero", "as the worst answer until somebody answers")]
)
def test_what_was_only_declined_is_a_blind_spot_of_its_own_kind_and_no_silence(missing, counts):
    book = rubric(criterion("desk"), criterion("log"), policies={"missing": missing})
    answers = sheet(("team", {"desk_how": "declined", "log_how": "defined"}), ("service", {"log_how": "defined"}))
    found = findings(book, answers)
    declined = found["blind_desk_how"]
    assert declined.title == "Declined: Desk"
    assert declined.says == (
        f'"How is desk_how done?" It was declined, and nobody asked gave an answer; it counts {counts}.'
    )
    assert declined.quotes == (Quote("Social team", "desk_how", "How is desk_how done?", "Declined to answer"),)
    assert declined.because == "1 of 1 answer: declined to answer (Social team)"
    assert not [quote for finding in found.values() if finding.kind == "silence" for quote in finding.quotes]


@pytest.mark.parametrize(
    ("others", "title"), [("defined", None), ("unknown", "Not known: Desk"), ("na", None), (None, "Declined: Desk")]
)
def test_a_declined_question_is_a_blind_spot_only_while_nobody_said_anything_else(others, title):
    answers = sheet(("team", {"desk_how": "declined"}), ("service", {"desk_how": others} if others else {}))
    found = findings(rubric(criterion("desk", level("desk_how", allow=["na", "unknown", "declined"]))), answers)
    assert [f.title for name, f in found.items() if name.startswith("blind")] == ([title] if title else [])


@pytest.mark.parametrize("said", ["declined", "unknown", "na", "practised"])
def test_what_too_few_anonymous_people_say_is_no_finding_but_that_no_answer_counts(said):
    book = rubric(
        criterion("desk", level("desk_how", allow=["na", "unknown", "declined"], ask=["customer"])),
        policies={"anonymous": ["customer"]},
    )
    found = findings(book, counted_sheet(book, ("customer", {"desk_how": said})))
    assert [name for name in found if "desk" in name] == ["silence_desk"]
    assert [q.answered for q in found["silence_desk"].quotes] == ["Fewer than 5 answers, not counted"]
    assert "got no answer that counts" in found["silence_desk"].says


def test_unanswered_questions_are_grouped_by_criterion_with_the_bounds_they_leave():
    book = rubric(criterion("desk", level("one"), level("two"), fact("page")))
    found = findings(book, sheet(("team", {"one": "leading"})))["silence_desk"]
    assert found.says == (
        '2 questions about "Desk" got no answer. "Desk" has no score. '
        "With every answer it would lie between 2.00 and 4.00."
    )
    assert found.size == 50
    assert [q.question for q in found.quotes] == ["two", "page"]
    assert found.quotes[0].role == "Executive, Social team, Service and Customer"


def test_an_unanswered_fact_that_can_change_nothing_says_so():
    book = rubric(criterion("desk", level("desk_how"), fact("page")))
    found = findings(book, sheet(("team", {"desk_how": "defined"})))["silence_desk"]
    assert found.says == '1 question about "Desk" got no answer. The score is 2.00 whatever the answers are.'


def test_a_principle_without_enough_answers_is_silent_too():
    book = rubric(criterion("desk"), criterion("log"))
    found = findings(book, sheet(("team", {"desk_how": "leading"})))
    assert found["silence_care"].says == '"Care" has no score. With every answer it would lie between 2.00 and 4.00.'
    assert found["silence_care"].because == "50% of the weight is answered"


def test_a_question_that_did_not_come_up_is_not_silence():
    follow = fact("follow", show_when="page = yes")
    book = rubric(criterion("desk", level("desk_how"), fact("page"), follow, fact("extra", required=False)))
    for page, silent in (("no", []), ("yes", ["follow"])):
        found = findings(book, sheet(("team", {"desk_how": "defined", "page": page})))
        assert [q.question for name in found if name == "silence_desk" for q in found[name].quotes] == silent

"""Findings about answers that contradict each other: clashes, disagreements, and who is quoted."""

import datetime

import pytest
from diagnosing import (
    APART,
    LABELS,
    clashing,
    counted_sheet,
    criterion,
    fact,
    findings,
    gated,
    initiative,
    level,
    reply,
    rubric,
    sheet,
)

from assess.model.answers import Settlement
from assess.model.findings import Quote

# --- clashes


def test_a_clash_quotes_both_questions_in_the_words_each_role_was_asked_and_both_answers():
    found = findings(clashing(), sheet(("executive", {"desk_how": "leading"}), ("team", {"log_hours": 1.5})))
    clash = found["clash_words"]
    assert clash.quotes == (
        Quote("Executive", "desk_how", "How near are you?", LABELS[4]),
        Quote("Social team", "log_hours", "How many hours?", "1.5 hours"),
    )
    assert (clash.says, clash.settle, clash.initiatives) == (
        "Leaders are near customers, and no hours show it.",
        "Open the calendar.",
        ("a",),
    )
    assert (clash.node, clash.red) == ("care", False)
    assert "both at once" not in clash.because


def test_no_clash_while_one_half_is_open():
    assert "clash_words" not in findings(clashing(), sheet(("executive", {"desk_how": "leading"})))


def test_several_answers_of_a_role_are_quoted_by_their_mean_and_number():
    book = clashing(practice="log_hours < 4 or desk_how <= defined by team")
    answers = sheet(
        ("executive", {"desk_how": "leading"}),
        ("executive", {"desk_how": "practised"}),
        ("executive", {"desk_how": "practised"}),
        ("team", {"desk_how": "defined", "log_hours": 1.0}),
        ("team", {"desk_how": "defined", "log_hours": 2.0}),
    )
    assert [q.answered for q in findings(book, answers)["clash_words"].quotes] == [
        f"{LABELS[3]} (mean 3.33 of 3 answers)",
        "mean 1.5 hours of 2 answers",
        f"{LABELS[2]} (all 2 answers)",
    ]


def test_differing_words_are_counted():
    book = gated(when="page = no")
    answers = sheet(("team", {"page": "no"}), ("team", {"page": "no"}), ("team", {"page": "yes"}))
    assert findings(book, answers)["gate_no_page"].quotes[0].answered == "No (2); Yes (1)"


def test_options_ticked_are_quoted_by_their_labels():
    tools = {
        "id": "tools",
        "type": "multi",
        "text": "Which?",
        "weight": 0,
        "options": [{"key": "mail", "label": "Mail"}, {"key": "chat", "label": "Chat"}],
    }
    gate = {"id": "g", "when": "has(tools, chat)", "because": "Chat", "flag": True}
    book = rubric(criterion("desk", level("desk_how"), tools), gates=[gate])
    one = findings(book, sheet(("team", {"tools": ("mail", "chat")})))
    two = findings(book, sheet(("team", {"tools": ("mail", "chat")}), ("team", {"tools": ("chat",)})))
    assert one["gate_g"].quotes[0].answered == "Mail; Chat"
    assert two["gate_g"].quotes[0].answered == "Chat (2); Mail (1)"


def test_dates_are_quoted_and_free_words_are_not():
    when = {"id": "begun", "type": "date", "text": "Since when?"}
    words = {"id": "story", "type": "text", "text": "What happened?"}
    gate = {"id": "g", "when": "months_since(begun) > 6 and answered(story)", "because": "Old", "flag": True}
    book = rubric(criterion("desk", level("desk_how"), when, words), gates=[gate])
    answers = sheet(("team", {"begun": datetime.date(2025, 1, 2), "story": "Anna was rude."}))
    assert [q.answered for q in findings(book, answers)["gate_g"].quotes] == ["2025-01-02", "Answered in words"]


def test_a_clash_is_red_when_a_question_in_it_is_in_disagreement():
    book = clashing({"disagreement": {"role": "executive", "levels": 2}}, practice="desk_how <= ad_hoc by team")
    found = findings(book, sheet(("executive", {"desk_how": "leading"}), ("team", {"desk_how": "ad_hoc"})))
    assert found["clash_words"].red
    assert 'the roles disagree on "Desk"' in found["clash_words"].because


def test_a_clash_is_red_when_its_cap_binds():
    book = clashing(cap={"of": ["log"], "at": "ad_hoc"})
    answers = sheet(("executive", {"desk_how": "leading", "log_how": "leading"}), ("team", {"log_hours": 1.0}))
    clash = findings(book, answers)["clash_words"]
    assert (clash.red, clash.size) == (True, 75)
    assert '"Log" is held at 1.00 instead of 4.00' in clash.because


def test_a_clash_is_as_large_as_its_highest_claim_stands_above_its_lowest_practice():
    """Of two claims the higher and of two practices the lower one, whichever of them stands first."""
    for high, low in (("desk_how", "log_how"), ("log_how", "desk_how")):
        claim = f"{high} = leading by executive and {low} >= defined by executive"
        practice = f"{high} <= defined by team and {low} <= ad_hoc by team"
        book = clashing(claim=claim, practice=practice)
        said = {high: "leading", low: "practised"}, {high: "defined", low: "absent"}
        answers = sheet(("executive", said[0]), ("team", said[1]))
        assert findings(book, answers)["clash_words"].size == 100


def test_respondents_who_contradict_themselves_are_counted():
    answers = sheet(
        ("executive", {"desk_how": "leading", "log_hours": 0.0}),
        ("executive", {"desk_how": "leading", "log_hours": 1.0}),
        ("executive", {"desk_how": "practised"}),
    )
    assert "2 respondents say both at once" in findings(clashing(), answers)["clash_words"].because


@pytest.mark.parametrize("claim", ["desk_how >= practised", "desk >= practised", "desk >= 3", "desk_how = leading"])
def test_whoever_contradicts_themselves_does_so_in_words_whatever_was_proved(claim):
    """What an answer without proof counts as says nothing of whether it was given."""
    answers = sheet(
        ("executive", {"desk_how": "leading", "log_how": "defined", "log_hours": 1.0}),
        ("team", {"desk_how": "leading", "log_how": "defined"}),
    )
    clash = findings(clashing({"evidence": {}}, claim=claim), answers)["clash_words"]
    assert "1 respondent says both at once" in clash.because


@pytest.mark.parametrize(("page", "alone"), [("unknown", False), ("no", True)])
def test_who_does_not_know_says_nothing_though_it_counts_as_the_worst(page, alone):
    clash = {"id": "words", "claim": "desk_how >= practised", "practice": "page = no", "says": "Not so."}
    asked = criterion("desk", level("desk_how"), fact("page", unknown_as="no"))
    book = rubric(asked, principle={"clashes": [clash]})
    found = findings(book, sheet(("executive", {"desk_how": "leading", "page": page}), ("team", {"page": "no"})))
    assert ("1 respondent says both at once" in found["clash_words"].because) is alone


@pytest.mark.parametrize(("own", "alone"), [({}, False), ({"log_how": "absent"}, True)])
def test_who_said_nothing_contradicts_nobody_though_it_counts_as_the_worst(own, alone):
    clash = {"id": "words", "claim": "desk_how >= practised", "practice": "log_how <= absent", "says": "Not so."}
    policies = {"missing": "zero", "min_coverage": 0}
    book = rubric(criterion("desk"), criterion("log"), principle={"clashes": [clash]}, policies=policies)
    found = findings(book, sheet(("executive", {"desk_how": "leading", **own}), ("team", {"log_how": "absent"})))
    assert ("1 respondent says both at once" in found["clash_words"].because) is alone


def test_too_few_anonymous_answers_make_no_clash():
    policies = {"anonymous": ["customer"], "min_cell": 3}
    book = clashing(policies, practice="desk_how <= ad_hoc by customer")
    boss, client = ("executive", {"desk_how": "leading"}), ("customer", {"desk_how": "absent"})
    few, enough = (findings(book, counted_sheet(book, boss, *[client] * n)) for n in (2, 3))
    assert "clash_words" not in few
    assert [q.role for q in enough["clash_words"].quotes] == ["Executive", "Customer"]


def test_a_respondent_who_asked_for_it_is_anonymous_in_any_role():
    book = clashing()
    boss, shy = ("executive", {"desk_how": "leading"}), ("team", {"log_hours": reply(1.0)})
    assert "clash_words" in findings(book, counted_sheet(book, boss, shy))
    assert "clash_words" not in findings(book, counted_sheet(book, boss, shy, anonymous=["team"]))


# --- disagreements


def test_a_disagreement_is_red_quotes_the_roles_apart_and_says_what_settles_it():
    book = rubric(criterion("desk"), policies=APART, initiatives=[initiative("a", desk="leading")])
    answers = sheet(
        ("executive", {"desk_how": "practised"}),
        ("team", {"desk_how": "ad_hoc"}),
        ("service", {"desk_how": "defined"}),
    )
    found = findings(book, answers)["disagreement_desk_how"]
    assert (found.red, found.node, found.size, found.initiatives) == (True, "desk", 50, ("a",))
    assert found.title == 'Roles disagree on "Desk"'
    assert found.says == 'Executive and Social team describe "Desk" so differently that they cannot all be right.'
    assert found.quotes == (
        Quote("Executive", "desk_how", "How is desk_how done?", f"Practised, 3.00: {LABELS[3]}"),
        Quote("Social team", "desk_how", "How is desk_how done?", f"Ad hoc, 1.00: {LABELS[1]}"),
    )
    assert found.because == "the lowest answer counts until it is settled: 1.00 now instead of 2.00"
    assert found.settle.startswith("Put what each side can show on one table")


def test_what_was_agreed_ends_a_disagreement():
    settled = {"desk_how": Settlement(reply("defined"), ("team",), "Seen together.")}
    answers = sheet(("executive", {"desk_how": "practised"}), ("team", {"desk_how": "absent"}), settled=settled)
    assert "disagreement_desk_how" not in findings(rubric(criterion("desk"), policies=APART), answers)


def test_a_small_anonymous_group_disagrees_with_nobody():
    book = rubric(criterion("desk"), policies={**APART, "anonymous": ["customer"]})
    boss, client = ("executive", {"desk_how": "leading"}), ("customer", {"desk_how": "absent"})
    assert "disagreement_desk_how" not in findings(book, counted_sheet(book, boss, *[client] * 4))
    assert "disagreement_desk_how" in findings(book, counted_sheet(book, boss, *[client] * 5))

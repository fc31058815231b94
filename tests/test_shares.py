"""Shares of a role: of a yes or no, and of any option; nobody heard is undecided, and one voice is not all."""

import pytest
from diagnosing import criterion, findings, level, rubric, sheet
from diagnosing import fact as asked
from factories import built, fact, gate, node, percent, question
from hypothesis import given
from hypothesis import strategies as st

from assess.authoring.check import audit
from assess.conditions import ConditionError
from assess.documents import SourceMap
from assess.explain.wording import condition_in_words
from assess.formula import compile_rubric, evaluate, read_sheet, translate_condition

PLACES = {
    "id": "place", "type": "choice", "text": "Where?", "weight": 0,
    "options": [
        {"key": "shop", "label": "In the shop"},
        {"key": "web", "label": "On the web"},
        {"key": "phone", "label": "By phone"},
    ],
}  # fmt: skip
NUMBERS = [question(name, "number", weight=0, ask=["customer"]) for name in ("days", "nights")]
BOOK = rubric(criterion("desk", level("desk_how"), asked("heard"), PLACES, *NUMBERS))


def truth(condition, *people, book=BOOK):
    return evaluate(compile_rubric(book), read_sheet(book, sheet(*people))).truth(condition)


def guests(name, *answers):
    return [("customer", {name: answer}) for answer in answers]


@pytest.mark.parametrize(
    ("condition", "people", "holds"),
    [
        ("share(heard = no by customer) >= 50", guests("heard", "no", "yes", "yes"), False),
        ("share(heard = no by customer) >= 50", guests("heard", "no", "no", "yes"), True),
        ("share(heard != yes by customer) >= 50", guests("heard", "no", "no", "yes"), True),
        ("share(heard = yes by customer) < 50", guests("heard", "unknown", "yes", "no", "no"), True),
        ("share(heard = no by customer) = 100", guests("heard", "no", "unknown", "declined"), True),
        ("share(heard = no by customer) < 50", guests("heard", "unknown"), None),
        ("share(heard = no by customer) < 50", [], None),
        ("share(heard = no by customer) < 50", [("team", {"heard": "yes"})], None),
        ("share(place = web by customer) > 30", guests("place", "web", "shop", "phone"), True),
        ("share(place in (web, phone) by customer) > 60", guests("place", "web", "shop", "phone"), True),
        ("share(place != shop by customer) < 60", guests("place", "web", "shop", "phone"), False),
        ("share(desk_how = defined by customer) = 50", guests("desk_how", "defined", "leading"), True),
        ("share(desk_how in (absent, leading) by customer) = 50", guests("desk_how", "defined", "leading"), True),
    ],
)  # fmt: skip
def test_a_share_counts_those_of_a_role_who_said_something(condition, people, holds):
    assert truth(condition, *people) is holds


def test_nobody_heard_is_undecided_also_where_a_dont_know_counts_as_something():
    book = rubric(
        criterion("desk", level("desk_how"), asked("heard", unknown_as="no")),
        policies={"unknown": "zero", "missing": "zero"},
    )
    for people in ([], guests("heard", "unknown", "unknown")):
        assert truth("share(heard = no by customer) >= 50", *people, book=book) is None
        assert truth("not share(heard = no by customer) >= 50", *people, book=book) is None


@given(st.lists(st.sampled_from(["yes", "no", "unknown", "declined"]), max_size=9), st.integers(0, 99))
def test_the_shares_of_yes_and_no_come_to_a_hundred(answers, at):
    people = guests("heard", *answers)
    low, high = (
        truth(f"share(heard = {key} by customer) {op}", *people)
        for key, op in (("no", f"<= {at}"), ("yes", f">= {100 - at}"))
    )
    assert low is high
    spoken = [answer for answer in answers if answer in ("yes", "no")]
    assert low is (None if not spoken else 100 * spoken.count("no") / len(spoken) <= at + 1e-9)


def test_a_finding_that_rests_on_a_share_quotes_all_of_the_role():
    held = {"id": "g", "when": "share(heard = no by customer) >= 50", "flag": True, "because": "b", "lifted_by": []}
    book = rubric(criterion("desk", level("desk_how"), asked("heard")), gates=[held])
    (quote,) = findings(book, sheet(*guests("heard", "no", "no", "yes")))["gate_g"].quotes
    assert (quote.role, quote.answered) == ("Customer", "No (2); Yes (1)")


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("share(heard = no by customer) < 50", 'the share of Customer for whom "Is heard so?" is no is below 50'),
        (
            "share(place in (web, phone) by customer) > 9",
            'for whom "Where?" is one of "On the web" and "By phone" is above 9',
        ),
    ],
)
def test_a_share_is_explained_in_words(condition, words):
    assert words in condition_in_words(BOOK, condition)


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("share(heard > no by customer) < 50", "'heard' has no order"),
        ("share(heard = maybe by customer) < 50", "'maybe' is not an option of 'heard'"),
        ("share(heard = no by guests) < 50", "there is no role 'guests'"),
        ("share(heard = no) < 50", "share needs a comparison by a role"),
        ("share(desk >= defined by customer) < 50", "a node is not answered by a role"),
        ("share(days > nights by customer) < 50", "share reads a question with options or a number"),
    ],
)
def test_a_share_that_reads_nothing_is_refused(condition, message):
    with pytest.raises(ConditionError, match=message.replace("'", ".")):
        translate_condition(BOOK, condition)


# --- what the checker knows


def said(when, *questions):
    codes = ("gate_never", "gate_always", "idle_condition")
    held = node("o", percent("r"), gates=[gate("g", when, "o", "l1")])
    problems = audit(built(node("p", percent("n"), *questions), held), SourceMap())
    return {problem.code for problem in problems if problem.code in codes}


CHOICE = question("c", "choice", 3)


@pytest.mark.parametrize(
    ("when", "codes"),
    [
        ("share(f = no by team) > 100", {"gate_never"}),
        ("share(f = no by team) < 0", {"gate_never"}),
        ("share(f = no by team) >= 50", set()),
        ("share(f = no by team) > 40 and share(f = yes by team) > 40", set()),
        ("share(f = no by team) > 60 and share(f = yes by team) > 60", {"gate_never"}),
        ("share(c = k0 by team) > 30 and share(c = k1 by team) > 30", set()),
        ("share(c = k0 by team) > 120", {"gate_never"}),
        ("share(c in (k0, k1) by team) < 20", set()),
    ],
)
def test_the_checker_divides_a_role_between_the_options(when, codes):
    assert said(when, fact("f"), CHOICE) == codes

"""Problems: every code explained, sorted by place, with the nearest spelling at hand."""

import pytest

from assess.problems import CATALOGUE, DocumentError, Location, Problem, errors, in_order, listing, nearest


def test_a_code_that_is_not_explained_cannot_be_used():
    with pytest.raises(KeyError):
        Problem("no_such_code", "message")


def test_every_code_is_explained_in_a_sentence():
    for code, words in CATALOGUE.items():
        assert code.replace("_", "").isalpha()
        assert code.islower()
        assert words[0].isupper()
        assert words.endswith(".")


def test_problems_come_in_the_order_of_their_places_and_once():
    late = Problem("answer", "late", Location("b.yaml", 1, 1))
    early = Problem("answer", "early", Location("a.yaml", 9, 1))
    line = Problem("answer", "line", Location("a.yaml", 9, 2))
    nowhere = Problem("answer", "nowhere")
    assert in_order([late, line, early, nowhere, early]) == (nowhere, early, line, late)


def test_only_errors_forbid_going_on():
    found = [
        Problem("draft", "d", severity="warning"),
        Problem("answer", "a"),
        Problem("thin_role", "t", severity="note"),
    ]
    assert errors(found) == (found[1],)


def test_the_exception_says_place_and_message_of_every_problem():
    error = DocumentError([Problem("answer", "second", Location("a.yaml", 2, 3)), Problem("answer", "first")])
    assert str(error) == "first\na.yaml:2:3: second"
    assert [problem.message for problem in error.problems] == ["first", "second"]


def test_the_nearest_spelling_is_offered_only_when_it_is_near():
    assert nearest("hear_cuont", ["hear_count", "hear_days"]) == "; did you mean 'hear_count'?"
    assert nearest("xyz", ["hear_count", "hear_days"]) == ""
    assert nearest("x", []) == ""


def test_long_listings_are_shortened():
    assert listing(["a", "b"]) == "a, b"
    assert listing([str(n) for n in range(10)], most=3) == "0, 1, 2 and 7 more"
    assert listing([]) == ""


@pytest.mark.parametrize("field", ["message", "hint", "witness"])
@pytest.mark.parametrize(
    "sign", ["\x1b]0;X\a", "\x1b[2J", "\u202e", "\u2066", "\x9b31m", "\x85", "\n::stop-commands::x", "\u2028", "\r"]
)
def test_no_word_of_a_problem_steers_a_terminal_or_begins_a_line(field, sign):
    words = {"message": "m", field: f"before {sign} after"}
    shown = getattr(Problem("answer", **words), field)
    assert shown.isprintable()
    assert shown.startswith("before ")
    assert shown.endswith(" after")

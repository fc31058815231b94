"""The condition language: what can be written, where a mistake is marked, and what is true, false or unknown."""

import datetime
from contextlib import suppress

import pytest
from factories import DECLINED, NA, UNKNOWN, built, fact, level, node, percent, proved, question, said, tree, written
from hypothesis import given
from hypothesis import strategies as st

from assess.conditions import ConditionError, comparisons, parse_condition
from assess.formula import translate_condition


def refused(text, rubric=None):
    """Message, marked text and hint of a condition that is refused."""
    with pytest.raises(ConditionError) as caught:
        translate_condition(rubric, text) if rubric else parse_condition(text)
    error = caught.value
    return error.message, text[error.offset : error.offset + error.length], error.hint


# --- parsing ---


@pytest.mark.parametrize(
    "text",
    [
        "a = yes",
        "a == yes",
        "a=yes",
        "  a   !=  no  ",
        "LWP-1 >= 2.5",
        "V.1 < defined",
        "a >= defined by executive",
        "not a = yes and (b = no or c in (x, y))",
        "a not in (x, y)",
        "has(tools, none) or only(tools, mail)",
        "count(tools) > 2 and answered(q)",
        "state(q) = unknown",
        "evidence(q) >= documented",
        "share(q >= done by customer) >= 60",
        "months_since(reviewed) > 12",
        "n(customer) >= 5",
        "reviewed >= 2026-01-31 and reviewed < assessed_on",
        "3 <= a",
        "a > -1.5",
        "a > .5",
    ],
)
def test_what_can_be_written(text):
    assert list(comparisons(parse_condition(text)))


@pytest.mark.parametrize(
    ("text", "message", "marked"),
    [
        ("a = yes b = no", "'b' is not expected here", "b"),
        ("a", "a is compared with nothing", ""),
        ("a =", "is missing here", ""),
        ("= a", "'=' is not a question", "="),
        ("a = 'yes'", "''' cannot stand", "'"),
        ("a = yes && b = no", "'&' cannot stand", "&"),
        ("a in yes", "'(' is missing", "yes"),
        ("a in ()", "')' is not an option key", ")"),
        ("(a = yes", "')' is missing", ""),
        ("a = yes by", "a role is missing", ""),
        ("a = and", "'and' is not", "and"),
        ("has(a)", "has takes other arguments", "has"),
        ("answered(a, b)", "answered takes other arguments", "answered"),
        ("like(a, b)", "there is no function 'like'", "like"),
        ("a > 2026-02-30", "2026-02-30 is not a day", "2026-02-30"),
        ("share(a = yes) > 3", "share needs a comparison by a role", "share"),
        ("share(not a = yes by r) > 3", "share needs a comparison by a role", "share"),
        ("", "is missing here", ""),
        ("a = (b, c)", "a list cannot follow '='", "("),
    ],
)
def test_a_mistake_is_marked_in_the_text(text, message, marked):
    found, place, _ = refused(text)
    assert message in found
    assert place == marked


def test_signs_of_other_languages_get_the_words_of_this_one():
    assert "`and`, `or`, `not`" in refused("a = yes && b = no")[2]
    assert "without quotes" in refused('a = "yes"')[2]
    assert "a = yes" in refused("a")[2]


@pytest.mark.parametrize("opening", ["(", "not ", "share("])
def test_depth_is_bounded(opening):
    assert "nested deeper than 32" in refused(opening * 200 + "a = b")[0]


def test_length_is_bounded():
    assert "2001 characters" in refused("a" * 2001)[0]
    parse_condition(" or ".join(["a = b"] * 200))


@given(st.text(st.sampled_from("ab_ =<>!()-.,0123456789andorti'\"é\n"), max_size=40))
def test_any_text_is_read_or_refused_with_a_place(text):
    with suppress(ConditionError):
        parse_condition(text)
        return
    message, marked, _ = refused(text)
    assert message
    assert marked or not text[len(text.rstrip()) :].strip()


# --- truth ---

TOOLS = [{"key": key, "label": key} for key in ("mail", "chat", "wiki")]
NOTHING = {"key": "nothing", "label": "nothing", "exclusive": True}
RUBRIC = built(
    node(
        "p",
        node("c", level("q"), level("other"), code="C-1"),
        node("d", percent("size", min=0, max=80), question("mood", "scale", 5, reverse=True)),
        fact("team"),
        question("kind", "choice", 3, weight=0),
        question("tools", "multi", weight=0, options=[*TOOLS, NOTHING]),
        question("seen", "date"),
        question("staff", "number", integer=True, weight=0),
        question("words", "text"),
    )
)


def truth(condition, *people, **answers):
    return tree(RUBRIC, *people, said("boss", **answers)).truth(condition)


@pytest.mark.parametrize(
    ("condition", "answers", "expected"),
    [
        ("q = k2", {"q": "k2"}, True),
        ("q >= k2", {"q": "k1"}, False),
        ("q > 1", {"q": "k2"}, True),  # by number from 0
        ("q in (k0, k1)", {"q": "k1"}, True),
        ("q not in (k0, k1)", {"q": "k1"}, False),
        ("k1 = q", {"q": "k1"}, None),  # a key stands on the right: refused below
        ("q < other", {"q": "k1", "other": "k2"}, True),
        ("mood >= k3", {"mood": "k4"}, True),  # the order of the options, whatever they are worth
        ("mood < 2", {"mood": "k0"}, True),  # by number from 1
        ("team = yes", {"team": "yes"}, True),
        ("team != yes", {"team": "yes"}, False),
        ("kind in (k0, k2)", {"kind": "k2"}, True),
        ("has(tools, mail)", {"tools": ("mail", "chat")}, True),
        ("only(tools, mail)", {"tools": ("mail", "chat")}, False),
        ("only(tools, nothing)", {"tools": ("nothing",)}, True),
        ("count(tools) >= 2", {"tools": ("mail", "chat")}, True),
        ("seen < 2026-01-01", {"seen": datetime.date(2025, 12, 31)}, True),
        ("seen = assessed_on", {"seen": datetime.date(2026, 6, 30)}, True),
        ("assessed_on > 2026-06-29", {}, True),
        ("staff > 100", {"staff": 101}, True),
        ("100 < staff", {"staff": 100}, False),
        ("size > staff", {"size": 30, "staff": 20}, True),
        ("answered(q)", {"q": "k0"}, True),
        ("answered(q)", {"q": UNKNOWN}, False),
        ("c >= l2", {"q": "k2", "other": "k2"}, True),
        ("C-1 >= 50", {"q": "k2", "other": "k2"}, True),
        ("c > d", {"q": "k2", "other": "k2", "size": 40, "mood": "k3"}, True),
        ("overall >= l4", {"q": "k2"}, False),  # surely: it can no longer be reached
    ],
)
def test_comparisons(condition, answers, expected):
    if expected is None:
        assert "there is no 'k1'" in refused(condition, RUBRIC)[0]
    else:
        assert truth(condition, **answers) is expected


@pytest.mark.parametrize(
    ("condition", "answers", "expected"),
    [
        ("q >= k1", {}, None),
        ("q >= k0", {}, True),  # true whatever will be answered
        ("size > 80", {}, False),  # the question takes no more than 80
        ("team = yes", {"team": DECLINED}, None),
        ("not team = yes", {}, None),
        ("team = yes and q = k1", {"q": "k0"}, False),  # one false part is enough
        ("team = yes or q = k1", {"q": "k1"}, True),
        ("team = yes or q = k1", {"q": "k0"}, None),
        ("has(tools, mail)", {}, None),
        ("count(tools) <= 4", {}, True),
        ("seen > 2020-01-01", {}, None),
        ("months_since(seen) > 3", {}, None),
        ("staff > 1", {}, None),
        ("c >= l3", {"q": "k4"}, None),  # between 50 and 100
        ("c >= l2", {"q": "k4"}, True),
        ("answered(q)", {}, False),
        ("state(q) = missing", {}, True),
    ],
)
def test_what_nobody_answered_is_unknown_unless_no_answer_can_change_it(condition, answers, expected):
    assert truth(condition, **answers) is expected


@pytest.mark.parametrize("condition", ["q >= k0", "q < k4", "team = no", "has(tools, mail)", "seen > 2020-01-01"])
def test_a_comparison_with_what_does_not_apply_is_false_and_its_negation_true(condition):
    nowhere = dict.fromkeys(("q", "team", "tools", "seen"), NA)
    assert truth(condition, **nowhere) is False
    assert truth(f"not {condition}", **nowhere) is True


@pytest.mark.parametrize(
    ("answer", "state"),
    [("k1", "value"), (NA, "na"), (UNKNOWN, "unknown"), (DECLINED, "declined"), (None, "missing")],
)
def test_states(answer, state):
    for name in ("value", "na", "unknown", "declined", "missing"):
        assert truth(f"state(q) = {name}", q=answer) is (name == state)
    assert truth(f"state(q) in ({state}, value)", q=answer) is True
    assert truth(f"state(q) != {state}", q=answer) is False


def test_the_state_of_several_respondents_is_a_value_then_not_knowing_then_not_applicable():
    assert truth("state(q) = value", said("team", q="k0"), q=UNKNOWN) is True
    assert truth("state(q) = unknown", said("team", q=NA), q=UNKNOWN) is True
    assert truth("state(q) = na", said("team", q=NA), q=DECLINED) is True
    assert truth("state(q) = unknown", said("team", q=UNKNOWN), q=DECLINED) is True


def test_by_role_reads_what_that_role_says():
    people = [said("team", q="k0"), said("team", q="k1")]
    assert truth("q >= k4 by boss and q < k1 by team", *people, q="k4") is True
    assert truth("q >= k4 by log", *people, q="k4") is None
    assert truth("team = no by boss", said("team", team="yes"), team="no") is True
    assert truth("staff > 10 by team", said("team", staff=20), staff=2) is True


def test_a_role_to_which_it_does_not_apply_says_nothing_of_it():
    assert truth("q >= k0 by team", said("team", q=NA), q="k4") is False


def test_a_role_in_which_somebody_does_not_know_is_undecided_whoever_calls_it_not_applicable():
    people = [said("team", q=NA), said("team", q=UNKNOWN)]
    assert truth("q >= k1 by team", *people, q="k4") is None


def test_shares_and_heads_of_a_role():
    people = [said("team", q=f"k{place}", staff=place) for place in range(4)]
    assert truth("share(q >= k2 by team) = 50", *people) is True
    assert truth("share(staff > 0 by team) >= 75", *people) is True
    assert truth("share(q >= k2 by log) > 0", *people) is None
    assert truth("n(team) = 4", *people) is True
    assert truth("n(log) > 0", *people) is False


def test_evidence_of_a_question():
    day = datetime.date(2026, 6, 1)
    both = proved("k1", ("document", day), ("customer", day))
    assert truth("evidence(q) >= documented", q=proved("k1", ("document", day))) is True
    assert truth("evidence(q) = confirmed", q=both) is True
    assert truth("evidence(q) < documented", q="k1") is True
    assert truth("evidence(q) >= documented") is False


@pytest.mark.parametrize(
    ("day", "condition", "expected"),
    [
        ("2025-06-30", "months_since(seen) > 12", False),
        ("2025-06-30", "months_since(seen) >= 12", True),
        ("2025-06-29", "months_since(seen) > 12", True),
        ("2026-06-30", "months_since(seen) = 0", True),
        ("2026-05-31", "months_since(seen) < 1", True),
    ],
)
def test_months_since_a_date(day, condition, expected):
    assert truth(condition, seen=datetime.date.fromisoformat(day)) is expected


# --- names of the rubric ---


@pytest.mark.parametrize(
    ("condition", "message", "marked"),
    [
        ("teem = yes", "there is no 'teem' in the rubric; did you mean 'team'?", "teem"),
        ("q >= k9", "'k9' is not an option of 'q'", "k9"),
        ("q = 9", "'q' has no option number 9", "9"),
        ("team > no", "'team' has no order", "team"),
        ("tools = mail", "'tools' cannot be compared", "tools"),
        ("words = yes", "'words' cannot be compared", "words"),
        ("q = k1 by chief", "there is no role 'chief'", "chief"),
        ("c > 3 by boss", "a node is not answered by a role", "boss"),
        ("c = high", "'high' is neither a level of 'c' nor a node", "high"),
        ("staff > k1", "there is no 'k1'", "k1"),
        ("staff > 2026-01-01", "a number is compared with a number", "2"),
        ("seen > 3", "a date is compared with a date", "3"),
        ("has(team, yes)", "has reads a question of several options", "team"),
        ("has(tools, fax)", "'fax' is not an option of 'tools'", "fax"),
        ("count(q) > 1", "count reads a question of type multi", "q"),
        ("months_since(staff) > 1", "months_since reads a question of type date", "staff"),
        ("state(q) = lost", "'lost' is not a state", "lost"),
        ("state(q) > value", "states have no order", "s"),
        ("evidence(q) >= good", "'good' is not a grade of evidence", "good"),
        ("1 = 2", "a number or date is compared with another", "1"),
        ("boss = yes", "'boss' is neither a question nor a node", "boss"),
        ("q = mood", "'mood' is not an option of 'q'", "mood"),
        ("answered(c)", "'c' is not a question", "c"),
    ],
)
def test_names_are_those_of_the_rubric(condition, message, marked):
    found, place, _ = refused(condition, RUBRIC)
    assert message in found
    assert place == marked


@pytest.mark.parametrize(
    ("condition", "hint"),
    [
        ("q >= high", "one of: k0, k1, k2, k3, k4"),
        ("q >= kk1", ""),  # the message names the nearest
        ("c = high", "one of: l0, l1, l2, l3, l4"),
        ("q = k1 by chief", "one of: boss, team, log"),
        ("state(q) = lost", "one of: value, na, unknown, declined, missing"),
        ("evidence(q) >= good", "one of: stated, documented, confirmed"),
    ],
)
def test_a_word_like_none_of_a_few_comes_with_all_of_them(condition, hint):
    assert refused(condition, RUBRIC)[2] == hint


def test_what_a_role_says_counts_for_it_though_only_another_was_asked():
    book = built(node("p", fact("f", ask=["team"]), level("q")))
    found = tree(book, said("boss", f="no", q="k1"))
    assert [found.truth(f"f = no{by}") for by in (" by boss", " by team", "")] == [True, None, None]


def test_of_many_words_that_were_possible_twelve_are_listed():
    book = built(node("p", question("c", "choice", 14, weight=0), level("q")))
    hint = refused("c = other", book)[2]
    assert hint == f"one of: {', '.join(f'k{place}' for place in range(12))} and 2 more"


CLOSED = """
closed: {closed}
levels: [{{key: low, title: Low, at: 0}}, {{key: high, title: High, at: 50}}]
principles:
  - {{id: p, title: P, questions: [{{id: q, type: number, text: Q?, goalposts: {{worst: 0, best: 100}}}}]}}
"""


@pytest.mark.parametrize(("closed", "reached"), [("below", True), ("above", False)])
def test_a_level_key_is_reached_on_the_side_the_rubric_closes(closed, reached):
    found = tree(written(CLOSED.format(closed=closed)), said("respondent", q=50))
    assert found.truth("p >= high") is reached
    assert found.truth("p < high") is not reached
    assert found.truth("p >= 50") is True


@pytest.mark.parametrize(
    ("text", "way_out"),
    [
        ("share_of_active < 10%", "compared with 10, not with 10%"),
        ("2 * a > 3", "conditions do not calculate"),
        ("a / b > 3", "conditions do not calculate"),
        ("a + 1 > b", "conditions do not calculate"),
        ("a in [b, c]", "round brackets: `question in (one, other)`"),
        ("a in {b, c}", "round brackets: `question in (one, other)`"),
        ("a in b, c", "write `question in (one, other)`"),
        ("a != (b, c)", "write `question in (one, other)`"),
        ("a \u2265 b", "write <=, >= or !="),
        ("a = b; c = d", "join several with `and` or `or`"),
        ("x >= record by director or desk", "`x >= record by desk`"),
        ("y = no and x > 3 by director and desk", "`x > 3 by desk`"),
        ("x in (a, b) by head or not desk", "`x in (a, b) by desk`"),
        ("a = yes and b", "write for example `b = yes`"),
    ],
)
def test_what_other_languages_write_comes_with_the_way_out(text, way_out):
    with pytest.raises(ConditionError) as caught:
        parse_condition(text)
    assert way_out in caught.value.hint

"""Whom a question with a condition was put to: judged person by person, and safe while something is open."""

import datetime
from itertools import product

import pytest
from counting import counted_of
from factories import (
    CEILINGS,
    NA,
    UNKNOWN,
    answered,
    built,
    fact,
    gate,
    level,
    node,
    percent,
    question,
    said,
    sheet,
    tree,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.explain import explain, what_would_change
from assess.scoring import score, score_organization

ASKED = {"ask": ["team"]}


def depot(*more, show_when="shop = yes", asked=("team",), **policies):
    """A question about the till behind one about the shop, beside one about the desk."""
    shop = fact("shop", **({"ask": list(asked)} if asked else {}))
    till = level("till", ask=["team"], show_when=show_when)
    return built(node("p", shop, *more, level("desk", ask=["team"]), till), policies=policies)


def team(shop, till="k4", **more):
    return said("team", shop=shop, till=till, desk="k4", **more)


def test_one_no_does_not_hide_the_answers_of_nine_who_said_yes():
    found = tree(depot(), team("no", "k0"), *[team("yes", "k0")] * 9)
    assert found.item("till").range.value == 0
    assert found.heard("till", "team").raws == ("k0",) * 9
    assert found.node("p").value == 50


def test_it_is_hidden_only_where_it_was_asked_of_nobody():
    assert tree(depot(), team("no"), team("no")).item("till").state == "hidden"
    assert tree(depot(), team("no"), team("yes", None)).item("till").state == "missing"


@pytest.mark.parametrize(
    ("others", "state"),
    [(["yes"], "value"), (["no"], "hidden"), ([], "missing"), (["yes", "no"], "hidden")],
)
def test_who_gave_no_answer_of_their_own_is_tried_on_what_all_say(others, state):
    silent = said("team", till="k2")
    people = [said("boss", shop=word) for word in others]
    assert tree(depot(asked=("team", "boss")), silent, *people).item("till").state == state


@pytest.mark.parametrize("own", [UNKNOWN, NA])
def test_a_state_is_no_answer_of_ones_own(own):
    book = depot(asked=("team", "boss"))
    assert tree(book, said("team", shop=own, till="k2"), said("boss", shop="yes")).item("till").state == "value"


def test_an_own_answer_to_what_one_was_not_asked_decides_nothing():
    book = depot(asked=("boss",))
    assert tree(book, team("no", "k2"), said("boss", shop="yes")).item("till").state == "value"


@pytest.mark.parametrize(("agreed", "counts"), [("yes", 2), ("no", 0)])
def test_what_was_agreed_replaces_what_anybody_said(agreed, counts):
    found = tree(depot(), team("no", "k1"), team("yes", "k3"), settled={"shop": agreed})
    assert len(found.heard("till", "team").raws) == counts
    assert found.item("till").state == ("value" if counts else "hidden")


def test_what_another_role_says_is_asked_of_that_role():
    book = depot(asked=("team", "boss"), show_when="shop = yes by boss")
    assert tree(book, team("no", "k2"), said("boss", shop="yes")).item("till").state == "value"
    assert tree(book, team("yes", "k2"), said("boss", shop="no")).item("till").state == "hidden"


def test_chains_follow_the_own_answers_that_count():
    shop, stall = fact("shop", ask=["team"]), fact("stall", ask=["team"], show_when="shop = yes")
    book = built(node("p", shop, stall, level("till", ask=["team"], show_when="stall = yes"), level("desk")))
    told = [said("team", shop="no", stall="yes", till="k0"), said("team", shop="yes", stall="yes", till="k4")]
    assert tree(book, *told).heard("till", "team").raws == ("k4",)
    # Who was not asked about the stall is not asked about its till, whatever the others say.
    told = [said("team", shop="no", till="k0"), said("team", shop="yes", stall="yes", till="k4")]
    assert tree(book, *told).heard("till", "team").raws == ("k4",)
    assert counted_of(book, sheet(*told)).unasked("till") == (("team", "stall was not asked either"),)


def test_numbers_ticks_levels_and_negations_are_tried_person_by_person():
    count = percent("staff", ask=["team"], weight=0)
    ways = question("ways", "multi", 3, ask=["team"], weight=0)
    for condition, yes, no in (
        ("staff > 10", {"staff": 20}, {"staff": 5}),
        ("not staff > 10", {"staff": 5}, {"staff": 20}),
        ("has(ways, k1)", {"ways": ("k1",)}, {"ways": ("k0",)}),
        ("desk >= k2", {"desk": "k3"}, {"desk": "k1"}),
        ("desk >= k2 and staff > 10", {"desk": "k3", "staff": 20}, {"desk": "k3", "staff": 1}),
        ("desk >= k3 or staff > 10", {"desk": "k0", "staff": 20}, {"desk": "k0", "staff": 1}),
    ):
        book = built(
            node("p", count, ways, level("desk", ask=["team"]), level("till", ask=["team"], show_when=condition))
        )
        found = tree(book, said("team", till="k4", **yes), said("team", till="k0", **no))
        assert found.heard("till", "team").raws == ("k4",), condition


def test_the_evidence_of_answers_that_do_not_count_proves_nothing():
    from factories import ON, proved

    book = depot(**CEILINGS)
    paper = proved("k4", ("document", ON))
    assert tree(book, team("no", paper), team("yes", "k4")).item("till").range.value == 50
    assert tree(book, team("no", "k4"), team("yes", paper)).item("till").range.value == 75


def test_an_own_claim_is_taken_as_it_was_made_without_a_paper():
    book = built(
        node("p", level("desk", ask=["team"]), level("till", ask=["team"], show_when="desk >= k3")), policies=CEILINGS
    )
    assert tree(book, said("team", desk="k3", till="k1")).item("till").state == "value"


def test_gates_clashes_and_coverage_see_what_counts_and_nothing_else():
    book = built(
        node("p", fact("shop", ask=["team"]), level("till", ask=["team"], show_when="shop = yes")),
        gates=[{"id": "g", "when": "till <= k1", "cap": {"of": ["p"], "at": "l0"}, "because": "b"}],
    )
    low, high = said("team", shop="no", till="k0"), said("team", shop="yes", till="k4")
    assert tree(book, low, high).truth("till <= k1") is False
    assert tree(book, low, high).node("p").value == 100
    assert tree(book, low, said("team", shop="yes")).node("p").coverage == 0
    assert tree(book, low).truth("till <= k1") is False
    assert tree(book, low).truth("state(till) = na") is True


def test_an_answer_that_may_still_turn_out_to_have_been_asked_keeps_the_bounds_open():
    choice = question("kind", "choice", 2, ask=["team", "boss"], weight=0)
    book = built(node("p", choice, level("till", ask=["team"], show_when="kind = k1")))
    sure, waiting = said("team", kind="k1", till="k2"), said("team", till="k0")
    # The two that say what kind it is differ, so of those who did not say it nothing is known.
    found = tree(book, sure, waiting, said("boss", kind="k0")).item("till")
    assert (found.range.value, found.range.low, found.range.high) == (50, 0, 50)
    alone = tree(book, waiting, said("team", kind="k1"), said("boss", kind="k0")).item("till")
    assert (alone.state, alone.range.low, alone.range.high) == ("missing", 0, 100)


OWN = st.sampled_from(["yes", "no", None, UNKNOWN])
TILL = st.sampled_from(["k0", "k2", "k4", None, UNKNOWN, NA])
BOTH = "shop = yes and staff > 10"
CONDITIONS = ["shop = yes", "not shop = no", "shop = yes or lamp = yes", "shop = yes and lamp = yes"]
PEOPLE = st.lists(st.tuples(st.sampled_from(["boss", "team", "log"]), OWN, TILL), min_size=1, max_size=5)


def crowd(drawn):
    return [said(role, shop=shop, till=till, desk="k1") for role, shop, till in drawn]


def book_of(asked, condition):
    shop = fact("shop", ask=asked)
    return built(node("p", shop, level("till", show_when=condition), level("desk")))


@pytest.mark.slow
@given(PEOPLE, st.randoms(), st.sampled_from([["team"], ["boss", "team"], ["log"]]))
def test_the_order_of_people_changes_nothing(drawn, chance, asked):
    book, people = book_of(asked, "shop = yes"), crowd(drawn)
    shuffled = people[:]
    chance.shuffle(shuffled)
    one, two = tree(book, *people), tree(book, *shuffled)
    assert one.item("till")[:2] == two.item("till")[:2]
    assert one.node("p") == two.node("p")


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    PEOPLE, st.sampled_from(["shop = yes", "not shop = no", "shop = yes or lamp = yes", "shop = yes and lamp = yes"])
)
def test_bounds_hold_whatever_is_answered_to_what_nobody_answered(drawn, condition):
    book = built(
        node("p", fact("shop"), fact("lamp"), level("till", show_when=condition), level("desk")),
    )
    people = crowd(drawn)
    found = tree(book, *people)
    before = found.node("p")
    still = [name for name in ("shop", "lamp", "till") if found.item(name).state == "missing"]
    for picked in product(*({"shop": ["yes", "no"], "lamp": ["yes", "no"], "till": ["k0", "k4"]}[n] for n in still)):
        more = {name: answered(value) for name, value in zip(still, picked, strict=True)}
        first = people[0]._replace(answers={**people[0].answers, **more})
        after = tree(book, first, *people[1:]).node("p")
        assert after.value is None or before.low - 1e-9 <= after.value <= before.high + 1e-9
        assert after.value is None or after.low >= before.low - 1e-9
        assert after.value is None or after.high <= before.high + 1e-9


def test_what_would_change_takes_back_the_hidden_answers_when_the_condition_is_agreed():
    book = depot(evidence=None)
    told = sheet(team("no", "k0"), team("yes", "k0"))
    found = what_would_change(score_organization(book, told), "p")
    agreed = sheet(team("no", "k0"), team("yes", "k0"), settled={"shop": "no"})
    (change,) = [change for change in found.up if change.question == "shop"]
    assert (change.answer, change.value) == ("no", score(book, agreed)["p"].value)


def test_an_explanation_says_how_many_answers_do_not_count_and_why():
    book = depot()
    told = counted_of(book, sheet(team("no", "k0"), team("no", "k1"), *[team("yes", "k4")] * 3))
    shown = explain(score_organization(book, told), "till")
    assert "Team: 3 x k4 = 4.00; mean 4.00" in shown
    assert "2 answers of Team do not count: shop = no in the same file." in shown
    assert "Not asked" not in shown
    none = counted_of(book, sheet(team("no", "k0")))
    shown = explain(score_organization(book, none), "till")
    assert "Hidden: it is shown only when shop = yes." in shown
    assert "1 answer of Team does not count: shop = no in the same file." in shown


def test_the_reason_names_what_was_answered_or_that_all_say_so():
    book = depot(
        percent("staff", ask=["team"], weight=0), asked=("team", "boss"), show_when="shop = yes and staff > 10"
    )
    told = counted_of(
        book,
        sheet(
            team("yes", staff=5.5), said("boss", shop="no"), said("team", till="k4"), said("team", till="k4", staff=20)
        ),
    )
    assert [why for _, why in told.unasked("till")] == [
        f"it is asked only when {BOTH}, which is not so by what all say together (shop: 1 x no, 1 x yes)",
        "shop = yes in the same file and staff = 5.5 in the same file",
        "staff = 20 in the same file",
    ]


def test_a_number_in_a_reason_has_six_decimals_at_most():
    book = depot(percent("staff", ask=["team"], weight=0), show_when="staff > 10")
    told = counted_of(book, sheet(said("team", till="k4", staff=2 / 3), said("team", till="k4", staff=20)))
    assert told.unasked("till") == (("team", "staff = 0.666667 in the same file"),)


def test_an_anonymous_person_decides_only_by_answers_that_count():
    book = depot(anonymous=["team"], min_cell=3)
    few = [team("no", "k1"), team("yes", "k3")]
    assert counted_of(book, sheet(*few)).crowds == {}
    assert counted_of(book, sheet(*few)).unasked("till") == ()
    enough = [*few, *[team("yes", "k3")] * 2]
    told = counted_of(book, sheet(*enough))
    assert [answer.value for answer in told.crowds["till", "team"]] == ["k3"] * 3
    assert tree_of(book, told).item("till").range.value == 75
    assert ("till", "team") not in counted_of(book, sheet(*enough[:3])).crowds


def test_a_group_may_be_asked_behind_a_score_and_the_gate_that_holds_it_down():
    asked = {"ask": ["team"]}
    first = node("c", level("q", **asked), fact("lamp", **asked), gates=[gate("g", "lamp = no", "c", "l1")])
    then = node("k", level("till", **asked, show_when="c >= l2"), level("desk"))
    book = built(node("p", first, then), policies={"anonymous": ["team"], "min_cell": 3})
    for lamp, counted in (("yes", 3), ("no", 0)):
        told = counted_of(book, sheet(*[said("team", q="k4", lamp=lamp, till="k3")] * 3))
        assert len(told.crowds.get(("till", "team"), ())) == counted


def tree_of(book, told):
    from assess.formula import compile_rubric, evaluate, read_sheet

    return evaluate(compile_rubric(book), read_sheet(book, told))


def test_dates_are_read_as_they_are_written():
    day = question("since", "date", ask=["team"])
    book = built(node("p", day, level("till", ask=["team"], show_when="since < 2020-01-01"), level("desk")))
    told = counted_of(book, sheet(said("team", since=datetime.date(2024, 5, 1), till="k1", desk="k2")))
    assert told.unasked("till") == (("team", "since = 2024-05-01 in the same file"),)

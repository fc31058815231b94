"""What would change a score where an anonymous group was asked: what is foretold is what comes of it, or nothing is."""

import pytest
from factories import answered, built, fact, level, node, said, sheet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assess.collect.counting import count_answers
from assess.collect.raw import Collected, Respondent
from assess.explain import explain, what_would_change
from assess.model.answers import Settlement
from assess.scoring import score, score_organization

LEAST = 3
CONDITIONS = [
    "shop = yes",
    "shop = no",
    "shop = yes and lamp = yes",
    "shop = yes or lamp = yes",
    "not (shop = yes and lamp = no)",
    "stall = yes",
    "stall = yes and lamp = yes",
    "desk >= k2 and shop = yes",
    "p >= l2 and shop = yes",
    "shop = yes by boss and lamp = yes",
]
WORD = st.sampled_from(["yes", "no", None])
STEP = st.sampled_from(["k0", "k1", "k3", "k4", None])
PERSON = st.fixed_dictionaries({"shop": WORD, "lamp": WORD, "stall": WORD, "desk": STEP, "till": STEP, "sign": STEP})


def book_of(condition):
    """A question to an anonymous team behind a condition, beside one to all."""
    facts = [fact(name, ask=["team", "boss"]) for name in ("shop", "lamp")]
    stall = fact("stall", ask=["team"], show_when="shop = yes")
    till = level("till", ask=["team"], show_when=condition)
    return built(
        node("p", level("desk", ask=["boss", "team"])),
        node("q", *facts, stall, level("sign", ask=["boss"]), till),
        policies={"anonymous": ["team"], "min_cell": LEAST},
    )


def collected(book, told):
    """People who left open what they were not asked."""
    people = tuple(
        Respondent(f"{v.role}{n}", v.role, v.answers, anonymous=v.role == "team") for n, v in enumerate(told)
    )
    while True:
        found = Collected(sheet().engagement, people)
        away = {(who.id, name) for who, name, _ in count_answers(book, found).unasked}
        if not away:
            return found
        people = tuple(
            who._replace(answers={name: a for name, a in who.answers.items() if (who.id, name) not in away})
            for who in people
        )


def outcome(book, found, change):
    """The scores once the answer is agreed on, counted anew."""
    agreed = {change.question: Settlement(answered(change.answer), ("boss",), "so")}
    return score(book, count_answers(book, found._replace(settled=agreed)).sheet).scores


def foretold(book, found, name):
    told = count_answers(book, found).sheet
    return what_would_change(score_organization(book, told), name)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(CONDITIONS), st.lists(PERSON, min_size=0, max_size=7), st.lists(PERSON, min_size=1, max_size=2))
def test_what_is_foretold_is_what_comes_of_it(condition, team, bosses):
    book = book_of(condition)
    given_by = [("team", one) for one in team]
    given_by += [("boss", {key: one[key] for key in ("shop", "lamp", "desk", "sign")}) for one in bosses]
    found = collected(book, [said(role, **one) for role, one in given_by])
    for name in ("overall", "q"):
        changes = foretold(book, found, name)
        for change in (*changes.up, *changes.down, *([changes.best] if changes.best else [])):
            then = outcome(book, found, change)[name]
            assert then.value == pytest.approx(change.value), (change, condition)
            assert then.level == change.level


def crowd(*, stay, go):
    """A team of which some have a shop and a lamp and tell of the till, and some have a shop alone."""
    here = [said("team", shop="yes", lamp="yes", till="k4", desk="k0")] * stay
    return [said("boss", sign="k0", desk="k0"), *here, *[said("team", shop="yes", lamp="no", desk="k0")] * go]


def test_a_group_of_which_some_were_asked_stays_with_those_where_the_rest_of_the_condition_holds():
    book = book_of("shop = yes and lamp = yes")
    found = collected(book, crowd(stay=4, go=3))
    assert score(book, count_answers(book, found).sheet).scores["q"].value == 50
    down = {(change.question, change.answer): change.value for change in foretold(book, found, "q").down}
    # Without a lamp nobody was asked about the till; with one for all the four who told of it still count.
    assert down["lamp", "no"] == 0
    assert not any(question == "lamp" and answer == "yes" for question, answer in down)
    assert foretold(book, found, "q").untold == ()


def test_a_chain_of_conditions_takes_the_group_out_to_its_end():
    book = book_of("stall = yes")
    people = [said("team", shop="yes", stall="yes", till="k4", desk="k0")] * 4
    found = collected(book, [said("boss", sign="k0", desk="k0"), *people])
    down = {(change.question, change.answer): change.value for change in foretold(book, found, "q").down}
    assert down["shop", "no"] == 0


def test_what_would_leave_part_of_a_group_is_not_told_and_named():
    book = book_of("shop = yes or lamp = yes")
    shops = [said("team", shop="yes", lamp="no", till="k4", desk="k0")] * 3
    lamps = [said("team", shop="no", lamp="yes", till="k0", desk="k0")] * 3
    found = collected(book, [said("boss", sign="k0", desk="k0"), *shops, *lamps])
    changes = foretold(book, found, "q")
    assert {"shop", "lamp"} <= {*changes.untold}
    assert not any(change.question in ("shop", "lamp") for change in (*changes.up, *changes.down))
    told = count_answers(book, found).sheet
    text = explain(score_organization(book, told), "q")
    assert "Some answers to shop and lamp decide which anonymous people were asked another question" in text


def test_nothing_is_said_of_it_where_no_group_is_asked():
    book = book_of("shop = yes")
    found = collected(book, [said("boss", shop="yes", lamp="no", sign="k0", desk="k2")])
    told = count_answers(book, found).sheet
    assert "anonymous" not in explain(score_organization(book, told), "q")

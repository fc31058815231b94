"""A question behind a condition, put to anonymous people of whom too few answered: asked, open, and told as such."""

import random

import pytest
from confiding import everything_said, run, written
from counting import counted_of
from factories import built, fact, level, node, said, sheet
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.formula import evaluate_sheet

FULL = {"heard": "l1", "shop": True, "till": "l2", "reply_fast": "l1", "ways": ["post"], "quiet": "l1", "nights": 3}
FULL["bill"] = 20


def file(role, name, answers):
    head = {"assess": "answers/1", "respondent": name, "role": role, "submitted": "2026-06-01"}
    return {**head, "answers": {key: value for key, value in answers.items() if value is not None}}


def inn(folder, shops, tills, guests=8, **more):
    """Guests of whom some have a shop, and some of those tell of the till, beside a boss and one of the team."""
    files = {"boss": file("boss", "boss", {"heard": "l2", "reply_fast": "l2"})}
    files["team"] = file("team", "team", {"heard": "l2", "shop": False})
    for place in range(guests):
        own = {"shop": place < shops, "till": "l2" if place < tills else None}
        files[f"g{place}"] = file("guest", f"g{place}", {**FULL, **own, **more})
    return written(folder, files, invited={})


@pytest.mark.parametrize(("shops", "tills"), [(1, 1), (4, 4), (4, 0), (7, 3), (8, 4)])
def test_what_was_put_to_some_of_a_group_is_open_and_not_called_unasked(shops, tills, tmp_path):
    home = inn(tmp_path, shops, tills)
    told = run(home, "explain", home, "till")[2]
    assert "Not asked" not in told
    assert "No answer that counts by those who were asked" in told
    assert "Guest: fewer than 5 answers, not counted" in told
    assert "Guest: anonymous answers count on 7 of 8 questions." in run(home, "score", home)[2]
    assert "Guest (guest): 1 of 8 questions have fewer than 5" in run(home, "check", home)[2]


def test_what_was_put_to_nobody_of_a_group_says_nothing_of_its_answers(tmp_path):
    home = inn(tmp_path, 0, 0)
    told = run(home, "explain", home, "till")[2]
    assert "Not asked: it is shown only when shop = yes." in told
    assert "fewer than" not in told
    assert "Guest: anonymous answers count on 7 of 7 questions." in run(home, "score", home)[2]
    assert "(too_few)" not in run(home, "check", home)[2]


@pytest.mark.parametrize("shops", [1, *(pytest.param(shops, marks=pytest.mark.slow) for shops in (4, 8))])
def test_it_is_the_same_for_no_answer_and_for_four(shops, tmp_path):
    found = [everything_said(inn(tmp_path, shops, tills)) for tills in range(min(shops, 4) + 1)]
    assert all(one == found[0] for one in found[1:])


WORD = st.sampled_from(["yes", "no", None])
TILL = st.sampled_from(["k0", "k4", None])
LEAST = 3


@settings(deadline=None)
@given(st.lists(st.tuples(WORD, WORD, TILL), min_size=1, max_size=6))
def test_a_group_was_asked_where_somebody_was_by_own_answers_that_count(people):
    facts = [fact(name, ask=["team"]) for name in ("shop", "lamp")]
    till = level("till", ask=["team"], show_when="shop = yes and lamp = yes")
    book = built(node("p", *facts, level("desk"), till), policies={"anonymous": ["team"], "min_cell": LEAST})
    told = counted_of(book, sheet(*(said("team", shop=s, lamp=lamp, till=t) for s, lamp, t in people)))
    columns = [[person[at] for person in people if person[at]] for at in (0, 1)]
    kept = [len(column) >= LEAST for column in columns]
    worst = [None if not ok else "no" if "no" in column else "yes" for ok, column in zip(kept, columns, strict=True)]
    own = [[person[at] if kept[at] and person[at] else worst[at] for at in (0, 1)] for person in people]
    asked = [None if "no" not in pair and None in pair else pair == ["yes", "yes"] for pair in own]
    found = evaluate_sheet(book, told).asking("till").of("team")
    assert found.sure == (True in asked)
    assert found.possible == any(one is not False for one in asked)


def test_an_answer_that_waits_for_own_answers_that_are_too_few_is_not_called_a_mistake(tmp_path):
    home = inn(tmp_path, 3, 3, guests=3)
    told = run(home, "check", home)[2]
    assert "(hidden_answer)" not in told
    assert "(too_few)" in told


def test_an_answer_against_the_own_word_is_still_told(tmp_path):
    chance = random.Random(5)
    home = inn(tmp_path, 5, 5)
    for place in chance.sample(range(5, 8), 2):
        path = home / "answers" / f"g{place}.yaml"
        path.write_text(path.read_text().replace("answers:", "answers:\n  till: l4"), encoding="utf-8")
    assert run(home, "check", home)[2].count("does not count: shop = no in the same file") == 2

"""Whose answers are outstanding where a question has a condition: only theirs to whom it was put, counted by hand."""

import json

import pytest
import yaml
from confiding import run, written
from counting import counted_of
from factories import UNKNOWN, built, fact, level, node, said, sheet
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.formula.certainty import certainties
from assess.model.rubric import ROOT

ROLES = ("boss", "team", "log")
SHOPKEEPERS = ("team", "log")


def depot(**more):
    """A question about the till for those who say that there is a shop, and one about the desk for all."""
    shop = fact("shop", ask=list(SHOPKEEPERS))
    till = level("till", ask=list(ROLES), show_when="shop = yes")
    return built(node("p", shop, level("desk", ask=["boss"]), till), **more)


OWN = st.sampled_from(["yes", "no", None, UNKNOWN])
PERSON = st.tuples(st.sampled_from(ROLES), OWN, st.sampled_from(["k1", None]))


def together(people):
    """What all say of the shop: the worst counts, nothing where nobody gave a value."""
    words = {shop for role, shop, _ in people if role in SHOPKEEPERS and shop in ("yes", "no")}
    return "no" if "no" in words else "yes" if words else None


def was_asked(person, people):
    role, shop, _ = person
    own = shop if role in SHOPKEEPERS and shop in ("yes", "no") else together(people)
    return own == "yes"


@settings(deadline=None)
@given(st.lists(PERSON, min_size=1, max_size=5))
def test_a_role_in_which_nobody_was_asked_owes_no_answer(people):
    told = sheet(*(said(role, shop=shop, till=till) for role, shop, till in people))
    found = {voice.role: voice for voice in certainties(depot(), told)[ROOT].voices}
    for role in ROLES:
        own = [person for person in people if person[0] == role]
        till = any(was_asked(person, people) for person in own) if own else together(people) == "yes"
        filled = any(was_asked(person, people) and person[2] for person in own)
        shop = any(person[1] in ("yes", "no") for person in own) and role in SHOPKEEPERS
        always = 1  # the desk, or the shop
        assert (found[role].asked, found[role].filled) == (always + till, shop + filled), role


BOOK = """\
assess: rubric/1
id: inn
title: Inn
version: "1"
roles: [{id: boss, title: Boss}, {id: team, title: Team}, {id: guest, title: Guest}]
POLICIESprinciples:
  - id: ear
    title: Ear
    questions:
      - {id: shop, type: yesno, weight: 0, text: Is there a shop?, ask: [boss, team], allow: [unknown]}
      - {id: till, type: level, text: How is the till?, options: TWO_A, ask: [boss, team],
         show_when: shop = yes}
      - {id: desk, type: level, text: How is the desk?, options: TWO_C, ask: [boss, team, guest]}
"""
TWO = {
    f"TWO_{one}": f"[{{key: l1, label: {one}}}, {{key: l2, label: {other}}}]" for one, other in ("AB", "CD", "EF", "GH")
}
SHY = "policies: {anonymous: [guest]}\n"


def engagement(folder, files, policies=SHY, **more):
    """An engagement from what each respondent answered, by a name that begins with the role."""
    told = {
        name: {"assess": "answers/1", "respondent": name, "role": name.split("-")[0], **dated(answers)}
        for name, answers in files.items()
    }
    home = written(folder, told, invited={}, **more)
    (folder / "rubrics" / "inn.yaml").write_text(filled(BOOK.replace("POLICIES", policies)), encoding="utf-8")
    return home


def filled(text):
    """A text with the options it names."""
    for name, options in TWO.items():
        text = text.replace(name, options)
    return text


def dated(answers):
    return {"submitted": "2026-06-01", "answers": answers}


def checked(home):
    found = json.loads(run(home, "check", home, "--format", "json")[2])
    return found, {row["respondent"]: (row["answered"], row["asked"]) for row in found["respondents"]}


SOME = {
    "boss-1": {"shop": False, "desk": "l1"},
    "team-1": {"shop": True, "desk": "l2"},
    "team-2": {"shop": True, "till": "l2", "desk": "l2"},
    "team-3": {"shop": {"unknown": True}, "desk": "l1"},
}
# Team 3 does not know, so what all say decides: the boss says no, which counts.
FAR = {"boss-1": (2, 2), "team-1": (2, 3), "team-2": (3, 3), "team-3": (2, 2)}


def test_check_counts_for_everybody_what_this_one_was_asked(tmp_path):
    found, rows = checked(engagement(tmp_path, SOME))
    assert rows == FAR
    roles = {row["role"]: (row["asked"], row["open"]) for row in found["roles"]}
    assert roles == {"boss": (2, 0), "team": (3, 0), "guest": (1, 1)}


def test_an_answer_to_what_one_was_not_asked_answers_it_for_nobody(tmp_path):
    files = {
        "boss-1": {"shop": True, "till": "l1", "desk": "l1"},
        "team-1": {"shop": True, "desk": "l2"},
        "team-2": {"shop": False, "till": "l2", "desk": "l2"},
    }
    found, rows = checked(engagement(tmp_path, files))
    assert rows == {"boss-1": (3, 3), "team-1": (2, 3), "team-2": (2, 2)}
    assert {row["role"]: row["open"] for row in found["roles"]} == {"boss": 0, "team": 1, "guest": 1}


def test_page_one_and_the_table_of_roles_count_alike(tmp_path):
    home = engagement(tmp_path, {**SOME, "guest-1": {"desk": "l1"}}, policies="")
    found = json.loads(run(home, "score", home, "--format", "json")[2])["certainty"]
    assert {voice["role"]: (voice["asked"], voice["filled"]) for voice in found["roles"]} == {
        "boss": (2, 2),
        "team": (3, 3),
        "guest": (1, 1),
    }
    assert (
        "Of 6 answers asked for, one from each role per question, 6 are there (100%)." in run(home, "report", home)[2]
    )


GROUPS = [
    ({"desk": 6}, {"desk": "1 of 1 question"}),
    ({"desk": 4}, {"desk": "0 of 1 question"}),
    ({"desk": 7, "quiet": 4}, {"desk": "1 of 2 questions"}),
    ({"desk": 5, "quiet": 5}, {"desk": "2 of 2 questions"}),
]


@pytest.mark.parametrize(("given_by", "told"), GROUPS)
def test_every_place_says_on_how_many_questions_a_group_counts(given_by, told, tmp_path):
    heads = max(given_by.values())
    files = {
        f"guest-{place}": {question: "l1" for question, amount in given_by.items() if place < amount}
        for place in range(heads)
    }
    home = engagement(tmp_path, {"boss-1": {"shop": False, "desk": "l2"}, **files})
    more = "      - {id: quiet, type: level, text: Is it quiet?, options: TWO_E, ask: [guest]}\n"
    book = tmp_path / "rubrics" / "inn.yaml"
    if "quiet" in given_by:
        book.write_text(book.read_text() + filled(more), encoding="utf-8")
    said_of = f"Guest: anonymous answers count on {told['desk']}."
    report = run(home, "report", home)[2]
    assert said_of in report
    assert f"gave one ({told['desk']})" in report
    for words in (("score", home), ("explain", home), ("explain", home, "ear")):
        assert said_of in run(home, *words)[2], words
    check = run(home, "check", home)[2]
    assert f"count on {told['desk']}" in check
    counting, _, put = told["desk"].partition(" of ")
    few = int(put.split()[0]) - int(counting)
    assert ("(too_few)" in check) == bool(few)
    assert f"{few} of {put.split()[0]} question" in check or not few


def test_a_node_speaks_of_the_questions_below_it(tmp_path):
    files = {f"guest-{place}": {"desk": "l1"} for place in range(5)}
    home = engagement(tmp_path, {"boss-1": {"shop": False, "desk": "l2"}, **files})
    more = (
        "  - {id: eye, title: Eye, questions: [{id: sign, type: level, text: Is there a sign?, "
        "options: TWO_G, ask: [guest, boss]}]}\n"
    )
    book = tmp_path / "rubrics" / "inn.yaml"
    book.write_text(book.read_text() + filled(more), encoding="utf-8")
    told = {name: run(home, "explain", home, name)[2] for name in ("overall", "ear", "eye")}
    counts = {"overall": "1 of 2 questions", "ear": "1 of 1 question", "eye": "0 of 1 question"}
    for name, text in told.items():
        assert f"Guest: anonymous answers count on {counts[name]}." in text


def test_who_was_asked_follows_what_is_settled(tmp_path):
    home = engagement(tmp_path, SOME)
    settled = {"assess": "agreed/1", "answers": {"shop": {"value": False, "basis": ["boss-1"], "why": "It was shut."}}}
    (home / "answers" / "_agreed.yaml").write_text(yaml.safe_dump(settled), encoding="utf-8")
    _, rows = checked(home)
    assert {name: asked for name, (_, asked) in rows.items()} == dict.fromkeys(SOME, 2)


def test_a_group_is_counted_by_what_counts_of_it():
    book = depot(policies={"anonymous": ["team"], "min_cell": 3})
    crowd = [said("team", shop="yes", till="k1")] * 3 + [said("team", shop="no")] * 2
    found = certainties(book, counted_of(book, sheet(said("boss", desk="k1"), *crowd)))[ROOT]
    assert [tuple(group) for group in found.groups] == [("team", 2, 2)]
    few = [said("team", shop="yes", till="k1")] * 2 + [said("team", shop="no")] * 2
    found = certainties(book, counted_of(book, sheet(said("boss", desk="k1"), *few)))[ROOT]
    assert [tuple(group) for group in found.groups] == [("team", 1, 1)]

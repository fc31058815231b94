"""Whose answers are outstanding where a question has a condition: only theirs to whom it was put, counted by hand."""

import json

import pytest
import yaml
from confiding import run, written
from counting import counted_of
from factories import UNKNOWN, built, fact, level, node, said, sheet
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.formula import evaluate_sheet
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


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(PERSON, min_size=1, max_size=5))
def test_a_role_in_which_nobody_was_asked_owes_no_answer(people):
    told = sheet(*(said(role, shop=shop, till=till) for role, shop, till in people))
    found = {voice.role: voice for voice in certainties(evaluate_sheet(depot(), told), told)[ROOT].voices}
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
    unheard = ", so nobody in this role counts as heard" if told["desk"].startswith("0") else ""
    said_of = f"Guest: anonymous answers count on {told['desk']}{unheard}."
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
    none = "0 of 1 question, so nobody in this role counts as heard"
    counts = {"overall": "1 of 2 questions", "ear": "1 of 1 question", "eye": none}
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
    # Of the second group two were asked about the till, and are too few.
    few = [said("team", shop="yes", till="k1")] * 2 + [said("team", shop="no")] * 2
    for people, counting in ((crowd, 2), (few, 1)):
        told = counted_of(book, sheet(said("boss", desk="k1"), *people))
        found = certainties(evaluate_sheet(book, told), told)[ROOT]
        assert [(group.role, group.asked, group.counting) for group in found.groups] == [("team", 2, counting)]


AWAY = {"desk": {"na": True, "why": "None here."}}


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"boss-1": {"shop": False, **AWAY}, "team-1": {"shop": False}}, "boss-1.yaml"),
        ({"boss-1": {"shop": False}, "team-1": {"shop": False, **AWAY}, "team-2": AWAY}, "team-1.yaml"),
        ({"boss-1": {"shop": False}, **{f"guest-{place}": AWAY for place in range(6)}}, None),
        ({**{f"guest-{place}": AWAY for place in range(6)}, "team-1": {"shop": False, **AWAY}}, "team-1.yaml"),
    ],
)
def test_much_that_does_not_apply_stands_where_somebody_said_so_who_is_not_anonymous(files, place, tmp_path):
    home = engagement(tmp_path, files)
    book = tmp_path / "rubrics" / "inn.yaml"
    text = book.read_text().replace("ask: [boss, team, guest]}", "ask: [boss, team, guest], allow: [na]}")
    text += filled("      - {id: sign, type: level, text: Is there a sign?, options: TWO_E, ask: [boss]}\n")
    book.write_text(text.replace("anonymous: [guest]", "anonymous: [guest], min_cell: 6, na_share: 10"))
    found = json.loads(run(home, "score", home, "--format", "json")[2])["problems"]
    away = [problem for problem in found if problem["code"] == "na_share"]
    # Of a group that says so with one voice nothing is told.
    assert [problem["file"].rpartition("/")[2] for problem in away] == ([place] if place else [])


def test_what_nobody_in_a_role_was_asked_is_no_open_question(tmp_path):
    def noted(place):
        return [line for line in run(place, "check", place)[2].splitlines() if "has not answered" in line]

    home = engagement(tmp_path, {"boss-1": {"desk": "l1"}, "team-1": {"shop": False, "desk": "l1"}})
    (boss,) = noted(home)
    assert "Boss (boss) has not answered" in boss
    home = engagement(tmp_path, {"boss-1": {"desk": "l1"}, "team-1": {"shop": True, "desk": "l1"}})
    assert any("Team (team) has not answered" in line and "till" in line for line in noted(home))
    home = engagement(tmp_path, {"boss-1": {"desk": "l1"}, "team-1": {"shop": {"unknown": True}, "desk": "l1"}})
    assert any("Team (team) has not answered" in line and "till" in line for line in noted(home))


CLOSING = [
    ({"guest-1": {"desk": "l1"}}, "not all anonymous answers count: Guest on 0 of 1"),
    ({f"guest-{place}": {"desk": "l1"} for place in range(4)}, "not all anonymous answers count: Guest on 0 of 1"),
    ({f"guest-{place}": {"desk": "l1"} for place in range(5)}, "Ready: "),
]


@pytest.mark.parametrize(("guests", "says"), CLOSING)
def test_an_engagement_is_not_called_ready_while_a_group_is_left_out(guests, says, tmp_path):
    home = engagement(tmp_path, {"boss-1": {"shop": False, "desk": "l2"}, **guests})
    assert says in run(home, "check", home)[2].splitlines()[-1]


@pytest.mark.parametrize("role", ["boss", "team"])
def test_nothing_more_is_asked_of_an_answer_that_does_not_count(role, tmp_path):
    old = {"title": "Old plan", "kind": "document", "dated": "2019-02-03"}
    home = engagement(tmp_path, {f"{role}-1": {"shop": False, "till": "l2", "desk": "l1"}})
    book = tmp_path / "rubrics" / "inn.yaml"
    strict = book.read_text().replace("show_when", "evidence: required, show_when")
    strict = strict.replace("policies: {", "policies: {evidence: {}, ")
    book.write_text(strict, encoding="utf-8")
    text = run(home, "check", home)[2]
    assert "does not count: shop = no in the same file" in text
    assert "(evidence_missing)" not in text
    for shop in (False, True):
        files = {f"{role}-1": {"shop": shop, "till": {"value": "l2", "evidence": [old]}}}
        home = engagement(tmp_path, files)
        book.write_text(strict, encoding="utf-8")
        assert ("(evidence_stale)" in run(home, "check", home)[2]) == shop


@pytest.mark.parametrize("more", [{}, {"desk": "l1"}])
def test_an_answer_that_waits_is_told_when_it_counts(more, tmp_path):
    home = engagement(tmp_path, {"team-1": {"till": "l2", **more}})
    text = run(home, "check", home)[2]
    assert "does not count: it is not known yet whether shop = yes" in text
    assert "-> it counts once that is known" in text
    assert "one of the two is wrong" not in text


@pytest.mark.parametrize("names", [["boss-1"], ["boss-1", "team-1"], ["guest-1"]])
def test_files_that_are_there_and_empty_are_to_be_filled_in(names, tmp_path):
    home = engagement(tmp_path, {name: {"desk": None} for name in names})
    for file in (home / "answers").glob("*.yaml"):
        file.write_text(file.read_text().replace("submitted: '2026-06-01'\n", ""), encoding="utf-8")
    text = run(home, "check", home)[2]
    assert "nobody has answered anything yet" in text
    assert "-> write the answers into the files in answers/, each behind its question" in text


@pytest.mark.parametrize(
    ("alone", "says"),
    [
        (0, "Guest: anonymous answers count on 0 of 1 question, so nobody in this role counts as heard."),
        (1, "Guest: 1 answers anonymously and may count alone; the answers of the others count on 0 of 1 question."),
        (3, "Guest: 3 answer anonymously and may count alone; the answers of the others count on 0 of 1 question."),
    ],
)
def test_who_may_count_alone_is_told_apart_from_the_others(alone, says, tmp_path):
    home = engagement(tmp_path, {f"guest-{place}": {"desk": "l1"} for place in range(6)})
    for place in range(alone):
        file = home / "answers" / f"guest-{place}.yaml"
        file.write_text(file.read_text().replace("role: guest", "role: guest\nalone: true"), encoding="utf-8")
    for place in range(alone, 2):
        (home / "answers" / f"guest-{place}.yaml").unlink()
    assert says in run(home, "report", home)[2]
    assert says in run(home, "score", home)[2]

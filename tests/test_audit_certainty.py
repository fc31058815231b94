"""Audit: how certain the sample reports say they are, counted again from the printed text and nothing else."""

import re

import pytest
from auditing import NAMES, NOTHING, number, part, rows

OF_PEOPLE = {
    *("Executive", "Social and community team", "Customer service", "Product", "Front line", "Customer"),
    *("Patient service", "Treatment", "Patient"),
    *("Legal and privacy", "Data and analysis", "Human resources"),
}


@pytest.fixture(params=NAMES)
def name(request):
    return request.param


def test_page_one_says_of_how_many_answers_it_speaks(name):
    """Its figures are those of the table of roles, and these are counted again in the answers printed in full."""
    sure = next(row["Answer"] for row in rows(part(name, "a")) if row["Question"] == "How sure are we?")
    people, roles, asked = map(int, re.search(r"(\d+) people in (\d+) of (\d+) roles asked", sure).groups())
    files, register = re.search(r"beside (\d+) files? of ([\w ]+)\.", sure).groups()
    cells, filled, share = map(int, re.search(r"Of (\d+) answers .*?, (\d+) are there \((\d+)%\)", sure).groups())
    table = {
        row["Role"]: {k: number(v) for k, v in row.items() if re.match(r"\d", v)} for row in rows(part(name, "roles"))
    }
    spoke = {role: row for role, row in table.items() if role != register}
    uncounted = set(re.findall(r"(\w+): anonymous answers count on 0 of \d+ questions?, so nobody", sure))
    assert uncounted <= {role for role, row in spoke.items() if not row["With an answer"]}
    heard = {role: row["Answered"] for role, row in spoke.items() if row["Answered"] and role not in uncounted}
    assert people == sum(heard.values())
    assert (roles, asked) == (len(heard), len(spoke))
    everywhere = next(row["Roles heard"] for row in rows(part(name, "standing")) if row["Part"] == "**Overall**")
    assert everywhere == f"{roles + 1} of {asked + 1}"
    assert int(files) == table[register]["Answered"]
    silent = {role for role, row in table.items() if not row["Answered"]}
    assert silent == set(re.split(", ", ", ".join(re.findall(r"Not heard[^:]*: ([^.]+)\.", sure)))) - {""}
    assert cells == sum(row["Questions put to it"] for row in table.values())
    assert filled == sum(row["With an answer"] for row in table.values())
    assert share == filled * 100 // cells
    few = {
        f"{r}: {row['Answered']:.0f} of {row['Invited']:.0f} invited" for r, row in table.items() if "Invited" in row
    }
    assert set(re.findall(r"(?:\(|; )([^;()]+ invited)", sure)) <= few
    assert with_an_answer(name) == {r: row["With an answer"] for r, row in table.items() if r in with_an_answer(name)}


def with_an_answer(name):
    """How many questions each role gave a value or a reason to, in the answers in full; without roles held back."""
    given, held = {}, set()
    for row in rows(part(name, "appendix-c")):
        role = row["Role"].split(", asked: ")[0]
        if row["People"] == NOTHING:
            held |= set(role.split(", "))
        elif "(not asked)" not in role and set(re.split("; ", bare(row["Answer"]))) - {"not known", "no answer wanted"}:
            given[role] = given.get(role, 0) + 1
    return {role: count for role, count in given.items() if role not in held and role != NOTHING}


def bare(answer):
    return re.sub(r" \(\d+\)(?=;|$)", "", answer.split("<br>")[0])


def test_roles_that_get_work_unheard_are_named_on_page_one_and_in_the_plan(name):
    sure = next(row["Answer"] for row in rows(part(name, "a")) if row["Question"] == "How sure are we?")
    silent = {row["Role"] for row in rows(part(name, "roles")) if row["Answered"] == "0"}
    owners = {row["Role"] for row in rows(part(name, "load"))}
    working = silent & owners
    assert bool(working) == ("given work by the plan" in sure) == ("Given work here without" in part(name, "roadmap"))
    assert all(role in sure and role in part(name, "roadmap").partition("Priorities")[0] for role in working)


def test_roles_of_one_person_are_named_as_such(name):
    table = rows(part(name, "roles"))
    *first, last = [row["Role"] for row in table if row["Answered"] == "1" and row["Role"] in OF_PEOPLE]
    line = f"In {', '.join(first)} and {last} one person each answered;"
    assert line in part(name, "roles")
    assert line in part(name, "appendix-c")

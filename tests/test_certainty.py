"""How sure a document sounds: who was asked and heard, and what was asked for and given, counted again by hand."""

import json
import random
import re
from collections import Counter

import pytest
from auditing import rows, under
from factories import answered, built, level, node, sheet
from factories import said as person

from assess.formula.certainty import part
from assess.scoring import score_organization

# Role to title and the questions put to it; of registers no people are counted, guests are anonymous.
ROLES = {"head": "Head", "desk": "Front desk", "cook": "Kitchen", "guest": "Guest", "book": "Guest book"}
ASKED = {
    "kept": ["head", "desk", "cook"],
    "told": ["head", "guest"],
    "served": ["desk", "cook", "guest", "book"],
    "paid": ["head"],
    "noted": ["book", "desk"],
}
SCORED = ("kept", "told", "served", "paid")
PEOPLE = ("head", "desk", "cook", "guest")
GIVEN = {"value": "begun", "unknown": "{unknown: true}", "declined": "{declined: true}", "na": "{na: true, why: Shut.}"}
SHOWN = "{value: begun, evidence: [{title: Page, kind: document, dated: 2026-05-01}]}"
EXTRA = "{id: extra, type: yesno, required: false, text: Is there anything else?, ask: [head, book]}"
OPTIONS = "options: [{label: None}, {label: A few}, {label: Most}, {label: All}]"


def rubric():
    questions = {
        name: f"{{id: {name}, type: level, text: Is it {name}?, ask: [{', '.join(asked)}], "
        f"allow: [unknown, declined, na], {OPTIONS}}}"
        if name in SCORED
        else f"{{id: {name}, type: yesno, weight: 0, text: Is it {name}?, ask: [{', '.join(asked)}]}}"
        for name, asked in ASKED.items()
    }
    nodes = "".join(
        f"  - {{id: n_{name}, title: Part {name}, questions: [{', '.join(found)}]}}\n"
        for name, found in (("one", [questions["kept"], questions["told"], questions["noted"]]),
                            ("two", [questions["served"], questions["paid"], EXTRA]))
    )  # fmt: skip
    roles = "".join(
        f"  - {{id: {r}, title: {t}{'' if r in PEOPLE else ', people: false'}}}\n" for r, t in ROLES.items()
    )
    return f"""\
assess: rubric/1
id: inn
title: The inn
version: "1"
scale: {{min: 0, max: 3}}
levels:
  - {{key: absent, title: Absent, at: 0}}
  - {{key: begun, title: Begun, at: 33}}
  - {{key: usual, title: Usual, at: 66}}
  - {{key: always, title: Always, at: 100}}
roles:
{roles}policies: {{anonymous: [guest], min_cell: 3, target: always, evidence: {{}}}}
principles:
{nodes}initiatives:
  - {{id: i1, title: Shelf, lifts: {{n_one: always}}, effort: {{low: 1, high: 2}}, weeks: 2, owner: cook}}
  - {{id: i2, title: Bell, lifts: {{n_two: always}}, effort: {{low: 1, high: 2}}, weeks: 2, owner: desk}}
"""


class Inn:
    """An engagement made of a seed: some roles take part, each with some people who answer some of their questions."""

    def __init__(self, folder, kind, seed):
        pick = random.Random(f"{kind} {seed}")
        self.folder, self.kind = folder, kind
        roles = list(ROLES)
        present = {"one": [pick.choice(PEOPLE[:3])], "half": pick.sample(roles[:3], 2), "all": roles}.get(kind, roles)
        heads = {role: 1 if kind == "one" else pick.randint(1, 4) for role in present}
        heads["guest"] = pick.choice([4, 6]) if "guest" in heads else 0
        self.people, self.drafts = {}, Counter()
        for role in present:
            for number in range(heads[role]):
                asked = [name for name, whom in ASKED.items() if role in whom]
                taken = [name for name in asked if pick.random() < 0.8] or asked[:1]
                states = {name: pick.choice(["value"] * 4 + ["unknown", "declined", "na"]) for name in taken}
                self.people[f"{role}-{number}"] = (role, {name: self.state(name, s) for name, s in states.items()})
        self.shown = {pick.choice(SCORED) for _ in range(2)}
        self.late = {who for who in self.people if kind == "drafts" and pick.random() < 0.5}
        self.invited = {role: heads.get(role, 0) + pick.randint(0, 2) for role in PEOPLE} if kind == "all" else {}
        self.write()

    @staticmethod
    def state(name, state):
        return "unknown" if name not in SCORED and state == "na" else state

    def write(self):
        (self.folder / "rubrics").mkdir(parents=True)
        (self.folder / "rubrics" / "inn.yaml").write_text(rubric(), encoding="utf-8")
        (self.folder / "org" / "answers").mkdir(parents=True)
        invited = f"invited: {{{', '.join(f'{r}: {n}' for r, n in self.invited.items())}}}\n" if self.invited else ""
        (self.folder / "org" / "engagement.yaml").write_text(
            "assess: engagement/1\norganization: {name: Inn, staff: 31}\nrubric: inn\nassessed_on: 2026-06-30\n"
            f"status: final\n{invited}",
            encoding="utf-8",
        )
        for who, (role, given) in self.people.items():
            told = "".join(f"  {name}: {self.answer(name, state)}\n" for name, state in given.items())
            sent = "" if who in self.late else "submitted: 2026-06-20\n"
            kind = "self" if role in PEOPLE else "document"
            leave = "alone: true\n" if role == "guest" else ""
            text = f"assess: answers/1\n{leave}respondent: {who}\nrole: {role}\nkind: {kind}\n{sent}answers:\n{told}"
            (self.folder / "org" / "answers" / f"{who}.yaml").write_text(text, encoding="utf-8")

    def answer(self, name, state):
        if name not in SCORED:
            return "yes" if state == "value" else GIVEN[state]
        return SHOWN if state == "value" and name in self.shown else GIVEN[state]

    def states(self, name, role):
        return [given[name] for who, given in self.people.values() if who == role and name in given]

    def cells(self, roles=ROLES):
        return [(name, role) for name, asked in ASKED.items() for role in asked if role in roles]

    def filled(self, roles=ROLES):
        return [cell for cell in self.cells(roles) if {"value", "na"} & set(self.states(*cell))]

    def heads(self, role):
        return sum(who == role for who, _ in self.people.values())


KINDS = ("one", "half", "all", "drafts")


DRAWN = [
    pytest.param((kind, seed), marks=[pytest.mark.slow] * (seed > 0), id=f"{kind}-{seed}")
    for kind in KINDS
    for seed in range(3)
]


@pytest.fixture(params=DRAWN)
def inn(request, tmp_path):
    return Inn(tmp_path / "inn", *request.param)


@pytest.fixture
def told(inn, run, monkeypatch):
    monkeypatch.chdir(inn.folder)
    return lambda *words: run(words[0], inn.folder / "org", *words[1:])


def sureness(document):
    return next(row["Answer"] for row in rows(under(document, "a")) if row["Question"] == "How sure are we?")


def sentence(inn):
    """The sentence on page one about people, roles and registers."""
    heads = {role: inn.heads(role) for role in ROLES}
    people = sum(heads[role] for role in PEOPLE)
    roles = sum(heads[role] > 0 for role in PEOPLE)
    few = [f"; {ROLES[r]}: {heads[r]} of {n} invited" for r, n in inn.invited.items() if heads[r] < n]
    books = f", beside {heads['book']} file{'' if heads['book'] == 1 else 's'} of Guest book" if heads["book"] else ""
    one = "1 person" if people == 1 else f"{people} people"
    beside = f"(the organization has a staff of 31{''.join(few)}){books}"
    return f"Answers come from {one} in {roles} of 4 roles asked {beside}."


def test_page_one_tells_who_was_heard_what_is_there_and_what_is_shown(inn, told):
    document = told("report").stdout
    sure = sureness(document)
    assert sure.startswith(sentence(inn))
    cells, filled = len(inn.cells()), len(inn.filled())
    there = f"{filled} {'is' if filled == 1 else 'are'} there ({filled * 100 // cells}%)"
    assert f"Of {cells} answers asked for, one from each role per question, {there}." in sure
    said = [{state for role in ASKED[name] for state in inn.states(name, role)} for name in SCORED]
    apply = [states for states in said if "na" not in states or states & {"value", "unknown"}]
    answered = sum("value" in states for states in apply)
    whole = f"{len(apply)} scored question{'' if len(apply) == 1 else 's'}"
    assert f" {answered} of {whole} {'has' if answered == 1 else 'have'} an answer, [" in sure
    silent = {title for role, title in ROLES.items() if not inn.heads(role)}
    named = {title for line in re.findall(r"Not heard[^:]*: ([^.]+)\.", sure) for title in line.split(", ")}
    assert named == silent
    working = silent & {row["Role"] for row in rows(under(document, "load"))}
    assert ("given work by the plan" in sure) == bool(working)
    assert all(title in under(document, "roadmap").partition("Priorities")[0] for title in working)


def test_page_one_never_says_how_many_questions_are_answered_without_saying_by_whom(inn, told):
    for command in (("report",), ("explain",), ("explain", "n_one"), ("score",)):
        text = told(*command).stdout
        for place in re.finditer(r"\d+ of \d+ scored questions?|Nothing is open", text):
            before = text[max(0, place.start() - 700) : place.start()]
            assert "Answers come from " in before, (command, place[0])
    assert len(inn.filled()) == len(inn.cells()) or "Nothing is open" not in told("explain").stdout


def test_drafts_behind_a_final_document_are_counted_on_page_one_and_by_role_in_the_appendix(inn, told):
    document = told("report").stdout
    files, drafts = len(inn.people), len(inn.late)
    are = "is a draft" if drafts == 1 else "are drafts"
    said = f"This issue is final, but {drafts} of {files} answers file{'' if files == 1 else 's'} {are}."
    assert (said in sureness(document)) == bool(drafts)
    assert "draft" not in sureness(document) or drafts
    noticed = under(document, "notices")
    for role, title in ROLES.items():
        late = sum(who.startswith(f"{role}-") for who in inn.late)
        assert (f"{title}: {late} of {inn.heads(role)} answers file" in noticed) == bool(late)
    assert "has not submitted" not in document


def test_the_appendix_lists_every_role_that_is_asked_the_silent_too(inn, told):
    table = {row["Role"]: row for row in rows(under(told("report").stdout, "roles"))}
    assert list(table) == list(ROLES.values())
    for role, title in ROLES.items():
        asked = (table[title]["Answered"], table[title]["Questions put to it"], table[title]["With an answer"])
        assert asked == tuple(map(str, (inn.heads(role), len(inn.cells([role])), len(inn.filled([role])))))


def test_explain_and_json_count_the_same(inn, told):
    lines = [line.strip() for line in told("explain").stdout.splitlines()]
    assert (
        sentence(inn)
        .replace(" (the organization has a staff of 31)", "")
        .replace("the organization has a staff of 31; ", "")
        in lines
    )
    for made in (told("score", "--format", "json"), told("explain", "--format", "json")):
        found = json.loads(made.stdout)["certainty"]
        assert (found["cells"], found["filled"]) == (len(inn.cells()), len(inn.filled()))
        assert found["people"] == sum(inn.heads(role) for role in PEOPLE)
        assert found["not_heard"] == [role for role in ROLES if not inn.heads(role)]


def test_a_node_is_explained_by_those_who_were_asked_about_it(inn, told):
    below = ("kept", "told", "noted")
    heard = {who: role for who, (role, given) in inn.people.items() if set(below) & set(given)}
    asked = {role for name in below for role in ASKED[name]} & set(PEOPLE)
    people = sum(role in PEOPLE for role in heard.values())
    roles = len(asked & set(heard.values()))
    line = next(x for x in told("explain", "n_one").stdout.splitlines() if "Answers come from" in x)
    assert f"from {people} {'person' if people == 1 else 'people'} in {roles} of {len(asked)} roles asked" in line


def test_check_tells_how_far_every_named_respondent_is_and_nothing_of_a_single_guest(inn, told):
    found = told("check", "--format", "json")
    people = json.loads(found.stdout)["respondents"]
    named = {row["respondent"]: (row["answered"], row["asked"], row["drafts"]) for row in people if row["respondent"]}
    wanted = {
        who: (len(given), len(inn.cells([role])), int(who in inn.late))
        for who, (role, given) in inn.people.items() if role not in ("guest", "book")
    }  # fmt: skip
    assert named == wanted
    text = told("check").stdout
    assert all(re.search(rf"^{who} .* {n} of {all_}  ", text, re.MULTILINE) for who, (n, all_, _) in wanted.items())
    guests = [row for row in people if row["role"] == "guest"]
    assert [(row["files"], row["answered"]) for row in guests] == [(inn.heads("guest"), None)] * len(guests)
    assert len(guests) <= 1
    assert not re.search(r"^guest-\d", text, re.MULTILINE)


def test_check_counts_as_open_what_a_role_was_asked_and_did_not_answer(inn, told):
    found = {row["role"]: row["open"] for row in json.loads(told("check", "--format", "json").stdout)["roles"]}
    assert found == {role: sum(not inn.states(*cell) for cell in inn.cells([role])) for role in ROLES}
    closing = told("check").stdout.splitlines()[-1]
    blank = any(len(given) < len(inn.cells([role])) for role, given in inn.people.values() if role in PEOPLE[:3])
    assert not (closing.startswith("Ready") and (blank or any(found[r] for r in ROLES if inn.heads(r))))
    absent = [title for role, title in ROLES.items() if not inn.heads(role) and not inn.invited.get(role)]
    assert (f"Neither invited nor heard: {', '.join(absent)}." in closing) == bool(absent)


def test_drafts_of_an_anonymous_group_are_counted_where_the_group_is_and_nowhere_else():
    asked = [node("o", level("q", ask=["team"])), node("u", level("r", ask=["team"])), node("x", level("s"))]
    book = built(*asked, policies={"anonymous": ["team"], "min_cell": 3})
    few = {"shy": {"team": 4}, "unfinished": {"team": 2}, "crowds": {("q", "team"): (answered("k1"),) * 4}}
    found = score_organization(book, sheet(person("boss", s="k1"))._replace(**few)).certainties
    drafts = {
        name: [(v.heard, v.drafts) for v in found[name].voices if v.role == "team"] for name in ("overall", "o", "u")
    }
    assert drafts == {"overall": [(4, 2)], "o": [(4, 2)], "u": [(0, 0)]}


@pytest.mark.parametrize(
    ("some", "whole", "said"), [(0, 7, "0%"), (1, 900, "1%"), (999, 1000, "99%"), (7, 7, "100%"), (2, 3, "66%")]
)
def test_a_share_is_whole_or_nothing_only_when_it_is(some, whole, said):
    assert part(some, whole) == said

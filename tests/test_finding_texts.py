"""Texts that fit their case: by cause, by level, with figures; never a brace or a sentence whose figure is missing."""

import datetime

import pytest
from diagnosing import counted_sheet, criterion, fact, findings, initiative, level, proof, reply, rubric, sheet
from factories import ON
from hypothesis import given
from hypothesis import strategies as st

from assess.diagnose import diagnose
from assess.explain import explain
from assess.export import explained_json
from assess.model.answers import Settlement
from assess.scoring import score_organization

KNOWN, UNKNOWN = "No page is kept", "Nobody could say whether a page is kept"


def number(name, **more):
    return {"id": name, "type": "number", "text": f"How many {name}?", "weight": 0, "min": 0, "max": 9999, **more}


QUESTIONS = (
    level("desk_how"),
    fact("page", unknown_as="no", ask=["team", "service"]),
    fact("bell", unknown_as="no", ask=["team"]),
    number("wait", unit="days", unit_one="day", ask=["team", "record", "customer"]),
    {"id": "opened", "type": "date", "text": "Since when?", "ask": ["record", "customer"]},
    {
        "id": "place", "type": "choice", "text": "Where?", "weight": 0, "ask": ["team", "service"],
        "options": [
            {"key": "shop", "label": "in the shop", "score": 0},
            {"key": "web", "label": "on the web", "score": 1},
            {"key": "phone", "label": "by phone", "score": 2},
        ],
    },
)  # fmt: skip


def gated(because, when="page = no", **more):
    gate = {"id": "g", "title": "No page", "when": when, "flag": True, "because": because, "lifted_by": ["a"], **more}
    return rubric(criterion("desk", *QUESTIONS), initiatives=[initiative("a", desk="leading")], gates=[gate])


def says(book, *people, settled=None):
    """What the gate says, and None while it does not hold."""
    found = findings(book, counted_sheet(book, *people, settled=settled)).get("gate_g")
    return None if found is None else found.says


# --- the cause


@pytest.mark.parametrize(
    ("page", "told"),
    [("no", KNOWN), ("unknown", UNKNOWN), ("yes", None), ("na", None), (None, None)],
)
def test_a_finding_says_whether_it_is_known_or_nobody_could_say(page, told):
    answers = {} if page is None else {"page": page}
    assert says(gated({"known": KNOWN, "unknown": UNKNOWN}), ("team", answers)) == told


def test_one_who_knows_is_enough_for_the_known_text():
    book = gated({"known": KNOWN, "unknown": UNKNOWN})
    assert says(book, ("team", {"page": "unknown"}), ("service", {"page": "no"})) == KNOWN


def test_a_plain_text_is_said_whatever_the_cause():
    assert says(gated("Page or none"), ("team", {"page": "unknown"})) == "Page or none"
    assert gated("Page or none").gates[0] == gated({"known": "Page or none", "unknown": "Page or none"}).gates[0]


def test_a_cause_that_has_no_text_leaves_the_title_and_invents_nothing():
    for because, page in (({"known": KNOWN}, "unknown"), ({"unknown": UNKNOWN}, "no")):
        book = gated(because)
        found = findings(book, sheet(("team", {"page": page})))["gate_g"]
        assert (found.title, found.says) == ("No page", "")


BOTH = {
    "known": [
        {"when": "page = no and bell = no", "says": "Neither"},
        {"when": "page = no", "says": "No page"},
        {"when": "bell = no", "says": "No bell"},
    ],
    "unknown": "Nobody knows",
}


@pytest.mark.parametrize(
    ("page", "bell", "told"),
    [
        ("no", "no", "Neither"),
        ("no", "yes", "No page"),
        ("yes", "no", "No bell"),
        ("no", "unknown", "No page"),
        ("unknown", "no", "No bell"),
        ("unknown", "unknown", "Nobody knows"),
        ("unknown", "yes", "Nobody knows"),
    ],
)
def test_of_several_causes_the_first_that_was_answered_so_is_named(page, bell, told):
    book = gated(BOTH, "page = no or bell = no")
    assert says(book, ("team", {"page": page, "bell": bell})) == told


def test_what_counts_as_worst_because_nobody_answered_is_not_known():
    policy = {"missing": "zero", "unknown": "zero", "min_coverage": 0}
    gate = {
        "id": "g",
        "when": "desk < ad_hoc",
        "flag": True,
        "lifted_by": [],
        "because": {"known": "K", "unknown": "U"},
    }
    book = rubric(criterion("desk", level("desk_how"), level("desk_why")), gates=[gate], policies=policy)
    for given_answers, told in (
        ({"desk_how": "unknown", "desk_why": "unknown"}, "U"),
        ({}, "U"),
        ({"desk_how": "absent", "desk_why": "absent"}, "K"),
        ({"desk_how": "absent"}, "K"),
    ):
        assert says(book, ("team", given_answers)) == told


def test_a_clash_says_what_is_known_only_where_both_halves_are():
    clash = {
        "id": "c", "claim": "desk_how >= practised by executive", "practice": "page = no",
        "says": {"known": "Said, and not there", "unknown": "Said, and nobody could show it"},
        "so": {"known": "Leaders lose trust"}, "urgent": "harm", "decision": {"hold": "The campaign", "who": "EX"},
    }  # fmt: skip
    book = rubric(criterion("desk", *QUESTIONS), clashes=[clash])
    for page, told, so in (
        ("no", "Said, and not there", "Leaders lose trust"),
        ("unknown", "Said, and nobody could show it", ""),
    ):
        found = findings(book, sheet(("executive", {"desk_how": "leading"}), ("team", {"page": page})))["clash_c"]
        assert (found.says, found.so, found.urgent, found.decision.verb) == (told, so, "harm", "hold")


# --- figures


@pytest.mark.parametrize(
    ("text", "answers", "told"),
    [
        ("{wait} pass", [("record", {"wait": 3})], "3 days pass"),
        ("{wait by record} pass", [("record", {"wait": 1}), ("team", {"wait": 9})], "1 day pass"),
        ("{wait} pass", [("record", {"wait": 2}), ("team", {"wait": 3})], "2.5 days pass"),
        ("Open since {opened}", [("record", {"opened": datetime.date(2025, 3, 4)})], "Open since 4 March 2025"),
        ("It is {place}", [("team", {"place": "web"})], "It is on the web"),
        ("It is {place}", [("team", {"place": "web"}), ("service", {"place": "shop"})], "It is in the shop"),
        ("It is {place by team}", [("team", {"place": "web"}), ("service", {"place": "shop"})], "It is on the web"),
        ("So: {desk_how}", [("team", {"desk_how": "defined"})], "So: It is written"),
        ("So: {desk_how by service}", [("service", {"desk_how": "leading"})], "So: Outsiders read it"),
        ("{desk_how}", [("team", {"desk_how": "defined"}), ("service", {"desk_how": "practised"})], "It is written"),
        ("{wait by record} of {wait by team}", [("record", {"wait": 4}), ("team", {"wait": 5})], "4 days of 5 days"),
    ],
)  # fmt: skip
def test_an_answer_of_any_type_stands_in_a_sentence(text, answers, told):
    book = gated({"known": [text, "No figure"]})
    assert says(book, ("service", {"page": "no"}), *answers) == told


def test_of_roles_that_read_other_words_the_option_is_told_in_those_of_the_question():
    own = {"team": {"options": {"web": "online"}}, "service": None}
    asked = [{**each, "ask": own} if each["id"] == "place" else each for each in QUESTIONS]
    gate = {"id": "g", "title": "No page", "when": "page = no", "flag": True, "because": "It is {place}"}
    book = rubric(criterion("desk", *asked), gates=[{**gate, "lifted_by": []}])
    for roles, told in ((["team"], "online"), (["service"], "on the web"), (["team", "service"], "on the web")):
        people = [(role, {"place": "web", "page": "no"}) for role in roles]
        assert says(book, *people) == f"It is {told}"


OWN = {key: f"We heard of {place}" for place, key in enumerate(("absent", "ad_hoc", "defined", "practised", "leading"))}


@pytest.mark.parametrize(
    ("quoted", "said", "told"),
    [
        ("by customer", ["absent", "ad_hoc", "ad_hoc", "ad_hoc"], "We heard of 1"),
        ("by customer", ["absent", "absent", "absent", "ad_hoc"], "We heard of 0"),
        ("by customer", ["defined", "practised"], "We heard of 2"),
        ("", ["leading", "leading", "practised"], "We heard of 4"),
    ],
)
def test_a_role_is_quoted_with_the_label_it_read_that_is_nearest_to_what_it_said(quoted, said, told):
    asked = {"customer": {"options": OWN}, "team": None}
    clash = {
        "id": "c", "title": "Two views", "claim": "page = yes", "practice": "desk_how >= absent by customer",
        "says": {"known": f"{{desk_how {quoted}}}".replace(" }", "}")}, "settle": "Look.", "initiatives": ["a"],
    }  # fmt: skip
    book = rubric(criterion("desk", level("desk_how", ask=asked), fact("page", ask=["team"])), clashes=[clash])
    found = findings(
        book, counted_sheet(book, ("team", {"page": "yes"}), *(("customer", {"desk_how": x}) for x in said))
    )
    finding = found["clash_c"]
    (answered,) = [quote.answered for quote in finding.quotes if quote.role == "Customer"]
    assert finding.says == told
    assert answered.startswith(told)


@pytest.mark.parametrize(
    "answers",
    [
        [],
        [("record", {"wait": "unknown"})],
        [("record", {"wait": "declined"})],
        [("team", {"wait": 3})],
        [("customer", {"wait": 3})] * 4,
    ],
)
def test_a_text_whose_figure_is_missing_is_never_chosen(answers):
    book = gated({"known": ["{wait by record} pass", {"when": "page = no", "says": "Too long"}]})
    assert says(book, ("service", {"page": "no"}), *answers) == "Too long"
    assert says(gated("{wait by record} pass"), ("service", {"page": "no"}), *answers) == ""


def test_a_group_that_is_left_out_has_no_figure_and_gets_one_from_the_least_on():
    book = gated({"known": ["Guests wait {wait by customer}", "Guests wait"]}).model_copy(
        update={"policies": rubric(policies={"anonymous": ["customer"], "min_cell": 3}).policies}
    )
    few, enough = ([("customer", {"wait": 4})] * count for count in (2, 3))
    assert says(book, ("service", {"page": "no"}), *few) == "Guests wait"
    assert says(book, ("service", {"page": "no"}), *enough) == "Guests wait 4 days"


def test_the_earliest_day_of_a_group_is_that_of_one_person_and_not_quoted():
    book = gated({"known": ["Since {opened}", "For a while"]}).model_copy(
        update={"policies": rubric(policies={"anonymous": ["customer"], "min_cell": 3}).policies}
    )
    days = [("customer", {"opened": datetime.date(2025, 1, day)}) for day in (2, 3, 4)]
    assert says(book, ("service", {"page": "no"}), *days) == "For a while"


def test_what_was_settled_is_the_figure_of_all_together_and_roles_keep_theirs():
    book = gated("{wait}, and {wait by team} for the team")
    agreed = {"wait": Settlement(reply(6), ("p0",), "Counted again.")}
    people = [("team", {"page": "no", "wait": 2})]
    assert says(book, *people, settled=agreed) == "6 days, and 2 days for the team"


def test_who_gave_a_figure_and_how_many_documents_show_it_stand_beside_it():
    book = gated("{wait by record}, {wait by team}")
    shown = reply(3, proof("Export", kind="record"), proof("List"), proof("A customer", kind="customer"))
    answers = sheet(("team", {"page": "no", "wait": 2}), ("team", {"wait": 4}), ("record", {"wait": shown}))
    figures = findings(book, answers)["gate_g"].figures
    assert [(f.shown, f.source) for f in figures] == [
        ("3 days", "Registers, 2 documents"),
        ("3 days", "Social team, 2 answers"),
    ]


def test_words_in_braces_that_are_no_figure_stay_as_they_are():
    assert says(gated("{{ 7*7 }} and {a, b}"), ("team", {"page": "no"})) == "{{ 7*7 }} and {a, b}"


ANSWERS = {
    "page": st.sampled_from(["yes", "no", "unknown", "declined"]),
    "bell": st.sampled_from(["yes", "no", "unknown"]),
    "wait": st.one_of(st.integers(0, 99), st.sampled_from(["unknown", "declined"])),
    "opened": st.one_of(st.dates(datetime.date(2020, 1, 1), ON), st.just("unknown")),
    "place": st.sampled_from(["shop", "web", "unknown"]),
    "desk_how": st.sampled_from(["absent", "ad_hoc", "defined", "practised", "leading", "unknown"]),
}
SPOKEN = st.lists(
    st.tuples(st.sampled_from(["team", "service", "record", "customer"]), st.fixed_dictionaries({}, optional=ANSWERS)),
    max_size=5,
)
TEXTS = ("{wait by record}", "{wait}", "{opened}", "{place by team}", "{desk_how}", "{desk_how by service}")


@given(SPOKEN, st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3), st.booleans())
def test_no_brace_is_ever_printed_and_every_figure_has_its_source(people, texts, plain):
    book = gated(
        " and ".join(texts) if plain else {"known": list(texts), "unknown": texts[0]}, "page = no or bell = no"
    )
    answers = counted_sheet(book, *people)
    card = score_organization(book, answers)
    found = {f.id: f for f in diagnose(card).findings}.get("gate_g")
    if found is None:
        return
    assert "{" not in found.says
    assert bool(found.says) == bool(found.figures)
    assert all(figure.shown in found.says and figure.source for figure in found.figures)
    assert explained_json(card, "g", None)["because"] == found.says
    assert found.says in explain(card, "g")


@given(SPOKEN)
def test_a_known_text_is_only_said_on_what_was_answered(people):
    book = gated({"known": "K", "unknown": "U"})
    told = says(book, *people)
    heard = [answers["page"] for role, answers in people if role in ("team", "service") and "page" in answers]
    spoken = [page for page in heard if page in ("yes", "no")]
    assert told == ("K" if "no" in spoken else None if spoken else "U" if "unknown" in heard else None)

"""The check of texts by what is known, held against every answer: what it calls never said is said by nobody."""

from itertools import product

import pytest
from factories import UNKNOWN, built, card, fact, level, node, question, said

from assess.authoring.check import audit
from assess.documents import SourceMap

NOBODY = "Nobody could say."
ASKED = [
    level("q", 3, ask=["boss", "team"]),
    fact("kept", unknown_as="no", ask=["team"]),
    fact("shown", ask=["team"]),
    question("count", "number", min=0, max=9, weight=0, unknown_as="2", ask=["boss"]),
]
BOSS = {"q": [None, UNKNOWN, "k0", "k2"], "count": [None, UNKNOWN, 1, 5]}
TEAM = {"q": [None, UNKNOWN, "k0", "k2"], "kept": [None, UNKNOWN, "yes", "no"], "shown": [None, UNKNOWN, "no"]}
CHIEF = {"q": [None, "k2"]}  # the log is not asked


def clashing(claim, practice, policy):
    says = {"known": "It differs.", "unknown": NOBODY}
    one = {"id": "k", "claim": claim, "practice": practice, "says": says}
    return built(node("p", *ASKED, clashes=[one]), policies={"unknown": policy})


def sheets(read):
    """What everybody can answer to the questions that are read."""
    spoken = {"boss": BOSS, "team": TEAM, "log": CHIEF}
    places = [(role, name, raws) for role, known in spoken.items() for name, raws in known.items() if name in read]
    for raws in product(*(raws for _, _, raws in places)):
        given = [(role, name, raw) for (role, name, _), raw in zip(places, raws, strict=True)]
        yield [said(role, **{name: raw for who, name, raw in given if who == role}) for role in spoken]


@pytest.mark.parametrize("policy", ["zero", "missing"])
@pytest.mark.parametrize(
    ("claim", "practice", "can_be_said"),
    [
        ("q >= k2 by boss", "kept = no", {"zero": True, "missing": True}),
        ("q >= k2 by boss", "shown = no", {"zero": False, "missing": False}),
        # Whoever claims has answered, so nothing stands in for what another role says of the same question.
        ("q >= k2 by boss", "q <= k0 by team", {"zero": False, "missing": False}),
        ("shown = no", "q <= k0 by team", {"zero": True, "missing": False}),
        # Whoever answers without being asked leaves the question open to all who are.
        ("q >= k2 by log", "q <= k0 by team", {"zero": True, "missing": False}),
        # A don't-know is read as 2, on one side of a limit and not on the other.
        ("q >= k2 by boss", "count < 3", {"zero": True, "missing": True}),
        ("q >= k2 by boss", "count > 3", {"zero": False, "missing": False}),
        ("q >= k2 by boss", "not count > 3", {"zero": True, "missing": True}),
        ("q >= k2 by boss", "q <= k0 by team or count < 3", {"zero": True, "missing": True}),
        ("q >= k2 by boss", "q <= k0 by team or count > 3", {"zero": False, "missing": False}),
        ("kept = yes", "count > 3", {"zero": False, "missing": False}),
        ("q >= k2 by boss", "share(kept = no by team) > 50", {"zero": False, "missing": False}),
    ],
)
def test_a_text_is_called_never_said_where_no_answers_bring_it_about(claim, practice, can_be_said, policy):
    book = clashing(claim, practice, policy)
    read = {name for name in ("q", "kept", "shown", "count") if name in f"{claim} {practice}"}
    told = {card(book, *people).texts["k"].text for people in sheets(read)}
    assert (NOBODY in told) is can_be_said[policy]
    warned = [problem for problem in audit(book, SourceMap()) if problem.code == "idle_text"]
    assert bool(warned) is not can_be_said[policy]

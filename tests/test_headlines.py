"""Headlines: known by an id, first that holds and has something to say, with cause and what answers them."""

import json

import pytest
from diagnosing import criterion, fact, initiative, level, rubric, sheet

from assess.authoring.diff import compare_rubrics
from assess.diagnose import diagnose
from assess.explain import explain, find_ids
from assess.export import explained_json, scorecard_json
from assess.scoring import score_organization

SHARE = {"id": "share", "type": "number", "text": "What share?", "unit": "%", "weight": 0, "min": 0, "max": 100}
SLOW = {
    "id": "slow",
    "when": "share < 40",
    "says": {
        "known": ["Of all letters {share by record} are answered", "Few letters are answered"],
        "unknown": "Who knows",
    },
    "cause": {"known": "Only {desk_how by team}"},
    "initiatives": ["a"],
}


def book(*headlines, **more):
    asked = {**SHARE, "ask": ["team", "record"], **more}
    questions = (level("desk_how"), asked, fact("page", unknown_as="no"))
    return rubric(
        criterion("desk", *questions), headlines=list(headlines), initiatives=[initiative("a", desk="leading")]
    )


def message(rubric_of, *people):
    answers = sheet(*people)
    return diagnose(score_organization(rubric_of, answers)).message


@pytest.mark.parametrize(
    ("people", "told", "cause"),
    [
        ([("record", {"share": 12.5})], "Of all letters 12.5% are answered", ""),
        (
            [("record", {"share": 12.5}), ("team", {"desk_how": "ad_hoc"})],
            "Of all letters 12.5% are answered",
            "Only One person does",
        ),
        ([("team", {"share": 20})], "Few letters are answered", ""),
        ([("record", {"share": 80})], "Begin.", ""),
        ([], "Begin.", ""),
    ],
)
def test_the_first_text_that_fits_is_the_message_with_its_cause(people, told, cause):
    found = message(book(SLOW, {"says": "Begin."}), *people)
    assert (found.says, found.cause) == (told, cause)
    assert found.id == ("slow" if told != "Begin." else "headline_2")
    assert found.initiatives == (("a",) if told != "Begin." else ())


def test_a_headline_that_holds_only_because_nobody_knows_says_so():
    headlines = [{"id": "bare", "when": "page = no", "says": {"known": "No page", "unknown": "Nobody knows of a page"}}]
    assert message(book(*headlines), ("team", {"page": "unknown"})).says == "Nobody knows of a page"
    assert message(book(*headlines), ("team", {"page": "no"})).says == "No page"


def test_one_text_prints_numbers_without_their_unit_as_it_always_did():
    plain, fitting = {"says": "{share} of a hundred"}, {"says": {"known": "{share} of them"}}
    assert message(book(plain), ("record", {"share": 12})).says == "12 of a hundred"
    assert message(book(fitting), ("record", {"share": 12})).says == "12% of them"


def test_a_headline_is_explained_by_its_id_or_its_place():
    rubric_of = book(SLOW, {"says": "Begin."})
    answers = sheet(("record", {"share": 12.5}), ("team", {"desk_how": "ad_hoc"}))
    card = score_organization(rubric_of, answers)
    assert find_ids(rubric_of, "slow") == ("slow",)
    told = explain(card, "slow").splitlines()
    assert told[:4] == [
        "slow: a headline",
        "  Of all letters 12.5% are answered.",
        "  12.5%: share, Registers.",
        "  It is the message: the first whose condition holds and of which a text fits.",
    ]
    assert "Condition (holds): share < 40" in told
    assert "  The message is slow: the first whose condition holds and of which a text fits." in explain(
        card, "headline_2"
    )
    found = explained_json(card, "slow", None)
    assert (found["kind"], found["says"]) == ("headline", "Of all letters 12.5% are answered")
    assert found["figures"] == [{"question": "share", "role": "record", "shown": "12.5%", "source": "Registers"}]


def test_a_headline_that_does_not_hold_says_nothing_when_it_is_explained():
    rubric_of = book(SLOW, {"says": "Begin."})
    answers = sheet(("record", {"share": 90}))
    told = explain(score_organization(rubric_of, answers), "slow")
    assert "No text of it fits what was answered." in told
    assert "Of all letters" not in told


def test_the_json_of_the_scores_has_the_message_beside_the_headline():
    rubric_of = book(SLOW)
    answers = sheet(("record", {"share": 12.5}))
    card = score_organization(rubric_of, answers)
    found = json.loads(json.dumps(scorecard_json(card, diagnose(card), ())))
    assert found["headline"] == found["message"]["says"] == "Of all letters 12.5% are answered"
    assert found["message"]["id"] == "slow"


def test_a_headline_is_compared_by_its_id_and_without_one_by_its_condition():
    old = book(SLOW, {"when": "page = no", "says": "No page"}, {"says": "Begin."})
    new = book(
        {**SLOW, "when": "share < 50"}, {"id": "bare", "when": "page = no", "says": "No page"}, {"says": "Begin."}
    )
    changes = [(c.kind, c.name, c.field) for c in compare_rubrics(old, new).changes]
    assert changes == [("changed", "slow", "when")]


def test_a_renamed_question_that_a_text_quotes_changes_nothing_else():
    texts = ({"known": ["At {share by record}", {"when": "share < 9", "says": "Few"}]}, "At {share}")
    for says in texts:
        old = book({"id": "one", "says": says})
        dump = json.loads(json.dumps(says).replace("share", "part"))
        new = book({"id": "one", "says": dump}, id="part", renamed_from=["share"])
        assert [c.kind for c in compare_rubrics(old, new).changes] == ["renamed"]

"""The JSON documents: their keys and kinds are a promise to programs that read them."""

import json

import pytest
from counting import counted_of
from factories import built, level, node, said, sheet

from assess.export import check_json, node_json, problem_json, rubric_json, scorecard_json
from assess.load import load
from assess.problems import Location, Problem
from assess.scoring import score_organization
from assess.workflow import assess

SCORE = [
    "kind", "code", "title", "value", "low", "high", "claimed", "coverage", "level", "staged_level", "weight",
    "uncapped", "gates", "because", "points", "scale", "category", "mean", "minimum", "imbalance_loss",
    "gradient", "effective_weight",
]  # fmt: skip
FINDING = [
    *("id", "kind", "node", "red", "title", "says", "because", "quotes", "initiatives", "settle"),
    *("urgent", "so", "decision", "lowered", "figures", "remark"),
]


@pytest.fixture
def found(place):
    return assess(place.org, [place.rubrics])


@pytest.fixture
def document(found):
    made = scorecard_json(found, found.diagnosis, found.problems)
    return json.loads(json.dumps(made, allow_nan=False))


def test_a_scorecard_names_rubric_organization_and_answers(document, found):
    keys = ["assess", "rubric", "organization", "headline", "message", "scores", "findings", "problems", "extent"]
    assert list(document) == [*keys, "accepted", "hidden", "with_acceptances", "decisions", "uncertainty"]
    assert document["decisions"] == {"initiatives": [], "findings": [], "words": []}
    assert document["assess"] == "scorecard/1"
    assert document["rubric"] == {"id": "small", "version": "1.0", "hash": found.rubric.hash}
    assert document["organization"]["name"] == "Corner Hotel"
    assert document["organization"]["assessed_on"] == "2026-06-30"
    assert document["organization"]["answers_hash"].startswith("sha256:")
    assert document["headline"] == "Complaints get lost here."


def test_scores_hold_the_root_principles_and_criteria_and_no_question(document):
    assert list(document["scores"]) == ["overall", "hear", "hear_all", "hear_back", "mend"]
    assert all(list(score) == SCORE for score in document["scores"].values())
    criterion = document["scores"]["hear_back"]
    assert (criterion["kind"], criterion["code"], criterion["value"], criterion["points"]) == (
        "criterion",
        "HEA-2",
        25,
        1,
    )
    assert (criterion["uncapped"], criterion["claimed"], criterion["scale"]) == (50, 25, [0, 4])
    assert criterion["gates"] == [
        {
            "id": "hear_no_rule", "at": 25, "holds": True, "binds": True,
            "because": "Without a rule an answer is a favour", "lifted_by": ["i01"],
        }
    ]  # fmt: skip


def test_findings_quote_roles_and_no_person(document):
    assert all(list(finding) == FINDING for finding in document["findings"])
    kinds = {finding["kind"] for finding in document["findings"]}
    assert {"gap", "gate", "clash", "disagreement"} <= kinds
    (clash,) = [finding for finding in document["findings"] if finding["kind"] == "clash"]
    assert list(clash["quotes"][0]) == ["role", "question", "asked", "answered"]
    assert {quote["role"] for quote in clash["quotes"]} == {"Manager", "Complaint register"}
    assert clash["settle"] == "Read the register together."
    assert "r-anna" not in json.dumps(document)


def test_an_explanation_leads_from_a_node_to_what_every_role_said(found):
    made = json.loads(json.dumps(node_json(found, "hear_all"), allow_nan=False))
    assert (made["id"], made["value"]) == ("hear_all", 25)
    question = made["children"][0]
    assert (question["id"], question["state"], question["conflict"]) == ("hear_count", "value", ["boss", "log"])
    assert (question["grade"], question["ceiling"]) == ("documented", 75)
    assert question["roles"][0] == {
        "role": "boss", "invited": True, "mean": 75, "n": 1, "unknown": 0, "declined": 0, "na": 0, "withheld": False,
    }  # fmt: skip
    facts = [child["id"] for child in made["children"][1:]]
    assert facts == ["hear_written", "hear_days", "hear_ways", "hear_since"]


def test_an_explanation_withholds_small_anonymous_groups(place):
    for name in ("carl", "dora"):
        place.edit(f"org/answers/{name}.yaml", "alone: true\n", "")
    found = assess(place.org, [place.rubrics])
    made = node_json(found, "hear_reply")
    assert {"role": "guest", "invited": True, "withheld": True} in made["roles"]


def test_a_small_anonymous_group_in_a_conflict_is_named_nowhere():
    apart = {"disagreement": {"role": "boss", "levels": 2}, "anonymous": ["team"]}
    rubric = built(node("p", level("q")), policies=apart)
    answers = counted_of(rubric, sheet(said("boss", q="k4"), said("team", q="k0"), said("log", q="k1")))
    made = node_json(score_organization(rubric, answers), "q")
    assert list(made["conflict"]) == ["boss", "log"]
    assert made["because"] == "Roles disagree: the lowest counts until it is settled"
    assert [(role["role"], role["withheld"]) for role in made["roles"]] == [
        ("boss", False), ("log", False), ("team", True),
    ]  # fmt: skip


def test_a_problem_carries_its_place_or_null():
    found = Problem("answer", "no", Location("a.yaml", 3, 4, 5), "write y", "warning", "source")
    assert problem_json(found) == {
        "code": "answer", "severity": "warning", "message": "no", "hint": "write y",
        "file": "a.yaml", "line": 3, "column": 4, "length": 5, "witness": "", "at": "", "accepted": None,
    }  # fmt: skip
    assert problem_json(Problem("answer", "no"))["line"] is None


def test_a_check_is_ready_when_no_problem_is_an_error():
    warning, error = Problem("draft", "d", severity="warning"), Problem("answer", "a")
    assert check_json([warning])["ready"] is True
    assert check_json([warning, error])["ready"] is False
    assert check_json([], [{"role": "boss", "open": 2}])["roles"] == [{"role": "boss", "open": 2}]


def test_a_rubric_is_told_as_it_was_written(place):
    made = json.loads(json.dumps(rubric_json(load(place.rubrics / "small.yaml")[0])))
    assert made["assess"] == "rubric/1"
    assert made["policies"]["disagreement"] == {"role": "boss"}
    assert made["principles"][0]["gates"][0]["cap"] == {"of": ["hear_back"], "at": "begun"}
    assert "personas" not in made

"""The questions of a shipped rubric can be answered: one thing each, few words, and nothing an outsider cannot know."""

import re
from functools import cache

import pytest

from assess import workflow
from assess.minutes import sittings
from assess.resources import shipped

SHIPPED = ("complaint_handling",)
MOST_WORDS = {"text": 25, "help": 45, "anchor": 22}
QUESTION_WORD = re.compile(r"\b(who|whom|whose|what|which|where|when|why|how)\b", re.IGNORECASE)
# Level questions whose second question word opens a subordinate clause (what is asked about), and no second question.
SUBORDINATE = {
    "complaint_handling": {
        "Who can see who made a complaint?",
        "Who can see the name of somebody who complains to you?",
        "Where can people learn how to complain?",
        "Where did the people whose cases you take learn how to complain?",
    },
}
# Roles that answer from what happened to them, and words of the house that they need not know.
OUTSIDERS = {"complaint_handling": {"complainant"}}
INSIDE = re.compile(
    r"\b(register|registered|case owner|desk|director|complainant|closing|criterion|principle|level|score|evidence"
    r"|anchor|backlog|escalat\w*|root cause|process|stakeholder|sla|kpi|audit|compliance|policy|ledger|matrix)\b",
    re.IGNORECASE,
)
every = pytest.mark.parametrize("name", SHIPPED)


@cache
def rubric(name):
    return workflow.load_rubric(shipped("rubrics") / name)


def level_questions(name):
    return [question for question in rubric(name).questions() if question.type == "level"]


def read_by(name, question):
    """What each role reads of a question, by role."""
    return {role: rubric(name).wording(question, role) for role in rubric(name).asked(question)}


def level_texts(name):
    """The sentence of every level question, once for each wording of it."""
    return {wording.text for question in level_questions(name) for wording in read_by(name, question).values()}


@every
def test_a_level_question_asks_one_thing(name):
    texts = level_texts(name)
    assert len(texts) >= len(level_questions(name)) > 0
    assert [text for text in texts if re.search(r"\band\b|;", text)] == []
    assert [text for text in texts if text.count("?") != 1 or not text.endswith("?")] == []
    assert {text for text in texts if len(QUESTION_WORD.findall(text)) != 1} == SUBORDINATE[name]


@every
def test_an_anchor_adds_one_thing_to_the_line_below(name):
    read = [wording for question in level_questions(name) for wording in read_by(name, question).values()]
    anchors = {label for wording in read for label in wording.labels().values()}
    assert {anchor for anchor in anchors if len(re.findall(r"\band\b", anchor)) > 1} == set()
    assert {anchor for anchor in anchors if anchor.count(";") > 1 or "?" in anchor} == set()


@every
def test_nothing_that_is_read_is_longer_than_it_may_be(name):
    long = []
    for question in rubric(name).questions():
        for role, wording in read_by(name, question).items():
            parts = [("text", wording.text), ("help", wording.help)]
            if question.type == "level":
                parts += [("anchor", label) for label in wording.labels().values()]
            long += [(question.id, role, part) for kind, part in parts if len(part.split()) > MOST_WORDS[kind]]
    assert long == []


@every
def test_every_role_of_people_has_a_budget_in_every_tier_and_keeps_it(name):
    found = [one for one in sittings(rubric(name)) if one.minutes is not None]
    assert {one.role for one in found} == {role.id for role in rubric(name).roles if role.people}
    assert {(one.role, one.tier): one.minutes for one in found if one.budget is None or one.over} == {}


@every
def test_outsiders_are_asked_for_no_evidence_and_in_no_words_of_the_house(name):
    read = [
        (question.id, wording)
        for question in rubric(name).questions()
        for role, wording in read_by(name, question).items()
        if role in OUTSIDERS[name]
    ]
    assert len(read) > len(OUTSIDERS[name])
    assert [asked for asked, wording in read if wording.evidence != "off"] == []
    texts = [text for _, wording in read for text in (wording.text, wording.help, *wording.labels().values())]
    assert [text for text in texts if INSIDE.search(text)] == []


@every
def test_every_criterion_says_what_is_missing_at_each_level_below_the_target_and_what_is_there_from_it_on(name):
    keys = [level.key for level in rubric(name).levels]
    below = keys.index(rubric(name).policies.target)
    for criterion in (criterion for principle in rubric(name).principles for criterion in principle.criteria):
        assert list(criterion.says.gap) == keys[:below], criterion.id
        assert list(criterion.says.strength) == keys[below:], criterion.id


@every
def test_an_initiative_says_who_does_how_much_what_shows_it_and_what_ends_it(name):
    people = {role.id for role in rubric(name).roles if role.people} - OUTSIDERS[name]
    for item in rubric(name).initiatives:
        assert item.owner in people, item.id
        assert {item.owner} <= set(item.days_by_role()) <= people | {"participants"}, item.id
        said = (item.why, item.done, item.success, item.risk, item.stop_when, item.keeps, *item.steps)
        assert all(said), item.id
        assert len(item.steps) >= 3, item.id
        assert item.running_by_role(), item.id
        assert item.proof.weeks >= (item.window or 0), item.id
        assert not item.exit, item.id

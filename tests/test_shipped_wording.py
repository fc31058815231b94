"""The questions of a shipped rubric can be answered: one thing each, few words, and nothing an outsider cannot know."""

import re
from collections import Counter
from functools import cache

import pytest

from assess import workflow
from assess.minutes import sittings
from assess.resources import shipped
from assess.scope import scoped

SHIPPED = ("complaint_handling", "social_business")
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
    "social_business": {
        "How are the staff who meet customers prepared to answer them in public?",
        "How can customers find out on which matters they have a say?",
        "How can customers find out where they have a say in your product?",
        "How can people still deciding about your product talk to somebody who uses it?",
        "How can people who are still deciding about you talk to one of your customers?",
        "How did executives or product leads spend time where you work last quarter?",
        "How did you ask your priority groups in the last 12 months what they expect from dealing with you?",
        "How do staff in your organization know what they may tell people outside?",
        "How do you find out why some customers never contact service?",
        "How do you find out why some customers say nothing about your product?",
        "How do you find out why some customers say nothing?",
        "How do you know which customers speak up for you or help others?",
        "How do you know whom the people in the priority groups of customers trust?",
        "How do you know whom the people in your priority groups trust?",
        "How do you know whom the people who use your product trust?",
        "How do your staff know what they may tell people outside?",
        "How does your team know which customers speak up for the organization or help others?",
        "How far did you interpret what customers said unasked last quarter?",
        "How far is it settled who leads customer relations across all departments?",
        "How is it settled which moments need a person rather than a screen?",
        "How many statements about customers in the plan for your product show where they come from?",
        "How many statements about customers in your current strategy show where they come from?",
        "How were customers asked what they expect before you approved your last plans?",
        "Of what you approve for tools, how much goes to those chosen after their objective was written?",
        "Of what you spend on tools, how much goes to those chosen only after their objective was written?",
        "What do you have in writing on how your customers come to a decision?",
        "What do you know about how many people one personal answer in public reaches?",
        "What do you know about the places where customers talk about you or the need you serve?",
        "What does this organization do about things that annoy you in how it contacts or answers you?",
        "What does your organization know about the places where customers talk about it?",
        "What does your plan want the people who use your product to say or do?",
        "What happens here when customers say one thing but do another?",
        "What happens when customers ask service for one thing but then do another?",
        "What happens when customers say one thing online but do another?",
        "What happens where you work before your organization promises something new in public?",
        "What makes you sure that you can rely on the people who advise your team?",
        "What shows you how things stand with your customers?",
        "What tells you how to answer good news or trouble?",
        "What was on paper when you approved the channels of the last 24 months?",
        "When something grave happens to a customer, what tells you to call or to meet?",
        "When something serious happened to you, how did you get to a person at this organization?",
        (
            "When you asked this organization for something, "
            "how often were you told the decision, with a reason if it was no?"
        ),
        "When you told this organization good news or trouble, how did the replies fit?",
        "Which departments changed a process or a budget because of what was learned from customers?",
        "Who answers when a customer asks something in a place you host?",
        "Who replies when customers write in public or by message?",
        "Who replies when customers write to you in public or by message?",
    },
}
# Roles that answer from what happened to them, and words of the house that they need not know.
OUTSIDERS = {"complaint_handling": {"complainant"}, "social_business": {"customer", "front_line"}}
EVIDENCE = (
    r"evidence|proofs?|proved?|documents?|documented|dated|on record|on file|files?|registers?|registered|ledgers?"
    r"|logs?|logged|audits?"
)
INSIDE = (
    r"case owner|desk|director|complainant|closing|criterion|principle|levels?|scores?|scored|anchors?|backlogs?"
    r"|escalat\w*|root cause|process|stakeholders?|sla|kpis?|compliance|policy|policies|matrix|briefs?|streams?"
    r"|segments?|target groups?|priority groups?|personas?|portraits?|mandates?|charters?|disclosure|stewardship"
    r"|boundary|metrics?|benchmarks?|engagement|advocates?|ambassadors?|touch ?points?|funnels?|journeys?"
    r"|strateg\w+|doctrine|vision|coverage|objectives?"
)
# What staff at a counter know well, and customers do not.
BACKSTAGE = (
    r"rotas?|legal|departments?|executives?|product leads?|front line|guides?|campaigns?|content|programmes?"
    r"|cleared|colleagues?|contact staff|customer relations|reach"
)
CLOSED_TO = {
    "complainant": f"{EVIDENCE}|{INSIDE}".replace("|files?", ""),
    "customer": f"{EVIDENCE}|{INSIDE}|{BACKSTAGE}",
    "front_line": f"{EVIDENCE}|{INSIDE}",
}
# What was decided that people may be asked for: minutes by tier, and questions of those who are asked least.
MINUTES = {
    "executive": {"scan": 12, "core": 15, "full": 30},
    "social_team": {"scan": 12, "core": 35, "full": 75},
    "service": {"scan": 12, "core": 20, "full": 40},
    "product": {"scan": 12, "core": 20, "full": 40},
    "front_line": {"scan": 5, "core": 8, "full": 15},
    "customer": {"scan": 5, "core": 5, "full": 10},
    "legal": {"core": 5, "full": 10},
    "data": {"core": 5, "full": 10},
    "hr": {"core": 5, "full": 10},
}
LEAST = {"customer": {"level": 7, "yesno": 9}, "front_line": {"level": 7, "yesno": 6}}
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
    assert [text for text in texts if re.search(r"[.!]\s", text)] == []
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
        (question.id, role, wording)
        for question in rubric(name).questions()
        for role, wording in read_by(name, question).items()
        if role in OUTSIDERS[name]
    ]
    assert len(read) > len(OUTSIDERS[name])
    assert [asked for asked, _, wording in read if wording.evidence != "off"] == []
    closed = {role: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for role, words in CLOSED_TO.items()}
    texts = [
        (role, text) for _, role, wording in read for text in (wording.text, wording.help, *wording.labels().values())
    ]
    titles = [(role, title) for node in rubric(name).nodes() for role, title in node.titles.items()]
    assert {role for role, _ in titles} == OUTSIDERS[name]
    assert [(role, text) for role, text in texts + titles if role in closed and closed[role].search(text)] == []


def test_nobody_is_asked_for_more_time_than_was_decided():
    roles = {role.id: role.minutes for role in rubric("social_business").roles if role.people}
    assert {role: dict(minutes) for role, minutes in roles.items()} == MINUTES


@pytest.mark.parametrize("role", LEAST)
def test_outsiders_are_asked_a_few_questions_only(role):
    types = Counter(q.type for q in rubric("social_business").questions() if role in rubric("social_business").asked(q))
    assert types == LEAST[role]


def test_an_executive_and_customer_service_answer_a_scan_of_all_principles():
    book = rubric("social_business")
    scan = scoped(book, tier="scan")
    heard = {
        principle.id
        for principle in scan.principles
        for criterion in principle.criteria
        if criterion.key and any({"executive", "service"} & set(scan.asked(q)) for q in criterion.questions)
    }
    assert heard == {principle.id for principle in book.principles}
    assert len(heard) == 11


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


def says_something(text):
    return bool(text.plain or text.known or text.unknown)


def test_whatever_lowers_a_score_or_contradicts_a_claim_says_what_follows():
    book = rubric("social_business")
    rules = [*(gate for gate in book.all_gates() if gate.cap), *book.all_clashes()]
    assert [rule.id for rule in rules if not says_something(rule.so)] == []
    assert [rule.id for rule in rules if not rule.title] == []


def test_what_touches_law_harm_or_a_promise_is_urgent_and_what_must_stop_or_wait_is_decided_by_somebody():
    book = rubric("social_business")
    urgent = {
        kind: {gate.id for gate in book.all_gates() if gate.urgent == kind} for kind in ("law", "harm", "promise")
    }
    assert urgent == {
        "law": {"lwp_privacy_unassessed", "adv_paid_undisclosed", "inn_ties_scraped"},
        "harm": {
            "pur_misleading_pattern",
            "chn_no_human_path",
            "adv_scripted_or_filtered",
            "adv_abuse_unchecked",
            "adv_posing",
        },
        "promise": {"btr_override_unexplained", "rsp_disproved_standing"},
    }
    rules = [rule for rule in (*book.all_gates(), *book.all_clashes()) if rule.decision]
    assert {rule.id for rule in rules if rule.urgent is None} == {
        "pur_tool_first",
        "pur_outcomes_and_follower_bonus",
        "led_no_sponsor",
    }
    assert {rule.decision.who for rule in rules} == {"executive"}


def test_answers_read_as_sentences_and_shares_say_of_what():
    facts = [question for question in rubric("social_business").questions() if question.type in ("yesno", "number")]
    yesno = [question for question in facts if question.type == "yesno"]
    assert [
        question.id for question in yesno if not (question.states and question.states.yes and question.states.no)
    ] == []
    told = [words for question in yesno for words in (question.states.yes, question.states.no)]
    assert [words for words in told if words.endswith((".", "?")) or len(words.split()) > MOST_WORDS["anchor"]] == []
    assert [question.id for question in facts if question.unit == "%" and not question.of] == []


def test_every_message_says_why_it_is_so_but_the_one_for_thin_answers():
    *known, last = rubric("social_business").headline_by_id.values()
    assert [headline.when for headline in known if not says_something(headline.cause)] == []
    assert last.when is None or not last.when
    assert not says_something(last.cause)

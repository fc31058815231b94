"""Findings that show the same thing are one fact: which are merged, and which comes first."""

from collections import Counter
from pathlib import Path

import pytest
from agreeing import agreeing
from auditing import NAMES, assessment
from diagnosing import clashing, criterion, fact, level, proof, reply, rubric, sheet
from facts_made import NOTED, facts_of, gate, merged, said_no, two_facts

from assess import workflow
from assess.model.facts import FactKey, number_facts

YESTERDAY = Path(__file__).parent / "yesterday"


# Which findings are one fact


@pytest.mark.parametrize(
    ("name", "signals", "facts", "red"),
    [("trumpet_thistle", 152, 36, 12), ("quietwater", 63, 7, 2), ("lanternfolk", 75, 13, 5)],
)
def test_the_samples_of_yesterday_merge_to_as_many_facts_as_were_counted_by_hand(name, signals, facts, red, tmp_path):
    home = agreeing(YESTERDAY / "sample_orgs" / name, tmp_path / name)
    found = workflow.assess(home, [YESTERDAY / "rubrics"])
    assert sum(finding.kind != "strength" for finding in found.diagnosis.findings) == signals
    assert len(found.facts.found) == facts
    assert sum(fact.red for fact in found.facts.found) == red


@pytest.mark.parametrize("name", NAMES)
def test_every_finding_is_in_one_fact_or_aside_and_in_nothing_else(name):
    found = assessment(name)
    told = Counter(signal for fact in found.facts.found for signal in (*fact.signals, *fact.beside))
    told += Counter(signal for signal, _ in found.facts.aside)
    assert set(told.values()) == {1}
    assert told.keys() == {finding.id for finding in found.diagnosis.findings if finding.kind != "strength"}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_aside_is_a_proof_a_gap_alone_or_not_known_and_never_a_rule_or_a_disagreement(name):
    found = assessment(name)
    kinds = {finding.id: finding.kind for finding in found.diagnosis.findings}
    reasons = {"unproved": "proof to attach", "gap": "gap alone", "blind_spot": "not known", "silence": "not known"}
    assert all(reasons[kinds[signal]] == why for signal, why in found.facts.aside)


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_files_changes_no_fact_and_no_place(name):
    found = assessment(name)

    def turned(node):
        parts = {key: tuple(reversed(getattr(node, key))) for key in ("gates", "clashes")}
        return node.model_copy(update={**parts, "criteria": tuple(turned(each) for each in reversed(node.criteria))})

    parts = {key: tuple(reversed(getattr(found.rubric, key))) for key in ("gates", "clashes", "initiatives")}
    principles = tuple(turned(node) for node in reversed(found.rubric.principles))
    other = found.rubric.model_copy(update={**parts, "principles": principles})
    facts = facts_of(other, found.sheet._replace(voices=tuple(reversed(found.sheet.voices))))
    keep = ("key", "criteria", "signals", "beside", "red", "urgent", "on_message")
    told = [[getattr(fact, field) for field in keep] for fact in facts.found]
    assert told == [[getattr(fact, field) for field in keep] for fact in found.facts.found]
    assert facts.aside == found.facts.aside


def test_inside_a_criterion_only_what_shares_a_question_or_an_initiative_is_one_fact():
    apart, same_way = two_facts({"lifted_by": ["a"]}, {"lifted_by": ["b"]}), {"lifted_by": ["a"]}
    assert merged(apart, said_no()) == [{"gate_g_book"}, {"gate_g_page"}]
    assert merged(two_facts(same_way, same_way), said_no()) == [{"gate_g_book", "gate_g_page"}]
    shared = two_facts({}, {"when": "book = no and page = no"})
    assert merged(shared, said_no()) == [{"gate_g_book", "gate_g_page"}]


def test_a_fact_is_at_home_where_the_first_question_of_the_practice_half_stands():
    book = clashing()
    answers = sheet(("executive", {"desk_how": "leading", "log_hours": 0.0}), ("team", {"log_how": "absent"}))
    (found,) = facts_of(book, answers).found
    assert (found.key, found.criteria) == (FactKey("log", "clash_words"), ("log",))


@pytest.mark.parametrize("homes", [("log", "log"), ("log", "desk")])
def test_what_a_register_shows_by_the_same_item_is_one_fact_inside_a_principle(homes):
    book = two_facts({}, {}, homes)
    assert merged(book, said_no(NOTED, other=[NOTED])) == [{"gate_g_book", "gate_g_page"}]
    assert len(merged(book, said_no(NOTED, other=[proof("Another export", kind="record")]))) == 2
    assert len(merged(book, said_no(NOTED))) == 2


def test_the_same_item_joins_nothing_across_principles_nothing_urgent_and_nothing_people_show():
    assert len(merged(two_facts({}, {}, ("log", "desk"), principles=True), said_no(NOTED, other=[NOTED]))) == 2
    assert len(merged(two_facts({"urgent": "law"}, {}), said_no(NOTED, other=[NOTED]))) == 2
    asked = rubric(
        criterion("log", level("log_how"), fact("page"), fact("book")),
        gates=[gate("g_page", "page = no"), gate("g_book", "book = no")],
    )
    told = {"page": reply("no", NOTED), "book": reply("no", NOTED), "log_how": "leading"}
    assert len(merged(asked, sheet(("team", told)))) == 2


def test_gaps_and_unknown_answers_go_to_the_largest_fact_of_their_criterion():
    book = rubric(
        criterion("log", level("log_how"), *(fact(name, allow=["unknown"]) for name in ("page", "book", "spare"))),
        gates=[gate("g_page", "page = no"), gate("g_book", "book = no"), gate("g_more", "book = no")],
    )
    answers = sheet(("team", {"log_how": "absent", "page": "no", "book": "no", "spare": "unknown"}))
    beside = {fact.signals: fact.beside for fact in facts_of(book, answers).found}
    assert beside == {("gate_g_book", "gate_g_more"): ("blind_spare", "gap_log"), ("gate_g_page",): ()}


def test_a_proof_to_attach_and_a_gap_alone_are_no_facts():
    evidence = {"stated": 50, "documented": 75, "confirmed": 100}
    book = rubric(criterion("log"), policies={"evidence": evidence})
    found = facts_of(book, sheet(("team", {"log_how": "practised"})))
    assert not found.found
    assert found.aside == (("gap_log", "gap alone"), ("unproved_log_how", "proof to attach"))


# Which comes first


def ranked(*gates, headlines=(), **answers):
    names = ("law", "message", "deep", "shallow", "calm")
    parts = [criterion(name, level(f"{name}_how"), fact(f"{name}_is")) for name in names]
    book = rubric(*parts, gates=gates, headlines=headlines)
    levels = {"deep_how": "absent", "shallow_how": "defined"}
    given = {f"{name}_how": levels.get(f"{name}_how", "leading") for name in names}
    found = facts_of(book, sheet(("team", {**given, **{f"{name}_is": "no" for name in names}, **answers})))
    return [fact.key.criterion for fact in found.found]


def test_law_or_harm_comes_first_then_the_message_then_red_ones_by_what_they_cost_then_the_rest():
    cap = {"flag": False}
    told = ranked(
        gate("a_calm", "calm_is = no"),
        gate("b_shallow", "shallow_is = no", **cap, cap={"of": ["shallow"], "at": "ad_hoc"}),
        gate("c_deep", "deep_is = no", **cap, cap={"of": ["care"], "at": "ad_hoc"}),
        gate("d_message", "message_is = no"),
        gate("e_law", "law_is = no", urgent="law"),
        headlines=[{"when": "message_is = no", "says": "So it is."}],
    )
    assert told == ["law", "message", "deep", "shallow", "calm"]


def test_a_broken_promise_comes_after_what_harms_and_before_the_message_and_equal_facts_go_by_their_id():
    told = ranked(gate("a_calm", "calm_is = no", urgent="promise"), gate("b_law", "law_is = no", urgent="harm"))
    assert told == ["law", "calm"]
    told = ranked(
        gate("a_message", "message_is = no"),
        gate("b_calm", "calm_is = no", urgent="promise"),
        headlines=[{"when": "message_is = no", "says": "So it is."}],
    )
    assert told == ["calm", "message"]
    assert ranked(gate("b_calm", "calm_is = no"), gate("a_law", "law_is = no")) == ["law", "calm"]


def test_the_gain_is_the_root_with_the_criteria_at_target_and_their_rules_gone_less_the_root_today():
    book = rubric(
        criterion("log", level("log_how"), fact("page")),
        criterion("desk"),
        gates=[gate("no_page", "page = no", flag=False, cap={"of": ["care"], "at": "ad_hoc"})],
    )
    team = ("team", {"log_how": "absent", "desk_how": "leading", "page": "no"})
    answers = sheet(team, targets={"default": "practised"})
    (found,) = facts_of(book, answers).found
    assert found.gain == pytest.approx((75 + 100) / 2 - 25)


# What is told of a fact


def test_numbers_live_as_long_as_their_key_and_none_is_given_twice():
    facts = assessment("quietwater").facts.found
    first = number_facts(facts[:4], {})
    assert list(first.values()) == [1, 2, 3, 4]
    second = number_facts((facts[6], facts[3], facts[0]), first)
    assert [second[facts[place].key] for place in (6, 3, 0)] == [5, 4, 1]
    third = number_facts((facts[1], facts[5]), second)
    assert [third[facts[place].key] for place in (1, 5)] == [2, 6]

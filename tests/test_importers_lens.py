"""Lenses: the risk of every possible answer is that of the tool's rules, and everything is kept where it is of use."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from importing import LENS, RULES, lens, rules, said, write_lens

import assess
from assess.importers import Wish, import_rubric
from assess.importers.risk import (
    RuleError,
    answers,
    first_true,
    parse_rule,
    possible_answers,
    ticks,
    truth,
    write_condition,
)

NA = {"na": True, "why": "There is no kitchen."}


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    return import_rubric(write_lens(tmp_path_factory.mktemp("lens") / "own.json", LENS))


@pytest.fixture
def changed(tmp_path):
    return lambda **changes: import_rubric(write_lens(tmp_path / "own.json", lens(**changes)))


# --- the risk of an answer ---


def risk_by_hand(fridge, log, alarm):
    """The rules of COLD1 as Python says them."""
    if fridge and (log or alarm):
        return "no_risk"
    return "medium_risk" if fridge or (log and not alarm) else "high_risk"


@pytest.mark.parametrize("ticked", list(product([False, True], repeat=3)))
def test_every_combination_of_choices_has_the_risk_of_the_first_rule_that_is_true(own, ticked):
    names = ("cold1_fridge", "cold1_log", "cold1_alarm")
    chosen = [name for name, tick in zip(names, ticked, strict=True) if tick] or ["cold1_no"]
    found = assess.score(own.rubric, {"cold1": chosen})["cold1_risk"]
    assert found.category == risk_by_hand(*ticked)
    assert found.value == {"no_risk": 100, "medium_risk": 50, "high_risk": 0}[found.category]


def test_the_tool_counts_risks_and_the_rubric_takes_their_mean(own):
    scores = assess.score(own.rubric, {"cold1": ["cold1_fridge"], "hands": ["soap", "signs"], "bins": ["bins_no"]})
    counts = Counter(scores[node.id].category for node in own.rubric.nodes() if node.questions)
    assert counts == {"medium_risk": 1, "no_risk": 1, "high_risk": 1}
    assert [scores[name].value for name in ("safe_food", "waste", "overall")] == [75, 0, 37.5]
    assert "arithmetic means" in own.rubric.notes


def test_what_is_not_answered_has_no_risk_and_what_does_not_apply_is_left_out(own):
    scores = assess.score(own.rubric, {"cold1": ["cold1_no"], "bins": NA})
    assert [scores[name].category for name in ("cold1_risk", "hands_risk", "bins_risk")] == ["high_risk", None, None]
    assert (scores["hands_risk"].low, scores["hands_risk"].high) == (50, 100)
    assert scores["bins_risk"].low is None
    assert scores["hands_risk"].value is None
    # What was answered has a mean of 0; the open question is worth 50 at least, so the pillar cannot end below 25.
    assert (scores["safe_food"].mean, scores["safe_food"].value) == (0, 25)


def test_an_empty_list_says_that_nothing_is_in_place(own):
    assert assess.score(own.rubric, {"hands": []})["hands_risk"].category == "medium_risk"


def test_without_default_the_highest_risk_is_read_and_a_warning_says_for_how_many_answers(changed):
    found = changed(**{RULES: rules(("COLD1_fridge && COLD1_log", "NO_RISK"))})
    # Seven sets of three choices, and none of these; two of them hold both fridge and log.
    message = "there is no `default` rule; 6 of 8 answers meet no rule and are read as HIGH_RISK"
    assert ("warning", message) in said(found.problems, "import_rule")
    assert assess.score(found.rubric, {"cold1": ["cold1_alarm"]})["cold1_risk"].category == "high_risk"


def test_rules_that_leave_no_answer_out_do_not_need_a_default(changed):
    found = changed(**{RULES: rules(("COLD1_fridge", "NO_RISK"), ("!COLD1_fridge", "HIGH_RISK"))})
    assert ("note", "there is no `default` rule; the others leave no answer out") in said(found.problems, "import_rule")


def test_a_question_with_nothing_but_a_default_has_one_risk_once_it_is_answered(changed):
    found = changed(**{RULES: rules(("default", "MEDIUM_RISK"))})
    assert ("warning", "every answer has the same risk, MEDIUM_RISK") in said(found.problems, "import_rule")
    for chosen, category in ((["cold1_no"], "medium_risk"), (["cold1_log"], "medium_risk"), (NA, None)):
        assert assess.score(found.rubric, {"cold1": chosen, "hands": []})["cold1_risk"].category == category
    assert assess.score(found.rubric, {"hands": []})["cold1_risk"].value is None


# --- what becomes of the parts ---


def test_everything_is_there_once(own):
    assert own.counts == {"pillars": 2, "questions": 3, "choices": 9, "risk rules": 7}
    (note,) = own.problems
    assert (
        note.message
        == "1 question has no choice whose id ends in '_no'; an empty list answers that nothing is in place"
    )
    assert (note.severity, note.code, note.source.strip()) == ("note", "import_gap", '"choices": [')
    assert [node.id for node in own.rubric.nodes()] == ["safe_food", "cold1_risk", "hands_risk", "waste", "bins_risk"]


def test_words_stand_where_they_are_of_use(own):
    criterion, asked = own.rubric.node_by_id["cold1_risk"], own.rubric.question_by_id["cold1"]
    assert (criterion.title, asked.text, asked.help) == (
        asked.text,
        "How is food kept cold?",
        "Think of deliveries, too.",
    )
    assert criterion.notes.split("\n\n")[:2] == [
        "Id in the lens: COLD1",
        "COLD1_fridge:\nHelp: Any will do. https://example.org/cold\nPlan: Buy one.",
    ]
    assert [option.exclusive for option in asked.options] == [False, False, False, True]


def test_improvement_plans_are_kept_and_never_planned(own):
    """They say nothing of effort, time and owner, and a plan made of inventions would be none."""
    assert own.rubric.initiatives == ()
    assert "Plan: Wire it." in own.rubric.node_by_id["cold1_risk"].notes


def test_further_resources_are_kept_too(changed):
    extras = [
        {"type": "HELPFUL_RESOURCE", "content": [{"displayText": "Read on."}]},
        {"type": "IMPROVEMENT_PLAN", "content": [{"displayText": "Ask.", "url": "https://example.org/ask"}]},
    ]
    found = changed(pillars__1__questions__0__choices__0__additionalResources=extras).rubric
    assert "Help: Read on.\nPlan: Ask. https://example.org/ask" in found.node_by_id["bins_risk"].notes


def test_id_and_version_are_those_of_the_source_unless_said(own, changed, tmp_path):
    assert (own.rubric.id, own.rubric.version) == ("own_kitchen_lens", "1")
    assert changed(_version="1.2").rubric.version == "1.2"
    assert changed(name="2024: Küche").rubric.id == "k_che"
    assert changed(name="厨房").rubric.id == "lens"
    named = import_rubric(write_lens(tmp_path / "l.json", LENS), wish=Wish("kitchen", "3")).rubric
    assert (named.id, named.version) == ("kitchen", "3")


def test_ids_that_cannot_stand_in_a_rubric_are_shortened_the_same_way_every_time(changed):
    long = "A_question_whose_id_is_much_longer_than_a_rubric_takes"
    first, second = (changed(pillars__0__questions__0__id=long).rubric for _ in range(2))
    names = ["a_question_whose_id_is_much_lon_", "a_question_whose_id_is_muc"]
    (asked, *_), (criterion, *_) = first.question_by_id, (node.id for node in first.principles[0].criteria)
    assert [name.startswith(start) for name, start in zip((asked, criterion), names, strict=True)] == [True, True]
    assert (len(asked), len(criterion), criterion[-5:]) == (40, 40, "_risk")
    assert first == second


def test_words_of_the_condition_language_can_be_choices(changed):
    ids = {f"pillars__1__questions__0__choices__{place}__id": name for place, name in enumerate(("and", "unknown"))}
    found = changed(
        **ids, pillars__1__questions__0__riskRules=rules(("and && unknown", "NO_RISK"), ("default", "HIGH_RISK"))
    )
    keys = [option.key for option in found.rubric.question_by_id["bins"].options][:2]
    assert assess.score(found.rubric, {"bins": keys})["bins_risk"].category == "no_risk"
    assert assess.score(found.rubric, {"bins": keys[:1]})["bins_risk"].category == "high_risk"


# --- any rule, any answer ---


CHOICES = ("one", "two", "three", "four")


def expressions(leaves):
    pair = st.tuples(leaves, leaves)
    return (
        leaves.map(lambda x: f"!{x}")
        | leaves.map(lambda x: f"( {x})")
        | pair.map(lambda xs: f"({xs[0]} && {xs[1]})")
        | pair.map(lambda xs: f"({xs[0]}||{xs[1]})")
    )


EXPRESSION = st.recursive(st.sampled_from(CHOICES), expressions, max_leaves=8)


def in_python(text, ticked):
    """The truth of a rule as Python's own operators say it."""
    words = text.replace("&&", " and ").replace("||", " or ").replace("!", " not ")
    return bool(eval(words, {name: name in ticked for name in CHOICES}))


def subsets():
    return [{name for place, name in enumerate(CHOICES) if number >> place & 1} for number in range(16)]


@given(EXPRESSION)
def test_a_truth_table_holds_a_bit_for_every_answer(text):
    table = truth(parse_rule(text), ticks(CHOICES), answers(4))
    assert [bool(table >> number & 1) for number in range(16)] == [in_python(text, ticked) for ticked in subsets()]


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.lists(EXPRESSION, min_size=1, max_size=3))
def test_conditions_say_what_the_rules_say(tmp_path_factory, texts):
    risks = ["NO_RISK", "MEDIUM_RISK", "HIGH_RISK"]
    asked = {
        "id": "any",
        "title": "Which?",
        "choices": [{"id": name, "title": name, "improvementPlan": {"displayText": "Do."}} for name in CHOICES],
        "riskRules": rules(*zip(texts, risks, strict=False), ("default", "MEDIUM_RISK")),
    }
    value = {"name": "Any", "pillars": [{"id": "all", "name": "All", "questions": [asked]}]}
    rubric = import_rubric(write_lens(tmp_path_factory.mktemp("any") / "any.json", value)).rubric
    for ticked in subsets():
        hits = [risk for text, risk in zip(texts, risks, strict=False) if in_python(text, ticked)]
        found = assess.score(rubric, {"any": sorted(ticked)})["any_risk"]
        assert found.category == (hits[0] if hits else "MEDIUM_RISK").lower()


def test_conditions_bracket_what_binds_otherwise():
    written = write_condition(parse_rule("!(a||b)&&c || d"), "q", {name: name for name in "abcd"})
    assert written == "(not (has(q, a) or has(q, b)) and has(q, c)) or has(q, d)"


def test_a_choice_that_stands_alone_goes_with_no_other():
    among = possible_answers(("a", "b", "x_no"), ("x_no",))
    assert [number for number in range(8) if among >> number & 1] == [0b001, 0b010, 0b011, 0b100]
    assert first_true([0b1010, 0b1110], 0b1111) == (0b1010, 0b0100, 0b0001)


@given(st.text(alphabet="ab_ &|!()\n-", max_size=30))
@example("a b")
@example("(" * 400)
def test_any_text_is_a_rule_or_is_refused_with_a_place(text):
    at = 0
    try:
        parse_rule(text)
    except RuleError as error:
        at = error.offset
    assert 0 <= at <= len(text)

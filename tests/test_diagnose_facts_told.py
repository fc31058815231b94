"""What is told of a fact: who claims it, what registers show, what follows, who is next and by when."""

import datetime
import json

import pytest
from auditing import assessment
from counting import counted_of
from diagnosing import APART, clashing, criterion, fact, gated, level, rubric, sheet
from facts_made import NOTED, book_of, facts_of, gate, said_no, two_facts

from assess.export.facts import facts_json
from assess.model.answers import Answer
from assess.model.decisions import Decisions
from assess.model.facts import RegisterAnswer


def test_what_registers_show_is_told_with_their_words_figures_and_papers_and_no_words_of_people():
    question = {"id": "log_hours", "type": "number", "text": "How many hours?", "unit": "hours", "weight": 0}
    book = rubric(criterion("log", level("log_how"), {**question, "ask": ["team", "record"], "of": "of forty"}))
    book = book_of(book, gates=[gate("few", "log_hours < 4")])
    by_record = Answer("value", 2.0, note="The log holds two. It begins in May.", evidence=(NOTED,))
    team = ("team", {"log_hours": Answer("value", 3.0, note="I think")})
    (found,) = facts_of(book, sheet(team, ("record", {"log_hours": by_record}))).found
    (shown,) = found.shown
    assert (shown.role, shown.answered, shown.in_words) == ("Registers", "2 hours of forty", True)
    assert shown.comments == ("The log holds two. It begins in May.",)
    assert [(paper.title, paper.dated) for paper in shown.sources] == [("Export of the desk", NOTED.dated)]
    (alone,) = facts_of(book, sheet(team)).found
    assert alone.shown == ()


def test_a_function_is_shown_by_its_statement_and_without_its_comment():
    stated = fact("page", office=True, ask=["team"], states={"yes": "A page is held.", "no": "No page is held."})
    book = rubric(criterion("log", level("log_how"), stated), gates=[gate("none", "page = no")])
    answers = sheet(("team", {"page": Answer("value", "no", note="My own words"), "log_how": "leading"}))
    (found,) = facts_of(book, answers).found
    stated = RegisterAnswer("page", "Is page so?", "Social team", "No page is held.", in_words=True, office=True)
    assert found.shown == (stated,)


@pytest.mark.parametrize(("heads", "by"), [(4, ""), (5, "Executive")])
def test_a_role_is_named_with_a_claim_only_where_enough_of_it_spoke(heads, by):
    people = [("executive", {"desk_how": "leading"}) for _ in range(heads)]
    (found,) = facts_of(clashing(), sheet(*people, ("team", {"log_hours": 0.0, "log_how": "leading"}))).found
    ((told,), words) = found.said, "Outsiders read it"
    assert (told.words, told.by, told.in_words) == (words, by, True)


def customers_claim(*answers):
    book = clashing(policies={"anonymous": ["customer"]}, claim="desk_how >= practised by customer")
    people = [("customer", {"desk_how": answer}) for answer in answers]
    sheet_of = counted_of(book, sheet(*people, ("team", {"log_hours": 0.0, "log_how": "leading"})))
    return [(told.by, told.words) for fact in facts_of(book, sheet_of).found for told in fact.said]


def test_what_all_of_an_anonymous_group_said_is_not_told():
    assert customers_claim(*["leading"] * 5) == []
    assert customers_claim("practised", *["leading"] * 4) == [("Customer", "Outsiders read it")]


def test_a_bare_yes_is_told_as_one_that_needs_its_question_and_a_sentence_as_none():
    for states, words, alone in ((None, "Yes", False), ({"yes": "A page is held."}, "A page is held.", True)):
        page = fact("page", ask=["executive"], **({"states": states} if states else {}))
        book = rubric(
            criterion("log", level("log_how", ask=["team"]), page),
            principle={"clashes": [{"id": "c", "claim": "page = yes", "practice": "log_how <= ad_hoc", "says": "So"}]},
        )
        (found,) = facts_of(book, sheet(("executive", {"page": "yes"}), ("team", {"log_how": "absent"}))).found
        assert [(told.words, told.in_words) for told in found.said] == [(words, alone)]


def test_a_comment_is_quoted_whole_or_up_to_a_stop():
    words = "Of 3.5 million, two answered; nobody knows why. So it is"
    within = RegisterAnswer("q", "?", "R", "1", comments=(words,)).comment_within
    assert within(12) == words
    assert within(8) == "Of 3.5 million, two answered; nobody knows why."
    assert within(7) == "Of 3.5 million, two answered"
    assert within(4) == ""


def test_who_is_next_is_the_owner_of_the_first_initiative_and_without_one_those_who_disagree():
    (found,) = facts_of(gated(), sheet(("team", {"page": "no", "log_how": "leading"}))).found
    assert (found.step.who, found.step.initiatives) == (("team",), ("a",))
    book = rubric(criterion("log"), policies=APART)
    (apart,) = facts_of(book, sheet(("executive", {"log_how": "leading"}), ("team", {"log_how": "absent"}))).found
    assert set(apart.step.who) == {"executive", "team"}
    assert apart.step.settle


def test_the_day_to_settle_follows_from_how_urgent_it_is_and_is_not_after_the_work_begins():
    found = assessment("trumpet_thistle")
    plan, starts = found.plan, found.plan.starts
    begins = {placement.initiative: placement.starts for placement in plan.placements}
    for told in found.facts.found:
        weeks = 1 if told.urgent else 4 if told.red else plan.weeks
        due, first = told.due(plan), starts + datetime.timedelta(weeks=1)
        assert first <= due <= starts + datetime.timedelta(weeks=weeks)
        own = [begins[name] for name in told.step.initiatives if name in begins]
        assert all(due <= max(day, first) for day in own)


def test_good_answers_of_registers_are_told_and_those_that_a_fact_rests_on_are_not():
    good = fact("map", better="high", ask=["record"])
    few = {
        "id": "late",
        "type": "number",
        "text": "How many are late?",
        "weight": 0,
        "better": "low",
        "ask": ["record"],
    }
    bad = fact("page", better="low", ask=["record"])
    neither = fact("size", better="neither", ask=["record"])
    book = rubric(
        criterion("log", level("log_how"), good, few, bad, neither),
        gates=[gate("much", "late > 5"), gate("held", "page = no or map = no")],
    )
    record = {"map": Answer("value", "yes", note="There is one."), "late": 2.0, "page": "no", "size": "yes"}
    found = facts_of(book, sheet(("record", record), ("team", {"log_how": "leading"})))
    assert [(answer.question, answer.comments) for answer in found.works] == [("map", ("There is one.",)), ("late", ())]


def test_what_nobody_knows_or_no_register_shows_is_told_and_a_single_dont_know_is_not():
    asked = {"allow": ["unknown"], "ask": ["team", "executive", "record"]}
    facts = (fact(name, **asked) for name in ("all", "some", "file"))
    book = rubric(criterion("log", level("log_how", ask=["team"]), *facts))
    team = {"all": "unknown", "some": "unknown", "file": "yes", "log_how": "leading"}
    record = {"file": Answer("unknown", note="No list is kept.")}
    found = facts_of(book, sheet(("team", team), ("executive", {"all": "unknown", "some": "yes"}), ("record", record)))
    assert [(open_.question, open_.of_register, open_.comments) for open_ in found.unknown] == [
        ("all", False, ()),
        ("file", True, ("No list is kept.",)),
    ]


def test_titles_are_told_apart_among_facts_and_not_among_the_findings_in_them():
    book = rubric(
        criterion("log", level("log_how"), *(fact(name) for name in ("page", "book", "spare"))),
        gates=[
            gate("g_page", "page = no", title="Nothing"),
            gate("g_more", "page = no", title="Nothing"),
            gate("g_spare", "spare = no", title="Nobody"),
        ],
    )
    found = facts_of(book, sheet(("team", {"log_how": "leading", "page": "no", "spare": "no"}))).found
    assert [told.title for told in found] == ["Nothing", "Nobody"]
    other = book_of(
        book, gates=[gate("g_page", "page = no", title="Nothing"), gate("g_x", "spare = no", title="Nothing")]
    )
    found = facts_of(other, sheet(("team", {"log_how": "leading", "page": "no", "spare": "no"}))).found
    assert [told.title for told in found] == ["Nothing (1 of 2)", "Nothing (2 of 2)"]


def test_what_was_accepted_or_hidden_by_decision_is_in_no_fact():
    entries = [{"finding": "gate_g_page", "hide": True, "who": "Board", "why": "Known"}]
    found = facts_of(two_facts({}, {}), said_no(NOTED, other=[NOTED]))
    assert [told.signals for told in found.found] == [("gate_g_book", "gate_g_page")]
    answers = said_no(NOTED, other=[NOTED])
    decided = answers.engagement.model_copy(update={"decisions": Decisions.model_validate({"findings": entries})})
    found = facts_of(two_facts({}, {}), answers._replace(engagement=decided))
    assert [told.signals for told in found.found] == [("gate_g_book",)]
    assert "gate_g_page" not in {signal for signal, _ in found.aside}


@pytest.mark.parametrize(
    ("better", "value", "good"), [("high", 9.0, False), ("high", 9.5, True), ("low", 2.0, False), ("low", 1.0, True)]
)
def test_a_number_is_good_only_beyond_every_figure_it_is_compared_with(better, value, good):
    hours = {"id": "hours", "type": "number", "text": "How many?", "weight": 0, "better": better, "ask": ["record"]}
    gates = [gate("low", "hours < 2 and log_how <= absent"), gate("high", "hours > 9 and log_how <= absent")]
    book = rubric(criterion("log", level("log_how", ask=["team"]), hours), gates=gates)
    found = facts_of(book, sheet(("record", {"hours": value}), ("team", {"log_how": "leading"})))
    assert bool(found.works) is good


def test_an_open_answer_is_not_told_where_another_register_has_it_or_only_an_anonymous_group_was_asked():
    page = fact("page", allow=["unknown"], ask=["record", "customer"])
    book = rubric(criterion("log", level("log_how", ask=["team"]), page), policies={"anonymous": ["customer"]})
    two = [("record", {"page": "unknown"}), ("record", {"page": "yes"})]
    assert facts_of(book, sheet(*two)).unknown == ()
    people = [("customer", {"page": "unknown", "log_how": "leading"}) for _ in range(6)]
    asked = counted_of(book, sheet(*people, ("team", {"log_how": "leading"})))
    crowd = asked._replace(crowds={("page", "customer"): (Answer("unknown"),) * 6})
    assert facts_of(book, crowd).unknown == ()


def test_registers_that_commented_on_a_criterion_are_told_with_it_whatever_they_answered():
    book = rubric(criterion("desk"), criterion("log", level("log_how"), fact("page", ask=["record"])))
    record = ("record", {"page": Answer("value", "yes", note="It lies at the desk.")})
    found = facts_of(book, sheet(record, ("team", {"log_how": Answer("value", "leading", note="We try")})))
    assert [(seen.criterion, [answer.comments for answer in seen.answers]) for seen in found.seen] == [
        ("log", [("It lies at the desk.",)])
    ]


def test_the_json_of_facts_has_the_day_to_settle_where_there_is_a_plan():
    found = assessment("lanternfolk")
    plain, dated = facts_json(found.facts), facts_json(found.facts, found.plan)
    assert json.loads(json.dumps(dated)) == dated
    assert [told["due"] for told in dated["found"]] == [told.due(found.plan).isoformat() for told in found.facts.found]
    assert [{**told, "due": None} for told in plain["found"]] == [{**told, "due": None} for told in dated["found"]]

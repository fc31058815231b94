"""Findings about what holds a score down, and the answers quoted for it."""

import re

import pytest
from diagnosing import LABELS, clashing, criterion, fact, findings, gated, initiative, level, reply, rubric, sheet

from assess import workflow
from assess.diagnose import NO_INITIATIVE
from assess.model.answers import Settlement
from assess.model.findings import Quote


def test_a_binding_gate_is_red_with_the_points_it_holds_down_and_the_answer_it_rests_on():
    found = findings(gated(), sheet(("team", {"desk_how": "leading", "page": "no", "log_how": "leading"})))
    gate = found["gate_no_page"]
    assert (gate.red, gate.node, gate.size) == (True, "desk", 50)
    assert gate.says == "Nothing is written"
    assert gate.because == '"Desk" is held at 2.00 instead of 4.00'
    assert gate.initiatives == ("a",)
    assert gate.quotes == (Quote("Social team", "page", "Do you hold a page?", "No"),)


def test_a_gate_that_holds_and_binds_nothing_is_not_red():
    gate = findings(gated(), sheet(("team", {"desk_how": "ad_hoc", "page": "no"})))["gate_no_page"]
    assert (gate.red, gate.size) == (False, 0)
    assert gate.because == '"Desk" can be at most 2.00; nothing is lower because of it today'


def limited_by_its_own_fact(at, desk, **more):
    """What is found where a criterion is limited by a fact of its own."""
    caps = {"when": "no", "of": ["desk"], "at": at, "because": "Nothing is written", "lifted_by": ["a"], **more}
    asked = {"id": "page", "type": "yesno", "text": "Is there a page?", "caps": caps}
    desk_with_fact, ways = criterion("desk", facts=[asked]), [initiative("a", desk="leading")]
    book = rubric(desk_with_fact, initiatives=ways, policies={"target": "practised"})
    return findings(book, sheet(("team", {"desk_how": desk, "page": "no"}))).get("gate_page_cap")


@pytest.mark.parametrize(
    ("at", "desk", "red"),
    [
        ("practised", "ad_hoc", None),
        ("practised", "practised", None),
        ("practised", "leading", True),
        ("defined", "ad_hoc", None),
        ("defined", "defined", False),
        ("defined", "practised", True),
    ],
)
def test_a_limit_of_a_criterion_of_its_own_is_a_finding_from_where_it_stops_it_short_of_the_target(at, desk, red):
    gate = limited_by_its_own_fact(at, desk)
    assert (gate.red if gate else None) is red


def test_what_is_urgent_or_has_to_be_decided_is_a_finding_however_far_its_criterion_has_come():
    assert limited_by_its_own_fact("practised", "ad_hoc", urgent="law").urgent == "law"
    assert limited_by_its_own_fact("practised", "ad_hoc", decision={"hold": "It", "who": "team"}).decision.what == "It"


def test_what_is_red_in_the_rubric_is_red_where_it_holds_nothing_down():
    said = sheet(("team", {"desk_how": "ad_hoc", "page": "no"}))
    gate = findings(gated(red=True), said)["gate_no_page"]
    assert (gate.red, gate.urgent, gate.size) == (True, None, 0)
    flag = findings(gated(cap=None, flag=True, red=True), said)["gate_no_page"]
    assert (flag.red, flag.because) == (True, "it moves no score")
    assert limited_by_its_own_fact("practised", "ad_hoc", red=True).red
    assert "gate_no_page" not in findings(gated(red=True), sheet(("team", {"desk_how": "ad_hoc", "page": "yes"})))


def test_a_gate_that_does_not_hold_is_not_a_finding():
    assert "gate_no_page" not in findings(gated(), sheet(("team", {"desk_how": "leading", "page": "yes"})))


def test_a_flag_is_a_finding_that_moves_no_score():
    gate = findings(gated(cap=None, flag=True), sheet(("team", {"page": "no"})))["gate_no_page"]
    assert (gate.red, gate.node, gate.because) == (False, "overall", "it moves no score")


def test_a_gate_nothing_lifts_still_has_a_way_out_when_it_binds():
    found = findings(gated(lifted_by=[]), sheet(("team", {"desk_how": "leading", "page": "no"})))
    assert found["gate_no_page"].settle == NO_INITIATIVE


def test_a_gate_on_two_nodes_is_one_finding():
    book = gated(cap={"of": ["desk", "log"], "at": "defined"})
    found = findings(book, sheet(("team", {"desk_how": "practised", "log_how": "leading", "page": "no"})))
    gate = found["gate_no_page"]
    assert (gate.node, gate.size) == ("log", 50)
    assert gate.because == '"Log" is held at 2.00 instead of 4.00 and "Desk" is held at 2.00 instead of 3.00'


def test_a_gate_on_what_nobody_knows_quotes_the_dont_know():
    found = findings(gated(), sheet(("team", {"desk_how": "leading", "page": "unknown"})))
    assert [q.answered for q in found["gate_no_page"].quotes] == ["Don't know"]


def test_what_was_agreed_is_quoted_instead_of_the_roles():
    settled = {"page": Settlement(reply("no"), ("team",), "The page is empty.")}
    answers = sheet(("team", {"desk_how": "leading", "page": "yes"}), settled=settled)
    gate = findings(gated(), answers)["gate_no_page"]
    assert gate.quotes == (Quote("What was agreed", "page", "Is page so?", "No"),)


def test_a_gate_on_a_criterion_quotes_its_level_question():
    book = gated(when="log <= ad_hoc")
    found = findings(book, sheet(("team", {"desk_how": "leading", "log_how": "ad_hoc"})))
    assert found["gate_no_page"].quotes == (Quote("Social team", "log_how", "How is log_how done?", LABELS[1]),)


def test_of_alternatives_only_those_that_hold_are_quoted():
    book = gated(when="page = no or (log_how >= leading and not desk_how = absent)")
    found = findings(book, sheet(("team", {"desk_how": "leading", "page": "yes", "log_how": "leading"})))
    assert [q.question for q in found["gate_no_page"].quotes] == ["log_how", "desk_how"]


def test_a_key_criterion_that_holds_its_principle_down_is_a_red_gate_with_its_question():
    book = rubric(criterion("desk", key=True), criterion("log"), initiatives=[initiative("a", desk="practised")])
    cap = findings(book, sheet(("team", {"desk_how": "absent", "log_how": "leading"})))["cap_care_desk"]
    assert (cap.kind, cap.red, cap.node, cap.size) == ("gate", True, "care", 25)
    assert cap.because == '"Care" is held at 1.00 instead of 2.00'
    assert cap.initiatives == ("a",)
    assert [(q.question, q.answered) for q in cap.quotes] == [("desk_how", LABELS[0])]


def test_the_practice_half_of_a_clash_that_binds_is_explained_without_the_claim():
    book = clashing(cap={"of": ["desk"], "at": "ad_hoc"})
    found = findings(
        book, sheet(("executive", {"desk_how": "defined"}), ("team", {"desk_how": "defined", "log_hours": 0.0}))
    )
    assert "clash_words" not in found
    gate = found["gate_words"]
    assert (gate.red, gate.node, gate.initiatives) == (True, "desk", ("a",))
    assert [q.answered for q in gate.quotes] == ["0 hours"]


@pytest.mark.parametrize(("title", "named"), [("", "What holds back: Desk"), ("Nothing written", "Nothing written")])
def test_two_findings_that_would_be_called_alike_are_told_apart(title, named):
    facts = [fact(name, unknown_as="no") for name in ("page", "list", "book")]
    tested = [{"id": f"no_{name}", "when": f"{name} = no", "because": name} for name in ("page", "list", "book")]
    caps = [{**gate, "title": title, "urgent": "law", "cap": {"of": ["desk"], "at": "defined"}} for gate in tested[:2]]
    other = {**tested[2], "title": "Another", "flag": True}
    book = rubric(criterion("desk", level("desk_how"), *facts, gates=[*caps, other]))
    answers = sheet(("team", {"desk_how": "leading", "page": "no", "list": "no", "book": "no"}))
    found = findings(book, answers)
    titles = {found[f"gate_no_{name}"].title for name in ("page", "list")}
    assert titles == {f"{named} (1 of 2)", f"{named} (2 of 2)"}
    assert found["gate_no_book"].title == "Another"
    text = workflow.report(workflow.assess_sheet(book, answers))
    assert {re.sub("<.*?>", "", line) for line in re.findall(f"^#### .*{named}.*$", text, re.MULTILINE)} == {
        f"#### {title}" for title in titles
    }

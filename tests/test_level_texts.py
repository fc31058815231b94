"""The text of a gap or a strength: always that of the level a criterion reaches by itself, and why less may count."""

import pytest
from diagnosing import APART, LEVELS, criterion, findings, initiative, level, proof, reply, rubric, sheet
from factories import CEILINGS
from hypothesis import given
from hypothesis import strategies as st

from assess.authoring.outline import trace_sources
from assess.diagnose import diagnose
from assess.model.answers import Answer, Settlement
from assess.scoring import score_organization

KEYS = [step["key"] for step in LEVELS]
GAPS = {"absent": "Nobody does it.", "ad_hoc": "One person does it.", "defined": "It is written and not lived."}
STRENGTHS = {"practised": "Most cases are in it.", "leading": "Outsiders read it."}


def told(value, says, **more):
    """The finding about the one criterion when a team answers so."""
    book = rubric(criterion("desk", level("desk_how"), says=says), **more)
    found = findings(book, sheet(("team", {"desk_how": value})))
    return found.get("gap_desk") or found["strength_desk"]


@pytest.mark.parametrize("key", KEYS)
def test_a_finding_has_the_text_of_its_own_level(key):
    assert told(key, {"gap": GAPS, "strength": STRENGTHS}).says == {**GAPS, **STRENGTHS}[key]


@pytest.mark.parametrize(
    ("key", "gap", "words"),
    [
        ("absent", {"defined": "D"}, "D"),
        ("ad_hoc", {"absent": "A", "defined": "D"}, "A"),
        ("defined", {"absent": "A", "ad_hoc": "B"}, "B"),
        ("ad_hoc", {"practised": "P", "leading": "L"}, ""),
        ("defined", {"defined": "D", "practised": "P"}, "D"),
    ],
)
def test_a_gap_without_a_text_of_its_level_has_the_nearest_below_the_target(key, gap, words):
    assert told(key, {"gap": gap}).says == words


@pytest.mark.parametrize(
    ("key", "strength", "words"),
    [
        ("leading", {"practised": "P"}, "P"),
        ("leading", {"absent": "A", "defined": "D"}, "D"),
        ("practised", {"leading": "L"}, '"Desk" stands where you want it to be.'),
        ("practised", {"leading": "L", "defined": "D"}, "D"),
    ],
)
def test_a_strength_without_a_text_of_its_level_has_that_of_the_nearest_beneath(key, strength, words):
    assert told(key, {"strength": strength}).says == words


def test_a_level_that_proof_holds_down_keeps_its_own_text_and_says_why_less_counts():
    found = told(
        "practised",
        {"gap": {**GAPS, "practised": "Most cases are in it, not all."}},
        policies={**CEILINGS, "target": "leading"},
    )
    assert found.says == "Most cases are in it, not all."
    assert found.lowered == ('"Desk" is described at 3.00 and counts as 2.00: nothing is attached that shows it.',)


def test_what_is_only_held_below_its_target_is_given_no_text_of_a_lower_level():
    found = told("leading", {"gap": GAPS}, policies=CEILINGS)
    assert found.says == ""
    assert found.title == "Gap: Desk"
    assert found.lowered == ('"Desk" is described at 4.00 and counts as 2.00: nothing is attached that shows it.',)


def test_a_gate_that_holds_a_level_down_stands_beside_its_text():
    gate = {"id": "g", "when": "desk_how >= ad_hoc", "cap": {"of": ["desk"], "at": "absent"}, "lifted_by": ["a"]}
    because = {"known": "Only one of {desk_how} counts"}
    more = {"gates": [{**gate, "because": because}], "initiatives": [initiative("a", desk="leading")]}
    found = told("defined", {"gap": GAPS}, **more)
    assert found.says == GAPS["defined"]
    assert found.lowered == ('"Desk" is held at 0.00: Only one of It is written counts.',)


AGREED = Settlement(Answer("value", "ad_hoc"), ("executive", "service"), "The list shows it")


def test_while_roles_disagree_no_level_is_told_as_what_was_found():
    book = rubric(criterion("desk", says={"gap": GAPS}), policies=APART)
    found = findings(book, sheet(("executive", {"desk_how": "leading"}), ("service", {"desk_how": "absent"})))[
        "gap_desk"
    ]
    assert found.says == ""
    assert found.lowered == (
        'Roles disagree on "How is desk_how done?"; the lowest answer counts until it is settled.',
    )
    said = (("executive", {"desk_how": "leading"}), ("service", {"desk_how": "absent"}))
    settled = findings(book, sheet(*said, settled={"desk_how": AGREED}))["gap_desk"]
    assert (settled.says, settled.lowered) == (GAPS["ad_hoc"], ())


def test_one_text_for_all_levels_is_printed_as_it_always_was():
    for key in KEYS[:3]:
        found = told(key, {"gap": "The desk is thin."}, policies=CEILINGS)
        assert (found.says, found.lowered) == ("The desk is thin.", ())


def test_a_text_of_a_level_quotes_figures_and_is_left_out_without_them():
    cases = {"id": "cases", "type": "number", "text": "How many cases?", "unit": "cases", "weight": 0}
    book = rubric(criterion("desk", level("desk_how"), cases, says={"gap": {"ad_hoc": "{cases} are in it."}}))
    for given_answers, words in (({"cases": 7}, "7 cases are in it."), ({}, ""), ({"cases": "unknown"}, "")):
        found = findings(book, sheet(("team", {"desk_how": "ad_hoc", **given_answers})))["gap_desk"]
        assert found.says == words


@given(
    st.dictionaries(st.sampled_from(KEYS), st.sampled_from("ABC"), min_size=1),
    st.dictionaries(st.sampled_from(KEYS), st.sampled_from("XYZ"), min_size=1),
    st.sampled_from(KEYS),
    st.sampled_from(KEYS[1:]),
    st.booleans(),
)
def test_no_level_is_ever_told_the_text_of_one_it_has_not_reached_or_of_the_target(gap, strength, key, target, shown):
    policies = {**CEILINGS, "target": target}
    book = rubric(criterion("desk", level("desk_how"), says={"gap": gap, "strength": strength}), policies=policies)
    answer = reply(key, proof(), proof(kind="customer")) if shown else key
    answers = sheet(("team", {"desk_how": answer}))
    for finding in diagnose(score_organization(book, answers)).of("gap", "strength"):
        texts = gap if finding.kind == "gap" else strength
        if key in texts and (finding.kind == "strength" or KEYS.index(key) < KEYS.index(target)):
            assert finding.says == texts[key]
        if finding.kind == "gap" and KEYS.index(key) >= KEYS.index(target):
            assert finding.says == ""
            assert finding.lowered
        if finding.kind == "strength":
            reached = {texts[step] for step in KEYS[: KEYS.index(key) + 1] if step in texts}
            assert finding.says in (reached or {'"Desk" stands where you want it to be.'})


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (("absent", "absent"), "Nobody does it."),
        (("absent", "ad_hoc"), "Nobody does it. Not everybody answered so; the answers come to 0.50 on average."),
        (("absent", "defined"), "One person does it. Not everybody answered so; the answers come to 1.00 on average."),
    ],
)
def test_the_text_of_a_mean_says_when_answers_differ(said, words):
    """A level between two answers, or one that nobody gave, is not told as if everybody had said it."""
    book = rubric(criterion("desk", level("desk_how"), says={"gap": GAPS}))
    answers = sheet(*(("team", {"desk_how": key}) for key in said))
    assert findings(book, answers)["gap_desk"].says == words


@pytest.mark.parametrize(
    ("gap", "lines"),
    [("Not yet.", ["> Not yet."]), ({"absent": "A", "defined": "D"}, ["> absent: A", "> defined: D"]), ({}, [])],
)
def test_what_is_said_when_a_criterion_lags_stands_in_the_outline_of_claims(gap, lines):
    told = criterion("desk", level("desk_how"), says={"gap": gap}, claims=["C-1"])
    claim = {"code": "C-1", "source": "essay", "says": "So it is", "home": "desk"}
    book = rubric(told, claims=[claim], sources=[{"id": "essay", "title": "E"}])
    assert [line.strip() for line in trace_sources(book) if ">" in line] == lines

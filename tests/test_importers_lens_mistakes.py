"""What is odd or wrong with a lens is said at its place, and anything anywhere is imported or refused in words."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from importing import FIRST, LENS, RULES, lens, refusal, rules, write_lens

from assess.importers import import_rubric
from assess.problems import DocumentError

UNKNOWN_SIGN = "cannot stand in a rule; it knows '&&', '||', '!' and brackets"


@pytest.fixture
def changed(tmp_path):
    return lambda **changes: import_rubric(write_lens(tmp_path / "own.json", lens(**changes)))


@pytest.fixture
def refused(tmp_path):
    return lambda **changes: refusal(write_lens(tmp_path / "own.json", lens(**changes)))


# --- what is wrong with a lens ---


@pytest.mark.parametrize(
    ("changes", "severity", "code", "message", "at"),
    [
        (
            {"pillars__0__id": "waste"},
            "warning",
            "import_duplicate",
            "the id 'waste' already stands in line 7; this one is imported as 'waste_2'",
            '"id": "waste"',
        ),
        (
            {"pillars__1__questions__0__id": "HANDS"},
            "warning",
            "import_duplicate",
            "the id 'HANDS' already stands in line 61; this one is imported as 'hands_2'",
            '"id": "HANDS"',
        ),
        (
            {"pillars__1__questions__0__title": "How is food  kept COLD?"},
            "warning",
            "import_duplicate",
            "another question reads the same; this one is imported with 'BINS' behind it",
            '"title": "How is food',
        ),
        (
            {f"{FIRST}__choices__1__title": "There is a fridge"},
            "warning",
            "import_duplicate",
            "another choice reads the same; this one is imported with 'COLD1_log' behind it",
            '"title": "There is a fridge"',
        ),
        (
            {"pillars__1__questions": []},
            "warning",
            "import_gap",
            "the pillar 'waste' has no questions and is left out",
            "{",
        ),
        (
            {"pillars__0__questions__1__choices": []},
            "warning",
            "import_gap",
            "the question 'HANDS' has no choices and is left out",
            "{",
        ),
        (
            {
                "pillars__0__questions__1__choices": LENS["pillars"][0]["questions"][1]["choices"][:1],
                "pillars__0__questions__1__riskRules": rules(("soap", "NO_RISK"), ("default", "HIGH_RISK")),
            },
            "warning",
            "import_gap",
            "the question has one choice; 'None of these' is added, as a rubric asks for two",
            '"choices"',
        ),
        (
            {f"{FIRST}__choices__1__improvementPlan": None},
            "note",
            "import_gap",
            "the choice 'COLD1_log' has no improvement plan",
            '"id": "COLD1_log"',
        ),
        (
            {f"{FIRST}__choices__3__id": "COLD1_none"},
            "note",
            "import_rule",
            "ticking COLD1_none changes the risk of no answer",
            '"id": "COLD1_none"',
        ),
        (
            {
                RULES: rules(
                    ("COLD1_log", "NO_RISK"), ("COLD1_log && COLD1_alarm", "MEDIUM_RISK"), ("default", "HIGH_RISK")
                )
            },
            "warning",
            "import_rule",
            "no answer reaches this rule: the rules above it are true first",
            '"condition": "COLD1_log && COLD1_alarm"',
        ),
        (
            {RULES: rules(("COLD1_log", "NO_RISK"), ("!COLD1_log", "HIGH_RISK"), ("default", "HIGH_RISK"))},
            "note",
            "import_rule",
            "no answer reaches `default`: the rules above it are true first",
            '"condition": "default"',
        ),
        (
            {RULES: rules(("COLD1_log", "MEDIUM_RISK"), ("default", "HIGH_RISK"))},
            "warning",
            "import_rule",
            "no answer leads to NO_RISK",
            '"riskRules"',
        ),
        (
            {f"{FIRST}__helpfulRessource": {"displayText": "x"}},
            "warning",
            "import_left_out",
            "the key 'helpfulRessource' is not read; did you mean 'helpfulResource'?",
            '"helpfulRessource"',
        ),
    ],
)
def test_what_is_odd_is_said_at_its_place_and_the_rest_is_imported(changed, changes, severity, code, message, at):
    found = changed(**changes)
    match = [problem for problem in found.problems if problem.message == message]
    assert [(problem.severity, problem.code) for problem in match] == [(severity, code)], found.problems
    assert at in match[0].source


@pytest.mark.parametrize(
    ("changes", "code", "message", "at"),
    [
        (
            {RULES: rules(("COLD1_fridge & COLD1_log", "NO_RISK"))},
            "import_rule",
            f"the rule cannot be read at character 14: '&' {UNKNOWN_SIGN}",
            "&",
        ),
        (
            {RULES: rules(("(COLD1_fridge", "NO_RISK"))},
            "import_rule",
            "the rule cannot be read at character 1: a bracket is not closed",
            "(",
        ),
        (
            {RULES: rules(("COLD1_fridge COLD1_log", "NO_RISK"))},
            "import_rule",
            "the rule cannot be read at character 14: 'COLD1_log' is not expected here; join choices with '&&' or '||'",
            "",
        ),
        (
            {RULES: rules(("COLD1_fridge ||", "NO_RISK"))},
            "import_rule",
            "the rule cannot be read at character 16: a choice is missing at the end",
            "||",
        ),
        (
            {RULES: rules(("&& COLD1_log", "NO_RISK"))},
            "import_rule",
            "the rule cannot be read at character 1: a choice is missing before '&&'",
            "&&",
        ),
        (
            {RULES: rules(("!" * 99 + "COLD1_log", "NO_RISK"))},
            "import_rule",
            "the rule cannot be read at character 25: brackets and '!' are nested more than 24 deep",
            "!",
        ),
        (
            {RULES: rules((" || ".join(["COLD1_log"] * 99), "NO_RISK"))},
            "import_rule",
            "the rule becomes a condition of 2471 characters; at most 2000 are read",
            "COLD1_log ||",
        ),
        (
            {RULES: rules(("COLD1_frigde", "NO_RISK"))},
            "import_reference",
            "the rule names 'COLD1_frigde', which is no choice of this question; did you mean 'COLD1_fridge'?",
            "frigde",
        ),
        (
            {RULES: rules(("soap", "NO_RISK"))},
            "import_reference",
            "the rule names 'soap', which is no choice of this question",
            "soap",
        ),
        (
            {RULES: rules(("default", "LOW_RISK"))},
            "shape",
            "'LOW_RISK' is not one of HIGH_RISK, MEDIUM_RISK, NO_RISK; did you mean 'NO_RISK'?",
            "LOW_RISK",
        ),
        ({RULES: []}, "import_gap", "the question has no risk rules", "riskRules"),
        (
            {f"{FIRST}__choices__1__id": "COLD1_fridge"},
            "import_duplicate",
            "the choice 'COLD1_fridge' stands twice in this question, and rules cannot tell which",
            '"id": "COLD1_fridge"',
        ),
        ({f"{FIRST}__title": ""}, "shape", "'title' is empty", "title"),
        ({f"{FIRST}__title": "\u200b"}, "shape", "'title' is empty", "title"),
        ({f"{FIRST}__choices": None}, "shape", "'choices' needs a list, got nothing", "choices"),
        ({"pillars": []}, "import_gap", "the lens has no question that can be answered", "pillars"),
        (
            {"pillars__0__questions__0__riskRules__0": {"risk": "NO_RISK"}},
            "missing_key",
            "'condition' is missing",
            "risk",
        ),
    ],
)
def test_what_the_tool_could_not_read_either_is_refused_at_its_place(refused, changes, code, message, at):
    found = [problem for problem in refused(**changes) if problem.severity == "error"]
    assert found[0].code == code
    assert found[0].message == message
    assert at in found[0].source


def test_a_file_that_is_no_lens_is_refused(tmp_path):
    (found,) = refusal(write_lens(tmp_path / "a.json", {"id": "question", "riskRules": []}))
    assert (found.code, found.message) == ("import_format", "the file is no custom lens: it has no 'pillars'")


def test_a_file_that_is_no_json_is_refused_at_every_place_it_can_be_read_over(tmp_path):
    text = json.dumps(LENS, indent=2).replace('"What a kitchen needs."', "NaN").replace('"Waste"', "Waste")
    found = refusal(write_lens(tmp_path / "a.json", text))
    assert [(problem.code, problem.location.line) for problem in found] == [("json_syntax", 4), ("json_syntax", 94)]


# --- any file ---


ROUTES = [
    "name",
    "pillars",
    "pillars__0",
    "pillars__0__id",
    "pillars__0__questions",
    FIRST,
    f"{FIRST}__id",
    RULES,
    f"{FIRST}__choices",
    f"{FIRST}__choices__0",
    f"{FIRST}__choices__0__id",
    f"{RULES}__0",
    f"{RULES}__0__condition",
    f"{FIRST}__choices__0__improvementPlan",
    f"{FIRST}__choices__0__additionalResources",
]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=50),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "title", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.sampled_from(ROUTES), ANYTHING)
def test_anything_anywhere_is_imported_or_refused_in_words(tmp_path_factory, route, value):
    path = write_lens(tmp_path_factory.mktemp("odd") / "odd.json", lens(**{route: value}))
    try:
        found = import_rubric(path).problems
    except DocumentError as error:
        found = error.problems
    assert all(problem.message for problem in found)

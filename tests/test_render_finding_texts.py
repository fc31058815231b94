"""What fits its case, in print: the text, what follows, who decides, and where the figure comes from."""

import re
from pathlib import Path

import pytest
from diagnosing import criterion, initiative, level, proof, reply, rubric, sheet

from assess import workflow
from assess.diagnose import diagnose
from assess.plan import plan
from assess.scoring import score_organization

YESTERDAY = Path(__file__).parent / "yesterday"
SHARE = {"id": "share", "type": "number", "text": "What share?", "unit": "%", "weight": 0, "of": "of {letters} letters"}
QUESTIONS = (
    level("desk_how"),
    {**SHARE, "min": 0, "max": 100, "ask": ["team", "record"]},
    {"id": "letters", "type": "number", "text": "How many letters?", "weight": 0, "ask": ["record"]},
    {
        "id": "rule", "type": "yesno", "text": "Is there a rule?", "weight": 0, "unknown_as": "no",
        "states": {"yes": "There is a rule.", "no": "There is no rule."}, "ask": ["team", "record"],
    },
)  # fmt: skip
SLOW = {
    "id": "slow",
    "title": "Few letters answered",
    "when": "share < 40",
    "because": {"known": "{share by record} of the letters are answered", "unknown": "Nobody counts the letters"},
    "so": {"known": "Whoever writes learns not to, at {share by record}"},
    "urgent": "promise",
    "decision": {"stop": "Promising an answer within a week", "who": "EX"},
    "lifted_by": ["a"],
    "flag": True,
}
RULELESS = {"id": "ruleless", "title": "No rule", "when": "rule = no", "because": "There is none", "flag": True}
TOP = {"id": "top", "when": "share < 40", "says": {"known": "{share by record} is all"}, "cause": "It is {share} today"}
EXPORT = reply(12.5, proof("Export", kind="record"), proof("List"))


def book(*gates, **more):
    return rubric(
        criterion("desk", *QUESTIONS, says=more.pop("says", {})),
        initiatives=[initiative("a", desk="leading")],
        gates=[{"lifted_by": [], **gate} for gate in gates],
        headlines=[{**TOP, "initiatives": ["a"]}, {"says": "Begin."}],
        **more,
    )


def printed(book_of, *people):
    """The document about some answers."""
    organization = score_organization(book_of, sheet(*people))
    found = diagnose(organization)
    assessment = workflow.Assessment(**organization.parts(), problems=())
    assert assessment.diagnosis == found
    assert assessment.plan == plan(organization, found)
    return workflow.report(assessment)


PEOPLE = (
    ("team", {"desk_how": "ad_hoc", "rule": "no"}),
    ("record", {"share": EXPORT, "letters": 3200, "rule": "yes"}),
)


@pytest.fixture(scope="module")
def document():
    return printed(book(SLOW, RULELESS), *PEOPLE)


def section(document, title):
    """The text below a heading, up to the next one as high."""
    start = re.search(rf"^(#+) .*</a>{re.escape(title)}.*$", document, re.MULTILINE)
    rest = document[start.end() :]
    end = re.search(rf"^#{{1,{len(start[1])}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def test_an_urgent_finding_is_told_whole(document):
    told = section(document, "Few letters answered")
    assert "**Urgent: a promise is broken**" in told
    assert "\n12.5% of the letters are answered.\n" in told
    assert "\nWhoever writes learns not to, at 12.5%.\n" in told
    assert "Figures: 12.5% (Registers, 2 documents).\n" in told
    (day,) = re.findall(
        r"\*\*To decide:\*\* Stop: Promising an answer within a week \(Executive, by ([\d-]+)\)\.", told
    )
    (row,) = [line for line in section(document, "Summary").splitlines() if "Stop: Promising" in line]
    assert row.endswith(f"| {day} |")


def test_page_one_has_the_message_with_its_cause_what_is_urgent_and_the_decision(document):
    page = section(document, "Summary")
    assert "> **12.5% is all**\n> It is 12.5% today.\n> What answers it: [a](#a).\n" in page
    assert "> Urgent: [Few letters answered](#finding-gate_slow).\n" in page
    (row,) = [line for line in page.splitlines() if "Stop: Promising" in line]
    decision = "Stop: Promising an answer within a week ([Few letters answered](#finding-gate_slow))"
    assert row.startswith(f"| 1 | {decision} | Executive |")


def test_shares_and_yes_and_no_are_words_in_findings_and_answers(document):
    quotes = section(document, "Few letters answered")
    assert "| Registers | What share? | 12.5% of 3200 letters |" in quotes
    answers = section(document, "Appendix C")
    assert "| 12.5% of 3200 letters | 1 |" in answers
    assert "There is no rule." in answers
    assert "There is a rule." in answers
    assert not re.search(r"\| (Yes|No) \|", answers)


def test_what_a_number_is_part_of_is_left_out_where_it_is_not_known():
    people = (("team", {"desk_how": "ad_hoc"}), ("record", {"share": 12.5}))
    answers = section(printed(book(SLOW), *people), "Appendix C")
    assert "| 12.5% | 1 |" in answers


def test_a_finding_without_a_fitting_text_stands_with_its_title_and_calculation():
    slow = {**SLOW, "because": {"unknown": "Nobody counts"}, "so": {"unknown": "N"}}
    told = section(printed(book(slow), *PEOPLE), "Few letters answered")
    assert "It moves no score.\n" in told
    assert "Nobody counts" not in told


def test_the_text_of_a_level_stands_with_its_part_and_never_beside_another():
    gap = {"absent": "Nobody answers.", "ad_hoc": "Somebody answers.", "defined": "There is a rule for it."}
    told = section(printed(book(says={"gap": gap}), *PEOPLE), "Desk")
    assert "- Somebody answers.\n" in told
    assert "Nobody answers." not in told
    assert "There is a rule for it." not in told


def test_the_document_of_a_rubric_without_such_texts_has_no_word_of_them():
    report = workflow.report(workflow.assess(YESTERDAY / "sample_orgs" / "lanternfolk", [YESTERDAY / "rubrics"]))
    for words in ("Urgent:", "To decide:", "Figures:", "What answers it:"):
        assert words not in report

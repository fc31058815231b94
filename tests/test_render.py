"""The document: what it says, how it says it without answers, and that no text can break it."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rendering import NO_PLAN, PARSER, document, rubric_of, section, sheet_of

from assess.model.findings import Diagnosis
from assess.render.context import DASH
from assess.render.lint import lint
from assess.render.markdown import flat

HOSTILE = (
    "| a | b\n\n# Title\n\n- [x] done [^1]: `code` <b>&amp;</b> **bold** [link](http://x.y) www.x.y a@b.cd @me ~~s~~ "
    "$x$ \\ --> <!-- assess:i01 --> {{ 7*7 }} שלום 🙂 \\"
)


def shape(text):
    """Blocks, links and marks of a document, without texts, their line ends, comments and the seal of names."""
    found = []
    for token in PARSER.parse(text):
        found += [(token.type, token.tag)] if token.type != "inline" else []
        marks = [
            t
            for t in token.children or ()
            if t.type not in ("text", "text_special", "hardbreak") and t.content != "<br>"
        ]
        found += [as_mark(t) for t in marks if not t.content.startswith(("<!--", "</code>"))]
    return found


def as_mark(token):
    """Kind and target of a mark; code reads the same whichever way it is written."""
    if token.content == "<code>" or token.type == "code_inline":
        return ("code", "")
    return (token.type, token.attrs.get("href", "") or (token.content if token.type == "html_inline" else ""))


def headings(text):
    return re.findall(r"^(#+) (?:<a id=\"[^\"]*\"></a>)?(.*)$", text, re.MULTILINE)


@pytest.fixture(scope="module")
def shown():
    return document()


def test_the_document_holds_its_sections_in_order(shown):
    titles = [title for marks, title in headings(shown) if len(marks) == 2]
    assert titles == [
        "Summary", "How to read this document", "Where you stand", "What we found", "Roadmap",
        "Initiative cards",
        "Tracking and risks", "Appendix A: how every score was computed", "Appendix B: evidence",
        "Appendix C: answers in full",
        "Appendix D: method, words and limits",
    ]  # fmt: skip
    assert lint(shown) == ()


def test_the_same_input_gives_the_same_bytes(shown):
    assert document() == shown


def test_the_first_page_answers_five_questions_and_asks_for_decisions(shown):
    page = section(shown, "Summary")
    assert "**What works.** [LIS-1 Ear](#ear): Ears are open." in page
    assert "> **You hear well and write nothing.**" in page
    assert "Acme stands at 0.71 of 4 (level Absent); the target is 3.00 (level Practised)." in page
    assert "First moves: [I-01 Write it down](#i01)." in page
    assert "Answers come from 3 people in 3 of 3 roles asked (Boss: 1 of 2 invited; Guest: 1 of 4 invited)." in page
    assert "3 of 3 scored questions have an answer, [1 of them shown by evidence](#appendix-b)" in page
    assert "| 1 | Read the list together. ([Two ears](#finding-clash-ear)) | Boss, Team | 2026-10-04 |" in page
    assert page.index("[LIS Listening](#lis) | ■") < page.index("[CAR Caring](#care) | ■")


def test_a_gap_is_the_printed_target_less_the_printed_score(shown):
    rows = re.findall(
        r"□ ([0-9.]+) [^|]*\| [■□]+ ([0-9.]+) \| ([0-9.]+) \|", section(shown, "Distance to the target, widest first")
    )
    assert len(rows) == 3
    assert all(round(float(target) - float(now), 2) == float(gap) for now, target, gap in rows)


def test_a_criterion_says_what_works_what_holds_it_back_and_what_is_next(shown):
    passage = section(shown, "LIS-1 Ear")
    assert "key criterion · answered 100% · roles heard 3 of 3 · evidence [E1](#evidence-1)" in passage
    works, holds, following = (
        passage.index(f"**{title}**") for title in ("What works", "What holds you back", "What the next level requires")
    )
    assert works < holds < following
    assert '- **Begun:** "ear_open step 1."' in passage
    assert "Solved by [I-01 Write it down](#i01)." in section(shown, "CAR Caring")


def test_findings_quote_both_questions_and_both_answers(shown):
    passage = section(shown, "Two ears")
    assert "| Boss | How far? | Far |" in passage
    assert "| Team | How far? | Not |" in passage
    assert "- **To settle it:** Read the list together." in passage


def test_the_roadmap_says_when_who_and_what_must_wait(shown):
    assert f"| [I-01 Write it down](#i01) | Team | 2026-07-06 | 2026-07-26 | {DASH} | It is read. |" in section(
        shown, "Now: period 1"
    )
    assert "[I-02 Read it aloud](#i02) | Boss" in section(shown, "Next: period 2")
    assert section(shown, "Later").strip() == "None."
    assert "| Team | 1 | 4.5 | 6.5 | 30 | 19 |" in section(shown, "Load per role and period")
    assert "| Shout | after this plan | Wait |" in section(shown, "Do not start yet")
    assert "Shout | No finding asks for it." in section(shown, "Left out")


def test_cards_are_task_lists_a_later_issue_finds_again(shown):
    assert '<!-- assess:i01 -->\n### <a id="i01"></a>I-01 Write it down\n' in shown
    card = section(shown, "I-01 Write it down")
    assert "- [ ] First.\n- [ ] Then.\n" in card
    assert "- **Stop or fold it when:** After two quarters without a reader." in card
    assert "| [LIS-1 Ear](#ear) | 0.00 (Absent) | 3.00 (Practised) |" in card


def test_the_root_can_be_worked_out_with_a_pencil(shown):
    steps = section(shown, "Overall")
    assert "| LIS Listening | 1/2 | 12.500000 | 1/2 | 2.593387 | 1.296694 |" in steps
    assert "exp(sum) = 18.558186" in steps
    assert "mapped back, (… - 1) / 0.99 = 17.735541" in steps
    assert "**17.735541** of 100, printed as 0.71, level Absent" in steps


def test_the_trace_shows_disagreement_agreement_evidence_and_caps(shown):
    trace = section(shown, "Appendix A: how every score was computed")
    assert f"| 1.33 | Boss, Guest, Team | {DASH} | documented: at most 3.00 |" in trace
    assert "| [mind_open](#answers-mind_open) | 4.00 | 1.00 | Team, log | Boss agreed |" in trace
    assert "| `unwritten` | [CAR Caring](#care) | 1.00 | yes | yes | Nothing is written down. |" in trace
    assert "| CAR Caring | CAR-1 Hand | 50.000000 | `unwritten` | 25.000000 | 1.00 | Begun |" in trace


def test_no_respondent_is_named(shown):
    assert not re.search("r-boss|r-team|r-guest", shown)


def test_anonymous_people_who_are_too_few_are_told_as_that_and_nothing_else():
    whole = sheet_of()
    few = whole._replace(voices=tuple(v for v in whole.voices if v.role != "guest"), shy={"guest": 1}, least=3)
    shown = document(rubric=rubric_of(), sheet=few, diagnosis=Diagnosis("", ()))
    assert f"| Guest | fewer than 3 answers, not counted | {DASH} |" in shown
    assert "Guest: fewer than 3 answers, not counted" in shown
    assert "ear_open step 0" not in section(shown, "Appendix C: answers in full")
    limits = section(shown, "Appendix D: method, words and limits")
    assert "Guest answered anonymously. Their answers to a question count where at least 3 gave one (0 of 3" in limits


def test_answers_stand_in_the_words_of_the_role(shown):
    answers = section(shown, "Appendix C: answers in full")
    assert "Boss, asked: Is your mind open? | 4.00: mind_open step 4 | 1 |" in answers
    assert "| Team | not applicable<br>No hands | 1 |" in answers


def test_the_appendix_says_why_each_question_is_asked(shown):
    assert "| [LIS Listening](#lis) | C1-1 | Hearing comes first. | A book, p. 3 |" in shown
    assert "`sha256:22`" in section(shown, "Versions")


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(min_size=1, max_size=40), st.just(HOSTILE)))
def test_any_text_in_any_field_leaves_the_structure_unchanged(text):
    benign = document(lambda word: f"{word} word word")
    assert shape(document(lambda word: f"{word} {text} {word}")) == shape(benign)
    assert shape(document(lambda word: f"{text}{word} {text}")) == shape(benign)


def test_hostile_text_reads_back_exactly():
    inline = [t for token in PARSER.parse(document(lambda word: f"{word} {HOSTILE}")) for t in token.children or ()]
    ends = [t.type == "hardbreak" or t.content == "<br>" for t in inline]
    words = [t.content if t.type in ("text", "text_special") else "" for t in inline]
    texts = "".join(" " if end else word for end, word in zip(ends, words, strict=True))
    for word in (
        "Write it down",
        "Ear",
        "First.",
        "For the board only",
        "They sell.",
        "A list",
        "ear_open step 1",
        "C1-1 Hearing",
    ):
        assert flat(f"{word.removeprefix('C1-1 ')} {HOSTILE}".removeprefix("Hearing")) in texts


def test_without_a_single_answer_every_section_still_reads(shown):
    text = document(sheet=sheet_of(empty=True), diagnosis=Diagnosis("", ()), plan=NO_PLAN)
    assert "There are not enough answers to score Acme as a whole." in text
    assert "not scored" in text
    assert section(text, "Decisions we ask for").strip() == "None."
    assert section(text, "What needs attention").strip() == "None."
    assert section(text, "Where this leads").strip() == "None."
    assert [t for _, t in headings(text) if t in {x for _, x in headings(shown)}]

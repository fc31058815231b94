"""Where somebody began a new line, a new line is printed; whatever stands on it, it opens no block."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rendering import PARSER

from assess.render.lint import lint
from assess.render.markdown import BREAK, HARD_BREAK, flat, join, lines
from assess.render.tables import table

STARTS = [
    "- a",
    "+ a",
    "* a",
    "1. a",
    "2) a",
    "# a",
    "> a",
    "---",
    "===",
    "***",
    "___",
    "| a | b |",
    "|---|---|",
    "```",
    "~~~",
]
STARTS += [
    "    code",
    "<div>",
    "<!-- x",
    "<br>",
    "[a]: http://b",
    "[x] done",
    ": a",
    "$$",
    "\\",
    "a\\",
    "",
    "  ",
    "plain",
    "&lt;",
]
TEXTS = st.lists(st.one_of(st.sampled_from(STARTS), st.text(max_size=20)), min_size=1, max_size=6).map("\n".join)


def read(source):
    """The lines of every passage of a document, where `<br>` and a hard break end one."""
    passages = []
    for token in PARSER.parse(source):
        if token.type == "inline":
            ends = [(t.type, t.content) == ("html_inline", "<br>") or t.type == "hardbreak" for t in token.children]
            told = "".join(
                "\n" if end else t.content
                for end, t in zip(ends, token.children, strict=True)
                if end or "html" not in t.type
            )
            passages.append([line.strip() for line in told.split("\n")])
    return [passage for passage in passages if passage != [""]]


def kinds(source):
    return [token.type for token in PARSER.parse(source)]


@given(TEXTS)
@example("Three desks:\n- Bern: no\n- Basel: yes\n\nThe rest follows.")
@example("a\\\nb\\\\\nc")
def test_every_line_reads_back_in_a_paragraph_and_in_a_cell(text):
    wanted = [
        found
        for line in text.replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n").split("\n")
        if (found := flat(line))
    ]
    source = f"# T\n\n{join(lines(text), HARD_BREAK)}\n\n{table(['H'], [(join(lines(text), BREAK),)])}\n"
    assert lint(source) == ()
    plain = "# T\n\nword\n\n| H |\n| :-- |\n| word |\n" if wanted else "# T\n\n| H |\n| :-- |\n|  |\n"
    assert kinds(source) == kinds(plain)
    assert read(source) == [["T"], *([wanted] if wanted else []), ["H"], *([wanted] if wanted else [])]


NOTE = "|\n      Asked at two desks:\n      - north: yes\n      # south: no\n\n\n      1. more soon"
PRINTED = "Asked at two desks:<br>\\- north: yes<br>\\# south: no<br>1\\. more soon"


@pytest.fixture
def roadmap(place, run):
    place.edit("org/answers/desk.yaml", "role: desk", "role: desk\nquote: true")

    def written():
        target = place.root / "roadmap.md"
        assert run("report", place.org, "-o", target).exit_code == 0
        return target.read_text(encoding="utf-8")

    return written


def test_the_lines_of_a_note_stand_in_the_appendix(place, roadmap):
    place.edit("org/answers/desk.yaml", "hear_days: 9", f"hear_days:\n    value: 9\n    note: {NOTE}")
    assert f"9 days<br>{PRINTED} |" in roadmap()


def test_those_of_a_reason_do_too(place, roadmap):
    place.edit("org/answers/desk.yaml", "hear_reply: practised", f"hear_reply:\n    na: true\n    why: {NOTE}")
    assert f"not applicable<br>{PRINTED} |" in roadmap()


def test_those_of_the_note_on_a_piece_of_evidence_stand_in_the_register(place, roadmap):
    old = "      - {title: Book of complaints, kind: document, dated: 2026-05-02}"
    note = NOTE.replace("\n  ", "\n      ")
    place.edit("org/answers/desk.yaml", old, f"      - title: Book\n        dated: 2026-05-02\n        note: {note}")
    assert f"| Book<br>{PRINTED} |" in roadmap()


def test_a_note_of_one_line_stands_behind_the_title_as_before(place, roadmap):
    old = "{title: Book of complaints, kind: document, dated: 2026-05-02}"
    place.edit("org/answers/desk.yaml", old, '{title: Book, dated: 2026-05-02, note: "Kept\\n"}')
    assert "| Book. Kept |" in roadmap()


def test_the_summary_of_the_organization_keeps_its_lines(place, roadmap):
    place.edit(
        "org/engagement.yaml",
        "{name: Corner Hotel, staff: 40}",
        "\n  name: Corner Hotel\n  summary: |\n    Two houses:\n    - one\n    - two",
    )
    assert "\n\nTwo houses:\\\n\\- one\\\n\\- two\n\n" in roadmap()


def test_what_was_settled_says_why_line_by_line(place, roadmap):
    settled = f"assess: agreed/1\nanswers:\n  hear_count:\n    value: begun\n    basis: [r-anna]\n    why: {NOTE}\n"
    (place.org / "answers/_agreed.yaml").write_text(settled, encoding="utf-8")
    assert f"| {PRINTED} |" in roadmap()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_kind_give_the_same_document(place, roadmap, end):
    place.edit("org/answers/desk.yaml", "hear_days: 9", f"hear_days:\n    value: 9\n    note: {NOTE}")
    first = roadmap()
    file = place.org / "answers/desk.yaml"
    file.write_bytes(file.read_bytes().replace(b"\n", end.encode()))
    assert roadmap() == first


def test_answers_in_words_keep_their_lines_and_several_do_not_run_together(place, roadmap):
    place.edit(
        "rubrics/small.yaml",
        "      - id: mend_cause",
        "      - {id: mend_words, type: text, text: Anything else?, required: false}\n      - id: mend_cause",
    )
    place.edit("org/answers/boss.yaml", "  mend_cause", '  mend_words: "one\\n\\ntwo"\n  mend_cause')
    assert "| Manager | one<br>two | 1 |" in roadmap()
    other = (
        (place.org / "answers/boss.yaml").read_text(encoding="utf-8").replace("r-anna", "r-amir").replace("two", "zwei")
    )
    (place.org / "answers/amir.yaml").write_text(other, encoding="utf-8")
    assert "one<br>two (1)<br>one<br>zwei (1) | 2 |" in roadmap()

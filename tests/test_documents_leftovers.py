"""Words that YAML passes over: behind ` #`, behind a comma in braces, and between the marks of a merge."""

import json
from collections.abc import Mapping

import pytest
from reading import only, place, problems_of

from assess.documents import notice_leftovers, parse, validated
from assess.documents.json_text import parse_json
from assess.model.fields import Record, Ref
from assess.problems import DocumentError


def told(text):
    return [(p.code, p.severity, p.location.line, p.location.column) for p in notice_leftovers(parse(text, "f.yaml"))]


# Comments


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("name: Depot #7 North\n", (1, 13)),
        ("words: #neverforget\n", (1, 8)),
        ("l:\n- title: Minutes #12\n", (2, 18)),
        ("steps:\n  - Ask\n  - Call #2 first\n", (3, 10)),
        ("why: Closed\n  with store #9\n", (2, 14)),
        ("a: {why: Closed #9\n  , b: c}\n", (1, 17)),
        ("role: boss\t#ceo\n", (1, 12)),
        ("n: 12 #élan\n", (1, 7)),
        ("q: 'quoted' #3\n", (1, 13)),
        ("l:\n- #12 first\n- b\n", (2, 3)),
    ],
)
def test_a_text_that_goes_on_behind_a_hash_is_told_at_its_place(text, at):
    assert told(text) == [("yaml_trap", "warning", *at)]


@pytest.mark.parametrize(
    "text",
    [
        "name: Depot # 7 North\n",
        "#whole line\nname: Depot\n  #indented line\nb: c\n",
        "name: 'Depot #7 North'\n",
        'name: "Depot #7 North"\n',
        "note: |\n  Only #3\n  #4 too\nb: >\n  and #5\n#end\n",
        "url: https://example.org/a#b\n",
        "tag: a#b\nlist: [a, b] #c\nmap: {a: b} #c\n",
        "answers: #ours\n  a: b\n",
        "name: Depot ## 7\nb: c #! x\n",
    ],
)
def test_comments_quoted_texts_and_fragments_are_left_alone(text):
    assert told(text) == []


def test_the_way_out_is_the_whole_text_in_quotes():
    (warning,) = notice_leftovers(parse("note: It isn't ward #3\n", "f.yaml"))
    assert "'#3'" in warning.message
    assert "note: 'It isn''t ward #3'" in warning.hint
    assert notice_leftovers(parse("note: 'It isn''t ward #3'\n", "f.yaml")) == ()


def test_a_comment_that_swallows_the_closing_brace_is_told_beside_the_brace():
    problems = problems_of("a: {value: x, note: Only ward #3 answers}\nb: c\n")
    assert [(p.code, p.severity) for p in problems] == [("yaml_syntax", "error"), ("yaml_trap", "warning")]


# Keys without a colon


@pytest.mark.parametrize(
    ("text", "key", "whole"),
    [
        ("a: {value: x, note: Yes, but only for half of it}\n", "but only for half of it", "note: 'Yes, but only for"),
        ("a: {na: true, why: No shop, no till, no desk}\n", "no till", "why: 'No shop, no till, no desk'"),
        ("l: [{title: Letter, second copy, dated: 2026-05-30}]\n", "second copy", "title: 'Letter, second copy'"),
        ("a:\n  b: {c: One,\n    and two}\n", "and two", "c: 'One, and two'"),
        ("o: {name: Beta, 'and Co'}\n", "and Co", "name: 'Beta, ''and Co'''"),
    ],
)
def test_words_behind_a_comma_in_braces_are_told_with_the_whole_text(text, key, whole):
    first = notice_leftovers(parse(text, "f.yaml"))[0]
    assert (first.code, first.severity) == ("shape", "error")
    assert f"'{key}'" in first.message
    assert first.source[first.location.column - 1 :].strip("'").startswith(key)
    assert whole in first.hint


def test_keys_with_a_colon_and_no_value_are_blank_and_nothing_more():
    assert told("a: {b: , c: ~}\nd:\ne: [f, g]\n") == []


def test_a_lone_word_in_braces_is_told():
    assert told("a: {unknown}\n") == [("shape", "error", 1, 5)]
    assert told("a: {b: 1, c}\n") == [("shape", "error", 1, 11)]


class Told(Record):
    """A mapping whose keys are names."""

    ask: Mapping[Ref, str | None] = {}


@pytest.mark.parametrize(
    "text",
    [
        "ask: {desk: When a, what became of it?}\n",
        "ask: {desk: If so, who did it?, boss: ~}\n",
        "ask: {boss: ~, desk: First, then 'this' comes}\n",
    ],
)
def test_a_key_made_of_words_behind_a_comma_is_told_its_way_out(text):
    document = parse(text, "f.yaml")
    _, (told,) = validated(document, Told)
    assert told.hint == "a comma inside { } ends a text; put quotes around the whole text"


# Marks of a merge

SIDES = "<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> anna\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"a: 0\n{SIDES}", 2),
        ("a: 0\n<<<<<<< HEAD\nb: 1\n||||||| base\nb: 0\n=======\nb: 2\n>>>>>>> anna\n", 2),
        ("a: 0\n=======\nb: 2\n>>>>>>> anna\nc: [\n", 2),
        ("a: 0\nb: 1\n=======\nc: 2\n", 3),
        ("a:\n  - x\n  >>>>>>> anna\n  - y\n", 3),
        (SIDES.replace("\n", "\r\n"), 1),
        ("note: |\n  one\n<<<<<<< HEAD\n  two\n=======\n  three\n>>>>>>> anna\n", 3),
        ("<<<<<<<\na: 1\n>>>>>>>\n", 1),
    ],
)
def test_marks_of_a_merge_are_one_error_at_the_first_of_them(text, line):
    found = only(text)
    assert found.code == "merge_marks"
    assert place(found)[1] == line
    assert "git" in found.message
    assert "keep one of the two sides" in found.hint


def test_signs_that_only_look_like_marks_are_text():
    text = "note: |\n  Title\n  =======\n  <<<<<<< not ours\na: '<<<<<<< quoted'\nb: x\n"
    assert parse(text, "f.yaml").data["b"] == "x"


def test_json_with_marks_of_a_merge_is_told_the_same():
    with pytest.raises(DocumentError) as caught:
        parse_json('{\n<<<<<<< HEAD\n"a": 1\n=======\n"a": 2\n>>>>>>> anna\n}', "f.json")
    assert [(p.code, p.location.line) for p in caught.value.problems] == [("merge_marks", 2)]
    assert parse_json(json.dumps({"a": "<<<<<<< HEAD\n======="}), "f.json").data == {"a": "<<<<<<< HEAD\n======="}

"""Documents: every text gives values with places or problems with places, in the words of its author."""

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import only, place, problems_of

from assess.documents import SourceMap, parse, problem, read, reader, resolve
from assess.model.fields import Plain
from assess.problems import DocumentError


def under(document, location):
    """The characters a location points at."""
    return document.lines[location.line - 1][location.column - 1 :][: location.length]


# Values


def test_unquoted_scalars_are_plain_and_quoted_ones_are_texts():
    data = parse("a: no\nb: 'no'\nc: 1.10\nd: |\n  no\n", "f").data
    assert data == {"a": "no", "b": "no", "c": "1.10", "d": "no\n"}
    assert [type(value) for value in data.values()] == [Plain, str, Plain, str]


def test_keys_are_texts_as_written():
    assert list(parse("no: 1\n~: 2\n1.10: 3\ntrue: 4\n'<<': 5\n", "f").data) == ["no", "~", "1.10", "true", "<<"]


@pytest.mark.parametrize("written", ["", " ~", " null", " Null", " NULL"])
def test_empty_values_are_none(written):
    assert parse(f"a:{written}\n", "f").data == {"a": None}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3),
        ("-0", 0),
        ("0o17", 15),
        ("0x1F", 31),
        ("1.50", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("yes", "yes"),
        ("on", "on"),
        ("017", 17),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2026-06-30", "2026-06-30"),
        (".nan", ".nan"),
        ("1e999", "1e999"),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_values_for_fields_that_take_anything_follow_the_core_schema(text, value):
    found = resolve(Plain(text))
    assert found == value
    assert type(found) is type(value)


def test_containers_are_resolved_inside_and_quoted_texts_left_alone():
    assert resolve({"a": [Plain("1"), "1", None], "b": (Plain("true"),)}) == {"a": [1, "1", None], "b": [True]}


# Places


def test_every_key_and_value_has_its_place():
    document = parse("a: b\nlist:\n  - x\n  - {k: 'v w'}\n", "f.yaml")
    assert under(document, document.places["a",]) == "b"
    assert under(document, document.keys["list",]) == "list"
    assert under(document, document.places["list", 0]) == "x"
    assert under(document, document.places["list", 1, "k"]) == "'v w'"
    assert set(document.places) == {(), ("a",), ("list",), ("list", 0), ("list", 1), ("list", 1, "k")}
    assert len(document.places) == 6


def test_columns_count_in_characters_after_an_emoji():
    assert place(only("a: 😀😀 x: y\n")) == ("f.yaml", 1, 8)
    document = parse("{a: 😀é, b: c}\n", "f")
    assert under(document, document.places["b",]) == "c"


def test_windows_line_ends_and_a_byte_order_mark_move_nothing():
    document = parse("\ufeffa: b\r\nc:\r\n  d: e\r\n", "f")
    assert document.data == {"a": "b", "c": {"d": "e"}}
    assert document.lines == ("a: b", "c:", "  d: e", "")
    assert (document.places["c", "d"].line, document.places["c", "d"].column) == (3, 6)


def test_unicode_line_separators_are_ordinary_characters_and_move_nothing():
    document = parse("a: b\u2028c: 'd\u2029e'\nf: g\n".replace("c: ", "c "), "f")
    assert list(document.data) == ["a", "f"]
    assert document.places["f",].line == 2


def test_an_empty_value_is_pointed_at_by_its_key():
    document = parse("title:\n\n\nid: x\n", "f")
    assert under(document, document.places["title",]) == "title"


def test_a_problem_below_what_is_there_points_at_the_nearest_ancestor():
    document = parse("a:\n  b: c\n", "f.yaml")
    found = problem(document, "shape", "wrong", ("a", "b", "x", 3), hint="do", severity="warning")
    assert (place(found), found.source, found.hint, found.severity) == (("f.yaml", 2, 6), "  b: c", "do", "warning")
    assert place(problem(document, "shape", "wrong", ("a", "b"), at_key=True)) == ("f.yaml", 2, 3)
    assert place(problem(document, "shape", "wrong", ("z",), at_key=True)) == ("f.yaml", 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "when: one = two and three > 4\n",
        "when: 'one = two and three > 4'\n",
        'when: "one = two and three > 4"\n',
        "when: >-\n  one = two\n  and three > 4\n",
        "when:\n  one = two\n    and three > 4\n",
        "{when: one = two and three > 4}\n",
    ],
)
def test_a_caret_finds_the_word_inside_a_condition(text):
    document = parse(text, "f")
    sources = SourceMap({"g": (document, ())})
    found = sources.problem(
        "condition", "unknown", "g", "when", offset="one = two and three > 4".find("three"), length=5
    )
    assert under(document, found.location) == "three"


def test_a_caret_at_the_end_of_a_condition_stands_behind_it():
    document = parse("when: a =\n", "f")
    found = SourceMap({"": (document, ())}).problem("condition", "unfinished", "", "when", offset=3, length=1)
    assert place(found) == ("f", 1, 10)


def test_a_caret_in_an_escaped_text_falls_back_to_the_whole_of_it():
    document = parse('when: "a \\x3d b"\n', "f")
    found = SourceMap({"": (document, ())}).problem("condition", "unknown", "", "when", offset=4, length=1)
    assert under(document, found.location) == '"a \\x3d b"'


def test_an_unknown_anchor_gives_a_problem_without_a_place():
    assert SourceMap({}).problem("shape", "wrong", "nowhere").location is None


# What is refused


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", "yaml_duplicate", 3, 1, "'a' already stands in line 1"),
        ("a: &x 1\n", "yaml_feature", 1, 4, "'&x' is an anchor"),
        ("a: *x\n", "yaml_feature", 1, 4, "'*x' is an alias"),
        ("a: !x y\n", "yaml_feature", 1, 4, "'!x' is a tag"),
        ("a: !!str y\n", "yaml_feature", 1, 4, "is a tag"),
        ("<<: {a: b}\n", "yaml_feature", 1, 1, "'<<' would merge"),
        ("a: b\n---\nc: d\n", "yaml_feature", 2, 1, "a second document"),
        ("? [a]\n: b\n", "yaml_feature", 1, 3, "a key must be one word"),
        ("&a b: c\n", "yaml_feature", 1, 1, "a key cannot carry"),
        ("? \n: b\n", "yaml_syntax", 1, 2, "a key is missing"),
        (": b\n", "yaml_syntax", 1, 1, "a key is missing"),
        ("a: " + "[" * 30_000, "yaml_depth", 1, 43, "more than 40 deep"),
        ("", "document_kind", 1, 1, "the file is empty"),
        ("# only a comment\n", "document_kind", 1, 1, "the file is empty"),
        ("- a\n", "shape", 1, 1, "not made of keys"),
        ("a:b\n", "shape", 1, 1, "not made of keys"),
        ("a: \x07\n", "file_encoding", 1, 4, "U+0007"),
        ("a: b\nc: \x85\n", "file_encoding", 2, 4, "U+0085"),
        ("a: \ud800\n", "file_encoding", 1, 4, "U+D800"),
        ("a: b: c\n", "yaml_syntax", 1, 5, "a text with ': ' needs quotes"),
        ("- {a: b: c}\n", "yaml_syntax", 1, 8, "a text with ': ' needs quotes"),
        ("a: 1\n b: 2\n", "yaml_syntax", 2, 3, "indented too far"),
        ("a:\n    b: 1\n  c: 2\n", "yaml_syntax", 3, 3, "indent of this line"),
        ("a:\n\tb: 1\n", "yaml_syntax", 2, 1, "a tab cannot indent"),
        ("a: |\n\tb\n", "yaml_syntax", 2, 1, "a tab cannot indent"),
        ("a: 'open\nb: c\n", "yaml_syntax", 1, 4, "the quote ' opened here"),
        ('a: b\nc: "open\n', "yaml_syntax", 2, 4, 'the quote " opened here'),
        ("a: 'it's'\n", "yaml_syntax", 1, 8, "after its closing quote"),
        ("a: [1, 2\nb: 3\n", "yaml_syntax", 1, 4, "the '[' opened here is not closed by ']'"),
        ("a: {b: c\n", "yaml_syntax", 1, 4, "the '{' opened here is not closed by '}'"),
        ("a: ['b' c]\n", "yaml_syntax", 1, 9, "a comma or the closing ']' is missing"),
        ("a: [b] c\n", "yaml_syntax", 1, 8, "something follows after the closing ']'"),
        ("a: @b\n", "yaml_syntax", 1, 4, "a text that starts with '@' needs quotes"),
        ("a: %b\n", "yaml_syntax", 1, 4, "a text that starts with '%' needs quotes"),
        ("a: *bold* b\n", "yaml_syntax", 1, 4, "a text that starts with '*' needs quotes"),
        ("a: & b\n", "yaml_syntax", 1, 4, "a text that starts with '&' needs quotes"),
        ("a: }\n", "yaml_syntax", 1, 4, "a text that starts with '}' needs quotes"),
        ("%b\n---\na: c\n", "yaml_syntax", 1, 1, "a text that starts with '%' needs quotes"),
        ("%YAML 3.0\n---\na: c\n", "yaml_syntax", 1, 1, "another version of YAML"),
        ("a: b\nccc\nd: e\n", "yaml_syntax", 2, 1, "no colon"),
        ("a: - b\n", "yaml_syntax", 1, 4, "a line of its own"),
        ("a: b\n- c\n", "yaml_syntax", 2, 1, "a list entry cannot stand among keys"),
        ("- a\nb: 1\n", "yaml_syntax", 2, 1, "a key cannot stand among list entries"),
        ('a: "\\q"\n', "yaml_syntax", 1, 5, "no escape"),
        ("a: > 50\n", "yaml_syntax", 1, 4, "a text that starts with '>' needs quotes"),
        ("a: |x\n  b\n", "yaml_syntax", 1, 4, "a text that starts with '|' needs quotes"),
        ("{a: b}}\n", "yaml_syntax", 1, 7, "after the end"),
    ],
)
def test_what_cannot_be_read_is_said_in_the_words_of_the_author(text, code, line, column, words):
    found = only(text)
    assert (found.code, *place(found)) == (code, "f.yaml", line, column)
    assert words in found.message


def test_the_hint_for_a_colon_writes_the_line_anew():
    assert only("  - says: It's so: b\n").hint == "write says: 'It''s so: b'"


def test_a_bomb_of_aliases_is_refused_at_every_alias():
    text = "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    assert [found.location.line for found in problems_of(text)] == [1, 2, 2, 2, 3, 3]


def test_a_self_referring_anchor_ends():
    assert {found.code for found in problems_of("a: &a [*a]\n")} == {"yaml_feature"}


def test_all_problems_up_to_a_syntax_error_are_told():
    assert [found.code for found in problems_of("a: 1\na: 2\nb: 'x\n")] == ["yaml_duplicate", "yaml_syntax"]


def test_nobody_reads_more_than_two_hundred_problems():
    assert len(problems_of("a: 1\n" * 1000)) == 200


def test_the_python_parser_serves_where_libyaml_is_missing(monkeypatch):
    monkeypatch.setattr(reader, "_LOADER", yaml.SafeLoader)
    document = parse("a: [b, 'c']\n", "f")
    assert document.data == {"a": ["b", "c"]}
    assert type(document.data["a"][0]) is Plain
    assert only("a: b: c\n").message == "a text with ': ' needs quotes"
    assert only("a: 'x\n").code == "yaml_syntax"
    assert only("a: " + "[" * 30_000).code == "yaml_depth"


# Any text


def assert_told_well(error, lines=1_000):
    """Every problem has a place inside the text, and words that print."""
    for found in error.problems:
        assert 1 <= found.location.line <= lines
        assert found.location.column >= 1
        assert found.message.isprintable()


@given(st.binary(max_size=200))
def test_any_bytes_give_a_document_or_problems(content):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.yaml")
        path.write_bytes(content)
        try:
            assert isinstance(read(path).data, dict)
        except DocumentError as error:
            assert_told_well(error)


PIECES = [
    *"ab-?:,#&*!|>%@`'\"[]{}\\ \t\n~",
    ": ",
    "- ",
    "\n  ",
    "\n- ",
    "a: ",
    "<<",
    "---",
    "...",
    "\r\n",
    "\ufeff",
    "😀",
    "é",
]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_yamlish_text_gives_a_document_or_problems_inside_it(text):
    try:
        document = parse(text, "f")
    except DocumentError as error:
        assert_told_well(error, len(re.split("\r\n|\r|\n", text)) + 1)
    else:
        assert set(document.keys) < set(document.places)


VALUES = st.recursive(
    st.text("abc 09.é😀", min_size=1, max_size=8).map(str.strip).filter(bool),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


def walked(value, route=()):
    yield route, value
    below = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in below:
        yield from walked(inner, (*route, step))


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), VALUES, max_size=4), st.booleans())
def test_what_is_written_is_read_back_and_every_value_stands_where_it_is_said_to(data, flow):
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, default_style=None, width=1000)
    document = parse(text, "f")
    assert document.data == data
    for route, value in walked(data):
        if isinstance(value, str):
            assert under(document, document.places[route]).strip("'\"") == value

"""JSON texts become documents with a place for everything, and what is wrong with them is said in terms of JSON."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assess.documents import resolve
from assess.documents.json_text import parse_json, read_json
from assess.problems import DocumentError

OBJECT = st.dictionaries(
    st.text(max_size=8),
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=8,
    ),
    max_size=4,
)


def refused(text):
    with pytest.raises(DocumentError) as caught:
        parse_json(text, "f.json")
    return [(p.code, p.message, p.location.line, p.location.column) for p in caught.value.problems]


@given(OBJECT, st.sampled_from([None, 0, 3, "\t"]))
@example({"a": {"b": [1.5, True, None, "x\ty \U0001f600"]}, "": []}, None)
def test_what_json_writes_is_read_back(value, indent):
    assert resolve(parse_json(json.dumps(value, indent=indent), "f.json").data) == value


def test_every_key_and_value_has_its_place():
    found = parse_json('{\n  "a": [true,\n    {"b": "cd"}],\n  "e": 12\n}\n', "f.json")
    places = {route: (p.line, p.column, p.length) for route, p in found.places.items()}
    assert places == {
        (): (1, 1, 1), ("a",): (2, 8, 1), ("a", 0): (2, 9, 4), ("a", 1): (3, 5, 1), ("a", 1, "b"): (3, 11, 4),
        ("e",): (4, 8, 2),
    }  # fmt: skip
    assert (found.keys["a", 1, "b"].line, found.keys["a", 1, "b"].column) == (3, 6)


def test_numbers_and_words_are_plain_and_texts_are_not():
    data = parse_json(r'{"n": 1.50, "yes": true, "no": null, "t": "true", "s": "\/\u00e9\ud83d\ude00"}', "f.json").data
    assert resolve(data) == {"n": 1.5, "yes": True, "no": None, "t": "true", "s": "/é😀"}
    assert data["n"] == "1.50"


def test_a_mark_at_the_start_and_foreign_line_ends_do_no_harm(tmp_path):
    path = tmp_path / "f.json"
    path.write_bytes('\ufeff{"a":\r\n1}'.encode())
    found = read_json(path)
    assert (found.data, found.places["a",].line) == ({"a": "1"}, 2)


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ('{"a": NaN}', "'NaN' is no value of JSON", 1, 7),
        ('{"a": -.5}', "'-.5' is no value of JSON", 1, 7),
        ("{\"a\": 'b'}", "''b'' is no value of JSON", 1, 7),
        ('{"a": 1,}', "no comma may stand before the closing '}'", 1, 8),
        ('{"a": [1,\n]}', "no comma may stand before the closing ']'", 1, 9),
        ('{"a": 1 "b": 2}', "a comma or the closing '}' is missing here", 1, 9),
        ('{"a": [1 2]}', "a comma or the closing ']' is missing here", 1, 10),
        ('{"a" 1}', "a colon is missing after the key", 1, 6),
        ("{a: 1}", "a key in double quotes is missing here", 1, 2),
        ('{"a": }', "a value is missing here", 1, 7),
        ('{"a": [,1]}', "a value is missing here", 1, 8),
        ('{\n"a": [1', "the '[' opened here is never closed", 2, 6),
        ('{"a": 1', "the '{' opened here is never closed", 1, 1),
        ('{"a": "b}', "the quote opened here is never closed", 1, 7),
        ('{"a": "b\nc"}', "a line ends, or a tab stands, inside a text", 1, 9),
        (r'{"a": "\x"}', "this is no escape of JSON", 1, 8),
        (r'{"a": "\u12"}', "this is no escape of JSON", 1, 9),
        ('{"a": 1} {}', "something follows after the end of the document", 1, 10),
    ],
)
def test_complaints_of_json(text, message, line, column):
    assert refused(text) == [("json_syntax", message, line, column)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"a": 1', [("shape", 1), ("json_syntax", 4)]),
        ('{"a": [1}, "b": 2}', [("json_syntax", 9)]),
        (
            '{"a": True, "b": Infinity, "c": 01',
            [("json_syntax", 1), ("json_syntax", 7), ("json_syntax", 18), ("json_syntax", 33)],
        ),
        ('{"a": b: 1}', [("json_syntax", 7)]),
        ('{"a": -Infinity, "a": "\\q"}', [("json_syntax", 7), ("json_syntax", 24)]),
    ],
)
def test_several_mistakes_stand_in_order_of_their_places(text, found):
    assert [(code, column) for code, _, _, column in refused(text)] == found


@pytest.mark.parametrize("text", ['{"a"\n:\n1}', '{"' + "k" * 5000 + '": 1}', '{\t"a"\t:\t1\t}', '{"a": "\u2028"}'])
def test_whatever_json_allows_is_read(text):
    assert resolve(parse_json(text, "f.json").data) == json.loads(text)


def test_nesting_ends_at_forty_and_is_told_where():
    assert parse_json('{"a":' + "[" * 39 + "]" * 39 + "}", "f.json").data
    assert refused('{"a":' + "[" * 40 + "]" * 40 + "}") == [
        ("yaml_depth", "values are nested more than 40 deep here", 1, 45)
    ]
    assert refused('{"a":' + "[" * 100_000)[0][0] == "yaml_depth"


def test_what_can_be_read_over_is_reported_together():
    found = refused('{"a": NaN,\n"b": [1, None,],\n"a": 2}')
    assert [(code, line) for code, _, line, _ in found] == [
        ("json_syntax", 1), ("json_syntax", 2), ("json_syntax", 2), ("yaml_duplicate", 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[1]", "shape"),
        ('"a"', "shape"),
        ("", "json_syntax"),
        ('{"a": \x07}', "file_encoding"),
        ('{"a": ' + "[" * 50 + "]" * 50 + "}", "yaml_depth"),
        ('{"a": "' + "x" * 5_000_000 + '"}', "file_too_large"),
    ],
)
def test_what_is_no_document(text, code):
    assert refused(text)[0][0] == code


def test_nobody_reads_more_than_two_hundred_problems():
    assert len(refused("{" + ",".join(f'"{n}": x' for n in range(300)) + "}")) == 200


@given(st.text(alphabet='{}[]",:1a\\ntrue \n-', max_size=40))
def test_any_text_is_read_as_json_says_or_refused(text):
    try:
        expected = json.loads(text, parse_constant=lambda _: None)
    except ValueError:
        refused(text)
        return
    if not isinstance(expected, dict):
        refused(text)
    elif '"' not in text or all(text.count(f'"{key}"') == 1 for key in expected):
        assert parse_json(text, "f.json").data.keys() == expected.keys()

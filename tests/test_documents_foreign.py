"""Documents: spaces that are none, and files that are something else, are called what they are."""

import io
import zipfile

import pytest
from reading import only, place, problems_of

from assess.documents import parse, read
from assess.documents.json_text import read_json
from assess.documents.writer import dump
from assess.problems import DocumentError

ODD = {
    "\u00a0": "NO-BREAK SPACE (U+00A0)",
    "\u202f": "NARROW NO-BREAK SPACE (U+202F)",
    "\u2007": "FIGURE SPACE (U+2007)",
    "\u3000": "IDEOGRAPHIC SPACE (U+3000)",
    "\u200b": "ZERO WIDTH SPACE (U+200B)",
    "\u2060": "WORD JOINER (U+2060)",
}


def archive(*names):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as held:
        for name in names:
            content = "application/vnd.oasis.opendocument.spreadsheet" if name == "mimetype" else "x"
            held.writestr(name, content)
    return buffer.getvalue()


def refused(path, content, reader=read):
    path.write_bytes(content)
    with pytest.raises(DocumentError) as caught:
        reader(path, "f.yaml")
    (found,) = caught.value.problems
    assert (found.code, *place(found)) == ("file_encoding", "f.yaml", 1, 1)
    return found


# Odd spaces


@pytest.mark.parametrize("sign", ODD)
@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("answers:\n{0}{0}first: x\n", 2, 1),
        ("answers:\n  first: x\n{0} second: y\n  third: z\n", 3, 1),
        ("answers:\n  first: x\n  second:{0}y\n  third: z\n", 3, 10),
        ("answers:\n  first: x\n  second:{0}y\n", 3, 10),
        ("answers:\n  first: x\n  second: {{value:{0}y, note: z}}\n", 3, 18),
        ("answers:\n  first: x\n  second{0}: y\n", 3, 9),
        ("list:\n  -{0}id: x\n    title: X\n", 2, 4),
        ("answers:\n  first: some words\n    {0}second:{0}y\n", 3, 5),
    ],
)
def test_an_odd_space_is_named_in_its_own_line(sign, text, line, column):
    found = only(text.format(sign))
    assert (found.code, *place(found)) == ("yaml_syntax", "f.yaml", line, column)
    assert ODD[sign] in found.message
    assert found.source == text.format(sign).split("\n")[line - 1]


def test_every_line_with_an_odd_space_is_told_and_what_is_wrong_besides():
    text = "a: 1\na: 2\nb:\n\u00a0c: 1\n d:\u202f2\n e: 3\n"
    assert [(p.code, p.location.line) for p in problems_of(text)] == [
        ("yaml_duplicate", 2),
        ("yaml_syntax", 4),
        ("yaml_syntax", 5),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: |\n  un\n  \u00a0deux\nb: x: y\n", "a text with ': ' needs quotes"),
        ("a: le\u00a0total\nb: 'open\n", "the quote ' opened here"),
        ("a: dix\u202f%\nb: [c\n", "the '[' opened here"),
    ],
)
def test_an_odd_space_that_did_no_harm_is_not_blamed(text, words):
    assert only(text).message.startswith(words)


@pytest.mark.parametrize("text", ["Oui\u00a0: non", "10\u202f000", "\u00ab\u00a0Ja\u00a0\u00bb", "a\u200bb"])
def test_odd_spaces_inside_texts_stay(text):
    assert parse(f"a: '{text}'\nb: |\n  {text}\n", "f").data == {"a": text, "b": f"{text}\n"}


@pytest.mark.parametrize("sign", ODD)
def test_what_is_written_with_odd_spaces_is_read_back(sign):
    long = "word " * 20
    data = {f"{sign}a{sign}": f"{sign}b", "c": f"{long}d:{sign}e f:{sign}g {long}", "h": [f"i:{sign}", f"j{sign}:k"]}
    assert parse(dump(data), "f").data == data


# Other files


@pytest.mark.parametrize(
    ("content", "what", "way_out"),
    [
        (archive("xl/workbook.xml"), "an Excel workbook", "tables are not read"),
        (archive("word/document.xml"), "a Word document", "write what it says into a YAML file"),
        (archive("mimetype"), "an OpenDocument spreadsheet", "tables are not read"),
        (archive("answers/a.yaml", "engagement.yaml"), "a zip archive", "unpack it"),
        (archive(), "a zip archive", "unpack it"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document", "as evidence"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "Microsoft Office", "tables are not read"),
        (b"\x1f\x8b\x08\x00abc", "gzip", "unpack it"),
        (b"\x89PNG\r\n\x1a\n", "a picture", "as evidence"),
        ("a: b\n".encode("utf-16"), "UTF-16 text", "save the file as UTF-8"),
        ("a: b\n".encode("utf-16-le"), "UTF-16 text", "save the file as UTF-8"),
        ("a: b\n".encode("utf-16-be"), "UTF-16 text", "save the file as UTF-8"),
        (b"question;answer\r\npurpose;defined\r\nreach;often\r\n", "between semicolons (CSV)", "tables are not read"),
        (b'id,note\na,"one, two"\nb,three\n', "between commas (CSV)", "tables are not read"),
        (b"id\tanswer\na\t1\nb\t2\n", "between tabs (CSV)", "tables are not read"),
        (b"<!DOCTYPE html>\n<html><body>a: b</body></html>\n", "a web page", "write what it says"),
        (b'<?xml version="1.0"?>\n<answers/>\n', "an XML document", "write what it says"),
    ],
)
def test_a_file_that_is_something_else_is_called_what_it_is(tmp_path, content, what, way_out):
    found = refused(tmp_path / "a.yaml", content)
    assert what in found.message
    assert way_out in found.hint


def test_a_workbook_is_no_json_either(tmp_path):
    assert "an Excel workbook" in refused(tmp_path / "a.json", archive("xl/workbook.xml"), read_json).message


@pytest.mark.parametrize("text", ["one, two\n", "a, b\nc: d\n", "a, b\nc\n", "- a, b\n- c, d\n", "a;b\nc;d;e\n"])
def test_words_with_commas_are_no_table(text):
    assert all("(CSV)" not in found.message for found in problems_of(text))


# Entries and depth


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("list:\n  - id: a\n    title: A\n    id: b\n    title: B\n", [4]),
        ("list:\n  - id: a\n    title: A\n    id: b\n    title: B\n    id: c\n    title: C\n", [4, 6]),
        ("list:\n  - {key: a, label: A, key: b, label: B}\n", [2]),
    ],
)
def test_a_missing_dash_is_told_once_for_every_entry_that_lacks_it(text, lines):
    found = problems_of(text)
    assert [(p.code, p.location.line) for p in found] == [("yaml_duplicate", line) for line in lines]
    assert all(p.hint.startswith("write '- ") for p in found)


def test_a_key_that_is_no_entrys_first_is_only_there_twice():
    (found,) = problems_of("list:\n  - id: a\n    title: A\n    title: B\n")
    assert found.hint == "keep one of the two"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a: " + "[" * 50, "close the brackets above"),
        ("a: " + "{b: " * 50, "close the brackets above"),
        ("\n".join("  " * depth + "a:" for depth in range(50)), "hang what is below here further up"),
        (
            "\n".join("  " * depth + "a:" for depth in range(39)) + " {b: {c: d}}\n",
            "hang what is below here further up",
        ),
        ("\n".join("  " * depth + "-" for depth in range(50)), "hang what is below here further up"),
    ],
)
def test_what_is_nested_too_deep_is_not_told_to_close_brackets_that_are_not_there(text, hint):
    assert problems_of(text)[-1].hint == hint

"""Documents from files: which are refused, and where bytes that are no text stand."""

import os
from pathlib import Path

import pytest
from reading import only, place

from assess.documents import read, reader
from assess.problems import DocumentError


def failure(path, name=None):
    with pytest.raises(DocumentError) as caught:
        read(path, name)
    (found,) = caught.value.problems
    return found


def test_a_file_is_shown_by_the_name_it_is_given(tmp_path):
    (tmp_path / "a.yaml").write_text("a: b\n", encoding="utf-8")
    assert read(tmp_path / "a.yaml").name == str(tmp_path / "a.yaml")
    assert read(tmp_path / "a.yaml", "short").places["a",].file == "short"


def test_a_missing_file_a_folder_and_a_device_are_refused(tmp_path):
    assert "no such file" in failure(tmp_path / "none.yaml", "none.yaml").message
    assert "is a folder" in failure(tmp_path).message
    assert "not an ordinary file" in failure(Path(os.devnull)).message
    assert failure(Path("a\0b")).message == "'a\\x00b' cannot be read: not a file name"
    assert {failure(tmp_path).code, failure(Path("x" * 5000)).code} == {"file_missing"}


def test_an_unreadable_file_is_refused(tmp_path, monkeypatch):
    (tmp_path / "a.yaml").write_text("a: b\n", encoding="utf-8")

    def forbidden(*_arguments, **_settings):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    assert "permission denied" in failure(tmp_path / "a.yaml", "a.yaml").message


def test_a_huge_file_is_refused(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"a: " + b"x" * reader.MAX_BYTES)
    assert failure(tmp_path / "a.yaml").code == "file_too_large"
    assert only("a: " + "x" * reader.MAX_BYTES).code == "file_too_large"


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b"a: caf\xe9\n", 1, 7),
        (b"\xef\xbb\xbfa: b\r\nc: \xf0\x9f\x98\x80\xff\r\n", 2, 5),
        ("a: b\n".encode("utf-16"), 1, 1),
        (b"a: \xed\xa0\x80\n", 1, 4),
    ],
)
def test_bytes_that_are_not_utf_8_have_a_place(tmp_path, content, line, column):
    (tmp_path / "a.yaml").write_bytes(content)
    found = failure(tmp_path / "a.yaml", "f.yaml")
    assert (found.code, *place(found)) == ("file_encoding", "f.yaml", line, column)

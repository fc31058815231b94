"""Which importer reads a source, and what all of them share: names, texts and keys that are not read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from importing import LENS, refusal, said, samm_parts, write_lens, write_samm

from assess.importers import IMPORTERS, Wish, import_rubric, kind_of
from assess.importers.names import UniqueNames, Wordings, make_id, notes
from assess.model.fields import RESERVED
from assess.problems import DocumentError


def test_a_folder_is_a_samm_model_and_a_file_a_lens(tmp_path):
    assert kind_of(write_samm(tmp_path / "core")) == "samm"
    assert kind_of(write_lens(tmp_path / "own.json", LENS)) == "lens"
    assert {importer.title for importer in IMPORTERS.values()} == {
        "OWASP SAMM core model", "AWS Well-Architected custom lens",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["nowhere", "no\0where"])
def test_a_source_that_is_not_there_is_refused(tmp_path, name):
    with pytest.raises(DocumentError) as caught:
        kind_of(tmp_path / name)
    (found,) = caught.value.problems
    assert found.code == "file_missing"
    assert found.hint


def test_a_kind_that_does_not_fit_is_refused_in_words(tmp_path):
    (found,) = refusal(write_samm(tmp_path / "core"), kind="lens")
    assert (found.code, "a folder" in found.message) == ("file_missing", True)
    (found,) = refusal(write_lens(tmp_path / "own.json", LENS), kind="samm")
    assert found.code == "import_format"


def test_what_no_rubric_can_hold_is_refused_in_words(tmp_path):
    """Here a version of signs that nobody sees; without them nothing is left of it."""
    (found,) = refusal(write_lens(tmp_path / "own.json", LENS), wish=Wish(version="\u200b"))
    assert (found.code, found.location.file) == ("import_format", str(tmp_path / "own.json"))
    assert found.message.startswith("no rubric can be made of it: version:")


def test_keys_that_are_not_read_are_said_once_with_how_often(tmp_path):
    parts = samm_parts()
    for name in ("SO1A", "SO1B", "SO2A"):
        parts[f"activities/{name}"]["tittle"] = "x"
    parts["activities/SO2B"]["tittle"] = None
    found = import_rubric(write_samm(tmp_path, parts)).problems
    words = "the key 'tittle' is not read; did you mean 'title'?, here and 2 more times"
    assert ("warning", words) in said(found, "import_left_out")


@given(st.lists(st.text(max_size=60), max_size=12), st.sampled_from(["", "q_"]), st.sampled_from(["", "_risk"]))
def test_names_are_ids_nobody_has(texts, prefix, suffix):
    names = UniqueNames()
    found = [names.take(text, prefix, suffix) for text in texts]
    assert len({*found}) == len(found)
    for name in found:
        assert len(name) <= 40
        assert name not in RESERVED
        assert name[0].isalpha()
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789_")


def test_a_name_depends_on_its_id_alone_unless_two_ids_differ_in_case_only():
    assert UniqueNames().take("1e005e11-997F", "q_") == "q_1e005e11_997f"
    assert UniqueNames().take("PERF1") == "perf1"
    names = UniqueNames()
    first, second, third = (names.take(text) for text in ("Perf1", "PERF1", "Perf1"))
    assert (first, third) == ("perf1", "perf1_2")
    assert second.startswith("perf1_")
    others = UniqueNames()
    assert [others.take("perf1"), others.take("PERF1")] == [first, second]


def test_wordings_stay_apart():
    wordings = Wordings()
    assert wordings.take("How  are\nyou?", "a") == ("How are you?", False)
    assert wordings.take("how are YOU?", "b") == ("how are YOU? (b)", True)


@pytest.mark.parametrize(
    ("title", "found"), [("My Lens 2.0!", "my_lens_2_0"), ("42", ""), ("yes", ""), ("a" * 60, "a" * 40), ("Ünß", "n")]
)
def test_a_title_becomes_an_id_where_it_can(title, found):
    assert make_id(title) == found


def test_notes_end_where_no_text_of_a_rubric_may_go_on():
    assert notes("a", "", "b") == "a\n\nb"
    assert len(notes("x" * 30_000)) <= 20_000


FOREIGN = {
    "library.yaml": b"urn: urn:example:one\nframework: {name: One}\n",
    "controls.csv": b"id,title\nA,One\nB,Two\n",
    "controls.json.txt": b"Controls\n",
    "book.xlsx": b"PK\x03\x04xl/workbook.xml",
    "page.html": b"<!DOCTYPE html>\n<p>One</p>\n",
    "list.json": b'[{"id": "one"}]',
    "other.json": b'{"controls": []}',
}


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("library.yaml", "is neither a SAMM core model nor a custom lens, but a file that is no JSON"),
        ("controls.csv", "but a table of values between commas (CSV)"),
        ("controls.json.txt", "but a file that is no JSON"),
        ("book.xlsx", "the file is an Excel workbook"),
        ("page.html", "but a web page (HTML)"),
        ("other.json", "the file is no custom lens: it has no 'pillars'"),
    ],
)
def test_a_file_of_another_tool_is_refused_in_one_error_that_says_what_is_read(tmp_path, name, what):
    (tmp_path / name).write_bytes(FOREIGN[name])
    (found,) = refusal(tmp_path / name)
    assert what in found.message
    assert "SAMM core model" in found.hint
    assert "lens" in found.hint


@pytest.mark.parametrize(
    "files",
    [
        {"a.yaml": "Build:\n  One: {risk: &r Any}\n  Two: {risk: *r}\n", "b.yaml": "- x: [\n"},
        {"a.yaml": "title: One\n", "b.yml": "type: Chapter\n"},
        {"deep/a.yaml": "function: {type: Function}\n"},
        {"notes.txt": "type: Function\n"},
        {},
    ],
)
def test_a_folder_of_another_tool_is_refused_in_one_error_whatever_is_wrong_with_its_files(tmp_path, files):
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (found,) = refusal(tmp_path)
    assert (found.code, found.location.file) == ("import_format", str(tmp_path))
    assert "is no SAMM core model" in found.message


@pytest.mark.parametrize("text", ["type: Function\nid: [\n", '"type": "Practice"\n  x\n', "id: a\ntype : Stream\n"])
def test_a_broken_part_of_a_model_is_still_told_what_is_wrong_with_it(tmp_path, text):
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    assert "import_format" not in {found.code for found in refusal(tmp_path)}

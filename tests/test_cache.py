"""The cache: what was worked out once is found again, and nothing else ever is."""

import os
import pickle

import pytest

from assess import cache, workflow
from assess.problems import DocumentError


class Maker:
    """Makes something, and remembers how often."""

    def __init__(self):
        self.times = 0

    def __call__(self):
        self.times += 1
        return {"made": self.times}


@pytest.fixture
def folder(tmp_path):
    token = cache._KEPT_IN.set(tmp_path / "kept")
    yield tmp_path / "kept"
    cache._KEPT_IN.reset(token)


def test_the_same_state_is_found_again_and_another_is_made_anew(folder):
    make = Maker()
    states = ("a", "a", "b", "b", "a")
    assert [cache.cached("x", lambda s=state: s, make)["made"] for state in states] == [1, 1, 2, 2, 3]
    assert cache.cached("y", lambda: "a", make)["made"] == 4
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize("spoil", [b"", b"\x00" * 40, pickle.dumps("something else")])
def test_what_was_spoiled_is_made_anew(folder, spoil):
    make = Maker()
    cache.cached("x", lambda: "a", make)
    (file,) = folder.iterdir()
    file.write_bytes(spoil)
    assert [cache.cached("x", lambda: "a", make)["made"] for _ in range(2)] == [2, 2]
    file.write_bytes(file.read_bytes()[:-3])
    assert cache.cached("x", lambda: "a", make)["made"] == 3


@pytest.mark.skipif(os.name == "nt", reason="other rights")
def test_a_folder_that_others_may_write_to_is_not_used(folder):
    make = Maker()
    cache.cached("x", lambda: "a", make)
    folder.chmod(0o777)
    assert [cache.cached("x", lambda: "a", make)["made"] for _ in range(2)] == [2, 3]


@pytest.mark.usefixtures("folder")
def test_another_program_finds_nothing(monkeypatch):
    make = Maker()
    cache.cached("x", lambda: "a", make)
    monkeypatch.setattr(cache, "_program", lambda: "edited")
    assert cache.cached("x", lambda: "a", make)["made"] == 2


def test_a_folder_that_cannot_be_made_is_done_without(folder):
    folder.write_text("")
    make = Maker()
    assert [cache.cached("x", lambda: "a", make)["made"] for _ in range(2)] == [1, 2]


def test_what_is_raised_is_not_kept(folder):
    def fail():
        return 1 / 0

    with pytest.raises(ZeroDivisionError):
        cache.cached("x", lambda: "a", fail)
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("folder")
def test_a_sound_rubric_is_checked_once_until_it_is_edited(place, monkeypatch):
    path = place.rubrics / "small.yaml"
    first = workflow.load_rubric(path)
    times = []
    monkeypatch.setattr(workflow, "validate", lambda *_: times.append(1) or ())
    assert workflow.load_rubric(path) == first
    assert times == []
    place.edit("rubrics/small.yaml", "How complaints are answered", "How complaints are heard")
    assert workflow.load_rubric(path).title == "How complaints are heard"
    assert times == [1]


@pytest.mark.usefixtures("folder")
def test_the_mistakes_of_a_rubric_are_found_each_time(place):
    place.edit("rubrics/small.yaml", "lifted_by: [i01]", "lifted_by: [i09]")
    for _ in range(2):
        with pytest.raises(DocumentError):
            workflow.load_rubric(place.rubrics / "small.yaml")


def test_the_program_keeps_its_results_where_the_user_keeps_such_things(run, tmp_path, monkeypatch):
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "own"))
    assert run("rubric", "show", "small").exit_code == 0
    assert [file.suffix for file in (tmp_path / "own" / "social-assess").iterdir()] == [".kept"]


def test_what_changed_while_it_was_read_is_not_kept(folder):
    make, states = Maker(), iter(["a", "b", "a", "a", "a"])
    assert [cache.cached("x", lambda: next(states), make)["made"] for _ in range(3)] == [1, 2, 2]
    assert len(list(folder.iterdir())) == 1


@pytest.mark.usefixtures("folder")
def test_a_rubric_that_is_saved_between_two_readings_is_never_taken_for_its_older_self(place, monkeypatch):
    path, whole = place.rubrics / "small.yaml", workflow.load
    before = path.read_text()

    def load_and_save(path):
        path.write_text(before.replace("How complaints are answered", "Saved meanwhile"))
        return whole(path)

    monkeypatch.setattr(workflow, "load", load_and_save)
    assert workflow.load_rubric(path).title == "Saved meanwhile"
    monkeypatch.setattr(workflow, "load", whole)
    path.write_text(before)
    assert [workflow.load_rubric(path).title for _ in range(2)] == ["How complaints are answered"] * 2


def test_one_wrong_bit_anywhere_in_what_was_kept_is_noticed(folder):
    make = Maker()
    cache.cached("x", lambda: "a", make)
    (file,) = folder.iterdir()
    content = file.read_bytes()
    for place in range(len(content)):
        file.write_bytes(content[:place] + bytes([content[place] ^ 1 << place % 8]) + content[place + 1 :])
        assert cache.cached("x", lambda: "a", make)["made"] == place + 2


def test_a_name_that_is_not_utf_8_is_a_name(folder):
    make = Maker()
    assert [cache.cached("r\udcff", lambda: "a\udcff", make)["made"] for _ in range(2)] == [1, 1]
    assert len(list(folder.iterdir())) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
def test_what_is_no_file_is_not_waited_for(folder):
    make = Maker()
    cache.cached("x", lambda: "a", make)
    (file,) = folder.iterdir()
    file.unlink()
    os.mkfifo(file)
    assert cache.cached("x", lambda: "a", make)["made"] == 2

"""Rubrics as they were in a revision of git: read without a work tree, refused with a way out."""

import os
import shutil
import subprocess

import pytest
from versions import OLD

from assess.authoring import revisions
from assess.authoring.revisions import rubric_at
from assess.problems import DocumentError

with_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
PERSON = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z"}
PERSON |= {name.replace("AUTHOR", "COMMITTER"): value for name, value in PERSON.items()}
PERSON |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
PRINCIPLE = "assess: principle/1\nid: more\ntitle: More\nquestions: [{id: m, type: yesno, text: M?}]\n"


def git(place, *words):
    environment = {**os.environ, **PERSON}
    subprocess.run(["git", *words], cwd=place, env=environment, check=True, capture_output=True)


@pytest.fixture
def kept(tmp_path):
    """A repository with the tag `one`; what stands there now is another version."""
    folder = tmp_path / "sub" / "desk"
    (folder / "parts").mkdir(parents=True)
    (folder / "rubric.yaml").write_text(OLD, encoding="utf-8")
    (folder / "parts" / "more.yaml").write_text(PRINCIPLE, encoding="utf-8")
    (folder / "README.md").write_text("no part of it", encoding="utf-8")
    (folder / ".draft.yaml").write_text("[", encoding="utf-8")
    (tmp_path / "one.yaml").write_text(OLD, encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "one")
    git(tmp_path, "tag", "one")
    (folder / "rubric.yaml").write_text(OLD.replace('"1.0"', '"1.1"'), encoding="utf-8")
    return tmp_path


def refusal(name, here):
    with pytest.raises(DocumentError) as caught:
        rubric_at(name, (), here)
    return caught.value.problems[0]


@with_git
def test_a_folder_of_a_revision_is_read_as_it_was_with_the_hash_it_had(kept):
    then, now = rubric_at("one:sub/desk", (), kept), rubric_at("sub/desk", (), kept)
    assert (then.version, now.version) == ("1.0", "1.1")
    assert [node.id for node in then.principles] == ["pace", "more"]
    (kept / "sub" / "desk" / "rubric.yaml").write_text(OLD, encoding="utf-8")
    assert rubric_at("sub/desk", (), kept).hash == then.hash
    assert rubric_at("HEAD:sub/desk/", (), kept).hash == then.hash


@with_git
def test_paths_start_at_the_top_or_with_a_point_where_one_stands(kept):
    below = kept / "sub"
    assert rubric_at("one:sub/desk", (), below).hash == rubric_at("one:./desk", (), below).hash
    assert rubric_at("one:one.yaml", (), below).version == "1.0"


@with_git
@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("two:sub/desk", "git knows no revision 'two' here", "git tag"),
        ("one:desk", "the revision 'one' has no 'desk'", "begin with ./"),
        ("one:../x", "the revision 'one' has no '../x'", "begin with ./"),
        (":sub/desk", "'' is no revision", "REV:PATH"),
        ("--all:sub/desk", "'--all' is no revision", "REV:PATH"),
        ("one^{tree}:sub/desk", "git knows no revision 'one^{tree}' here", "git tag"),
        ("a\0b:c", "git knows no revision", "git tag"),
    ],
)
def test_what_git_does_not_know_is_refused_with_a_way_out(kept, name, message, hint):
    problem = refusal(name, kept)
    assert problem.code == "revision"
    assert message in problem.message
    assert hint in problem.hint


@with_git
def test_outside_of_a_repository_there_are_no_revisions(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert "git knows no revision 'HEAD' here" in refusal("HEAD:desk", tmp_path).message


@with_git
def test_mistakes_in_a_revision_stand_at_its_paths(kept):
    (kept / "sub" / "desk" / "rubric.yaml").write_text(OLD.replace("weight: 0", "wieght: 0"), encoding="utf-8")
    (kept / "one.yaml").write_text("assess: [\n", encoding="utf-8")
    git(kept, "commit", "--quiet", "-a", "-m", "two")
    problem = refusal("HEAD:sub/desk", kept)
    assert (problem.location.file, problem.code) == ("HEAD:sub/desk/rubric.yaml", "unknown_key")
    assert refusal("HEAD:one.yaml", kept).location.file == "HEAD:one.yaml"
    assert refusal("HEAD:sub/desk/parts", kept).message == "no file of 'HEAD:sub/desk/parts' says 'assess: rubric/1'"


@with_git
@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_in_a_revision_are_not_followed(kept):
    (kept / "sub" / "desk" / "link.yaml").symlink_to(kept / "one.yaml")
    git(kept, "add", ".")
    git(kept, "commit", "--quiet", "-m", "link")
    problem = refusal("HEAD:sub/desk", kept)
    assert "'link.yaml' is a link or another repository" in problem.message
    assert "git worktree add" in problem.hint


@with_git
def test_a_path_that_is_there_wins_over_a_revision(kept):
    (kept / "one:sub").mkdir()
    shutil.copytree(kept / "sub" / "desk", kept / "one:sub" / "desk")
    assert rubric_at("one:sub/desk", (), kept).version == "1.1"


def test_without_git_a_revision_is_refused_and_a_folder_is_not(tmp_path, monkeypatch):
    monkeypatch.setattr(revisions.shutil, "which", lambda _: None)
    (tmp_path / "one.yaml").write_text(OLD, encoding="utf-8")
    assert rubric_at("one.yaml", (), tmp_path).version == "1.0"
    problem = refusal("HEAD:one.yaml", tmp_path)
    assert problem.message == "git was not found; a revision cannot be read without it"
    assert "name its folder" in problem.hint


def test_git_that_hangs_is_not_waited_for(tmp_path, monkeypatch):
    def slow(*_words, **_settings):
        raise subprocess.TimeoutExpired("git", 1)

    monkeypatch.setattr(revisions.shutil, "which", lambda _: "git")
    monkeypatch.setattr(revisions.subprocess, "run", slow)
    assert "did not answer" in refusal("HEAD:x", tmp_path).message


def test_a_repository_that_cannot_be_read_is_refused(tmp_path, monkeypatch):
    answers = {"rev-parse": b"abc\n", "cat-file": None}
    monkeypatch.setattr(revisions, "_git", lambda words, _here: answers[words[0]])
    assert "git could not read it" in refusal("HEAD:x", tmp_path).message

"""Written files: whole or not at all, never over somebody's edits, and only where a file can stand."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from assess.cli.files import write_whole
from assess.cli.output import align_columns, counted_problems, problem_github, problem_text
from assess.problems import DocumentError, Location, Problem
from assess.render import is_untouched


@pytest.fixture
def out(place):
    return place.root / "roadmap.md"


def test_an_own_file_is_replaced_and_an_edited_one_is_not(run, place, out):
    assert run("report", place.org, "-o", out).exit_code == 0
    first = out.read_bytes()
    place.edit("org/answers/boss.yaml", "mend_cause: defined", "mend_cause: practised")
    assert run("report", place.org, "-o", out).exit_code == 0
    assert out.read_bytes() != first
    edited = out.read_text(encoding="utf-8").replace("[ ]", "[x]", 1)
    out.write_text(edited, encoding="utf-8", newline="\n")
    found = run("report", place.org, "-o", out)
    assert found.exit_code == 1
    assert "was edited since it was written" in found.stderr
    assert "--force" in found.stderr
    assert out.read_text(encoding="utf-8") == edited
    assert run("report", place.org, "-o", out, "--force").exit_code == 0
    assert is_untouched(out.read_text(encoding="utf-8"))


def kept(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if ".edited-" in path.name}


def test_what_was_edited_is_kept_beside_what_force_writes(run, place, out):
    run("report", place.org, "-o", out)
    versions = [out.read_bytes() + note for note in (b"Anna does it.\n", b"Ben does it.\n", b"\xff\xfe")]
    for edited in (*versions, versions[0]):
        out.write_bytes(edited)
        found = run("report", place.org, "-o", out, "--force")
        (line,) = [line for line in found.stderr.splitlines() if " is kept as " in line]
        assert line.startswith(f"the edited {out} is kept as {out.parent}/roadmap.edited-")
        assert Path(line.rpartition(" is kept as ")[2]).read_bytes() == edited
        assert is_untouched(out.read_text(encoding="utf-8"))
    assert sorted(kept(out.parent).values()) == sorted(versions)


def test_what_was_kept_before_is_never_overwritten(run, place, out):
    out.write_bytes(b"First\n")
    run("report", place.org, "-o", out, "--force")
    ((name, _),) = kept(out.parent).items()
    (out.parent / name).write_bytes(b"Somebody's own\n")
    out.write_bytes(b"First\n")
    assert run("report", place.org, "-o", out, "--force").exit_code == 0
    assert sorted(kept(out.parent).values()) == [b"First\n", b"Somebody's own\n"]


@pytest.mark.parametrize("content", [None, b""])
def test_what_was_not_edited_is_not_kept(run, place, out, content):
    if content is None:
        run("report", place.org, "-o", out)
    else:
        out.write_bytes(content)
    assert run("report", place.org, "-o", out, "--force").exit_code == 0
    assert kept(out.parent) == {}


def test_nothing_is_replaced_where_the_edited_file_cannot_be_kept(run, place, out, monkeypatch):
    out.write_bytes(b"Mine\n")
    monkeypatch.setattr("tempfile.mkstemp", refuse)
    found = run("report", place.org, "-o", out, "--force")
    assert (found.exit_code, "cannot be written" in found.stderr) == (1, True)
    assert out.read_bytes() == b"Mine\n"


def refuse(**_):
    raise OSError(28, "No space left on device")


def test_an_empty_file_holds_nothing_to_lose(run, place, out):
    out.touch()
    assert run("report", place.org, "-o", out).exit_code == 0
    assert is_untouched(out.read_text(encoding="utf-8"))


def test_a_file_of_others_is_not_replaced(run, place):
    for name, content in (("engagement.yaml", None), ("note.md", b"# Mine\n"), ("picture.md", b"\xff\xfe")):
        path = place.org / name
        if content:
            path.write_bytes(content)
        before = path.read_bytes()
        assert run("report", place.org, "-o", path).exit_code == 1
        assert path.read_bytes() == before


def test_a_file_with_the_line_ends_of_another_system_is_still_its_own(run, place, out):
    run("report", place.org, "-o", out)
    out.write_bytes(out.read_bytes().replace(b"\n", b"\r\n"))
    assert run("report", place.org, "-o", out).exit_code == 0


def test_a_place_where_no_file_can_stand(run, place):
    (place.root / "file").write_text("x", encoding="utf-8")
    (place.root / "folder.md").mkdir()
    for path, words in [
        (place.root / "folder.md", "it is a folder"),
        (place.root / "file" / "papers", "not a directory"),
        (place.root / "missing" / "roadmap.md", "there is no folder"),
        (place.root / "file" / "roadmap.md", "there is no folder"),
        (Path(os.devnull), "it is not an ordinary file"),
        (place.root / ("x" * 300), "file name too long"),
    ]:
        found = run("report", place.org, "-o", path)
        assert found.exit_code == 1, path
        assert words in found.stderr
        assert "(file_unwritable)" in found.stderr
        assert "-> " in found.stderr
    assert not (place.root / "missing").exists()


def test_a_file_that_cannot_take_its_place_leaves_nothing_behind(tmp_path):
    target = tmp_path / "roadmap.md"
    target.mkdir()
    (target / "inside").touch()
    with pytest.raises(DocumentError):
        write_whole(target, "new")
    assert sorted(tmp_path.iterdir()) == [target]


def test_a_write_that_is_interrupted_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    target = tmp_path / "roadmap.md"
    target.write_text("old", encoding="utf-8")

    def interrupted(_):
        raise KeyboardInterrupt

    for step in ("fsync", "umask"):
        with monkeypatch.context() as during:
            during.setattr(os, step, interrupted)
            with pytest.raises(KeyboardInterrupt):
                write_whole(target if step == "fsync" else tmp_path / "new.md", "new")
        assert target.read_text(encoding="utf-8") == "old"
        assert sorted(tmp_path.iterdir()) == [target]


def test_a_text_that_cannot_be_encoded_leaves_the_old_file(tmp_path):
    target = tmp_path / "roadmap.md"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        write_whole(target, "\ud800")
    assert sorted(tmp_path.iterdir()) == [target]
    assert target.read_text(encoding="utf-8") == "old"


def test_the_permissions_of_a_file_are_kept_and_a_new_one_gets_the_usual_ones(tmp_path):
    target = tmp_path / "roadmap.md"
    write_whole(target, "one\n")
    usual = tmp_path / "usual"
    usual.touch()
    assert stat.S_IMODE(target.stat().st_mode) == stat.S_IMODE(usual.stat().st_mode)
    target.chmod(0o640)
    write_whole(target, "two\n")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert target.read_bytes() == b"two\n"


def test_a_link_is_followed_and_stays_a_link(tmp_path):
    (tmp_path / "real.md").write_text("old", encoding="utf-8")
    link = tmp_path / "link.md"
    link.symlink_to("real.md")
    write_whole(link, "new")
    assert link.is_symlink()
    assert (tmp_path / "real.md").read_text(encoding="utf-8") == "new"


# The program with a standard output that takes nothing: not every system has a device that is always full.
FULL = """
import errno, io, sys
from assess.cli import main

class Full(io.RawIOBase):
    def writable(self):
        return True

    def write(self, data):
        raise OSError(errno.ENOSPC, "No space left on device")

sys.stdout = io.TextIOWrapper(io.BufferedWriter(Full()))
main()
"""


def test_a_full_standard_output_is_an_error_without_a_traceback(place):
    words = ["report", str(place.org), "--rubrics", str(place.rubrics)]
    runs = [subprocess.run([sys.executable, "-c", FULL, *words], capture_output=True, text=True, check=False)]
    device = Path("/dev/full")
    if device.exists():
        with device.open("w") as full:
            command = [sys.executable, "-m", "assess", *words]
            runs.append(subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False))
    assert {done.returncode for done in runs} == {1}
    assert {done.stderr for done in runs} == {"error: standard output cannot be written: no space left on device\n"}


def test_a_problem_is_printed_with_its_line_a_caret_and_the_way_out():
    found = Problem("answer", "'x' is not an answer", Location("a.yaml", 3, 4, 1), "write y", source="\tq: x")
    assert (
        problem_text(found) == "a.yaml:3:4: error: 'x' is not an answer (answer)\n    \tq: x\n    \t  ^\n    -> write y"
    )
    assert problem_text(Problem("answer", "no", severity="note")) == "note: no (answer)"


def test_a_very_long_line_is_not_printed_whole():
    found = Problem("answer", "no", Location("a.yaml", 1, 500, 1), source="x" * 1000)
    head, line, caret = problem_text(found).splitlines()
    assert (head, len(line), caret.strip()) == ("a.yaml:1:500: error: no (answer)", 166, "^")


def test_an_annotation_cannot_be_broken_by_what_it_says():
    found = Problem("answer", "50%\n::error::x", Location("a,b:c.yaml", 1, 2), severity="warning")
    assert problem_github(found) == "::warning file=a%2Cb%3Ac.yaml,line=1,col=2,title=answer::50%25\\n::error::x"


def test_problems_are_counted_by_severity():
    found = [Problem("answer", "a"), Problem("answer", "b"), Problem("draft", "c", severity="warning")]
    assert counted_problems(found) == "2 errors, 1 warning"
    assert counted_problems([]) == "no problems"


def test_a_table_is_aligned_and_empty_columns_are_left_out():
    rows = [("name", "none", "n"), ("a", "", "1"), ("long", "", "100")]
    assert align_columns(rows, right=frozenset({2})) == "name    n\na       1\nlong  100"
    assert align_columns([("only", "heading")]) == "only  heading"


@pytest.mark.parametrize(
    "written",
    [
        "assessed_on: 2026-13-01 \x1b]0;PWNED\x07\x1b[2J",
        "assessed_on: 2026-13-01 \u202eabc",
        "assessed_on: 2026-13-01 \u2066x \x9b31m \x85",
        "assessed_on: \u200b2026-13-01",
    ],
)
def test_the_line_under_a_message_is_shown_without_what_steers_a_terminal(run, place, written):
    path = place.org / "engagement.yaml"
    text = re.sub("assessed_on: .*", lambda _: written, path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    found = run("check", place.org)
    assert found.exit_code == 1
    assert all(line.isprintable() for line in (found.stdout + found.stderr).split("\n"))
    assert "    assessed_on: " in found.stdout + found.stderr


def test_the_caret_stands_below_what_is_meant_also_behind_signs_that_are_not_seen():
    source = "a\x1b\t\u202eb: bad\x1b!"
    shown = problem_text(Problem("answer", "no", Location("a.yaml", 1, 8, 4), source=source)).split("\n")
    assert shown[1] == "    a\\x1b\t\\u202eb: bad\\x1b!"
    assert shown[2] == f"{' ' * 9}\t{' ' * 9}{'^' * 7}"


@pytest.mark.skipif(os.name == "nt", reason="closed streams are another thing there")
@pytest.mark.parametrize(
    ("closed", "command", "code", "said"),
    [
        ([1], "score", 1, "standard output cannot be written: it is closed"),
        ([1, 2], "score", 1, ""),
        ([2], "score", 0, ""),
        ([2], "report", 0, ""),
        ([1], "report", 0, "written"),
        ([0, 1, 2], "report", 0, ""),
        ([0], "check", 0, ""),
    ],
)
def test_a_closed_stream_is_no_fault_of_the_documents(place, closed, command, code, said):
    out = place.root / "out.md"
    argv = [
        command,
        str(place.org),
        "--rubrics",
        str(place.rubrics),
        *(["-o", str(out)] if command == "report" else []),
    ]
    command_line = "[sys.executable, '-m', 'assess', *sys.argv[1:]]"
    program = f"import os, sys; [os.close(n) for n in {closed}]; os.execv(sys.executable, {command_line})"
    ended = subprocess.run([sys.executable, "-c", program, *argv], capture_output=True, text=True, check=False)
    assert ended.returncode == code
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert out.exists() is (command == "report")
    assert command != "report" or is_untouched(out.read_text(encoding="utf-8"))


@pytest.mark.parametrize("column", [1, 40, 200, 395, 397])
def test_of_a_long_line_the_part_around_the_place_is_shown(column):
    source = "".join(f"{place:04}" for place in range(100))
    shown = problem_text(Problem("shape", "m", Location("f.yaml", 3, column, 4), source=source))
    _, line, caret = shown.splitlines()
    assert len(line) <= 170
    start = caret.index("^")
    assert line[start : start + caret.count("^")] == source[column - 1 : column + 3]
    assert (line.strip()[0] == "\u2026", line[-1] == "\u2026") == (column > 40, column < 300)


def test_a_short_line_is_shown_whole():
    shown = problem_text(Problem("shape", "m", Location("f.yaml", 1, 4, 2), source="a: bc"))
    assert shown.splitlines()[1:] == ["    a: bc", "       ^^"]

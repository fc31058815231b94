"""Bad input, end to end: a clear error with the place and the way out, exit code 1, and the old output as it was."""

import pytest

from assess.render import seal

BOMB = "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n"


def refused(run, place, org=None):
    """What each command says about an engagement it cannot use, after checking that nothing was written."""
    org = place.org if org is None else org
    out = place.root / "roadmap.md"
    out.write_text(seal("old\n"), encoding="utf-8", newline="\n")
    before = sorted(place.root.rglob("*"))
    said = [run(*words) for words in (["report", org, "-o", out], ["check", org], ["score", org], ["explain", org])]
    assert [found.exit_code for found in said] == [1, 1, 1, 1]
    assert out.read_text(encoding="utf-8") == seal("old\n")
    assert sorted(place.root.rglob("*")) == before
    report, check, score, explain = said
    assert report.stdout == score.stdout == explain.stdout == ""
    assert report.stderr.splitlines()[-1].endswith("; nothing was written")
    assert check.stdout.splitlines()[-1] == "Not ready: correct the errors first."
    assert any(words in report.stderr for words in ("-> ", "did you mean", "write it as", "at most", "must be")), (
        report.stderr
    )
    first = report.stderr.splitlines()[0]
    assert first in score.stderr
    assert first in explain.stderr
    assert first in check.stdout
    return report.stderr


# File, what stands there, what is put in its place, line and column, words of the message.
MISTAKES = [
    ("engagement.yaml", "rubric: small", "rubric: smal", "3:9", "no rubric 'smal'; did you mean 'small'?"),
    ("engagement.yaml", 'rubric_version: "1.0"', 'rubric_version: "0.9"', "4:17", "written for version 0.9"),
    ("engagement.yaml", "2026-06-30", "2026-06-31", "5:14", "'2026-06-31' is not a date"),
    ("engagement.yaml", "boss: 1", "bos: 1", "6:11", "'bos' is not a role of 'small'; did you mean 'boss'?"),
    ("engagement.yaml", "staff: 40", f"staff: {'9' * 5000}", "2:43", "a number of 5000 characters"),
    ("engagement.yaml", "staff: 40", "stuff: 40", "2:36", "unknown key 'stuff'; did you mean 'staff'?"),
    ("engagement.yaml", "invited:", "done: [i09]\ninvited:", "6:8", "'i09' is not an initiative"),
    ("engagement.yaml", "invited:", "targets: {MEN: practise}\ninvited:", "6:16", "'practise' is not a level"),
    (
        "answers/desk.yaml",
        "hear_count:",
        "hear_cuont:",
        "6:3",
        "is not a question of 'small'; did you mean 'hear_count'?",
    ),
    ("answers/desk.yaml", "value: practised", "value: practise", "7:12", "is not an answer to 'hear_count'"),
    ("answers/desk.yaml", "role: desk", "role: dask", "3:7", "'dask' is not a role of 'small'; did you mean 'desk'?"),
    ("answers/desk.yaml", "hear_days: 9", f"hear_days: {'9' * 5000}", "11:14", "is not a number"),
    ("answers/desk.yaml", "hear_days: 9", "hear_days: .nan", "11:14", "'.nan' is not a number"),
    ("answers/desk.yaml", "hear_days: 9", "hear_days: .inf", "11:14", "'.inf' is not a number"),
    ("answers/desk.yaml", "hear_days: 9", "hear_days: 1e999", "11:14", "'1e999' is not a number"),
    ("answers/desk.yaml", "dated: 2026-05-02", "dated: 2027-05-02", "9:", "2027-05-02"),
    ("answers/desk.yaml", "Book of", "Book\x07 of", "9:", "the character U+0007 cannot stand in a text file"),
    ("answers/desk.yaml", "answers:\n", "answers: &all\n", "5:", "(yaml_feature)"),
    ("answers/desk.yaml", "hear_ways: [letter, mail]", f"hear_ways: {'[' * 30000}", "12:", "(yaml_depth)"),
    ("answers/desk.yaml", "hear_written: no", "hear_days: 9", "11:3", "(yaml_duplicate)"),
    ("answers/desk.yaml", "respondent: r-ben", "respondent: r-anna", "2:13", "has answers already"),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake[-1][:40])
def test_a_mistake_is_named_with_its_place(run, place, mistake):
    name, old, new, line, words = mistake
    place.edit(f"org/{name}", old, new)
    said = refused(run, place)
    assert f"{place.org}/{name}:{line}" in said
    assert words in said


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("engagement.yaml", b"", "document_kind"),
        ("engagement.yaml", b"\x00\x01\x02" * 50, "file_encoding"),
        ("engagement.yaml", BOMB.encode(), "yaml_feature"),
        ("engagement.yaml", b"[" * 30000, "yaml_depth"),
        pytest.param("engagement.yaml", b"{" * 30000, "yaml_depth", marks=pytest.mark.slow),
        ("engagement.yaml", b"- " * 30000, "yaml_depth"),
        ("engagement.yaml", b"a: 1\n---\nb: 2\n", "yaml_feature"),
        ("engagement.yaml", b"just words", "shape"),
        ("answers/desk.yaml", b"assess: answers/1\nrole: \xff\xfe\n", "file_encoding"),
        ("answers/desk.yaml", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "file_encoding"),
        ("answers/desk.yaml", "résumé: 1".encode("utf-16"), "file_encoding"),
        ("answers/desk.yaml", BOMB.encode(), "yaml_feature"),
        ("answers/desk.yaml", b"", "document_kind"),
        ("answers/desk.yaml", b"assess: answers/1\nanswers: {hear_count: [\n", "yaml_syntax"),
        ("answers/_agreed.yaml", b"assess: answers/1\n", "document_kind"),
    ],
)
def test_a_file_of_anything_is_refused_by_name(run, place, name, content, code):
    (place.org / name).write_bytes(content)
    said = refused(run, place)
    assert f"{place.org / name}:" in said
    assert f"({code})" in said


def test_an_answers_file_that_is_a_folder(run, place):
    (place.org / "answers" / "more.yaml").mkdir()
    said = refused(run, place)
    assert f"{place.org}/answers/more.yaml:1:1: error: " in said
    assert "'more.yaml' is a folder" in said


def test_paths_that_lead_to_no_engagement(run, place):
    (place.root / "empty").mkdir()
    for name, words in [
        ("nowhere", "there is no such file or folder"),
        ("or", "did you mean 'org'?"),
        ("empty", "there is no engagement.yaml in it"),
        ("rubrics", "there is no engagement.yaml in it"),
    ]:
        said = refused(run, place, place.root / name)
        assert words in said
        assert f"{place.root / name}" in said
    (place.org / "engagement.yaml").rename(place.org / "engagment.yaml")
    assert "did you mean 'engagment.yaml'?" in refused(run, place)


def test_a_rubric_given_as_an_engagement(run, place):
    said = refused(run, place, place.rubrics / "small.yaml")
    assert "small.yaml:1:9: error: this is a rubric (rubric/1); the settings of an engagement" in said
    assert "`assess rubric check` reads it" in said


def test_a_rubric_named_by_the_folder_it_lies_in_is_told_its_id(run, place):
    place.edit("rubrics/small.yaml", "id: small", "id: social_small")
    said = refused(run, place)
    assert "'small' is the name of a folder or file; the rubric in it has the id 'social_small'" in said
    assert "-> write rubric: social_small" in said
    place.edit("org/engagement.yaml", "rubric: small", "rubric: social_small")
    assert run("score", place.org, "--rubrics", place.rubrics).exit_code == 0


@pytest.mark.parametrize("name", ["small", "social_small"])
def test_an_engagement_is_begun_by_the_id_of_a_rubric_or_by_the_name_of_its_folder(run, place, name):
    place.edit("rubrics/small.yaml", "id: small", "id: social_small")
    begun = run("new", place.root / "new", "--on", "2026-06-30", "--rubric", name, "--rubrics", place.rubrics)
    assert begun.exit_code == 0
    assert "nobody has answered" in run("check", place.root / "new", "--rubrics", place.rubrics).stdout


def test_an_engagement_without_a_single_answer(run, place):
    for file in (place.org / "answers").iterdir():
        file.unlink()
    said = refused(run, place)
    assert "engagement.yaml:1:1: error: nobody has answered anything yet (no_answers)" in said
    (place.org / "answers" / "boss.yaml").write_text(
        "assess: answers/1\nrespondent: b\nrole: boss\nanswers:\n  mend_cause:\n", encoding="utf-8"
    )
    assert "nobody has answered anything yet" in refused(run, place)


def test_the_mistakes_of_all_files_come_in_one_run(run, place):
    place.edit("org/engagement.yaml", "guest: 4", "guests: 4")
    place.edit("org/answers/desk.yaml", "hear_days: 9", "hear_days: 999")
    place.edit("org/answers/boss.yaml", "mend_cause: defined", "mend_cause: [defined]")
    (place.org / "answers" / "log.yaml").write_bytes(b"\xff")
    said = refused(run, place)
    assert said.count(": error: ") == 4
    assert "4 errors; nothing was written" in said


def test_mistakes_in_the_rubric_of_an_engagement(run, place):
    place.edit("rubrics/small.yaml", "lifted_by: [i01]", "lifted_by: [i09]")
    assert f"{place.rubrics}/small.yaml:87:" in refused(run, place)


def test_a_rubric_that_is_not_there_is_answered_with_those_that_are(run):
    for words in (
        ["rubric", "check", "smal"],
        ["rubric", "show", "smal"],
        ["new", "x", "--on", "2026-06-30", "--rubric", "smal"],
    ):
        found = run(*words)
        assert found.exit_code == 1
        assert "no rubric 'smal'; did you mean 'small'?" in found.output
        assert "known rubrics: complaint_handling, small, social_business" in found.output


def test_a_rubric_of_anything_is_refused(run, place):
    for name, content, code in [
        ("bomb", BOMB.encode(), "yaml_feature"),
        ("deep", b"[" * 30000, "yaml_depth"),
        ("binary", bytes(range(256)), "file_encoding"),
        ("empty", b"", "document_kind"),
        (
            "digits",
            b"assess: rubric/1\nid: digits\ntitle: T\nversion: 1\nscale: {max: " + b"9" * 5000 + b"}\n",
            "shape",
        ),
    ]:
        path = place.root / f"{name}.yaml"
        path.write_bytes(content)
        found = run("rubric", "check", path)
        assert found.exit_code == 1, name
        assert f"{path}:" in found.stdout
        assert f"({code})" in found.stdout


def test_folders_of_templates_that_are_not_there(run, place):
    out = place.root / "roadmap.md"
    for words in (["report", place.org, "-o", out], ["where"]):
        found = run(*words, "--templates", place.root / "nothing")
        assert found.exit_code == 1
        assert "no folder" in found.stderr
    assert not out.exists()


def test_a_template_that_cannot_be_filled(run, place):
    own = place.root / "templates"
    own.mkdir()
    out = place.root / "roadmap.md"
    for text in ("{{ nothing.of_the_kind }}", "{% if %}", "{{ ''.__class__.__mro__ }}", "# A\n\n### C\n"):
        (own / "roadmap.md.j2").write_text(text, encoding="utf-8")
        out.write_text(seal("old\n"), encoding="utf-8", newline="\n")
        found = run("report", place.org, "-o", out, "--templates", own)
        assert found.exit_code == 1, text
        assert "error: " in found.stderr
        assert found.stderr.endswith("; nothing was written\n")
        assert out.read_text(encoding="utf-8") == seal("old\n")

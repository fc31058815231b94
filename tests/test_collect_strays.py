"""Files that look like answers and are read by nobody are named, with the way out; others are left in peace."""

from pathlib import Path

import pytest
from collecting import ENGAGEMENT, PROPER, SERVICE, answers_file, gathered, written

from assess.collect import count_answers

BOB = answers_file("bob", "purpose: absent")


def beside(folder, files):
    """Files by path below an engagement of one respondent."""
    written(folder, PROPER)
    for name, text in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return folder


def named(folder):
    """The files that are not read, with the way out, by their paths below the engagement."""
    problems = gathered(folder)[1]
    assert {(p.code, p.severity) for p in problems} <= {("not_read", "warning")}, problems
    return {Path(p.location.file).relative_to(folder).as_posix(): p for p in problems}


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("bob.yaml.txt", "rename it to bob.yaml"),
        ("bob.yml.bak", "rename it to bob.yaml"),
        ("bob.yaml (1)", "rename it to bob.yaml"),
        ("bob.yaml.orig", "rename it to bob.yaml"),
        ("bob.txt", "rename it to bob.yaml"),
        ("bob.json", "rename it to bob.yaml"),
        ("bob", "rename it to bob.yaml"),
        ("team/bob.yaml.txt", "rename it to bob.yaml"),
        ("anna.yaml.bak", "anna.yaml is there already"),
    ],
)
def test_answers_under_another_name_are_to_be_renamed(tmp_path, name, way):
    found = named(beside(tmp_path, {f"answers/{name}": BOB}))
    assert list(found) == [f"answers/{name}"]
    assert way in found[f"answers/{name}"].hint


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("answers.xlsx", "a workbook"),
        ("Team.ODS", "a workbook"),
        ("old.xls", "a workbook"),
        ("export.csv", "a table of values (CSV)"),
        ("export.tsv", "a table of values (CSV)"),
        ("scan.pdf", "end in .yaml"),
    ],
)
def test_what_no_renaming_helps_is_called_what_it_is(tmp_path, name, what):
    found = named(beside(tmp_path, {f"answers/{name}": "a,b\n1,2\n"}))[f"answers/{name}"]
    assert what in found.message
    assert "rename" not in found.hint
    assert "answers file" in found.hint


@pytest.mark.parametrize("name", ["answer", "Answers", "anwsers", "answers_2", "team"])
def test_a_folder_of_another_name_that_holds_answers_is_named_once(tmp_path, name):
    found = named(beside(tmp_path, {f"{name}/bob.yaml": BOB, f"{name}/deep/eve.yaml": BOB}))
    if (tmp_path / name).samefile(tmp_path / "answers"):
        return  # a system on which both capitals are one folder
    assert list(found) == [name]
    assert "bob.yaml, deep/eve.yaml" in found[name].message
    assert "answers" in found[name].hint


@pytest.mark.parametrize(
    ("name", "text", "way"),
    [
        ("_agreed.yaml", "assess: agreed/1\nanswers: {}\n", "answers/_agreed.yaml"),
        ("_agreed.yml", "answers: {}\n", "answers/_agreed.yaml"),
        ("bob.yaml", BOB, "answers/bob.yaml"),
        ("bob.yaml.txt", BOB, "answers/bob.yaml"),
        ("bob", BOB, "answers/bob.yaml"),
        ("bob.json", '{"assess": "answers/1", "respondent": "bob"}', "answers/bob.yaml"),
        ("answers.xlsx", "PK", "answers file"),
        ("all-answers.csv", "a;b\n", "answers file"),
    ],
)
def test_answers_beside_the_folder_are_to_be_moved(tmp_path, name, text, way):
    found = named(beside(tmp_path, {name: text}))
    assert list(found) == [name]
    assert way in found[name].hint


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.yaml.txt",
        ".git/bob.yaml",
        "answers/.bob.yaml.swp",
        "answers/bob.yaml~",
        "answers/#bob.yaml#",
        "answers/~$answers.xlsx",
        "answers/Thumbs.db",
        "answers/README.md",
        "answers/issued/1.yaml.bak",
        "ledgers/claims.csv",
        "issued/1.yaml",
        "evidence/map.pdf",
        "notes.txt",
        "people.yaml",
        "people.csv",
        "last_year/answers/bob.txt",
    ],
)
def test_what_is_no_answer_or_somebody_elses_is_left_in_peace(tmp_path, name):
    more = {"last_year/engagement.yaml": ENGAGEMENT} if name.startswith("last_year") else {}
    text = BOB if not name.startswith(("people", "notes", "evidence")) else "Anna: anna@example.org\n"
    assert named(beside(tmp_path, {name: text, **more})) == {}


def test_a_file_that_evidence_names_is_not_asked_for(tmp_path):
    folder = beside(tmp_path, {"answers/log.csv": "a,b\n", "answers/more.csv": "a,b\n"})
    proof = "{title: Log, dated: 2026-05-01, file: answers\\log.csv}"
    text = answers_file("anna", f"purpose: {{value: defined, evidence: [{proof}]}}")
    (folder / "answers" / "anna.yaml").write_text(text, encoding="utf-8")
    assert list(named(folder)) == ["answers/more.csv"]


def test_a_file_that_a_register_names_as_its_source_is_not_asked_for(tmp_path):
    folder = beside(tmp_path, {"answers/export.csv": "a,b\n"})
    head = "role: record\nkind: document\nsubmitted: 2026-06-01\nsource: {system: CRM, file: answers/export.csv}"
    (folder / "answers" / "log.yaml").write_text(answers_file("log", "plain: yes", head), encoding="utf-8")
    assert named(folder) == {}


def test_our_own_document_in_the_answers_folder_is_no_answer(tmp_path):
    seal = f"<!-- assess:seal sha256:{'0' * 64} -->\n"
    assert named(beside(tmp_path, {"answers/roadmap.md": f"# Roadmap\n{'x' * 9000}\n{seal}"})) == {}
    assert list(named(beside(tmp_path, {"answers/roadmap.md": "# Roadmap\n"}))) == ["answers/roadmap.md"]


def test_an_engagement_of_one_file_names_the_answers_beside_it(tmp_path):
    written(tmp_path, {"bob.yaml": BOB})
    text = (tmp_path / "engagement.yaml").read_text(encoding="utf-8")
    (tmp_path / "engagement.yaml").rename(tmp_path / "acme.yaml")
    (tmp_path / "acme.yaml").write_text(f"{text}answers: {{purpose: defined}}\n", encoding="utf-8")
    (tmp_path / "eve.yaml").write_text(BOB, encoding="utf-8")
    (tmp_path / "other.yaml").write_text(ENGAGEMENT, encoding="utf-8")
    _, problems = gathered(tmp_path / "acme.yaml")
    assert [(p.code, Path(p.location.file).name) for p in problems] == [
        ("not_read", "answers"),
        ("not_read", "eve.yaml"),
    ]
    assert "engagement.yaml" in problems[0].hint


def test_an_unread_file_changes_nothing_that_is_counted(tmp_path):
    plain = gathered(written(tmp_path / "a", PROPER))[0]
    other = gathered(beside(tmp_path / "b", {"answers/bob.txt": BOB, "answer/eve.yaml": BOB}))[0]
    assert count_answers(SERVICE, other).sheet == count_answers(SERVICE, plain).sheet

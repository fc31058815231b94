"""Folders of answer files: heads, names, links, and that no file hides another."""

import os
from pathlib import Path

import pytest
from collecting import ENGAGEMENT, PROPER, SERVICE, answers_file, gathered, rubric_of, told, written
from hypothesis import given
from hypothesis import strategies as st

from assess.collect import collect, count_answers, open_engagement
from assess.problems import DocumentError


def head(folder, text, answers="purpose: defined"):
    return gathered(written(folder, {"anna.yaml": answers_file("anna", answers, text)}))


@pytest.mark.parametrize(
    ("text", "expected", "words"),
    [
        ("role: tean\nsubmitted: 2026-06-01", ("respondent", "error", 3), "did you mean 'team'?"),
        ("role: TM\nrubric: other\nsubmitted: 2026-06-01", ("version", "error", 4), "the rubric used is 'service'"),
        ('role: TM\nrubric_version: "0.9"\nsubmitted: 2026-06-01', ("version", "error", 4), "version 0.9"),
        ("role: TM\nrubric_hash: sha256:then\nsubmitted: 2026-06-01", ("rubric_changed", "warning", 4), "edited"),
        ("role: TM\norganization: beta\nsubmitted: 2026-06-01", ("respondent", "error", 4), "about 'beta'"),
        ("role: TM", ("draft", "warning", 2), "not submitted"),
        ("rol: TM\nrole: TM\nsubmitted: 2026-06-01", ("unknown_key", "error", 3), "did you mean 'role'?"),
        ("submitted: 2026-06-01", ("missing_key", "error", 1), "role"),
    ],
)
def test_each_mistake_at_the_head_of_a_file(tmp_path, text, expected, words):
    _, problems = head(tmp_path, text)
    assert told(problems) == [expected]
    assert words in problems[0].message


def test_another_version_names_the_way_to_carry_answers_over(tmp_path):
    _, problems = head(tmp_path, 'role: TM\nrubric_version: "0.9"\nsubmitted: 2026-06-01')
    assert "assess rubric migrate" in problems[0].hint


def test_a_wrong_head_does_not_hide_wrong_answers(tmp_path):
    _, problems = head(tmp_path, "rol: TM\nsubmitted: 2026-06-01", "purpos: defined")
    assert {p.code for p in problems} == {"unknown_key", "missing_key", "unknown_question"}


def test_one_bad_file_never_hides_the_next(tmp_path):
    files = {"a.yaml": "answers: [\n", "b.yaml": "assess: rubric/1\n", "carl": "purpose: nine", **PROPER}
    _, problems = gathered(written(tmp_path, files))
    assert [(Path(p.location.file).name, p.code) for p in problems] == [
        ("a.yaml", "yaml_syntax"),
        ("b.yaml", "document_kind"),
        ("carl.yaml", "answer"),
    ]


def test_settled_answers_in_a_file_of_another_name_are_pointed_home(tmp_path):
    _, problems = gathered(written(tmp_path, {"agreed.yaml": "assess: agreed/1\nanswers: {}\n", **PROPER}))
    assert told(problems) == [("document_kind", "error", 1)]
    assert "_agreed.yaml" in problems[0].hint


def test_two_files_of_one_respondent_are_refused_whatever_the_capitals(tmp_path):
    files = {"a.yaml": answers_file("Anna", "purpose: defined"), "b.yaml": answers_file("anna", "purpose: absent")}
    _, problems = gathered(written(tmp_path, files))
    assert told(problems) == [("respondent", "error", 2)]
    assert problems[0].location.file.endswith("b.yaml")
    assert "a.yaml:2" in problems[0].message


@pytest.mark.parametrize("name", ["bob.yml", "bob.YAML", "team/bob.yaml", "a/b/c/bob.Yml"])
def test_yaml_is_read_in_any_case_and_in_subfolders(tmp_path, name):
    folder = written(tmp_path, {".x.yaml": "[", **PROPER})
    place = folder / "answers" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(answers_file("bob", "purpose: absent"), encoding="utf-8")
    sheet, problems = gathered(folder)
    assert problems == ()
    assert [r.id for r in sheet.respondents] == ["anna", "bob"]


@pytest.mark.parametrize("name", ["_agreed.yml", "_Agreed.YAML", "team/_agreed.yaml"])
def test_what_was_settled_is_read_wherever_answers_are(tmp_path, name):
    place = written(tmp_path, PROPER) / "answers" / name
    place.parent.mkdir(exist_ok=True)
    text = "assess: agreed/1\nanswers: {reach: {value: often, basis: [anna], why: Seen.}}\n"
    place.write_text(text, encoding="utf-8")
    sheet, problems = gathered(tmp_path)
    assert problems == ()
    assert list(sheet.settled) == ["reach"]
    written(tmp_path, PROPER, agreed="reach: {value: never, basis: [anna], why: Read.}")
    _, problems = gathered(tmp_path)
    if not name.startswith("_Agreed"):  # where capitals make no difference, both are one file
        assert [p.code for p in problems] == ["settled"]
        assert "already" in problems[0].message


def test_a_file_in_a_subfolder_counts_as_one_that_is_not(tmp_path):
    one, two = written(tmp_path / "one", PROPER), written(tmp_path / "two", PROPER)
    (two / "answers" / "team").mkdir()
    (two / "answers" / "anna.yaml").rename(two / "answers" / "team" / "anna.yaml")
    assert count_answers(SERVICE, gathered(one)[0]).sheet == count_answers(SERVICE, gathered(two)[0]).sheet


def test_a_folder_of_answers_that_is_a_link_is_told(tmp_path):
    folder = written(tmp_path / "client", PROPER)
    (tmp_path / "other").mkdir()
    (folder / "answers" / "team").symlink_to(tmp_path / "other", target_is_directory=True)
    assert told(gathered(folder)[1]) == [("file_missing", "error", 1)]


def test_a_folder_without_answers_folder_has_the_answers_of_its_engagement(tmp_path):
    (tmp_path / "engagement.yaml").write_text(f"{ENGAGEMENT}answers: {{purpose: 1}}\n", encoding="utf-8")
    sheet, problems = gathered(tmp_path)
    assert problems == ()
    assert [r.id for r in sheet.respondents] == ["answers-executive"]


def test_an_answers_folder_that_cannot_be_read_is_told(tmp_path, monkeypatch):
    folder = written(tmp_path, PROPER)
    engagement, document = open_engagement(folder)

    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    _, problems = collect(folder, engagement, document, SERVICE)
    assert told(problems) == [("file_missing", "error", 1)]
    assert "Permission denied" in problems[0].message


def test_links_out_of_the_folder_are_refused(tmp_path):
    outside = tmp_path / "secret.yaml"
    outside.write_text(answers_file("eve", "purpose: defined"), encoding="utf-8")
    folder = written(tmp_path / "client", PROPER)
    (folder / "answers" / "eve.yaml").symlink_to(outside)
    sheet, problems = gathered(folder)
    assert told(problems) == [("file_missing", "error", 1)]
    assert [r.id for r in sheet.respondents] == ["anna"]


def test_an_engagement_that_links_out_of_its_folder_is_refused(tmp_path):
    (tmp_path / "real.yaml").write_text(ENGAGEMENT, encoding="utf-8")
    folder = tmp_path / "client"
    folder.mkdir()
    (folder / "engagement.yaml").symlink_to(tmp_path / "real.yaml")
    with pytest.raises(DocumentError, match="leads out"):
        open_engagement(folder)


def test_a_file_can_ask_for_anonymity_and_cannot_give_up_that_of_the_role(tmp_path):
    heads = {
        "ada": "role: CU",
        "bea": "role: CU\nanonymous: false",
        "cleo": "role: TM",
        "dan": "role: TM\nanonymous: true",
    }
    files = {
        f"{who}.yaml": answers_file(who, "plain: yes", f"{text}\nsubmitted: 2026-06-01") for who, text in heads.items()
    }
    sheet, problems = gathered(written(tmp_path, files))
    assert [(p.code, p.message.split(" ")[0]) for p in problems] == [("too_few", "Customer"), ("too_few", "Team")]
    assert [(r.role, r.anonymous) for r in sheet.respondents] == [
        ("customer", True),
        ("customer", True),
        ("team", False),
        ("team", True),
    ]


ASKED = """
assess: rubric/1
id: service
title: Service
version: "1.0"
levels: [{key: absent, title: Absent, at: 0}, {key: whole, title: Whole, at: 100}]
roles: [{id: team, title: Team}, {id: customer, code: CU, title: Customer}]
policies: {anonymous: [CU]}
principles: [{id: own, title: Own, questions: [{id: q0, type: yesno, text: Who?, ask: [team]}, MORE]}]
"""


@pytest.mark.parametrize(("asked", "says"), [(1, "1 of 1 question has"), (2, "2 of 2 questions have")])
@pytest.mark.parametrize("heads", [1, 4])
def test_how_many_more_a_group_needs_is_told(tmp_path, asked, says, heads):
    more = ", ".join(f"{{id: q{n}, type: yesno, text: What?, ask: [customer]}}" for n in range(1, asked + 1))
    files = {f"c{n}.yaml": answers_file(f"c{n}", "q1: yes", "role: CU\nsubmitted: 2026-06-01") for n in range(heads)}
    files["ann.yaml"] = answers_file("ann", "q0: yes")
    problems = gathered(written(tmp_path, files), rubric_of(ASKED.replace("MORE", more)))[1]
    (found,) = [problem for problem in problems if problem.code == "too_few"]
    assert f"Customer (customer): {says} fewer than 5 anonymous answers" in found.message
    assert found.hint.startswith(f"invite {5 - heads} more,")


def test_of_a_group_that_is_large_enough_those_who_have_not_answered_are_reminded(tmp_path):
    more = ", ".join(f"{{id: q{n}, type: yesno, text: What?, ask: [customer]}}" for n in (1, 2))
    answers = ["q1: yes\nq2: no"] * 4 + ["q1: no"]
    files = {
        f"c{n}.yaml": answers_file(f"c{n}", text, "role: CU\nsubmitted: 2026-06-01") for n, text in enumerate(answers)
    }
    problems = gathered(written(tmp_path, files), rubric_of(ASKED.replace("MORE", more)))[1]
    (found,) = [problem for problem in problems if problem.code == "too_few"]
    assert "1 of 2 questions have fewer than 5" in found.message
    assert found.hint.startswith("remind those who have not answered,")


@pytest.mark.parametrize(
    "names", [("kim", "kim.lee", "kim.lee-two"), ("lee", "lee.kim", "lee.kim.kim"), ("a1", "a1.b", "a1.b_c")]
)
def test_a_respondent_whose_name_begins_like_anothers_is_named_by_the_own_role_alone(tmp_path, names):
    roles = ("executive", "team", "record")
    words = "; ".join(f"ask {name}, then" for name in names)
    settled = f"plain: {{value: yes, basis: [{names[0]}], why: '{words}'}}"
    files = {
        f"{name}.yaml": answers_file(name, "plain: yes", f"role: {role}\nsubmitted: 2026-06-01")
        for name, role in zip(names, roles, strict=True)
    }
    collected, _ = gathered(written(tmp_path, files, agreed=settled))
    why = count_answers(SERVICE, collected).sheet.settled["plain"].why
    assert why == "ask Executive, then; ask Team, then; ask Logs, then"


def test_how_sure_somebody_is_leaves_where_it_tells_of_nobody(tmp_path):
    sure = "plain: {value: yes, confidence: high}"
    files = {
        f"{name}.yaml": answers_file(name, sure, f"role: {role}\nsubmitted: 2026-06-01")
        for name, role in (("ann", "TM"), ("bob", "TM"), *((f"c{n}", "CU") for n in range(5)))
    }
    sheet = count_answers(SERVICE, gathered(written(tmp_path, files))[0]).sheet
    assert [voice.answers["plain"].confidence for voice in sheet.voices if not voice.private] == ["high", "high"]
    kept = [answer for answers in sheet.crowds.values() for answer in answers]
    assert [answer.confidence for answer in kept] == [None] * 5


def test_who_answered_nothing_is_left_out_with_a_warning(tmp_path):
    sheet, problems = gathered(written(tmp_path, {"bob": "purpose: ~", **PROPER}))
    assert told(problems) == [("no_answers", "warning", 5)]
    assert [r.id for r in sheet.respondents] == ["anna"]


def test_an_engagement_without_answers_is_an_error(tmp_path):
    sheet, problems = gathered(written(tmp_path))
    assert told(problems) == [("no_answers", "error", 1)]
    assert sheet.respondents == ()


@given(names=st.permutations(["a", "b", "c", "d"]))
def test_the_names_and_order_of_files_change_nothing(tmp_path_factory, names):
    said = {"zoe": "purpose: 1", "anna": "reach: 2", "bob": "purpose: 0\nplain: yes", "carl": "plain: no"}
    files = {f"{n}.yaml": answers_file(who, text) for n, (who, text) in zip(names, said.items(), strict=True)}
    sheet, problems = gathered(written(tmp_path_factory.mktemp("client"), files))
    assert problems == ()
    assert [r.id for r in sheet.respondents] == ["anna", "bob", "carl", "zoe"]
    straight = {f"{who}.yaml": answers_file(who, text) for who, text in said.items()}
    other, _ = gathered(written(tmp_path_factory.mktemp("other"), straight))
    assert count_answers(SERVICE, sheet).sheet == count_answers(SERVICE, other).sheet


def test_the_hash_knows_answers_and_not_line_ends_or_the_names_of_people(tmp_path):
    def hashed(folder):
        return count_answers(SERVICE, gathered(folder)[0]).sheet.hash

    one, two = written(tmp_path / "one", PROPER), written(tmp_path / "two", PROPER)
    file = two / "answers" / "anna.yaml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert hashed(one) == hashed(two)
    file.write_bytes(file.read_bytes().replace(b"respondent: anna", b"respondent: berta"))
    assert hashed(one) == hashed(two)
    file.write_bytes(file.read_bytes().replace(b"purpose: defined", b"purpose: absent"))
    assert hashed(one) != hashed(two)
    assert hashed(one).startswith("sha256:")


def test_the_hash_does_not_know_which_answers_an_anonymous_person_gave_together(tmp_path):
    said = [("reach: often", "written: yes"), ("reach: never", "written: no")]
    hashes = set()
    for place, pairs in enumerate((said, [(said[0][0], said[1][1]), (said[1][0], said[0][1])])):
        head = "role: CU\nalone: true\nsubmitted: 2026-06-01"
        files = {f"c{n}.yaml": answers_file(f"c{n}", "\n".join(pair), head) for n, pair in enumerate(pairs)}
        found = count_answers(SERVICE, gathered(written(tmp_path / str(place), files))[0]).sheet
        assert len(found.voices) == 2
        hashes.add(found.hash)
    assert len(hashes) == 1

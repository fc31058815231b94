"""Collect: a document of another kind is called what it is and told where it belongs."""

import pytest
from collecting import ENGAGEMENT, PROPER, answers_file, gathered, only, written

from assess.collect import open_engagement
from assess.problems import DocumentError

PRINCIPLE = "assess: principle/1\nid: lis\ntitle: Listening\n"
PEOPLE = "people:\n  - {name: Anna, mail: anna@example.org}\n"


def opened(path):
    with pytest.raises(DocumentError) as caught:
        open_engagement(path)
    return only(caught.value.problems)


def strange(tmp_path, text, name="strange.yaml"):
    _, problems = gathered(written(tmp_path, {**PROPER, name: text}))
    return only([problem for problem in problems if problem.code == "document_kind"])


@pytest.mark.parametrize("name", ["anna.yaml", "_agreed.yaml"])
def test_a_file_of_the_answers_folder_leads_to_the_folder_of_the_engagement(tmp_path, name):
    folder = written(tmp_path, PROPER, agreed="purpose: {value: defined, basis: [anna], why: Talk.}")
    found = opened(folder / "answers" / name)
    assert found.message.startswith("this is ")
    assert found.message.endswith("; the settings of an engagement (engagement/1) belongs here")
    assert found.hint == f"name the folder of the engagement: {folder}"


@pytest.mark.parametrize(
    ("text", "what", "way_out"),
    [
        (answers_file("ben", "purpose: defined"), "this is an answers file (answers/1)", "folder `answers`"),
        (PRINCIPLE, "this is a principle of a rubric (principle/1)", "into the folder of a rubric"),
        ("assess: persona/1\nid: a\n", "this is a persona of a rubric (persona/1)", "into the folder of a rubric"),
        ("assess: engagment/1\n", "did you mean 'engagement/1'?", "if it is the settings of an engagement"),
        ("organization: {name: A}\nrubric: r\n", "names no kind", "begin it with assess: engagement/1"),
        ("respondent: ben\nrole: team\n", "names no kind", "it looks like an answers file"),
        (PEOPLE, "names no kind", "it does not look like the settings of an engagement"),
    ],
)
def test_what_is_no_engagement_is_not_told_to_become_one(tmp_path, text, what, way_out):
    (tmp_path / "file.yaml").write_text(text, encoding="utf-8")
    found = opened(tmp_path / "file.yaml")
    assert what in found.message
    assert way_out in found.hint


@pytest.mark.parametrize(
    ("text", "what", "way_out"),
    [
        (PEOPLE, "names no kind", "it does not look like an answers file: move it away from here"),
        ("budget: 30\n", "names no kind", "it does not look like an answers file: move it away from here"),
        (ENGAGEMENT, "this is the settings of an engagement (engagement/1)", "as engagement.yaml"),
        (PRINCIPLE, "this is a principle of a rubric (principle/1)", "into the folder of a rubric"),
        ("assess: rubric/1\n", "this is a rubric (rubric/1)", "`assess rubric check` reads it"),
        (ENGAGEMENT.partition("\n")[2], "names no kind", "it looks like the settings of an engagement"),
        ("answers: {purpose: defined}\n", "names no kind", "begin it with assess: answers/1"),
        ("assess: answer/1\n", "did you mean 'answers/1'?", "begin it with assess: answers/1, if it is"),
        ("assess: [answers/1]\n", "a list", "begin it with assess: answers/1, if it is"),
    ],
)
def test_what_is_no_answers_file_is_not_told_to_become_one(tmp_path, text, what, way_out):
    found = strange(tmp_path, text)
    assert what in found.message
    assert way_out in found.hint

"""New engagements: pleasant to fill in, and usable from the first answer on."""

import datetime
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess import documents
from assess.collect import collect, open_engagement
from assess.load import load
from assess.resources import shipped
from assess.scaffold import double_quoted, scaffold

DAY = datetime.date(2026, 6, 30)


@pytest.fixture
def small(place):
    return load(place.rubrics / "small.yaml")[0]


def collected(folder, rubric):
    engagement, document = open_engagement(folder)
    return collect(folder, engagement, document, rubric)


def test_every_role_that_is_asked_something_gets_a_file(small):
    files = scaffold(small, "Corner Hotel", DAY)
    names = ["boss", "desk", "guest", "log"]
    assert list(files) == ["engagement.yaml", ".gitignore", *(f"answers/{name}.yaml" for name in names)]
    assert "kind: document\n" in files["answers/log.yaml"]
    assert "kind: self\n" in files["answers/boss.yaml"]


def test_questions_stand_in_the_words_of_the_role_with_keys_and_numbers(small):
    files = scaffold(small, "Corner Hotel", DAY)
    assert "  # Which complaints reach you in writing?\n  # (Look at the last quarter.)\n" in files["answers/boss.yaml"]
    desk = files["answers/desk.yaml"]
    assert "  # === HEA-1 All are taken in ===\n" in desk
    assert "  # Which complaints are written down?\n" in desk
    assert "  #   0 = absent: None\n  #   1 = begun: Those by letter: rarely more\n" in desk
    assert "  # Is there a written rule?\n  #   yes or no\n  hear_written:\n" in desk
    assert "  #   A number (days) from 0 to 365\n  hear_days:\n" in desk
    assert "  #   1 = letter: Letter\n" in desk
    assert "  #   Several are possible: [first_key, second_key]\n" in desk
    assert "  #   A date, such as 2026-06-30\n  hear_since:\n" in files["answers/log.yaml"]
    assert "mend_cause" not in desk


def test_who_chooses_among_anchors_is_told_once_how(small):
    files = {name: " ".join(text.replace("#", " ").split()) for name, text in scaffold(small, "Hotel", DAY).items()}
    climb = "start at the bottom and go up while the next one is true as well"
    seen = "take the one that is closest to what you have seen yourself"
    anchored = {
        role: any(small.asked(q) and role in small.asked(q) for q in small.questions() if q.type == "level")
        for role in ("boss", "desk", "guest", "log")
    }
    for role, asked in anchored.items():
        words = seen if role in small.policies.anonymous else climb
        text = files[f"answers/{role}.yaml"]
        assert (text.count(words), text.count(climb) + text.count(seen)) == (asked, asked)


def test_states_are_explained_where_a_question_allows_them(small):
    files = scaffold(small, "Corner Hotel", DAY)
    assert "{unknown: true}" in files["answers/desk.yaml"]
    assert "  #   {na: true, why: the reason} is possible.\n  hear_reply:\n" in files["answers/desk.yaml"]
    assert "{na: true" not in files["answers/boss.yaml"].split("answers:")[1]


def test_a_form_says_first_what_only_the_person_can_allow_and_what_was_promised(small):
    files = scaffold(small, "Corner Hotel", DAY)
    guest = files["answers/guest.yaml"]
    told = " ".join(line.removeprefix("# ") for line in guest.splitlines() if line.startswith("#"))
    assert "counts only if at least 3 of your group answered it; otherwise it is in no figure" in told
    assert "assess: answers/1\nalone: false " in guest
    assert "\nquote: false " in guest
    assert "\nmin_cell: 3 " in guest
    boss = files["answers/boss.yaml"]
    assert "readers can recognise you" in boss
    assert "min_cell" not in boss
    assert "alone:" not in files["answers/log.yaml"]
    assert "issued/" in files[".gitignore"].splitlines()


def test_what_an_answer_needs_is_said_where_it_is_given(place):
    place.edit(
        "rubrics/small.yaml",
        "            text: Which complaints are written down?\n",
        "            text: Which complaints are written down?\n            evidence: required_from practised\n"
        "            note: required\n            show_when: hear_written = yes\n",
    )
    text = scaffold(load(place.rubrics / "small.yaml")[0], "x", DAY)["answers/desk.yaml"]
    assert "  #   Only when hear_written = yes\n" in text
    assert "  #   From practised on, name dated evidence; without it the answer counts as stated only.\n" in text
    assert "  #   Add a note.\n  hear_count:\n" in text


def test_no_line_is_too_wide_to_read(small):
    for rubric in (small, load(shipped("rubrics") / "social_business")[0]):
        for text in scaffold(rubric, "x" * 60, DAY).values():
            assert max(len(line) for line in text.splitlines()) <= 110


def test_the_files_are_read_without_errors_but_that_nobody_answered(run, place):
    for name in ("small", "social_business"):
        folder = place.root / name / "client"
        assert run("new", folder, "--on", "2026-06-30", "--rubric", name).exit_code == 0
        path = place.rubrics / "small.yaml" if name == "small" else shipped("rubrics") / name
        sheet, problems = collected(folder, load(path)[0])
        assert {problem.code for problem in problems} == {"no_answers"}
        assert sheet.engagement.organization.name == "client"


def test_from_the_first_answers_on_everything_works(run, place):
    folder = place.root / "client"
    found = run("new", folder, "--on", "2026-06-30", "--rubric", "small", "--name", 'The "Corner": # Hotel')
    assert found.stdout.startswith(f"{folder} is ready: 6 files. Fill in the answers, then run: assess check {folder}")
    assert run("check", folder).exit_code == 1
    place.edit("client/answers/boss.yaml", "  mend_cause:\n", "  mend_cause: 2\n")
    place.edit(
        "client/answers/boss.yaml", "  hear_count:\n", "  hear_count:\n    value: practised\n    note: Rooms only.\n"
    )
    place.edit("client/answers/boss.yaml", "# submitted:", "submitted:")
    place.edit("client/answers/desk.yaml", "  hear_written:\n", "  hear_written: no\n")
    place.edit("client/answers/desk.yaml", "  hear_reply:\n", "  hear_reply: {na: true, why: No guests yet.}\n")
    found = run("check", folder)
    assert found.exit_code == 0
    assert "answers are missing: Complaint desk 3; 1 draft not submitted yet." in found.stdout
    assert "Neither invited nor heard: Guest, Complaint register." in found.stdout
    out = place.root / "roadmap.md"
    assert run("report", folder, "-o", out).exit_code == 0
    assert "Corner" in out.read_text(encoding="utf-8")
    assert "Manager: practised = 3.00" in run("explain", folder, "hear_count").stdout


def test_what_is_offered_in_comments_can_be_taken_as_it_is(run, place):
    folder = place.root / "client"
    run("new", folder, "--on", "2026-06-30", "--rubric", "small")
    place.edit("client/answers/boss.yaml", "  mend_cause:\n", "  mend_cause: 2\n")
    path = folder / "engagement.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  # ", "  ").replace("# ", "").replace("#   ", "  "), encoding="utf-8")
    path.write_text("".join(line.split("      ")[0].rstrip() + "\n" for line in path.read_text().splitlines()))
    found = run("check", folder)
    assert found.exit_code == 0, found.output
    assert "Complaint desk" in found.stdout


@pytest.mark.parametrize(
    "beside",
    [
        "# A word to ourselves.\n",
        "personas: [{id: calm, title: Calm, assessed_on: 2026-06-30}]\n",
        "translations: [{language: de, texts: {}}]\n",
    ],
)
def test_what_stands_beside_a_rubric_does_not_call_for_reading_the_answers_again(run, place, beside):
    folder = place.root / "client"
    run("new", folder, "--on", "2026-06-30", "--rubric", "small")
    path = place.rubrics / "small.yaml"
    path.write_text(path.read_text(encoding="utf-8") + beside, encoding="utf-8")
    assert "(rubric_changed)" not in run("check", folder).stdout


def test_an_engagement_with_the_hash_older_programs_wrote_is_not_said_to_be_edited(run, place):
    found = load(place.rubrics / "small.yaml")[0]
    place.edit("org/engagement.yaml", "assessed_on", f"rubric_hash: {found.text_hash}\nassessed_on")
    assert "(rubric_changed)" not in run("check", place.org).stdout
    place.edit("rubrics/small.yaml", "What happens to the causes?", "What happens to causes?")
    assert "(rubric_changed)" in run("check", place.org).stdout


def test_the_answers_are_bound_to_the_text_of_the_rubric(run, place):
    folder = place.root / "client"
    run("new", folder, "--on", "2026-06-30", "--rubric", "small")
    place.edit("client/answers/boss.yaml", "  mend_cause:\n", "  mend_cause: 2\n")
    assert "(rubric_changed)" not in run("check", folder).stdout
    place.edit("rubrics/small.yaml", "What happens to the causes?", "What happens to causes?")
    found = run("check", folder)
    assert found.exit_code == 0
    assert "(rubric_changed)" in found.stdout


def test_a_folder_with_something_in_it_is_left_alone(run, place):
    found = run("new", place.org, "--on", "2026-06-30", "--rubric", "small")
    assert found.exit_code == 1
    assert f"{place.org} is not empty; nothing in it was touched (file_unwritable)" in found.stderr
    found = run("new", place.org / "engagement.yaml" / "below", "--on", "2026-06-30", "--rubric", "small")
    assert found.exit_code == 1
    assert "cannot be made" in found.stderr


def test_the_folder_one_stands_in_stays_the_one_one_stands_in(run, place, monkeypatch):
    folder = place.root / "client"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert run("rubric", "new", ".", "--id", "mine").exit_code == 0
    assert run("rubric", "check", ".").exit_code == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "initiatives.yaml",
        "personas",
        "principles",
        "rubric.yaml",
    ]


def test_a_disk_that_is_full_leaves_no_half_of_an_engagement(run, place, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.rename", refuse)
    found = run("new", place.root / "client", "--on", "2026-06-30", "--rubric", "small")
    assert (found.exit_code, "cannot be written: no space left on device" in found.stderr) == (1, True)
    assert not (place.root / "client").exists()


def test_a_day_that_is_none_is_wrong_usage(run, place):
    for day in ("2026-02-30", "tomorrow", ""):
        found = run("new", place.root / "client", "--on", day)
        assert found.exit_code == 2
        assert "write it as 2026-06-30" in found.stderr
    assert run("new", place.root / "client").exit_code == 2
    assert not (place.root / "client").exists()


def test_the_next_command_finds_a_rubric_that_was_named_by_its_path(run, place):
    other = place.root / "other place"
    other.mkdir()
    shutil.copy(place.rubrics / "small.yaml", other / "mine.yaml")
    found = run("new", place.root / "a", "--on", "2026-06-30", "--rubric", other / "mine.yaml")
    assert found.stdout.endswith(f"assess check {place.root / 'a'} --rubrics '{other}'\n")
    assert "nobody has answered" in run("check", place.root / "a", "--rubrics", other).stdout


@given(st.text(max_size=200))
def test_any_name_can_be_written(name):
    document = documents.parse(f"name: {double_quoted(name)}", "x.yaml")
    assert isinstance(document.data["name"], str)


@given(st.text(alphabet=st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=50))
def test_printable_names_come_back_as_they_are(name):
    assert documents.parse(f"name: {double_quoted(name)}", "x.yaml").data["name"] == " ".join(name.split())


def test_a_rubric_without_roles_is_filled_in_by_one_respondent(run, tmp_path):
    (tmp_path / "bare.yaml").write_text(
        "assess: rubric/1\nid: bare\ntitle: Bare\nversion: '1'\nprinciples:\n"
        "  - {id: p, title: P, questions: [{id: q, type: yesno, text: Is it so?}]}\n",
        encoding="utf-8",
    )
    folder = tmp_path / "client"
    assert run("new", folder, "--on", "2026-06-30", "--rubric", "bare", "--rubrics", tmp_path).exit_code == 0
    answers = folder / "answers" / "respondent.yaml"
    answers.write_text(answers.read_text(encoding="utf-8").replace("  q:", "  q: yes"), encoding="utf-8")
    assert "100.0" in run("score", folder, "--rubrics", tmp_path).stdout


def test_what_a_run_that_was_killed_left_behind_is_in_nobodys_way(run, place, tmp_path):
    left = tmp_path / "again" / ".assess.x1" / "again"
    left.mkdir(parents=True)
    (left / "engagement.yaml").write_text("half", encoding="utf-8")
    made = run("new", tmp_path / "again", "--rubric", "small", "--on", "2026-06-30", "--rubrics", place.rubrics)
    assert made.exit_code == 0, made.stderr
    assert (tmp_path / "again" / "engagement.yaml").is_file()
    assert not list((tmp_path / "again").glob(".assess.*"))

"""What carrying answers over writes: texts that keep what they can, the list of what to ask again, and refusals."""

import json

import pytest
from versions import ENGAGEMENT, OLD, answers, carrying, engagement, fates, rubric, versions

from assess.authoring.migrate import FATES, carry_over, extra_files, migrated, read_back
from assess.authoring.migrate.report import migration_json, migration_lines
from assess.problems import DocumentError


@pytest.fixture
def pair(tmp_path):
    return versions(tmp_path)


@pytest.fixture
def carried(tmp_path, pair):
    return carrying(tmp_path, *pair)


# --- what must be asked again ---


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("text: Is it kept?", "text: Is it well kept?", "the question reads otherwise"),
        ("text: Is it kept?", "text: 'Is it kept'", ""),
        ("{label: No}, {label: Partly}, {label: Yes}", "{label: No}, {label: Half}, {label: Yes}",
         "'mid' read \u201cPartly\u201d and reads \u201cHalf\u201d"),
        ("{label: No}, {label: Partly}, {label: Yes}", "{label: Never}, {label: Partly}, {label: Yes}",
         "other answers to choose from read otherwise: low"),
        ("type: level, text: Is it kept?", "type: level, text: Is it kept?, ask: {team: Do you keep it?}",
         "the question reads otherwise"),
        ("type: level, text: Is it kept?", "type: level, text: Is it kept?, ask: {boss: Do you keep it?, team: ~}", ""),
        ("type: level, text: Is it kept?", "type: level, weight: 3, text: Is it kept?", ""),
    ],
)  # fmt: skip
def test_an_answer_is_asked_again_when_it_may_mean_something_else(tmp_path, old, new, reason):
    before = rubric(tmp_path / "old", OLD)
    after = rubric(tmp_path / "new", OLD.replace('"1.0"', '"1.1"').replace(old, new, 1))
    found = migrated(engagement(tmp_path, {"anna": answers("kept: mid")}), after, before)
    assert [entry.reasons for entry in found.pages[0].again()] == ([(reason,)] if reason else [])
    assert ("# reconfirm: " in found.files["answers/anna.yaml"]) == bool(reason)


def test_a_number_counted_in_another_unit_is_asked_again(tmp_path):
    before = rubric(tmp_path / "old", OLD.replace("min: 0, max: 90", "unit: days"))
    after = rubric(tmp_path / "new", OLD.replace('"1.0"', '"1.1"').replace("min: 0, max: 90", "unit: hours"))
    found = migrated(engagement(tmp_path, {"anna": answers("days: 4")}), after, before)
    assert [entry.reasons for entry in found.pages[0].again()] == [("the unit was days and is hours",)]


def test_the_list_names_roles_and_questions_and_hides_what_small_groups_said(tmp_path, pair):
    texts = {"anna": answers("steps: fair\n"), "gus": answers("steps: best", "guest", "r-gus")}
    files = extra_files(migrated(engagement(tmp_path, texts), pair[1], pair[0]))
    page = files["reconfirm.md"]
    assert page.index("## Team") < page.index("so far: bad") < page.index("## Guest")
    assert page.split("## Guest")[1].count("so far") == 0
    assert "the question, or what can be answered to it, is another one now" in page.split("## Guest")[1]
    assert "## Not asked before\n\n- [ ] Is it fresh? `fresh` (Team)\n" in page


def test_answers_below_no_role_have_a_heading_of_their_own(tmp_path, pair):
    (tmp_path / "acme.yaml").write_text(f"{ENGAGEMENT}answers: {{steps: fair}}\n", encoding="utf-8")
    page = extra_files(migrated(tmp_path / "acme.yaml", pair[1], pair[0]))["reconfirm.md"]
    assert "## Answers below no role\n\n`answers`, `engagement.yaml`\n" in page


def test_no_text_of_a_client_or_a_rubric_is_markup_in_the_list(tmp_path):
    before = rubric(tmp_path / "old", OLD)
    hostile = OLD.replace('"1.0"', '"1.1"').replace("text: Your story?", "").replace("text: Story?", "text: '# <b>*S*'")
    found = migrated(engagement(tmp_path, {"anna": answers("story: '- [x] | `y`'")}), rubric(tmp_path, hostile), before)
    page = extra_files(found)["reconfirm.md"]
    assert "- [ ] \\# &lt;b>\\*S\\* `story`" in page
    assert "so far: \\- \\[x\\] \\| \\`y\\`" in page


# --- layouts ---


SAMPLE = """\
\ufeff# head
assess: answers/1
respondent: "r-anna"   # a name
role: TE
rubric_version: '1.0'
submitted: 2026-06-01

answers:    # below
  # one
  kept:   mid

  # two
  first_name: |
    top
  story: a
    b   # no comment of ours
# three
notes: >-
  The end.
"""


def test_line_ends_comments_and_order_stay(tmp_path, pair):
    org = engagement(tmp_path, {"anna": SAMPLE.replace("\n", "\r\n")})
    text = migrated(org, pair[1], pair[0]).files["answers/anna.yaml"]
    expected = SAMPLE.replace("'1.0'", '"1.1"').replace("first_name: |", "named: |")
    expected = expected.replace("  story: a", "  # reconfirm: the question reads otherwise\n  story: a")
    assert text == expected.replace("\n", "\r\n")


@pytest.mark.parametrize(
    "layout",
    [
        "answers: {whole: mid, kept: low}\n",
        "answers: {whole: {value: mid, note: 'a, b: {c'},\n  kept: low}\n",
        "answers:\n  {whole: mid,\n   kept: low}\n",
        'answers: {"whole": mid, kept: low}\nnotes: n\n',
        "answers: {\n  whole: mid,\n  kept: low\n}\n",
    ],
)
def test_answers_in_brackets_are_written_on_lines_of_their_own(tmp_path, pair, layout):
    head = "# head\nassess: answers/1\nrespondent: r-anna\nrole: team\nsubmitted: 2026-06-01\n"
    found = migrated(engagement(tmp_path, {"anna": head + layout}), pair[1], pair[0])
    sheet, wrong = read_back(found)
    assert wrong == ()
    assert {name: a.value for name, a in sheet.respondents[0].answers.items()} == {
        "half_a": "mid",
        "half_b": "no",
        "kept": "low",
    }


def test_a_file_in_one_bracket_is_written_anew_and_that_is_said(tmp_path, pair):
    line = '{assess: answers/1, respondent: r-anna, role: team, submitted: 2026-06-01, answers: {first_name: "top"}}\n'
    found = migrated(engagement(tmp_path, {"anna": f"# head\n{line}"}), pair[1], pair[0])
    assert found.recast == ("answers/anna.yaml",)
    assert read_back(found)[0].respondents[0].answers["named"].value == "top"
    assert "answers/anna.yaml is written anew, without its comments" in "\n".join(migration_lines(found))


def test_one_file_with_roles_inside_becomes_a_folder(tmp_path, pair):
    text = ENGAGEMENT + (
        "answers:\n  kept: top    # of the first role\n  team: {first_name: mid, outdated: yes}\n"
        "  boss:\n    # theirs\n    whole: top\n"
        "agreed:\n  one: {value: low, basis: [team], why: So}\n  two: {value: top, basis: [boss], why: And so}\n"
    )
    (tmp_path / "acme.yaml").write_text(text, encoding="utf-8")
    found = carry_over(tmp_path / "acme.yaml", pair[1], pair[0])
    sheet, wrong = read_back(found)
    assert (wrong, found.recast) == ((), ())
    assert {r.id: {n: a.value for n, a in r.answers.items()} for r in sheet.respondents} == {
        "answers-boss": {"kept": "top", "half_a": "top", "half_b": "yes"},
        "answers-team": {"named": "mid"},
    }
    settled = sheet.settled["both"]
    assert (settled.answer.value, settled.basis, settled.why) == ("low", ("team", "boss"), "So / And so")
    assert "    # theirs\n" in found.files["engagement.yaml"]
    assert fates(found)["outdated"] == ("retired", ())


def test_the_engagement_names_the_new_version_and_the_new_text(tmp_path, pair):
    text = ENGAGEMENT.replace('rubric_version: "1.0"\n', "rubric_version: 1.0\nrubric_hash: sha256:0123\n# c\n")
    files = migrated(engagement(tmp_path, {"anna": answers("kept: low")}, text), pair[1], pair[0]).files
    assert (
        f'rubric: desk   # the one for desks\nrubric_version: "1.1"\nrubric_hash: {pair[1].hash}\n# c\n'
        in (files["engagement.yaml"])
    )
    silent = ENGAGEMENT.replace('rubric_version: "1.0"\n', "")
    files = migrated(engagement(tmp_path, {}, silent), pair[1], pair[0]).files
    assert f'desks\nrubric_version: "1.1"\nrubric_hash: {pair[1].hash}\nassessed_on' in files["engagement.yaml"]


def test_a_key_nothing_stands_behind_is_filled(tmp_path, pair):
    text = ENGAGEMENT.replace('rubric_version: "1.0"', "rubric_version:")
    found = migrated(engagement(tmp_path, {"anna": answers("kept: low")}, text), pair[1], pair[0])
    assert '\nrubric_version: "1.1"\n' in found.files["engagement.yaml"]
    assert found.recast == ()


def test_what_is_left_to_correct_is_said_at_its_place_in_the_new_folder(tmp_path, pair):
    text = f"{ENGAGEMENT}targets: {{gone: top}}\n"
    found = migrated(engagement(tmp_path, {"anna": answers("kept: low")}, text), pair[1], pair[0])
    ((problem),) = read_back(found)[1]
    assert (problem.location.file, problem.code) == ("engagement.yaml", "unknown_name")


def test_decisions_that_name_what_is_gone_are_told_before_anything_is_written(tmp_path, pair):
    folder = engagement(tmp_path, {"anna": answers("kept: low")})
    entry = "{initiative: i99, pin: true, who: Board, why: So.}"
    (folder / "decisions.yaml").write_text(f"assess: decisions/1\ninitiatives:\n  - {entry}\n")
    ((problem),) = read_back(migrated(folder, pair[1], pair[0]))[1]
    assert (problem.location.file, problem.code) == ("decisions.yaml", "unknown_name")


# --- what cannot be carried over ---


@pytest.mark.parametrize(
    ("text", "old", "message"),
    [
        (ENGAGEMENT.replace("rubric: desk", "rubric: other"), True, "uses the rubric 'other', not 'desk'"),
        (ENGAGEMENT.replace('rubric_version: "1.0"\n', ""), False, "does not say which version"),
        (ENGAGEMENT.replace("1.0", "0.9"), True, "were given to version 0.9 of 'desk'; --from names 'desk' 1.0"),
    ],
)
def test_an_engagement_of_another_rubric_or_an_unknown_version_is_refused(tmp_path, pair, text, old, message):
    org = engagement(tmp_path, {"anna": answers("kept: low")}, text)
    with pytest.raises(DocumentError) as caught:
        carry_over(org, pair[1], pair[0] if old else None)
    assert message in caught.value.problems[0].message


@pytest.mark.parametrize("broken", ["answers: [\n", "assess: agreed/1\nanswers: {}\n", "\x00"])
def test_one_broken_file_stops_all(tmp_path, pair, broken):
    org = engagement(tmp_path, {"anna": answers("kept: low"), "ben": broken})
    with pytest.raises(DocumentError) as caught:
        migrated(org, pair[1], pair[0])
    assert caught.value.problems[0].location.file.endswith("ben.yaml")


# --- in print and in JSON ---


def test_the_json_tells_each_answer_once(carried):
    _, found = carried("kept: low\nwhole: mid\noutdated: no\ndays: 75")
    told = json.loads(json.dumps(migration_json(found, read_back(found)[1])))
    assert (told["assess"], told["rubric"]) == ("migration/1", {"id": "desk", "from": "1.0", "to": "1.1"})
    assert told["counts"] == {**dict.fromkeys(FATES, 0), "carried": 1, "split": 1, "retired": 1, "unknown": 1}
    assert [each["question"] for each in told["pages"][0]["again"]] == ["half_a", "half_b", "days"]


def test_nothing_a_file_holds_can_steer_a_terminal(carried):
    text, found = carried('"\\e[31mred": yes\n"kept": mid')
    shown = "\n".join(migration_lines(found))
    assert "\x1b" not in shown + text
    assert "\\x1b[31mred" in shown
    assert fates(found)["\x1b[31mred"] == ("unknown", ())


@pytest.mark.parametrize("name", ["desk_folder", "Desk-2026", "my.desk"])
def test_an_engagement_that_names_the_folder_of_its_rubric_is_told_the_id(tmp_path, pair, name):
    org = engagement(tmp_path, {"anna": answers("kept: low")}, ENGAGEMENT.replace("rubric: desk", f"rubric: {name}"))
    (tmp_path / "rubrics" / name).mkdir(parents=True)
    (tmp_path / "rubrics" / name / "rubric.yaml").write_text("assess: rubric/1\nid: desk\n", encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        carry_over(org, pair[1], pair[0], [tmp_path / "rubrics"])
    (problem,) = caught.value.problems
    assert problem.message == f"'{name}' is the name of a folder or file; the rubric in it has the id 'desk'"
    assert (problem.hint, problem.location.line) == ("write rubric: desk", 3)

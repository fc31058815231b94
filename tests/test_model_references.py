"""References are ids from the moment a rubric is read, whatever its author called things, whose words are kept."""

import re

import pytest
from conftest import RUBRIC

from assess.load import load
from assess.model.aggregation import Weights
from assess.model.anatomy import with_names
from assess.model.rubric import ROOT, Rubric
from assess.validate import validate
from assess.workflow import load_rubric

# The small rubric, with every kind of reference, once by ids and once by whatever else leads there.
MORE = """
policies:
  perception: {claim: boss, practice: [desk, log]}
"""
BY_ID = RUBRIC.replace("policies:\n", f"weights: {{points: {{hear: 60, mend: 40}}}}\n{MORE.lstrip()}").replace(
    "    gates:\n", "    weights: {rank: [hear_all, hear_back]}\n    gates:\n", 1
)
BY_ID = BY_ID.replace("id: desk, title", "id: desk, code: DE, renamed_from: [counter_desk], title")
BY_ID = BY_ID.replace(
    "        title: All are answered\n", "        title: All are answered\n        renamed_from: [hear_old]\n"
)
BY_ID = BY_ID.replace("weeks: 2,", "weeks: 2, needs: [i01],")
OTHERWISE = (
    ("{points: {hear: 60, mend: 40}}", "{points: {HEA: 60, MEN: 40}}"),
    ("{rank: [hear_all, hear_back]}", "{rank: [HEA-1, hear_old]}"),
    ("claim: boss, practice: [desk, log]", "claim: BO, practice: [counter_desk, log]"),
    ("disagreement: {role: boss,", "disagreement: {role: BO,"),
    ("cap: {of: [hear_back], at: begun}", "cap: {of: [HEA-2], at: begun}"),
    ("lifted_by: [i01]", "lifted_by: [I-01]"),
    ("initiatives: [i01]", "initiatives: [I-01]"),
    ("lifts: {hear_all: practised, hear_back: practised}", "lifts: {HEA-1: practised, hear_old: practised}"),
    ("owner: desk", "owner: counter_desk"),
    ("owner: boss", "owner: BO"),
    ("needs: [i01]", "needs: [I-01]"),
    (
        "ask: {boss: Which complaints reach you in writing?, desk: ~, log: ~}",
        "ask: {BO: Which complaints reach you in writing?, DE: ~, log: ~}",
    ),
    ("ask: {desk: ~, guest", "ask: {counter_desk: ~, guest"),
)


def otherwise(text=BY_ID, edits=OTHERWISE):
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    return text


@pytest.fixture
def read(tmp_path):
    """Reads a rubric of this text."""

    def loaded(text):
        path = tmp_path / "small.yaml"
        path.write_text(text, encoding="utf-8")
        return load_rubric(path)

    return loaded


@pytest.fixture
def told(run, place):
    """What commands print about an engagement of a rubric of this text, hashes aside."""

    def printed(text):
        (place.rubrics / "small.yaml").write_text(text, encoding="utf-8")
        said = [run("report", place.org, "-o", "-"), run("score", place.org, "--format", "json")]
        said += [run("explain", place.org, name) for name in ("hear", "hear_no_rule", "hear_not_seen", "i01", "i02")]
        said += [
            run("explain", place.org, name, "--format", "json") for name in ("hear_no_rule", "hear_not_seen", "i02")
        ]
        assert [found.exit_code for found in said] == [0] * len(said)
        return [re.sub(r"[0-9a-f]{12,64}", "", found.stdout) for found in said]

    return printed


def test_however_a_reference_is_spelled_every_command_says_the_same(told):
    assert told(otherwise()) == told(BY_ID)


@pytest.mark.parametrize("edit", OTHERWISE, ids=lambda edit: edit[1][:24])
def test_every_reference_is_an_id_once_it_is_read(read, edit):
    by_id, other = read(BY_ID), read(otherwise(edits=[edit]))
    fields = set(Rubric.model_fields) - {"hash", "text_hash"}
    assert {name: getattr(other, name) for name in fields} == {name: getattr(by_id, name) for name in fields}


def test_the_words_of_the_author_are_kept(read):
    found = read(otherwise())
    written = found.as_written
    assert (found.initiatives[0].owner, written.initiatives[0].owner) == ("desk", "counter_desk")
    assert (*written.node_by_id["hear"].gates[0].cap.of,) == ("HEA-2",)
    assert written.as_written is written
    same = read(BY_ID)
    assert same.as_written is same


def test_a_rubric_made_in_memory_is_resolved_as_well():
    node = {"id": "p", "code": "P", "title": "P"}
    made = Rubric(id="r", title="R", version="1", principles=[node], weights={"points": {"P": 100}})
    assert made.weights.points == {"p": 100}
    assert made.as_written.weights.points == {"P": 100}
    assert made.model_copy(update={"title": "Other"}).as_written.title == "Other"


def test_a_name_that_leads_nowhere_is_refused_in_the_words_of_its_author(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(otherwise(edits=[*OTHERWISE, ("owner: BO", "owner: HEA-1")]), encoding="utf-8")
    with pytest.raises(Exception, match="there is no role 'HEA-1'"):
        load_rubric(path)


def test_an_unsound_rubric_can_be_read_for_its_problems(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(BY_ID.replace("owner: boss", "owner: nobody"), encoding="utf-8")
    assert load(path)[0].initiatives[1].owner == "nobody"


def test_two_names_of_one_element_become_one_whatever_stands_behind_them():
    same = 50.0
    rule = Weights(points={"a": same, "b": same})
    assert with_names(rule, {"a": "a", "b": "a"}.__getitem__).points == {"a": 50}


def test_nothing_is_copied_where_no_name_is_another():
    rule = Weights(points={"a": 1, "b": 2})
    assert with_names(rule, str) is rule
    assert with_names(rule, {"a": "b", "b": "a"}.__getitem__).points == {"b": 1, "a": 2}


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("{points: {hear: 60, mend: 40}}", "{points: {hear: 60, HEA: 60, mend: 40}}", "HEA"),
        ("lifts: {mend: practised}", "lifts: {MEN: practised, mend: leading}", "mend"),
        ("ask: {desk: ~, guest", "ask: {desk: ~, DE: Who is answered?, guest", "DE"),
    ],
)
def test_what_is_said_twice_of_one_element_is_told(tmp_path, old, new, name):
    path = tmp_path / "small.yaml"
    path.write_text(otherwise(edits=[(old, new)]), encoding="utf-8")
    rubric, sources = load(path)
    told = [problem for problem in validate(rubric, sources) if problem.code == "duplicate_id"]
    assert [(problem.severity, f"'{name}' is what" in problem.message) for problem in told] == [("warning", True)]
    line, column = told[0].location.line, told[0].location.column
    assert path.read_text(encoding="utf-8").splitlines()[line - 1][column - 1 :].startswith(f"{name}:")


def test_what_was_asked_of_a_rubric_makes_it_no_other_one(place):
    """Its spelling, its root and its names may have been read: it still equals the rubric of the same file."""
    path = place.rubrics / "small.yaml"
    asked, other = load(path)[0], load(path)[0]
    for rubric in (asked, other):
        assert rubric.as_written.as_written.id == rubric.id
        assert rubric.root.id == ROOT
    assert asked == other == load(path)[0]
    assert asked.model_copy(update={"title": "Another"}) != other

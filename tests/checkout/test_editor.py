"""What an editor shows, asked of yaml-language-server itself: marks, completion and hover.

`.ci/run editor` installs the server and runs these; `pytest -m editor` does, with `node_modules/.bin` on the PATH.
"""

import shutil

import pytest
from checkout.language_server import running

from assess.authoring.schema import schemas
from assess.authoring.schema.modelines import START
from assess.resources import shipped
from assess.workflow import load_rubric

COMMAND = shutil.which("yaml-language-server")
pytestmark = pytest.mark.editor

SLIPS = """\
assess: rubric/1
id: r
title: R
version: 1.0
principles:
  - id: p
    title: P
    wieght: 2
    questions:
      - id: a
        type: scal
        text: A
      - id: b
        type: choice
        text: B
        options:
          - key: x
            lable: X
          - {key: y, label: 2}
"""


@pytest.fixture(scope="module")
def server():
    with running(COMMAND) as found:
        yield found


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Where the schemas are: those for any rubric, and those for the shipped one."""
    place = tmp_path_factory.mktemp("schemas")
    for name, files in {
        "any": schemas(),
        "social": schemas(load_rubric(shipped("rubrics") / "social_business")),
    }.items():
        (place / name).mkdir()
        for file, text in files.items():
            (place / name / file).write_text(text, encoding="utf-8")
    return place


@pytest.fixture
def editor(server, folders, tmp_path):
    """Opens a text below its line for the editor; what: a question about the place where `|` stands."""

    def opened(text, schemas_="any", what=""):
        cursor = text.find("|") if what else -1
        before, text = text[: max(cursor, 0)], text.replace("|", "", 1) if cursor >= 0 else text
        path = tmp_path / f"{abs(hash((text, schemas_, what)))}.yaml"
        marks = server.opened(path, f"{START}{folders / schemas_ / 'assess.schema.json'}\n{text}")
        if not what:
            return [(mark.line - 1, mark.start, mark.end, mark.message) for mark in marks]
        return server.at(what, path, before.count("\n") + 2, len(before) - before.rfind("\n"))

    return opened


def labels(found):
    items = found["items"] if isinstance(found, dict) else found
    return [item["label"] for item in items]


def test_four_slips_are_marked_at_their_places_and_a_version_like_a_number_is_not(editor):
    kinds = '"level", "scale", "choice", "yesno", "multi", "number", "text", "date"'
    assert editor(SLIPS) == [
        (8, 5, 11, "Property wieght is not allowed."),
        (11, 15, 19, f"Value is not accepted. Valid values: {kinds}."),
        (17, 13, 14, 'Missing property "label".'),
        (18, 13, 18, "Property lable is not allowed."),
    ]


@pytest.mark.parametrize("folder", ["rubrics/complaint_handling", "rubrics/social_business/personas"])
def test_shipped_files_carry_no_mark(editor, folder):
    name, _, inner = folder.partition("/")
    for path in sorted((shipped(name) / inner).rglob("*.yaml")):
        assert editor(path.read_text(encoding="utf-8")) == [], path


def test_the_answers_of_a_sample_carry_no_mark_for_their_rubric(editor):
    for path in sorted((shipped("sample_orgs") / "lanternfolk").rglob("*.yaml")):
        if path.name != "people.yaml":
            assert editor(path.read_text(encoding="utf-8"), "social") == [], path


HEAD = "assess: principle/1\nid: p\ntitle: P\n"


@pytest.mark.parametrize(
    ("text", "offered", "missing"),
    [
        ("assess: |", {"rubric/1", "answers/1"}, set()),
        (f"{HEAD}|", {"weight", "criteria", "gates"}, {"id", "goalposts"}),
        (f"{HEAD}questions:\n  - id: q\n    type: |", {"level", "yesno"}, set()),
        (f"{HEAD}questions:\n  - id: q\n    type: number\n    |", {"goalposts", "unit", "text"}, {"options", "type"}),
        (f"{HEAD}questions:\n  - |", {"question: level", "type"}, set()),
        (f"{HEAD}aggregate: |", {"geometric", "aggregate: staged"}, {"staged"}),
        (f"{HEAD}gates: |", {"gate: cap", "gate: flag"}, set()),
    ],
)
def test_what_may_stand_somewhere_is_offered(editor, text, offered, missing):
    found = set(labels(editor(text, what="completion")))
    assert offered <= found
    assert not missing & found


ANSWERS = "assess: answers/1\nrespondent: r\nrole: executive\nanswers:\n"


def test_the_questions_of_a_rubric_and_their_options_are_offered(editor):
    assert "lwp_purpose_streams" in labels(editor(f"{ANSWERS}  lwp|: ", "social", "completion"))
    found = labels(editor(f"{ANSWERS}  lwp_purpose_streams: |", "social", "completion"))
    assert found[:5] == ["absent", "ad_hoc", "defined", "practised", "leading"]
    text = f"{ANSWERS}  lwp_purpose_streams: defned\n"
    ((_, _, _, message),) = editor(text, "social")
    assert message.startswith('Value is not accepted. Valid values: "absent"')


def test_a_key_is_explained_where_the_mouse_rests(editor):
    hover = editor(f"{HEAD}wei|ght: 2\n", what="hover")["contents"]["value"]
    assert "principle or criterion: weight" in hover
    assert "Weight among its siblings" in hover
    hover = editor(f"{ANSWERS}  lwp_purpose|_streams: 3\n", "social", "hover")["contents"]["value"]
    assert "3 = practised: " in hover
    assert "||" not in hover

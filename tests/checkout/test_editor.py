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


def items(found):
    return found["items"] if isinstance(found, dict) else found


def labels(found):
    return [item["label"] for item in items(found)]


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


LEVEL = f"{HEAD}questions:\n  - id: q\n    type: level\n    text: A\n    "
GATE = f"{HEAD}gates:\n  - id: g\n    "
FACT = f"{HEAD}facts:\n  - id: f\n    type: yesno\n    text: A\n    "
RULES = {"off", "optional", "required", "required_from practised", "required_from leading"}


@pytest.mark.parametrize(
    "text",
    [
        f"{LEVEL}ask: |",
        f"{LEVEL}ask: [|]",
        f"{LEVEL}ask:\n      |",
        f"{LEVEL}ask:\n      - |",
        f"{FACT}ask:\n      exec|",
        f"{HEAD}titles:\n  |",
    ],
)
def test_the_roles_of_a_rubric_are_offered_where_one_is_asked(editor, text):
    assert {"executive", "record"} <= set(labels(editor(text, "social", "completion")))


@pytest.mark.parametrize(
    "text", [f"{LEVEL}evidence: |", f"{FACT}evidence: |", f"{LEVEL}ask:\n      executive:\n        evidence: |"]
)
def test_every_rule_on_evidence_is_offered(editor, text):
    assert set(labels(editor(text, "social", "completion"))) > RULES
    assert {"off", "optional", "required", "required_from level"} == set(labels(editor(text, what="completion")))


@pytest.mark.parametrize("text", [f"{LEVEL}allow: [|]", f"{LEVEL}allow:\n      - |"])
def test_the_states_an_answer_can_have_are_offered(editor, text):
    assert {"na", "unknown", "declined"} <= set(labels(editor(text, what="completion")))


CONDITIONS = [
    f"{GATE}when: |",
    f"{GATE}when: lwp_purpose_wr|",
    f"{LEVEL}show_when: |",
    f"{FACT}caps:\n      when: |",
    f"{HEAD}clashes:\n  - id: c\n    claim: |",
    f"{HEAD}clashes:\n  - id: c\n    practice: |",
    f"{GATE}because:\n      known:\n        - when: |",
    "assess: rubric/1\nheadlines:\n  - when: |",
    "assess: initiatives/1\ninitiatives:\n  - id: i\n    not_before: |",
]


@pytest.mark.parametrize("text", CONDITIONS)
def test_whole_comparisons_are_offered_where_a_condition_belongs(editor, text):
    found = {item["label"]: item["insertText"] for item in items(editor(text, "social", "completion"))}
    assert found["lwp_purpose_written = \u2026"] == "lwp_purpose_written = ${1|no,yes|}"
    levels = "${1|absent,ad_hoc,defined,practised,leading|}"
    both = f"lwp_purpose_streams >= {levels} by ${{2|executive,social_team|}}"
    assert found["lwp_purpose_streams >= \u2026 by \u2026"] == both
    assert found["lwp_decisions_count < 10"] == "lwp_decisions_count < ${1:10}"
    assert found["emp < \u2026"] == f"emp < {levels}"
    assert found["overall >= \u2026"] == f"overall >= {levels}"


@pytest.mark.parametrize("text", [text for text in CONDITIONS if "lwp" not in text])
def test_the_forms_of_conditions_are_offered_without_a_rubric(editor, text):
    found = set(labels(editor(text, what="completion")))
    assert {"question = no", "question >= level", "share(question = no by role) > 50"} <= found


def test_a_cap_inside_a_fact_takes_what_follows_the_name_of_the_fact(editor):
    assert {"no", "yes", "< 10"} <= set(labels(editor(f"{FACT}caps:\n      when: |", "social", "completion")))


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

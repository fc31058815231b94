"""Rules across a rubric: a sound one has no mistake, and each single change is found at its line and column."""

from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from factories import built, fact, level, node, percent, question, written
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.documents import SourceMap
from assess.load import load
from assess.model.rubric import Rubric
from assess.problems import DocumentError
from assess.validate import remarks, validate

CASES = Path(__file__).parent / "cases"
SOUND = (CASES / "rubric.yaml").read_text(encoding="utf-8")
MISTAKES = yaml.safe_load((CASES / "mistakes.yaml").read_text(encoding="utf-8"))


def problems(folder, text):
    (folder / "rubric.yaml").write_text(text, encoding="utf-8")
    return validate(*load(folder))


def place(text, needle):
    """Line and column of the first time a text stands in another."""
    before = text[: text.index(needle)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def test_a_sound_rubric_has_no_mistake(tmp_path):
    assert [found for found in problems(tmp_path, SOUND) if found.severity != "note"] == []


@pytest.mark.parametrize("case", MISTAKES, ids=lambda case: case["rule"])
def test_a_single_mistake_is_found_at_its_place(tmp_path, case):
    assert case["stands"] in SOUND
    text = SOUND.replace(case["stands"], case["instead"], 1)
    found = [p for p in problems(tmp_path, text) if p.code == case["code"] and case["message"] in p.message]
    assert found, [p.message for p in problems(tmp_path, text)]
    line, column = place(text, case["at"])
    assert (found[0].severity, found[0].location.line, found[0].location.column) == ("error", line, column)
    assert found[0].source == text.splitlines()[line - 1]
    assert found[0].hint or "did you mean" in found[0].message, "every mistake has a way out"


@pytest.mark.parametrize(
    ("sound", "broken", "message", "marked"),
    [
        ("lifted_by: [i2], ", "", "nothing is named that lifts 'g2'", "{id: g2"),
        ("lifts: {b: top}, ", "", "'i2' lifts nothing", "{id: i2"),
    ],
)
def test_what_is_doubtful_is_a_warning(tmp_path, sound, broken, message, marked):
    text = SOUND.replace(sound, broken, 1)
    (found,) = [p for p in problems(tmp_path, text) if p.severity == "warning"]
    assert message in found.message
    assert (found.location.line, found.location.column) == place(text, marked)


def test_several_mistakes_are_found_in_one_run_in_order_of_place(tmp_path):
    text = SOUND.replace("target: mid", "target: high").replace("home: a", "home: c").replace("owner: TE", "owner: TX")
    text = text.replace("{p: 40, s: 30", "{p: 50, s: 30").replace("step2, type: yesno, stage: 2", "step2, type: yesno")
    lines = [p.location.line for p in problems(tmp_path, text) if p.severity == "error"]
    assert len(lines) == 5
    assert lines == sorted(lines)


# --- nothing to score ---


def codes(*principles, **more):
    head = {"id": "r", "title": "R", "version": "1"}
    found = validate(Rubric.model_validate({**head, **more, "principles": principles}), SourceMap())
    return {problem.code for problem in found if problem.severity == "error"}


CONSTANT = {"rules": {"cases": [{"when": "q = k0", "is": "x"}], "otherwise": "x", "values": {"x": 1}}}


@pytest.mark.parametrize(
    ("principles", "found"),
    [
        ([], {"empty_node"}),
        ([node("p")], {"empty_node"}),
        ([node("p", fact("f"))], {"empty_node"}),
        ([node("p", percent("q", weight=0))], {"empty_node"}),
        ([node("p", node("c", percent("q"), weight=0))], {"weights"}),
        ([node("p", percent("q"), weight=0)], {"weights"}),
        ([node("p", percent("q"))], set()),
        ([node("p", question("q", "choice", 2), aggregate=CONSTANT)], set()),
        ([node("p", node("c", percent("q")), aggregate="ladder")], {"aggregate"}),
    ],
)
def test_every_node_has_something_to_score(principles, found):
    assert codes(*principles) == found


def test_codes_are_unique_in_a_rubric_made_in_memory():
    assert codes(node("p", percent("q"), code="X-1"), node("o", percent("r"), code="X-2")) == set()
    assert codes(node("p", percent("q"), code="X-1"), node("o", percent("r"), code="X-1")) == {"duplicate_id"}


def test_scores_of_a_shared_list_make_a_choice_a_scored_question():
    shared = {"met": [{"key": "n", "label": "No", "score": 0}, {"key": "y", "label": "Yes", "score": 1}]}
    asked = question("q", "choice", options_from="met")
    assert codes(node("p", asked), option_sets=shared) == set()
    bare = {"met": [{"key": "n", "label": "No"}, {"key": "y", "label": "Yes"}]}
    assert codes(node("p", asked), option_sets=bare) == {"empty_node"}


# --- both senses ---


def noted(*principles, **more):
    """The questions that can raise and lower the score."""
    found = remarks(built(*principles, **more), SourceMap())
    return {p.message.split("'")[1] for p in found if p.code == "both_senses"}


COUNTED = question("q", "number", weight=0, min=0, max=50)


@pytest.mark.parametrize(
    ("asked", "when"),
    [
        (COUNTED, "q < 2 or q > 9"),
        (COUNTED, "q = 0"),
        (COUNTED, "q = 50 or q = 0"),
        (COUNTED, "q = 0 or 1 > q"),
        ({**COUNTED, "better": "neither"}, "q < 9 or q > 2 and q < 3"),
        (question("q", "choice", 3), "q = k1"),
        (question("q", "choice", 3), "q in (k0, k2)"),
        (fact("q", better="neither"), "q = yes or evidence(q) < documented"),
    ],
    ids=str,
)
def test_answers_without_an_order_are_not_noted(asked, when):
    assert capped(when, asked, percent("n")) == set()


@pytest.mark.parametrize(
    ("asked", "when"),
    [
        (COUNTED, "q < 9 and n < 5 or q > 2 and n > 5"),
        ({**COUNTED, "better": "high"}, "q < 2 or q > 9"),
        (percent("q"), "q < 2 or q > 9"),
        (COUNTED, "not q < 3 and n > 4 or q < 3 and n < 3"),
    ],
    ids=str,
)
def test_answers_with_an_order_are(asked, when):
    assert "q" in capped(when, asked, percent("n"))


def capped(when, *asked):
    gate = {"id": "g", "when": when, "cap": {"of": ["o"], "at": "l1"}, "because": "b"}
    return noted(node("p", *asked), node("o", percent("r"), gates=[gate]))


FALLING = {"worst": 9, "best": 1}
EXCLUSIVE = [{"key": "a", "label": "A"}, {"key": "none", "label": "None", "exclusive": True}]


@pytest.mark.parametrize(
    ("asked", "once", "twice"),
    [
        (level("q"), "q < k2", "q > k2"),
        (level("q"), "p <= l2", "p >= l2"),
        (percent("q"), "q < 20", "q > 20"),
        (question("q", "number", goalposts=FALLING), "q > 3", "q < 3"),
        (question("q", "yesno"), "q = no", "q = yes"),
        (question("q", "yesno", reverse=True), "q = yes", "q = no"),
        (question("q", "multi", EXCLUSIVE), "has(q, none)", "has(q, a)"),
        (question("q", "multi", 3), "count(q) < 2", "only(q, k1)"),
        (level("q"), "q < k2 by boss", "q = k2"),
        (level("q"), "evidence(q) < documented", "evidence(q) >= documented"),
        (level("q"), "not q >= k1 or q <= k0", "not q < k1"),
    ],
)
def test_a_question_read_in_both_senses_is_noted(asked, once, twice):
    assert capped(once, asked) == set()
    assert capped(twice, asked) == {"q"}


def test_what_shows_and_hides_others_is_noted():
    asked = [percent("a"), fact("f"), percent("q", show_when="f = yes")]
    assert noted(node("p", *asked)) == {"f"}
    assert noted(node("p", *asked[:2], percent("q", show_when="a > 3"))) == {"a"}


def test_a_ladder_and_a_table_that_only_rise_are_not_noted():
    table = {"cases": [{"when": "q < 30", "is": "bad"}, {"when": "q < 60", "is": "fair"}], "otherwise": "good"}
    values = {"bad": 0, "fair": 50, "good": 100}
    assert noted(node("p", percent("q"), aggregate={"rules": {**table, "values": values}})) == set()
    assert noted(node("p", percent("q"), aggregate={"rules": {**table, "values": {**values, "bad": 70}}})) == {"q"}
    steps = [{"key": "n", "label": "N", "score": 1, "stop": True}, {"key": "y", "label": "Y", "score": 2}]
    assert noted(node("p", question("q", "choice", steps), aggregate="ladder")) == set()


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_no_edit_of_a_word_ends_in_a_traceback(tmp_path_factory, data):
    words = SOUND.split(" ")
    at = data.draw(st.integers(0, len(words) - 1))
    words[at] = data.draw(st.sampled_from(["x", "0", "-1", "[]", "{}", "~", "a", "mid", "overall", words[at - 1], ""]))
    with suppress(DocumentError):
        problems(tmp_path_factory.mktemp("r"), " ".join(words))


TWICE = """principles:
  - {id: a, title: Importance, questions: [{id: qa, type: yesno, text: Are letters answered?}]}
  - {id: b, title: Performance, questions: [{id: qb, type: yesno, text: "Are  letters answered?"}]}
"""


def test_one_wording_may_be_asked_in_two_nodes_and_not_twice_in_one():
    rubric = written(TWICE)
    (told,) = [problem for problem in validate(rubric, SourceMap()) if problem.code == "duplicate_text"]
    assert (told.severity, told.message) == ("warning", "'qb' reads the same as 'qa'")
    once = TWICE.replace("]}\n  - {id: b, title: Performance, questions: [", ", ")
    (told,) = [p for p in validate(written(once, sound=False), SourceMap()) if p.code == "duplicate_text"]
    assert (told.severity, told.hint) == ("error", "ask it once")


LABELS = {
    "how": "[{key: n, label: Badly}, {key: y, label: Well}]",
    "far": "[{key: n, label: No}, {key: y, label: Yes}]",
}


def paired(way, pairs):
    """Everything is asked twice: in one node, in two, or in criteria of two principles."""
    far, how = (
        [f"{{id: {name}{n}, type: scale, text: Item {n}?, options: {options}}}" for n in range(pairs)]
        for name, options in LABELS.items()
    )
    homes = {"one node": {"p": far + how}, "two nodes": {"a": far, "b": how}}.get(way)
    if homes:
        nodes = [f"{{id: {name}, title: T, questions: [{', '.join(asked)}]}}" for name, asked in homes.items()]
    else:
        below = {
            name: [f"{{id: {name}{n}x, title: T, questions: [{one}]}}" for n, one in enumerate(asked)]
            for name, asked in (("a", far), ("b", how))
        }
        nodes = [f"{{id: {name}, title: T, criteria: [{', '.join(inner)}]}}" for name, inner in below.items()]
    return f"principles: [{', '.join(nodes)}]"


@pytest.mark.parametrize("way", ["one node", "two nodes", "two principles"])
def test_a_questionnaire_that_asks_everything_twice_is_left_alone(way):
    for pairs, told in [(1, ["warning"]), (2, []), (4, [])]:
        found = validate(written(paired(way, pairs), sound=False), SourceMap())
        assert [p.severity for p in found if p.code == "duplicate_text"] == told


@pytest.mark.parametrize(
    "asked", ["{id: q, type: yesno, weight: 0, text: T}", "{id: q, type: number, weight: 0, text: T}"]
)
def test_a_table_over_facts_alone_is_told_to_let_them_count(asked):
    when = "q = yes" if "yesno" in asked else "q > 3"
    table = f"{{rules: {{cases: [{{when: {when}, is: x}}], otherwise: y, values: {{x: 100, y: 0}}}}}}"
    text = f"principles:\n  - {{id: p, title: P, aggregate: {table}, questions: [{asked}]}}\n"
    (told,) = [p for p in validate(written(text, sound=False), SourceMap()) if p.code == "empty_node"]
    assert told.hint.startswith("leave `weight: 0` out")
    assert not [p for p in validate(written(text.replace("weight: 0, ", "")), SourceMap()) if p.severity == "error"]

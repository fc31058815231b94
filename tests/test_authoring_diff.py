"""Differences between versions of a rubric: each field has its class, and the gravest calls for a version."""

import json

import pytest
from differing import CLASSES, ELEMENTS, TEXT, comparing, edited, rubric, told
from factories import built, node, percent, rubrics
from hypothesis import given

from assess.authoring.diff import SENSES, compare_rubrics, verdict
from assess.authoring.diff.report import difference_json, difference_lines
from assess.authoring.diff.values import cut_to_difference
from assess.authoring.diff.versions import Verdict
from assess.model.anatomy import change_classes_of, elements_in

# What an element is found by, and what a difference is made of; beside `migrations`, which say how to read old answers.
NAMES = {"id", "version", "hash", "text_hash", "renamed_from", "migrations"}


@pytest.fixture
def differ(tmp_path):
    return comparing(tmp_path)


# --- the table ---


@pytest.mark.parametrize("kind", CLASSES)
def test_every_field_of_every_element_has_a_class_and_a_reason(kind):
    record = ELEMENTS[kind]
    named = NAMES | {"level": {"key"}, "option": {"key"}, "claim": {"code"}, "reference": {"code"}}.get(kind, set())
    shared = {"option_sets"} if kind == "rubric" else set()
    assert set(record.model_fields) - set(elements_in(record)) - named - shared == set(change_classes_of(record))
    assert all(found.sense in SENSES and found.why for found in CLASSES[kind].values())


def test_scale_is_always_computed_with_and_print_never_is():
    classes = [found for fields in CLASSES.values() for found in fields.values()]
    uncounted = [found.why for found in classes if found.sense == "scale" and not found.counted]
    assert uncounted == ["answers may be given by number"]
    assert not any(found.counted for found in classes if found.sense == "cosmetic")


# --- equal rubrics ---


def test_a_rubric_is_not_different_from_itself(differ):
    found = differ()
    assert (found.changes, found.gravest, verdict(found).bump) == ((), None, "none")
    assert next(difference_lines(found)).endswith("no difference")


@pytest.mark.slow
@given(rubrics(), rubrics())
def test_two_rubrics_are_equal_to_the_difference_when_they_say_the_same(one, other):
    assert compare_rubrics(one, one).changes == ()
    says = [found.model_dump(exclude={"hash"}) for found in (one, other)]
    assert (compare_rubrics(one, other).changes == ()) == (says[0] == says[1])


@pytest.mark.parametrize(
    "edit",
    [
        ("title: How complaints are answered\n", "title:   'How complaints\n\n  are answered'\n"),
        ("when: hear_written = no", "when: hear_written==no"),
        ("aggregate: {geometric: {floor: 1}}", "aggregate: geometric"),
        ("claim: hear_count >= practised by boss", "claim: hear_count >=practised  by boss"),
        ("ask: [desk, log]", "ask: [log, desk]"),
        ("cap: {of: [hear_back], at: begun}", "cap: {of: [HEA-2], at: begun}"),
        ("lifted_by: [i01]", "lifted_by: [I-01]"),
    ],
)
def test_another_way_to_write_the_same_is_no_difference(differ, edit):
    assert told(differ(edit)) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("harmonic", {"harmonic": {"floor": 1}}, True),
        ({"power": {"p": -2}}, {"power": {"p": -2, "floor": 1}}, True),
        ({"power": {"p": 3}}, {"power": {"p": 3, "floor": 0}}, True),
        ({"power": {"p": -2}}, {"power": {"p": -2, "floor": 0}}, False),
        ("geometric", {"geometric": {"floor": "coinr"}}, False),
    ],
)
def test_a_floor_written_out_as_it_would_be_anyway_is_no_difference(one, other, same):
    old, new = (built(node("p", percent("q")), node("o", percent("r")), aggregate=how) for how in (one, other))
    assert (compare_rubrics(old, new).changes == ()) is same


# --- one change each ---


@pytest.mark.parametrize(
    ("edit", "element", "field", "sense"),
    [
        (("title: How complaints are answered", "title: Complaints"), "rubric", "title", "cosmetic"),
        (("scale: {min: 0, max: 4}", "scale: {min: 0, max: 5}"), "rubric", "scale", "scale"),
        (("floor: 1", "floor: 2"), "rubric", "aggregate", "scale"),
        (("unknown: zero", "unknown: missing"), "policies", "unknown", "scale"),
        (("levels: 2", "levels: 3"), "policies", "disagreement", "scale"),
        (("min_cell: 3", "min_cell: 4"), "policies", "min_cell", "scale"),
        (("target: practised", "target: leading"), "policies", "target", "scale"),
        (("title: Begun, at: 25", "title: Begun, at: 30"), "level begun", "at", "scale"),
        (("title: Begun, at: 25", "title: Started, at: 25"), "level begun", "title", "meaning"),
        (("title: Manager", "title: Owner"), "role boss", "title", "meaning"),
        (("says: Complaints get lost here.", "says: Nobody listens."), "headline otherwise", "says", "meaning"),
        (("title: Hearing", "title: Listening"), "principle hear", "title", "cosmetic"),
        (("code: HEA-2", "code: HEA-9"), "criterion hear_back", "code", "meaning"),
        (("        key: true\n", ""), "criterion hear_all", "key", "scale"),
        (("help: Look at the last quarter.", "help: Look back."), "question hear_count", "help", "cosmetic"),
        (("text: Who gets an answer?", "text: Who is answered?"), "question hear_reply", "text", "meaning"),
        (("text: Who gets an answer?", "text: Who gets - an answer"), "question hear_reply", "text", "meaning"),
        (("text: Who gets an answer?", "text: who gets an answer"), "question hear_reply", "text", "cosmetic"),
        (("unit: days", "unit: hours"), "question hear_days", "unit", "meaning"),
        (("max: 365", "max: 100"), "question hear_days", "max", "meaning"),
        (("guest: Did you get an answer?", "guest: Were you told?"), "question hear_reply", "wording", "meaning"),
        (("allow: [unknown, na]", "allow: [unknown]"), "question hear_reply", "allow", "meaning"),
        (("when: hear_written = no", "when: hear_days > 9"), "gate hear_no_rule", "when", "meaning"),
        (("[hear_back], at: begun", "[hear_back], at: defined"), "gate hear_no_rule", "cap", "scale"),
        (("because: Without a rule", "because: Lacking a rule"), "gate hear_no_rule", "because", "meaning"),
        (("settle: Read", "settle: Look at"), "clash hear_not_seen", "settle", "cosmetic"),
        (("practice: hear_count <=", "practice: hear_count <"), "clash hear_not_seen", "practice", "meaning"),
        (("lifts: {mend: practised}", "lifts: {mend: leading}"), "initiative i02", "lifts", "meaning"),
        (("risk: It is long.", "risk: It is dull."), "initiative i01", "risk", "cosmetic"),
        (("label: Letters and mails", "label: All by letter"), "option hear_count: defined", "label", "meaning"),
        (("label: Letters and mails", "label: Letters and Mails!"), "option hear_count: defined", "label", "cosmetic"),
    ],
)  # fmt: skip
def test_a_change_is_found_at_its_element_and_has_its_class(differ, edit, element, field, sense):
    assert told(differ(edit)) == [("changed", element, field, sense)]


def test_a_number_with_a_point_is_not_the_same_words(differ):
    before = edited(TEXT, ("text: Who gets an answer?", "text: Who gets an answer in 1.5 days?"))
    assert told(differ(("1.5 days", "15 days"), before=before)) == [
        ("changed", "question hear_reply", "text", "meaning")
    ]


def test_who_is_asked_counts_and_how_it_is_put_does_not(differ):
    found = differ(("ask: {boss: Which complaints reach you in writing?, desk: ~, log: ~}", "ask: [desk, log]"))
    assert [(c.field, c.old, c.new, c.change_class.counted) for c in found.changes] == [
        ("wording", "boss: Which complaints reach you in writing?", "nothing", False),
        ("ask", "boss, desk, log", "desk, log", True),
    ]


# --- versions ---


@pytest.mark.parametrize(
    ("old", "new", "edit", "expected"),
    [
        ("1.0", "1.0", None, Verdict("none", "1.0", done=True)),
        ("1.0", "1.1", "scale", Verdict("major", "2.0", done=False)),
        ("1.0", "2.0", "scale", Verdict("major", "2.0", done=True)),
        ("1.0", "1.1", "meaning", Verdict("minor", "1.1", done=True)),
        ("1.4.2", "1.4.2", "meaning", Verdict("minor", "1.5.0", done=False)),
        ("1.0", "1.0", "cosmetic", Verdict("patch", "1.0.1", done=False)),
        ("1.0", "1.0.1", "cosmetic", Verdict("patch", "1.0.1", done=True)),
        ("0.1", "0.2", "scale", Verdict("major", "0.2", done=True)),
        ("0.1", "0.1.1", "meaning", Verdict("minor", "0.1.1", done=True)),
        ("v2", "v3", "scale", Verdict("major", "3", done=True)),
        ("spring", "summer", "scale", Verdict("major", "", done=True)),
        ("spring", "spring", "scale", Verdict("major", "", done=False)),
    ],
)
def test_the_gravest_class_calls_for_a_version(tmp_path, old, new, edit, expected):
    edits = {"scale": ("at: 25", "at: 30"), "meaning": ("unit: days", "unit: hours")}
    edits["cosmetic"] = ("title: Hearing", "title: H")
    before = TEXT.replace('version: "1.0"', f'version: "{old}"')
    after = edited(TEXT, *([edits[edit]] if edit else [])).replace('version: "1.0"', f'version: "{new}"')
    found = compare_rubrics(rubric(tmp_path, before, "old"), rubric(tmp_path, after, "new"))
    assert verdict(found) == expected
    assert [*difference_lines(found)][-1]


# --- in print ---


def test_long_texts_are_cut_where_they_begin_to_differ():
    words = "one two three four five six seven eight nine ten eleven twelve thirteen"
    old, new = cut_to_difference(f"{words} fourteen", f"{words} fifteen")
    assert (old, new) == ("\u2026 eleven twelve thirteen fourteen", "\u2026 eleven twelve thirteen fifteen")
    assert cut_to_difference("short", "") == ("short", "")
    assert all(len(text) <= 64 for text in cut_to_difference("x " * 500, "y" * 500))


def test_the_json_holds_the_texts_in_full(differ):
    label = "So much is written down that nobody can read it all in a week and find what was written last year"
    found = json.loads(json.dumps(difference_json(differ(("label: Letters and mails", f"label: {label}")))))
    (change,) = found["changes"]
    assert (found["assess"], found["counts"]) == ("rubric-diff/1", {"cosmetic": 0, "meaning": 1, "scale": 0})
    assert found["version"] == {"calls_for": "minor", "least": "1.1", "done": False}
    assert (change["new"], change["questions"], change["why"]) == (label, ["hear_count"], "what an answer says")

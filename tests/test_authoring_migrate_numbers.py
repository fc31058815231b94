"""Options given by their number, what answers are worth, and answers nobody could have meant."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from versions import ENGAGEMENT, HEAD, NEW, answers, engagement, fates, rubric

from assess.authoring.migrate import migrated, read_back
from assess.authoring.migrate.report import migration_json, migration_lines
from assess.authoring.migrate.values import rescaled
from assess.collect import collect, open_engagement
from assess.problems import errors

QUESTIONS = """\
principles:
  - id: p
    title: P
    questions:
      - id: often
        type: scale
        text: How often?
        options: [{key: lo, label: Lo}, {key: mid, label: Mid}, {key: hi, label: Hi}]
      - {id: pick, type: choice, text: Which?, options: [{key: x, label: X, score: 0}, {key: y, label: Y, score: 100}]}
      - {id: ticks, type: multi, text: All?, options: [{key: a, label: A}, {key: b, label: B}, {key: c, label: C}]}
      - {id: stage, type: level, text: How far?, options: [{label: None}, {label: Some}, {label: All}]}
      - {id: days, type: number, text: How many?, min: 0, max: 10, goalposts: {worst: 0, best: 10}}
      - {id: fact, type: number, text: And now?, weight: 0}
"""
FOUR = "{key: lo, label: Lo}, {key: mid, label: Mid}, {key: hi, label: Hi}"
OTHERWISE = [
    (FOUR, "{key: hi, label: Hi}, {key: mid, label: Mid}, {key: lo, label: Lo}"),
    ("score: 0}, {key: y, label: Y, score: 100}", "score: 100}, {key: y, label: Y, score: 0}"),
    ("{key: a, label: A}, {key: b, label: B}", "{key: b, label: B}, {key: a, label: A}"),
    ("best: 10}", "best: 5}"),
]
NUMBERS = "often: 3\npick: 2\nticks: [1, 3]\nstage: 1\ndays: 4\nfact: 4"


@pytest.fixture
def carried(tmp_path):
    new = HEAD.format(version="1.1") + QUESTIONS
    for then, now in OTHERWISE:
        assert then in new
        new = new.replace(then, now)
    old = rubric(tmp_path / "v1", HEAD.format(version="1.0") + QUESTIONS)
    new = rubric(tmp_path / "v2", f'{new}migrations: [{{from: "1.0", to: "1.1"}}]\n')

    def through(text, before=old):
        return migrated(engagement(tmp_path, {"anna": answers(text)}), new, before)

    return through


def test_without_the_old_list_a_number_is_named_and_asked_again_and_never_carried(carried):
    found = carried(NUMBERS, None)
    became = fates(found)
    assert {name for name, (fate, _) in became.items() if fate == "unknown"} == {"often", "pick", "ticks", "stage"}
    assert {name for name, (fate, _) in became.items() if fate == "carried"} == {"days", "fact"}
    assert {entry.name for entry in found.pages[0].again()} == {"often", "pick", "ticks", "stage"}
    assert all("--from" in reason for entry in found.pages[0].again() for reason in entry.reasons)
    written = found.files["answers/anna.yaml"]
    assert "  often: " not in written
    assert read_back(found)[1] == ()


@pytest.mark.parametrize(
    "written",
    [
        "often: +3",
        "often: ' 3 '",
        "often: {value: 3, note: n}",
        "stage: 0",
        "ticks: [2]",
        "ticks: [a, 3]",
        'pick: "1"',
    ],
)
def test_however_the_number_is_written(carried, written):
    assert [fate for fate, _ in fates(carried(written, None)).values()] == ["unknown"]


def test_keys_states_and_numbers_that_are_amounts_need_no_old_list(carried):
    found = carried("often: hi\nticks: [a, b]\nstage: top\ndays: 3\npick: {unknown: true}", None)
    assert {fate for fate, _ in fates(found).values()} == {"carried"}


def test_with_the_old_list_a_number_becomes_what_it_named(carried):
    found = carried(NUMBERS)
    written = found.files["answers/anna.yaml"]
    assert "often: hi\n" in written
    assert "ticks: [a, c]" in written
    assert "stage: 1\n" in written
    (anna,) = read_back(found)[0].respondents
    assert anna.answers["often"].value == "hi"
    assert anna.answers["ticks"].value == ("a", "c")


def test_a_number_that_was_no_option_is_not_read_as_one(tmp_path):
    wider = QUESTIONS.replace(FOUR, f"{FOUR}, {{key: top_of_all, label: Top}}")
    listed = f"type: scale\n        text: How often?\n        options: [{FOUR}]"
    amount = QUESTIONS.replace(listed, "type: number\n        text: How often?")
    assert amount != QUESTIONS
    for before in (QUESTIONS, amount):
        old = rubric(tmp_path / "a", HEAD.format(version="1.0") + before)
        new = rubric(tmp_path / "b", HEAD.format(version="1.1") + wider)
        found = migrated(engagement(tmp_path, {"anna": answers("often: 4")}), new, old)
        assert [fate for fate, _ in fates(found).values()] == ["unknown"]
        assert [entry.name for entry in found.pages[0].again()] == ["often"]


def test_what_counts_otherwise_is_named_with_both_values(carried):
    found = carried("pick: y\ndays: 4\noften: hi\nfact: 4\nstage: top")
    lines = [*migration_lines(found)]
    assert "  worth      pick: 100 of 100 before, 0 now" in lines
    assert "  worth      days: 40 of 100 before, 80 now" in lines
    assert "  worth      often: 100 of 100 before, 0 now" in lines
    assert not [line for line in lines if "worth" in line and ("fact" in line or "stage" in line)]
    assert {"question": "pick", "was": 100.0, "now": 0.0} in migration_json(found, ())["pages"][0]["worth"]


KEYS = st.sampled_from(["value", "na", "a", "note"])
ODD = st.recursive(
    st.sampled_from(["lo", "2", "+1", "", "true", "x: y"]) | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=2),
    max_leaves=6,
)


@given(ODD)
def test_any_value_goes_through_a_step_that_gives_options_other_keys(entry):
    once = rescaled(entry, {"lo": "mid"})
    assert rescaled(once, {"lo": "mid"}) == once


STEPS = [
    "rescale: {q: {lo: hi}}",
    "split: {q: [r, s]}, rescale: {r: {lo: hi}}",
    "merge: {r: {of: [q, old], rule: first}}, rescale: {r: {y: hi}}",
    "retire: [q]",
]
LISTED = "options: [{key: lo, label: L}, {key: hi, label: H}]"
KINDS = ["yesno", f"scale, {LISTED}", f"choice, {LISTED}", f"multi, {LISTED}", "number", "text", "date"]
ENTRIES = ["[{a: b}]", "[[a]]", "{a: {b: c}}", "[lo, [hi]]", "[~]", "{value: [[lo]]}", "{value: {lo: hi}}", "[]"]
ENTRIES += ["{na: [x]}", "2", "[1, [2]]", "{value: [{lo: hi}], note: n}"]


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("kind", KINDS, ids=[kind.split(",")[0] for kind in KINDS])
@settings(max_examples=15, deadline=None)
@given(entry=st.sampled_from(ENTRIES))
def test_no_odd_answer_stops_a_migration(tmp_path_factory, step, kind, entry):
    place = tmp_path_factory.mktemp("odd")
    names = ["q"] if step.startswith("rescale") else ["r", "s"]
    text = HEAD.format(version="1.1") + "principles:\n  - id: p\n    title: P\n    questions:\n"
    text += "".join(f"      - {{id: {name}, type: {kind}, text: Now?}}\n" for name in names)
    new = rubric(place, f'{text}migrations: [{{from: "1.0", to: "1.1", {step}}}]\n')
    found = migrated(engagement(place, {"anna": answers(f"q: {entry}\nold: {entry}")}), new)
    read_back(found)
    assert [*migration_lines(found)]
    assert len(found.pages[0].passage.fates) in (0, 1, 2)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("whole", "it was split into half_a, half_b in 1.1"),
        ("one", "it became part of both in 1.1"),
        ("outdated", "it was retired in 1.1"),
    ],
)
def test_an_answer_to_a_question_that_is_gone_says_what_became_of_it(tmp_path, name, told):
    folder = engagement(tmp_path, {"anna": answers(f"{name}: low")}, ENGAGEMENT.replace('"1.0"', '"1.1"'))
    _, problems = collect(folder, *open_engagement(folder), rubric(tmp_path / "new", NEW))
    (found,) = errors(problems)
    assert found.message == f"'{name}' is not a question of 'desk': {told}"
    assert found.hint == "carry the answers over: assess rubric migrate PATH --to desk"

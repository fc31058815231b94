"""Answers carried over to a new version: each means what it meant, and every one is found again in one list."""

import json

import pytest
import yaml
from factories import answers_to, rubrics
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from versions import ENGAGEMENT, NEW, answers, carrying, engagement, fates, rubric, versions

from assess.authoring.migrate import extra_files, kept_in, migrated, read_back
from assess.authoring.migrate.moves import road, travel
from assess.authoring.migrate.report import migration_lines
from assess.model.migrations import Migration

ONE_QUESTION = """\
assess: rubric/1
id: r
title: R
version: "4"
principles:
  - id: p
    title: P
    questions: [{id: q3, type: scale, text: Q?, options: [{key: u, label: U}, {key: z, label: Z}]}]
"""


@pytest.fixture
def pair(tmp_path):
    return versions(tmp_path)


@pytest.fixture
def carried(tmp_path, pair):
    return carrying(tmp_path, *pair)


# --- what becomes of one answer ---


@pytest.mark.parametrize(
    ("before", "after", "fate", "targets"),
    [
        ("kept: mid", "  kept: mid\n", "carried", ("kept",)),
        ("kept: 1   # by number", "  kept: 1   # by number\n", "carried", ("kept",)),
        ("kept: {unknown: true}", "  kept: {unknown: true}\n", "carried", ("kept",)),
        ("first_name: top # x", "  named: top # x\n", "renamed", ("named",)),
        ('"first_name": top', "  named: top\n", "renamed", ("named",)),
        ("ways: [mail, shop]", "  ways: [mail, counter]\n", "renamed", ("ways",)),
        ("ways: [1, 4]", "  ways: [mail, counter]\n", "renamed", ("ways",)),
        ("since: 2024-02-01", "  since: 2024-02-01\n", "carried", ("since",)),
        ("days: 12.50", "  days: 12.50\n", "carried", ("days",)),
    ],
)
def test_an_answer_that_means_the_same_stands_as_it_was_written(carried, before, after, fate, targets):
    text, found = carried(before)
    if "ways" not in before:
        assert text == after
    assert [*fates(found).values()] == [(fate, targets)]
    assert text.splitlines()[-1] == after.rstrip("\n")


@pytest.mark.parametrize(
    ("before", "after", "fate"),
    [
        ("steps: fair", "steps: bad", "rescaled"),
        ("steps: 4", "steps: good", "rescaled"),
        ("steps: good", "steps: good", "carried"),
        ("steps:\n  value: best   # surely\n  note: n", "steps:\n    value: good   # surely\n    note: n", "rescaled"),
        ("ways: [mail, fax, telex]", "ways: [mail, wire]", "rescaled"),
        ("ways: [mail, fax, telex, shop]", "ways: [mail, wire, counter]", "rescaled"),
        ("ways:\n  - fax\n  - mail", "ways:\n    - wire\n    - mail", "rescaled"),
    ],
)
def test_options_that_became_others_are_replaced_where_they_stand(carried, before, after, fate):
    text, found = carried(before)
    body = "\n".join(line for line in text.rstrip("\n").split("\n") if "# reconfirm" not in line)
    assert body == f"  {after}"
    assert [fate for fate, _ in fates(found).values()] == [fate]


def test_an_option_given_by_its_number_in_quotes_is_one_too(carried):
    text, _ = carried('steps: "4"\nkept: "2"')
    assert text == "  # reconfirm: the answers to 'steps' were given other steps\n  steps: good\n  kept: \"2\"\n"
    _, found = carried('steps: "4"', with_old=False)
    assert [fate for fate, _ in fates(found).values()] == ["unknown"]


def test_a_split_answer_stands_twice_and_each_on_its_own_scale(carried):
    text, found = carried("whole:\n  value: top\n  note: All.\nkept: low")
    assert yaml.safe_load(text.replace("yes", "'yes'")) == {
        "half_a": {"value": "top", "note": "All."},
        "half_b": {"value": "yes", "note": "All."},
        "kept": "low",
    }
    assert fates(found)["whole"] == ("split", ("half_a", "half_b"))


@pytest.mark.parametrize(
    ("rule", "one", "two", "both"),
    [
        ("worst", "top", "low", "low"),
        ("worst", "2", "1", "1"),
        ("first", "top", "low", "top"),
        ("mean", "top", "low", "mid"),
        ("mean", "top", "mid", "mid"),
        ("worst", "{unknown: true}", "mid", "mid"),
        ("worst", "{unknown: true}", "{declined: true}", "unknown"),
        ("worst", "", "mid", "mid"),
    ],
)
def test_merged_answers_become_one_by_their_rule(tmp_path, pair, rule, one, two, both):
    new = rubric(tmp_path / "other", NEW.replace("rule: worst", f"rule: {rule}"))
    found = migrated(engagement(tmp_path, {"anna": answers(f"two: {two}\none: {one}")}), new, pair[0])
    (entry,) = found.pages[0].passage.entries
    shown = entry.entry if isinstance(entry.entry, str) else next(iter(entry.entry))
    assert (entry.name, {"0": "low", "1": "mid", "2": "top"}.get(shown, shown)) == (
        "both",
        both if both != "1" else "mid",
    )
    assert {fate for fate, _ in fates(found).values()} == {"merged"}


def test_a_merged_answer_keeps_the_notes_and_the_evidence_of_all(carried):
    proof = "evidence: [{title: Log, dated: 2026-01-02}]"
    text, found = carried(f"one: {{value: top, note: A, {proof}}}\nkept: low\ntwo: {{value: mid, note: B, {proof}}}")
    assert yaml.safe_load(text)["both"] == {
        "value": "mid",
        "note": "A / B",
        "evidence": [{"title": "Log", "dated": "2026-01-02"}],
    }
    kept = yaml.safe_load(extra_files(found)[kept_in("1.0")])["answers"]
    assert [(one["question"], one["given"]["note"]) for one in kept] == [("one", "A"), ("two", "B")]


@pytest.mark.parametrize(
    ("rule", "posts", "whole", "expected"),
    [
        ("worst", "goalposts: {worst: 30, best: 0}", "", 9.0),
        ("worst", "goalposts: {worst: 0, best: 30}", "", 4.0),
        ("mean", "goalposts: {worst: 30, best: 0}", "", 6.5),
        ("mean", "weight: 0", ", integer: true", 7),
        ("first", "weight: 0", "", "9"),
    ],
)
def test_numbers_are_merged_by_their_goalposts_or_their_mean(tmp_path, rule, posts, whole, expected):
    text = ONE_QUESTION.replace(
        "{id: q3, type: scale, text: Q?, options: [{key: u, label: U}, {key: z, label: Z}]}",
        f"{{id: q3, type: number, text: Q?, {posts}{whole}}}",
    )
    steps = f'migrations: [{{from: "3", to: "4", merge: {{q3: {{of: [a, b], rule: {rule}}}}}}}]\n'
    new = rubric(tmp_path, text + steps)
    assert [entry.entry for entry in travel(road(new, "3"), {"b": "4", "a": "9"}).entries] == [expected]


@pytest.mark.parametrize(
    ("answer", "fate", "why"),
    [
        ("outdated: yes", "retired", "in 1.1"),
        ("forgotten: no", "unknown", "version 1.1 does not ask it, and no step says what became of it"),
        ("days: 75", "unknown", "75 is more than 60, the most 'days' takes"),
        ("nonsense: 1", "unknown", "version 1.1 does not ask it, and no step says what became of it"),
    ],
)
def test_an_answer_without_a_place_is_kept_aside_and_says_why(carried, answer, fate, why):
    text, found = carried(f"{answer}\nkept: low" if not answer.startswith("kept") else answer)
    name, _, value = answer.partition(": ")
    fated = next(fated for _, fated in found.fates() if fated.name == name)
    assert (fated.fate, fated.why, fated.targets) == (fate, why, ())
    assert f"# {name} is no longer answered here: " in text
    (kept,) = yaml.safe_load(extra_files(found)[kept_in("1.0")])["answers"]
    assert (kept["question"], str(kept["given"]).lower()) == (name, value)


def test_a_mistake_stays_where_it_is_for_the_check_to_find(carried):
    text, found = carried("kept: maybe")
    assert (text, fates(found)) == ("  kept: maybe\n", {"kept": ("carried", ("kept",))})
    assert "'maybe' is not an answer to 'kept'" in read_back(found)[1][0].message


def test_an_answer_that_no_longer_fits_is_asked_again_and_a_retired_one_is_not(carried):
    _, found = carried("days: 75\noutdated: yes")
    assert [entry.name for entry in found.pages[0].again()] == ["days"]


def test_the_question_that_is_asked_so_today_wins_over_its_former_name(carried):
    text, found = carried("first_name: low\nnamed: top")
    assert "  named: top\n" in text
    assert fates(found) == {"first_name": ("unknown", ()), "named": ("carried", ("named",))}


def test_blank_answers_follow_their_questions_and_are_no_answers(carried):
    text, found = carried("kept:\nfirst_name:\nwhole: {value: }\noutdated:\none: # nothing yet\ntwo:")
    assert fates(found) == {}
    assert yaml.safe_load(text) == dict.fromkeys(("kept", "named", "half_a", "half_b", "both"))


# --- without the old rubric ---


def test_declarations_and_former_names_are_enough(carried):
    lines = "first_name: top\nwhole: low\none: top\ntwo: low\nsteps: fair\noutdated: no\nkept: top"
    with_old, without = carried(lines)[1], carried(lines, with_old=False)[1]
    assert fates(with_old) == fates(without)
    assert with_old.files == without.files
    assert "Without the old rubric" in "\n".join(migration_lines(without))


def test_an_option_given_by_its_number_needs_the_old_list_to_be_rescaled(carried):
    _, found = carried("steps: 2", with_old=False)
    (fated,) = [fated for _, fated in found.fates()]
    assert (fated.fate, "name it with --from" in fated.why) == ("unknown", True)


def test_a_version_nothing_leads_on_from_is_said(tmp_path, pair):
    org = engagement(tmp_path, {"anna": answers("kept: low")}, ENGAGEMENT.replace("1.0", "0.9"))
    assert "No step leads from version 0.9" in "\n".join(migration_lines(migrated(org, pair[1])))


# --- several steps ---


def test_steps_follow_one_another_whatever_their_order_in_the_file(tmp_path):
    steps = """\
migrations:
  - {from: "2", to: "3", merge: {q3: [b, c]}, rescale: {b: {y: z}}}
  - {from: "1", to: "2", split: {a: [b, x]}, rescale: {a: {w: y}}, retire: [r]}
  - {from: "3", to: "4", retire: [x]}
"""
    new = rubric(tmp_path, ONE_QUESTION + steps)
    found = travel(road(new, "1"), {"a": "w", "c": "z", "r": "u"})
    assert [(entry.name, entry.entry) for entry in found.entries] == [("q3", "z")]
    assert {fated.name: (fated.fate, fated.targets) for fated in found.fates.values()} == {
        "a": ("split", ("q3",)),
        "c": ("merged", ("q3",)),
        "r": ("retired", ()),
    }
    assert travel(road(new, "3"), {"x": "u"}).fates[0].why == "in 4"


# --- properties ---


def written(rubric, data):
    """Answers of one respondent to drawn questions, short and long, as YAML below `answers:`."""
    lines = []
    for asked in rubric.questions():
        given = data.draw(st.sampled_from([None, "", {"unknown": True}, *answers_to(rubric, asked)]))
        given = list(given) if isinstance(given, tuple) else given
        given = (
            {"value": given, "note": "n: m"}
            if given and not isinstance(given, dict) and data.draw(st.booleans())
            else given
        )
        lines += [f"# {asked.text}"] * data.draw(st.integers(0, 1))
        lines += [] if given is None else [f"{asked.id}: {json.dumps(given) if given else ''}"]
    return "\n".join(lines)


@pytest.mark.slow
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rubrics(stages=False, tabled=False), st.data())
def test_the_same_version_changes_nothing(tmp_path, drawn, data):
    same = drawn.model_copy(update={"hash": "sha256:00"})
    head = ENGAGEMENT.replace("desk ", "r").replace("1.0", "1") + "rubric_hash: sha256:00\n"
    org = engagement(tmp_path, {"anna": answers(written(same, data))}, head)
    before = {file.relative_to(org).as_posix(): file.read_text(encoding="utf-8") for file in org.rglob("*.yaml")}
    for found in (migrated(org, same, same), migrated(org, same)):
        assert found.idle
        assert found.files == before


@st.composite
def fated(draw, drawn):
    """A step in which every question of a rubric has a drawn fate, and the rubric it leads to."""
    names = [asked.id for asked in drawn.questions()]
    kinds = {name: draw(st.sampled_from(["stay", "rename", "retire", "forget", "split", "merge"])) for name in names}
    step = {"from": "1", "to": "2"}
    step["retire"] = [name for name in names if kinds[name] == "retire"]
    step["split"] = {name: [f"{name}_a", f"{name}_b"] for name in names if kinds[name] == "split"}
    merged = [name for name in names if kinds[name] == "merge"]
    step["merge"] = {"joined": {"of": merged, "rule": "first"}} if len(merged) > 1 else {}
    return Migration.model_validate(step), kinds


def after(drawn, step, kinds):
    """The new version: questions that stay or are called otherwise, and what comes of splitting and merging."""
    found, joined = [], None
    for asked in drawn.questions():
        kind = kinds[asked.id]
        if kind == "stay" or (kind == "merge" and not step.merge):
            found.append(asked)
        elif kind == "rename":
            found.append(asked.model_copy(update={"id": f"{asked.id}_r", "renamed_from": (asked.id,)}))
        elif kind == "split":
            found += [asked.model_copy(update={"id": name, "text": name}) for name in step.split[asked.id]]
        elif kind == "merge" and joined is None:
            joined = asked.model_copy(update={"id": "joined"})
            found.append(joined)
    home = drawn.principles[0].model_copy(update={"criteria": (), "questions": tuple(found)})
    return drawn.model_copy(update={"principles": (home,), "version": "2", "migrations": (step,), "gates": ()})


@pytest.mark.slow
@settings(max_examples=100)
@given(rubrics(stages=False, tabled=False), st.data())
def test_every_old_answer_is_found_again_in_exactly_one_list(drawn, data):
    step, kinds = data.draw(fated(drawn))
    new = after(drawn, step, kinds)
    given_answers = {
        asked.id: listed(data.draw(st.sampled_from(answers_to(drawn, asked)))) for asked in drawn.questions()
    }
    for way in (road(new, "1", drawn), road(new, "1")):
        found = travel(way, given_answers)
        assert [fated.name for _, fated in sorted(found.fates.items())] == list(given_answers)
        for place, one in found.fates.items():
            assert one.entry == given_answers[one.name]
            arrived = {entry.name for entry in found.entries}
            assert set(one.targets) <= arrived
            assert (one.fate in ("retired", "unknown")) == (one.targets == ())
            assert kinds[one.name] != "retire" or one.fate == "retired"
            assert place < len(given_answers)
        reached = {target for one in found.fates.values() for target in one.targets}
        assert reached == {entry.name for entry in found.entries}


def listed(answer):
    return list(answer) if isinstance(answer, tuple) else answer

"""Samples: the three shipped organizations reach their golden numbers, and show what they were written to show."""

import re
from functools import cache

import pytest
from auditing import assessment, text
from golden import GOLDEN, ROOT

from assess import documents, workflow
from assess.problems import errors
from assess.resources import shipped
from assess.scope import scoped

SAMPLES = shipped("sample_orgs")


RUBRICS = [shipped("rubrics")]


on_each_sample = pytest.mark.parametrize("name", GOLDEN)


@cache
def read(name):
    return workflow.read_engagement(SAMPLES / name, RUBRICS)


@cache
def card(name):
    rubric, sheet, _ = read(name)
    return workflow.score(rubric, sheet)


def found(name, kind):
    return {finding.id.removeprefix(f"{kind}_") for finding in assessment(name).diagnosis.of(kind)}


def caps(name):
    return [(node, cap) for node, score in card(name).scores.items() for cap in score.gates]


# Questions all of whose evidence is older than twelve months on the day of the assessment.
TOO_OLD = {
    "trumpet_thistle": {"lwp_purpose_contract_first", "emp_meal_need", "ask_portraits_shown"},
    "quietwater": set(),
    "lanternfolk": set(),
}


def test_every_shipped_sample_has_golden_numbers():
    assert {path.name for path in SAMPLES.iterdir() if path.is_dir()} == GOLDEN.keys()


@on_each_sample
def test_nothing_is_missing_but_the_proofs_left_out_on_purpose(name):
    problems = (*read(name)[2], *workflow.check(SAMPLES / name).problems)
    warnings = [problem for problem in problems if problem.severity == "warning"]
    assert errors(problems) == ()
    assert {problem.code for problem in warnings} <= {"evidence_missing", "evidence_stale"}
    assert named_by(warnings, "evidence_missing") == GOLDEN[name].unproved_warnings
    assert named_by(warnings, "evidence_stale") == TOO_OLD[name]


def named_by(warnings, code):
    return {re.search(r"'(\w+)'", problem.message)[1] for problem in warnings if problem.code == code}


@on_each_sample
def test_criteria_stand_at_the_golden_levels(name):
    rubric, _, _ = read(name)
    reached = {p.id: tuple(card(name)[criterion.id].points for criterion in p.criteria) for p in rubric.principles}
    for principle, levels in GOLDEN[name].criteria.items():
        assert reached[principle] == pytest.approx(levels, abs=1e-9)


@on_each_sample
def test_principles_reach_the_golden_numbers(name):
    points = {principle: card(name)[principle].points for principle in GOLDEN[name].points}
    assert points == pytest.approx(GOLDEN[name].points, abs=1e-9)


@on_each_sample
def test_the_whole_reaches_the_golden_number(name):
    root = card(name)[ROOT]
    assert round(root.value, 3) == GOLDEN[name].overall
    assert root.coverage == 1
    assert (root.low, root.high) == pytest.approx((root.value, root.value))


@on_each_sample
def test_without_caps_a_principle_is_the_mean_of_its_criteria(name):
    for principle, levels in GOLDEN[name].criteria.items():
        assert card(name)[principle].uncapped == pytest.approx(25 * sum(levels) / len(levels), abs=1e-9)


@on_each_sample
def test_the_gates_that_hold_are_the_expected_ones(name):
    assert {cap.id for _, cap in caps(name) if cap.kind == "gate" and cap.holds} == GOLDEN[name].gates
    told = {gate for gate in found(name, "gate") if not gate.startswith("cap_")}
    assert told == (GOLDEN[name].gates - GOLDEN[name].beyond) | GOLDEN[name].flags


@on_each_sample
def test_no_gate_binds_and_key_criteria_do_only_where_expected(name):
    assert {(cap.id, node) for node, cap in caps(name) if cap.binds} == GOLDEN[name].binding


@on_each_sample
def test_what_is_said_clashes_with_what_is_done(name):
    assert found(name, "clash") == GOLDEN[name].clashes


@on_each_sample
def test_disagreements_stay_open_until_settled(name):
    items = card(name).items.values()
    assert {item.id for item in items if item.conflict and item.agreed is None} == GOLDEN[name].open_conflicts
    assert {item.id for item in items if item.agreed is not None} == GOLDEN[name].settled
    assert found(name, "disagreement") == GOLDEN[name].open_conflicts


def test_a_settled_disagreement_counts_as_settled_and_no_further_than_proved():
    item = card("lanternfolk").items["frs_coverage_map"]
    assert item.conflict == ("executive", "social_team")
    assert (item.agreed, item.ceiling, item.value) == (75, 75, 75)


@on_each_sample
def test_nothing_counts_for_more_than_is_claimed(name):
    scores = card(name).scores.values()
    items = [item for item in card(name).items.values() if item.value is not None]
    assert all(score.claimed >= score.value - 1e-9 for score in scores)
    assert all(item.claimed >= item.value - 1e-9 for item in items)
    assert {score.id for score in scores if score.claimed > score.value + 1e-9} == GOLDEN[name].over_claimed


@on_each_sample
def test_the_headline_is_the_one_written_for_it(name):
    assert GOLDEN[name].headline in assessment(name).diagnosis.headline


@on_each_sample
def test_the_first_moves_are_in_the_plan(name):
    assert {placement.initiative for placement in assessment(name).plan.placements} >= GOLDEN[name].planned


@on_each_sample
def test_what_would_come_too_early_is_not_in_the_first_period(name):
    first = {placement.initiative for placement in assessment(name).plan.placements if placement.period == 1}
    assert not first & GOLDEN[name].not_first


@on_each_sample
def test_over_the_four_principles_it_began_with_the_whole_is_as_it_was(name):
    rubric, sheet, _ = read(name)
    first = scoped(rubric, scope="named")
    assert [principle.id for principle in first.principles] == ["lwp", "emp", "frs", "btr"]
    kept = {question.id for question in first.questions()}

    def of(answers):
        return {question: answer for question, answer in answers.items() if question in kept}

    people = tuple(one._replace(answers=of(one.answers)) for one in sheet.voices)
    root = workflow.score(first, sheet._replace(voices=people, settled=of(sheet.settled)))[ROOT]
    assert round(root.value, 3) == {"trumpet_thistle": 15.875, "quietwater": 40.997, "lanternfolk": 40.186}[name]


@on_each_sample
def test_the_mean_stands_beside_the_whole(name):
    means = {"trumpet_thistle": 0.92, "quietwater": 1.60, "lanternfolk": 1.80}
    root = card(name)[ROOT]
    assert root.mean * 4 / 100 == pytest.approx(means[name], abs=0.005)
    assert root.staged_level == "absent"


@on_each_sample
def test_customers_count_one_by_one_because_they_said_so(name):
    _, sheet, _ = read(name)
    assert "customer" not in sheet.shy
    assert all(voice.private for voice in sheet.voices if voice.role == "customer")


@pytest.mark.slow
@on_each_sample
def test_the_report_names_roles_and_never_people(name):
    _, sheet, _ = read(name)
    people = documents.read(SAMPLES / name / "people.yaml").data["people"]
    roadmap = text(name)
    hidden = {*sheet.names, *(person["name"] for person in people)}
    hidden |= {person["address"] for person in people}
    assert {word for word in hidden if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", roadmap)} == set()


@on_each_sample
def test_the_words_of_anonymous_customers_stay_out_of_the_report(name):
    roadmap = text(name)
    files = [documents.read(path).data for path in sorted((SAMPLES / name / "answers").glob("cu-*.yaml"))]
    long = [answer for file in files for answer in file["answers"].values() if isinstance(answer, dict)]
    notes = {answer["note"] for answer in long if answer.get("note")}
    assert notes
    assert {note for note in notes if note in roadmap} == set()

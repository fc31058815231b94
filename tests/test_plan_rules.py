"""Printed plans keep their rules, as an independent reader of their JSON counts them again."""

import copy
import dataclasses
from functools import cache

import pytest
from checking_plans import breaches
from hypothesis import given, settings
from hypothesis import strategies as st
from planning import initiative, placed, rubric_of, sheet_of
from test_plan_properties import cases

from assess import workflow
from assess.cli.plan_formats import plan_json
from assess.model.findings import Diagnosis
from assess.model.roadmap import QUICK, PlanSearch
from assess.plan.calendar import Slot
from assess.plan.planner import Planner
from assess.resources import shipped
from assess.scoring import score_organization
from assess.whatif.scenario import Scenario
from assess.whatif.trial import try_scenario

SAMPLES = ("trumpet_thistle", "quietwater", "lanternfolk", "willowbrace")
FEW = PlanSearch(trials=60)


def found_of(rubric, sheet, findings=(), search=QUICK):
    """An assessment whose findings are these."""
    found = dataclasses.replace(workflow.assess_sheet(rubric, sheet), search=search)
    found.__dict__["diagnosis"] = Diagnosis("", tuple(findings))
    return found


@cache
def opened(name):
    return workflow.assess(shipped("sample_orgs") / name, [shipped("rubrics")])


@pytest.mark.parametrize("name", [SAMPLES[0], *(pytest.param(n, marks=pytest.mark.slow) for n in SAMPLES[1:])])
def test_the_plans_of_the_samples_keep_all_their_rules(name):
    found = opened(name)
    plan = plan_json(found)
    assert breaches(plan, found.rubric, found.sheet.engagement) == []
    assert len(plan["placements"]) > 10
    assert max(p["period"] for p in plan["placements"]) > 2


def hurried(lifts, since):
    """The same levels, counted from a day on."""
    return {node: [step | {"adopted": since} for step in steps] for node, steps in lifts.items()}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda late, plan: late | {"starts": plan["starts"]}, "starts before"),
        (lambda late, plan: late | {"days": 4 * plan["weeks"] + 40}, "works"),
        (lambda late, plan: late | {"lifts": hurried(late["lifts"], plan["starts"])}, "counts as"),
    ],
)
def test_the_reader_notices_a_plan_that_breaks_its_rules(change, told):
    found = opened("trumpet_thistle")
    plan = copy.deepcopy(plan_json(found))
    lifted = [node for p in plan["placements"] for node in p["lifts"]]
    alone = [p for p in plan["placements"] if p["lifts"] and all(lifted.count(node) == 1 for node in p["lifts"])]
    late = next(p for p in alone if p["needs"] and p["period"] > 1)
    plan["placements"] = [change(p, plan) if p is late else p for p in plan["placements"]]
    assert any(told in words for words in breaches(plan, found.rubric, found.sheet.engagement))


@st.composite
def ruled_cases(draw):
    """A drawn case under drawn rules."""
    rubric, sheet, findings = draw(cases())
    rules = {
        "at_owner": draw(st.integers(1, 3)),
        "per_week": draw(st.integers(1, 3)),
        "per_period": draw(st.integers(1, 6)),
        "burst": draw(st.sampled_from([1, 1.25, 2])),
        "reserve": draw(st.sampled_from([0.0, 0.2, 0.5])),
        "min_gain": draw(st.sampled_from([0, 0.03, 0.3])),
    }
    on = sheet.engagement.assessed_on
    closed = draw(st.sampled_from([[], [{"from": on.replace(month=9, day=1), "to": on.replace(month=11, day=5)}]]))
    changed = sheet.engagement.model_validate(
        {**sheet.engagement.model_dump(exclude_unset=True), "plan": rules, "no_start": closed}
    )
    return rubric, sheet._replace(engagement=changed), findings


def held(case, search):
    rubric, sheet, findings = case
    found = found_of(rubric, sheet, findings, search)
    assert breaches(plan_json(found), rubric, sheet.engagement) == []


@settings(max_examples=30, deadline=None)
@given(ruled_cases())
def test_drawn_plans_keep_all_their_rules(case):
    held(case, FEW)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(ruled_cases())
def test_many_drawn_plans_keep_all_their_rules(case):
    held(case, PlanSearch(trials=100))


def searched(case, trials):
    """The merit of the plan after a search, and of the one in which always the best is taken."""
    rubric, sheet, findings = case
    planner = Planner(score_organization(rubric, sheet), Diagnosis("", tuple(findings)))
    found, _ = planner.found(PlanSearch(trials=trials))
    greedy, _ = planner.found(QUICK)
    return found.key, greedy.key


@settings(max_examples=30, deadline=None)
@given(ruled_cases())
def test_a_search_is_never_worse_than_taking_always_the_best(case):
    found, greedy = searched(case, 100)
    assert found >= greedy


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(ruled_cases())
def test_many_searches_are_never_worse_than_taking_always_the_best(case):
    found, greedy = searched(case, 100)
    assert found >= greedy


RELAXED = {
    "at_once": lambda e: e.model_copy(update={"at_once": (e.at_once or 5) + 2}),
    "capacity": lambda e: e.model_copy(update={"capacity": {k: 1.5 * v for k, v in e.capacity.items()}}),
    "no_start": lambda e: e.model_copy(update={"no_start": ()}),
    "reserve": lambda e: e.model_copy(update={"plan": e.plan.model_copy(update={"reserve": 0.0})}),
    "burst": lambda e: e.model_copy(update={"plan": e.plan.model_copy(update={"burst": e.plan.burst + 1})}),
    "per_week": lambda e: e.model_copy(update={"plan": e.plan.model_copy(update={"per_week": 9})}),
}


def not_worse(case, lifted, search):
    """Whether a plan under fewer rules, with the old one beside it, is as good as the old one, by its own measure."""
    rubric, sheet, findings = case
    before = found_of(rubric, sheet, findings, search).plan
    wider = sheet._replace(engagement=RELAXED[lifted](sheet.engagement))
    planner = Planner(score_organization(rubric, wider), Diagnosis("", tuple(findings)))
    found, _ = planner.found(search._replace(beside=before))
    judge = planner.judge_by(before.order.firsts)
    slots = {p.initiative: Slot(p.start_week, p.end_week) for p in before.placements}
    return judge.key(found.slots) >= judge.key(slots)


@settings(max_examples=30, deadline=None)
@given(ruled_cases(), st.sampled_from(sorted(RELAXED)))
def test_with_a_rule_lifted_nothing_gets_worse(case, lifted):
    assert not_worse(case, lifted, QUICK)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(ruled_cases(), st.sampled_from(sorted(RELAXED)))
def test_with_a_rule_lifted_nothing_gets_worse_many_times(case, lifted):
    assert not_worse(case, lifted, PlanSearch(trials=50))


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("days", [1, 5, 20])
def test_more_days_for_an_owner_never_lead_to_less(name, days):
    before = dataclasses.replace(opened(name), search=QUICK)
    owner = before.plan.placements[0].owner
    capacity = before.sheet.engagement.capacity
    most = capacity.get(owner, capacity.get("default", 30)) + days
    after = try_scenario(before, Scenario(capacity={owner: most}))
    judge = Planner(after, after.diagnosis).judge_by(before.plan.order.firsts)
    old, new = (
        {p.initiative: Slot(p.start_week, p.end_week) for p in found.plan.placements} for found in (before, after)
    )
    assert judge.key(new) >= judge.key(old)
    plan = plan_json(after)
    assert breaches(plan, after.rubric, after.sheet.engagement) == []


def test_the_same_seed_gives_the_same_plan_and_another_may_give_another():
    found = opened("lanternfolk")
    few = [dataclasses.replace(found, search=PlanSearch(trials=100, seed=seed)) for seed in (0, 0, 1)]
    first, again, other = (plan_json(each) for each in few)
    assert first == again
    assert (first["order"]["seed"], other["order"]["seed"]) == (0, 1)
    assert 0 < first["order"]["trials"] <= 100


def test_an_order_that_is_kept_stands_while_its_numbers_do_and_is_named_when_they_do_not():
    steps = [initiative("i1", {"a": "practised"}), initiative("i2", {"b": "practised"})]
    rubric, sheet = rubric_of(steps), sheet_of({"a": 0, "b": 1})
    made = found_of(rubric, sheet).plan
    assert made.order.names == ("i1", "i2")
    turned = made.order._replace(names=("i2", "i1"))
    kept = found_of(rubric, sheet, search=PlanSearch(kept=turned)).plan
    assert (kept.order.names, kept.order.kept, kept.note) == (("i2", "i1"), True, "")
    assert placed(kept, "i2").start_week == 0
    reworded = rubric.model_copy(update={"title": "Other words"})
    assert found_of(reworded, sheet, search=PlanSearch(kept=turned)).plan.order.kept
    moved = found_of(rubric, sheet_of({"a": 0, "b": 0}), search=PlanSearch(kept=turned)).plan
    assert not moved.order.kept
    assert moved.note.startswith("The plan kept in plan.yaml rests on other numbers")

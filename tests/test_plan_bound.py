"""Bounds on plans: the model says what trying everything says, and what is printed of it stays true."""

import json
import subprocess
import sys

import pytest
from enumerating import best_level, instance, plans
from planning import criterion, initiative, rubric_of, sheet_of

from assess import workflow
from assess.model.findings import Diagnosis, Finding
from assess.model.roadmap import QUICK, PlanSearch
from assess.plan import plan
from assess.plan.bound import prove_plan
from assess.plan.bound.prover import ENOUGH, Prover
from assess.plan.calendar import Slot
from assess.plan.planner import Planner
from assess.scoring import score_organization

SECONDS = 60
FIRST = sheet_of({}).engagement.assessed_on
FEW, MANY = range(30), range(30, 300)


def searched(seed, trials=20):
    planner = Planner(*instance(seed))
    found, _ = planner.found(PlanSearch(trials=trials))
    return planner, found


def agrees(seed):
    """The best level among plans that are no worse in what comes first is that of the model, and so is its plan."""
    planner, found = searched(seed)
    merit = found.key[0]
    level, _ = best_level(planner, planner.judge, merit)
    proved = Prover(planner, planner.judge, found.slots).prove(merit, SECONDS)
    assert proved.bound == pytest.approx(level, abs=ENOUGH)
    assert proved.level == pytest.approx(level, abs=ENOUGH)
    assert proved.slots in [*plans(planner)]


@pytest.mark.parametrize("seed", FEW)
def test_the_model_is_equal_to_trying_every_plan(seed):
    agrees(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", MANY)
def test_the_model_is_equal_to_trying_every_plan_of_many(seed):
    agrees(seed)


@pytest.mark.parametrize("seed", [*range(10), *(pytest.param(s, marks=pytest.mark.slow) for s in range(10, 80))])
def test_in_longer_steps_no_plan_in_weeks_is_lost(seed):
    planner, found = searched(seed)
    merit = found.key[0]
    level, _ = best_level(planner, planner.judge, merit)
    prover = Prover(planner, planner.judge, found.slots)
    for prover.step in (2, 4):
        assert prover.prove(merit, SECONDS).bound >= level - ENOUGH


@pytest.mark.parametrize("seed", [*range(10), *(pytest.param(s, marks=pytest.mark.slow) for s in range(10, 80))])
def test_what_holds_for_a_favourite_is_what_trying_every_plan_with_it_says(seed):
    planner, found = searched(seed)
    merit = found.key[0]
    for name in sorted({*planner.offered} - found.slots.keys()):
        prover = Prover(planner, planner.judge, found.slots, [name])
        with_it = [
            planner.judge.path.mean({each: slot.end for each, slot in slots.items()})
            for slots in plans(planner)
            if name in slots and all(a >= b for a, b in zip(planner.judge.quick(slots), merit[:-1], strict=True))
        ]
        proved = prover.prove(merit, SECONDS, name)
        assert proved.bound == (pytest.approx(max(with_it), abs=ENOUGH) if with_it else None)


def test_the_small_instances_have_every_rule_at_work():
    """What the random instances are made of: each of these binds in some of them."""
    seen = set()
    for seed in range(100):
        planner = Planner(*instance(seed))
        rules, works = planner.outlook.rules, planner.works
        seen |= {key for key, there in {
            "headline": planner.remedies, "facts": planner.judge.facts, "others": planner.judge.others,
            "first tiers": planner.firsts, "closed": rules.closed, "pinned": planner.scheduler.pinned.order,
            "needs": any(work.needs for work in works.values()), "order": any(w.follows for w in works.values()),
            "conditions": any(work.waits for work in works.values()), "lag": any(planner.outlook.lag.values()),
            "running": any(work.running for work in works.values()), "stretched": any(
                work.weeks > work.asked for work in works.values()),
            "two owners": len({work.owner for work in works.values()}) > 1,
            "geometric": planner.states.running and planner.states.running.power.p == 0,
        }.items() if there}  # fmt: skip
    assert len(seen) == 14


# What a bound is for


def small(**engagement):
    """Two initiatives that fit, and one that has to start at once and takes a day a week of its owner for good."""
    steps = [initiative(f"i{k}", {name: "practised"}, effort=4) for k, name in enumerate("abc", 1)]
    steps[2] |= {"running": {"days": 1, "per": "week"}}
    organization = score_organization(
        rubric_of(steps, ["a", "b", "c"]), sheet_of(dict.fromkeys("abc", 0), **engagement)
    )
    diagnosis = Diagnosis("", ())
    return organization, diagnosis, plan(organization, diagnosis, QUICK)


def test_a_plan_that_is_the_best_is_proved_to_be():
    proof = prove_plan(*small(), seconds=SECONDS)
    assert proof.finished
    assert proof.percent == pytest.approx(0, abs=0.01)
    assert proof.weeks == 78


def test_what_does_not_fit_has_its_price_in_days_of_its_owner():
    at_once = {"initiative": "i3", "not_after": FIRST, "who": "The board", "why": "It was promised."}
    told = {"decisions": {"initiatives": [at_once]}}
    organization, diagnosis, made = small(capacity={"team": 10}, **told)
    (favourite,) = prove_plan(organization, diagnosis, made, ["i3"], SECONDS).favourites
    # A full quarter of running cost is 13 days, and 80 % of 16.25 are 13.
    assert (favourite.bound, favourite.price) == (None, ("Team would need 6.3 more days a period",))
    for days, fits in ((16, False), (16.5, True)):
        (favourite,) = prove_plan(*small(capacity={"team": days}, **told), ["i3"], SECONDS).favourites
        assert (favourite.bound is not None) is fits


def test_what_costs_a_priority_says_which():
    steps = [
        initiative("i1", {"a": "practised"}, effort=9, weeks=13),
        initiative("i2", {"b": "leading"}, effort=9, weeks=13),
    ]
    rules = {"policies": {"plan": {"periods": 1, "at_once": 1, "min_gain": 0}}}
    rubric = rubric_of(steps, [criterion("a"), criterion("b")], **rules)
    organization = score_organization(rubric, sheet_of({"a": 0, "b": 0}, at_once=1))
    red = Finding("c", "clash", "a", "Words and deeds differ", "", red=True, initiatives=("i1",))
    diagnosis = Diagnosis("", (red,))
    made = plan(organization, diagnosis)
    assert {placed.initiative for placed in made.placements} == {"i1"}
    (favourite,) = prove_plan(organization, diagnosis, made, ["i2"], SECONDS).favourites
    assert favourite.bound is None
    assert "1 urgent fact fewer would be answered" in favourite.price


def test_a_pin_without_a_place_has_what_would_have_to_give_way():
    pin = {"initiative": "i3", "pin": True, "not_after": FIRST, "who": "The board", "why": "It was promised."}
    organization, diagnosis, made = small(capacity={"team": 10}, decisions={"initiatives": [pin]})
    assert [unkept.initiative for unkept in made.unkept] == ["i3"]
    (asked,) = prove_plan(organization, diagnosis, made, (), SECONDS).favourites
    assert (asked.initiative, asked.bound) == ("i3", None)
    assert asked.price == ("Team would need 6.3 more days a period",)


def test_what_needs_something_that_was_left_out_by_decision_says_so():
    steps = [initiative("i1", {"a": "practised"}), initiative("i2", {"b": "practised"}, needs=["i1"])]
    out = {"initiative": "i1", "exclude": True, "who": "The board", "why": "It was promised."}
    sheet = sheet_of({"a": 0, "b": 0}, decisions={"initiatives": [out]})
    organization, diagnosis = score_organization(rubric_of(steps), sheet), Diagnosis("", ())
    made = plan(organization, diagnosis, QUICK)
    (asked,) = prove_plan(organization, diagnosis, made, ["i2"], SECONDS).favourites
    assert asked.price == ("it needs what is left out by decision",)


def test_a_node_that_is_no_mean_leaves_a_bound_that_holds():
    for how in ("min", "median", {"geometric": {"floor": 1}}):
        rubric = rubric_of(
            [
                initiative("i1", {"a": "practised"}),
                initiative("i2", {"b": "practised"}, running={"days": 1, "per": "week"}),
            ],
            ["a", "b", "c"],
            principle={"aggregate": how},
        )
        organization = score_organization(rubric, sheet_of({"a": 0, "b": 1, "c": 3}))
        diagnosis = Diagnosis("", ())
        made = plan(organization, diagnosis, QUICK)
        proof = prove_plan(organization, diagnosis, made, seconds=SECONDS)
        assert proof.bound >= proof.level


# At the terminal


def test_a_bound_is_printed_below_the_same_plan(run, place):
    shown = run("plan", place.org).stdout
    proved = run("plan", place.org, "--prove").stdout
    assert proved.startswith(shown.rstrip("\n"))
    assert "No plan under these rules and priorities is more than 0." in proved


def test_nothing_of_the_solver_reaches_standard_output(place):
    words = [sys.executable, "-m", "assess", "plan", str(place.org), "--rubrics", str(place.rubrics)]
    done = subprocess.run([*words, "--prove", "--format", "json"], capture_output=True, text=True, check=True)
    proof = json.loads(done.stdout)["proof"]
    assert proof["bound"] >= proof["level"] > 0
    assert (proof["step"], proof["finished"], proof["seconds"], done.stderr) == (1, True, 120, "")


def test_a_favourite_is_named_by_id_or_code_and_refused_where_it_is_none(run, place):
    found = workflow.assess(place.org, [place.rubrics])
    planned = found.plan.placements[0].initiative
    code = found.rubric.initiative_by_id[planned].code
    for name in filter(None, (planned, code)):
        assert "is in the plan." in run("plan", place.org, "--prove", "--with", name).stdout
    refused = run("plan", place.org, "--prove", "--with", "nothing_like_it")
    assert refused.exit_code == 2
    assert "is no initiative" in refused.stderr


@pytest.mark.parametrize("words", [["--with", "x"], ["--seconds", "5"], ["--prove", "--format", "csv"]])
def test_what_belongs_to_a_proof_is_refused_without_one_and_a_proof_where_it_has_no_place(run, place, words):
    refused = run("plan", place.org, *words)
    assert (refused.exit_code, refused.stdout) == (2, "")


def test_without_the_solver_there_is_one_sentence(run, place, monkeypatch):
    for name in [name for name in sys.modules if name == "highspy" or name.startswith("assess.plan.bound")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "highspy", None)
    assert run("plan", place.org).exit_code == 0
    found = run("plan", place.org, "--prove")
    assert found.exit_code == 1
    assert "proofs need highspy, which is not installed" in found.stderr
    assert "pip install 'social-assess[plan]'" in found.stderr


@pytest.mark.parametrize("seed", [0, 6, 7, 8])
def test_what_answers_a_fact_early_is_early_whatever_else_answers_it_later(seed):
    judge = Planner(*instance(seed)).judge
    first, second = sorted(next(names for names in judge.facts if len(names) > 1))
    early, late = Slot(0, 1), Slot(1000, 1001)  # far beyond what is soon
    alone, both = judge.quick({first: early}), judge.quick({first: early, second: late})
    assert both[2:4] == alone[2:4] > (0, 0)

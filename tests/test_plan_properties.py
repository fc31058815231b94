"""What holds for every plan of drawn rubrics, answers and findings."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planning import KEYS, criterion, gate, initiative, made, rubric_of, sheet_of

from assess.formula import compile_rubric, evaluate, read_sheet
from assess.model.findings import Finding
from assess.model.roadmap import PlanSearch
from assess.plan.clock import Clock
from assess.plan.outlook import Outlook
from assess.plan.states import StateTree
from assess.scoring import score_organization

NAMES = ("a", "b", "c", "d")


@st.composite
def drawn_initiatives(draw, ids):
    """Initiatives that lift up to two criteria and need only ones before them."""
    levels = st.sampled_from(KEYS[1:])
    return [
        initiative(
            name,
            draw(st.dictionaries(st.sampled_from(NAMES), levels, max_size=2)),
            needs=draw(st.lists(st.sampled_from(ids[:k]), max_size=2, unique=True)) if k else [],
            effort=draw(st.integers(0, 25)),
            weeks=draw(st.integers(1, 20)),
            owner=draw(st.sampled_from(["team", "boss"])),
            running=draw(st.sampled_from([None, {"days": 1, "per": "month"}, {"days": 1, "per": "week"}])),
            enabler=draw(st.booleans()),
            not_before=draw(st.sampled_from([None, None, "a >= defined"])),
        )
        for k, name in enumerate(ids)
    ]


@st.composite
def drawn_gates(draw, ids):
    """Up to two caps on criteria or their principle, each lifted by up to two initiatives."""
    return [
        gate(
            draw(st.lists(st.sampled_from([*NAMES, "p"]), min_size=1, max_size=2, unique=True)),
            draw(st.sampled_from(KEYS[:4])),
            draw(st.lists(st.sampled_from(ids), max_size=2, unique=True)),
            id=f"g{k}",
            when=f"{name}_fact = no",
        )
        for k, name in enumerate(draw(st.lists(st.sampled_from(NAMES), max_size=2)))
    ]


@st.composite
def cases(draw):
    """A rubric with initiatives and gates, answers to it, and red findings that name initiatives."""
    ids = [f"i{k}" for k in range(draw(st.integers(1, 6)))]
    rubric = rubric_of(
        draw(drawn_initiatives(ids)),
        [criterion(name, key=draw(st.booleans())) for name in NAMES],
        gates=draw(drawn_gates(ids)),
        aggregate=draw(st.sampled_from(["arithmetic", {"geometric": {"floor": 1}}])),
    )
    levels = {name: draw(st.sampled_from([0, 1, 2, 3, 4, "na", "missing"])) for name in NAMES}
    facts = {name: draw(st.sampled_from(["yes", "no"])) for name in NAMES}
    target = draw(st.sampled_from(["practised", "leading"]))
    sheet = sheet_of(
        levels, facts, capacity={"default": draw(st.integers(5, 40))}, targets={"default": target}, at_once=2
    )
    findings = [
        Finding(f"f{k}", draw(st.sampled_from(["clash", "gap"])), "a", "Title", "", red=True, initiatives=(name,))
        for k, name in enumerate(draw(st.lists(st.sampled_from(ids), max_size=2)))
    ]
    return rubric, sheet, findings


def checked_names(case):
    rubric, sheet, findings = case
    result = made(rubric, sheet, *findings)
    when = {p.initiative: p for p in result.placements}
    assert {*when} | {out.initiative for out in result.left_out} == {i.id for i in rubric.initiatives}
    assert all(p.because and p.why_not_earlier for p in result.placements)
    assert all(out.because for out in result.left_out)
    assert not any("could begin a week earlier" in p.why_not_earlier for p in result.placements)


@settings(max_examples=30, deadline=None)
@given(cases())
def test_every_initiative_is_planned_or_left_out_with_a_reason(case):
    checked_names(case)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(cases())
def test_every_initiative_of_many_cases_is_planned_or_left_out_with_a_reason(case):
    checked_names(case)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(cases())
def test_the_projected_root_never_falls_and_proofs_follow_adoption(case):
    rubric, sheet, findings = case
    result = made(rubric, sheet, *findings)
    path = [m.values["overall"] for m in result.milestones]
    if path[0] is None:
        assert path == [None] * len(path)
        return
    assert all(late >= early - 1e-9 for early, late in itertools.pairwise(path))
    for stone in result.milestones:
        work, adopted, proved = (stone.readings[name] for name in ("work", "adopted", "proved"))
        assert work >= adopted - 1e-9 >= proved - 2e-9
    assert path[-1] == pytest.approx(result.projection.high)
    assert result.projection.low <= result.projection.high + 1e-9
    for placement in result.placements:
        assert placement.without <= result.projection.high + 1e-9


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_initiatives_and_findings_changes_nothing(case, random):
    rubric, sheet, findings = case
    shuffled = list(rubric.initiatives)
    random.shuffle(shuffled)
    other = rubric.model_copy(update={"initiatives": tuple(shuffled)})
    for cached in ("names", "initiative_by_id"):
        other.__dict__.pop(cached, None)
    few = PlanSearch(trials=30)
    assert made(other, sheet, *findings, search=few) == made(rubric, sheet, *findings, search=few)


def agree(case, random):
    """Every node of a random state is that of the tree computed afresh, and so is the root by its parts."""
    rubric, sheet, _ = case
    states = StateTree(Clock(Outlook(score_organization(rubric, sheet))))
    ladders, names = states.clock.ladders, states.clock.inputs
    for _ in range(5):
        rungs = {name: random.randint(0, len(ladders[name].values) if name in ladders else 1) for name in names}
        rungs = {name: rung for name, rung in rungs.items() if rung}
        tree = states.tree(rungs)
        fresh = evaluate(compile_rubric(rubric), read_sheet(rubric, sheet), lifts=tree.lifts, off=tree.off)
        assert {name: states.result(name, rungs) for name in fresh.nodes} == fresh.nodes
        root = fresh.node("overall").value
        assert states.root(rungs) == (None if root is None else pytest.approx(root, abs=1e-9))
        if states.running:
            assert states.running.whole(states.terms(rungs)) == pytest.approx(root, abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_a_state_is_the_tree_computed_afresh(case, random):
    agree(case, random)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_every_state_is_the_tree_computed_afresh(case, random):
    agree(case, random)

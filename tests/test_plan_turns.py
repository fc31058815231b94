"""Whose turn it is: what was worked out before and has not moved ranks as if it were worked out now."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planning import KEYS, criterion, gate, initiative, rubric_of, sheet_of

from assess.model.findings import Finding
from assess.plan.candidates import Candidates
from assess.plan.outlook import Outlook
from assess.plan.turns import Turns
from assess.scoring import score_organization

PARTS = {"p": ("a", "b"), "q": ("c", "d", "e"), "r": ("f",)}
NAMES = tuple(name for names in PARTS.values() for name in names)
ROOTS = [
    "arithmetic",
    "min",
    "harmonic",
    {"geometric": {"floor": 1}},
    {"geometric": {"floor": 10}},
    {"power": {"p": 2}},
]


@st.composite
def cases(draw):
    """Initiatives over three principles, some behind others, some held down by gates and key criteria."""
    ids = [f"i{k}" for k in range(draw(st.integers(2, 9)))]
    initiatives = [
        initiative(
            name,
            draw(st.dictionaries(st.sampled_from(NAMES), st.sampled_from(KEYS[1:]), max_size=2)),
            needs=draw(st.lists(st.sampled_from(ids[:k]), max_size=2, unique=True)) if k else [],
            effort=draw(st.integers(0, 25)),
        )
        for k, name in enumerate(ids)
    ]
    gates = [
        gate(
            draw(st.lists(st.sampled_from([*NAMES, *PARTS, "overall"]), min_size=1, max_size=2, unique=True)),
            draw(st.sampled_from(KEYS[:4])),
            draw(st.lists(st.sampled_from(ids), max_size=2, unique=True)),
            id=f"g{k}",
            when=f"{name}_fact = no",
        )
        for k, name in enumerate(draw(st.lists(st.sampled_from(NAMES), max_size=3)))
    ]
    principles = [
        {
            "id": principle,
            "title": f"Principle {principle}",
            "criteria": [criterion(name, key=draw(st.booleans())) for name in names],
            "aggregate": draw(st.sampled_from(["arithmetic", "min", {"geometric": {"floor": 1}}])),
        }
        for principle, names in PARTS.items()
    ]
    rubric = rubric_of(initiatives, principles=principles, gates=gates, aggregate=draw(st.sampled_from(ROOTS)))
    levels = {name: draw(st.sampled_from([0, 1, 2, 3, "na", "missing"])) for name in NAMES}
    facts = {name: draw(st.sampled_from(["yes", "no"])) for name in NAMES}
    sheet = sheet_of(levels, facts, targets={"default": draw(st.sampled_from(["practised", "leading"]))})
    findings = tuple(
        Finding(f"f{k}", draw(st.sampled_from(["clash", "gap"])), "a", "Title", "", red=True, initiatives=(name,))
        for k, name in enumerate(draw(st.lists(st.sampled_from(ids), max_size=2)))
    )
    return rubric, sheet, findings


def candidates(case):
    rubric, sheet, findings = case
    efforts = {i.id: (i.effort.low + i.effort.high) / 2 for i in rubric.initiatives}
    return Candidates(Outlook(score_organization(rubric, sheet)), findings, efforts)


def shown(choices):
    return [(choice.ground.tier, choice.initiative, choice.closure) for choice in choices]


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(cases())
def test_after_every_turn_the_order_is_the_one_worked_out_afresh(case):
    turns, taken = Turns(candidates(case)), []
    while choices := turns.ranked():
        afresh = candidates(case)
        for closure in taken:
            afresh.take(closure)
        assert shown(choices) == shown(Turns(afresh).ranked())
        taken.append(choices[0].closure)
        turns.take(choices[0])


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(cases())
def test_a_choice_that_is_taken_tells_what_it_adds_to_the_root_at_its_turn(case):
    turns = Turns(candidates(case))
    rubric, sheet, _ = case
    while choices := turns.ranked():
        before = turns.planned
        gain = turns.take(choices[0]).gain
        beside = Outlook(score_organization(rubric, sheet))
        ends = [beside.after(done).node("overall").value for done in (before, turns.planned)]
        assert gain.root == pytest.approx(0.0 if None in ends else ends[1] - ends[0], abs=1e-9)

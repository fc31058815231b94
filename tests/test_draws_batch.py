"""All draws at once come out as each of them does alone, by the evaluator that scores the organization."""

from pathlib import Path

import pytest
from drawing import DRAWS, batch, drawn, numbers, one_draw, organization
from factories import ON, PAIRED, built, fact, gate, level, node, percent, proved, responses, rubrics, said
from hypothesis import given, settings
from hypothesis import strategies as st

import assess
from assess.collect import collect_mapping, count_answers
from assess.draws.batch import BatchEvaluation
from assess.formula import Projection, dependents, evaluate
from assess.scoring import score_organization

FOREIGN = sorted((Path(__file__).parent / "foreign").glob("*.yaml"))
ROLES = ("boss", "team", "team", "team")


def same(found, draws=DRAWS, **how):
    """Whether every node and item of every draw is what the evaluator makes of that draw alone."""
    draw = drawn(found, draws)
    tree = one_draw_tree(found, **how)
    together = batch(found, draw, tree)
    for place in range(draws):
        alone = one_draw(found, draw, place, **how)
        for name in found.compiled.nodes:
            assert numbers(together.node(name), place) == approximately(alone.node(name).range), (name, place)
        for name in found.compiled.items:
            assert numbers(together.item(name), place) == approximately(alone.item_range(name)), (name, place)
    return draw


def one_draw_tree(found, lifts=None, off=frozenset()):
    return evaluate(found.compiled, found.readings, lifts=lifts or {}, off=off)


def approximately(found):
    return tuple(x if x is None else pytest.approx(x, abs=1e-7) for x in found)


@given(st.data())
@settings(max_examples=settings.default.max_examples * 3 // 2)
def test_a_draw_is_what_the_evaluator_makes_of_its_weights_and_answers(data):
    found = data.draw(rubrics(facts=2))
    people = data.draw(responses(found, roles=ROLES))
    same(organization(found, *people))


@given(st.data())
@settings(max_examples=settings.default.max_examples * 3 // 5)
def test_so_it_is_where_nodes_are_lifted_and_gates_are_off(data):
    found = data.draw(rubrics())
    people = data.draw(responses(found, roles=ROLES, states=()))
    criterion = found.principles[0].criteria[0].id
    off = frozenset(each.id for each in found.gates[:1])
    same(organization(found, *people), lifts={criterion: 62.5}, off=off)


@given(st.data())
@settings(max_examples=settings.default.max_examples * 3 // 5)
def test_what_differs_from_today_in_a_few_nodes_is_worked_out_there_and_is_the_same(data):
    found = organization(book := data.draw(rubrics()), *data.draw(responses(book, roles=ROLES)))
    lifts, off = {book.principles[-1].criteria[-1].id: 80.0}, frozenset(each.id for each in book.gates)
    reach, draw = dependents(found.compiled), drawn(found)
    changed = reach.of(lifts, off)
    tree = Projection(found.compiled, found.readings, lifts=lifts, off=off, base=found.tree, changed=changed)
    today = batch(found, draw)
    together = BatchEvaluation(tree, draw, today.moving, today, changed)
    for place in range(DRAWS):
        alone = one_draw(found, draw, place, lifts, off)
        for name in found.compiled.nodes:
            assert numbers(together.node(name), place) == approximately(alone.node(name).range), name


@pytest.mark.parametrize("path", FOREIGN, ids=lambda path: path.stem)
def test_models_of_others_too(path):
    found = assess.load_rubric(path)
    for share in (1, 3):
        asked = [*found.questions()][::share]
        answers = {each.id: some_answer(found, each) for each in asked}
        collected = collect_mapping(found, {k: v for k, v in answers.items() if v is not None}, assessed_on=ON)
        same(score_organization(found, count_answers(found, collected).sheet), 4)


def some_answer(rubric, asked):
    """One answer of the middle."""
    holds, keys = asked.traits.holds, [option.key for option in rubric.options_of(asked)]
    if holds in ("option", "options"):
        middle = keys[len(keys) // 2]
        return middle if holds == "option" else [middle]
    if holds == "number":
        posts = asked.goalposts
        return (posts.worst + posts.best) / 2 if posts else asked.min or 1
    return ON if holds == "date" else "so"


@pytest.mark.parametrize("how", PAIRED)
def test_two_parts_compared_are_compared_in_every_draw(how):
    found = built(node("p", node("c", level("a"), level("b"), aggregate=how), node("d", percent("x"))))
    same(organization(found, said("boss", a="k3", b="k1", x=40)))
    same(organization(found, said("boss", a="k3", x=40)))


def test_evidence_conditions_disagreement_and_settled_answers_are_read_alike():
    ceilings = {"evidence": {}, "disagreement": {"role": "boss", "levels": 2}, "min_coverage": 0}
    found = built(
        node("p", node("c", level("q"), level("r"), level("s"), fact("f"), aggregate="geometric")),
        node(
            "o",
            node("e", level("t", show_when="f = yes"), level("u")),
            node("g", level("v", allow=["unknown"]), key=True),
        ),
        policies=ceilings,
        gates=[gate("share", "share(q >= k3 by team) < 50", "p", "l1"), gate("claimed", "r < k2 by boss", "o", "l2")],
    )
    paper = ("document", ON)
    people = [
        said("boss", q=proved("k4", paper), r=proved("k3", paper), s="k4", t="k2", f="yes", v="k3"),
        *(said("team", q=key, r="k2", t=key, f="yes", v="k1") for key in ("k1", "k3", "k4", "k4")),
    ]
    draw = same(organization(found, *people, settled={"s": "k2"}))
    assert {"q", "r"} <= draw.lowered.keys()
    assert {("q", "team"), ("t", "team"), ("q", "boss")} <= draw.answers.keys()
    assert "u" in draw.missing
    assert not {name for name, _ in draw.answers} & {"s"}


def test_who_says_nothing_of_a_missing_answer_claims_what_is_drawn_and_who_was_not_asked_what_was_said():
    gates = [gate("silent", "q < k2 by boss", "p", "l1"), gate("spoken", "q < k2 by team", "p", "l2")]
    found = built(node("p", level("q", ask=["boss"]), level("r"), aggregate="arithmetic"), gates=gates)
    for claim in ("k0", "k4"):
        draw = same(organization(found, said("boss", r="k3"), said("team", q=claim, r="k4")))
        assert "q" in draw.missing

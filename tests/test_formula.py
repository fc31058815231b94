"""The arithmetic as properties: bounds, monotony, what changes nothing, and bounds against every completion."""

from itertools import product

import pytest
from factories import (
    DECLINED,
    UNKNOWN,
    answered,
    answers_to,
    built,
    fact,
    gate,
    level,
    new_name,
    node,
    percent,
    question,
    renamed,
    responses,
    rubrics,
    said,
    sheet,
    tree,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assess.documents import SourceMap
from assess.formula import compile_rubric, evaluate, read_sheet
from assess.model.rubric import Rubric
from assess.validate import remarks

NOISE = 1e-7
drawn = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def values(rubric, *people, **how):
    return {name: result.value for name, result in tree(rubric, *people, **how).nodes.items()}


def same(left, right):
    assert left.keys() == right.keys()
    for name, number in left.items():
        assert number == pytest.approx(right[name], abs=NOISE), name


@pytest.mark.slow
@drawn
@given(st.data())
def test_scores_lie_between_their_bounds_and_on_0_to_100(data):
    rubric = data.draw(rubrics(most=3, facts=2))
    people = data.draw(responses(rubric, roles=("boss", "team")))
    found = tree(rubric, *people)
    for result in [*found.nodes.values(), *(item.range for item in found.items.values())]:
        if result.low is None:
            assert result.value is None
            assert result.high is None
            continue
        assert 0 <= result.low <= result.high <= 100
        assert result.value is None or result.low - NOISE <= result.value <= result.high + NOISE


@pytest.mark.slow
@drawn
@given(st.data())
def test_when_all_is_answered_the_bounds_are_the_score(data):
    rubric = data.draw(rubrics(most=3, facts=2))
    people = data.draw(responses(rubric, roles=("boss", "team"), states=()))
    for result in tree(rubric, *people).nodes.values():
        assert result.coverage == 1
        assert result.low == pytest.approx(result.value, abs=NOISE)
        assert result.high == pytest.approx(result.value, abs=NOISE)


def better(rubric, asked, answer):
    """The next better answer, or the same where it is the best or none was given.

    Of ticks it is one with more of them: who swaps one for another answers otherwise, and a count of what most tick may
    fall by it.
    """
    if answer is None or answer.state != "value":
        return answer
    offered = answers_to(rubric, asked)
    above = offered[offered.index(answer.value) + 1 :]
    more = [other for other in above if asked.type != "multi" or {*answer.value} < {*other}]
    return answered(more[0]) if more else answer


def raised(rubric, people, name, *, roles):
    """The same respondents with a better answer of some roles to one question."""
    asked = rubric.question_by_id[name]
    return [
        said(who.role, **{**who.answers, name: better(rubric, asked, who.answers[name])})
        if name in who.answers and who.role in roles
        else who
        for who in people
    ]


def never_lower(rubric, people, more):
    before, after = tree(rubric, *people), tree(rubric, *more)
    for name, old in before.nodes.items():
        new = after.node(name)
        for low, high in ((old.value, new.value), (old.low, new.low), (old.high, new.high)):
            assert (low is None) == (high is None)
            assert low is None or high >= low - NOISE, name


@pytest.mark.slow
@drawn
@given(st.data())
def test_a_better_answer_never_lowers_a_score(data):
    # A table or stage may become undecided when a better answer leads on to an open one: there all is answered.
    stages = data.draw(st.booleans())
    rubric = data.draw(rubrics(most=3, facts=2, stages=stages))
    people = data.draw(responses(rubric, roles=("boss", "team"), states=() if stages else (None, UNKNOWN, DECLINED)))
    name = data.draw(st.sampled_from(sorted(rubric.question_by_id)))
    roles = data.draw(st.sampled_from([("boss",), ("team",), ("boss", "team")]))
    never_lower(rubric, people, raised(rubric, people, name, roles=roles))


@pytest.mark.slow
@drawn
@given(st.data())
def test_under_disagreement_raising_all_roles_or_the_lower_one_never_lowers_a_score(data):
    rubric = data.draw(rubrics(most=2, stages=False, disagreement={"role": "boss", "levels": 2}))
    people = data.draw(responses(rubric, roles=("boss", "team", "log")))
    name = data.draw(st.sampled_from(sorted(rubric.question_by_id)))
    asked = rubric.question_by_id[name]
    offered = answers_to(rubric, asked)
    given_by = {who.role: who.answers[name] for who in people if name in who.answers}
    places = {role: offered.index(a.value) for role, a in given_by.items() if a.state == "value"}
    never_lower(rubric, people, raised(rubric, people, name, roles=("boss", "team", "log")))
    for role, place in places.items():
        if place == min(places.values()):
            never_lower(rubric, people, raised(rubric, people, name, roles=(role,)))


def completions(rubric, people, open_questions):
    """Every way to answer what is open; `people` is one respondent."""
    (who,) = people
    offered = [answers_to(rubric, rubric.question_by_id[name]) for name in open_questions]
    for picked in product(*offered):
        more = dict(zip(open_questions, picked, strict=True))
        yield said(who.role, **{**who.answers, **more})


@settings(drawn, max_examples=settings.default.max_examples * 3 // 2)
@given(st.data())
def test_bounds_are_the_least_and_the_most_that_open_answers_can_make(data):
    rubric = data.draw(rubrics(most=2))
    people = data.draw(responses(rubric))
    found = tree(rubric, *people)
    unsure = [n for n, item in found.items.items() if item.range.low != item.range.high]
    open_questions, rest = unsure[:4], unsure[4:]
    worst = {name: answered(answers_to(rubric, rubric.question_by_id[name])[0]) for name in rest}
    people = [said("boss", **{**people[0].answers, **worst})]
    noted = {problem.message.split("'")[1] for problem in remarks(rubric, SourceMap())}
    compiled = compile_rubric(rubric)
    found = tree(rubric, *people)
    seen = [
        evaluate(compiled, read_sheet(rubric, sheet(one))).nodes for one in completions(rubric, people, open_questions)
    ]
    for name, result in found.nodes.items():
        reached = [nodes[name].value for nodes in seen]
        if None in reached:
            assert result.low is None
            continue
        assert result.low <= min(reached) + NOISE
        assert result.high >= max(reached) - NOISE
        if not noted & set(open_questions):
            assert result.low == pytest.approx(min(reached), abs=NOISE), name
            assert result.high == pytest.approx(max(reached), abs=NOISE), name


@pytest.mark.slow
@drawn
@given(st.data())
def test_the_order_of_respondents_changes_nothing(data):
    rubric = data.draw(rubrics(most=2, facts=2))
    one = data.draw(responses(rubric, roles=("boss", "team")))
    two = [said(who.role, **who.answers) for who in data.draw(responses(rubric, roles=("boss", "team")))]
    people = data.draw(st.permutations([*one, *two]))
    assert values(rubric, *one, *two) == values(rubric, *people)


@pytest.mark.slow
@drawn
@given(st.data(), st.sampled_from([0.001, 0.3, 7, 1e6]))
def test_a_common_factor_on_weights_changes_nothing(data, factor):
    rubric = data.draw(rubrics(most=2))
    people = data.draw(responses(rubric))

    def scaled(element):
        if isinstance(element, list):
            return [scaled(each) for each in element]
        if not isinstance(element, dict):
            return element
        found = {key: scaled(each) for key, each in element.items()}
        heavy = "weight" in found and found["weight"] and found.get("type", "") not in ("text", "date")
        return found | ({"weight": found["weight"] * factor} if heavy else {})

    other = Rubric.model_validate(scaled(rubric.model_dump(by_alias=True)))
    before, after = tree(rubric, *people), tree(other, *people)
    for name, old in before.nodes.items():
        assert old.value == pytest.approx(after.node(name).value, abs=NOISE), name
        assert old.coverage == pytest.approx(after.node(name).coverage)


@pytest.mark.slow
@drawn
@given(st.data())
def test_the_names_of_things_change_nothing(data):
    rubric = data.draw(rubrics(most=2))
    people = data.draw(responses(rubric, roles=("boss", "team")))
    others = [said(who.role, **{new_name(name): answer for name, answer in who.answers.items()}) for who in people]
    before, after = values(rubric, *people), values(renamed(rubric), *others)
    same({name if name == "overall" else new_name(name): number for name, number in before.items()}, after)


@pytest.mark.slow
@drawn
@given(st.data())
def test_where_all_is_answered_a_lift_never_lowers_and_reaches_what_it_says(data):
    rubric = data.draw(rubrics(most=2))
    people = data.draw(responses(rubric, states=()))
    name = data.draw(st.sampled_from(sorted(rubric.node_by_id)))
    before, after = tree(rubric, *people), tree(rubric, *people, lifts={name: 75.0})
    assert after.node(name).uncapped >= 75
    for other, old in before.nodes.items():
        assert after.node(other).value >= old.value - NOISE


def test_a_gate_that_is_off_no_longer_holds():
    rubric = built(node("p", percent("q"), fact("f"), gates=[gate("g", "f = no", "p", "l1")]))
    people = said("boss", q=90, f="no")
    held, free = tree(rubric, people).node("p"), tree(rubric, people, off=frozenset({"g"})).node("p")
    assert (held.value, held.uncapped, held.caps[0].holds, held.caps[0].binds) == (25, 90, True, True)
    assert (free.value, free.caps[0].holds, free.caps[0].binds) == (90, False, False)


def test_a_lift_raises_what_conditions_read_of_the_lifted_criterion():
    rubric = built(node("p", node("c", level("q")), node("d", percent("r")), gates=[gate("g", "q < k2", "p", "l1")]))
    people = said("boss", q="k0", r=80)
    assert tree(rubric, people).node("p").value == 25
    assert tree(rubric, people, lifts={"c": 50.0}).node("p").value == 65
    assert tree(rubric, people, lifts={"c": 50.0}).truth("q < k2") is False


def test_nothing_answered_is_open_from_end_to_end():
    rubric = built(node("p", level("q"), question("r", "multi", 3)))
    result = tree(rubric, said("boss", q=UNKNOWN, r=DECLINED)).node("overall")
    assert (result.value, result.low, result.high, result.coverage) == (None, 0, 100, 0)

"""Key criteria and flags: whether a persona notices when they are gone."""

import pytest
from diagnosing import criterion, fact, level, rubric
from factories import ON

from assess.authoring.assessments import answers_of
from assess.authoring.test.coverage import coverage, reached_by
from assess.authoring.test.expectations import misses_of
from assess.model.initiatives import Persona
from assess.workflow import assess_sheet

OPEN = {"id": "open", "when": "doors = no", "flag": True, "because": "B", "lifted_by": []}
LOW = {"lock_how": "absent", "bell_how": "leading", "lamp_how": "leading", "doors": "no"}
TWO = {"lock_how": "defined", "bell_how": "leading", "lamp_how": "leading", "doors": "yes"}
EVEN = {"lock_how": "defined", "bell_how": "defined", "lamp_how": "defined", "doors": "yes"}


def house():
    """A principle of three criteria, the first of them key, and a flag; all of it below a root of one principle."""
    bell = criterion("bell", level("bell_how"), fact("doors"))
    return rubric(criterion("lock", key=True), bell, criterion("lamp"), gates=[OPEN])


def persona(answers, **expect):
    return Persona.model_validate(
        {"id": "p", "title": "P", "assessed_on": ON, "answers": {"team": answers}, "expect": expect}
    )


def noticed(kind, answers, **expect):
    """The parts of a kind that a persona notices; what it expects must come out."""
    book, one = house(), persona(answers, **expect)
    assert misses_of(book, one) == ()
    found = reached_by(assess_sheet(book, answers_of(book, one)), one)
    return next(each for each in coverage(book, [found]) if each.kind == kind).reached


@pytest.mark.parametrize(
    ("answers", "expect"),
    [
        (LOW, {"scores": {"care": 1}}),
        (LOW, {"scores": {"overall": 1.0}}),
        (LOW, {"levels": {"care": "ad_hoc"}}),
        (TWO, {"scores": {"overall": 3}}),
        (TWO, {"gates": ["lock"]}),
    ],
)
def test_a_key_is_noticed_where_a_figure_or_a_gate_depends_on_it(answers, expect):
    assert noticed("key", answers, **expect) == {"lock"}


@pytest.mark.parametrize(
    ("answers", "expect"),
    [
        (LOW, {}),
        (LOW, {"scores": {"lock": 0, "bell": 4}}),
        (LOW, {"not_gates": []}),
        (TWO, {"levels": {"overall": "practised"}}),
        (EVEN, {"scores": {"care": 2, "overall": 2}, "levels": {"care": "defined"}}),
    ],
    ids=["nothing expected", "nothing above it", "no gates", "the same level without it", "it holds nothing down"],
)
def test_a_key_is_not_noticed_where_nothing_expected_depends_on_it(answers, expect):
    assert noticed("key", answers, **expect) == frozenset()


def test_a_flag_is_noticed_only_where_it_is_expected():
    assert noticed("flag", LOW, gates=["open"]) == {"open"}
    assert noticed("flag", LOW, scores={"overall": 1}) == frozenset()
    assert noticed("flag", TWO, not_gates=["open"]) == frozenset()


def test_an_organization_that_expects_nothing_notices_nothing():
    book, one = house(), persona(LOW, gates=["open", "lock"])
    found = {kind.kind: kind for kind in coverage(book, [reached_by(assess_sheet(book, answers_of(book, one)))])}
    assert (found["key"].missed, found["flag"].missed) == (("lock",), ("open",))
    assert found["gate"].reached == {"open"}

"""What a rubric must not do to people it promised a group."""

import pytest
from factories import built, fact, level, node, percent, question

from assess.documents import SourceMap
from assess.validate import remarks

SHY = {"anonymous": ["team"]}


def told(*principles, **more):
    return [(p.severity, p.message) for p in remarks(built(*principles, **more), SourceMap()) if p.code == "telling"]


@pytest.mark.parametrize(("least", "warned"), [(1, True), (2, True), (3, False), (5, False)])
def test_a_group_of_fewer_than_three_is_warned_of_and_three_count(least, warned):
    policies = {**SHY, "min_cell": least}
    found = told(node("p", level("q")), policies=policies)
    assert found == ([("warning", f"min_cell: {least} would tell single answers; 3 count")] if warned else [])
    assert built(node("p", level("q")), policies=policies).policies.least == max(least, 3)
    assert told(node("p", level("q")), policies={"min_cell": least}) == []


@pytest.mark.parametrize(
    ("asked", "policies", "which"),
    [
        (level("q", combine="min"), {}, "the lowest"),
        (percent("q", combine="max"), {}, "the highest"),
        (level("q"), {"combine": "min"}, "the lowest"),
        (question("q", "date"), {}, "the earliest"),
        (level("q", combine="mean"), {"combine": "min"}, ""),
        (level("q", combine="min", ask=["boss"]), {}, ""),
        (level("q", combine="median"), {}, ""),
    ],
)
def test_an_answer_that_stands_for_one_person_is_warned_of(asked, policies, which):
    found = told(node("p", asked, level("r", ask=["boss"])), policies={**SHY, **policies})
    told_of_q = [message for _, message in found if "'q'" in message]
    assert bool(told_of_q) is bool(which)
    assert all(message.startswith(f"{which} of the answers to 'q' counts") for message in told_of_q)


@pytest.mark.parametrize(("condition", "warned"), [("n(team) >= 3", True), ("n(boss) >= 3", False), ("f = yes", False)])
def test_counting_the_heads_of_an_anonymous_role_is_warned_of(condition, warned):
    gates = [{"id": "g", "when": condition, "cap": {"of": ["p"], "at": "l1"}, "because": "b"}]
    found = told(node("p", level("q"), fact("f")), policies=SHY, gates=gates)
    assert [message.startswith("n(team) tells how many took part") for _, message in found] == [True] * warned

"""What a sheet must say before a comparison can be worked out."""

from collections.abc import Iterator
from typing import assert_never

from assess.authoring.check.variables import Variable
from assess.formula import Compiled
from assess.formula import nodes as f

RoleQuestion = tuple[str, str]


def roles_read(part: object) -> Iterator[RoleQuestion]:
    """Every question that a test or a tuple of tests reads of one role, with that role."""
    for found in f.parts_within(part):
        if isinstance(found, f.Leaf | f.Chose | f.Share) and found.role:
            yield found.question, found.role


def slots(compiled: Compiled, test: f.Test | None, named: frozenset[RoleQuestion]) -> Iterator[Variable]:
    """The slots a test reads; named: the roles that are read by name beside it."""
    match test:
        case f.Compare(left, _, right):
            yield from _measured(compiled, left, named)
            yield from _measured(compiled, right, named)
        case f.Chose(question, _, role):
            yield from _answers(compiled, question, role, named)
        case f.Ticked(question) | f.InState(question):
            yield from _answers(compiled, question, None, named)
        case f.Not(part):
            yield from slots(compiled, part, named)
        case f.All(parts) | f.Any(parts):
            yield from (slot for part in parts for slot in slots(compiled, part, named))
        case None:
            return
        case _:
            assert_never(test)


def _measured(compiled: Compiled, formula: f.Formula, named: frozenset[RoleQuestion]) -> Iterator[Variable]:
    match formula:
        case f.Score(node):
            yield Variable("node", node)
        case f.Headcount(role):
            yield Variable("heads", role)
        case f.Leaf(question, _, facet) if not question or facet == "grade":
            yield Variable("proof", question) if question else Variable("day")
        case f.Leaf(question, role) | f.Share(question, role):
            yield from _answers(compiled, question, role, named)
        case f.Constant():
            return
        case f.Threshold() | f.Combined() | f.Sum() | f.Pair() | f.FirstMatch():
            raise TypeError(formula)  # a condition cannot say it
        case _:
            assert_never(formula)


def _answers(compiled: Compiled, question: str, role: str | None, named: frozenset[RoleQuestion]) -> Iterator[Variable]:
    """Who answers a question: one role; or all that are named, and one more who is invited.

    What shows the question is read with it.
    """
    rule = compiled.items[question]
    yield from slots(compiled, rule.visible, named)
    if role:
        yield Variable("answer", question, role)
        return
    spoken = sorted(who for asked, who in named if asked == question)
    free = next((who for who in rule.invited if who not in spoken), None)
    if free is not None:
        yield Variable("answer", question, "" if free == rule.invited[0] else free)
    yield from (Variable("answer", question, who) for who in spoken)

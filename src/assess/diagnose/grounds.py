"""Which answers a condition rests on: the questions it reads, and the role it reads them of."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, assert_never

from assess.diagnose.case import DiagnoseContext
from assess.formula import Evaluation
from assess.formula import nodes as f


class Ground(NamedTuple):
    """A question a condition reads: of one role, or with `role` None what the invited said together."""

    question: str
    role: str | None = None


def grounds(case: DiagnoseContext, tree: Evaluation, condition: str) -> tuple[Ground, ...]:
    """What makes a condition true on a tree, each once, left to right; of alternatives only those that hold."""
    tests = _deciding(tree, case.test(condition), holds=True)
    return tuple(dict.fromkeys(ground for test in tests for ground in _read(case, test)))


def _deciding(tree: Evaluation, test: f.Test, *, holds: bool) -> Iterator[f.Test]:
    match test:
        case f.Not(part):
            yield from _deciding(tree, part, holds=not holds)
        case f.All(parts) | f.Any(parts):
            one_is_enough = isinstance(test, f.Any) is holds
            for part in parts:
                if not one_is_enough or tree.test(part).point is holds:
                    yield from _deciding(tree, part, holds=holds)
        case f.Compare() | f.Chose() | f.Ticked() | f.InState():
            yield test
        case _:
            assert_never(test)


def _read(case: DiagnoseContext, test: f.Test) -> Iterator[Ground]:
    match test:
        case f.Compare(left, _, right):
            yield from _measured(case, left)
            yield from _measured(case, right)
        case f.Chose(question, _, role):
            yield Ground(question, role)
        case f.Ticked(question) | f.InState(question):
            yield Ground(question)
        case f.Not() | f.All() | f.Any():
            raise TypeError(test)  # taken apart before
        case _:
            assert_never(test)


def _measured(case: DiagnoseContext, formula: f.Formula) -> Iterator[Ground]:
    match formula:
        case f.Leaf(question, role) if question:
            yield Ground(question, role)
        case f.Share(question, role):
            yield Ground(question, role)
        case f.Score(name):
            yield from (Ground(question.id) for question in case.level_questions(case.rubric.node_by_id[name]))
        case f.Constant() | f.Headcount() | f.Leaf():
            pass  # no question: a number, a head count, the day of the assessment
        case f.Threshold() | f.Combined() | f.Sum() | f.Pair() | f.FirstMatch():
            raise TypeError(formula)  # a condition cannot say it
        case _:
            assert_never(formula)


def nodes_read(case: DiagnoseContext, read: Iterable[Ground]) -> tuple[str, ...]:
    """The nodes whose answers are read, each once."""
    return tuple(dict.fromkeys(case.rubric.home_of[ground.question] for ground in read))

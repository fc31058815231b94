"""Every answer that conditions can tell apart: one for each stretch between the thresholds a rubric names."""

import datetime
import math
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, pairwise
from typing import NamedTuple, assert_never

from assess.authoring.check.variables import REFERENCE, Reply, Stand, Variable, VariableValue, is_answer
from assess.formula import Compiled
from assess.formula import nodes as f
from assess.formula.normalise import option_values
from assess.formula.readings import months_before
from assess.model.answers import AnswerValue
from assess.model.questions import Question, State

Mark = tuple[str, ...]
MOST_TICKS = 8
MOST_MONTHS = 1200
HUNDRED = 100


class ValueSpan(NamedTuple):
    """The lowest and highest value of a node on 0..100; `steps` are all its values where there is nothing between."""

    low: float
    high: float
    steps: tuple[float, ...] = ()


def comparisons_in(test: object) -> Iterator[f.Compare]:
    """Every comparison inside a test or a tuple of tests."""
    return (found for found in f.parts_within(test) if isinstance(found, f.Compare))


def value_mark(formula: f.Formula) -> Mark:
    """What a threshold beside this formula is a threshold of; empty for a constant."""
    match formula:
        case f.Leaf(question, _, facet):
            return (facet, "" if facet == "age" else question)
        case f.Score(node):
            return ("node", node)
        case f.Share(question, role):
            return ("share", question, role)
        case f.Headcount(role):
            return ("heads", role)
        case f.Constant():
            return ()
        case f.Threshold() | f.Combined() | f.Sum() | f.Pair() | f.FirstMatch():
            return ()  # no condition reads these
        case _:
            assert_never(formula)


class Marks:
    """The thresholds of all conditions of a rubric, by what they are thresholds of."""

    def __init__(self, tests: Iterable[object]) -> None:
        """Gather them; what is compared with each other shares its thresholds."""
        self.points: dict[Mark, set[float]] = {}
        self.beside: dict[Mark, frozenset[Mark]] = {}
        self.counted: set[str] = set()
        self.ticked: dict[str, set[str]] = {}
        self.stated: set[str] = set()
        self.shared: dict[tuple[str, str], set[tuple[str, ...]]] = {}
        pairs: list[tuple[Mark, Mark]] = []
        for test in tests:
            self._note(test)
            for found in comparisons_in(test):
                pairs += self._compared(found)
        for pair in pairs:
            group = frozenset(pair).union(*(self.beside.get(mark, ()) for mark in pair))
            self.beside |= dict.fromkeys(group, group)
        for group in {*self.beside.values()}:
            shared = {point for mark in group for point in self.points.get(mark, ())}
            self.points |= dict.fromkeys(group, shared)

    def inside(self, mark: Mark) -> int:
        """How many values between two thresholds it takes to put all that are compared with each other in any order."""
        return max(len(self.beside.get(mark, ())), 1)

    def _note(self, test: object) -> None:
        for found in f.parts_within(test):
            if isinstance(found, f.Ticked):
                self.ticked.setdefault(found.question, set()).add(found.option)
                self.counted |= {found.question} if found.alone else set()
            elif isinstance(found, f.InState):
                self.stated.add(found.question)

    def _compared(self, found: f.Compare) -> Iterator[tuple[Mark, Mark]]:
        left, right = value_mark(found.left), value_mark(found.right)
        for mark, other in ((left, found.right), (right, found.left)):
            if isinstance(other, f.Constant):
                self.points.setdefault(mark, set()).add(other.value)
        for side in (found.left, found.right):
            if isinstance(side, f.Share) and side.keys:
                self.shared.setdefault((side.question, side.role), set()).add(side.keys)
            elif isinstance(side, f.Share):
                self.points.setdefault((side.facet, side.question), set()).add(side.than)
        if left and right:
            yield left, right


def grid(marks: Iterable[float], low: float, high: float, *, inside: int, whole: bool) -> list[tuple[float, float]]:
    """(number, end of the stretch it stands for): the marks between low and high, both ends, and `inside` between two.

    whole: only whole numbers; a mark between two of them counts as both.
    """
    points = {point for mark in marks for point in ((math.floor(mark), math.ceil(mark)) if whole else (mark,))}
    ordered = sorted({low, high, *(point for point in points if low <= point <= high)})
    found = [(ordered[0], ordered[0])]
    for start, end in pairwise(ordered):
        middle = [start + (end - start) * step / (inside + 1) for step in range(1, inside + 1)]
        between = [start + step for step in range(1, inside + 1)] if whole else middle
        found += [(x, end) for x in between if start < x < end]
        found.append((end, end))
    return found


class Domains:
    """The cells of every slot of one rubric, worked out when a search first needs them."""

    def __init__(self, compiled: Compiled, marks: Marks, spans: Mapping[str, ValueSpan]) -> None:
        """Keep what they are made from."""
        self.compiled, self.marks, self.spans = compiled, marks, spans
        self._known: dict[Variable, tuple[VariableValue, ...]] = {}

    def of(self, slot: Variable) -> tuple[VariableValue, ...]:
        """The cells of a slot, the plainest answers first."""
        if slot not in self._known:
            self._known[slot] = tuple(self._cells(slot))
        return self._known[slot]

    def plain(self, slot: Variable) -> tuple[VariableValue, ...]:
        """The cells that are answers; a state such as `na` is one only where a condition asks for the state."""
        return tuple(cell for cell in self.of(slot) if is_answer(cell) or slot.name in self.marks.stated)

    def whole(self, slot: Variable) -> bool:
        """Whether the cells of a slot are all there are.

        Sets of more than eight named options are too many, and so are shares of several options of one question.
        """
        question = self.compiled.rubric.question_by_id.get(slot.name)
        if len(self.marks.shared.get((slot.name, slot.role), ())) > 1 and question and question.traits.lists:
            return False
        return slot.kind != "answer" or question is None or len(self._told_apart(question)) <= MOST_TICKS

    def _cells(self, slot: Variable) -> Iterable[VariableValue]:
        match slot.kind:
            case "answer":
                return self._replies(self.compiled.rubric.question_by_id[slot.name], slot)
            case "proof":
                rubric = self.compiled.rubric
                return (0, 1, 2) if rubric.takes_evidence(rubric.question_by_id[slot.name]) else (0,)
            case "heads":
                return self._heads(("heads", slot.name))
            case "day":
                return self._days()
            case "node":
                return self._stands(slot.name)
            case _:
                assert_never(slot.kind)

    def _heads(self, mark: Mark) -> Iterator[int]:
        marks, inside = self.marks.points.get(mark, set()), self.marks.inside(mark)
        yield from (int(x) for x, _ in grid(marks, 0, max(marks, default=0) + inside, inside=inside, whole=True))

    def _stands(self, node: str) -> Iterator[Stand]:
        span, mark = self.spans[node], ("node", node)
        if span.steps:
            yield from (Stand(value, value) for value in span.steps)
            return
        marks, inside = self.marks.points.get(mark, set()), self.marks.inside(mark)
        for value, below in grid(marks, span.low, span.high, inside=inside, whole=False):
            yield Stand(value, below)

    def _replies(self, question: Question, slot: Variable) -> Iterator[Reply]:
        shares = self.marks.points.get(("share", question.id, slot.role))
        yield from self._single(question)
        yield from self._shared(question, slot.role, shares) if shares else ()
        asked: tuple[State, ...] = ("na", "unknown", "declined") if question.id in self.marks.stated else ("na",)
        taken = self.compiled.rubric.states_of(question, slot.role)
        yield from (Reply((), state) for state in asked if state in taken)
        if question.id in self.marks.stated:
            yield Reply((), "missing")

    def _single(self, question: Question) -> Iterator[Reply]:
        holds = question.traits.holds
        match holds:
            case "options":
                yield from (Reply((ticks,)) for ticks in self._ticks(question))
            case "number":
                yield from (Reply((number,)) for number in self._numbers(question))
            case "date":
                yield from (Reply((day,)) for day in self._days())
            case "words":
                yield Reply(("some words",))
            case "option":
                keys = self._keys(question)
                yield from (Reply((key,)) for key in keys)
                heads = range(1, self.marks.inside(("value", question.id)) + 1) if self._averaged(question) else ()
                yield from (Reply((low,) * n + (high,)) for low, high in pairwise(keys) for n in heads)
            case _:
                assert_never(holds)

    def _keys(self, question: Question) -> list[str]:
        return [option.key or "" for option in self.compiled.rubric.options_of(question)]

    def _averaged(self, question: Question) -> bool:
        """Whether two respondents can meet between two options."""
        return question.traits.reads == "steps" and self.compiled.items[question.id].combine in ("mean", "median")

    def _numbers(self, question: Question) -> Iterator[float]:
        posts, band, mark = question.goalposts, question.band, ("number", question.id)
        marks = set(self.marks.points.get(mark, set()))
        marks |= {posts.worst, posts.best} if posts else set()
        marks |= {band.zero_below, band.start, band.to, band.zero_above} if band else set()
        marks |= {step.start for step in question.steps}
        marks |= {x for value in self.marks.points.get(("value", question.id), ()) for x in _worth(question, value)}
        low = min(marks, default=1.0) - 1 if question.min is None else question.min
        high = max(marks, default=low) + 1 if question.max is None else question.max
        yield from (x for x, _ in grid(marks, low, high, inside=self.marks.inside(mark), whole=question.integer))

    def _ticks(self, question: Question) -> Iterator[tuple[str, ...]]:
        """Every set of the options told apart, with none of the others, one, or as many as are counted."""
        options = self.compiled.rubric.options_of(question)
        free = [option.key or "" for option in options if not option.exclusive]
        named = self._told_apart(question)[:MOST_TICKS]
        others = [key for key in free if key not in named]
        counted = ("count", question.id) in self.marks.points or self.compiled.rubric.scored(question)
        most = len(others) if counted else min(len(others), 1)
        for extra in range(most + 1):
            for size in range(len(named) + 1):
                for chosen in combinations(named, size):
                    if chosen or extra or len(free) == len(options):
                        yield (*chosen, *others[:extra])
        yield from ((option.key or "",) for option in options if option.exclusive)

    def _told_apart(self, question: Question) -> list[str]:
        """The options that conditions name, or all where a threshold reads what the ticks are worth."""
        if question.traits.holds != "options":
            return []
        named, all_of_them = self.marks.ticked.get(question.id, set()), ("value", question.id) in self.marks.points
        free = [option.key or "" for option in self.compiled.rubric.options_of(question) if not option.exclusive]
        return [key for key in free if all_of_them or key in named]

    def _days(self) -> list[datetime.date]:
        """The days that any date or age is compared with, and as many beside them as dates are compared in a row."""
        dates = [mark for mark in self.marks.points if mark[0] == "date"]
        named = [datetime.date.fromordinal(int(day)) for mark in dates for day in self.marks.points[mark]]
        ages = self.marks.points.get(("age", ""), set())
        old = [months_before(REFERENCE, math.floor(age)) for age in ages if 0 <= age < MOST_MONTHS]
        near = max((self.marks.inside(mark) for mark in dates), default=1)
        steps = [datetime.timedelta(days=step) for step in range(-near, near + 1)]
        return sorted({day + step for day in (REFERENCE, *named, *old) for step in steps})

    def _shared(self, question: Question, role: str, shares: set[float]) -> Iterator[Reply]:
        """A hundred respondents of a role, so many of them with the one answer and the rest with the other."""
        inside = self.marks.inside(("share", question.id, role))
        for one, other in self._poles(question, role):
            for share, _ in grid(shares, 0, HUNDRED, inside=inside, whole=True):
                yield Reply((one,) * int(share) + (other,) * (HUNDRED - int(share)))

    def _poles(self, question: Question, role: str) -> Iterator[tuple[AnswerValue, AnswerValue]]:
        """Pairs of answers between which respondents are divided: best and worst, or an option shared and one not."""
        sets = sorted(self.marks.shared.get((question.id, role), ()))
        if question.traits.lists and question.traits.reads == "key":
            keys = self._keys(question)
            yield from ((one[0], key) for one in sets for key in keys if key not in one)
            return
        ranked = sorted((value or 0.0, key) for key, value in option_values(self.compiled.rubric, question).items())
        numbers = sorted(self._numbers(question)) if question.traits.holds == "number" else []
        worst, best = (numbers[0], numbers[-1]) if numbers else (ranked[0][1], ranked[-1][1])
        yield best, worst
        for one in sets if question.traits.lists else ():
            yield from ((one[0], key) for key in self._keys(question) if key not in one)


def _worth(question: Question, value: float) -> Iterator[float]:
    """The numbers that are worth a value on 0..100."""
    posts, band, share = question.goalposts, question.band, value / HUNDRED
    if posts and posts.log:
        yield math.exp(math.log(posts.worst) + share * (math.log(posts.best) - math.log(posts.worst)))
    elif posts:
        yield posts.worst + share * (posts.best - posts.worst)
    elif band:
        yield band.zero_below + share * (band.start - band.zero_below)
        yield band.zero_above - share * (band.zero_above - band.to)

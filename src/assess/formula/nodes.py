"""The closed set of formulas: everything a rubric can compute is a tree of these, and every reader handles all of them.

Numbers run on 0..100 unless a node says otherwise. A formula may be absent (not applicable) or open (not answered).
"""

import math
from collections.abc import Iterator
from typing import Literal, NamedTuple

from assess.formula.aggregations import NumberRule

Operator = Literal["=", "!=", "<", "<=", ">", ">="]
Facet = Literal["value", "number", "date", "count", "grade", "age"]


class Constant(NamedTuple):
    """A fixed number; a category of a first-match table carries its label.

    Where it stands for points of a node whose scale depends on what applies, `node` and `points` say so, and `value`
    is what they are worth when everything does.
    """

    value: float
    label: str = ""
    node: str = ""
    points: float = 0.0


class Leaf(NamedTuple):
    """What was answered to a question: by one role as claimed, or combined into its item when `role` is None.

    value: 0..100; number: native mean; date: ordinal day; count: options ticked; grade: 0 stated, 1 documented,
    2 confirmed; age: months between the date answered and the assessment.
    """

    question: str
    role: str | None = None
    facet: Facet = "value"


class Score(NamedTuple):
    """The value of another node of the same tree."""

    node: str


class Share(NamedTuple):
    """The percentage of a role's respondents whose own answer compares as said, or is one of some options; 0..100.

    keys: the options, of a question whose answers are not compared by what they are worth; empty elsewhere.
    """

    question: str
    role: str
    op: Operator
    than: float
    facet: Facet = "value"
    keys: tuple[str, ...] = ()


class Threshold(NamedTuple):
    """100 where a part compares with a number as said, 0 where it does not, absent where the part is."""

    part: "Formula"
    op: Operator
    than: float


class Headcount(NamedTuple):
    """How many respondents a role has."""

    role: str


class Combined(NamedTuple):
    """The weighted parts that are there as one number, by a rule of `formula/aggregations.py`."""

    rule: NumberRule
    parts: "Weighted"


class Sum(NamedTuple):
    """Native points added: how often a part counts, the part, and the least and the most points it can bring.

    These ends are those of a part that applies as a whole; a part that is a sum itself knows better what it could
    bring. A tally counts steps from 0 to 1. start: points there are before any part; ends: the fewest and the most
    points it comes to, whatever its parts bring.
    """

    parts: tuple[tuple[float, "Formula", float, float], ...]
    start: float = 0.0
    ends: tuple[float, float] = (-math.inf, math.inf)

    def held(self, points: float) -> float:
        """What points of the parts come to: with those there are before, between the ends."""
        return min(max(points + self.start, self.ends[0]), self.ends[1])


class Pair(NamedTuple):
    """The native points of one part divided by those of another, or less them, on the scale of their node.

    zero: what a division by 0 comes to in points; None where it comes to nothing.
    """

    how: Literal["ratio", "difference"]
    one: "Formula"
    other: "Formula"
    scale: tuple[float, float]
    zero: float | None = None


class FirstMatch(NamedTuple):
    """The result beside the first condition that holds, else the default.

    While an earlier condition is undecided it is open, or `cautious`: the least it can still become.
    """

    cases: tuple[tuple["Test", "Formula"], ...]
    default: "Formula"
    cautious: bool = False


class Compare(NamedTuple):
    """Two numbers compared after rounding both to 1e-9; false when a side is absent."""

    left: "Formula"
    op: Operator
    right: "Formula"


class Chose(NamedTuple):
    """Whether the answer to a choice or yesno question, combined or of one role, is one of the keys."""

    question: str
    keys: tuple[str, ...]
    role: str | None = None


class Ticked(NamedTuple):
    """Whether an option of a multi question is ticked; `alone`: and nothing else."""

    question: str
    option: str
    alone: bool = False


class InState(NamedTuple):
    """Whether the combined state of a question is one of these: never undecided, but open while the question is."""

    question: str
    states: tuple[str, ...]


class Not(NamedTuple):
    """True when its part is false."""

    part: "Test"


class All(NamedTuple):
    """True when every part is; true without parts."""

    parts: tuple["Test", ...]


class Any(NamedTuple):
    """True when one part is."""

    parts: tuple["Test", ...]


Weighted = tuple[tuple[float, "Formula"], ...]
ChildWeights = tuple[tuple[str, float], ...]
Aggregated = Combined | Sum | Pair | FirstMatch
Formula = Constant | Leaf | Score | Share | Threshold | Headcount | Aggregated
Test = Compare | Chose | Ticked | InState | Not | All | Any


def parts_within(part: object) -> Iterator[object]:
    """A formula, a test or a tuple of them, and all that stands inside it, the outer before the inner."""
    waiting = [part]
    while waiting:
        found = waiting.pop()
        if isinstance(found, tuple):
            yield found
            waiting += reversed(found)


def names_read(part: object) -> Iterator[str]:
    """The ids of the nodes and questions that a formula, a test or a tuple of them reads, with repeats."""
    for found in parts_within(part):
        if isinstance(found, Score):
            yield found.node
        elif isinstance(found, Leaf | Share | Chose | Ticked | InState) and found.question:
            yield found.question


class CapRule(NamedTuple):
    """One cap on a node: while `when` holds, at most `at`; a key cap is `key` + `at` instead. All on 0..100.

    points: the same in native points, where their worth depends on what applies.
    """

    id: str
    kind: Literal["gate", "key", "clash"]
    at: float
    when: Test | None = None
    key: str | None = None
    points: float | None = None


class ItemRule(NamedTuple):
    """How the answers to one question become its item value."""

    question: str
    weight: float
    invited: tuple[str, ...]
    others: tuple[str, ...]
    combine: str
    headcount: bool
    conflict_role: str | None
    conflict_distance: float
    ceilings: tuple[float, float, float] | None
    when_missing_zero: bool
    when_unknown_zero: bool
    na_value: float | None
    visible: Test | None
    optional: bool = False


class NodeRule(NamedTuple):
    """How the children of one node become its value: formula, caps, and what belongs to it.

    by_parts: its scale runs over what the parts that apply could bring; `scale` is that of all of them.
    """

    id: str
    formula: Aggregated
    caps: tuple[CapRule, ...]
    weights: ChildWeights
    scale: tuple[float, float]
    items: tuple[str, ...]
    by_parts: bool = False


def turns(part: object) -> Iterator[tuple[str, str, float]]:
    """Question, facet and figure wherever formulas and tests compare a number, a day or an age in months with one."""
    compared = (found for found in parts_within(part) if isinstance(found, Compare))
    for left, _, right in compared:
        if isinstance(left, Leaf) and isinstance(right, Constant) and left.facet in ("number", "date", "age"):
            yield left.question, left.facet, right.value

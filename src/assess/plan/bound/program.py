"""A mixed-integer linear program that is maximised, and HiGHS, which solves it (Huangfu and Hall 2018).

Only this module knows highspy, and whoever imports it has to be ready not to find it (docs/method.md, section 9.7).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import highspy

from assess.numbers import TOLERANCE

RELATIVE_GAP, ABSOLUTE_GAP = 1e-6, 1e-6
"""A program counts as solved when its bound is so near to the best that was found."""
DAYS = "days"
"""The one kind of limit that is no count."""
MOST_ROOM = 1000.0


class Linear(NamedTuple):
    """A constant and columns, each with its factor."""

    constant: float
    factors: Mapping[int, float]

    def times(self, factor: float) -> "Linear":
        """The same so many times."""
        return Linear(self.constant * factor, {column: f * factor for column, f in self.factors.items()})

    def at(self, values: Sequence[float]) -> float:
        """What it comes to where the columns have values."""
        return self.constant + sum(factor * values[column] for column, factor in self.factors.items())


ZERO, ONE = Linear(0.0, {}), Linear(1.0, {})


def fixed(number: float) -> Linear:
    """A number that no column changes."""
    return Linear(number, {})


def added(parts: Iterable[Linear]) -> Linear:
    """The sum of some parts."""
    constant, factors = 0.0, dict[int, float]()
    for part in parts:
        constant += part.constant
        for column, factor in part.factors.items():
            factors[column] = factors.get(column, 0.0) + factor
    return Linear(constant, {column: factor for column, factor in factors.items() if factor})


class Solved(NamedTuple):
    """What a solver found: the best values, None without any, and what no values can exceed.

    bound: None where no values keep all rows. finished: False where the time was over before. seconds: what it took.
    """

    values: tuple[float, ...] | None
    bound: float | None
    finished: bool
    seconds: float


class Program:
    """Columns from 0 up to a limit, rows that hold them down, and a sum of columns to be made as large as can be.

    eased: the kinds of limits that may be exceeded, at a price.
    """

    def __init__(self, eased: Iterable[str] = ()) -> None:
        self.eased = frozenset(eased)
        self.rooms: dict[tuple[str, str], Linear] = {}
        self.uppers: list[float] = []
        self.whole: list[bool] = []
        self._ceilings: list[list[Linear]] = []
        self._rows: list[Linear] = []
        self.goal = ZERO

    def column(self, upper: float = 1.0, *, whole: bool = False) -> Linear:
        """A new column."""
        self.uppers.append(upper)
        self.whole.append(whole)
        self._ceilings.append([])
        return Linear(0.0, {len(self.uppers) - 1: 1.0})

    def room(self, kind: str, of: str = "") -> Linear:
        """By how much a limit is exceeded; 0 where its kind is not eased."""
        if kind not in self.eased:
            return ZERO
        if (kind, of) not in self.rooms:
            self.rooms[kind, of] = self.column(MOST_ROOM, whole=kind != DAYS)
        return self.rooms[kind, of]

    def under(self, column: Linear, ceiling: Linear) -> None:
        """Hold a column below what columns made before it come to."""
        (place,) = column.factors
        self._ceilings[place].append(ceiling)

    def never_above(self, row: Linear, limit: float = 0.0) -> None:
        """Hold a sum of columns below a number."""
        if row.factors or row.constant > limit + TOLERANCE:
            self._rows.append(added([row, fixed(-limit)]))

    def completed(self, given: Mapping[int, float]) -> list[float]:
        """Values of all columns: those given, every other as high as its ceilings let it be."""
        values: list[float] = []
        for place, upper in enumerate(self.uppers):
            if place in given:
                values.append(given[place])
                continue
            found = min([upper, *(ceiling.at(values) for ceiling in self._ceilings[place])])
            values.append(max(float(math.floor(found + TOLERANCE)) if self.whole[place] else found, 0.0))
        return values

    def keeps(self, values: Sequence[float]) -> bool:
        """Whether values keep all rows that are no ceilings."""
        return all(row.at(values) <= TOLERANCE for row in self._rows)

    def solve(self, start: Sequence[float] | None, seconds: float) -> Solved:
        """Make the goal as large as can be, from some values on, in at most so much time of the solver."""
        solver = highspy.Highs()  # type: ignore[no-untyped-call]  # it has no types of its own
        for option, value in (
            ("output_flag", False), ("time_limit", max(seconds, 0.0)), ("threads", 1),
            ("mip_rel_gap", RELATIVE_GAP), ("mip_abs_gap", ABSOLUTE_GAP),
        ):  # fmt: skip
            solver.setOptionValue(option, value)
        solver.passModel(self._model())
        if start is not None:
            known = highspy.HighsSolution()
            known.col_value = [*start]
            solver.setSolution(known)
        solver.run()
        return self._solved(solver)

    def _solved(self, solver: highspy.Highs) -> Solved:
        status, info = solver.getModelStatus(), solver.getInfo()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Solved(None, None, True, solver.getRunTime())  # noqa: FBT003 - it is known
        found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        values = tuple(solver.getSolution().col_value) if found else None
        finished = status == highspy.HighsModelStatus.kOptimal
        mixed = any(self.whole)
        bound = info.mip_dual_bound if mixed else info.objective_function_value
        if not (finished or mixed) or not math.isfinite(bound):
            bound = self._most()
        return Solved(values, min(bound, self._most()), finished, solver.getRunTime())

    def _most(self) -> float:
        """What the goal comes to with every column at its limit, which no values exceed where all count for it."""
        return self.goal.constant + sum(f * self.uppers[column] for column, f in self.goal.factors.items() if f > 0)

    def _model(self) -> highspy.HighsLp:
        model = highspy.HighsLp()
        rows = [*self.rows()]
        model.num_col_, model.num_row_ = len(self.uppers), len(rows)
        model.col_cost_ = [self.goal.factors.get(column, 0.0) for column in range(len(self.uppers))]
        model.offset_ = self.goal.constant
        model.col_lower_, model.col_upper_ = [0.0] * len(self.uppers), self.uppers
        model.row_lower_ = [-highspy.kHighsInf] * len(rows)
        model.row_upper_ = [-row.constant for row in rows]
        starts = [0]
        for row in rows:
            starts.append(starts[-1] + len(row.factors))
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = starts
        model.a_matrix_.index_ = [column for row in rows for column in row.factors]
        model.a_matrix_.value_ = [factor for row in rows for factor in row.factors.values()]
        kinds = highspy.HighsVarType
        model.integrality_ = [kinds.kInteger if whole else kinds.kContinuous for whole in self.whole]
        model.sense_ = highspy.ObjSense.kMaximize
        return model

    def rows(self) -> Iterable[Linear]:
        """All rows, those that hold single columns down as well: none may come to more than 0."""
        yield from self._rows
        for place, ceilings in enumerate(self._ceilings):
            for ceiling in ceilings:
                yield added([Linear(-ceiling.constant, {place: 1.0}), Linear(0.0, ceiling.factors).times(-1.0)])

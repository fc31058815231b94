"""Finds answer sheets on which conditions are true, false or undecided as wished: all, a smallest one, or none."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from random import Random
from typing import NamedTuple, assert_never

from assess.authoring.check.domains import Domains
from assess.authoring.check.reads import roles_read, slots
from assess.authoring.check.synthetic import Worlds
from assess.authoring.check.truths import ANY, FALSE, TRUE, UNDECIDED, AtomTree, atoms_of, point, spread, truths
from assess.authoring.check.variables import Sheet, Variable, VariableValue
from assess.formula import nodes as f

MOST_STEPS = 20_000
SAMPLES = 2_000


class SearchResult(NamedTuple):
    """The sheet that was looked for, None when there is none; not `exact` when only samples were looked at."""

    sheet: Sheet | None
    exact: bool = True


class World(NamedTuple):
    """One full answer to everything the conditions read, and the truth of each condition."""

    sheet: Sheet
    truths: tuple[int, ...]


class Solver:
    """Some conditions of one rubric, to be made true or not together; comparisons are worked out once."""

    def __init__(self, worlds: Worlds, domains: Domains, tests: Sequence[f.Test], seed: int) -> None:
        """Find out which slots the conditions read."""
        self.worlds, self.domains, self.tests, self.seed = worlds, domains, tuple(tests), seed
        self.atoms: list[f.Test] = []
        self.trees = [self._tree(test) for test in self.tests]
        named = frozenset(roles_read(self.tests))
        self._slots_of = [tuple(dict.fromkeys(slots(worlds.compiled, atom, named))) for atom in self.atoms]
        self.slots = tuple(dict.fromkeys(slot for read in self._slots_of for slot in read))
        self._readers = {slot: [n for n, read in enumerate(self._slots_of) if slot in read] for slot in self.slots}
        self._known: dict[tuple[int, tuple[VariableValue, ...]], int] = {}

    @property
    def seeded(self) -> str:
        """How samples were drawn, in words."""
        return f"sampled {SAMPLES:,} sheets, seed {self.seed}"

    @property
    def drawn(self) -> str:
        """How samples were drawn, to be added to a message; empty where every answer is looked at."""
        return f" ({self.seeded})" if self.size > MOST_STEPS else ""

    @property
    def varied(self) -> bool:
        """Whether every comparison is true for some answers and false for others, `na` aside, as far as can be said."""
        return not self.whole or all({TRUE, FALSE} <= self._seen(number) for number in range(len(self.atoms)))

    @property
    def entangled(self) -> bool:
        """Whether two comparisons of the first condition read the same slot, and all answers can be looked at."""
        read = [slot for number, _ in atoms_of(self.trees[0]) for slot in self._slots_of[number]]
        return self.size <= MOST_STEPS and len(set(read)) < len(read)

    def redundant(self) -> int | None:
        """The last comparison of the first condition that could be taken as settled without a difference, if any.

        Comparisons are counted from left to right.
        """
        numbers, tree = [number for number, _ in atoms_of(self.trees[0])], spread(self.trees[0])
        settled = {place: [TRUE, FALSE] for place in range(len(numbers))}
        for world in self.all_worlds():
            atoms = [self.atom(number, world.sheet) for number in numbers]
            for place, given in settled.items():
                before, after = atoms[:place], atoms[place + 1 :]
                settled[place] = [x for x in given if truths(tree, [*before, x, *after]) == world.truths[0]]
        return max((place for place, given in settled.items() if given), default=None)

    def _seen(self, number: int) -> set[int]:
        seen = set[int]()
        for sheet in self.sheets(number):
            truth = self.atom(number, sheet)
            if truth == TRUE or all(cell in self.domains.plain(slot) for slot, cell in sheet.items()):
                seen.add(truth)
            if {TRUE, FALSE} <= seen:
                break
        return seen

    def sheets(self, number: int) -> Iterator[dict[Variable, VariableValue]]:
        """Every full answer to what one comparison reads."""
        read = self._slots_of[number]
        for cells in product(*(self.domains.of(slot) for slot in read)):
            yield dict(zip(read, cells, strict=True))

    @property
    def size(self) -> int:
        """How many full answers there are; more than can be looked at where some are left out."""
        size = math.prod(len(self.domains.of(slot)) for slot in self.slots)
        return size if self.whole else max(size, MOST_STEPS + 1)

    @property
    def whole(self) -> bool:
        """Whether the cells of all slots are all there are."""
        return all(self.domains.whole(slot) for slot in self.slots)

    def _tree(self, test: f.Test) -> AtomTree:
        match test:
            case f.Not(part):
                return AtomTree("not", (self._tree(part),))
            case f.All(parts):
                return AtomTree("all", tuple(self._tree(part) for part in parts))
            case f.Any(parts):
                return AtomTree("any", tuple(self._tree(part) for part in parts))
            case f.Compare() | f.Chose() | f.Ticked() | f.InState():
                return self._atom(test)
            case _:
                assert_never(test)

    def _atom(self, test: f.Test) -> AtomTree:
        if test not in self.atoms:
            self.atoms.append(test)
        return AtomTree("atom", atom=self.atoms.index(test))

    def search(self, wishes: Sequence[int], fixed: Mapping[Variable, VariableValue] | None = None) -> SearchResult:
        """A sheet on which every condition takes one of the truths wished for it; some of its cells may be fixed."""
        search = _Search(self, wishes, fixed or {})
        sheet = search.run()
        if search.steps > MOST_STEPS or (sheet is None and not self.whole):
            return SearchResult(self._sampled(wishes, fixed or {}), exact=False)
        return SearchResult(sheet)

    def solve(self, wishes: Sequence[int]) -> SearchResult:
        """A smallest such sheet: without any one of its answers it would no longer do."""
        found = self.search(wishes)
        return found if found.sheet is None else found._replace(sheet=self._shrunk(found.sheet, wishes))

    def _sampled(self, wishes: Sequence[int], fixed: Mapping[Variable, VariableValue]) -> Sheet | None:
        return next((world.sheet for world in self._drawn(fixed) if _granted(world.truths, wishes)), None)

    def _drawn(self, fixed: Mapping[Variable, VariableValue]) -> Iterator[World]:
        chance = Random(self.seed)  # noqa: S311 - samples, not secrets
        for _ in range(SAMPLES):
            sheet = {
                slot: fixed[slot] if slot in fixed else chance.choice(self.domains.of(slot)) for slot in self.slots
            }
            yield World(sheet, self.of(sheet))

    def all_worlds(self) -> Iterator[World]:
        """Every full answer; where there are more than 20,000, samples."""
        return self._worlds(self.domains.of)

    def plain_worlds(self) -> Iterator[World]:
        """Every full answer without `na` and other states that no condition asks for; or samples."""
        return self._worlds(self.domains.plain)

    def _worlds(self, cells: Callable[[Variable], Sequence[VariableValue]]) -> Iterator[World]:
        if self.size > MOST_STEPS:
            yield from self._drawn({})
            return
        for chosen in product(*(cells(slot) for slot in self.slots)):
            sheet = dict(zip(self.slots, chosen, strict=True))
            yield World(sheet, self.of(sheet))

    def nearest(self) -> Sheet:
        """A full answer that comes as near as can be: most comparisons are true, and the others nearly."""
        return max((world.sheet for world in self.all_worlds()), key=self._nearness)

    def _nearness(self, sheet: Sheet) -> tuple[int, float]:
        missed = [atom for number, atom in enumerate(self.atoms) if self.atom(number, sheet) != TRUE]
        tree = self.worlds.tree(sheet)
        sides = [
            [tree.number(side).value or 0.0 for side in (a.left, a.right)] for a in missed if isinstance(a, f.Compare)
        ]
        return -len(missed), -math.fsum(abs(left - right) for left, right in sides)

    def of(self, sheet: Sheet) -> tuple[int, ...]:
        """The truth of every condition on a sheet that answers all slots."""
        atoms = [self.atom(number, sheet) for number in range(len(self.atoms))]
        return tuple(truths(tree, atoms) for tree in self.trees)

    def atom(self, number: int, sheet: Mapping[Variable, VariableValue]) -> int:
        """The truth of a comparison whose slots are all answered."""
        read = self._slots_of[number]
        key = (number, tuple(sheet[slot] for slot in read))
        if key not in self._known:
            tree = self.worlds.tree({slot: sheet[slot] for slot in read})
            self._known[key] = point(tree.test(self.atoms[number]).point)
        return self._known[key]

    def touched(self, slot: Variable, sheet: Mapping[Variable, VariableValue]) -> Iterator[int]:
        """The comparisons that read a slot and whose slots are all answered."""
        return (n for n in self._readers[slot] if all(other in sheet for other in self._slots_of[n]))

    def open_slot(self, number: int, sheet: Mapping[Variable, VariableValue]) -> Variable | None:
        """The first slot of a comparison that is not answered."""
        return next((slot for slot in self._slots_of[number] if slot not in sheet), None)

    def granted(self, sheet: Sheet, wishes: Sequence[int]) -> bool:
        """Whether the evaluator finds every condition as wished on a sheet, whatever it leaves out."""
        tree = self.worlds.tree(sheet)
        found = (
            point(tree.test(test).point) if wish != ANY else ANY for test, wish in zip(self.tests, wishes, strict=True)
        )
        return all(truth & wish for truth, wish in zip(found, wishes, strict=True))

    def _shrunk(self, sheet: Sheet, wishes: Sequence[int]) -> Sheet:
        for slot in list(sheet):
            less = {other: cell for other, cell in sheet.items() if other != slot}
            if self.granted(less, wishes):
                sheet = less
        return sheet


def _granted(found: Sequence[int], wishes: Sequence[int]) -> bool:
    return all(truth & ~wish == 0 for truth, wish in zip(found, wishes, strict=True))


class _Search:
    """One depth-first search: what is not answered may become anything, or stay undecided."""

    def __init__(self, puzzle: Solver, wishes: Sequence[int], fixed: Mapping[Variable, VariableValue]) -> None:
        self.puzzle = puzzle
        self.wished = [
            (tree, wish, number)
            for number, (tree, wish) in enumerate(zip(puzzle.trees, wishes, strict=True))
            if wish != ANY
        ]
        self.wishes, self.fixed = wishes, fixed
        self.sheet: dict[Variable, VariableValue] = {}
        self.atoms = [ANY] * len(puzzle.atoms)
        self.steps = 0

    def run(self) -> Sheet | None:
        """The first sheet found, None when there is none or the search was given up."""
        for slot, cell in self.fixed.items():
            self._answer(slot, cell)
        return self._deeper()

    def _answer(self, slot: Variable, cell: VariableValue) -> list[int]:
        self.sheet[slot] = cell
        touched = list(self.puzzle.touched(slot, self.sheet))
        for number in touched:
            self.atoms[number] = self.puzzle.atom(number, self.sheet)
        return touched

    def _deeper(self) -> Sheet | None:
        if any(not truths(tree, self.atoms) & wish for tree, wish, _ in self.wished):
            return None
        closed = [UNDECIDED if atom == ANY else atom for atom in self.atoms]
        waiting = [tree for tree, wish, _ in self.wished if truths(tree, closed) & ~wish]
        if not waiting and self.puzzle.granted(self.sheet, self.wishes):
            return dict(self.sheet)
        slot = self._next(waiting or [tree for tree, _, _ in self.wished])
        for cell in self.puzzle.domains.of(slot) if slot else ():
            self.steps += 1
            if self.steps > MOST_STEPS or slot is None:
                return None
            touched = self._answer(slot, cell)
            found = self._deeper()
            if found is not None:
                return found
            del self.sheet[slot]
            for number in touched:
                self.atoms[number] = ANY
        return None

    def _next(self, waiting: Sequence[AtomTree]) -> Variable | None:
        """The first slot without an answer of a condition that is not yet as wished."""
        for tree in waiting:
            for number, _ in atoms_of(tree):
                slot = self.puzzle.open_slot(number, self.sheet)
                if slot:
                    return slot
        return None

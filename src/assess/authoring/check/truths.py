"""The three truths of a condition, and those it can still take while some of its comparisons are open."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

TRUE, FALSE, UNDECIDED = 1, 2, 4
ANY = TRUE | FALSE | UNDECIDED
NOT_TRUE = FALSE | UNDECIDED


def point(truth: bool | None) -> int:  # noqa: FBT001 - a truth is what it is about
    """A truth of the evaluator as one of the three."""
    return UNDECIDED if truth is None else TRUE if truth else FALSE


class AtomTree(NamedTuple):
    """A condition whose comparisons are numbers of atoms."""

    kind: str
    parts: "tuple[AtomTree, ...]" = ()
    atom: int = 0


def truths(tree: AtomTree, atoms: Sequence[int]) -> int:
    """Which truths a condition can still take, by those its comparisons can."""
    if tree.kind == "atom":
        return atoms[tree.atom]
    parts = [truths(part, atoms) for part in tree.parts]
    if tree.kind == "not":
        return (parts[0] & UNDECIDED) | (TRUE * bool(parts[0] & FALSE)) | (FALSE * bool(parts[0] & TRUE))
    # `and`: true when all are, false when one is; `or` is the same with the two exchanged.
    every, one = (TRUE, FALSE) if tree.kind == "all" else (FALSE, TRUE)
    found = every * all(part & every for part in parts) | one * any(part & one for part in parts)
    between = any(part & UNDECIDED for part in parts) and all(part & (every | UNDECIDED) for part in parts)
    return found | UNDECIDED * between


def atoms_of(tree: AtomTree, sign: int = 1) -> Iterator[tuple[int, int]]:
    """The numbers of the comparisons of a condition, each with 1, or with -1 where the condition denies it."""
    if tree.kind == "atom":
        yield tree.atom, sign
    for part in tree.parts:
        yield from atoms_of(part, -sign if tree.kind == "not" else sign)


def spread(tree: AtomTree, first: int = 0) -> AtomTree:
    """The same condition with its comparisons numbered from left to right, those that stand twice as two."""
    if tree.kind == "atom":
        return tree._replace(atom=first)
    # Only so can one mention be taken as settled while the other stays as it is.
    parts = []
    for part in tree.parts:
        parts.append(spread(part, first))
        first += len([*atoms_of(part)])
    return tree._replace(parts=tuple(parts))

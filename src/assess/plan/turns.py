"""Whose turn it is: the choices in their order, each worked out again only when something it rests on has moved."""

from bisect import bisect_left, insort
from collections.abc import Iterable
from typing import NamedTuple

from assess.plan.candidates import Candidate, Candidates
from assess.plan.outlook import TODAY


class _Standing(NamedTuple):
    """A choice, None where an initiative is not worth doing now, with the nodes and initiatives it rests on."""

    choice: Candidate | None
    nodes: frozenset[str]
    initiatives: frozenset[str]


class Turns:
    """The choices among the candidates, the best first."""

    def __init__(self, candidates: Candidates) -> None:
        self._candidates = candidates
        self._ranks: list[tuple[int, float, float, str]] = []
        self._standing: dict[str, _Standing] = {}
        self._at_node: dict[str, set[str]] = {}
        self._at_initiative: dict[str, set[str]] = {}
        self._renew(candidates.open)

    @property
    def planned(self) -> frozenset[str]:
        """What was taken so far."""
        return self._candidates.planned

    def ranked(self) -> list[Candidate]:
        """Every choice that gains something or answers a red finding, the best first."""
        found = (self._standing[rank[-1]].choice for rank in self._ranks)
        return [choice for choice in found if choice]

    def take(self, choice: Candidate) -> Candidate:
        """Plan a choice; returns it with its gain on the tree as it stands at its turn."""
        outlook, before = self._candidates.outlook, self.planned
        gain, alike = outlook.gain(before, before | choice.closure), (outlook.separable, outlook.parts())
        moved, touched = self._candidates.take(choice.closure)
        for name in choice.closure:
            self._forget(name)
        if alike == (True, outlook.parts()) and outlook.separable:
            stale = set(touched).union(*(self._at_node.get(node, ()) for node in moved))
            stale = stale.union(*(self._at_initiative.get(name, ()) for name in choice.closure))
            self._renew(sorted(stale & {*self._candidates.open}))
        else:
            self._renew(self._candidates.open)
        return choice._replace(gain=gain)

    def _renew(self, names: Iterable[str]) -> None:
        """Work out choices, and what they rest on."""
        outlook = self._candidates.outlook
        for name in names:
            self._forget(name)
            outlook.watched(())
            choice = self._candidates.choice(name)
            needed = self._candidates.prerequisites(name, TODAY)
            found = _Standing(choice, outlook.watched([name]), needed | choice.closure if choice else needed)
            self._standing[name] = found
            for node in found.nodes:
                self._at_node.setdefault(node, set()).add(name)
            for other in found.initiatives:
                self._at_initiative.setdefault(other, set()).add(name)
            if choice:
                insort(self._ranks, choice.rank)

    def _forget(self, name: str) -> None:
        found = self._standing.pop(name, None)
        if found is None:
            return
        for node in found.nodes:
            self._at_node[node].discard(name)
        for other in found.initiatives:
            self._at_initiative[other].discard(name)
        if found.choice:
            del self._ranks[bisect_left(self._ranks, found.choice.rank)]

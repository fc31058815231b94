"""Which initiative comes next: closures of what must be done together, tiers, and true gain per person-day."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from assess.formula import CapResult, Evaluation
from assess.model.findings import Finding
from assess.model.rubric import ROOT
from assess.numbers import DIGITS, TOLERANCE
from assess.plan.outlook import TODAY, Gain, Outlook

Kind = Literal["gate", "key_cap", "clash", "key", "rest"]
TIERS: dict[Kind, int] = {"gate": 1, "key_cap": 1, "clash": 1, "key": 2, "rest": 3}
# A point of a root of 100 is worth a hundredth of one of a root of 1.
_FINER = DIGITS + 2


class TierReason(NamedTuple):
    """Why an initiative stands in its tier: the node held down, the key criterion, or the node of the clash."""

    kind: Kind
    node: str = ""
    held: str = ""

    @property
    def tier(self) -> int:
        """1 lifts what binds or settles a red clash, 2 a key criterion, 3 the rest (docs/method.md, section 9.2)."""
        return TIERS[self.kind]


class Candidate(NamedTuple):
    """An initiative at its turn, with everything that must be done with it.

    effort: person-days. measure: what the gain of the root is divided by, so that gains worked out before and after
    other parts of the root moved can be compared (`Outlook.measure`).
    """

    initiative: str
    closure: frozenset[str]
    ground: TierReason
    gain: Gain
    effort: float
    measure: float = 1.0

    @property
    def rank(self) -> tuple[int, float, float, str]:
        """The order of choices: tier, gain of the root per day, gain of the criteria per day, id."""
        days = max(self.effort, TOLERANCE)
        per_day = (round(-self.gain.root / days / self.measure, _FINER), round(-self.gain.criteria / days, DIGITS))
        return self.ground.tier, *per_day, self.initiative


class Candidates:
    """The initiatives that are worth doing beside what is planned already."""

    def __init__(self, outlook: Outlook, findings: tuple[Finding, ...], efforts: dict[str, float]) -> None:
        self.outlook = outlook
        self.efforts = efforts
        self.planned: frozenset[str] = TODAY
        self._binding: dict[str, tuple[CapResult, ...]] = {}
        self._relief: dict[str, TierReason] = {}
        self._asked: dict[str, list[tuple[Finding, frozenset[str]]]] = {}
        for finding in (finding for finding in findings if finding.red):
            names = frozenset(finding.initiatives)
            for name in names:
                self._asked.setdefault(name, []).append((finding, names))
        self._look(outlook.after(TODAY).compiled.nodes)

    @property
    def open(self) -> tuple[str, ...]:
        """The initiatives that are neither planned nor named as done, in the order of their ids."""
        gone = self.planned | self.outlook.named_done
        return tuple(name for name in self.outlook.initiatives if name not in gone)

    def take(self, closure: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
        """Plan what is done together; returns the nodes and items that can have moved, and whom caps or findings touch.

        Findings that something planned answers ask for nothing any more.
        """
        self.planned |= closure
        moved = self.outlook.settle(self.planned)
        touched = set(self._look(moved))
        for _, names in [entry for name in closure for entry in self._asked.get(name, ())]:
            touched |= names
            for name in names:
                self._asked[name] = [entry for entry in self._asked[name] if not entry[1] & closure]
        return moved, frozenset(touched)

    def choice(self, name: str) -> Candidate | None:
        """An initiative with its closure, None when it gains nothing and no red finding rests on it alone."""
        tree, relief, asked = self.outlook.after(self.planned), self._relief.get(name), self._asked.get(name, [])
        helps = any(self.outlook.helps(name, node, tree) for node in self.outlook.effects[name].lifts)
        if not (helps or relief or asked):
            return None
        closure = self.closure(name, self.planned)
        gain = self.outlook.gain(self.planned, self.planned | closure)
        others = self._without(name, closure)
        alone = [finding for finding, names in asked if not names & others]
        # What can be reached without it is no reason for doing it.
        own = self.outlook.gain(self.planned | others, self.planned | closure)
        if not ((gain.counts and own.counts) or (alone and gain.root >= -TOLERANCE)):
            return None
        ground = relief or self._ground(name, tree, alone)
        return Candidate(name, closure, ground, gain, self._effort(closure), self.outlook.measure())

    def prerequisites(self, name: str, planned: frozenset[str]) -> frozenset[str]:
        """An initiative with what must be finished before it and is neither finished nor planned."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            current = waiting.pop()
            found.add(current)
            skipped = found | planned | self.outlook.finished
            waiting += [need for need in self.outlook.needs[current] if need not in skipped]
        return frozenset(found)

    def closure(self, name: str, planned: frozenset[str]) -> frozenset[str]:
        """An initiative with its prerequisites and the cheapest lifter of every cap that binds on what it lifts.

        Where the root would still gain nothing, other caps on what it sets free and on the nodes above are lifted too,
        if that helps.
        """
        own = frozenset(self.outlook.effects[name].lifts)
        members = self._with_lifters(self.prerequisites(name, planned), own, planned)
        if self.outlook.gain(planned, planned | members).root > TOLERANCE:
            return members
        freed = own | self.outlook.freed(name)
        above = {node for start in freed for node in self._above(start)}
        wider = self._with_lifters(members, freed | above, planned)
        return wider if self.outlook.gain(planned, planned | wider).root > TOLERANCE else members

    def _without(self, name: str, closure: frozenset[str]) -> frozenset[str]:
        """What of a closure can be done without one of its members: neither it nor what needs it."""
        gone = {name}
        while more := {member for member in closure - gone if gone.intersection(self.outlook.needs[member])}:
            gone |= more
        return closure - gone

    def _with_lifters(self, members: frozenset[str], nodes: frozenset[str], planned: frozenset[str]) -> frozenset[str]:
        while True:
            tree = self.outlook.after(planned | members)
            lifter = self._next_lifter(tree, sorted(nodes), members, planned)
            if lifter is None:
                return members
            members |= lifter

    def _next_lifter(
        self, tree: Evaluation, nodes: list[str], members: frozenset[str], planned: frozenset[str]
    ) -> frozenset[str] | None:
        """The cheapest way, prerequisites included, to lift the first cap that binds on these nodes."""
        for _, cap in _binding(tree, nodes):
            deeper = [below for _, below in _binding(tree, [cap.id])] if cap.kind == "key" else []
            for hold in (*deeper, cap):
                able = [name for name in self.outlook.relieves(hold, tree) if name not in members | planned]
                ways = [(self.prerequisites(name, planned | members), name) for name in able]
                if ways:
                    return min(ways, key=lambda way: (round(self._effort(way[0]), DIGITS), way[1]))[0]
        return None

    def _above(self, node: str) -> Iterator[str]:
        while node != ROOT:
            node = self.outlook.rubric.home_of[node]
            yield node

    def _look(self, nodes: Iterable[str]) -> frozenset[str]:
        """See again which caps bind on some nodes, and who lifts them; returns for which initiatives that differs."""
        tree = self.outlook.after(self.planned)
        seen = [node for node in nodes if node in tree.compiled.nodes]
        held = {node: caps for node in seen if (caps := tuple(cap for _, cap in _binding(tree, [node])))}
        if not held and not self._binding.keys() & {*seen}:
            return frozenset()
        self._binding = {node: caps for node, caps in self._binding.items() if node not in seen} | held
        before, self._relief = self._relief, {}
        for node, caps in sorted(self._binding.items()):
            for cap in caps:
                for name in self.outlook.relieves(cap, tree):
                    key = cap.kind == "key"
                    self._relief.setdefault(name, TierReason("key_cap" if key else "gate", cap.id, node))
        return frozenset(
            name for name in before.keys() | self._relief.keys() if before.get(name) != self._relief.get(name)
        )

    def _ground(self, name: str, tree: Evaluation, asked: list[Finding]) -> TierReason:
        clashes = sorted((finding for finding in asked if finding.kind == "clash"), key=lambda finding: finding.id)
        if clashes:
            return TierReason("clash", clashes[0].node)
        lifted = [node for node in self.outlook.effects[name].lifts if self.outlook.helps(name, node, tree)]
        keys = [node for node in lifted if self.outlook.rubric.node_by_id[node].key]
        return TierReason("key", keys[0]) if keys else TierReason("rest", lifted[0] if lifted else "")

    def _effort(self, names: frozenset[str]) -> float:
        return sum(self.efforts[name] for name in sorted(names))


def _binding(tree: Evaluation, nodes: list[str]) -> Iterator[tuple[str, CapResult]]:
    """Every cap that binds on some nodes."""
    return ((node, cap) for node in nodes for cap in tree.node(node).caps if cap.binds)

"""Which initiative comes next: closures of what must be done together, tiers, and true gain per person-day."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from assess.formula import CapResult
from assess.model.findings import Diagnosis, Finding
from assess.model.rubric import ROOT
from assess.numbers import DIGITS, TOLERANCE
from assess.plan.clock import Clock
from assess.plan.outlook import Outlook
from assess.plan.rules import Task
from assess.plan.states import StateTree

GroundKind = Literal["headline", "foundation", "gate", "clash", "key", "rest"]
TIERS: dict[GroundKind, int] = {"headline": -1, "foundation": 0, "gate": 1, "clash": 1, "key": 2, "rest": 3}
RUNNING_WEEKS = 26
"""The weeks of running cost that count beside the work when gains are taken per person-day."""
DEPENDENTS = 2
"""So many initiatives that are still wanted make a register a foundation."""
# A point of a root of 100 is worth a hundredth of one of a root of 1.
_FINER = DIGITS + 2


class TierReason(NamedTuple):
    """Why an initiative stands in its tier: the node held down, the key criterion, the node of the clash."""

    kind: GroundKind
    node: str = ""
    held: str = ""

    @property
    def tier(self) -> int:
        """-1 answers the key message, 0 others rest on it, 1 to 3 as docs/method.md, section 9.2 says."""
        return TIERS[self.kind]


class Candidate(NamedTuple):
    """An initiative at its turn, with everything that must be done with it.

    rise: what the parts of the root gain, in the terms of `StateTree.terms`. criteria: points on 0..100, added up.
    own: points of the root that come from it alone, and not from the rest of its closure. days: with half a year of
    running cost.
    """

    initiative: str
    closure: frozenset[str]
    ground: TierReason
    rise: float
    criteria: float
    own: float
    days: float

    @property
    def rank(self) -> tuple[int, float, float, str]:
        """The order of choices: tier, gain of the root per day, gain of the criteria per day, id."""
        days = max(self.days, TOLERANCE)
        return self.ground.tier, round(-self.rise / days, _FINER), round(-self.criteria / days, DIGITS), self.initiative


class RedFacts:
    """The red and urgent findings, and which of them something in a plan answers."""

    def __init__(self, diagnosis: Diagnosis, known: Iterable[str]) -> None:
        names = frozenset(known)
        self.findings: dict[str, tuple[Finding, frozenset[str]]] = {}
        for finding in diagnosis.findings:
            ways = names.intersection(finding.initiatives)
            if (finding.red or finding.urgent) and ways and finding.kind != "strength":
                self.findings[finding.id] = finding, ways
        self.by_initiative: dict[str, list[str]] = {}
        for name, (_, ways) in self.findings.items():
            for way in sorted(ways):
                self.by_initiative.setdefault(way, []).append(name)

    def open_to(self, initiative: str, planned: frozenset[str]) -> list[Finding]:
        """The red findings that an initiative would answer and nothing planned answers."""
        found = (self.findings[name] for name in self.by_initiative.get(initiative, ()))
        return [finding for finding, ways in found if not ways & planned]


class Candidates:
    """The initiatives that are worth doing beside what is planned already."""

    def __init__(
        self, outlook: Outlook, states: StateTree, works: Mapping[str, Task], facts: RedFacts, remedies: frozenset[str]
    ) -> None:
        self.outlook, self.states, self.works = outlook, states, works
        self.facts, self.remedies = facts, remedies
        self.clock = states.clock
        self.planned: frozenset[str] = frozenset()
        self.rungs: dict[str, int] = {}
        self._now = states.terms({})
        self.touches = _touches(self.clock)

    @property
    def open(self) -> tuple[str, ...]:
        """The initiatives that are neither planned nor named as done, in the order of their ids."""
        gone = self.planned | self.outlook.named_done
        return tuple(name for name in self.outlook.initiatives if name not in gone and name in self.works)

    def rungs_with(self, names: Iterable[str]) -> dict[str, int]:
        """The nodes and gates that some initiatives can move, on the rungs they then stand on, beside the planned."""
        more = frozenset(names)
        done = self.planned | more
        moved = {node for name in more for node in self.touches.get(name, ())}
        return {node: self.clock.rung(node, done) for node in sorted(moved)}

    def take(self, closure: frozenset[str]) -> frozenset[str]:
        """Plan what is done together; returns the nodes and gates that got further by it."""
        found = self.rungs_with(closure)
        moved = frozenset(node for node, rung in found.items() if rung != self.rungs.get(node, 0))
        self.rungs |= found
        self.planned |= closure
        self._now = self.states.terms(self.rungs)
        return moved

    def beside(self, planned: frozenset[str]) -> "Candidates":
        """The candidates beside another plan."""
        found = Candidates(self.outlook, self.states, self.works, self.facts, self.remedies)
        found.take(planned)
        return found

    def gain_alone(self, name: str) -> float:
        """Points of the root on 0..100 if an initiative were all that is done."""
        rungs = {node: rung for node, rung in self.rungs_with([name]).items() if rung}
        return (self.states.root(rungs) or 0.0) - (self.states.root({}) or 0.0)

    def own_points(self, name: str) -> float:
        """What an initiative would add by itself, its prerequisites done, in points of the root."""
        closure = self.outlook.prerequisites(name, self.planned)
        after, without = self.rungs_with(closure), self.rungs_with(closure - self.outlook.leaning_on(name, closure))
        return self._points(name, self.states.rise(after, without, self.rungs), self._criteria(after, without))

    def held_down(self, name: str) -> list[str]:
        """The nodes an initiative aims at that would stay held down with it done."""
        rungs = self.rungs_with([name])
        return [node for node in sorted(self.outlook.effects[name].aims) if any(self._binding([node], rungs))]

    def choice(self, name: str) -> Candidate | None:
        """An initiative with its closure, None when it is not worth its place beside what is planned."""
        alone = self.facts.open_to(name, self.planned)
        remedy = name in self.remedies and not self.remedies & self.planned
        if not (alone or remedy or self._moves(name)):
            return None
        closure = self.closure(name)
        others = closure - self.outlook.leaning_on(name, closure)
        alone = [finding for finding in alone if not self.facts.findings[finding.id][1] & others]
        after, without = self.rungs_with(closure), self.rungs_with(others)
        rise, criteria = self.states.rise(after, {}, self.rungs), self._criteria(after, {})
        own, own_criteria = self.states.rise(after, without, self.rungs), self._criteria(after, without)
        counts = _counts(rise, criteria) and _counts(own, own_criteria)
        if not (counts or (alone and rise >= -TOLERANCE)):
            return None
        ground = self._ground(name, alone, remedy)
        points = self._points(name, own, own_criteria)
        if ground.kind == "rest" and not alone and points < self.outlook.rules.min_gain - TOLERANCE:
            return None
        return Candidate(name, closure, ground, rise, criteria, points, self.days(closure))

    def closure(self, name: str) -> frozenset[str]:
        """An initiative with its prerequisites and the cheapest lifter of every cap that binds on what it lifts.

        Where the root would still gain nothing, other caps on what it sets free and on the nodes above are lifted too,
        if that helps.
        """
        own = frozenset(self.outlook.effects[name].lifts)
        members = self._with_lifters(self.outlook.prerequisites(name, self.planned), own)
        if self._rise_of(members) > TOLERANCE:
            return members
        freed = own | {node for cap in self.outlook.effects[name].off for node in self._capped(cap)}
        above = {node for start in freed for node in self._above(start)}
        wider = self._with_lifters(members, freed | above)
        return wider if self._rise_of(wider) > TOLERANCE else members

    def days(self, names: Iterable[str]) -> float:
        """The person-days of some initiatives, with half a year of their running cost."""
        return sum(self.works[n].days + RUNNING_WEEKS * self.works[n].running for n in sorted(names) if n in self.works)

    def _points(self, name: str, own: float, criteria: float) -> float:
        """What an initiative adds, in points of the root; of the mean of the criteria where only many move the root."""
        running = self.states.running
        points = own if running is None else running.whole(self._now + own) - running.whole(self._now)
        if self.outlook.effects[name].lifts.keys() <= self.states.gradual:
            return points
        return max(points, criteria / max(len(self.outlook.criteria), 1))

    def _rise_of(self, members: frozenset[str]) -> float:
        return self.states.rise(self.rungs_with(members), {}, self.rungs)

    def _criteria(self, after: Mapping[str, int], before: Mapping[str, int]) -> float:
        found = 0.0
        for name in sorted(self.states.moved({*after, *before}) & self.states.criteria):
            new, old = self.states.value(name, after, self.rungs), self.states.value(name, before, self.rungs)
            found += 0.0 if new is None or old is None else new - old
        return found

    def _moves(self, name: str) -> bool:
        """Whether anything gets further by an initiative, its prerequisites done."""
        found = self.rungs_with(self.outlook.prerequisites(name, self.planned))
        return any(found[node] != self.rungs.get(node, 0) for node in self.touches.get(name, ()))

    def _with_lifters(self, members: frozenset[str], nodes: frozenset[str]) -> frozenset[str]:
        while True:
            lifter = self._next_lifter(sorted(nodes), members)
            if lifter is None:
                return members
            members |= lifter

    def _next_lifter(self, nodes: list[str], members: frozenset[str]) -> frozenset[str] | None:
        """The cheapest way, prerequisites included, to lift the first cap that binds on these nodes."""
        rungs = self.rungs_with(members)
        for _, cap in self._binding(nodes, rungs):
            deeper = [below for _, below in self._binding([cap.id], rungs)] if cap.kind == "key" else []
            for hold in (*deeper, cap):
                able = [name for name in self._able(hold, rungs) if name not in members | self.planned]
                ways = [(self.outlook.prerequisites(name, self.planned | members), name) for name in able]
                if ways:
                    return min(ways, key=lambda way: (round(self.days(way[0]), DIGITS), way[1]))[0]
        return None

    def _able(self, cap: CapResult, rungs: Mapping[str, int]) -> list[str]:
        """The initiatives that relieve a cap in a state."""
        names = [name for name in self.outlook.relieves(cap) if name in self.works]
        if cap.kind != "key":
            return names
        stands = rungs.get(cap.id, self.rungs.get(cap.id, 0))
        ladder = self.clock.ladders.get(cap.id)
        lifts = {lift.initiative: lift.rung for lift in ladder.lifts} if ladder else {}
        return [name for name in names if lifts.get(name, 0) > stands]

    def _binding(self, nodes: Iterable[str], rungs: Mapping[str, int]) -> Iterator[tuple[str, CapResult]]:
        """Every cap that binds on some nodes in a state."""
        for node in nodes:
            for cap in self.states.result(node, rungs, self.rungs).caps:
                if cap.binds:
                    yield node, cap

    def _capped(self, cap: str) -> frozenset[str]:
        return self.states.capped_by.get(cap, frozenset())

    def _above(self, node: str) -> Iterator[str]:
        while node != ROOT:
            node = self.outlook.rubric.home_of[node]
            yield node

    def _ground(self, name: str, alone: list[Finding], remedy: bool) -> TierReason:  # noqa: FBT001
        if remedy:
            return TierReason("headline")
        lifted = [node for node in self.outlook.effects[name].lifts if self._helps(name, node)]
        if self._founds(name, lifted):
            return TierReason("foundation", lifted[0] if lifted else "")
        held = next((found for cap in sorted(self.outlook.effects[name].off) for found in self._held(cap)), None)
        if held:
            return held
        urgent = sorted((finding for finding in alone if finding.kind in ("clash", "gate")), key=lambda f: f.id)
        if urgent:
            return TierReason("clash" if urgent[0].kind == "clash" else "gate", urgent[0].node)
        below = sorted(self.outlook.effects[name].lifts)
        keys = [node for node in below if self.outlook.rubric.node_by_id[node].key]
        return TierReason("key", keys[0]) if keys else TierReason("rest", lifted[0] if lifted else "")

    def _held(self, cap: str) -> Iterator[TierReason]:
        """The nodes that a gate holds down as things are planned; none where it is accepted for a time."""
        if self.outlook.accepts_cap(cap):
            return
        for node in sorted(self._capped(cap)):
            if any(found.id == cap for _, found in self._binding([node], {})):
                yield TierReason("gate", cap, node)

    def _helps(self, name: str, node: str) -> bool:
        """Whether an initiative lifts a node beyond what is planned."""
        return self.rungs_with([name]).get(node, 0) > self.rungs.get(node, 0)

    def _founds(self, name: str, lifted: list[str]) -> bool:
        """Whether others rest on an initiative that is still missing (docs/method.md, section 9.2)."""
        known = self.outlook.initiatives[name]
        if known.foundation is None:
            return False
        low = any(
            (self.states.value(node, {}, self.rungs) or 0.0) < self.outlook.rules.work_to - TOLERANCE for node in lifted
        )
        if not low and known.lifts:
            return False
        if known.foundation != "register":
            return True
        waiting = [other for other in self.open if other != name and self._moves(other)]
        return sum(name in self.outlook.prerequisites(other, self.planned) for other in waiting) >= DEPENDENTS


def _counts(root: float, criteria: float) -> bool:
    """Whether something rises and the root does not fall."""
    return root > TOLERANCE or (root >= -TOLERANCE and criteria > TOLERANCE)


def _touches(clock: Clock) -> dict[str, tuple[str, ...]]:
    """The nodes and gates that each initiative can move: its own, and those that wait for it."""
    found: dict[str, set[str]] = {}
    for node, ladder in clock.ladders.items():
        for lift in ladder.lifts:
            for name in (lift.initiative, *(besides for names in lift.besides for besides in names)):
                found.setdefault(name, set()).add(node)
    for cap, names in clock.caps.items():
        for name in names:
            found.setdefault(name, set()).add(cap)
    return {name: tuple(sorted(nodes)) for name, nodes in found.items()}

"""One organization's plan in the making: its rules, trees and candidates, and the best plan found under them."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property

from assess.formula import EvaluatedOrganization
from assess.model.findings import Diagnosis
from assess.model.roadmap import Plan, PlanOrder, PlanSearch, UnkeptPin
from assess.plan.calendar import Calendar
from assess.plan.candidates import Candidates, RedFacts
from assess.plan.chance import Chance
from assess.plan.clock import Clock
from assess.plan.greedy import GreedyPlan, greedy_plan
from assess.plan.merit import TOP_TIER, Judge
from assess.plan.outlook import Outlook
from assess.plan.rules import Task
from assess.plan.scheduling import Scheduler, works_for
from assess.plan.search import Found, LocalSearch
from assess.plan.states import StateTree
from assess.plan.steering import unkept_pins

MANY = 60
"""From so many initiatives on each of them has fewer trials."""


class Planner:
    """What plans of one organization are made of, and the best of them."""

    def __init__(self, organization: EvaluatedOrganization, diagnosis: Diagnosis) -> None:
        self.diagnosis = diagnosis
        self.outlook = Outlook(organization)
        self.states = StateTree(Clock(self.outlook))
        self.works: dict[str, Task] = works_for(self.outlook)
        self.facts = RedFacts(diagnosis, self.works)
        self.remedies = frozenset(diagnosis.message.initiatives) & self.works.keys()
        self.scheduler = Scheduler(self.outlook, self.states, self.works)

    def candidates(self) -> Candidates:
        """What can be planned, before anything is."""
        return Candidates(self.outlook, self.states, self.works, self.facts, self.remedies)

    @cached_property
    def greedy(self) -> GreedyPlan:
        """The plan in which always the best is taken."""
        pinned = self.scheduler.pinned
        found = greedy_plan(self.candidates().beside(frozenset(pinned.order)), self.scheduler)
        return found._replace(order=(*pinned.order, *found.order))

    @cached_property
    def unkept(self) -> tuple[UnkeptPin, ...]:
        """What was decided to be in the plan and finds no place in it."""
        return unkept_pins(self.outlook, self.works, self.scheduler.pinned, self.scheduler.ready)

    @cached_property
    def firsts(self) -> Mapping[str, int]:
        """The weeks in which the initiatives of the first tiers start when always the best is taken."""
        slots = self.greedy.calendar.slots
        return {n: slots[n].start for n, ground in sorted(self.greedy.grounds.items()) if 0 <= ground.tier <= TOP_TIER}

    @cached_property
    def judge(self) -> Judge:
        """What plans are compared by."""
        return self.judge_by(self.firsts)

    def judge_by(self, firsts: Mapping[str, int]) -> Judge:
        """What plans are compared by, with other starts of the first tiers to hold them against."""
        return Judge(self.scheduler, self.facts, self.remedies, firsts)

    @cached_property
    def offered(self) -> tuple[str, ...]:
        """The initiatives that can be in a plan: those worth a place, what they need, and those of the greedy plan."""
        candidates = self.candidates()
        wanted = [name for name in candidates.open if candidates.choice(name)]
        needed = frozenset().union(*(self.outlook.prerequisites(name, frozenset()) for name in wanted))
        return tuple(sorted((needed | {*self.greedy.order}) & self.works.keys()))

    def found(self, search: PlanSearch) -> tuple[Found, PlanOrder]:
        """The best plan found, and how."""
        if search.kept and search.kept.numbers == self.numbers:
            found = self._of(search.kept.names, self.judge)
            return found, search.kept._replace(firsts=self.firsts, kept=True)
        best, made = self._pruned(self._of(self.greedy.order, self.judge)), 0
        if search.trials and self.offered:
            local = LocalSearch(self.scheduler, self.judge, self.offered, Chance(search.seed))
            tried, made = local.search([self.greedy.order, self._urgent_first()], self._trials(search.trials))
            best = max(best, self._pruned(self._filled(tried)), key=lambda each: each.key)
        if search.beside:
            best = self._beside(best, search.beside)
        return best, PlanOrder(best.order, search.seed, made, self.numbers, self.firsts)

    def _of(self, order: Sequence[str], judge: Judge) -> Found:
        wanted = [*(name for name in self.scheduler.pinned.order if name not in order), *order]
        order, pinned = self.scheduler.repaired([name for name in wanted if name in self.works]), self.scheduler.pinned
        slots = self.scheduler.schedule(order).slots
        if not slots.keys() >= {*pinned.order}:  # in this order others take their place
            slots = self.scheduler.schedule(order, pinned.placed).slots
        return Found(tuple(name for name in order if name in slots), slots, judge.key(slots))

    def _trials(self, asked: int) -> int:
        """Fewer where there are many initiatives, so that a plan of hundreds does not take minutes."""
        return min(asked, max(asked * MANY**2 // max(len(self.offered), MANY) ** 2, 1))

    def _urgent_first(self) -> list[str]:
        """What answers the key message, then each urgent fact by its cheapest closure, the cheapest first."""
        candidates = self.candidates()
        judge, greedy = self.judge, [*self.greedy.order]
        head = [name for name in greedy if name in self.remedies][:1]
        cheapest = [
            min((candidates.days(self.outlook.prerequisites(name, frozenset())), name) for name in sorted(names))
            for names in judge.facts
        ]
        return [*dict.fromkeys([*head, *(name for _, name in sorted(cheapest)), *greedy])]

    def _filled(self, found: Found) -> Found:
        """The plan with whatever else is worth its place and still finds one."""
        candidates = self.candidates().beside(frozenset(found.slots))
        begun = Calendar(self.scheduler.rules)
        for name in sorted(found.slots, key=lambda each: (found.slots[each].start, each)):
            begun.take(self.works[name], found.slots[name].start)
        more = greedy_plan(candidates, self.scheduler, begun)
        if not more.order:
            return found
        slots = more.calendar.slots
        filled = Found((*found.order, *more.order), slots, self.judge.key(slots))
        return max(found, filled, key=lambda each: each.key)

    def _pruned(self, found: Found) -> Found:
        """The plan without what is not worth its place beside the rest of it, and scheduled again."""
        while True:
            least = [(self._own(name, found), name) for name in found.order if not self._is_worth(name, found)]
            if not least:
                return found
            found = self._of([name for name in found.order if name != min(least)[1]], self.judge)

    def _own(self, name: str, found: Found) -> float:
        return self.candidates().beside(frozenset(found.slots) - {name}).own_points(name)

    def _is_worth(self, name: str, found: Found) -> bool:
        planned = frozenset(found.slots)
        if name in self.scheduler.pinned.order or any(name in self.works[other].needs for other in planned):
            return True
        return self.candidates().beside(planned - {name}).choice(name) is not None

    def _beside(self, best: Found, other: Plan) -> Found:
        """The better of a plan and an older one, held against what the older one was held against.

        The starts of the older plan stay allowed where rules were only relaxed; its work keeps its weeks, so that a
        plan under fewer rules is never worse (docs/method.md, section 9.5).
        """
        kept = {p.initiative: p for p in other.placements}
        if not kept.keys() <= self.works.keys() or not kept.keys() >= {*self.scheduler.pinned.order}:
            return best
        works = {n: self.works[n]._replace(weeks=max(p.end_week - p.start_week, 1)) for n, p in kept.items()}
        calendar = Calendar(self.scheduler.rules)
        for placement in other.placements:
            work = works[placement.initiative]
            if calendar.obstacles(work, placement.start_week, self.scheduler.ready(calendar)):
                return best
            calendar.take(work, placement.start_week)
        judge = self.judge_by(other.order.firsts)
        order = tuple(placement.initiative for placement in other.placements)
        if judge.key(calendar.slots) <= judge.key(best.slots):
            return best
        self.works |= works
        return Found(order, calendar.slots, self.judge.key(calendar.slots))

    @cached_property
    def numbers(self) -> str:
        """A hash of the numbers a plan rests on: rules, work, levels and windows, trees, urgent facts; of no text."""
        clock, states, outlook = self.states.clock, self.states, self.outlook
        single = [(name, states.terms({name: 1})) for name in clock.inputs]
        full = {name: len(clock.ladders[name].values) if name in clock.ladders else 1 for name in clock.inputs}
        facts = [(name, finding.kind, sorted(ways)) for name, (finding, ways) in sorted(self.facts.findings.items())]
        waits = [(name, i.not_before, outlook.blocked_by.get(name)) for name, i in outlook.initiatives.items()]
        rules = outlook.rules._replace(capacity={}, windows={}, closed=frozenset())
        more = sorted(outlook.rules.capacity.items()), sorted(outlook.rules.closed)
        trees = [states.terms({}), states.terms(full), [states.value(name, full) for name in sorted(states.criteria)]]
        values = [states.value(name, {}) for name in sorted(states.criteria)]
        parts = (
            rules, more, sorted(self.works.items()), sorted(clock.ladders.items()), sorted(clock.caps.items()),
            sorted(outlook.lag.items()), single, trees, values, facts, sorted(self.remedies), waits,
        )  # fmt: skip
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]

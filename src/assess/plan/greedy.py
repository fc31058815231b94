"""The plan as it comes about when always the best choice that fits is taken (docs/method.md, section 9.5)."""

from bisect import insort
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from assess.plan.calendar import Calendar
from assess.plan.candidates import Candidate, Candidates, TierReason
from assess.plan.scheduling import Scheduler


class GreedyPlan(NamedTuple):
    """What always taking the best leads to: the order, its calendar, and why each initiative stood where it did."""

    order: tuple[str, ...]
    calendar: Calendar
    grounds: Mapping[str, TierReason]


class _Queue:
    """The choices by their rank, each worked out again only when something it rests on has moved."""

    def __init__(self, candidates: Candidates) -> None:
        self.candidates = candidates
        self.ranks: list[tuple[tuple[int, float, float, str], str]] = []
        self.choices: dict[str, Candidate] = {}
        self.rests_on = {name: self._rests_on(name) for name in candidates.open}
        self.renew(candidates.open)

    def _rests_on(self, name: str) -> frozenset[str]:
        """The parts of the root that an initiative and what it needs can move."""
        states, parts = self.candidates.states, frozenset(self.candidates.states.parts)
        closure = self.candidates.outlook.prerequisites(name, frozenset())
        touched = [node for member in closure for node in self.candidates.touches.get(member, ())]
        return states.moved(touched) & parts

    def renew(self, names: Iterable[str]) -> None:
        """Work out choices."""
        for name in names:
            old = self.choices.pop(name, None)
            if old:
                self.ranks.remove((old.rank, name))
            choice = self.candidates.choice(name)
            if choice:
                self.choices[name] = choice
                insort(self.ranks, (choice.rank, name))

    def take(self, choice: Candidate) -> None:
        """Plan a choice, and look again at all that can have moved by it."""
        candidates = self.candidates
        answered = {f for name in choice.closure for f in candidates.facts.by_initiative.get(name, ())}
        moved = candidates.take(choice.closure)
        for name in choice.closure:
            old = self.choices.pop(name, None)
            if old:
                self.ranks.remove((old.rank, name))
        if candidates.states.running is None:
            self.renew(candidates.open)
            return
        parts = candidates.states.moved(moved) & frozenset(candidates.states.parts)
        asked = {way for finding in answered for way in candidates.facts.findings[finding][1]}
        headline = candidates.remedies if candidates.remedies & choice.closure else frozenset()
        stale = [
            name
            for name in candidates.open
            if name in asked
            or name in headline
            or self.rests_on[name] & parts
            or not choice.closure.isdisjoint(candidates.outlook.needs[name])
            or candidates.outlook.initiatives[name].foundation == "register"
        ]
        self.renew(stale)


def greedy_plan(candidates: Candidates, scheduler: Scheduler, begun: Calendar | None = None) -> GreedyPlan:
    """Take the best choice that fits beside what is begun, and think again after each, until none fits.

    A closure that found no place is not tried again, what is booked only grows; one that waits for a condition is.
    """
    queue, calendar = _Queue(candidates), begun or scheduler.pinned.placed
    order: list[str] = []
    grounds: dict[str, TierReason] = {}
    refused: dict[str, frozenset[str]] = {}
    again = True
    while True:
        found = _first_that_fits(queue, scheduler, calendar, refused)
        if found is None:
            if not again:
                return GreedyPlan(tuple(order), calendar, grounds)
            # What gained too little for its place before others were there may gain enough beside them.
            queue.renew(candidates.open)
            again = False
            continue
        choice, members, calendar = found
        grounds |= {name: choice.ground for name in members if name not in grounds}
        order += members
        queue.take(choice)
        again = True


def _first_that_fits(
    queue: _Queue, scheduler: Scheduler, calendar: Calendar, refused: dict[str, frozenset[str]]
) -> tuple[Candidate, list[str], Calendar] | None:
    works = scheduler.works
    # Who follows others as far as they are planned comes after them, or when they find no place.
    first = [name for _, name in queue.ranks if not _follows_others(queue, scheduler, name, refused)]
    for name in dict.fromkeys((*first, *(name for _, name in queue.ranks))):
        choice = queue.choices[name]
        if refused.get(name) == choice.closure:
            continue
        members = [each for each in scheduler.repaired(sorted(choice.closure)) if each in choice.closure]
        trial = scheduler.schedule(members, calendar)
        if all(member in trial.slots for member in members):
            return choice, members, trial
        if not any(works[member].waits for member in members):
            refused[name] = choice.closure
    return None


def _follows_others(queue: _Queue, scheduler: Scheduler, name: str, refused: Mapping[str, frozenset[str]]) -> bool:
    """Whether a choice, or what it needs, is to come after another one that may still be taken."""
    closure = queue.choices[name].closure
    before = {each for member in closure for each in scheduler.works[member].follows} - closure
    return any(each in queue.choices and refused.get(each) != queue.choices[each].closure for each in before)

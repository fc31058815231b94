"""The plan improved by small changes of its order, tried so many times (docs/method.md, section 9.5)."""

from collections.abc import Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from assess.plan.calendar import Calendar, Slot
from assess.plan.chance import Chance
from assess.plan.merit import Judge, MeritKey
from assess.plan.scheduling import Scheduler

RUNS, FEWEST = 6, 300
"""Runs of a search, fewer where each would have fewer trials than this."""
PATIENCE = 0.6
"""A run ends after this share of its trials without progress."""
SWAP, MOVE = 0.3, 0.78
TAKE_OUT, APPEND = 0.6, 0.25
COMBINED, AT_FIRST = 0.4, 3
"""After so many runs all begins anew, and a change is followed by another one with this chance before it is judged."""
SHAKEN = 4
"""A run from the best so far begins with one in so many of its places moved."""


class Found(NamedTuple):
    """A plan that was found: its order, where everything lies, and what it is compared by."""

    order: tuple[str, ...]
    slots: dict[str, Slot]
    key: MeritKey


class LocalSearch:
    """Tries changes of an order and keeps those that make the plan better."""

    def __init__(self, scheduler: Scheduler, judge: Judge, offered: Sequence[str], chance: Chance) -> None:
        self.scheduler, self.judge, self.chance = scheduler, judge, chance
        self.offered = tuple(offered)
        self._needed_by = _needed_by(scheduler)
        self._kept: list[Calendar] = []
        self._again = 0.0

    def search(self, starts: Sequence[Sequence[str]], trials: int) -> tuple[Found, int]:
        """The best plan from some orders, and from the best so far shaken; with the number of trials made."""
        best = max((self.found(order) for order in starts), key=lambda found: found.key)
        made, runs = 0, min(max(trials // FEWEST, 1), RUNS)
        for run in range(runs):
            self._again = COMBINED if run >= AT_FIRST else 0.0
            turn = run % AT_FIRST
            order = starts[turn] if turn < len(starts) else self._shaken(best.order)
            found, tried = self._run(self.found(order), trials // runs)
            made += tried
            best = found if found.key > best.key else best
        return best, made

    def found(self, order: Sequence[str]) -> Found:
        """The plan of an order."""
        order = self.scheduler.repaired(order)
        slots = self.scheduler.schedule(order).slots
        return Found(tuple(name for name in order if name in slots), slots, self.judge.key(slots))

    def _run(self, found: Found, trials: int) -> tuple[Found, int]:
        idle, made = 0, 0
        self._keep(found.order)
        while made < trials and idle < PATIENCE * trials:
            made += 1
            better = self._better(found, self._changed(found.order))
            idle = 0 if better else idle + 1
            if better:
                found = better
                self._keep(found.order)
        return found, made

    def _better(self, best: Found, order: Sequence[str]) -> Found | None:
        """The plan of an order where it is better than another."""
        order = self.scheduler.repaired(order)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(order, best.order, strict=False)))
        calendar = self.scheduler.schedule(islice(order, same, None), self._kept[same])
        if calendar.slots == best.slots or self.judge.quick(calendar.slots) < best.key[0][:-1]:
            return None
        key = self.judge.key(calendar.slots)
        if key <= best.key:
            return None
        return Found(tuple(name for name in order if name in calendar.slots), calendar.slots, key)

    def _keep(self, order: Sequence[str]) -> None:
        """Keep the calendar after every head of an order, which changes behind it leave as they are."""
        self._kept = [self.scheduler.pinned.fixed]
        for name in order:
            self._kept.append(self.scheduler.schedule([name], self._kept[-1]))

    def _changed(self, order: Sequence[str]) -> list[str]:
        """An order with a change, and in later runs sometimes with several."""
        changed = self._once_changed(order)
        while self._again and self.chance.share() < self._again:
            changed = self._once_changed(changed)
        return changed

    def _once_changed(self, order: Sequence[str]) -> list[str]:
        """An order with one change: two places swapped, one moved, or something from outside put in."""
        changed, kind = [*order], self.chance.share()
        outside = [name for name in self.offered if name not in set(order)]
        if kind >= MOVE and outside:
            self._put_in(changed, outside)
        elif kind < SWAP and len(changed) > 1:
            one, other = self.chance.below(len(changed)), self.chance.below(len(changed))
            changed[one], changed[other] = changed[other], changed[one]
        elif changed:
            name = changed.pop(self.chance.below(len(changed)))
            changed.insert(self.chance.below(len(changed) + 1), name)
        if self.chance.share() < APPEND:
            changed += [name for name in self.offered if name not in set(changed)]
        return changed

    def _put_in(self, order: list[str], outside: Sequence[str]) -> None:
        """Put in something from outside at a place, and sometimes take something out with what needs it."""
        name = outside[self.chance.below(len(outside))]
        order.insert(self.chance.below(len(order) + 1), name)
        if self.chance.share() < TAKE_OUT:
            gone = self._needed_by[order[self.chance.below(len(order))]]
            order[:] = [each for each in order if each not in gone or each == name]

    def _shaken(self, order: Sequence[str]) -> list[str]:
        """An order with a quarter of its places moved."""
        changed = [*order]
        for _ in range(len(changed) // SHAKEN):
            name = changed.pop(self.chance.below(len(changed)))
            changed.insert(self.chance.below(len(changed) + 1), name)
        return changed


def _needed_by(scheduler: Scheduler) -> dict[str, frozenset[str]]:
    """Every initiative with those that cannot be without it."""
    every = frozenset(scheduler.works)
    return {name: scheduler.outlook.leaning_on(name, every) for name in every}

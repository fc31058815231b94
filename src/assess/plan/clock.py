"""From when on a level counts: after the work, then lived for its window, then proved (docs/method.md, section 9.4)."""

from collections.abc import Mapping
from typing import NamedTuple

from assess.formula import level_at
from assess.model.roadmap import Reading
from assess.numbers import TOLERANCE
from assess.plan.outlook import Outlook
from assess.plan.rules import WEEKS_A_QUARTER

Steps = tuple[tuple[int, int], ...]
"""Week and rung: from that week on a node stands on that rung, or a gate is off (rung 1)."""
NEVER = 10**6


class _Lift(NamedTuple):
    """One initiative on one node: the rung it leads to, and by rung what it waits for besides and its window.

    due: weeks from the end of the work to its own proof, if it names one.
    """

    initiative: str
    rung: int
    besides: tuple[tuple[str, ...], ...]
    windows: tuple[int, ...]
    due: int | None


class Ladder(NamedTuple):
    """The levels of one node above today's: rung 0 is today, rung k is worth `values[k - 1]` on 0..100.

    keys: the levels by rung. proofs: whether a rung counts only when it is proved.
    """

    node: str
    values: tuple[float, ...]
    keys: tuple[str, ...]
    proofs: tuple[bool, ...]
    lifts: tuple[_Lift, ...]


class Clock:
    """When every node and gate gets further, given the week in which each initiative ends."""

    def __init__(self, outlook: Outlook) -> None:
        self.outlook = outlook
        self.rules = outlook.rules
        found = (self._ladder(node) for node in sorted(outlook.lifters))
        self.ladders = {ladder.node: ladder for ladder in found}
        self.caps = {cap: names for cap, names in sorted(outlook.lifted_by.items()) if names}
        self.inputs = (*self.ladders, *self.caps)

    def movers(self, node: str) -> tuple[str, ...]:
        """The initiatives whose ends decide when a node gets further or a gate falls."""
        if node in self.caps:
            return self.caps[node]
        lifts = self.ladders[node].lifts
        besides = (name for lift in lifts for names in lift.besides for name in names)
        return tuple(sorted({*(lift.initiative for lift in lifts), *besides}))

    def rung(self, node: str, done: frozenset[str]) -> int:
        """The rung a node stands on once these are done and all of it is lived; 1 for a gate that is off."""
        if node in self.caps:
            return int(any(name in done for name in self.caps[node]))
        best = 0
        for lift in self.ladders[node].lifts:
            if lift.initiative in done and lift.rung > best:
                reached = 0
                while reached < lift.rung and self._there(lift.besides[reached], done):
                    reached += 1
                best = max(best, reached)
        return best

    def _there(self, names: tuple[str, ...], done: frozenset[str]) -> bool:
        return all(name in done or name in self.outlook.finished for name in names)

    def steps(self, node: str, ends: Mapping[str, int], reading: Reading = "adopted") -> Steps:
        """The weeks in which a node gets further, each with its rung; of a gate the week from which on it is off."""
        if node in self.caps:
            return self._cap_steps(node, ends, reading)
        ladder = self.ladders[node]
        lifts = [lift for lift in ladder.lifts if lift.initiative in ends]
        found: list[tuple[int, int]] = []
        lived = shown = 0
        for rung in range(len(ladder.values)):
            ways = [(self._lived(lift, rung, ends, lived, reading), lift) for lift in lifts if lift.rung > rung]
            if not ways:
                break
            lived = min(week for week, _ in ways)
            if lived >= NEVER:
                break
            if reading == "proved" and ladder.proofs[rung]:
                proved = min(self._proved(lift, week, ends) for week, lift in ways if week < NEVER)
                shown = max(shown, proved)
            shown = max(shown, lived)
            if found and found[-1][0] == shown:
                found.pop()
            found.append((shown, rung + 1))
        return tuple(found)

    def _lived(self, lift: _Lift, rung: int, ends: Mapping[str, int], before: int, reading: Reading) -> int:
        """The week in which a rung has been lived long enough, by way of one initiative."""
        ready = ends[lift.initiative]
        for name in lift.besides[rung]:
            if name not in self.outlook.finished:
                ready = max(ready, ends.get(name, NEVER))
        return max(ready, before) + (0 if reading == "work" else lift.windows[rung])

    def _proved(self, lift: _Lift, lived: int, ends: Mapping[str, int]) -> int:
        """The week in which the paper is due: that of the initiative, or so many weeks after the level is lived."""
        if lift.due is None:
            return lived + self.rules.proof_weeks
        return max(lived, ends[lift.initiative] + lift.due)

    def _cap_steps(self, cap: str, ends: Mapping[str, int], reading: Reading) -> Steps:
        weeks = [ends[name] for name in self.caps[cap] if name in ends]
        if not weeks:
            return ()
        lag = WEEKS_A_QUARTER if self.outlook.lag[cap] and reading != "work" else 0
        return ((min(weeks) + lag, 1),)

    def _ladder(self, node: str) -> Ladder:
        rubric, names = self.outlook.rubric, self.outlook.lifters[node]
        uncapped = self.outlook.today[node].uncapped or 0.0
        levels = rubric.levels_of(node)
        stands = level_at(rubric, node, uncapped)
        here = next((place for place, level in enumerate(levels) if level is stands), -1)
        top = max(self.outlook.aim(name, node) for name in names)
        rungs = [
            level for level in levels[here + 1 :] if level.at <= top + TOLERANCE and level.at > uncapped + TOLERANCE
        ]
        return Ladder(
            node=node,
            values=tuple(level.at for level in rungs),
            keys=tuple(level.key for level in rungs),
            proofs=tuple(level.at > self.rules.ceiling + TOLERANCE for level in rungs),
            lifts=tuple(self._lift(name, node, [level.key for level in rungs]) for name in names),
        )

    def _lift(self, name: str, node: str, keys: list[str]) -> _Lift:
        known, aim = self.outlook.initiatives[name], self.outlook.effects[name].aims[node]
        return _Lift(
            initiative=name,
            rung=keys.index(aim) + 1,
            besides=tuple(known.needs_to.get(key, ()) for key in keys),
            windows=tuple(self._window(name, node, rung, keys) for rung in range(len(keys))),
            due=known.proof.weeks if known.proof else None,
        )

    def _window(self, name: str, node: str, rung: int, keys: list[str]) -> int:
        """The weeks a level is lived: none for the first above today's where work alone leads to it."""
        key, known = keys[rung], self.outlook.initiatives[name]
        level = next(level for level in self.outlook.rubric.levels_of(node) if level.key == key)
        if rung == 0 and level.at <= self.rules.work_to + TOLERANCE:
            return 0
        own = self.outlook.rubric.node_by_id[node].windows
        if key in own:
            return own[key]
        if known.window is not None and key == self.outlook.effects[name].aims[node]:
            return known.window
        return self.rules.windows.get(key, WEEKS_A_QUARTER)

"""What is in the way of a start over many weeks: the fewest causes that account for all of them, in words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from assess.numbers import counted
from assess.plan.calendar import Obstacle, ObstacleKind
from assess.plan.naming import NameWords
from assess.plan.rules import PlanRules, Task

_SAME: Mapping[ObstacleKind, ObstacleKind] = {"per_week": "per_period", "week": "period", "running": "period"}
"""Obstacles that are one cause for a reader: too many starts, too few days."""


class Tense(NamedTuple):
    """The verbs of what is or was in the way of a start."""

    was: str
    were: str
    had: str
    waited: str


PAST, PRESENT = Tense("was", "were", "had", "waited"), Tense("is", "are", "has", "waits")


class Hindrance(NamedTuple):
    """One cause that keeps work out of some weeks: its obstacles there, and the number of the weeks."""

    kind: ObstacleKind
    obstacles: tuple[Obstacle, ...]
    weeks: int


def cause_of(obstacle: Obstacle) -> ObstacleKind:
    """The kind of cause an obstacle is."""
    return _SAME.get(obstacle.kind, obstacle.kind)


def causes_in(week: Iterable[Obstacle]) -> list[ObstacleKind]:
    """The kinds of causes in one week."""
    return [*dict.fromkeys(cause_of(each) for each in week)]


def fewest_causes(met: Sequence[Sequence[Obstacle]]) -> list[Hindrance]:
    """Few causes of which one at least is there in each of some weeks; weeks without an obstacle are passed over.

    First the cause of most weeks, then that of most of those left, and so on. A cause that alone is in the way of a
    week is always among them.
    """
    left, found = [week for week in met if week], []
    while left:
        counts = Counter(kind for week in left for kind in causes_in(week))
        kind = max(counts, key=lambda each: counts[each])
        here = [week for week in left if kind in causes_in(week)]
        obstacles = dict.fromkeys(each for week in here for each in week if cause_of(each) == kind)
        found.append(Hindrance(kind, tuple(obstacles), len(here)))
        left = [week for week in left if kind not in causes_in(week)]
    return found


class HindranceWords(NamedTuple):
    """The sentences about what is in the way of some work."""

    names: NameWords
    rules: PlanRules
    work: Task

    def told(self, cause: Hindrance, tense: Tense, busy: str = "") -> str:
        """A cause in words; busy: what the owner has in work."""
        rules, owner, first = self.rules, self.names.role(self.work.owner), cause.obstacles[0]
        needed = self.names.brief(first.initiative) if first.initiative else ""
        in_work = counted(rules.at_once, "initiative", "initiatives")
        of_owner = counted(rules.at_owner, "initiative", "initiatives")
        words: dict[ObstacleKind, str] = {
            "horizon": f"it takes {self.work.weeks} weeks, and the plan has {rules.horizon}",
            "need": f"{needed} {tense.was} not done",
            "condition": f"it {tense.waited} until {self.names.condition(self.work.initiative)}",
            "closed": f"nothing {tense.was} allowed to begin",
            "latest": f"it {tense.was} not allowed to begin",
            "per_period": self._starts(cause, tense),
            "at_once": f"{in_work} {_be(rules.at_once, tense)} in work, as many as the organization carries at once",
            "at_owner": f"{owner} {tense.had} {of_owner} in work{busy}, as many as one owner carries",
            "period": f"{owner} {tense.had} too few days left{_where(cause)}",
        }
        return words[cause.kind]

    def weighed(self, causes: Sequence[Hindrance], weeks: int) -> str:
        """What is in the way in so many weeks, each cause with the number of those that causes before it leave."""
        told = [self.told(cause, PRESENT) for cause in causes]
        if len(told) == 1:
            return told[0]
        first = f"in {causes[0].weeks} of the {weeks} in which it could begin {told[0]}"
        more = [f"in {cause.weeks} more {words}" for cause, words in zip(causes[1:-1], told[1:-1], strict=True)]
        return f"{'; '.join([first, *more])}; in the others {told[-1]}"

    def _starts(self, cause: Hindrance, tense: Tense) -> str:
        rules, kinds, periods = self.rules, {each.kind for each in cause.obstacles}, _periods(cause)
        if kinds == {"per_week"}:
            return _taken(rules.per_week, "the week", tense)
        if kinds == {"per_period"} and len(periods) == 1:
            return _taken(rules.per_period, f"period {periods[0]}", tense)
        return f"the starts of the week or of the period {tense.were} taken"


def _taken(starts: int, of: str, tense: Tense) -> str:
    return f"the {counted(starts, 'start', 'starts')} of {of} {_be(starts, tense)} taken"


def _be(amount: int, tense: Tense) -> str:
    return tense.was if amount == 1 else tense.were


def _periods(cause: Hindrance) -> list[int]:
    return sorted({each.at for each in cause.obstacles if each.kind in ("per_period", "period")})


def _where(cause: Hindrance) -> str:
    """In which stretch of time days are missing; nothing where it is now this and now that."""
    kinds, periods = {each.kind for each in cause.obstacles}, _periods(cause)
    if "period" not in kinds:
        return " in a week"
    return f" in period {periods[0]}" if kinds == {"period"} and len(periods) == 1 else ""

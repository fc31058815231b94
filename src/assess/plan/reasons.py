"""Reasons in words a client accepts, each tested on the finished plan: why in it, why not earlier, why left out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, assert_never

from assess.formula.initiatives import root_steps
from assess.model.findings import Finding
from assess.model.roadmap import UnkeptPin
from assess.numbers import TOLERANCE, apart
from assess.plan.calendar import Calendar, Obstacle, Slot, booked
from assess.plan.candidates import Candidates, TierReason
from assess.plan.hindrances import PAST, HindranceWords, cause_of, causes_in, fewest_causes
from assess.plan.merit import Judge
from assess.plan.naming import NameWords
from assess.plan.rules import Task
from assess.plan.scheduling import Scheduler
from assess.plan.steering import MORE_DAYS
from assess.words import ended, month_in_words, quoted

SHOWN = 2


class FinishedPlan(NamedTuple):
    """A plan as it stands, with what its sentences are tested by."""

    scheduler: Scheduler
    judge: Judge
    candidates: Candidates
    order: tuple[str, ...]
    slots: Mapping[str, Slot]
    unkept: tuple[UnkeptPin, ...] = ()

    def calendar(self, but: Iterable[str] = ()) -> Calendar:
        """The calendar of the plan, without some of it."""
        return booked(self.scheduler.rules, self.scheduler.works, self.slots, but)


class ReasonWords:
    """The sentences about one finished plan."""

    def __init__(self, plan: FinishedPlan) -> None:
        self.plan = plan
        self.outlook = plan.scheduler.outlook
        self.rules = plan.scheduler.rules
        self.works: Mapping[str, Task] = plan.scheduler.works
        self.names = NameWords(self.outlook)

    def because(self, ground: TierReason | None, name: str, findings: Sequence[Finding]) -> str:
        """Why an initiative is in the plan, and which findings ask for it, those first that name it."""
        why = self._pinned(name) or (self._ground(ground) if ground else self._needed(name))
        naming = [f for f in findings if name in f.initiatives]
        rest = [finding for finding in findings if finding not in naming]
        return f"{why}{f'; {_asking([*naming, *rest])}' if findings else ''}."

    def why_not_earlier(self, name: str) -> str:
        """What the start of a planned initiative waits for, tested week by week with all else where it is."""
        work, slot = self.works[name], self.plan.slots[name]
        calendar = self.plan.calendar(but=[name])
        ready = self.plan.scheduler.ready(calendar)
        ends = {need: calendar.slots[need].end for need in (*work.needs, *work.follows) if need in calendar.slots}
        earliest = max([work.earliest, *ends.values()])
        met = [calendar.obstacles(work, week, ready) for week in range(slot.start - 1, earliest - 1, -1)]
        if not met:
            last = next((need for need in sorted(ends) if ends[need] == earliest and earliest), None)
            if last:
                return f"It starts as soon as {self.names.initiative(last)} is done."
            return "Nothing holds it back: it starts on the first day."
        if not met[0]:
            return "It could begin a week earlier since others were given their weeks; nothing would be gained by it."
        words, causes = HindranceWords(self.names, self.rules, work), fewest_causes(met)
        last = next(cause.kind for cause in causes if cause.kind in causes_in(met[0]))
        here = fewest_causes([[each for each in met[0] if cause_of(each) == last]])[0]
        busy = self._in_work(work.owner, here.obstacles[0].at, calendar) if last == "at_owner" else ""
        before = [week for week in met[1:] if last not in causes_in(week)]
        others = [words.told(cause, PAST) for cause in fewest_causes(before)]
        when = "before that" if before == met[len(met) - len(before) :] else "in other weeks"
        more = f"; {when} {' or '.join(others)}" if others else ""
        return f"In the week before, {words.told(here, PAST, busy)}{more}."

    def _in_work(self, owner: str, week: int, calendar: Calendar) -> str:
        names = [
            n for n, s in sorted(calendar.slots.items()) if s.start <= week < s.end and self.works[n].owner == owner
        ]
        return f" ({', '.join(self.names.brief(name) for name in names)})" if names else ""

    def left_out(self, name: str, findings: Sequence[Finding]) -> str:
        """Why an initiative is not in the plan."""
        idle = self._decided_out(name) or self.useless(name)
        if idle:
            return idle
        candidates = self.plan.candidates
        choice = candidates.choice(name)
        if choice is None:
            own = candidates.own_points(name)
            if own <= TOLERANCE:
                return self._as_far(name)
            asks = "no urgent finding asks for it alone" if findings else "no finding asks for it"
            return (
                f"It would add {self._levels(own)} of a level, less than the {self._levels(self.rules.min_gain)} "
                f"from which an initiative is worth its place; {asks}."
            )
        return self._no_room(name, choice.closure)

    def _pinned(self, name: str) -> str:
        """By whom it was decided that an initiative is in the plan, and why; empty where nobody did."""
        entries = self.outlook.organization.decisions.initiatives
        found = next((entry for entry in entries if entry.initiative == name and entry.pin), None)
        return f"It is in the plan by decision of {found.who} ({found.why.strip().rstrip('.')})" if found else ""

    def _decided_out(self, name: str) -> str:
        """Why an initiative is left out by decision, or was pinned and finds no place; empty otherwise."""
        for entry in self.outlook.organization.decisions.initiatives:
            if entry.initiative == name and entry.exclude:
                return f"It is left out by decision of {entry.who}: {ended(entry.why)}"
        unkept = next((pin for pin in self.plan.unkept if pin.initiative == name), None)
        if unkept:
            return ended(f"{unkept.because}{f': {unkept.way_out}' if unkept.way_out else ''}")
        out = sorted(need for need in self.outlook.needs[name] if need not in self.works)
        gone = [need for need in out if need not in self.outlook.finished and need not in self.outlook.named_done]
        if gone and name not in self.works:
            return (
                f"It needs {_listed([self.names.initiative(need) for need in gone])}, and that is left out by decision."
            )
        return ""

    def useless(self, name: str) -> str:
        """Why an initiative would change nothing; empty where it would."""
        outlook, found = self.outlook, self.outlook.initiatives[name]
        effect = outlook.effects[name]
        if name in outlook.named_done:
            return "The engagement names it as done."
        if not effect.aims and not effect.off and name not in self.plan.candidates.facts.by_initiative:
            return "Nothing in this plan needs it." if found.enabler else "It lifts nothing."
        if effect.aims and not effect.lifts and outlook.reached(name):
            full = all(effect.aims[node] == outlook.targets[node] for node in effect.aims)
            return f"Everything it lifts is {'at its target' if full else 'as high as it can lift it'}."
        if effect.aims and all(outlook.today[node].value is None for node in effect.aims):
            return "What it lifts has too few answers for a score, so nobody can say what it would change."
        return ""

    def _as_far(self, name: str) -> str:
        """Why an initiative adds nothing to what is planned."""
        others = [p for p in sorted(self.plan.slots) if self._covers(p, name)]
        if others:
            by = _listed([self.names.initiative(planned) for planned in others])
            return f"The plan brings what it lifts as far without it, by {by}."
        held = self.plan.candidates.held_down(name)
        if held:
            return (
                f"{_listed([self.names.node(n) for n in held])} would stay held down, and nothing left here lifts that."
            )
        return "It would not raise any score."

    def _covers(self, planned: str, name: str) -> bool:
        """Whether a planned initiative lifts what another would, or switches off what holds it down today."""
        effect, aims = self.outlook.effects[planned], self.outlook.effects[name].aims
        held = {gate.id for node in aims for gate in self.outlook.today[node].gates if gate.binds}
        lifted = [node for node in aims if effect.lifts.get(node, -1.0) >= self.outlook.aim(name, node) - TOLERANCE]
        return bool(lifted or held & effect.off or self.outlook.effects[name].off & effect.off)

    def _no_room(self, name: str, closure: frozenset[str]) -> str:
        """Why a closure finds no place with everything else where it is, and what would make room for it."""
        scheduler, calendar = self.plan.scheduler, self.plan.calendar()
        members = [each for each in scheduler.repaired(sorted(closure)) if each in closure]
        full = scheduler.schedule(members, calendar)
        missing = next((member for member in members if member not in full.slots), None)
        if missing is None:
            day = self.rules.day(full.slots[name].start)
            return (
                f"It could begin in {month_in_words(day)}, too late for what it brings to count within the plan "
                f"and the {self.rules.tail} weeks after it."
            )
        work, it = self.works[missing], "it" if missing == name else self.names.brief(missing)
        more = self._with_more_days(work, full, it)
        more = more or f"{self._beyond_days(work, full, it)}{self._in_the_place(name, closure)}"
        first = "It" if missing == name else f"It needs {self.names.initiative(missing)} first, and that"
        return f"{first} {self._in_the_way(work, full)}{more}"

    def _in_the_way(self, work: Task, calendar: Calendar) -> str:
        """What keeps some work out of every week, in the present."""
        first, met = self._met(work, calendar)
        if not met:
            month = month_in_words(self.rules.day(first))
            return f"can begin in {month} at the earliest and takes {work.weeks} weeks; the plan ends before that."
        return f"does not fit in any week: {self._weighed(work, met)}."

    def _met(self, work: Task, calendar: Calendar) -> tuple[int, list[tuple[Obstacle, ...]]]:
        """The first week in which some work could begin, and what is in the way in it and in each week after it."""
        ends = [calendar.slots[need].end for need in work.needs if need in calendar.slots]
        first, ready = max([work.earliest, *ends]), self.plan.scheduler.ready(calendar)
        weeks = range(first, self.rules.horizon - work.weeks + 1)
        return first, [calendar.obstacles(work, week, ready) for week in weeks]

    def _weighed(self, work: Task, met: Sequence[Sequence[Obstacle]]) -> str:
        return HindranceWords(self.names, self.rules, work).weighed(fewest_causes(met), len(met))

    def _widened(self, work: Task, calendar: Calendar, more: int) -> tuple[Task, Calendar]:
        """Some work and the calendar of the others with so many more days of its owner a period."""
        rules = self.rules
        wider = rules._replace(capacity={**rules.capacity, work.owner: rules.of(work.owner) + more})
        weeks = wider.stretched(work.owner, work.asked, work.days)
        return work._replace(weeks=weeks), booked(wider, self.works, calendar.slots)

    def _with_more_days(self, work: Task, calendar: Calendar, it: str) -> str:
        """With how many more days of its owner some work would fit, all else unchanged; it: how the work is called."""
        for more in MORE_DAYS:
            wider, tried = self._widened(work, calendar, more)
            start = tried.first_week(wider, self.plan.scheduler.ready(tried))
            if start is not None:
                fits = f"{it} would fit from {month_in_words(self.rules.day(start))}"
                return f" With {more} more days of {self.names.role(work.owner)} a period, all else unchanged, {fits}."
        return ""

    def _beyond_days(self, work: Task, calendar: Calendar, it: str) -> str:
        """What else keeps some work out where only days seemed to; empty where more than that was told already."""
        _, met = self._met(work, calendar)
        if [cause.kind for cause in fewest_causes(met)] != ["period"]:
            return ""
        wider, tried = self._widened(work, calendar, MORE_DAYS[-1])
        then = self._weighed(wider, self._met(wider, tried)[1])
        days = f"{MORE_DAYS[-1]} more days of {self.names.role(work.owner)} a period, all else unchanged"
        return f" With {days}, {it} would not fit either: {then}."

    def _in_the_place(self, name: str, closure: frozenset[str]) -> str:
        """How much less the plan would bring with it in the place of any one of the others."""
        plan, best = self.plan, None
        here = plan.judge.merit(plan.slots).level
        for out in plan.order:
            gone = self.outlook.leaning_on(out, frozenset(plan.slots))
            if not gone.isdisjoint(plan.scheduler.pinned.order):
                continue
            if gone & closure or (gone & {need for member in closure for need in self.works[member].needs}):
                continue
            order = [each for each in plan.order if each not in gone or each == out]
            place = order.index(out)
            order[place : place + 1] = [each for each in plan.scheduler.repaired(sorted(closure)) if each not in order]
            slots = plan.scheduler.schedule(order).slots
            if name in slots:
                level = plan.judge.merit(slots).level
                best = level if best is None else max(best, level)
        if best is None or best > here - TOLERANCE:
            return ""
        return (
            f" In the place of any one of the others the plan would bring {self._levels(here - best)} of a level less."
        )

    def _levels(self, points: float) -> str:
        """Points of the root in levels."""
        found = self._in_levels(points)
        return apart(found, 2, 0.0, self._in_levels(self.rules.min_gain))

    def _in_levels(self, points: float) -> float:
        return points * root_steps(self.names.rubric) / 100

    def _ground(self, ground: TierReason) -> str:
        match ground.kind:
            case "headline":
                return "It answers the key message"
            case "foundation":
                return "Others rest on it, and it is still missing"
            case "gate":
                held = self.names.node(ground.held) if ground.held else ""
                if not held:
                    return f"It settles an urgent fact about {self.names.node(ground.node)}"
                return f"It removes what holds {held} down{self._gate(ground.node)}"
            case "clash":
                return f"It settles a contradiction about {self.names.node(ground.node)}"
            case "key":
                return f"It lifts {self.names.node(ground.node)}, a key criterion below its target"
            case "rest":
                brings = ground.node and f"It brings {self.names.node(ground.node)} closer to its target"
                return brings or "It answers a finding"
            case _:
                assert_never(ground.kind)

    def _gate(self, name: str) -> str:
        results = (gate for score in self.outlook.today.values() for gate in score.gates if gate.kind == "gate")
        reason = next((gate.because for gate in results if gate.id == name), "")
        return f" ({reason.rstrip('.')})" if reason else ""

    def _needed(self, name: str) -> str:
        others = [other for other in sorted(self.plan.slots) if name in self.outlook.needs[other]]
        if others:
            more = [self.names.initiative(other) for other in others]
            return f"{_listed(more)} {'needs' if len(more) == 1 else 'need'} it first"
        return "It lifts what would hold back others"


def _asking(findings: Sequence[Finding]) -> str:
    noun, verb = ("finding", "asks") if len(findings) == 1 else ("findings", "ask")
    return f"the {noun} {_listed([quoted(finding.title.rstrip('.')) for finding in findings])} {verb} for it"


def _listed(words: Sequence[str]) -> str:
    """The first words of a list, and how many more there are."""
    return _joined(words if len(words) <= SHOWN + 1 else [*words[:SHOWN], f"{len(words) - SHOWN} more"])


def _joined(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))

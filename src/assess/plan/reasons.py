"""Reasons in words a client accepts, each tested on the finished plan: why in it, why not earlier, why left out."""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, assert_never

from assess.model.findings import Finding
from assess.model.roadmap import UnkeptPin
from assess.model.rubric import ROOT, Rubric
from assess.numbers import TOLERANCE, apart, counted
from assess.plan.calendar import Calendar, Obstacle, ObstacleKind, Slot, booked
from assess.plan.candidates import Candidates, TierReason
from assess.plan.merit import Judge
from assess.plan.outlook import Outlook
from assess.plan.rules import LEVELS, Task
from assess.plan.scheduling import Scheduler
from assess.words import ended, quoted

SHOWN = 2
MORE_DAYS = range(2, 31, 2)
"""Person-days more in a period that are tried for what found no room."""
SIGNS = {
    ">=": "is at least",
    "<=": "is at most",
    ">": "is above",
    "<": "is below",
    "=": "is",
    "==": "is",
    "!=": "is not",
}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class Tense(NamedTuple):
    """The verbs of what is or was in the way of a start."""

    was: str
    were: str
    had: str
    waited: str


PAST, PRESENT = Tense("was", "were", "had", "waited"), Tense("is", "are", "has", "waits")


class NameWords:
    """The names of one rubric in sentences."""

    def __init__(self, outlook: Outlook) -> None:
        self.outlook = outlook
        self.rubric: Rubric = outlook.rubric

    def initiative(self, name: str) -> str:
        """Code and title of an initiative."""
        found = self.outlook.initiatives[name]
        return f"{found.code} {found.title}" if found.code else quoted(found.title)

    def brief(self, name: str) -> str:
        """The code of an initiative, or its title where it has none."""
        found = self.outlook.initiatives[name]
        return found.code or quoted(found.title)

    def node(self, name: str) -> str:
        """The title of a node."""
        return "the overall score" if name == ROOT else quoted(self.rubric.node_by_id[name].title)

    def role(self, name: str) -> str:
        """The title of a role."""
        return self.rubric.role_by_id[name].title if name in self.rubric.role_by_id else name

    def condition(self, name: str) -> str:
        """What an initiative waits for, with titles in the place of ids."""
        text = self.outlook.initiatives[name].not_before
        waits = [re.sub(r"[A-Za-z][\w.-]*|[<>=!]+", self._word, text)] if text else []
        titles = {gate.id: gate.title or gate.id for gate in self.rubric.all_gates()}
        gates = [quoted(titles[gate]) for gate in self.outlook.blocked_by.get(name, ())]
        return " and ".join([*waits, *(f"{gate} no longer holds" for gate in gates)])

    def _word(self, match: re.Match[str]) -> str:
        word = match.group()
        node = self.rubric.names.get(word, word)
        levels = {level.key: level.title for known in self.rubric.nodes() for level in self.rubric.levels_of(known.id)}
        if node in self.rubric.node_by_id:
            return self.node(node)
        if node in self.rubric.question_by_id:
            return f"the answer to {quoted(self.rubric.question_by_id[node].text)}"
        return SIGNS.get(word) or levels.get(word, word)


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
        first = met[0][0]
        before = dict.fromkeys(each for obstacles in met[1:] for each in obstacles if each.kind != first.kind)
        others = dict.fromkeys(self._obstacle(work, each, "", PAST) for each in before)
        more = f"; before that {_joined([*others][:SHOWN])}" if others else ""
        busy = self._in_work(work.owner, first.at, calendar) if first.kind == "at_owner" else ""
        return f"In the week before, {self._obstacle(work, first, busy, PAST)}{more}."

    def _obstacle(self, work: Task, obstacle: Obstacle, busy: str, tense: Tense) -> str:
        """What is in the way, in words; busy: what its owner has in work."""
        owner, rules = self.names.role(work.owner), self.rules
        in_work = counted(rules.at_once, "initiative", "initiatives")
        be = tense.was if rules.at_once == 1 else tense.were
        of_owner = counted(rules.at_owner, "initiative", "initiatives")
        few = f"{owner} {tense.had} too few days left"
        told: dict[ObstacleKind, str] = {
            "horizon": f"it takes {work.weeks} weeks, and the plan has {rules.horizon}",
            "need": f"{self.names.brief(obstacle.initiative)} {tense.was} not done" if obstacle.initiative else "",
            "condition": f"it {tense.waited} until {self.names.condition(work.initiative)}",
            "closed": f"nothing {tense.was} allowed to begin",
            "latest": f"it {tense.was} not allowed to begin",
            "per_week": f"the week {tense.had} its {counted(rules.per_week, 'start', 'starts')}",
            "per_period": f"period {obstacle.at} {tense.had} its {counted(rules.per_period, 'start', 'starts')}",
            "at_once": f"{in_work} {be} in work, as many as the organization carries at once",
            "at_owner": f"{owner} {tense.had} {of_owner} in work{busy}, as many as one owner carries",
            "week": f"{few} in a week",
            "running": f"{few} in a week",
            "period": f"{few} in period {obstacle.at}",
        }
        return told[obstacle.kind]

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
                f"It could begin in {_month(day)}, too late for what it brings to count within the plan "
                f"and the {self.rules.tail} weeks after it."
            )
        work = self.works[missing]
        why = self._in_the_way(work, full)
        subject = "It" if missing == name else f"It needs {self.names.initiative(missing)} first, and that"
        return f"{subject} {why}{self._with_more_days(work, full) or self._in_the_place(name, closure)}"

    def _in_the_way(self, work: Task, calendar: Calendar) -> str:
        """What keeps some work out of every week, in the present."""
        ends = [calendar.slots[need].end for need in work.needs if need in calendar.slots]
        first = max([work.earliest, *ends])
        weeks = range(first, self.rules.horizon - work.weeks + 1)
        if not weeks:
            begins = f"can begin in {_month(self.rules.day(first))} at the earliest and takes {work.weeks} weeks"
            return f"{begins}; the plan ends before that."
        ready = self.plan.scheduler.ready(calendar)
        met = dict.fromkeys(
            self._obstacle(work, each, "", PRESENT) for week in weeks for each in calendar.obstacles(work, week, ready)
        )
        return f"does not fit in any week: {'; '.join([*met][: SHOWN + 1])}."

    def _with_more_days(self, work: Task, calendar: Calendar) -> str:
        """With how many more days of its owner some work would fit, all else unchanged."""
        rules = self.rules
        for more in MORE_DAYS:
            wider = rules._replace(capacity={**rules.capacity, work.owner: rules.of(work.owner) + more})
            tried = booked(wider, self.works, calendar.slots)
            weeks = wider.stretched(work.owner, work.asked, work.days)
            start = tried.first_week(work._replace(weeks=weeks), self.plan.scheduler.ready(tried))
            if start is not None:
                fits = f"it would fit from {_month(rules.day(start))}"
                return f" With {more} more days of {self.names.role(work.owner)} a period, all else unchanged, {fits}."
        return ""

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
        steps = len(self.names.rubric.levels_of(ROOT)) - 1
        return points * (steps if steps > 0 else LEVELS) / 100

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


def _month(day: datetime.date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def _asking(findings: Sequence[Finding]) -> str:
    noun, verb = ("finding", "asks") if len(findings) == 1 else ("findings", "ask")
    return f"the {noun} {_listed([quoted(finding.title.rstrip('.')) for finding in findings])} {verb} for it"


def _listed(words: Sequence[str]) -> str:
    """The first words of a list, and how many more there are."""
    return _joined(words if len(words) <= SHOWN + 1 else [*words[:SHOWN], f"{len(words) - SHOWN} more"])


def _joined(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))

"""Initiatives chosen for the findings, placed under prerequisites and capacity, each with its reason.

The order is by closures of prerequisites and the true gains of the tree, in tiers (docs/method.md, section 9).
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from assess.formula import EvaluatedOrganization, level_at
from assess.model.findings import Diagnosis, Finding
from assess.model.roadmap import LeftOut, Milestone, Placement, Plan
from assess.plan.calendar import Calendar, Frame, Refusal, Task, effort_factor, frame_of
from assess.plan.candidates import Candidate, Candidates
from assess.plan.outlook import TODAY, Outlook
from assess.plan.reasons import ReasonWords
from assess.plan.turns import Turns

__all__ = ["plan"]


@dataclass
class Course:
    """The plan as it grows: the choices in their order, where each landed, and what found no place at the last try."""

    calendar: Calendar
    choices: list[Candidate] = field(default_factory=list)
    turns: dict[str, int] = field(default_factory=dict)
    refusals: dict[str, tuple[Candidate, Refusal]] = field(default_factory=dict)

    @property
    def planned(self) -> frozenset[str]:
        """What is in the plan so far."""
        return frozenset(self.turns)


def plan(organization: EvaluatedOrganization, diagnosis: Diagnosis) -> Plan:
    """The plan of one organization; the order of initiatives in the rubric changes nothing."""
    outlook, engagement = Outlook(organization), organization.sheet.engagement
    frame = frame_of(outlook.rubric, engagement)
    factor = effort_factor(outlook.rubric, engagement.organization.staff)
    tasks = {name: _task(outlook, frame, factor, name) for name in outlook.initiatives}
    efforts = {name: task.effort for name, task in tasks.items()}
    course = _course(outlook, Turns(Candidates(outlook, diagnosis.findings, efforts)), Calendar(frame), tasks)
    words = ReasonWords(outlook, frame, tasks)
    asking = _asking(outlook, diagnosis.findings)
    placements = [_placement(words, course, name, asking[name], factor) for name in sorted(course.turns)]
    left = [_left_out(words, course, name, asking[name]) for name in outlook.initiatives if name not in course.turns]
    return Plan(
        starts=frame.starts,
        periods=frame.periods,
        weeks=frame.weeks,
        targets={name: outlook.targets[name] for name in outlook.criteria if name in outlook.targets},
        placements=tuple(sorted(placements, key=lambda p: (p.start_week, p.initiative))),
        left_out=tuple(sorted(left, key=lambda out: (not out.wanted, out.initiative))),
        loads=course.calendar.loads(),
        milestones=_milestones(outlook, course.calendar),
        effort_factor=factor,
    )


def _task(outlook: Outlook, frame: Frame, factor: float, name: str) -> Task:
    """An initiative as work; reviews of the last level add to its weeks, size changes its effort alone.

    A review lasts as long as a period of the rubric, whatever periods the engagement plans in.
    """
    initiative, policy = outlook.initiatives[name], outlook.rubric.policies.plan
    days = initiative.own_days()
    cycles = 2 if policy.review_cycles is None else policy.review_cycles
    review = cycles * policy.weeks if outlook.effects[name].to_the_top else 0
    return Task(
        initiative=name,
        owner=initiative.owner,
        weeks=initiative.weeks + review,
        effort=(days.low + days.high) / 2 * factor,
        running=frame.running(initiative.own_running()),
        needs=tuple(need for need in outlook.needs[name] if need not in outlook.finished),
        waits=initiative.not_before is not None,
    )


def _course(outlook: Outlook, turns: Turns, calendar: Calendar, tasks: dict[str, Task]) -> Course:
    """Take the best choice that fits, and think again after each, until none fits.

    A choice that found no place is not tried again before the last round: what is booked only grows. One that waits for
    a condition is.
    """
    course = Course(calendar)
    while True:
        if not _took(outlook, turns, course, tasks):
            if not course.refusals:
                return course
            course.refusals.clear()
            if not _took(outlook, turns, course, tasks):
                return course


def _took(outlook: Outlook, turns: Turns, course: Course, tasks: dict[str, Task]) -> bool:
    """Whether a choice was found that fits, and taken."""
    for choice in turns.ranked():
        before = course.refusals.get(choice.initiative)
        if before and before[0].closure == choice.closure and not any(tasks[name].waits for name in choice.closure):
            continue
        trial = course.calendar.copy()
        refusal = _book(outlook, trial, choice, tasks)
        if refusal is None:
            course.calendar = trial
            course.turns |= dict.fromkeys(sorted(choice.closure), len(course.choices))
            course.choices.append(turns.take(choice))
            return True
        course.refusals[choice.initiative] = choice, refusal
    return False


def _book(outlook: Outlook, calendar: Calendar, choice: Candidate, tasks: dict[str, Task]) -> Refusal | None:
    """Place all members of a closure, each after what it needs, ties by id.

    A prerequisite that needs no doing, and is planned for another reason, still comes first.
    """
    for name in choice.closure:
        planned = {*choice.closure, *calendar.slots}
        needs = (need for need in outlook.needs[name] if need in planned or need not in outlook.finished)
        tasks[name] = tasks[name]._replace(needs=tuple(needs))
    waiting = sorted(choice.closure)
    while waiting:
        name = next(n for n in waiting if not {*tasks[n].needs} & {*waiting})
        waiting.remove(name)
        refusal = calendar.book(tasks[name], _condition(outlook, name))
        if refusal is not None:
            return refusal
    return None


def _condition(outlook: Outlook, name: str) -> Callable[[frozenset[str]], bool]:
    text = outlook.initiatives[name].not_before
    return lambda done: text is None or outlook.after(done).truth(text) is True


def _asking(outlook: Outlook, findings: tuple[Finding, ...]) -> dict[str, list[Finding]]:
    """The findings each initiative answers: those that name it, and those about what it lifts; never praise."""
    answering: dict[str, dict[int, Finding]] = {name: {} for name in outlook.initiatives}
    for place, finding in enumerate(findings):
        lifters = outlook.lifters.get(finding.node, ())
        for name in () if finding.kind == "strength" else (*lifters, *finding.initiatives):
            answering[name][place] = finding
    return {name: [*found.values()] for name, found in answering.items()}


def _placement(words: ReasonWords, course: Course, name: str, findings: list[Finding], factor: float) -> Placement:
    outlook, frame, task = words.outlook, words.frame, words.tasks[name]
    slot, turn = course.calendar.slots[name], course.turns[name]
    choice, effect, days = course.choices[turn], outlook.effects[name], outlook.initiatives[name].own_days()
    return Placement(
        initiative=name,
        period=frame.period(slot.start),
        end_period=frame.period(slot.end - 1),
        start_week=slot.start,
        end_week=slot.end,
        starts=frame.day(slot.start),
        ends=frame.day(slot.end),
        owner=task.owner,
        effort=task.effort,
        effort_low=days.low * factor,
        effort_high=days.high * factor,
        running_per_period=task.running,
        tier=choice.ground.tier,
        gain_alone=outlook.gain(TODAY, frozenset({name})).root,
        gain=choice.gain.root,
        because=words.because(choice, name, findings),
        why_not_earlier=words.why_not_earlier(name, slot.after),
        needs=task.needs,
        findings=tuple(finding.id for finding in findings),
        lifts={node: level for node, level in effect.aims.items() if node in effect.lifts},
        turn=turn + 1,
        brought_by="" if choice.initiative == name else choice.initiative,
    )


def _left_out(words: ReasonWords, course: Course, name: str, findings: list[Finding]) -> LeftOut:
    outlook = words.outlook
    if name in course.refusals:
        return LeftOut(name, words.refused(name, *course.refusals[name]), wanted=bool(findings))
    idle = bool(outlook.effects[name].aims) and outlook.reached(name)
    return LeftOut(name, words.useless(name, course.planned), wanted=bool(findings) and not idle)


def _milestones(outlook: Outlook, calendar: Calendar) -> tuple[Milestone, ...]:
    """Every node's value and level today and at the end of each period, with what is finished by then."""
    frame, stones = calendar.frame, []
    for period in range(frame.periods + 1):
        week = period * frame.weeks
        nodes = outlook.after(calendar.done_by(week)).nodes
        reached = {
            name: None if result.value is None else level_at(outlook.rubric, name, result.value)
            for name, result in nodes.items()
        }
        stones.append(
            Milestone(
                period=period,
                ends=frame.day(week),
                values={name: result.value for name, result in nodes.items()},
                levels={name: level.key if level else None for name, level in reached.items()},
            )
        )
    return tuple(stones)

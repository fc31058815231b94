"""Initiatives chosen for the findings, placed under the rules of the plan, each with its reason.

The rules stand in `plan/rules.py` and `plan/calendar.py`; first always the best is taken (`plan/greedy.py`), then the
order is improved (`plan/search.py`); docs/method.md, section 9, says why.
"""

from collections.abc import Mapping
from dataclasses import replace

from assess.formula import EvaluatedOrganization
from assess.formula.initiatives import plan_policy
from assess.model.findings import Diagnosis, Finding
from assess.model.roadmap import FreePlan, LeftOut, Placement, Plan, PlanSearch, Room, UnkeptPin
from assess.plan.calendar import loads
from assess.plan.candidates import Candidates, TierReason
from assess.plan.outlook import Outlook
from assess.plan.planner import Planner
from assess.plan.projection import Prospects
from assess.plan.reasons import FinishedPlan, ReasonWords
from assess.plan.scheduling import days_of
from assess.plan.search import Found

__all__ = ["DEFAULT_SEARCH", "pins_without_place", "plan"]

NO_LONGER = (
    "The plan kept in plan.yaml rests on other numbers than those of today and was left aside; "
    "`assess plan PATH --deep` makes a new one."
)
DEFAULT_SEARCH = PlanSearch()


def plan(organization: EvaluatedOrganization, diagnosis: Diagnosis, search: PlanSearch = DEFAULT_SEARCH) -> Plan:
    """The plan of one organization; the order of initiatives in the rubric changes nothing."""
    planner = Planner(organization, diagnosis)
    found, order = planner.found(search)
    outlook, rules = planner.outlook, planner.outlook.rules
    prospects = Prospects(planner.scheduler, found.slots, found.order)
    asking = _asking(outlook, diagnosis.findings)
    placements = _placements(planner, found, prospects, asking)
    made = Plan(
        starts=rules.starts,
        periods=rules.periods,
        weeks=rules.weeks,
        targets={name: outlook.targets[name] for name in outlook.criteria if name in outlook.targets},
        placements=placements,
        left_out=_left_out(planner, found, asking),
        loads=loads(rules, planner.works, found.slots),
        milestones=prospects.milestones(),
        projection=prospects.projection(),
        room=_room(organization, outlook),
        order=order,
        unanswered=_unanswered(diagnosis.findings, frozenset(found.slots), outlook),
        idle=_idle(outlook, placements),
        note=NO_LONGER if search.kept and not order.kept else "",
        unkept=planner.unkept,
    )
    compared = planner.scheduler.pinned.order and not order.kept and not search.beside
    return made._replace(free=_free(organization, diagnosis, search, made)) if compared else made


def _free(organization: EvaluatedOrganization, diagnosis: Diagnosis, search: PlanSearch, made: Plan) -> FreePlan:
    """What would be planned without pins: the better of the plan made, which stays allowed, and one made anew."""
    engagement = organization.sheet.engagement
    freed = engagement.model_copy(update={"decisions": engagement.decisions.without_pins})
    planner = Planner(replace(organization, sheet=organization.sheet._replace(engagement=freed)), diagnosis)
    found, _ = planner.found(search._replace(kept=None, beside=made))
    prospects = Prospects(planner.scheduler, found.slots, found.order)
    return FreePlan(frozenset(found.slots), prospects.root_at_end())


def pins_without_place(organization: EvaluatedOrganization, diagnosis: Diagnosis) -> tuple[UnkeptPin, ...]:
    """What was decided to be in the plan and finds no place in it, whatever else is planned."""
    return Planner(organization, diagnosis).unkept if organization.decisions.steering.pinned else ()


def _placements(
    planner: Planner, found: Found, prospects: Prospects, asking: Mapping[str, list[Finding]]
) -> tuple[Placement, ...]:
    words = ReasonWords(_finished(planner, found))
    grounds = {name: _ground(planner, found, name) for name in found.slots}
    first = sorted(found.slots, key=lambda name: (_tier(grounds[name]), found.slots[name].start, name))
    turns = {name: place for place, name in enumerate(first, 1)}
    placements = []
    for name in sorted(found.slots, key=lambda each: (found.slots[each].start, each)):
        because = words.because(grounds[name], name, asking[name])
        why = words.why_not_earlier(name)
        placement = _placement(planner, found, prospects, name)
        placements.append(
            placement._replace(
                tier=_tier(grounds[name]),
                because=because,
                why_not_earlier=why,
                findings=tuple(finding.id for finding in asking[name]),
                turn=turns[name],
            )
        )
    return tuple(placements)


def _placement(planner: Planner, found: Found, prospects: Prospects, name: str) -> Placement:
    """Where an initiative lies and what it does; why is said by others."""
    outlook, rules = planner.outlook, planner.outlook.rules
    work, slot = planner.works[name], found.slots[name]
    span = days_of(outlook, name)
    without, falls = prospects.costs[name]
    return Placement(
        initiative=name,
        period=rules.period(slot.start),
        end_period=rules.period(slot.end - 1),
        start_week=slot.start,
        end_week=slot.end,
        starts=rules.day(slot.start),
        ends=rules.day(slot.end),
        owner=work.owner,
        asked_weeks=work.asked,
        effort=work.days,
        effort_low=span.low,
        effort_high=span.high,
        running_per_period=work.running * rules.weeks,
        tier=0,
        gain_alone=planner.candidates().gain_alone(name),
        without=without,
        falls=falls,
        because="",
        why_not_earlier="",
        needs=(*work.needs, *(name for name in work.follows if name in found.slots)),
        findings=(),
        lifts={
            node: level for node, level in outlook.effects[name].aims.items() if node in outlook.effects[name].lifts
        },
        steps=prospects.steps(name),
        ends_gates=prospects.gates(name),
    )


def _ground(planner: Planner, found: Found, name: str) -> TierReason | None:
    """Why an initiative has its place beside the rest of the plan; None where others need it."""
    rest = frozenset(found.slots) - planner.outlook.leaning_on(name, frozenset(found.slots))
    choice = planner.candidates().beside(rest).choice(name)
    return choice.ground if choice else None


def _tier(ground: TierReason | None) -> int:
    """The tier of a reason; what only others need is not urgent by itself."""
    return ground.tier if ground else TierReason("rest").tier


def _finished(planner: Planner, found: Found) -> FinishedPlan:
    candidates: Candidates = planner.candidates().beside(frozenset(found.slots))
    return FinishedPlan(planner.scheduler, planner.judge, candidates, found.order, found.slots, planner.unkept)


def _left_out(planner: Planner, found: Found, asking: Mapping[str, list[Finding]]) -> tuple[LeftOut, ...]:
    words, left = ReasonWords(_finished(planner, found)), []
    for name, effect in planner.outlook.effects.items():
        if name not in found.slots:
            idle = bool(effect.aims) and planner.outlook.reached(name)
            findings = asking[name]
            left.append(LeftOut(name, words.left_out(name, findings), wanted=bool(findings) and not idle))
    return tuple(sorted(left, key=lambda out: (not out.wanted, out.initiative)))


def _asking(outlook: Outlook, findings: tuple[Finding, ...]) -> dict[str, list[Finding]]:
    """The findings each initiative answers: those that name it, and those about what it lifts; never praise."""
    answering: dict[str, dict[int, Finding]] = {name: {} for name in outlook.initiatives}
    for place, finding in enumerate(findings):
        lifters = outlook.lifters.get(finding.node, ())
        for name in () if finding.kind == "strength" else (*lifters, *finding.initiatives):
            if name in answering:
                answering[name][place] = finding
    return {name: [*found.values()] for name, found in answering.items()}


def _unanswered(findings: tuple[Finding, ...], planned: frozenset[str], outlook: Outlook) -> tuple[str, ...]:
    """The findings that name initiatives of which none is planned or done, urgent ones first as they come."""
    done = planned | outlook.named_done
    named = (f for f in findings if f.initiatives and f.kind != "strength")
    return tuple(finding.id for finding in named if not done.intersection(finding.initiatives))


def _idle(outlook: Outlook, placements: tuple[Placement, ...]) -> tuple[str, ...]:
    """The roles that own initiatives in the rubric, and none in the plan."""
    owners = dict.fromkeys(initiative.owner for initiative in outlook.rubric.initiatives)
    busy = {placement.owner for placement in placements}
    return tuple(role.id for role in outlook.rubric.roles if role.id in owners and role.id not in busy)


def _room(organization: EvaluatedOrganization, outlook: Outlook) -> Room:
    rules = outlook.rules
    policy = plan_policy(organization.rubric, organization.sheet.engagement)
    return Room(
        rules.at_once, rules.at_owner, rules.per_period, rules.per_week, rules.burst, rules.reserve,
        rules.factor, rules.owner_share, policy.min_gain, rules.staff,
    )  # fmt: skip

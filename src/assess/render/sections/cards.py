"""A card per initiative of the plan, for the people who do it."""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from assess.formula import begins
from assess.model.initiatives import PARTICIPANTS, Initiative, Proof, Span
from assess.model.roadmap import LevelStep, Placement
from assess.numbers import short
from assess.render import gains
from assess.render.context import DASH, RenderContext, as_sentence, fact, join_facts
from assess.render.markdown import Markdown, concat, join, strong
from assess.render.tables import Cell, Row

A_WEEK = datetime.timedelta(weeks=1)


class Card(NamedTuple):
    """One initiative, as the people who do it need it; `days` are rows of role, set-up and days a quarter."""

    id: str
    name: str
    facts: Markdown
    why: str
    because: str
    findings: Markdown
    days: tuple[Row, ...]
    lifts: tuple[Row, ...]
    steps: tuple[str, ...]
    done: str
    success: str
    proof: str
    exit: str
    keeps: str
    risk: str
    needs: Markdown
    waits: Markdown
    ends: str


def cards(case: RenderContext) -> tuple[Card, ...]:
    """A card per initiative in the plan, in the order of their start."""
    known = [(case.initiative(placement.initiative), placement) for placement in case.plan.placements]
    return tuple(_card(case, initiative, placement) for initiative, placement in known if initiative)


def _card(case: RenderContext, known: Initiative, placement: Placement) -> Card:
    findings = [f for f in case.diagnosis.findings if f.id in placement.findings]
    return Card(
        id=known.id,
        name=case.initiative_name(placement.initiative),
        facts=_facts(case, placement),
        why=as_sentence(known.why),
        because=f"{as_sentence(placement.because)} {gains.gain_sentence(case, placement)}",
        findings=join([case.finding_link(f) for f in findings]),
        days=tuple(_days(case, known)),
        lifts=tuple(_lift(case, placement, node, level) for node, level in sorted(placement.lifts.items())),
        steps=tuple(step for step in known.steps if step.strip()),
        done=as_sentence(known.done),
        success=as_sentence(known.success),
        proof=_proof(known, placement),
        exit=as_sentence(known.stop_when or known.exit),
        keeps=as_sentence(known.keeps),
        risk=as_sentence(known.risk),
        needs=case.initiative_links(placement.needs) if placement.needs else Markdown(""),
        waits=join([*_waits(case, known)], "; "),
        ends=", ".join(f"{gate} from {day.isoformat()}" for gate, day in placement.ends_gates.items()),
    )


def _facts(case: RenderContext, p: Placement) -> Markdown:
    between = _between(Span(low=p.effort_low, high=p.effort_high)) if p.effort_low != p.effort_high else ""
    return join_facts(
        (
            fact("Owner:", strong(case.role(p.owner))),
            f"{p.starts.isoformat()} to {p.last_day.isoformat()}",
            f"{short(p.effort)} person-days" + (f" (range {between})" if between else ""),
            _stretch(case, p),
            f"then {short(p.running_per_period)} person-days per period" if p.running_per_period else "",
        )
    )


def _stretch(case: RenderContext, p: Placement) -> str:
    """Why work takes more weeks than the rubric says; empty where it does not."""
    weeks = p.end_week - p.start_week
    if weeks <= p.asked_weeks:
        return ""
    days = next((load.capacity for load in case.plan.loads if load.owner == p.owner), 0.0) / case.plan.weeks
    return f"{weeks} weeks instead of {p.asked_weeks}: {case.role(p.owner)} has {short(days)} days a week"


def _between(days: Span) -> str:
    low, high = short(days.low), short(days.high)
    return f"{low} to {high}" if low != high else low


def _days(case: RenderContext, known: Initiative) -> Iterator[Row]:
    """Days of every role where an initiative names them: set-up to the size of the organization, then a quarter."""
    if not known.effort.roles and not (known.running and known.running.roles) and not known.posts:
        return
    setup, running = known.days_by_role(), known.running_by_role()
    for role in dict.fromkeys([*setup, *running, *known.posts]):
        days, size = setup.get(role), case.plan.room.factor
        factor = size if role == PARTICIPANTS else min(size, 1.0)
        name: Cell = "Participants" if role == PARTICIPANTS else case.role(role)
        yield (
            name,
            _between(Span(low=days.low * factor, high=days.high * factor)) if days else DASH,
            short(running[role]) if role in running else DASH,
            short(known.posts[role]) if role in known.posts else DASH,
        )


def _proof(known: Initiative, placement: Placement) -> str:
    """What shows that it is lived, and when that is due."""
    if known.proof is None:
        return ""
    return f"{as_sentence(known.proof.what)} Due by {_paper_due(known.proof, placement).isoformat()}."


def _paper_due(proof: Proof, placement: Placement) -> datetime.date:
    return placement.ends + proof.weeks * A_WEEK


def proof_due(case: RenderContext, placement: Placement) -> datetime.date | None:
    """When the paper of an initiative is due; of one that names none, the first day on which a level needs proof."""
    known = case.initiative(placement.initiative)
    if known and known.proof:
        return _paper_due(known.proof, placement)
    steps = (step for each in placement.steps.values() for step in each)
    return min((step.proved for step in steps if step.needs_proof and step.proved), default=None)


def _waits(case: RenderContext, known: Initiative) -> Iterator[Markdown]:
    """What a level of its lifts waits for besides its own work."""
    titles = {level.key: level.title for level in case.rubric.levels}
    for level, names in known.needs_to.items():
        yield concat((f"{titles.get(level, level)} also needs ", case.initiative_links(names)))


def _lift(case: RenderContext, placement: Placement, node: str, level: str) -> Row:
    known = case.scorecard.scores.get(node)
    now = f"{case.now(node)} ({case.level_now(node, DASH)})" if known else DASH
    there = case.level(node, level)
    wanted = f"{begins(case.rubric, node, there.at, case.scale(node))} ({there.title})" if there else level
    return case.link(node), now, wanted, join([*_steps(case, node, placement.steps.get(node, ()))])


def _steps(case: RenderContext, node: str, steps: tuple[LevelStep, ...]) -> Iterator[str]:
    """From which day each level counts, and by which day its paper is due."""
    for step in steps:
        due = f", shown by {step.proved.isoformat()}" if step.needs_proof and step.proved else ""
        day = step.adopted.isoformat() if step.adopted else "after what it waits for"
        yield f"{case.level_title(node, step.level)} from {day}{due}"

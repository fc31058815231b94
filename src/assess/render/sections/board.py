"""The two pages for the board: message, what is urgent, decisions, where the plan leads, and how sure that is.

A pattern whose data are missing is left out with its heading; which those are stands in docs/decisions/0057.
"""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from assess.model.facts import FoundFact
from assess.model.initiatives import PARTICIPANTS
from assess.model.roadmap import Placement
from assess.model.rubric import ROOT
from assess.numbers import counted, short
from assess.render.certainty import sureness, unheard_owners
from assess.render.context import RenderContext, as_sentence, is_gap
from assess.render.gains import planned_end
from assess.render.markdown import Markdown, concat, join, link, strong
from assess.render.sections.decisions import own_words, with_accepted
from assess.render.sections.facts import (
    COMING,
    fact_link,
    first_review,
    is_of_register,
    sources_of,
)
from assess.render.sections.findings import VERBS, last_day_to_decide
from assess.words import day_in_words, listed

MOST_DECISIONS, MOST_ON_TABLE, MOST_NAMED = 4, 4, 4
HALF = 2
SOON = datetime.timedelta(weeks=4)
TOUCHED = {"law": "the law", "harm": "people who may be harmed", "promise": "a public promise"}


class Board(NamedTuple):
    """What the board reads; an empty text or list is left out with its heading."""

    heading: str
    message: str
    cause: str
    position: Markdown
    accepted: Markdown
    said: Markdown
    sources: Markdown
    touches: str
    urgent: tuple[Markdown, ...]
    decisions: tuple[Markdown, ...]
    cost: str
    range: Markdown
    sure: Markdown
    trust: str
    next: Markdown
    delay: Markdown


def board(case: RenderContext) -> Board:
    """The part for the board."""
    message = case.diagnosis.headline.strip() or case.rubric.title
    thin = _is_thin(case)
    pressing = [fact for fact in case.facts.found if fact.urgent]
    return Board(
        heading=("Too little is known to say how you stand" if thin else message).rstrip("."),
        message=as_sentence(message) if thin else "",
        cause=as_sentence(case.diagnosis.message.cause),
        position=_position(case),
        accepted=_accepted(case),
        said=own_words(case, ROOT),
        sources=_sources(case),
        touches=listed(dict.fromkeys(TOUCHED[fact.urgent] for fact in pressing if fact.urgent)),
        urgent=tuple(_urgent(case, fact) for fact in pressing),
        decisions=tuple(_decisions(case)),
        cost=_cost(case),
        range=_range(case),
        sure=sureness(case),
        trust=_trust(case),
        next=_next(case),
        delay=_delay(case),
    )


def _is_thin(case: RenderContext) -> bool:
    """Whether too little was answered to say how things stand as a whole."""
    found = case.certainties[ROOT]
    return case.root.value is None or found.filled * HALF < found.asked


def _position(case: RenderContext) -> Markdown:
    if case.root.value is None:
        scored = sum(case.score(node).value is not None for node in case.principles)
        whole = counted(len(case.principles), "principle has", "principles have")
        return concat((f"Too little is answered for an overall score; {scored} of {whole} one.",))
    low, high = (short(end, 2) for end in case.scale(ROOT))
    now = concat((f"On a scale from {low} to {high} the organization stands at ", strong(case.now(ROOT))))
    wanted = f"; the target is {case.target(ROOT)}" if ROOT in case.targets else ""
    return concat((now, f"{wanted}."))


def _accepted(case: RenderContext) -> Markdown:
    """The score where what is accepted for a time counts as met; empty where that is the same."""
    value = with_accepted(case, ROOT)
    amount = counted(len(case.diagnosis.accepted), "finding", "findings")
    words = f"Counted as met what is accepted for a time ({amount}), it would stand at {value}: "
    return concat((words, link("what was decided", "part-decisions"), ".")) if value else Markdown("")


def _sources(case: RenderContext) -> Markdown:
    """Where the message comes from, and the facts behind it."""
    resting = [fact for fact in case.facts.found if fact.on_message]
    shown = [answer for fact in resting for answer in fact.shown if is_of_register(answer)][:MOST_NAMED]
    details = [fact_link(case, fact) for fact in resting][:MOST_NAMED]
    told = []
    if shown:
        told.append(concat(("Sources: ", sources_of(case, shown), ".")))
    elif not _was_register_read(case):
        people = counted(case.certainties[ROOT].people, "person", "people")
        told.append(concat((f"Sources: what {people} said; no register was read.",)))
    if details:
        told.append(concat(("Details: ", join(details), ".")))
    return join(told, " ")


def _was_register_read(case: RenderContext) -> bool:
    return any(voice.heard for voice in case.certainties[ROOT].voices if not voice.people)


def _urgent(case: RenderContext, fact: FoundFact) -> Markdown:
    says = as_sentence(case.discreet(fact.says or fact.so)).rstrip(".")
    return concat((strong(f"{fact.title}."), f" {says} (" if says else " (", fact_link(case, fact), ")."))


def _decisions(case: RenderContext) -> Iterator[Markdown]:
    """What is asked for: what has to stop or wait, then means, then ears."""
    asked = [fact for fact in case.facts.found if fact.step.decision]
    for fact in asked[:MOST_DECISIONS]:
        yield _asked_of(case, fact)
    body = case.sheet.engagement.prepared_for.strip()
    receiver = f"{body}, by" if body else "By"
    if coming := _coming(case):
        low, high = (short(sum(each), 0) for each in zip(*((p.effort_low, p.effort_high) for p in coming), strict=True))
        days = short(sum(p.effort for p in coming), 0)
        what = f" the {counted(len(coming), 'initiative', 'initiatives')} that start in the periods with dates. "
        cost = concat((strong(f"{days} person-days"), f" ({low} to {high})." if low != high else "."))
        yield concat((strong("Fund"), what, f"{receiver} {day_in_words(case.plan.starts)}; ", cost))
    if silent := _silent(case):
        yield concat((strong("Hear"), f" {listed(silent)}. {receiver} {day_in_words(case.period_end(1))}."))


def _asked_of(case: RenderContext, fact: FoundFact) -> Markdown:
    decision = fact.step.decision
    if decision is None:
        return Markdown("")
    by = day_in_words(last_day_to_decide(case) if fact.urgent else fact.due(case.plan))
    what = decision.what.strip().rstrip(".")
    return concat(
        (
            strong(f"{VERBS[decision.verb]}:"),
            f" {what} (",
            fact_link(case, fact),
            f"). {case.role(decision.who)}, by {by}.",
        )
    )


def _silent(case: RenderContext) -> list[str]:
    """The titles of roles that were asked or get work and were not heard."""
    asked = [case.role(role) for role in case.certainties[ROOT].silent]
    return list(dict.fromkeys([*unheard_owners(case), *asked]))


def _coming(case: RenderContext) -> tuple[Placement, ...]:
    return tuple(p for p in case.plan.placements if p.period <= COMING)


def _cost(case: RenderContext) -> str:
    """The days of the initiatives with dates by role, what others give, and that money is not reckoned."""
    coming = _coming(case)
    if not coming:
        return ""
    days: dict[str, float] = {}
    for placed in coming:
        days[placed.owner] = days.get(placed.owner, 0.0) + placed.effort
    roles = ", ".join(f"{case.role(owner)} {short(days[owner], 0)}" for owner in sorted(days, key=lambda o: -days[o]))
    others = _participants(case, coming)
    return f"Days of the owners: {roles}. {others} No day rate was given, so there is no sum of money."


def _participants(case: RenderContext, coming: tuple[Placement, ...]) -> str:
    known = [initiative for p in coming if (initiative := case.initiative(p.initiative))]
    spans = [span for each in known if (span := each.days_by_role().get(PARTICIPANTS))]
    if not spans:
        return "The time of those who take part is not estimated."
    low, high = (
        short(case.plan.room.factor * sum(ends), 0) for ends in zip(*((s.low, s.high) for s in spans), strict=True)
    )
    return f"Those who take part give {low} to {high} days more in {len(spans)} of {len(coming)} initiatives."


def _range(case: RenderContext) -> Markdown:
    """Where the plan leads, what the two figures hold on, and where the target lies."""
    found = case.plan.projection
    if found.low is None or found.high is None or not case.plan.placements:
        return Markdown("")
    low, high = case.points(ROOT, found.low, case.root.value), planned_end(case)
    day = day_in_words(case.period_end(case.plan.periods))
    target = _target(case, high)
    if low == high:
        return concat((strong(f"With this plan: {high} at best by {day}."), f" No figure allows for slips.{target}"))
    held = (
        " The first figure takes every effort at its high end and counts a level once its proof is due. The second one "
        "takes efforts as estimated and counts a level once it was lived as long as the rubric asks. No figure allows "
        "for slips."
    )
    return concat((strong(f"With this plan: {low} to {high} by {day}."), f"{held}{target}"))


def _target(case: RenderContext, shown: str) -> str:
    if ROOT not in case.targets:
        return ""
    if not is_gap(case.short_of_target(ROOT, shown)):
        return f" The target of {case.target(ROOT)} is reached if the second figure holds."
    return f" The target of {case.target(ROOT)} takes longer than this plan."


def _trust(case: RenderContext) -> str:
    few = "a role in which few answered says little about that role"
    first = "Trust the figures of registers first and the scores next; " if _was_register_read(case) else ""
    return as_sentence(f"{first}{few}")


def _next(case: RenderContext) -> Markdown:
    """The first review, and what lies on the table by then."""
    ready = [p for p in case.plan.placements if p.last_day <= case.period_end(1)][:MOST_ON_TABLE]
    day = strong(f"{day_in_words(first_review(case))}: first review.")
    if not ready:
        return concat((day, " On the table lie the answers that are missing today."))
    return concat(
        (day, " On the table lies what came of ", join([case.initiative_link(p.initiative) for p in ready]), ".")
    )


def _delay(case: RenderContext) -> Markdown:
    """What of the answers to the message does not start at once, and why."""
    placed = [case.placements[name] for name in case.diagnosis.message.initiatives if name in case.placements]
    if not case.diagnosis.message.initiatives or not case.plan.placements:
        return Markdown("")
    if not placed:
        return Markdown("No initiative of this plan touches what stands at the top.")
    first = min(placed, key=lambda p: (p.starts, p.initiative))
    if first.starts <= case.plan.starts + SOON or not first.needs:
        return Markdown("")
    late = f" starts on {day_in_words(first.starts)}, since it needs "
    return concat((case.initiative_link(first.initiative), late, case.initiative_links(first.needs), "."))

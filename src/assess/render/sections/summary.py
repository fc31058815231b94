"""The page for those who decide: key message, five answers, decisions, and the distance to the target."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from assess.formula import level_at
from assess.model.finding_texts import Decision
from assess.model.findings import Finding
from assess.model.roadmap import Placement
from assess.model.rubric import ROOT
from assess.numbers import TOLERANCE, bar, counted, short
from assess.render import gains
from assess.render.certainty import sureness, works
from assess.render.context import DASH, RenderContext, as_sentence
from assess.render.markdown import Markdown, concat, join, link, strong
from assess.render.sections.decisions import own_words, with_accepted
from assess.render.sections.findings import decision_of, last_day_to_decide
from assess.render.tables import Row

MOST_MOVES, MOST_DECISIONS, FEW_DECISIONS, MOST_SETTLED, MOST_NAMED = 5, 5, 3, 2, 3
# What can hold a whole organization back, before the plain distance to a target does.
_REASONS = ("gate", "clash", "disagreement", "gap")


class Summary(NamedTuple):
    """The first page."""

    praise: Markdown
    headline: str
    cause: str
    position: Markdown
    accepted: Markdown
    said: Markdown
    urgent: Markdown
    reason: Markdown
    answered: Markdown
    waits: Markdown
    moves: Markdown
    answers: tuple[Row, ...]
    decisions: tuple[Row, ...]
    gaps: tuple[Row, ...]


def summary(case: RenderContext) -> Summary:
    """The first page of a document."""
    return Summary(
        praise=praise(case),
        headline=case.diagnosis.headline.strip() or case.rubric.title,
        cause=as_sentence(case.diagnosis.message.cause),
        position=_position(case),
        accepted=_accepted(case),
        said=own_words(case, ROOT),
        urgent=join([case.finding_link(finding) for finding in case.diagnosis.findings if finding.urgent], "; "),
        reason=_reason(case),
        answered=join([case.initiative_link(name) for name in case.diagnosis.message.initiatives]),
        waits=_why_it_waits(case),
        moves=join([case.initiative_link(p.initiative) for p in first_period(case)[:MOST_MOVES]]),
        answers=_answers(case),
        decisions=tuple(_decisions(case))[: min(MOST_DECISIONS, max(FEW_DECISIONS, len(_at_once(case)) + 1))],
        gaps=_gaps(case),
    )


def _why_it_waits(case: RenderContext) -> Markdown:
    """Why what answers the key message does not begin in the first period; empty where it does, or is done."""
    named = [n for n in case.diagnosis.message.initiatives if n not in case.sheet.engagement.done]
    placed = sorted((case.placements[n] for n in named if n in case.placements), key=lambda p: p.start_week)
    if placed and placed[0].period > 1:
        first, why = case.initiative_link(placed[0].initiative), as_sentence(placed[0].why_not_earlier)
        return concat((first, f" begins on {placed[0].starts.isoformat()}. ", why))
    if placed or len(named) < len(case.diagnosis.message.initiatives):
        return Markdown("")
    reasons = [as_sentence(out.because) for out in case.plan.left_out if out.initiative in named]
    return concat(("The plan holds none of it. ", reasons[0])) if reasons else Markdown("")


def praise(case: RenderContext) -> Markdown:
    """One sentence about what works, with the proof that stands behind it; empty when there is nothing to praise."""
    strengths = case.diagnosis.of("strength")
    if strengths:
        return concat((strong("What works."), " ", case.link(strengths[0].node), ": ", works(case, strengths[0])))
    best = strongest(case)
    if not best:
        return Markdown("")
    level = case.level_now(best[0], "")
    stands = f" stands at {case.now(best[0])}{f', {level}' if level else ''}."
    return concat((strong("Furthest along."), " ", case.link(best[0]), stands))


def strongest(case: RenderContext) -> tuple[str, ...]:
    """The principles by value, best first, without those that have none or nothing to show."""
    scored = [(case.score(p).value or 0.0, p) for p in case.principles]
    return tuple(p for value, p in sorted(scored, key=lambda pair: -pair[0]) if value > 0)


def first_period(case: RenderContext) -> tuple[Placement, ...]:
    """The initiatives that start in the first period, those of the highest priority first."""
    started = (p for p in case.plan.placements if p.period == 1)
    return tuple(sorted(started, key=lambda p: (p.turn, p.start_week, p.initiative)))


def _top(case: RenderContext) -> str:
    return short(max(case.scale(ROOT)), 2)


def _position(case: RenderContext) -> Markdown:
    root = case.root
    if root.value is None:
        return concat((f"There are not enough answers to score {case.client} as a whole.",))
    level = case.level_now(ROOT, "")
    now = f"{case.client} stands at {case.now(ROOT)} of {_top(case)}"
    now += f" (level {level})" if level else ""
    wanted = case.targets.get(ROOT)
    if wanted is None:
        return concat((f"{now}.",))
    there = level_at(case.rubric, ROOT, wanted)
    chosen = there is not None and abs(there.at - wanted) <= TOLERANCE
    named = f" (level {there.title})" if there and chosen else ", with every part at its own target"
    return concat((f"{now}; the target is {case.target(ROOT)}{named}.",))


def _accepted(case: RenderContext) -> Markdown:
    """What the whole would stand at where what is accepted for a time counts as met; empty where that is the same."""
    value = with_accepted(case, ROOT)
    amount = counted(len(case.diagnosis.accepted), "finding", "findings")
    said = f"Counted as met what is accepted for a time ({amount}), it would stand at {value}: "
    return concat((said, link("what was decided", "part-decisions"), ".")) if value else Markdown("")


def main_reason(case: RenderContext) -> Finding | None:
    """The finding that holds the organization back most: red before the rest, gates before gaps."""
    held = [f for kind in _REASONS for f in case.diagnosis.findings if f.kind == kind]
    return next((f for f in held if f.red), held[0] if held else None)


def _reason(case: RenderContext) -> Markdown:
    finding = main_reason(case)
    if finding is None:
        return Markdown("")
    return concat(
        (
            link(case.name(finding.node), case.finding_anchors[finding.id]),
            f": {as_sentence(finding.told or finding.title)}",
        )
    )


def _answers(case: RenderContext) -> tuple[Row, ...]:
    half = max(1, len(case.principles) // 2)
    first = strongest(case)[: min(MOST_NAMED, half)]
    best = [(node, case.now(node)) for node in first]
    wide = [n for n in case.widest(case.principles) if case.is_behind(n)]
    behind = [n for n in wide if n not in first] or wide
    return (
        ("Where are we?", _where(case)),
        ("Where do we want to be?", _wanted(case)),
        ("What is strongest?", _named(case, best)),
        ("What holds us back?", _named(case, [(node, f"gap {case.gap(node)}") for node in behind[:MOST_NAMED]])),
        ("How sure are we?", sureness(case)),
    )


def _where(case: RenderContext) -> Markdown:
    root = case.root
    if root.value is None:
        return concat((f"Not scored. {root.because}".strip(),))
    figure, level = strong(case.now(ROOT)), case.level_now(ROOT, "")
    named = f", level {level}" if level else ""
    return concat((f"{bar(root.value, root.scale)} ", figure, f" of {_top(case)}{named}"))


def _wanted(case: RenderContext) -> Markdown:
    wanted = case.targets.get(ROOT)
    if wanted is None:
        return Markdown(DASH)
    parts = [f"{bar(wanted, case.scale(ROOT))} ", strong(case.target(ROOT)), f" of {_top(case)}"]
    ends = gains.planned_range(case)
    if ends and case.plan.placements:
        last = case.period_end(case.plan.periods).isoformat()
        parts.append(f"; this plan leads to {ends} by {last}: {gains.rests_on(case)}")
    return concat(parts)


def _named(case: RenderContext, nodes: Iterable[tuple[str, str]]) -> Markdown:
    """Links to nodes, each with a figure in brackets."""
    return join([concat((case.link(node), f" ({figure})")) for node, figure in nodes]) or Markdown(DASH)


def _decisions(case: RenderContext) -> Iterator[Row]:
    """What has to be decided first: at once, then what red findings leave open, then time, for which there is room."""
    until = case.period_end(1)
    number = 0
    for finding, decision in _at_once(case):
        number += 1
        decided = concat((decision_of(decision), " (", case.finding_link(finding), ")"))
        yield number, decided, case.role(decision.who), last_day_to_decide(case)
    for finding in [f for f in case.diagnosis.findings if f.red and f.settle][: max(0, MOST_SETTLED - number)]:
        number += 1
        who = ", ".join(_deciders(case, finding)) or _owner_of(case, finding)
        yield number, concat((finding.settle, " (", case.finding_link(finding), ")")), who, until
    for owner, days, names in _first_loads(case):
        number += 1
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        given = f"Free {short(days)} person-days of {case.role(owner)} in period 1 for "
        wanted = concat((given, case.initiative_links(names[:MOST_NAMED]), more))
        yield number, wanted, case.role(owner), min(case.placements[name].starts for name in names)


def _at_once(case: RenderContext) -> list[tuple[Finding, Decision]]:
    """The findings that ask for a decision at once."""
    return [(finding, finding.decision) for finding in case.diagnosis.findings if finding.decision]


def _deciders(case: RenderContext, finding: Finding) -> Iterator[str]:
    """The roles a finding quotes that can decide: no register, and nobody whose answers are anonymous."""
    shy = {*case.rubric.policies.anonymous, *case.sheet.shy}
    deciding = {role.title for role in case.rubric.roles if role.people and role.id not in shy}
    yield from (role for role in dict.fromkeys(case.role(quote.role) for quote in finding.quotes) if role in deciding)


def _owner_of(case: RenderContext, finding: Finding) -> str:
    known = (case.initiative(name) for name in finding.initiatives)
    return next((case.role(initiative.owner) for initiative in known if initiative), DASH)


def _first_loads(case: RenderContext) -> list[tuple[str, float, list[str]]]:
    """Owner, person-days and initiatives of the first period, most days first."""
    names: dict[str, list[str]] = {}
    for placement in first_period(case):
        names.setdefault(placement.owner, []).append(placement.initiative)
    loads = {load.owner: load.planned for load in case.plan.loads if load.period == 1}
    days = {owner: loads.get(owner, 0.0) for owner in names}
    return [(owner, days[owner], names[owner]) for owner in sorted(names, key=lambda o: (-days[o], o)) if days[owner]]


def _gaps(case: RenderContext) -> tuple[Row, ...]:
    rows = [(n, case.link(n)) for n in case.widest(case.principles)] + [(ROOT, strong(case.link(ROOT)))]
    return tuple((shown, case.shown(n), case.wanted(n), case.gap(n), case.level_now(n, DASH)) for n, shown in rows)

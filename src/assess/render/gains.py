"""What the plan adds, in figures that add up: every gain is one printed overall score less another."""

from decimal import Decimal

from assess.model.betterness import is_low
from assess.model.roadmap import Placement
from assess.model.rubric import ROOT
from assess.numbers import TOLERANCE, number_printed, short
from assess.render.context import DASH, RenderContext
from assess.words import listed


def at_its_turn(case: RenderContext, placement: Placement) -> Decimal | None:
    """What an initiative adds at its turn: the printed score after it less the printed score before."""
    return case.gains.get(placement.turn)


def gain_at_turn(case: RenderContext, placement: Placement) -> str:
    """The gain of an initiative at its turn; it stands with the one that brings the others along."""
    if placement.brought_by:
        return f"with {short_name(case, placement.brought_by)}"
    return signed(at_its_turn(case, placement))


def format_gain_alone(case: RenderContext, placement: Placement) -> str:
    """What an initiative would add if it were the only one."""
    if case.root.value is None:
        return DASH
    alone = case.points(ROOT, case.root.value + placement.gain_alone)
    return signed(number_printed(alone) - number_printed(case.now(ROOT)))


def signed(gain: Decimal | None) -> str:
    """A printed gain with its sign; nothing where there is no score."""
    return DASH if gain is None else f"{gain:+f}" if gain > 0 else f"{gain:f}"


def total_gain(case: RenderContext) -> Decimal | None:
    """What all initiatives add together: the sum of the printed gains."""
    path = case.path
    return number_printed(path[-1][1]) - number_printed(path[0][1]) if path else None


def span(case: RenderContext) -> str:
    """From which printed score to which the plan leads; empty where there is no score."""
    path = case.path
    return f"from {path[0][1]} to {path[-1][1]}" if path else ""


def gain_sentence(case: RenderContext, placement: Placement) -> str:
    """What an initiative adds, with those it goes together with, in the figures of the table of priorities."""
    if placement.brought_by:
        return f"What it adds is counted with {case.initiative_name(placement.brought_by)}."
    others = [
        case.initiative_name(p.initiative)
        for p in case.plan.placements
        if p.turn == placement.turn and p.initiative != placement.initiative
    ]
    subject = f"Together with {listed(others)} it" if others else "It"
    if placement.gain <= TOLERANCE:
        return f"{subject} does not move the overall score yet; other parts of it have to rise as well."
    gain = at_its_turn(case, placement)
    low, high = sorted(case.scale(ROOT))
    unit = Decimal(1).scaleb(int(number_printed(case.now(ROOT)).as_tuple().exponent))
    amount = f"{gain:f}" if gain else f"less than {unit:f}"
    runs = f"the overall score, which runs from {short(low, 2)} to {short(high, 2)}"
    if is_low(case.rubric, ROOT):
        return f"{subject} takes {amount.removeprefix('-')} points off {runs}; fewer are better."
    return f"{subject} adds {amount} points to {runs}."


def short_name(case: RenderContext, name: str) -> str:
    """The code of an initiative, or its title where it has none."""
    known = case.initiative(name)
    return known.code or known.title if known else name

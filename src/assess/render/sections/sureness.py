"""How sure the scores and the first moves are, where draws were made of the numbers as they stand."""

from collections.abc import Iterator
from typing import NamedTuple

from assess.formula.initiatives import least_gain
from assess.formula.odds import chance, drawn_gain
from assess.model.rubric import ROOT
from assess.model.uncertainty import Uncertainty
from assess.numbers import short
from assess.render.context import RenderContext
from assess.render.tables import Row


class DrawnPart(NamedTuple):
    """What draws came to: how many and from which seed, a row per node with a score, and one per first move."""

    draws: str
    seed: str
    enough: str
    scores: tuple[Row, ...]
    moves: tuple[Row, ...]


def drawn_part(case: RenderContext) -> DrawnPart | None:
    """The part about draws; None where none were made, or their numbers are no longer those of the document."""
    drawn = case.drawn
    if drawn is None:
        return None
    low, high = case.scale(ROOT)
    least = least_gain(case.rubric, case.sheet.engagement) * abs(high - low) / 100
    return DrawnPart(
        draws=f"{drawn.draws:,}",
        seed=str(drawn.seed),
        enough=short(least, 2),
        scores=tuple(_scores(case)),
        moves=tuple(_moves(case, drawn)),
    )


def _scores(case: RenderContext) -> Iterator[Row]:
    for node in case.scorecard.scores:
        ends = case.drawn_ends(node)
        if ends:
            yield case.link(node), case.now(node), ends, case.level_now(node, "")


def _moves(case: RenderContext, drawn: Uncertainty) -> Iterator[Row]:
    """The initiatives that start in the first period, in the order of their turns."""
    started = (p for p in case.plan.placements if p.period == 1 and p.initiative in drawn.gains)
    for placed in sorted(started, key=lambda p: (p.turn, p.start_week, p.initiative)):
        gain = drawn.gains[placed.initiative]
        low, middle, high = drawn_gain(case.rubric, case.scale(ROOT), gain)
        yield (
            case.initiative_link(placed.initiative),
            middle,
            f"{low} to {high}",
            chance(gain.enough),
            chance(gain.first),
        )

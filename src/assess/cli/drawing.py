"""What `assess score --draws` does: draws, keeps what they came to in the engagement, and prints it."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assess.cli.output import align_columns
from assess.problems import DocumentError, Problem

if TYPE_CHECKING:
    from assess.model.uncertainty import Uncertainty
    from assess.workflow import Assessment

NOTICE = (
    "# How sure the scores are: written by `assess score --draws`, read by `assess report` while the numbers stay.\n"
    "# Nothing here is to be edited; draw again instead.\n"
)
SCORES = ("", "score", "in nine of ten draws", "level")
MOVES = (
    "starts in the first period",
    "adds",
    "in nine of ten draws",
    "enough for the plan",
    "among the eight that lift most",
)


def draw_and_keep(path: Path, found: "Assessment", draws: int, seed: int | None) -> "Assessment":
    """An assessment with its draws, which stand in the folder of the engagement from now on.

    Raises DocumentError where they cannot be kept, or numpy is not there.
    """
    from assess.cli.files import refuse_occupied, write_whole
    from assess.collect import uncertainty_file
    from assess.documents.writer import dump

    file = uncertainty_file(path)
    refuse_occupied(file)
    drawn = _drawn(found, draws, seed)
    write_whole(file, NOTICE + dump(drawn.model_dump(mode="json")))
    kept = tuple(problem for problem in found.problems if problem.code != "drawn_before")
    return replace(found, drawn=drawn, problems=kept)


def _drawn(found: "Assessment", draws: int, seed: int | None) -> "Uncertainty":
    try:
        from assess.draws import draw_scores
    except ModuleNotFoundError as error:
        if error.name != "numpy":
            raise
        message = "draws need numpy, which is not installed"
        hint = "install it with this program: pip install 'social-assess[plan]'"
        raise DocumentError([Problem("extra_missing", message, hint=hint)]) from None
    return draw_scores(found, draws, seed)


def drawn_text(found: "Assessment", drawn: "Uncertainty") -> str:
    """How sure the scores are, and the initiatives the plan begins with."""
    tables = [drawn_heading(drawn), drawn_scores(found, drawn)]
    moves = drawn_moves(found, drawn)
    return "\n\n".join([*tables, moves] if moves else tables)


def drawn_heading(drawn: "Uncertainty") -> str:
    """How often was drawn, and with which seed."""
    return f"How sure the scores are, by {drawn.draws:,} draws (seed {drawn.seed}):"


def drawn_scores(found: "Assessment", drawn: "Uncertainty") -> str:
    """Every node with a score, the ends of nine in ten draws, and its level with a probability."""
    from assess.formula.figures import format_figure
    from assess.formula.odds import drawn_interval, odds_of_levels
    from assess.model.rubric import ROOT

    rows = [SCORES]
    for name, card in found.scorecard.scores.items():
        ends = drawn_interval(found.rubric, drawn, name, card.scale)
        if ends:
            title = "Overall" if name == ROOT else f"{card.code or name} {card.title}"
            value = format_figure(found.rubric, name, card.value, card.scale)
            rows.append((title, value, " to ".join(ends), odds_of_levels(found.rubric, drawn, name, card.level)))
    return align_columns(rows, right=frozenset({1}))


def drawn_moves(found: "Assessment", drawn: "Uncertainty") -> str:
    """The initiatives that start in the first period, with what they add alone; empty without any."""
    from assess.formula.odds import chance, drawn_gain
    from assess.model.rubric import ROOT

    rows = [MOVES]
    for placed in (p for p in found.plan.placements if p.period == 1 and p.initiative in drawn.gains):
        gain, known = drawn.gains[placed.initiative], found.rubric.initiative_by_id[placed.initiative]
        low, middle, high = drawn_gain(found.rubric, found.scale(ROOT), gain)
        title, often = f"{known.code or known.id} {known.title}", (chance(gain.enough), chance(gain.first))
        rows.append((title, middle, f"{low} to {high}", *often))
    return align_columns(rows, right=frozenset({1})) if len(rows) > 1 else ""

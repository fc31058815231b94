"""What draws say of a score, in words: a level with its probability, never alone one that is less likely than not."""

from assess.formula.figures import decimals_of, format_figure
from assess.model.rubric import ROOT, Rubric
from assess.model.uncertainty import GainInterval, Uncertainty
from assess.numbers import ScaleEnds, number

HALF = 0.5
_LEAST, _MOST = 0.01, 0.99


def chance(share: float) -> str:
    """A share of the draws in whole percent: two digits are all that some thousand draws can tell."""
    if share < _LEAST:
        return "under 1%"
    return "over 99%" if share > _MOST else f"{number(100 * share, 0)}%"


def odds_of_levels(rubric: Rubric, drawn: Uncertainty, node: str, level: str | None) -> str:
    """The level of a node with its probability; the two likeliest where it is less likely than not.

    Empty where nothing was drawn of the node, or it has no levels.
    """
    ranked = drawn.likeliest(node)
    titles = {known.key: known.title for known in rubric.levels_of(node)}
    said = [(titles[key], share) for key, share in ranked if key in titles]
    if not said or level not in titles:
        return ""
    own = dict(ranked).get(level, 0.0)
    if own >= HALF:
        return f"{titles[level]} in {chance(own)} of draws"
    return " or ".join(f"{title} in {chance(share)}" for title, share in said[:2]) + " of draws"


def drawn_interval(rubric: Rubric, drawn: Uncertainty, node: str, scale: ScaleEnds) -> tuple[str, str] | None:
    """The ends between which nine of ten draws lie, in points of a node, as printed; None where nothing was drawn."""
    found = drawn.scores.get(node)
    if found is None:
        return None
    low, high = (
        format_figure(rubric, node, x, scale, y) for x, y in ((found.low, found.high), (found.high, found.low))
    )
    return low, high


def drawn_gain(rubric: Rubric, scale: ScaleEnds, gain: GainInterval) -> tuple[str, str, str]:
    """The lower end, the middle and the upper end of a gain, in points of the overall score."""
    places, span = decimals_of(rubric, ROOT, scale), (scale[1] - scale[0]) / 100
    low, middle, high = (number(x * span, places) for x in (gain.low, gain.middle, gain.high))
    return low, middle, high

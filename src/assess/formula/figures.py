"""How the figures of a node or question are printed: its decimals, and what they are read against."""

from collections.abc import Mapping

from assess.formula.compile import conditions_of
from assess.formula.nodes import turns
from assess.formula.translate import translate_condition
from assess.model.betterness import is_low, levels_said
from assess.model.rubric import Rubric
from assess.numbers import BELOW, NEAR, NOT_SCORED, TOLERANCE, Beside, ScaleEnds, figure, in_full, native, places_of


def decimals_of(rubric: Rubric, name: str, scale: ScaleEnds, least: int = 0) -> int:
    """Decimals of a node or question: its own, else of the nearest node above, else of the rubric, else by its span.

    least: so many at least where no rubric says how many.
    """
    said = next((node.decimals for node in rubric.upwards(name) if node.decimals is not None), None)
    return max(places_of(scale), least) if said is None else said


def limits_of(rubric: Rubric) -> Mapping[str, tuple[float, ...]]:
    """The figures that conditions compare the answer to a number question with, by question."""
    known: dict[str, tuple[float, ...]] | None = rubric.derived.get(limits_of)
    if known is None:
        found: dict[str, dict[float, None]] = {}
        for question, facet, at in turns(
            tuple(translate_condition(rubric, text) for _, _, text in conditions_of(rubric))
        ):
            if facet == "number":
                found.setdefault(question, {})[at] = None
        known = rubric.derived[limits_of] = {question: tuple(figures) for question, figures in found.items()}
    return known


def figures_beside(rubric: Rubric, name: str, *others: float | None, wanted: float | None = None) -> Beside:
    """What a figure of a node is read against: its levels, a target, and figures that stand beside it."""
    home = rubric.home_of[name] if name in rubric.question_by_id else name
    # The first level is always reached.
    starts = _starts(rubric, home)
    known = tuple(other for other in others if other is not None)
    aims = () if wanted is None else (wanted,)
    # Where a value on a threshold has not reached the level, one above it must not be printed on it.
    # So it is on a scale that is read downwards, on the other side.
    shut = (rubric.node_by_id[home].closed or rubric.closed) == ("below" if is_low(rubric, home) else "above")
    return Beside((), aims, (*known, *starts)) if shut else Beside(starts, aims, known)


def _starts(rubric: Rubric, node: str) -> tuple[float, ...]:
    """The thresholds of a node on 0..100, as its scale is read."""
    said = [level.at for level in levels_said(rubric, node)[1:]]
    return tuple(100 - at for at in said) if is_low(rubric, node) else tuple(said)


def format_figure(
    rubric: Rubric,
    name: str,
    value: float | None,
    scale: ScaleEnds,
    *others: float | None,
    wanted: float | None = None,
    least: int = 0,
) -> str:
    """A value on 0..100 in points of a scale, never on the wrong side of what it is read against.

    `below` the threshold that it lies right beside. least: as in `decimals_of`.
    """
    if value is None:
        return NOT_SCORED
    if name in rubric.node_by_id and is_beside(rubric, name, value):
        return begins(rubric, name, value, scale, least)
    against = figures_beside(rubric, name, *others, wanted=wanted)
    return f"{figure(value, scale, decimals_of(rubric, name, scale, least), against):f}"


def is_beside(rubric: Rubric, node: str, value: float) -> bool:
    """Whether a value on 0..100 lies right below a threshold of a scale on which more is worse and not on it."""
    shut = is_low(rubric, node) and (rubric.node_by_id[node].closed or rubric.closed) == "below"
    return shut and any(TOLERANCE < value - start < NEAR for start in _starts(rubric, node))


def tight(rubric: Rubric, name: str, scale: ScaleEnds, low: float | None, high: float | None) -> tuple[float, ...]:
    """The ends between which a value lies, where they differ and its own decimals would print them alike."""
    if low is None or high is None or high - low <= TOLERANCE:
        return ()
    alike = format_figure(rubric, name, low, scale) == format_figure(rubric, name, high, scale)
    return (low, high) if alike else ()


def begins(rubric: Rubric, name: str, at: float, scale: ScaleEnds, least: int = 0) -> str:
    """Where a level begins, in points of the scale of a node: a threshold on 0..100 with all its decimals.

    `below` it where a level holds what is less.
    """
    said = next((start for start in _starts(rubric, name) if abs(start - at) < NEAR), at)
    threshold = in_full(native(said, scale), decimals_of(rubric, name, scale, least))
    return f"{BELOW}{threshold}" if is_beside(rubric, name, at) else threshold

"""How one answer gets its value, as a pencil does it: the rule of its question and the figures of the answer."""

from collections.abc import Callable, Iterator

from assess.formula.normalise import option_scores, question_scale
from assess.formula.readings import answer_value
from assess.model.answers import AnswerValue
from assess.model.questions import Band, Goalposts, Option, Question
from assess.model.rubric import Rubric
from assess.numbers import measured, native, short

PLACES = 6
Label = Callable[[Option], str]


def is_stepped(rubric: Rubric, question: Question) -> bool:
    """Whether the options are worth equal steps in their order, so that its points say how an answer is valued."""
    ordered = question.type in ("level", "scale") and not question.is_reversed
    return ordered and all(option.score is None for option in rubric.options_of(question))


def rule_of(rubric: Rubric, question: Question, label: Label) -> str:
    """What the answers to a question are worth from 0 to 100; empty where they have no value."""
    if question.type == "number":
        return _number_rule(question)
    if question.type == "yesno":
        return "yes 0, no 100" if question.is_reversed else "yes 100, no 0"
    options = [*zip(rubric.options_of(question), option_scores(rubric, question), strict=True)]
    listed = ", ".join(f"{label(o)} {short(s, PLACES)}{_needed(o)}" for o, s in options if s is not None)
    if question.type == "multi":
        return f"the points ticked, of the points of all: {listed}"
    if not listed:
        return ""
    turned = "; then turned round" if question.is_reversed else ""
    return f"points, the fewest worth 0 and the most worth 100: {listed}{turned}"


def _needed(option: Option) -> str:
    return "" if option.must is None else f" (at most {short(option.must, PLACES)} of 100 without it)"


def _number_rule(question: Question) -> str:
    def shown(number: float) -> str:
        return measured(number, question.unit, PLACES, one=question.unit_one)

    posts, band = question.goalposts, question.band
    if posts:
        line = "on their logarithms" if posts.log else "in a straight line"
        return f"worst {shown(posts.worst)}, best {shown(posts.best)}, {line} between them"
    if band:
        ends = f"{shown(band.zero_below)} and at {shown(band.zero_above)}"
        return f"100 from {shown(band.start)} to {shown(band.to)}, in straight lines to 0 at {ends}"
    return ""


def worked(rubric: Rubric, question: Question, raw: AnswerValue, label: Label) -> str:
    """The steps from an answer to its value on 0..100, the value last; empty for an answer without one."""
    value = answer_value(rubric, question, raw)
    if value is None:
        return ""
    if question.type == "multi" and isinstance(raw, tuple):
        steps, *limits = _ticked(rubric, question, raw, label)
        return "; ".join([steps, *limits]) + (f": {short(value, PLACES)}" if limits else "")
    if question.type == "number" and isinstance(raw, int | float):
        if question.goalposts:
            return _between(question.goalposts, raw, value)
        return _in_band(question.band, raw, value) if question.band else ""
    return short(value, PLACES) if question.type == "yesno" else _scored(rubric, question, value)


def _scored(rubric: Rubric, question: Question, value: float) -> str:
    """The points of an option between the fewest and the most points."""
    scale = question_scale(rubric, question)
    straight = 100 - value if question.is_reversed else value
    points = native(straight, (scale.min, scale.max))
    steps = f"{_share(points, scale.min, scale.max)} = {short(straight, PLACES)}"
    return f"{steps}; 100 - {short(straight, PLACES)} = {short(value, PLACES)}" if question.is_reversed else steps


def _ticked(rubric: Rubric, question: Question, ticked: tuple[str, ...], label: Label) -> Iterator[str]:
    """The points ticked over all points, then the highest value allowed without each option that is needed."""
    options = [*zip(rubric.options_of(question), option_scores(rubric, question), strict=True)]
    own = [score or 0.0 for option, score in options if option.key in ticked]
    everything = [score or 0.0 for _, score in options]
    total = sum(everything)
    yield f"100 times {_added(own)} / {_added(everything)} = {short(100 * sum(own) / total if total else 0.0, PLACES)}"
    missing = (option for option, _ in options if option.must is not None and option.key not in ticked)
    yield from (f"at most {short(option.must or 0.0, PLACES)} without {label(option)}" for option in missing)


def _added(scores: list[float]) -> str:
    figures = [short(score, PLACES) for score in scores if score]
    return f"({' + '.join(figures)})" if len(figures) > 1 else "".join(figures) or "0"


def _between(posts: Goalposts, number: float, value: float) -> str:
    if not posts.log:
        return _held(_share(number, posts.worst, posts.best), number, (posts.worst, posts.best), value)
    if number <= 0:
        return f"{short(number, PLACES)} has no logarithm and counts as the end nearer to 0: {short(value, PLACES)}"
    return _held(_share(number, posts.worst, posts.best, "ln "), number, (posts.worst, posts.best), value)


def _in_band(band: Band, number: float, value: float) -> str:
    if number < band.start and band.start > band.zero_below:
        return _held(_share(number, band.zero_below, band.start), number, (band.zero_below, band.start), value)
    if number > band.to and band.zero_above > band.to:
        return _held(_share(number, band.zero_above, band.to), number, (band.zero_above, band.to), value)
    inside = band.start <= number <= band.to
    return f"{'inside' if inside else 'outside'} the band: {short(value, PLACES)}"


def _held(steps: str, number: float, ends: tuple[float, float], value: float) -> str:
    """The steps with the value; beyond the ends, with the end that counts instead."""
    if min(ends) <= number <= max(ends):
        return f"{steps} = {short(value, PLACES)}"
    # The ends come from the one worth 0 to the one worth 100, whichever is the greater number.
    return f"{short(number, PLACES)} lies beyond {short(ends[value > 0], PLACES)}: {short(value, PLACES)}"


def _share(number: float, start: float, end: float, term: str = "") -> str:
    """The way from `start` to `end` that a number has gone, as a calculation."""
    x, low, high = (f"{term}{short(figure, PLACES)}" for figure in (number, start, end))
    return f"100 times ({x} - {_bracketed(low)}) / ({high} - {_bracketed(low)})"


def _bracketed(figure: str) -> str:
    return f"({figure})" if figure.startswith("-") else figure

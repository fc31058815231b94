"""What one answer is worth on 0 to 100, and how a pencil gets there: the rule of its question, and the steps."""

import math
from collections.abc import Callable, Iterator
from typing import assert_never

from assess.formula.normalise import option_scores, option_values, question_scale
from assess.model.answers import AnswerValue
from assess.model.betterness import is_turned
from assess.model.questions import Band, Goalposts, Option, PointStep, Question
from assess.model.rubric import Rubric
from assess.numbers import TOLERANCE, measured, native, short

PLACES = 6
Label = Callable[[Option], str]


def answer_value(rubric: Rubric, question: Question, raw: AnswerValue) -> float | None:
    """The value of one answer on 0..100 (docs/method.md, section 2), None for answers that have none."""
    worth = question.traits.worth
    match worth:
        case "ticks":
            return _checklist(rubric, question, raw) if isinstance(raw, tuple) else None
        case "figure":
            return _measured(rubric, question, raw) if isinstance(raw, int | float) else None
        case "steps" | "scores":
            return option_values(rubric, question).get(raw) if isinstance(raw, str) else None
        case "nothing":
            return None
        case _:
            assert_never(worth)


def _measured(rubric: Rubric, question: Question, number: float) -> float | None:
    if question.goalposts:
        return on_goalposts(question.goalposts, number)
    if question.steps:
        return on_steps(rubric, question, number)
    return in_band(question.band, number) if question.band else None


def _checklist(rubric: Rubric, question: Question, ticked: tuple[str, ...]) -> float:
    options = rubric.options_of(question)
    scores = dict(zip((o.key for o in options), option_scores(rubric, question), strict=True))
    total = math.fsum(score or 0 for score in scores.values())
    reached = math.fsum(scores.get(key) or 0 for key in ticked)
    caps = [o.must for o in options if o.must is not None and o.key not in ticked]
    return _turned(rubric, question, min([100 * reached / total if total else 0.0, *caps]))


def _turned(rubric: Rubric, question: Question, value: float) -> float:
    """A value turned round where more points are worse."""
    return 100 - value if is_turned(rubric, question) else value


def on_goalposts(posts: Goalposts, number: float) -> float:
    """100 clip((x - worst) / (best - worst), 0, 1), on logarithms if asked; either direction."""
    if not posts.log:
        share = (number - posts.worst) / (posts.best - posts.worst)
    elif number <= 0:
        share = 0.0 if posts.worst < posts.best else 1.0
    else:
        share = (math.log(number) - math.log(posts.worst)) / (math.log(posts.best) - math.log(posts.worst))
    return 100 * min(max(share, 0.0), 1.0)


def in_band(band: Band, number: float) -> float:
    """100 inside the band, falling in a straight line to 0 at its outer ends."""
    if number < band.start:
        width = band.start - band.zero_below
        return 100 * max(0.0, (number - band.zero_below) / width) if width else 0.0
    if number > band.to:
        width = band.zero_above - band.to
        return 100 * max(0.0, (band.zero_above - number) / width) if width else 0.0
    return 100.0


def step_of(question: Question, number: float) -> PointStep:
    """The last step that begins at or below a number, or the first."""
    reached = [step for step in question.steps if step.start <= number + TOLERANCE]
    return reached[-1] if reached else question.steps[0]


def on_steps(rubric: Rubric, question: Question, number: float) -> float:
    """100 (points - fewest) / (most - fewest) for the step a number is on, turned round where more points are worse."""
    points = [step.points for step in question.steps]
    fewest, most = min(points), max(points)
    return _turned(rubric, question, 100 * (step_of(question, number).points - fewest) / (most - fewest))


def is_stepped(rubric: Rubric, question: Question) -> bool:
    """Whether the options are worth equal steps in their order, so that its points say how an answer is valued."""
    ordered = question.traits.reads == "steps" and not is_turned(rubric, question)
    return ordered and all(option.score is None for option in rubric.options_of(question))


def worth_rule(rubric: Rubric, question: Question, label: Label) -> str:
    """What the answers to a question are worth from 0 to 100; empty where they have no value."""
    options = [*zip(rubric.options_of(question), option_scores(rubric, question), strict=True)]
    listed = ", ".join(f"{label(o)} {short(s, PLACES)}{_needed(o)}" for o, s in options if s is not None)
    worth = question.traits.worth
    match worth:
        case "figure":
            return _number_rule(rubric, question)
        case "ticks":
            turned = "; then turned round" if is_turned(rubric, question) else ""
            return f"the points ticked, of the points of all: {listed}{turned}"
        case "steps" | "scores" if question.traits.options:
            return ", ".join(f"{key} {short(x or 0.0)}" for key, x in [*option_values(rubric, question).items()][::-1])
        case "steps" | "scores":
            turned = "; then turned round" if is_turned(rubric, question) else ""
            return f"points, the fewest worth 0 and the most worth 100: {listed}{turned}" if listed else ""
        case "nothing":
            return ""
        case _:
            assert_never(worth)


def _ends_said(rubric: Rubric, question: Question) -> str:
    worst, best = ("most", "fewest") if is_turned(rubric, question) else ("fewest", "most")
    return f"the {worst} worth 0 and the {best} worth 100"


def _needed(option: Option) -> str:
    return "" if option.must is None else f" (at most {short(option.must, PLACES)} of 100 without it)"


def _number_rule(rubric: Rubric, question: Question) -> str:
    def shown(number: float) -> str:
        return measured(number, question.unit, PLACES, one=question.unit_one)

    posts, band = question.goalposts, question.band
    if question.steps:
        first, *later = question.steps
        listed = [f"below {shown(later[0].start)} {short(first.points, PLACES)}"] if later else []
        listed += [f"from {shown(step.start)} {short(step.points, PLACES)}" for step in later]
        return f"points, {_ends_said(rubric, question)}: {', '.join(listed)}"
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
    worth = question.traits.worth
    match worth:
        case "ticks":
            steps, *limits = _ticked(rubric, question, raw if isinstance(raw, tuple) else (), label)
            straight = short(_turned(rubric, question, value), PLACES)
            told = "; ".join([steps, *limits]) + (f": {straight}" if limits else "")
            return f"{told}; 100 - {straight} = {short(value, PLACES)}" if is_turned(rubric, question) else told
        case "figure":
            return _placed(rubric, question, float(raw) if isinstance(raw, int | float) else 0.0, value)
        case "steps" | "scores":
            return short(value, PLACES) if question.traits.options else _scored(rubric, question, value)
        case "nothing":
            return ""
        case _:
            assert_never(worth)


def _placed(rubric: Rubric, question: Question, number: float, value: float) -> str:
    """Where a number lies between goalposts, on steps or in a band."""
    if question.steps:
        return _on_step(rubric, question, number, value)
    if question.goalposts:
        return _between(question.goalposts, number, value)
    return _in_band(question.band, number, value) if question.band else ""


def _on_step(rubric: Rubric, question: Question, number: float, value: float) -> str:
    """The points of the step a number is on, between the fewest and the most."""
    points, step = [other.points for other in question.steps], step_of(question, number)
    brought = f"{short(step.points, PLACES)} from {short(step.start, PLACES)} on"
    if step.start > number:
        brought = f"{short(step.points, PLACES)} below {short(question.steps[1].start, PLACES)}"
    return f"{brought}; {_turned_text(rubric, question, _share(step.points, min(points), max(points)), value)}"


def _turned_text(rubric: Rubric, question: Question, steps: str, value: float) -> str:
    """Steps to a value, and back from 100 where more points are worse."""
    straight = short(_turned(rubric, question, value), PLACES)
    back = f"; 100 - {straight} = {short(value, PLACES)}" if is_turned(rubric, question) else ""
    return f"{steps} = {straight}{back}"


def _scored(rubric: Rubric, question: Question, value: float) -> str:
    """The points of an option between the fewest and the most points."""
    scale = question_scale(rubric, question)
    points = native(_turned(rubric, question, value), (scale.min, scale.max))
    return _turned_text(rubric, question, _share(points, scale.min, scale.max), value)


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

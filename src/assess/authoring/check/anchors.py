"""Anchors and scores in a row: percentages rise and do not overlap, the worst stands first, and no step is left out."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assess.authoring.check.context import Found, Subject
from assess.authoring.check.labels import rows
from assess.model.betterness import is_turned
from assess.model.questions import Question
from assess.numbers import short

NUMBER = r"(\d+(?:\.\d+)?)"
RANGE = re.compile(
    rf"{NUMBER}\s*(?:%\s*)?(?:-|\u2013|to|and under|and below)\s*{NUMBER}\s*%|at least {NUMBER}% and under {NUMBER}%",
    re.IGNORECASE,
)
LEAST = re.compile(rf"\b(?:at least|more than|over|from)\s+{NUMBER}\s*%|{NUMBER}\s*% or more", re.IGNORECASE)
PERCENT = re.compile(r"\d\s*%|per cent|percent")
NOTHING = re.compile(
    r"(?:nobody|no|nothing|none|never|nowhere|neither|not at all|there (?:is|are|were) no)\b", re.IGNORECASE
)
WHOLE = re.compile(r"\d{1,3}")
SHORTEST = 3


def _span(label: str) -> tuple[float, float | None] | None:
    """From which percentage on an anchor holds, and below which, where it says one and only one."""
    if len(PERCENT.findall(label)) > 2:  # noqa: PLR2004 - a range names two
        return None
    ranges = [[float(number) for number in found.groups() if number] for found in RANGE.finditer(label)]
    if len(ranges) == 1 and len(ranges[0]) > 1:
        return ranges[0][0], ranges[0][1]
    least = [float(next(filter(None, found.groups()))) for found in LEAST.finditer(label)]
    return (least[0], None) if len(least) == 1 and len(PERCENT.findall(label)) == 1 else None


def percentages(subject: Subject) -> Found:
    """Percentages in the anchors of a level question rise and do not overlap."""
    for row in (row for question in _levels(subject) for row in rows(subject, question)):
        name, spans = (
            row.question.id,
            [(place, span) for place, label in enumerate(row.labels) if (span := _span(label))],
        )
        for (before, (low, top)), (place, (start, _)) in pairwise(spans):
            message = ""
            if start < low:
                message = f"{short(start, 2)}% in an anchor of '{name}'{row.readers} follows {short(low, 2)}%"
            elif top is not None and start < top:
                among = f"{short(start, 2)}% in an anchor of '{name}'{row.readers}"
                message = f"{among} begins below the {short(top, 2)}% before it"
            if message and row.is_own(before, place):
                hint = "let the percentages rise from anchor to anchor, each beginning where the one before it ends"
                route = row.route(before, place)
                yield subject.found("anchor_order", message, name, *route, hint=hint, severity="note")


def _levels(subject: Subject) -> Iterator[Question]:
    own = (q for q in subject.rubric.questions() if q.traits.anchored and not q.options_from)
    return (q for q in own if not is_turned(subject.rubric, q))


def nothing_first(subject: Subject) -> Found:
    """The anchor that says that nothing is there is the lowest one; English rubrics only."""
    if not subject.is_english:
        return
    for row in (row for question in _levels(subject) for row in rows(subject, question)):
        name, empty = row.question.id, [bool(NOTHING.match(label)) for label in row.labels]
        place = empty.index(True) if sum(empty) == 1 else 0
        if place and row.is_own(place):
            message = (
                f"anchor {place + 1} of '{name}'{row.readers} says that nothing is there, and others stand below it"
            )
            hint = "list the anchors from the lowest to the highest"
            yield subject.found("anchor_order", message, name, *row.route(place), hint=hint, severity="note")


def score_holes(subject: Subject) -> Found:
    """A row of whole scores in steps of one leaves none out, unless others written apart leave out the same.

    A shared list is one row and is told once.
    """
    listed = [question for question in subject.rubric.questions() if question.traits.holds == "option"]
    first = {question.options_from or question.id: question for question in reversed(listed)}
    rows = {question.id: _row(subject, question) for question in first.values()}
    usual = Counter(rows.values())
    for name, row in rows.items():
        hole = _hole(row)
        if hole is not None and usual[row] < SHORTEST:
            message = f"the scores of '{name}' step over {hole}: {', '.join(str(score) for score in row)}"
            hint = "add the option that is worth it, or give the options even scores"
            yield subject.found("hole", message, name, *_options(subject, name), hint=hint, severity="note")


def label_holes(subject: Subject) -> Found:
    """A row of options that are numbers leaves none out."""
    for question in subject.rubric.questions():
        labels = [option.label.strip() for option in subject.rubric.options_of(question)]
        row = tuple(sorted({int(label) for label in labels if WHOLE.fullmatch(label)}))
        hole = _hole(row) if len(row) == len(labels) else None
        if hole is not None:
            message = f"the options of '{question.id}' step over {hole}"
            where = _options(subject, question.id)
            yield subject.found("hole", message, question.id, *where, hint="add the option", severity="note")


def _options(subject: Subject, question: str) -> tuple[str, ...]:
    return ("options_from",) if subject.rubric.question_by_id[question].options_from else ("options",)


def _row(subject: Subject, question: Question) -> tuple[int, ...]:
    """The scores of a question in order, each once; empty when one of them is missing or no whole number."""
    scores = [option.score for option in subject.rubric.options_of(question)]
    whole = [int(score) for score in scores if score is not None and score == int(score)]
    return tuple(sorted(set(whole))) if len(whole) == len(scores) else ()


def _hole(row: Sequence[int]) -> int | None:
    """The one number that is missing in a row of whole numbers, if it is but one."""
    missing = sorted({*range(row[0], row[-1])} - {*row}) if len(row) >= SHORTEST else []
    return missing[0] if len(missing) == 1 else None


ANCHOR_RULES = (percentages, nothing_first, score_holes, label_holes)

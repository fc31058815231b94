"""What is to be said of decisions once scores and findings are known: what is not there, and what has moved."""

from collections.abc import Iterable, Iterator

from assess.collect.decided import WrittenDecision
from assess.formula.decisions import node_figures
from assess.model.decisions import FindingDecision, InitiativeDecision, OwnWords
from assess.model.findings import Diagnosis
from assess.model.roadmap import UnkeptPin
from assess.model.rubric import Rubric
from assess.model.scorecard import Scorecard
from assess.problems import Problem
from assess.words import listed


def decision_remarks(
    rubric: Rubric, scorecard: Scorecard, diagnosis: Diagnosis, decided: Iterable[WrittenDecision]
) -> Iterator[Problem]:
    """A warning for every decision about a finding that is not there, and for words whose figures moved.

    Words that name no figures get a note with those of today.
    """
    for each in decided:
        entry = each.entry
        if isinstance(entry, OwnWords):
            yield from _of_words(each, entry.figures, node_figures(rubric, scorecard, entry.node), f"'{entry.node}'")
        elif isinstance(entry, FindingDecision):
            yield from _of_finding(each, entry, diagnosis)


def unkept_decisions(decided: Iterable[WrittenDecision], unkept: Iterable[UnkeptPin]) -> Iterator[Problem]:
    """A warning for every pin that finds no place, with the decisions that clash with it."""
    written = [*decided]
    for pin in unkept:
        entries = [(each, each.entry) for each in written if isinstance(each.entry, InitiativeDecision)]
        others = [each.place for each, entry in entries if entry.initiative in pin.others and not entry.pin]
        clash = f" (it clashes with {listed(others)})" if others else ""
        for each, entry in entries:
            if entry.initiative == pin.initiative and entry.pin:
                message = f"{pin.because}{clash}"
                yield each.problem("decision", message, "pin", hint=pin.way_out, severity="warning")


def _of_finding(each: WrittenDecision, entry: FindingDecision, diagnosis: Diagnosis) -> Iterator[Problem]:
    today = diagnosis.standing.get(entry.finding)
    if today is None:
        message = f"there is no finding '{entry.finding}' today; what was decided about it changes nothing"
        hint = "leave the entry for the day it comes back, or take it out"
        yield each.problem("idle_decision", message, "finding", hint=hint, severity="warning")
    elif entry.rewords:
        yield from _of_words(each, entry.figures, today, f"'{entry.finding}'")
    urgent = next((finding.urgent for finding in diagnosis.hidden if finding.id == entry.finding), None)
    if urgent and entry.hide:
        message = f"'{entry.finding}' is urgent ({urgent}) and left out of the papers by decision of {entry.who}"
        hint = "let those know who answer for it; accept it until a day if it is known and cannot be mended at once"
        yield each.problem("decision", message, "hide", hint=hint, severity="warning")


def _of_words(each: WrittenDecision, then: str | None, today: str, about: str) -> Iterator[Problem]:
    """Whether the figures that words about something speak of are still those of today."""
    if then is None:
        message = f"the words about {about} do not say of which figures they were written"
        hint = f"write figures: {today}, and it is told when they move"
        yield each.problem("own_figures", message, "figures", hint=hint, severity="note")
    elif then != today:
        message = f"the figures of {about} have moved since {each.entry.who} wrote about them; the papers say so"
        hint = f"read the words again; if they still hold write figures: {today}"
        yield each.problem("own_figures", message, "figures", hint=hint, severity="warning")

"""What was decided: about the plan, about findings, what is accepted for a time, and the author's own words."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from assess.formula.decision_words import (
    DecisionState,
    decided_by,
    finding_in_words,
    finding_state,
    steering_in_words,
    words_in_force,
    words_remark,
)
from assess.model.decisions import FindingDecision
from assess.model.finding_names import finding_subjects
from assess.model.findings import Finding
from assess.model.rubric import ROOT
from assess.render.context import RenderContext, as_sentence
from assess.render.markdown import HARD_BREAK, Markdown, concat, join, lines, strong
from assess.render.sections.findings import NAMES
from assess.render.tables import Row

STATES: Mapping[DecisionState, str] = {
    "in force": "In force",
    "expired": "Expired: it is a finding again",
    "idle": "Not found today",
}


class DecisionsChapter(NamedTuple):
    """The chapter on decisions; `accepted` is what is accepted, `scores` where that would make a difference.

    pins: what would be planned without what is to be in the plan in any case; empty where that is not known.
    """

    initiatives: tuple[Row, ...]
    pins: Markdown
    findings: tuple[Row, ...]
    accepted: tuple[Row, ...]
    scores: tuple[Row, ...]


def decided(case: RenderContext) -> tuple[DecisionsChapter, ...]:
    """The chapter on decisions; none where nothing was decided about plan or findings."""
    decisions = case.decisions
    if not (decisions.initiatives or decisions.findings):
        return ()
    return (
        DecisionsChapter(
            initiatives=tuple(_initiatives(case)),
            pins=_pins(case),
            findings=tuple(_findings(case)),
            accepted=tuple((case.link(f.node), as_sentence(f.title), as_sentence(f.told)) for f in accepted(case)),
            scores=tuple(_scores(case)),
        ),
    )


def accepted(case: RenderContext) -> tuple[Finding, ...]:
    """The findings that are accepted for a time."""
    return case.diagnosis.accepted


def _initiatives(case: RenderContext) -> Iterator[Row]:
    for entry in case.decisions.initiatives:
        said, by = steering_in_words(case.rubric, entry), decided_by(entry.who, entry.dated)
        yield case.initiative_link(entry.initiative), said, by, as_sentence(entry.why), _weeks(case, entry.initiative)


def _pins(case: RenderContext) -> Markdown:
    """What the plan would lead to without pins, and what would be in it then and is not, and the other way round."""
    free, ends_at = case.plan.free, case.plan.projection.high
    if free is None or free.ends_at is None or ends_at is None:
        return Markdown("")
    there, here = case.points(ROOT, free.ends_at, ends_at), case.points(ROOT, ends_at, free.ends_at)
    ends = f"end at {there} instead of {here}" if there != here else f"end at {here} as well"
    more = join([case.initiative_link(name) for name in sorted(free.initiatives - case.placements.keys())])
    less = join([case.initiative_link(name) for name in sorted(case.placements.keys() - free.initiatives)])
    said = [f"Planned anew without what is to be in it in any case, the plan would {ends}"]
    said += [concat(("; it would hold ", more, " as well"))] if more else []
    said += [concat(("; it would not hold ", less))] if less else []
    return concat((*said, "."))


def _weeks(case: RenderContext, name: str) -> str:
    """When the plan has an initiative; that it is left out where it has not."""
    placed = case.placements.get(name)
    if name in {pin.initiative for pin in case.plan.unkept}:
        return "No place found"
    if placed is None:
        return "Done" if name in case.sheet.engagement.done else "Left out"
    return f"{placed.starts.isoformat()} to {placed.last_day.isoformat()}"


def _findings(case: RenderContext) -> Iterator[Row]:
    for entry in case.decisions.findings:
        state = STATES[finding_state(entry, case.diagnosis, case.sheet.engagement.assessed_on)]
        told = (finding_in_words(entry), decided_by(entry.who, entry.dated), as_sentence(entry.why), state)
        yield _subject(case, entry), *told


def _subject(case: RenderContext, entry: FindingDecision) -> Markdown:
    """What an entry is about: a link to the finding where it is told, else its kind and its place."""
    found = next((finding for finding in case.diagnosis.findings if finding.id == entry.finding), None)
    if found is not None:
        return case.finding_link(found)
    kind, node = finding_subjects(case.rubric)[entry.finding]
    return concat((case.link(node), f": {NAMES[kind]}"))


def _scores(case: RenderContext) -> Iterator[Row]:
    """Every node that what is accepted makes a difference to, the whole last."""
    changed = case.with_acceptances
    for node in (*(name for name in changed if name != ROOT), *([ROOT] if ROOT in changed else [])):
        yield case.link(node), case.now(node), case.points(node, changed[node], case.score(node).value)


def with_accepted(case: RenderContext, node: str) -> str:
    """The score a node would have where what is accepted counts as met; empty where that is its score."""
    value = case.with_acceptances.get(node)
    return "" if value is None else case.points(node, value, case.score(node).value)


def own_words(case: RenderContext, node: str) -> Markdown:
    """What the author of the papers says about a node, with the name; marked where the figures moved since."""
    words = words_in_force(case, node)
    if words is None:
        return Markdown("")
    remark = words_remark(case, words)
    marked = [concat((strong("Note:"), f" {remark}."))] if remark else []
    first, *others = lines(words.text)
    return join([concat((strong(f"{words.who}:"), " ", first)), *others, *marked], HARD_BREAK)

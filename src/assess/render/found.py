"""What was found: strengths first, then what needs attention, each with its reason, quotes and ways out."""

from typing import NamedTuple

from assess.model.findings import Finding, FindingKind
from assess.numbers import short
from assess.render.case import DASH, Case, sentence
from assess.render.markdown import Markdown, anchor, concat, join
from assess.render.tables import Row

NAMES: dict[FindingKind, str] = {
    "clash": "word and deed differ",
    "disagreement": "roles disagree",
    "gate": "a necessary condition is missing",
    "gap": "gap to the target",
    "unproved": "claimed and not shown",
    "blind_spot": "not known",
    "silence": "nobody answered",
    "strength": "strength",
}


class Passage(NamedTuple):
    """A finding that is told at length."""

    id: str
    anchor: str
    title: str
    kind: str
    red: bool
    node: Markdown
    says: str
    because: str
    quotes: tuple[Row, ...]
    settle: str
    ways: Markdown


class Found(NamedTuple):
    """The chapter of findings, kind by kind."""

    strengths: tuple[Row, ...]
    told: tuple[Passage, ...]
    conditions: tuple[Row, ...]
    gaps: tuple[Row, ...]
    unproved: tuple[Row, ...]
    unknown: tuple[Row, ...]
    perception: tuple[Row, ...]


def found(case: Case) -> Found:
    """The chapter of findings."""
    gates = case.diagnosis.of("gate")
    told = [*case.diagnosis.of("clash", "disagreement"), *(f for f in gates if f.red)]
    return Found(
        strengths=tuple(
            (*_cells(case, f), concat((sentence(f.says or f.title),))) for f in case.diagnosis.of("strength")
        ),
        told=tuple(_passage(case, f) for f in told),
        conditions=tuple(_condition(case, f) for f in gates if not f.red),
        gaps=_gaps(case),
        unproved=tuple(_said(case, f) for f in case.diagnosis.of("unproved")),
        unknown=tuple(_said(case, f) for f in case.diagnosis.of("blind_spot", "silence")),
        perception=tuple((case.link(node), short(levels, 2)) for node, levels in case.diagnosis.perception),
    )


def _cells(case: Case, finding: Finding) -> tuple[Markdown]:
    return (concat((anchor(case.finding_anchors[finding.id]), case.link(finding.node))),)


def _said(case: Case, finding: Finding) -> Row:
    says = sentence(finding.says or finding.title)
    return (*_cells(case, finding), NAMES[finding.kind], says, case.initiative_links(finding.initiatives))


def _condition(case: Case, finding: Finding) -> Row:
    """A necessary condition that is missing and holds nothing down today."""
    says = join([sentence(finding.says or finding.title), *_reason(case, finding)], " ")
    return (*_cells(case, finding), finding.title, says, case.initiative_links(finding.initiatives))


def _reason(case: Case, finding: Finding) -> tuple[str, ...]:
    """The reason of a finding, unless what it says holds it already."""
    told = finding.because.strip(". ") in finding.says
    return () if told else (sentence(case.discreet(finding.because)),)


def _gaps(case: Case) -> tuple[Row, ...]:
    """Criteria short of their target, in the order of the diagnosis; red ones are marked in words."""
    rows: list[Row] = []
    for finding in case.diagnosis.of("gap"):
        known = finding.node in case.scorecard.scores
        now, distance = (case.shown(finding.node), case.gap(finding.node)) if known else (DASH, DASH)
        says = join(
            [*(["Needs attention first."] if finding.red else []), sentence(finding.says or finding.title)], " "
        )
        rows.append((*_cells(case, finding), now, distance, says, case.initiative_links(finding.initiatives)))
    return tuple(rows)


def _passage(case: Case, finding: Finding) -> Passage:
    return Passage(
        id=finding.id,
        anchor=case.finding_anchors[finding.id],
        title=finding.title or NAMES[finding.kind],
        kind=NAMES[finding.kind],
        red=finding.red,
        node=case.link(finding.node),
        says=sentence(finding.says),
        because="".join(_reason(case, finding)),
        quotes=tuple((case.role(q.role), q.asked, q.answered) for q in finding.quotes),
        settle=sentence(finding.settle),
        ways=case.initiative_links(finding.initiatives) if finding.initiatives else Markdown(""),
    )

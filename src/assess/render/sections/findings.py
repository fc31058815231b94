"""What was found: strengths first, then what needs attention, each with its reason, quotes and ways out."""

import datetime
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from assess.model.finding_texts import Decision, Urgency
from assess.model.findings import Finding, FindingKind
from assess.numbers import counted, places_of, rounded, short
from assess.render.certainty import works
from assess.render.context import DASH, RenderContext, as_sentence, join_links
from assess.render.markdown import BREAK, Markdown, anchor, concat, join, link, strong
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
URGENT: dict[Urgency, str] = {"law": "a matter of law", "harm": "it does harm", "promise": "a promise is broken"}
# How long a decision may take that stands before all others.
AT_ONCE = datetime.timedelta(weeks=1)
VERBS = {"stop": "Stop", "hold": "Do not begin", "allow": "Allow"}
# Beyond so many passages, those that are not urgent stand in a table, with links to the answers they rest on.
MOST_TOLD = 12


class FindingPassage(NamedTuple):
    """A finding that is told at length."""

    id: str
    anchor: str
    title: str
    kind: str
    red: bool
    node: Markdown
    says: str
    so: str
    because: str
    figures: str
    quotes: tuple[Row, ...]
    urgent: str
    decision: str
    settle: str
    ways: Markdown


class FindingsChapter(NamedTuple):
    """The chapter of findings, kind by kind; `urgent` are gaps that need attention first, `partly` known ones."""

    strengths: tuple[Row, ...]
    told: tuple[FindingPassage, ...]
    brief: tuple[Row, ...]
    conditions: tuple[Row, ...]
    urgent: tuple[Row, ...]
    gaps: tuple[Row, ...]
    unproved: tuple[Row, ...]
    unknown: tuple[Row, ...]
    partly: tuple[Row, ...]
    sides: str
    perception: tuple[Row, ...]


def found(case: RenderContext) -> FindingsChapter:
    """The chapter of findings."""
    gates = case.diagnosis.of("gate")
    kinds = case.diagnosis.of("gate", "clash", "disagreement")
    telling = [f for f in kinds if f.red or f.urgent or f.kind != "gate"]
    told = telling if len(telling) <= MOST_TOLD else [f for f in telling if f.red or f.urgent]
    gaps = case.diagnosis.of("gap")
    blind = case.diagnosis.of("blind_spot", "silence")
    partly = [f for f in blind if f.question and case.scorecard.items[f.question].state == "value"]
    return FindingsChapter(
        strengths=tuple((*_cells(case, f), concat((works(case, f),))) for f in case.diagnosis.of("strength")),
        told=tuple(_passage(case, f) for f in told),
        brief=tuple(_brief(case, f) for f in telling if f not in told),
        conditions=tuple(_condition(case, f) for f in gates if not f.red and not f.urgent),
        urgent=tuple(_urgent(case, f) for f in gaps if f.red),
        gaps=tuple((*_distance(case, f), case.initiative_links(f.initiatives)) for f in gaps if not f.red),
        unproved=tuple(
            (*_cells(case, f), as_sentence(f.told or f.title), as_sentence(f.settle) or DASH)
            for f in case.diagnosis.of("unproved")
        ),
        unknown=tuple((*_cells(case, f), _open(f)) for f in blind if f not in partly),
        partly=tuple(_partly(case, partly)),
        sides=_sides(case),
        perception=tuple(_seen(case)),
    )


def _cells(case: RenderContext, finding: Finding) -> tuple[Markdown]:
    return (concat((anchor(case.finding_anchors[finding.id]), case.link(finding.node))),)


def _answers(questions: Iterable[str]) -> Markdown:
    """Links to the answers to some questions."""
    return join([link(question, f"answers-{question}") for question in dict.fromkeys(questions) if question])


def _brief(case: RenderContext, finding: Finding) -> Row:
    """A contradiction in one row, with links to the answers it rests on."""
    says = _headed(finding)
    rests = _answers(quote.question for quote in finding.quotes)
    said = concat((says, BREAK, "Answers: ", rests)) if rests else says
    return *_cells(case, finding), said, as_sentence(finding.settle) or DASH, case.initiative_links(finding.initiatives)


def _condition(case: RenderContext, finding: Finding) -> Row:
    """A condition that holds and lowers nothing today: what it would cap, and at which score."""
    capped = [gate for gate in case.scorecard.gates() if f"gate_{gate.id}" == finding.id and gate.at is not None]
    where = join([case.link(gate.node) for gate in capped], BREAK) or case.link(finding.node)
    most = [case.points(gate.node, gate.at) for gate in capped]
    return (
        concat((anchor(case.finding_anchors[finding.id]), where)),
        ", ".join(dict.fromkeys(most)) if len(set(most)) == 1 else join(most, BREAK) or DASH,
        _headed(finding),
        case.initiative_links(finding.initiatives),
    )


def _headed(finding: Finding) -> Markdown:
    """The title of a finding, what it says and what follows, and the figures behind it; empty parts are left out."""
    told = " ".join(filter(None, (as_sentence(finding.told), as_sentence(finding.so), _figures(finding))))
    return concat((strong(as_sentence(finding.title or NAMES[finding.kind])), f" {told}" if told else ""))


def _figures(finding: Finding) -> str:
    """The figures a finding quotes, each with who gave it."""
    told = dict.fromkeys(f"{figure.shown} ({figure.source})" for figure in finding.figures)
    return f"Figures: {'; '.join(told)}." if told else ""


def _reason(case: RenderContext, finding: Finding) -> tuple[str, ...]:
    """The reason of a finding, unless what it says holds it already."""
    told = finding.because.strip(". ") in finding.says
    return () if told else (as_sentence(case.discreet(finding.because)),)


def _distance(case: RenderContext, finding: Finding) -> Row:
    """Where a criterion is short of its target, where it stands, and by how much it is short."""
    known = finding.node in case.scorecard.scores
    return (*_cells(case, finding), *((case.shown(finding.node), case.gap(finding.node)) if known else (DASH, DASH)))


def _urgent(case: RenderContext, finding: Finding) -> Row:
    says = " ".join((as_sentence(finding.told or finding.title), *finding.lowered))
    return (*_distance(case, finding), says, case.initiative_links(finding.initiatives))


def _open(finding: Finding) -> Markdown:
    """What nobody knows or answered, with links to the questions that got no answer."""
    questions = _answers(quote.question for quote in finding.quotes) if finding.kind == "silence" else Markdown("")
    return concat((as_sentence(finding.told or finding.title), " " if questions else "", questions))


def _partly(case: RenderContext, findings: Iterable[Finding]) -> Iterator[Row]:
    """The questions that only some could answer, in one row a part; each leads to its answers."""
    by_node: dict[str, list[Markdown]] = {}
    for finding in findings:
        text = case.rubric.question_by_id[finding.question].text
        linked = link(text, f"answers-{finding.question}")
        by_node.setdefault(finding.node, []).append(concat((anchor(case.finding_anchors[finding.id]), linked)))
    for node in (node.id for node in case.rubric.nodes() if node.id in by_node):
        yield case.link(node), join(by_node[node], BREAK)


def _sides(case: RenderContext) -> str:
    """What the distances between roles say, and on how many parts there is none; empty without that policy."""
    policy = case.rubric.policies.perception
    if policy is None:
        return ""
    claim, others = case.role(policy.claim), join_links([Markdown(case.role(role)) for role in policy.practice])
    same = len(case.diagnosis.perception) - len([*_seen(case)])
    agree = f" On {counted(same, 'part', 'parts')} both sides say the same." if same else ""
    return (
        f"So many levels {claim} puts a part higher (+) or lower (-) than {others} together, where both sides "
        f"answered. This is printed and never scored.{agree}"
    )


def _seen(case: RenderContext) -> Iterator[Row]:
    """The parts that roles see differently, and by how many levels."""
    for node, levels in case.diagnosis.perception:
        if rounded(levels, places_of(case.scale(node))):
            yield case.link(node), f"{'+' if levels > 0 else ''}{short(levels, 2)}"


def last_day_to_decide(case: RenderContext) -> datetime.date:
    """The last day for what cannot wait for the end of a period."""
    return case.plan.starts + AT_ONCE


def decision_of(decision: Decision) -> str:
    """What somebody has to decide at once, without a full stop."""
    return f"{VERBS[decision.verb]}: {decision.what.strip().rstrip('.')}"


def _decision(case: RenderContext, finding: Finding) -> str:
    decision = finding.decision
    if not decision:
        return ""
    return f"{decision_of(decision)} ({case.role(decision.who)}, by {last_day_to_decide(case).isoformat()})."


def _passage(case: RenderContext, finding: Finding) -> FindingPassage:
    return FindingPassage(
        id=finding.id,
        anchor=case.finding_anchors[finding.id],
        title=finding.title or NAMES[finding.kind],
        kind=NAMES[finding.kind] if finding.red else NAMES[finding.kind].capitalize(),
        red=finding.red,
        node=case.link(finding.node),
        says=as_sentence(finding.told),
        so=as_sentence(finding.so),
        because="".join(_reason(case, finding)),
        figures=_figures(finding),
        quotes=tuple((case.role(q.role), q.asked, q.answered) for q in finding.quotes),
        urgent=URGENT[finding.urgent] if finding.urgent else "",
        decision=_decision(case, finding),
        settle=as_sentence(finding.settle),
        ways=case.initiative_links(finding.initiatives) if finding.initiatives else Markdown(""),
    )

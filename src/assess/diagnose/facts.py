"""Facts: the findings about an organization, those that show the same thing merged into one.

Which belong together, and which comes first, is written down in docs/method.md, section 8.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from assess.diagnose.case import DiagnoseContext
from assess.diagnose.fact_parts import claims_told, held_down, next_step, shown_by
from assess.diagnose.gains import Gains
from assess.diagnose.grounds import grounds
from assess.diagnose.register_notes import good_answers, seen_now, unknown_answers
from assess.diagnose.signals import BESIDE, Signal, joined, largest_at_home, leading, signals_of
from assess.diagnose.titles import told_apart
from assess.formula import EvaluatedOrganization
from assess.model.facts import Aside, AsideSignal, FactKey, Facts, FoundFact
from assess.model.findings import Diagnosis, Finding, FindingKind
from assess.numbers import DIGITS

ASIDE: Mapping[FindingKind, Aside] = {
    "unproved": "proof to attach",
    "gap": "gap alone",
    "blind_spot": "not known",
    "silence": "not known",
}
FIRST = ("law", "harm")


def merge_facts(organization: EvaluatedOrganization, diagnosis: Diagnosis) -> Facts:
    """The facts behind the findings of a diagnosis, in the order they are told; each finding is in one, or aside.

    Findings that were accepted for a time or left out by decision are no signals, and strengths are none.
    """
    case = DiagnoseContext(**organization.parts())
    groups = joined(case, signals_of(case, diagnosis.findings))
    beside = _beside(groups, diagnosis.findings)
    resting, gains = _message_rests_on(case, diagnosis), Gains(case)
    found = [_fact(case, leading(case, group), beside[group[0].finding.id], resting, gains) for group in groups]
    told = {name for fact in found for name in (*fact.signals, *fact.beside)}
    return Facts(
        found=_told_apart(sorted(found, key=_place)),
        aside=tuple(_aside(finding for finding in diagnosis.findings if finding.id not in told)),
        works=good_answers(case, {question for fact in found for question in fact.questions}),
        unknown=unknown_answers(case),
        seen=seen_now(case),
    )


def _told_apart(facts: Sequence[FoundFact]) -> tuple[FoundFact, ...]:
    """The facts with a number behind every title that several have."""
    titles = told_apart([fact.title for fact in facts])
    return tuple(fact._replace(title=title) for fact, title in zip(facts, titles, strict=True))


def _beside(groups: Iterable[Sequence[Signal]], findings: Iterable[Finding]) -> Mapping[str, tuple[Finding, ...]]:
    """By the first signal of each group, the gaps and unknown answers of the criteria in which it is the largest."""
    found: dict[str, list[Finding]] = {group[0].finding.id: [] for group in groups}
    largest = largest_at_home(groups)
    for finding in sorted(findings, key=lambda finding: finding.id):
        if finding.kind in BESIDE and finding.node in largest:
            found[largest[finding.node][0].finding.id].append(finding)
    return {name: tuple(near) for name, near in found.items()}


def _aside(findings: Iterable[Finding]) -> Iterator[AsideSignal]:
    for finding in sorted(findings, key=lambda finding: finding.id):
        if finding.kind != "strength":
            yield AsideSignal(finding.id, ASIDE[finding.kind])


def _message_rests_on(case: DiagnoseContext, diagnosis: Diagnosis) -> frozenset[str]:
    """The questions whose answers the message quotes, or its condition reads."""
    message = diagnosis.message
    quoted = {figure.question for figure in message.figures}
    headline = case.rubric.headline_by_id.get(message.id)
    when = headline.when if headline else None
    return frozenset(quoted | {ground.question for ground in (grounds(case, case.tree, when) if when else ())})


def _fact(
    case: DiagnoseContext,
    signals: tuple[Signal, ...],
    beside: tuple[Finding, ...],
    resting: frozenset[str],
    gains: Gains,
) -> FoundFact:
    """The fact that some signals show, the leading one first."""
    found, smallest = [signal.finding for signal in signals], min(signals, key=lambda signal: signal.finding.id)
    questions = tuple(dict.fromkeys(ground.question for signal in signals for ground in signal.practice))
    criteria = tuple(sorted({signal.home for signal in signals}, key=lambda node: (node != signals[0].home, node)))
    return FoundFact(
        key=FactKey(smallest.home, smallest.finding.id),
        title=found[0].heading or found[0].title,
        criteria=criteria,
        signals=tuple(finding.id for finding in found),
        beside=tuple(finding.id for finding in beside),
        questions=questions,
        red=any(finding.red for finding in (*found, *beside)),
        urgent=found[0].urgent,
        on_message=bool(resting & set(questions)),
        gain=gains.of(criteria),
        says=next((finding.told for finding in found if finding.told), ""),
        so=next((finding.so for finding in found if finding.so), ""),
        holds=held_down(case, signals),
        said=claims_told(case, signals),
        shown=shown_by(case, signals),
        step=next_step(case, signals),
    )


def _place(fact: FoundFact) -> tuple[object, ...]:
    """Where a fact is told: what is urgent, what the message rests on, red ones, the rest; each by gain, then id."""
    classes = (fact.urgent in FIRST, fact.urgent is not None, fact.on_message, fact.red)
    return *(not member for member in classes), -round(fact.gain or 0.0, DIGITS), fact.key.signal

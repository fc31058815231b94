"""Findings as signals of facts: the criterion each is at home in, what it reads there, and which belong together.

The rule is written down in docs/method.md, section 8.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from assess.diagnose.case import DiagnoseContext
from assess.diagnose.grounds import Ground, grounds
from assess.model.answers import Voice
from assess.model.engagement import EvidenceItem
from assess.model.findings import Finding
from assess.model.rubric import ROOT
from assess.numbers import DIGITS

Together = tuple["Signal", ...]
MERGED = ("gate", "clash", "disagreement")
BESIDE = ("gap", "blind_spot", "silence")
URGENCIES = ("law", "harm", "promise", None)


class Signal(NamedTuple):
    """A finding with the node it is at home in, what its practice half reads, and what its claim half reads."""

    finding: Finding
    home: str
    practice: tuple[Ground, ...]
    claim: tuple[Ground, ...] = ()

    @property
    def questions(self) -> frozenset[str]:
        """The questions its practice half reads."""
        return frozenset(ground.question for ground in self.practice)


def signals_of(case: DiagnoseContext, findings: Iterable[Finding]) -> tuple[Signal, ...]:
    """The findings that tell of facts, as signals, in the order of their ids."""
    found = (_signal(case, finding) for finding in findings if finding.kind in MERGED)
    return tuple(sorted(found, key=lambda signal: signal.finding.id))


def _signal(case: DiagnoseContext, finding: Finding) -> Signal:
    kind, _, name = finding.id.partition("_")
    gates, clashes = case.gate_by_id, case.clash_by_id
    claim: tuple[Ground, ...] = ()
    if finding.kind == "disagreement":
        practice: tuple[Ground, ...] = (Ground(finding.question),)
    elif kind == "gate" and name in gates:
        practice = grounds(case, case.tree, gates[name].when)
    elif kind == "clash":
        practice, claim = (grounds(case, case.claimed, half) for half in (clashes[name].practice, clashes[name].claim))
    elif kind == "gate":
        practice = grounds(case, case.tree, clashes[name].practice)
    else:
        (key,) = finding.criteria  # only a key criterion holds its node down without a rule of its own
        return Signal(finding, key, tuple(Ground(q.id) for q in case.level_questions(case.rubric.node_by_id[key])))
    return Signal(finding, case.rubric.home_of[practice[0].question] if practice else finding.node, practice, claim)


def joined(case: DiagnoseContext, signals: Sequence[Signal]) -> tuple[tuple[Signal, ...], ...]:
    """Signals that show one fact, each in one group, whatever order they come in; those of a group by their ids.

    At home in one criterion and sharing a question or an initiative; then such groups of one principle both of which
    the same item of a register shows, unless one of them is urgent.
    """
    items = {signal.finding.id: _items(case, signal) for signal in signals}
    near = _components([(signal,) for signal in signals], _share)

    def same_item(one: Sequence[Signal], other: Sequence[Signal]) -> bool:
        if any(signal.finding.urgent for signal in (*one, *other)):
            return False
        if principle_of(case, one[0].home) != principle_of(case, other[0].home):
            return False
        return any(items[a.finding.id] & items[b.finding.id] for a in one for b in other)

    return tuple(sorted(_components(near, same_item), key=lambda group: group[0].finding.id))


def _share(one: Sequence[Signal], other: Sequence[Signal]) -> bool:
    (a, *_), (b, *_) = one, other
    if a.home != b.home:
        return False
    return bool(a.questions & b.questions or {*a.finding.initiatives} & {*b.finding.initiatives})


def _components(
    groups: Sequence[Together], are_one: Callable[[Sequence[Signal], Sequence[Signal]], bool]
) -> list[Together]:
    """Groups joined wherever a chain of pairs that are one leads from one to another."""
    whole: list[list[Together]] = []
    for group in groups:
        touching = [chain for chain in whole if any(are_one(member, group) for member in chain)]
        whole = [chain for chain in whole if chain not in touching]
        whole.append([group, *(member for chain in touching for member in chain)])
    chains = ((signal for member in chain for signal in member) for chain in whole)
    return [tuple(sorted(chain, key=lambda signal: signal.finding.id)) for chain in chains]


def principle_of(case: DiagnoseContext, node: str) -> str:
    """The principle a node is or lies below; the root for itself."""
    return next((above.id for above in case.rubric.upwards(node) if case.rubric.home_of.get(above.id) == ROOT), ROOT)


def registers_on(case: DiagnoseContext, ground: Ground) -> tuple[Voice, ...]:
    """The registers that gave a value to what a condition reads, in an order that tells nothing."""
    return tuple(
        voice
        for voice in case.sheet.voices
        if not voice.private
        and not case.rubric.role_by_id[voice.role].people
        and ground.role in (None, voice.role)
        and ground.question in voice.answers
        and ground.question not in voice.unasked
        and voice.answers[ground.question].state == "value"
    )


def _items(case: DiagnoseContext, signal: Signal) -> frozenset[EvidenceItem]:
    """The items of registers that show what the practice half of a signal reads; remarks on them set aside."""
    shown = (voice.answers[g.question].evidence for g in signal.practice for voice in registers_on(case, g))
    return frozenset(_bare(item) for evidence in shown for item in evidence)


def _bare(item: EvidenceItem) -> EvidenceItem:
    return item.model_copy(update={"id": None, "note": ""})


def leading(case: DiagnoseContext, group: Iterable[Signal]) -> tuple[Signal, ...]:
    """The signals of a fact, the one that tells it best first.

    Urgent ones lead, then rules that an author put into words, red ones, clashes, and larger ones.
    """

    def place(signal: Signal) -> tuple[object, ...]:
        found = signal.finding
        by_author = found.kind == "clash" or found.id.removeprefix("gate_") in case.gate_by_id
        size = -round(found.size, DIGITS)
        return URGENCIES.index(found.urgent), not by_author, not found.red, found.kind != "clash", size, found.id

    return tuple(sorted(group, key=place))


def largest_at_home(groups: Iterable[Sequence[Signal]]) -> Mapping[str, Sequence[Signal]]:
    """For every node the group with most signals of those at home in it; of equal ones that with the smallest id."""
    found: dict[str, Sequence[Signal]] = {}
    for group in sorted(groups, key=lambda group: (-len(group), group[0].finding.id)):
        for signal in group:
            found.setdefault(signal.home, group)
    return found

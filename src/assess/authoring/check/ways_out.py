"""What gates and clashes name: the cap and the ways out belong to what the condition tests."""

from collections.abc import Iterable, Iterator, Sequence

from assess.authoring.check.context import Found, Stated, Subject
from assess.formula.nodes import names_read
from assess.model.nodes import Gate, walk
from assess.model.rubric import ROOT
from assess.problems import listing


def _homes(subject: Subject, stated: Stated) -> frozenset[str]:
    """The nodes a condition is about: those it reads, and the homes of the questions it reads."""
    read = frozenset(names_read(stated.test))
    return frozenset(subject.rubric.home_of[name] if name in subject.rubric.question_by_id else name for name in read)


def _above(subject: Subject, node: str) -> Iterator[str]:
    """A node and all above it but the root."""
    while node != ROOT:
        yield node
        node = subject.rubric.home_of[node]


def _near(subject: Subject, nodes: Iterable[str]) -> frozenset[str]:
    """Nodes with all that is above and below them; everything when the root is one of them."""
    found: set[str] = set()
    for name in nodes:
        found |= {*subject.rubric.node_by_id} if name == ROOT else {*_above(subject, name)}
        found |= {below.id for below in walk(subject.rubric.node_by_id[name])} if name != ROOT else set()
    return frozenset(found)


def outside_caps(subject: Subject) -> Found:
    """A gate on facts of one criterion does not cap another one of the same parent alone, where most cap their own."""
    own, outside = 0, []
    for gate in subject.rubric.all_gates():
        home = _home_of_facts(subject, gate)
        if home and gate.cap:
            beside = subject.rubric.home_of.get(gate.cap.of[0]) == subject.rubric.home_of.get(home)
            own += home in gate.cap.of
            outside += (
                [(gate, home, gate.cap.of[0])] if gate.cap.of != (home,) and len(gate.cap.of) == 1 and beside else []
            )
    for gate, home, capped in outside if own >= len(outside) else ():
        tested = listing(sorted(names_read(subject.stated(gate.id, "when").test)))
        message = f"'{gate.id}' tests '{tested}' of '{home}' and caps '{capped}'"
        hint = f"cap '{home}', or what is above it"
        yield subject.found("outside_cap", message, gate.id, "cap", "of", hint=hint, severity="note")


def _home_of_facts(subject: Subject, gate: Gate) -> str:
    """The criterion whose facts a gate tests, where they are all it tests; else empty."""
    stated = subject.stated(gate.id, "when")
    read = [subject.rubric.question_by_id.get(name) for name in names_read(stated.test)]
    homes = _homes(subject, stated)
    facts = all(asked is not None and not subject.rubric.scored(asked) for asked in read)
    return min(homes) if facts and len(homes) == 1 else ""


def aimless_gates(subject: Subject) -> Found:
    """What a gate is `lifted_by` lifts something it caps or tests."""
    for gate in subject.rubric.all_gates():
        capped = gate.cap.of if gate.cap else ()
        near = _near(subject, [*capped, *_homes(subject, subject.stated(gate.id, "when"))])
        yield from _aimless(subject, gate.id, "lifted_by", gate.lifted_by, near)


def aimless_clashes(subject: Subject) -> Found:
    """The `initiatives` of a clash lift something its halves read or its cap holds."""
    for clash in subject.rubric.all_clashes():
        capped = clash.cap.of if clash.cap else ()
        halves = [_homes(subject, subject.stated(clash.id, half)) for half in ("claim", "practice")]
        near = _near(subject, [*capped, *(name for half in halves for name in half)])
        yield from _aimless(subject, clash.id, "initiatives", clash.initiatives, near)


def _aimless(subject: Subject, anchor: str, key: str, names: Sequence[str], near: frozenset[str]) -> Found:
    """Initiatives that all lift something else; one that is named beside one that fits may help from afar."""
    lifted = {name: _lifts(subject, name) for name in names}
    if all(nodes and ROOT not in nodes and not nodes & near for nodes in lifted.values()):
        for place, (name, nodes) in enumerate(lifted.items()):
            message = f"'{name}' lifts {listing(sorted(nodes))}, and '{anchor}' neither tests nor caps that"
            hint = "name the initiative that ends what is tested, or let this one lift it"
            yield subject.found("aimless_initiative", message, anchor, key, place, hint=hint, severity="note")


def _lifts(subject: Subject, name: str) -> frozenset[str]:
    return frozenset(subject.rubric.initiative_by_id[name].lifts)


WAY_OUT_RULES = (outside_caps, aimless_gates, aimless_clashes)

"""What a sheet must say before a comparison can be worked out."""

from collections.abc import Iterator

from assess.authoring.check.variables import Slot
from assess.formula import Compiled
from assess.formula import nodes as f

Voice = tuple[str, str]


def voices(part: object) -> Iterator[Voice]:
    """Every question that a test or a tuple of tests reads of one role, with that role."""
    if isinstance(part, f.Leaf | f.Chose | f.Share):
        if part.role:
            yield part.question, part.role
    elif isinstance(part, tuple):
        for inner in part:
            yield from voices(inner)


def slots(compiled: Compiled, part: object, named: frozenset[Voice]) -> Iterator[Slot]:
    """The slots a test, a formula or a tuple of them reads; named: the roles that are read by name beside it."""
    match part:
        case f.Score(node):
            yield Slot("node", node)
        case f.Heads(role):
            yield Slot("heads", role)
        case f.Leaf(question, _, facet) if not question or facet == "grade":
            yield Slot("proof", question) if question else Slot("day")
        case f.Leaf(question, role) | f.Chose(question, _, role) | f.Share(question, role):
            yield from _answers(compiled, question, role, named)
        case f.Ticked(question) | f.InState(question):
            yield from _answers(compiled, question, None, named)
        case tuple():
            yield from (slot for inner in part for slot in slots(compiled, inner, named))


def _answers(compiled: Compiled, question: str, role: str | None, named: frozenset[Voice]) -> Iterator[Slot]:
    """Who answers a question: one role; or all that are named, and one more who is invited.

    What shows the question is read with it.
    """
    rule = compiled.items[question]
    yield from slots(compiled, rule.visible, named)
    if role:
        yield Slot("answer", question, role)
        return
    spoken = sorted(who for asked, who in named if asked == question)
    free = next((who for who in rule.invited if who not in spoken), None)
    if free is not None:
        yield Slot("answer", question, "" if free == rule.invited[0] else free)
    yield from (Slot("answer", question, who) for who in spoken)

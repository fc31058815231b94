"""A rubric in lines of text: as an outline, and as a trace from its sources to its findings."""

from collections.abc import Iterator

from assess.export import cited_by
from assess.model.nodes import Clash, Gate, Node
from assess.model.questions import Question
from assess.model.rubric import Rubric
from assess.numbers import counted


def outline(rubric: Rubric) -> Iterator[str]:
    """A rubric in one line per element, indented by depth."""
    nodes, questions = len([*rubric.nodes()]), len([*rubric.questions()])
    criteria = counted(nodes - len(rubric.principles), "criterion", "criteria")
    amounts = f"{counted(len(rubric.principles), 'principle', 'principles')}, {criteria}"
    yield f"{rubric.title} ({rubric.id} {rubric.version})"
    yield f"{amounts}, {counted(questions, 'question', 'questions')}; {rubric.hash}"
    yield from (_gate(gate) for gate in rubric.gates)
    yield from (_clash(clash) for clash in rubric.clashes)
    for principle in rubric.principles:
        yield ""
        yield from _node(rubric, principle)
    if rubric.initiatives:
        yield from ("", "Initiatives")
    for initiative in rubric.initiatives:
        lifts = ", ".join(f"{node} to {level}" for node, level in initiative.lifts.items()) or "enables others"
        yield f"  {initiative.code or initiative.id} {initiative.title}: {lifts}"


def _node(rubric: Rubric, node: Node) -> Iterator[str]:
    """A node and everything below it."""
    marks = (" [key]" if node.key else "") + (f" [{node.aggregate.kind}]" if node.criteria else "")
    yield f"{node.code or node.id} {node.title}{marks}"
    yield from (f"  {_question(rubric, question)}" for question in node.questions)
    yield from (f"  {_gate(gate)}" for gate in node.gates)
    yield from (f"  {_clash(clash)}" for clash in node.clashes)
    for child in node.criteria:
        yield from (f"  {line}" for line in _node(rubric, child))


def _question(rubric: Rubric, question: Question) -> str:
    fact = "" if rubric.scored(question) else ", fact"
    return f"? {question.id} ({question.type}{fact}; {', '.join(rubric.asked(question))}): {question.text}"


def _gate(gate: Gate) -> str:
    effect = f"caps {', '.join(gate.cap.of)} at {gate.cap.at}" if gate.cap else "flag"
    return f"| {gate.id} ({effect}) when {gate.when}"


def _clash(clash: Clash) -> str:
    return f"! {clash.id}: claim {clash.claim}; practice {clash.practice}"


def trace_sources(rubric: Rubric) -> Iterator[str]:
    """What every source states, and below each claim the criteria, questions and findings that came of it."""
    claims = counted(len(rubric.claims), "claim", "claims")
    references = counted(len(rubric.references), "outside reference", "outside references")
    yield f"{rubric.title} ({rubric.id} {rubric.version}): {claims}, {references}"
    for source in rubric.sources:
        yield from ("", f"{source.id} {source.title}" + (f", {source.author}" if source.author else ""))
        for claim in rubric.claims:
            if claim.source == source.id:
                yield f"  {claim.code} at {claim.at or 'no place'}: {claim.says}"
                yield from (f"    {line}" for line in _uses(rubric, claim.code, (claim.home, *claim.also)))
    if rubric.references:
        yield from ("", "From outside the sources")
    for reference in rubric.references:
        yield f"  {reference.code} ({reference.standing}, {reference.use}): {reference.says}"
        yield f"    {reference.source}" + (f"; {reference.caveat}" if reference.caveat else "")
        yield from (f"    {line}" for line in _uses(rubric, reference.code, reference.bears_on))


def _uses(rubric: Rubric, code: str, names: tuple[str, ...]) -> Iterator[str]:
    """The criteria a claim or reference bears on, each with its questions and what is said when it lags."""
    for name in dict.fromkeys([*(rubric.names[name] for name in names), *cited_by(rubric, code)]):
        node = rubric.node_by_id[name]
        if not node.questions:
            continue
        yield f"{node.code or node.id} {node.title}"
        for question in node.questions:
            yield f"  ? {question.id}" + (f": {question.text}" if rubric.scored(question) else " (fact)")
        yield from (f"  > {f'{level}: ' if level else ''}{says}" for level, says in node.says.gap.items())

"""The ledger of a rubric: every claim has a source and a home, and nothing leans on what is only recalled."""

from collections.abc import Iterable, Iterator

from assess.documents import SourceMap, format_scalar
from assess.model.nodes import AskedIn
from assess.model.rubric import ROOT, Rubric
from assess.problems import Problem, listing, nearest
from assess.validate.references import unknown

Found = Iterator[Problem]
Citations = list[tuple[str, tuple[str, ...]]]
UNPROVED = ("recalled", "disputed")


def claims(rubric: Rubric, sources: SourceMap) -> Found:
    """Claims that are cited are in the ledger; each has a source and a home."""
    cited: Citations = [(node.id, node.claims) for node in rubric.nodes()]
    cited += [(question.id, question.claims) for question in rubric.questions()]
    cited += [(gate.id, gate.claims) for gate in rubric.all_gates()]
    cited += [(clash.id, clash.claims) for clash in rubric.all_clashes()]
    yield from _uncited(sources, "claims", cited, [claim.code for claim in rubric.claims])
    known = [source.id for source in rubric.sources]
    for claim in rubric.claims:
        if claim.source not in known:
            yield unknown(sources, claim.code, ("source",), "source", claim.source, known)
        yield from _not_nodes(rubric, sources, claim.code, ("home",), (claim.home,))
        yield from _not_nodes(rubric, sources, claim.code, ("also",), claim.also)


def references(rubric: Rubric, sources: SourceMap) -> Found:
    """References that are cited are in the ledger; they bear on nodes, and no benchmark is unproved."""
    cited: Citations = [(node.id, node.references) for node in rubric.nodes()]
    gates = [(gate.id, gate.references) for gate in rubric.all_gates()]
    cited += gates + [(clash.id, clash.references) for clash in rubric.all_clashes()]
    cited += [(initiative.id, initiative.references) for initiative in rubric.initiatives]
    ledger = {reference.code: reference for reference in rubric.references}
    yield from _uncited(sources, "references", cited, ledger)
    for reference in rubric.references:
        yield from _not_nodes(rubric, sources, reference.code, ("bears_on",), reference.bears_on)
        if reference.use == "benchmark" and reference.standing in UNPROVED:
            message = f"'{reference.code}' is {reference.standing} and cannot carry a threshold"
            hint = "use it as background or warning, or read the original"
            yield sources.problem("reference", message, reference.code, "use", hint=hint)
    for gate, names in gates:
        for place, name in enumerate(names):
            if name in ledger and ledger[name].standing in UNPROVED:
                message = f"'{name}' is {ledger[name].standing} and proves no gate"
                hint = "cite it in `notes`, or read the original"
                yield sources.problem("reference", message, gate, "references", place, hint=hint)


def asked_in(rubric: Rubric, sources: SourceMap) -> Found:
    """The words that ask a claim stand where the criterion says, and the claim is one of its own."""
    homes = {
        claim.code: {rubric.names.get(name, name) for name in (claim.home, *claim.also)} for claim in rubric.claims
    }
    for node in rubric.nodes():
        own = {*node.claims, *(code for question in node.questions for code in question.claims)}
        for code, places in node.asked_in.items():
            if code not in own and node.id not in homes.get(code, ()):
                message = f"'{code}' is no claim of '{node.id}'{nearest(code, own)}"
                hint = "name it in `claims`, or say elsewhere where it is asked"
                yield sources.problem("unknown_name", message, node.id, "asked_in", code, at_key=True, hint=hint)
            for place, asked in enumerate(places):
                route = ("asked_in", code, *(() if len(places) == 1 else (place,)))
                yield from _phrase(rubric, sources, (node.id, *route), asked)


def _phrase(rubric: Rubric, sources: SourceMap, where: tuple[str | int, ...], asked: AskedIn) -> Found:
    """What is wrong with one place where a claim is asked."""
    anchor, *route = where
    name, _, part = asked.place.partition(".")
    question = rubric.question_by_id.get(rubric.names.get(name, ""))
    if question is None:
        yield unknown(sources, str(anchor), (*route, "in"), "question", name, rubric.question_by_id)
        return
    parts = rubric.parts_of(question)
    if part not in parts:
        message = f"'{question.id}' has no part '{part}'{nearest(part, parts)}"
        hint = f"parts are: {listing([each for each in parts if each], most=12)}"
        yield sources.problem("unknown_name", message, str(anchor), *route, "in", hint=hint)
    elif _folded(asked.phrase) not in _folded(parts[part]):
        message = f"'{asked.phrase}' does not stand in {asked.place}"
        hint = (
            f"it reads: {format_scalar(' '.join(parts[part].split()))}"
            if part
            else "name the part, such as `question.text`"
        )
        yield sources.problem("asked_in", message, str(anchor), *route, "phrase", hint=hint)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _uncited(sources: SourceMap, key: str, cited: Citations, ledger: Iterable[str]) -> Found:
    known = list(ledger)
    for anchor, names in cited:
        for place, name in enumerate(names):
            if name not in known:
                yield unknown(sources, anchor, (key, place), key.removesuffix("s"), name, known)


def _not_nodes(
    rubric: Rubric, sources: SourceMap, anchor: str, route: tuple[str, ...], names: tuple[str, ...]
) -> Found:
    for name in names:
        if rubric.names.get(name, ROOT) == ROOT or rubric.names[name] not in rubric.node_by_id:
            yield unknown(sources, anchor, route, "criterion", name, [node.id for node in rubric.nodes()])


LEDGER_RULES = (claims, references, asked_in)

"""The ledger of a rubric: every claim has a source and a home, and nothing leans on what is only recalled."""

from collections.abc import Iterable, Iterator

from assess.documents import SourceMap
from assess.model.rubric import Rubric
from assess.problems import Problem, nearest

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
            yield _unknown(sources, claim.code, ("source",), "source", claim.source, known)
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


def _uncited(sources: SourceMap, key: str, cited: Citations, ledger: Iterable[str]) -> Found:
    known = list(ledger)
    for anchor, names in cited:
        for place, name in enumerate(names):
            if name not in known:
                yield _unknown(sources, anchor, (key, place), key.removesuffix("s"), name, known)


def _not_nodes(
    rubric: Rubric, sources: SourceMap, anchor: str, route: tuple[str, ...], names: tuple[str, ...]
) -> Found:
    known = [node.id for node in rubric.nodes()]
    for name in names:
        if rubric.names.get(name) not in known:
            yield _unknown(sources, anchor, route, "criterion", name, known)


def _unknown(
    sources: SourceMap, anchor: str, route: tuple[str | int, ...], what: str, name: str, known: Iterable[str]
) -> Problem:
    place, at_key = sources.naming(anchor, *route, name=name)
    message = f"there is no {what} '{name}'{nearest(name, known)}"
    return sources.problem("unknown_name", message, anchor, *place, at_key=at_key)


LEDGER_RULES = (claims, references)

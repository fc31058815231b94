"""Claims and former names: every criterion says why it is there, and no old name is used again."""

from collections.abc import Iterator

from assess.authoring.check.context import Found, Subject
from assess.model.nodes import Node, walk
from assess.model.rubric import Rubric


def unclaimed(subject: Subject) -> Found:
    """Every criterion encodes a claim, or says that its source lies outside."""
    if not subject.rubric.claims:
        return
    for node in subject.rubric.nodes():
        if node.questions and not node.source and not any(True for _ in _cited(node)):
            message = f"'{node.id}' encodes no claim of the ledger"
            hint = "name its claims, or say `source: external`"
            yield subject.found("unclaimed", message, node.id, hint=hint, severity="warning")


def homeless(subject: Subject) -> Found:
    """The home of a claim names it, or something in it does."""
    for claim in subject.rubric.claims:
        home = subject.rubric.node_by_id[claim.home]
        if claim.code not in {code for node in walk(home) for code in _cited(node)}:
            message = f"'{claim.code}' says that '{claim.home}' encodes it, and nothing there names it"
            hint = f"add {claim.code} to `claims` of '{claim.home}', or name the criterion that encodes it"
            yield subject.found("unclaimed", message, claim.code, "home", hint=hint, severity="warning")


def _cited(node: Node) -> Iterator[str]:
    """The claims a node names, those of its questions, gates and clashes included."""
    yield from node.claims
    for question in node.questions:
        yield from question.claims
    for gate in node.gates:
        yield from gate.claims
    for clash in node.clashes:
        yield from clash.claims


def reused_ids(subject: Subject) -> Found:
    """A former id is nobody's id today, and was one element's only."""
    today = _today(subject.rubric)
    former: dict[str, str] = {}
    for current, names in _former(subject.rubric):
        for place, name in enumerate(names):
            if name in today or name in former:
                again = "is in use again" if name in today else f"was that of '{former[name]}' as well"
                message = f"the former id '{name}' of '{current}' {again}, so old answers would be read wrongly"
                hint = "give the newer one another id; ids are never used again"
                yield subject.found("reused_id", message, current, "renamed_from", place, hint=hint)
            former.setdefault(name, current)


def _today(rubric: Rubric) -> frozenset[str]:
    """Every id and code in force."""
    coded = [(role.id, role.code) for role in rubric.roles] + [(node.id, node.code) for node in rubric.nodes()]
    coded += [(initiative.id, initiative.code) for initiative in rubric.initiatives]
    plain = [question.id for question in rubric.questions()] + [gate.id for gate in rubric.all_gates()]
    plain += [clash.id for clash in rubric.all_clashes()]
    return frozenset({*plain, *(name for names in coded for name in names if name)})


def _former(rubric: Rubric) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every element that was renamed, with its former ids."""
    yield from ((node.id, node.renamed_from) for node in rubric.nodes())
    yield from ((question.id, question.renamed_from) for question in rubric.questions())
    yield from ((role.id, role.renamed_from) for role in rubric.roles)
    yield from ((initiative.id, initiative.renamed_from) for initiative in rubric.initiatives)


def reused_keys(subject: Subject) -> Found:
    """A former key of an option is no other option's key."""
    for question in subject.rubric.questions():
        former: set[str] = set()
        options = subject.rubric.options_of(question)
        keys = {option.key for option in options}
        for place, option in enumerate(options):
            for name in option.renamed_from:
                if name in keys | former:
                    message = f"the former key '{name}' of '{option.key}' is that of another option of '{question.id}'"
                    hint = "give the newer option another key; keys are never used again"
                    route = () if question.options_from else ("options", place)
                    yield subject.found("reused_id", message, question.id, *route, hint=hint)
                former.add(name)


LEDGER_RULES = (unclaimed, homeless, reused_ids, reused_keys)

"""Appendix D: method, scale, words, limits, versions, and why each question is asked."""

from collections.abc import Iterator
from typing import NamedTuple

from assess.formula.arithmetic import WORDS
from assess.numbers import MOST_PLACES, counted, short
from assess.problems import Problem
from assess.render.case import DASH, Case, sentence
from assess.render.certainty import alone, roles, submitted
from assess.render.markdown import Markdown, code, concat, join
from assess.render.register import exhibits
from assess.render.tables import Row
from assess.words import listed

STANDINGS = {
    "read": "Read",
    "secondary": "As others cite it",
    "recalled": "From memory, not read again",
    "disputed": "Disputed",
}


class Method(NamedTuple):
    """The appendix about the method."""

    aggregates: tuple[Row, ...]
    levels: tuple[Row, ...]
    roles: tuple[Row, ...]
    alone: str
    limits: tuple[str, ...]
    notices: tuple[str, ...]
    versions: tuple[Row, ...]
    claims: tuple[Row, ...]
    sources: tuple[Row, ...]
    references: tuple[Row, ...]


def method(case: Case) -> Method:
    """The appendix about the method."""
    return Method(
        aggregates=tuple(_aggregates(case)),
        levels=tuple(_levels(case)),
        roles=tuple(roles(case)),
        alone=_alone(case),
        limits=tuple(_limits(case)),
        notices=tuple(_notices(case)),
        versions=tuple(_versions(case)),
        claims=tuple(_claims(case)),
        sources=tuple((s.title, s.author or DASH, sentence(s.note) or DASH) for s in case.rubric.sources),
        references=tuple(_references(case)),
    )


def _aggregates(case: Case) -> Iterator[Row]:
    """Each way of combining that the rubric uses, and where."""
    used: dict[str, list[Markdown]] = {case.rubric.aggregate.kind: [case.link("overall")]}
    for node in case.rubric.nodes():
        if len(node.criteria) + sum(case.rubric.scored(question) for question in node.questions) > 1:
            used.setdefault(node.aggregate.kind, []).append(case.link(node.id))
    for kind, nodes in used.items():
        yield join(nodes), kind, sentence(WORDS[kind])


def _levels(case: Case) -> Iterator[Row]:
    low, high = case.rubric.scale.min, case.rubric.scale.max
    for level in case.rubric.levels:
        yield (
            level.title,
            short(low + level.at * (high - low) / 100, MOST_PLACES),
            short(level.at, MOST_PLACES),
            sentence(level.says) or DASH,
        )


def _limits(case: Case) -> Iterator[str]:
    policies = case.rubric.policies
    yield "Scores are judgements made by rules. They say where to look; they measure nothing to the second decimal."
    yield "Answers are steps in an order; the arithmetic treats the steps as equally wide."
    yield "A role in which few people answered says little about that role; the table of roles shows how many did."
    yield "The people who prepared this document saw all answers; it shows them by role and never by name."
    if policies.anonymous:
        roles = ", ".join(case.role(role) for role in policies.anonymous)
        least = counted(policies.min_cell, "answer", "answers")
        yield f"Answers of anonymous roles ({roles}) are never shown alone when there are fewer than {least}."
        yield "Where one such group is left out, its mean follows from the combined value and the other roles."
    yield "Efforts and dates of the plan are estimates to start from."
    yield 'Projected scores hold once what stands beside "Done when" can be shown, and not on the day of the plan.'
    yield "A gain says what the rubric would add, not what people will do."
    yield "Nothing in this document is legal advice."


def _alone(case: Case) -> str:
    """A warning about roles behind which one person stands; empty without any."""
    titles = alone(case)
    one = "one person answered; what stands under that role is what this person said"
    each = "one person each answered; what stands under such a role is what this person said"
    return f"In {listed(titles)} {one if len(titles) == 1 else each}." if titles else ""


def _notices(case: Case) -> Iterator[str]:
    """What was noticed about the answers; of files that are drafts or empty only how many, and never whose."""
    yield from submitted(case)
    empty = sum(problem.code == "no_answers" for problem in case.problems)
    if empty:
        were = counted(empty, "answers file without any answer was", "answers files without any answer were")
        yield f"{were} left out."
    yield from (_notice(case, problem) for problem in case.problems if problem.code not in ("draft", "no_answers"))


def _notice(case: Case, problem: Problem) -> str:
    if problem.code == "file_missing" and not _is_named_openly(case, problem):
        return "An evidence file of an anonymous role is not in the engagement's folder."
    return sentence(case.discreet(problem.message.strip(". ")))


def _is_named_openly(case: Case, problem: Problem) -> bool:
    """Whether the file a problem is about stands in the register, or no anonymous role brought one."""
    files = [(exhibit.role, exhibit.item.file) for exhibit in exhibits(case) if exhibit.item.file]
    hidden = any(role for role, _ in files)
    return not hidden or any(f"'{file}'" in problem.message for role, file in files if not role)


def _versions(case: Case) -> Iterator[Row]:
    engagement = case.sheet.engagement
    yield "Rubric", concat((f"{case.rubric.title} (", code(case.rubric.id), ")"))
    yield "Version of the rubric", case.rubric.version
    yield "SHA-256 of the rubric", _hash(case.scorecard.rubric_hash or case.rubric.hash)
    yield "SHA-256 of the answers", _hash(case.sheet.hash)
    yield "Assessed on", engagement.assessed_on
    yield "Issue of this document", f"{engagement.issue} ({engagement.status})"
    if case.rubric.licence:
        yield "Licence of the rubric's texts", case.rubric.licence


def _hash(value: str) -> Markdown:
    return code(value) if value else Markdown("not known")


def _claims(case: Case) -> Iterator[Row]:
    """Why each question is asked: the claims and references its criterion rests on, with source and place."""
    titles = {source.id: source.title for source in case.rubric.sources}
    claims = {claim.code: claim for claim in case.rubric.claims}
    references = {reference.code: reference for reference in case.rubric.references}
    for node in case.rubric.nodes():
        shown: Markdown | str = case.link(node.id) if node.id in case.scorecard.scores else case.name(node.id)
        bearing = (r.code for r in references.values() if node.id in (case.rubric.names[name] for name in r.bears_on))
        for name in dict.fromkeys([*node.cited(), *bearing]):
            if name in claims:
                claim = claims[name]
                place = f", {claim.at}" if claim.at else ""
                yield shown, claim.code, sentence(claim.says), f"{titles.get(claim.source, claim.source)}{place}"
            elif name in references:
                yield shown, name, sentence(references[name].says), references[name].source
            else:
                yield shown, name, DASH, DASH
            shown = Markdown("")
        if not node.claims and node.source == "external":
            yield shown, DASH, "From outside the sources of this rubric.", DASH


def _references(case: Case) -> Iterator[Row]:
    """What is known from outside the sources, how well, and with which caveat."""
    for reference in case.rubric.references:
        yield reference.code, reference.source, STANDINGS[reference.standing], sentence(reference.caveat) or DASH

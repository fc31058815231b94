"""Appendix D: method, scale, words, limits, versions, and why each question is asked."""

from collections.abc import Iterator
from typing import NamedTuple

from assess.formula.aggregations import AGGREGATIONS
from assess.formula.certainty import questions_counted
from assess.model.rubric import ROOT
from assess.numbers import MOST_PLACES, counted, short
from assess.problems import Problem
from assess.render.certainty import roles, roles_of_one_person, submitted
from assess.render.context import DASH, RenderContext, as_sentence
from assess.render.markdown import Markdown, code, concat, join
from assess.render.sections.sureness import DrawnPart, drawn_part
from assess.render.tables import Row
from assess.words import listed

STANDINGS = {
    "read": "Read",
    "secondary": "As others cite it",
    "recalled": "From memory, not read again",
    "disputed": "Disputed",
}


# Drafts and empty files are counted; what is to be said of decisions stands beside them.
TOLD_ELSEWHERE = ("draft", "no_answers", "expired", "idle_decision", "own_figures")


class Method(NamedTuple):
    """The appendix about the method."""

    aggregates: tuple[Row, ...]
    levels: tuple[Row, ...]
    roles: tuple[Row, ...]
    alone: str
    drawn: DrawnPart | None
    limits: tuple[str, ...]
    notices: tuple[str, ...]
    versions: tuple[Row, ...]
    claims: tuple[Row, ...]
    sources: tuple[Row, ...]
    references: tuple[Row, ...]


def method(case: RenderContext) -> Method:
    """The appendix about the method."""
    return Method(
        aggregates=tuple(_aggregates(case)),
        levels=tuple(_levels(case)),
        roles=tuple(roles(case)),
        alone=_alone(case),
        drawn=drawn_part(case),
        limits=tuple(_limits(case)),
        notices=tuple(_notices(case)),
        versions=tuple(_versions(case)),
        claims=tuple(_claims(case)),
        sources=tuple((s.title, s.author or DASH, as_sentence(s.note) or DASH) for s in case.rubric.sources),
        references=tuple(_references(case)),
    )


def _aggregates(case: RenderContext) -> Iterator[Row]:
    """Each way of combining that the rubric uses, and where."""
    used: dict[str, list[Markdown]] = {case.rubric.aggregate.kind: [case.link("overall")]}
    for node in case.rubric.nodes():
        if len(node.criteria) + sum(case.rubric.scored(question) for question in node.questions) > 1:
            used.setdefault(node.aggregate.kind, []).append(case.link(node.id))
    for kind, nodes in used.items():
        yield join(nodes), kind, as_sentence(AGGREGATIONS[kind].says)


def _levels(case: RenderContext) -> Iterator[Row]:
    low, high = case.rubric.scale.min, case.rubric.scale.max
    for level in case.rubric.levels:
        yield (
            level.title,
            short(low + level.at * (high - low) / 100, MOST_PLACES),
            short(level.at, MOST_PLACES),
            as_sentence(level.says) or DASH,
        )


def _limits(case: RenderContext) -> Iterator[str]:
    yield "Scores are judgements made by rules. They say where to look; they measure nothing to the second decimal."
    yield "Answers are steps in an order; the arithmetic treats the steps as equally wide."
    yield "A role in which few people answered says little about that role; the table of roles shows how many did."
    yield "The people who prepared this document saw all answers; it shows them by role and never by name."
    yield from _privacy(case)
    yield "Efforts and dates of the plan are estimates to start from."
    yield 'Projected scores hold once what stands beside "Done when" can be shown, and not on the day of the plan.'
    yield "A gain says what the rubric would add, not what people will do."
    yield "Nothing in this document is legal advice."


def _alone(case: RenderContext) -> str:
    """A warning about roles behind which one person stands; empty without any."""
    titles = roles_of_one_person(case)
    one = "one person answered; what stands under that role is what this person said"
    each = "one person each answered; what stands under such a role is what this person said"
    told = "who can be recognised, and was told so" if len(titles) == 1 else "who can be recognised, and were told so"
    return f"In {listed(titles)} {one if len(titles) == 1 else each}, {told}." if titles else ""


def _notices(case: RenderContext) -> Iterator[str]:
    """What was noticed about the answers; of files that are drafts or empty only how many, and never whose."""
    yield from submitted(case)
    empty = sum(problem.code == "no_answers" for problem in case.problems)
    if empty:
        were = counted(empty, "answers file without any answer was", "answers files without any answer were")
        yield f"{were} left out."
    yield from (_notice(case, problem) for problem in case.problems if problem.code not in TOLD_ELSEWHERE)


def _privacy(case: RenderContext) -> Iterator[str]:
    """What was promised to anonymous people, and what it does not hide."""
    shy = case.certainties[ROOT].groups
    for group in shy:
        yield (
            f"{case.role(group.role)} answered anonymously. Their answers to a question count where at least "
            f"{case.sheet.least} gave one ({questions_counted(group)}); elsewhere they are in no figure, finding or "
            "step of this document."
        )
    if shy:
        yield "Where everybody in a group gave the lowest or the highest answer, its mean tells what each of them said."
    if shy and case.sheet.engagement.issue > 1:
        wait = f"wait until there are {case.sheet.least} of the kind"
        yield f"Anonymous answers that came or were corrected after issue {case.sheet.engagement.issue - 1} {wait}."
    agreed = dict.fromkeys(case.role(voice.role) for voice in case.sheet.voices if voice.private)
    if agreed:
        yield f"Some who answer anonymously ({listed(agreed)}) said beforehand that their answers may count alone."


def _notice(case: RenderContext, problem: Problem) -> str:
    return as_sentence(case.discreet(problem.message.strip(". ")))


def _versions(case: RenderContext) -> Iterator[Row]:
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


def _claims(case: RenderContext) -> Iterator[Row]:
    """Why each question is asked: the claims and references its criterion rests on, with source and place."""
    titles = {source.id: source.title for source in case.rubric.sources}
    claims = {claim.code: claim for claim in case.rubric.claims}
    references = {reference.code: reference for reference in case.rubric.references}
    for node in case.rubric.nodes():
        shown: Markdown | str = case.link(node.id) if node.id in case.scorecard.scores else case.name(node.id)
        bearing = (r.code for r in references.values() if node.id in r.bears_on)
        for name in dict.fromkeys([*node.cited(), *bearing]):
            if name in claims:
                claim = claims[name]
                place = f", {claim.at}" if claim.at else ""
                yield shown, claim.code, as_sentence(claim.says), f"{titles.get(claim.source, claim.source)}{place}"
            elif name in references:
                yield shown, name, as_sentence(references[name].says), references[name].source
            else:
                yield shown, name, DASH, DASH
            shown = Markdown("")
        if not node.claims and node.source == "external":
            yield shown, DASH, "From outside the sources of this rubric.", DASH


def _references(case: RenderContext) -> Iterator[Row]:
    """What is known from outside the sources, how well, and with which caveat."""
    for reference in case.rubric.references:
        yield reference.code, reference.source, STANDINGS[reference.standing], as_sentence(reference.caveat) or DASH

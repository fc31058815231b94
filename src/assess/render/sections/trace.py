"""Appendix A: every score as it was computed, from the answers of each role up to the root."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from assess.formula import compile_rubric
from assess.formula.aggregations import aggregation, is_plain_mean
from assess.formula.worked import IN_SIX_DECIMALS, Line, Worked, work_out
from assess.formula.worked_answers import is_stepped
from assess.model.betterness import is_low
from assess.model.nodes import Node, walk
from assess.model.questions import Question
from assess.model.rubric import ROOT
from assess.model.scorecard import GateResult, ItemScore, NodeScore, RoleReading
from assess.numbers import NOT_SCORED, counted, fraction, native, pencil, short, six
from assess.render.context import DASH, RenderContext, as_sentence
from assess.render.markdown import BREAK, Markdown, anchor, code, concat, join, link, strong
from assess.render.sections.answers import is_traced
from assess.render.sections.trace_answers import Valued, valued
from assess.render.sections.trace_settled import agreed
from assess.render.tables import Right, Row, without

TOP = 100
LEFT_OUT = "left out"
ITEM = ("Question", "What each role says", Right("Combined"), "In conflict", Right("Settled at"), "Evidence", "Value")
CONFLICT, SETTLED, EVIDENCE = 3, 4, 5
FIGURES = ("Own scale", "0 to 100", "Weight")


class Computed(NamedTuple):
    """How one node got its value: its parts, the steps below them, and the caps on it."""

    id: str
    name: str
    formula: str
    columns: tuple[str | Right, ...]
    parts: tuple[Row, ...]
    steps: tuple[Markdown, ...]


class TraceChapter(NamedTuple):
    """A principle: the values of its questions, how answers got theirs, nodes that take over one value, and others."""

    id: str
    name: str
    items: tuple[Row, ...]
    worth: Valued
    taken: tuple[Row, ...]
    nodes: tuple[Computed, ...]


class Trace(NamedTuple):
    """The appendix: the root, the principles, all caps, and what was settled by agreement."""

    columns: tuple[str | Right, ...]
    rules: tuple[str, ...]
    root: Computed
    chapters: tuple[TraceChapter, ...]
    gates: tuple[Row, ...]
    agreed: tuple[Row, ...]


def trace(case: RenderContext) -> Trace:
    """The appendix of all computed scores."""
    chapters = tuple(_chapter(case, p) for p in case.rubric.principles if p.id in case.scorecard.scores)
    root = _computed(case, ROOT, work_out(case, ROOT))
    return Trace(without(ITEM, _empty(case)), tuple(_rules(case)), root, chapters, _gates(case), tuple(agreed(case)))


def _rules(case: RenderContext) -> Iterator[str]:
    """The way from answers to the value of a question, as the rubric's policies set it."""
    policies = case.rubric.policies
    yield from _valuing(case)
    yield f"Within a role the answers are combined ({policies.combine}); then the roles, weighted {_weighting(case)}."
    if policies.disagreement:
        far, role = short(policies.disagreement.levels, 2), case.role(policies.disagreement.role)
        yield f"Where {role} and another role are {far} levels apart or more, the lowest counts until it is settled."
        yield "A role that was not asked counts here and in contradictions, and in no mean."
    yield "An agreed value replaces the combined one; who it rests on and why stands below."
    if policies.evidence:
        e = policies.evidence
        grades = f"stated {short(e.stated)}, documented {short(e.documented)}, confirmed {short(e.confirmed)}"
        yield f"Evidence is a ceiling on level questions: {grades}."
        yield f"Evidence older than {e.max_age_months} months counts as stated."
    yield _missing(case)
    yield f"A part needs answers for {fraction(policies.min_coverage)} of its weight; otherwise it is not scored."
    low = [name for name in case.scorecard.scores if is_low(case.rubric, name)]
    if low:
        where = "everywhere" if len(low) == len(case.scorecard.scores) else "in some parts"
        yield f"More points are worse {where}; of 100, the best is 100 there too and stands for the fewest points."
    yield "Caps come last: the lowest cap that holds wins. Numbers are rounded once, when they are printed."


def _valuing(case: RenderContext) -> Iterator[str]:
    """How answers get their values: the plain rule once, and where the others stand."""
    traced = [q for q in case.rubric.questions() if is_traced(case, q)]
    own = any(case.has_own_scale(q.id) for q in traced)
    if any(is_stepped(case.rubric, q) for q in traced):
        yield (
            "Every answer has a value from 0 to 100. The steps of an ordered question are equally wide, from 0 for the "
            "first to 100 for the last; Appendix C begins each answer with its points on the scale of its part"
            f"{', or on its own where the part adds or counts parts or climbs stages' if own else ''}."
        )
    if not all(is_stepped(case.rubric, q) for q in traced):
        yield "How an answer to any other question gets its value from 0 to 100 stands below, with all figures."


def _weighting(case: RenderContext) -> str:
    return "equally" if case.rubric.policies.roles == "equal" else "by head count"


def _missing(case: RenderContext) -> str:
    policies = case.rubric.policies
    missing = "is left out and the other weights are scaled up" if policies.missing == "exclude" else "counts as 0"
    unknown = "counts as the worst answer" if policies.unknown == "zero" else "is treated as unanswered"
    return f"What nobody answered {missing}. What nobody knew {unknown}."


def _chapter(case: RenderContext, principle: Node) -> TraceChapter:
    nodes = [n for n in walk(principle) if n.id in case.scorecard.scores]
    done = {n.id: work_out(case, n.id) for n in nodes}
    taken = {n.id for n in nodes if is_plain_mean(n.aggregate) and len(done[n.id].lines) == 1}
    questions = [q for n in nodes for q in n.questions if is_traced(case, q)]
    return TraceChapter(
        id=principle.id,
        name=case.name(principle.id),
        items=tuple(_item(case, q, case.scorecard.items[q.id]) for q in questions),
        worth=valued(case, questions),
        taken=tuple(_taken(case, n.id, done[n.id].lines[0]) for n in nodes if n.id in taken),
        nodes=tuple(_computed(case, n.id, done[n.id]) for n in nodes if n.id not in taken),
    )


def _taken(case: RenderContext, node: str, line: Line) -> Row:
    """A node that is the mean of one part only: its value is that part's value."""
    score = case.score(node)
    caps = join([code(gate.id) for gate in score.gates if gate.binds])
    return (
        case.name(node),
        _part(case, line.child),
        six(line.part.value) if line.part else LEFT_OUT,
        caps or DASH,
        NOT_SCORED if score.value is None else six(score.value),
        case.now(node),
        case.level_now(node, DASH),
    )


def _empty(case: RenderContext) -> frozenset[int]:
    """The places in a question's row that no rule of this assessment can fill."""
    policies = case.rubric.policies
    filled = {CONFLICT: policies.disagreement, SETTLED: case.sheet.settled, EVIDENCE: policies.evidence}
    return frozenset(place for place, rule in filled.items() if not rule)


def _item(case: RenderContext, question: Question, item: ItemScore) -> Row:
    scale = case.scale_of(item.id)
    settled = pencil(native(item.agreed, scale)) if item.agreed is not None else DASH
    proof = DASH
    if item.grade:
        proof = item.grade if item.ceiling is None else f"{item.grade}: at most {case.points_of(item.id, item.ceiling)}"
    value = (
        LEFT_OUT if item.value is None else f"{fraction(native(item.value, scale))} = {six(native(item.value, scale))}"
    )
    heard = [_reading(case, item, reading) for reading in item.roles if reading.invited or reading.n or reading.na]
    heard += [f"{case.role(role)}: {_unasked(times)}, {why}" for (role, why), times in _not_counted(case, question.id)]
    row: Row = (
        concat((anchor(f"trace-{question.id}"), link(question.id, f"answers-{question.id}"))),
        join(heard, BREAK) or DASH,
        _combined(case, question, item),
        _disputing(case, item) or DASH,
        settled,
        proof,
        value,
    )
    return without(row, _empty(case))


def _combined(case: RenderContext, question: Question, item: ItemScore) -> str:
    """The roles together; how they were combined where that is the question's own rule."""
    if item.combined is None:
        return DASH
    own = question.combine if question.combine != case.rubric.policies.combine else None
    return case.points_of(item.id, item.combined) + (f" ({own})" if own else "")


def _disputing(case: RenderContext, item: ItemScore) -> str:
    """The roles in conflict."""
    return ", ".join(case.role(role) for role in item.conflict)


def _not_counted(case: RenderContext, question: str) -> list[tuple[tuple[str, str], int]]:
    """How many answers of which role do not count, and why."""
    return sorted(Counter(case.sheet.unasked(question)).items())


def _unasked(times: int) -> str:
    return f"{counted(times, 'answer', 'answers')} not counted"


def _reading(case: RenderContext, item: ItemScore, reading: RoleReading) -> str:
    name = case.role(reading.role) + ("" if reading.invited else " (not asked)")
    beside = [("not known", reading.unknown), ("declined", reading.declined), ("not applicable", reading.na)]
    parts = [f"{amount} {word}" for word, amount in beside if amount]
    if case.sheet.unheard(item.id, reading.role):
        few = case.sheet.few
        parts.append(f"of the anonymous {few}" if parts or reading.mean is not None else few)
    if reading.mean is not None:
        parts.insert(0, f"{_mean(case, item, reading.mean)} ({counted(reading.n, 'answer', 'answers')})")
    return f"{name}: {', '.join(parts) or 'no answer'}"


def _mean(case: RenderContext, item: ItemScore, mean: float) -> str:
    """What a role says, told from the nearest values that would be in conflict with the role held against others."""
    rule = compile_rubric(case.rubric).items[item.id]
    named = next((r.mean for r in item.roles if r.role == rule.conflict_role and r.mean is not None), None)
    if named is None:
        return case.points_of(item.id, mean)
    far = rule.conflict_distance
    return case.points_of(item.id, mean, *(end for end in (named - far, named + far) if 0 <= end <= TOP))


def _part(case: RenderContext, child: str) -> str | Markdown:
    """The name of one part of a node."""
    item = case.scorecard.items.get(child)
    return link(item.title or child, f"trace-{child}") if item else case.name(child)


def _computed(case: RenderContext, node: str, done: Worked) -> Computed:
    weighted = (f"Weight times {done.term or 'value'}",) if done.weighted else ()
    titles = (*FIGURES, *filter(None, [done.term]), *weighted)
    rows = tuple((_part(case, line.child), *_figures(case, line, len(titles))) for line in done.lines)
    says = aggregation(case.rubric.node_by_id[node].aggregate).says
    steps = tuple(_steps(case, case.score(node), done.steps))
    return Computed(node, case.name(node), says, ("Part", *map(Right, titles)), rows, steps)


def _figures(case: RenderContext, line: Line, columns: int) -> tuple[str, ...]:
    if line.part is None:
        return (LEFT_OUT, *[DASH] * (columns - 1))
    own = fraction(native(line.part.value, case.scale(line.child)))
    return (own, six(line.part.value), fraction(line.part.weight), *line.figures)


def _steps(case: RenderContext, score: NodeScore, steps: tuple[str, ...]) -> Iterator[Markdown]:
    if not steps and score.because:
        yield concat((as_sentence(case.discreet(score.because)),))
    for step in steps:
        yield concat((f"{step}.",))
    if score.value is None:
        yield Markdown("Not scored: too little of its weight is answered.")
        return
    caps = join([code(gate.id) for gate in score.gates if gate.binds])
    if score.uncapped is not None and caps:
        yield concat((f"Before caps {six(score.uncapped)}; capped at {six(score.value)} by ", caps, "."))
    elif score.uncapped is not None and abs(score.uncapped - score.value) > IN_SIX_DECIMALS:
        most = "most" if score.value < score.uncapped else "least"
        yield concat((f"Whatever is still open, it is at {most} {six(score.value)}, which counts instead.",))
    level = case.level_now(score.id, "")
    printed = f"of 100, printed as {case.now(score.id)}" + (f", level {level}" if level else "")
    yield concat(("Value ", strong(six(score.value)), f" {printed}."))


def _gates(case: RenderContext) -> tuple[Row, ...]:
    """Every cap and flag with what it holds down, whether its condition holds, and whether it decides the score."""
    return tuple(
        (
            code(gate.id),
            case.link(gate.node),
            _height(case, gate),
            _yes(gate.holds),
            _yes(gate.binds),
            as_sentence(gate.because) if gate.holds else DASH,
            _lifted(case, gate),
        )
        for gate in case.scorecard.gates()
    )


def _height(case: RenderContext, gate: GateResult) -> str:
    """What a cap allows; nothing where it lies above the scale."""
    if gate.at is None or gate.at > TOP:
        return DASH
    return case.points(gate.node, gate.at)


def _lifted(case: RenderContext, gate: GateResult) -> Markdown | str:
    return case.initiative_links(gate.lifted_by) if gate.lifted_by else DASH


def _yes(holds: bool) -> str:  # noqa: FBT001 - a word for a truth value
    return "yes" if holds else "no"

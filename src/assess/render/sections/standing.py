"""Where the organization stands: every principle and criterion with what works, what holds it back and what is next."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assess.formula.aggregations import AGGREGATIONS
from assess.formula.normalise import option_values
from assess.formula.worked import worked_parts
from assess.model.betterness import is_low, is_turned
from assess.model.findings import Finding, FindingKind
from assess.model.nodes import Node
from assess.model.questions import Option, Question
from assess.model.rubric import ROOT
from assess.model.scorecard import GateResult, ItemScore, NodeScore
from assess.numbers import TOLERANCE, bar, counted, fraction, padded, percent, short
from assess.render.certainty import heard, works
from assess.render.context import DASH, RenderContext, as_sentence, fact, join_facts, join_links
from assess.render.markdown import Markdown, concat, join, link, strong
from assess.render.sections.decisions import own_words, with_accepted
from assess.render.sections.evidence import Exhibit, exhibits, exhibits_of
from assess.render.sections.findings import NAMES
from assess.render.tables import Right, Row, without
from assess.words import ended, quoted

TOP_LEVEL, DEEPEST = 3, 6
MOST_PRAISED, MOST_NAMED = 3, 3
COLUMNS = (
    *("Part", "Now", "Level throughout", Right("Target"), Right("Gap")),
    *(Right("As claimed"), Right("Low to high"), Right("Answered"), Right("Roles\N{NO-BREAK SPACE}heard")),
)


CLAIMED, BETWEEN = 5, 6
# Findings that stand in the passage of their node; gates and plain gaps stand there already as facts.
_HINDERING: tuple[FindingKind, ...] = ("clash", "disagreement", "unproved")
# States of a question that somebody asked could answer; and of one that does not apply.
_SPOKEN, _APART = ("value", "na"), ("na", "hidden")


class StandingPassage(NamedTuple):
    """A principle or criterion: facts, what is so today, what works, what holds it back, and the next level."""

    id: str
    level: int
    name: str
    summary: str
    said: Markdown
    facts: Markdown
    today: str
    works: tuple[Markdown, ...]
    holds: tuple[Markdown, ...]
    next: tuple[Markdown, ...]
    rows: tuple[Row, ...]


class Standing(NamedTuple):
    """The chapter: strengths, the principles in one table, facts about the root, and a passage per node.

    is_graded, is_open: whether evidence, or an open question, can make any column differ from the score.
    """

    is_graded: bool
    is_open: bool
    columns: tuple[str | Right, ...]
    praise: tuple[Markdown, ...]
    rows: tuple[Row, ...]
    overall: tuple[Markdown, ...]
    passages: tuple[StandingPassage, ...]


def standing(case: RenderContext) -> Standing:
    """The chapter about where the organization stands."""
    found = exhibits(case)
    passages: list[StandingPassage] = []
    for principle in case.rubric.principles:
        passages += _passages(case, found, principle, TOP_LEVEL)
    rows = tuple(_row(case, node, case.link(node)) for node in case.principles)
    return Standing(
        is_graded=case.rubric.policies.evidence is not None,
        is_open=_is_open(case),
        columns=without(COLUMNS, _empty(case)),
        praise=_praise(case),
        rows=(*rows, _row(case, ROOT, strong("Overall"))),
        overall=_overall(case),
        passages=tuple(passages),
    )


def _is_open(case: RenderContext) -> bool:
    """Whether an open question can still move a score."""
    ends = ((score.low, score.high) for score in case.scorecard.scores.values())
    return any(low is not None and high is not None and high - low > TOLERANCE for low, high in ends)


def _empty(case: RenderContext) -> frozenset[int]:
    """The places of columns that would repeat the score in every row."""
    told = {CLAIMED: case.rubric.policies.evidence is not None, BETWEEN: _is_open(case)}
    return frozenset(place for place, tells in told.items() if not tells)


def _praise(case: RenderContext) -> tuple[Markdown, ...]:
    """The strengths that come first, at most three."""
    best = case.diagnosis.of("strength")[:MOST_PRAISED]
    return tuple(concat((case.link(f.node), ": ", works(case, f))) for f in best)


def _passages(case: RenderContext, found: tuple[Exhibit, ...], node: Node, level: int) -> Iterator[StandingPassage]:
    if node.id not in case.scorecard.scores:
        return
    score = case.score(node.id)
    yield StandingPassage(
        id=node.id,
        level=min(level, DEEPEST),
        name=case.name(node.id),
        summary=node.summary.strip(),
        said=own_words(case, node.id),
        facts=_facts(case, found, node, score),
        today=_today(case, node),
        works=tuple(_works(case, node, score)),
        holds=_holds(case, node, score),
        next=tuple(_next(case, node)),
        rows=tuple(
            _row(case, child.id, case.link(child.id)) for child in node.criteria if child.id in case.scorecard.scores
        ),
    )
    for child in node.criteria:
        yield from _passages(case, found, child, level + 1)


def _row(case: RenderContext, node: str, shown: Markdown) -> Row:
    score = case.score(node)
    between = DASH
    if score.low is not None and score.high is not None:
        between = " to ".join(case.between(node))
    row = (
        shown,
        f"{case.shown(node)} {case.level_now(node, '')}".strip(),
        case.level_title(node, score.staged_level, DASH),
        case.target(node),
        case.gap(node),
        case.points(node, score.claimed) if score.claimed is not None else DASH,
        between,
        percent(score.coverage),
        heard(case, node),
    )
    return without(row, _empty(case))


def _overall(case: RenderContext) -> tuple[Markdown, ...]:
    """What always stands beside the root: mean, minimum, what imbalance costs, and the gates that bind."""
    root = case.root
    lines: list[Markdown] = []
    if root.mean is not None and root.minimum is not None and len(root.children) > 1:
        lines.append(_mean_and_lowest(case, root.mean, root.minimum))
    if root.imbalance_loss and AGGREGATIONS[root.aggregate].uneven and _is_one_scale(case):
        lost = padded(root.imbalance_loss, 1, 0)
        lines.append(concat((f"Uneven parts cost {lost} of every 100 points of that mean.",)))
    if root.category:
        lines.append(concat(("Category: ", strong(root.category), ".")))
    lines += [_gate_line(case, gate) for gate in root.gates if gate.binds]
    return tuple(lines)


def _is_one_scale(case: RenderContext) -> bool:
    """Whether the principles are printed in the points of the whole, so that a mean of them says something."""
    return all(case.scale(child) == case.scale(ROOT) for child in case.root.children)


def _mean_and_lowest(case: RenderContext, mean: float, minimum: float) -> Markdown:
    """The plain mean and the lowest of parts on one scale; of parts that add up the lowest by its own points."""
    low = [n for n in case.root.children if n in case.scorecard.scores and case.score(n).value == minimum]
    if _is_one_scale(case):
        worst = "highest, which is the worst" if is_low(case.rubric, ROOT) else "lowest"
        said = f"The plain mean of the parts is {case.points(ROOT, mean, minimum)}, the {worst} of them "
        names = join([case.link(n) for n in low])
        lowest = case.now(low[0]) if low else case.points(ROOT, minimum)
        return concat((said, lowest, " (" if names else "", names, ")." if names else "."))
    each = [concat((case.link(n), f" ({case.now(n)} of {short(max(case.scale(n)), 2)})")) for n in low]
    worst = "Worst" if is_low(case.rubric, ROOT) else "Lowest"
    return concat((f"{worst} on its own scale: ", join_links(each), "."))


def _facts(case: RenderContext, found: tuple[Exhibit, ...], node: Node, score: NodeScore) -> Markdown:
    return join_facts(
        (
            concat((f"{bar(score.value, score.scale)} ", strong(case.now(node.id)))),
            fact("level", case.level_now(node.id, "") if score.value is not None else ""),
            fact("in nine of ten draws", case.drawn_ends(node.id)),
            fact("category", score.category or ""),
            fact("target", case.target(node.id) if node.id in case.targets else ""),
            fact("gap", case.gap(node.id) if case.gap(node.id) != DASH else ""),
            fact("with what is accepted", with_accepted(case, node.id)),
            fact("weight", _share(case, node.id)),
            "key criterion" if node.key else "",
            fact("answered", percent(score.coverage)),
            fact("roles heard", heard(case, node.id)),
            fact("evidence", exhibits_of(case, found, node.id)),
        )
    )


def _share(case: RenderContext, node: str) -> str:
    """The weight of a node among the parts of the node above that have a value, as the appendix counts it."""
    above = case.rubric.home_of[node]
    part = worked_parts(case.rubric, above, case.scorecard.scores, case.scorecard.items).get(node)
    return fraction(part.weight) if part else ""


def _strengths(case: RenderContext, node: str) -> tuple[Finding, ...]:
    return tuple(f for f in case.diagnosis.of("strength") if f.node == node)


def _works(case: RenderContext, node: Node, score: NodeScore) -> Iterator[Markdown]:
    for finding in _strengths(case, node.id):
        yield concat((works(case, finding),))
    if _strengths(case, node.id):
        return
    shown = {c.id: case.now(c.id) for c in node.criteria if _value(case, c.id)}
    best = max(shown, key=lambda c: _value(case, c), default=None)
    ahead = [c for c in shown if best and shown[c] == shown[best]]
    if best and score.value and (len(ahead) < len(node.criteria) or len(ahead) == 1):
        yield concat((_few(case, ahead), f" {'is' if len(ahead) == 1 else 'are'} furthest, at {shown[best]}."))


def _value(case: RenderContext, node: str) -> float:
    """The value of a node on 0..100; 0 where it has none."""
    return case.score(node).value or 0.0 if node in case.scorecard.scores else 0.0


def _few(case: RenderContext, nodes: Sequence[str]) -> Markdown:
    """Links to some nodes, and how many more there are."""
    links = [case.link(node) for node in (nodes if len(nodes) == MOST_NAMED + 1 else nodes[:MOST_NAMED])]
    more = len(nodes) - len(links)
    return join_links([*links, *([Markdown(f"{more} more")] if more else [])])


def _main_item(case: RenderContext, node: Node) -> tuple[Question, ItemScore] | None:
    """The anchored question of a criterion with its score."""
    ordered = (q for q in node.questions if q.traits.reads == "steps" and not is_turned(case.rubric, q))
    anchored = (q for q in ordered if case.rubric.scored(q))
    return next(((q, case.scorecard.items[q.id]) for q in anchored if q.id in case.scorecard.items), None)


def _anchors(case: RenderContext, question: Question) -> tuple[tuple[float, Option], ...]:
    """The options of an ordered question, lowest first, each with its value on 0..100."""
    values = option_values(case.rubric, question)
    known = ((values[option.key or ""], option) for option in case.rubric.options_of(question))
    return tuple((value, option) for value, option in known if value is not None)


def _today(case: RenderContext, node: Node) -> str:
    """The words of the highest anchor that the criterion has reached, and of the next where the mean lies between them.

    Empty without one, and while roles disagree.
    """
    main = _main_item(case, node)
    if main is None or main[1].value is None or (main[1].conflict and main[1].agreed is None):
        return ""
    anchors = _anchors(case, main[0])
    reached = [(at, option) for at, option in anchors if at <= main[1].value + TOLERANCE]
    if not reached:
        return ""
    at, option = reached[-1]
    above = [higher for higher in anchors if higher[0] > at + TOLERANCE]
    if above and main[1].value > at + TOLERANCE and main[1].agreed is None:
        return f"between {quoted(option.label)} and {quoted(ended(above[0][1].label))}"
    return quoted(ended(option.label))


def _next(case: RenderContext, node: Node) -> Iterator[Markdown]:
    main = _main_item(case, node)
    if main is None or main[1].state in _APART:
        return
    value = main[1].value or 0.0
    above = [option for at, option in _anchors(case, main[0]) if at > value + TOLERANCE]
    if above:
        level = case.level(node.id, above[0].key)
        words = quoted(ended(above[0].label))
        yield concat((strong(f"{level.title}:"), " ", words)) if level else concat((words,))
        if node.proof:
            yield concat((f"Shown by: {ended('; '.join(node.proof))}",))


def _gate_line(case: RenderContext, gate: GateResult) -> Markdown:
    parts: list[str] = [as_sentence(gate.because)]
    if gate.at is not None:
        parts.append(f" Until that is solved the score stays at {case.points(gate.node, gate.at)} or below.")
    if gate.lifted_by:
        parts += [" Solved by ", case.initiative_links(gate.lifted_by), "."]
    return concat(parts)


def _holds(case: RenderContext, node: Node, score: NodeScore) -> tuple[Markdown, ...]:
    """What holds a node back: gates that bind, findings, what is not known, and parts or words that lag."""
    lines = [_gate_line(case, gate) for gate in score.gates if gate.binds]
    lines += _told(case, node.id)
    lines += _behind(case, node)
    if not node.criteria and case.is_behind(node.id):
        gaps = (f for f in case.diagnosis.of("gap") if f.node == node.id and (node.says.gap or f.remark))
        lines += [concat((as_sentence(f.told),)) for f in gaps if f.told]
    if score.value is None:
        lines.append(concat((as_sentence(score.because or "There are not enough answers for a score"),)))
    return tuple(lines)


def _behind(case: RenderContext, node: Node) -> Iterator[Markdown]:
    """Which parts of a node are furthest from their target; several where they are equally far."""
    low = case.widest(c.id for c in node.criteria if c.id in case.scorecard.scores and case.is_behind(c.id))
    far = [c for c in low if case.gap(c) == case.gap(low[0])]
    if len(far) > 1 and len(far) == len(node.criteria):
        yield concat((f"Every part is {case.gap(far[0])} short of its target.",))
    elif far:
        one, several = "The widest gap, {}, is that of ", "The widest gaps, {} each, are those of "
        words = (one if len(far) == 1 else several).format(case.gap(far[0]))
        yield concat((words, _few(case, far), "."))


def _told(case: RenderContext, node: str) -> Iterator[Markdown]:
    for finding in case.diagnosis.of(*_HINDERING):
        if finding.node == node:
            yield concat((_titled(case, finding), f": {as_sentence(finding.told)}" if finding.told else ""))
    blind = [f for f in case.diagnosis.of("blind_spot", "silence") if f.node == node and (f.question or f.quotes)]
    partly = [f for f in blind if f.question and case.scorecard.items[f.question].state in _SPOKEN]
    nobody = [f for f in blind if f not in partly]
    if partly:
        yield concat(("Not everybody who was asked could answer ", _questions(case, partly), "."))
    if nobody:
        words = (
            "No answer that counts was given to "
            if _left_out(case, nobody)
            else "Nobody who was asked gave an answer to "
        )
        yield concat((words, _questions(case, nobody), "."))


def _left_out(case: RenderContext, found: Sequence[Finding]) -> bool:
    """Whether anonymous people were asked one of some open questions of whom too few answered."""
    asked = {finding.question for finding in found} | {quote.question for finding in found for quote in finding.quotes}
    roles = case.sheet.shy.keys()
    questions = [case.rubric.question_by_id[name] for name in asked if name]
    return any(role in roles and case.sheet.unheard(q.id, role) for q in questions for role in case.rubric.asked(q))


def _titled(case: RenderContext, finding: Finding) -> Markdown:
    """A link to a finding; by its kind where its title would only repeat the part."""
    if finding.kind == "unproved":
        return link(NAMES[finding.kind].capitalize(), case.finding_anchors[finding.id])
    return case.finding_link(finding)


def _questions(case: RenderContext, found: Sequence[Finding]) -> Markdown:
    """How many questions some findings are about, linked to the first of them."""
    several = sum(1 if finding.question else len(finding.quotes) for finding in found)
    return link(counted(several, "question", "questions"), case.finding_anchors[found[0].id])

"""The steps from its parts to the score of one node."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from assess.explain.changes import level_changes
from assess.explain.context import INDENT, ExplainContext, indented
from assess.explain.decided import node_decisions
from assess.explain.items import answer_with_unit, item_lines
from assess.formula.aggregations import AGGREGATIONS, aggregation, is_plain_mean
from assess.formula.certainty import Certainty, anonymity, scored, share_filled, silence, who
from assess.formula.worked import Worked, work_out
from assess.model.aggregation import Aggregate
from assess.model.betterness import is_low
from assess.model.findings import AgreementChange
from assess.model.rubric import ROOT
from assess.model.scorecard import GateResult, NodeScore
from assess.numbers import BELOW, MORE_THAN, TOLERANCE, fraction, number, number_printed, percent, short, six
from assess.words import ended, listed

ANSWERS = {True: "holds", False: "does not hold", None: "undecided"}


def node_lines(book: ExplainContext, score: NodeScore) -> Iterator[str]:
    """One node: its score, the arithmetic, the caps, how sure it is, and the questions right below it."""
    yield book.name(score.id)
    yield from indented(_value(book, score))
    for title, lines in (
        ("How it comes about", [*_arithmetic(book, score), *_result(book, score)]),
        ("Caps and flags", [*_caps(book, score)]),
        ("How sure it is", [*_sureness(book, score)]),
        ("What it is worth", [*_worth(book, score)]),
        ("What would change it", [*_changes(book, score)]),
        ("What was decided", [*node_decisions(book, score.id)]),
        ("Questions", [*_questions(book, score)]),
    ):
        if lines:
            yield from ("", title, *indented(lines))


def _value(book: ExplainContext, score: NodeScore) -> Iterator[str]:
    if score.only_facts:
        yield "Not scored: only facts are asked of it."
        return
    if score.low is None:
        yield "Does not apply: nothing below it does."
        return
    if score.value is None:
        least = book.rubric.policies.min_coverage
        covered, needed = percent(score.coverage, least), percent(least, score.coverage)
        yield f"Not scored: {covered} of its weight is answered, {needed} are needed."
        return
    levels = book.rubric.levels_of(score.id)
    level = next((level for level in levels if level.key == score.level), None)
    of = f"on {book.range(score.id)} ({six(score.value)} of 100)"
    yield f"Score {book.now(score.id)} {of}{f', level {level.title}' if level else ''}."
    following = next((other for other in levels if other.at > (level.at if level else -1)), None)
    if following:
        start = book.begins(score.id, following.at)
        low = is_low(book.rubric, score.id)
        more = abs(max((number_printed(start) - number_printed(book.now(score.id))) * (-1 if low else 1), Decimal(0)))
        if start.startswith(BELOW):
            yield f"The next level, {following.title}, lies {start}: {MORE_THAN}{more:f} less."
        else:
            yield f"The next level, {following.title}, begins at {start}: {_more(book, score, more)}."
    lowest = next((level for level in levels if level.key == score.staged_level), None)
    if lowest and score.staged_level != score.level:
        yield f"Staged level, that of its lowest part: {lowest.title}."


def _more(book: ExplainContext, score: NodeScore, more: Decimal) -> str:
    """How far the next level is off; a score on a threshold has not reached it where it must lie above."""
    low = is_low(book.rubric, score.id)
    if more:
        return f"{more:f} {'less' if low else 'more'}"
    return f"it must lie {'below' if low else 'above'} {book.now(score.id)}"


def _arithmetic(book: ExplainContext, score: NodeScore) -> Iterator[str]:
    """The parts with their weights and terms, and the steps from the terms to the value."""
    how, done = book.rubric.node_by_id[score.id].aggregate, work_out(book, score.id)
    says, present = aggregation(how).says, [line for line in done.lines if line.part]
    if is_plain_mean(how) and len(done.lines) == len(present) == 1:
        yield f"Its only part is {book.name(present[0].child)}."
    else:
        yield ended(says[0].upper() + says[1:])
        yield from indented(_table(book, done) if present else ())
    for child in (line.child for line in done.lines if not line.part):
        weight = fraction(_weight(book, score.id, child))
        yield f"Left out, because it has no score: {book.name(child)} (weight {weight} of all)."
    yield from _rules(book, how)
    if len(present) > 1 or aggregation(how).counts:
        yield from (ended(step) for step in done.steps)


def _table(book: ExplainContext, done: Worked) -> Iterator[str]:
    """The parts as aligned columns: score, value on 0..100, weight, term and product where there are any."""
    product = (f"weight x {done.term or 'value'}",) if done.weighted else ()
    rows = [("", "score", "of 100", "weight", *filter(None, [done.term]), *product)]
    for child, part, figures in done.lines:
        if part:
            name = f"{book.name(child)}{_stage(book, child)}"
            rows.append((name, book.native(child, part.value), six(part.value), fraction(part.weight), *figures))
    return _aligned(rows)


def _weight(book: ExplainContext, node: str, child: str) -> float:
    return dict(book.compiled.nodes[node].weights)[child]


def _stage(book: ExplainContext, child: str) -> str:
    known = book.rubric.question_by_id.get(child) or book.rubric.node_by_id[child]
    duty = "" if known.duty == "must" else f", {known.duty}"
    return f" (stage {known.stage}{duty})" if known.stage else ""


def _rules(book: ExplainContext, how: Aggregate) -> Iterator[str]:
    """Thresholds of stages and tallies, and the rows of a first-match table with what they come to."""
    named = {"reach": how.reach, "lower stages": how.lower, "must": how.must, "should": how.should}
    if any(named.values()):
        told = (f"{name} {_threshold(written)}" for name, written in named.items() if written)
        yield f"Thresholds on 0..100: {', '.join(told)}."
    for case in how.cases:
        yield f"{case.category} when {case.when}: {ANSWERS[book.tree.truth(case.when)]}."
    if how.cases:
        yield f"Otherwise {how.otherwise}."


def _threshold(written: Mapping[str, str]) -> str:
    """The threshold of all parts, or one after another with the stage whose parts it is for."""
    return " and ".join(f"{text} for stage {stage}" if stage else text for stage, text in written.items())


def _aligned(rows: list[tuple[str, ...]]) -> Iterator[str]:
    """Rows as columns, the first to the left and the others to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for first, *rest in rows:
        yield "  ".join([first.ljust(widths[0]), *(c.rjust(w) for c, w in zip(rest, widths[1:], strict=True))])


def _result(book: ExplainContext, score: NodeScore) -> Iterator[str]:
    if score.uncapped is None:
        yield ended(score.because)
        return
    category = f", category {score.category}" if score.category else ""
    yield f"Before caps: {six(score.uncapped)} of 100 = {book.pencil(score.id, score.uncapped)}{category}."


def _caps(book: ExplainContext, score: NodeScore) -> Iterator[str]:
    """Every cap on the node, the one that decides first; then the flags and clashes written on it."""
    for gate in sorted(score.gates, key=lambda gate: (not gate.binds, not gate.holds)):
        yield f"{gate.id}: {cap_effect(book, score, gate)}"
        if gate.kind == "key" or gate.holds:
            yield f"{INDENT}{ended(gate.because)}"
        if gate.kind != "key":
            condition = _condition(book, gate.id)
            yield f"{INDENT}Condition ({ANSWERS[book.tree.truth(condition)]}): {condition}"
        if gate.binds and gate.lifted_by:
            yield f"{INDENT}Lifted by {book.initiatives(gate.lifted_by)}."
    yield from _flags(book, score.id)


def cap_effect(book: ExplainContext, score: NodeScore, gate: GateResult) -> str:
    """What a cap does to the score of a node."""
    if gate.at is None:
        return "no cap, because the key criterion has no score."
    at = book.pencil(score.id, gate.at)
    if gate.kind == "key":
        key = book.scorecard.scores[gate.id]
        at = f"{book.pencil(key.id, key.value or 0.0)} + {short(book.rubric.policies.key_headroom, 2)} = {at}"
    if gate.binds:
        return f"caps the score at {at} ({six(gate.at)} of 100) and decides it."
    if gate.holds:
        return f"caps the score at {at}, which does not lower it."
    return f"would cap the score at {at}."


def _condition(book: ExplainContext, name: str) -> str:
    texts = {gate.id: gate.when for gate in book.rubric.all_gates()}
    texts |= {clash.id: clash.practice for clash in book.rubric.all_clashes()}
    return texts[name]


def _flags(book: ExplainContext, node: str) -> Iterator[str]:
    """The flags and clashes written on the node, which cap nothing."""
    known = book.rubric.node_by_id[node]
    for gate in known.gates:
        if gate.cap is None:
            yield f"{gate.id}: a flag, which caps nothing."
            yield f"{INDENT}Condition ({ANSWERS[book.tree.truth(gate.when)]}): {gate.when}"
    for clash in known.clashes:
        claim, practice = book.halves(clash)
        found = "both halves hold" if claim and practice else "does not show"
        yield f"{clash.id}: a clash, {found}."
        yield f"{INDENT}Claim ({ANSWERS[claim]}): {clash.claim}"
        yield f"{INDENT}Practice ({ANSWERS[practice]}): {clash.practice}"


def _sureness(book: ExplainContext, score: NodeScore) -> Iterator[str]:
    found = book.certainties[score.id]
    yield f"{percent(score.coverage)} of the weight that applies is answered."
    told = (who(book.rubric, found), silence(book.rubric, found), anonymity(book.rubric, found), share_filled(found))
    yield from filter(None, told)
    if found.scored:
        yield f"{scored(found)}, {found.backed} of them shown by evidence."
    if score.low is not None and score.high is not None:
        low, high = book.native(score.id, score.low, score.high), book.native(score.id, score.high, score.low)
        yield f"What is still open could move it from {low} to {high}." if low != high else _settled(found)
    if score.claimed is not None and score.value is not None:
        yield f"With evidence left aside it would be {_claimed(book, score, score.claimed, score.value)}."


def _claimed(book: ExplainContext, score: NodeScore, claimed: float, value: float) -> str:
    """The score without the rule on evidence; beside the score itself where they are too near for its decimals."""
    if abs(claimed - value) <= TOLERANCE:
        return "the same"
    if book.native(score.id, claimed) != book.now(score.id):
        return book.native(score.id, claimed)
    return f"{book.native(score.id, claimed, value)} instead of {book.native(score.id, value, claimed)}"


def _settled(found: Certainty) -> str:
    """What to say where nothing that is open can move a score: a question may be open all the same, or a role."""
    if found.answered < found.scored:
        return "Scored questions are open, but no answer to them could move it any more."
    if found.filled == found.asked:
        return "Nothing is open."
    return "No scored question is open, but what roles have not said could still change what others said."


def _worth(book: ExplainContext, score: NodeScore) -> Iterator[str]:
    root = book.scorecard.scores[ROOT]
    many = len(score.children) > 1 and _is_one_scale(book, score)
    if many and score.mean is not None and score.minimum is not None:
        lowest = book.native(score.id, score.minimum, score.mean)
        mean = book.native(score.id, score.mean, score.minimum)
        uneven = score.imbalance_loss if AGGREGATIONS[score.aggregate].uneven else None
        loss = f"; unevenness costs {short(uneven)}% of the mean" if uneven else ""
        end = "worst" if is_low(book.rubric, score.id) else "lowest"
        yield f"Plain mean of its parts {mean}, {end} part {lowest}{loss}."
    if score.effective_weight is not None and score.id != ROOT:
        yield f"It carries {percent(score.effective_weight)} of the overall score."
    if score.gradient is not None and score.id != ROOT:
        span, whole = score.scale[1] - score.scale[0], root.scale[1] - root.scale[0]
        points = score.gradient * whole / span if span else 0.0
        way = "raises" if points >= 0 else "lowers"
        yield f"One more point here {way} the overall score by {number(abs(points), 2)} points, as things stand."


def _is_one_scale(book: ExplainContext, score: NodeScore) -> bool:
    """Whether all parts are read in the points of the node, so that a mean of them says something."""
    scores = book.scorecard.scores
    alike = all(scores[child].scale == score.scale for child in score.children if child in scores)
    return alike and not AGGREGATIONS[score.aggregate].counts


def _changes(book: ExplainContext, score: NodeScore) -> Iterator[str]:
    """The single answers that would move the node to another level, or its score where there are no levels."""
    if score.value is None:
        return
    found, what = level_changes(book, score.id), "level" if score.level else "score"
    for way, moved in (("raise", found.up), ("lower", found.down)):
        if moved:
            yield f"Any one of these answers, agreed on while everything else stays, would {way} the {what}:"
            yield from indented(_change(book, score, change) for change in moved)
        else:
            yield f"No single answer would {way} the {what}."
        if way == "raise" and found.best:
            yield f"The one that adds most: {_change(book, score, found.best)}"
    if found.untold:
        other = "which anonymous people were asked another question; what that would do is not told"
        yield f"Some answers to {listed(found.untold)} decide {other}."
    if any(group.counting < group.asked for group in book.certainties[score.id].groups):
        yield "Anonymous answers that do not count today are left aside here."


def _change(book: ExplainContext, score: NodeScore, change: AgreementChange) -> str:
    level = next((level.title for level in book.rubric.levels_of(score.id) if level.key == change.level), "")
    proof = f", {change.proof}" if change.proof else ""
    reached = f"{book.on(score.id, change.value, change.scale)}{f' {level}' if level else ''}"
    answer = answer_with_unit(book.rubric.question_by_id[change.question], change.answer)
    return f"{change.question} = {answer}{proof}: {reached}"


def _questions(book: ExplainContext, score: NodeScore) -> Iterator[str]:
    for place, question in enumerate(book.rubric.node_by_id[score.id].questions):
        yield from ([""] if place else [])
        yield from item_lines(book, question.id)

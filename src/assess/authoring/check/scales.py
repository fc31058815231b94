"""What scores can reach: the top, every level, and by every weight."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from assess.authoring.check.context import TOP, Found, Hold, Subject
from assess.authoring.check.truths import FALSE
from assess.authoring.check.variables import Reply, Variable, VariableValue
from assess.formula import level_at, native_points
from assess.formula import nodes as f
from assess.formula.certainty import questions_below
from assess.formula.normalise import closed_at
from assess.formula.pairs import points
from assess.formula.worked_answers import answer_value
from assess.model.betterness import is_low
from assess.model.nodes import walk
from assess.model.questions import Level, Question
from assess.model.rubric import Rubric
from assess.numbers import TOLERANCE, apart, short
from assess.problems import listing

NEGLIGIBLE = 0.1


def best_items(subject: Subject) -> Found:
    """The best answer to a scored question is worth the top of its scale."""
    policy = subject.rubric.policies.evidence
    if policy and max(policy.stated, policy.documented, policy.confirmed) < TOP:
        most = max(policy.stated, policy.documented, policy.confirmed)
        message = f"even the best proof counts only up to {apart(most, 1, TOP)} of 100, so no answer reaches the top"
        yield subject.found(
            "best_answers",
            message,
            "",
            "policies",
            "evidence",
            hint="let `confirmed` be 100",
            witness="evidence: confirmed",
        )
    for question in _counting(subject):
        best = subject.best(question)
        ceilings = subject.compiled.items[question.id].ceilings
        if best < TOP - TOLERANCE and not ceilings:
            message = f"the best answer to '{question.id}' is worth {apart(best, 1, TOP)} of 100"
            yield subject.found("best_answers", message, question.id, *_culprit(question), hint=_way_out(question))


def _counting(subject: Subject) -> Sequence[Question]:
    """The questions with a value of their own that counts in a mean."""
    return [q for q in subject.rubric.questions() if subject.compiled.items[q.id].weight and subject.rubric.scored(q)]


def _culprit(question: Question) -> tuple[str | int, ...]:
    if question.traits.worth == "figure":
        return (next(key for key in ("goalposts", "steps", "band") if getattr(question, key)),)
    return next((("options", place) for place, o in enumerate(question.options) if o.exclusive and o.score), ())


def _way_out(question: Question) -> str:
    if question.traits.worth == "figure":
        return "let `min` and `max` reach as far as the best number"
    return "an option that stands alone takes no part in the sum: give it the score 0"


def best_rows(subject: Subject) -> Found:
    """The best row of a table is worth the top of its scale."""
    for name in subject.tables:
        best = subject.tops[name]
        if subject.how(name) == "rules" and best < TOP - TOLERANCE:
            message = f"the best row of '{name}' is worth {apart(best, 1, TOP)} of 100"
            route = ("aggregate", "rules", "values")
            hint = "give the best category the value 100"
            yield subject.found("best_answers", message, name, *route, hint=hint, severity="warning")


def best_caps(subject: Subject) -> Found:
    """With the best answers, some facts let no cap hold."""
    for node in subject.compiled.nodes:
        holds = [hold for hold in subject.holds if node in hold.at]
        stuck = _stuck(subject, holds)
        if len(stuck) > 1:
            names = listing([f"'{hold.stated.anchor}'" for hold in stuck])
            last = stuck[-1].stated
            message = f"whatever the facts, one of {names} holds '{node}' down"
            hint = "leave one answer on which none of them holds"
            sheet = subject.together([hold.stated.test for hold in stuck]).nearest()
            yield subject.found("best_answers", message, last.anchor, *last.route, hint=hint, sheet=sheet)


def _stuck(subject: Subject, holds: Sequence[Hold]) -> list[Hold]:
    """The fewest caps of which one always holds on the best answers; empty when none has to."""
    found = list(holds)
    if not found or _avoidable(subject, found):
        return []
    for hold in holds:
        fewer = [other for other in found if other is not hold]
        if fewer and not _avoidable(subject, fewer):
            found = fewer
    return found


def _avoidable(subject: Subject, holds: Sequence[Hold]) -> bool:
    """Whether no cap has to hold when everything scored is answered as well as can be; also when too much is open."""
    puzzle = subject.together([hold.stated.test for hold in holds])
    fixed = {slot: cell for slot in puzzle.slots if (cell := _best_cell(subject, slot)) is not None}
    found = puzzle.search([FALSE] * len(holds), fixed)
    return found.sheet is not None or not found.exact


def _best_cell(subject: Subject, slot: Variable) -> VariableValue | None:
    """The best answer to a scored question, the top of a node; None for facts."""
    cells = subject.domains.of(slot)
    if slot.kind == "node":
        return cells[-1]
    question = subject.rubric.question_by_id.get(slot.name)
    if slot.kind != "answer" or question is None or not subject.rubric.scored(question):
        return None
    return max(
        (cell for cell in cells if isinstance(cell, Reply) and cell.raws),
        key=lambda cell: min(answer_value(subject.rubric, question, raw) or 0.0 for raw in cell.raws),
    )


def levels_above(subject: Subject) -> Found:
    """Every level can be reached by the answers to what is below its node."""
    for node in subject.rubric.tree():
        for place, level in enumerate(node.levels):
            if closed_at(subject.rubric, node.id) == "above" and level.at >= TOP:
                message = f"nothing reaches the level '{level.key}': with `closed: above` a value must lie above 100"
                hint = "let it begin lower, or say `closed: below`"
                yield subject.found("unreachable_level", message, node.id, "levels", place, "at", hint=hint)
    for name in subject.compiled.nodes:
        missed = [level.key for level in subject.rubric.levels_of(name) if _missed(subject, name, level)]
        if missed:
            starts = [native_points(subject.rubric, name, level.at) for level in subject.rubric.levels_of(name)]
            top = apart(native_points(subject.rubric, name, subject.tops[name]), 2, *starts)
            message = f"no answers lift '{name}' to {listing([repr(key) for key in missed])}: its best value is {top}"
            hint = "let its questions reach the top, or give it levels of its own"
            yield subject.found("unreachable_level", message, name, hint=hint, severity="warning")


def _missed(subject: Subject, name: str, level: Level) -> bool:
    """Whether a node cannot reach a level that everything below it can; a policy that forbids it speaks for itself."""
    top, policy = subject.tops[name], subject.rubric.policies.evidence
    if level.at <= top + TOLERANCE or (policy and policy.confirmed < TOP):
        return False
    children = [subject.tops[child] for child, _ in subject.compiled.nodes[name].weights if child in subject.tops]
    return not any(level.at > child + TOLERANCE for child in children)


def levels_between(subject: Subject) -> Found:
    """A table, a ladder or stages give every level; those between their values are nobody's."""
    for name in subject.tables:
        steps = subject.spans[name].steps
        levels = subject.rubric.levels_of(name)
        reached = {found.key for value in steps if (found := level_at(subject.rubric, name, value))}
        missed = [level.key for level in levels if level.key not in reached and level.at <= steps[-1] + TOLERANCE]
        if missed:
            shown = listing([short(native_points(subject.rubric, name, value), 2) for value in steps])
            message = f"'{name}' is never {listing([repr(key) for key in missed])}: its only values are {shown}"
            hint = "give it levels of its own, or do not name these where it is meant"
            yield subject.found("unreachable_level", message, name, hint=hint, severity="note")


def weights(subject: Subject) -> Found:
    """No child weighs less than a tenth of an equal share."""
    for name, rule in subject.compiled.nodes.items():
        shares = dict(_shares(rule.formula))
        declared = subject.rubric.node_by_id[name].weights
        for child, share in shares.items():
            if declared.rank or share >= NEGLIGIBLE / len(shares) or (not share and _is_read_elsewhere(subject, child)):
                continue
            alone = native_points(subject.rubric, name, _alone(subject, name, child))
            witness = f"{child} at its best and all others at their worst: {name} {short(alone, 3)}"
            message = f"'{child}' weighs {short(100 * share, 3)}% of '{name}', less than a tenth of an equal share"
            hint = "give it a weight that can be seen, or take it out"
            place = (name, "weights", "points") if declared.points else (child, "weight")
            yield subject.found("negligible_weight", message, *place, hint=hint, severity="warning", witness=witness)


def _is_read_elsewhere(subject: Subject, child: str) -> bool:
    """Whether all that is scored below a node that weighs nothing is read by other nodes, or by conditions."""
    node = subject.rubric.node_by_id.get(child)
    scored = [q.id for q in questions_below(subject.rubric, node) if subject.rubric.scored(q)] if node else []
    below = {part.id for part in walk(node)} & subject.read if node else set()
    return bool(scored) and all(
        name in subject.compiled.read_in or name in subject.read or _lies_in(subject, name, below) for name in scored
    )


def _lies_in(subject: Subject, question: str, nodes: AbstractSet[str]) -> bool:
    return any(node.id in nodes for node in subject.rubric.upwards(question))


def _shares(formula: f.Formula) -> Iterator[tuple[str, float]]:
    """The share of each child of a mean or sum, as a fraction of 1."""
    parts: list[tuple[float, f.Formula]] = []
    if isinstance(formula, f.Combined) and formula.rule.power:
        parts = [*formula.parts]
    elif isinstance(formula, f.Sum):
        parts = [(times * (most - least), part) for times, part, least, most in formula.parts]
    total = sum(weight for weight, _ in parts)
    for weight, part in parts:
        yield from ((child, weight / total) for child in f.names_read(part))


def _alone(subject: Subject, name: str, child: str) -> float:
    """What a node is worth when one child stands at the top and the others at the bottom."""
    at = {other: TOP * (other == child) for other, _ in subject.compiled.nodes[name].weights}
    nodes = {other: value for other, value in at.items() if other in subject.tops}
    items = {other: value for other, value in at.items() if other not in subject.tops}
    return (
        subject.worlds.above(nodes, items, frozenset(h.stated.anchor for h in subject.holds)).node(name).uncapped or 0.0
    )


def divisors(subject: Subject) -> Found:
    """A ratio says what it comes to where its divisor can be 0."""
    for name, rule in subject.compiled.nodes.items():
        pair = rule.formula
        if not isinstance(pair, f.Pair) or pair.how == "difference" or pair.zero is not None:
            continue
        tree = subject.worlds.tree({})
        found = points(tree.number(pair.other), tree.ends(pair.other))
        if found and found.least <= TOLERANCE:
            divisor = next(f.names_read(pair.other))
            message = f"'{divisor}' can be 0, and '{name}' is divided by it; then it has no score"
            hint = "say with `zero` how many points it comes to then"
            yield subject.found("divided_by_zero", message, name, "aggregate", hint=hint, severity="warning")


def zeros(subject: Subject) -> Found:
    """What a ratio comes to where its divisor is 0 lies on its scale."""
    for name, rule in subject.compiled.nodes.items():
        pair = rule.formula
        if isinstance(pair, f.Pair) and pair.zero is not None and not min(pair.scale) <= pair.zero <= max(pair.scale):
            least, most = sorted(pair.scale)
            end, scale = least if pair.zero < least else most, f"the scale of '{name}', {least:g} to {most:g}"
            message = f"`zero: {pair.zero:g}` lies beyond {scale}, and counts as {end:g}"
            hint = "name points of its scale, or give the node a wider one"
            place = ("aggregate", "ratio", "zero")
            yield subject.found("divided_by_zero", message, name, *place, hint=hint, severity="warning")


def turned_parts(subject: Subject) -> Found:
    """A part that is read in points does not take over, against its own figures, that more is worse."""
    rubric = subject.rubric
    for name, rule in subject.compiled.nodes.items():
        for part in f.names_read(rule.formula) if isinstance(rule.formula, f.Pair) else ():
            node = rubric.node_by_id.get(part)
            if node is None or node.better is not None or not is_low(rubric, part):
                continue
            asked = [question for question in questions_below(rubric, node) if is_low(rubric, question.id)]
            if {_is_better_high(rubric, question) for question in asked} - {None} == {True}:
                message = (
                    f"'{part}' takes over `better: low` and asks what is better the more; '{name}' reads its points"
                )
                hint = f"say `better: high` for '{part}', so that the best answers bring the most points"
                yield subject.found("turned_part", message, part, hint=hint, severity="warning")


def _is_better_high(rubric: Rubric, question: Question) -> bool | None:
    """Whether a scored question says itself that more is better; None where it says nothing."""
    if not rubric.scored(question) or question.band:
        return None
    if question.goalposts:
        return question.goalposts.worst < question.goalposts.best
    return None if question.better is None else question.better == "high"


SCALE_RULES = (divisors, zeros, turned_parts, best_items, best_rows, best_caps, levels_above, levels_between, weights)

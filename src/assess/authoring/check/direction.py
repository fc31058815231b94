"""The direction of scores: a better answer never lowers one, and never speaks against the organization."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from assess.authoring.check.context import Found, Stated, Subject
from assess.authoring.check.solver import Solver
from assess.authoring.check.truths import FALSE, TRUE, atoms_of
from assess.authoring.check.variables import Reply, Sheet, Stand, Variable, VariableValue, cell_in_words, sheet_in_words
from assess.formula import nodes as f
from assess.formula.normalise import counts_in_node
from assess.formula.worked_answers import answer_value
from assess.model.answers import AnswerValue
from assess.model.nodes import Node
from assess.model.questions import Question
from assess.numbers import TOLERANCE
from assess.problems import Problem, Severity

Steps = Mapping[VariableValue, Sequence[VariableValue]]


class Replacement(NamedTuple):
    """One answer replaced by another while all others stay: the two sheets, and what was changed."""

    slot: Variable
    before: Sheet
    after: Sheet


def falling_gates(subject: Subject) -> Found:
    """No gate, and no cap of a clash, begins to hold because of a better answer."""
    found = [(subject.stated(gate.id, "when"), "the gate") for gate in subject.rubric.all_gates()]
    found += [
        (subject.stated(clash.id, "practice"), "the cap of") for clash in subject.rubric.all_clashes() if clash.cap
    ]
    for stated, what in found:
        step = _turned_on(subject, stated, ladder(subject, stated))
        if step:
            message = f"a better answer to '{step.slot.name}' makes {what} '{stated.anchor}' hold"
            yield _falling(subject, stated, step, message)


def falling_clashes(subject: Subject) -> Found:
    """No practice half of a clash begins to hold because of a better answer, no claim half because of a worse one.

    Of claim halves levels are looked at, and facts that say which answers are `better`.
    """
    for clash in subject.rubric.all_clashes():
        stated = subject.stated(clash.id, "practice")
        step = None if clash.cap else _turned_on(subject, stated, ladder(subject, stated))
        if step:
            message = f"a better answer to '{step.slot.name}' makes the practice half of '{clash.id}' hold"
            yield _falling(subject, stated, step, message)
        stated = subject.stated(clash.id, "claim")
        down = {slot: _down(steps) for slot, steps in ladder(subject, stated).items() if _directed(subject, slot)}
        step = _turned_on(subject, stated, down)
        if step:
            message = f"a worse answer to '{step.slot.name}' makes the claim half of '{clash.id}' hold"
            yield _falling(subject, stated, step, message)


def _falling(subject: Subject, stated: Stated, step: Replacement, message: str) -> Problem:
    hint = "turn the comparison round, or say `better: low` where the higher answer is the worse one"
    message += subject.puzzle(stated).drawn
    severity: Severity = "note" if _unsaid(subject, step.slot) and stated.route == ("practice",) else "warning"
    witness = _instead(subject, step)
    return subject.found_in(
        "falling_score", message, stated, step.slot.name, hint=hint, severity=severity, witness=witness
    )


def _instead(subject: Subject, step: Replacement) -> str:
    """The sheet after a change, and what stood there before."""
    before = cell_in_words(subject.rubric, step.slot, step.before[step.slot])
    return f"{sheet_in_words(subject.rubric, step.after)} instead of {before}"


def _unsaid(subject: Subject, slot: Variable) -> bool:
    """Whether an answer moves no score and nothing says that yes is better than no."""
    question = subject.rubric.question_by_id.get(slot.name)
    return question is not None and not (subject.rubric.scored(question) or question.better or question.reverse)


def _directed(subject: Subject, slot: Variable) -> bool:
    question = subject.rubric.question_by_id.get(slot.name)
    return question is not None and bool(question.traits.reads == "steps" or question.better)


def _down(steps: Steps) -> Steps:
    """The same steps the other way round."""
    found: dict[VariableValue, list[VariableValue]] = {}
    for low, higher in steps.items():
        for high in higher:
            found.setdefault(high, []).append(low)
    return found


def _turned_on(subject: Subject, stated: Stated, ladders: Mapping[Variable, Steps]) -> Replacement | None:
    """A step that makes a condition true, the rest of the sheet as small as can be."""
    puzzle = subject.puzzle(stated)
    if not _suspect(puzzle, ladders):
        return None
    for step in single_steps(puzzle, ladders):
        if puzzle.of(step.after)[0] == TRUE and puzzle.of(step.before)[0] != TRUE:
            return _small(puzzle, step)
    return None


def _suspect(puzzle: Solver, ladders: Mapping[Variable, Steps]) -> bool:
    """Whether a step turns some comparison the way that could make the whole condition true."""
    for number, sign in atoms_of(puzzle.trees[0]):
        wanted = TRUE if sign > 0 else FALSE
        for sheet in puzzle.sheets(number):
            if puzzle.atom(number, sheet) == wanted:
                continue
            for slot in sheet:
                for cell in ladders.get(slot, {}).get(sheet[slot], ()):
                    if puzzle.atom(number, {**sheet, slot: cell}) == wanted:
                        return True
    return False


def _small(puzzle: Solver, step: Replacement) -> Replacement:
    """The same step with as few other answers as show it, the changed one last."""
    after = {slot: cell for slot, cell in step.after.items() if slot != step.slot}
    after[step.slot] = step.after[step.slot]
    for slot in [slot for slot in after if slot != step.slot]:
        less = {other: cell for other, cell in after.items() if other != slot}
        before = {**less, step.slot: step.before[step.slot]}
        if puzzle.granted(less, [TRUE]) and not puzzle.granted(before, [TRUE]):
            after = less
    return Replacement(step.slot, {**after, step.slot: step.before[step.slot]}, after)


def ladder(subject: Subject, stated: Stated) -> Mapping[Variable, Steps]:
    """The steps to better answers of everything a condition reads."""
    return {slot: better(subject, slot) for slot in subject.puzzle(stated).slots}


def single_steps(puzzle: Solver, ladders: Mapping[Variable, Steps]) -> Iterator[Replacement]:
    """Every single step, over all other answers or a sample of them."""
    if any(ladders.values()):
        for world in puzzle.all_worlds():
            for slot, steps in ladders.items():
                for cell in steps.get(world.sheet[slot], ()):
                    yield Replacement(slot, world.sheet, {**world.sheet, slot: cell})


def better(subject: Subject, slot: Variable) -> Steps:
    """Which cells of a slot are the next better ones after each; empty where answers have no better and worse."""
    cells = subject.domains.of(slot)
    if slot.kind in ("node", "proof"):
        ranked = sorted(cells, key=lambda cell: cell.value if isinstance(cell, Stand) else cell)
        return {low: (high,) for low, high in pairwise(ranked)}
    if slot.kind != "answer":
        return {}
    question = subject.rubric.question_by_id[slot.name]
    plain = [cell for cell in cells if isinstance(cell, Reply) and len(cell.raws) == 1]
    if question.traits.worth == "ticks":
        return _more_ticks(subject, question, plain)
    values = {cell: rank for cell in plain if (rank := rank_of(subject, question, cell.raws[0])) is not None}
    ordered = sorted(values, key=lambda cell: values[cell])
    return {low: (high,) for low, high in pairwise(ordered) if values[high] > values[low] + TOLERANCE}


def rank_of(subject: Subject, question: Question, raw: AnswerValue) -> float | None:
    """A number that rises from worse answers to better ones; None where nothing says which are better."""
    if question.better == "neither" or "better" not in question.traits.keys:
        return None
    options = subject.rubric.options_of(question)
    if (
        question.traits.worth == "steps"
        or question.goalposts
        or question.steps
        or any(o.score is not None for o in options)
    ):
        return answer_value(subject.rubric, question, raw)
    way = {"high": 1, "low": -1}.get(question.better or "")
    if way is None:
        return None
    if isinstance(raw, int | float):
        return way * raw
    return way * [option.key for option in options].index(str(raw))


def _more_ticks(subject: Subject, question: Question, plain: Sequence[Reply]) -> Steps:
    """One tick more is better where ticks are scored or a table reads them; saying that nothing applies is worst."""
    if not subject.compiled.items[question.id].weight:
        return {}
    alone = {option.key for option in subject.rubric.options_of(question) if option.exclusive}
    sets = {frozenset(_ticks(cell.raws[0])): cell for cell in plain}
    free = frozenset().union(*sets) - alone
    return {
        low: [sets[more] for tick in sorted(free - fewer) if (more := (fewer - alone) | {tick}) in sets]
        for fewer, low in sets.items()
    }


def _ticks(raw: AnswerValue) -> tuple[str, ...]:
    return raw if isinstance(raw, tuple) else ()


def falling_tables(subject: Subject) -> Found:
    """A better answer never leads to a worse row of a table."""
    for node, table in subject.tables.items():
        if subject.how(node) != "rules":
            continue
        puzzle = subject.together([when for when, _ in table.cases])
        fall = next(_falls(subject, table, puzzle), None)
        if fall:
            step, old, new = fall
            message = f"a better answer to '{step.slot.name}' leads from '{old.label}' to '{new.label}'{puzzle.drawn}"
            place = next((n for n, (_, then) in enumerate(table.cases) if then is new), None)
            route = ("otherwise",) if place is None else ("cases", place, "when")
            yield subject.found(
                "falling_score",
                message,
                node,
                *("aggregate", "rules", *route),
                hint="put the better case first, or let the worse one ask for less",
                severity="warning",
                witness=_instead(subject, step),
            )


def _falls(
    subject: Subject, table: f.FirstMatch, puzzle: Solver
) -> Iterator[tuple[Replacement, f.Constant, f.Constant]]:
    """Every better answer that leads to a row of a lower value, with both rows."""
    for step in single_steps(puzzle, {slot: better(subject, slot) for slot in puzzle.slots}):
        old, new = deciding_row(table, puzzle.of(step.before)), deciding_row(table, puzzle.of(step.after))
        if old and new and new.value < old.value - TOLERANCE:
            yield step, old, new


def deciding_row(table: f.FirstMatch, found: Sequence[int]) -> f.Constant | None:
    """The first row that holds, else the default; None while a row before is undecided."""
    then: f.Formula | None = table.default
    for truth, (_, result) in zip(found, table.cases, strict=True):
        if truth != FALSE:
            then = result if truth == TRUE else None
            break
    return then if isinstance(then, f.Constant) else None


def falling_ladders(subject: Subject) -> Found:
    """Going on up a ladder never ends below a step that was left behind."""
    for node in subject.rubric.nodes():
        if subject.how(node.id) == "ladder":
            yield from _steps_down(subject, node)


def _steps_down(subject: Subject, node: Node) -> Found:
    steps = [question for question in node.questions if counts_in_node(subject.rubric, node, question)]
    for number, question in enumerate(steps):
        later = [
            (option.score, after, option.key)
            for after in steps[number + 1 :]
            for option in subject.rubric.options_of(after)
            if option.score is not None and (option.stop or after is steps[-1])
        ]
        for place, option in enumerate(question.options):
            if option.stop and option.score is not None and later and min(end[0] for end in later) < option.score:
                score, after, key = min(later, key=lambda end: end[0])
                message = f"stopping at '{option.key}' is worth {option.score:g}, going on can end at {score:g}"
                yield subject.found(
                    "falling_score",
                    message,
                    question.id,
                    *("options", place),
                    hint="let the scores rise along the ladder",
                    severity="warning",
                    witness=f"{after.id}: {key} instead of {question.id}: {option.key}",
                )


DIRECTION_RULES = (falling_gates, falling_clashes, falling_tables, falling_ladders)

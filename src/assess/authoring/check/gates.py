"""Gates: those that never hold, always hold, hold nothing down, or test what they cap."""

from collections.abc import Iterable

from assess.authoring.check.context import TOP, Found, Hold, Stated, Subject
from assess.authoring.check.reads import roles_read
from assess.authoring.check.solver import MOST_STEPS, Solver
from assess.authoring.check.truths import FALSE, TRUE
from assess.authoring.check.variables import Reply, Sheet, Stand, Variable, VariableValue
from assess.formula import Evaluation
from assess.formula import nodes as f
from assess.formula.nodes import names_read
from assess.model.nodes import Gate
from assess.numbers import TOLERANCE, apart
from assess.problems import listing

NEARLY_ALWAYS = 0.95
FEW = 3


def _gates(subject: Subject) -> Iterable[tuple[Gate, Stated, Solver]]:
    for gate in subject.rubric.all_gates():
        stated = subject.stated(gate.id, "when")
        yield gate, stated, subject.puzzle(stated)


def _always(puzzle: Solver) -> bool:
    """Whether a condition is true whatever is answered; where there is too much to look at, it is not said to be."""
    exact = puzzle.size <= MOST_STEPS
    return exact and all(world.truths[0] == TRUE for world in puzzle.plain_worlds())


def never(subject: Subject) -> Found:
    """A gate that no answers can make hold."""
    for gate, stated, puzzle in _gates(subject):
        found = puzzle.search([TRUE])
        if found.sheet is not None:
            continue
        message = f"'{gate.id}' can never hold"
        nearest = puzzle.nearest()
        if found.exact:
            hint = f"{subject.way_out(gate.id, stated.route)}, or take a part out"
            yield subject.found("gate_never", message, gate.id, *stated.route, hint=hint, sheet=nearest)
        else:
            message += f" as far as one can see ({puzzle.seeded})"
            yield subject.found("gate_never", message, gate.id, *stated.route, severity="note", sheet=nearest)


def always(subject: Subject) -> Found:
    """A gate that holds whatever is answered."""
    for gate, stated, puzzle in _gates(subject):
        if _always(puzzle):
            sheet = next(iter(puzzle.plain_worlds())).sheet
            message = f"'{gate.id}' holds whatever is answered"
            hint = "compare with another answer, or lower the scale instead"
            yield subject.found("gate_always", message, gate.id, *stated.route, hint=hint, sheet=sheet)


def usual(subject: Subject) -> Found:
    """A gate that holds for nearly all answers, if each were as likely as the others."""
    for gate, stated, puzzle in _gates(subject):
        if _always(puzzle):
            continue
        part = _share(subject, puzzle)
        if part < NEARLY_ALWAYS or not _usual_in_part(subject, stated):
            continue
        message = (
            f"'{gate.id}' holds for {apart(100 * part, 1, 0, 100)}% of the answers that can be given{puzzle.drawn}"
        )
        hint = "if nearly everybody is to be held down, say so in the levels; else compare with another answer"
        sheet = puzzle.solve([FALSE]).sheet
        yield subject.found("gate_usual", message, gate.id, *stated.route, hint=hint, severity="note", sheet=sheet)


def _usual_in_part(subject: Subject, stated: Stated) -> bool:
    """Whether some part of a condition is usual by itself; that all of many things are there is rare by nature."""
    puzzles = [subject.together([part]) for part in _parts_apart(stated.test)]
    return len(puzzles) < FEW or any(_share(subject, puzzle) >= NEARLY_ALWAYS for puzzle in puzzles)


def _parts_apart(test: f.Test) -> list[f.Test]:
    """The parts of an `or`, or of a denied `and`, those that read the same answers together."""
    if isinstance(test, f.Any):
        found = [part for each in test.parts for part in _parts_apart(each)]
    elif isinstance(test, f.Not) and isinstance(test.part, f.All):
        found = [part for each in test.part.parts for part in _parts_apart(f.Not(each))]
    else:
        return [test]
    together: dict[frozenset[str], list[f.Test]] = {}
    for part in found:
        together.setdefault(frozenset(names_read(part)), []).append(part)
    return [parts[0] if len(parts) == 1 else f.Any(tuple(parts)) for parts in together.values()]


def _share(subject: Subject, puzzle: Solver) -> float:
    """The share of answers that make a condition true, each stretch of a scale or percentage by its length."""
    total = true = 0.0
    for world in puzzle.plain_worlds():
        weight = 1.0
        for slot, cell in world.sheet.items():
            weight *= _length(subject, slot, cell)
        total += weight
        true += weight * (world.truths[0] == TRUE)
    return true / total if total else 0.0


def _length(subject: Subject, slot: Variable, cell: VariableValue) -> float:
    """How much of its scale a cell stands for; 1 where all others are as likely, 0 for several respondents at once."""
    if not isinstance(cell, Stand) or subject.spans[slot.name].steps:
        return float(not isinstance(cell, Reply) or len(cell.raws) <= 1)
    cells = [other for other in subject.domains.of(slot) if isinstance(other, Stand)]
    ends = [other.value for other in cells if other.value == other.below]
    beside = sum(other.below == cell.below for other in cells) - 1
    return 0.0 if cell.value == cell.below else (cell.below - max(end for end in ends if end < cell.value)) / beside


def self_test(subject: Subject) -> Found:
    """A gate tests a fact or another criterion, never only what it caps."""
    for gate, stated, _ in _gates(subject):
        read = {*names_read(stated.test)}
        own = {q for n in (gate.cap.of if gate.cap else ()) for q in subject.compiled.nodes[n].items}
        if read and read <= own and not any(roles_read(stated.test)):
            message = f"'{gate.id}' tests only '{listing(sorted(read))}', which is what it caps"
            hint = "let it test a fact or another criterion; the answer itself already counts"
            sheet = subject.puzzle(stated).solve([TRUE]).sheet
            yield subject.found(
                "gate_self", message, gate.id, *stated.route, hint=hint, severity="warning", sheet=sheet
            )


def no_effect(subject: Subject) -> Found:
    """A cap at the top of what a node can reach holds nothing down."""
    for hold in subject.holds:
        for node, at in hold.at.items():
            if at >= subject.tops[node] - TOLERANCE:
                top = "the top of its scale" if at >= TOP - TOLERANCE else "as high as its answers can lift it"
                message = f"'{hold.stated.anchor}' caps '{node}' at {top}, which holds nothing down"
                sheet = subject.puzzle(hold.stated).solve([TRUE]).sheet
                hint = "name a lower level, or make it a flag"
                yield subject.found("gate_no_effect", message, hold.stated.anchor, "cap", "at", hint=hint, sheet=sheet)


def never_binds(subject: Subject) -> Found:
    """A gate that never holds a node down further than other caps do where it holds (docs/method.md, section 5)."""
    for hold in subject.holds:
        for node, at in hold.at.items():
            if at < subject.tops[node] - TOLERANCE and (found := _idle(subject, hold, node, at)) is not None:
                sheet, others = found
                beside = (
                    f"{listing(others)} already {'holds' if len(others) == 1 else 'hold'} it as low"
                    if others
                    else ("what it tests already keeps the node as low")
                )
                message = f"'{hold.stated.anchor}' never lowers '{node}': where it holds, {beside}"
                hint = "keep it if its reason is worth reading, else take it out or lower `at`"
                yield subject.found(
                    "gate_never_binds", message, hold.stated.anchor, "cap", hint=hint, severity="note", sheet=sheet
                )


def _idle(subject: Subject, hold: Hold, node: str, at: float) -> tuple[Sheet, list[str]] | None:
    """A sheet on which a gate holds, and the caps that are as low there; None when it lowers the node on some sheet."""
    puzzle = subject.puzzle(hold.stated)
    if puzzle.size > MOST_STEPS or any(_slides(subject, slot) for slot in puzzle.slots):
        return None
    first: tuple[Sheet, list[str]] | None = None
    for world in puzzle.all_worlds():
        if world.truths[0] != TRUE:
            continue
        tree = subject.worlds.tree(world.sheet, off=frozenset({hold.stated.anchor}), generous=True)
        high = tree.node(node).high
        if high is not None and high > at + TOLERANCE:
            return None
        first = first or (world.sheet, [cap for cap, limit in _limits(tree, node) if limit <= at + TOLERANCE])
    return first


def _slides(subject: Subject, slot: Variable) -> bool:
    """Whether a slot moves a score without steps, so that its cells do not show the highest one."""
    return (
        slot.kind == "answer"
        and subject.rubric.question_by_id[slot.name].traits.holds == "number"
        and bool(subject.compiled.items[slot.name].weight)
    )


def _limits(tree: Evaluation, node: str) -> Iterable[tuple[str, float]]:
    for cap in tree.compiled.nodes[node].caps:
        if cap.key:
            high = tree.node(cap.key).high
            yield f"the key criterion '{cap.key}'", cap.at + (TOP if high is None else high)
        elif cap.id not in tree.off and cap.when and tree.test(cap.when).sure:
            yield f"'{cap.id}'", cap.at


def inside_facts(subject: Subject) -> Found:
    """A gate that stands inside a fact reads that fact."""
    for gate in subject.rubric.all_gates():
        document, route = subject.sources.anchors.get(gate.id, (None, ()))
        if document is None or route[-1:] != ("caps",):
            continue
        fact = subject.sources.holder(document, route[:-1])
        stated = subject.stated(gate.id, "when")
        if fact not in f.names_read(stated.test):
            message = f"'{gate.id}' stands inside '{fact}' and does not read it"
            hint = "let `when` read it, or put the gate below `gates` of its node"
            yield subject.found("misplaced_gate", message, gate.id, "when", hint=hint, severity="warning")


GATE_RULES = (never, always, usual, self_test, no_effect, never_binds, inside_facts)

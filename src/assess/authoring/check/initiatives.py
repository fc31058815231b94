"""Initiatives: those that change nothing, can never begin, or leave a target out of reach."""

from collections.abc import Iterable, Mapping

from assess.authoring.check.context import Found, Subject
from assess.authoring.check.truths import TRUE
from assess.formula import default_target, target_value
from assess.formula.nodes import names_read
from assess.model.initiatives import Initiative
from assess.model.nodes import walk
from assess.numbers import TOLERANCE
from assess.problems import Problem, Severity, listing


def idle(subject: Subject) -> Found:
    """Every initiative raises something, lifts a gate, settles a clash, or is needed by one that does."""
    named = _named(subject)
    for initiative in subject.rubric.initiatives:
        if initiative.id in named:
            continue
        before = _lifted(subject, _before(subject, initiative))
        own = initiative.lifts
        if not own and initiative.enabler:
            message = f"'{initiative.id}' is an enabler that no initiative needs"
            hint = "name it in `needs` of those that wait for it, or say what it lifts"
            yield _idle(subject, initiative, message, hint, f"done: [{initiative.id}]")
        elif own and all(before.get(n, -1.0) >= target_value(subject.rubric, n, level) for n, level in own.items()):
            message = f"'{initiative.id}' adds nothing: what it needs has lifted {listing(sorted(own))} as far already"
            hint = "let it lead to a higher level, or take the lift out of the one before it"
            yield _idle(
                subject, initiative, message, hint, f"done: [{', '.join(sorted(_before(subject, initiative)))}]"
            )


def low_lifts(subject: Subject) -> Found:
    """No initiative lifts a node to where everybody stands anyway."""
    for initiative in subject.rubric.as_written.initiatives:
        for name, level in initiative.lifts.items():
            if target_value(subject.rubric, subject.rubric.id_of(name), level) <= TOLERANCE:
                message = f"'{initiative.id}' lifts '{name}' to '{level}', where everybody stands anyway"
                yield subject.found(
                    "idle_initiative",
                    message,
                    *(initiative.id, "lifts", name),
                    hint="name the level it leads to",
                    severity="warning",
                    witness=f"{name}: {level}",
                )


def _idle(subject: Subject, initiative: Initiative, message: str, hint: str, witness: str) -> Problem:
    route = ("lifts",) if initiative.lifts else ()
    return subject.found(
        "idle_initiative", message, initiative.id, *route, hint=hint, severity="warning", witness=witness
    )


def _named(subject: Subject) -> frozenset[str]:
    """The initiatives that gates and clashes name, or that others need."""
    rubric = subject.rubric
    names = [name for gate in rubric.all_gates() for name in gate.lifted_by]
    names += [name for clash in rubric.all_clashes() for name in clash.initiatives]
    names += [name for initiative in rubric.initiatives for name in initiative.needs]
    return frozenset(names)


def _before(subject: Subject, initiative: Initiative) -> frozenset[str]:
    """Everything that must be done before an initiative."""
    found: set[str] = set()
    waiting = [*initiative.needs]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += subject.rubric.initiative_by_id[name].needs
    return frozenset(found)


def _lifted(subject: Subject, initiatives: Iterable[str]) -> Mapping[str, float]:
    """The highest value that some initiatives lift each node to, on 0..100."""
    found: dict[str, float] = {}
    for name in initiatives:
        for node, level in subject.rubric.initiative_by_id[name].lifts.items():
            found[node] = max(found.get(node, 0.0), target_value(subject.rubric, node, level))
    return found


def startable(subject: Subject) -> Found:
    """Every initiative can begin for some answers."""
    for initiative in subject.rubric.initiatives:
        if not initiative.not_before:
            continue
        puzzle = subject.puzzle(subject.stated(initiative.id, "not_before"))
        found = puzzle.search([TRUE])
        if found.sheet is None and found.exact:
            message = f"'{initiative.id}' can never begin"
            hint = subject.way_out(initiative.id, ("not_before",))
            yield subject.found(
                "unreachable_initiative", message, initiative.id, "not_before", hint=hint, sheet=puzzle.nearest()
            )


def waits(subject: Subject) -> Found:
    """No initiative waits for a score that only it, or what needs it, would lift."""
    for initiative in subject.rubric.initiatives:
        if not initiative.not_before:
            continue
        stated = subject.stated(initiative.id, "not_before")
        for node in sorted({*names_read(stated.test)} & {node.id for node in subject.rubric.nodes()}):
            lifters = _lifters(subject, node)
            if lifters and all(name == initiative.id or initiative.id in _needed(subject, name) for name in lifters):
                message = f"'{initiative.id}' waits for '{node}', which only {listing(sorted(lifters))} would lift"
                hint = "take `not_before` out, or let something else lift what it waits for"
                yield subject.found_in(
                    "cycle", message, stated, node, hint=hint, severity="warning", witness=f"{node}: 0"
                )


def _needed(subject: Subject, name: str) -> frozenset[str]:
    return _before(subject, subject.rubric.initiative_by_id[name])


def _lifters(subject: Subject, node: str) -> frozenset[str]:
    """The initiatives that lift a node or anything below it."""
    below = {child.id for child in walk(subject.rubric.node_by_id[node])}
    return frozenset(initiative.id for initiative in subject.rubric.initiatives if below & initiative.lifts.keys())


def targets(subject: Subject) -> Found:
    """Some initiative lifts every criterion to its target, itself or with the nodes above it.

    A rubric may judge what none of its initiatives mends; one that stops short is more likely a slip.
    """
    if not subject.rubric.initiatives:
        return
    lifted = _lifted(subject, subject.rubric.initiative_by_id)
    for node in subject.rubric.nodes():
        if node.criteria or not subject.rubric.levels_of(node.id):
            continue
        target = default_target(subject.rubric, node.id)
        wanted = target_value(subject.rubric, node.id, target)
        reached = max((lifted.get(above.id, 0.0) for above in subject.rubric.upwards(node.id)), default=0.0)
        if reached < wanted - TOLERANCE:
            best = max(
                (level for level in subject.rubric.levels_of(node.id) if level.at <= reached), key=lambda x: x.at
            )
            message = f"no initiative lifts '{node.id}' to its target '{target}'"
            message += f"; the best one stops at '{best.key}'" if reached else ""
            hint = "add an initiative that lifts it, or lower `policies.target`"
            severity: Severity = "warning" if reached else "note"
            yield subject.found(
                "unreachable_target", message, node.id, hint=hint, severity=severity, witness=f"{node.id}: 0"
            )


INITIATIVE_RULES = (idle, low_lifts, startable, waits, targets)

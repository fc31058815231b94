"""Texts of findings that nobody will read, and cases in which a finding has no words."""

from collections.abc import Iterator
from typing import NamedTuple

from assess.authoring.check.context import Found, Subject
from assess.authoring.check.solver import Solver
from assess.authoring.check.truths import ANY, FALSE, TRUE, atoms_of, point, truths
from assess.authoring.check.variables import Reply, Variable
from assess.formula import nodes as f
from assess.formula.translate import translate_condition
from assess.model.finding_texts import FindingText


class CasedText(NamedTuple):
    """A text by what is known, where it stands, and the conditions under which it is said."""

    anchor: str
    key: str
    text: FindingText
    conditions: tuple[str, ...]

    @property
    def name(self) -> str:
        """The element as its author would name it."""
        place = self.anchor.partition(":")[2]
        return f"headline {int(place) + 1}" if place else f"'{self.anchor}'"


def _told(subject: Subject) -> Iterator[CasedText]:
    """Every text that differs by what is known."""
    rubric = subject.rubric
    held: dict[str, tuple[str, ...]] = {gate.id: (gate.when,) for gate in rubric.all_gates()}
    held |= {clash.id: (clash.claim, clash.practice) for clash in rubric.all_clashes()}
    held |= {f"headline:{n}": (h.when,) if h.when else () for n, h in enumerate(rubric.headlines)}
    found = (CasedText(anchor, key, text, held[anchor]) for anchor, key, text in rubric.finding_texts())
    return (told for told in found if not told.text.always and told.text.sample)


def idle_unknown(subject: Subject) -> Found:
    """Where a text says that nobody knows, a don't-know can make its condition hold."""
    for told in _told(subject):
        if told.text.unknown and not _may_be_unknown(subject, told.conditions):
            message = f"`unknown` of {told.name} is never said: no don't-know and no open question makes it hold"
            hint = "give the fact that it reads `unknown_as`, or take the text out"
            yield subject.found("idle_text", message, told.anchor, told.key, "unknown", hint=hint, severity="warning")


def speechless(subject: Subject) -> Found:
    """A finding has words for both cases: what is known, and what nobody could say."""
    for told in _told(subject):
        if told.key not in ("so", "cause") and _may_be_unknown(subject, told.conditions):
            lacking = "known" if not told.text.known else "unknown" if not told.text.unknown else ""
            case = "it holds on what was answered" if lacking == "known" else "it holds because nobody knows"
            if lacking:
                message = f"{told.name} has no `{lacking}`: where {case}, it is printed with its title alone"
                hint = f"write `{lacking}: ...`, or see whether the title says enough"
                yield subject.found("missing_text", message, told.anchor, told.key, hint=hint, severity="note")


def _may_be_unknown(subject: Subject, conditions: tuple[str, ...]) -> bool:
    """Whether what stands in for an answer can make conditions hold; of a node, whether anything stands in."""
    tests = tuple(translate_condition(subject.rubric, condition) for condition in conditions)
    read = {name for test in tests for name in _read(test)}
    if read - subject.rubric.question_by_id.keys():
        return any(_stands_in(subject, name) for name in subject.rubric.question_by_id)
    puzzle = subject.together(tests)
    return any(_stands_in(subject, name) and _holds_by(subject, puzzle, name) for name in read)


def _holds_by(subject: Subject, puzzle: Solver, name: str) -> bool:
    """Whether conditions can hold, and one comparison in them by what stands in for the answer to a question."""
    takes_unknown = "unknown" in subject.rubric.states_of(subject.rubric.question_by_id[name])
    tree = subject.worlds.tree({Variable("answer", name): Reply((), "unknown")} if takes_unknown else {})
    decided = [_is_decided(subject, atom, name) for atom in puzzle.atoms]
    atoms = [point(tree.test(a).point) if of else ANY for a, of in zip(puzzle.atoms, decided, strict=True)]
    signs = [found for condition in puzzle.trees for found in atoms_of(condition)]
    carried = any(
        decided[n] and [*_read(puzzle.atoms[n])] and atoms[n] == (TRUE if sign > 0 else FALSE) for n, sign in signs
    )
    return carried and all(truths(condition, atoms) & TRUE for condition in puzzle.trees)


def _is_decided(subject: Subject, atom: f.Test, name: str) -> bool:
    """Whether a comparison reads one question alone, of all who are asked it or of a role that is."""
    read = [
        part for part in f.parts_within(atom) if isinstance(part, f.Leaf | f.Share | f.Chose | f.Ticked | f.InState)
    ]
    asked = (None, *subject.compiled.items[name].invited)
    return all(part.question == name and getattr(part, "role", None) in asked for part in read)


def _read(part: object) -> Iterator[str]:
    """The questions and nodes a test reads that a stand-in can decide: no share, state, grade or head count."""
    if isinstance(part, f.Score):
        yield part.node
    elif isinstance(part, f.Chose | f.Ticked) or (isinstance(part, f.Leaf) and part.facet != "grade"):
        yield from filter(None, [part.question])
    elif isinstance(part, tuple) and not isinstance(part, f.Share | f.InState | f.Leaf):
        for inner in part:
            yield from _read(inner)


def _stands_in(subject: Subject, name: str) -> bool:
    """Whether something counts where nobody answers a question, or nobody who is asked knows."""
    question, rule = subject.rubric.question_by_id[name], subject.compiled.items[name]
    unknown = question.unknown_as is not None or rule.when_unknown_zero
    return (rule.when_missing_zero and rule.weight > 0) or (unknown and "unknown" in subject.rubric.states_of(question))


def empty_texts(subject: Subject) -> Found:
    """A sentence of a node that is written says something."""
    for node in subject.rubric.nodes():
        for key in ("gap", "strength"):
            if key in node.says.model_fields_set and not getattr(node.says, key):
                message = f"`{key}` of '{node.id}' says nothing"
                hint = "write a text, or one for each level, `{absent: ...}`; or take it out"
                yield subject.found("idle_setting", message, node.id, "says", key, hint=hint, severity="warning")


FINDING_TEXT_RULES = (idle_unknown, speechless, empty_texts)

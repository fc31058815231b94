"""Conditions of every kind: parts that say nothing, clashes that cannot happen, and roles nobody asks."""

import re
from collections.abc import Iterator
from typing import assert_never

from assess import conditions as c
from assess.authoring.check.context import Found, Stated, Subject
from assess.authoring.check.domains import comparisons_in
from assess.authoring.check.reads import roles_read
from assess.authoring.check.solver import MOST_STEPS
from assess.authoring.check.truths import FALSE, TRUE, atoms_of
from assess.formula import nodes as f
from assess.formula import translate_condition
from assess.problems import Severity, listing

WORDS_OF_ORDER = re.compile(r"[()]|\b(?:and|or)\b")
JOINED = re.compile(r"[\s(]*(?:\b(?:and|or|not)\b[\s(]*)*$")


def comparison_texts(text: str) -> list[str]:
    """The comparisons and functions of a condition, each as it is written."""
    starts = [part.offset for part in c.comparisons(c.parse_condition(text))]
    pieces = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    return [_closed(JOINED.sub("", piece)) for piece in pieces]


def _closed(piece: str) -> str:
    """A piece without the brackets that were opened before it."""
    piece = JOINED.sub("", piece).strip()
    while piece.endswith(")") and piece.count(")") > piece.count("("):
        piece = JOINED.sub("", piece[:-1]).strip()
    return piece


def idle_parts(subject: Subject) -> Found:
    """Every part of a condition is true for some answers and false for others; gates have rules of their own."""
    gates = {gate.id for gate in subject.rubric.all_gates()}
    for stated in subject.conditions:
        puzzle = subject.puzzle(stated)
        if puzzle.varied or not subject.ever(stated):
            continue
        parts = comparison_texts(stated.text)
        for part in parts if len(parts) > 1 or stated.anchor not in gates else ():
            truth = _constant(subject, part)
            if truth:
                message = f"`{part}` is {truth}"
                hint = "compare with another answer, or take this part out"
                yield subject.found_in("idle_condition", message, stated, part, hint=hint, severity="warning")


def redundant_parts(subject: Subject) -> Found:
    """No part of a condition only says again what the rest of it says.

    What roles say by name is left aside: one of them may be silent.
    """
    for stated in subject.conditions:
        puzzle = subject.puzzle(stated)
        if not puzzle.entangled or not puzzle.varied or any(roles_read(stated.test)):
            continue
        parts, place = comparison_texts(stated.text), puzzle.redundant()
        if place is not None and len(parts) == len([*atoms_of(puzzle.trees[0])]):
            message = f"`{parts[place]}` changes nothing: the rest of the condition decides alone"
            hint = "take it out, or let it say something else"
            sheet = puzzle.solve([TRUE]).sheet
            yield subject.found_in(
                "idle_condition", message, stated, parts[place], hint=hint, severity="warning", sheet=sheet
            )


def _constant(subject: Subject, part: str) -> str:
    puzzle = subject.together([translate_condition(subject.rubric, part)])
    if puzzle.size > MOST_STEPS:
        return ""
    if puzzle.search([TRUE]).sheet is None:
        return "never true"
    usual = any(world.truths[0] == FALSE for world in puzzle.plain_worlds())
    return "" if usual else "true whatever is answered"


def mixed(subject: Subject) -> Found:
    """Where `and` and `or` stand side by side, brackets say which is read first."""
    for stated in subject.conditions:
        word = _beside(stated.text)
        if word:
            message = "`and` and `or` stand side by side; `and` is read first"
            hint = "put brackets round the parts that belong together"
            yield subject.found_in("mixed_condition", message, stated, word, hint=hint, severity="note")


def _beside(text: str) -> str:
    """The `or` or `and` that stands beside the other one without brackets between them; empty for none."""
    words: list[set[str]] = [set()]
    for found in WORDS_OF_ORDER.finditer(text):
        if found[0] == "(":
            words.append(set())
        elif found[0] == ")":
            words.pop()
        else:
            words[-1].add(found[0])
            if len(words[-1]) > 1:
                return found[0]
    return ""


def clash_never(subject: Subject) -> Found:
    """Both halves of a clash can hold at the same time."""
    for clash in subject.rubric.all_clashes():
        claim, practice = subject.stated(clash.id, "claim"), subject.stated(clash.id, "practice")
        half = next((half for half in (claim, practice) if not subject.ever(half)), None)
        puzzle = subject.together([claim.test, practice.test])
        found = puzzle.search([TRUE, TRUE])
        if found.sheet is not None:
            continue
        where = half or practice
        message = f"'{clash.id}' cannot happen: its two halves never hold together"
        if half:
            message = f"'{clash.id}' cannot happen: its {half.route[0]} half never holds"
        drawn = "" if found.exact else f" ({puzzle.seeded})"
        yield subject.found(
            "clash_never",
            message + drawn,
            clash.id,
            *where.route,
            hint="let the claim and the practice be read from different roles, or from different questions",
            severity="error" if found.exact else "note",
            sheet=puzzle.nearest(),
        )


def unasked_roles(subject: Subject) -> Found:
    """What a role of people says is read only where the role is asked.

    An answer nobody asked for still counts here; where nothing else could make the condition hold, that is not enough.
    """
    for stated in subject.conditions:
        silent = {voice for voice in roles_read(stated.test) if _unasked(subject, *voice)}
        for question in sorted({question for question, _ in silent}):
            roles = sorted(role for name, role in silent if name == question)
            asked = ", ".join(subject.rubric.asked(subject.rubric.question_by_id[question]))
            verb = "is" if len(roles) == 1 else "are"
            message = f"{' and '.join(roles)} {verb} not asked '{question}', so only an answer nobody asked for is read"
            hint = f"add them to `ask` of '{question}', or read a role that is there: {asked}"
            enough = subject.together([_without(stated.test, silent)]).search([TRUE]).sheet is not None
            severity: Severity = "note" if enough else "warning"
            sheet = subject.puzzle(stated).solve([TRUE]).sheet
            yield subject.found_in("unasked_role", message, stated, question, hint=hint, severity=severity, sheet=sheet)


def _unasked(subject: Subject, question: str, role: str) -> bool:
    asked = subject.rubric.asked(subject.rubric.question_by_id[question])
    return role not in asked and subject.rubric.role_by_id[role].people


def _without(test: f.Test, silent: set[tuple[str, str]]) -> f.Test:
    """A condition in which whatever is read of these roles is false."""
    match test:
        case f.Not(part):
            return f.Not(_without(part, silent))
        case f.All(parts):
            return f.All(tuple(_without(part, silent) for part in parts))
        case f.Any(parts):
            return f.Any(tuple(_without(part, silent) for part in parts))
        case f.Compare() | f.Chose() | f.Ticked() | f.InState():
            return f.Any(()) if silent & {*roles_read(test)} else test
        case _:
            assert_never(test)


def opposed(subject: Subject) -> Found:
    """A figure of which nothing says whether more is better is not blamed for being low here and high there."""
    blamed: dict[str, dict[int, list[Stated]]] = {}
    for stated in _accusing(subject):
        for question in dict.fromkeys(_figures(stated.test)):
            if subject.rubric.question_by_id[question].better:
                continue
            blamed.setdefault(question, {}).setdefault(_way(subject, stated, question), []).append(stated)
    for question, ways in blamed.items():
        for way, here, there in ((-1, "low", "high"), (1, "high", "low")):
            others = [f"'{stated.anchor}'" for stated in ways.get(-way, ())]
            for stated in ways.get(way, ()) if others else ():
                message = f"'{question}' is blamed for being {here} here, and for being {there} by {listing(others)}"
                hint = "turn one of them round, or say `better: neither` if a middle is wanted"
                yield subject.found_in("opposed", message, stated, question, hint=hint, severity="note")


def _accusing(subject: Subject) -> Iterator[Stated]:
    """The conditions that speak against an organization: gates, and the practice halves of clashes."""
    yield from (subject.stated(gate.id, "when") for gate in subject.rubric.all_gates())
    yield from (subject.stated(clash.id, "practice") for clash in subject.rubric.all_clashes())


def _figures(test: object) -> Iterator[str]:
    for found in comparisons_in(test):
        for side in (found.left, found.right):
            if isinstance(side, f.Leaf) and side.facet == "number":
                yield side.question


def _way(subject: Subject, stated: Stated, question: str) -> int:
    """-1 when a condition holds for low figures only, 1 for high ones only, else 0."""
    tests = [found for found in comparisons_in(stated.test) if question in _figures(found)]
    puzzle = subject.together([f.Any(tuple(tests))])
    if {slot.name for slot in puzzle.slots} != {question}:
        return 0
    cells = subject.domains.plain(puzzle.slots[0])
    first, last = (puzzle.of(dict.fromkeys(puzzle.slots, cell))[0] == TRUE for cell in (cells[0], cells[-1]))
    return int(last) - int(first)


CONDITION_RULES = (idle_parts, redundant_parts, mixed, clash_never, unasked_roles, opposed)

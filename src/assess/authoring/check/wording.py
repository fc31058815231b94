"""Texts as a reader meets them: what was left over in them, and questions that ask two things or wish for an answer."""

import contextlib
import re
from collections.abc import Iterator

from assess.authoring.check.context import Found, Subject, WrittenValue
from assess.model.finding_texts import QUOTED
from assess.model.questions import Question
from assess.problems import Fix

LEFT_OVER = re.compile(r"\b(TODO|FIXME|XXX|TBD|TBC)\b|lorem ipsum|<(your|insert|fill)\b[^>]*>", re.IGNORECASE)
# UTF-8 that was read as Latin-1 or Windows-1252, and characters that were lost.
GARBLED = re.compile(
    "\u00e2\u20ac.|\u00e2\u0080.|\u00c3[\u0080-\u00bf\u2018-\u201e\u0192\u2030]|\u00c2[\u00a0-\u00bf]|\ufffd"
)
HALF_OPEN = re.compile(r"\{\s*(?P<opened>[A-Za-z][\w-]*)(?![^{}]*\})|(?<!\{)\b(?<!\{ )(?P<closed>[A-Za-z][\w-]*)\}")
# Keys whose texts are no sentences for a client: conditions, names, and what authors tell each other.
UNREAD = frozenset({"notes", "when", "claim", "practice", "show_when", "not_before", "url", "answers", "expect"})
ASKING = r"(?:who|whom|whose|what|when|where|which|why|how)"
HELPING = r"(?:do|does|did|is|are|was|were|has|have|can|will|would)"
# A second question behind a comma, or without one where the first has not gone on to a clause of its own.
SECOND = re.compile(
    rf"[,;:\u2013]\s*(?:and|or|but)\s+(?:(?:with|in|to|for|by|from|at|on|of|since)\s+)?{ASKING}\b"
    rf"|[,;:\u2013]\s*(?:and|but)\s+{HELPING}\b"
    rf"|^(?:\w+\s)?{ASKING}\b(?:(?!\b{ASKING}\b)[^,;])*?\s(?:and|or)\s+{ASKING}\b"
    r"|;\s*(?:and|or)\b|\?.*\?",
    re.IGNORECASE | re.DOTALL,
)
LEADING = re.compile(
    r"\b(?:do|don't|would|wouldn't) you (?:not )?agree\b|, right\?"
    r"|\b(?:isn't|aren't|doesn't|don't|didn't|won't) (?:it|they|you|he|she|we)\b"
    r"|\b(?:surely|obviously|of course|needless to say|as everybody knows)\b",
    re.IGNORECASE,
)
LACKING = re.compile(
    r"\b(?:not yet|nobody|cannot|too (?:few|little|long|late|many|much|often)|fewer than|missing|lacks?|lacking|"
    r"nothing|no one|there (?:is|are) no)\b",
    re.IGNORECASE,
)


def leftovers(subject: Subject) -> Found:
    """No text holds a mark for its author, a field nobody filled, or characters that were read wrongly."""
    for text in subject.texts:
        if UNREAD & {*text.route}:
            continue
        left = next((found[0] for pattern in (LEFT_OVER, GARBLED) if (found := pattern.search(text.value))), "")
        left = left or next(_unfilled(subject, text), "")
        if not left and (brace := next(_half_open(subject, text.value), "")):
            message, hint = f"'{brace}' has one brace of two", "write {question}, or {question by role}"
            yield subject.found_at(text, "leftover", message, hint=hint, severity="warning", word=brace)
        if left:
            message = f"'{left}' was left over in this text"
            fix = _read_rightly(left)
            hint = f"write {fix.instead}" if fix else "write what belongs there, or take it out"
            yield subject.found_at(text, "leftover", message, hint=hint, severity="warning", word=left, fix=fix)


def _read_rightly(garbled: str) -> Fix | None:
    """What characters were before they were read in the wrong encoding; None for anything else."""
    if not GARBLED.fullmatch(garbled):
        return None
    for encoding in ("cp1252", "latin-1"):
        with contextlib.suppress(UnicodeError):
            return Fix(garbled, garbled.encode(encoding).decode("utf-8"))
    return None


def _unfilled(subject: Subject, text: WrittenValue) -> Iterator[str]:
    """Names in braces that stand for nothing."""
    names = [*subject.rubric.names, *subject.rubric.question_by_id]
    for name in QUOTED.findall(text.value):
        if name.strip() and name.partition(" ")[0] not in names and re.fullmatch(r"[\w .-]{1,40}", name):
            yield f"{{{name}}}"


def _half_open(subject: Subject, text: str) -> Iterator[str]:
    """Names of questions behind a brace that is never closed, or before one that was never opened."""
    for found in HALF_OPEN.finditer(text):
        name = found["opened"] or found["closed"]
        if subject.rubric.names.get(name) in subject.rubric.question_by_id:
            yield found[0]


def full_stops(subject: Subject) -> Found:
    """The reason of a gate is printed inside a sentence, so it has no full stop of its own."""
    gates = {gate.id for gate in subject.rubric.all_gates()}
    for text in subject.texts:
        ends = text.route[-1:] == ("because",) and re.search(r"(?<!\.)\.$", text.value)
        if ends and (gate := subject.sources.holder(text.document, text.route)) in gates:
            message = f"the reason of '{gate}' ends in a full stop, and is printed inside a sentence"
            hint, fix = "take the full stop out", Fix(".", "")
            yield subject.found_at(text, "leftover", message, hint=hint, severity="note", word=".", fix=fix)


def _asked(subject: Subject) -> Iterator[tuple[Question, tuple[str, ...], str]]:
    """Every question with each of its wordings, and where that stands."""
    for question in subject.rubric.questions():
        yield question, ("text",), question.text
        yield from ((question, ("ask", name), own.text) for name, own in question.ask.items() if own.text)


def several(subject: Subject) -> Found:
    """A question asks one thing in whatever words; English rubrics only."""
    seen: set[str] = set()
    for question, route, words in _asked(subject):
        if subject.is_english and question.id not in seen and SECOND.search(words):
            seen.add(question.id)
            message = f"'{question.id}' asks several things at once, and has room for one answer"
            hint = "ask what the answers are about, and let another question ask the rest"
            yield subject.found("several_questions", message, question.id, *route, hint=hint, severity="note")


def leading(subject: Subject) -> Found:
    """A question does not say which answer is wished for; English rubrics only."""
    if not subject.is_english:
        return
    for question, route, words in _asked(subject):
        found = LEADING.search(words)
        if found:
            message = f"'{found[0].strip(', ')}' in '{question.id}' says which answer is wished for"
            hint = "ask so that every answer can be given without shame"
            yield subject.found("leading_question", message, question.id, *route, hint=hint, severity="note")


def exchanged(subject: Subject) -> Found:
    """The gap of a node speaks of a lack and its strength does not; English rubrics only."""
    if not subject.is_english:
        return
    for node in subject.rubric.nodes():
        gaps, strengths = node.says.gap.values(), " ".join(node.says.strength.values())
        found = LACKING.search(strengths)
        if gaps and found and not any(map(LACKING.search, gaps)):
            message = f"the strength of '{node.id}' speaks of a lack ('{found[0]}'), and its gap of none"
            hint = "see whether `gap` and `strength` were exchanged"
            yield subject.found("exchanged_texts", message, node.id, "says", "strength", hint=hint, severity="note")


WORDING_RULES = (leftovers, full_stops, several, leading, exchanged)

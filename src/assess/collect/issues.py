"""What earlier issues said of anonymous people, and which of their newer answers have to wait.

A combination of two printed sums must not stand for fewer people than one sum may. So after an issue new anonymous
answers enter together once they are enough, corrected ones likewise, and who withdraws closes the cell
(docs/decisions/0020-anonymous-answers-are-left-out-before-computing.md).
"""

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

from assess import documents
from assess.collect.context import Context, Problems
from assess.collect.values import MisfitError, name_written, read_value
from assess.documents import Document
from assess.documents.writer import dump
from assess.model.answers import Answer, AnswerValue
from assess.model.engagement import Engagement, EvidenceItem, EvidenceKind
from assess.model.fields import Count, Date, Many, Record, Ref, Text
from assess.model.rubric import Rubric
from assess.problems import DocumentError, Problem

Cell = tuple[str, str]
People = Mapping[str, Answer]
KIND = "issued/1"
ISSUED = "issued"
NOTICE = (
    "# What this issue counted of anonymous people, so that a later issue gives nobody away. These are their answers:\n"
    "# keep this file to yourself, and delete what belongs to somebody who asks for it (docs/answers.md).\n"
)


class IssuedProof(Record):
    """What is kept of evidence an anonymous person attached."""

    kind: EvidenceKind = "document"
    dated: Date | None = None


class IssuedAnswer(Record):
    """An anonymous answer as an issue counted it."""

    state: Literal["value", "na", "unknown", "declined"] = "value"
    value: Any = None
    why: Text = ""
    note: Text = ""
    evidence: Many[IssuedProof] = ()


class IssuedFile(Record):
    """The receipt of one issue: role to question to respondent to answer, and the cells that stay closed.

    people: how many there were in each, so that a line that is taken out closes the cell.
    """

    assess: Literal["issued/1"]
    issue: Count
    rubric: Ref | None = None
    rubric_version: Text = ""
    answers: Mapping[str, Mapping[str, Mapping[str, IssuedAnswer]]] = {}
    people: Mapping[str, Mapping[str, Count]] = {}
    closed: Mapping[str, Many[str]] = {}


class Receipt(NamedTuple):
    """What an issue leaves behind: where, None where there is no folder for it, and the text."""

    file: Path | None
    text: str


class Person(Protocol):
    """What decides whether somebody counts as part of a group only."""

    @property
    def anonymous(self) -> bool:
        """Whether the person answered anonymously."""

    @property
    def alone(self) -> bool:
        """Whether the answers may count alone."""


class Issued(NamedTuple):
    """The anonymous answers an issue counted, by question and role and person, and cells that are closed for good."""

    cells: Mapping[Cell, People]
    closed: frozenset[Cell] = frozenset()

    @property
    def people(self) -> frozenset[str]:
        """Whose answers it counted."""
        return frozenset(person for people in self.cells.values() for person in people)


FIRST = Issued({})


def enough(people: People, least: int) -> bool:
    """Whether so many people gave a value."""
    return sum(answer.state == "value" for answer in people.values()) >= least


def lots(before: Issued, cell: Cell, given: People, least: int) -> People:
    """The answers of one question and role that count, by person; none where they are too few or the cell is closed."""
    counted = before.cells.get(cell)
    if cell in before.closed or (counted is not None and any(person not in given for person in counted)):
        return {}
    if counted is None:
        return given if enough(given, least) else {}
    new = {person: answer for person, answer in given.items() if person not in counted}
    corrected = {person: given[person] for person, answer in counted.items() if given[person] != answer}
    found = {**counted}
    if enough(new, least):
        found |= new
    if len(corrected) >= least:
        found |= corrected
    return found if enough(found, least) else {}


def issue_of(before: Issued, cells: Mapping[Cell, People]) -> Issued:
    """What this issue counts, and what can never count again because it did and no longer does."""
    return Issued(cells, before.closed | (before.cells.keys() - cells.keys()))


def issued_text(found: Issued, rubric: Rubric, issue: int) -> str:
    """The text of a receipt: the same for the same answers."""
    answers: dict[str, dict[str, object]] = {}
    heads: dict[str, dict[str, int]] = {}
    for (name, role), people in sorted(found.cells.items(), key=lambda pair: (pair[0][1], pair[0][0])):
        answers.setdefault(role, {})[name] = {person: _plain(people[person]) for person in sorted(people)}
        heads.setdefault(role, {})[name] = len(people)
    closed: dict[str, list[str]] = {}
    for name, role in sorted(found.closed):
        closed.setdefault(role, []).append(name)
    head = {"assess": KIND, "issue": issue, "rubric": rubric.id, "rubric_version": rubric.version}
    return NOTICE + dump({**head, "answers": answers, "people": heads, "closed": closed})


def _plain(answer: Answer) -> dict[str, object]:
    proofs = [
        {"kind": item.kind, **({"dated": item.dated.isoformat()} if item.dated else {})} for item in answer.evidence
    ]
    found: dict[str, object] = {"state": answer.state, "value": _written(answer.value)}
    found |= {"why": answer.why, "note": answer.note, "evidence": proofs or None}
    return {key: value for key, value in found.items() if value not in (None, "")}


def _written(value: AnswerValue) -> object:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, datetime.date) else value


def receipt_file(folder: Path, issue: int) -> Path:
    """Where an issue keeps what it counted."""
    return folder / ISSUED / f"{issue}.yaml"


def issued_before(
    context: Context, engagement: Engagement, people: Sequence[Person]
) -> tuple[Issued, Issued | None, Problems]:
    """What the issue before this one counted, and this one where it was handed out already; with what is wrong.

    Without anybody anonymous no receipt is read, and without anybody who counts as part of a group only none is missed.
    """
    if context.folder is None or not any(person.anonymous for person in people):
        return FIRST, None, ()
    shy = [person for person in people if person.anonymous and not person.alone]
    last, this = (receipt_file(context.folder, n) for n in (engagement.issue - 1, engagement.issue))
    problems: Problems = ()
    before: Issued | None = FIRST
    if engagement.issue > 1:
        before, problems = _kept(context, last)
    if before is None:
        problems += (_not_here(context, engagement),) if shy else ()
    own, found = _kept(context, this)
    return before or FIRST, own, (*problems, *found)


def _kept(context: Context, file: Path) -> tuple[Issued | None, Problems]:
    """The receipt in a file, None where there is none."""
    if not os.path.lexists(file):
        return None, ()
    try:
        return read_issued(context, documents.read(file))
    except DocumentError as error:
        return FIRST, error.problems


def _not_here(context: Context, engagement: Engagement) -> Problem:
    last = engagement.issue - 1
    message = f"this is issue {engagement.issue}, and what issue {last} counted of anonymous people is not here"
    hint = (
        f"put {ISSUED}/{last}.yaml back as it was written; if issue {last} had no answers of anonymous people, or was "
        f"never handed out, write it with the two lines 'assess: {KIND}' and 'issue: {last}'"
    )
    return context.problem("issued", message, ("issue",), hint=hint)


def read_issued(context: Context, document: Document) -> tuple[Issued, Problems]:
    """A receipt with the names of the rubric in force; what it no longer has a place for is left out."""
    # What lies outside of a tier or a scope was counted all the same, and is kept for the issue that asks it again.
    rubric = context.rubric.whole
    here = context._replace(document=document, rubric=rubric)
    record, problems = documents.validated(document, IssuedFile)
    if record is None:
        return FIRST, problems
    cells: dict[Cell, People] = {}
    for role, questions in record.answers.items():
        for name, people in questions.items():
            question = rubric.question_by_id.get(rubric.names.get(name, ""))
            if question is None:
                continue
            found, mistakes = _people(here, question.id, people, ("answers", role, name))
            problems += mistakes
            cells[question.id, rubric.names.get(role, role)] = found
    shut = [(name, role) for role, names in record.closed.items() for name in names]
    shut += [cell for cell, amount in _heads(record) if amount != len(record.answers.get(cell[1], {}).get(cell[0], ()))]
    closed = frozenset((rubric.names.get(name, name), rubric.names.get(role, role)) for name, role in shut)
    return Issued({cell: people for cell, people in cells.items() if cell not in closed}, closed), problems


def _heads(record: IssuedFile) -> Iterator[tuple[Cell, int]]:
    """How many people an issue counted, by question and role as they are written."""
    for role, questions in record.people.items():
        yield from (((name, role), amount) for name, amount in questions.items())


def _people(
    here: Context, name: str, people: Mapping[str, IssuedAnswer], route: tuple[str, ...]
) -> tuple[People, Problems]:
    found: dict[str, Answer] = {}
    problems: Problems = ()
    for person, kept in people.items():
        value: AnswerValue = None
        try:
            if kept.state == "value":
                value = read_value(here.rubric, here.rubric.question_by_id[name], kept.value)
        except MisfitError:
            message = f"{name_written(kept.value)} was counted as an answer to '{name}', and is none"
            hint = "put the file back as it was written, or carry the engagement over with assess rubric migrate"
            problems += (here.problem("issued", message, (*route, person), hint=hint),)
            continue
        found[person] = Answer(kept.state, value, kept.why, kept.note, None, _proofs(kept.evidence))
    return found, problems


def _proofs(kept: Iterable[IssuedProof]) -> tuple[EvidenceItem, ...]:
    """Evidence as an anonymous answer carries it: nothing but kind and date."""
    return tuple(nameless(EvidenceItem(title="-", kind=item.kind, dated=item.dated)) for item in kept)


def nameless(item: EvidenceItem) -> EvidenceItem:
    """Evidence of an anonymous person: of it only kind and date are kept, because they decide what it proves."""
    named = {"id": None, "title": "", "file": "", "url": "", "place": "", "sha256": "", "note": ""}
    copied: EvidenceItem = item.model_copy(update=named)
    return copied

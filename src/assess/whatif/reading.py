"""Reads changes as they were written: every mistake in any of them is told in one go, with the nearest names."""

import datetime
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from assess.collect.values import STATES, MisfitError, read_value
from assess.formula import EvaluatedOrganization
from assess.formula.readings import GRADES
from assess.model.answers import Answer
from assess.model.questions import Question
from assess.model.rubric import ROOT, Rubric
from assess.problems import DocumentError, Problem, listing, nearest
from assess.whatif.levels import LevelAnswer, level_answers
from assess.whatif.rubrics import weight_refused
from assess.whatif.scenario import AGREED, Scenario, TriedAnswer, WrittenScenario

CODE = "what_if"
DEFAULT = "default"
FEW = 12
OUTSIDE = "it lies outside of what this engagement asks; change `tier` or `scope` there"
SET_FORM = "--set ROLE.QUESTION=VALUE, or --set QUESTION=VALUE for what is agreed on"


class WrittenChange(NamedTuple):
    """One change as it was written: its option, what stands before the sign of equality, and what behind it."""

    option: str
    name: str
    value: str = ""

    @property
    def words(self) -> str:
        """The change as it was written."""
        return f"{self.option} {self.name}={self.value}" if self.value else f"{self.option} {self.name}"


def read_scenario(organization: EvaluatedOrganization, written: WrittenScenario) -> Scenario:
    """The changes by ids; raises DocumentError with every one that does not fit the rubric or the engagement."""
    reader = _Reader(organization)
    on = reader.day("--on", written.on)
    days = on or organization.sheet.engagement.assessed_on
    answers = [*reader.answers(reader.pairs("--set", written.answers, SET_FORM), days)]
    proofs = reader.proofs(reader.pairs("--proof", written.proofs, "--proof QUESTION=documented"))
    levels = dict(reader.levels(reader.pairs("--level", written.levels, "--level CRITERION=LEVEL")))
    set_by_level = [answer for found in levels.values() for answer in found]
    answers += [TriedAnswer(found.question, found.answer) for found in set_by_level]
    proofs = {found.question: found.grade for found in set_by_level if found.grade is not None} | proofs
    reader.once_each(answers)
    scenario = Scenario(
        answers=tuple(answers),
        proofs=proofs,
        levels={change.name: change.value for change in levels},
        done=tuple(reader.named("--done", written.done, "initiative", reader.initiatives)),
        weights=reader.weights(reader.pairs("--weight", written.weights, "--weight NODE=WEIGHT")),
        capacity=reader.capacities(reader.pairs("--capacity", written.capacity, "--capacity ROLE=DAYS")),
        without=tuple(reader.named("--without", written.without, "gate or clash", reader.rules)),
        on=on,
        start=reader.day("--start", written.start),
    )
    if on:
        reader.dated(on)
    if reader.problems:
        raise DocumentError(reader.problems)
    return scenario


class _Reader:
    """Reads changes against one organization, and keeps what is wrong with them."""

    def __init__(self, organization: EvaluatedOrganization) -> None:
        self.organization = organization
        self.rubric: Rubric = organization.rubric
        self.problems: list[Problem] = []

    def refuse(self, change: WrittenChange, message: str, hint: str = "") -> None:
        """Keep that a change cannot be tried, and the way out."""
        self.problems.append(Problem(CODE, f"{change.words}: {message}", hint=hint))

    def pairs(self, option: str, written: Sequence[str], form: str) -> Iterator[WrittenChange]:
        """Changes of the form NAME=VALUE."""
        for text in written:
            name, sign, value = (part.strip() for part in text.partition("="))
            if name and sign and value:
                yield WrittenChange(option, name, value)
            else:
                self.refuse(WrittenChange(option, text), "a name, the sign =, and a value are needed", f"write {form}")

    def known(self, change: WrittenChange, what: str, known: Mapping[str, str], name: str | None = None) -> str | None:
        """The id behind a name; None, with the nearest name told, where there is none."""
        wanted = change.name if name is None else name
        if wanted not in known:
            article = "an" if what[0] in "aeiou" else "a"
            ids = [*dict.fromkeys(known.values())]
            hint = (
                f"one of: {listing(ids, most=FEW)}"
                if len(ids) <= FEW
                else "assess rubric show prints the rubric with all ids"
            )
            hint = hint if ids else "the rubric has none"
            hint = OUTSIDE if self.rubric.whole.names.get(wanted) not in (None, *self.rubric.names.values()) else hint
            self.refuse(
                change, f"'{wanted}' is not {article} {what} of '{self.rubric.id}'{nearest(wanted, known)}", hint
            )
        return known.get(wanted)

    def named(self, option: str, written: Iterable[str], what: str, known: Mapping[str, str]) -> Iterator[str]:
        """The ids of changes that are a name and nothing else, each once."""
        found = (self.known(WrittenChange(option, text.strip()), what, known) for text in written)
        yield from dict.fromkeys(name for name in found if name)

    def named_among(self, ids: Iterable[str]) -> dict[str, str]:
        """Every name of some elements, with its id."""
        wanted = {*ids}
        return {name: meant for name, meant in self.rubric.names.items() if meant in wanted}

    @property
    def initiatives(self) -> Mapping[str, str]:
        """Initiatives by id, code and former id."""
        former = {old: i.id for i in self.rubric.initiatives for old in i.renamed_from}
        return former | self.named_among(self.rubric.initiative_by_id)

    @property
    def rules(self) -> Mapping[str, str]:
        """Gates and clashes by id."""
        ids = [gate.id for gate in self.rubric.all_gates()] + [clash.id for clash in self.rubric.all_clashes()]
        return {name: name for name in ids}

    def answers(self, changes: Iterable[WrittenChange], on: datetime.date) -> Iterator[TriedAnswer]:
        """Answers of a role, or agreed on, on a day."""
        questions = self.named_among(self.rubric.question_by_id)
        for change in changes:
            role, name = self._who_and_what(change, questions)
            found = None if role is None else self.known(change, "question", questions, name)
            question = self.rubric.question_by_id.get(found or "")
            if question is None or role is None or not self._is_open_to(change, question, role):
                continue
            answer = self._answer(change, question, role, on)
            if answer is not None:
                yield TriedAnswer(question.id, answer, role)

    def _who_and_what(self, change: WrittenChange, questions: Mapping[str, str]) -> tuple[str | None, str]:
        """The role, empty for what is agreed on and None for one that is not there, and the name of the question."""
        first, dot, rest = change.name.partition(".")
        if change.name in questions or not dot:
            return AGREED, change.name
        return self.known(change, "role", self.named_among(self.rubric.role_by_id), first), rest

    def _is_open_to(self, change: WrittenChange, question: Question, role: str) -> bool:
        """Whether an answer of this role to a question may be changed."""
        sheet, asked = self.organization.sheet, self.rubric.asked(question)
        if role and role not in asked:
            self.refuse(change, f"'{role}' is not asked '{question.id}'", f"it is asked of {listing(asked)}")
            return False
        if role in sheet.shy or any(voice.role == role and voice.private for voice in sheet.voices):
            hint = f"try what would be agreed on: --set {question.id}={change.value}"
            self.refuse(change, f"'{role}' answers anonymously, and what one of a group says is not tried", hint)
            return False
        return True

    def _answer(self, change: WrittenChange, question: Question, role: str, on: datetime.date) -> Answer | None:
        """The answer that a written value is; None, with the reason told, where it is none."""
        if change.value in STATES:
            return self._state(change, question, role)
        several = question.traits.holds == "options"
        value = [part.strip() for part in change.value.split(",")] if several else change.value
        try:
            found = read_value(self.rubric, question, value, role)
        except MisfitError as error:
            for misfit in error.misfits:
                self.refuse(change, misfit.message, misfit.hint)
            return None
        if isinstance(found, datetime.date) and found > on:
            self.refuse(
                change, f"the day lies after that of the assessment, {on}", "name an earlier day, or a later --on"
            )
            return None
        return Answer("value", found)

    def _state(self, change: WrittenChange, question: Question, role: str) -> Answer | None:
        taken: tuple[str, ...] = self.rubric.wording(question, role).allow if role else ("na",)
        if self.rubric.policies.na == "forbid" or self._is_key(question):
            taken = tuple(state for state in taken if state != "na")
        if change.value not in taken:
            who = f"'{question.id}'" if role else f"what is agreed on '{question.id}'"
            self.refuse(
                change, f"{who} cannot be '{change.value}'", f"give a value{', or ' if taken else ''}{listing(taken)}"
            )
            return None
        return next(Answer(state, why="What if.") for state in STATES if state == change.value)

    def _is_key(self, question: Question) -> bool:
        """Whether a question belongs to a key criterion, which always applies."""
        return any(node.key for node in self.rubric.upwards(question.id))

    def proofs(self, changes: Iterable[WrittenChange]) -> dict[str, int]:
        """Grades of evidence by question."""
        questions, found = self.named_among(self.rubric.question_by_id), {}
        for change in changes:
            name = self.known(change, "question", questions)
            if change.value not in GRADES:
                message = f"'{change.value}' is no grade of evidence{nearest(change.value, GRADES)}"
                self.refuse(change, message, f"one of: {listing(GRADES)}")
            elif name and self.organization.compiled.items[name].ceilings is None:
                self.refuse(change, "what is answered there counts in full without evidence", "leave it out")
            elif name:
                found[name] = GRADES.index(change.value)
        return found

    def levels(self, changes: Iterable[WrittenChange]) -> Iterator[tuple[WrittenChange, tuple[LevelAnswer, ...]]]:
        """What answers stand for a criterion at a level."""
        nodes = self.named_among(node.id for node in self.rubric.nodes())
        for change in changes:
            name = self.known(change, "criterion", nodes)
            if name is None:
                continue
            try:
                yield change._replace(name=name), level_answers(self.organization, name, change.value)
            except ValueError as error:
                self.refuse(change, *(str(part) for part in error.args))

    def once_each(self, answers: Iterable[TriedAnswer]) -> None:
        """Refuse second changes of one answer."""
        met: set[tuple[str, str]] = set()
        for tried in answers:
            if (tried.question, tried.role) in met:
                change = WrittenChange("--set", f"{tried.role}.{tried.question}" if tried.role else tried.question)
                self.refuse(change, "this answer is changed twice, here or by --level", "keep one of the two")
            met.add((tried.question, tried.role))

    def weights(self, changes: Iterable[WrittenChange]) -> dict[str, float]:
        """Weights by node or question."""
        parts = self.named_among({*self.rubric.node_by_id, *self.rubric.question_by_id} - {ROOT})
        return self._figures(changes, "criterion or question", parts, partial(weight_refused, self.rubric))

    def capacities(self, changes: Iterable[WrittenChange]) -> dict[str, float]:
        """Person-days in a period by role, or by `default`."""
        roles = self.named_among(self.rubric.role_by_id) | {DEFAULT: DEFAULT}
        return self._figures(changes, "role", roles, lambda _: "")

    def _figures(
        self, changes: Iterable[WrittenChange], what: str, known: Mapping[str, str], refused: Callable[[str], str]
    ) -> dict[str, float]:
        found: dict[str, float] = {}
        for change in changes:
            name, figure = self.known(change, what, known), _figure(change.value)
            if figure is None:
                self.refuse(change, f"'{change.value}' is no number of 0 or more", "write digits, such as 12 or 0.5")
            elif name in found:
                self.refuse(change, f"'{name}' is named twice", "keep one of the two")
            elif name and (why := refused(name)):
                self.refuse(change, why)
            elif name:
                found[name] = figure
        return found

    def day(self, option: str, text: str) -> datetime.date | None:
        """A day as it was written; None without one."""
        try:
            return datetime.date.fromisoformat(text) if text else None
        except ValueError:
            self.refuse(WrittenChange(option, text), "this is no day", "write it as 2026-06-30")
            return None

    def dated(self, on: datetime.date) -> None:
        """Refuse a day of the assessment before what was answered or shown."""
        late = [name for name in self.rubric.question_by_id if self._last_day(name) > on]
        if late:
            message = f"what was answered to {listing(late)} is of a later day"
            self.refuse(WrittenChange("--on", on.isoformat()), message, "name a later day")

    def _last_day(self, question: str) -> datetime.date:
        """The last day that stands in or beside the answers to a question that count."""
        given = [said.answer for said in self.organization.sheet.answers(question)]
        days = [answer.value for answer in given if isinstance(answer.value, datetime.date)]
        return max(
            [*days, *(item.dated for a in given for item in a.evidence if item.dated)], default=datetime.date.min
        )


def _figure(text: str) -> float | None:
    """The finite number of 0 or more that a text spells, else None."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if math.isfinite(found) and found >= 0 else None

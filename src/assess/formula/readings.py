"""What was answered, per question and role, as the numbers formulas read."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from assess.formula.worked_answers import answer_value
from assess.model.answers import Answer, AnswerSheet, AnswerValue, Voice
from assess.model.engagement import EvidenceItem
from assess.model.policies import EvidencePolicy
from assess.model.questions import Question
from assess.model.rubric import Rubric

STATED, DOCUMENTED, CONFIRMED = 0, 1, 2
GRADES = ("stated", "documented", "confirmed")
MONTHS_A_YEAR = 12


class RoleAnswers(NamedTuple):
    """The answers of one role to one question: values on 0..100 where the answer has one, raw answers, and states."""

    values: tuple[float, ...] = ()
    raws: tuple[AnswerValue, ...] = ()
    unknown: int = 0
    declined: int = 0
    na: int = 0


NOBODY = RoleAnswers()


class Readings(NamedTuple):
    """One organization's answers, ready for formulas; `settled` holds what was agreed instead.

    by_role and grades leave conditions aside: whom a question with a condition was put to is told by a tree.
    proved: grades of evidence to be taken for granted. agreed: what was settled when the sheet was counted. put: as
    in the sheet. given_only: nothing stands in for an answer that nobody gave or could give.
    """

    rubric: Rubric
    assessed_on: datetime.date
    by_role: Mapping[tuple[str, str], RoleAnswers]
    heads: Mapping[str, int]
    grades: Mapping[str, int]
    settled: Mapping[str, Answer]
    voices: tuple[Voice, ...] = ()
    crowds: Mapping[tuple[str, str], tuple[Answer, ...]] = MappingProxyType({})
    shy: frozenset[str] = frozenset()
    proved: Mapping[str, int] = MappingProxyType({})
    agreed: Mapping[str, Answer] = MappingProxyType({})
    given_only: bool = False
    put: Mapping[tuple[str, str], bool | None] = MappingProxyType({})

    def of(self, question: str, role: str) -> RoleAnswers:
        """The answers of a role to a question; empty when there are none."""
        return self.by_role.get((question, role), NOBODY)

    def unheard(self, question: str, roles: Iterable[str]) -> bool:
        """Whether the anonymous people of one of these roles gave too few answers to a question, or none."""
        cells = ((question, role) for role in roles if role in self.shy)
        return any(cell not in self.crowds and self.put.get(cell) is not False for cell in cells)


def read_sheet(rubric: Rubric, sheet: AnswerSheet) -> Readings:
    """The readings of an answer sheet; the order of voices changes nothing.

    Evidence counts where it stands beside a value: a don't-know with a paper proves nothing.
    """
    gathered: dict[tuple[str, str], list[Answer]] = {}
    for voice in sheet.voices:
        for question, answer in voice.answers.items():
            gathered.setdefault((question, voice.role), []).append(answer)
    for cell, answers in sheet.crowds.items():
        gathered.setdefault(cell, []).extend(answers)
    by_role = {
        (question, role): summarise_answers(rubric, rubric.question_by_id[question], answers)
        for (question, role), answers in gathered.items()
    }
    together: dict[str, list[Answer]] = {}
    for (question, _), given in gathered.items():
        together.setdefault(question, []).extend(given)
    policy = rubric.policies.evidence or EvidencePolicy()
    on = sheet.engagement.assessed_on
    grades = {question: grade(evidence_shown(answers), policy, on) for question, answers in together.items()}
    settled = {question: settlement.answer for question, settlement in sheet.settled.items()}
    return Readings(
        rubric=rubric,
        assessed_on=on,
        by_role=by_role,
        heads=sheet.heads(),
        grades=grades,
        settled=settled,
        voices=sheet.voices,
        crowds=sheet.crowds,
        shy=frozenset(sheet.shy),
        proved=sheet.granted,
        agreed=settled,
        put=sheet.put,
    )


def evidence_shown(answers: Iterable[Answer]) -> list[EvidenceItem]:
    """The evidence that stands beside a value."""
    return [item for answer in answers if answer.state == "value" for item in answer.evidence]


def summarise_answers(rubric: Rubric, question: Question, answers: Sequence[Answer]) -> RoleAnswers:
    """The answers of one role to one question as numbers; their order changes nothing."""
    given = [answer.value for answer in answers if answer.state == "value"]
    values = [answer_value(rubric, question, raw) for raw in given]
    states = [answer.state for answer in answers]
    return RoleAnswers(
        values=tuple(value for value in values if value is not None),
        raws=tuple(given),
        unknown=states.count("unknown"),
        declined=states.count("declined"),
        na=states.count("na"),
    )


def grade(items: list[EvidenceItem], policy: EvidencePolicy, on: datetime.date) -> int:
    """How well an answer is proved: 0 stated, 1 documented, 2 confirmed.

    Documented: something dated within the last `max_age_months` calendar months, the day itself included.
    Confirmed: a document or record so dated, beside a customer or third party that is not stale.
    """
    oldest = months_before(on, policy.max_age_months)
    fresh = [item for item in items if item.dated and oldest <= item.dated <= on]
    artefact = any(item.kind in ("document", "record") for item in fresh)
    witness = any(item.kind in ("customer", "third_party") and not _stale(item, oldest, on) for item in items)
    if artefact and witness:
        return CONFIRMED
    return DOCUMENTED if fresh else STATED


def _stale(item: EvidenceItem, oldest: datetime.date, on: datetime.date) -> bool:
    return item.dated is not None and not oldest <= item.dated <= on


def months_before(day: datetime.date, months: int) -> datetime.date:
    """The same day so many calendar months earlier; the month's last day where that day does not exist."""
    count = day.year * MONTHS_A_YEAR + day.month - 1 - months
    year, month = max(count // MONTHS_A_YEAR, 1), count % MONTHS_A_YEAR + 1
    following = datetime.date(year + month // MONTHS_A_YEAR, month % MONTHS_A_YEAR + 1, 1)
    return datetime.date(year, month, min(day.day, (following - datetime.timedelta(days=1)).day))


def months_between(earlier: datetime.date, later: datetime.date) -> float:
    """Calendar months from one day to another, with the part of the last month as a share of 31 days."""
    whole = (later.year - earlier.year) * MONTHS_A_YEAR + later.month - earlier.month
    return whole + (later.day - earlier.day) / 31

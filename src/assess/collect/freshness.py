"""Evidence that proves nothing: too old to count, or without a date."""

import datetime
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from assess import documents
from assess.collect.evidence import needs_proof, route_of
from assess.collect.raw import RespondentDocuments
from assess.documents import Document
from assess.formula.readings import STATED, grade
from assess.model.engagement import EvidenceItem
from assess.model.questions import Question
from assess.model.rubric import Rubric
from assess.numbers import counted
from assess.problems import Problem

NONE: Mapping[str, Sequence[EvidenceItem]] = MappingProxyType({})


class _Proof(NamedTuple):
    """A piece of evidence, the document it stands in, and its place from 0 beside the answer."""

    item: EvidenceItem
    document: Document
    place: int


def outdated(
    rubric: Rubric, told: RespondentDocuments, on: datetime.date, beside: Mapping[str, Sequence[EvidenceItem]] = NONE
) -> tuple[Problem, ...]:
    """A warning for every question whose evidence counts for nothing on the day of the assessment.

    beside: evidence of others that counts as well and is not told of.

    Where the rubric has no policy of evidence nothing depends on its age, and nothing is said.
    """
    policy = rubric.policies.evidence
    if policy is None:
        return ()
    given = _proofs(told)
    found = []
    for question in rubric.questions():
        proofs = given.get(question.id, [])
        shown = [*(proof.item for proof in proofs), *beside.get(question.id, ())]
        fresh = grade(shown, policy, on) > STATED
        if proofs and not fresh and rubric.takes_evidence(question):
            found += [
                _too_old(rubric, question, proofs, policy.max_age_months) or _undated(rubric, told, question, proofs)
            ]
    return tuple(problem for problem in found if problem)


def _proofs(told: RespondentDocuments) -> dict[str, list[_Proof]]:
    """The evidence beside the answers with a value, by question."""
    found: dict[str, list[_Proof]] = {}
    for respondent, document in told:
        for name, answer in respondent.answers.items():
            if answer.state == "value" and answer.evidence:
                items = enumerate(answer.evidence)
                found.setdefault(name, []).extend(_Proof(item, document, place) for place, item in items)
    return found


def _too_old(rubric: Rubric, question: Question, proofs: Sequence[_Proof], age: int) -> Problem | None:
    newest = max((proof for proof in proofs if proof.item.dated), key=lambda proof: str(proof.item.dated), default=None)
    if newest is None:
        return None
    months = counted(age, "month", "months")
    message = f"all evidence for '{question.id}' is older than {months}: the newest is dated {newest.item.dated}"
    hint = "name newer evidence; as it is the answers count as stated only"
    return _at(rubric, question, newest, Problem("evidence_stale", message, None, hint, "warning"))


def _undated(rubric: Rubric, told: RespondentDocuments, question: Question, proofs: Sequence[_Proof]) -> Problem | None:
    """Evidence without any date; where one was asked for, that is said already."""
    answers = ((respondent.answers.get(question.id), respondent.role) for respondent, _ in told)
    if any(answer and needs_proof(rubric, question, answer, role) for answer, role in answers):
        return None
    hint = "add dated:; without it the answers count as stated only"
    missing = Problem("evidence_missing", f"no evidence for '{question.id}' has a date", None, hint, "warning")
    return _at(rubric, question, proofs[0], missing)


def _at(rubric: Rubric, question: Question, proof: _Proof, problem: Problem) -> Problem:
    """A problem at the date of a piece of evidence, or at the evidence itself."""
    route = (*route_of(rubric, proof.document, question.id), "evidence", proof.place, "dated")
    return documents.problem(
        proof.document, problem.code, problem.message, route, hint=problem.hint, severity="warning"
    )

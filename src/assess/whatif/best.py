"""The single changes that lift a node most: one answer agreed on otherwise or proved, or one initiative done."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from assess.explain.changes import TriedQuestion, tried_answers, tried_proofs
from assess.formula import NodeResult
from assess.formula.readings import GRADES
from assess.model.answers import Answer
from assess.model.rubric import ROOT
from assess.numbers import DIGITS, TOLERANCE, ScaleEnds
from assess.whatif.finished import finished_effect, outlook_of, tree_with
from assess.whatif.scenario import Scenario, TriedAnswer
from assess.workflow import Assessment


class SingleChange(NamedTuple):
    """One change with the value a node would have with it, on 0..100, and its scale then.

    name: the question or the initiative. Of an initiative: lifts, the nodes it raises, each with the key of the level;
    ends, the gates and clashes that hold today and would not; needs, what it needs and is not done.
    """

    name: str
    scenario: Scenario
    value: float
    scale: ScaleEnds
    lifts: Mapping[str, str] = MappingProxyType({})
    ends: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


class BestChanges(NamedTuple):
    """The single changes that lift a node most, the greatest gain first, ties by id.

    untold: questions some answers to which decide which anonymous people were asked another one.
    """

    node: str
    changes: tuple[SingleChange, ...]
    untold: tuple[str, ...] = ()


def best_changes(organization: Assessment, most: int, node: str = ROOT) -> BestChanges:
    """At most so many single changes that lift a node most: every question once, with its best answer, or its proof.

    An answer gets the evidence it needs; of what lifts as much the proof of today's answer is named, or else the
    nearest answer. A node without a score counts as 0.
    """
    today = organization.scorecard.scores[node].value or 0.0
    tried = [*tried_answers(organization, node)]
    by_question = {change.name: change for change in _answers(tried)}
    proofs = [*tried_proofs(organization, node)]
    for proof in _proofs(proofs, organization.scale(node)):
        answer = by_question.get(proof.name)
        if answer is None or proof.value >= answer.value - TOLERANCE:
            by_question[proof.name] = proof
    found = [*by_question.values(), *_initiatives(organization, node)]
    lifting = [change for change in found if change.value > today + TOLERANCE]
    ranked = sorted(lifting, key=lambda change: (-round(change.value, DIGITS), change.name))
    untold = [each.question for each in tried if each.untold] + [name for name, _, told in proofs if told is None]
    return BestChanges(node, tuple(ranked[:most]), tuple(dict.fromkeys(untold)))


def _answers(tried: Iterable[TriedQuestion]) -> Iterator[SingleChange]:
    """The best answer to every question."""
    for question, changes, _ in tried:
        if changes:
            best = max(changes, key=lambda change: round(change.value, DIGITS))
            answer = TriedAnswer(question, Answer("value", best.answer))
            proofs = {question: GRADES.index(best.proof)} if best.proof else {}
            yield SingleChange(question, Scenario((answer,), proofs), best.value, best.scale)


def _proofs(proofs: Iterable[tuple[str, int, NodeResult | None]], scale: ScaleEnds) -> Iterator[SingleChange]:
    """What is answered today with the evidence it needs, where it counts for less."""
    for question, grade, result in proofs:
        if result is not None and result.value is not None:
            yield SingleChange(question, Scenario(proofs={question: grade}), result.value, scale)


def _initiatives(organization: Assessment, node: str) -> Iterator[SingleChange]:
    """Every initiative that is not done, alone."""
    outlook = outlook_of(organization)
    holding = {gate.id for gate in organization.scorecard.gates() if gate.holds}
    holding |= {gate.id for gate in organization.rubric.all_gates() if organization.tree.truth(gate.when)}
    for name in outlook.initiatives:
        effect = outlook.effects[name]
        tree = tree_with(organization, finished_effect(outlook, [name]))
        value = tree.node(node).value
        if name not in outlook.named_done and value is not None:
            needs = tuple(need for need in outlook.needs[name] if need not in outlook.finished)
            lifts = {lifted: effect.aims[lifted] for lifted in effect.lifts}
            ends = tuple(sorted(effect.off & holding))
            yield SingleChange(name, Scenario(done=(name,)), value, tree.scale(node), lifts, ends, needs)

"""What would change a score: the single answers that would move a node to another level, all else as it is."""

import math
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple, assert_never

from assess.formula import EvaluatedOrganization, ItemResult, NodeResult, Projection, dependents, level_at
from assess.formula.asked import crowd_truth
from assess.formula.nodes import turns
from assess.formula.readings import CONFIRMED, GRADES, Readings, months_before
from assess.model.answers import Answer, AnswerValue
from assess.model.findings import AgreementChange, Changes
from assess.model.questions import Question
from assess.numbers import TOLERANCE


class TriedQuestion(NamedTuple):
    """A question with what a node would be for its other answers, the nearest first.

    untold: some answers are left out, because they decide which anonymous people were asked another question.
    """

    question: str
    changes: tuple[AgreementChange, ...]
    untold: bool


def level_changes(of: EvaluatedOrganization, node: str) -> Changes:
    """The single answers that would raise or lower the level of a node; its score where it is read against no levels.

    Each answer is taken as settled; what roles said by themselves stays. A better answer gets the evidence it needs.
    """
    up: list[AgreementChange] = []
    down: list[AgreementChange] = []
    untold: list[str] = []
    best: AgreementChange | None = None
    most = of.scorecard.scores[node].value or 0.0
    for tried in tried_answers(of, node):
        untold += [tried.question] if tried.untold else []
        moved = [(_direction(of, node, change), change) for change in tried.changes]
        # Answers are tried outwards from what was answered: the first to move the node is the nearest.
        up += [change for way, change in moved if way == "up"][:1]
        down += [change for way, change in moved if way == "down"][:1]
        for _, change in moved:
            if change.value > most + TOLERANCE:
                best, most = change, change.value
    return Changes(tuple(up), tuple(down), None if up else best, tuple(untold))


def tried_answers(of: EvaluatedOrganization, node: str) -> Iterator[TriedQuestion]:
    """Every question that a node depends on and that is asked, with what the node would be for each other answer."""
    who_reads = dependents(of.compiled)
    for question in of.rubric.questions():
        affected = who_reads.of([question.id]) | {question.id}
        if node in affected and of.scorecard.items[question.id].state != "hidden":
            answers = [*_answers(of, question)]
            told = [answer for answer in answers if _is_told(of, question, answer, affected)]
            changed = (_changed(of, node, question, answer, affected) for answer in told)
            yield TriedQuestion(question.id, tuple(c for c in changed if c is not None), len(told) < len(answers))


def tried_proofs(of: EvaluatedOrganization, node: str) -> Iterator[tuple[str, int, NodeResult | None]]:
    """Every question that counts for less than its answers say: the grade they need, and what a node would be with it.

    Where even the best evidence does not let them count in full, it is that. None where it may decide which anonymous
    people were asked another question.
    """
    who_reads, groups = dependents(of.compiled), {*of.readings.crowds, *of.readings.put}
    for name, rule in of.compiled.items.items():
        value, claimed = of.tree.item(name).range.value, of.claimed.item(name).range.value
        affected = who_reads.of([name]) | {name}
        if rule.ceilings is None or value is None or claimed is None or claimed <= value + TOLERANCE:
            continue
        better = range(of.tree.grade(name) + 1, CONFIRMED + 1)
        grade = next((grade for grade in better if rule.ceilings[grade] >= claimed - TOLERANCE), CONFIRMED)
        if node in affected:
            proved = of.readings._replace(proved={**of.readings.proved, name: grade})
            told = not any(_is_conditional(of, cell) for cell in groups if cell[0] in affected)
            yield name, grade, _projected(of, proved, affected).node(node) if told else None


def _is_conditional(of: EvaluatedOrganization, cell: tuple[str, str]) -> bool:
    """Whether a question was put to some of the anonymous people of a role only, as its condition says."""
    return of.compiled.items[cell[0]].visible is not None


def _is_told(of: EvaluatedOrganization, question: Question, answer: AnswerValue, affected: frozenset[str]) -> bool:
    """Whether it is known which anonymous people would then have been asked what the question decides on."""
    tree = _settled(of, question.id, answer, of.tree.grade(question.id), affected)
    cells = tree.readings.crowds.keys() | tree.readings.put.keys()
    groups = (crowd_truth(tree, *cell) for cell in sorted(cells) if cell[0] in affected)
    return all(truth.sure or not truth.possible for truth in groups)


def _changed(
    of: EvaluatedOrganization, node: str, question: Question, answer: AnswerValue, affected: frozenset[str]
) -> AgreementChange | None:
    """The node with the question settled at an answer; None where the node then has no score."""
    grade = of.tree.grade(question.id)
    trees = (_settled(of, question.id, answer, enough, affected) for enough in range(grade, CONFIRMED + 1))
    enough, tree = next((x for x in enumerate(trees, grade) if not _held_down(x[1].item(question.id))), (grade, None))
    value = tree.node(node).value if tree else None
    if tree is None or value is None:
        return None
    level, proof = level_at(of.rubric, node, value), GRADES[enough] if enough > grade else ""
    return AgreementChange(question.id, answer, proof, value, level.key if level else None, tree.scale(node))


def _settled(
    of: EvaluatedOrganization, question: str, answer: AnswerValue, grade: int, affected: frozenset[str]
) -> Projection:
    """The tree with one question settled at an answer that is proved to a grade."""
    readings = of.readings
    other = readings._replace(
        settled={**readings.settled, question: Answer("value", answer)}, proved={**readings.proved, question: grade}
    )
    return _projected(of, other, affected)


def _projected(of: EvaluatedOrganization, readings: Readings, changed: frozenset[str]) -> Projection:
    """The tree with other readings, and with whatever is lifted or off in it."""
    return Projection(of.compiled, readings, lifts=of.tree.lifts, off=of.tree.off, base=of.tree, changed=changed)


def _held_down(item: ItemResult) -> bool:
    """Whether an answer counts for less than it says, for want of evidence."""
    return item.ceiling is not None and item.agreed is not None and item.agreed > item.ceiling + TOLERANCE


def _direction(of: EvaluatedOrganization, node: str, change: AgreementChange) -> Literal["up", "down", ""]:
    """Whether a change moves the node to a higher or a lower level, or its score where there are no levels."""
    today = of.scorecard.scores[node]
    if today.value is None:
        return ""
    places = {level.key: place for place, level in enumerate(of.rubric.levels_of(node))}
    then: float = places.get(change.level or "", change.value)
    now: float = places.get(today.level or "", today.value)
    return "up" if then > now + TOLERANCE else "down" if then < now - TOLERANCE else ""


def _answers(of: EvaluatedOrganization, question: Question) -> Iterator[AnswerValue]:
    """The other answers a question may get, those nearest to what was answered first."""
    raws = of.tree.item(question.id).raws
    holds = question.traits.holds
    match holds:
        case "options":
            yield from _ticks(of, question, raws)
        case "number" | "date":
            yield from sorted(_figures(of, question) - set(raws), key=lambda x: _distance(x, raws))
        case "option":
            keys = [option.key or "" for option in of.rubric.options_of(question)]
            now = [keys.index(str(raw)) for raw in raws if raw in keys]
            middle = sum(now) / len(now) if now else 0.0
            away = sorted(range(len(keys)), key=lambda place: (abs(place - middle), place))
            yield from (keys[place] for place in away if len(set(now)) != 1 or place not in now)
        case "words":
            return  # no words are worth more than others
        case _:
            assert_never(holds)


def _ticks(of: EvaluatedOrganization, question: Question, raws: tuple[AnswerValue, ...]) -> Iterator[AnswerValue]:
    """What was ticked by anybody, with one option more or less; an exclusive option stands alone."""
    options = of.rubric.options_of(question)
    ticked = {key for raw in raws if isinstance(raw, tuple) for key in raw}
    alone = {option.key for option in options if option.exclusive}
    for option in options:
        key = option.key or ""
        picked = {key} if option.exclusive else (ticked ^ {key}) - alone
        if picked and picked != ticked:
            yield tuple(o.key or "" for o in options if o.key in picked)


def _figures(of: EvaluatedOrganization, question: Question) -> set[AnswerValue]:
    """The numbers or days at which a condition or the value of a question turns, and those right beside them."""
    on, compiled = of.readings.assessed_on, of.compiled
    read = [(rule.formula, rule.caps) for rule in compiled.nodes.values()]
    shown = [rule.visible for rule in compiled.items.values()]
    met = {(facet, at) for name, facet, at in turns((*read, *shown)) if name == question.id}
    if question.traits.holds == "date":
        days = [months_before(on, round(x)) if facet == "age" else date.fromordinal(round(x)) for facet, x in met]
        return {min(day + timedelta(days=step), on) for day in days for step in (-1, 0, 1)}
    figures = {x for _, x in met}
    if question.goalposts:
        figures |= {question.goalposts.worst, question.goalposts.best}
    figures |= {step.start for step in question.steps}
    if question.band:
        figures |= {question.band.start, question.band.to}
    low = -math.inf if question.min is None else question.min
    high = math.inf if question.max is None else question.max
    return {figure + step for figure in figures for step in (-1.0, 0.0, 1.0) if low <= figure + step <= high}


def _distance(value: AnswerValue, raws: tuple[AnswerValue, ...]) -> float:
    """How far a figure is from the nearest that was answered."""
    here = value.toordinal() if isinstance(value, date) else value
    given = [raw.toordinal() if isinstance(raw, date) else raw for raw in raws]
    far = [abs(here - raw) for raw in given if isinstance(raw, int | float) and isinstance(here, int | float)]
    return min(far, default=0.0)

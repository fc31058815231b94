"""What is drawn: weights, answers of a part for a whole, single answers, missing ones, and grades of evidence.

What is drawn how is written down in docs/method.md, section 14. Whom a question was put to, and whose answers count,
stays as it was found: what was left out plays no part.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy import typing as npt

from assess.draws.arrays import Figures, Flags
from assess.formula import EvaluatedOrganization
from assess.formula import nodes as f
from assess.formula.normalise import option_values
from assess.formula.readings import DOCUMENTED

CV = 0.25
FEW = 3
SIDES = 24
_CHANCES = SIDES * 2730  # as many as two bytes hold, in whole parts
LOWERED = 0.25


class Drawn(NamedTuple):
    """What every draw has instead of what was found; whatever is not named here is as found.

    weights: of a node's parts, by part and draw, in the order of its formula. answers: of a question and role on
    0..100, by answer and draw. missing: values of scored questions without one, by draw. lowered: questions whose
    evidence counts a grade less, by draw.
    """

    draws: int
    weights: Mapping[str, Figures]
    answers: Mapping[tuple[str, str], Figures]
    missing: Mapping[str, Figures]
    lowered: Mapping[str, Flags]

    @property
    def questions(self) -> frozenset[str]:
        """The questions of which something is drawn."""
        return frozenset((*(question for question, _ in self.answers), *self.missing, *self.lowered))


def drawn_from(organization: EvaluatedOrganization, draws: int, seed: int) -> Drawn:
    """So many draws; the same seed, answers and rubric give the same ones."""
    chance = np.random.Generator(np.random.PCG64(seed))
    weights = drawn_weights(organization, chance, draws)
    answers = _answers(chance, organization, draws)
    missing = {name: _missing(chance, organization, name, draws) for name in _unanswered(organization)}
    lowered = {name: chance.random(draws) < LOWERED for name in _documented(organization)}
    return Drawn(draws, weights, answers, missing, lowered)


def drawn_weights(organization: EvaluatedOrganization, chance: np.random.Generator, draws: int) -> dict[str, Figures]:
    """The weights of every node that has some to draw, by part and draw."""
    return {name: _weights(chance, found, draws) for name, found in _weighed(organization)}


def _weighed(organization: EvaluatedOrganization) -> Iterator[tuple[str, tuple[float, ...]]]:
    """The nodes whose weights are a judgement, and these: means of two parts or more."""
    for name, rule in sorted(organization.compiled.nodes.items()):
        formula = rule.formula
        if isinstance(formula, f.Combined) and (formula.rule.linear or formula.rule.power):
            found = tuple(weight for weight, _ in formula.parts)
            if sum(weight > 0 for weight in found) > 1:
                yield name, found


def concentration(parts: int) -> float:
    """Of a Dirichlet distribution in which each of so many equal parts has the relative deviation `CV`."""
    return (parts - 1) / CV**2 - 1


def _weights(chance: np.random.Generator, found: tuple[float, ...], draws: int) -> Figures:
    """Weights above 0 as gammas, which are Dirichlet once they are divided by their sum; 0 stays 0."""
    shares = np.asarray(found) / sum(found)
    shapes = concentration(int((shares > 0).sum())) * shares
    return np.stack([chance.standard_gamma(shape, draws) for shape in shapes])


class _Cell(NamedTuple):
    """The answers of a role to a question of which something is drawn; `steps`: what its levels are worth."""

    name: tuple[str, str]
    values: Figures
    steps: Figures
    crowd: bool

    @property
    def few(self) -> bool:
        """Whether the answers are so few that each may be meant a level lower or higher."""
        return len(self.values) < FEW


def _answers(
    chance: np.random.Generator, organization: EvaluatedOrganization, draws: int
) -> dict[tuple[str, str], Figures]:
    """The answers of each question and role of which something is drawn."""
    cells = [*_cells(organization)]
    single = sum(len(cell.values) for cell in cells if cell.few)
    luck = iter(chance.integers(0, _CHANCES, (single, draws), dtype=np.uint16))
    heads, picked = organization.readings.heads, dict[str, Figures]()
    found: dict[tuple[str, str], Figures] = {}
    for cell in cells:
        role, count = cell.name[1], len(cell.values)
        if cell.few:
            found[cell.name] = _neighbours(cell, luck, draws)
            continue
        # Of anonymous people nobody knows who said what: each question picks anew.
        if cell.crowd or count > heads.get(role, 0):
            picks = chance.random((count, draws))
        else:
            if role not in picked:
                picked[role] = chance.random((heads[role], draws))
            picks = picked[role][:count]
        found[cell.name] = cell.values.take((picks * count).astype(np.intp))
    return found


def _cells(organization: EvaluatedOrganization) -> Iterator[_Cell]:
    """Where one or two gave a level, and where some of a role answered who may stand for the rest of it."""
    tree, rubric, settled = organization.tree, organization.rubric, organization.readings.settled
    invited = organization.sheet.engagement.invited
    for name in sorted(tree.compiled.items):
        question = rubric.question_by_id[name]
        if name in settled or tree.item(name).state != "value" or tree.asking(name).waiting:
            continue
        for role in (role.id for role in rubric.roles if role.people):
            values = tree.heard(name, role).values
            some = FEW <= len(values) < invited.get(role, len(values) + 1)
            if some or (0 < len(values) < FEW and question.traits.anchored):
                steps = sorted({x for x in option_values(rubric, question).values() if x is not None})
                crowd = (name, role) in tree.readings.crowds
                yield _Cell((name, role), np.asarray(values), np.asarray(steps), crowd)


def _neighbours(cell: _Cell, luck: Iterator[npt.NDArray[np.uint16]], draws: int) -> Figures:
    """Answers as given, or now and then one level lower or higher where there is one."""
    found = np.empty((len(cell.values), draws))
    for row, value in zip(found, cell.values, strict=True):
        stood, sides = int(np.abs(cell.steps - value).argmin()), next(luck)
        row.fill(cell.steps[stood])
        row[np.flatnonzero(sides < _CHANCES // SIDES)] = cell.steps[max(stood - 1, 0)]
        row[np.flatnonzero(sides >= _CHANCES - _CHANCES // SIDES)] = cell.steps[min(stood + 1, len(cell.steps) - 1)]
    return found


def _unanswered(organization: EvaluatedOrganization) -> Iterator[str]:
    """The scored questions that apply and have no value."""
    tree = organization.tree
    for name, rule in sorted(tree.compiled.items.items()):
        found = tree.item(name).range
        if found.value is None and found.low is not None and (rule.weight > 0 or name in tree.compiled.read_in):
            yield name


def _missing(chance: np.random.Generator, organization: EvaluatedOrganization, name: str, draws: int) -> Figures:
    """Any of the options alike; without options, any value that an answer can have."""
    question, found = organization.rubric.question_by_id[name], organization.tree.item(name).range
    worth = option_values(organization.rubric, question) if question.traits.holds == "option" else {}
    values = sorted(value for value in worth.values() if value is not None)
    if values:
        return np.asarray(values)[(chance.random(draws) * len(values)).astype(np.intp)]
    low, high = found.low or 0.0, found.high or 0.0
    return low + (high - low) * chance.random(draws)


def _documented(organization: EvaluatedOrganization) -> Iterator[str]:
    """The questions with a value that is held by what a document shows."""
    tree = organization.tree
    for name, rule in sorted(tree.compiled.items.items()):
        plain = not tree.asking(name).waiting and tree.item(name).state == "value"
        if plain and rule.ceilings is not None and tree.grade(name) == DOCUMENTED:
            yield name

"""The personas of a rubric as its tests: what came out of each, held against what it expects, line by line."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from assess.authoring.assessments import Life, lived
from assess.collect.context import Context
from assess.collect.inline import read_inline
from assess.documents import SourceMap
from assess.documents.document import value_at
from assess.formula import decimals_of
from assess.load import load
from assess.model.fields import Written
from assess.model.initiatives import Persona
from assess.model.nodes import Clash
from assess.model.rubric import Rubric
from assess.numbers import MOST_PLACES, Scale, apart, native, percent, short
from assess.problems import DocumentError, Problem, errors, in_order
from assess.validate import validate

TOLERANCE = 1e-9

Found = Iterator[Problem]


class Trial(NamedTuple):
    """One persona put to the test; `life` is None when its answers do not fit the rubric."""

    persona: Persona
    life: Life | None
    problems: tuple[Problem, ...]

    @property
    def passed(self) -> bool:
        """Whether everything came out as expected."""
        return not self.problems


def opened(path: Path) -> tuple[Rubric, SourceMap]:
    """A sound rubric and where its elements stand; raises DocumentError with every mistake in it."""
    rubric, sources = load(path)
    mistakes = errors(validate(rubric, sources))
    if mistakes:
        raise DocumentError(mistakes)
    return rubric, sources


def tried(rubric: Rubric, sources: SourceMap, persona: Persona) -> Trial:
    """A persona put to the test; the problems stand at the lines of its file, or of those it is like."""
    wrong = [problem for known in rubric.likenesses(persona) for problem in misanswered(rubric, sources, known)]
    if wrong:
        return Trial(persona, None, in_order(wrong))
    try:
        life = lived(rubric, persona)
    except DocumentError as error:
        return Trial(persona, None, tuple(_at_answers(sources, persona, problem) for problem in error.problems))
    return Trial(persona, life, verdicts(sources, persona, life))


def misanswered(rubric: Rubric, sources: SourceMap, persona: Persona) -> tuple[Problem, ...]:
    """The answers written in a persona's own file that do not fit the rubric, each at its place.

    What it takes over from another persona is looked at there; a rubric made in memory has no places and no mistakes.
    """
    if persona.id not in sources.anchors:
        return ()
    document, base = sources.anchors[persona.id]
    route = (*base, "answers")
    written = value_at(document.data, route)
    if not isinstance(written, Mapping):
        return ()
    return in_order(errors(read_inline(Context(rubric, document, persona.assessed_on), written, route)[1]))


def misanswers(rubric: Rubric, sources: SourceMap) -> Found:
    """The answers of all personas that do not fit the rubric, in the form of a rule over a whole rubric."""
    for persona in rubric.personas:
        yield from misanswered(rubric, sources, persona)


def _at_answers(sources: SourceMap, persona: Persona, problem: Problem) -> Problem:
    """A problem that no single line explains, at the answers of its persona."""
    placed = sources.problem(problem.code, problem.message, persona.id, "answers", at_key=True, hint=problem.hint)
    return replace(placed, message=f"'{persona.id}': {problem.message}")


def verdicts(sources: SourceMap, persona: Persona, life: Life) -> tuple[Problem, ...]:
    """Every expectation of a persona that did not come true, at its line; of scores the decimals written count."""
    return in_order(problem for rule in RULES for problem in rule(_Court(sources, persona, life)))


class _Court(NamedTuple):
    """A persona, what became of it, and where its expectations stand."""

    sources: SourceMap
    persona: Persona
    life: Life

    def mismatch(self, message: str, *route: str | int, because: str) -> Problem:
        """An expectation that did not come true, and why it did not."""
        return self.sources.problem("expectation", message, self.persona.id, "expect", *route, hint=because)

    def number_off(self, message: str, *route: str) -> Problem:
        """An expectation about the score of the node that ends the route."""
        command = f"assess rubric test {self.life.rubric.id} --persona {self.persona.id} --explain {route[-1]}"
        return self.mismatch(message, *route, because=f"the steps to it: {command}")

    def unscored(self, message: str, *route: str) -> Problem:
        """An expectation about a node without a score, which no update can take over."""
        hint = f"answer more of it (coverage {percent(self.life.scorecard[route[-1]].coverage)}), or take the entry out"
        return self.mismatch(message, *route, because=hint)


def unlike(rubric: Rubric, name: str, value: float, scale: Scale, wanted: float) -> str:
    """A score that is another than the one written, in figures that tell them apart; empty where it is the same.

    It is compared in the decimals written; a whole number, which may be short for 2.00, in those the score is printed
    with.
    """
    own, points = decimals_of(rubric, rubric.names.get(name, name), scale), native(value, scale)
    places = wanted.places if isinstance(wanted, Written) and wanted.places else own
    if abs(points - wanted) <= 0.5 * 10**-places + TOLERANCE:
        return ""
    return apart(points, max(places, own), wanted)


def _scores(court: _Court) -> Found:
    for name, wanted in court.persona.expect.scores.items():
        card, said = court.life.scorecard[name], f"{short(wanted, MOST_PLACES)} was expected"
        if card.value is None:
            yield court.unscored(f"'{name}' has no score; {said}", "scores", name)
        elif found := unlike(court.life.rubric, name, card.value, card.scale, wanted):
            yield court.number_off(f"'{name}' scores {found}; {said}", "scores", name)


def _levels(court: _Court) -> Found:
    for name, wanted in court.persona.expect.levels.items():
        level = court.life.scorecard[name].level
        if level is None:
            yield court.unscored(f"'{name}' has no level; '{wanted}' was expected", "levels", name)
        elif level != wanted:
            message = f"'{name}' is at the level '{level}'; '{wanted}' was expected"
            yield court.number_off(message, "levels", name)


def _gates(court: _Court) -> Found:
    for place, name in enumerate(court.persona.expect.gates):
        if not court.life.holds(name):
            because = f"it waits for: {_condition(court.life.rubric, name)}"
            yield court.mismatch(f"the gate '{name}' does not hold", "gates", place, because=because)


def _not_gates(court: _Court) -> Found:
    for place, name in enumerate(court.persona.expect.not_gates):
        if court.life.holds(name):
            because = f"this is true: {_condition(court.life.rubric, name)}"
            yield court.mismatch(f"the gate '{name}' holds", "not_gates", place, because=because)


def _condition(rubric: Rubric, name: str) -> str:
    whens = {gate.id: gate.when for gate in rubric.all_gates()} | {c.id: c.practice for c in rubric.all_clashes()}
    return whens.get(rubric.names.get(name, name), "the key criterion keeps down what stands above it")


def _clashes(court: _Court) -> Found:
    expected = court.persona.expect.clashes
    if expected is None:
        return
    known = {clash.id: clash for clash in court.life.rubric.all_clashes()}
    for place, name in enumerate(expected):
        if name not in court.life.clashing:
            because = _untrue_halves(court.life, known[name])
            yield court.mismatch(f"the clash '{name}' is not found", "clashes", place, because=because)
    for name in sorted(court.life.clashing - {*expected}):
        because = f"both are true: {known[name].claim}; {known[name].practice}"
        yield court.mismatch(f"the clash '{name}' is found and was not expected", "clashes", because=because)


def _untrue_halves(life: Life, clash: Clash) -> str:
    halves = {"claim": clash.claim, "practice": clash.practice}
    untrue = [f"its {half} ({text})" for half, text in halves.items() if life.claimed.truth(text) is not True]
    return f"not surely true: {' and '.join(untrue)}"


def _planned(court: _Court) -> Found:
    left_out = {out.initiative: out.because.rstrip(".") for out in court.life.plan.left_out}
    for place, name in enumerate(court.persona.expect.planned):
        if not court.life.plans(name):
            because = left_out.get(court.life.rubric.names.get(name, name), "")
            yield court.mismatch(f"the initiative '{name}' is not in the plan", "planned", place, because=because)


RULES = (_scores, _levels, _gates, _not_gates, _clashes, _planned)

"""The personas of a rubric as its tests: what came out of each, held against what it expects, line by line."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from assess.authoring.assessments import answers_of, clashing, holding, planned
from assess.collect.context import Context
from assess.collect.inline import read_inline
from assess.documents import Route, SourceMap
from assess.documents.document import value_at
from assess.formula import Evaluation, decimals_of, evaluate, evaluate_sheet, level_at
from assess.load import load
from assess.model.fields import WrittenNumber
from assess.model.initiatives import Persona
from assess.model.roadmap import QUICK
from assess.model.rubric import Rubric
from assess.numbers import MOST_PLACES, TOLERANCE, ScaleEnds, apart, native, percent, short
from assess.problems import DocumentError, Problem, errors, in_order
from assess.validate import validate
from assess.workflow import Assessment, assess_sheet

Found = Iterator[Problem]


class Trial(NamedTuple):
    """One persona put to the test; `found` is None when its answers do not fit the rubric."""

    persona: Persona
    found: Assessment | None
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
        found = assess_sheet(rubric, answers_of(rubric, persona), search=QUICK)
    except DocumentError as error:
        return Trial(persona, None, tuple(_at_answers(sources, persona, problem) for problem in error.problems))
    return Trial(persona, found, verdicts(sources, persona, found))


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


def verdicts(sources: SourceMap, persona: Persona, found: Assessment) -> tuple[Problem, ...]:
    """Every expectation of a persona that did not come true, at its line; of scores the decimals written count."""
    missed = (*misses(persona, found.tree, found.claimed), *_planned(persona, found))
    return in_order(
        sources.problem("expectation", miss.message, persona.id, "expect", *miss.route, hint=miss.because)
        for miss in missed
    )


class Miss(NamedTuple):
    """An expectation that did not come true, its route below `expect:`, and why it did not."""

    message: str
    route: Route
    because: str


Misses = Iterator[Miss]


class _Expected(NamedTuple):
    """A persona and what its answers come to: the tree as it counts, and without the ceilings of evidence."""

    persona: Persona
    tree: Evaluation
    claimed: Evaluation

    @property
    def rubric(self) -> Rubric:
        """The rubric of both trees."""
        return self.tree.compiled.rubric

    def number_off(self, message: str, *route: str) -> Miss:
        """An expectation about the score of the node that ends the route."""
        command = f"assess rubric test {self.rubric.id} --persona {self.persona.id} --explain {route[-1]}"
        return Miss(message, route, f"the steps to it: {command}")

    def unscored(self, message: str, *route: str) -> Miss:
        """An expectation about a node without a score, which no update can take over."""
        covered = percent(self.tree.node(self.rubric.names[route[-1]]).coverage)
        return Miss(message, route, f"answer more of it (coverage {covered}), or take the entry out")


def misses(persona: Persona, tree: Evaluation, claimed: Evaluation) -> Misses:
    """The scores, levels, gates and clashes that came out otherwise than expected; plans are not looked at."""
    court = _Expected(persona, tree, claimed)
    return (miss for rule in RULES for miss in rule(court))


def misses_of(rubric: Rubric, persona: Persona) -> tuple[str, ...]:
    """What came out otherwise for a persona, plans aside, in words.

    It takes a twentieth of the time of `tried`, which also scores, diagnoses and plans.
    """
    try:
        tree = evaluate_sheet(rubric, answers_of(rubric, persona))
    except DocumentError as error:
        return tuple(problem.message for problem in error.problems)
    claimed = evaluate(tree.compiled, tree.readings, claimed=True)
    return tuple(miss.message for miss in misses(persona, tree, claimed))


def unlike(rubric: Rubric, name: str, value: float, scale: ScaleEnds, wanted: float) -> str:
    """A score that is another than the one written, in figures that tell them apart; empty where it is the same.

    It is compared in the decimals written; a whole number, which may be short for 2.00, in those the score is printed
    with.
    """
    own, points = decimals_of(rubric, name, scale), native(value, scale)
    places = wanted.places if isinstance(wanted, WrittenNumber) and wanted.places else own
    if abs(points - wanted) <= 0.5 * 10**-places + TOLERANCE:
        return ""
    return apart(points, max(places, own), wanted)


def _scores(court: _Expected) -> Misses:
    for name, wanted in court.persona.expect.scores.items():
        node, said = court.rubric.names[name], f"{short(wanted, MOST_PLACES)} was expected"
        value = court.tree.node(node).value
        if value is None:
            yield court.unscored(f"'{name}' has no score; {said}", "scores", name)
        elif found := unlike(court.rubric, node, value, court.tree.scale(node), wanted):
            yield court.number_off(f"'{name}' scores {found}; {said}", "scores", name)


def _levels(court: _Expected) -> Misses:
    for name, wanted in court.persona.expect.levels.items():
        node = court.rubric.names[name]
        value = court.tree.node(node).value
        level = None if value is None else level_at(court.rubric, node, value)
        if level is None:
            yield court.unscored(f"'{name}' has no level; '{wanted}' was expected", "levels", name)
        elif level.key != wanted:
            message = f"'{name}' is at the level '{level.key}'; '{wanted}' was expected"
            yield court.number_off(message, "levels", name)


def _gates(court: _Expected) -> Misses:
    held, names = holding(court.tree), court.rubric.names
    for place, name in enumerate(court.persona.expect.gates):
        if names[name] not in held:
            because = f"it waits for: {_condition(court.rubric, name)}"
            yield Miss(f"the gate '{name}' does not hold", ("gates", place), because)
    for place, name in enumerate(court.persona.expect.not_gates):
        if names[name] in held:
            because = f"this is true: {_condition(court.rubric, name)}"
            yield Miss(f"the gate '{name}' holds", ("not_gates", place), because)


def _condition(rubric: Rubric, name: str) -> str:
    whens = {gate.id: gate.when for gate in rubric.all_gates()} | {c.id: c.practice for c in rubric.all_clashes()}
    return whens.get(rubric.names.get(name, name), "the key criterion keeps down what stands above it")


def _clashes(court: _Expected) -> Misses:
    expected, found = court.persona.expect.clashes, clashing(court.claimed)
    if expected is None:
        return
    known = {clash.id: clash for clash in court.rubric.all_clashes()}
    for place, name in enumerate(expected):
        if name not in found:
            halves = {"claim": known[name].claim, "practice": known[name].practice}
            untrue = [f"its {half} ({text})" for half, text in halves.items() if not court.claimed.truth(text)]
            because = f"not surely true: {' and '.join(untrue)}"
            yield Miss(f"the clash '{name}' is not found", ("clashes", place), because)
    for name in sorted(found - {*expected}):
        because = f"both are true: {known[name].claim}; {known[name].practice}"
        yield Miss(f"the clash '{name}' is found and was not expected", ("clashes",), because)


RULES = (_scores, _levels, _gates, _clashes)


def _planned(persona: Persona, found: Assessment) -> Misses:
    left_out = {out.initiative: out.because.rstrip(".") for out in found.plan.left_out}
    for place, name in enumerate(persona.expect.planned):
        known = found.rubric.names[name]
        if known not in planned(found.plan):
            message = f"the initiative '{name}' is not in the plan"
            yield Miss(message, ("planned", place), left_out.get(known, ""))

"""The sense in which each open question moves the overall score: up, down, or both."""

from collections.abc import Iterator, Mapping
from typing import assert_never

from assess.documents import SourceMap
from assess.formula import nodes as f
from assess.formula.aggregations import aggregation
from assess.formula.compile import Compiled, compile_rubric, conditions_of
from assess.formula.normalise import ends_of, option_values
from assess.formula.translate import translate_condition
from assess.model.betterness import is_turned
from assess.model.questions import Question
from assess.model.rubric import ROOT, Rubric
from assess.problems import Problem

UP, DOWN = 1, -1
BOTH = (UP, DOWN)
BELOW = ("<", "<=")
TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}
WAYS: Mapping[str, tuple[int, ...]] = {">": (UP,), ">=": (UP,), "<": (DOWN,), "<=": (DOWN,)}


def senses(compiled: Compiled) -> Mapping[str, frozenset[int]]:
    """Question id to the senses (1 up, -1 down) in which the root reads it, gates and key caps included."""
    found: dict[str, set[int]] = {name: {UP, DOWN} for name in _deciders_of_visibility(compiled)}
    seen: set[tuple[str, int]] = set()
    queue: list[tuple[str, int]] = [(ROOT, UP)]
    while queue:
        name, sense = queue.pop()
        if (name, sense) in seen:
            continue
        seen.add((name, sense))
        rule = compiled.nodes[name]
        for read, way in _rule(compiled, rule):
            if read in compiled.nodes:
                queue.append((read, sense * way))
            else:
                found.setdefault(read, set()).add(sense * way)
    return {name: frozenset(ways) for name, ways in found.items()}


def _deciders_of_visibility(compiled: Compiled) -> Iterator[str]:
    """The questions that show or hide others: what is hidden leaves the means it was part of."""
    tests = [item.visible for item in compiled.items.values() if item.visible]
    waiting = [name for test in tests for name, _ in _test(compiled, test)]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in compiled.nodes and name not in seen:
            waiting += [read for read, _ in _rule(compiled, compiled.nodes[name])]
        elif name in compiled.items:
            yield name
        seen.add(name)


def _rule(compiled: Compiled, rule: f.NodeRule) -> Iterator[tuple[str, int]]:
    if aggregation(compiled.rubric.node_by_id[rule.id].aggregate).how == "ladder":
        yield from ((name, UP) for name in rule.items)
    else:
        yield from _formula(compiled, rule.formula)
    for cap in rule.caps:
        if cap.key:
            yield cap.key, UP
        elif cap.when:
            yield from ((name, -way) for name, way in _test(compiled, cap.when))


def _formula(compiled: Compiled, formula: f.Formula) -> Iterator[tuple[str, int]]:
    match formula:
        case f.Score(node):
            yield node, UP
        case f.Leaf(question, _, facet):
            yield from ((question, way) for way in _read(compiled.rubric, question, facet))
        case f.Share():
            yield from ((formula.question, way) for way in _shared(compiled.rubric, formula))
        case f.Threshold(part, op):
            yield from ((name, way * sense) for name, way in _formula(compiled, part) for sense in WAYS.get(op, BOTH))
        case f.FirstMatch(cases, default):
            yield from _table(compiled, cases, default)
        case f.Combined() | f.Sum() | f.Pair():
            parts = _parts(compiled.rubric, formula)
            yield from ((name, way * sense) for part, sense in parts for name, way in _formula(compiled, part))
        case f.Constant() | f.Headcount():
            pass
        case _:
            assert_never(formula)


def _parts(rubric: Rubric, formula: f.Combined | f.Sum | f.Pair) -> list[tuple[f.Formula, int]]:
    """The parts of an aggregate, and the sense in which it moves with each: in points, a pair falls with its second."""
    if not isinstance(formula, f.Pair):
        return [(part, UP) for _, part, *_ in formula.parts]
    whole = _way(formula.scale)
    return [
        (part, sense * whole * _way(ends_of(rubric, next(f.names_read(part)))))
        for part, sense in ((formula.one, UP), (formula.other, DOWN))
        if not isinstance(part, f.Constant)
    ]


def _way(ends: tuple[float, float]) -> int:
    return UP if ends[0] <= ends[1] else DOWN


def _shared(rubric: Rubric, share: f.Share) -> tuple[int, ...]:
    """The sense in which a share moves with the value of its question."""
    if not share.keys:
        return _read(rubric, share.question, share.facet)
    ways = _chosen(rubric, share.question, share.keys)
    return tuple(-way for way in ways) if share.op == "!=" else ways


def _read(rubric: Rubric, question: str, facet: f.Facet) -> tuple[int, ...]:
    """The sense in which what a leaf reads moves with the value of its question; a later date has the lower age."""
    if not question:
        return ()
    asked = rubric.question_by_id[question]
    if facet == "number" and (asked.band or asked.steps):
        return tuple(-way for way in _way_of_steps(asked)) if is_turned(rubric, asked) else _way_of_steps(asked)
    if facet == "number" and asked.goalposts and asked.goalposts.worst > asked.goalposts.best:
        return (DOWN,)
    falls = facet == "age" or (facet == "count" and is_turned(rubric, asked))
    return (DOWN,) if falls else (UP,)


def _way_of_steps(asked: Question) -> tuple[int, ...]:
    """The sense in which a number moves with the points of its steps; both for a band."""
    ways = {"high": (UP,), "low": (DOWN,)}
    return ways.get(asked.way_of_steps or "", BOTH)


def _table(
    compiled: Compiled, cases: tuple[tuple[f.Test, f.Formula], ...], default: f.Formula
) -> Iterator[tuple[str, int]]:
    results = [then.value for _, then in cases if isinstance(then, f.Constant)]
    results += [default.value] if isinstance(default, f.Constant) else []
    for place, (when, _) in enumerate(cases):
        later = results[place + 1 :]
        ways = {UP} if min(later) >= results[place] else set()
        ways = {-way for way in ways} | ({UP} if max(later) <= results[place] else set()) or {UP, DOWN}
        for name, way in _test(compiled, when):
            yield from ((name, way * sense) for sense in ways)


def _test(compiled: Compiled, test: f.Test) -> Iterator[tuple[str, int]]:
    match test:
        case f.Compare():
            yield from _compared(compiled, test)
        case f.Chose(question, keys):
            yield from ((question, way) for way in _chosen(compiled.rubric, question, keys))
        case f.Ticked(question, option, alone):
            yield from ((question, way) for way in _ticked(compiled.rubric, question, option, alone=alone))
        case f.InState(question):
            yield from ((question, way) for way in BOTH)
        case f.Not(part):
            yield from ((name, -way) for name, way in _test(compiled, part))
        case f.All(parts) | f.Any(parts):
            for part in parts:
                yield from _test(compiled, part)
        case _:
            assert_never(test)


def _compared(compiled: Compiled, test: f.Compare) -> Iterator[tuple[str, int]]:
    for way in WAYS.get(test.op, BOTH):
        yield from ((name, way * inner) for name, inner in _formula(compiled, test.left))
        yield from ((name, -way * inner) for name, inner in _formula(compiled, test.right))


def _ticked(rubric: Rubric, question: str, option: str, *, alone: bool) -> tuple[int, ...]:
    """Ticking more is worth more; an exclusive option without a score stands for the worst answer."""
    options = {found.key: found for found in rubric.options_of(rubric.question_by_id[question])}
    if options[option].exclusive and not options[option].score:
        return (DOWN,)
    return BOTH if alone else (UP,)


def _chosen(rubric: Rubric, question: str, keys: tuple[str, ...]) -> tuple[int, ...]:
    """Up when the keys are the best answers, down when they are the worst, else both."""
    values = option_values(rubric, rubric.question_by_id[question])
    inside = [value for key, value in values.items() if key in keys and value is not None]
    outside = [value for key, value in values.items() if key not in keys and value is not None]
    if not inside or not outside:
        return BOTH
    if min(inside) >= max(outside):
        return (UP,)
    return (DOWN,) if max(inside) <= min(outside) else BOTH


def both_senses(rubric: Rubric, sources: SourceMap) -> Iterator[Problem]:
    """Questions read in both senses: their bounds are safe, not exact (docs/method.md, section 4.4).

    Where one answer is neither better nor worse than another by nature, nothing is said.
    """
    compiled = compile_rubric(rubric)
    for name, ways in sorted(senses(compiled).items()):
        if len(ways) > 1 and not _has_no_order(rubric, rubric.question_by_id[name]):
            message = (
                f"'{name}' can both raise and lower the overall score; bounds that leave it open are wider than exact"
            )
            yield sources.problem("both_senses", message, name, severity="note")


def _has_no_order(rubric: Rubric, question: Question) -> bool:
    """Whether the answers are unordered options, a figure with a middle, or one that is read at one end alone."""
    if question.better == "neither":
        return True
    if question.traits.worth == "scores":
        return all(option.score is None for option in rubric.options_of(question))
    if question.traits.holds != "number":
        return False
    low, high, ends = _thresholds(rubric, question)
    if not low or not high:
        return ends
    return question.goalposts is None and question.better is None and max(low) <= min(high)


def _thresholds(rubric: Rubric, question: Question) -> tuple[list[float], list[float], bool]:
    """The numbers below and above which conditions read a question, and whether one is read as equal to its end."""
    low: list[float] = []
    high: list[float] = []
    ends = False
    for op, number in _compared_with(rubric, question):
        end = {question.min: low, question.max: high}.get(number)
        if op == "=" and end is not None:
            ends = True
            end.append(number)
        elif op in BELOW:
            low.append(number)
        else:
            high.append(number)
    return low, high, ends


def _compared_with(rubric: Rubric, question: Question) -> Iterator[tuple[str, float]]:
    """Every number a condition compares a question with, and how, the question standing left."""
    tests = tuple(translate_condition(rubric, text) for _, _, text in conditions_of(rubric))
    for found in f.parts_within(tests):
        if isinstance(found, f.Compare):
            for side, other, ops in ((found.left, found.right, found.op), (found.right, found.left, TURNED[found.op])):
                if isinstance(side, f.Leaf) and side.question == question.id and isinstance(other, f.Constant):
                    yield ops, other.value


SENSE_RULES = (both_senses,)

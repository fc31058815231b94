"""The risk rules of one question of a lens to a table of the rubric language, with what is wrong with them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from assess.conditions import MAX_LENGTH
from assess.documents import Document, Route, problem
from assess.documents.scalars import format_scalar
from assess.importers.lens_parts import LensQuestion, RiskRule
from assess.importers.risk import (
    MOST_CHOICES,
    Expression,
    RuleError,
    answers,
    choices_read,
    first_true,
    parse_rule,
    possible_answers,
    ticks,
    truth,
    write_condition,
)
from assess.model.aggregation import Aggregate, Case
from assess.problems import Problem, Severity, listing, nearest

DEFAULT = "default"
VALUES = {"no_risk": 100.0, "medium_risk": 50.0, "high_risk": 0.0}
"""The convention of the importer: the tool itself gives no number."""


class LensRule(NamedTuple):
    """One rule that was read; `default` has no expression."""

    expression: Expression | None
    risk: str
    route: Route


class Rules(NamedTuple):
    """The table of a question, and what is wrong with its rules."""

    aggregate: Aggregate
    problems: tuple[Problem, ...]


def read_rules(document: Document, route: Route, asked: LensQuestion, name: str, keys: Mapping[str, str]) -> Rules:
    """The rules of the question at a route; `name` is its id in the rubric, `keys` lead from choice to option key.

    Rules that cannot be read or are too long are errors; rules that no answer reaches, and choices that decide nothing,
    are not.
    """
    rules: list[LensRule] = []
    problems: list[Problem] = []
    if not asked.rules:
        problems.append(problem(document, "import_gap", "the question has no risk rules", (*route, "riskRules")))
    for place, rule in enumerate(asked.rules):
        found = _read(document, (*route, "riskRules", place), rule, keys)
        if isinstance(found, LensRule):
            rules.append(found)
        else:
            problems.append(found)
    if not problems:
        problems += _doubts(document, route, asked, rules)
    cases: list[Case] = []
    for when, risk, at in _cases(rules, name, keys):
        if len(when) > MAX_LENGTH:
            message = f"the rule becomes a condition of {len(when)} characters; at most {MAX_LENGTH} are read"
            problems.append(problem(document, "import_rule", message, at, hint="shorten the ids or the rule"))
        else:
            cases.append(Case(when=when, category=risk))
    table = Aggregate(kind="rules", cases=tuple(cases), otherwise=_otherwise(rules), values=VALUES)
    return Rules(table, tuple(problems))


def _read(document: Document, route: Route, rule: RiskRule, keys: Mapping[str, str]) -> LensRule | Problem:
    risk, below = rule.risk.lower(), (*route, "condition")
    if rule.condition.strip() == DEFAULT:
        return LensRule(None, risk, below)
    try:
        expression = parse_rule(rule.condition)
    except RuleError as error:
        message = f"the rule cannot be read at character {error.offset + 1}: {error.message}"
        return problem(document, "import_rule", message, below)
    unknown = next((name for name in choices_read(expression) if name not in keys), None)
    if unknown is None:
        return LensRule(expression, risk, below)
    message = f"the rule names '{format_scalar(unknown)}', which is no choice of this question{nearest(unknown, keys)}"
    return problem(document, "import_reference", message, below)


def _cases(rules: Sequence[LensRule], name: str, keys: Mapping[str, str]) -> Iterator[tuple[str, str, Route]]:
    """The rules above `default` as condition, risk and route.

    A question with no other rule gets one that gives the same risk, as a table needs one.
    """
    for rule in rules:
        if rule.expression is None:
            break
        yield write_condition(rule.expression, name, keys), rule.risk, rule.route
    if rules and rules[0].expression is None:
        yield f"has({name}, {next(iter(keys.values()))})", rules[0].risk, rules[0].route


def _otherwise(rules: Sequence[LensRule]) -> str:
    """The risk when no rule is true: that of `default`, the highest without one."""
    return next((rule.risk for rule in rules if rule.expression is None), "high_risk")


def _doubts(document: Document, route: Route, asked: LensQuestion, rules: Sequence[LensRule]) -> Iterator[Problem]:
    """What trying every answer shows."""
    choices = [choice.id for choice in asked.choices]
    if len(choices) > MOST_CHOICES:
        return
    ticked, every = ticks(choices), answers(len(choices))
    among = possible_answers(choices, [choice.id for choice in asked.choices if choice.alone])
    tables = [every if rule.expression is None else truth(rule.expression, ticked, every) for rule in rules]
    *reached, left = first_true(tables, among)
    if all(rule.expression is not None for rule in rules):
        yield _without_default(document, route, left.bit_count(), among.bit_count())
    for rule, hit in zip(rules, reached, strict=True):
        if not hit:
            what = "`default`" if rule.expression is None else "this rule"
            message = f"no answer reaches {what}: the rules above it are true first"
            severity: Severity = "note" if rule.expression is None else "warning"
            yield problem(document, "import_rule", message, rule.route, severity=severity)
    best = [hit for rule, hit in zip(rules, reached, strict=True) if rule.risk == "no_risk"]
    if not any(best):
        yield problem(document, "import_rule", "no answer leads to NO_RISK", (*route, "riskRules"), severity="warning")
    yield from _idle(document, route, asked, ticked, (reached, among))


def _without_default(document: Document, route: Route, left: int, among: int) -> Problem:
    """A question without the rule that is true when no other is."""
    if not left:
        message = "there is no `default` rule; the others leave no answer out"
        return problem(document, "import_rule", message, (*route, "riskRules"), severity="note")
    message = f"there is no `default` rule; {left} of {among} answers meet no rule and are read as HIGH_RISK"
    hint = 'end the rules with {"condition": "default", "risk": ...}'
    return problem(document, "import_rule", message, (*route, "riskRules"), hint=hint, severity="warning")


def _idle(
    document: Document, route: Route, asked: LensQuestion, ticked: Mapping[str, int], found: tuple[list[int], int]
) -> Iterator[Problem]:
    """Choices that change the risk of no answer; whether `none of these` does is nobody's concern."""
    reached, among = found
    risks: dict[str, int] = {}
    for rule, hit in zip(asked.rules, reached, strict=True):
        risks[rule.risk] = risks.get(rule.risk, 0) | hit
    if among in risks.values():
        risk = next(risk for risk, hit in risks.items() if hit == among)
        message = f"every answer has the same risk, {risk}"
        yield problem(document, "import_rule", message, (*route, "riskRules"), severity="warning")
        return
    idle: list[int] = []
    for place, choice in enumerate(asked.choices):
        both = among & ~ticked[choice.id] & (among >> (1 << place))
        if not choice.alone and all((hit ^ (hit >> (1 << place))) & both == 0 for hit in risks.values()):
            idle.append(place)
    if idle:
        idle_ones = listing([format_scalar(asked.choices[place].id) for place in idle])
        message = f"ticking {idle_ones} changes the risk of no answer"
        yield problem(document, "import_rule", message, (*route, "choices", idle[0], "id"), severity="note")

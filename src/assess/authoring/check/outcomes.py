"""Results that are reached: headlines, rows of tables, steps and stages; and answers that find none."""

from collections.abc import Mapping
from itertools import combinations
from typing import NamedTuple

from assess.authoring.check.context import Found, Subject
from assess.authoring.check.solver import Solver
from assess.authoring.check.truths import ANY, FALSE, NOT_TRUE, TRUE
from assess.documents import Route
from assess.formula import nodes as f
from assess.formula import translate_condition
from assess.model.finding_texts import figures_in
from assess.model.headlines import Headline
from assess.problems import Problem, Severity

ALWAYS = f.All(())
ERROR: Severity = "error"
NOTE: Severity = "note"


class Where(NamedTuple):
    """Where a result is written, and what it is called; goes_on: it is a step of a ladder that does not end it."""

    anchor: str
    route: Route
    name: str
    goes_on: bool = False


def _headlines(subject: Subject) -> list[f.Test]:
    """What must hold for each headline: its condition, and that the figures it quotes are known."""
    found: list[f.Test] = []
    for place, headline in enumerate(subject.rubric.headlines):
        when = (subject.stated(f"headline:{place}", "when").test,) if headline.when else ()
        found.append(f.All((*when, *_sayable(subject, headline))))
    return found


def _sayable(subject: Subject, headline: Headline) -> tuple[f.Test, ...]:
    """What must hold for a headline to have something to say: the cause of a text, and the figures it quotes."""
    ways = [
        f.All(
            (*((translate_condition(subject.rubric, cause.when),) if cause.when else ()), *_known(subject, cause.says))
        )
        for cause in headline.says.known
    ]
    if headline.when and headline.says.unknown:
        ways.append(f.All(_known(subject, headline.says.unknown)))
    if ALWAYS in ways:
        return ()
    return ways[0].parts if len({*ways}) == 1 else (f.Any(tuple(ways)),)


def _known(subject: Subject, says: str) -> tuple[f.Test, ...]:
    """That every figure a text quotes is known."""
    return tuple(f.InState(subject.rubric.id_of(figure.question), ("value",)) for figure in figures_in(says))


def headlines(subject: Subject) -> Found:
    """Every headline is the first that holds for some answers."""
    puzzle = subject.together(_headlines(subject))
    for place in range(len(puzzle.tests)):
        found = _first(puzzle, place, NOT_TRUE)
        if found is not None:
            where = Where(f"headline:{place}", ("when",), f"headline {place + 1}")
            yield _unreached(subject, puzzle, place, found, where)


def _first(puzzle: Solver, place: int, before: int) -> str | None:
    """None when a row can be the first that holds; else why not: by what was looked at.

    before: what the rows before it may be. An undecided one stops a table, and is passed over among headlines.
    """
    after = len(puzzle.tests) - place - 1
    found = puzzle.search([before] * place + [TRUE] + [ANY] * after)
    if found.sheet is not None:
        return None
    return "" if found.exact else f" ({puzzle.seeded})"


def _unreached(subject: Subject, puzzle: Solver, place: int, drawn: str, where: Where) -> Problem:
    alone = puzzle.solve([ANY] * place + [TRUE] + [ANY] * (len(puzzle.tests) - place - 1)).sheet
    message, hint = f"{where.name} can never hold", subject.way_out(where.anchor, where.route)
    if alone is not None:
        tree = subject.worlds.tree(alone)
        taken = [n + 1 for n in range(place) if tree.test(puzzle.tests[n]).point]
        message = f"{where.name} is never the one: whenever it holds, one before it holds as well"
        hint = f"put it before number {taken[0]}" if taken else "put it higher up"
        if where.goes_on:
            message = f"{where.name} is never the one: it does not stop, so a later question decides"
            hint = "write `stop: true` on it if the ladder ends there, else leave its score out"
    severity: Severity = "note" if drawn else "error"
    sheet = alone or subject.together([puzzle.tests[place]]).nearest()
    return subject.found(
        "unreachable_result", message + drawn, where.anchor, *where.route, hint=hint, severity=severity, sheet=sheet
    )


def gaps(subject: Subject) -> Found:
    """For all answers one headline holds."""
    if not subject.rubric.headlines:
        return
    puzzle = subject.together(_headlines(subject))
    found = puzzle.solve([FALSE] * len(puzzle.tests))
    if found.sheet is not None:
        message = "there are answers for which none of the headlines holds"
        hint = "close the gap, and let the last headline stand without `when`"
        yield subject.found("gap", message, "", "headlines", hint=hint, severity="warning", sheet=found.sheet)


def defaults(subject: Subject) -> Found:
    """The last headline always holds, so that thin answers find one too."""
    tests = _headlines(subject)
    if tests and ALWAYS not in tests:
        last = len(tests) - 1
        message = "no headline is left when too little was answered for the conditions to be decided"
        hint = "end with a headline without `when`"
        yield subject.found(
            "missing_default",
            message,
            f"headline:{last}",
            hint=hint,
            severity="warning",
            witness="nothing is answered",
        )


def rows(subject: Subject) -> Found:
    """Every row of a table, step of a ladder and stage is the result of some answers."""
    for node, table in subject.tables.items():
        puzzle = subject.together([when for when, _ in table.cases])
        missed = {
            place: drawn for place in range(len(table.cases)) if (drawn := _first(puzzle, place, FALSE)) is not None
        }
        for place, drawn in missed.items():
            yield _unreached(subject, puzzle, place, drawn, _place_of(subject, node, place))
        if subject.how(node) == "rules":
            yield from _categories(subject, node, table, puzzle, missed)


def _place_of(subject: Subject, node: str, place: int) -> Where:
    """Where a row is written, and what it is called."""
    table = subject.tables[node]
    when, then = table.cases[place]
    label = then.label if isinstance(then, f.Constant) else ""
    if isinstance(when, f.Chose) and subject.how(node) == "ladder":
        keys = [option.key for option in subject.rubric.options_of(subject.rubric.question_by_id[when.question])]
        name = f"the step '{when.keys[0]}' of '{when.question}'"
        option = subject.rubric.options_of(subject.rubric.question_by_id[when.question])[keys.index(when.keys[0])]
        return Where(when.question, ("options", keys.index(when.keys[0])), name, goes_on=not option.stop)
    if subject.how(node) == "rules":
        return Where(node, ("aggregate", "rules", "cases", place, "when"), f"row {place + 1}, '{label}',")
    return Where(node, ("aggregate",), f"stage {label} of '{node}'")


def _categories(subject: Subject, node: str, table: f.FirstMatch, puzzle: Solver, missed: Mapping[int, str]) -> Found:
    """Every category is the result of a row that can be reached, the last resort included."""
    labels = [then.label if isinstance(then, f.Constant) else "" for _, then in table.cases]
    last = table.default.label if isinstance(table.default, f.Constant) else ""
    reached = {label for place, label in enumerate(labels) if place not in missed}
    rest = puzzle.search([FALSE] * len(labels))
    if rest.sheet is None and rest.exact:
        message, hint = (
            f"`otherwise` is never reached, so nothing is ever '{last}'",
            "let a row ask for less if it should",
        )
        if last in reached:
            message, hint = (
                "`otherwise` is never reached: the rows before it cover all answers",
                "nothing has to be done",
            )
        route = ("aggregate", "rules", "otherwise")
        sheet = puzzle.nearest()
        yield subject.found("unreachable_result", message, node, *route, hint=hint, severity="note", sheet=sheet)
    for category in subject.rubric.node_by_id[node].aggregate.values:
        if category not in labels and category != last:
            message = f"no row leads to the category '{category}'"
            values = ("aggregate", "rules", "values", category)
            hint = "add a row that leads to it, or take it out"
            yield subject.found("unreachable_result", message, node, *values, hint=hint, severity="note")


def overlaps(subject: Subject) -> Found:
    """Two rows of a table that lead to different categories do not hold together, unless one is a case of the other.

    A first row that reads something else than the second one is a special case that was put first.
    """
    for node, table in subject.tables.items():
        if subject.how(node) != "rules":
            continue
        for (first, (when, then)), (second, (other, result)) in combinations(enumerate(table.cases), 2):
            if then == result or not {*f.names_read(when)} <= {*f.names_read(other)}:
                continue
            puzzle = subject.together([when, other])
            both = puzzle.solve([TRUE, TRUE]).sheet
            partly = both and puzzle.search([TRUE, FALSE]).sheet and puzzle.search([FALSE, TRUE]).sheet
            if both and partly:
                message = f"rows {first + 1} and {second + 1} can hold together; the first one decides"
                hint = "keep the order if it is meant, else let the second one exclude the first"
                route = ("aggregate", "rules", "cases", second, "when")
                yield subject.found("overlap", message, node, *route, hint=hint, severity="note", sheet=both)


OUTCOME_RULES = (headlines, gaps, defaults, rows, overlaps)

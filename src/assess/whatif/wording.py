"""What a scenario changes, in words: a table of scores, and lines on findings, the plan and the best single changes."""

from collections.abc import Iterator

from assess.explain.context import ExplainContext, indented
from assess.explain.items import role_answers
from assess.formula import level_at
from assess.model.findings import Finding
from assess.model.roadmap import Placement
from assess.model.scorecard import NodeScore
from assess.numbers import NOT_SCORED, TOLERANCE, number, short
from assess.whatif.best import BestChanges, SingleChange
from assess.whatif.differences import MovedPlacement, MovedScore, WhatIf
from assess.whatif.scenario import Scenario
from assess.words import listed
from assess.workflow import Assessment

Row = tuple[str, str, str, str]
HEADING: Row = ("", "before", "after", "change")
DOES_NOT_APPLY = "does not apply"


def scenario_lines(what: WhatIf) -> Iterator[str]:
    """What is tried, one option a line, and what to know about it."""
    engagement = what.before.sheet.engagement
    yield f"What if, for {engagement.organization.name} on {engagement.assessed_on.isoformat()}:"
    yield from indented(what.scenario.options())
    notes = [*_notes(what)]
    yield from (("", *notes) if notes else ())


def move_rows(what: WhatIf) -> list[Row]:
    """Every node that moves, below a heading: score and level before and after, and the difference on one scale."""
    book = ExplainContext(**what.before.parts())
    return [HEADING, *(_row(book, move) for move in what.nodes)]


def finding_lines(what: WhatIf) -> Iterator[str]:
    """The headline where it is another, and the findings that come and go or turn red."""
    old, new = what.before.diagnosis.headline, what.after.diagnosis.headline
    if old != new:
        yield from ("The headline would be another", *indented([f"before: {old or '-'}", f"after: {new or '-'}"]), "")
    for title, found in (
        ("Findings that come", what.come),
        ("Findings that go", what.go),
        ("Findings that turn red", [finding for finding in what.turned if finding.red]),
        ("Findings that are red no more", [finding for finding in what.turned if not finding.red]),
    ):
        if found:
            yield from (title, *indented(map(_finding, found)), "")
    if not (what.come or what.go or what.turned):
        yield from ("No finding comes or goes.", "")


def plan_lines(what: WhatIf) -> Iterator[str]:
    """The initiatives that come into the plan, fall out of it, or have other days."""
    book = ExplainContext(**what.after.parts())
    moved = [f"{_placement(book, move.after)}; before {_before(book, move)}" for move in what.moved]
    for title, lines in (
        ("Comes into the plan", [_placement(book, placement) for placement in what.planned]),
        ("Falls out of the plan", [_placement(book, placement) for placement in what.dropped]),
        ("Moves in the plan", moved),
    ):
        if lines:
            yield from (title, *indented(lines), "")
    if not (what.planned or what.dropped or what.moved):
        yield from ("The plan stays as it is.", "")


def best_lines(organization: Assessment, best: BestChanges) -> Iterator[str]:
    """The best single changes: what the node would be, the options that try it, and what it rests on."""
    book, today = ExplainContext(**organization.parts()), organization.scorecard.scores[best.node]
    count = f"The {len(best.changes)} single changes" if len(best.changes) > 1 else "The single change"
    if not best.changes:
        yield f"No single change would lift {book.name(best.node)}."
    else:
        verb = "lift" if len(best.changes) > 1 else "lifts"
        yield f"{count} that {verb} {book.name(best.node)} most, now {_standing(book, today)}:"
    for place, change in enumerate(best.changes, 1):
        value = book.on(best.node, change.value, change.scale, today.value)
        level = _level_at(book, best.node, change.value)
        yield f"{place:>3}. {value}{f' {level}' if level else ''}: {' '.join(change.scenario.options())}"
        yield from (f"     {line}" for line in _rests_on(book, change))
    if best.untold:
        other = "which anonymous people were asked another question; what that would do is not told"
        yield f"Some answers to {listed(best.untold)} decide {other}."


def _notes(what: WhatIf) -> Iterator[str]:
    """What whoever tries a change might not expect."""
    book, scenario = ExplainContext(**what.after.parts()), what.scenario
    settled = what.before.sheet.settled
    for question in dict.fromkeys(tried.question for tried in scenario.answers if tried.role):
        if question in settled and not any(t.question == question and not t.role for t in scenario.answers):
            yield f"{question} is agreed on, so that what roles say to it does not count."
    for name, level in what.missed.items():
        card, wanted = what.after.scorecard.scores[name], what.scenario.levels[name]
        caps = listed(gate.id for gate in card.gates if gate.binds)
        why = f", held down by {caps}" if caps else ""
        title = _level_title(book, name, level) or NOT_SCORED
        yield f"{book.name(name)}, set to {_level_title(book, name, wanted)}, comes out as {title}{why}."
    done = what.before.sheet.engagement.done
    for name in scenario.done:
        if name in done:
            yield f"{name} is done already; what it brought shows in the answers, and is lifted here once more."
        needs = [
            need for need in what.before.rubric.initiative_by_id[name].needs if need not in (*done, *scenario.done)
        ]
        if needs:
            yield f"{name} needs {listed(needs)}, not done here."


def _row(book: ExplainContext, move: MovedScore) -> Row:
    before, after = move
    told = [_standing(book, before, after.value), _standing(book, after, before.value)]
    if before.scale != after.scale:
        told = [f"{words} on {_ends(card)}" for words, card in zip(told, move, strict=True)]
        return book.name(before.id), told[0], told[1], ""
    known = before.points is not None and after.points is not None
    change = _signed((after.points or 0.0) - (before.points or 0.0)) if known else ""
    return book.name(before.id), told[0], told[1], change


def _ends(card: NodeScore) -> str:
    low, high = sorted(card.scale)
    return f"{short(low, 2)} to {short(high, 2)}"


def _signed(points: float) -> str:
    """A difference in points with its sign, in two decimals or as many as show that there is one."""
    if abs(points) <= TOLERANCE:
        return "0"
    places = next((places for places in range(2, 7) if float(number(points, places))), 6)
    return f"{'+' if points > 0 else ''}{number(points, places)}"


def _standing(book: ExplainContext, card: NodeScore, *others: float | None) -> str:
    """A score with its level, told from what stands beside it."""
    if card.value is None:
        return DOES_NOT_APPLY if card.low is None and not card.only_facts else NOT_SCORED
    level = card.category or _level_title(book, card.id, card.level)
    return f"{book.on(card.id, card.value, card.scale, *others)}{f' {level}' if level else ''}"


def _level_title(book: ExplainContext, node: str, level: str | None) -> str:
    return next((known.title for known in book.rubric.levels_of(node) if known.key == level), "")


def _level_at(book: ExplainContext, node: str, value: float) -> str:
    found = level_at(book.rubric, node, value)
    return found.title if found else ""


def _finding(finding: Finding) -> str:
    return f"{finding.id}: {finding.title}{' (red)' if finding.red else ''}"


def _placement(book: ExplainContext, placement: Placement) -> str:
    return f"{book.initiatives([placement.initiative])}, {_days(placement)}, {book.role(placement.owner)}"


def _before(book: ExplainContext, move: MovedPlacement) -> str:
    """The days of a placement as it was, and who had it, where that was somebody else."""
    old, new = move
    return _days(old) if old.owner == new.owner else f"{_days(old)}, {book.role(old.owner)}"


def _days(placement: Placement) -> str:
    return f"{placement.starts.isoformat()} to {placement.last_day.isoformat()}"


def _rests_on(book: ExplainContext, change: SingleChange) -> Iterator[str]:
    """What a single change rests on: what is answered today by whom, or what an initiative lifts, ends and needs."""
    if change.name in book.rubric.initiative_by_id:
        yield from _initiative_basis(book, change)
    else:
        yield from _answer_basis(book, change.scenario)


def _initiative_basis(book: ExplainContext, change: SingleChange) -> Iterator[str]:
    initiative = book.rubric.initiative_by_id[change.name]
    lifts = listed(f"{book.name(node)} to {_level_title(book, node, key)}" for node, key in change.lifts.items())
    needs = f"; needs {book.initiatives(change.needs)} first" if change.needs else ""
    told = [f"lifts {lifts}" if lifts else "", f"ends {listed(change.ends)}" if change.ends else ""]
    yield f"{initiative.title}: {' and '.join(part for part in told if part) or 'lifts nothing'}{needs}"


def _answer_basis(book: ExplainContext, scenario: Scenario) -> Iterator[str]:
    for name in dict.fromkeys((*(tried.question for tried in scenario.answers), *scenario.proofs)):
        item, question = book.scorecard.items[name], book.rubric.question_by_id[name]
        yield question.text
        said = [words for _, words in role_answers(book, question)]
        said += ["settled between them"] if question.id in book.sheet.settled else []
        counts = item.weight and item.value is not None
        value = f"; counts as {book.native(item.id, item.value)}" if counts else ""
        grade = f", {item.grade}" if item.grade and said else ""
        yield f"today {'; '.join(said) or 'without an answer'}{grade}{value}"

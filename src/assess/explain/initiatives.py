"""What one initiative does, what it waits for, and whether and why it is in the plan."""

from collections.abc import Iterator

from assess.explain.context import ExplainContext, indented
from assess.explain.decided import initiative_decisions
from assess.explain.nodes import ANSWERS
from assess.explain.wording import condition_in_words
from assess.model.initiatives import PARTICIPANTS, Initiative, Span
from assess.model.roadmap import Placement, Plan
from assess.model.rubric import ROOT
from assess.numbers import counted, number_printed, short
from assess.words import ended


def explain_initiative(book: ExplainContext, initiative: Initiative, plan: Plan | None) -> Iterator[str]:
    """One initiative: owner and effort, what it lifts and settles, what it needs, and its place in the plan."""
    yield f"{initiative.code or initiative.id} {initiative.title}"
    yield from indented(_facts(book, initiative))
    for title, lines in (
        ("What it lifts", [*_lifts(book, initiative)]),
        ("Gates and clashes", [*_lifted(book, initiative)]),
        ("What it waits for", [*_needs(book, initiative)]),
        ("What was decided", [*initiative_decisions(book, initiative.id)]),
        ("In the plan", [*_planned(book, initiative, plan)] if plan else []),
    ):
        if lines:
            yield from ("", title, *indented(lines))


def _facts(book: ExplainContext, initiative: Initiative) -> Iterator[str]:
    if initiative.why:
        yield ended(initiative.why)
    owner = book.role(initiative.owner)
    weeks, running = counted(initiative.weeks, "week", "weeks"), initiative.running
    own = initiative.own_running()
    every = f"{short(running.days)} every {running.per}" if running and running.days else f"{short(own)} every quarter"
    after = f", then {every}" if own else ""
    span = _between(initiative.own_days())
    yield f"Owner {owner}, {span} person-days in {weeks}{after}, before the size of the organization is counted in."
    if initiative.effort.roles:
        shares = [f"{_role(book, role)} {_between(days)}" for role, days in initiative.days_by_role().items()]
        yield f"Person-days of all to set it up: {', '.join(shares)}."
    if running and running.roles:
        shares = [f"{_role(book, role)} {short(days)}" for role, days in initiative.running_by_role().items()]
        yield f"Person-days a quarter of all once it is done: {', '.join(shares)}."


def _between(days: Span) -> str:
    return short(days.low) if days.low == days.high else f"{short(days.low)} to {short(days.high)}"


def _role(book: ExplainContext, name: str) -> str:
    return name if name == PARTICIPANTS else book.role(name)


def _lifts(book: ExplainContext, initiative: Initiative) -> Iterator[str]:
    for node, key in initiative.lifts.items():
        titles = {level.key: level.title for level in book.rubric.levels_of(node)}
        score = book.scorecard.scores[node]
        level = titles.get(score.level or "", "")
        today = f"{book.native(node, score.value)}{f', {level}' if level else ''}"
        yield f"{book.name(node)} to {titles.get(key, key)}; today {today}"


def _lifted(book: ExplainContext, initiative: Initiative) -> Iterator[str]:
    """The gates it lifts and the clashes it is named for, each with how it stands."""
    binding = {result.id for result in book.scorecard.gates() if result.binds}
    for gate in book.rubric.all_gates():
        if initiative.id in gate.lifted_by:
            binds = ", and decides a score" if gate.id in binding else ""
            yield f"{gate.id} ({ANSWERS[book.tree.truth(gate.when)]}{binds}): {_text(book, gate.id, gate.title)}"
    for clash in book.rubric.all_clashes():
        if initiative.id in clash.initiatives:
            found = all(book.halves(clash))
            yield f"{clash.id} ({'shows' if found else 'does not show'}): {_text(book, clash.id, clash.title)}"


def _text(book: ExplainContext, name: str, title: str) -> str:
    """What a gate or clash says, its title where no text of it fits."""
    return ended(book.scorecard.texts[name].text or title)


def _needs(book: ExplainContext, initiative: Initiative) -> Iterator[str]:
    if initiative.needs:
        yield f"It needs {book.initiatives(initiative.needs)} first."
    waiting = [i.id for i in book.rubric.initiatives if initiative.id in i.needs]
    if waiting:
        yield f"It is needed by {book.initiatives(waiting)}."
    if initiative.not_before:
        truth = ANSWERS[book.tree.truth(initiative.not_before)]
        yield f"It waits until {condition_in_words(book.rubric, initiative.not_before)} (today this {truth})."


def _planned(book: ExplainContext, initiative: Initiative, plan: Plan) -> Iterator[str]:
    placed = next((placement for placement in plan.placements if placement.initiative == initiative.id), None)
    if placed:
        yield from _placed(book, placed)
    if initiative.id in book.sheet.engagement.done:
        yield "The engagement says that it is done."
    for left in plan.left_out:
        if left.initiative == initiative.id:
            yield f"Left out: {left.because}"


def _placed(book: ExplainContext, placed: Placement) -> Iterator[str]:
    days = f"{placed.starts.isoformat()} to {placed.last_day.isoformat()}"
    yield f"Period {placed.period}, {days}: {short(placed.effort)} person-days of {book.role(placed.owner)}."
    yield placed.because
    yield placed.why_not_earlier
    now = book.scorecard.scores[ROOT].value
    if now is not None:
        after, before = book.native(ROOT, now + placed.gain_alone), book.native(ROOT, now)
        alone = number_printed(after) - number_printed(before)
        yield f"By itself it would add {alone:f} to the overall score as things stand: {after} instead of {before}."

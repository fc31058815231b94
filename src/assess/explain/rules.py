"""What a gate or a clash rests on: its condition in words, what that reads, whether it holds, and what follows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from assess.explain.context import INDENT, ExplainContext, indented
from assess.explain.decided import rule_decisions
from assess.explain.items import reading_lines
from assess.explain.nodes import ANSWERS, cap_effect
from assess.explain.wording import condition_in_words
from assess.formula import Evaluation, read_by
from assess.formula.evaluate import on_what_was_given
from assess.formula.finding_texts import message_of, tell_finding
from assess.model.finding_texts import NOTHING_TOLD, QuotedFigure
from assess.model.headlines import Headline
from assess.model.nodes import Clash, Gate
from assess.model.scorecard import GateResult
from assess.numbers import NOT_SCORED
from assess.words import ended, listed


def gate_lines(book: ExplainContext, gate: Gate) -> Iterator[str]:
    """One gate: its condition, what that reads, what it caps, and what lifts it."""
    what = "a gate" if gate.cap else "a flag, which caps nothing"
    yield f"{gate.id}: {what}{f', {gate.title}' if gate.title else ''}"
    yield from indented(_told(book, gate, book.tree, (gate.when,)))
    yield from _half(book, "Condition", gate.when, book.tree.truth(gate.when))
    results = results_of(book, gate.id)
    if results:
        yield from ("", "What it caps", *indented(_capped(book, results)))
    yield from _ways_out(book, "What lifts it", gate.lifted_by)
    yield from _decided(book, gate.id)


def clash_lines(book: ExplainContext, clash: Clash) -> Iterator[str]:
    """One clash: its two halves with what they read, whether it shows, what it caps, and what settles it."""
    claim, practice = book.halves(clash)
    yield f"{clash.id}: a clash{f', {clash.title}' if clash.title else ''}"
    yield from indented(_told(book, clash, book.claimed, (clash.claim, clash.practice)))
    yield f"{INDENT}{_shows({'claim': claim, 'practice': practice})}"
    yield from _half(book, "Claim", clash.claim, claim)
    yield from _half(book, "Practice", clash.practice, practice)
    results = results_of(book, clash.id)
    if results:
        yield from ("", "What its practice half caps", *indented(_capped(book, results)))
    if clash.settle:
        yield from ("", "What settles it", f"{INDENT}{ended(clash.settle)}")
    yield from _ways_out(book, "What can be done", clash.initiatives)
    yield from _decided(book, clash.id)


def _decided(book: ExplainContext, rule: str) -> Iterator[str]:
    told = [*rule_decisions(book, rule)]
    if told:
        yield from ("", "What was decided", *indented(told))


def headline_lines(book: ExplainContext, name: str, headline: Headline) -> Iterator[str]:
    """One headline: what it says today, whether it is the message, its condition, and what answers it."""
    found = message_of(book.tree, headline)
    yield f"{name}: a headline"
    yield f"{INDENT}{ended(found.text)}" if found.text else f"{INDENT}No text of it fits what was answered."
    yield from indented(_figure_lines(found.figures))
    first = next((other for other, each in book.rubric.headline_by_id.items() if message_of(book.tree, each).text), "")
    is_it = "It is the message" if first == name else f"The message is {first}" if first else "None is the message"
    yield f"{INDENT}{is_it}: the first whose condition holds and of which a text fits."
    if headline.when:
        yield from _half(book, "Condition", headline.when, book.tree.truth(headline.when))
    yield from _ways_out(book, "What can be done", headline.initiatives)


def _told(book: ExplainContext, rule: Gate | Clash, tree: Evaluation, conditions: Sequence[str]) -> Iterator[str]:
    """What a gate or clash says, what follows from it, who has to decide what, and the figures behind the words."""
    said, holds = book.scorecard.texts[rule.id], all(tree.truth(condition) is True for condition in conditions)
    so = tell_finding(rule.so, on_what_was_given(tree), conditions) if holds else NOTHING_TOLD
    yield from (ended(text) for text in (said.text, so.text) if text)
    if holds and rule.urgent:
        yield f"Urgent: {rule.urgent}."
    if holds and isinstance(rule, Gate) and rule.red:
        yield "Red in any case, whatever it holds down."
    if holds and rule.decision:
        who = book.role(rule.decision.who)
        yield f"To decide by {who}: {rule.decision.verb} {ended(rule.decision.what)}"
    yield from _figure_lines((*said.figures, *so.figures))


def _figure_lines(figures: Iterable[QuotedFigure]) -> Iterator[str]:
    """The figures a text quotes, each with who gave it."""
    told = (f"{figure.shown}: {figure.question}, {figure.source}." for figure in figures)
    return iter(dict.fromkeys(told))


def _shows(halves: Mapping[str, bool | None]) -> str:
    """Whether a clash shows, and which half decides that it does not."""
    untrue = [f"the {half}" for half, truth in halves.items() if truth is False]
    undecided = [f"the {half}" for half, truth in halves.items() if truth is None]
    if untrue:
        return f"It does not show: {listed(untrue)} {'does' if len(untrue) == 1 else 'do'} not hold."
    if undecided:
        return f"It does not show as long as {listed(undecided)} {'is' if len(undecided) == 1 else 'are'} undecided."
    return "It shows: both halves hold."


def results_of(book: ExplainContext, name: str) -> list[GateResult]:
    """What a gate or clash does to each node it caps."""
    return [result for result in book.scorecard.gates() if result.id == name]


def _half(book: ExplainContext, title: str, condition: str, truth: bool | None) -> Iterator[str]:  # noqa: FBT001 - three values
    """A condition with its truth, in words, and with what it reads."""
    yield from (
        "",
        f"{title} ({ANSWERS[truth]}): {condition}",
        f"{INDENT}In words: {condition_in_words(book.rubric, condition)}.",
    )
    for name in read_by(book.rubric, condition):
        if name in book.rubric.question_by_id:
            yield from indented(reading_lines(book, name))
        else:
            score = book.scorecard.scores[name]
            level = next((level.title for level in book.rubric.levels_of(name) if level.key == score.level), "")
            value = book.native(name, score.value) if score.value is not None else NOT_SCORED
            yield f"{INDENT}{book.name(name)}: {value}{f', level {level}' if level else ''}"


def _capped(book: ExplainContext, results: list[GateResult]) -> Iterator[str]:
    return (
        f"{book.name(result.node)}: {cap_effect(book, book.scorecard.scores[result.node], result)}"
        for result in results
    )


def _ways_out(book: ExplainContext, title: str, initiatives: Sequence[str]) -> Iterator[str]:
    if initiatives:
        yield from ("", title, *indented(book.initiatives([name]) for name in initiatives))

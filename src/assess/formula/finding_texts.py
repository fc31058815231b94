"""What the texts of findings say of one organization: the text of its cause, and the figures it quotes from answers.

Which text is chosen, and what a figure is, is written down in docs/method.md, section 8.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from assess.formula.compile import Compiled
from assess.formula.evaluate import Evaluation, on_what_was_given
from assess.formula.figures import limits_of
from assess.formula.items import combined
from assess.formula.leaves import Group, given_by_role
from assess.formula.normalise import nearest_option, option_values
from assess.formula.worked_answers import answer_value
from assess.model.finding_texts import NOTHING_TOLD, QUOTED, Figure, FilledText, FindingText, QuotedFigure, figure_of
from assess.model.headlines import Headline
from assess.model.questions import Question
from assess.model.rubric import Rubric
from assess.numbers import counted, measured
from assess.words import day_in_words

DECIMALS = 1
AGREED = "what was agreed"


def tell_finding(text: FindingText, given: Evaluation, conditions: Sequence[str]) -> FilledText:
    """What a text says while its conditions hold; empty where no text of it fits or a figure is missing.

    given: the tree the conditions hold on, where nothing stands in for answers that nobody gave.
    """
    if text.plain:
        return FilledText(text.plain)
    fitting = (fill_text(given, says) for says in _fitting(text, given, conditions))
    return next((found for found in fitting if found.text), NOTHING_TOLD)


def texts_of(rubric: Rubric, evidenced: Evaluation, claimed: Evaluation) -> Mapping[str, FilledText]:
    """What every gate and clash says of an organization, by id, and what the answer to a question is a part of.

    Where a gate or clash does not hold, only what it says in any case.
    """
    found = {question.id: fill_text(evidenced, question.of) for question in rubric.questions() if question.of}
    found |= {gate.id: _if_it_holds(gate.because, evidenced, gate.when) for gate in rubric.all_gates()}
    halves = {clash.id: (clash.claim, clash.practice) for clash in rubric.all_clashes()}
    return found | {c.id: _if_it_holds(c.says, claimed, *halves[c.id]) for c in rubric.all_clashes()}


def _if_it_holds(text: FindingText, tree: Evaluation, *conditions: str) -> FilledText:
    if text.plain or any(tree.truth(condition) is not True for condition in conditions):
        return FilledText(text.plain)
    return tell_finding(text, on_what_was_given(tree), conditions)


def message_of(tree: Evaluation, headline: Headline) -> FilledText:
    """What a headline says on a tree; empty where its condition does not surely hold, or no text of it fits.

    Numbers in a text that is the same whatever the cause stand there without their unit.
    """
    when = (headline.when,) if headline.when else ()
    if any(tree.truth(condition) is not True for condition in when):
        return NOTHING_TOLD
    given = on_what_was_given(tree)
    says = headline.says.always
    return fill_text(given, says, units=False) if says else tell_finding(headline.says, given, when)


def _fitting(text: FindingText, given: Evaluation, conditions: Sequence[str]) -> Iterator[str]:
    """The texts that fit the cause, the first of them first."""
    if text.always:
        yield text.always
    elif any(given.truth(condition) is not True for condition in conditions):
        yield text.unknown
    else:
        yield from (cause.says for cause in text.known if cause.when is None or given.truth(cause.when))


def fill_text(given: Evaluation, says: str, *, units: bool = True) -> FilledText:
    """A text with the figures it quotes; empty where one of them is missing. Other words in braces stay as they are."""
    known = given.compiled.rubric.quotable
    words, figures = [], []
    for place, part in enumerate(QUOTED.split(says)):
        figure = figure_of(part) if place % 2 else None
        if figure is None or not known(figure):
            words.append(f"{{{part}}}" if place % 2 else part)
            continue
        found = quoted_figure(given, figure)
        if found is None:
            return NOTHING_TOLD
        words.append(found.shown if units else found.number)
        figures.append(found)
    return FilledText("".join(words), tuple(dict.fromkeys(figures)))


def quoted_figure(given: Evaluation, figure: Figure) -> QuotedFigure | None:
    """What was answered to a question, as a text quotes it; None where nobody whose answers count gave a value."""
    rubric = given.compiled.rubric
    question = rubric.question_by_id[rubric.id_of(figure.question)]
    role = rubric.id_of(figure.role) if figure.role else None
    if role is None and given.item(question.id).state != "value":
        return None
    if question.traits.holds == "date" and any(name == question.id for name, _ in given.readings.crowds):
        return None  # the earliest day is that of one person
    groups = given_by_role(given, question.id, role)
    shown = _shown(given.compiled, question, groups, _labels(given, question, role)) if groups else ""
    if not shown:
        return None
    number = _number(given.compiled, question, groups, "") if question.traits.holds == "number" else shown
    return QuotedFigure(question.id, role or "", shown, number, _source(given, question, role))


def _shown(compiled: Compiled, question: Question, groups: Sequence[Group], labels: Mapping[str, str]) -> str:
    """An answer in words; empty where differing answers are no one answer, and for what no sentence can quote."""
    if not question.traits.is_quotable:
        return ""
    match question.traits.reads:
        case "number":
            return _number(compiled, question, groups, question.unit)
        case "date":
            days = [day for group in groups for day in group if isinstance(day, datetime.date)]
            return day_in_words(min(days)) if days else ""
        case "steps":
            return labels.get(_nearest(compiled, question, groups), "")
        case "key":
            return labels.get(_chosen(compiled, question, groups), "")
        case "ticks" | "presence":
            return ""
        case _:
            assert_never(question.traits.reads)


def _number(compiled: Compiled, question: Question, groups: Sequence[Group], unit: str) -> str:
    numbers = [tuple(float(raw) for raw in group if isinstance(raw, int | float)) for group in groups]
    value = combined([group for group in numbers if group], compiled.items[question.id])
    if value is None:
        return ""
    one = question.unit_one if unit else ""
    return measured(value, unit, DECIMALS, *limits_of(compiled.rubric).get(question.id, ()), one=one)


def _nearest(compiled: Compiled, question: Question, groups: Sequence[Group]) -> str:
    """The option nearest to what the answers come to; empty where none has a value."""
    worth = option_values(compiled.rubric, question)
    values = [tuple(answer_value(compiled.rubric, question, raw) or 0.0 for raw in group) for group in groups]
    value = combined(values, compiled.items[question.id])
    return "" if value is None else nearest_option(worth, value)


def _chosen(compiled: Compiled, question: Question, groups: Sequence[Group]) -> str:
    """The option chosen; of differing ones that worth least, as conditions do; empty where they have no worth."""
    given = {raw for group in groups for raw in group if isinstance(raw, str)}
    worth = option_values(compiled.rubric, question)
    ranked = sorted((value, key) for key, value in worth.items() if key in given and value is not None)
    return next(iter(given)) if len(given) == 1 else ranked[0][1] if len(ranked) == len(given) else ""


def _labels(given: Evaluation, question: Question, role: str | None) -> Mapping[str, str]:
    """The labels as the role reads them; of several roles, or what was agreed, as they stand in the question."""
    rubric = given.compiled.rubric
    spoke = [role] if role else [name for name in rubric.asked(question) if given.heard(question.id, name).raws]
    read = [rubric.wording(question, name).labels() for name in spoke]
    return read[0] if read and all(labels == read[0] for labels in read) else rubric.wording(question).labels()


def _source(given: Evaluation, question: Question, role: str | None) -> str:
    """Who gave a figure: each role, how many answers where there are several, and how many documents show it."""
    rubric, readings = given.compiled.rubric, given.readings
    if role is None and question.id in readings.settled:
        return AGREED
    roles = (role,) if role else given.compiled.items[question.id].invited
    spoke = [name for name in roles if given.heard(question.id, name).raws]
    return "; ".join(", ".join((rubric.role_by_id[name].title, *_behind(given, question.id, name))) for name in spoke)


def _behind(given: Evaluation, question: str, role: str) -> Iterator[str]:
    answers = len(given.heard(question, role).raws)
    if answers > 1:
        yield counted(answers, "answer", "answers")
    own = [v for v in given.readings.voices if v.role == role and not v.private and question not in v.unasked]
    shown = [v.answers[question].evidence for v in own if question in v.answers]
    documents = sum(item.kind in ("document", "record") for evidence in shown for item in evidence)
    if documents:
        yield counted(documents, "document", "documents")

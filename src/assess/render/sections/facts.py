"""Findings of the set: a passage for each of the first facts, a row for the others, and what works or is not known."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from assess.model.facts import ClaimTold, FoundFact, PaperSource, RegisterAnswer, number_facts
from assess.model.findings import Finding
from assess.numbers import counted
from assess.render.certainty import works
from assess.render.context import DASH, RenderContext, as_sentence, join_links
from assess.render.markdown import Markdown, anchor, concat, join, link, strong
from assess.render.sections.evidence import exhibits
from assess.render.sections.findings import URGENT, decision_of
from assess.render.tables import Row
from assess.words import day_in_words, ended, listed, quoted

MOST_TOLD, MOST_SHOWN, MOST_WORKING, MOST_UNKNOWN = 12, 2, 7, 10
# How many words of a comment are quoted, in a passage and in a row.
IN_PASSAGE, IN_ROW, FEW_WORDS = 60, 25, 5
COMING = 2
"""So many periods have dates; what starts after them is a theme."""


class FactPassage(NamedTuple):
    """A fact that is told at length."""

    anchor: str
    title: str
    says: Markdown
    said: Markdown
    shown: Markdown
    so: Markdown
    next: Markdown


class FactsChapter(NamedTuple):
    """The chapter: how many signals and facts, who settles what, the first facts, the others, and what is known.

    good: how many good answers registers gave; `works` are the first of them.
    """

    lead: str
    settling: tuple[Row, ...]
    told: tuple[FactPassage, ...]
    rows: tuple[Row, ...]
    strengths: tuple[Markdown, ...]
    good: str
    works: tuple[Markdown, ...]
    every: tuple[Markdown, ...]
    unknown: tuple[Markdown, ...]
    merged: tuple[Row, ...]


def facts_chapter(case: RenderContext) -> FactsChapter:
    """The chapter of facts."""
    found = case.facts.found
    most = max(MOST_TOLD, sum(fact.urgent is not None for fact in found))
    told, rest = found[:most], found[most:]
    good = tuple(filter(None, (_answered(case, each, each.comment_within(IN_ROW)) for each in case.facts.works)))
    return FactsChapter(
        lead=_lead(case, rest),
        settling=tuple(_settling(case, fact) for fact in told),
        told=tuple(_passage(case, fact) for fact in told),
        rows=tuple(_row(case, fact) for fact in rest),
        strengths=tuple(_strength(case, finding) for finding in case.diagnosis.of("strength")),
        good=counted(len(good), "good thing", "good things") if good else "",
        works=good[:MOST_WORKING],
        every=good[MOST_WORKING:],
        unknown=tuple(_unknown(case)),
        merged=tuple(_merged(case, fact) for fact in found),
    )


def _strength(case: RenderContext, finding: Finding) -> Markdown:
    """What works; where the rubric has no words for it, where it stands."""
    stands = f"stands at {case.now(finding.node)}, {case.level_now(finding.node)}."
    return concat((case.link(finding.node), ": ", works(case, finding) if finding.told else stands))


def number_of(case: RenderContext, fact: FoundFact) -> int:
    """The number of a fact: that of an earlier issue, else the next in the order they are told."""
    return number_facts(case.facts.found, case.numbers)[fact.key]


def anchor_of(case: RenderContext, fact: FoundFact) -> str:
    """The name of the place where a fact is told."""
    return f"fact-{number_of(case, fact)}"


def fact_link(case: RenderContext, fact: FoundFact) -> Markdown:
    """A link to a fact in the middle of a sentence: `finding 3`."""
    return link(f"finding {number_of(case, fact)}", anchor_of(case, fact))


def numbers_linked(case: RenderContext, facts: Iterable[FoundFact]) -> Markdown:
    """Links to facts by their numbers alone, or a dash."""
    return join([link(str(number_of(case, fact)), anchor_of(case, fact)) for fact in facts]) or Markdown(DASH)


def is_coming(case: RenderContext, name: str) -> bool:
    """Whether an initiative starts in a period that has dates."""
    return name in case.placements and case.placements[name].period <= COMING


def answered_by(case: RenderContext, name: str) -> tuple[FoundFact, ...]:
    """The facts that an initiative answers."""
    return tuple(fact for fact in case.facts.found if name in fact.step.initiatives)


def source_linked(case: RenderContext, source: PaperSource) -> Markdown:
    """A paper with its day, linked to its row among the evidence."""
    shown = f"{source.title}, {day_in_words(source.dated)}" if source.dated else source.title
    for each in exhibits(case):
        if (each.item.title, each.item.dated) == (source.title, source.dated) and not each.role:
            return link(shown, f"evidence-{each.number}")
    return Markdown(concat((shown,)))


def sources_of(case: RenderContext, shown: Iterable[RegisterAnswer]) -> Markdown:
    """Where answers come from: the papers they rest on, and without one the registers themselves."""
    found: list[Markdown] = []
    for answer in shown:
        found += [source_linked(case, source) for source in answer.sources] or [concat((answer.role,))]
    return join(dict.fromkeys(found), "; ")


def is_of_register(answer: RegisterAnswer) -> bool:
    """Whether a register gave an answer, and not a function that was asked for its statement."""
    return not answer.office


def _lead(case: RenderContext, rest: Sequence[FoundFact]) -> str:
    signals = sum(finding.kind != "strength" for finding in case.diagnosis.findings)
    facts = case.facts.found
    if not facts:
        return "No contradiction and no missing condition was found; what is short of its target stands further down."
    raised = f"{counted(signals, 'signal was', 'signals were')} raised; they concern {_facts(len(facts))}."
    red = sum(fact.red for fact in facts)
    reds = f"{red} of them {'is' if red == 1 else 'are'} red." if red else "None is red."
    more = f" The first {len(facts) - len(rest)} are told in full, the others have a row each." if rest else ""
    return (
        f"{raised} {reds}{more} First comes what is urgent, then what the main message rests on, then red "
        "ones by what they cost the score. What stands in quotation marks is the comment of a register, word "
        "for word; people are not quoted."
    )


def _facts(amount: int) -> str:
    return counted(amount, "fact", "facts")


def why_first(fact: FoundFact) -> str:
    """Why a fact comes first, in a word; empty where nothing presses."""
    return fact.urgent or ("red" if fact.red else "")


def who_settles(case: RenderContext, fact: FoundFact) -> str:
    """The titles of those who settle a fact, or a dash."""
    return " and ".join(case.role(role) for role in fact.step.who) or DASH


def _settling(case: RenderContext, fact: FoundFact) -> Row:
    mark = f", {why_first(fact)}" if why_first(fact) else ""
    linked = concat((f"{number_of(case, fact)} ", link(fact.title, anchor_of(case, fact)), mark))
    return linked, who_settles(case, fact), day_in_words(fact.due(case.plan))


def _passage(case: RenderContext, fact: FoundFact) -> FactPassage:
    urgent = f"This is {URGENT[fact.urgent]}." if fact.urgent else ""
    held = "; ".join(fact.holds)
    so = " ".join(filter(None, (urgent, as_sentence(case.discreet(fact.so)), as_sentence(case.discreet(held)))))
    return FactPassage(
        anchor=anchor_of(case, fact),
        title=f"Finding {number_of(case, fact)}: {fact.title}",
        says=concat((as_sentence(case.discreet(fact.says)),)),
        said=_said(fact.said),
        shown=_shown(case, fact),
        so=concat((so,)),
        next=_next(case, fact),
    )


def _said(claims: Sequence[ClaimTold]) -> Markdown:
    """What was claimed first, with the question it answers."""
    if not claims:
        return Markdown("")
    claim = claims[0]
    by = "Agreed" if claim.agreed else claim.by or "Answered"
    return concat((f"{claim.asked} {by}: {ended(claim.words)}",))


def _shown(case: RenderContext, fact: FoundFact) -> Markdown:
    """What registers say about it: a comment in its own words, else what they answered, with the source.

    What would only repeat the sentence above is left out.
    """
    shown = fact.shown[:MOST_SHOWN]
    if not shown:
        return Markdown("No register answers this.")
    says = concat((as_sentence(case.discreet(fact.says)),))
    found = (_register_says(case, answer, IN_PASSAGE) for answer in shown)
    told = [words for words in found if words and words != says] or [Markdown("A register answered so.")]
    apart = [concat((words,)) for words in _figures_of_all(case, fact)]
    return concat((join([*told, *apart], " "), " (", sources_of(case, shown), ")"))


def _figures_of_all(case: RenderContext, fact: FoundFact) -> Iterator[str]:
    """The figures told of a fact that are not those of its registers, since more than these were asked."""
    answered = {answer.question: answer for answer in fact.shown}
    found = [finding for finding in case.diagnosis.findings if finding.id in fact.signals and finding.told == fact.says]
    for figure in dict.fromkeys(figure for finding in found for figure in finding.figures):
        answer = answered.get(figure.question)
        if answer and not figure.role and figure.number not in answer.answered:
            yield f"{figure.shown} is what {listed(figure.source.split('; '))} say together."


def _register_says(case: RenderContext, answer: RegisterAnswer, most: int) -> Markdown:
    """An answer of a register in words: its comment quoted, else a sentence, else question and figure.

    A comment of few words stands behind what it is a comment on.
    """
    comment = answer.comment_within(most)
    if len(comment.split()) > FEW_WORDS:
        return concat((quoted(ended(comment)),))
    return _answered(case, answer, comment)


def _answered(case: RenderContext, answer: RegisterAnswer, comment: str) -> Markdown:
    """An answer with the question it belongs to, unless it is a sentence, and a comment."""
    alone = answer.in_words and case.rubric.question_by_id[answer.question].traits.options
    asked = "" if alone else f"{answer.asked} "
    behind = f" {quoted(ended(comment))}" if comment else ""
    return concat((f"{asked}{as_sentence(answer.answered)}{behind}",)) if answer.answered else Markdown("")


def _next(case: RenderContext, fact: FoundFact) -> Markdown:
    """Who does what by when, and which initiatives follow."""
    step, due = fact.step, day_in_words(fact.due(case.plan))
    parts: list[Markdown | str] = []
    if step.decision:
        parts.append(f"{decision_of(step.decision)} ({case.role(step.decision.who)}, by {due}). ")
    if step.settle:
        parts.append(f"{who_settles(case, fact)}, by {due}: {as_sentence(step.settle)} ")
    coming = [name for name in step.initiatives if is_coming(case, name)]
    if coming:
        parts += [
            "Then " if parts else f"{who_settles(case, fact)}: ",
            join_links([*map(partial(_dated, case), coming)]),
            ".",
        ]
    else:
        parts.append("No initiative of the periods with dates answers it.")
    return concat(parts)


def _dated(case: RenderContext, name: str) -> Markdown:
    placed = case.placements[name]
    span = f", {day_in_words(placed.starts)} to {day_in_words(placed.last_day)}"
    return concat((case.initiative_link(name), span))


def _row(case: RenderContext, fact: FoundFact) -> Row:
    red = (strong("Red."), " ") if fact.red else ()
    title = concat((anchor(anchor_of(case, fact)), *red, fact.title))
    told = next(filter(None, (_register_says(case, answer, IN_ROW) for answer in fact.shown)), None)
    shown = told or concat((as_sentence(case.discreet(fact.says)) or "No register answers this yet.",))
    coming = join([case.initiative_link(name) for name in fact.step.initiatives if is_coming(case, name)])
    return number_of(case, fact), title, shown, coming or "later"


def _unknown(case: RenderContext) -> Iterator[Markdown]:
    for told in case.facts.unknown[:MOST_UNKNOWN]:
        by = "No register shows this" if told.of_register else "Nobody who was asked knows this"
        comment = f" {quoted(ended(told.comments[0]))}" if told.comments else ""
        yield concat((f"{told.asked} {by}.{comment}",))


def _merged(case: RenderContext, fact: FoundFact) -> Row:
    """Of what a fact was made."""
    titles = {finding.id: case.finding_link(finding) for finding in case.diagnosis.findings}
    signals = join([titles[name] for name in fact.signals if name in titles])
    criteria = join([case.link(node) for node in fact.criteria])
    return link(str(number_of(case, fact)), anchor_of(case, fact)), criteria, signals, len(fact.beside)


def first_review(case: RenderContext) -> datetime.date:
    """The day after the first period."""
    return case.period_end(1) + datetime.timedelta(days=1)

"""Which fact a gate or a clash shows, and what else shows it."""

from collections.abc import Iterator

from assess.explain.context import ExplainContext, indented
from assess.model.facts import Facts


def fact_lines(book: ExplainContext, facts: Facts) -> Iterator[str]:
    """Facts with the findings each was merged from; nothing where there are none."""
    if facts.found:
        yield from ("", "Which fact it shows", *indented(_lines(book, facts)))


def _lines(book: ExplainContext, facts: Facts) -> Iterator[str]:
    for fact in facts.found:
        yield f"{fact.title}, known by {book.name(fact.key.criterion)} and {fact.key.signal}."
        yield f"Merged from: {', '.join(fact.signals)}."
        if fact.beside:
            yield f"Told with it: {', '.join(fact.beside)}."

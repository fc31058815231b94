"""Terms of a rubric: each word stands for one of them, and a translation names those there are."""

from collections.abc import Iterator, Mapping

from assess.documents import SourceMap
from assess.model.rubric import Rubric
from assess.model.translations import translation_anchor
from assess.problems import Problem, listing, nearest


def apart(rubric: Rubric, sources: SourceMap) -> Iterator[Problem]:
    """No word is that of two terms, in the rubric or in a translation."""
    yield from _twice(rubric.terms, "", sources)
    for place, translation in enumerate(rubric.translations):
        yield from _twice(translation.terms, translation_anchor(place), sources)


def _twice(terms: Mapping[str, str], home: str, sources: SourceMap) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for name, word in terms.items():
        other = first.setdefault(" ".join(word.split()).casefold(), name)
        if other != name:
            message = f"'{name}' is the same word as '{other}'"
            hint = "keep one of them, or write the words of which they are parts"
            yield sources.problem("duplicate_id", message, home, "terms", name, hint=hint)


def known(rubric: Rubric, sources: SourceMap) -> Iterator[Problem]:
    """A translation says how terms of the rubric stand in it, and no others."""
    for place, translation in enumerate(rubric.translations):
        for name in translation.terms:
            if name not in rubric.terms:
                message = f"'{rubric.id}' declares no term '{name}'{nearest(name, rubric.terms)}"
                hint = f"its terms are: {listing(tuple(rubric.terms))}" if rubric.terms else "declare it in rubric.yaml"
                yield sources.problem(
                    "unknown_name", message, translation_anchor(place), "terms", name, at_key=True, hint=hint
                )


TERM_RULES = (apart, known)

"""Terms that no text holds, and forms of one that would go on reading as they are."""

import re

from assess.authoring.check.context import Found, Subject
from assess.model.terms import CITED
from assess.problems import listing
from assess.translations import translatable_texts
from assess.words import quoted

# A plural, and a possessive with an `s`; an apostrophe alone stays behind any word.
_FORMS = r"(?:['\u2019]s|s)"


def idle_terms(subject: Subject) -> Found:
    """Every term stands in some text."""
    texts = _texts(subject)
    for name, word in subject.rubric.terms.items():
        if not any(_standing(word, "").search(text) for text in texts):
            message = f"'{word}' stands in no text as a word of its own"
            hint = "write the word as the texts have it, or take the term out"
            yield subject.found("term", message, "", "terms", name, hint=hint, severity="note")


def undeclared_forms(subject: Subject) -> Found:
    """A plural or possessive of a term that stands in the texts is a term too; English alone."""
    if not subject.is_english:
        return
    terms = subject.rubric.terms
    declared = {_plain(word) for word in terms.values()}
    for name, word in terms.items():
        form = _standing(word, _FORMS)
        found = {_plain(each) for text in _texts(subject) for each in form.findall(text)}
        bare = sorted(found - declared)
        if bare:
            forms = listing([quoted(each) for each in bare])
            message = f"{forms} would stay where '{word}' is read otherwise"
            hint = f"declare it too, such as `{name}_own: {bare[0]}`"
            yield subject.found("term", message, "", "terms", name, hint=hint, severity="note")


def _plain(word: str) -> str:
    return " ".join(word.split()).casefold().replace("\u2019", "'")


def _standing(word: str, end: str) -> re.Pattern[str]:
    """A word of the texts with something behind it, as a word of its own."""
    words = r"\s+".join(map(re.escape, word.split()))
    return re.compile(rf"(?<!\w){words}{end}(?!\w)", re.IGNORECASE)


def _texts(subject: Subject) -> list[str]:
    """The texts that are read, what is cited aside."""
    rubric = subject.rubric
    cited = {getattr(each, "code", "") or each.id for key in CITED for each in getattr(rubric, key)}
    return [text for key, text in translatable_texts(rubric).items() if key.partition(".")[0] not in cited]


TERM_RULES = (idle_terms, undeclared_forms)

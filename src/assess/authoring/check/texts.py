"""Texts that a respondent cannot tell apart."""

import re
from collections.abc import Iterator
from itertools import pairwise

from assess.authoring.check.context import Found, Subject
from assess.authoring.check.labels import rows
from assess.model.questions import Question

WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
# How often and how well: words that two respondents read differently. Those that name a time can be checked.
ADVERBS = frozenset(
    (
        "almost",
        "always",
        "better",
        "even",
        "ever",
        "less",
        "little",
        "more",
        "much",
        "never",
        "often",
        "only",
        "quite",
        "rather",
        "seldom",
        "so",
        "sometimes",
        "somewhat",
        "too",
        "very",
        "well",
    )
)
TIMES = frozenset(("early", "daily", "weekly", "monthly", "quarterly", "yearly"))
NOT_ADVERBS = frozenset(("apply", "assembly", "family", "reply", "supply"))
MANNER = re.compile(r"[^\W\d_]{3,}ly")


def bare_anchors(subject: Subject) -> Found:
    """Neighbouring anchors differ by more than an adverb; English rubrics only."""
    if not subject.rubric.language.lower().startswith("en"):
        return
    anchored = (question for question in subject.rubric.questions() if question.traits.anchored)
    for row in (row for question in anchored for row in rows(subject, question)):
        for place, (lower, upper) in enumerate(pairwise(row.labels)):
            rest = _without_adverbs(lower)
            alike = rest and rest == _without_adverbs(upper) and lower != upper
            if alike and row.is_own(place, place + 1):
                name = row.question.id
                message = f"anchors {place + 1} and {place + 2} of '{name}'{row.readers} differ only by an adverb"
                yield subject.found(
                    "adverb_anchors",
                    message,
                    name,
                    *row.route(place, place + 1),
                    hint="say what can be seen at the one and not at the other: a count, a document, a date",
                    severity="warning",
                    witness=f"'{lower}' or '{upper}'",
                )


def _without_adverbs(text: str) -> tuple[str, ...]:
    return tuple(word for word in _words(text) if not _adverb(word))


def _adverb(word: str) -> bool:
    manner = MANNER.fullmatch(word) and word not in TIMES | NOT_ADVERBS
    return word in ADVERBS or bool(manner)


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def similar_questions(subject: Subject) -> Found:
    """Two questions differ by more than signs and capitals."""
    seen: dict[str, Question] = {}
    for question in subject.rubric.questions():
        words = " ".join(_words(question.text))
        twin = seen.setdefault(words, question)
        if twin is not question and _folded(twin.text) != _folded(question.text):
            message = f"'{question.id}' and '{twin.id}' differ only in signs"
            hint = "say in the text what is different, or ask once"
            yield subject.found("similar_text", message, question.id, "text", hint=hint, severity="warning")


def similar_options(subject: Subject) -> Found:
    """Two options of a question differ by more than signs and capitals."""
    for row in (row for question in subject.rubric.questions() for row in rows(subject, question)):
        seen: dict[str, int] = {}
        for place, label in enumerate(row.labels):
            words = " ".join(_words(label))
            first = seen.setdefault(words, place) if words else place
            twin = row.labels[first]
            if twin.casefold() != label.casefold() and row.is_own(first, place):
                message = f"options '{twin}' and '{label}' of '{row.question.id}'{row.readers} differ only in signs"
                route, hint = row.route(first, place), "say in the label what is different"
                yield subject.found("similar_text", message, row.question.id, *route, hint=hint, severity="warning")


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def same_wordings(subject: Subject) -> Found:
    """No role reads the same words twice."""
    for role in subject.rubric.roles:
        seen: dict[str, Question] = {}
        for question in subject.rubric.questions():
            if role.id not in subject.rubric.asked(question):
                continue
            words = _folded(subject.rubric.wording(question, role.id).text)
            twin = seen.setdefault(words, question)
            if twin is not question and _folded(twin.text) != _folded(question.text):
                # One of the two has words of its own for this role.
                own, other = (question, twin) if words != _folded(question.text) else (twin, question)
                message = f"'{role.id}' reads the same words for '{own.id}' as for '{other.id}'"
                hint = "give one of the two other words for this role"
                key = next(_key(subject, own, role.id), role.id)
                yield subject.found("duplicate_text", message, own.id, "ask", key, hint=hint, severity="warning")


def _key(subject: Subject, question: Question, role: str) -> Iterator[str]:
    """The name under which a role has words of its own."""
    own = subject.rubric.as_written.question_by_id[question.id].ask
    return (name for name, asking in own.items() if asking.text and subject.rubric.names.get(name) == role)


TEXT_RULES = (bare_anchors, similar_questions, similar_options, same_wordings)

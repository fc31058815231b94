"""Questions as those who are asked them read them, each wording once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from assess.authoring.review.entries import Reader, ReviewEntry, ReviewPart
from assess.model.questions import Question, State
from assess.model.wording import FROM, Wording
from assess.numbers import short
from assess.scaffold import form_of
from assess.scope import tier_of
from assess.words import listed

TOLD_APART = {
    "id", "type", "text", "ask", "help", "options", "options_from", "weight", "min", "max", "integer", "allow",
    "evidence", "tier", "renamed_from", "notes",
}  # fmt: skip
"""What stands in the heading, or with the roles."""
STATES: Mapping[State, str] = {
    "na": "does not apply, with the reason",
    "unknown": "does not know",
    "declined": "would rather not say",
}
EVIDENCE = {"off": "none is asked for", "optional": "may be named", "required": "has to be named"}
AS_ABOVE = "as above"


def question_part(
    reader: Reader, question: Question, rules: Sequence[ReviewPart], further: Sequence[str]
) -> ReviewPart:
    """A question with what each role reads of it, and the gates and clashes that read it.

    further: the ids of those that are told beside another question.
    """
    entries = [ReviewEntry("Question", (_what_it_is(reader, question),))]
    wordings = _by_wording(reader, question)
    for place, (wording, roles) in enumerate(wordings.items()):
        above = next(iter(wordings)) if place else None
        entries += _asked(reader, question, wording, roles, above)
    entries += _unread(reader, question, wordings)
    entries += reader.entries(question, TOLD_APART)
    entries += [ReviewEntry("Read also by", tuple(further))] if further else []
    return ReviewPart("question", question.id, question.text, tuple(entries), tuple(rules))


def _what_it_is(reader: Reader, question: Question) -> str:
    weight = f"weight {short(question.weight, 6)}" if reader.rubric.scored(question) else "a fact that weighs nothing"
    return f"{question.id}, of the type {question.type}, {weight}"


def _by_wording(reader: Reader, question: Question) -> Mapping[Wording, list[str]]:
    """Each wording with the roles that read it, in the order of the roles."""
    found: dict[Wording, list[str]] = {}
    for role, wording in reader.rubric.wordings(question).items():
        found.setdefault(wording, []).append(role)
    return found


def _asked(
    reader: Reader, question: Question, wording: Wording, roles: Sequence[str], above: Wording | None
) -> Iterator[ReviewEntry]:
    """Who is asked, and what they read and may answer, as far as it is other than for those above."""
    rubric = reader.rubric
    tiers = [tier_of(rubric, question, role) for role in roles]
    asked = [
        f"{rubric.role_by_id[r].title}{f' ({tier})' if tier else ''}" for r, tier in zip(roles, tiers, strict=True)
    ]
    yield ReviewEntry("Asked", (listed(asked),), "asked")
    if wording.text != (above.text if above else question.text):
        yield ReviewEntry("Reads", (wording.text,))
    elif above and above.text != question.text:
        yield ReviewEntry("Reads", (AS_ABOVE,))
    if wording.help or question.help or (above and above.help):
        yield ReviewEntry("Help", (AS_ABOVE if above and above.help == wording.help else wording.help or "none",))
    answers = tuple(_answers(question, wording))
    yield ReviewEntry("Answers", (AS_ABOVE,) if above and tuple(_answers(question, above)) == answers else answers)
    yield ReviewEntry("Evidence", (_evidence(wording),))
    if wording.allow:
        yield ReviewEntry("Or says", (listed(STATES[state] for state in wording.allow),))


def _unread(reader: Reader, question: Question, wordings: Iterable[Wording]) -> Iterator[ReviewEntry]:
    """What the question says and nobody reads, because all who are asked have words of their own."""
    own = reader.rubric.wording(question)
    read = {text for wording in wordings for text in (wording.text, wording.help, *wording.labels().values())}
    labels = own.labels().values() if question.traits.lists else ()
    unread = tuple(text for text in (own.text, own.help, *labels) if text and text not in read)
    if unread:
        yield ReviewEntry("Read by nobody", unread)


def _answers(question: Question, wording: Wording) -> Iterator[str]:
    """What may be answered: the options with their number and key, or the form of a figure, a day or words."""
    own = question.traits.options
    if own and tuple(wording.labels().items()) == own:
        yield " or ".join(key for key, _ in own[::-1])
        return
    for place, option in enumerate(wording.options, question.traits.first):
        points = [f"{short(option.score, 6)} points"] if option.score is not None else []
        marks = [*points, *(["stands alone"] if option.exclusive else [])]
        number = "" if own else f"{place} = "
        yield f"{number}{option.key}: {option.label}{f' [{listed(marks)}]' if marks else ''}"
    if form := form_of(question):
        yield form


def _evidence(wording: Wording) -> str:
    start = wording.evidence.removeprefix(FROM)
    return EVIDENCE[start] if start == wording.evidence else f"has to be named from {start} on"

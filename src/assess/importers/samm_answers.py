"""The answer sets of a SAMM core model to shared lists of options, and what is odd about them."""

from collections.abc import Sequence
from itertools import pairwise

from assess.documents.scalars import format_scalar
from assess.importers.names import UniqueNames, Wordings
from assess.importers.samm_files import LocatedPart, Model
from assess.importers.samm_parts import AnswerSet, SammQuestion, Value
from assess.model.questions import Level, Option

FOUR = ("no", "some", "half", "most")
"""Keys of the four answers every set of SAMM 2 has, lowest first."""
STEPS = tuple(
    Level(key=key, title=title, at=at)
    for key, title, at in (
        ("not_done", "Not done", 0),
        ("in_part", "In part", 25),
        ("half_way", "Half way", 50),
        ("fully", "Fully", 100),
    )
)
"""The levels of what such a set is about: the answers themselves, as a maturity level says nothing of one activity."""
VALUES = (0, 0.25, 0.5, 1)
ENDS = (0, 1)
FEWEST = 2


def option_set(model: Model, answers: AnswerSet, found: LocatedPart) -> tuple[Option, ...]:
    """The options of a set in the order it gives them; keys say the place, so that they outlive a change of words."""
    values = sorted(answers.values, key=lambda value: value.order or 0)
    names, wordings = UniqueNames(), Wordings()
    options: list[Option] = []
    for place, value in enumerate(values):
        key = FOUR[place] if len(values) == len(FOUR) else names.take(f"answer_{place}")
        label, taken = wordings.take(value.text, key)
        if taken:
            text = format_scalar(value.text)
            message = f"two answers of a set read '{text}'; the second is imported with '{key}' behind it"
            model.report(found, "import_duplicate", message, ("values", place, "text"))
        options.append(Option(key=key, label=label, score=value.value))
    _doubt(model, found, values)
    return tuple(options)


def _doubt(model: Model, found: LocatedPart, values: Sequence[Value]) -> None:
    """Report what SAMM's own tools would count in another way."""
    scores = [value.value for value in values]
    if len(values) < FEWEST:
        model.report(found, "import_answers", "a set needs at least two answers", ("values",), "error")
        return
    if (min(scores), max(scores)) != ENDS:
        message = f"the answers run from {min(scores):g} to {max(scores):g}, not from 0 to 1; they are stretched to it"
        model.report(found, "import_answers", message, ("values",))
    if len(set(scores)) == 1:
        model.report(found, "import_answers", "all answers of the set count the same", ("values",), "error")
    elif not rises(values):
        message = "the values do not rise with the order of the answers"
        model.report(found, "import_answers", message, ("values",))
    if any(value.weight not in (None, 1) for value in values):
        message = "the weights of the answers are not all 1; SAMM's tools leave them aside, and so does the rubric"
        model.report(found, "import_answers", message, ("values",))


def rises(values: Sequence[Value]) -> bool:
    """Whether every answer counts more than the one before it, in the order of the set."""
    scores = [value.value for value in sorted(values, key=lambda value: value.order or 0)]
    return all(before < after for before, after in pairwise(scores))


def answer_steps(model: Model) -> tuple[Level, ...]:
    """The levels of activities and of the levels of practices; none when some set counts in other steps."""
    usual = all(tuple(sorted(value.value for value in answers.values)) == VALUES for answers in model.all(AnswerSet))
    return STEPS if usual else ()


def mention_unused(model: Model) -> None:
    """A note for every answer set that no question names."""
    used = {question.answers for question in model.all(SammQuestion)}
    for answers, found in model.places(AnswerSet):
        if answers.id not in used:
            model.report(found, "import_gap", "no question uses this answer set", ("id",), "note")

"""Every type of question, in one table: what an answer is, what a condition reads of it, and how it gets a value."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

QuestionType = Literal["level", "scale", "choice", "yesno", "multi", "number", "text", "date"]
FIGURES = ("goalposts", "band", "steps", "min", "max", "integer", "unit", "unit_one", "of")
LISTED = ("options", "options_from")
# The keys of a question that fit some types only.
SPECIAL = (*FIGURES, *LISTED, "reverse", "better", "states")


class Traits(NamedTuple):
    """What a type of question is; whoever reads questions asks here and not for the type.

    holds: what one answer is: an option, several, a number, a day, or words.
    reads: what a condition compares of it: steps in their order, one key, ticks, a number, a day, or only whether
    there is an answer.
    worth: what gives an answer its value: the place or the score of its option, the score alone, ticks, a figure
    between goalposts, in a band or on steps, or nothing.
    scored: whether it has a value always, where the rubric declares scores or figures, or never.
    keys: those of SPECIAL that fit it. options: its own, by key and label, where none are listed. first: the number
    that stands for the first option. anchored: its options are anchors, held by the rules on evidence and
    disagreement. on_ladder: a ladder can read it. hint: how to write an answer.
    seconds: how long answering takes beside reading (docs/method.md, section 13). differing: which of several counts.
    """

    holds: Literal["option", "options", "number", "date", "words"]
    reads: Literal["steps", "key", "ticks", "number", "date", "presence"]
    worth: Literal["steps", "scores", "ticks", "figure", "nothing"]
    scored: Literal["always", "declared", "never"]
    keys: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    first: int = 1
    anchored: bool = False
    on_ladder: bool = False
    hint: str = ""
    seconds: int = 30
    differing: str = "Where answers differ, the one that is worth least counts."

    @property
    def lists(self) -> bool:
        """Whether its options stand in the rubric."""
        return "options" in self.keys

    @property
    def is_quotable(self) -> bool:
        """Whether a sentence can quote an answer: a figure, a day, or the label of an option that is listed."""
        return self.reads in ("steps", "key", "number", "date") and not self.options

    @property
    def has_options(self) -> bool:
        """Whether it is answered with options, listed or its own."""
        return self.lists or bool(self.options)


QUESTION_TYPES: Mapping[QuestionType, Traits] = {
    "level": Traits(
        "option", "steps", "steps", "always", (*LISTED, "reverse", "better"), first=0, anchored=True, on_ladder=True
    ),
    "scale": Traits("option", "steps", "steps", "always", (*LISTED, "reverse", "better")),
    "choice": Traits("option", "key", "scores", "declared", (*LISTED, "better"), on_ladder=True),
    "yesno": Traits(
        "option",
        "key",
        "steps",
        "always",
        ("reverse", "better", "states"),
        options=(("no", "No"), ("yes", "Yes")),
        on_ladder=True,
        seconds=20,
    ),
    "multi": Traits(
        "options",
        "ticks",
        "ticks",
        "always",
        LISTED,
        hint="Several are possible: [first_key, second_key]",
        differing="An option counts when more than half tick it, every role weighing the same.",
    ),
    "number": Traits(
        "number",
        "number",
        "figure",
        "declared",
        (*FIGURES, "better"),
        seconds=60,
        differing="Numbers are averaged within a role, then over the roles.",
    ),
    "text": Traits("words", "presence", "nothing", "never", seconds=60, differing=""),
    "date": Traits(
        "date",
        "date",
        "nothing",
        "never",
        hint="A date, such as 2026-06-30",
        seconds=60,
        differing="Of several dates the earliest counts.",
    ),
}


def types_read(reads: str) -> tuple[str, ...]:
    """The types of which a condition reads this, in the order of the table."""
    return tuple(name for name, traits in QUESTION_TYPES.items() if traits.reads == reads)

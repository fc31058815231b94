"""What a change of a field means for those who answered before: the class a field of the model carries, and why."""

from typing import Literal, NamedTuple

Sense = Literal["cosmetic", "meaning", "scale"]
SENSES: tuple[Sense, ...] = ("cosmetic", "meaning", "scale")
"""From the least to the gravest."""


class ChangeClass(NamedTuple):
    """How a change counts, and why; `counted`: scores, findings or the plan are computed from the field."""

    sense: Sense
    counted: bool
    why: str


def alters_print(why: str) -> ChangeClass:
    """Cosmetic: words around a question, a number or a plan."""
    return ChangeClass("cosmetic", counted=False, why=why)


def alters_words(why: str) -> ChangeClass:
    """Meaning: what is asked, promised or concluded reads otherwise, and no number moves."""
    return ChangeClass("meaning", counted=False, why=why)


def alters_rule(why: str) -> ChangeClass:
    """Meaning: other answers, or other people's, now lead to the same conclusion; findings, caps or the plan move."""
    return ChangeClass("meaning", counted=True, why=why)


def alters_scale(why: str) -> ChangeClass:
    """Scale: the same answers are worth something else."""
    return ChangeClass("scale", counted=True, why=why)

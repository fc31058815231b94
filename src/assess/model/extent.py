"""How much of a rubric an engagement asks."""

from typing import NamedTuple


class Extent(NamedTuple):
    """The tier and the scope of an engagement, each empty where it is none, and what of the rubric they hold."""

    tier: str
    scope: str
    criteria: int
    all_criteria: int
    questions: int
    all_questions: int

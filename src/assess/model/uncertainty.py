"""How sure scores are: what draws of weights, answers and evidence came to, as kept in an engagement."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from assess.model.fields import Count, Key, Number, Record, Ref, Text

Share = Annotated[Number, Field(ge=0, le=1)]
OnHundred = Annotated[Number, Field(ge=0, le=100)]
DEFAULT_DRAWS = 4000


class ScoreInterval(Record, title="score in all draws"):
    """Where the score of a node lies in the draws in which it has one, on 0..100, and how often on which level."""

    low: OnHundred
    """The 5th percentile."""
    middle: OnHundred
    """The median."""
    high: OnHundred
    """The 95th percentile."""
    levels: Mapping[Key, Share] = {}
    """Level to the share of draws that come out at it, of those with a score; levels of the node in their order."""


class GainInterval(Record, title="gain of an initiative in all draws"):
    """What an initiative alone lifts the overall score by, in points of 0..100."""

    low: Number
    """The 5th percentile."""
    middle: Number
    """The median."""
    high: Number
    """The 95th percentile."""
    enough: Share
    """The share of draws in which that is at least what the plan asks for, its `min_gain`."""
    first: Share
    """The share of draws in which it is among the eight that lift the overall score most."""


class Uncertainty(Record, title="uncertainty/1"):
    """What so many draws of an engagement came to; it fits as long as the numbers do that it was drawn of."""

    assess: Literal["uncertainty/1"]
    """Says what kind of document this is."""
    rubric: Ref
    """The id of the rubric."""
    rubric_version: Text = ""
    """The version of the rubric."""
    draws: Annotated[Count, Field(ge=1)]
    """How many draws there were."""
    seed: Annotated[Count, Field(ge=0)]
    """What the draws began with: the same seed and numbers give the same file."""
    numbers: Text
    """The SHA-256 of the numbers of rubric and answers, texts left aside."""
    scores: Mapping[Ref, ScoreInterval] = {}
    """Node to its score in all draws; nodes that are not scored have none."""
    gains: Mapping[Ref, GainInterval] = {}
    """Open initiative to what it lifts the overall score by in all draws."""

    def likeliest(self, node: str) -> tuple[tuple[str, float], ...]:
        """The levels of a node by their share of the draws, the likeliest first, ties in the order of the levels."""
        found = self.scores.get(node)
        return tuple(sorted(found.levels.items(), key=lambda pair: -pair[1])) if found else ()

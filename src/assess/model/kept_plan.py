"""An order of initiatives that was searched for long and is kept beside the engagement."""

from typing import Annotated, Literal

from pydantic import Field

from assess.model.fields import Count, InitiativeRef, Many, Record, Ref, Words


class KeptPlan(Record, title="plan-order/1"):
    """The order in which initiatives take their places, as long as the numbers it rests on stay."""

    assess: Literal["plan-order/1"]
    """Says what kind of document this is."""
    rubric: Ref
    """The id of the rubric."""
    seed: Annotated[Count, Field(ge=0)]
    """What the trials follow from: the same seed gives the same order."""
    trials: Annotated[Count, Field(ge=0)]
    """How many changes of the order were tried."""
    numbers: Words
    """What the numbers are told from others by; texts play no part in it."""
    order: Many[InitiativeRef]
    """The initiatives by id, in the order in which they take the first weeks that are free for them."""
